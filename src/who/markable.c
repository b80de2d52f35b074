// SPDX-License-Identifier: Apache-2.0
/* The noun phrases of a report, with what decides whom they can mean.
 *
 *     After the talks, [the president of [Chad]], [Idriss Deby], thanked [[his] hosts].
 *
 * A phrase is its head with all that hangs on it, without what only joins it to the sentence:
 * prepositions, the copula and its subject, conjunctions, further conjuncts.  "Chao and Yang" is
 * one more phrase, for the "they" that comes after. */
#include "who/markable.h"

#include "parse/labels.h"

static const char *const kind_names[] = {
#define MARKABLE_NAME_TEXT(name, text) text,
    MARKABLE_KIND_LIST(MARKABLE_NAME_TEXT)
#undef MARKABLE_NAME_TEXT
};

const char *markable_kind_name(u32 kind) { return kind < COUNT_OF(kind_names) ? kind_names[kind] : ""; }

/* Relations that join a phrase to others and are no part of it. */
static const u64 outside = RELATION(case) | RELATION(mark) | RELATION(cop) | RELATION(nsubj) | RELATION(nsubj_outer) | RELATION(nsubj_pass) |
                           RELATION(cc) | RELATION(cc_preconj) | RELATION(aux) | RELATION(aux_pass) | RELATION(discourse) | RELATION(parataxis) |
                           RELATION(csubj) | RELATION(csubj_outer) | RELATION(csubj_pass) | RELATION(expl) | RELATION(dislocated) |
                           RELATION(list) | RELATION(vocative) | RELATION(conj) | RELATION(punct) | RELATION(advcl) | RELATION(orphan) |
                           RELATION(reparandum) | RELATION(dep) | RELATION(ccomp);
static const u64 inside_names = RELATION(flat) | RELATION(fixed) | RELATION(goeswith) | RELATION(amod);

/* [tokens] first and end of everything below each token, itself included: leaves first. */
static range *find_extents(const scene *s) {
    const report *r = s->r;
    u32 count = r->tokens.count, *waiting = arena_new(r->memory, u32, count + 1), *queue = arena_new(r->memory, u32, count + 1);
    range *extents = arena_new(r->memory, range, count + 1);
    u32 queued = 0;
    if (waiting == NULL || queue == NULL || extents == NULL) {
        return NULL;
    }
    for (u32 i = 0; i < count; i++) {
        extents[i] = (range){i, i + 1};
        for (u32 child = s->first_child[i]; child != NONE; child = s->next_child[child]) {
            waiting[i]++;
        }
        if (waiting[i] == 0) {
            queue[queued++] = i;
        }
    }
    for (u32 i = 0; i < queued; i++) {
        u32 at = queue[i], head = report_token(r, at)->head;
        if (head < count && head != at) {
            extents[head].start = extents[at].start < extents[head].start ? extents[at].start : extents[head].start;
            extents[head].end = extents[at].end > extents[head].end ? extents[at].end : extents[head].end;
            if (--waiting[head] == 0) {
                queue[queued++] = head;
            }
        }
    }
    return extents;
}

static bool is_mark(const scene *s, u32 at_token) {
    const token *t = report_token(s->r, at_token);
    return t->upos == UPOS_PUNCT || t->xpos == XPOS_HYPH;
}

static bool is_open_bracket(const scene *s, u32 at_token) { return report_token(s->r, at_token)->xpos == XPOS_LRB; }

/* Drops marks on both sides; a closing bracket stays with its opening one. */
static range trim_marks(const scene *s, range at, u32 head) {
    while (at.start < head && is_mark(s, at.start)) {
        at.start++;
    }
    while (at.end > head + 1 && is_mark(s, at.end - 1)) {
        bool bracket = report_token(s->r, at.end - 1)->xpos == XPOS_RRB;
        for (u32 i = at.start; i < at.end && bracket; i++) {
            if (is_open_bracket(s, i)) {
                return at;
            }
        }
        at.end--;
    }
    return at;
}

