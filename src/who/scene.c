// SPDX-License-Identifier: Apache-2.0
/* The ground of the who stage: tokens as pieces for table look-up, the tree with its children
 * in order, drafts, and at the end the published mentions.
 *
 *     tokens   the  al  -  Qaeda  leader        pieces   the  al  qaeda  leader
 *
 * Publishing drops what was merged into a larger draft ("Iranian" inside "Iranian Foreign
 * Minister Javad Zarif"), sorts by place, and points mention_at at the heads. */
#include "who/scene.h"

static bool split_tokens(scene *s) {
    report *r = s->r;
    for (u32 i = 0; i < r->tokens.count; i++) {
        u32 found[LEXICON_PIECES];
        s->first_piece[i] = s->pieces.count;
        u32 count = lexicon_split(NULL, &r->words, report_form(r, i), found, LEXICON_PIECES);
        for (u32 k = 0; k < count; k++) {
            piece *slot = list_push(r->memory, &s->pieces);
            if (slot == NULL) {
                return false;
            }
            *slot = (piece){found[k], i};
        }
    }
    s->first_piece[r->tokens.count] = s->pieces.count;
    return true;
}

static void link_children(scene *s) {
    u32 count = s->r->tokens.count;
    for (u32 i = 0; i < count; i++) {
        s->first_child[i] = s->next_child[i] = NONE;
    }
    for (u32 i = count; i-- > 0;) {
        u32 head = report_token(s->r, i)->head;
        if (head < count && head != i) {
            s->next_child[i] = s->first_child[head];
            s->first_child[head] = i;
        }
    }
}

drg_status scene_open(scene *s, const lexicon *lex, report *r, drg_error *error) {
    *s = (scene){.lex = lex, .r = r, .about = r->about, .first_about = r->about, .last_about = r->about};
    u32 count = r->tokens.count;
    s->first_piece = arena_new(r->memory, u32, count + 1);
    s->first_child = arena_new(r->memory, u32, count + 1);
    s->next_child = arena_new(r->memory, u32, count + 1);
    s->cover = arena_new(r->memory, u32, count + 1);
    s->headed = arena_new(r->memory, u32, count + 1);
    if (s->first_piece == NULL || s->first_child == NULL || s->next_child == NULL || s->cover == NULL || s->headed == NULL ||
        !split_tokens(s)) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    link_children(s);
    for (u32 i = 0; i <= count; i++) {
        s->cover[i] = s->headed[i] = NONE;
    }
    return DRG_OK;
}

u32 scene_head(const scene *s, u32 first, u32 end) {
    for (u32 i = first; i < end; i++) {
        const token *t = report_token(s->r, i);
        if ((t->head < first || t->head >= end) && t->upos != UPOS_PUNCT && t->deprel != DEPREL_case && t->deprel != DEPREL_det) {
            return i;
        }
    }
    return end - 1;
}

draft *scene_add(scene *s, u32 first, u32 end, mention_kind kind, draft_kind what) {
    draft *d = list_push(s->r->memory, &s->drafts);
    if (d == NULL) {
        return NULL;
    }
    *d = (draft){.what = (u8)what, .row = NONE, .word = NONE, .second = NONE, .same = NONE, .owner = NONE, .body = NONE};
    d->m = (mention){.first = first, .end = end, .kind = (u8)kind, .entity = NONE, .why = {NONE, 0}};
    d->m.head = scene_head(s, first, end);
    u32 index = scene_index(s, d);
    for (u32 i = first; i < end; i++) {
        s->cover[i] = index;
    }
    s->headed[d->m.head] = index;
    return d;
}

void scene_widen(scene *s, u32 index, u32 first, u32 end) {
    draft *d = scene_draft(s, index);
    for (u32 i = first; i < end; i++) {
        u32 inner = s->cover[i];
        if (inner != NONE && inner != index) {
            draft *other = scene_draft(s, inner);
            other->merged = true;
            if (s->headed[other->m.head] == inner) {
                s->headed[other->m.head] = NONE;
            }
        }
        s->cover[i] = index;
    }
    d->m.first = first;
    d->m.end = end;
    if (s->headed[d->m.head] == index) {
        s->headed[d->m.head] = NONE;
    }
    d->m.head = scene_head(s, first, end);
    s->headed[d->m.head] = index;
}

