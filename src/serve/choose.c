// SPDX-License-Identifier: Apache-2.0
/* In: "class=AGREE,CONSULT" "country!=KEN" "reports>=3".  Out: a bit for each telling.
 *
 * A word about a text is put to every entry of its dictionary once; then each telling's number is looked up in the
 * answers.  All words must hold, so that each clears bits of those before it.  Words of texts (text=) and ids are asked
 * of the desk. */
#include "serve/choose.h"

#include "ask/ask.h"
#include "base/calendar.h"
#include "report.h"

typedef struct {
    const image *m;
    const choice *given;
    chosen *out;
    arena *memory;
    span name, op, values;
    bool failed;
} chooser;

/* ------------------------------------------------------------------ one alternative against one text */

static span lower_of(chooser *c, span text) {
    span copy = arena_copy(c->memory, text);
    for (size_t i = 0; copy.ptr != NULL && i < copy.len; i++) {
        ((char *)copy.ptr)[i] = ascii_to_lower(copy.ptr[i]);
    }
    c->failed |= copy.ptr == NULL;
    return copy.ptr != NULL ? copy : SPAN("");
}

/* `part` is in lower case. */
static bool holds_caseless(span whole, span part) {
    for (size_t at = 0; at + part.len <= whole.len; at++) {
        size_t i = 0;
        while (i < part.len && ascii_to_lower(whole.ptr[at + i]) == part.ptr[i]) {
            i++;
        }
        if (i == part.len) {
            return true;
        }
    }
    return false;
}

static bool is_caseless(span text, span given) { return text.len == given.len && holds_caseless(text, given); }

static bool begins(span text, span given) { return span_starts(text, given); }

