// SPDX-License-Identifier: Apache-2.0
/* Names of the user's lists in a report.
 *
 *     PRINCE OF_DOL_AMROTH [DOL]       "Prince Imrahil of Dol Amroth": blanks let words stand between
 *     [HOB <950601] [HOBREB >990816]   the first bracket that holds on the report's day
 *     GONDOR [GON]                     a state, and so GON GOV where it acts
 *     LORIEN [ELR/GAL]                 a group of two
 *
 * Dictionaries do not say what an actor is.  A bare primary is a state, unless the parser saw a person or
 * an organisation of several words; the rest are persons where the parser saw one, else bodies.  Where our
 * tables have the same words for the same state, they say what form it is (adjective, capital). */
#include "who/own.h"

#define GAP_PIECES 4 /* most words over a gap */

/* ---------------------------------------------------------------- phrases with gaps */

/* The pieces from `at` that stand together, at most `room`. */
static u32 gather(const scene *s, u32 at, u32 stop, u32 *words, u32 room) {
    u32 count = 0;
    while (count < room && at + count < stop && (count == 0 || scene_is_joined(s, at + count - 1))) {
        words[count] = s->pieces.items[at + count].symbol;
        count++;
    }
    return count;
}

/* Goes on from the run in words[0, count), whose last piece is before `at`, over one gap or more. */
static u32 find_behind(const scene *s, const u32 *run, u32 count, u32 at, u32 stop, u32 *end) {
    const phrase_table *own = &s->lex->own;
    u32 words[2 * LEXICON_PIECES];
    memcpy(words, run, count * sizeof *run);
    for (u32 skip = 0; skip <= GAP_PIECES && count < LEXICON_PIECES && at + skip < stop; skip++) {
        words[count] = PIECE_GAP;
        u32 more = gather(s, at + skip, stop, words + count + 1, LEXICON_PIECES - count);
        for (u32 len = more; len > 0; len--) {
            u32 found = scene_find_phrase(s, own, words, count + 1 + len);
            if (found != NONE) {
                *end = s->pieces.items[at + skip + len - 1].token + 1;
                return found;
            }
            if (map_find(&own->gaps, map_key_of_symbols(words, count + 1 + len)) != NONE) { /* a further gap */
                count += 1 + len;
                at += skip + len;
                skip = NONE;
                break;
            }
        }
    }
    return NONE;
}

static u32 find_over_gap(const scene *s, u32 at_token, u32 *end) {
    const phrase_table *own = &s->lex->own;
    u32 at = s->first_piece[at_token], stop = s->first_piece[scene_sentence_end(s, at_token)], words[LEXICON_PIECES];
    u32 longest = at < stop ? map_find(&own->longest, s->pieces.items[at].symbol) : NONE;
    if (longest == NONE || own->gaps.count == 0 || s->pieces.items[at].token != at_token) {
        return NONE;
    }
    for (u32 count = gather(s, at, stop, words, longest < LEXICON_PIECES ? longest : LEXICON_PIECES); count > 0; count--) {
        u32 found = map_find(&own->gaps, map_key_of_symbols(words, count)) == NONE ? NONE : find_behind(s, words, count, at + count, stop, end);
        if (found != NONE) {
            return found;
        }
    }
    return NONE;
}

/* ---------------------------------------------------------------- which meaning */

/* One word in its own right: "Who" is no WHO, "Entering" no Ent. */
static bool word_fits(const scene *s, u32 at_token) {
    static const u32 closed = 1u << UPOS_VERB | 1u << UPOS_AUX | 1u << UPOS_PRON | 1u << UPOS_DET | 1u << UPOS_ADP | 1u << UPOS_ADV |
                              1u << UPOS_SCONJ | 1u << UPOS_CCONJ | 1u << UPOS_PART;
    span form = report_form(s->r, at_token);
    u8 tag = report_token(s->r, at_token)->upos;
    return scene_is_acronym(form) || (!(closed >> tag & 1) && (form.len > 3 || tag == UPOS_PROPN));
}

static bool holds(const scene *s, const lexicon_row *row) {
    i32 day = s->r->about;
    return !row->dated || (day == INT32_MIN ? row->to == INT32_MAX : row->from <= day && day <= row->to);
}

/* The first dated meaning that holds, else the first undated; of the list given last that has one. */
static u32 choose(const scene *s, u32 found, u32 first, u32 end) {
    u32 plain = NONE, list = 0;
    for (u32 at = found; at != NONE; at = s->lex->meanings.items[at].next) {
        const meaning *m = &s->lex->meanings.items[at];
        const lexicon_row *row = &s->lex->rows.items[m->row];
        if (!scene_letters_fit(s, m, first, end) || (end == first + 1 && !word_fits(s, first))) {
            continue;
        }
        if (plain != NONE && row->list != list) {
            return plain;
        }
        list = row->list;
        if (row->dated && holds(s, row)) {
            return at;
        }
        plain = !row->dated && plain == NONE ? at : plain;
    }
    return plain;
}

u32 own_find(const scene *s, u32 at_token, u32 *end) {
    if (s->lex->own.phrases.count == 0) {
        return NONE;
    }
    u32 close = at_token, wide = at_token;
    u32 together = scene_match(s, &s->lex->own, at_token, true, &close), apart = find_over_gap(s, at_token, &wide);
    u32 found = apart != NONE && wide > close ? apart : together;
    *end = found == apart ? wide : close;
    if (found == NONE || (report_token(s->r, at_token)->name == NAME_PER && name_cuts_person(s, at_token, *end))) {
        return NONE;
    }
    return choose(s, found, at_token, *end);
}

