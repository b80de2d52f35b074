// SPDX-License-Identifier: Apache-2.0
/* What belongs to a person's name and what does not:
 *
 *     [Yoon Suk] - yeol           [Yoon Suk-yeol]               [Hessa] bint [Essa]     [Hessa bint Essa]
 *     [Duda of Poland]            [Duda] of [Poland]
 *     [Admiral Tangsiri]          Admiral [Tangsiri]            [the First Lady]        no name */
#include "parse/persons.h"

#include "parse/labels.h"

/* ------------------------------------------------------------------ titles */

static bool is_given(const names_work *a, u32 at) {
    const token *t = &a->r->tokens.items[at];
    u32 set = map_find(&a->tables->words, t->lower);
    return names_capital(t) && set != NONE && (set >> MARK_GIVEN & 1) != 0;
}

static bool is_nation(const names_work *a, u32 at) { return (names_listed(a, at, at + 1) >> NAME_NORP & 1) != 0; }

/* "the Peruvian Head of State", "the First Lady": an office, whoever holds it, is no name; its nation is. */
static bool is_office(names_work *a, u32 first, u32 end) {
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
static u32 state_end(const names_work *a, u32 first, u32 end) {
    const token *t = a->r->tokens.items;
    bool listed = end - first > 2 && (names_listed(a, first, first + 1) >> NAME_LOC & 1) && t[first].name == NAME_PER;
    return listed && !is_given(a, first) ? first + 1 : first;
}

/* "Young Algerians", "Ugandan radio": a people behind words that are no proper nouns, or before words in small letters. */
static bool is_people(const names_work *a, u32 first, u32 end) {
    bool plain = end - first > 1 && is_nation(a, end - 1);
    for (u32 i = first; i + 1 < end && plain; i++) {
        plain = a->r->tokens.items[i].upos == UPOS_ADJ || a->r->tokens.items[i].upos == UPOS_NUM || names_lists(a, BESIDE_COMPASS, i);
        plain = plain && !is_nation(a, i);
    }
    bool leads = end - first > 1 && is_nation(a, first);
    for (u32 i = first + 1; i < end && leads; i++) {
        leads = a->r->tokens.items[i].upos == UPOS_NOUN && a->r->tokens.items[i].form == a->r->tokens.items[i].lower;
    }
    return plain || leads;
}

static bool is_body(const names_work *a, u32 first, u32 end) {
    return end > first && (names_listed(a, first, end) != 0 || names_lists(a, BESIDE_FIRST, first) || names_lists(a, BESIDE_LAST, end - 1));
}

/* "Minister of Public Works": an office is no body, though "Chief of Sudan TV" ends with one; "ANC Chairperson" begins with one. */
static bool shed_office(names_work *a, u32 first, u32 end) {
    const token *t = a->r->tokens.items;
    bool honours;
    u32 stop = marks_title_end(a->tables, a->r, first, end, &honours), rest = stop + 1;
    if (stop > first && stop < end && t[stop].upos == UPOS_ADP && t[first].name == NAME_ORG) {
        rest += rest < end && t[rest].upos == UPOS_DET;
        bounds_name(a->r, first, end, NAME_NONE);
        bounds_name(a->r, rest < end ? rest : end, end, is_body(a, rest, end) ? NAME_ORG : NAME_NONE);
        return true;
    }
    for (u32 i = first + 1; i < end && t[first].name == NAME_ORG; i++) {
        bool noun = t[i - 1].upos == UPOS_PROPN || t[i - 1].upos == UPOS_NOUN;
        if (noun && marks_title_end(a->tables, a->r, i, end, &honours) == end) {
            bounds_name(a->r, i, end, NAME_NONE);
            return true;
        }
    }
    return false;
}

/* "Admiral Tangsiri", "Special Envoy Hammer": a person's name begins behind the last title.  "the Academy of Sciences
 * Dr. Enkhtur": what only honours begins a person's name after another. */
static void shed_titles_of(names_work *a, u32 first, u32 end) {
    token *t = a->r->tokens.items;
    if (is_office(a, first, end) || is_people(a, first, end)) {
        for (u32 i = first; i < end; i++) {
            t[i].name_begins = is_nation(a, i);
            t[i].name = t[i].name_begins ? NAME_NORP : NAME_NONE;
        }
        return;
    }
    if (shed_office(a, first, end)) {
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
        bool sheds = stop > i && (kind == NAME_PER || honours || (i == first && stop == end)) && (i == first || !is_given(a, first)); /* "Hassan Sheikh Mohamud" */
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

void persons_shed_titles(names_work *a) {
    const token *t = a->r->tokens.items;
    for (u32 i = 0, end; i < a->r->tokens.count; i = end) {
        end = t[i].name == NAME_NONE ? i + 1 : bounds_name_end(a->r, i);
        if (t[i].name == NAME_PER || t[i].name == NAME_ORG || t[i].name == NAME_LOC) {
            shed_titles_of(a, i, end);
        }
    }
}

/* ------------------------------------------------------------------ parts */

/* "Mohamed bin" "Zayed Al Nahyan": two persons side by side are one, and two places of which the second is not listed. */
static void join_neighbours(names_work *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 1; i < a->r->tokens.count; i++) {
        bool beside = t[i].name_begins && t[i].name == t[i - 1].name && t[i].sentence == t[i - 1].sentence && names_capital(&t[i]);
        bool town = beside && t[i].name == NAME_LOC && names_listed(a, i, bounds_name_end(a->r, i)) == 0;
        if (beside && (t[i].name == NAME_PER || town)) {
            t[i].name_begins = false;
        }
    }
}

/* "Tsai Ing-wen", "Yoon Suk-yeol": a listed family name, a capital word, a hyphen, a word in small letters. */
static void join_given(names_work *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 1; i + 2 < a->r->tokens.count; i++) {
        bool hyphen = span_eq(report_cut(a->r, t[i + 1].text), SPAN("-")) && t[i + 2].sentence == t[i - 1].sentence;
        if (hyphen && names_lists(a, BESIDE_FAMILY, i - 1) && names_capital(&t[i - 1]) && names_capital(&t[i]) && !names_capital(&t[i + 2])) {
            bounds_name(a->r, i - 1, i + 3, NAME_PER);
        }
    }
}

/* Jackson "Wang": a given name before a person's single name is part of it. */
static void join_before(names_work *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 1; i < a->r->tokens.count; i++) {
        bool single = t[i].name == NAME_PER && t[i].name_begins && bounds_name_end(a->r, i) == i + 1;
        if (single && t[i - 1].name == NAME_NONE && t[i - 1].upos == UPOS_PROPN && t[i - 1].sentence == t[i].sentence && is_given(a, i - 1)) {
            bounds_name(a->r, i - 1, i + 1, NAME_PER);
        }
    }
}

