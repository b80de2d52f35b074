// SPDX-License-Identifier: Apache-2.0
/* Scoring one CoNLL-U document against another, segmentation included.
 *
 * Both texts are the same characters, so every token and sentence is a span of them.
 *   tokens, sentences   a span of the system is correct when gold has the very same one
 *   words               words that are tokens align by equal spans.  Where either side has a token
 *                       of several words ("don't"), all words of the region it covers are aligned
 *                       by their longest common subsequence of lower-case forms.
 *   tags, heads         on aligned words: equal columns; a head is right when the system's head is
 *                       aligned to gold's head
 * precision = correct / system, recall = correct / gold, F1 = 2 correct / (gold + system).
 *
 * LAS compares relations without their subtypes, CLAS only words of content relations; "LAS:sub"
 * keeps the subtypes. */
#include "text/conllu_score.h"

#include "text/chars.h"

#define REGION_CELLS ((size_t)1 << 24) /* of the subsequence table; past it the region stays unaligned */
#define FOLD_ROOM 256

typedef struct {
    u32 start, end; /* in characters that show */
} place_in_text;

typedef struct {
    const conllu *in;
    place_in_text *tokens; /* [tokens.count] */
    u32 *codes;            /* [code_count] the text itself */
    u32 code_count;
} side;

typedef struct {
    side gold, system;
    u32 *gold_of;   /* [system words] aligned gold word or NONE */
    u32 *system_of; /* [gold words] */
    u64 aligned;
    arena *memory;
} alignment;

static const char *const names[] = {
#define SCORE_NAME(name, text) text,
    SCORE_LIST(SCORE_NAME)
#undef SCORE_NAME
};

double score_precision(score s) { return s.system ? (double)s.correct / (double)s.system : 0; }
double score_recall(score s) { return s.gold ? (double)s.correct / (double)s.gold : 0; }
double score_f1(score s) { return s.gold + s.system ? 2 * (double)s.correct / (double)(s.gold + s.system) : 0; }
const char *score_name(score_kind kind) { return names[kind]; }

/* ------------------------------------------------------------------ places */

static bool open_side(side *s, const conllu *in, arena *memory) {
    size_t bytes = 1;
    for (u32 i = 0; i < in->tokens.count; i++) {
        bytes += in->tokens.items[i].form.len;
    }
    s->in = in;
    s->tokens = arena_new(memory, place_in_text, (size_t)in->tokens.count + 1);
    s->codes = arena_new(memory, u32, bytes);
    if (s->tokens == NULL || s->codes == NULL) {
        return false;
    }
    for (u32 i = 0; i < in->tokens.count; i++) {
        span form = in->tokens.items[i].form;
        s->tokens[i].start = s->code_count;
        for (u32 at = 0, size; at < form.len; at += size) {
            char_kind kind = char_kind_at(form, at, (u32)form.len, &size);
            if (kind != CHAR_BLANK && kind != CHAR_EXTEND) {
                s->codes[s->code_count++] = utf8_decode(form, at, &size);
            }
        }
        s->tokens[i].end = s->code_count;
    }
    return true;
}

static drg_status compare_texts(const side *gold, const side *system, drg_error *error) {
    u32 at = 0;
    while (at < gold->code_count && at < system->code_count && gold->codes[at] == system->codes[at]) {
        at++;
    }
    if (at == gold->code_count && at == system->code_count) {
        return DRG_OK;
    }
    u32 token_at = 0;
    while (token_at < gold->in->tokens.count && gold->tokens[token_at].end <= at) {
        token_at++;
    }
    span form = token_at < gold->in->tokens.count ? gold->in->tokens.items[token_at].form : SPAN("(end)");
    return drg_fail(error, DRG_ERROR_INPUT, "", at, "the two texts differ at character %u, in gold's token \"%.*s\"", at,
                    (int)(form.len < 60 ? form.len : 60), form.ptr);
}

static place_in_text sentence_place(const side *s, u32 index) {
    const conllu_sentence *it = &s->in->sentences.items[index];
    return (place_in_text){s->tokens[it->first_token].start, s->tokens[it->end_token - 1].end};
}
static place_in_text token_place(const side *s, u32 index) { return s->tokens[index]; }
static place_in_text word_place(const side *s, u32 word) { return s->tokens[s->in->words.items[word].token]; }
static bool is_multiword(const side *s, u32 word) { return s->in->tokens.items[s->in->words.items[word].token].multiword; }

/* Spans that both sides have. */
static score score_places(const side *gold, const side *system, u32 gold_count, u32 system_count,
                          place_in_text (*at)(const side *, u32)) {
    score s = {.gold = gold_count, .system = system_count};
    for (u32 g = 0, k = 0; g < gold_count && k < system_count;) {
        place_in_text a = at(gold, g), b = at(system, k);
        if (a.start == b.start) {
            s.correct += a.end == b.end;
            g++;
            k++;
        } else if (a.start < b.start) {
            g++;
        } else {
            k++;
        }
    }
    return s;
}

