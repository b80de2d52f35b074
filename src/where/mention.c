// SPDX-License-Identifier: Apache-2.0
/* In: tokens with tags and name spans.  Out: the places named, each with its candidates.
 *
 * At every capital the longest run of words that the gazetteer knows is taken.  Inside a place
 * name of the parser it is believed at once when it fills the span ("Granville County"); else it
 * needs a sign: a preposition of place before it, a state behind a comma, or a size that speaks
 * for itself.  Names inside persons and bodies are passed over: "Paris Hilton", "Bank of Syria". */
#include "where/mention.h"

#include "base/table.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#define WORDS 6       /* tokens of the longest name */
#define NAME_ROOM 96
#define LARGE 100000  /* people; such a town may stand without a sign */

drg_status where_words_open(where_words *words, knowledge *k, drg_error *error) {
    static const struct { const char *name; u32 bit; } classes[] = {
        {"at", WORD_AT}, {"to", WORD_TO}, {"from", WORD_FROM}, {"of", WORD_OF}, {"against", WORD_AGAINST},
        {"part", WORD_PART}, {"person", WORD_PERSON}, {"kind", WORD_KIND}, {"office", WORD_OFFICE},
        {"common", WORD_COMMON}};
    table t;
    DRG_TRY(table_open(&t, k, "lang/en/where/words.tsv", error));
    map_open(&words->words, &k->memory);
    while (table_next(&t)) {
        symbol word = symbols_add(&k->words, table_field(&t, "word"));
        u32 known = map_find(&words->words, word), bits = known == NONE ? 0 : known;
        for (u32 i = 0; i < COUNT_OF(classes); i++) {
            bits |= span_eq(table_field(&t, "class"), span_of(classes[i].name)) ? classes[i].bit : 0;
        }
        for (u32 i = 0; i < GAZETTEER_KIND_COUNT; i++) {
            bits |= span_eq(table_field(&t, "value"), span_of(gazetteer_kind_name((gazetteer_kind)i))) ? (i + 1) << 8 : 0;
        }
        if (bits == 0) {
            table_complain(&t, "no such class: see the head of the file");
        } else if (!map_set(&words->words, word, bits)) {
            return drg_fail(error, DRG_ERROR_MEMORY, t.file, t.line, "out of memory");
        }
    }
    return DRG_OK;
}

u32 where_word(const where_words *words, const report *r, u32 at) {
    u32 bits = map_find(&words->words, r->tokens.items[at].lower);
    return bits == NONE ? 0 : bits;
}

/* ------------------------------------------------------------------ the words of a name */

static bool begins_upper(const report *r, u32 at) {
    span form = report_form(r, at);
    u32 size;
    return form.len > 0 && utf8_is_upper(utf8_decode(form, 0, &size));
}

static bool all_capitals(span s) {
    bool letter = false;
    for (size_t i = 0; i < s.len; i++) {
        if (ascii_is_lower(s.ptr[i])) {
            return false;
        }
        letter = letter || ascii_is_upper(s.ptr[i]);
    }
    return letter;
}

/* The text of tokens [first, end) in lower case with single blanks; empty when too long. */
static span join(const report *r, u32 first, u32 end, char buffer[NAME_ROOM]) {
    char plain[NAME_ROOM];
    span text = report_cut(r, (range){r->tokens.items[first].text.start, r->tokens.items[end - 1].text.end});
    size_t size = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool blank = ascii_is_space(text.ptr[i]);
        if (size + 1 >= NAME_ROOM) {
            return (span){"", 0};
        }
        if (blank && size > 0 && plain[size - 1] == ' ') {
            continue;
        }
        plain[size++] = blank ? ' ' : text.ptr[i];
    }
    span lower = utf8_lower((span){plain, size}, buffer, NAME_ROOM);
    if (lower.ptr != buffer) {
        memcpy(buffer, lower.ptr, lower.len);
    }
    return (span){buffer, lower.len};
}

