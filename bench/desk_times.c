// SPDX-License-Identifier: Apache-2.0
/* How long a desk takes to answer what a page asks: desk_times DESK
 *
 * Each question is asked RUNS times after a first one that warms the caches; printed are the median and the slowest in
 * milliseconds of wall time, the processor time of this process a question, and the rows that came.  The dyad is the desk's
 * busiest; the words are its most frequent, a rarer one, and two in order. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "store/store.h"

#define RUNS 21

typedef struct {
    char source[8], target[8], plover[16], from[16], until[16];
} busiest;

static double milliseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static u32 count_rows(sql_query *q) {
    u32 rows = 0;
    while (query_next(q)) {
        rows += query_text(q, 0).len > 0;
    }
    return rows;
}

static void put_all(sql_query *q, const char *const *values, int count) {
    for (int i = 0; i < count; i++) {
        query_put_text(q, i + 1, span_of(values[i]));
    }
}

static u32 ask_filter(store *s, const busiest *b, const char *words) {
    (void)words;
    sql_query *q = database_ask(store_database(s),
        "SELECT e.id, e.shown, e.cameo, e.trigger, e.status, r.outlet, r.title FROM dyads y JOIN events e ON e.id = y.event"
        " JOIN reports r ON r.id = e.report WHERE y.source = ?1 AND y.target = ?2 AND y.plover = ?3 AND y.shown >= ?4 AND y.shown < ?5"
        " ORDER BY y.shown, e.id LIMIT 1000");
    put_all(q, (const char *const[]){b->source, b->target, b->plover, b->from, b->until}, 5);
    return count_rows(q);
}

static u32 ask_series(store *s, const busiest *b, const char *words) {
    (void)words;
    sql_query *q = database_ask(store_database(s), "SELECT month, sum(events), sum(tellings) FROM dyad_counts WHERE source = ?1 AND target = ?2"
                                                   " GROUP BY month ORDER BY month");
    put_all(q, (const char *const[]){b->source, b->target}, 2);
    return count_rows(q);
}

static u32 ask_days(store *s, const busiest *b, const char *words) {
    (void)b;
    (void)words;
    return count_rows(database_ask(store_database(s), "SELECT substr(day, 1, 7) AS month, plover, sum(events) FROM day_counts WHERE country = '*'"
                                                      " GROUP BY substr(day, 1, 7), plover ORDER BY 1, 2"));
}

static u32 ask_words(store *s, const busiest *b, const char *words) {
    drg_error error;
    store_hit hit;
    u32 rows = 0;
    (void)b;
    if (store_search_open(s, span_of(words), 50, 0, &error) == DRG_OK) {
        while (store_search_next(s, &hit)) {
            rows++;
        }
    }
    return rows;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(store *s, const char *name, u32 (*ask)(store *, const busiest *, const char *), const busiest *b, const char *words) {
    double times[RUNS];
    u32 rows = ask(s, b, words);
    double spent = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 0; i < RUNS; i++) {
        double start = milliseconds(CLOCK_MONOTONIC);
        rows = ask(s, b, words);
        times[i] = milliseconds(CLOCK_MONOTONIC) - start;
    }
    spent = (milliseconds(CLOCK_PROCESS_CPUTIME_ID) - spent) / RUNS;
    qsort(times, RUNS, sizeof times[0], compare);
    printf("%-34s %8.2f ms median %8.2f ms slowest %8.2f ms processor %6u rows\n", name, times[RUNS / 2], times[RUNS - 1], spent, rows);
}

static bool find_busiest(store *s, busiest *b) {
    char *const fields[] = {b->source, b->target, b->plover, b->from};
    sql_query *q = database_ask(store_database(s), "SELECT source, target, plover, month FROM dyad_counts ORDER BY tellings DESC, source, target LIMIT 1");
    bool found = query_next(q);
    for (int i = 0; i < 4 && found; i++) {
        span text = query_text(q, i);
        snprintf(fields[i], 8 + 8 * (size_t)(i > 1), "%.*s", (int)text.len, text.ptr);
    }
    query_reset(q);
    snprintf(b->until, sizeof b->until, "%.7s~", b->from); /* behind every day of the month */
    return found;
}

int main(int argc, char **argv) {
    store *s;
    drg_error error = {0};
    busiest b;
    store_counts counts = {0};
    if (argc < 2 || store_open(&s, argv[1], NULL, &error) != DRG_OK || store_count(s, &counts, &error) != DRG_OK) {
        fprintf(stderr, "desk_times DESK: %s\n", error.message);
        return 1;
    }
    printf("%lld events, %lld reports\n", (long long)counts.events, (long long)counts.reports);
    if (find_busiest(s, &b)) {
        printf("dyad %s %s, %s, %s\n", b.source, b.target, b.plover, b.from);
        measure(s, "dyad, category and month", ask_filter, &b, NULL);
        measure(s, "time series of a dyad", ask_series, &b, NULL);
        measure(s, "months by category, whole desk", ask_days, &b, NULL);
        measure(s, "the commonest word", ask_words, &b, argc > 2 ? argv[2] : "the");
        measure(s, "a rarer word", ask_words, &b, argc > 3 ? argv[3] : "accord");
        measure(s, "words in order", ask_words, &b, argc > 4 ? argv[4] : "\"signed an accord\"");
    }
    store_close(s);
    return 0;
}
