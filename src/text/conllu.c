// SPDX-License-Identifier: Apache-2.0
/* Reading CoNLL-U.  In: the bytes of a file.  Out: flat arrays of words, tokens and sentences.
 *
 * Lines are taken one at a time; a blank line closes the sentence.  A line that breaks the format
 * (too few columns, an id out of order, a head outside the sentence, words missing from a token) is
 * named with its number and its sentence is left out, so one slip costs one sentence. */
#include "text/conllu.h"

#define COLUMNS 10
#define SENTENCE_WORDS 1000000

typedef struct {
    conllu *out;
    arena *memory;
    conllu_sentence next; /* the comments met so far belong to it */
    u32 line;
    u32 range_end;        /* last word id of the present token, 0 when it is closed */
    u32 first_word, first_token;
    bool bad;             /* the present sentence has a bad line */
    bool full;            /* memory is out */
} reading;

static void complain(reading *r, const char *what) {
    conllu_complaint *c = list_push(r->memory, &r->out->complaints);
    if (c == NULL) {
        r->full = true;
    } else {
        *c = (conllu_complaint){r->line, what};
    }
    r->bad = true;
}

/* A whole number up to SENTENCE_WORDS, or NONE. */
static u32 read_number(span text) {
    u32 value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]) || value > SENTENCE_WORDS) {
            return NONE;
        }
        value = value * 10 + (u32)(text.ptr[i] - '0');
    }
    return text.len > 0 ? value : NONE;
}

bool conllu_glues(span misc) {
    while (misc.len > 0) {
        if (span_eq(span_next_field(&misc, '|'), SPAN("SpaceAfter=No"))) {
            return true;
        }
    }
    return false;
}

static span read_value(span line, size_t name_len) {
    span rest = span_trim(span_cut(line, name_len, line.len));
    return rest.len > 0 && rest.ptr[0] == '=' ? span_trim(span_cut(rest, 1, rest.len)) : SPAN("");
}

static void read_comment(reading *r, span line) {
    span text = span_trim(span_cut(line, 1, line.len));
    if (span_starts(text, SPAN("sent_id"))) {
        r->next.id = read_value(text, 7);
    } else if (span_starts(text, SPAN("text")) && text.len > 4 && (text.ptr[4] == ' ' || text.ptr[4] == '=')) {
        r->next.text = read_value(text, 4);
    } else if (span_starts(text, SPAN("newdoc"))) {
        r->next.new_document = r->next.new_paragraph = true;
        span rest = span_trim(span_cut(text, 6, text.len));
        r->next.document = span_starts(rest, SPAN("id")) ? read_value(rest, 2) : SPAN("");
    } else if (span_eq(text, SPAN("newpar")) || span_starts(text, SPAN("newpar "))) {
        r->next.new_paragraph = true;
    }
}

static conllu_token *add_token(reading *r, const span *columns, bool multiword) {
    conllu_token *t = list_push(r->memory, &r->out->tokens);
    if (t == NULL) {
        r->full = true;
        return NULL;
    }
    u32 word = r->out->words.count;
    *t = (conllu_token){columns[1], word, word, multiword, !conllu_glues(columns[9])};
    return t;
}

static void read_range(reading *r, span first_id, span last_id, const span *columns) {
    u32 first = read_number(first_id), last = read_number(last_id), present = r->out->words.count - r->first_word;
    if (first != present + 1 || last == NONE || last < first || r->range_end > present) {
        complain(r, "the range of this token does not follow the words before it");
    } else if (add_token(r, columns, true) != NULL) {
        r->range_end = last;
    }
}