static u32 sentence_end(const report *r, u32 at) { return r->sentences.items[r->tokens.items[at].sentence].end_token; }
static u32 sentence_first(const report *r, u32 at) { return r->sentences.items[r->tokens.items[at].sentence].first_token; }

static u32 name_span_end(const report *r, u32 at) {
    u32 end = at + 1, limit = sentence_end(r, at);
    while (end < limit && r->tokens.items[end].name == r->tokens.items[at].name && !r->tokens.items[end].name_begins) {
        end++;
    }
    return end;
}

static u32 head_of(const report *r, u32 first, u32 end) {
    for (u32 i = first; i < end; i++) {
        u32 head = r->tokens.items[i].head;
        if (head == NONE || head < first || head >= end) {
            return i;
        }
    }
    return first;
}

/* ------------------------------------------------------------------ signs */

typedef struct {
    const gazetteer *g;
    const where_words *words;
    report *r;
    where_names *out;
    map persons; /* lower-case family names of the persons in the report */
} finding;

/* What leads to the name: walks back over articles, directions and kind words. */
static u32 lead(const finding *f, u32 first) {
    u32 begin = sentence_first(f->r, first);
    for (u32 at = first, steps = 0; at > begin && steps < 4; steps++) {
        at--;
        u32 bits = where_word(f->words, f->r, at);
        bool passed = f->r->tokens.items[at].upos == UPOS_DET || (bits & (WORD_PART | WORD_KIND) && !(bits & (WORD_AT | WORD_TO | WORD_FROM | WORD_OF | WORD_AGAINST))) ||
                      f->r->tokens.items[at].upos == UPOS_ADJ;
        if (!passed) {
            return bits;
        }
    }
    return 0;
}

static u8 role_of(u32 bits) {
    return bits & WORD_AT ? PLACE_AT : bits & WORD_TO ? PLACE_TO : bits & WORD_FROM ? PLACE_FROM
         : bits & WORD_OF ? PLACE_OF : bits & WORD_AGAINST ? PLACE_AGAINST : PLACE_BARE;
}

/* A capital right beside the name, part of the same compound: "Georgia Tech", "Van Buren". */
static bool is_part_of_name(const finding *f, u32 first, u32 end) {
    const report *r = f->r;
    u32 limit = sentence_end(r, first);
    if (end < limit && r->tokens.items[end].upos == UPOS_PROPN && begins_upper(r, end) &&
        !(where_word(f->words, r, end) & WORD_KIND) && r->tokens.items[end].name != NAME_LOC) {
        return true;
    }
    if (first == sentence_first(r, first)) {
        return false;
    }
    const token *before = &r->tokens.items[first - 1];
    return before->upos == UPOS_PROPN && begins_upper(r, first - 1) && before->name != NAME_LOC &&
           !(where_word(f->words, r, first - 1) & (WORD_PART | WORD_KIND)) && before->name == r->tokens.items[first].name;
}

static bool has_comma_container(const finding *f, u32 end) {
    const report *r = f->r;
    gazetteer_place found[4];
    char buffer[NAME_ROOM];
    if (end + 1 >= sentence_end(r, end - 1) || !span_eq(report_form(r, end), SPAN(",")) || !begins_upper(r, end + 1)) {
        return false;
    }
    u32 limit = sentence_end(r, end - 1);
    for (u32 stop = end + 4 < limit ? end + 4 : limit; stop > end + 1; stop--) {
        u32 count = gazetteer_find(f->g, join(r, end + 1, stop, buffer), found, COUNT_OF(found));
        for (u32 i = 0; i < count; i++) {
            if ((found[i].kind == GAZETTEER_COUNTRY || found[i].kind == GAZETTEER_UNIT) && found[i].naming != NAMED_BY_ADJECTIVE) {
                return true;
            }
        }
    }
    return false;
}

static bool behind_comma(const report *r, u32 first) {
    return first > sentence_first(r, first) && span_eq(report_form(r, first - 1), SPAN(",")) && first >= 2;
}

