// SPDX-License-Identifier: Apache-2.0
/* What speaks for and against an option of link.c.
 *
 *     Baqeri arrived on Thursday.  The Iranian commander met Assad.  [He] ...
 *       he - {Baqeri, the Iranian commander}: one sentence back, subject, male, singular, named
 *       he - {Thursday}: one sentence back, oblique, a time
 *
 * A weight belongs to the kind of the phrase, a feature and its value. */
#include "who/link_state.h"

#include "base/table.h"
#include "parse/labels.h"

#define CLAUSE_STEPS 4 /* open clauses inside each other */

static const struct {
    const char *name;
    u32 values;
} features[] = {
#define LINK_ROW(name, text, values) {text, values},
    LINK_FEATURE_LIST(LINK_ROW)
#undef LINK_ROW
};

enum {
#define LINK_WIDTH(name, text, values) LINK_BEFORE_##name, LINK_LAST_##name = LINK_BEFORE_##name + (values) - 1,
    LINK_FEATURE_LIST(LINK_WIDTH)
#undef LINK_WIDTH
    LINK_VALUES
};

static const u16 offsets[] = {
#define LINK_OFFSET(name, text, values) LINK_BEFORE_##name,
    LINK_FEATURE_LIST(LINK_OFFSET)
#undef LINK_OFFSET
};

u32 link_weight_count(void) { return LINK_VALUES * MARKABLE_KINDS; }

void link_weight_name(u32 id, const char **kind, const char **feature, u32 *value) {
    u32 at = LINK_FEATURE_COUNT, rest = id % LINK_VALUES;
    while (at > 1 && offsets[at - 1] > rest) {
        at--;
    }
    *kind = markable_kind_name(id / LINK_VALUES);
    *feature = features[at - 1].name;
    *value = rest - offsets[at - 1];
}

typedef struct {
    const link_state *l;
    link_option *to;
    u32 kind;
} writer;

static void say(writer w, link_feature feature, u32 value) {
    if (w.to->count < LINK_FEATURES) {
        u32 within = value < features[feature].values ? value : features[feature].values - 1;
        u32 id = w.kind * LINK_VALUES + offsets[feature] + within;
        w.to->features[w.to->count++] = (u16)id;
        w.to->score += w.l->p->s->lex->link_weights[id];
    }
}

/* 0 1 2 3 4-5 6-9 10-19 20-49 50... -> 0 to 8 */
static u32 bucket(u32 distance) {
    static const u8 limits[] = {0, 1, 2, 3, 5, 9, 19, 49};
    u32 at = 0;
    while (at < COUNT_OF(limits) && distance > limits[at]) {
        at++;
    }
    return at;
}

/* ---------------------------------------------------------------- what is known of one phrase */

static const draft *draft_of(const link_state *l, const markable *m) {
    return m->draft == NONE ? NULL : scene_draft((scene *)l->p->s, m->draft);
}

u32 link_code(const link_state *l, const markable *m) {
    const draft *d = draft_of(l, m);
    bool coded = d != NULL && !m->joined && d->m.code.primary[0] != '\0' && d->m.code.primary[0] != '-' && d->second == NONE;
    if (!coded || d->what == DRAFT_REFER || d->what == DRAFT_PAIR) {
        return 0;
    }
    u32 role = d->m.code.sector < SECTOR_OWN ? d->m.code.sector : SECTOR_OWN + d->m.code.sector % 63u; /* seven bits */
    u32 what = d->what == DRAFT_STATE ? (u32)SECTOR_COUNT + DRAFT_STATE : role;
    u32 letters = (u32)(d->m.code.primary[0] - 'A') << 10 | (u32)(d->m.code.primary[1] - 'A') << 5 | (u32)(d->m.code.primary[2] - 'A');
    return (letters & 0x7FFF) << 8 | what << 1 | 1u;
}

static u32 sentence_of(const link_state *l, const markable *m) { return report_token(l->p->s->r, m->head)->sentence; }