static void read_word(reading *r, const span *columns) {
    u32 id = read_number(columns[0]), present = r->out->words.count - r->first_word;
    u32 head = span_eq(columns[6], SPAN("_")) ? 0 : read_number(columns[6]);
    if (id != present + 1) {
        complain(r, "this id does not follow the one before it");
        return;
    }
    if (head == NONE) {
        complain(r, "the head is not a number");
        return;
    }
    if (id > r->range_end && add_token(r, columns, false) == NULL) {
        return;
    }
    conllu_word *w = list_push(r->memory, &r->out->words);
    if (w == NULL) {
        r->full = true;
        return;
    }
    u32 at = r->out->tokens.count - 1;
    *w = (conllu_word){columns[1], columns[2], columns[3], columns[4], columns[5], columns[7], columns[9], head, at};
    r->out->tokens.items[at].end_word = r->out->words.count;
    if (r->next.line == 0) {
        r->next.line = r->line;
    }
}

static void read_row(reading *r, span line) {
    span columns[COLUMNS];
    span rest = line;
    u32 count = 0;
    while (count < COLUMNS && rest.len > 0) {
        columns[count] = span_next_field(&rest, '\t');
        if (columns[count].len == 0) {
            break;
        }
        count++;
    }
    if (count < COLUMNS || line.ptr[line.len - 1] == '\t' || rest.len > 0 || memchr(line.ptr, '\r', line.len) != NULL) {
        complain(r, "a word line has ten columns, parted by tabs, none of them empty");
        return;
    }
    const char *dash = memchr(columns[0].ptr, '-', columns[0].len);
    if (dash != NULL) {
        size_t at = (size_t)(dash - columns[0].ptr);
        read_range(r, span_cut(columns[0], 0, at), span_cut(columns[0], at + 1, columns[0].len), columns);
    } else if (memchr(columns[0].ptr, '.', columns[0].len) == NULL) { /* 8.1 is an empty node: passed over */
        read_word(r, columns);
    }
}

/* Heads become words of the document, or the sentence is taken back. */
static void close_sentence(reading *r) {
    conllu *out = r->out;
    u32 count = out->words.count - r->first_word;
    if (!r->bad && r->range_end > count) {
        complain(r, "the sentence ends before the words of its last token");
    }
    for (u32 i = r->first_word; i < out->words.count && !r->bad; i++) {
        u32 head = out->words.items[i].head;
        if (head > count) {
            complain(r, "the sentence above has a head outside of it");
        }
        out->words.items[i].head = head == 0 ? NONE : r->first_word + head - 1;
    }
    conllu_sentence *s = r->bad || count == 0 ? NULL : list_push(r->memory, &out->sentences);
    if (s != NULL) {
        *s = r->next;
        s->first_word = r->first_word;
        s->end_word = out->words.count;
        s->first_token = r->first_token;
        s->end_token = out->tokens.count;
        r->next = (conllu_sentence){0};
    } else {
        r->full |= !r->bad && count > 0;
        out->words.count = r->first_word;
        out->tokens.count = r->first_token;
        r->next.line = 0; /* "# newdoc" above a bad sentence holds for the next one */
    }
    r->first_word = out->words.count;
    r->first_token = out->tokens.count;
    r->range_end = 0;
    r->bad = false;
}

bool conllu_read(conllu *out, span bytes, arena *memory) {
    memset(out, 0, sizeof *out);
    reading r = {.out = out, .memory = memory};
    if (span_starts(bytes, SPAN("\xEF\xBB\xBF"))) {
        bytes = span_cut(bytes, 3, bytes.len);
    }
    while (bytes.len > 0 && !r.full) {
        span line = span_next_field(&bytes, '\n');
        r.line++;
        while (line.len > 0 && line.ptr[line.len - 1] == '\r') {
            line.len--;
        }
        if (span_trim(line).len == 0) {
            close_sentence(&r);
        } else if (line.ptr[0] == '#') {
            read_comment(&r, line);
        } else if (!r.bad) {
            read_row(&r, line);
        }
    }
    close_sentence(&r);
    return !r.full;
}

u32 conllu_document_end(const conllu *in, u32 first) {
    u32 end = first < in->sentences.count ? first + 1 : first;
    while (end < in->sentences.count && !in->sentences.items[end].new_document) {
        end++;
    }
    return end;
}
