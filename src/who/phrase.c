// SPDX-License-Identifier: Apache-2.0
/* Words of the tables and of reports alike as pieces, and phrases of pieces with what they mean.
 *
 *     "Recep Tayyip Erdoğan's"  ->  {recep, tayyip, erdogan, s}
 *     {south, korea} -> the state KOR, by its name; {south} is known to begin phrases of two pieces */
#include <utf8proc.h>

#include "base/table.h"
#include "who/own_lists.h"

/* ---------------------------------------------------------------- pieces */

/* Lower case without accents: "Erdoğan" and "Erdogan" are one piece.  Returns bytes written. */
static u32 fold_letter(u32 code, char *out) {
    utf8proc_int32_t parts[8];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)code, parts, COUNT_OF(parts),
                                                     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_STABLE,
                                                     &boundary);
    u32 size = 0;
    for (utf8proc_ssize_t i = 0; i < count && i < 4; i++) {
        u32 part = parts[i] == 0x131 ? 'i' : parts[i] == 0x142 ? 'l' : parts[i] == 0xF8 ? 'o' : parts[i] == 0x111 ? 'd' : (u32)parts[i];
        size += utf8_encode(part, out + size);
    }
    return size;
}

static symbol note_piece(const symbols *find, symbols *add, span piece) {
    return add != NULL ? symbols_add(add, piece) : symbols_find(find, piece);
}

u32 lexicon_split(const symbols *find, symbols *add, span text, u32 *pieces, u32 room) {
    char buffer[96];
    u32 size = 0, count = 0, width;
    for (size_t at = 0; at <= text.len && count < room; at += width) {
        width = 1;
        u32 code = at < text.len ? utf8_decode(text, at, &width) : ' ';
        bool quote = code == '\'' || code == 0x2019 || code == 0x2018 || code == 0x60 || code == 0xB4 || code == 0x2BB || code == 0x2BC;
        size_t behind = at + width;
        /* A possessive stands alone: "magistrate's" is {magistrate, s}. */
        bool possessive = quote && behind < text.len && (text.ptr[behind] == 's' || text.ptr[behind] == 'S') &&
                          (behind + 1 == text.len || text.ptr[behind + 1] == ' ');
        bool mark = code >= 0x300 && code < 0x370; /* an accent on its own */
        if (code == '.' || mark || (quote && !possessive)) {
            continue;
        }
        bool letter = code < 128 ? ascii_is_alnum((int)code) || code == '&' : utf8_is_letter(code);
        if (letter && size + 16 < sizeof buffer) {
            if (code < 128) {
                buffer[size++] = ascii_to_lower((char)code);
            } else {
                size += fold_letter(code, buffer + size);
            }
        } else if (!letter && size > 0) {
            pieces[count++] = note_piece(find, add, (span){buffer, size});
            size = 0;
        }
    }
    return count;
}

u32 lexicon_find(const phrase_table *in, const u32 *pieces, u32 count) {
    return map_find(&in->phrases, map_key_of_symbols(pieces, count));
}

/* ---------------------------------------------------------------- phrases */

case_rule lexicon_case_of(span form) {
    u32 upper = 0, lower = 0;
    for (size_t at = 0; at < form.len;) {
        u32 width, code = utf8_decode(form, at, &width);
        at += width;
        if (utf8_is_letter(code)) {
            bool is_upper = utf8_is_upper(code);
            upper += is_upper;
            lower += !is_upper;
        }
    }
    if (upper > 1 && lower == 0) {
        return CASE_ACRONYM;
    }
    return upper > 0 ? CASE_CAPITAL : CASE_ANY;
}

bool lexicon_add_pieces(lexicon *lex, phrase_table *in, const u32 *pieces, u32 count, meaning made) {
    u64 key = map_key_of_symbols(pieces, count);
    u32 at = map_find(&in->phrases, key), index = lex->meanings.count, last = NONE;
    for (u32 seen = at; seen != NONE; seen = lex->meanings.items[seen].next) {
        const meaning *old = &lex->meanings.items[seen];
        if (old->row == made.row && old->form == made.form && old->letters == made.letters) {
            return true;
        }
        last = seen;
    }
    meaning *slot = list_push(&lex->known->memory, &lex->meanings);
    if (slot == NULL || (at == NONE && !map_set(&in->phrases, key, index))) {
        return false;
    }
    made.next = NONE;
    *slot = made;
    if (last != NONE) {
        lex->meanings.items[last].next = index;
    }
    return true;
}

static bool note_length(phrase_table *in, u32 piece, u32 count) {
    u32 longest = map_find(&in->longest, piece);
    return (longest != NONE && longest >= count) || map_set(&in->longest, piece, count);
}

bool lexicon_add_phrase(lexicon *lex, phrase_table *in, span form, meaning made) {
    u32 pieces[LEXICON_PIECES];
    u32 count = lexicon_split(NULL, &lex->known->words, form, pieces, LEXICON_PIECES);
    return count == 0 || (note_length(in, pieces[0], count) && lexicon_add_pieces(lex, in, pieces, count, made));
}

bool lexicon_add_forms(lexicon *lex, phrase_table *in, span list, u32 row, form_kind form) {
    while (list.len > 0) {
        span item = span_trim(span_next_field(&list, ';'));
        meaning made = {.row = row, .form = (u8)form, .letters = (u8)lexicon_case_of(item)};
        if (item.len > 0 && !lexicon_add_phrase(lex, in, item, made)) {
            return false;
        }
    }
    return true;
}