/* One of "a;b;c". */
static bool is_listed(span list, span given) {
    while (list.len > 0) {
        if (is_caseless(span_next_field(&list, ';'), given)) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------ columns of texts */

typedef bool (*text_test)(span text, span given);
static const struct {
    const char *word;
    text_column column;
    text_test test;
} text_words[] = {
    {"class", TEXT_PLOVER, is_caseless},     {"category", TEXT_PLOVER, is_caseless}, {"mode", TEXT_MODE, is_caseless},
    {"context", TEXT_CONTEXTS, is_listed},   {"cameo", TEXT_CAMEO, begins},          {"status", TEXT_STATUS, is_caseless},
    {"country", TEXT_COUNTRY, is_caseless},  {"place", TEXT_PLACE, is_caseless},     {"trigger", TEXT_TRIGGER, is_caseless},
    {"outlet", TEXT_OUTLET, is_caseless},    {"owner", TEXT_OWNER, is_caseless},     {"lang", TEXT_LANG, is_caseless},
};

/* answers[n]: some alternative holds of entry n. */
static u8 *ask_entries(chooser *c, const symbols *entries, text_test test) {
    u8 *answers = arena_new(c->memory, u8, (size_t)entries->count + 1);
    c->failed |= answers == NULL;
    for (span rest = c->values; rest.len > 0 && !c->failed;) {
        span one = lower_of(c, span_trim(span_next_field(&rest, ',')));
        for (u32 i = 0; i < entries->count; i++) {
            answers[i] |= test(symbols_text(entries, i), one);
        }
    }
    return answers;
}

/* Clears the bits of those tellings `i` for which `keep` is not what is wanted; only those that are left are looked at. */
#define CLEAR_UNLESS(c, keep)                                                  \
    do {                                                                       \
        const image *m_ = (c)->m;                                              \
        bool other_ = span_eq((c)->op, SPAN("!="));                            \
        for (u32 w_ = 0; w_ < m_->count / 64 + 1; w_++) {                      \
            for (u64 rest_ = (c)->out->bits[w_]; rest_ != 0; rest_ &= rest_ - 1) { \
                u32 bit_ = (u32)__builtin_ctzll(rest_), i = w_ * 64 + bit_;    \
                if (!!(keep) == other_) {                                      \
                    (c)->out->bits[w_] &= ~((u64)1 << bit_);                   \
                }                                                              \
            }                                                                  \
        }                                                                      \
    } while (0)

static void choose_text(chooser *c, text_column column, text_test test) {
    const u32 *entries = c->m->text[column], *reports = c->m->report;
    const u8 *answers = ask_entries(c, &c->m->dictionary[column], test);
    if (c->failed) {
        return;
    }
    if (column >= TEXT_EVENTS) {
        CLEAR_UNLESS(c, answers[entries[reports[i]]]);
    } else {
        CLEAR_UNLESS(c, answers[entries[i]]);
    }
}

/* ------------------------------------------------------------------ numbers and flags */

static bool compare(double left, span op, double right) {
    bool equal = span_ends(op, SPAN("="));
    switch (op.ptr[0]) {
        case '<':
            return equal ? left <= right : left < right;
        case '>':
            return equal ? left >= right : left > right;
        case '!':
            return left != right;
        default:
            return left == right;
    }
}

static double read_real(span text) {
    char copy[48];
    snprintf(copy, sizeof copy, "%.*s", (int)(text.len < 47 ? text.len : 47), text.ptr);
    return strtod(copy, NULL);
}

/* The column's value of telling i, or none. */
static bool number_of(const image *m, span name, u32 i, double *out) {
    static const char *const sizes[] = {"dead", "injured", "arrested"};
    for (int s = 0; s < SIZE_COLUMNS; s++) {
        if (span_eq(name, span_of(sizes[s]))) {
            *out = m->size[s][i];
            return m->size[s][i] != UNSAID;
        }
    }
    u32 story = m->story[i];
    *out = span_eq(name, SPAN("quad")) ? m->quad[i] : span_eq(name, SPAN("conf")) ? m->real[REAL_CONFIDENCE][i]
        : span_eq(name, SPAN("goldstein")) ? m->real[REAL_GOLDSTEIN][i] : span_eq(name, SPAN("reports")) ? m->story_reports[story]
        : span_eq(name, SPAN("outlets")) ? m->story_outlets[story] : m->story_witnesses[story];
    return true;
}

static bool number_holds(const image *m, span name, u32 i, span op, const double *wanted, size_t count) {
    double found;
    bool holds = false;
    for (size_t k = 0; number_of(m, name, i, &found) && k < count && !holds; k++) {
        holds = compare(found, op, wanted[k]);
    }
    return holds;
}

static bool is_number_word(span name) {
    static const char *const names[] = {"quad", "conf", "goldstein", "reports", "outlets", "witnesses", "dead", "injured", "arrested"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (span_eq(name, span_of(names[i]))) {
            return true;
        }
    }
    return false;
}

static void choose_number(chooser *c) {
    double wanted[64];
    size_t count = 0;
    for (span rest = c->values; rest.len > 0 && count < COUNT_OF(wanted);) {
        wanted[count++] = read_real(span_trim(span_next_field(&rest, ',')));
    }
    span op = c->op;
    c->op = SPAN("="); /* != is an order like the others here */
    CLEAR_UNLESS(c, number_holds(m_, c->name, i, op, wanted, count));
}

static void choose_flag(chooser *c, const u8 *column) {
    bool wanted[2] = {false, false};
    for (span rest = c->values; rest.len > 0;) {
        span one = span_trim(span_next_field(&rest, ','));
        wanted[span_eq(one, SPAN("yes")) || span_eq(one, SPAN("true")) || span_eq(one, SPAN("1"))] = true;
    }
    CLEAR_UNLESS(c, wanted[column[i]]);
}

static void choose_standing(chooser *c) {
    u8 answers[256] = {0};
    for (span rest = c->values; rest.len > 0;) {
        span one = lower_of(c, span_trim(span_next_field(&rest, ',')));
        for (int i = 0; image_standings[i] != NULL; i++) {
            answers[i] |= span_eq(one, span_of(image_standings[i]));
        }
    }
    CLEAR_UNLESS(c, answers[m_->standing[m_->story[i]]]);
}

/* ------------------------------------------------------------------ days */

typedef struct {
    i32 first, last;
} days;

/* Entries of `shown` that lie between the days of an alternative, as texts. */
static u8 *shown_between(chooser *c, const days *d, bool from, bool until) {
    char iso[2][16];
    const symbols *entries = &c->m->dictionary[TEXT_SHOWN];
    u8 *holds = arena_new(c->memory, u8, (size_t)entries->count + 1);
    span first = calendar_print(d->first, iso[0]), last = calendar_print(d->last, iso[1]);
    for (u32 i = 0; holds != NULL && i < entries->count; i++) {
        span shown = symbols_text(entries, i);
        holds[i] = (!from || span_compare(shown, first) >= 0) && (!until || span_compare(shown, last) <= 0);
    }
    c->failed |= holds == NULL;
    return holds;
}

static bool day_holds(const image *m, u32 i, const days *wanted, u8 *const *shown, size_t count, bool from, bool until) {
    bool holds = false;
    for (size_t k = 0; m->day[i] != UNSAID && k < count && !holds; k++) {
        holds = (!from || m->day[i] >= wanted[k].first) && (!until || m->day[i] <= wanted[k].last) && shown[k][m->text[TEXT_SHOWN][i]];
    }
    return holds;
}

static void choose_days(chooser *c, bool from, bool until) {
    days wanted[32];
    u8 *shown[32];
    size_t count = 0;
    for (span rest = c->values; rest.len > 0 && count < COUNT_OF(wanted) && !c->failed; count++) {
        span one = span_trim(span_next_field(&rest, ','));
        wanted[count] = (days){0, 0};
        calendar_read_part(one, false, &wanted[count].first);
        calendar_read_part(one, true, &wanted[count].last);
        shown[count] = shown_between(c, &wanted[count], from, until);
    }
    if (!c->failed) {
        CLEAR_UNLESS(c, day_holds(m_, i, wanted, shown, count, from, until));
    }
}

/* ------------------------------------------------------------------ actors */

static bool is_capitals(span s) {
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_is_upper((unsigned char)s.ptr[i])) {
            return false;
        }
    }
    return s.len == 3;
}

