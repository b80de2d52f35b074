// SPDX-License-Identifier: Apache-2.0
/* Persons: name spans with the titles before them.
 *
 *     the visiting Chairman of the Chiefs of Staff of the Iranian Armed Forces Major General | Mohammad Baqeri
 *
 * From the name leftwards: a title ends at the name (Major General, a rank); before it stands
 * another phrase without a comma, at whose start there is a title again (Chairman of ..., an
 * office: it wins over the rank).  The words of the whole chunk give the country.  A name that
 * the parser missed is still a person behind a title ("President Nkurunziza"). */
#include "who/scene.h"

#define TITLE_TOKENS 8  /* longest title */
#define CHAIN_TOKENS 14 /* farthest start of "Chairman of the ... of the ..." */

typedef struct {
    u32 first; /* leftmost token of the chunk */
    u32 word;  /* the title that counts, or NONE */
    u8 weight; /* how well it counts */
    bool former;
    char gender;
} title_chunk;

static bool begins_upper(const scene *s, u32 at_token) {
    u32 width;
    span form = report_form(s->r, at_token);
    return form.len > 0 && utf8_is_upper(utf8_decode(form, 0, &width));
}

static u8 weight_of(const lexicon_word *w) {
    static const u8 weights[] = {[WORD_OFFICE] = 4, [WORD_RELATIONAL] = 3, [WORD_RANK] = 2, [WORD_GROUP] = 1};
    return w->kind < COUNT_OF(weights) ? weights[w->kind] : 0;
}

/* "has accused Zuma": a word that the tree has for a verb is no title ("the accused Zuma" is). */
static bool is_verb(const scene *s, u32 at_token) {
    const token *t = report_token(s->r, at_token);
    return t->upos == UPOS_VERB && t->deprel != DEPREL_amod && t->deprel != DEPREL_compound;
}

/* The longest title that ends right before `end`: its first token, or NONE. */
static u32 title_before(const scene *s, u32 end, u32 low, u32 *word) {
    if (end > low && is_verb(s, end - 1)) {
        return NONE;
    }
    for (u32 k = end > low + TITLE_TOKENS ? end - TITLE_TOKENS : low; k < end; k++) {
        u32 stop = 0, found = scene_match_word(s, &s->lex->titles, k, &stop, NULL);
        if (found != NONE && stop == end) {
            *word = found;
            return k;
        }
    }
    return NONE;
}

/* "U.N. mediator | Diego Cordovez": an agent noun right before the name serves as a title. */
static u32 noun_before(const scene *s, u32 name, u32 low, u32 *word) {
    for (u32 k = name > low + 2 ? name - 2 : low; k < name; k++) {
        bool plural = false;
        u32 stop = 0, found = scene_match_word(s, &s->lex->agents, k, &stop, &plural);
        if (found != NONE && stop == name && !plural && s->lex->words.items[found].kind == WORD_GROUP) {
            *word = found;
            return k;
        }
    }
    return NONE;
}

static void count_title(const scene *s, title_chunk *chunk, u32 word) {
    const lexicon_word *w = &s->lex->words.items[word];
    u8 weight = weight_of(w);
    chunk->former |= w->kind == WORD_FORMER;
    chunk->gender = w->gender ? w->gender : chunk->gender;
    if (weight > 0 && weight >= chunk->weight) {
        chunk->weight = weight;
        chunk->word = word;
    }
}

static bool is_link(const scene *s, u32 at_token) {
    u8 tag = report_token(s->r, at_token)->upos;
    refer_class class = scene_refer(s, at_token);
    u32 cover = s->cover[at_token];
    bool common = map_find(&s->lex->nouns, report_token(s->r, at_token)->lower) != NONE; /* "Welfare", though tagged with the name */
    if ((report_token(s->r, at_token)->name == NAME_PER && !common) || (cover != NONE && s->drafts.items[cover].what == DRAFT_PERSON)) {
        return false;
    }
    return tag == UPOS_NOUN || tag == UPOS_PROPN || tag == UPOS_ADJ || tag == UPOS_DET || tag == UPOS_NUM || tag == UPOS_PART ||
           tag == UPOS_CCONJ || (tag == UPOS_ADP && (class == REFER_OF || class == REFER_IN || class == REFER_TO));
}

