/* Time zones and the days that they count: what is today where the client is, and when it ends.
 * Rules and history are the IANA time zone database's, as the system has it; GLib reads it. */
#ifndef QBANK_SERVER_ZONE_H
#define QBANK_SERVER_ZONE_H

#include <stdbool.h>
#include <stdint.h>

struct zone;

/* Days of the Gregorian calendar are counted from 1970-01-01, which is 0. Dates are read from
 * 2000-01-01 to 2999-12-31. */
enum { ZONE_DAY_MIN = 10957, ZONE_DAY_MAX = 376199 };

/* "2026-11-22" */
enum {
    ZONE_DATE_SIZE = sizeof("YYYY-MM-DD"),
    ZONE_TIME_SIZE = sizeof("YYYY-MM-DDThh:mm:ss+hh:mm")
};

/* Accepts names of the database ("Europe/Berlin", "UTC") and offsets from UTC ("+05:30", "-08:00",
 * "Z"; a blank for the plus sign too, since that is what a '+' in a query means). NULL for anything
 * else, and where the system has no such zone. */
struct zone *zone_open(const char *name);
void zone_close(struct zone *zone); /* accepts NULL */

/* What it was opened as, an offset with its sign; lives as long as the zone. */
const char *zone_name(const struct zone *zone);

/* The day at that instant, in seconds since the epoch; any day. */
int64_t zone_day_at(const struct zone *zone, int64_t instant);

/* The first instant after that day. Where the clocks are put forward at midnight that is not 00:00.
 */
int64_t zone_day_end(const struct zone *zone, int64_t day);

/* "2026-11-22"; false for what is no such day, or is not written in exactly that form. */
bool zone_date_parse(const char *text, int64_t *ret_day);
void zone_date_write(int64_t day, char ret_text[ZONE_DATE_SIZE]);

/* RFC 3339, with the offset that holds at that instant. */
void zone_time_write(const struct zone *zone, int64_t instant, char ret_text[ZONE_TIME_SIZE]);

#endif