static bool is_sector(span s) {
    for (u32 i = SECTOR_NONE + 1; i < SECTOR_COUNT; i++) {
        if (span_eq(span_of(sector_name((sector)i)), s)) {
            return true;
        }
    }
    return false;
}

static bool is_primary(span s) { return is_capitals(s) || span_eq(s, SPAN("---")); }

typedef struct {
    u8 *codes, *persons;
} actor_answers;

static bool code_is(span code, span primary) {
    return span_starts(code, primary) && (code.len == primary.len || code.ptr[primary.len] == ' ');
}

static bool name_holds(span person, span part) {
    char joined[1024];
    span rest = person, name = span_next_field(&rest, '\x1f');
    int size = snprintf(joined, sizeof joined, "%.*s %.*s", (int)name.len, name.ptr, (int)rest.len, rest.ptr);
    return holds_caseless((span){joined, size < (int)sizeof joined ? (size_t)size : sizeof joined - 1}, part);
}

/* As actor_filter.c: a primary, a primary with its sector, a sector, else a part of a name. */
static void ask_one_actor(chooser *c, span given, actor_answers *out) {
    const image *m = c->m;
    span rest = given, first = span_next_field(&rest, ' ');
    bool primary = is_primary(first) && rest.len == 0 && !is_sector(first), full = is_primary(first) && is_sector(rest), role = is_sector(given);
    for (u32 i = 0; i < m->codes.count && (primary || full || role); i++) {
        span code = symbols_text(&m->codes, i);
        out->codes[i] |= primary ? code_is(code, given) : full ? span_eq(code, given) : code.len > 4 && span_eq(span_cut(code, 4, code.len), given);
    }
    span part = primary || full || role ? SPAN("") : lower_of(c, given);
    for (u32 i = 0; i < m->persons.count && !(primary || full || role); i++) {
        out->persons[i] |= name_holds(symbols_text(&m->persons, i), part);
    }
}

static bool actor_holds(const image *m, u32 i, u32 sides, const actor_answers *answers) {
    u32 wanted = sides | (m->mutual[i] && (sides >> SIDE_TARGET & 1) ? 1u << SIDE_SOURCE : 0);
    for (u32 a = m->first_actor[i]; a < m->first_actor[i + 1]; a++) {
        const image_actor *who = &m->actors[a];
        if ((wanted >> who->side & 1) && (answers->codes[who->code] || answers->persons[who->person])) {
            return true;
        }
    }
    return false;
}

static void choose_actor(chooser *c, u32 sides) {
    const image *m = c->m;
    actor_answers answers = {arena_new(c->memory, u8, (size_t)m->codes.count + 1), arena_new(c->memory, u8, (size_t)m->persons.count + 1)};
    if (answers.codes == NULL || answers.persons == NULL) {
        c->failed = true;
        return;
    }
    for (span rest = c->values; rest.len > 0;) {
        ask_one_actor(c, span_trim(span_next_field(&rest, ',')), &answers);
    }
    CLEAR_UNLESS(c, actor_holds(m_, i, sides, &answers));
}

