#include "server/timestamp.h"

#include <stddef.h>
#include <string.h>
#include <time.h>

/* Takes `count` digits; false, nothing taken, where there are fewer. */
static bool take_number(const char **text, int count, int *ret_number) {
    int number = 0;
    for (int i = 0; i < count; i++) {
        if ((*text)[i] < '0' || (*text)[i] > '9') return false;
        number = number * 10 + (*text)[i] - '0';
    }
    *text += count;
    *ret_number = number;
    return true;
}

static bool take_one_of(const char **text, const char *marks, char *ret_mark) {
    if (**text == '\0' || strchr(marks, **text) == NULL) return false;
    *ret_mark = *(*text)++;
    return true;
}

static bool take_date(const char **text, struct tm *parts) {
    char mark;
    bool taken = take_number(text, 4, &parts->tm_year) && take_one_of(text, "-", &mark) &&
                 take_number(text, 2, &parts->tm_mon) && take_one_of(text, "-", &mark) &&
                 take_number(text, 2, &parts->tm_mday);
    parts->tm_year -= 1900;
    parts->tm_mon--;
    return taken;
}

/* The fraction, if there is one, is passed over. */
static bool take_time(const char **text, struct tm *parts) {
    char mark;
    if (!take_number(text, 2, &parts->tm_hour) || !take_one_of(text, ":", &mark) ||
        !take_number(text, 2, &parts->tm_min) || !take_one_of(text, ":", &mark) ||
        !take_number(text, 2, &parts->tm_sec))
        return false;
    if (**text != '.') return true;
    size_t digits = strspn(*text + 1, "0123456789");
    *text += 1 + digits;
    return digits > 0;
}

/* Seconds that the local time is ahead of UTC. */
static bool take_offset(const char **text, int *ret_seconds) {
    char sign, mark;
    int hours, minutes;
    if (!take_one_of(text, "Zz+-", &sign)) return false;
    *ret_seconds = 0;
    if (sign == 'Z' || sign == 'z') return true;
    if (!take_number(text, 2, &hours) || !take_one_of(text, ":", &mark) ||
        !take_number(text, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *ret_seconds = (hours * 60 + minutes) * (sign == '+' ? 60 : -60);
    return true;
}

/* A leap second counts as the first of the next minute. */
static bool is_valid(const struct tm *parts) {
    struct tm normal = *parts;
    normal.tm_sec = 0;
    timegm(&normal);
    return parts->tm_hour <= 23 && parts->tm_min <= 59 && parts->tm_sec <= 60 &&
           normal.tm_mday == parts->tm_mday && normal.tm_mon == parts->tm_mon;
}

bool timestamp_parse(const char *text, int64_t *ret_seconds) {
    struct tm parts = {0};
    char mark;
    int offset;
    if (!take_date(&text, &parts) || !take_one_of(&text, "Tt ", &mark) ||
        !take_time(&text, &parts) || !take_offset(&text, &offset) || *text != '\0' ||
        !is_valid(&parts))
        return false;
    *ret_seconds = timegm(&parts) - offset;
    return true;
}