u32 link_speaker(const link_state *l, const markable *m) {
    u32 speaker = l->p->s->speaker[sentence_of(l, m)];
    return speaker == NONE ? NONE : l->p->at[speaker];
}

/* What the phrase says more than its noun: 1 words before it, 2 a phrase behind, 4 a clause behind, 8 a name or number. */
static u32 shape_of(const link_state *l, const markable *m) {
    const scene *s = l->p->s;
    u32 shape = 0;
    for (u32 i = m->first; i < m->head; i++) {
        const token *t = report_token(s->r, i);
        shape |= link_is_content(t) ? 1u : 0;
        shape |= t->upos == UPOS_PROPN || t->upos == UPOS_NUM ? 8u : 0;
    }
    shape |= scene_child(s, m->head, RELATION(nmod), NONE) != NONE ? 2u : 0;
    shape |= scene_child(s, m->head, RELATION(acl) | RELATION(acl_relcl), NONE) != NONE ? 4u : 0;
    return shape;
}

/* ---------------------------------------------------------------- a phrase and a chain */

static bool has_word(const link_state *l, u32 chain, symbol word) {
    return word != NONE && map_find(&l->words, (u64)chain << 32 | word) != NONE;
}

/* 0 other noun, 1 same noun and nothing new, 2 same noun with new words, 3 the chain has the noun elsewhere,
 * 4 the very same words, 5 neither has a noun, 6 same noun, words that the chain has, 7 same noun, either has words of its own. */
static u32 noun_match(const link_state *l, const markable *m, const link_chain *c, u32 chain) {
    const markable *last = &l->p->list.items[c->last], *first = &l->p->list.items[c->first];
    if (m->kind <= MARKABLE_THIS || m->joined) {
        return 5;
    }
    bool head = m->noun != NONE && (m->noun == last->noun || m->noun == first->noun || has_word(l, chain, m->noun));
    if (!head) {
        return 0;
    }
    u32 own = 0, shared = 0;
    for (u32 i = m->first; i < m->head; i++) {
        const token *t = report_token(l->p->s->r, i);
        if (link_is_content(t)) {
            own++;
            shared += has_word(l, chain, t->lower);
        }
    }
    if (shared < own) {
        u32 theirs = 0;
        for (u32 i = last->first; i < last->head; i++) {
            theirs += link_is_content(report_token(l->p->s->r, i));
        }
        return theirs > shared ? 7 : 2;
    }
    bool direct = (m->noun == last->noun && !last->joined) || (m->noun == first->noun && !first->joined);
    if (!direct) {
        return 3;
    }
    bool same_words = last->end - last->first == m->end - m->first;
    for (u32 i = 0; i < m->end - m->first && same_words; i++) {
        same_words = report_token(l->p->s->r, m->first + i)->lower == report_token(l->p->s->r, last->first + i)->lower;
    }
    return same_words ? 4 : own > 0 ? 6 : 1;
}

/* Pieces of the bare name. */
static u32 name_pieces(const link_state *l, const markable *m, u32 *pieces) {
    const scene *s = l->p->s;
    u32 count = 0;
    for (u32 i = s->first_piece[m->name_first]; i < s->first_piece[m->name_end] && count < LEXICON_PIECES; i++) {
        if (s->pieces.items[i].symbol != NONE) {
            pieces[count++] = s->pieces.items[i].symbol;
        }
    }
    return count;
}

static u32 count_shared(const u32 *few, u32 few_count, const u32 *many, u32 many_count) {
    u32 shared = 0;
    for (u32 i = 0; i < few_count; i++) {
        for (u32 k = 0; k < many_count; k++) {
            if (few[i] == many[k]) {
                shared++;
                break;
            }
        }
    }
    return shared;
}

/* 0 no names to compare, 1 same, 2 part of the chain's with its last word, 3 part otherwise, 4 the chain's is part of it,
 * 5 last word alone shared, 6 some word shared, 7 nothing shared, 8 acronym. */