/* The words of the phrase with this head.  "Only", "also" and "not" before it are no part of it. */
static range find_range(const scene *s, const range *extents, u32 head) {
    range at = {head, head + 1}, own = {scene_sentence_first(s, head), scene_sentence_end(s, head)};
    u32 copula = scene_child(s, head, RELATION(cop), NONE);
    for (u32 child = s->first_child[head]; child != NONE; child = s->next_child[child]) {
        u8 relation = report_token(s->r, child)->deprel;
        bool own_case = relation == DEPREL_case && child > head; /* "Mali's" */
        bool adverb = relation == DEPREL_advmod && child < head && extents[child].end == child + 1;
        bool of_clause = copula != NONE && (relation == DEPREL_obl || relation == DEPREL_advmod || relation == DEPREL_obl_unmarked);
        bool renamed = relation == DEPREL_appos && extents[child].start > head && is_mark(s, extents[child].start - 1); /* "Silva[, the minister]" */
        renamed |= relation == DEPREL_appos && extents[child].start > head && is_mark(s, extents[child].start);
        if (renamed || (outside >> relation & 1 && !own_case) || adverb || of_clause || (copula != NONE && child < copula)) {
            continue;
        }
        at.start = extents[child].start < at.start ? extents[child].start : at.start;
        at.end = extents[child].end > at.end ? extents[child].end : at.end;
    }
    at.start = copula != NONE && copula < head && at.start <= copula ? copula + 1 : at.start;
    at.start = at.start < own.start ? own.start : at.start;
    at.end = at.end > own.end ? own.end : at.end;
    return trim_marks(s, at, head);
}

static markable_role role_of(const scene *s, u32 head) {
    const token *t = report_token(s->r, head);
    for (u32 step = 0; step < 4 && t->deprel == DEPREL_conj && t->head < s->r->tokens.count; step++) {
        t = report_token(s->r, t->head);
    }
    switch (t->deprel) {
    case DEPREL_nsubj:
    case DEPREL_nsubj_outer: return MARKABLE_SUBJECT;
    case DEPREL_nsubj_pass: return MARKABLE_PASSIVE;
    case DEPREL_obj:
    case DEPREL_iobj: return MARKABLE_OBJECT;
    case DEPREL_obl:
    case DEPREL_obl_agent:
    case DEPREL_obl_unmarked: return MARKABLE_OBLIQUE;
    case DEPREL_nmod_poss: return MARKABLE_POSSESSOR;
    case DEPREL_nmod:
    case DEPREL_nmod_unmarked: return MARKABLE_OF;
    case DEPREL_appos: return MARKABLE_APPOSED;
    case DEPREL_compound:
    case DEPREL_nmod_desc: return MARKABLE_COMPOUND;
    case DEPREL_root: return MARKABLE_ROOT;
    default: return MARKABLE_OTHER;
    }
}

/* A noun before another is a phrase of its own unless both are one name. */
static bool stands_alone(const scene *s, u32 at_token) {
    const token *t = report_token(s->r, at_token);
    if (inside_names >> t->deprel & 1 || t->deprel == DEPREL_expl) {
        return false;
    }
    if (t->deprel != DEPREL_compound && t->deprel != DEPREL_nmod_desc) {
        return true;
    }
    u32 end = at_token + 1;
    while (t->name != NAME_NONE && end < s->r->tokens.count && report_token(s->r, end)->name == t->name && !report_token(s->r, end)->name_begins) {
        end++;
    }
    return t->name == NAME_NONE || t->head >= end;
}

static bool is_demonstrative(const scene *s, u32 at_token) {
    refer_class class = scene_refer(s, at_token); /* "that" is a relative, too */
    return class == REFER_THIS || (class == REFER_RELATIVE && report_token(s->r, at_token)->xpos == XPOS_DT);
}

