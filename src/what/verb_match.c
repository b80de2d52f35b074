// SPDX-License-Identifier: Apache-2.0
/* The patterns of a user's verbs against the words of a sentence.
 *
 *     - % HAVE * &TIES [160]     "Gondor and Arnor have at last broken all ties with Mordor"
 *                                  %              HAVE          *          &TIES
 *
 * From the verb outwards, to the left and to the right, each part is sought nearest first.  Parts that
 * may have any words between them are taken where they first stand; only those that must stand close are
 * tried at several places, so that the cost of a pattern is that of reading the sentence once.  A
 * hostile pattern ends after MATCH_STEPS. */
#include "what/verbs.h"
#include "who/who.h"

#define MATCH_STEPS 4000
#define SET_DEPTH 8 /* sets inside sets */

/* ------------------------------------------------------------------ the text */

static bool is_actor(const report *r, u32 index) {
    const mention *m = &r->mentions.items[index];
    actor_code code = who_code_of(r, index);
    const entity *e = m->entity == NONE ? NULL : &r->entities.items[m->entity];
    bool group = e != NULL && e->end_member > e->first_member;
    bool named = code.primary[0] != '\0' && (code.primary[0] != '-' || code.sector != SECTOR_NONE);
    return m->kind != MENTION_PRONOUN && (named || code.sector != SECTOR_NONE || group);
}

/* The longest mention wins where one is part of another: "Gondor" in "Gondor's border police". */
drg_status verb_text_open(verb_text *text, const verb_tables *tables, report *r) {
    *text = (verb_text){.tables = tables, .r = r};
    text->actor_at = arena_new(r->memory, u32, r->tokens.count + 1);
    if (text->actor_at == NULL) {
        return DRG_ERROR_MEMORY;
    }
    map_open(&text->present, r->memory);
    memset(text->actor_at, 0xFF, (r->tokens.count + 1) * sizeof *text->actor_at);
    for (u32 i = 0; i < r->mentions.count; i++) {
        const mention *m = &r->mentions.items[i];
        if (!is_actor(r, i)) {
            continue;
        }
        for (u32 k = m->first; k < m->end; k++) {
            u32 old = text->actor_at[k];
            const mention *other = old == NONE ? NULL : &r->mentions.items[old];
            if (other == NULL || other->end - other->first < m->end - m->first) {
                text->actor_at[k] = i;
            }
        }
    }
    return DRG_OK;
}

void verb_text_turn(verb_text *text, u32 sentence_index) {
    const sentence *s = &text->r->sentences.items[sentence_index];
    text->first = s->first_token;
    text->end = s->end_token;
    for (u32 i = s->first_token; i < s->end_token; i++) {
        const token *word = report_token(text->r, i);
        map_set(&text->present, word->lower, sentence_index);
        map_set(&text->present, word->lemma, sentence_index);
    }
}

/* ------------------------------------------------------------------ verbs */

static bool form_stands(const verb_text *text, const verb_form *f, u32 at) {
    for (u32 i = 0; i < f->before; i++) {
        if (at < text->first + i + 1 || report_token(text->r, at - i - 1)->lower != f->around[i]) {
            return false;
        }
    }
    for (u32 i = 0; i < f->after; i++) {
        if (at + i + 1 >= text->end || report_token(text->r, at + i + 1)->lower != f->around[f->before + i]) {
            return false;
        }
    }
    return true;
}

static void add_forms(const verb_text *text, const map *index, symbol word, u32 at, u32 out[FORM_ROOM], u32 *count) {
    const verb_form *forms = text->tables->forms.items;
    for (u32 f = word == NONE ? NONE : map_find(index, word); f != NONE; f = forms[f].next) {
        if (!form_stands(text, &forms[f], at)) {
            continue;
        }
        u32 put = *count < FORM_ROOM ? *count : FORM_ROOM, words = forms[f].before + forms[f].after;
        while (put > 0 && words > (u32)(forms[out[put - 1]].before + forms[out[put - 1]].after)) {
            put--;
        }
        if (put == FORM_ROOM) {
            continue;
        }
        *count += *count < FORM_ROOM;
        for (u32 k = *count - 1; k > put; k--) {
            out[k] = out[k - 1];
        }
        out[put] = f;
    }
}

