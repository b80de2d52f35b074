// SPDX-License-Identifier: Apache-2.0
/* In: the classes of each token.  Out: the expressions, longest first at each place.
 *
 * Two rounds.  The first matches the patterns that speak of classes only ("29 May 1953"), at
 * every token.  The second matches those that speak of DATE, an expression of the first round
 * ("the end of DATE", "DATE morning").  A row may match more than
 * it marks: in "March 5-9, 1918" the second date is "9, 1918", read from "March" on.  Then a walk
 * from left to right keeps the longest expression at each free token.  A pattern has at most ELEMENTS elements, so the
 * work is linear in the text. */
#include "when/grammar.h"

#include "base/table.h"

#define ELEMENTS 14

static const char *const meaning_names[] = {
#define WHEN_MEANING_NAME(name) #name,
    WHEN_MEANING_LIST(WHEN_MEANING_NAME)
#undef WHEN_MEANING_NAME
};

const char *when_meaning_name(when_meaning meaning) { return meaning < MEANING_COUNT ? meaning_names[meaning] : "?"; }

static when_meaning meaning_of(span name) {
    u32 i = 0;
    while (i < MEANING_COUNT && !span_eq(span_of(meaning_names[i]), name)) {
        i++;
    }
    return (when_meaning)i;
}

/* One element: "MONTH", "of?", "-|–|—", "that|SAME". */
static bool read_element(when_grammar *g, when_lexicon *lexicon, const table *t, span text, when_pattern *pattern) {
    knowledge *k = t->from;
    when_element *element = list_push(&k->memory, &g->elements);
    if (element == NULL) {
        return false;
    }
    *element = (when_element){.first_word = g->words.count};
    if (text.len > 1 && text.ptr[text.len - 1] == '?') {
        element->optional = true;
        text.len--;
    }
    while (text.len > 0) {
        span name = span_next_field(&text, '|');
        bool is_class = name.len > 1 && ascii_is_upper(name.ptr[0]) && ascii_is_upper(name.ptr[1]);
        when_class class = is_class ? when_class_of_name(name) : WHEN_CLASS_COUNT;
        if (is_class && class == WHEN_CLASS_COUNT) {
            table_complain(t, "no class %.*s", (int)name.len, name.ptr);
        } else if (is_class) {
            element->classes |= 1ull << class;
            pattern->over_dates = pattern->over_dates || class == WHEN_DATE;
        } else {
            symbol word = symbols_add(&k->words, name);
            symbol *slot = list_push(&k->memory, &g->words);
            if (slot == NULL || !when_lexicon_add(lexicon, k, word, WHEN_WORD, 0)) {
                return false;
            }
            *slot = word;
        }
    }
    element->end_word = g->words.count;
    return true;
}

static bool read_pattern(when_grammar *g, when_lexicon *lexicon, const table *t) {
    when_pattern pattern = {.first_element = g->elements.count, .start = g->elements.count, .tail = NONE, .line = t->line};
    span text = table_field(t, "pattern");
    pattern.meaning = (u8)meaning_of(table_field(t, "meaning"));
    while (text.len > 0) {
        span element = span_next_field(&text, ' ');
        if (span_eq(element, SPAN("/"))) {
            pattern.tail = g->elements.count;
        } else if (span_eq(element, SPAN("\\"))) {
            pattern.start = g->elements.count;
        } else if (element.len > 0 && !read_element(g, lexicon, t, element, &pattern)) {
            return false;
        }
    }
    pattern.end_element = g->elements.count;
    pattern.tail = pattern.tail == NONE ? pattern.end_element : pattern.tail;
    u32 count = pattern.end_element - pattern.first_element;
    if (pattern.meaning == MEANING_COUNT || count == 0 || count > ELEMENTS) {
        table_complain(t, "no such meaning, or not 1 to %d elements", ELEMENTS);
        return true;
    }
    bool open = true;
    for (u32 e = pattern.first_element; e < pattern.end_element && open; e++) {
        const when_element *element = &g->elements.items[e];
        pattern.starters |= element->classes | (element->end_word > element->first_word ? WHEN_BIT(WORD) : 0);
        open = element->optional;
    }
    when_pattern *slot = list_push(&t->from->memory, &g->patterns);
    if (slot != NULL) {
        *slot = pattern;
    }
    return slot != NULL;
}

