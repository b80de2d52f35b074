// SPDX-License-Identifier: Apache-2.0
/* Actors: a row a primary, and one of them with its names, roles and partners. */
#include "serve/days.h"

#define SHOWN 40 /* names, partners, outlets of one */

typedef enum { AS_EITHER, AS_SOURCE, AS_TARGET, AS_SPEAKER, ROLES } role;
static const u32 role_sides[] = {1u << SIDE_SOURCE | 1u << SIDE_TARGET, 1u << SIDE_SOURCE, 1u << SIDE_TARGET, 1u << SIDE_CLAIMER | 1u << SIDE_SPEAKS};

/* ------------------------------------------------------------------ the list */

static bool holds(span whole, const char *part) {
    size_t len = strlen(part);
    for (size_t at = 0; at + len <= whole.len; at++) {
        if (starts_caseless(span_cut(whole, at, whole.len), (span){part, len})) {
            return true;
        }
    }
    return false;
}

typedef struct {
    u32 events;
    span code;
    bool given;
} cursor;

/* "EVENTS~CODE" */
static drg_status read_after(answering *a, cursor *out) {
    const char *given = api_own(a, "after");
    char *end = NULL;
    *out = (cursor){.given = given != NULL};
    if (given == NULL) {
        return DRG_OK;
    }
    out->events = (u32)strtoul(given, &end, 10);
    if (end == given || *end != '~') {
        return api_fail(a, 400, "parameter", "after: take it from \"next\" of the page before");
    }
    out->code = span_of(end + 1);
    return DRG_OK;
}

/* Where the list goes on: behind the row of the cursor. */
static bool is_behind(const cursor *c, u32 events, span code) {
    return !c->given || events < c->events || (events == c->events && span_compare(code, c->code) > 0);
}

static void put_listed(answering *a, const tally t[ROLES], u32 g) {
    json *j = &a->out;
    write_object(j, NULL);
    write_text(j, "code", symbols_text(&a->m->primaries, g));
    write_text(j, "name", image_label(a->m, g));
    put_counts(j, &t[AS_EITHER].rows[g]);
    write_number(j, "as_source", t[AS_SOURCE].rows[g].events);
    write_number(j, "as_target", t[AS_TARGET].rows[g].events);
    write_number(j, "as_speaker", t[AS_SPEAKER].rows[g].events);
    put_quads(j, "quads", &t[AS_EITHER].part_events[(size_t)g * t[AS_EITHER].parts]);
    write_end(j);
}

static drg_status count_roles(answering *a, grouping by[ROLES], tally t[ROLES]) {
    grouping quads;
    grouping_open(&quads, a->m, "quad", &a->memory);
    for (int r = 0; r < ROLES; r++) {
        grouping_open_actors(&by[r], a->m, role_sides[r]);
        if (!tally_count(&t[r], &(tally_plan){a->m, &a->set, &by[r], r == AS_EITHER ? &quads : NULL, 0}, &a->memory)) {
            return api_memory(a);
        }
    }
    return DRG_OK;
}

static drg_status answer_actors(answering *a) {
    i64 rows = 50;
    cursor after;
    grouping by[ROLES];
    tally t[ROLES];
    const char *find = api_own(a, "find");
    DRG_TRY(api_number(a, "rows", 1, 500, &rows));
    DRG_TRY(read_after(a, &after));
    DRG_TRY(api_choose(a));
    if (a->show_sql) {
        ask_build *sql = api_build(a);
        ask_build_groups(sql, &a->filter, "source");
        return api_show(a, sql, "query", "--by source");
    }
    DRG_TRY(count_roles(a, by, t));
    tally *all = &t[AS_EITHER];
    u32 kept = 0;
    for (u32 i = 0; i < all->used; i++) { /* the page's rows, and one more */
        u32 g = all->order[i];
        span code = symbols_text(&a->m->primaries, g);
        bool found = find == NULL || holds(code, find) || holds(image_label(a->m, g), find);
        if (a->m->primary_known[g] && found && is_behind(&after, all->rows[g].events, code) && kept <= (u32)rows) {
            all->order[kept++] = g;
        }
    }
    u32 shown = kept > rows ? (u32)rows : kept;
    if (!tally_count_outlets(all, &(tally_plan){a->m, &a->set, &by[AS_EITHER], NULL, 0}, 0, shown, &a->memory)) {
        return api_memory(a);
    }
    write_object(&a->out, NULL);
    write_list(&a->out, "rows");
    for (u32 i = 0; i < shown; i++) {
        put_listed(a, t, all->order[i]);
    }
    write_end(&a->out);
    char next[48] = "";
    if (kept > shown && shown > 0) {
        span code = symbols_text(&a->m->primaries, all->order[shown - 1]);
        snprintf(next, sizeof next, "%u~%.*s", all->rows[all->order[shown - 1]].events, (int)code.len, code.ptr);
    }
    write_text_or_null(&a->out, "next", span_of(next));
    write_flag(&a->out, "exact", a->set.exact);
    return DRG_OK;
}