/* Both directions; inside one state, two different parties of it. */
static bool has_dyad(const image *m, u32 i, u32 a, u32 b) {
    u32 as_source = 0, bs_source = 0, as_target = 0, bs_target = 0;
    for (u32 k = m->first_actor[i]; k < m->first_actor[i + 1]; k++) {
        u32 primary = m->primary_of[m->actors[k].code], side = m->actors[k].side;
        as_source += side == SIDE_SOURCE && primary == a;
        bs_source += side == SIDE_SOURCE && primary == b;
        as_target += side == SIDE_TARGET && primary == a;
        bs_target += side == SIDE_TARGET && primary == b;
    }
    if (a == b) {
        return (as_source > 0 && as_target > 0) || (m->mutual[i] && (as_source > 1 || as_target > 1));
    }
    return m->mutual[i] ? as_source > 0 && bs_source > 0 : (as_source > 0 && bs_target > 0) || (bs_source > 0 && as_target > 0);
}

static bool dyad_holds(const image *m, u32 i, u32 (*pairs)[2], size_t count) {
    bool holds = false;
    for (size_t k = 0; k < count && !holds; k++) {
        holds = pairs[k][0] != NONE && pairs[k][1] != NONE && has_dyad(m, i, pairs[k][0], pairs[k][1]);
    }
    return holds;
}

static void choose_dyad(chooser *c) {
    u32 pairs[32][2];
    size_t count = 0;
    for (span rest = c->values; rest.len > 0 && count < COUNT_OF(pairs); count++) {
        span second = span_trim(span_next_field(&rest, ',')), first = span_next_field(&second, '-');
        pairs[count][0] = symbols_find(&c->m->primaries, first);
        pairs[count][1] = symbols_find(&c->m->primaries, second);
    }
    CLEAR_UNLESS(c, dyad_holds(m_, i, pairs, count));
}

/* ------------------------------------------------------------------ what only the desk knows */

static const char sql_event[] = "SELECT number FROM events WHERE id = ?1 OR story = ?1";
static const char sql_report[] = "SELECT e.number FROM reports r JOIN events e ON e.report = r.id WHERE r.id = ?1";

static void mark_events(chooser *c, const char *sql, span id, u8 *holds) {
    sql_query *q = database_ask(store_database(c->given->desk), sql);
    query_put_text(q, 1, id);
    while (query_next(q)) {
        u32 at = image_find_telling(c->m, query_number(q, 0));
        if (at != NONE) {
            holds[at] = 1;
        }
    }
    query_reset(q);
}

static void choose_id(chooser *c, const char *sql) {
    u8 *holds = arena_new(c->memory, u8, (size_t)c->m->count + 1);
    c->failed |= holds == NULL;
    for (span rest = c->values; rest.len > 0 && !c->failed;) {
        mark_events(c, sql, span_trim(span_next_field(&rest, ',')), holds);
    }
    if (!c->failed) {
        CLEAR_UNLESS(c, holds[i]);
    }
}

/* Words of texts, through the index of words.  Where the time is over what has been found stands, and is not all. */
static void choose_words(chooser *c) {
    char asked[4096];
    ask_build sql;
    u8 *reports = arena_new(c->memory, u8, (size_t)c->m->report_count + 1);
    if (reports == NULL || !store_search_write(c->given->desk, c->values, asked, sizeof asked)) {
        c->failed |= reports == NULL;
        return;
    }
    sql_base *base = store_database(c->given->desk);
    ask_build_open(&sql, c->memory);
    ask_put(&sql, database_is_postgres(base) ? "SELECT r.number FROM reports r WHERE " : "SELECT rowid FROM report_words WHERE report_words MATCH ?1");
    ask_put(&sql, database_is_postgres(base) ? store_search_condition(c->given->desk) : "");
    sql_query *q = database_prepare(base, sql.failed ? "" : sql.text);
    query_put_text(q, 1, span_of(asked));
    while (query_next(q)) {
        u32 at = image_find_report(c->m, query_number(q, 0));
        if (at != NONE) {
            reports[at] = 1;
        }
    }
    query_close(q);
    drg_error late;
    c->out->exact &= database_check(base, &late) == DRG_OK;
    CLEAR_UNLESS(c, reports[m_->report[i]]);
}

/* ------------------------------------------------------------------ words */

