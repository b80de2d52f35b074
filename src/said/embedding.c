// SPDX-License-Identifier: Apache-2.0
/* In: a token that names an event.   Out: whether it is put as done, not done, or still open.
 *
 * The walk goes from the event to the root of its sentence.  At each step the words on the event
 * itself speak first (auxiliaries, negation, adverbs, "if"), then the word that governs it, by its row:
 *
 *     The army did not manage to retake the town.
 *       retake: infinitive under "manage", which is negated: minus of manage/to = denied
 *     The rebels refused to stop shelling the town.
 *       shelling under stop: denied; stop under refuse: denied again = actual
 *     Ministers may agree to meet.
 *       meet under agree: planned; agree has "may": open
 *
 * Adjunct clauses (relatives, "after", "while") are told as facts and end the walk.  The signatures
 * follow R. Nairn, C. Condoravdi, L. Karttunen, "Computing relative polarity for textual inference"
 * (2006) and A. Lotan, A. Stern, I. Dagan, "TruthTeller" (2013). */
#include "said/embedding.h"

#include "base/table.h"
#include "parse/labels.h"

enum { WALK = 16, WORD_ROOM = 64 };
enum { POS_VERB, POS_NOUN, POS_ADJECTIVE, POS_AUX, POS_ADVERB, POS_MARK, POS_PENDING };

static u64 key_of(symbol lemma, u32 pos) { return (u64)lemma << 8 | pos; }

static u32 find_name(const char *const *names, u32 count, span name) {
    for (u32 i = 0; i < count; i++) {
        if (span_eq(span_of(names[i]), name)) {
            return i;
        }
    }
    return NONE;
}

static u8 read_places(table *file, span rest) {
    static const char *const names[] = {
#define NAME_OF(name) #name,
        PLACE_OF_COMPLEMENT_LIST(NAME_OF)};
    u8 bits = 0;
    while (rest.len > 0) {
        span one = span_trim(span_next_field(&rest, ';'));
        u32 position = find_name(names, COUNT_OF(names), one);
        if (span_eq(one, SPAN("any"))) {
            bits = UINT8_MAX;
        } else if (position == NONE) {
            table_complain(file, "unknown complement \"%.*s\": use any, to, ing, bare, clause, object or of", (int)one.len, one.ptr);
        } else {
            bits |= (u8)(1u << position);
        }
    }
    return bits;
}

static bool add_row(embedding_tables *tables, knowledge *k, u64 key, embedding row) {
    u32 first = map_find(&tables->first, key), added = tables->rows.count;
    embedding *item = list_push(&k->memory, &tables->rows);
    if (item == NULL) {
        return false;
    }
    *item = row;
    if (first == NONE) {
        return map_set(&tables->first, key, added);
    }
    while (tables->rows.items[first].next != NONE) {
        first = tables->rows.items[first].next;
    }
    tables->rows.items[first].next = added;
    return true;
}

drg_status embedding_open(embedding_tables *tables, knowledge *k, drg_error *error) {
    static const char *const positions[] = {"verb", "noun", "adjective", "aux", "adverb", "mark", "pending"};
    static const char *const effects[] = {EFFECT_LIST(NAME_OF)};
#undef NAME_OF
    table file;
    map_open(&tables->first, &k->memory);
    DRG_TRY(table_open(&file, k, "lang/en/said/embedding.tsv", error));
    while (table_next(&file)) {
        u32 pos = find_name(positions, COUNT_OF(positions), table_field(&file, "pos"));
        u32 plus = find_name(effects, COUNT_OF(effects), table_field(&file, "plus"));
        u32 minus = find_name(effects, COUNT_OF(effects), table_field(&file, "minus"));
        if (pos == NONE || plus == NONE || minus == NONE) {
            table_complain(&file, "unknown pos or effect: use one of those named at the top of the file");
            continue;
        }
        embedding row = {read_places(&file, table_field(&file, "with")), (u8)plus, (u8)minus, {k->files.count - 1, file.line}, NONE};
        for (span rest = table_field(&file, "words"); rest.len > 0;) {
            span word = span_trim(span_next_field(&rest, ';'));
            if (word.len > 0 && !add_row(tables, k, key_of(symbols_add(&k->words, word), pos), row)) {
                return drg_fail(error, DRG_ERROR_MEMORY, "said", 0, "out of memory");
            }
        }
    }
    tables->to = symbols_add(&k->words, SPAN("to"));
    tables->or = symbols_add(&k->words, SPAN("or"));
    tables->by = symbols_add(&k->words, SPAN("by"));
    tables->question = symbols_add(&k->words, SPAN("?"));
    tables->going = symbols_add(&k->words, SPAN("go"));
    return DRG_OK;
}

/* ------------------------------------------------------------------ looking up */

