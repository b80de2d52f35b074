// SPDX-License-Identifier: Apache-2.0
/* Unnamed actors: agent nouns and unnamed office holders, and names of bodies that no table knows.
 *
 *     "two Israeli soldiers"            MIL of ISR         "rebels in eastern Congo"   REB of COD
 *     "the army spokesman"              one person, MIL    "the Ministry of Health"    GOV
 *
 * Two rounds.  The first finds the nouns from left to right.  The second goes from right to left,
 * so that an of-phrase is known before the noun it belongs to, takes codes from modifiers, and
 * folds adjectives and compounds into the mention. */
#include "who/scene.h"

static bool is_noun(const scene *s, u32 at_token) {
    u8 tag = report_token(s->r, at_token)->upos;
    return tag == UPOS_NOUN || tag == UPOS_PROPN;
}

static draft_kind kind_of(const lexicon_word *w, bool plural) {
    if (w->kind == WORD_BODY || w->kind == WORD_ARM) {
        return DRAFT_BODY;
    }
    return plural || w->kind == WORD_CROWD ? DRAFT_PEOPLE : DRAFT_PERSON;
}

static draft *add_noun(scene *s, u32 word, bool plural, u32 first, u32 end) {
    const lexicon_word *w = &s->lex->words.items[word];
    draft *d = scene_add(s, first, end, MENTION_NOMINAL, kind_of(w, plural));
    if (d == NULL) {
        return NULL;
    }
    static const u16 nouns = 1 << UPOS_NOUN | 1 << UPOS_PROPN;
    for (u32 i = first; i < end && !(nouns >> report_token(s->r, d->m.head)->upos & 1); i++) {
        d->m.head = nouns >> report_token(s->r, i)->upos & 1 ? i : d->m.head;
    }
    d->word = word;
    d->plural = plural || w->kind == WORD_CROWD;
    d->gender = w->gender;
    d->m.code.sector = w->sector;
    d->m.why = w->why;
    d->borrowed = w->kind == WORD_RELATIONAL || w->kind == WORD_ARM;
    return d;
}

/* The agent noun of a name span: its last one ("Kuwait University", "Workers Union"), else the first
 * ("Ministry of Health", "University of Lagos"). */
static u32 noun_inside(const scene *s, u32 first, u32 end) {
    u32 best = NONE;
    for (u32 i = first; i < end; i++) {
        u32 stop = 0, found = scene_match_word(s, &s->lex->agents, i, &stop, NULL);
        if (found != NONE && stop <= end && (best == NONE || stop == end)) {
            best = found;
            if (stop == end) {
                break;
            }
        }
    }
    return best;
}

/* An organisation's name span that no table explains. */
static bool add_named_body(scene *s, u32 first, u32 end) {
    u32 found = noun_inside(s, first, end);
    draft *d = scene_add(s, first, end, MENTION_NAME, DRAFT_BODY);
    if (d == NULL) {
        return false;
    }
    d->name_first = first;
    d->name_end = end;
    u16 role = found == NONE ? SECTOR_NONE : s->lex->words.items[found].sector;
    for (u32 i = first; i < end; i++) {
        if (scene_refer(s, i) == REFER_NOWHERE && role != SECTOR_MIL && role != SECTOR_COP) {
            memcpy(d->m.code.primary, "IGO", 4); /* "the International Labour Office" */
        }
    }
    if (found != NONE) {
        const lexicon_word *w = &s->lex->words.items[found];
        d->word = found;
        d->m.code.sector = w->sector;
        d->m.why = w->why;
        d->borrowed = w->kind == WORD_RELATIONAL || w->kind == WORD_ARM;
    }
    return true;
}

static u32 name_span_end(const scene *s, u32 first) {
    u32 stop = scene_sentence_end(s, first), end = first + 1;
    while (end < stop && report_token(s->r, end)->name == NAME_ORG && !report_token(s->r, end)->name_begins) {
        end++;
    }
    return end;
}

/* A name span holds more than the table's names in it: "Bank of China", "Iran Air". */
static bool is_larger(const scene *s, u32 first, u32 end) {
    u32 inner = s->cover[first];
    if (inner != NONE && scene_draft((scene *)s, inner)->m.end >= end) {
        return false;
    }
    for (u32 i = first; i < end; i++) {
        u32 cover = s->cover[i];
        if (cover != NONE && (scene_draft((scene *)s, cover)->what == DRAFT_BODY || scene_draft((scene *)s, cover)->what == DRAFT_PERSON)) {
            return false;
        }
    }
    return true;
}

