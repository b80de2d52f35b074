// SPDX-License-Identifier: Apache-2.0
/* The clause layer turns surface into predicates with arguments, so that a frame is written once
 * and holds for every voice:
 *
 *     Rebels shelled the town.                          shell  SUBJECT rebels  OBJECT town
 *     The town was shelled by rebels.                   shell  SUBJECT rebels  OBJECT town
 *     Rebels who shelled the town fled.                 shell  SUBJECT rebels  OBJECT town
 *     Rebels threatened to shell the town.              shell  SUBJECT rebels  OBJECT town (inherited)
 *     Kyiv accused rebels of shelling the town.         shell  SUBJECT rebels  OBJECT town (object control)
 *     Rebels carried out a shelling of the town.        shelling SUBJECT rebels (light verb)  of town
 *     the rebels' shelling of the town                  shelling POSSESSOR rebels  of town
 *
 * Three passes over the tokens, none recursive: (1) find predicates and their own arguments and
 * flags; (2) hang each predicate under its governor; (3) in text order of governors, hand down
 * subjects by control, coordination and light verbs. */
#include "what/clause.h"

#include "base/table.h"
#include "parse/labels.h"
#include "what/flags.h"
#include "what/inflection.h"
#include "what/inherit.h"
#include "what/stray.h"

static const char *const class_names[CLASS_COUNT] = {
    "negation",  "modal",         "future",   "condition", "purpose",    "light", "object_control",
    "partitive", "passive_light", "go_under", "time_noun", "message", "measure", "relative", "perfect",   "progressive", "preposition", "reported_future", "content_noun", "under", "inner", "phrasal", "naming", "idiom", "shared", "terror", "cause", "ground", "aimed", "judging", "firing", "wish", "peer", "setting", "scheduled", "each", "other"};

_Static_assert(CLASS_COUNT <= 64, "a word's classes are the bits of a u64");

drg_status clause_open(clause_tables *tables, knowledge *k, drg_error *error) {
    table file;
    *tables = (clause_tables){0};
    map_open(&tables->classes, &k->memory);
    DRG_TRY(table_open(&file, k, "lang/en/clause.tsv", error));
    while (table_next(&file)) {
        u32 class = 0;
        while (class < CLASS_COUNT && !span_eq(table_field(&file, "class"), span_of(class_names[class]))) {
            class ++;
        }
        if (class == CLASS_COUNT) {
            table_complain(&file, "unknown class: use one of those named at the top of the file");
            continue;
        }
        for (span rest = table_field(&file, "words"); rest.len > 0;) {
            symbol word = symbols_add(&k->words, span_trim(span_next_field(&rest, ';')));
            u32 at = map_find(&tables->classes, word);
            if (at == NONE) {
                at = tables->sets.count;
                if (list_push(&k->memory, &tables->sets) == NULL || !map_set(&tables->classes, word, at)) {
                    return drg_fail(error, DRG_ERROR_MEMORY, "clause", 0, "out of memory");
                }
            }
            tables->sets.items[at] |= (u64)1 << class;
        }
    }
    tables->by = symbols_add(&k->words, SPAN("by"));
    tables->or = symbols_add(&k->words, SPAN("or"));
    tables->before = symbols_add(&k->words, SPAN("before"));
    tables->of = symbols_add(&k->words, SPAN("of"));
    tables->to = symbols_add(&k->words, SPAN("to"));
    tables->in = symbols_add(&k->words, SPAN("in"));
    tables->up = symbols_add(&k->words, SPAN("up"));
    tables->with = symbols_add(&k->words, SPAN("with"));
    tables->between = symbols_add(&k->words, SPAN("between"));
    tables->from = symbols_add(&k->words, SPAN("from"));
    return DRG_OK;
}

bool clause_word_is(const clause_tables *tables, symbol lemma, clause_class class) {
    u32 at = lemma == NONE ? NONE : map_find(&tables->classes, lemma);
    return at != NONE && (tables->sets.items[at] >> class & 1);
}

typedef clause_work work;

static void add_argument(work *w, argument_role role, symbol preposition, u32 head, bool inherited) {
    stray_add_argument(w, (argument){(u8)role, inherited, preposition, head});
}

static const token *at(const work *w, u32 index) { return report_token(w->r, index); }

/* A relative pronoun stands for the noun its clause hangs on. */
static u32 antecedent(const work *w, u32 head) {
    const token *word = at(w, head);
    if (word->upos != UPOS_PRON && word->upos != UPOS_DET) {
        return head;
    }
    u32 clause = word->head;
    for (u32 steps = 0; clause != NONE && steps < 4; steps++, clause = at(w, clause)->head) {
        if (at(w, clause)->deprel == DEPREL_acl_relcl) {
            bool relative = clause_word_is(w->tables, word->lower, CLASS_RELATIVE);
            return relative && at(w, clause)->head != NONE ? at(w, clause)->head : head;
        }
    }
    return head;
}