/* ------------------------------------------------------------------ one actor */

typedef struct {
    u32 person, code, events, last_story;
    i32 first, last;
} naming;
typedef LIST(naming) naming_list;

static bool is_code(span code, span wanted) {
    return span_starts(code, wanted) && (code.len == wanted.len || (wanted.len == 3 && code.ptr[3] == ' '));
}

/* Under which names and codes the actor stands in the set. */
static bool gather_names(answering *a, const chosen *set, span wanted, naming_list *out) {
    const image *m = a->m;
    map seen;
    map_open(&seen, &a->memory);
    for (u32 at = 0; at < set->count; at++) {
        u32 i = set->by_story[at];
        for (u32 k = m->first_actor[i]; k < m->first_actor[i + 1]; k++) {
            const image_actor *who = &m->actors[k];
            if (who->side > SIDE_TARGET || !is_code(symbols_text(&m->codes, who->code), wanted)) {
                continue;
            }
            u64 key = (u64)who->person << 32 | who->code;
            u32 found = map_find(&seen, key);
            naming *n = found != NONE ? &out->items[found] : list_push(&a->memory, out);
            if (n == NULL || (found == NONE && !map_set(&seen, key, out->count - 1))) {
                return false;
            }
            if (found == NONE) {
                *n = (naming){who->person, who->code, 0, NONE, INT32_MAX, INT32_MIN};
            }
            n->events += n->last_story != m->story[i];
            n->last_story = m->story[i];
            if (m->day[i] != UNSAID) {
                n->first = m->day[i] < n->first ? m->day[i] : n->first;
                n->last = m->day[i] > n->last ? m->day[i] : n->last;
            }
        }
    }
    return true;
}

static int compare_namings(const void *x, const void *y) {
    const naming *a = x, *b = y;
    if (a->events != b->events) {
        return a->events > b->events ? -1 : 1;
    }
    return a->person != b->person ? (a->person < b->person ? -1 : 1) : (a->code > b->code) - (a->code < b->code);
}

static void put_names(answering *a, naming_list *names) {
    json *j = &a->out;
    if (names->count > 1) {
        qsort(names->items, names->count, sizeof *names->items, compare_namings);
    }
    write_list(j, "names");
    for (u32 i = 0; i < names->count && i < SHOWN; i++) {
        const naming *n = &names->items[i];
        span title = symbols_text(&a->m->persons, n->person), name = span_next_field(&title, '\x1f');
        write_object(j, NULL);
        write_text(j, "name", name);
        write_text(j, "title", title);
        write_text(j, "code", symbols_text(&a->m->codes, n->code));
        write_number(j, "events", n->events);
        if (n->first <= n->last) {
            days_put(j, "first", n->first);
            days_put(j, "last", n->last);
        }
        write_end(j);
    }
    write_end(j);
}

/* Codes of the primary, each with its sector's name. */
static drg_status put_sectors(answering *a, const chosen *set, span wanted) {
    const image *m = a->m;
    const export_facts *f = &a->s->facts;
    grouping by = {0};
    tally t;
    grouping_open_actors(&by, m, role_sides[AS_EITHER]);
    by.remap = NULL;
    by.groups = m->codes.count;
    by.names = m->codes.texts;
    if (!tally_count(&t, &(tally_plan){m, set, &by, NULL, 0}, &a->memory)) {
        return api_memory(a);
    }
    write_list(&a->out, "sectors");
    for (u32 i = 0; i < t.used; i++) {
        span code = symbols_text(&m->codes, t.order[i]);
        if (is_code(code, span_cut(wanted, 0, 3))) {
            span part = code.len > 4 ? span_cut(code, 4, code.len) : SPAN("");
            u32 row = map_find(&f->sectors, symbols_find(&f->known.words, part));
            write_object(&a->out, NULL);
            write_text(&a->out, "code", part);
            write_text(&a->out, "name", row != NONE ? f->sector_names[row] : SPAN(""));
            write_number(&a->out, "events", t.rows[t.order[i]].events);
            write_end(&a->out);
        }
    }
    write_end(&a->out);
    return DRG_OK;
}