static drg_status find_nouns(scene *s, drg_error *error) {
    const report *r = s->r;
    for (u32 i = 0; i < r->tokens.count;) {
        u32 end = i + 1, cover = s->cover[i];
        if (report_token(r, i)->name == NAME_ORG && report_token(r, i)->name_begins) {
            end = name_span_end(s, i);
            u32 stop = i, noun = scene_match_word(s, &s->lex->agents, i, &stop, NULL);
            bool only_noun = noun != NONE && stop >= end; /* "Parliament", "the Supreme Court": a description in capitals */
            if (!only_noun && is_larger(s, i, end)) {
                u32 before = s->drafts.count;
                for (u32 k = i; k < end; k++) { /* "China" in "Bank of China" gives the code, then goes */
                    before = s->cover[k] != NONE && s->cover[k] < before ? s->cover[k] : before;
                }
                u32 inner = before < s->drafts.count ? before : NONE;
                if (!add_named_body(s, i, end)) {
                    return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
                }
                draft *d = scene_draft(s, s->drafts.count - 1);
                if (inner != NONE) {
                    memcpy(d->m.code.primary, scene_draft(s, inner)->m.code.primary, 4);
                    scene_draft(s, inner)->merged = true;
                }
                i = end;
                continue;
            }
        }
        if (cover != NONE && scene_draft(s, cover)->m.kind != MENTION_ADJECTIVE) {
            i = scene_draft(s, cover)->m.end > i ? scene_draft(s, cover)->m.end : i + 1;
            continue;
        }
        bool plural = false;
        u32 found = scene_match_word(s, &s->lex->agents, i, &end, &plural);
        bool fits = found != NONE;
        for (u32 k = i; k < end && fits; k++) {
            fits = s->cover[k] == NONE && report_token(r, k)->name != NAME_PER;
        }
        if (!fits || (!is_noun(s, end - 1) && !is_noun(s, i))) {
            i++;
            continue;
        }
        if (add_noun(s, found, plural, i, end) == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
        }
        i = end;
    }
    return DRG_OK;
}

/* First token of the noun phrase whose noun begins at `noun` and whose head is `head`: what hangs on it
 * to the left, up to a possessive. */
static u32 phrase_first(const scene *s, u32 noun, u32 head) {
    u32 low = scene_sentence_first(s, noun), at = noun;
    while (at > low) {
        const token *t = report_token(s->r, at - 1);
        bool kind = t->upos == UPOS_ADJ || t->upos == UPOS_DET || t->upos == UPOS_NUM || t->upos == UPOS_NOUN || t->upos == UPOS_PROPN ||
                    t->upos == UPOS_PUNCT || t->upos == UPOS_CCONJ || t->upos == UPOS_ADV || t->upos == UPOS_VERB;
        bool hyphen = t->upos == UPOS_PUNCT && scene_is(s, at - 1, "-");
        bool goes_with = (t->deprel == DEPREL_flat || hyphen) && t->head < at && t->head >= low; /* "the Hong Kong government", "a 12-year-old girl" */
        const token *whose = goes_with ? report_token(s->r, t->head) : t;
        bool inside = whose->head != NONE && whose->head >= at && whose->head <= head;
        bool second = t->deprel == DEPREL_flat && t->head != NONE && t->head + 2 == at && t->head > low; /* "Indian and Sri Lankan leaders" */
        const token *word = second ? report_token(s->r, t->head) : t;
        bool joined = word->deprel == DEPREL_conj && (word->upos == UPOS_ADJ || word->upos == UPOS_PROPN) && word->head < at && word->head >= low &&
                      at - 1 - word->head <= 3 && s->cover[word->head] != NONE && report_token(s->r, word->head)->head == head;
        bool modifier = t->deprel == DEPREL_amod || t->deprel == DEPREL_compound || t->deprel == DEPREL_det || t->deprel == DEPREL_nummod ||
                        t->deprel == DEPREL_nmod_desc || t->deprel == DEPREL_advmod || t->deprel == DEPREL_cc || t->deprel == DEPREL_nmod_unmarked ||
                        t->deprel == DEPREL_flat || t->deprel == DEPREL_punct;
        if (!kind || !((inside && modifier && (t->upos != UPOS_PUNCT || hyphen)) || joined)) {
            break;
        }
        at--;
    }
    while (at < noun && (report_token(s->r, at)->upos == UPOS_CCONJ || report_token(s->r, at)->upos == UPOS_PUNCT || (at > low && scene_is(s, at - 1, "-")))) {
        at++; /* "[and] civilians", "Paris[-based] activists" */
    }
    return at;
}

