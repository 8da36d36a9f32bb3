#include "bench/load/record.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

bool record_open(struct record *record, size_t limit) {
    *record =
        (struct record){.latencies = calloc(limit, sizeof(record->latencies[0])), .limit = limit};
    return record->latencies != NULL;
}

void record_close(struct record *record) {
    free(record->latencies);
    *record = (struct record){0};
}

void record_restart(struct record *record, uint64_t now_ns) {
    record->count = 0;
    record->failures = 0;
    record->started_ns = now_ns;
}

void record_answer(struct record *record, uint64_t latency_ns) {
    if (record->count < record->limit)
        record->latencies[record->count++] = (uint32_t)(latency_ns / 1000);
}

static int compare(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* Of the sorted latencies, the one that this share of them does not exceed. */
static uint32_t percentile(const struct record *record, double share) {
    if (record->count == 0) return 0;
    size_t index = (size_t)(share * (double)record->count);
    return record->latencies[index < record->count ? index : record->count - 1];
}

void record_print(struct record *record, FILE *file) {
    qsort(record->latencies, record->count, sizeof(record->latencies[0]), compare);
    uint64_t greatest = percentile(record, 1);
    if (record->oldest_ns / 1000 > greatest) greatest = record->oldest_ns / 1000;
    double seconds = (double)(record->ended_ns - record->started_ns) / 1e9;
    double count = record->count > 0 ? (double)record->count : 1;
    fprintf(file,
            "{\"requests\": %zu, \"failures\": %zu, \"seconds\": %.3f, "
            "\"requests_per_second\": %.0f, \"p50_us\": %" PRIu32 ", \"p99_us\": %" PRIu32
            ", \"max_us\": %" PRIu64 ", \"cpu_us\": %.3f}\n",
            record->count, record->failures, seconds, (double)record->count / seconds,
            percentile(record, 0.5), percentile(record, 0.99), greatest,
            (double)record->cpu_ns / 1000 / count);
}

uint64_t record_now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static uint64_t thread_cpu_ns(pid_t process, const char *thread) {
    char path[64];
    snprintf(path, sizeof(path), "/proc/%d/task/%.20s/schedstat", process, thread);
    FILE *file = fopen(path, "re");
    uint64_t used = 0;
    if (file == NULL) return 0;
    if (fscanf(file, "%" SCNu64, &used) != 1) used = 0;
    fclose(file);
    return used;
}

uint64_t record_process_cpu_ns(pid_t process) {
    char path[32];
    snprintf(path, sizeof(path), "/proc/%d/task", process);
    DIR *threads = opendir(path);
    if (threads == NULL) return 0;
    uint64_t used = 0;
    for (struct dirent *entry; (entry = readdir(threads)) != NULL;)
        if (entry->d_name[0] != '.') used += thread_cpu_ns(process, entry->d_name);
    closedir(threads);
    return used;
}