u32 verb_find_forms(const verb_text *text, u32 at, u32 out[FORM_ROOM]) {
    const token *word = report_token(text->r, at);
    u32 count = 0;
    add_forms(text, &text->tables->form_index, word->lower, at, out, &count);
    if (count == 0) { /* an irregular form that the list does not give */
        add_forms(text, &text->tables->form_index, word->lemma, at, out, &count);
    }
    if (count == 0) {
        add_forms(text, &text->tables->stem_index, word->lemma, at, out, &count);
    }
    span letters = symbols_text(&text->r->words, word->lower);
    for (size_t len = text->tables->has_stems && letters.len < 40 ? letters.len : 0; len > 2 && count == 0; len--) {
        add_forms(text, &text->tables->stem_index, symbols_find(&text->tables->known->words, span_cut(letters, 0, len)), at, out, &count);
    }
    return count;
}

/* ------------------------------------------------------------------ parts of a pattern */

typedef struct {
    const verb_text *text;
    u32 from, to;  /* the items of this side, in reading order: [from, to) */
    bool back;     /* to the left of the verb */
    u32 steps;
    binding *out;
} side;

static u32 compound_top(const report *r, u32 who) {
    u32 top = r->mentions.items[who].head;
    for (u32 steps = 0; steps < COMPOUND_ROOM && report_token(r, top)->deprel == DEPREL_conj && report_token(r, top)->head != NONE; steps++) {
        top = report_token(r, top)->head;
    }
    return top;
}

u32 verb_collect_compound(const verb_text *text, u32 who, u32 out[COMPOUND_ROOM]) {
    const report *r = text->r;
    u32 top = compound_top(r, who), count = 0;
    for (u32 i = text->first; i < text->end && count < COMPOUND_ROOM; i++) {
        u32 other = text->actor_at[i];
        bool begins = other != NONE && (i == text->first || text->actor_at[i - 1] != other);
        if (begins && (other == who || compound_top(r, other) == top)) {
            out[count++] = other;
        }
    }
    return count;
}

static bool is_group(const report *r, u32 who) {
    u32 e = r->mentions.items[who].entity;
    return e != NONE && r->entities.items[e].end_member > r->entities.items[e].first_member;
}

static bool word_fits(const verb_text *text, const pattern_item *item, u32 at) {
    const token *word = report_token(text->r, at);
    if (item->stem) {
        return span_starts(symbols_text(&text->r->words, word->lower), symbols_text(&text->tables->known->words, item->what));
    }
    bool fits = word->lower == item->what || (!item->exact && word->lemma == item->what);
    bool part = item->head && (word->deprel == DEPREL_compound || word->deprel == DEPREL_nmod_desc) && word->upos != UPOS_VERB;
    return fits && !part;
}

/* Steps to the token behind (before) `at`; UINT32_MAX stands before the first. */
static u32 step(bool back, u32 at) { return back ? at - 1 : at + 1; }

static bool inside(const verb_text *text, u32 at) { return at != UINT32_MAX && at >= text->first && at < text->end; }

static u32 set_end(side *s, u32 set, u32 at, u32 depth);

/* The items of a set's phrase from `at` on; the token behind them, or NONE. */
static u32 phrase_end(side *s, const set_phrase *words, u32 at, u32 depth) {
    const verb_tables *t = s->text->tables;
    u32 count = words->end_item - words->first_item;
    for (u32 i = 0; i < count; i++) {
        u32 index = s->back ? words->end_item - 1 - i : words->first_item + i;
        const pattern_item *item = &t->items.items[index];
        u32 reach = i == 0 ? 0 : s->back ? t->items.items[index + 1].reach : item->reach, found = NONE - 1;
        bool hit = false;
        for (u32 k = 0; k <= reach && inside(s->text, at) && !hit && s->steps < MATCH_STEPS; k++, s->steps++) {
            if (item->kind == PATTERN_WORD) {
                hit = word_fits(s->text, item, at);
                found = step(s->back, at);
            } else {
                found = set_end(s, item->what, at, depth + 1);
                hit = found != NONE - 1;
            }
            at = step(s->back, at);
        }
        if (!hit) {
            return NONE - 1;
        }
        at = found;
    }
    return at;
}