/* What kind of pointer a pronoun is, or MARKABLE_KINDS: it points at nothing. */
static markable_kind pronoun_kind(const scene *s, u32 at_token) {
    static const u8 kinds[] = {[REFER_HE] = MARKABLE_HE, [REFER_SHE] = MARKABLE_SHE, [REFER_IT] = MARKABLE_IT, [REFER_THEY] = MARKABLE_THEY,
                               [REFER_I] = MARKABLE_I, [REFER_WE] = MARKABLE_WE, [REFER_YOU] = MARKABLE_YOU, [REFER_THIS] = MARKABLE_THIS};
    const token *t = report_token(s->r, at_token);
    refer_class class = is_demonstrative(s, at_token) ? REFER_THIS : scene_refer(s, at_token);
    bool relative = t->xpos == XPOS_WDT || t->xpos == XPOS_WP || t->deprel == DEPREL_mark || t->deprel == DEPREL_det || t->deprel == DEPREL_expl;
    bool known = class < COUNT_OF(kinds) && class != REFER_NONE && (class == REFER_HE || kinds[class] != 0);
    return relative || !known ? MARKABLE_KINDS : (markable_kind)kinds[class];
}

static markable_kind noun_kind(const scene *s, const markable *m) {
    const report *r = s->r;
    u32 owner = scene_child(s, m->head, RELATION(nmod_poss), NONE);
    if (owner != NONE) {
        return MARKABLE_OWNED;
    }
    for (u32 child = scene_child(s, m->head, RELATION(det), NONE); child != NONE; child = scene_child(s, m->head, RELATION(det), child)) {
        if (is_demonstrative(s, child)) {
            return MARKABLE_THAT;
        }
        if (scene_refer(s, child) == REFER_THE) {
            return MARKABLE_THE;
        }
        if (child < m->head && report_token(r, child)->upos == UPOS_DET) {
            return MARKABLE_A;
        }
    }
    return MARKABLE_BARE;
}

/* The bare name around the head: its draft's, else the run of proper nouns. */
static void find_name(const scene *s, markable *m) {
    const draft *d = m->draft == NONE ? NULL : scene_draft((scene *)s, m->draft);
    if (d != NULL && scene_has_name(d)) {
        m->name_first = d->name_first;
        m->name_end = d->name_end;
        return;
    }
    u32 first = m->head, end = m->head + 1;
    while (first > m->first && report_token(s->r, first - 1)->upos == UPOS_PROPN) {
        first--;
    }
    while (end < m->end && report_token(s->r, end)->upos == UPOS_PROPN) {
        end++;
    }
    m->name_first = first;
    m->name_end = end;
}

static char gender_of_name(const scene *s, const markable *m) {
    u32 at = s->first_piece[m->name_first];
    u32 found = at < s->first_piece[m->name_end] ? map_find(&s->lex->given, s->pieces.items[at].symbol) : NONE;
    return found == NONE ? '\0' : (char)found;
}

static void fill_class(const scene *s, markable *m) {
    static const u8 by_name[] = {[NAME_PER] = NOUN_PERSON, [NAME_ORG] = NOUN_GROUP, [NAME_LOC] = NOUN_PLACE, [NAME_NORP] = NOUN_GROUP, [NAME_MISC] = NOUN_NONE};
    static const u8 by_draft[] = {[DRAFT_STATE] = NOUN_PLACE, [DRAFT_BODY] = NOUN_GROUP, [DRAFT_PERSON] = NOUN_PERSON, [DRAFT_PEOPLE] = NOUN_PERSON,
                                  [DRAFT_REFER] = NOUN_NONE, [DRAFT_PAIR] = NOUN_NONE};
    const token *head = report_token(s->r, m->head);
    const draft *d = m->draft == NONE ? NULL : scene_draft((scene *)s, m->draft);
    u32 last_piece = s->first_piece[m->head + 1] > s->first_piece[m->head] ? s->pieces.items[s->first_piece[m->head + 1] - 1].symbol : NONE;
    u32 known = m->noun == NONE ? NONE : map_find(&s->lex->nouns, m->noun);
    known = known == NONE && last_piece != NONE ? map_find(&s->lex->nouns, last_piece) : known;
    bool name = m->kind == MARKABLE_NAME || m->kind == MARKABLE_PERSON;
    if (d != NULL && by_draft[d->what] != NOUN_NONE) {
        m->class = by_draft[d->what];
    } else if (name && head->name != NAME_NONE) {
        m->class = by_name[head->name];
    } else if (known != NONE) {
        m->class = (u8)(known & 0xFF);
    }
    m->gender = d != NULL && d->gender != '\0' ? d->gender : !name && known != NONE ? (char)(known >> 8) : '\0';
    if (m->gender == '\0' && m->kind == MARKABLE_PERSON) {
        m->gender = gender_of_name(s, m);
    }
}

