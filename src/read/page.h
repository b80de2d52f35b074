// SPDX-License-Identifier: Apache-2.0
/* A page, taken apart: blocks of text in reading order, and the elements they stand in.
 *
 *   html.c   bytes -> page         tag.c, hint.c   names of tags and classes -> hints
 *   body.c   page -> which blocks are the report          meta.c   title, date, outlet
 *
 * Lifetime: the report's arena. */
#ifndef DRG_READ_PAGE_H
#define DRG_READ_PAGE_H

#include "read/tables.h"

typedef enum {
    TAG_INLINE,    /* does not break the text */
    TAG_BLOCK,     /* breaks it: div, td, section ... */
    TAG_PARAGRAPH, /* p, blockquote, pre */
    TAG_HEADING,   /* h1 ... h6 */
    TAG_ITEM,      /* li, dt, dd */
    TAG_TABLE,     /* table */
    TAG_CELL,      /* tr, td, th and their like */
    TAG_BREAK,     /* br */
    TAG_LINK,      /* a */
    TAG_SKIP,      /* nothing inside is text: script, style, svg ... */
    TAG_META, TAG_TITLE, TAG_TIME, TAG_HTML, TAG_CANONICAL /* link */
} page_tag;

/* An element that breaks the text, or that a hint is on. */
typedef struct {
    u32 parent;               /* NONE at the root */
    u32 first_block, end_block; /* blocks inside it, children's too */
    u8 tag;                   /* page_tag */
    u8 hint;                  /* page_hint of its names */
    u8 level;                 /* of a heading, 1 to 6 */
    bool is_article;          /* article, main, or said to be the article's body */
} page_node;

typedef struct {
    range text;         /* of page.text */
    u32 node;           /* innermost */
    u32 words;          /* runs of anything but blanks */
    u32 link_words;     /* of them inside links */
    u8 tag;             /* of the nearest block element: paragraph, heading, item, table, block */
    u8 level;           /* of a heading */
} page_block;

typedef struct {
    span text;          /* of all blocks, a line end between two */
    LIST(page_node) nodes;
    LIST(page_block) blocks;
    span title_tag, title_meta, title_heading, site_name, lang, canonical;
    span author;        /* as the page's head says it */
    span title_json, body_json; /* headline and articleBody of its JSON-LD */
    span credit_line;   /* the first short line of names in an element called byline or author */
    span date;          /* as written; best of the page's own statements */
    u8 date_rank;       /* how good a statement it is, lower is better; 0: none yet */
    bool too_deep;      /* elements past the depth limit were passed over */
} page;

/* Parses the page.  False when memory is out. */
bool page_parse(const read_tables *tables, arena *memory, span html, page *out);
/* Chooses the running text: fills r->text and r->blocks.  False when memory is out. */
bool page_choose(const read_tables *tables, const page *p, report *r);
/* Title, outlet, address and language from the page where the caller gave none. */
void page_describe(const page *p, report *r);

/* What kind of element a name is; `*id` tells names apart. */
page_tag page_tag_find(span name, u8 *level, u32 *id);
bool page_tag_is_void(u32 id); /* never has content: br, img */
bool page_tag_is_raw(u32 id);  /* its content is no markup: script, style */
bool page_tag_is_p(u32 id);    /* p itself, which closes where a block begins */
/* What the attributes class, id, role and itemprop together say. */
page_hint page_hint_find(const read_tables *tables, span names);
/* A meta tag or JSON-LD: keeps what it says about title, date and outlet. */
void page_take_meta(page *p, arena *memory, span name, span content);
void page_take_json(page *p, arena *memory, span json);
void page_take_date(page *p, arena *memory, span date, u8 rank);

enum { DATE_RANK_META = 1, DATE_RANK_JSON, DATE_RANK_TIME_MARKED, DATE_RANK_TIME, DATE_RANK_CLASS };

#endif