/* The token behind the first phrase of the set that stands at `at`; NONE - 1: no phrase does. */
static u32 set_end(side *s, u32 set, u32 at, u32 depth) {
    const verb_tables *t = s->text->tables;
    const token *word = report_token(s->text->r, at);
    const symbol keys[3] = {word->lower, word->lemma == word->lower ? NONE - 1 : word->lemma, NONE};
    for (u32 k = 0; k < COUNT_OF(keys) && depth < SET_DEPTH; k++) {
        u32 p = map_find(&t->phrase_index, (u64)set << 33 | (u64)s->back << 32 | keys[k]);
        for (; p != NONE && s->steps < MATCH_STEPS; p = t->phrases.items[p].next[s->back]) {
            s->steps++;
            u32 end = phrase_end(s, &t->phrases.items[p], at, depth);
            if (end != NONE - 1) {
                return end;
            }
        }
    }
    return NONE - 1;
}

/* An actor whose words begin (end) at `at`; binds it.  The token behind it, or NONE - 1. */
static u32 actor_end(side *s, const pattern_item *item, u32 at) {
    u32 found = s->text->actor_at[at];
    if (found == NONE) {
        return NONE - 1;
    }
    if (item->kind == PATTERN_COMPOUND) {
        s->out->compound_count = verb_collect_compound(s->text, found, s->out->compound);
        s->out->compound_before = s->back;
        if (s->out->compound_count < 2 && !is_group(s->text->r, found)) {
            s->out->compound_count = 0;
            return NONE - 1;
        }
    }
    u32 *bound = item->kind == PATTERN_SOURCE ? &s->out->source : item->kind == PATTERN_TARGET ? &s->out->target : NULL;
    if (bound != NULL) {
        *bound = found;
    }
    while (inside(s->text, at) && s->text->actor_at[at] == found) {
        at = step(s->back, at);
    }
    return at;
}

static u32 item_end(side *s, const pattern_item *item, u32 at) {
    switch (item->kind) {
    case PATTERN_WORD: return word_fits(s->text, item, at) ? step(s->back, at) : NONE - 1;
    case PATTERN_SET: return set_end(s, item->what, at, 0);
    default: return actor_end(s, item, at);
    }
}

static const pattern_item *nth(const side *s, u32 n, u32 *reach) {
    const pattern_item *items = s->text->tables->items.items;
    u32 index = s->back ? s->to - 1 - n : s->from + n;
    bool actor = items[index].kind != PATTERN_WORD && items[index].kind != PATTERN_SET;
    *reach = s->back ? items[index + 1].reach : items[index].reach;
    *reach = actor && *reach == 0 ? 1 : *reach; /* "in the Shire" */
    return &items[index];
}

/* Items n and on of the side, from token `at` outwards.  Recursion goes no deeper than the pattern has parts. */
static bool match_from(side *s, u32 n, u32 at) {
    while (n < s->to - s->from) {
        u32 reach, next_reach = PATTERN_FAR;
        const pattern_item *item = nth(s, n, &reach);
        bool hit = false;
        if (n + 1 < s->to - s->from) {
            nth(s, n + 1, &next_reach);
        }
        for (u32 k = 0; (reach == PATTERN_FAR || k <= reach) && inside(s->text, at) && !hit; k++, at = step(s->back, at)) {
            u32 end = ++s->steps < MATCH_STEPS ? item_end(s, item, at) : NONE - 1;
            hit = end != NONE - 1;
            if (hit && next_reach != PATTERN_FAR) {
                if (match_from(s, n + 1, end)) {
                    return true;
                }
                hit = false;
            }
            if (hit) {
                at = end;
                break;
            }
        }
        if (!hit) {
            return false;
        }
        n++;
    }
    return true;
}

bool verb_match_rule(const verb_text *text, const verb_rule *rule, range verb, binding *out) {
    *out = (binding){.source = NONE, .target = NONE};
    if (rule->needed != NONE) {
        u32 at = map_find(&text->present, rule->needed);
        if (at == NONE || text->r->sentences.items[at].first_token != text->first) {
            return false;
        }
    }
    side left = {.text = text, .from = rule->first_item, .to = rule->verb_item, .back = true, .out = out};
    side right = {.text = text, .from = rule->verb_item + 1, .to = rule->end_item, .out = out};
    return match_from(&left, 0, verb.start - 1) && match_from(&right, 0, verb.end);
}
