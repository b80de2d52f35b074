// SPDX-License-Identifier: Apache-2.0
#include "cli/summary.h"

static void count_language(summary *s, span name) {
    char key[sizeof s->languages[0].name];
    snprintf(key, sizeof key, "%.*s", (int)(name.len < sizeof key - 1 ? name.len : sizeof key - 1), name.ptr);
    u32 at = 0;
    while (at < s->language_count && strcmp(s->languages[at].name, key) < 0) {
        at++;
    }
    if (at == s->language_count || strcmp(s->languages[at].name, key) != 0) {
        if (s->language_count == SUMMARY_LANGUAGES) {
            return;
        }
        memmove(&s->languages[at + 1], &s->languages[at], (s->language_count - at) * sizeof s->languages[0]);
        memcpy(s->languages[at].name, key, sizeof key);
        s->languages[at].reports = 0;
        s->language_count++;
    }
    s->languages[at].reports++;
}

void summary_add(summary *s, const drg_records *records) {
    s->reports++;
    s->events += records->event_count;
    s->problems += records->problem_count;
    for (size_t i = 0; i < records->problem_count; i++) {
        if (span_eq(records->problems[i].code, SPAN("language"))) {
            count_language(s, records->lang);
        }
    }
}

static void put_count(FILE *out, u64 count, const char *word, const char *behind) {
    fprintf(out, "%llu %s%s%s", (unsigned long long)count, word, count == 1 ? "" : "s", behind);
}

void summary_print(const summary *s, FILE *out, bool errors_are_listed) {
    put_count(out, s->reports, "report", s->known > 0 ? "" : ", ");
    if (s->known > 0) {
        fprintf(out, " (%llu known already), ", (unsigned long long)s->known);
    }
    put_count(out, s->events, "event", ", ");
    put_count(out, s->problems, "problem", s->problems > 0 && !errors_are_listed ? " (--errors FILE lists them)" : "");
    for (u32 i = 0; i < s->language_count; i++) {
        fprintf(out, "%s%s %llu", i == 0 ? "; other languages: " : ", ", s->languages[i].name, (unsigned long long)s->languages[i].reports);
    }
    if (s->passed > 0) {
        fprintf(out, "; %llu records that are no pages", (unsigned long long)s->passed);
    }
    fputc('\n', out);
}
