// SPDX-License-Identifier: Apache-2.0
/* In: deeds and predicates.   Out: the deed's dead, injured and arrested, as far as its sentence counts them.
 *
 *     "Gunmen killed 34 villagers and wounded two others."     dead 34, injured 2: the deed's verb and its conjunct
 *     "The shelling left more than two hundred people dead."   dead 200: a verb whose subject is the deed
 *     "Five were arrested."                                    arrested 5: a number that stands for people
 *
 * Words and numbers are in lang/en/sizes.tsv.  Vague ones ("dozens", "several") count nobody. */
#include "what/size.h"

#include "base/table.h"
#include "what/category.h"

typedef enum { SIZE_DEAD, SIZE_INJURED, SIZE_ARRESTED, SIZE_LEAVE, SIZE_NUMBER, SIZE_TIMES, SIZE_CLASSES } size_class;
static const char *const class_names[SIZE_CLASSES] = {"dead", "injured", "arrested", "leave", "number", "times"};

#define SENTENCE_TOKENS 120 /* of a sentence that are looked at */
#define SIZE_MOST 100000000

typedef struct {
    const size_tables *tables;
    const tree *t;
    report *r;
} sizing;

static u32 value_of_digits(span text) {
    u64 value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == ',' && i > 0) {
            continue;
        }
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || value > SIZE_MOST) {
            return NONE;
        }
        value = value * 10 + (u64)(text.ptr[i] - '0');
    }
    return text.len > 0 && value <= SIZE_MOST ? (u32)value : NONE;
}

drg_status size_open(size_tables *tables, knowledge *k, drg_error *error) {
    table file;
    map_open(&tables->classes, &k->memory);
    DRG_TRY(table_open(&file, k, "lang/en/sizes.tsv", error));
    while (table_next(&file)) {
        u32 class = 0;
        while (class < SIZE_CLASSES && !span_eq(table_field(&file, "class"), span_of(class_names[class]))) {
            class ++;
        }
        span given = table_field(&file, "value");
        u32 value = given.len == 0 ? 0 : value_of_digits(given);
        if (class == SIZE_CLASSES || value == NONE) {
            table_complain(&file, "unknown class, or a value that is no whole number: see the top of the file");
            continue;
        }
        if (!map_set(&tables->classes, symbols_add(&k->words, table_field(&file, "word")), value << 3 | class)) {
            return drg_fail(error, DRG_ERROR_MEMORY, "sizes", 0, "out of memory");
        }
    }
    return DRG_OK;
}

static u32 look_up(const sizing *w, symbol word) { return word == NONE ? NONE : map_find(&w->tables->classes, word); }

static u32 class_of(const sizing *w, symbol word) {
    u32 found = look_up(w, word);
    return found == NONE ? NONE : found & 7;
}

static u32 value_of(const sizing *w, u32 index) {
    u32 digits = value_of_digits(report_form(w->r, index));
    u32 found = look_up(w, report_token(w->r, index)->lower);
    return digits != NONE ? digits : found != NONE && ((found & 7) == SIZE_NUMBER || (found & 7) == SIZE_TIMES) ? found >> 3 : NONE;
}

/* The number that counts `head`: its own words, or itself ("killed five").  NONE: none, or a vague one. */
static u32 count_of(const sizing *w, u32 head) {
    u32 total = NONE;
    for (u32 i = w->t->left[head]; i <= head; i++) {
        const token *word = report_token(w->r, i);
        bool counts = i == head ? word->upos == UPOS_NUM : word->deprel == DEPREL_nummod || (word->deprel == DEPREL_compound && word->upos == UPOS_NUM);
        u32 value = counts ? value_of(w, i) : NONE;
        if (value == NONE) {
            continue;
        }
        bool times = class_of(w, word->lower) == SIZE_TIMES;
        u64 sum = total == NONE ? value : times ? (u64)total * value : (u64)total + value;
        total = sum <= SIZE_MOST ? (u32)sum : NONE;
    }
    return total;
}

static void take(deed *d, u32 class, u32 value) {
    i32 *total = class == SIZE_DEAD ? &d->dead : class == SIZE_INJURED ? &d->injured : &d->arrested;
    *total = (i32)value > *total ? (i32)value : *total;
}

/* What one predicate counts for the deed: its objects, or those that "left ten people dead" calls dead. */
static void count_predicate(const sizing *w, const predicate *p, deed *d) {
    u32 class = class_of(w, p->lemma);
    if (class == SIZE_LEAVE) {
        class = NONE;
        for (u32 i = p->first_argument; i < p->end_argument; i++) {
            const argument *a = &w->r->arguments.items[i];
            class = a->role == ROLE_CLAUSE && class_of(w, report_token(w->r, a->head)->lower) <= SIZE_INJURED
                        ? class_of(w, report_token(w->r, a->head)->lower) : class;
        }
    }
    if (class == NONE || class > SIZE_ARRESTED || (p->flags & (PREDICATE_NEGATED | PREDICATE_MODAL | PREDICATE_FUTURE))) {
        return;
    }
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        u32 value = a->role == ROLE_OBJECT ? count_of(w, a->head) : NONE;
        if (value != NONE) {
            take(d, class, value);
        }
    }
}

/* Does predicate `q` tell the deed's outcome: its conjunct, or a verb whose subject is the deed itself? */
static bool tells_outcome(const sizing *w, const predicate *p, const predicate *q) {
    const token *word = report_token(w->r, q->head);
    if (word->deprel == DEPREL_conj && word->head == p->head) {
        return true;
    }
    for (u32 i = q->first_argument; i < q->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        if (a->role == ROLE_SUBJECT && a->head == p->head) {
            return true;
        }
    }
    return false;
}

void size_run(const size_tables *tables, const tree *t, report *r) {
    sizing w = {tables, t, r};
    for (u32 k = 0; k < r->deeds.count; k++) {
        deed *d = &r->deeds.items[k];
        const predicate *p = &r->predicates.items[d->predicate];
        const sentence *s = &r->sentences.items[report_token(r, p->head)->sentence];
        if (d->plover != CATEGORY_ASSAULT && d->plover != CATEGORY_COERCE) {
            continue;
        }
        count_predicate(&w, p, d);
        for (u32 i = s->first_token; i < s->end_token && i < s->first_token + SENTENCE_TOKENS; i++) {
            const predicate *q = r->predicate_at[i] == NONE ? NULL : &r->predicates.items[r->predicate_at[i]];
            if (q != NULL && q != p && tells_outcome(&w, p, q)) {
                count_predicate(&w, q, d);
            }
        }
    }
}