/* "called the bishops terrorists": a noun that the tree takes for an owner, without the mark of one, is the
 * first of two objects; so are many, of whom it makes a compound: "called Western leaders liars". */
static u32 bare_owner(const work *w, u32 object) {
    u32 owner = tree_child(w->t, object, DEPREL_nmod_poss), many = tree_child(w->t, object, DEPREL_compound), verb = at(w, object)->head;
    bool named = owner == NONE && many != NONE && verb != NONE && verb < many && many < object && clause_word_is(w->tables, at(w, verb)->lemma, CLASS_NAMING);
    if (named && (at(w, many)->xpos == XPOS_NNS || at(w, many)->xpos == XPOS_NNPS)) {
        return many;
    }
    bool noun = owner != NONE && (at(w, owner)->upos == UPOS_NOUN || at(w, owner)->upos == UPOS_PROPN);
    return noun && tree_child(w->t, owner, DEPREL_case) == NONE ? owner : NONE;
}

/* "attacked chief minister Oduya for the raid" with two subjects in the tree: behind a verb that has one before
 * it and no object stands its object. */
static bool is_second_subject(const work *w, u32 verb, u32 child) {
    u32 first = tree_child(w->t, verb, DEPREL_nsubj);
    return child > verb && at(w, child)->deprel == DEPREL_nsubj && first < verb && tree_child(w->t, verb, DEPREL_obj) == NONE;
}

static void collect_verb_arguments(work *w, u32 verb, u32 flags) {
    bool passive = flags & PREDICATE_PASSIVE;
    bool has_object = tree_child(w->t, verb, DEPREL_obj) != NONE;
    bool has_subject = tree_child(w->t, verb, DEPREL_nsubj) != NONE || (flags & PREDICATE_INFINITIVE);
    TREE_EACH_CHILD(w->t, verb, child) {
        switch (at(w, child)->deprel) {
            case DEPREL_vocative: /* "Kone, who had always wanted his day in court, denies it" */
            case DEPREL_dislocated:
                if (child < verb && !has_subject) {
                    add_argument(w, ROLE_SUBJECT, NONE, child, false);
                }
                break;
            case DEPREL_nsubj:
            case DEPREL_nsubj_outer:
            case DEPREL_csubj:
                add_argument(w, is_second_subject(w, verb, child) ? ROLE_OBJECT : ROLE_SUBJECT, NONE, antecedent(w, child), false);
                break;
            case DEPREL_nsubj_pass:
                if (!passive) {
                    add_argument(w, ROLE_SUBJECT, NONE, antecedent(w, child), false);
                    break;
                }
                add_argument(w, has_object ? ROLE_RECIPIENT : ROLE_OBJECT, NONE, antecedent(w, child), false);
                break;
            case DEPREL_obl_agent:
                if (flags_is_agent(w->tables, w->t, w->r, child)) {
                    add_argument(w, ROLE_SUBJECT, NONE, child, false);
                } else {
                    add_argument(w, ROLE_OBLIQUE, stray_preposition_of(w, child), child, false);
                }
                break;
            case DEPREL_obj:
                if (bare_owner(w, child) != NONE) {
                    add_argument(w, ROLE_OBJECT, NONE, bare_owner(w, child), false);
                }
                add_argument(w, ROLE_OBJECT, NONE, antecedent(w, child), false);
                if (stray_is_first_of_two(w, verb, child)) {
                    add_argument(w, ROLE_RECIPIENT, NONE, child, false);
                }
                stray_find_complement(w, child);
                break;
            case DEPREL_iobj:
                if (stray_is_true_object(w, verb)) {
                    add_argument(w, ROLE_OBJECT, NONE, antecedent(w, child), false);
                }
                add_argument(w, ROLE_RECIPIENT, NONE, child, false);
                break;
            case DEPREL_obl:
            case DEPREL_obl_unmarked: /* "called him a fascist" */
            case DEPREL_nmod: {
                symbol preposition = stray_preposition_of(w, child);
                bool agent = passive && preposition == w->tables->by;
                bool late = preposition == NONE && !passive && !has_object && stray_is_late_object(w, verb, child);
                argument_role role = agent ? ROLE_SUBJECT : late ? ROLE_OBJECT : ROLE_OBLIQUE;
                add_argument(w, role, agent ? NONE : preposition, antecedent(w, child), false);
                break;
            }
            case DEPREL_ccomp:
            case DEPREL_xcomp:
                stray_find_raised_object(w, verb, child);
                add_argument(w, ROLE_CLAUSE, stray_preposition_of(w, child), child, false);
                break;
            case DEPREL_advcl:
                add_argument(w, ROLE_CLAUSE, stray_preposition_of(w, child), child, false);
                break;
            default:
                break;
        }
    }
}

