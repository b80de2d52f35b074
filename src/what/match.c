// SPDX-License-Identifier: Apache-2.0
/* Frames against predicates.
 *
 * For each predicate the frames under its lemma are tried; the one whose triggers and conditions
 * say most (multi-word trigger, number of conditions) wins, the earlier in the files on a tie.
 * The winner names the parties and the code.  Three things are then passed over, each with its
 * reason in trace: deeds that no political actor has part in, deeds that are only the content of
 * another ("agreed to withdraw": AGREE, not RETREAT), and hypothetical ones (if-clauses, questions). */
#include "what/match.h"

#include "parse/labels.h"
#include "what/matching.h"
#include "what/verb_deed.h"
#include "when/when.h"
#include "where/where.h"

#define EVIDENCE_TOKENS 25

/* ------------------------------------------------------------------ choosing the frame */

/* "pull out of": both words mark the phrase. */
static bool has_marker(const matching *w, const argument *a, symbol preposition) {
    bool found = a->preposition == preposition;
    TREE_EACH_CHILD(w->t, a->head, child) {
        found |= matching_token(w, child)->deprel == DEPREL_case && matching_token(w, child)->lower == preposition;
    }
    u32 edge = w->t->left[a->head]; /* "took in a hundred orphans", "in" below the number */
    return found || (edge < a->head && matching_token(w, edge)->deprel == DEPREL_case && matching_token(w, edge)->lower == preposition);
}

static bool has_particle_or_preposition(const matching *w, const predicate *p, symbol preposition) {
    TREE_EACH_CHILD(w->t, p->head, child) {
        const token *word = matching_token(w, child);
        if (word->lower == preposition &&
            (word->deprel == DEPREL_compound_prt || word->deprel == DEPREL_advmod || word->deprel == DEPREL_case || word->deprel == DEPREL_xcomp)) {
            return true;
        }
    }
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        bool when = clause_word_is(w->clauses, matching_token(w, a->head)->lemma, CLASS_TIME_NOUN); /* "fired him on Sunday" */
        if ((a->role == ROLE_OBLIQUE || a->role == ROLE_OBJECT || a->role == ROLE_CLAUSE) && !when && has_marker(w, a, preposition)) {
            return true;
        }
    }
    return false;
}

/* "take hostage", "pour scorn on": the verb's own noun; its index, or NONE. */
static u32 own_noun(const matching *w, const predicate *p, symbol noun) {
    TREE_EACH_CHILD(w->t, p->head, child) {
        const token *word = matching_token(w, child);
        bool bare = word->deprel == DEPREL_obj || word->deprel == DEPREL_xcomp || word->deprel == DEPREL_obl_unmarked ||
                    word->deprel == DEPREL_nsubj_pass;
        if (bare && (word->lemma == noun || word->lower == noun)) {
            return child;
        }
    }
    return NONE;
}

/* The words behind the verb of a trigger: "call on", "pull out of", "pour scorn on". */
bool match_has_words_behind(const matching *w, const predicate *p, const trigger *t) {
    if (t->with[0] == NONE) {
        return true;
    }
    u32 noun = NONE;
    if (!has_particle_or_preposition(w, p, t->with[0]) && (noun = own_noun(w, p, t->with[0])) == NONE) {
        return t->with[1] == NONE && reach_find(w, p, t->with[0]) != NONE;
    }
    bool found = t->with[1] == NONE || has_particle_or_preposition(w, p, t->with[1]);
    if (!found && noun != NONE) { /* the tree may hang the phrase on the noun */
        TREE_EACH_CHILD(w->t, noun, child) {
            u32 marker = tree_child(w->t, child, DEPREL_case);
            found |= marker != NONE && matching_token(w, marker)->lower == t->with[1];
        }
    }
    return found;
}

/* A list of words says more than a list of kinds alone. */
static bool names_words(const matching *w, u32 list) { return w->frames->lists.items[list].has_words; }