/* "Tex.", "UAE": capitals must be capitals, and a short state stands behind a comma. */
static bool short_fits(const report *r, u32 first, u32 end, const gazetteer_place *p) {
    span form = report_cut(r, (range){r->tokens.items[first].text.start, r->tokens.items[end - 1].text.end});
    if (p->kind == GAZETTEER_UNIT || p->kind == GAZETTEER_COUNTY) {
        return behind_comma(r, first) || (form.len >= 4 && memchr(form.ptr, '.', form.len - 1) != NULL);
    }
    return all_capitals(form);
}

static bool is_adjective(const report *r, u32 first, const gazetteer_place *p) {
    if (first > 0 && !r->tokens.items[first - 1].space_after && span_eq(report_form(r, first - 1), SPAN("-"))) {
        return false; /* "Pan-American" */
    }
    u8 tag = r->tokens.items[first].upos, name = r->tokens.items[first].name;
    return p->naming == NAMED_BY_ADJECTIVE && (tag == UPOS_ADJ || tag == UPOS_PROPN || tag == UPOS_NOUN) &&
           name != NAME_PER && name != NAME_ORG;
}

/* "Mayor", "Police", "County Sheriff": what makes an office of the place before it. */
static bool is_before_office(const finding *f, u32 end) {
    return end < sentence_end(f->r, end - 1) && where_word(f->words, f->r, end) & (WORD_OFFICE | WORD_KIND);
}

/* "the EU": an acronym among words that are no capitals, and not the French town of Eu. */
static bool is_acronym(const report *r, u32 first, u32 end, const gazetteer_place *p) {
    span form = report_form(r, first);
    if (p->naming == NAMED_SHORT || end != first + 1 || form.len > 3 || !all_capitals(form)) {
        return false;
    }
    bool shouted = true;
    for (u32 i = sentence_first(r, first); i < sentence_end(r, first); i++) {
        shouted &= i == first || report_form(r, i).len < 4 || all_capitals(report_form(r, i));
    }
    return !shouted;
}

typedef enum { FOUND_NOTHING, FOUND_DOUBTFUL, FOUND_SURE } found_how;

/* In a span that the parser took for a person: a whole span only, with a preposition of place, a
 * state behind it, or two words that are a town's full name ("Khan Sheikhoun"). */
static found_how judge_person(const finding *f, u32 first, u32 end, const gazetteer_place *p, bool led) {
    const report *r = f->r;
    bool whole = r->tokens.items[first].name_begins && name_span_end(r, first) == end;
    bool opens = first == sentence_first(r, first) && all_capitals(report_form(r, first)) && p->population >= LARGE;
    if (!whole || p->naming == NAMED_SHORT) {
        return FOUND_NOTHING;
    }
    bool full = end > first + 1 && p->naming == NAMED_PLAINLY && (p->population >= 5000 || p->kind > GAZETTEER_CAPITAL);
    bool state = p->kind == GAZETTEER_COUNTRY && map_find(&f->persons, r->tokens.items[first].lower) == NONE;
    return led || opens || full || state ? FOUND_SURE : p->population >= LARGE || p->kind >= GAZETTEER_COUNTY ? FOUND_DOUBTFUL : FOUND_NOTHING;
}

