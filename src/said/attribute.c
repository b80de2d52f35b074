// SPDX-License-Identifier: Apache-2.0
/* In: trees and the cue table.   Out: drafts of statements: cue, speaker, content.
 *
 * A cue's rows say where its content may stand, and the tree says what stands there:
 *
 *     Officials said [the talks had failed].              clause, behind
 *     [The talks had failed], officials said.             clause, in front: all up to the speaker
 *     [The talks], officials said, [had failed].          both
 *     Kyiv called for [a truce].                          +for; the preposition belongs to the cue
 *     He accused [the army of looting].                   object, with what hangs on it
 *     [The rebels] are believed [to have fled].           passive: the subject is content
 *     According to [the ministry], [two men died].        the clause that "according" hangs in
 *     as the ministry put it, his call for [calm]         nouns and adjectives likewise */
#include "said/attribute.h"

#include "parse/labels.h"
#include "said/voice.h"

enum { CLIMB = 6 };

typedef struct {
    u32 cue;
    const cue_row *row;
    u32 clause, object, other, raised, subject; /* children that are content, or NONE */
    u32 tail;                                   /* preposition of `other` that belongs to the cue */
    bool passive;
} found;

static bool takes(const cue_row *row, u32 bit) { return (row->takes & bit) != 0; }

static bool takes_preposition(const cue_row *row, symbol word) {
    for (u32 i = 0; i < row->preposition_count; i++) {
        if (row->prepositions[i] == word) {
            return true;
        }
    }
    return false;
}

static bool has_to(const said_work *w, u32 verb) { return phrase_marker_word(w, verb) == w->cues->to; }

static bool is_gerund(const said_work *w, u32 verb) {
    return word_at(w, verb)->upos == UPOS_VERB && word_at(w, verb)->xpos == XPOS_VBG;
}

static bool is_quoted(const said_work *w, u32 index) { return w->quotes.at[index] != NONE; }

/* ", adding that ...": a participle behind a comma is the next statement, not what was said. */
static bool is_aside(const said_work *w, u32 child) {
    u32 left = w->t->left[child];
    return is_gerund(w, child) && left > 0 && (word_at(w, left - 1)->upos == UPOS_PUNCT || word_at(w, left)->upos == UPOS_PUNCT) &&
           w->quotes.at[child] == NONE;
}

/* "told [the crowd] that the war was over": the clause may hang on the hearer. */
static u32 heard_clause(const said_work *w, u32 hearer) {
    TREE_EACH_CHILD(w->t, hearer, child) {
        bool clause = is_child(w, child, DEPREL_acl_relcl) || is_child(w, child, DEPREL_ccomp) || is_child(w, child, DEPREL_acl);
        bool relative = word_at(w, w->t->left[child])->lower != w->cues->that && phrase_child(w, child, DEPREL_nsubj, DEPREL_nsubj_pass) == NONE;
        if (clause && child > hearer && !relative) {
            return child;
        }
    }
    return NONE;
}

/* "complained last month that ...", "said in Cairo that ...": the clause may hang on a time, place or
 * channel that stands between. */
static u32 strayed_clause(const said_work *w, u32 phrase) {
    TREE_EACH_CHILD(w->t, phrase, child) {
        u32 marker = phrase_marker(w, child), left = w->t->left[child];
        bool clause = is_child(w, child, DEPREL_acl_relcl) || is_child(w, child, DEPREL_acl) || is_child(w, child, DEPREL_advcl);
        bool that = marker != NONE && is_child(w, marker, DEPREL_mark) && word_at(w, marker)->lower == w->cues->that;
        that |= is_child(w, phrase, DEPREL_obl_unmarked) && word_at(w, left)->lower == w->cues->that; /* no month is fired */
        if (clause && that && phrase_child(w, child, DEPREL_nsubj, DEPREL_nsubj_pass) != NONE) {
            return child;
        }
    }
    return NONE;
}

/* "Kyiv complained; Moscow apologised": two sentences, however the second hangs on the first. */
static bool is_parted(const said_work *w, u32 from, u32 to) {
    u32 low = from < to ? from : to, high = from < to ? to : from;
    for (u32 i = high; i-- > low && high - i < PHRASE_TOKENS;) {
        if (word_at(w, i)->upos == UPOS_PUNCT && w->quotes.at[i] == NONE && span_eq(report_form(w->r, i), SPAN(";"))) {
            return true;
        }
    }
    return false;
}