typedef struct {
    u32 primary, forth, back, both;
    double goldstein;
} partner;

static int compare_partners(const void *x, const void *y) {
    const partner *a = x, *b = y;
    u32 left = a->forth + a->back + a->both, right = b->forth + b->back + b->both;
    return left != right ? (left > right ? -1 : 1) : (a->primary > b->primary) - (a->primary < b->primary);
}

static drg_status put_partners(answering *a, const chosen *set, u32 own) {
    const image *m = a->m;
    grouping by;
    tally t;
    partner *list = arena_new(&a->memory, partner, (size_t)m->primary_count + 1);
    grouping_open_pairs(&by, m);
    if (list == NULL || !tally_count(&t, &(tally_plan){m, set, &by, NULL, 0}, &a->memory)) {
        return api_memory(a);
    }
    for (u32 i = 0; i < m->primary_count; i++) {
        list[i].primary = i;
    }
    for (u32 p = 0; p < t.groups; p++) {
        const image_pair *pair = &m->pair_list.items[p];
        u32 events = t.rows[p].events, other = pair->source == own ? pair->target : pair->source;
        if (events == 0 || (pair->source != own && pair->target != own) || !m->primary_known[other]) {
            continue;
        }
        *(pair->mutual ? &list[other].both : pair->source == own ? &list[other].forth : &list[other].back) += events;
        list[other].goldstein += t.rows[p].goldstein;
    }
    qsort(list, m->primary_count, sizeof *list, compare_partners);
    write_list(&a->out, "partners");
    for (u32 i = 0; i < m->primary_count && i < SHOWN && list[i].forth + list[i].back + list[i].both > 0; i++) {
        write_object(&a->out, NULL);
        write_text(&a->out, "code", symbols_text(&m->primaries, list[i].primary));
        write_text(&a->out, "name", image_label(m, list[i].primary));
        write_number(&a->out, "forth", list[i].forth);
        write_number(&a->out, "back", list[i].back);
        write_number(&a->out, "both", list[i].both);
        write_real(&a->out, "goldstein", list[i].goldstein / (list[i].forth + list[i].back + list[i].both), 2);
        write_end(&a->out);
    }
    write_end(&a->out);
    return DRG_OK;
}

static drg_status put_categories(answering *a, const chosen sets[ROLES]) {
    grouping by;
    tally as_source, as_target;
    grouping_open(&by, a->m, "category", &a->memory);
    if (!tally_count(&as_source, &(tally_plan){a->m, &sets[AS_SOURCE], &by, NULL, 0}, &a->memory) ||
        !tally_count(&as_target, &(tally_plan){a->m, &sets[AS_TARGET], &by, NULL, 0}, &a->memory)) {
        return api_memory(a);
    }
    write_list(&a->out, "categories");
    for (u32 g = 0; g < by.groups; g++) {
        if (as_source.rows[g].events + as_target.rows[g].events > 0) {
            write_object(&a->out, NULL);
            write_text(&a->out, "name", by.names[g]);
            write_number(&a->out, "as_source", as_source.rows[g].events);
            write_number(&a->out, "as_target", as_target.rows[g].events);
            write_end(&a->out);
        }
    }
    write_end(&a->out);
    return DRG_OK;
}

static drg_status put_outlets(answering *a, const chosen *set) {
    grouping by;
    tally t;
    grouping_open(&by, a->m, "outlet", &a->memory);
    if (!tally_count(&t, &(tally_plan){a->m, set, &by, NULL, 0}, &a->memory)) {
        return api_memory(a);
    }
    write_list(&a->out, "told_by");
    for (u32 i = 0; i < t.used && i < SHOWN; i++) {
        write_object(&a->out, NULL);
        write_text(&a->out, "name", by.names[t.order[i]]);
        write_number(&a->out, "reports", t.rows[t.order[i]].reports);
        write_number(&a->out, "events", t.rows[t.order[i]].events);
        write_end(&a->out);
    }
    write_end(&a->out);
    return DRG_OK;
}