/* How surely words [first, end), which the gazetteer knows as `p`, name a place here. */
static found_how judge(const finding *f, u32 first, u32 end, const gazetteer_place *p) {
    const report *r = f->r;
    const token *t = &r->tokens.items[first];
    if ((p->naming == NAMED_SHORT && !short_fits(r, first, end, p)) || is_acronym(r, first, end, p)) {
        return FOUND_NOTHING;
    }
    bool wide = p->kind >= GAZETTEER_COUNTY, comma = has_comma_container(f, end), office = is_before_office(f, end);
    bool led = (lead(f, first) & (WORD_AT | WORD_TO | WORD_FROM)) != 0 || comma;
    if (end == first + 1 && p->kind != GAZETTEER_COUNTRY && where_word(f->words, r, first) & WORD_COMMON && !comma &&
        !(t->name == NAME_LOC && led)) {
        return FOUND_NOTHING;
    }
    bool part = end == first + 1 && where_word(f->words, r, first) & WORD_PART;
    if (part && end < sentence_end(r, first) && begins_upper(r, end) && !comma) {
        return FOUND_NOTHING; /* "Eastern Ukraine" is no matter for Fiji's Eastern division */
    }
    if (part && p->kind <= GAZETTEER_CAPITAL && !comma) {
        return FOUND_NOTHING; /* "fighting in the North" is not about North, South Carolina */
    }
    bool a_person = end == first + 1 && map_find(&f->persons, t->lower) != NONE;
    if (a_person && !led && !office && p->kind != GAZETTEER_COUNTRY) {
        return FOUND_NOTHING; /* "Moore" beside "Karen Moore" */
    }
    u32 behind = end < sentence_end(r, first) ? where_word(f->words, r, end) : 0;
    bool titled = first > sentence_first(r, first) && where_word(f->words, r, first - 1) & WORD_PERSON && begins_upper(r, first - 1);
    bool bodied = ((behind & WORD_PERSON) && begins_upper(r, end) && !office) || titled;
    bool large = p->population >= LARGE && p->naming == NAMED_PLAINLY;
    if (t->name == NAME_PER && !comma) {
        return judge_person(f, first, end, p, led);
    }
    if (bodied && !wide) {
        return FOUND_NOTHING;
    }
    if (t->name == NAME_LOC) {
        bool filled = end >= name_span_end(r, first) || office || comma;
        return filled || wide ? FOUND_SURE : FOUND_DOUBTFUL;
    }
    if (!wide && !comma && !office && is_part_of_name(f, first, end)) {
        return FOUND_NOTHING;
    }
    if (t->name == NAME_ORG) {
        bool whole = t->name_begins && name_span_end(r, first) == end;
        return comma || wide || (whole && large && led) || (office && (large || t->name_begins)) ? FOUND_SURE : FOUND_DOUBTFUL;
    }
    if (t->upos != UPOS_PROPN && first != sentence_first(r, first) && !comma) {
        return FOUND_NOTHING;
    }
    return wide || led || comma || large ? FOUND_SURE : FOUND_DOUBTFUL;
}

/* ------------------------------------------------------------------ collecting */

static u32 name_index(finding *f, span key, const gazetteer_place *found, u32 count) {
    u64 hash = XXH3_64bits(key.ptr, key.len) >> 1;
    u32 known = map_find(&f->out->name_of, hash);
    if (known != NONE) {
        return known;
    }
    where_name *name = list_push(f->r->memory, &f->out->names);
    if (name == NULL || !map_set(&f->out->name_of, hash, f->out->names.count - 1)) {
        return NONE;
    }
    *name = (where_name){.key = hash, .first_candidate = f->out->candidates.count, .chosen = NONE};
    for (u32 i = 0; i < count; i++) {
        gazetteer_place *slot = list_push(f->r->memory, &f->out->candidates);
        if (slot == NULL) {
            return NONE;
        }
        *slot = found[i];
    }
    name->end_candidate = f->out->candidates.count;
    return f->out->names.count - 1;
}

/* The candidate whose adjective the word is; NONE. */
static u32 adjective_of(const report *r, u32 first, const gazetteer_place *found, u32 count) {
    u32 i = 0;
    while (i < count && !is_adjective(r, first, &found[i])) {
        i++;
    }
    return i < count ? i : NONE;
}