typedef struct {
    const embedding_tables *tables;
    const tree *t;
    const report *r;
} walk;

static const token *word(const walk *w, u32 index) { return report_token(w->r, index); }

static const embedding *row_of(const walk *w, symbol lemma, u32 pos, u32 position) {
    u32 at = lemma == NONE ? NONE : map_find(&w->tables->first, key_of(lemma, pos));
    while (at != NONE && !(w->tables->rows.items[at].with >> position & 1)) {
        at = w->tables->rows.items[at].next;
    }
    return at == NONE ? NULL : &w->tables->rows.items[at];
}

/* The row of a governing word, its particle joined ("call off"). */
static const embedding *governor_row(const walk *w, u32 head, u32 position) {
    static const u8 positions[UPOS_COUNT] = {[UPOS_NOUN] = POS_NOUN, [UPOS_PROPN] = POS_NOUN, [UPOS_ADJ] = POS_ADJECTIVE};
    u32 pos = word(w, head)->upos == UPOS_VERB || word(w, head)->upos == UPOS_AUX ? POS_VERB : positions[word(w, head)->upos];
    u32 particle = tree_child(w->t, head, DEPREL_compound_prt);
    if (particle != NONE && word(w, head)->lemma != NONE) {
        char buffer[WORD_ROOM];
        span base = symbols_text(&w->r->words, word(w, head)->lemma), tail = symbols_text(&w->r->words, word(w, particle)->lower);
        int len = snprintf(buffer, sizeof buffer, "%.*s_%.*s", (int)base.len, base.ptr, (int)tail.len, tail.ptr);
        bool fits = len > 0 && (size_t)len < sizeof buffer;
        const embedding *row = fits ? row_of(w, symbols_find(&w->r->words, (span){buffer, (size_t)len}), pos, position) : NULL;
        if (row != NULL) {
            return row;
        }
    }
    const embedding *row = row_of(w, word(w, head)->lower, pos, position);
    return row != NULL ? row : row_of(w, word(w, head)->lemma, pos, position);
}

static u32 marker_of(const walk *w, u32 head) {
    TREE_EACH_CHILD(w->t, head, child) {
        if (word(w, child)->deprel == DEPREL_mark || word(w, child)->deprel == DEPREL_case) {
            return child;
        }
    }
    return NONE;
}