static void put_sums(answering *a, span code) {
    static const char *const questions[] = {
        "SELECT count(DISTINCT s.accord) FROM agreement_parties p JOIN accord_stages s ON s.accord = p.agreement WHERE p.role = 'party' AND p.code >= ?1 AND p.code < ?2",
        "SELECT count(*) FROM claims c WHERE c.code >= ?1 AND c.code < ?2"};
    static const char *const names[] = {"agreements", "claims"};
    char past[24];
    snprintf(past, sizeof past, "%.*s!", (int)(code.len < 20 ? code.len : 20), code.ptr); /* the character behind the blank */
    for (int i = 0; i < 2; i++) {
        sql_query *q = database_ask(api_base(a), questions[i]);
        query_put_text(q, 1, code);
        query_put_text(q, 2, span_of(past));
        write_number(&a->out, names[i], query_next(q) ? query_number(q, 0) : 0);
        query_reset(q);
    }
}

/* The filter, and the actor in each role. */
static drg_status choose_roles(answering *a, span code, chosen sets[ROLES]) {
    static const char *const names[] = {"actor", "source", "target", "speaker"};
    if (a->word_count == REQUEST_ARGUMENTS) {
        return api_fail(a, 400, "parameter", "too many filters");
    }
    for (int r = 0; r < ROLES; r++) {
        char word[48];
        snprintf(word, sizeof word, "%s=%.*s", names[r], (int)(code.len < 30 ? code.len : 30), code.ptr);
        a->words[a->word_count] = api_keep(a, span_of(word));
        DRG_TRY(api_choose_words(a, a->words, a->word_count + 1, &sets[r]));
    }
    return DRG_OK;
}

static drg_status answer_actor(answering *a) {
    chosen sets[ROLES];
    naming_list names = {0};
    tally_row rows[ROLES];
    span code = a->parts[0];
    bool good = code.len >= 3 && code.len <= 8;
    for (size_t i = 0; i < code.len && good; i++) {
        good = ascii_is_upper((unsigned char)code.ptr[i]) || ascii_is_digit((unsigned char)code.ptr[i]) || (i == 3 && code.ptr[i] == ' ');
    }
    if (!good) {
        return api_fail(a, 400, "parameter", "an actor is a code: actors/KEN, or actors/KEN%%20GOV");
    }
    u32 primary = symbols_find(&a->m->primaries, span_cut(code, 0, 3));
    DRG_TRY(choose_roles(a, code, sets));
    if (a->show_sql) {
        char word[24];
        snprintf(word, sizeof word, "actor=%.*s", (int)code.len, code.ptr);
        a->words[a->word_count++] = api_keep(a, span_of(word));
        DRG_TRY(api_filter(a, NULL));
        ask_build *sql = api_build(a);
        ask_build_rows(sql, &a->filter, ASK_EVENTS);
        return api_show(a, sql, "query", "");
    }
    for (int r = 0; r < ROLES; r++) {
        if (!tally_all(&rows[r], a->m, &sets[r], &a->memory)) {
            return api_memory(a);
        }
    }
    write_object(&a->out, NULL);
    write_text(&a->out, "code", code);
    write_text(&a->out, "name", image_label(a->m, primary));
    put_counts(&a->out, &rows[AS_EITHER]);
    write_number(&a->out, "as_source", rows[AS_SOURCE].events);
    write_number(&a->out, "as_target", rows[AS_TARGET].events);
    write_number(&a->out, "as_speaker", rows[AS_SPEAKER].events);
    write_flag(&a->out, "exact", sets[AS_EITHER].exact);
    if (!gather_names(a, &sets[AS_EITHER], code, &names)) {
        return api_memory(a);
    }
    put_names(a, &names);
    DRG_TRY(put_sectors(a, &sets[AS_EITHER], code));
    DRG_TRY(put_partners(a, &sets[AS_EITHER], primary));
    DRG_TRY(put_categories(a, sets));
    DRG_TRY(put_outlets(a, &sets[AS_EITHER]));
    put_sums(a, code);
    write_object(&a->out, "timeline");
    DRG_TRY(days_put_timeline(a, &sets[AS_EITHER], "auto"));
    write_end(&a->out);
    return DRG_OK;
}

const api_route actor_routes[] = {{"GET", "actors", "rows after find", API_IMAGE | API_KEPT, answer_actors},
                                  {"GET", "actors/*", "", API_IMAGE | API_KEPT, answer_actor},
                                  {NULL, NULL, NULL, 0, NULL}};