/* ---------------------------------------------------------------- drafts */

/* Our meaning of the same words for the same state, or NONE. */
static u32 ours_of(const scene *s, const lexicon_row *row, u32 first, u32 end) {
    u32 stop, at = scene_match(s, &s->lex->names, first, true, &stop);
    for (; at != NONE && stop == end; at = s->lex->meanings.items[at].next) {
        const lexicon_row *other = &s->lex->rows.items[s->lex->meanings.items[at].row];
        if (other->kind <= ROW_REGION && memcmp(other->code.primary, row->code.primary, 4) == 0) {
            return at;
        }
    }
    return NONE;
}

static bool is_tagged(const scene *s, u32 first, u32 end, name_kind kind) {
    bool found = false;
    for (u32 i = first; i < end && !found; i++) {
        found = report_token(s->r, i)->name == kind;
    }
    return found;
}

/* The record that brought this primary in, under one plain word: "GONDOR", and so its "MINAS_TIRITH". */
static bool founds_state(const scene *s, const lexicon_row *row) {
    u32 state = map_find(&s->lex->states, context_key(row->code.primary));
    bool plain = row->name.len > 3;
    for (size_t i = 0; i + 1 < row->name.len && plain; i++) {
        plain = row->name.ptr[i] != '_' && row->name.ptr[i] != ' ';
    }
    return plain && state != NONE && row == &s->lex->rows.items[state];
}

static draft_kind kind_of(const scene *s, const lexicon_row *row, u32 first, u32 end) {
    bool several = end > first + 1;
    if (row->kind != ROW_ANY) {
        return row->kind == ROW_STATE ? DRAFT_STATE : row->kind == ROW_HOLDER ? DRAFT_PERSON : DRAFT_BODY;
    }
    if (row->silent || row->partner != NONE) {
        return DRAFT_BODY;
    }
    bool founds = founds_state(s, row);
    bool body = !founds && is_tagged(s, first, end, NAME_ORG) && (several || scene_is_acronym(report_form(s->r, first)));
    if (row->bare && !body && (founds || !several || !is_tagged(s, first, end, NAME_PER))) {
        return DRAFT_STATE;
    }
    return is_tagged(s, first, end, NAME_PER) ? DRAFT_PERSON : DRAFT_BODY;
}

/* The further actors of one code: drafts that no word shows, linked by `second`. */
static bool add_partners(scene *s, u32 index, u32 row) {
    for (u32 last = index; row != NONE; row = s->lex->rows.items[row].partner) {
        draft *d = list_push(s->r->memory, &s->drafts);
        if (d == NULL) {
            return false;
        }
        *d = *scene_draft(s, index);
        d->m.code = s->lex->rows.items[row].code;
        d->row = row;
        d->second = NONE;
        d->merged = true;
        scene_draft(s, last)->second = scene_index(s, d);
        last = scene_index(s, d);
    }
    return true;
}

/* "Hamas gunmen" are people: an agent noun of several at the end. */
static void note_people(const scene *s, draft *d, u32 end) {
    bool plural = false;
    u32 stop, noun = scene_match_word(s, &s->lex->agents, end - 1, &stop, &plural);
    if (d->what == DRAFT_BODY && noun != NONE && plural && s->lex->words.items[noun].kind == WORD_GROUP) {
        d->what = DRAFT_PEOPLE;
        d->plural = true;
        d->word = noun;
        d->m.kind = MENTION_NOMINAL;
    }
}

draft *own_add(scene *s, u32 chosen, u32 first, u32 end) {
    const meaning *m = &s->lex->meanings.items[chosen];
    const lexicon_row *row = &s->lex->rows.items[m->row];
    u32 ours = row->kind == ROW_ANY && !row->silent && row->partner == NONE ? ours_of(s, row, first, end) : NONE;
    draft *d = scene_add(s, first, end, MENTION_NAME, ours != NONE ? DRAFT_STATE : kind_of(s, row, first, end));
    if (d == NULL) {
        return NULL;
    }
    u32 index = scene_index(s, d);
    d->row = m->row;
    d->form = ours != NONE ? s->lex->meanings.items[ours].form : m->form;
    d->m.code = row->code;
    d->compound = row->partner != NONE;
    d->m.why = m->line > 0 ? (source_line){row->why.file, m->line} : row->why;
    d->name_first = first;
    d->name_end = row->partner == NONE ? end : first; /* a group has no name of its own */
    if (row->silent) {
        d->merged = true; /* covers the words, and is nobody */
        d->m.code = (actor_code){.sector = SECTOR_NONE};
        return d;
    }
    if (d->what == DRAFT_STATE) {
        u16 said = row->code.sector;
        bool region = ours != NONE && s->lex->rows.items[s->lex->meanings.items[ours].row].kind == ROW_REGION;
        bool adjective = m->form == FORM_NAME && report_token(s->r, d->m.head)->upos == UPOS_ADJ;
        name_fill_state(s, d, adjective && ours == NONE ? FORM_ADJECTIVE : (form_kind)d->form, region);
        bool as_written = lexicon_keeps_bare(s->lex, row) || (said != SECTOR_NONE && d->m.kind != MENTION_ADJECTIVE);
        d->m.code.sector = as_written ? said : d->m.code.sector;
    } else {
        note_people(s, d, end);
    }
    return add_partners(s, index, row->partner) ? scene_draft(s, index) : NULL;
}
