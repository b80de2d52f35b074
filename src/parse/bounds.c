// SPDX-License-Identifier: Apache-2.0
/* The network cuts names word by word; what it leaves ragged is mended here:
 *
 *     World [Health] Organization       a table lists it            [World Health Organization]
 *     [King Salman]                     a title is no part          King [Salman]
 *     [Han Duck]-soo                    a hyphen holds together     [Han Duck-soo]
 *     [Ministry of Trade], Industry and Energy       a body's list  [Ministry of Trade, Industry and Energy]
 *     in [April]; 900 [MW]              no names */
#include "parse/bounds.h"

#include "parse/labels.h"

enum { NAME_WORDS = 12 };

typedef struct {
    report *r;
    const name_tables *tables;
    const beside_words *beside;
} bounds;

u32 bounds_name_end(const report *r, u32 first) {
    u32 end = first + 1;
    const token *t = r->tokens.items;
    while (end < r->tokens.count && t[end].name == t[first].name && !t[end].name_begins && t[end].sentence == t[first].sentence) {
        end++;
    }
    return end;
}

void bounds_name(report *r, u32 first, u32 end, u32 kind) {
    for (u32 i = first; i < end; i++) {
        r->tokens.items[i].name = (u8)kind;
        r->tokens.items[i].name_begins = i == first && kind != NAME_NONE;
    }
}

static u32 tables_of(const bounds *a, u32 first, u32 end) { return known_names_find(&a->tables->known, a->r, first, end); }

static bool lists(const bounds *a, beside_place where, u32 at) { return beside_lists(a->beside, where, a->r->tokens.items[at].lower); }

static bool is_capital(const token *t) { return t->form != t->lower; }

/* ------------------------------------------------------------------ titles */

static bool is_nation(const bounds *a, u32 at) { return (tables_of(a, at, at + 1) >> NAME_NORP & 1) != 0; }

/* "the Peruvian Head of State", "the First Lady": an office, whoever holds it, is no name; its nation is. */
static bool is_office(bounds *a, u32 first, u32 end) {
    bool found = false;
    for (u32 i = first; i < end;) {
        bool honours;
        u32 stop = marks_title_end(a->tables, a->r, i, end, &honours);
        found = found || stop > i;
        if (stop == i && !is_nation(a, i) && !span_eq(report_cut(a->r, a->r->tokens.items[i].text), SPAN("the"))) {
            return false;
        }
        i = stop > i ? stop : i + 1;
    }
    return found;
}

/* "the ambassador to Portugal Carlos Gil de Montes": a state before a whole name is no part of it. */
static u32 state_end(const bounds *a, u32 first, u32 end) {
    const token *t = a->r->tokens.items;
    u32 set = map_find(&a->tables->words, t[first].lower);
    bool listed = end - first > 2 && (tables_of(a, first, first + 1) >> NAME_LOC & 1) && t[first].name == NAME_PER;
    return listed && (set == NONE || !(set >> MARK_GIVEN & 1)) ? first + 1 : first;
}

/* "Young Algerians", "Ugandan radio": a people behind words that are no proper nouns, or before words in small letters. */
static bool is_people(const bounds *a, u32 first, u32 end) {
    bool plain = end - first > 1 && is_nation(a, end - 1);
    for (u32 i = first; i + 1 < end && plain; i++) {
        plain = a->r->tokens.items[i].upos == UPOS_ADJ || a->r->tokens.items[i].upos == UPOS_NUM || lists(a, BESIDE_COMPASS, i);
        plain = plain && !is_nation(a, i);
    }
    bool leads = end - first > 1 && is_nation(a, first);
    for (u32 i = first + 1; i < end && leads; i++) {
        leads = a->r->tokens.items[i].upos == UPOS_NOUN && a->r->tokens.items[i].form == a->r->tokens.items[i].lower;
    }
    return plain || leads;
}

/* "Admiral Tangsiri", "Special Envoy Hammer": a person's name begins behind the last title.  "the Academy of Sciences
 * Dr. Enkhtur": what only honours begins a person's name after another. */
