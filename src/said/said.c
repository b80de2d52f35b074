// SPDX-License-Identifier: Apache-2.0
/* The stage's door: drafts become the report's statements, then deeds get their status.
 *
 *     "The deal is dead," the minister told Reuters.
 *      statement: speaker the minister, cue told, content "The deal is dead,", channel Reuters, direct */
#include "said/said.h"

#include "said/attribute.h"
#include "said/credit.h"
#include "said/direct.h"
#include "said/inside.h"
#include "said/status.h"
#include "what/category.h"

struct said_tables {
    cue_tables cues;
    embedding_tables embeddings;
};

drg_status said_open(said_tables **out, knowledge *k, drg_error *error) {
    *out = arena_new(&k->memory, said_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "said", 0, "out of memory");
    }
    DRG_TRY(cue_open(&(*out)->cues, k, error));
    return embedding_open(&(*out)->embeddings, k, error);
}

void said_close(said_tables *tables) { (void)tables; /* everything is in the run arena */ }

/* The mention that the phrase headed by `head` is: its own, or its apposition's or the noun's that a
 * relative pronoun stands for. */
static u32 mention_of(const said_work *w, u32 head) {
    const report *r = w->r;
    if (head == NONE || r->mention_at == NULL) {
        return NONE;
    }
    if (r->mention_at[head] != NONE) {
        return r->mention_at[head];
    }
    const token *word = word_at(w, head);
    u32 verb = word->head;
    if ((word->upos == UPOS_PRON || word->upos == UPOS_DET) && verb < r->tokens.count && word_at(w, verb)->deprel == DEPREL_acl_relcl) {
        u32 noun = word_at(w, verb)->head;
        return noun < r->tokens.count ? r->mention_at[noun] : NONE;
    }
    TREE_EACH_CHILD(w->t, head, child) {
        u8 relation = word_at(w, child)->deprel;
        bool same = relation == DEPREL_appos || relation == DEPREL_flat || relation == DEPREL_nmod_desc;
        if (same && r->mention_at[child] != NONE) {
            return r->mention_at[child];
        }
    }
    for (u32 child = w->t->first_child[head]; child != NONE; child = w->t->next_sibling[child]) {
        u8 relation = word_at(w, child)->deprel; /* "a spokesman for the ministry", "Iranian officials" */
        bool owner = relation == DEPREL_nmod || relation == DEPREL_nmod_poss || relation == DEPREL_amod || relation == DEPREL_compound;
        if (owner && r->mention_at[child] != NONE) {
            return r->mention_at[child];
        }
    }
    return NONE;
}

/* "said in a statement", "wrote on Twitter", "told Reuters": the token that heads it. */
static u32 channel_of(const said_work *w, u32 cue, const draft *d) {
    TREE_EACH_CHILD(w->t, cue, child) {
        if (child == d->speaker || runs_have(&d->content, child)) {
            continue;
        }
        u8 relation = word_at(w, child)->deprel;
        bool oblique = relation == DEPREL_obl || relation == DEPREL_obl_unmarked || relation == DEPREL_nmod;
        u32 mentioned = w->r->mention_at == NULL ? NONE : w->r->mention_at[child];
        bool media = (relation == DEPREL_obj || relation == DEPREL_iobj || oblique) && mentioned != NONE &&
                     w->r->mentions.items[mentioned].code.sector == SECTOR_MED;
        if (media || (oblique && (cue_is_channel(w->cues, word_at(w, child)->lemma) || cue_is_channel(w->cues, word_at(w, child)->lower)))) {
            return child;
        }
    }
    return NONE;
}

static range bytes_of(const said_work *w, range tokens) {
    return (range){word_at(w, tokens.start)->text.start, word_at(w, tokens.end - 1)->text.end};
}