/* One child of the cue against the row. */
static void look_at(const said_work *w, u32 child, found *f) {
    const token *word = word_at(w, child);
    const cue_row *row = f->row;
    switch (word->deprel) {
        case DEPREL_ccomp:
        case DEPREL_csubj:
            if ((f->clause == NONE || (f->clause < f->cue && phrase_marker_word(w, child) == w->cues->that)) && !(child > f->cue && is_aside(w, child)) &&
                !(child < f->cue && is_parted(w, child, f->cue)) &&
                (takes(row, CUE_TAKES_clause) || takes_preposition(row, phrase_marker_word(w, child)))) {
                f->clause = child;
            }
            break;
        case DEPREL_parataxis: /* "He said: they came."  Only what stands in front, or is quoted. */
            if (f->clause == NONE && takes(row, CUE_TAKES_clause) && row->kind == STATEMENT_KIND_speech &&
                ((child < f->cue && !is_parted(w, child, f->cue)) || is_quoted(w, child))) {
                f->clause = child;
            }
            break;
        case DEPREL_xcomp: {
            u32 bit = has_to(w, child) ? CUE_TAKES_to : is_gerund(w, child) ? CUE_TAKES_ing : CUE_TAKES_bare;
            if (f->other == NONE && (takes(row, bit) || (bit == CUE_TAKES_ing && takes_preposition(row, phrase_marker_word(w, child))))) {
                f->other = child;
            }
            break;
        }
        case DEPREL_iobj:
            if (f->clause == NONE && takes(row, CUE_TAKES_hearer)) {
                f->clause = heard_clause(w, child);
            }
            break;
        case DEPREL_obj:
            if (f->clause == NONE && takes(row, CUE_TAKES_hearer)) {
                f->clause = heard_clause(w, child);
            }
            if (takes(row, CUE_TAKES_object | CUE_TAKES_amount) && (!takes(row, CUE_TAKES_hearer) || is_quoted(w, child))) {
                f->object = child;
            }
            break;
        case DEPREL_nsubj_pass:
        case DEPREL_csubj_pass:
            f->subject = takes(row, CUE_TAKES_passive) ? child : NONE;
            break;
        case DEPREL_nsubj:
            f->raised = takes(row, CUE_TAKES_raise) ? child : NONE;
            if (f->clause == NONE && child < f->cue && child != voice_subject(w, f->cue) && row->kind == STATEMENT_KIND_speech &&
                takes(row, CUE_TAKES_clause)) {
                f->clause = child;
            }
            break;
        case DEPREL_advmod: /* "said later [that ...]" */
            if (f->clause == NONE && child > f->cue && takes(row, CUE_TAKES_clause)) {
                f->clause = strayed_clause(w, child);
            }
            break;
        case DEPREL_obl:
        case DEPREL_obl_unmarked:
        case DEPREL_nmod:
        case DEPREL_advcl:
        case DEPREL_acl:
        case DEPREL_acl_relcl: {
            u32 marker = phrase_marker(w, child);
            symbol lead = marker == NONE ? NONE : word_at(w, marker)->lower;
            bool bare = marker == NONE && child < f->cue && word->deprel == DEPREL_advcl && row->kind == STATEMENT_KIND_speech &&
                        phrase_child(w, child, DEPREL_nsubj, DEPREL_nsubj_pass) != NONE;
            if (f->clause == NONE && bare && takes(row, CUE_TAKES_clause)) {
                f->clause = child; /* "The army shelled the port, the ministry said", read as an adverbial */
                break;
            }
            u32 strayed = child > f->cue && takes(row, CUE_TAKES_clause) ? strayed_clause(w, child) : NONE;
            if (f->clause == NONE && strayed != NONE) {
                f->clause = strayed;
                break;
            }
            bool infinitive = lead == w->cues->to && is_child(w, marker, DEPREL_mark);
            if (f->other == NONE && lead != NONE && !infinitive && takes_preposition(row, lead)) {
                f->other = child;
                f->tail = marker;
            } else if (f->clause == NONE && lead == w->cues->that && takes(row, CUE_TAKES_clause)) {
                f->clause = child;
            } else if (f->other == NONE && infinitive && takes(row, CUE_TAKES_to)) {
                f->other = child;
            }
            break;
        }
        default:
            break;
    }
}