static void shed_titles_of(bounds *a, u32 first, u32 end) {
    token *t = a->r->tokens.items;
    if (is_office(a, first, end) || is_people(a, first, end)) {
        for (u32 i = first; i < end; i++) {
            t[i].name_begins = is_nation(a, i);
            t[i].name = t[i].name_begins ? NAME_NORP : NAME_NONE;
        }
        return;
    }
    if (state_end(a, first, end) > first) {
        t[first].name = NAME_LOC;
        t[++first].name_begins = true;
    }
    u32 kind = t[first].name, start = first, cut = end;
    for (u32 i = first; i < end;) {
        bool honours = false;
        u32 stop = marks_title_end(a->tables, a->r, i, end, &honours);
        bool sheds = stop > i && (kind == NAME_PER || honours || (i == first && stop == end));
        cut = sheds && start == first ? i : cut;
        start = sheds ? stop : start;
        i = stop > i ? stop : i + 1;
    }
    if (start == first) {
        if (end == first + 1 && t[first].text.end == t[first].text.start + 1) { /* "16 C" */
            bounds_name(a->r, first, end, NAME_NONE);
        }
        return;
    }
    bounds_name(a->r, kind == NAME_PER ? first : cut, start, NAME_NONE);
    for (u32 i = start; i < end; i++) {
        t[i].name = NAME_PER;
        t[i].name_begins = i == start;
    }
}

static void shed_titles(bounds *a) {
    const token *t = a->r->tokens.items;
    for (u32 i = 0, end; i < a->r->tokens.count; i = end) {
        end = t[i].name == NAME_NONE ? i + 1 : bounds_name_end(a->r, i);
        if (t[i].name == NAME_PER || t[i].name == NAME_ORG || t[i].name == NAME_LOC) {
            shed_titles_of(a, i, end);
        }
    }
}

/* "Mohamed bin" "Zayed Al Nahyan": two persons side by side are one, and two places of which the second is not listed. */
static void join_neighbours(bounds *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 1; i < a->r->tokens.count; i++) {
        bool beside = t[i].name_begins && t[i].name == t[i - 1].name && t[i].sentence == t[i - 1].sentence && is_capital(&t[i]);
        bool town = beside && t[i].name == NAME_LOC && tables_of(a, i, bounds_name_end(a->r, i)) == 0;
        if (beside && (t[i].name == NAME_PER || town)) {
            t[i].name_begins = false;
        }
    }
}

/* "Virender Sehwag", "Han Duck-soo": what the tree holds together as one person's name, and what a hyphen does. */
static void join_parts(bounds *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 1; i < a->r->tokens.count; i++) {
        bool flat = t[i].deprel == DEPREL_flat && t[i].head == i - 1 && t[i - 1].upos == UPOS_PROPN && t[i].name == NAME_PER && t[i].name_begins;
        bool open = t[i - 1].name == NAME_NONE || t[i - 1].name == NAME_PER;
        if (flat && open && t[i - 1].sentence == t[i].sentence) {
            t[i].name_begins = false;
            t[i - 1].name_begins = t[i - 1].name_begins || t[i - 1].name == NAME_NONE;
            t[i - 1].name = NAME_PER;
        }
    }
    for (u32 i = 1; i + 1 < a->r->tokens.count; i++) {
        bool hyphen = t[i].xpos == XPOS_HYPH && !t[i - 1].space_after && !t[i].space_after && t[i + 1].sentence == t[i - 1].sentence;
        bool person = t[i - 1].name == NAME_PER && (t[i + 1].name == NAME_PER || t[i + 1].name == NAME_NONE);
        if (hyphen && person && t[i + 1].upos == UPOS_PROPN) {
            t[i].name = t[i + 1].name = NAME_PER;
            t[i].name_begins = t[i + 1].name_begins = false;
        }
    }
}

/* The network's name around `at`, if it goes on behind `end`: "San Luis Potosi" is more than the listed "San Luis". */
static bool goes_on(const bounds *a, u32 at, u32 end) {
    const token *t = a->r->tokens.items;
    return t[at].name == NAME_LOC && t[at].name_begins && bounds_name_end(a->r, at) > end && is_capital(&t[end]) &&
           (tables_of(a, end, bounds_name_end(a->r, at)) >> NAME_LOC & 1) == 0;
}