static u32 name_match(const link_state *l, const markable *m, const link_chain *c) {
    if (!link_is_name(m) || c->name == NONE) {
        return 0;
    }
    const markable *other = &l->p->list.items[c->name];
    u32 mine[LEXICON_PIECES], theirs[LEXICON_PIECES], count = name_pieces(l, m, mine), their_count = name_pieces(l, other, theirs);
    if (count == 0 || their_count == 0) {
        return 0;
    }
    u32 shared = count_shared(mine, count, theirs, their_count);
    bool last = mine[count - 1] == theirs[their_count - 1];
    if (shared == count) {
        return count == their_count ? 1 : last ? 2 : 3;
    }
    if (count_shared(theirs, their_count, mine, count) == their_count) {
        return 4;
    }
    if (shared > 0) {
        return last ? 5 : 6;
    }
    const markable *brief = count == 1 ? m : other, *full = count == 1 ? other : m;
    span form = report_form(l->p->s->r, brief->name_first);
    u32 matched = 0;
    for (u32 i = full->name_first; i < full->name_end; i++) {
        span word = report_form(l->p->s->r, i);
        matched += matched < form.len && word.len > 0 && word.ptr[0] == form.ptr[matched] && ascii_is_upper(word.ptr[0]);
    }
    return form.len > 1 && matched == form.len && brief->name_end == brief->name_first + 1 ? 8 : 7;
}

/* 0 unknown, 1 agree, 2 disagree, 3 either. */
static u32 number_match(const markable *m, const link_chain *c) {
    bool open = (!m->plural && !m->singular) || (!c->plural && !c->singular);
    return open ? 3 : (m->plural && c->plural) || (m->singular && c->singular) ? 1 : 2;
}

static u32 gender_match(const markable *m, const link_chain *c) {
    return m->gender == '\0' && c->gender == '\0' ? 0 : m->gender == '\0' || c->gender == '\0' ? 3 : m->gender == c->gender ? 1 : 2;
}

/* 0 both unknown, 1 same, 2 different, 3 one unknown, 4 group and place, which stand for each other. */
static u32 class_match(const markable *m, const link_chain *c) {
    if (m->class == NOUN_NONE || c->class == NOUN_NONE) {
        return m->class == c->class ? 0 : 3;
    }
    bool near = (m->class == NOUN_GROUP && c->class == NOUN_PLACE) || (m->class == NOUN_PLACE && c->class == NOUN_GROUP);
    return m->class == c->class ? 1 : near ? 4 : 2;
}

/* 0 no code, 1 the same, 2 same country, other sector, 3 other country, 4 one has none; 5 state and its government. */
static u32 code_match(u32 mine, u32 theirs) {
    if (mine == 0 || theirs == 0) {
        return mine == theirs ? 0 : 4;
    }
    bool country = link_country(mine) == link_country(theirs);
    return mine == theirs ? 1 : country ? 2 : 3;
}

static bool is_argument(const markable *m) {
    return m->role == MARKABLE_SUBJECT || m->role == MARKABLE_PASSIVE || m->role == MARKABLE_OBJECT || m->role == MARKABLE_OBLIQUE;
}

/* The verb whose subject does what verb `at` tells: of "acted to defend its rights" the first. */
static u32 clause_of(const scene *s, u32 at) {
    for (u32 steps = 0; at != NONE && steps < CLAUSE_STEPS; steps++) {
        u8 relation = report_token(s->r, at)->deprel;
        bool open = relation == DEPREL_xcomp || (relation == DEPREL_advcl && report_token(s->r, at)->xpos == XPOS_VB);
        if (!open || scene_child(s, at, RELATION(nsubj) | RELATION(nsubj_pass), NONE) != NONE) {
            return at;
        }
        at = report_token(s->r, at)->head;
    }
    return at;
}