u32 scene_child(const scene *s, u32 at_token, u64 mask, u32 after) {
    u32 child = after == NONE ? s->first_child[at_token] : s->next_child[after];
    while (child != NONE && !(mask >> report_token(s->r, child)->deprel & 1)) {
        child = s->next_child[child];
    }
    return child;
}

bool scene_is(const scene *s, u32 at_token, const char *word) {
    symbol lower = report_token(s->r, at_token)->lower;
    return lower != NONE && span_eq(symbols_text(&s->r->words, lower), span_of(word));
}

refer_class scene_refer(const scene *s, u32 at_token) {
    u32 at = s->first_piece[at_token];
    if (s->first_piece[at_token + 1] != at + 1 || s->pieces.items[at].symbol == NONE) {
        return REFER_NONE;
    }
    u32 found = map_find(&s->lex->refer, s->pieces.items[at].symbol);
    return found == NONE ? REFER_NONE : (refer_class)found;
}

bool scene_is_joined(const scene *s, u32 at) {
    for (u32 i = s->pieces.items[at].token + 1; i < s->pieces.items[at + 1].token; i++) {
        span form = report_form(s->r, i);
        u32 width, code = form.len > 0 ? utf8_decode(form, 0, &width) : '(';
        if (code != '-' && code != '\'' && code != '.' && code != 0x2019 && (code < 0x2010 || code > 0x2013)) {
            return false;
        }
    }
    return true;
}

u32 scene_find_phrase(const scene *s, const phrase_table *table, const u32 *words, u32 count) {
    u32 found = lexicon_find(table, words, count), key[2 * LEXICON_PIECES + 1];
    if (found != NONE || !table->stems || count >= COUNT_OF(key)) {
        return found;
    }
    span text = symbols_text(&s->r->words, words[count - 1]);
    memcpy(key, words, count * sizeof *words);
    key[count] = PIECE_STEM;
    for (size_t len = text.len; len > 2 && found == NONE; len--) {
        key[count - 1] = symbols_find(&s->lex->known->words, span_cut(text, 0, len));
        found = key[count - 1] == NONE ? NONE : lexicon_find(table, key, count + 1);
    }
    return found;
}

u32 scene_match(const scene *s, const phrase_table *table, u32 at_token, bool inside, u32 *end) {
    u32 at = s->first_piece[at_token], stop = s->first_piece[scene_sentence_end(s, at_token)], words[LEXICON_PIECES];
    if (at >= stop || s->pieces.items[at].token != at_token || s->pieces.items[at].symbol == NONE) {
        return NONE;
    }
    u32 longest = map_find(&table->longest, s->pieces.items[at].symbol), count = 0;
    if (longest == NONE && !table->stems) {
        return NONE;
    }
    longest = longest == NONE ? 1 : longest;
    while (count < longest && at + count < stop && s->pieces.items[at + count].symbol != NONE &&
           (count == 0 || scene_is_joined(s, at + count - 1))) {
        words[count] = s->pieces.items[at + count].symbol;
        count++;
    }
    for (; count > 0; count--) {
        u32 last = s->pieces.items[at + count - 1].token;
        bool whole = at + count == s->first_piece[last + 1];
        if (whole || inside) {
            u32 found = scene_find_phrase(s, table, words, count);
            if (found != NONE) {
                *end = last + 1;
                return found;
            }
        }
    }
    return NONE;
}

static bool begins_upper(span form) {
    u32 width;
    return form.len > 0 && utf8_is_upper(utf8_decode(form, 0, &width));
}

