// SPDX-License-Identifier: Apache-2.0
/* Names that treebanks give away.
 *
 * GUM marks entities in MISC, name or not:
 *     (8-organization-new-nnnnn-cf3-3-sgl   opens entity 8 on this word;  8) closes it
 * A name is taken from an entity whose head word is a proper noun: the run of proper nouns around
 * the head, over "of" and "and" where the entity is an organisation, place or event.
 *     [the University of [Portsmouth]]  ->  University of Portsmouth ORG
 * Everywhere: a capital adjective lemma ("Iranian") is NORP, a word that is no proper noun is O.
 * A proper noun that nothing else explains is some name of unknown kind, unless annotated names
 * show that its like is none (weekdays, months, titles). */
#include <stdlib.h>

#include "treebank.h"

enum { ENTITY_LIMIT = 128, ANY_NAME = 1 << 15 };

typedef struct {
    span id, type;
    u32 first, end; /* words; end 0 = still open */
} marked;

static bool is_proper(const word *w) { return w->xpos == XPOS_NNP || w->xpos == XPOS_NNPS; }
static bool is_title(const word *w) { return w->deprel == DEPREL_nmod_desc; }
static u16 kind_bits(u32 kind) { return (u16)(NAME_BIT(2 * kind - 1) | NAME_BIT(2 * kind)); }

static span entity_note(span misc) {
    while (misc.len > 0) {
        span field = span_next_field(&misc, '|');
        if (span_starts(field, SPAN("Entity="))) {
            return span_cut(field, 7, field.len);
        }
    }
    return (span){NULL, 0};
}

static size_t run_without(span text, size_t at, const char *stops) {
    while (at < text.len && strchr(stops, text.ptr[at]) == NULL) {
        at++;
    }
    return at;
}

/* Reads one word's note: "(1-person-...-coref", "4)3)", "(5-object-...-coref)". */
static u32 read_note(span note, u32 at, marked *all, u32 count) {
    for (size_t i = 0; i < note.len;) {
        bool opens = note.ptr[i] == '(';
        size_t start = i + opens, end = run_without(note, start, "()");
        span body = span_cut(note, start, end);
        bool closes = end < note.len && note.ptr[end] == ')';
        span id = span_next_field(&body, '-');
        if (opens && count < ENTITY_LIMIT) {
            all[count++] = (marked){id, span_next_field(&body, '-'), at, closes ? at + 1 : 0};
        } else if (closes) {
            for (u32 k = count; k-- > 0;) {
                if (all[k].end == 0 && span_eq(all[k].id, id)) {
                    all[k].end = at + 1;
                    break;
                }
            }
        }
        i = end + closes;
        if (end == start && !closes && !opens) {
            i++;
        }
    }
    return count;
}

static u32 kind_of_entity(span type) {
    return span_eq(type, SPAN("person")) ? NAME_PER : span_eq(type, SPAN("organization")) ? NAME_ORG : span_eq(type, SPAN("place")) ? NAME_LOC
           : span_eq(type, SPAN("event")) ? NAME_MISC : NAME_NONE;
}

/* The word of [first, end) whose head is outside. */
static u32 head_of(const word *words, u32 first, u32 end) {
    for (u32 i = first; i < end; i++) {
        if (words[i].head <= (i32)first || words[i].head > (i32)end) {
            return i;
        }
    }
    return first;
}

static bool links(const word *w) { return w->upos == UPOS_ADP || w->upos == UPOS_CCONJ || w->upos == UPOS_DET || w->xpos == XPOS_HYPH; }

static void take_name(word *words, const marked *m) {
    u32 kind = kind_of_entity(m->type), head = head_of(words, m->first, m->end), start = head, end = head + 1;
    bool date = span_eq(m->type, SPAN("time"));
    if (!is_proper(&words[head]) || (kind == NAME_NONE && !date)) {
        return;
    }
    while (start > m->first && is_proper(&words[start - 1]) && !is_title(&words[start - 1])) {
        start--;
    }
    for (u32 i = end; i < m->end && i < end + 3; i++) {
        if (is_proper(&words[i])) {
            end = i + 1;
        } else if (!links(&words[i]) || (kind == NAME_PER && words[i].xpos != XPOS_HYPH)) {
            break;
        }
    }
    kind = kind == NAME_PER && words[head].xpos == XPOS_NNPS ? NAME_NORP : kind;
    for (u32 i = start; i < end; i++) {
        if (words[i].names != 0 && words[i].names != ANY_NAME) {
            return; /* part of a longer name already */
        }
    }
    for (u32 i = start; i < end; i++) {
        words[i].names = (u16)(date ? NAME_BIT(0) : i == start ? NAME_BIT(2 * kind - 1) : NAME_BIT(2 * kind));
    }
}