static void choose_word(chooser *c) {
    for (size_t i = 0; i < COUNT_OF(text_words); i++) {
        if (span_eq(c->name, span_of(text_words[i].word))) {
            choose_text(c, text_words[i].column, text_words[i].test);
            return;
        }
    }
    if (is_number_word(c->name)) {
        choose_number(c);
    } else if (span_eq(c->name, SPAN("since")) || span_eq(c->name, SPAN("until")) || span_eq(c->name, SPAN("date"))) {
        choose_days(c, c->name.ptr[0] != 'u', c->name.ptr[0] != 's');
    } else if (span_eq(c->name, SPAN("background")) || span_eq(c->name, SPAN("mutual"))) {
        choose_flag(c, c->name.ptr[0] == 'b' ? c->m->background : c->m->mutual);
    } else if (span_eq(c->name, SPAN("standing"))) {
        choose_standing(c);
    } else if (span_eq(c->name, SPAN("source"))) {
        choose_actor(c, 1u << SIDE_SOURCE);
    } else if (span_eq(c->name, SPAN("target"))) {
        choose_actor(c, 1u << SIDE_TARGET);
    } else if (span_eq(c->name, SPAN("actor"))) {
        choose_actor(c, 1u << SIDE_SOURCE | 1u << SIDE_TARGET);
    } else if (span_eq(c->name, SPAN("speaker"))) {
        choose_actor(c, 1u << SIDE_CLAIMER | 1u << SIDE_SPEAKS);
    } else if (span_eq(c->name, SPAN("dyad"))) {
        choose_dyad(c);
    } else if (span_eq(c->name, SPAN("event")) || span_eq(c->name, SPAN("report"))) {
        choose_id(c, c->name.ptr[0] == 'e' ? sql_event : sql_report);
    } else if (span_eq(c->name, SPAN("text"))) {
        choose_words(c);
    }
}

chosen chosen_none(const image *m, arena *memory) { return (chosen){.bits = arena_new(memory, u64, (size_t)m->count / 64 + 1), .exact = true}; }

bool chosen_list(chosen *c, const image *m, arena *memory) {
    u32 words = m->count / 64 + 1, at = 0;
    c->count = 0;
    for (u32 w = 0; w < words; w++) {
        c->count += (u32)__builtin_popcountll(c->bits[w]);
    }
    c->in_order = arena_new(memory, u32, (size_t)c->count + 1);
    c->by_story = arena_new(memory, u32, (size_t)c->count + 1);
    if (c->in_order == NULL || c->by_story == NULL) {
        return false;
    }
    for (u32 w = 0; w < words; w++) {
        for (u64 rest = c->bits[w]; rest != 0; rest &= rest - 1) {
            c->in_order[at++] = w * 64 + (u32)__builtin_ctzll(rest);
        }
    }
    at = 0;
    for (u32 i = 0; i < m->count && at < c->count; i++) {
        u32 telling = m->by_story[i];
        c->by_story[at] = telling;
        at += chosen_has(c, telling); /* without a branch: half of the answers would be guessed wrong */
    }
    return true;
}

drg_status choose(chosen *out, const choice *given, arena *memory, drg_error *error) {
    const image *m = given->image;
    chooser c = {.m = m, .given = given, .out = out, .memory = memory};
    *out = chosen_none(m, memory);
    if (out->bits == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "", 0, "out of memory");
    }
    for (u32 i = 0; i < m->count / 64 + 1; i++) {
        out->bits[i] = i < m->count / 64 ? UINT64_MAX : ((u64)1 << (m->count % 64)) - 1;
    }
    for (size_t i = 0; i < given->count && !c.failed; i++) {
        const char *word = given->words[i];
        size_t name_len = strcspn(word, "=!<>"), op_len = strspn(word + name_len, "=!<>");
        c.name = (span){word, name_len};
        c.op = (span){word + name_len, op_len};
        c.values = span_of(word + name_len + op_len);
        if (!span_eq(c.name, SPAN("sort")) && !span_eq(c.name, SPAN("limit"))) {
            arena_mark mark = arena_take_mark(memory);
            choose_word(&c);
            arena_release(memory, mark);
        }
    }
    DRG_TRY(database_check(store_database(given->desk), error));
    return c.failed || !chosen_list(out, m, memory) ? drg_fail(error, DRG_ERROR_MEMORY, "", 0, "out of memory") : DRG_OK;
}