/* Drops what the words cannot mean here: adjectives that are no adjectives, short names unfit. */
static u32 keep_fitting(const finding *f, u32 first, u32 end, gazetteer_place *found, u32 count, where_mention *m) {
    u32 kept = 0;
    found_how best = FOUND_NOTHING;
    gazetteer_place all[WHERE_CANDIDATES];
    memcpy(all, found, count * sizeof *found);
    for (u32 i = 0; i < count; i++) {
        found_how how = found[i].naming == NAMED_BY_ADJECTIVE ? FOUND_NOTHING : judge(f, first, end, &found[i]);
        best = how > best ? how : best;
        if (how != FOUND_NOTHING) {
            found[kept++] = found[i];
        }
    }
    m->doubtful = best == FOUND_DOUBTFUL;
    u8 relation = f->r->tokens.items[first].deprel;
    bool modifies = end == first + 1 && (relation == DEPREL_amod || relation == DEPREL_compound) && !has_comma_container(f, end);
    if (kept > 0 && modifies && found[0].kind != GAZETTEER_COUNTRY && adjective_of(f->r, first, all, count) != NONE) {
        kept = 0; /* "Somali forces" are of Somalia, whatever else is called Somali */
    }
    u32 adjective = kept == 0 ? adjective_of(f->r, first, all, count) : NONE;
    if (adjective != NONE) {
        found[kept++] = all[adjective];
        m->adjective = true;
        m->doubtful = false;
    }
    return kept;
}

static drg_status add_mention(finding *f, where_mention found, span key, const gazetteer_place *places, u32 count) {
    const report *r = f->r;
    u32 first = found.first, end = found.end;
    where_mention *m = list_push(f->r->memory, &f->out->mentions);
    u32 name = name_index(f, key, places, count);
    if (m == NULL || name == NONE) {
        return DRG_ERROR_MEMORY;
    }
    u32 before = first > sentence_first(r, first) ? where_word(f->words, r, first - 1) : 0;
    u32 behind = end < sentence_end(r, first) ? where_word(f->words, r, end) : 0;
    u32 kind = (behind & WORD_KIND) ? behind >> 8 & 15 : (before & WORD_KIND) ? before >> 8 & 15 : 0;
    where_name *n = &f->out->names.items[name];
    n->said_kind = kind ? kind : n->said_kind;
    n->confirmed = n->confirmed || !found.doubtful;
    *m = found;
    m->head = head_of(r, first, end);
    m->name = name;
    m->role = role_of(lead(f, first));
    m->part = where_word(f->words, r, first) & WORD_PART;
    m->listed = r->tokens.items[m->head].deprel == DEPREL_conj;
    return DRG_OK;
}

/* "Central Region" is Malawi's by its full name, but Ghana calls its own just "Central": divisions that
 * bear the name without its kind word are candidates too.  Returns how many there are now. */
static u32 add_bare(const finding *f, u32 first, u32 end, gazetteer_place *found, u32 count) {
    char buffer[NAME_ROOM];
    gazetteer_place bare[WHERE_CANDIDATES];
    if (end < first + 2 || (where_word(f->words, f->r, end - 1) >> 8 & 15) != GAZETTEER_UNIT + 1) {
        return count;
    }
    u32 more = gazetteer_find(f->g, join(f->r, first, end - 1, buffer), bare, WHERE_CANDIDATES);
    for (u32 i = 0; i < more && count < WHERE_CANDIDATES; i++) {
        if (bare[i].kind == GAZETTEER_UNIT && bare[i].naming != NAMED_BY_ADJECTIVE) {
            found[count++] = bare[i];
        }
    }
    return count;
}

static u32 longest_from(finding *f, u32 first, drg_status *status) {
    gazetteer_place found[WHERE_CANDIDATES];
    char buffer[NAME_ROOM];
    const report *r = f->r;
    u32 limit = sentence_end(r, first);
    for (u32 end = first + WORDS < limit ? first + WORDS : limit; end > first; end--) {
        bool closed = begins_upper(r, end - 1) || end == first + 1 || span_eq(report_form(r, end - 1), SPAN("."));
        span key = closed ? join(r, first, end, buffer) : (span){"", 0};
        u32 count = key.len > 1 ? gazetteer_find(f->g, key, found, WHERE_CANDIDATES) : 0;
        count = count ? add_bare(f, first, end, found, count) : 0;
        where_mention m = {.first = first, .end = end, .container = NONE, .choice = NONE};
        count = count ? keep_fitting(f, first, end, found, count, &m) : 0;
        if (count > 0) {
            *status = add_mention(f, m, key, found, count);
            return end;
        }
    }
    return first + 1;
}

