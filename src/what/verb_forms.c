// SPDX-License-Identifier: Apache-2.0
/* The forms of a dictionary's verb.
 *
 *     CARRY            carry, carries, carried, carrying
 *     STOP             stop, stops, stopped and stoped, stopping and stoping (either may be meant)
 *     WIRE_+TAP {...}  the + stands at the verb; without one it is the first word
 *     BULGAR           TABARI: every word that begins so
 *
 * A verb is found by one word and asks for those around it.  An irregular form that the list does not
 * give is found all the same, by the lemma that the parser tells ("gave up"). */
#include "base/dictionary.h"
#include "what/verb_reader.h"

#define FORM_BYTES 64
#define SAME_FORMS 64 /* verbs that one word may be */

typedef struct {
    symbol words[VERB_AROUND + 1];
    span verb;  /* the verb's own word, as written */
    u32 count, at;
    bool whole; /* _ at the end */
} split_verb;

static bool ends(span word, const char *letters) { return span_ends(word, span_of(letters)); }

/* "+LASH_OUT": words and which of them is the verb; false when there are too many or none. */
static bool split_words(verb_reader *rd, span text, split_verb *out) {
    span word;
    bool apart;
    *out = (split_verb){.whole = dictionary_is_whole(text)};
    while (dictionary_next_word(&text, &word, &apart)) {
        bool marked = word.len > 1 && word.ptr[0] == '+';
        word = marked ? span_cut(word, 1, word.len) : word;
        if (out->count > VERB_AROUND || word.len >= FORM_BYTES) {
            return false;
        }
        if (marked || out->count == 0) {
            out->at = out->count;
            out->verb = word;
        }
        out->words[out->count++] = symbols_add_lower(&rd->known->words, word);
    }
    return out->count > 0 && out->verb.len > 0;
}

static bool add_form(verb_reader *rd, const split_verb *v, symbol word, u32 rule) {
    verb_tables *t = rd->tables;
    bool stem = rd->format == DICTIONARY_OF_TABARI && !v->whole && v->count == 1 && v->verb.len > 2;
    map *index = stem ? &t->stem_index : &t->form_index;
    verb_form form = {.rule = rule, .block = rd->block, .next = map_find(index, word)};
    for (u32 i = v->at; i-- > 0;) {
        form.around[form.before++] = v->words[i];
    }
    for (u32 i = v->at + 1; i < v->count; i++) {
        form.around[form.before + form.after++] = v->words[i];
    }
    u32 seen = 0;
    for (u32 old = form.next; old != NONE; old = t->forms.items[old].next) {
        const verb_form *f = &t->forms.items[old];
        bool same = f->before == form.before && f->after == form.after && memcmp(f->around, form.around, sizeof f->around) == 0;
        if (same && f->rule == rule) {
            return true;
        }
        if (++seen == SAME_FORMS) {
            verb_skip(rd, "a form that stands above %d times already", SAME_FORMS);
            return true;
        }
        if (same && seen == 1 && rd->noted != rd->where.line && t->rules.items[f->rule].where.file == rd->where.file) {
            span text = symbols_text(&rd->known->words, word);
            rd->noted = rd->where.line;
            verb_note(rd, "\"%.*s\" is a form of the verb on line %u too: that one is tried last", (int)text.len, text.ptr, t->rules.items[f->rule].where.line);
        }
    }
    t->has_stems |= stem;
    verb_form *slot_ = list_push(&rd->known->memory, &t->forms);
    if (slot_ == NULL) {
        return false;
    }
    *slot_ = form;
    return map_set(index, word, t->forms.count - 1);
}

static bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

/* "stop": one consonant behind one vowel. */
static bool may_double(span w) {
    if (w.len < 3) {
        return false;
    }
    char last = w.ptr[w.len - 1], middle = w.ptr[w.len - 2], first = w.ptr[w.len - 3];
    return !is_vowel(last) && last != 'w' && last != 'x' && last != 'y' && is_vowel(middle) && !is_vowel(first);
}

typedef struct {
    size_t cut;       /* letters taken off */
    const char *ending;
    bool doubled;     /* the last letter twice */
} ending;

static bool add_ending(verb_reader *rd, const split_verb *v, span lower, ending e, u32 rule) {
    char text[FORM_BYTES + 8];
    size_t stem = lower.len - e.cut, size = stem, more = strlen(e.ending);
    memcpy(text, lower.ptr, stem);
    if (e.doubled) {
        text[size++] = lower.ptr[lower.len - 1];
    }
    memcpy(text + size, e.ending, more);
    return add_form(rd, v, symbols_add(&rd->known->words, (span){text, size + more}), rule);
}

/* "carries", "carried", "carrying". */
static bool add_regular_forms(verb_reader *rd, const split_verb *v, u32 rule) {
    span w = symbols_text(&rd->known->words, v->words[v->at]);
    bool y = w.len > 1 && ends(w, "y") && !is_vowel(w.ptr[w.len - 2]), e = ends(w, "e"), ee = ends(w, "ee") || ends(w, "ye") || ends(w, "oe");
    bool hiss = ends(w, "s") || ends(w, "x") || ends(w, "z") || ends(w, "ch") || ends(w, "sh") || ends(w, "o");
    const ending regular[] = {{y, y ? "ies" : hiss ? "es" : "s", false}, {y, y ? "ied" : e ? "d" : "ed", false}, {e && !ee, "ing", false}};
    bool fine = add_form(rd, v, v->words[v->at], rule);
    for (u32 i = 0; i < COUNT_OF(regular) && fine; i++) {
        fine = add_ending(rd, v, w, regular[i], rule);
    }
    if (may_double(w)) {
        fine = fine && add_ending(rd, v, w, (ending){0, "ed", true}, rule) && add_ending(rd, v, w, (ending){0, "ing", true}, rule);
    }
    return fine;
}

bool verb_add_forms(verb_reader *rd, span verb, span forms, bool given, u32 rule) {
    split_verb v;
    if (!split_words(rd, verb, &v)) {
        verb_skip(rd, "no verb, or one of more than %d words: write VERB or +GIVE_UP, the + at the verb", VERB_AROUND + 1);
        return true;
    }
    symbol base = v.words[v.at];
    if (map_find(&rd->tables->base_blocks, base) == NONE && !map_set(&rd->tables->base_blocks, base, rd->block)) {
        return false;
    }
    bool fine = given || rd->format == DICTIONARY_OF_TABARI ? add_form(rd, &v, base, rule) : add_regular_forms(rd, &v, rule);
    while (forms.len > 0 && fine) {
        span form = span_trim(forms);
        size_t end = 0;
        while (end < form.len && !ascii_is_space(form.ptr[end])) {
            end++;
        }
        forms = span_trim(span_cut(form, end, form.len));
        form = span_cut(form, 0, end);
        split_verb other;
        if (form.len == 0 || !split_words(rd, form, &other)) {
            continue;
        }
        if (v.count > 1 && other.count == 1) {
            verb_note(rd, "the form \"%.*s\" lacks the other words of its verb: it is found alone", (int)form.len, form.ptr);
        }
        other.whole = true;
        fine = add_form(rd, &other, other.words[other.at], rule);
    }
    return fine;
}