/* What an object brings with it: "criticized [the bank] [for its silence]". */
static void add_extras(said_work *w, const found *f, runs *content) {
    TREE_EACH_CHILD(w->t, f->cue, child) {
        u8 relation = word_at(w, child)->deprel;
        bool after = child > f->cue;
        symbol lead = phrase_marker_word(w, child);
        bool phrase = (relation == DEPREL_obl || relation == DEPREL_advcl) && lead != NONE && map_find(&w->cues->extras, lead) != NONE;
        bool timed = relation == DEPREL_obl && lead == w->cues->on && cue_is_channel(w->cues, word_at(w, child)->lemma);
        if (after && ((phrase && !timed) || relation == DEPREL_xcomp)) {
            phrase_add_subtree(w, child, NONE, content);
        }
    }
}

static u32 sentence_first(const said_work *w, u32 index) { return w->r->sentences.items[word_at(w, index)->sentence].first_token; }

static u32 sentence_end(const said_work *w, u32 index) { return w->r->sentences.items[word_at(w, index)->sentence].end_token; }

/* A content in front of its cue takes all from the sentence's beginning up to the speaker or cue. */
static void add_fronted(said_work *w, u32 cue, u32 speaker, u32 clause, runs *content) {
    u32 stop = cue;
    if (speaker != NONE && speaker < cue && speaker > clause) {
        range words = phrase_speaker(w, speaker);
        stop = words.start < stop ? words.start : stop;
    }
    u32 start = sentence_first(w, cue);
    start = cue > start + PHRASE_TOKENS ? cue - PHRASE_TOKENS : start;
    if (is_child(w, cue, DEPREL_root) || word_at(w, cue)->head < start) {
        runs_add(w, content, start, stop);
    }
}

/* What stands between the cue and the content's beginning and is no speaker, hearer or date belongs to
 * the content: "call [him] a loser", "said [cutting that output] must be ...", "vowed [not] to". */
static void add_gap(said_work *w, const found *f, u32 speaker, runs *content) {
    u32 first = content->count ? content->items[0].start : 0;
    TREE_EACH_CHILD(w->t, f->cue, child) {
        if (child <= f->cue || child >= first) {
            continue;
        }
        u8 relation = word_at(w, child)->deprel;
        bool clause = relation == DEPREL_ccomp || relation == DEPREL_csubj || relation == DEPREL_xcomp || relation == DEPREL_advcl;
        bool noun = (relation == DEPREL_iobj || relation == DEPREL_obj) && (f->object == NONE || f->clause != NONE) && f->tail == NONE &&
                    !takes(f->row, CUE_TAKES_hearer) && f->row->act != STATEMENT_ACT_demand && f->row->act != STATEMENT_ACT_question;
        bool second = (relation == DEPREL_iobj && takes(f->row, CUE_TAKES_bare)) || /* "call him a liar" */
                      ((relation == DEPREL_nsubj || relation == DEPREL_nsubj_pass) && child != speaker && speaker < f->cue);
        bool negation = relation == DEPREL_advmod && child + 1 == first && phrase_is_negation(w, child);
        bool doer = relation == DEPREL_obl && f->tail != NONE && child > f->tail && phrase_marker_word(w, child) == NONE; /* "for [prisoners] to be freed" */
        if (clause || noun || negation || second || doer) {
            phrase_add_subtree(w, child, NONE, content);
        }
    }
}

/* What hangs on the cue but follows the content without a comma is mostly the content's own. */
static void add_rest(said_work *w, const found *f, runs *content) {
    for (u32 steps = 0; steps < CLIMB && content->count > 0; steps++) {
        u32 end = content->items[content->count - 1].end, grown = NONE;
        TREE_EACH_CHILD(w->t, f->cue, child) {
            u8 relation = word_at(w, child)->deprel;
            bool rest = relation == DEPREL_advcl || relation == DEPREL_obl || relation == DEPREL_xcomp || relation == DEPREL_advmod || relation == DEPREL_ccomp;
            if (child >= end && w->t->left[child] == end && rest && grown == NONE) {
                grown = child;
            }
        }
        if (grown == NONE) {
            return;
        }
        phrase_add_subtree(w, grown, NONE, content);
    }
}