/* A doubtful mention stays only beside a sure one of the same name. */
static void drop_doubtful(where_names *out) {
    u32 kept = 0;
    for (u32 i = 0; i < out->mentions.count; i++) {
        if (out->names.items[out->mentions.items[i].name].confirmed) {
            out->mentions.items[kept++] = out->mentions.items[i];
        }
    }
    out->mentions.count = kept;
}

/* Whether the words between two names say that the first may lie in the second: a comma, a bracket or a
 * preposition ("Paris, Texas", "Homs (Syria)", "Goma in Congo"), then at most a part ("Katwa, eastern Congo"). */
static bool leads_outward(const finding *f, u32 first, u32 end) {
    bool outward = false;
    for (u32 i = first; i < end && end - first <= 4; i++) {
        span form = report_form(f->r, i);
        u32 bits = where_word(f->words, f->r, i);
        bool step = span_eq(form, SPAN(",")) || span_eq(form, SPAN("(")) || bits & (WORD_AT | WORD_OF);
        bool article = f->r->tokens.items[i].upos == UPOS_DET && form.len > 1; /* "the", not "a U.S. citizen" */
        if (!step && !(outward && (bits & WORD_PART || article))) {
            return false;
        }
        outward |= step;
    }
    return outward && end - first <= 4;
}

/* "A U.S. citizen" is no place that holds another; "Borno state" is. */
static bool modifies_noun(const finding *f, const where_mention *m) {
    const token *t = &f->r->tokens.items[m->head];
    return t->deprel == DEPREL_compound && t->head != NONE && t->head >= m->end && !(where_word(f->words, f->r, t->head) & WORD_KIND);
}

/* "Athens-Clarke County": a town and its county; "Egypt-US relations" join no places. */
static bool is_hyphened_county(const finding *f, const where_mention *a, const where_mention *b) {
    return b->first == a->end + 1 && span_eq(report_form(f->r, a->end), SPAN("-")) &&
           (where_word(f->words, f->r, b->end - 1) >> 8 & 15) == GAZETTEER_COUNTY + 1;
}

static void join_containers(const finding *f, where_names *out) {
    for (u32 i = 0; i + 1 < out->mentions.count; i++) {
        where_mention *a = &out->mentions.items[i], *b = &out->mentions.items[i + 1];
        bool together = f->r->tokens.items[a->first].sentence == f->r->tokens.items[b->first].sentence;
        bool outward = together && leads_outward(f, a->end, b->first);
        a->loose = outward && !span_eq(report_form(f->r, a->end), SPAN(",")) && !span_eq(report_form(f->r, a->end), SPAN("("));
        if (together && !b->adjective && ((outward && !(a->loose && modifies_noun(f, b))) || is_hyphened_county(f, a, b))) {
            a->container = i + 1;
        }
    }
}

/* The last words of persons' full names, so that the short form is known for one. */
static bool note_persons(finding *f) {
    const report *r = f->r;
    map_open(&f->persons, r->memory);
    for (u32 i = 1; i < r->tokens.count; i++) {
        const token *t = &r->tokens.items[i];
        bool last = i + 1 == r->tokens.count || r->tokens.items[i + 1].name != NAME_PER || r->tokens.items[i + 1].name_begins;
        if (t->name == NAME_PER && !t->name_begins && last && !map_set(&f->persons, t->lower, 1)) {
            return false;
        }
    }
    return true;
}

drg_status where_find(const gazetteer *g, const where_words *words, report *r, where_names *out) {
    finding f = {.g = g, .words = words, .r = r, .out = out};
    drg_status status = DRG_OK;
    map_open(&out->name_of, r->memory);
    if (!note_persons(&f)) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 s = 0; s < r->sentences.count && status == DRG_OK; s++) {
        u32 end = r->sentences.items[s].end_token;
        for (u32 i = r->sentences.items[s].first_token; i < end && status == DRG_OK;) {
            i = begins_upper(r, i) ? longest_from(&f, i, &status) : i + 1;
        }
    }
    drop_doubtful(out);
    join_containers(&f, out);
    return status;
}