int match_trigger_score(const matching *w, const predicate *p, const trigger *t) {
    const frame *f = &w->frames->frames.items[t->frame];
    if (t->with[0] == NONE && clause_word_is(w->clauses, p->lemma, CLASS_IDIOM)) {
        return -1; /* "shell out" shells nobody */
    }
    if (!condition_is_phrase(w, p->head, &t->rest) || !match_has_words_behind(w, p, t)) {
        return -1;
    }
    if (f->negated && !(p->flags & PREDICATE_NEGATED)) {
        return -1;
    }
    bool near = t->with[0] != NONE && (t->with[1] != NONE || has_particle_or_preposition(w, p, t->with[0]) || own_noun(w, p, t->with[0]) != NONE);
    int score = f->negated * 4 + near * 2 + (t->with[1] != NONE) + (t->rest.before[0] != NONE || t->rest.after[0] != NONE) * 2 + (t->rest.before[1] != NONE);
    for (u32 i = 0; i < f->when_count; i++) {
        if (!condition_holds(w, p, &f->when[i])) {
            return -1;
        }
        score += f->when[i].negated ? 0 : names_words(w, f->when[i].list) ? 2 : 1;
    }
    return score;
}

const map *match_triggers_like(const matching *w, const predicate *p) {
    bool adjective = matching_token(w, p->head)->upos == UPOS_ADJ;
    return !(p->flags & PREDICATE_NOMINAL) ? &w->frames->verb_index : adjective ? &w->frames->adjective_index : &w->frames->noun_index;
}

u32 match_rank_frames(const matching *w, const predicate *p, bool spoken, u32 ranked[RANKED]) {
    bool nominal = p->flags & PREDICATE_NOMINAL;
    const token *word = matching_token(w, p->head);
    const map *index = match_triggers_like(w, p);
    const symbol forms[2] = {word->lemma, nominal ? word->lower : NONE};
    int scores[RANKED];
    u32 count = 0;
    for (u32 f = 0; f < 2; f++) {
        if (forms[f] == NONE || (f == 1 && forms[1] == forms[0])) {
            continue;
        }
        for (u32 i = map_find(index, forms[f]); i != NONE; i = w->frames->triggers.items[i].next) {
            const trigger *t = &w->frames->triggers.items[i];
            int score = w->frames->frames.items[t->frame].spoken == spoken ? match_trigger_score(w, p, t) : -1;
            u32 at = count < RANKED ? count : RANKED;
            while (score >= 0 && at > 0 && score > scores[at - 1]) {
                at--;
            }
            if (score < 0 || at == RANKED) {
                continue;
            }
            count += count < RANKED;
            for (u32 k = count - 1; k > at; k--) {
                ranked[k] = ranked[k - 1];
                scores[k] = scores[k - 1];
            }
            ranked[at] = t->frame;
            scores[at] = score;
        }
    }
    return count;
}

/* ------------------------------------------------------------------ the deed */

static u32 add_parties(report *r, const party_list *side, bool *full) {
    u32 first = r->parties.count;
    for (u32 i = 0; i < side->count; i++) {
        u32 *added = list_push(r->memory, &r->parties);
        if (added == NULL) {
            *full = true;
            break;
        }
        *added = side->mentions[i];
    }
    return first;
}

/* The words that show the deed: from its first to its last part, at most 25 tokens around the trigger. */
static range evidence_of(const matching *w, const predicate *p, const party_list *source, const party_list *target) {
    u32 first = p->head, end = p->head + 1;
    const party_list *sides[2] = {source, target};
    const sentence *s = &w->r->sentences.items[matching_token(w, p->head)->sentence];
    if (p->support != NONE) {
        first = p->support < first ? p->support : first;
        end = p->support + 1 > end ? p->support + 1 : end;
    }
    for (u32 k = 0; k < 2; k++) {
        for (u32 i = 0; i < sides[k]->count; i++) {
            const mention *m = &w->r->mentions.items[sides[k]->mentions[i]];
            if (m->first >= s->first_token && m->end <= s->end_token) {
                first = m->first < first ? m->first : first;
                end = m->end > end ? m->end : end;
            }
        }
    }
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        if (!a->inherited && a->role != ROLE_CLAUSE && w->t->right[a->head] <= end + 8 && w->t->right[a->head] > end) {
            end = w->t->right[a->head];
        }
    }
    if (first + EVIDENCE_TOKENS < p->head + 1) {
        first = p->head + 1 - EVIDENCE_TOKENS;
    }
    if (end > first + EVIDENCE_TOKENS) {
        end = first + EVIDENCE_TOKENS > p->head + 1 ? first + EVIDENCE_TOKENS : p->head + 1;
    }
    end = end > s->end_token ? s->end_token : end;
    return (range){matching_token(w, first)->text.start, matching_token(w, end - 1)->text.end};
}