/* "World Health Organization": the longest run of words that a table lists under one kind is a
 * name, whatever the network made of its edges. */
static void mark_listed(bounds *a) {
    token *t = a->r->tokens.items;
    for (u32 s = 0; s < a->r->sentences.count; s++) {
        u32 stop = a->r->sentences.items[s].end_token;
        for (u32 i = a->r->sentences.items[s].first_token; i < stop; i++) {
            u32 end = i + NAME_WORDS < stop ? i + NAME_WORDS : stop, tables = 0;
            while (is_capital(&t[i]) && end > i + 1 && (!is_capital(&t[end - 1]) || (tables = tables_of(a, i, end)) == 0)) {
                end--;
            }
            if (tables == 0 || (tables & (tables - 1)) != 0 || goes_on(a, i, end)) {
                continue;
            }
            bounds_name(a->r, i, end, (u32)__builtin_ctz(tables));
            if (end < stop && t[end].name != NAME_NONE) {
                t[end].name_begins = true;
            }
            i = end - 1;
        }
    }
}

/* ------------------------------------------------------------------ bodies */

/* The end of the run of capital words from `at` that may belong to a body's name: no other name, no other body. */
static u32 field_end(const bounds *a, u32 at, u32 stop) {
    const token *t = a->r->tokens.items;
    u32 end = at;
    while (end < stop && is_capital(&t[end]) && (t[end].name == NAME_NONE || t[end].name == NAME_ORG) && !lists(a, BESIDE_FIELD, end)) {
        end++;
    }
    return end > at && (tables_of(a, at, end) != 0 || beside_lists(a->beside, BESIDE_LAST, t[end - 1].lower)) ? at : end;
}

/* "Ministry of Education , Science and Technology": the end of the list that goes on behind `at`, closed by "and"; else `at`. */
static u32 list_end(const bounds *a, u32 at, u32 stop) {
    const token *t = a->r->tokens.items;
    for (u32 next = at; next + 1 < stop;) {
        bool comma = t[next].upos == UPOS_PUNCT && span_eq(report_cut(a->r, t[next].text), SPAN(","));
        next += comma;
        bool last = next < stop && t[next].upos == UPOS_CCONJ;
        next += last;
        u32 end = next < stop && (comma || last) ? field_end(a, next, stop) : next;
        if (end == next || last) {
            return end == next ? at : end;
        }
        next = end;
    }
    return at;
}

static bool has_field(const bounds *a, u32 first, u32 end) {
    bool field = false;
    for (u32 i = first; i < end; i++) {
        field = field || (lists(a, BESIDE_FIELD, i) && i + 1 < end && a->r->tokens.items[i + 1].upos == UPOS_ADP);
    }
    return field;
}

/* "People 's Court": the end of what such a word owns, `at` when it owns nothing. */
static u32 owned_end(const bounds *a, u32 at, u32 stop) {
    const token *t = a->r->tokens.items;
    span mark = at < stop ? report_cut(a->r, t[at].text) : SPAN("");
    bool curly = span_eq(mark, SPAN("\xE2\x80\x99")), own = t[at - 1].upos != UPOS_PUNCT && lists(a, BESIDE_OWNER, at - 1);
    u32 next = at + 1 + (curly && at + 1 < stop && span_eq(report_cut(a->r, t[at + 1].text), SPAN("s")));
    own = own && is_capital(&t[at - 1]) && (curly || span_eq(mark, SPAN("'")) || span_eq(mark, SPAN("'s")) || span_eq(mark, SPAN("\xE2\x80\x99s")));
    u32 end = own ? next : at;
    while (own && end < stop && is_capital(&t[end]) && (t[end].name == NAME_NONE || t[end].name == NAME_ORG)) {
        end++;
    }
    return own && end > next ? end : at;
}