static bool is_infinitive(const walk *w, u32 head) {
    TREE_EACH_CHILD(w->t, head, child) {
        if (child < head && word(w, child)->lower == w->tables->to && word(w, child)->deprel == DEPREL_mark) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------ the state and its changes */

static void apply(standing *s, u8 change, u32 at, source_line why) {
    u8 before = s->state;
    bool claimed = s->claimed;
    switch (change) {
        case EFFECT_denied: /* "will not attend", "not planned to attend": it will not be */
            s->state = before == EFFECT_denied ? EFFECT_actual : before == EFFECT_open ? EFFECT_open : EFFECT_denied;
            break;
        case EFFECT_planned:
            s->state = before == EFFECT_actual ? EFFECT_planned : before;
            s->unreal = true;
            break;
        case EFFECT_open:
            s->state = EFFECT_open;
            s->unreal = true;
            break;
        case EFFECT_claimed:
            s->claimed = true;
            break;
        default:
            break;
    }
    if (s->state != before || s->claimed != claimed) {
        s->word = at;
        s->why = why;
    }
}

/* The children that speak on a word itself.  `negation` says whether to count its negation too. */
static void apply_own(const walk *w, u32 at, bool negation, standing *s) {
    TREE_EACH_CHILD(w->t, at, child) {
        const embedding *row = NULL;
        const token *one = word(w, child);
        switch (one->deprel) {
            case DEPREL_aux:
            case DEPREL_aux_pass:
                row = row_of(w, one->lower, POS_AUX, 0);
                row = row != NULL ? row : row_of(w, one->lemma, POS_AUX, 0);
                break;
            case DEPREL_cop: /* "is to visit Rome" */
                row = is_infinitive(w, at) ? row_of(w, one->lower, POS_VERB, COMPLEMENT_to) : NULL;
                break;
            case DEPREL_advmod:
            case DEPREL_det:
            case DEPREL_amod:
            case DEPREL_cc:
            case DEPREL_cc_preconj:
                row = row_of(w, one->lower, POS_ADVERB, 0);
                break;
            case DEPREL_nsubj:
            case DEPREL_nsubj_pass: { /* "no soldiers were hurt", "nobody was hurt" */
                row = row_of(w, one->lower, POS_ADVERB, 0);
                u32 determiner = tree_child(w->t, child, DEPREL_det);
                row = row == NULL && determiner != NONE ? row_of(w, word(w, determiner)->lower, POS_ADVERB, 0) : row;
                break;
            }
            case DEPREL_mark:
            case DEPREL_case:
                row = row_of(w, one->lower, POS_MARK, 0);
                break;
            default:
                break;
        }
        if (row != NULL && (negation || row->plus != EFFECT_denied || one->deprel == DEPREL_mark)) {
            apply(s, row->plus, child, row->where);
        }
    }
}

static bool is_negated(const walk *w, u32 at) {
    standing probe = {.state = EFFECT_actual};
    TREE_EACH_CHILD(w->t, at, child) {
        const token *one = word(w, child);
        bool speaks = one->deprel == DEPREL_advmod || one->deprel == DEPREL_det || one->deprel == DEPREL_cc_preconj;
        u32 determiner = one->deprel == DEPREL_nsubj || one->deprel == DEPREL_nsubj_pass ? tree_child(w->t, child, DEPREL_det) : NONE;
        const embedding *row = speaks ? row_of(w, one->lower, POS_ADVERB, 0) : NULL;
        row = determiner != NONE ? row_of(w, word(w, determiner)->lower, POS_ADVERB, 0) : row;
        if (row != NULL && row->plus == EFFECT_denied) {
            apply(&probe, EFFECT_denied, child, row->where);
        }
    }
    return probe.state == EFFECT_denied;
}

/* ------------------------------------------------------------------ the walk */

/* How `at` hangs under its head: a complement's place, or NONE for adjuncts. */
static u32 place_of(const walk *w, u32 at) {
    const token *one = word(w, at);
    u32 marker = marker_of(w, at);
    switch (one->deprel) {
        case DEPREL_xcomp:
            return is_infinitive(w, at) ? COMPLEMENT_to : one->xpos == XPOS_VBG ? COMPLEMENT_ing : COMPLEMENT_bare;
        case DEPREL_ccomp:
        case DEPREL_csubj:
        case DEPREL_csubj_pass:
            return COMPLEMENT_clause;
        case DEPREL_obj:
        case DEPREL_nsubj_pass:
            return COMPLEMENT_object;
        case DEPREL_acl:
        case DEPREL_advcl:
            return is_infinitive(w, at) ? COMPLEMENT_to : marker != NONE && one->upos == UPOS_VERB ? COMPLEMENT_of : NONE;
        case DEPREL_nmod:
        case DEPREL_obl:
            return marker != NONE ? COMPLEMENT_of : NONE;
        case DEPREL_compound:
            return COMPLEMENT_of;
        default:
            return NONE;
    }
}

/* A deed that a noun names is as real as it is, unless a word takes the noun itself for its object
 * ("plan a visit", "the cancellation of the visit") or lends it a verb ("will hold talks"). */
static bool shields_noun(const walk *w, u32 at, u32 position) {
    u8 tag = word(w, at)->upos, relation = word(w, at)->deprel;
    if (tag != UPOS_NOUN && tag != UPOS_PROPN) {
        return false;
    }
    return position != COMPLEMENT_object && !(relation == DEPREL_nmod && position == COMPLEMENT_of);
}

static bool is_adverbial(const walk *w, u32 at) {
    u8 relation = word(w, at)->deprel;
    return relation == DEPREL_advcl || relation == DEPREL_obl || relation == DEPREL_nmod;
}

/* "will visit Rome and sign the deal": a conjunct in the bare form shares the auxiliary; "have not fled or been jailed": behind
 * "or" a participle does. */
static bool shares_auxiliary(const walk *w, u32 at) {
    bool passive = false, or = false;
    TREE_EACH_CHILD(w->t, at, child) {
        u8 relation = word(w, child)->deprel;
        if (relation == DEPREL_aux || relation == DEPREL_nsubj || relation == DEPREL_nsubj_pass || relation == DEPREL_mark || relation == DEPREL_cop) {
            return false;
        }
        passive |= relation == DEPREL_aux_pass;
        or |= relation == DEPREL_cc && word(w, child)->lower == w->tables->or;
    }
    bool participle = or && word(w, at)->xpos == XPOS_VBN && word(w, word(w, at)->head)->xpos == XPOS_VBN;
    return participle || (!passive && word(w, at)->lower == word(w, at)->lemma);
}

/* "stopped selling arms while demanding reforms": the demand is beside what was stopped, not in it. */
static bool is_told_beside(const walk *w, u32 at) {
    u32 marker = word(w, at)->deprel == DEPREL_advcl ? marker_of(w, at) : NONE;
    const embedding *row = marker != NONE ? row_of(w, word(w, marker)->lower, POS_MARK, 0) : NULL;
    return row != NULL && row->plus == EFFECT_fact;
}

/* "has yet to condemn it" */
static bool is_pending(const walk *w, u32 at, u32 position) {
    bool found = false;
    TREE_EACH_CHILD(w->t, at, child) {
        found |= row_of(w, word(w, child)->lower, POS_PENDING, position) != NULL;
    }
    return found;
}

/* "upset Beijing by defending dissidents"; not "By expelling them, Minsk broke no law": that it did. */
static bool is_means(const walk *w, u32 at, u32 head) {
    u32 marker = word(w, at)->deprel == DEPREL_advcl && at > head ? marker_of(w, at) : NONE;
    return marker != NONE && marker > head && word(w, marker)->lower == w->tables->by && word(w, marker - 1)->upos != UPOS_PUNCT;
}

/* "denied reports that it had shelled the town": whatever the noun takes for granted is denied above it. */
static bool is_denied_above(const walk *w, u32 noun) {
    u32 verb = word(w, noun)->deprel == DEPREL_obj ? word(w, noun)->head : NONE;
    const embedding *row = verb != NONE && word(w, noun)->upos == UPOS_NOUN ? governor_row(w, verb, COMPLEMENT_clause) : NULL;
    return row != NULL && row->plus == EFFECT_denied;
}

/* One step up.  False when the walk ends. */
static bool step(const walk *w, u32 *at, bool *own, standing *s) {
    u32 head = word(w, *at)->head, position = place_of(w, *at);
    if (head >= w->r->tokens.count) {
        return false;
    }
    if (word(w, *at)->deprel == DEPREL_conj) {
        *own = shares_auxiliary(w, *at);
        *at = head;
        return true;
    }
    if (position == NONE || is_told_beside(w, *at) || shields_noun(w, *at, position)) {
        return false;
    }
    const embedding *row = governor_row(w, head, position);
    if (row != NULL && word(w, *at)->deprel == DEPREL_advcl && position == COMPLEMENT_to && row->plus == EFFECT_denied) {
        row = NULL; /* "blocked the road to demand a hearing": an aim, not what was blocked */
    }
    bool negated = is_negated(w, head) || is_pending(w, head, position);
    if (negated && is_means(w, *at, head)) {
        apply(s, EFFECT_denied, head, (source_line){NONE, 0}); /* "would not upset Beijing by defending dissidents" */
        return false;
    }
    if (row == NULL) {
        bool purpose = position == COMPLEMENT_to;
        if (purpose) {
            apply(s, EFFECT_planned, *at, (source_line){NONE, 0});
        }
        bool light = w->r->predicate_at != NULL && w->r->predicate_at[*at] != NONE &&
                     w->r->predicates.items[w->r->predicate_at[*at]].support == head;
        if ((purpose && word(w, *at)->deprel == DEPREL_advcl) || (!light && (is_adverbial(w, *at) || position == COMPLEMENT_object))) {
            return false;
        }
        *own = true;
    } else {
        u8 change = negated ? row->minus : row->plus;
        if (change == EFFECT_fact && is_denied_above(w, head)) {
            *own = false;
            *at = head;
            return true;
        }
        apply(s, change, head, row->where);
        if (change == EFFECT_fact || is_adverbial(w, *at)) {
            return change != EFFECT_fact && position == COMPLEMENT_of && (*at = head, *own = false, true);
        }
        *own = false; /* its negation is used up; its auxiliaries are not */
        apply_own(w, head, false, s);
    }
    *at = head;
    return true;
}

static bool asks(const walk *w, u32 at) {
    const sentence *s = &w->r->sentences.items[word(w, at)->sentence];
    return s->end_token > s->first_token && word(w, s->end_token - 1)->lower == w->tables->question;
}

bool embedding_lacks_object(const embedding_tables *tables, const tree *t, const report *r, u32 at) {
    walk w = {tables, t, r};
    u32 object = tree_child(t, at, DEPREL_obj), determiner = object == NONE ? NONE : tree_child(t, object, DEPREL_det);
    const embedding *row = determiner == NONE ? NULL : row_of(&w, word(&w, determiner)->lower, POS_ADVERB, 0);
    return row != NULL && row->plus == EFFECT_denied;
}

standing embedding_of(const embedding_tables *tables, const tree *t, const report *r, u32 at) {
    walk w = {tables, t, r};
    standing s = {.state = EFFECT_actual, .word = NONE, .why = {NONE, 0}};
    u32 itself = r->predicate_at == NULL ? NONE : r->predicate_at[at];
    bool own = itself == NONE || !(r->predicates.items[itself].flags & PREDICATE_REFUSAL);
    u32 start = at;
    for (u32 steps = 0; steps < WALK; steps++) {
        if (own) {
            apply_own(&w, at, true, &s);
        }
        own = false;
        if (!step(&w, &at, &own, &s)) {
            break;
        }
    }
    s.top = at;
    if (asks(&w, start) && word(&w, at)->head >= r->tokens.count) {
        apply(&s, EFFECT_open, at, (source_line){NONE, 0});
    }
    return s;
}
