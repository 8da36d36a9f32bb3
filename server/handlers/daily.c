#include "db/store.h"
#include "server/handlers/handlers.h"
#include "server/parameters.h"
#include "server/zone.h"

enum { DAYS_MAX = 31 };

/* What is asked for. */
struct days {
    struct zone *zone;
    int64_t day;    /* the last one */
    unsigned count; /* of days up to it */
    struct shape shape;
    struct question_filter filter;
};

static enum problem read_zone(const struct request *request, struct response *response,
                              struct zone **ret_zone) {
    const char *name = request_parameter(request, "tz");
    *ret_zone = zone_open(name != NULL ? name : "UTC");
    if (*ret_zone != NULL) return PROBLEM_NONE;
    return parameter_refuse(response, "tz", name,
                            "it is a time zone's name, like Europe/Berlin, or an offset, like "
                            "+05:30.");
}

/* Today's question is another one tomorrow. */
static enum problem read_date(const struct request *request, struct response *response,
                              struct days *days) {
    const char *date = request_parameter(request, "date");
    if (date == NULL) {
        response->cache = CACHE_PASSING;
        days->day = zone_day_at(days->zone, request->now);
        return PROBLEM_NONE;
    }
    if (zone_date_parse(date, &days->day)) return PROBLEM_NONE;
    return parameter_refuse(response, "date", date,
                            "it is a day from 2000-01-01 to 2999-12-31, written like that.");
}

static void days_free(struct days *days) {
    zone_close(days->zone);
    parameters_filter_free(&days->filter);
}

static enum problem read_days(const struct request *request, struct response *response,
                              struct days *days) {
    enum problem problem = read_zone(request, response, &days->zone);
    if (problem == PROBLEM_NONE) problem = read_date(request, response, days);
    if (problem == PROBLEM_NONE)
        problem = parameter_number(request, response, "days", 1, DAYS_MAX, 1, &days->count);
    if (problem == PROBLEM_NONE) problem = shape_read(request, response, &days->shape);
    if (problem == PROBLEM_NONE) problem = parameters_filter(request, response, &days->filter);
    return problem;
}

/* The day of each item, in the same order. */
static void write_dates(struct json_text *text, const struct days *days, size_t count) {
    char date[ZONE_DATE_SIZE];
    json_text_literal(text, ",\"dates\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0) json_text_literal(text, ",");
        zone_date_write(days->day - (int64_t)i, date);
        json_text_string(text, date);
    }
    json_text_literal(text, "]");
}

static void write_day(struct json_text *text, const struct days *days) {
    char date[ZONE_DATE_SIZE], end[ZONE_TIME_SIZE];
    zone_date_write(days->day, date);
    zone_time_write(days->zone, zone_day_end(days->zone, days->day), end);
    json_text_literal(text, ",\"date\":");
    json_text_string(text, date);
    json_text_literal(text, ",\"tz\":");
    json_text_string(text, zone_name(days->zone));
    json_text_literal(text, ",\"next_at\":");
    json_text_string(text, end);
}

static enum problem write_days(struct store *store, const struct request *request,
                               struct response *response, const struct days *days,
                               const uint32_t *positions, size_t available) {
    struct json_text text = {0};
    size_t count = available > 0 ? days->count : 0;
    enum problem problem =
        handlers_write_items(store, request, &days->shape, positions, count, &text);
    if (problem != PROBLEM_NONE) {
        json_text_free(&text);
        return problem;
    }
    write_dates(&text, days, count);
    write_day(&text, days);
    json_text_literal(&text, ",\"available\":");
    json_text_number(&text, available);
    return handlers_finish_items(store, response, &text);
}

enum problem handle_daily(struct store *store, const struct request *request,
                          struct response *response) {
    struct days days = {0};
    uint32_t positions[DAYS_MAX];
    size_t available = 0, index = 0;
    enum problem problem = read_days(request, response, &days);
    if (problem == PROBLEM_NONE && handlers_has_bank(store)) {
        enum store_status status = store_question_daily(store, &days.filter, (uint64_t)days.day,
                                                        days.count, positions, &available, &index);
        problem = handlers_filter_problem(store, response, &days.filter, status, index);
    }
    if (problem == PROBLEM_NONE)
        problem = write_days(store, request, response, &days, positions, available);
    days_free(&days);
    return problem;
}