static bool write_statement(said_work *w, draft *d) {
    report *r = w->r;
    const cue_row *row = &w->cues->rows.items[d->row];
    range cue = phrase_cue(w, d->cue, d->tail), speaker = {0, 0};
    runs_remove(&d->content, cue.start, cue.end);
    if (d->speaker != NONE) {
        speaker = phrase_speaker(w, d->speaker);
        bool beside = speaker.end == cue.start || cue.end == speaker.start;
        if (!runs_have(&d->content, d->speaker) || d->direct || beside) {
            runs_remove(&d->content, speaker.start, speaker.end);
        }
    }
    runs_fill(w, &d->content, cue, speaker);
    runs_tidy(w, &d->content);
    if (d->content.count == 0) {
        return true;
    }
    u32 index = r->statements.count;
    statement *s = list_push(r->memory, &r->statements);
    if (s == NULL) {
        return false;
    }
    *s = (statement){.cue = d->cue, .speaker_token = d->speaker, .speaker = mention_of(w, d->speaker), .outer = NONE};
    s->predicate = r->predicate_at == NULL ? NONE : r->predicate_at[d->cue];
    s->first_content = s->end_content = r->contents.count;
    s->direct = d->direct;
    s->negated = phrase_negated(w, d->cue);
    s->act = row->act;
    s->kind = row->kind;
    s->vouch = row->vouch;
    s->quoted = w->quotes.at[d->cue] != NONE;
    s->channel = channel_of(w, d->cue, d);
    s->cue_text = bytes_of(w, cue);
    s->speaker_text = d->speaker == NONE ? (range){0, 0} : bytes_of(w, speaker);
    for (u32 i = 0; i < d->content.count; i++) {
        range *content = list_push(r->memory, &r->contents);
        if (content == NULL) {
            return false;
        }
        *content = bytes_of(w, d->content.items[i]);
    }
    s->end_content = r->contents.count;
    report_add_reason(r, STAGE_SAID, d->cue, index, row->where, "%s, %s%s%s", said_kind_name(row->kind), said_vouch_name(row->vouch),
                      d->speaker == NONE ? ", no speaker" : "", s->speaker == NONE && d->speaker != NONE ? ", speaker is no known actor" : "");
    return true;
}

/* The statement whose content holds another's cue is its outer one.  Both lists are in text order
 * of the cues; of several, the one with the nearest cue wins. */
static void link_outer(report *r) {
    enum { NEAR = 12 };
    for (u32 i = 0; i < r->statements.count; i++) {
        u32 at = report_token(r, r->statements.items[i].cue)->text.start, best = NONE;
        u32 from = i > NEAR ? i - NEAR : 0, to = i + NEAR < r->statements.count ? i + NEAR : r->statements.count;
        for (u32 k = from; k < to; k++) {
            const statement *s = &r->statements.items[k];
            for (u32 c = s->first_content; k != i && c < s->end_content; c++) {
                if (at >= r->contents.items[c].start && at < r->contents.items[c].end) {
                    best = best == NONE || k < i ? k : best;
                }
            }
        }
        r->statements.items[i].outer = best;
    }
}

/* "The minister may accuse the rebels", "they want to ask for help", "who said so?": nothing was said
 * yet.  A refusal or a denial to say something is kept. */
static bool is_made(const said_tables *tables, const said_work *w, const draft *d) {
    if (d->direct || d->follows || d->speaker == NONE) {
        return d->content.count > 0;
    }
    u8 state = embedding_of(&tables->embeddings, w->t, w->r, d->cue).state;
    return d->content.count > 0 && state != EFFECT_open && state != EFFECT_planned;
}