/* "Minister of Health and Welfare |": the department goes on behind a title that is known without it. */
static bool department_goes_on(const scene *s, u32 title, u32 stop, u32 end) {
    return report_token(s->r, stop)->upos == UPOS_CCONJ && end > stop + 1 && begins_upper(s, title) && begins_upper(s, end - 1);
}

/* "Chairman of the Chiefs of Staff of the Iranian Armed Forces |", "Ambassador to Oman |": a title whose phrase
 * reaches `end`. */
static u32 title_reaching(const scene *s, u32 end, u32 low, u32 *word) {
    u32 best = NONE, floor = end > low + CHAIN_TOKENS ? end - CHAIN_TOKENS : low;
    u8 last = end > low ? report_token(s->r, end - 1)->upos : UPOS_PUNCT;
    if (last != UPOS_NOUN && last != UPOS_PROPN) {
        return NONE; /* "a relative of | President Ortega" is somebody else, "And | Kim" begins a sentence */
    }
    for (u32 k = end; k-- > floor && is_link(s, k);) {
        u32 stop = 0, found = scene_match_word(s, &s->lex->titles, k, &stop, NULL);
        refer_class leads = found != NONE && stop < end ? scene_refer(s, stop) : REFER_NONE;
        bool reaches = leads == REFER_OF || leads == REFER_TO || (found != NONE && stop < end && department_goes_on(s, k, stop, end));
        if (reaches && weight_of(&s->lex->words.items[found]) > 1) {
            best = k;
            *word = found;
        }
    }
    return best;
}

/* One step of plain modifiers: "Syria's", "the", "Iranian", "45-year-old", "Planning and Investment". */
static u32 step_modifier(const scene *s, u32 at, u32 low) {
    u32 cover = s->cover[at - 1];
    if (cover != NONE) {
        const draft *d = scene_draft((scene *)s, cover);
        return d->what == DRAFT_PERSON || d->m.first < low ? at : d->m.first;
    }
    const token *t = report_token(s->r, at - 1);
    bool possessive = t->upos == UPOS_PART && t->deprel == DEPREL_case;
    bool plain = t->upos == UPOS_ADJ || t->upos == UPOS_PROPN || t->upos == UPOS_NOUN;
    bool attached = t->head != NONE && t->head >= at && t->deprel != DEPREL_nsubj && t->deprel != DEPREL_obj && t->deprel != DEPREL_obl;
    if (possessive) {
        u32 owner = at - 1 > low ? s->cover[at - 2] : NONE;
        return owner != NONE && scene_draft((scene *)s, owner)->what != DRAFT_PERSON ? scene_draft((scene *)s, owner)->m.first : at;
    }
    return t->upos == UPOS_DET || (plain && attached) ? at - 1 : at;
}

/* "(BJP) | vice-president": one past what stands before the brackets, or `at`. */
static u32 step_brackets(const scene *s, u32 at, u32 low) {
    return at >= low + 4 && scene_is(s, at - 1, ")") && scene_is(s, at - 3, "(") ? at - 3 : at;
}

static title_chunk read_titles(const scene *s, u32 name) {
    title_chunk chunk = {.first = name, .word = NONE};
    u32 low = scene_sentence_first(s, name);
    for (u32 at = name, steps = 0; at > low && steps < CHAIN_TOKENS; steps++) {
        u32 open = step_brackets(s, at, low);
        if (open != at) {
            at = open;
            continue;
        }
        u32 word = NONE, start = title_before(s, at, low, &word);
        if (start == NONE && at == name) {
            start = noun_before(s, name, low, &word);
        }
        if (start == NONE && at < name && at > low + 1 && report_token(s->r, at - 1)->upos == UPOS_CCONJ) {
            start = title_before(s, at - 1, low, &word); /* "Deputy Prime Minister and | Foreign Minister" */
            start = start != NONE && begins_upper(s, start) ? start : NONE;
        }
        if (start == NONE && at < name && at > low + 1 && scene_is(s, at - 1, "-")) {
            start = title_before(s, at - 1, low, &word); /* "ex-| Peruvian president" */
            start = start != NONE && s->lex->words.items[word].kind == WORD_FORMER ? start : NONE;
        }
        if (start == NONE) {
            start = title_reaching(s, at, low, &word);
        }
        if (start != NONE) {
            count_title(s, &chunk, word);
            chunk.first = at = start;
            continue;
        }
        if (chunk.first == name) {
            break; /* no title at all */
        }
        u32 next = step_modifier(s, at, low);
        if (next == at) {
            break;
        }
        chunk.first = at = next;
    }
    return chunk;
}