/* 0 none, 1 apposition, 2 predicate, 3 inside it, 4 in its relative clause, 5 arguments of one verb, 6 conjuncts,
 * 7 its owner is an argument of the same verb, 8 the conjunction it is part of. */
static u32 tree_between(const link_state *l, u32 index, const link_chain *c, u32 chain) {
    const scene *s = l->p->s;
    const markable *m = &l->p->list.items[index], *last = &l->p->list.items[c->last];
    if (l->beside != NONE && l->p->list.items[l->beside].chain == chain) {
        return report_token(s->r, m->head)->deprel == DEPREL_appos ? 1 : 2;
    }
    for (u32 i = l->depth; i-- > 0;) {
        const markable *outer = &l->p->list.items[l->inside[i]];
        if (l->inside[i] == index || outer->chain != chain || outer->end < m->end) {
            continue;
        }
        u32 clause = scene_child(s, outer->head, RELATION(acl_relcl) | RELATION(appos), NONE);
        return outer->joined ? 8 : clause != NONE && clause < m->head ? 4 : 3;
    }
    u32 governor = report_token(s->r, m->head)->head, other = report_token(s->r, last->head)->head;
    if (report_token(s->r, m->head)->deprel == DEPREL_conj && governor == last->head) {
        return 6;
    }
    if (other != governor && m->role == MARKABLE_POSSESSOR && governor < s->r->tokens.count && other == clause_of(s, report_token(s->r, governor)->head)) {
        return 7;
    }
    return governor == other && is_argument(m) && is_argument(last) ? 5 : 0;
}

/* Numerals among the words before the noun: 1 agree, 2 differ. */
static u32 numeral_match(const link_state *l, const markable *m, const link_chain *c) {
    const markable *last = &l->p->list.items[c->last];
    symbol mine = NONE, theirs = NONE;
    for (u32 i = m->first; i < m->head; i++) {
        mine = report_token(l->p->s->r, i)->upos == UPOS_NUM ? report_token(l->p->s->r, i)->lower : mine;
    }
    for (u32 i = last->first; i < last->head; i++) {
        theirs = report_token(l->p->s->r, i)->upos == UPOS_NUM ? report_token(l->p->s->r, i)->lower : theirs;
    }
    return mine == NONE || theirs == NONE ? 0 : mine == theirs ? 1 : 2;
}

static void describe_new(writer w, const link_state *l, const markable *m) {
    u32 seen = m->kind <= MARKABLE_THIS ? 3 : 0;
    for (u32 i = 1; i < l->count && seen < 2; i++) {
        const link_chain *c = &l->chains.items[l->options[i].chain];
        u32 found = link_is_name(m) ? name_match(l, m, c) : noun_match(l, m, c, l->options[i].chain);
        bool same = link_is_name(m) ? found == 1 : found == 4 || found == 6;
        seen = same ? 2 : found > 0 && found != 7 ? 1 : seen;
    }
    say(w, LINK_NEW, 0);
    say(w, LINK_NEW_CLASS, m->class);
    say(w, LINK_NEW_ROLE, m->role);
    say(w, LINK_NEW_SEEN, seen);
    say(w, LINK_NEW_SHAPE, shape_of(l, m));
    say(w, LINK_NEW_SENTENCE, sentence_of(l, m));
    say(w, LINK_NEW_NUMBER, m->plural ? 1 : m->singular ? 2 : 0);
}

static void describe_words(writer w, const link_state *l, const markable *m, const link_chain *c, u32 chain, u32 far) {
    const markable *last = &l->p->list.items[c->last];
    u32 noun = noun_match(l, m, c, chain), name = name_match(l, m, c), code = code_match(link_code(l, m), c->code);
    say(w, LINK_NOUN, noun);
    say(w, LINK_NOUN_FAR, noun * 5 + (far < 2 ? far : far < 5 ? 2 : far < 7 ? 3 : 4));
    say(w, LINK_NOUN_KIND, noun * 16 + last->kind);
    say(w, LINK_NAME, name);
    say(w, LINK_NAME_CLASS, name * 3 + (c->class == NOUN_PERSON ? 0 : c->class == NOUN_PLACE ? 1 : 2));
    say(w, LINK_CODE, code);
    say(w, LINK_NUMERAL, numeral_match(l, m, c));
    if (noun != 0) {
        say(w, LINK_MODIFIED, shape_of(l, m));
    }
}