const code_rule *match_choose_code(const matching *w, const predicate *p, const frame *f) {
    for (u32 i = f->first_code; i < f->end_code; i++) {
        const code_rule *rule = &w->frames->codes.items[i];
        bool holds = true;
        for (u32 k = 0; k < rule->when_count && holds; k++) {
            holds = condition_holds(w, p, &rule->when[k]);
        }
        if (holds) {
            return rule;
        }
    }
    return NULL;
}

static void pass_over(const matching *w, const predicate *p, const frame *f, const char *why) {
    report_add_reason(w->r, STAGE_WHAT, p->head, NONE, f->where, "passed over %.*s: %s", (int)f->name.len, f->name.ptr, why);
}

/* "rockets that it fires": somebody is told to do it, and only who that is stays dark. */
static bool has_dark_subject(const matching *w, const predicate *p) {
    bool dark = false;
    for (u32 i = p->first_argument; i < p->end_argument && !(p->flags & PREDICATE_PASSIVE); i++) {
        const argument *a = &w->r->arguments.items[i];
        dark |= a->role == ROLE_SUBJECT && matching_token(w, a->head)->xpos == XPOS_PRP;
    }
    return dark;
}

/* "The minister resigned", "Troops were sent north": to nobody.  "A bomb killed ten", "He is accused of treason": by whom
 * is not known, or goes without saying. */
static bool is_enough_alone(const matching *w, const deed *d, const party_list *source, const party_list *target) {
    const predicate *p = &w->r->predicates.items[d->predicate];
    bool passive = p->flags & (PREDICATE_PASSIVE | PREDICATE_NOMINAL); /* not "They left, accusing Togo" */
    const u32 of_nobody = 1u << CATEGORY_ASSAULT | (passive ? 1u << CATEGORY_ACCUSE : 0u);
    static const u32 to_nobody = 1u << CATEGORY_RETREAT | 1u << CATEGORY_MOBILIZE;
    return source->count > 0 ? target->count == 0 && !d->reciprocal && (to_nobody >> d->plover & 1) : target->count > 0 && (of_nobody >> d->plover & 1) && !has_dark_subject(w, p);
}

/* Several: "the ministers", "the two countries", a body with members. */
static bool is_plural(const matching *w, u32 index) {
    const mention *m = &w->r->mentions.items[index];
    const token *head = matching_token(w, m->head);
    bool members = m->entity != NONE && w->r->entities.items[m->entity].end_member > w->r->entities.items[m->entity].first_member;
    return members || head->xpos == XPOS_NNS || head->xpos == XPOS_NNPS || head->upos == UPOS_PRON || head->upos == UPOS_NUM;
}

static bool is_of_words(u32 plover) { return category_is_words(plover) || plover == CATEGORY_SANCTION; }

/* "Kyiv accused Moscow of sending tanks", "an embargo on Togo": whoever is spoken to or punished is no place of that, nor of what
 * he is told, though a town's or a country's name. */
static bool is_addressed(const matching *w, const deed *d) {
    const place *there = d->place == NONE ? NULL : &w->r->places.items[d->place];
    bool addressed = false;
    for (u32 i = d->first_source; there != NULL && is_of_words(d->plover) && i < d->end_target && !addressed; i++) {
        const mention *m = &w->r->mentions.items[w->r->parties.items[i]];
        addressed = m->first <= there->head && there->head < m->end;
    }
    u32 verb = there != NULL && there->role != PLACE_AT ? matching_token(w, there->head)->head : NONE;
    u32 over = verb != NONE ? w->r->predicate_at[verb] : NONE;
    bool told = over != NONE && over != d->predicate && w->frame_of[over] != NONE;
    return addressed || (told && is_of_words(w->frames->frames.items[w->frame_of[over]].category));
}

drg_status matching_write_deed(const matching *w, const deed *made, const party_list *source, const party_list *target) {
    const predicate *p = &w->r->predicates.items[made->predicate];
    deed *d = list_push(w->r->memory, &w->r->deeds);
    bool full = d == NULL;
    if (full) {
        return DRG_ERROR_MEMORY;
    }
    *d = *made;
    d->first_source = add_parties(w->r, source, &full);
    d->end_source = d->first_target = w->r->parties.count;
    add_parties(w->r, target, &full);
    d->end_target = d->first_claimer = d->end_claimer = w->r->parties.count;
    d->timex = when_timex_of(w->r, p->head, &d->dating);
    d->contexts = context_find(w, p);
    d->shared = NONE;
    d->place = where_place_of(w->r, p->head);
    d->place = is_addressed(w, d) ? NONE : d->place;
    d->same_as = NONE;
    d->dead = d->injured = d->arrested = -1;
    d->evidence = evidence_of(w, p, source, target);
    bool alone = d->reciprocal && source->count == 1 && !is_plural(w, source->mentions[0]); /* "The council meets on Friday" */
    bool whole = source->count > 0 && (target->count > 0 || (d->reciprocal && !alone));
    d->sides = is_enough_alone(w, d, source, target) ? SIDES_ALONE : !whole ? SIDES_HALF : source->derived || target->derived ? SIDES_OWNER : SIDES_WHOLE;
    return full ? DRG_ERROR_MEMORY : DRG_OK;
}