static void fill_number(const scene *s, markable *m) {
    const token *head = report_token(s->r, m->head);
    const draft *d = m->draft == NONE ? NULL : scene_draft((scene *)s, m->draft);
    bool many = head->xpos == XPOS_NNS || m->kind == MARKABLE_THEY || m->kind == MARKABLE_WE || m->joined;
    bool crowd = (d != NULL && d->what == DRAFT_BODY) || m->class == NOUN_GROUP || head->xpos == XPOS_NNPS || (d != NULL && d->plural);
    m->plural = many;
    m->singular = !many && !crowd && m->kind != MARKABLE_YOU && m->kind != MARKABLE_NUMBER && m->kind != MARKABLE_THIS;
    m->gender = m->kind == MARKABLE_HE ? 'm' : m->kind == MARKABLE_SHE ? 'f' : many ? '\0' : m->gender;
    bool person = m->kind == MARKABLE_HE || m->kind == MARKABLE_SHE || m->kind == MARKABLE_I || m->kind == MARKABLE_WE || m->kind == MARKABLE_YOU;
    m->class = person ? NOUN_PERSON : m->class;
}

/* The kind of phrase that the token heads, or MARKABLE_KINDS. */
static markable_kind kind_at(const scene *s, u32 at_token) {
    const token *t = report_token(s->r, at_token);
    if (!stands_alone(s, at_token)) {
        return MARKABLE_KINDS;
    }
    if (t->upos == UPOS_PRON || (t->upos == UPOS_DET && t->deprel != DEPREL_det)) {
        return pronoun_kind(s, at_token);
    }
    if (t->upos == UPOS_PROPN) {
        return MARKABLE_NAME;
    }
    bool number = t->upos == UPOS_NUM && t->deprel != DEPREL_nummod;
    return t->upos == UPOS_NOUN ? MARKABLE_BARE : number ? MARKABLE_NUMBER : MARKABLE_KINDS;
}

static markable *add(markables *p, u32 head, range at, markable_kind kind) {
    scene *s = p->s;
    markable *m = list_push(s->r->memory, &p->list);
    if (m == NULL) {
        return NULL;
    }
    u32 draft_here = s->headed[head] != NONE ? s->headed[head] : NONE;
    *m = (markable){.first = at.start, .end = at.end, .head = head, .draft = draft_here, .kind = (u8)kind, .antecedent = NONE, .chain = NONE};
    const token *t = report_token(s->r, head);
    m->noun = t->upos == UPOS_PROPN || t->lemma == NONE ? t->lower : t->lemma;
    const draft *d = draft_here == NONE ? NULL : scene_draft(s, draft_here);
    if (kind == MARKABLE_NAME) {
        find_name(s, m);
        bool person = d != NULL && scene_has_name(d) ? d->what == DRAFT_PERSON : t->name == NAME_PER;
        m->kind = person ? MARKABLE_PERSON : MARKABLE_NAME;
    } else if (kind == MARKABLE_BARE) {
        m->kind = (u8)noun_kind(s, m);
    }
    m->role = (u8)role_of(s, head);
    fill_class(s, m);
    fill_number(s, m);
    return m;
}