drg_status when_grammar_open(when_grammar *g, when_lexicon *lexicon, knowledge *k, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, k, "lang/en/when/patterns.tsv", error));
    g->file = k->files.count - 1;
    while (table_next(&t)) {
        if (!read_pattern(g, lexicon, &t)) {
            return drg_fail(error, DRG_ERROR_MEMORY, t.file, t.line, "out of memory");
        }
    }
    return DRG_OK;
}

typedef struct {
    const when_grammar *grammar;
    const when_lexicon *lexicon;
    const report *r;
    const when_token *tokens;
    const u32 *core;              /* [tokens] index of the first-round expression that begins here, or NONE */
    const when_expressions *found;
    u32 limit;                    /* end of the sentence */
} matching;

/* Tokens that `element` takes at `at`: 0 when it does not fit. */
static u32 element_length(const matching *m, const when_element *element, u32 at) {
    if (at >= m->limit) {
        return 0;
    }
    u64 classes = element->classes & m->tokens[at].classes;
    if (element->classes & WHEN_BIT(DATE) && m->core != NULL && m->core[at] != NONE) {
        return m->found->items[m->core[at]].end - at;
    }
    if (classes & WHEN_BIT(HOLIDAY)) {
        return m->tokens[at].holiday_end - at;
    }
    if (classes != 0) {
        return 1;
    }
    for (u32 w = element->first_word; w < element->end_word; w++) {
        if (m->grammar->words.items[w] == m->r->tokens.items[at].lower) {
            return 1;
        }
    }
    return 0;
}

/* Fits the elements from `e` on at token `at`; `at_element[e]` tells where each stood (NONE: left
 * out).  Goes as deep as the pattern has elements. */
static bool fit(const matching *m, const when_pattern *p, u32 e, u32 at, u32 *at_element) {
    if (e == p->end_element) {
        return true;
    }
    const when_element *element = &m->grammar->elements.items[e];
    u32 length = element_length(m, element, at);
    if (length > 0) {
        at_element[e - p->first_element] = at;
        if (fit(m, p, e + 1, at + length, at_element)) {
            return true;
        }
    }
    at_element[e - p->first_element] = NONE;
    return element->optional && fit(m, p, e + 1, at, at_element);
}

i32 when_caught(const when_expression *x, when_class class) {
    for (u32 i = 0; i < x->caught_count; i++) {
        if (x->caught[i].class == class) {
            return x->caught[i].value;
        }
    }
    return 0;
}

static void capture(when_expression *x, u32 class, i32 value) {
    if (x->caught_count < WHEN_CAPTURES) {
        x->caught[x->caught_count++] = (when_capture){value, (u8)class};
        x->has |= 1ull << class;
    }
}

static void capture_expression(when_expression *x, const when_expression *inner) {
    for (u32 i = 0; i < inner->caught_count; i++) {
        capture(x, inner->caught[i].class, inner->caught[i].value);
    }
    x->inner = inner->meaning;
}

static void capture_token(const matching *m, when_expression *x, const when_element *element, u32 at) {
    u64 classes = element->classes & m->tokens[at].classes & ~WHEN_BIT(DATE);
    for (u32 c = 0; classes >> c != 0 && c < WHEN_CLASS_COUNT; c++) {
        if (classes >> c & 1) {
            i32 value = c == WHEN_HOLIDAY ? (i32)m->tokens[at].holiday : when_value(m->lexicon, &m->tokens[at], (when_class)c);
            capture(x, c, value);
        }
    }
}