static void collect_noun_arguments(work *w, u32 noun) {
    TREE_EACH_CHILD(w->t, noun, child) {
        switch (at(w, child)->deprel) {
            case DEPREL_nmod_poss:
                add_argument(w, ROLE_POSSESSOR, NONE, child, false);
                break;
            case DEPREL_amod:
            case DEPREL_compound:
            case DEPREL_nummod:
            case DEPREL_nmod_desc:
                add_argument(w, ROLE_MODIFIER, NONE, child, false);
                break;
            case DEPREL_nmod:
            case DEPREL_obl: {
                symbol preposition = stray_preposition_of(w, child);
                bool agent = preposition == w->tables->by;
                add_argument(w, agent ? ROLE_SUBJECT : ROLE_OBLIQUE, agent ? NONE : preposition, child, false);
                break;
            }
            case DEPREL_nsubj: /* predicative: "the talks were a step", "he is critical of" */
                if (at(w, noun)->upos == UPOS_ADJ || tree_child(w->t, noun, DEPREL_cop) != NONE) {
                    add_argument(w, ROLE_SUBJECT, NONE, antecedent(w, child), false);
                }
                break;
            case DEPREL_acl:
            case DEPREL_ccomp:
            case DEPREL_advcl:
            case DEPREL_xcomp:
                add_argument(w, ROLE_CLAUSE, stray_preposition_of(w, child), child, false);
                break;
            default:
                break;
        }
    }
}

/* "the city that they bombed", "troops attacked by rebels", "men carrying arms": the gap of an
 * adnominal clause is the noun it hangs on. */
static void fill_adnominal_gap(work *w, u32 verb, u32 flags, u32 first) {
    const token *word = at(w, verb);
    if (word->head == NONE || (word->deprel != DEPREL_acl && word->deprel != DEPREL_acl_relcl)) {
        return;
    }
    bool has_subject = false, has_object = false;
    for (u32 i = first; i < w->r->arguments.count; i++) {
        has_subject |= w->r->arguments.items[i].role == ROLE_SUBJECT;
        has_object |= w->r->arguments.items[i].role == ROLE_OBJECT;
    }
    bool passive = flags & PREDICATE_PASSIVE;
    if (word->deprel == DEPREL_acl && (flags & PREDICATE_INFINITIVE)) {
        return;
    }
    symbol noun = at(w, word->head)->lemma;
    if (word->deprel == DEPREL_acl && !passive &&
        (clause_word_is(w->tables, noun, CLASS_TIME_NOUN) || clause_word_is(w->tables, noun, CLASS_MESSAGE))) {
        return; /* "fought on, at one point shelling the town", "issued a declaration demanding reforms" */
    }
    if (passive) {
        if (!has_object) {
            add_argument(w, ROLE_OBJECT, NONE, word->head, true);
        }
    } else if (!has_subject) {
        add_argument(w, ROLE_SUBJECT, NONE, word->head, true);
    } else if (!has_object && word->deprel == DEPREL_acl_relcl) {
        add_argument(w, ROLE_OBJECT, NONE, word->head, true);
    }
}

/* "Turkey must leave," the minister said: the quote is above its verb of saying, which hangs on it
 * as parataxis; it is the verb's complement all the same. */
static void fill_inverted_complement(work *w, u32 verb) {
    const token *word = at(w, verb);
    if (word->deprel == DEPREL_parataxis && word->head != NONE && tree_child(w->t, verb, DEPREL_ccomp) == NONE) {
        add_argument(w, ROLE_CLAUSE, NONE, word->head, true);
    }
}

/* "pulled out of the pact": where the tree takes both words for prepositions of one phrase, the first is the verb's. */
static symbol lemma_before_two_prepositions(work *w, u32 verb) {
    bool two = verb + 2 < w->r->tokens.count && at(w, verb + 1)->deprel == DEPREL_case && at(w, verb + 2)->deprel == DEPREL_case &&
               at(w, verb + 1)->head == at(w, verb + 2)->head;
    symbol joined = two ? stray_join_words(w, at(w, verb)->lemma, at(w, verb + 1)->lower) : NONE;
    return two && clause_word_is(w->tables, joined, CLASS_PHRASAL) ? joined : at(w, verb)->lemma;
}

static symbol lemma_with_particle(work *w, u32 verb) {
    u32 particle = tree_child(w->t, verb, DEPREL_compound_prt);
    return particle == NONE ? lemma_before_two_prepositions(w, verb) : stray_join_words(w, at(w, verb)->lemma, at(w, particle)->lower);
}