/* "Hessa" bint "Essa Buhumaid". */
static void join_particles(names_work *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 1; i + 1 < a->r->tokens.count; i++) {
        bool inner = names_lists(a, BESIDE_PARTICLE, i) && t[i - 1].sentence == t[i + 1].sentence && t[i - 1].name == NAME_PER;
        bool person = t[i].name == NAME_NONE || t[i].name == NAME_PER;
        if (inner && person && names_capital(&t[i + 1])) {
            u32 end = t[i + 1].name == NAME_NONE ? i + 2 : bounds_name_end(a->r, i + 1);
            for (u32 k = i; k < end; k++) {
                t[k].name = NAME_PER;
                t[k].name_begins = false;
            }
        }
    }
}

/* "Virender Sehwag", "Han Duck-soo": what the tree holds together as one person's name, and what a hyphen does. */
static void join_parts(names_work *a) {
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
        bool hyphen = t[i].xpos == XPOS_HYPH && t[i + 1].sentence == t[i - 1].sentence;
        bool person = t[i - 1].name == NAME_PER && (t[i + 1].name == NAME_PER || t[i + 1].name == NAME_NONE);
        if (hyphen && person && t[i + 1].upos == UPOS_PROPN) {
            t[i].name = t[i + 1].name = NAME_PER;
            t[i].name_begins = t[i + 1].name_begins = false;
        }
    }
}

/* [Duda of Poland]: [Duda] of [Poland]. */
static void part_states(names_work *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 1; i + 1 < a->r->tokens.count; i++) {
        bool inside = t[i].name == NAME_PER && !t[i].name_begins && t[i].upos == UPOS_ADP && t[i].deprel == DEPREL_case;
        u32 end = inside ? i + 1 : i;
        while (inside && end < a->r->tokens.count && t[end].name == NAME_PER && !t[end].name_begins) {
            end++;
        }
        if (end > i + 1 && (names_listed(a, i + 1, end) >> NAME_LOC & 1)) {
            t[i].name = NAME_NONE;
            bounds_name(a->r, i + 1, end, NAME_LOC);
        }
    }
}

void persons_join(names_work *a) {
    join_given(a);
    join_before(a);
    join_particles(a);
    join_neighbours(a);
    join_parts(a);
    part_states(a);
}