static void fill_content(said_work *w, const found *f, draft *d) {
    runs *content = &d->content;
    if (f->clause != NONE) {
        phrase_add_subtree(w, f->clause, NONE, content);
        if (f->clause < f->cue && f->clause >= sentence_first(w, f->cue) && word_at(w, f->cue)->upos == UPOS_VERB) {
            add_fronted(w, f->cue, d->speaker, f->clause, content);
        }
    }
    if (f->raised != NONE) {
        phrase_add_subtree(w, f->raised, NONE, content);
    }
    if (f->subject != NONE && f->clause == NONE) {
        phrase_add_subtree(w, f->subject, NONE, content);
        if (f->object == NONE) {
            add_extras(w, f, content);
        }
    }
    if (f->object != NONE && f->clause == NONE) {
        phrase_add_subtree(w, f->object, NONE, content);
        add_extras(w, f, content);
    }
    if (f->other != NONE && !(f->clause != NONE && f->tail != NONE)) {
        phrase_add_subtree(w, f->other, NONE, content);
        if (f->tail != NONE && f->object == NONE && f->subject == NONE) {
            runs_remove(content, f->tail, f->tail + 1);
        }
        u32 object = phrase_child(w, f->cue, DEPREL_obj, DEPREL_obj);
        if (f->object == NONE && object != NONE && object > f->cue && object < f->other && f->tail == NONE &&
            word_at(w, object)->upos != UPOS_PRON && takes(f->row, CUE_TAKES_to)) {
            phrase_add_subtree(w, object, NONE, content); /* "urged [both sides to stop]" */
        }
    }
    d->clause = f->clause != NONE ? f->clause : f->other;
    if (content->count > 0 && content->items[0].start > f->cue) {
        add_gap(w, f, d->speaker, content);
        if (f->clause != NONE || (f->tail != NONE && f->row->act == STATEMENT_ACT_demand)) { /* "called on [both sides][to stop]" */
            add_rest(w, f, content);
        }
    }
}

/* "put [the toll at 23]": a number behind the object. */
static bool has_amount(const said_work *w, const found *f) {
    TREE_EACH_CHILD(w->t, f->cue, child) {
        u32 marker = phrase_marker(w, child);
        bool behind = f->object != NONE && is_child(w, child, DEPREL_obl) && marker != NONE && w->t->left[child] == w->t->right[f->object];
        bool number = word_at(w, child)->upos == UPOS_NUM || tree_child(w->t, child, DEPREL_nummod) != NONE;
        if (behind && number && takes_preposition(f->row, word_at(w, marker)->lower)) {
            return true;
        }
    }
    return false;
}

static bool fits(const said_work *w, const found *f) {
    if (takes(f->row, CUE_TAKES_amount)) {
        return has_amount(w, f);
    }
    return f->clause != NONE || f->object != NONE || (f->other != NONE && (!takes(f->row, CUE_TAKES_raise) || f->raised != NONE)) ||
           (f->subject != NONE && f->passive);
}

/* A speech verb set into another clause: "The talks, officials said, had failed" with "said" as the
 * parataxis of "failed", or "as officials put it". */
static u32 host_of(const said_work *w, u32 cue, const cue_row *row) {
    u8 relation = word_at(w, cue)->deprel;
    u32 head = word_at(w, cue)->head;
    if (row->kind != STATEMENT_KIND_speech || head >= w->r->tokens.count || !takes(row, CUE_TAKES_clause)) {
        return NONE;
    }
    bool as = relation == DEPREL_advcl && phrase_marker_word(w, cue) == w->cues->as;
    bool set_in = (relation == DEPREL_parataxis || relation == DEPREL_ccomp) && phrase_child(w, cue, DEPREL_nsubj, DEPREL_nsubj) != NONE &&
                  head < cue && !is_parted(w, head, cue);
    return as || set_in ? head : NONE;
}

static bool add_draft(said_work *w, const draft *made) {
    draft *d = list_push(w->r->memory, &w->drafts);
    if (d == NULL) {
        return false;
    }
    *d = *made;
    return true;
}

/* Do only particles and adverbs stand between the cue and its preposition? */
static bool touches(const said_work *w, u32 cue, u32 tail) {
    for (u32 i = cue + 1; i < tail; i++) {
        u8 relation = word_at(w, i)->deprel;
        if (relation != DEPREL_compound_prt && relation != DEPREL_advmod) {
            return false;
        }
    }
    return tail > cue;
}