static drg_status write_deed(const matching *w, u32 index, const code_rule *rule, const party_list *source, const party_list *target) {
    const frame *f = &w->frames->frames.items[w->frame_of[index]];
    deed made = {.predicate = index, .frame = w->frame_of[index], .plover = f->category, .cameo = rule->cameo, .mode = rule->mode};
    made.reciprocal = f->reciprocal || (source->count > 0 && target->count == 0 && objection_is_mutual(w, &w->r->predicates.items[index]));
    made.status = f->planned ? DRG_STATUS_PLANNED : DRG_STATUS_ACTUAL;
    return matching_write_deed(w, &made, source, target);
}

/* The best frame speaks first; where it lacks the parties it needs, the next that fits is heard: "pressing its
 * military operations" urges nobody.  Sets frame_of and stands. */
static void choose_frame(const matching *w, u32 index) {
    u32 ranked[RANKED], count = match_rank_frames(w, &w->r->predicates.items[index], false, ranked);
    w->frame_of[index] = count > 0 ? ranked[0] : NONE;
    if (count == 0 && w->r->tracing && !w->r->tracing_frames) {
        verdict_tell_nearest(w, &w->r->predicates.items[index]);
    }
    for (u32 i = 0; i < count && !w->stands[index]; i++) {
        party_list source = {0}, target = {0};
        const frame *f = &w->frames->frames.items[ranked[i]];
        side_collect(w, index, f, &source, &target);
        if (objection_to(w, &w->r->predicates.items[index], f, &source, &target) == NULL) {
            w->frame_of[index] = ranked[i];
            w->stands[index] = true;
        }
    }
}

/* "must be decided through negotiations": what somebody has yet to do tells of no talks. */
static bool is_means_of_possible(const matching *w, const predicate *p) {
    const predicate *above = p->governor == NONE ? NULL : &w->r->predicates.items[p->governor];
    bool oblique = (p->flags & PREDICATE_NOMINAL) && p->support == NONE && matching_token(w, p->head)->deprel == DEPREL_obl;
    return oblique && above != NULL && matching_token(w, p->head)->head == above->head && (above->flags & (PREDICATE_MODAL | PREDICATE_CONDITIONAL));
}

/* "Convicting him would be a mistake"; but "Bombing the town killed ten people". */
static bool is_topic(const matching *w, const predicate *p) {
    const token *head = matching_token(w, p->head);
    bool subject = (head->deprel == DEPREL_csubj || head->deprel == DEPREL_csubj_pass) && head->xpos == XPOS_VBG && head->head != NONE;
    const predicate *above = subject && w->r->predicate_at[head->head] != NONE ? &w->r->predicates.items[w->r->predicate_at[head->head]] : NULL;
    return subject && (tree_child(w->t, head->head, DEPREL_cop) != NONE || (above != NULL && (above->flags & (PREDICATE_MODAL | PREDICATE_FUTURE | PREDICATE_CONDITIONAL))));
}

/* The predicate that an infinitive completes or serves, or NULL. */
static const predicate *of_infinitive(const matching *w, const predicate *p) {
    const token *head = matching_token(w, p->head);
    const predicate *above = p->governor == NONE || !(p->flags & PREDICATE_INFINITIVE) ? NULL : &w->r->predicates.items[p->governor];
    bool hangs = head->deprel == DEPREL_xcomp || head->deprel == DEPREL_ccomp || head->deprel == DEPREL_advcl;
    return above != NULL && hangs && head->head == above->head ? above : NULL;
}

static bool is_request(const matching *w, u32 index) {
    return w->frame_of[index] != NONE && w->frames->frames.items[w->frame_of[index]].category == CATEGORY_REQUEST;
}