void link_describe(link_state *l, u32 index, link_option *option) {
    const markable *m = &l->p->list.items[index];
    writer w = {l, option, m->kind};
    option->count = 0;
    option->score = 0;
    if (option->chain == NONE) {
        describe_new(w, l, m);
        return;
    }
    const link_chain *c = &l->chains.items[option->chain];
    const markable *last = &l->p->list.items[c->last], *first = &l->p->list.items[c->first];
    u32 here = sentence_of(l, m), there = sentence_of(l, last), far = bucket(here > there ? here - there : there - here);
    u32 gap = index > c->last ? index - c->last - 1 : c->last - index - 1;
    say(w, LINK_SENTENCES, far);
    say(w, LINK_GAP, bucket(gap));
    say(w, LINK_KIND, last->kind);
    say(w, LINK_FIRST_KIND, first->kind);
    say(w, LINK_ROLE, last->role * 4 + (far < 3 ? far : 3));
    say(w, LINK_PARALLEL, last->role != m->role ? 0 : m->role == MARKABLE_SUBJECT ? 1 : 2);
    say(w, LINK_NUMBER, number_match(m, c));
    say(w, LINK_GENDER, gender_match(m, c));
    say(w, LINK_CLASS, c->class);
    say(w, LINK_CLASSES, class_match(m, c));
    say(w, LINK_SIZE, c->count > 8 ? 4 : c->count > 4 ? 3 : c->count > 2 ? 2 : c->count - 1);
    say(w, LINK_TREE, tree_between(l, index, c, option->chain));
    say(w, LINK_QUOTE, (u32)m->quoted * 2 + last->quoted);
    say(w, LINK_OPENED, sentence_of(l, first));
    say(w, LINK_NAMED, c->name != NONE ? 1 : (c->kinds >> (MARKABLE_THIS + 1)) == 0 ? 2 : 0);
    if (link_is_speaking(m)) {
        u32 speaker = link_speaker(l, m);
        say(w, LINK_SPEAKER, speaker == NONE ? 0 : l->p->list.items[speaker].chain == option->chain ? 1 : 2);
    }
    if (m->kind > MARKABLE_THIS) {
        describe_words(w, l, m, c, option->chain, far);
    }
}

static bool read_row(lexicon *lex, const table *t) {
    span kind = table_field(t, "kind"), feature = table_field(t, "feature"), rest = table_field(t, "weights");
    u32 k = 0, f = 0;
    while (k < MARKABLE_KINDS && !span_eq(kind, span_of(markable_kind_name(k)))) {
        k++;
    }
    while (f < LINK_FEATURE_COUNT && !span_eq(feature, span_of(features[f].name))) {
        f++;
    }
    bool fine = k < MARKABLE_KINDS && f < LINK_FEATURE_COUNT;
    for (u32 i = 0; fine && i < features[f].values; i++) {
        fine = span_whole_number(span_next_field(&rest, ' '), &lex->link_weights[k * LINK_VALUES + offsets[f] + i]);
    }
    return fine && rest.len == 0;
}

drg_status link_open(lexicon *lex, drg_error *error) {
    table t;
    lex->link_weights = arena_new(&lex->known->memory, i32, link_weight_count());
    if (lex->link_weights == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    DRG_TRY(table_open(&t, lex->known, "lang/en/who/links.tsv", error));
    while (table_next(&t)) {
        if (!read_row(lex, &t)) {
            table_complain(&t, "no such kind or feature, or another number of weights: the rows are written by dragoman-train links");
        }
    }
    return DRG_OK;
}