static void give_title(scene *s, draft *d, const title_chunk *chunk) {
    d->word = chunk->word;
    d->gender = chunk->gender;
    d->former |= chunk->former;
    if (chunk->word == NONE) {
        return;
    }
    const lexicon_word *w = &s->lex->words.items[chunk->word];
    if (d->row != NONE) { /* the tables know the person; "President Bush" in a look back is the president still */
        static const u32 outside = 1u << SECTOR_PTY | 1u << SECTOR_OPP | 1u << SECTOR_CVL; /* "Interior Minister | Horacio Serpa", known as a candidate */
        bool holds_none = (d->former && d->m.code.sector == SECTOR_NONE) || sector_is_in(d->m.code.sector, outside);
        bool in_office = !chunk->former && holds_none && (weight_of(w) == 4 || (d->former && weight_of(w) == 3)) && w->sector != SECTOR_NONE;
        d->m.code.sector = in_office ? w->sector : d->m.code.sector;
        return;
    }
    d->m.code.sector = w->sector;
    d->m.why = w->why;
    d->borrowed = w->kind == WORD_RELATIONAL;
}

/* Makes the person whose bare name is [first, end); `index` is its draft when a table knew the name. */
static bool add_person(scene *s, u32 index, u32 first, u32 end) {
    title_chunk chunk = read_titles(s, first);
    draft *d = index == NONE ? scene_add(s, first, end, MENTION_NAME, DRAFT_PERSON) : scene_draft(s, index);
    if (d == NULL) {
        return false;
    }
    index = scene_index(s, d);
    d->name_first = first;
    d->name_end = end;
    give_title(s, d, &chunk);
    if (d->row == NONE && chunk.first < first) {
        modifier_apply(s, index, chunk.first, first);
        d = scene_draft(s, index);
        d->second = NONE;
    }
    if (d->former && (d->row == NONE || s->about == INT32_MIN)) { /* no date tells whether "the former president | Zuma" has left office yet: the word does */
        d->m.code.sector = scene_after_office(d->m.code.sector);
    }
    u32 left = chunk.first;
    while (left < first && s->cover[left] != NONE && s->cover[left] != index && scene_draft(s, s->cover[left])->m.end < first &&
           report_token(s->r, scene_draft(s, s->cover[left])->m.end)->upos == UPOS_PART) {
        d->owner = s->cover[left]; /* the possessor stays a mention of its own */
        left = scene_draft(s, s->cover[left])->m.end + 1;
    }
    scene_widen(s, index, left, end);
    return true;
}

/* "Minister of Health and | Welfare Hsueh Jui-yuan": a common noun behind "of" or "and" of a title belongs to it. */
static u32 behind_department(const scene *s, u32 first, u32 end) {
    u32 word, low = scene_sentence_first(s, first), at = first;
    while (at + 1 < end && at > low && map_find(&s->lex->nouns, report_token(s->r, at)->lower) != NONE) {
        at++;
    }
    u8 before = first > low ? report_token(s->r, first - 1)->upos : UPOS_PUNCT;
    bool linked = at > first && (before == UPOS_CCONJ || scene_refer(s, first - 1) == REFER_OF);
    bool titled = linked && (title_before(s, first - 1, low, &word) != NONE || title_reaching(s, first - 1, low, &word) != NONE);
    return titled ? at : first;
}

/* A name span may have swallowed the title ("Speaker Ahmad Al-Shuhoumi"): where the bare name begins. */
static u32 bare_first(const scene *s, u32 first, u32 end) {
    u32 stop = first;
    first = behind_department(s, first, end);
    while (first + 1 < end && scene_match_word(s, &s->lex->titles, first, &stop, NULL) != NONE && stop < end) {
        first = stop;
    }
    return first;
}

/* "the King", "Pope": an office in capitals is no name. */
static bool is_title_only(const scene *s, u32 first, u32 end) {
    u32 stop = first, word = scene_match_word(s, &s->lex->titles, first, &stop, NULL);
    return word != NONE && stop >= end && s->lex->words.items[word].kind == WORD_OFFICE;
}