/* What the clause says of the deed before its parties are looked at: a reason to pass it over, or NULL. */
static const char *unreal(const matching *w, u32 index) {
    const predicate *p = &w->r->predicates.items[index];
    if (w->absorbed[index]) {
        return "it is the content of another deed";
    }
    if ((p->flags & (PREDICATE_CONDITIONAL | PREDICATE_QUESTION | PREDICATE_MODAL)) || is_means_of_possible(w, p)) {
        return "only possible, due or asked";
    }
    if (is_topic(w, p)) {
        return "it is only named";
    }
    const predicate *above = of_infinitive(w, p);
    if (above != NULL && (above->flags & (PREDICATE_MODAL | PREDICATE_CONDITIONAL))) {
        return "only possible, due or asked"; /* "could sue to unseat two members" */
    }
    if (above != NULL && is_request(w, p->governor)) {
        return "it is only asked for"; /* "it asked Oman to send aid", whoever it is */
    }
    bool absent = (p->flags & PREDICATE_NEGATED) && (p->flags & (PREDICATE_FUTURE | PREDICATE_INFINITIVE | PREDICATE_IRREALIS));
    return absent && !w->frames->frames.items[w->frame_of[index]].negated ? "it will not happen" : NULL;
}

static drg_status add_deed(const matching *w, u32 index) {
    predicate *p = &w->r->predicates.items[index];
    const frame *f = &w->frames->frames.items[w->frame_of[index]];
    party_list source = {0}, target = {0};
    const topic_guard *topic = topic_around(w, p->head);
    if (topic != NULL) {
        report_add_reason(w->r, STAGE_WHAT, p->head, NONE, topic->where, "passed over %.*s: the words around are of %.*s", (int)f->name.len, f->name.ptr,
                          (int)topic->name.len, topic->name.ptr);
        return DRG_OK;
    }
    const char *why = unreal(w, index);
    if (why == NULL) {
        side_collect(w, index, f, &source, &target);
        why = objection_to(w, p, f, &source, &target);
    }
    const code_rule *rule = why == NULL ? match_choose_code(w, p, f) : NULL;
    if (rule == NULL) {
        pass_over(w, p, f, why != NULL ? why : "none of its codes holds");
        return DRG_OK;
    }
    if (f->negated) {
        p->flags &= ~(u32)PREDICATE_NEGATED;
        p->flags |= PREDICATE_REFUSAL;
    }
    return write_deed(w, index, rule, &source, &target);
}

/* Our frames on the predicates of which the user's verbs have not spoken. */
static drg_status run_frames(const matching *w, const bool *spoken) {
    for (u32 i = 0; i < w->r->predicates.count; i++) {
        choose_frame(w, i);
        if (w->r->tracing_frames) {
            verdict_tell_frames(w, i);
        }
    }
    content_find(w);
    const topic_guard *guard = topic_of_report(w);
    if (guard != NULL) {
        report_add_reason(w->r, STAGE_WHAT, 0, NONE, guard->where, "passed over the whole report: its words are of %.*s",
                          (int)guard->name.len, guard->name.ptr);
        return DRG_OK;
    }
    for (u32 i = 0; i < w->r->predicates.count; i++) {
        if (w->frame_of[i] != NONE && !spoken[i]) {
            DRG_TRY(add_deed(w, i));
        }
        DRG_TRY(judgement_add(w, i));
    }
    return DRG_OK;
}

drg_status match_run(const frame_tables *frames, const verb_tables *verbs, const clause_tables *clauses, const tree *t, report *r) {
    map answers;
    map_open(&answers, r->memory);
    matching w = {.frames = frames, .clauses = clauses, .t = t, .r = r, .report_answers = &answers};
    bool *spoken = arena_new(r->memory, bool, r->predicates.count + 1);
    w.frame_of = arena_new(r->memory, u32, r->predicates.count + 1);
    w.stands = arena_new(r->memory, bool, r->predicates.count + 1);
    w.absorbed = arena_new(r->memory, bool, r->predicates.count + 1);
    w.result = arena_new(r->memory, u32, r->predicates.count + 1);
    if (spoken == NULL || w.frame_of == NULL || w.stands == NULL || w.absorbed == NULL || w.result == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < r->predicates.count; i++) {
        w.frame_of[i] = w.result[i] = NONE;
    }
    if (!topic_open(&w)) {
        return DRG_ERROR_MEMORY;
    }
    if (verbs->list_count > 0) {
        DRG_TRY(verb_code_report(&w, verbs, spoken));
    }
    return verbs->only ? DRG_OK : run_frames(&w, spoken);
}
