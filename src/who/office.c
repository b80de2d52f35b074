// SPDX-License-Identifier: Apache-2.0
/* Offices that do not agree: one person, two of them.
 *
 *     body      Foreign Minister Ana Silva signed ...        caption   Finance Minister Silva at the signing
 *       contradiction: Ana Silva, "Foreign Minister" but "Finance Minister"
 *
 * In: the persons of the body with the titles before their names, and the captions, which no other
 * stage reads.  Out: report.conflicts, and the first office before a person's name as the title.  Two offices disagree when their words differ, none is part
 * of the other, and they either lie in different sectors or have the same noun; a former office
 * disagrees with nothing. */
#include "who/chain.h"

#define TITLE_PIECES 8
#define STEPS 6 /* titles and adjectives before a name, at most */

typedef struct {
    u32 symbol;
    range text; /* bytes of report.text */
    bool upper;
} caption_piece;

typedef struct {
    u32 word;   /* lexicon word */
    range text; /* bytes of report.text */
} office;

/* ---------------------------------------------------------------- the body's offices */

static bool is_office(const lexicon *lex, u32 word) { return word != NONE && lex->words.items[word].kind == WORD_OFFICE; }

static bool contains(span whole, span part) {
    for (size_t at = 0; at + part.len <= whole.len; at++) {
        if (span_eq(span_cut(whole, at, at + part.len), part)) {
            return true;
        }
    }
    return false;
}

static bool disagree(const lexicon *lex, u32 one, u32 other) {
    const lexicon_word *a = &lex->words.items[one], *b = &lex->words.items[other];
    bool apart = one != other && !contains(a->text, b->text) && !contains(b->text, a->text);
    return apart && (a->sector != b->sector || a->noun == b->noun);
}

static bool add_conflict(trail *t, u32 person, range first, range other) {
    report *r = t->s->r;
    office_conflict *slot = list_push(r->memory, &r->conflicts);
    if (slot != NULL) {
        *slot = (office_conflict){person, first, other};
    }
    return slot != NULL;
}

/* "Sudanese [Foreign Minister] Ana Silva": without what stands before the office. */
static span office_words(const scene *s, const draft *d) {
    span words = s->lex->words.items[d->word].text;
    u32 count = 1, most = d->name_first - d->m.first;
    for (size_t i = 0; i < words.len; i++) {
        count += words.ptr[i] == ' ';
    }
    u32 first = d->name_first - (count < most ? count : most);
    return report_cut(s->r, (range){report_token(s->r, first)->text.start, report_token(s->r, d->name_first - 1)->text.end});
}

/* Notes the first office of each named person; a later one that disagrees is a conflict. */
static bool read_body(trail *t, office *known) {
    scene *s = t->s;
    for (u32 i = 0; i < s->order_count; i++) {
        const draft *d = scene_draft(s, s->order[i]);
        bool titled = d->what == DRAFT_PERSON && scene_has_name(d) && d->name_first > d->m.first && d->m.entity != NONE;
        if (!titled || d->former || !is_office(s->lex, d->word)) {
            continue;
        }
        u32 first = d->m.first;
        while (first + 1 < d->name_first && report_token(s->r, first)->upos == UPOS_ADV) {
            first++; /* "[later] Finance Minister Silva" */
        }
        office here = {d->word, {report_token(s->r, first)->text.start, report_token(s->r, d->name_first - 1)->text.end}};
        office *before = &known[d->m.entity];
        if (before->word == NONE) {
            *before = here;
            s->r->entities.items[d->m.entity].title = office_words(s, d);
        } else if (disagree(s->lex, before->word, here.word) && !add_conflict(t, d->m.entity, before->text, here.text)) {
            return false;
        }
    }
    return true;
}

/* ---------------------------------------------------------------- captions */

static bool is_blank_at(span text, size_t at) { return at >= text.len || ascii_is_space((unsigned char)text.ptr[at]); }