static bool is_nation_adjective(const word *words, u32 count, u32 i) {
    const word *w = &words[i];
    bool capital = w->upos == UPOS_ADJ && w->xpos == XPOS_JJ && w->form.len > 2 && ascii_is_upper(w->form.ptr[0]) && w->lemma.len > 2 &&
                   ascii_is_upper(w->lemma.ptr[0]) && ascii_is_lower(w->lemma.ptr[1]);
    return capital && (i == 0 || !is_proper(&words[i - 1])) && (i + 1 == count || !is_proper(&words[i + 1]));
}

void names_from_tree(word *words, u32 count) {
    marked all[ENTITY_LIMIT];
    u32 entities = 0;
    bool noted = false;
    for (u32 i = 0; i < count; i++) {
        word *w = &words[i];
        bool capital = w->form.len > 0 && (ascii_is_upper(w->form.ptr[0]) || (u8)w->form.ptr[0] >= 0xC3);
        bool beside = (i > 0 && is_proper(&w[-1])) || (i + 1 < count && is_proper(&w[1]));
        if (is_nation_adjective(words, count, i)) {
            w->names = NAME_BIT(2 * NAME_NORP - 1);
        } else if (is_title(w) && w->form.len > 3) {
            w->names = NAME_BIT(0);
        } else if (is_proper(w)) {
            w->names = ANY_NAME;
        } else if (!links(w) && (!capital || !beside || w->upos == UPOS_VERB || w->upos == UPOS_AUX || w->upos == UPOS_PRON)) {
            w->names = NAME_BIT(0);
        }
        span note = entity_note(w->misc);
        noted = noted || note.len > 0;
        entities = read_note(note, i, all, entities);
    }
    while (noted) { /* longest entities first */
        u32 longest = NONE;
        for (u32 k = 0; k < entities; k++) {
            if (all[k].end > 0 && (longest == NONE || all[k].end - all[k].first > all[longest].end - all[longest].first)) {
                longest = k;
            }
        }
        if (longest == NONE) {
            break;
        }
        take_name(words, &all[longest]);
        all[longest].end = 0;
    }
    for (u32 i = 0; i < count; i++) {
        bool linked = links(&words[i]) && words[i].names == 0;
        bool between = linked && i > 0 && i + 1 < count && is_proper(&words[i - 1]) && (is_proper(&words[i + 1]) || links(&words[i + 1]));
        if (linked && !between) {
            words[i].names = NAME_BIT(0);
        }
    }
}

/* ------------------------------------------------------------------ proper nouns of unknown kind */

typedef struct {
    u32 key;
    u32 outside, total;
} usage;

static int compare_usages(const void *a, const void *b) {
    u32 x = ((const usage *)a)->key, y = ((const usage *)b)->key;
    return x < y ? -1 : x > y;
}

static const usage *find_usage(const usage *all, u32 count, u32 key) {
    u32 low = 0, high = count;
    while (low < high) {
        u32 middle = (low + high) / 2;
        if (all[middle].key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && all[low].key == key ? &all[low] : NULL;
}

int names_settle(treebank *bank) {
    usage *all = calloc(bank->words.count + 1, sizeof *all);
    u32 count = 0, kept = 0;
    if (all == NULL) {
        return 1;
    }
    for (u32 k = 0; k < bank->sentences.count; k++) {
        const training_sentence *s = &bank->sentences.items[k];
        for (u32 i = s->first; i < s->first + s->count; i++) {
            const word *w = &bank->words.items[i];
            if (w->names != 0 && w->names != ANY_NAME && w->form.len > 0 && ascii_is_upper(w->form.ptr[0])) {
                all[count++] = (usage){w->keys[FEATURE_NORM], (w->names & NAME_BIT(0)) ? 1 : 0, 1};
            }
        }
    }
    qsort(all, count, sizeof *all, compare_usages);
    for (u32 i = 0; i < count; i++) {
        if (kept > 0 && all[kept - 1].key == all[i].key) {
            all[kept - 1].outside += all[i].outside;
            all[kept - 1].total++;
        } else {
            all[kept++] = all[i];
        }
    }
    for (u32 i = 0; i < bank->words.count; i++) {
        word *w = &bank->words.items[i];
        if (w->names != ANY_NAME) {
            continue;
        }
        const usage *u = find_usage(all, kept, w->keys[FEATURE_NORM]);
        bool begins = i == 0 || !(is_proper(&w[-1]) || links(&w[-1])) || (w[-1].names & NAME_BIT(0));
        u32 set = 0;
        for (u32 kind = 1; kind < NAME_COUNT; kind++) {
            set |= begins ? NAME_BIT(2 * kind - 1) : kind_bits(kind);
        }
        w->names = u != NULL && u->outside * 3 > u->total ? 0 : (u16)set;
    }
    free(all);
    return 0;
}
