// SPDX-License-Identifier: Apache-2.0
/* When is a report without a date from?  Its office holders tell: the days on which most of them held what the tables
 * say they held, and what the words before their names say, are the days it speaks of.
 *
 *     "Prime Minister Tony Blair ... Michael Howard ... Charles Kennedy"
 *     Blair 1997-2007, Howard 1993-97 and 2003-05, Kennedy 1999-2006: late 2003 to 2005
 *
 * Two witnesses are wanted, two persons or a person and a fitting title; an office still held tells nothing, for then
 * the report may be of today. */
#include "who/scene.h"

#define TERMS 128     /* most terms of office that are compared */
#define WITNESSES 2   /* least of them for a time to be told */
#define STILL_HELD INT32_MAX
#define HANDOVER 60 /* days: who has just resigned or been named is in the news with who is in office */

typedef struct {
    const lexicon_row *row;
    u32 titled; /* 1: the words before a mention give the row's sector, 2: its office */
} term;

typedef struct {
    term items[TERMS];
    u32 count;
} terms;

static bool holds_text(span text, span part) {
    bool found = false;
    for (size_t i = 0; i + part.len <= text.len && !found; i++) {
        found = span_eq(span_cut(text, i, i + part.len), part);
    }
    return found;
}

/* "Prime Minister" before the name of who is "prime minister" in the tables. */
static u32 fit_of(const scene *s, u32 title, const lexicon_row *row) {
    if (title == NONE || s->lex->words.items[title].sector != row->code.sector) {
        return 0;
    }
    return holds_text(row->office, s->lex->words.items[title].text) ? 2 : 1;
}

static void note_term(terms *all, const lexicon_row *row, u32 titled) {
    for (u32 i = 0; i < all->count; i++) {
        if (all->items[i].row == row) {
            all->items[i].titled = titled > all->items[i].titled ? titled : all->items[i].titled;
            return;
        }
    }
    if (all->count < TERMS) {
        all->items[all->count++] = (term){row, titled};
    }
}

static void gather(const scene *s, terms *all) {
    for (u32 i = 0; i < s->r->tokens.count; i++) {
        u32 end, at = scene_match(s, &s->lex->names, i, true, &end);
        u32 title = at == NONE ? NONE : name_title_before(s, i);
        bool full = at != NONE && s->first_piece[end] - s->first_piece[i] > 1 && !name_cuts_person(s, i, end);
        for (; at != NONE; at = s->lex->meanings.items[at].next) {
            const lexicon_row *row = &s->lex->rows.items[s->lex->meanings.items[at].row];
            u32 titled = row->kind == ROW_HOLDER ? fit_of(s, title, row) : 0;
            if (row->kind == ROW_HOLDER && (full || (row->head && titled > 0)) && scene_letters_fit(s, &s->lex->meanings.items[at], i, end)) {
                note_term(all, row, titled);
            }
        }
    }
}

/* How many speak for `day`: each person once, and more where the title fits. */
static u32 witnesses_of(const terms *all, i32 day, i32 *until) {
    u32 count = 0;
    *until = STILL_HELD;
    for (u32 i = 0; i < all->count; i++) {
        const lexicon_row *row = all->items[i].row;
        if (day < row->from || day >= row->to) {
            continue;
        }
        u32 best = all->items[i].titled, before = 0;
        for (u32 k = 0; k < i; k++) {
            const lexicon_row *other = all->items[k].row;
            if (other->from <= day && day < other->to && span_eq(other->name, row->name)) {
                before = 1 + all->items[k].titled > before ? 1 + all->items[k].titled : before;
            }
        }
        count += best + 1 > before ? best + 1 - before : 0;
        *until = row->to < *until ? row->to : *until;
    }
    return count;
}

void era_find(scene *s) {
    terms *all = arena_new(s->r->memory, terms, 1);
    if (all == NULL || s->about != INT32_MIN) {
        return;
    }
    gather(s, all);
    u32 most = WITNESSES - 1;
    i32 best = INT32_MIN, best_until = STILL_HELD;
    for (u32 i = 0; i < all->count; i++) {
        i32 day = all->items[i].row->from, until;
        u32 count = day == INT32_MIN ? 0 : witnesses_of(all, day, &until);
        if (count > most || (count == most && best != INT32_MIN && day > best)) {
            most = count;
            best = day;
            best_until = until;
        }
    }
    if (best_until != STILL_HELD) {
        s->about = best + (best_until - best) / 2;
        s->first_about = best - HANDOVER;
        s->last_about = best_until + HANDOVER;
    }
}