static draft *draft_at(said_work *w, u32 cue) {
    u32 low = 0, high = w->drafts.count; /* in text order of their cues */
    while (low < high) {
        u32 middle = low + (high - low) / 2;
        if (w->drafts.items[middle].cue < cue) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < w->drafts.count && w->drafts.items[low].cue == cue ? &w->drafts.items[low] : NULL;
}

static bool is_by_fighters(const report *r, const deed *d) {
    static const u32 fighters = 1u << SECTOR_MIL | 1u << SECTOR_REB | 1u << SECTOR_UAF | 1u << SECTOR_COP | 1u << SECTOR_SPY;
    bool found = false;
    for (u32 i = d->first_source; i < d->end_source; i++) {
        found |= sector_is_in(r->mentions.items[r->parties.items[i]].code.sector, fighters);
    }
    return found;
}

/* "The rebels attacked the base", "the soldiers resisted the attack of the rebels": where fighters are the
 * doers, verbs that elsewhere stand for hard words are blows. */
static void forget_blows(said_work *w) {
    for (u32 i = 0; i < w->r->deeds.count; i++) {
        const deed *one = &w->r->deeds.items[i];
        const predicate *p = &w->r->predicates.items[one->predicate];
        draft *d = one->plover == CATEGORY_ASSAULT && is_by_fighters(w->r, one) ? draft_at(w, p->support == NONE ? p->head : p->support) : NULL;
        u8 act = d == NULL ? STATEMENT_ACT_assert : w->cues->rows.items[d->row].act;
        if ((act == STATEMENT_ACT_accuse || act == STATEMENT_ACT_deny) && !d->direct) {
            d->content.count = 0;
        }
    }
}

static void forget_unmade(const said_tables *tables, said_work *w) {
    for (u32 i = 0; i < w->drafts.count; i++) {
        if (!is_made(tables, w, &w->drafts.items[i])) {
            w->drafts.items[i].content.count = 0;
        }
    }
    forget_blows(w);
}

/* "refused to say why": one statement, whose cue is both verbs. */
static void join_governors(said_work *w) {
    for (u32 i = 1; i < w->drafts.count; i++) {
        u32 governor = phrase_cue_governor(w, w->drafts.items[i].cue);
        for (u32 k = i; governor != NONE && k-- > 0 && w->drafts.items[k].cue >= governor;) {
            if (w->drafts.items[k].cue == governor && w->drafts.items[i].content.count > 0) {
                w->drafts.items[k].content.count = 0;
            }
        }
    }
}

static drg_status run(const said_tables *tables, const what_tables *what, report *r) {
    tree trees;
    said_work w = {.cues = &tables->cues, .t = &trees, .r = r};
    w.stamp = arena_new(r->memory, u32, r->tokens.count + 1);
    w.queue = arena_new(r->memory, u32, PHRASE_TOKENS);
    if (w.stamp == NULL || w.queue == NULL) {
        return DRG_ERROR_MEMORY;
    }
    DRG_TRY(tree_build(&trees, r, r->memory));
    DRG_TRY(quote_find(&w.quotes, r, r->memory));
    DRG_TRY(attribute_run(&w));
    direct_run(&w);
    forget_unmade(tables, &w);
    join_governors(&w);
    for (u32 i = 0; i < w.drafts.count; i++) {
        if (!write_statement(&w, &w.drafts.items[i])) {
            return DRG_ERROR_MEMORY;
        }
    }
    link_outer(r);
    if (r->deeds.count == 0) {
        return DRG_OK;
    }
    const u32 *inside = inside_find(r);
    if (inside == NULL) {
        return DRG_ERROR_MEMORY;
    }
    DRG_TRY(credit_run(&(crediting){&tables->embeddings, what, &trees, inside}, r));
    return status_run(&tables->embeddings, &trees, inside, r);
}

drg_status said_run(const said_tables *tables, const what_tables *what, report *r, drg_error *error) {
    if (r->tokens.count == 0) {
        return DRG_OK;
    }
    drg_status status = run(tables, what, r);
    return status == DRG_OK ? status : drg_fail(error, status, "said", 0, "report needs more than its memory cap");
}

/* Means of the annotators' scale for each standing, measured on training sentences. */
double said_factuality(const said_tables *tables, const report *r, u32 at) {
    static const double values[EFFECT_COUNT] = {2.7, 2.7, -2.0, 0.6, 0.5, 1.5};
    tree trees;
    arena_mark mark = arena_take_mark(r->memory);
    double value = 0.0;
    if (tree_build(&trees, r, r->memory) == DRG_OK) {
        standing s = embedding_of(&tables->embeddings, &trees, r, at);
        value = values[s.state] - (s.claimed ? 1.0 : 0.0);
    }
    arena_release(r->memory, mark);
    return value;
}