/* "two Hong Kong | democratic activists": a state's name is not counted, so a number before it counts the noun behind it,
 * whatever the tree hangs the name on.  First token of the number, or `first`. */
static u32 counted_first(const scene *s, u32 first) {
    u32 low = scene_sentence_first(s, first), over = first > low ? s->cover[first - 1] : NONE;
    const draft *state = over == NONE ? NULL : scene_draft((scene *)s, over);
    if (state == NULL || state->what != DRAFT_STATE || state->m.end != first || state->m.first == low) {
        return first;
    }
    const token *number = report_token(s->r, state->m.first - 1); /* not "in 1997 | Hong Kong lawyers marched" */
    return number->upos == UPOS_NUM && number->deprel == DEPREL_nummod && number->head >= state->m.first ? state->m.first - 1 : first;
}

/* The noun at `index` only describes a larger one ("army" in "army spokesman"). */
static bool is_folded(const scene *s, u32 index) {
    const draft *d = scene_draft((scene *)s, index);
    const token *t = report_token(s->r, d->m.head);
    bool modifier = t->deprel == DEPREL_compound || t->deprel == DEPREL_amod || t->deprel == DEPREL_nmod_desc;
    u32 larger = t->head < s->r->tokens.count ? s->headed[t->head] : NONE;
    return modifier && larger != NONE && larger != index && t->head >= d->m.end && scene_draft((scene *)s, larger)->m.kind != MENTION_ADJECTIVE;
}

static void settle(scene *s, u32 index) {
    draft *d = scene_draft(s, index);
    u32 noun = d->m.first, head = d->m.head, first = counted_first(s, phrase_first(s, noun, head));
    if (is_folded(s, index)) {
        modifier_apply(s, index, first, noun);
        return; /* its larger noun takes it in */
    }
    u32 start = first;
    if (start > scene_sentence_first(s, noun)) {
        const token *before = report_token(s->r, start - 1);
        d->possessive = before->upos == UPOS_PRON || (before->upos == UPOS_PART && before->deprel == DEPREL_case);
    }
    for (u32 i = first; i < noun; i++) {
        u32 stop, title = scene_match_word(s, &s->lex->titles, i, &stop, NULL);
        d->former |= title != NONE && s->lex->words.items[title].kind == WORD_FORMER;
        d->definite |= report_token(s->r, i)->upos == UPOS_DET && report_form(s->r, i).len >= 3;
    }
    d->definite |= d->possessive;
    u32 name = noun > first ? s->cover[noun - 1] : NONE;
    if (d->what == DRAFT_BODY && name != NONE && name != index && scene_draft(s, name)->what == DRAFT_BODY && scene_has_name(scene_draft(s, name))) {
        bool says_more = d->m.code.sector == SECTOR_NONE && scene_draft(s, name)->m.code.sector != SECTOR_NONE;
        if (scene_draft(s, name)->row != NONE || says_more) { /* not "the National Union party": a party, no union */
            d->m.code = scene_draft(s, name)->m.code; /* "the Hamas movement" is Hamas */
            d->m.why = scene_draft(s, name)->m.why;
        }
        d->row = scene_draft(s, name)->row;
        d->name_first = scene_draft(s, name)->name_first;
        d->name_end = scene_draft(s, name)->name_end;
    }
    modifier_apply(s, index, first, noun);
    d = scene_draft(s, index);
    if (d->former && d->what != DRAFT_BODY) {
        d->m.code.sector = scene_after_office(d->m.code.sector);
    }
    scene_widen(s, index, first, d->m.end);
}

drg_status nominal_find(scene *s, drg_error *error) {
    u32 known = s->drafts.count;
    DRG_TRY(find_nouns(s, error));
    for (u32 i = 0; i < known; i++) { /* "two | Israeli soldiers", "the | State Department" */
        const draft *d = scene_draft(s, i);
        if ((d->what == DRAFT_BODY || d->what == DRAFT_PEOPLE) && !d->merged && is_noun(s, d->m.head)) {
            u32 first = phrase_first(s, d->m.first, d->m.head);
            if (first < d->m.first) {
                scene_widen(s, i, first, d->m.end);
            }
        }
    }
    for (u32 i = s->drafts.count; i-- > known;) {
        if (!scene_draft(s, i)->merged) {
            settle(s, i);
        }
    }
    return DRG_OK;
}