bool scene_is_acronym(span form) {
    u32 letters = 0, width;
    for (size_t at = 0; at < form.len; at += width) {
        u32 code = utf8_decode(form, at, &width);
        if (utf8_is_letter(code)) {
            letters++;
            if (!utf8_is_upper(code)) {
                return false;
            }
        }
    }
    return letters > 0;
}

bool scene_letters_fit(const scene *s, const meaning *of, u32 first, u32 end) {
    if (of->letters == CASE_ANY) {
        return true;
    }
    span form = report_form(s->r, first);
    if (of->letters == CASE_ACRONYM) {
        /* The British write "Nato" and "Unesco", but "Who", "Us" and "Plan" are words. */
        bool word = map_find(&s->lex->nouns, report_token(s->r, first)->lower) != NONE;
        return scene_is_acronym(form) || (end == first + 1 && begins_upper(form) && form.len >= 4 && !word);
    }
    for (u32 i = first; i < end; i++) {
        if (lexicon_case_of(report_form(s->r, i)) != CASE_ANY) { /* also "iSrael": a hasty typist misses by a letter */
            return true;
        }
    }
    return false;
}

u32 scene_match_word(const scene *s, const phrase_table *in, u32 at_token, u32 *end, bool *plural) {
    u32 at = scene_match(s, in, at_token, false, end);
    while (at != NONE && !scene_letters_fit(s, &s->lex->meanings.items[at], at_token, *end)) {
        at = s->lex->meanings.items[at].next;
    }
    if (at == NONE) {
        return NONE;
    }
    if (plural != NULL) {
        *plural = s->lex->meanings.items[at].plural;
    }
    return s->lex->meanings.items[at].row;
}

/* ---------------------------------------------------------------- out */

/* Stable order by first token, the longer before the shorter, by a counting sort over tokens. */
static bool sort_drafts(scene *s, u32 *order, u32 *count) {
    u32 tokens = s->r->tokens.count, *slots = arena_new(s->r->memory, u32, tokens + 2);
    if (slots == NULL) {
        return false;
    }
    *count = 0;
    for (u32 i = 0; i < s->drafts.count; i++) {
        slots[s->drafts.items[i].m.first + 1] += !s->drafts.items[i].merged;
        *count += !s->drafts.items[i].merged;
    }
    for (u32 i = 0; i < tokens; i++) {
        slots[i + 1] += slots[i];
    }
    for (u32 i = 0; i < s->drafts.count; i++) {
        if (!s->drafts.items[i].merged) {
            order[slots[s->drafts.items[i].m.first]++] = i;
        }
    }
    for (u32 i = 1; i < *count; i++) { /* few drafts share a first token */
        for (u32 k = i; k > 0; k--) {
            const mention *a = &s->drafts.items[order[k - 1]].m, *b = &s->drafts.items[order[k]].m;
            if (a->first != b->first || a->end >= b->end) {
                break;
            }
            u32 swap = order[k];
            order[k] = order[k - 1];
            order[k - 1] = swap;
        }
    }
    return true;
}

drg_status scene_sort(scene *s, drg_error *error) {
    s->order = arena_new(s->r->memory, u32, s->drafts.count + 1);
    if (s->order == NULL || !sort_drafts(s, s->order, &s->order_count)) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    return DRG_OK;
}

/* The tree may tear a mention: "19 former opposition <-root- MPs -nsubj-> issued".  Each noun that it hangs
 * somewhere else leads to the mention; in a person's name and title each noun does ("Minister of Health Chen,
 * who ..." hung on "Health"). */
static void point_loose_words(const scene *s, const draft *d, u32 index) {
    bool person = d->what == DRAFT_PERSON && scene_has_name(d);
    for (u32 i = d->m.first; i < d->m.end; i++) {
        const token *t = report_token(s->r, i);
        bool noun = t->upos == UPOS_NOUN || t->upos == UPOS_PROPN, outside = t->head < d->m.first || t->head >= d->m.end;
        if (noun && (outside || (person && s->cover[i] == scene_index(s, d))) && s->r->mention_at[i] == NONE) {
            s->r->mention_at[i] = index;
        }
    }
}