/* ------------------------------------------------------------------ words */

static void align(alignment *a, u32 gold, u32 system) {
    a->system_of[gold] = system;
    a->gold_of[system] = gold;
    a->aligned++;
}

static bool beyond(const side *s, u32 word, u32 limit) {
    if (word >= s->in->words.count) {
        return true;
    }
    place_in_text p = word_place(s, word);
    return is_multiword(s, word) ? p.start >= limit : p.end > limit;
}

/* Widens `limit` over a several-word token that reaches behind it. */
static u32 widened(const side *s, u32 word, u32 limit) {
    u32 end = word_place(s, word).end;
    return is_multiword(s, word) && end > limit ? end : limit;
}

typedef struct {
    u32 gold, gold_end, system, system_end; /* words */
} region;

/* The words of both sides under the several-word token at `g` or `k`. */
static region find_region(const alignment *a, u32 g, u32 k) {
    const side *gold = &a->gold, *system = &a->system;
    u32 limit;
    if (is_multiword(gold, g)) {
        limit = word_place(gold, g).end;
        k += !is_multiword(system, k) && word_place(system, k).start < word_place(gold, g).start;
    } else {
        limit = word_place(system, k).end;
        g += !is_multiword(gold, g) && word_place(gold, g).start < word_place(system, k).start;
    }
    region r = {.gold = g, .system = k};
    while (!beyond(gold, g, limit) || !beyond(system, k, limit)) {
        if (g < gold->in->words.count &&
            (k >= system->in->words.count || word_place(gold, g).start <= word_place(system, k).start)) {
            limit = widened(gold, g++, limit);
        } else {
            limit = widened(system, k++, limit);
        }
    }
    r.gold_end = g;
    r.system_end = k;
    return r;
}

static bool same_form(const alignment *a, u32 gold, u32 system) {
    char one[FOLD_ROOM], two[FOLD_ROOM];
    return span_eq(utf8_lower(a->gold.in->words.items[gold].form, one, sizeof one),
                   utf8_lower(a->system.in->words.items[system].form, two, sizeof two));
}

/* lcs[g][k]: length for the words from g and k on. */
static bool align_region(alignment *a, region r) {
    u32 rows = r.gold_end - r.gold, columns = r.system_end - r.system;
    size_t cells = ((size_t)rows + 1) * ((size_t)columns + 1);
    if (rows == 0 || columns == 0 || cells > REGION_CELLS) {
        return true;
    }
    arena_mark mark = arena_take_mark(a->memory);
    u32 *lcs = arena_new(a->memory, u32, cells), width = columns + 1;
    if (lcs == NULL) {
        return false;
    }
    for (u32 g = rows; g-- > 0;) {
        for (u32 k = columns; k-- > 0;) {
            u32 down = lcs[(size_t)(g + 1) * width + k], right = lcs[(size_t)g * width + k + 1];
            u32 best = down > right ? down : right;
            if (same_form(a, r.gold + g, r.system + k)) {
                u32 both = lcs[(size_t)(g + 1) * width + k + 1] + 1;
                best = both > best ? both : best;
            }
            lcs[(size_t)g * width + k] = best;
        }
    }
    for (u32 g = 0, k = 0; g < rows && k < columns;) {
        if (same_form(a, r.gold + g, r.system + k)) {
            align(a, r.gold + g++, r.system + k++);
        } else if (lcs[(size_t)g * width + k] == lcs[(size_t)(g + 1) * width + k]) {
            g++;
        } else {
            k++;
        }
    }
    arena_release(a->memory, mark);
    return true;
}

static bool align_words(alignment *a) {
    const conllu *gold = a->gold.in, *system = a->system.in;
    a->system_of = arena_new(a->memory, u32, (size_t)gold->words.count + 1);
    a->gold_of = arena_new(a->memory, u32, (size_t)system->words.count + 1);
    if (a->system_of == NULL || a->gold_of == NULL) {
        return false;
    }
    memset(a->system_of, 0xFF, gold->words.count * sizeof *a->system_of);
    memset(a->gold_of, 0xFF, system->words.count * sizeof *a->gold_of);
    for (u32 g = 0, k = 0; g < gold->words.count && k < system->words.count;) {
        place_in_text one = word_place(&a->gold, g), two = word_place(&a->system, k);
        if (is_multiword(&a->gold, g) || is_multiword(&a->system, k)) {
            region r = find_region(a, g, k);
            if (!align_region(a, r)) {
                return false;
            }
            g = r.gold_end;
            k = r.system_end;
        } else if (one.start == two.start && one.end == two.end) {
            align(a, g++, k++);
        } else if (one.start <= two.start) {
            g++;
        } else {
            k++;
        }
    }
    return true;
}

