#include "server/zone.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_SECONDS = 24 * 60 * 60 };

/* What GLib counts days from: 0001-01-01 is its day 1. */
enum { EPOCH_JULIAN = 719163 };

struct zone {
    GTimeZone *rules;
};

/* ---- zones ---------------------------------------------------------------------------------- */

static bool is_digit_pair(const char *text, int most) {
    if (!g_ascii_isdigit(text[0]) || !g_ascii_isdigit(text[1])) return false;
    return (text[0] - '0') * 10 + text[1] - '0' <= most;
}

/* "+hh:mm". The greatest offset that was ever in force is fifteen hours and a bit. */
static bool is_offset(const char *name) {
    return strlen(name) == strlen("+hh:mm") && strchr("+- ", name[0]) != NULL &&
           is_digit_pair(name + 1, 15) && name[3] == ':' && is_digit_pair(name + 4, 59);
}

/* Names are paths below the database's folder, and begin with a capital letter: so no path leads
 * out of it. */
static bool is_zone_name(const char *name) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                   "_+-/";
    return g_ascii_isupper(name[0]) && name[strspn(name, alphabet)] == '\0';
}

/* GLib reads "UTC+5" and "Berlin5" by the rule that POSIX has for TZ, with the sign the other way
 * round than everywhere else: five hours behind UTC. Of the database's names only GMT0 and its like
 * end in a digit without standing in a folder. */
static bool is_posix_rule(const char *name) {
    bool ends_in_digit = g_ascii_isdigit(name[strlen(name) - 1]);
    bool is_gmt = g_str_has_prefix(name, "GMT") && strpbrk(name, "123456789") == NULL;
    return ends_in_digit && !is_gmt && strchr(name, '/') == NULL;
}

struct zone *zone_open(const char *name) {
    char offset[] = "+hh:mm";
    if (is_offset(name)) {
        memcpy(offset + 1, name + 1, sizeof(offset) - 1);
        if (name[0] == '-') offset[0] = '-';
        name = offset;
    } else if (!is_zone_name(name) || is_posix_rule(name)) {
        return NULL;
    }
    GTimeZone *rules = g_time_zone_new_identifier(name);
    if (rules == NULL) return NULL;
    struct zone *zone = g_new(struct zone, 1);
    zone->rules = rules;
    return zone;
}

void zone_close(struct zone *zone) {
    if (zone == NULL) return;
    g_time_zone_unref(zone->rules);
    g_free(zone);
}

const char *zone_name(const struct zone *zone) {
    return g_time_zone_get_identifier(zone->rules);
}

static GDateTime *local_time(const struct zone *zone, int64_t instant) {
    GDateTime *utc = g_date_time_new_from_unix_utc(instant);
    GDateTime *local = g_date_time_to_timezone(utc, zone->rules);
    g_date_time_unref(utc);
    return local;
}

/* ---- days ----------------------------------------------------------------------------------- */

int64_t zone_day_at(const struct zone *zone, int64_t instant) {
    GDateTime *local = local_time(zone, instant);
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)g_date_time_get_day_of_month(local),
                   (GDateMonth)g_date_time_get_month(local),
                   (GDateYear)g_date_time_get_year(local));
    g_date_time_unref(local);
    return (int64_t)g_date_get_julian(&date) - EPOCH_JULIAN;
}

/* Days never run backwards, and no offset is as much as two of them: so the end is searched for,
 * which finds it also where there is no midnight or no such day. */
int64_t zone_day_end(const struct zone *zone, int64_t day) {
    int64_t low = (day - 2) * DAY_SECONDS, high = (day + 3) * DAY_SECONDS;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (zone_day_at(zone, middle) > day)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static bool has_date_form(const char *text) {
    static const char form[] = "dddd-dd-dd";
    if (strlen(text) != strlen(form)) return false;
    for (size_t i = 0; form[i] != '\0'; i++)
        if (form[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != form[i]) return false;
    return true;
}

bool zone_date_parse(const char *text, int64_t *ret_day) {
    if (!has_date_form(text)) return false;
    GDateYear year = (GDateYear)strtoul(text, NULL, 10);
    GDateMonth month = (GDateMonth)strtoul(text + 5, NULL, 10);
    GDateDay number = (GDateDay)strtoul(text + 8, NULL, 10);
    if (!g_date_valid_dmy(number, month, year)) return false;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, number, month, year);
    int64_t day = (int64_t)g_date_get_julian(&date) - EPOCH_JULIAN;
    if (day < ZONE_DAY_MIN || day > ZONE_DAY_MAX) return false;
    *ret_day = day;
    return true;
}

void zone_date_write(int64_t day, char ret_text[ZONE_DATE_SIZE]) {
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)(day + EPOCH_JULIAN));
    g_date_strftime(ret_text, ZONE_DATE_SIZE, "%Y-%m-%d", &date);
}

void zone_time_write(const struct zone *zone, int64_t instant, char ret_text[ZONE_TIME_SIZE]) {
    GDateTime *local = local_time(zone, instant);
    char *text = g_date_time_format(local, "%Y-%m-%dT%H:%M:%S%:z");
    g_strlcpy(ret_text, text, ZONE_TIME_SIZE);
    g_free(text);
    g_date_time_unref(local);
}