/* A body of the tables lies in the span: the tagger took it for a person. */
static u32 body_inside(const scene *s, u32 first, u32 end) {
    for (u32 i = first; i < end; i++) {
        u32 cover = s->cover[i];
        if (cover != NONE && s->drafts.items[cover].what == DRAFT_BODY && s->drafts.items[cover].m.end <= end) {
            return s->drafts.items[cover].m.end;
        }
    }
    return NONE;
}

/* "Shih | -chung": hyphens without blanks go on with the name. */
static u32 hyphened_end(const scene *s, u32 end, u32 stop) {
    const token *items = s->r->tokens.items;
    while (end + 1 < stop && scene_is(s, end, "-") && items[end].text.start == items[end - 1].text.end &&
           items[end + 1].text.start == items[end].text.end && items[end + 1].upos != UPOS_VERB) {
        end += 2;
    }
    return end;
}

static u32 span_end(const scene *s, u32 first) {
    u32 stop = scene_sentence_end(s, first), kind = report_token(s->r, first)->name, end = first + 1;
    while (end < stop && report_token(s->r, end)->name == kind && !report_token(s->r, end)->name_begins) {
        end++;
    }
    return hyphened_end(s, end, stop);
}

/* Capitalised proper nouns behind a title that no name span covers: one past the last, or `first`. */
static u32 untagged_end(const scene *s, u32 first) {
    u32 end = first, stop = scene_sentence_end(s, first), word;
    while (end < stop && end < first + 4 && s->cover[end] == NONE && report_token(s->r, end)->upos == UPOS_PROPN && begins_upper(s, end)) {
        end++;
    }
    if (end == first || title_before(s, first, scene_sentence_first(s, first), &word) == NONE) {
        return first;
    }
    u8 kind = s->lex->words.items[word].kind;
    u32 unused, own = scene_match_word(s, &s->lex->agents, first, &unused, NULL);
    bool title = kind == WORD_OFFICE || kind == WORD_RANK || kind == WORD_HONORIFIC || kind == WORD_RELATIONAL;
    return title && own == NONE && begins_upper(s, first - 1) ? end : first;
}

/* "(Ana Silva/Reuters)", "AP Photo/Ana Silva": a credit names nobody in the news. */
static void drop_credit(scene *s, u32 slash) {
    u32 left = slash > 0 ? s->cover[slash - 1] : NONE, right = slash + 1 < s->r->tokens.count ? s->cover[slash + 1] : NONE;
    for (u32 i = 0; i < 2; i++) {
        u32 person = i == 0 ? left : right, outlet = i == 0 ? right : left;
        bool medium = outlet != NONE && scene_draft(s, outlet)->row != NONE && scene_draft(s, outlet)->m.code.sector == SECTOR_MED;
        if (person != NONE && scene_draft(s, person)->what == DRAFT_PERSON && medium) {
            scene_draft(s, person)->merged = scene_draft(s, outlet)->merged = true;
        }
    }
}

drg_status person_find(scene *s, drg_error *error) {
    const report *r = s->r;
    for (u32 i = 0; i < r->tokens.count;) {
        u32 cover = s->cover[i], end = i + 1;
        bool span_here = report_token(r, i)->name == NAME_PER && report_token(r, i)->name_begins;
        const draft *known = cover == NONE ? NULL : scene_draft(s, cover);
        bool holder = known != NULL && known->what == DRAFT_PERSON && known->m.first == i;
        u32 found = NONE;
        if (span_here) {
            end = span_end(s, i);
        }
        if (holder) {
            end = end > known->m.end ? end : known->m.end;
            found = end == known->m.end || span_here ? cover : NONE;
        } else if (span_here && is_title_only(s, i, end)) {
            i = end;
            continue;
        } else if (span_here && body_inside(s, i, end) != NONE) {
            i = body_inside(s, i, end);
            continue;
        } else if (span_here && known != NULL && known->m.end >= end) {
            i = known->m.end; /* the tables know better: "Hezbollah" */
            continue;
        }
        if (!span_here && !holder) {
            end = i > 0 && known == NULL ? untagged_end(s, i) : i;
        }
        u32 bare = span_here && found == NONE ? bare_first(s, i, end) : i;
        if (end > i && !add_person(s, found, bare, end)) {
            return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
        }
        i = end > i ? end : i + 1;
    }
    for (u32 i = 0; i < r->tokens.count; i++) {
        if (scene_is(s, i, "/")) {
            drop_credit(s, i);
        }
    }
    return DRG_OK;
}