/* "banged", which the lemmatizer never saw, is no form of "bange". */
static void mend_lemma(work *w, u32 verb) {
    token *word = &w->r->tokens.items[verb];
    if (map_find(w->triggers->verbs, word->lemma) == NONE) {
        symbol known = inflection_find(&w->r->words, w->triggers->verbs, symbols_text(&w->r->words, word->lower));
        word->lemma = known != NONE ? known : word->lemma;
    }
}

static bool is_nominal_deed(const work *w, u32 index) {
    const token *word = at(w, index);
    if (word->deprel == DEPREL_compound || word->deprel == DEPREL_flat) {
        return false;
    }
    if (word->upos == UPOS_NOUN || word->upos == UPOS_PROPN) {
        return map_find(w->triggers->nouns, word->lemma) != NONE || map_find(w->triggers->nouns, word->lower) != NONE;
    }
    bool listed = map_find(w->triggers->adjectives, word->lemma) != NONE || map_find(w->triggers->adjectives, word->lower) != NONE; /* "is prepared to" */
    listed = listed || clause_word_is(w->tables, word->lemma, CLASS_SCHEDULED); /* who is "due to" does what follows */
    return word->upos == UPOS_ADJ && word->deprel != DEPREL_amod && listed;
}

static void add_predicate(work *w, u32 index, bool nominal) {
    u32 first = w->r->arguments.count;
    u32 flags = nominal ? flags_of_noun(w->tables, w->t, w->r, index) : flags_of_verb(w->tables, w->t, w->r, index);
    if (nominal) {
        collect_noun_arguments(w, index);
    } else {
        collect_verb_arguments(w, index, flags);
        if (flags & PREDICATE_PASSIVE) {
            stray_find_agent(w, index, first);
        } else {
            stray_find_particle_object(w, index, first);
        }
        fill_adnominal_gap(w, index, flags, first);
        fill_inverted_complement(w, index);
    }
    predicate *added = list_push(w->r->memory, &w->r->predicates);
    if (added == NULL) {
        w->full = true;
        return;
    }
    *added = (predicate){.head = index, .support = NONE, .flags = flags, .first_argument = first, .governor = NONE};
    added->end_argument = w->r->arguments.count;
    added->lemma = nominal ? at(w, index)->lemma : lemma_with_particle(w, index);
    w->r->predicate_at[index] = w->r->predicates.count - 1;
}

static void find_governors(work *w) {
    for (u32 i = 0; i < w->r->predicates.count; i++) {
        predicate *p = &w->r->predicates.items[i];
        u32 above = at(w, p->head)->head;
        for (u32 steps = 0; above != NONE && steps < 8; steps++, above = at(w, above)->head) {
            if (w->r->predicate_at[above] != NONE) {
                p->governor = w->r->predicate_at[above];
                break;
            }
        }
    }
}

/* In "Turkey must leave," he said, the tree puts "said" under "leave"; the sense is the other way. */
static void turn_quotes(work *w) {
    for (u32 i = 0; i < w->r->predicates.count; i++) {
        predicate *p = &w->r->predicates.items[i];
        u32 quoted = at(w, p->head)->deprel == DEPREL_parataxis ? p->governor : NONE;
        if (quoted == NONE || w->r->predicates.items[quoted].head != at(w, p->head)->head) {
            continue;
        }
        for (u32 k = p->first_argument; k < p->end_argument; k++) {
            const argument *a = &w->r->arguments.items[k];
            if (a->role == ROLE_CLAUSE && a->inherited && a->head == w->r->predicates.items[quoted].head) {
                p->governor = w->r->predicates.items[quoted].governor;
                w->r->predicates.items[quoted].governor = i;
                break;
            }
        }
    }
}

drg_status clause_run(const clause_tables *tables, const clause_triggers *triggers, const tree *t, report *r) {
    work w = {tables, triggers, t, r, false};
    r->predicate_at = arena_new(r->memory, u32, r->tokens.count + 1);
    if (r->predicate_at == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < r->tokens.count; i++) {
        r->predicate_at[i] = NONE;
    }
    for (u32 i = 0; i < r->tokens.count && !w.full; i++) {
        const token *word = at(&w, i);
        bool copula = word->deprel == DEPREL_cop || word->deprel == DEPREL_aux || word->deprel == DEPREL_aux_pass;
        if (word->upos == UPOS_VERB && !copula) {
            mend_lemma(&w, i);
            add_predicate(&w, i, false);
        } else if (is_nominal_deed(&w, i)) {
            add_predicate(&w, i, true);
        }
    }
    find_governors(&w);
    turn_quotes(&w);
    return w.full ? DRG_ERROR_MEMORY : inherit_arguments(tables, t, r);
}