/* Builds what pattern `p` found at `first`; at_element as fit left it. */
static when_expression build(const matching *m, u32 pattern, u32 first, const u32 *at_element) {
    const when_pattern *p = &m->grammar->patterns.items[pattern];
    when_expression x = {.first = first, .end = first, .pattern = pattern, .meaning = p->meaning};
    for (u32 e = p->first_element; e < p->end_element; e++) {
        u32 at = at_element[e - p->first_element];
        if (at == NONE) {
            continue;
        }
        const when_element *element = &m->grammar->elements.items[e];
        u32 length = element_length(m, element, at);
        if (element->classes & WHEN_BIT(DATE) && m->core != NULL && m->core[at] != NONE) {
            capture_expression(&x, &m->found->items[m->core[at]]);
        } else {
            capture_token(m, &x, element, at);
        }
        if (e >= p->start && e < p->tail) {
            x.first = x.end == first ? at : x.first;
            x.end = at + length;
        }
        x.reach = at + length;
    }
    return x;
}

/* Keeps `x` as the expression of its first token when it is longer than what is there, or as
 * long and looked further. */
static bool offer(report *r, const when_expression *x, u32 *at_token, when_expressions *out) {
    if (x->end <= x->first) {
        return true;
    }
    u32 known = at_token[x->first];
    if (known == NONE) {
        when_expression *slot = list_push(r->memory, out);
        if (slot == NULL) {
            return false;
        }
        *slot = *x;
        at_token[x->first] = out->count - 1;
    } else if (x->end > out->items[known].end || (x->end == out->items[known].end && x->reach > out->items[known].reach)) {
        out->items[known] = *x;
    }
    return true;
}

/* One round: every pattern that speaks (or does not speak) of DATE, at every token. */
static bool round_over(matching *m, report *r, bool over_dates, u32 *at_token, when_expressions *out) {
    u32 at_element[ELEMENTS];
    for (u32 s = 0; s < r->sentences.count; s++) {
        m->limit = r->sentences.items[s].end_token;
        for (u32 i = r->sentences.items[s].first_token; i < m->limit; i++) {
            u64 classes = m->tokens[i].classes | (over_dates && m->core[i] != NONE ? WHEN_BIT(DATE) : 0);
            for (u32 p = 0; classes != 0 && p < m->grammar->patterns.count; p++) {
                const when_pattern *pattern = &m->grammar->patterns.items[p];
                if (pattern->over_dates != over_dates || !(pattern->starters & classes) || !fit(m, pattern, pattern->first_element, i, at_element)) {
                    continue;
                }
                when_expression x = build(m, p, i, at_element);
                if (!offer(r, &x, at_token, out)) {
                    return false;
                }
            }
        }
    }
    return true;
}

drg_status when_find(const when_grammar *grammar, const when_lexicon *lexicon, report *r, const when_token *tokens,
                     when_expressions *out) {
    u32 *core = arena_new(r->memory, u32, r->tokens.count + 1), *over = arena_new(r->memory, u32, r->tokens.count + 1);
    when_expressions first = {0}, second = {0};
    matching m = {.grammar = grammar, .lexicon = lexicon, .r = r, .tokens = tokens, .found = &first};
    if (core == NULL || over == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < r->tokens.count; i++) {
        core[i] = over[i] = NONE;
    }
    if (!round_over(&m, r, false, core, &first)) {
        return DRG_ERROR_MEMORY;
    }
    m.core = core;
    if (!round_over(&m, r, true, over, &second)) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < r->tokens.count;) {
        const when_expression *x = core[i] != NONE ? &first.items[core[i]] : NULL;
        if (over[i] != NONE && (x == NULL || second.items[over[i]].end > x->end)) {
            x = &second.items[over[i]];
        }
        if (x != NULL) {
            when_expression *slot = list_push(r->memory, out);
            if (slot == NULL) {
                return DRG_ERROR_MEMORY;
            }
            *slot = *x;
        }
        i = x != NULL ? x->end : i + 1;
    }
    return DRG_OK;
}