/* "[The troops] were accused of [looting]": behind a passive the preposition of what the object brings
 * with it is the cue's. */
static u32 charge_tail(const said_work *w, u32 cue) {
    TREE_EACH_CHILD(w->t, cue, child) {
        u32 marker = phrase_marker(w, child);
        bool phrase = child > cue && (is_child(w, child, DEPREL_obl) || is_child(w, child, DEPREL_advcl)) && marker != NONE;
        if (phrase && map_find(&w->cues->extras, word_at(w, marker)->lower) != NONE && touches(w, cue, marker)) {
            return marker;
        }
    }
    return NONE;
}

static drg_status try_cue(said_work *w, u32 cue, u32 entry) {
    u32 first_row = w->cues->entries.items[entry].row;
    for (u32 at = entry; at != NONE; at = w->cues->entries.items[at].next) {
        u32 index = w->cues->entries.items[at].row;
        found f = {cue, &w->cues->rows.items[index], NONE, NONE, NONE, NONE, NONE, NONE, phrase_is_passive(w, cue)};
        TREE_EACH_CHILD(w->t, cue, child) { look_at(w, child, &f); }
        if (!fits(w, &f)) {
            continue;
        }
        draft d = {.cue = cue, .row = index, .speaker = takes(f.row, CUE_TAKES_raise) ? NONE : voice_find(w, cue, f.row), .tail = f.tail, .clause = NONE};
        if (f.object != NONE || f.subject != NONE || f.clause != NONE) {
            d.tail = NONE;
        }
        bool parted = d.tail != NONE && !touches(w, cue, d.tail);
        if (parted) {
            f.tail = d.tail = NONE; /* "see [golf courses as waste]" */
            f.object = f.object == NONE && !takes(f.row, CUE_TAKES_hearer) ? phrase_child(w, cue, DEPREL_obj, DEPREL_iobj) : f.object;
        }
        fill_content(w, &f, &d);
        d.tail = f.passive && f.subject != NONE && f.clause == NONE ? charge_tail(w, cue) : d.tail;
        return add_draft(w, &d) ? DRG_OK : DRG_ERROR_MEMORY;
    }
    const cue_row *row = &w->cues->rows.items[first_row];
    u32 host = host_of(w, cue, row);
    draft d = {.cue = cue, .row = first_row, .speaker = voice_find(w, cue, row), .tail = NONE, .clause = host};
    if (host != NONE) {
        phrase_add_subtree(w, host, cue, &d.content);
    } else if (row->kind != STATEMENT_KIND_speech || word_at(w, cue)->upos != UPOS_VERB || d.speaker == NONE) {
        return DRG_OK;
    }
    return add_draft(w, &d) ? DRG_OK : DRG_ERROR_MEMORY;
}

/* "According to the ministry, two men died." */
static drg_status try_according(said_work *w, u32 cue) {
    u32 speaker = word_at(w, cue)->head;
    if (speaker >= w->r->tokens.count || word_at(w, cue)->deprel == DEPREL_root) {
        return DRG_OK;
    }
    u32 clause = word_at(w, speaker)->head, steps = 0;
    while (clause < w->r->tokens.count && steps++ < CLIMB && word_at(w, clause)->upos != UPOS_VERB &&
           (is_child(w, clause, DEPREL_nmod) || is_child(w, clause, DEPREL_obl) || is_child(w, clause, DEPREL_obj) ||
            is_child(w, clause, DEPREL_nsubj) || is_child(w, clause, DEPREL_appos))) {
        clause = word_at(w, clause)->head;
    }
    u32 entry = cue_find(w->cues, &w->r->words, w->cues->accord, NONE, UPOS_VERB);
    if (clause >= w->r->tokens.count || entry == NONE) {
        return DRG_OK;
    }
    draft d = {.cue = cue, .row = w->cues->entries.items[entry].row, .speaker = speaker, .tail = phrase_child(w, cue, DEPREL_fixed, DEPREL_fixed), .clause = clause};
    phrase_add_subtree(w, clause, speaker, &d.content);
    runs beside = {.count = 0};
    phrase_add_subtree(w, speaker, NONE, &beside);
    for (u32 i = 0; i < beside.count; i++) {
        runs_remove(&d.content, beside.items[i].start, beside.items[i].end);
    }
    return add_draft(w, &d) ? DRG_OK : DRG_ERROR_MEMORY;
}