/* The caption's words as pieces; a comma or stop ends what belongs together. */
static u32 split_caption(const report *r, range at, caption_piece *pieces) {
    u32 count = 0;
    for (size_t i = at.start; i < at.end;) {
        size_t end = i;
        while (end < at.end && !is_blank_at(r->text, end)) {
            end++;
        }
        u32 found[LEXICON_PIECES], width, made = lexicon_split(&r->words, NULL, span_cut(r->text, i, end), found, LEXICON_PIECES);
        for (u32 k = 0; k < made; k++) {
            pieces[count++] = (caption_piece){found[k], {(u32)i, (u32)end}, utf8_is_upper(utf8_decode(r->text, i, &width))};
        }
        bool stop = end > i && (r->text.ptr[end - 1] == ',' || r->text.ptr[end - 1] == '.' || r->text.ptr[end - 1] == ';' || r->text.ptr[end - 1] == ':');
        if (stop) {
            pieces[count++] = (caption_piece){NONE, {(u32)end, (u32)end}, false};
        }
        i = end + (end == i);
    }
    return count;
}

/* The longest phrase of `table` that ends right before `end`: its first piece, or NONE. */
static u32 phrase_before(const phrase_table *table, const caption_piece *pieces, u32 end, u32 *meaning_at) {
    u32 words[TITLE_PIECES];
    for (u32 length = end < TITLE_PIECES ? end : TITLE_PIECES; length > 0; length--) {
        for (u32 i = 0; i < length; i++) {
            words[i] = pieces[end - length + i].symbol;
        }
        u32 found = lexicon_find(table, words, length);
        if (found != NONE) {
            *meaning_at = found;
            return end - length;
        }
    }
    return NONE;
}

/* The office before a name that begins at `name`; its text takes in the adjective before it ("Iranian"). */
static office office_before(const lexicon *lex, const caption_piece *pieces, u32 name) {
    office found = {.word = NONE};
    u32 at = name;
    for (u32 step = 0; step < STEPS && at > 0; step++) {
        u32 meaning_at, start = phrase_before(&lex->titles, pieces, at, &meaning_at);
        u32 word = start == NONE ? NONE : lex->meanings.items[meaning_at].row;
        if (word == NONE && found.word != NONE) {
            start = phrase_before(&lex->names, pieces, at, &meaning_at);
            bool country = start != NONE && lex->rows.items[lex->meanings.items[meaning_at].row].kind <= ROW_REGION;
            found.text.start = country ? pieces[start].text.start : found.text.start;
            return found;
        }
        if (word == NONE || lex->words.items[word].kind == WORD_FORMER) {
            return word == NONE ? found : (office){.word = NONE};
        }
        if (found.word == NONE && is_office(lex, word)) {
            found = (office){word, {pieces[start].text.start, pieces[at - 1].text.end}};
        }
        at = start;
    }
    return found;
}

/* Where the name that ends with piece `last` begins. */
static u32 name_begin(const trail *t, u32 person, const caption_piece *pieces, u32 last) {
    u32 known[LEXICON_PIECES], count = 0, name = t->entities.items[person].name_draft, at = last;
    count = name == NONE ? 0 : chain_name_pieces(t->s, scene_draft(t->s, name), known);
    for (bool part = true; at > 0 && part;) {
        part = false;
        for (u32 i = 0; i < count && !part; i++) {
            part = pieces[at - 1].symbol == known[i];
        }
        at -= part;
    }
    return at;
}

static bool read_caption(trail *t, range at, const office *known) {
    report *r = t->s->r;
    caption_piece *pieces = arena_new(r->memory, caption_piece, 2 * (size_t)(at.end - at.start) + 2);
    if (pieces == NULL) {
        return false;
    }
    u32 count = split_caption(r, at, pieces);
    for (u32 i = 1; i < count; i++) {
        u32 e = pieces[i].upper && pieces[i].symbol != NONE ? trail_find(t, KEY_SURNAME, &pieces[i].symbol, 1) : NONE;
        if (e == NONE || known[e].word == NONE) {
            continue;
        }
        office here = office_before(t->s->lex, pieces, name_begin(t, e, pieces, i));
        if (here.word != NONE && disagree(t->s->lex, known[e].word, here.word) && !add_conflict(t, e, known[e].text, here.text)) {
            return false;
        }
    }
    return true;
}

bool chain_compare_offices(trail *t) {
    report *r = t->s->r;
    office *known = arena_new(r->memory, office, r->entities.count + 1);
    for (u32 i = 0; known != NULL && i < r->entities.count; i++) {
        known[i].word = NONE;
    }
    bool fine = known != NULL && read_body(t, known);
    for (u32 i = 0; i < r->blocks.count && fine; i++) {
        fine = r->blocks.items[i].kind != BLOCK_CAPTION || read_caption(t, r->blocks.items[i].text, known);
    }
    return fine;
}