static void complete_bodies(bounds *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 0, end; i < a->r->tokens.count; i = end) {
        end = t[i].name == NAME_NONE ? i + 1 : bounds_name_end(a->r, i);
        if (t[i].name != NAME_ORG && t[i].name != NAME_LOC && t[i].name != NAME_PER && !(t[i].name == NAME_NONE && lists(a, BESIDE_OWNER, i))) {
            continue;
        }
        u32 stop = a->r->sentences.items[t[i].sentence].end_token, whole = owned_end(a, end, stop);
        whole = t[i].name == NAME_ORG && has_field(a, i, whole) ? list_end(a, whole, stop) : whole;
        if (whole > end) {
            bounds_name(a->r, i, whole, NAME_ORG);
            end = whole;
        }
    }
}

/* ------------------------------------------------------------------ no names */

static bool has_proper_noun(const bounds *a, u32 first, u32 end) {
    bool found = false;
    for (u32 i = first; i < end; i++) {
        found = found || a->r->tokens.items[i].upos == UPOS_PROPN;
    }
    return found;
}

/* "Mediation by Turkey between Somalia": no name goes on over such a word. */
static void divide(bounds *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 1; i + 1 < a->r->tokens.count; i++) {
        if (t[i].name == NAME_NONE || t[i].name_begins || is_capital(&t[i]) || t[i].upos != UPOS_ADP || !lists(a, BESIDE_DIVIDE, i)) {
            continue;
        }
        u32 first = i, end = bounds_name_end(a->r, i), kind = t[i].name;
        while (first > 0 && !t[first].name_begins) {
            first--;
        }
        bounds_name(a->r, first, i, has_proper_noun(a, first, i) ? kind : NAME_NONE);
        bounds_name(a->r, i, i + 1, NAME_NONE);
        bounds_name(a->r, i + 1, end, end > i + 1 ? kind : NAME_NONE);
    }
}

static bool counts(const bounds *a, u32 number, u32 at) {
    const token *t = &a->r->tokens.items[number];
    return t->upos == UPOS_NUM && t->deprel == DEPREL_nummod && t->head == at;
}

/* "in April", "900 MW": words that are no names alone, units behind their number. */
static void drop_words(bounds *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 0; i < a->r->tokens.count; i++) {
        bool alone = t[i].name != NAME_NONE && t[i].name_begins && bounds_name_end(a->r, i) == i + 1;
        bool unit = alone && i > 0 && t[i].name != NAME_NORP && t[i].xpos != XPOS_NNPS && t[i].xpos != XPOS_NNS && counts(a, i - 1, i) && tables_of(a, i, i + 1) == 0;
        if (alone && (unit || lists(a, BESIDE_NEVER, i))) {
            bounds_name(a->r, i, i + 1, NAME_NONE);
        }
    }
}

void bounds_numbered(report *r, const name_tables *tables) {
    token *t = r->tokens.items;
    for (u32 i = 0; i + 1 < r->tokens.count; i++) {
        u32 kind = t[i].name, end = i + 1;
        bool single = kind != NAME_NONE && kind != NAME_NORP && t[i].name_begins && bounds_name_end(r, i) <= i + 3 && known_names_find(&tables->known, r, i, i + 1) == 0;
        bool hyphen = t[end].xpos == XPOS_HYPH || span_eq(report_cut(r, t[end].text), SPAN("-"));
        u32 number = hyphen && i + 2 < r->tokens.count ? i + 2 : end;
        bool digit = ascii_is_digit(report_cut(r, t[number].text).ptr[0]) && t[number].sentence == t[i].sentence;
        bool tight = hyphen ? true : t[number].head == i && t[number].deprel != DEPREL_punct;
        if (single && digit && tight) {
            bounds_name(r, i, number + 1, NAME_MISC);
        }
    }
}

/* ------------------------------------------------------------------ life */

void bounds_settle(report *r, const name_tables *tables, const beside_words *beside) {
    bounds a = {r, tables, beside};
    mark_listed(&a);
    join_neighbours(&a);
    join_parts(&a);
    complete_bodies(&a);
    shed_titles(&a);
    divide(&a);
    drop_words(&a);
}
