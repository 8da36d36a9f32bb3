/* Time zones and dates come from outside: what is accepted must make sense. */
#include "server/zone.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_date(const char *text) {
    int64_t day;
    char again[ZONE_DATE_SIZE];
    if (!zone_date_parse(text, &day)) return;
    zone_date_write(day, again);
    assert(strcmp(again, text) == 0);
}

static void check_zone(const char *name) {
    struct zone *zone = zone_open(name);
    if (zone == NULL) return;
    for (int64_t day = ZONE_DAY_MIN; day <= ZONE_DAY_MAX; day += 36500) {
        int64_t end = zone_day_end(zone, day);
        assert(zone_day_at(zone, end) > day);
        assert(zone_day_at(zone, end - 1) <= day);
    }
    zone_close(zone);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = strndup((const char *)data, size);
    if (text == NULL) abort();
    check_date(text);
    check_zone(text);
    free(text);
    return 0;
}
