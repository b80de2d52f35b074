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
#include "parse/persons.h"

enum { NAME_WORDS = 12 };

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

/* The network's name around `at`, if it goes on behind `end`: "San Luis Potosi" is more than the listed "San Luis". */
static bool goes_on(const names_work *a, u32 at, u32 end) {
    const token *t = a->r->tokens.items;
    return t[at].name == NAME_LOC && t[at].name_begins && bounds_name_end(a->r, at) > end && t[end].upos == UPOS_PROPN &&
           (names_listed(a, end, bounds_name_end(a->r, at)) >> NAME_LOC & 1) == 0;
}

/* "World Health Organization": the longest run of words that a table lists under one kind is a
 * name, whatever the network made of its edges. */
static void mark_listed(names_work *a) {
    token *t = a->r->tokens.items;
    for (u32 s = 0; s < a->r->sentences.count; s++) {
        u32 stop = a->r->sentences.items[s].end_token;
        for (u32 i = a->r->sentences.items[s].first_token; i < stop; i++) {
            u32 end = i + NAME_WORDS < stop ? i + NAME_WORDS : stop, tables = 0;
            while (names_capital(&t[i]) && end > i + 1 && (!names_capital(&t[end - 1]) || (tables = names_listed(a, i, end)) == 0)) {
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
static u32 field_end(const names_work *a, u32 at, u32 stop) {
    const token *t = a->r->tokens.items;
    u32 end = at;
    while (end < stop && names_capital(&t[end]) && (t[end].name == NAME_NONE || t[end].name == NAME_ORG) && !names_lists(a, BESIDE_FIELD, end)) {
        end++;
    }
    bool other = end > at && (names_listed(a, at, end) != 0 || names_lists(a, BESIDE_COMMON, end - 1) || names_lists(a, BESIDE_ALONE, end - 1));
    return other ? at : end;
}

/* "Ministry of Education , Science and Technology": the end of the list that goes on behind `at`, closed by "and"; else `at`. */
static u32 list_end(const names_work *a, u32 at, u32 stop) {
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

static bool has_field(const names_work *a, u32 first, u32 end) {
    bool field = false;
    for (u32 i = first; i < end; i++) {
        field = field || (names_lists(a, BESIDE_FIELD, i) && i + 1 < end && a->r->tokens.items[i + 1].upos == UPOS_ADP);
    }
    return field;
}

/* "People 's Court": the end of what such a word owns, `at` when it owns nothing. */
static u32 owned_end(const names_work *a, u32 at, u32 stop) {
    const token *t = a->r->tokens.items;
    span mark = at < stop ? report_cut(a->r, t[at].text) : SPAN("");
    bool curly = span_eq(mark, SPAN("\xE2\x80\x99")), own = t[at - 1].upos != UPOS_PUNCT && names_lists(a, BESIDE_OWNER, at - 1);
    u32 next = at + 1 + (curly && at + 1 < stop && span_eq(report_cut(a->r, t[at + 1].text), SPAN("s")));
    own = own && names_capital(&t[at - 1]) && (curly || span_eq(mark, SPAN("'")) || span_eq(mark, SPAN("'s")) || span_eq(mark, SPAN("\xE2\x80\x99s")));
    u32 end = own ? next : at;
    while (own && end < stop && names_capital(&t[end]) && (t[end].name == NAME_NONE || t[end].name == NAME_ORG)) {
        end++;
    }
    return own && end > next ? end : at;
}

static void complete_bodies(names_work *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 0, end; i < a->r->tokens.count; i = end) {
        end = t[i].name == NAME_NONE ? i + 1 : bounds_name_end(a->r, i);
        if (t[i].name != NAME_ORG && t[i].name != NAME_LOC && t[i].name != NAME_PER && !(t[i].name == NAME_NONE && names_lists(a, BESIDE_OWNER, i))) {
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

/* ------------------------------------------------------------------ edges */

/* Words in small letters and marks that begin no name: "ex - FARC". */
static u32 trim_front(const names_work *a, u32 first, u32 end) {
    const token *t = a->r->tokens.items;
    u32 at = first;
    while (at + 1 < end && t[at].upos == UPOS_PUNCT) {
        at++;
    }
    bool prefix = at + 2 < end && !names_capital(&t[at]) && span_eq(report_cut(a->r, t[at + 1].text), SPAN("-")) && names_lists(a, BESIDE_PREFIX, at);
    return prefix ? at + 2 : at;
}

/* Words in small letters that end none, unless they tell what it is ("group"); days; hyphens: "National Assembly elections". */
static u32 trim_back(const names_work *a, u32 first, u32 end) {
    const token *t = a->r->tokens.items;
    for (; end > first + 1; end--) {
        bool small = !names_capital(&t[end - 1]) && ascii_is_lower(a->r->text.ptr[t[end - 1].text.start]) && !names_lists(a, BESIDE_LAST, end - 1);
        bool hyphen = span_eq(report_cut(a->r, t[end - 1].text), SPAN("-"));
        if (!small && !hyphen && !names_lists(a, BESIDE_DAY, end - 1)) {
            break;
        }
    }
    return end;
}

/* "Hong Kong - based": what a hyphen binds to a name is no part of it. */
static u32 trim_bound(const names_work *a, u32 first, u32 end) {
    const token *t = a->r->tokens.items;
    bool bound = end > first + 2 && !names_capital(&t[end - 1]) && span_eq(report_cut(a->r, t[end - 2].text), SPAN("-")) && names_lists(a, BESIDE_SUFFIX, end - 1);
    return bound ? end - 2 : end;
}

static void trim(names_work *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 0, end; i < a->r->tokens.count; i = end) {
        u32 kind = t[i].name;
        end = kind == NAME_NONE ? i + 1 : bounds_name_end(a->r, i);
        if (kind != NAME_NONE && kind != NAME_MISC && end > i + 1 && names_listed(a, i, end) == 0) {
            u32 from = trim_front(a, i, end), to = trim_bound(a, from, end);
            to = kind == NAME_ORG || kind == NAME_LOC ? trim_back(a, from, to) : to;
            bounds_name(a->r, i, end, NAME_NONE);
            bounds_name(a->r, from, to, kind);
        }
    }
}

/* ------------------------------------------------------------------ teams */

/* Does a person's name end with the word, somewhere in the report? */
static bool ends_person(const names_work *a, symbol word) {
    const token *t = a->r->tokens.items;
    bool found = false;
    for (u32 i = 0; i < a->r->tokens.count && !found; i++) {
        found = t[i].lower == word && t[i].name == NAME_PER && bounds_name_end(a->r, i) == i + 1;
    }
    return found;
}

/* "[Kishida] [Cabinet]", of Fumio Kishida: two names, the leader's and the team's; "the War Cabinet" has no leader. */
static void part_teams(names_work *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 0; i + 1 < a->r->tokens.count; i++) {
        bool team = names_capital(&t[i]) && names_capital(&t[i + 1]) && t[i + 1].sentence == t[i].sentence && names_lists(a, BESIDE_TEAM, i + 1) && names_listed(a, i, i + 2) == 0;
        bool whole = t[i].name != NAME_NONE && t[i].name_begins && bounds_name_end(a->r, i) == i + 2;
        if (team && whole && ends_person(a, t[i].lower)) {
            bounds_name(a->r, i, i + 1, NAME_PER);
            bounds_name(a->r, i + 1, i + 2, NAME_ORG);
        }
    }
}

/* ------------------------------------------------------------------ no names */

static bool has_proper_noun(const names_work *a, u32 first, u32 end) {
    bool found = false;
    for (u32 i = first; i < end; i++) {
        found = found || a->r->tokens.items[i].upos == UPOS_PROPN;
    }
    return found;
}

/* "Mediation by Turkey between Somalia": no name goes on over such a word. */
static void divide(names_work *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 1; i + 1 < a->r->tokens.count; i++) {
        if (t[i].name == NAME_NONE || t[i].name_begins || names_capital(&t[i]) || t[i].upos != UPOS_ADP || !names_lists(a, BESIDE_DIVIDE, i)) {
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

/* "Condemnation of the junta was": only the sentence gives it a capital. */
static bool is_plain(const names_work *a, u32 first, u32 end) {
    bool plain = first == a->r->sentences.items[a->r->tokens.items[first].sentence].first_token && end > first + 1 && !has_proper_noun(a, first, end);
    for (u32 i = first + 1; i < end; i++) {
        plain = plain && !names_capital(&a->r->tokens.items[i]);
    }
    return plain;
}

static bool counts(const names_work *a, u32 number, u32 at) {
    const token *t = &a->r->tokens.items[number];
    return t->upos == UPOS_NUM && t->deprel == DEPREL_nummod && t->head == at;
}

static bool is_no_name(const names_work *a, u32 at) {
    return names_lists(a, BESIDE_NEVER, at) || names_lists(a, BESIDE_DAY, at) || names_lists(a, BESIDE_COMMON, at);
}

/* "in April", "900 MW": words that are no names alone, units behind their number. */
static void drop_words(names_work *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 0; i < a->r->tokens.count; i++) {
        u32 end = bounds_name_end(a->r, i);
        bool named = t[i].name != NAME_NONE && t[i].name_begins, alone = named && end == i + 1;
        bool unit = alone && i > 0 && t[i].name != NAME_NORP && t[i].xpos != XPOS_NNPS && t[i].xpos != XPOS_NNS && counts(a, i - 1, i) && names_listed(a, i, i + 1) == 0;
        if ((alone && (unit || is_no_name(a, i))) || (named && is_plain(a, i, end))) {
            bounds_name(a->r, i, end, NAME_NONE);
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
    names_work a = {r, tables, beside};
    mark_listed(&a);
    persons_join(&a);
    complete_bodies(&a);
    persons_shed_titles(&a);
    part_teams(&a);
    divide(&a);
    drop_words(&a);
    trim(&a);
}