/* "reportedly": a cue without a speaker over its whole clause; "alleged attack" over its noun. */
static drg_status try_modifier(said_work *w, u32 cue, u32 entry) {
    u32 head = word_at(w, cue)->head, row = w->cues->entries.items[entry].row;
    if (head >= w->r->tokens.count || !takes(&w->cues->rows.items[row], CUE_TAKES_modifies)) {
        return DRG_OK;
    }
    draft d = {.cue = cue, .row = row, .speaker = NONE, .tail = NONE, .clause = head};
    phrase_add_subtree(w, head, cue, &d.content);
    return add_draft(w, &d) ? DRG_OK : DRG_ERROR_MEMORY;
}

static drg_status try_token(said_work *w, u32 i) {
    const token *word = word_at(w, i);
    const symbols *words = &w->r->words;
    if (word->lemma == w->cues->accord && (is_child(w, i, DEPREL_case) || is_child(w, i, DEPREL_mark))) {
        return try_according(w, i);
    }
    u8 tag = word->upos;
    if (tag != UPOS_VERB && tag != UPOS_NOUN && tag != UPOS_ADJ && tag != UPOS_ADV) {
        return DRG_OK;
    }
    u32 particle = tag == UPOS_VERB ? tree_child(w->t, i, DEPREL_compound_prt) : NONE, entry = NONE;
    if (particle != NONE) {
        entry = cue_find(w->cues, words, word->lemma, word_at(w, particle)->lower, tag);
    }
    if (entry == NONE) {
        entry = cue_find(w->cues, words, word->lemma, NONE, tag);
    }
    if (entry == NONE) {
        return DRG_OK;
    }
    bool modifier = tag == UPOS_ADV || takes(&w->cues->rows.items[w->cues->entries.items[entry].row], CUE_TAKES_modifies);
    return modifier ? try_modifier(w, i, entry) : try_cue(w, i, entry);
}

/* Does cue `other` follow the statement with the same speaker, and not stand inside what was said?
 * "He said the vote was fair, [adding that ...]", "said the vote was fair and [called for calm]". */
static bool follows_on(const said_work *w, const draft *d, const draft *other) {
    const token *word = word_at(w, other->cue);
    u32 left = w->t->left[other->cue];
    if (w->cues->rows.items[other->row].kind != STATEMENT_KIND_speech || word->upos != UPOS_VERB ||
        phrase_child(w, other->cue, DEPREL_nsubj, DEPREL_nsubj_pass) != NONE || w->quotes.at[other->cue] != NONE || left == 0) {
        return false;
    }
    bool comma = word_at(w, left - 1)->upos == UPOS_PUNCT || (word_at(w, left)->upos == UPOS_PUNCT);
    bool participle = (word->deprel == DEPREL_advcl || word->deprel == DEPREL_ccomp || word->deprel == DEPREL_parataxis) &&
                      is_gerund(w, other->cue) && left + 1 >= other->cue && comma;
    bool sister = word->deprel == DEPREL_conj && word->head == d->clause && !is_gerund(w, other->cue) &&
                  word->lower != word->lemma && phrase_child(w, other->cue, DEPREL_aux, DEPREL_aux_pass) == NONE;
    return participle || sister;
}

/* Cuts a content where the same speaker's next statement begins. */
static void part_siblings(said_work *w) {
    for (u32 i = 0; i < w->drafts.count; i++) {
        draft *d = &w->drafts.items[i];
        if (w->cues->rows.items[d->row].kind != STATEMENT_KIND_speech || d->clause == NONE) {
            continue;
        }
        for (u32 k = i + 1; k < w->drafts.count && k < i + 8; k++) {
            draft *other = &w->drafts.items[k];
            if (word_at(w, other->cue)->sentence != word_at(w, d->cue)->sentence) {
                break;
            }
            if (runs_have(&d->content, other->cue) && follows_on(w, d, other)) {
                runs_remove(&d->content, w->t->left[other->cue], sentence_end(w, d->cue));
                other->speaker = d->speaker;
                other->follows = true;
                break;
            }
        }
    }
}

drg_status attribute_run(said_work *w) {
    for (u32 i = 0; i < w->r->tokens.count; i++) {
        DRG_TRY(try_token(w, i));
    }
    part_siblings(w);
    return DRG_OK;
}