/* Does the name of a body that no table knows stand at `at_token`? */
static bool is_stranger_at(const scene *s, const draft *d, u32 at_token) {
    u32 cover = s->cover[at_token];
    const draft *other = cover == NONE ? NULL : scene_draft((scene *)s, cover);
    bool unknown = other == NULL || other == d || (other->m.code.primary[0] == '\0' && other->m.code.sector == SECTOR_NONE);
    u32 end, known = scene_match(s, &s->lex->names, at_token, true, &end); /* "Labour", of whatever country */
    const token *word = report_token(s->r, at_token);
    bool before_title = word->upos == UPOS_PROPN && word->name != NAME_PER && word->name != NAME_LOC && word->name != NAME_NORP && at_token + 1 == d->m.head; /* "Boeing president" */
    return (word->name == NAME_ORG || before_title) && unknown && known == NONE;
}

/* "[Coors] spokesman Jon Goldman", "a spokesman for [Elf]" */
static bool is_of_stranger(const scene *s, const draft *d) {
    u32 stop = scene_has_name(d) ? d->name_first : d->m.head;
    for (u32 i = d->m.first; i < stop; i++) {
        if (is_stranger_at(s, d, i)) {
            return true;
        }
    }
    for (u32 child = s->first_child[d->m.head]; child != NONE; child = s->next_child[child]) {
        if (report_token(s->r, child)->deprel == DEPREL_nmod && is_stranger_at(s, d, child)) {
            return true;
        }
    }
    return false;
}

/* "A spokesman", "rivals": its word says an office, and nothing says of what. */
static entity_standing standing_of(const scene *s, const draft *d) {
    const lexicon_word *w = d->word == NONE ? NULL : &s->lex->words.items[d->word];
    bool lacks = w != NULL && (d->borrowed || w->kind == WORD_GROUP || w->kind == WORD_BODY);
    if (!lacks || w->firm == FIRM_NEVER || d->m.guess == 0 || d->row != NONE) {
        return STANDING_SURE;
    }
    bool someone = d->what == DRAFT_PERSON || d->what == DRAFT_PEOPLE;
    return someone && is_of_stranger(s, d) ? STANDING_STRANGER : w->firm == FIRM_ALWAYS ? STANDING_OFFICE : STANDING_SURE;
}

/* Somebody's standing is the surest that a description gives. */
static void note_standing(const scene *s) {
    for (u32 round = 0; round < 3; round++) {
        u8 wanted = (u8)(STANDING_STRANGER - round);
        for (u32 i = 0; i < s->order_count; i++) {
            const draft *d = scene_draft((scene *)s, s->order[i]);
            bool tells = d->m.entity != NONE && d->m.kind != MENTION_PRONOUN && (d->word != NONE || d->row != NONE);
            if (tells && standing_of(s, d) == wanted) {
                s->r->entities.items[d->m.entity].standing = wanted;
            }
        }
    }
}

drg_status scene_publish(scene *s, drg_error *error) {
    report *r = s->r;
    note_standing(s);
    for (u32 i = 0; i < s->order_count; i++) {
        const draft *d = scene_draft(s, s->order[i]);
        mention *slot = list_push(r->memory, &r->mentions);
        if (slot == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
        }
        *slot = d->m;
        u32 *at = &r->mention_at[d->m.head];
        if (*at == NONE || r->mentions.items[*at].kind == MENTION_ADJECTIVE) {
            *at = r->mentions.count - 1;
        }
        point_loose_words(s, d, r->mentions.count - 1);
        char code[12];
        span printed = actor_code_print(d->m.code, code);
        report_add_reason(r, STAGE_WHO, d->m.head, r->mentions.count - 1, d->m.why, "%.*s%s", (int)printed.len, printed.ptr,
                          d->m.guess > 0 ? ": country of the context" : "");
    }
    return DRG_OK;
}