/* ------------------------------------------------------------------ columns */

static span universal(span relation) { return span_next_field(&relation, ':'); }

static bool is_content(span relation) {
    static const char *const functional[] = {"aux", "cop", "mark", "det", "clf", "case", "cc", "punct"};
    relation = universal(relation);
    for (u32 i = 0; i < COUNT_OF(functional); i++) {
        if (span_eq(relation, span_of(functional[i]))) {
            return false;
        }
    }
    return true;
}

static bool is_universal_feature(span feature) {
    static const char *const universal_names[] = {
        "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case", "Definite",
        "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person", "Polite"};
    span name = span_next_field(&feature, '=');
    for (u32 i = 0; i < COUNT_OF(universal_names); i++) {
        if (span_eq(name, span_of(universal_names[i]))) {
            return true;
        }
    }
    return false;
}

static bool has_feature(span features, span feature) {
    while (features.len > 0) {
        if (span_eq(span_next_field(&features, '|'), feature)) {
            return true;
        }
    }
    return false;
}

static bool covers_features(span one, span two) {
    for (span rest = one; rest.len > 0;) {
        span feature = span_next_field(&rest, '|');
        if (is_universal_feature(feature) && !has_feature(two, feature)) {
            return false;
        }
    }
    return true;
}

static bool head_agrees(const alignment *a, const conllu_word *gold, const conllu_word *system) {
    if (gold->head == NONE || system->head == NONE) {
        return gold->head == system->head;
    }
    return a->gold_of[system->head] == gold->head;
}

static bool agrees(const alignment *a, score_kind kind, const conllu_word *gold, const conllu_word *system) {
    switch (kind) {
    case SCORE_WORDS:
        return true;
    case SCORE_UPOS:
        return span_eq(gold->upos, system->upos);
    case SCORE_XPOS:
        return span_eq(gold->xpos, system->xpos);
    case SCORE_UFEATS:
        return covers_features(gold->feats, system->feats) && covers_features(system->feats, gold->feats);
    case SCORE_LEMMAS:
        return span_eq(gold->lemma, SPAN("_")) || span_eq(gold->lemma, system->lemma);
    case SCORE_UAS:
        return head_agrees(a, gold, system);
    case SCORE_LAS_FULL:
        return head_agrees(a, gold, system) && span_eq(gold->deprel, system->deprel);
    default:
        return head_agrees(a, gold, system) && span_eq(universal(gold->deprel), universal(system->deprel));
    }
}

static score score_words(const alignment *a, score_kind kind) {
    const conllu *gold = a->gold.in, *system = a->system.in;
    score s = {.gold = gold->words.count, .system = system->words.count, .aligned = a->aligned};
    if (kind == SCORE_CLAS) {
        s = (score){0};
        for (u32 i = 0; i < gold->words.count; i++) {
            s.gold += is_content(gold->words.items[i].deprel);
            s.aligned += is_content(gold->words.items[i].deprel) && a->system_of[i] != NONE;
        }
        for (u32 i = 0; i < system->words.count; i++) {
            s.system += is_content(system->words.items[i].deprel);
        }
    }
    for (u32 i = 0; i < gold->words.count; i++) {
        const conllu_word *word = &gold->words.items[i];
        if (a->system_of[i] != NONE && (kind != SCORE_CLAS || is_content(word->deprel))) {
            s.correct += agrees(a, kind, word, &system->words.items[a->system_of[i]]);
        }
    }
    return s;
}

drg_status conllu_score(const conllu *gold, const conllu *system, arena *memory, score scores[SCORE_COUNT],
                        drg_error *error) {
    alignment a = {.memory = memory};
    if (!open_side(&a.gold, gold, memory) || !open_side(&a.system, system, memory)) {
        return drg_fail(error, DRG_ERROR_MEMORY, "score", 0, "out of memory");
    }
    DRG_TRY(compare_texts(&a.gold, &a.system, error));
    if (!align_words(&a)) {
        return drg_fail(error, DRG_ERROR_MEMORY, "score", 0, "out of memory");
    }
    scores[SCORE_TOKENS] = score_places(&a.gold, &a.system, gold->tokens.count, system->tokens.count, token_place);
    scores[SCORE_SENTENCES] = score_places(&a.gold, &a.system, gold->sentences.count, system->sentences.count, sentence_place);
    for (u32 kind = SCORE_WORDS; kind < SCORE_COUNT; kind++) {
        scores[kind] = score_words(&a, (score_kind)kind);
    }
    return DRG_OK;
}