/* "Chao and Yang": the last conjunct when all are nouns, or NONE. */
static u32 last_conjunct(const scene *s, u32 head) {
    u32 last = NONE;
    for (u32 child = scene_child(s, head, RELATION(conj), NONE); child != NONE; child = scene_child(s, head, RELATION(conj), child)) {
        u8 tag = report_token(s->r, child)->upos;
        if (tag != UPOS_NOUN && tag != UPOS_PROPN && tag != UPOS_PRON) {
            return NONE;
        }
        last = child;
    }
    return last;
}

/* Quotation marks open and close; none reaches over a block. */
static void mark_quotes(const scene *s, bool *quoted) {
    const report *r = s->r;
    bool open = false;
    u32 block_here = NONE;
    for (u32 i = 0; i < r->tokens.count; i++) {
        span form = report_form(r, i);
        u32 width, code = form.len > 0 ? utf8_decode(form, 0, &width) : 0, here = r->sentences.items[report_token(r, i)->sentence].block;
        open = open && here == block_here;
        block_here = here;
        bool straight = code == '"' || report_token(r, i)->xpos == XPOS_OPEN_QUOTE || report_token(r, i)->xpos == XPOS_CLOSE_QUOTE;
        if (code == 0x201C || code == 0xAB || (straight && !open && code != 0x201D)) {
            open = true;
        } else if (code == 0x201D || code == 0xBB || straight) {
            open = false;
        }
        quoted[i] = open;
    }
}

/* By first token, the longer first: a counting sort, then neighbours. */
static bool sort_markables(markables *p) {
    const report *r = p->s->r;
    u32 *slots = arena_new(r->memory, u32, r->tokens.count + 2), count = p->list.count;
    markable *sorted = arena_new(r->memory, markable, count + 1);
    if (slots == NULL || sorted == NULL) {
        return false;
    }
    for (u32 i = 0; i < count; i++) {
        slots[p->list.items[i].first + 1]++;
    }
    for (u32 i = 0; i < r->tokens.count; i++) {
        slots[i + 1] += slots[i];
    }
    for (u32 i = 0; i < count; i++) {
        sorted[slots[p->list.items[i].first]++] = p->list.items[i];
    }
    for (u32 i = 1; i < count; i++) {
        for (u32 k = i; k > 0 && sorted[k - 1].first == sorted[k].first && sorted[k - 1].end < sorted[k].end; k--) {
            markable swap = sorted[k];
            sorted[k] = sorted[k - 1];
            sorted[k - 1] = swap;
        }
    }
    p->list.items = sorted;
    p->list.room = count + 1;
    for (u32 i = 0; i < count; i++) {
        if (!sorted[i].joined) {
            p->at[sorted[i].head] = i;
        }
    }
    return true;
}

static bool find_all(markables *p, const range *extents, const bool *quoted) {
    scene *s = p->s;
    for (u32 i = 0; i < s->r->tokens.count; i++) {
        p->at[i] = NONE;
        markable_kind kind = kind_at(s, i);
        if (kind == MARKABLE_KINDS) {
            continue;
        }
        range own = find_range(s, extents, i);
        markable *m = add(p, i, own, kind);
        u32 last = m == NULL ? NONE : last_conjunct(s, i);
        if (m == NULL) {
            return false;
        }
        m->quoted = quoted[i];
        if (last != NONE) {
            range other = find_range(s, extents, last);
            markable *pair = add(p, i, (range){own.start, other.end > own.end ? other.end : own.end}, MARKABLE_BARE);
            if (pair == NULL) {
                return false;
            }
            pair->joined = pair->plural = true;
            pair->singular = false;
            pair->gender = '\0';
            pair->draft = NONE;
            pair->quoted = quoted[i];
        }
    }
    return true;
}

drg_status markable_find(markables *p, scene *s, drg_error *error) {
    *p = (markables){.s = s, .at = arena_new(s->r->memory, u32, s->r->tokens.count + 1)};
    bool *quoted = arena_new(s->r->memory, bool, s->r->tokens.count + 1);
    range *extents = find_extents(s);
    if (p->at == NULL || quoted == NULL || extents == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    mark_quotes(s, quoted);
    if (!find_all(p, extents, quoted) || !sort_markables(p)) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    return DRG_OK;
}
