// SPDX-License-Identifier: Apache-2.0
/* In: a page's blocks and elements.   Out: r->text and r->blocks, the report without the page.
 *
 * A report is the element that holds most of the page's *good* text: sentences of some length, few
 * links, outside what calls itself menu, comments or related stories.
 *
 *   1. weigh each block: its words, when it looks like running text; else nothing
 *   2. go down from the root as long as one child holds nearly all the weight
 *   3. inside, keep what reads as text, sort captions, credits and furniture apart, drop link lists
 *
 * A name like "menu" is believed only of elements without the bulk of the page's good text: some
 * pages wrap everything in "page-with-sidebar".  (After the observation of Kohlschuetter, Fankhauser
 * and Nejdl 2010, "Boilerplate detection using shallow text features", that text length and link
 * density separate most of it.) */
#include "read/page.h"

#include "read/fold.h"
#include "read/phrase.h"
#include "read/plain.h"

#define SHORT_TEXT 8u  /* words; less is no running text by itself */
#define LONG_TEXT 20u  /* words; enough even without a sentence's end */
#define DOWN_SHARE 80u /* percent of the weight that a child must hold to be entered */
#define BODY_SHARE 40u /* the same when its name says that it is the body */
#define LIKE_SHARE 20u /* percent of the body's weight */
#define WIDEN_STEPS 2u /* elements looked at above the body */
#define BULK_SHARE 45u /* percent of the weight that makes a furniture's name unbelievable */

typedef struct {
    const read_tables *tables;
    const page *page;
    u32 *weight; /* [block] good words */
    u32 *sum;    /* [node] of all blocks inside */
    u8 *apart;   /* [node] page_hint that holds for all inside: HINT_FURNITURE, HINT_CAPTION, HINT_CREDIT or none */
} choice;

static bool is_bulk(const choice *c, u32 node, u32 total, u32 share) {
    return total > 0 && (u64)c->sum[node] * 100 > (u64)total * share;
}

/* Links are most of it? */
static bool is_links(const page_block *b) { return b->link_words * 2 > b->words; }

static u32 weigh(const choice *c, const page_block *b) {
    span text = span_cut(c->page->text, b->text.start, b->text.end);
    if (b->words < SHORT_TEXT || b->tag == TAG_HEADING || b->link_words * 3 > b->words) {
        return 0;
    }
    if (b->words < LONG_TEXT && !ends_sentence(text)) {
        return 0;
    }
    u32 words = b->tag == TAG_ITEM ? b->words / 2 : b->words;
    return words - (b->link_words < words ? b->link_words : words);
}

static void sum_weights(choice *c) {
    for (u32 n = 0; n < c->page->nodes.count; n++) {
        c->sum[n] = 0;
    }
    for (u32 i = 0; i < c->page->blocks.count; i++) {
        c->sum[c->page->blocks.items[i].node] += c->weight[i];
    }
    for (u32 n = c->page->nodes.count; n-- > 0;) { /* children come behind their parents */
        u32 parent = c->page->nodes.items[n].parent;
        if (parent != NONE) {
            c->sum[parent] += c->sum[n];
        }
    }
}

/* Believes the names of elements, top down, and takes the weight of what is set apart. */
static void set_apart(choice *c) {
    u32 total = c->page->nodes.count > 0 ? c->sum[0] : 0;
    for (u32 n = 0; n < c->page->nodes.count; n++) {
        const page_node *node = &c->page->nodes.items[n];
        u8 above = node->parent == NONE ? (u8)HINT_NONE : c->apart[node->parent];
        bool sets_apart = node->hint == HINT_FURNITURE || node->hint == HINT_CAPTION || node->hint == HINT_CREDIT ||
                          node->hint == HINT_DATE;
        bool believed = sets_apart && !node->is_article && !is_bulk(c, n, total, BULK_SHARE);
        c->apart[n] = above == HINT_FURNITURE ? above : believed ? node->hint : above;
    }
    for (u32 i = 0; i < c->page->blocks.count; i++) {
        if (c->apart[c->page->blocks.items[i].node] != HINT_NONE) {
            c->weight[i] = 0;
        }
    }
    sum_weights(c);
}

/* The element to read: down from the root while one child has nearly everything. */
static u32 find_body(const choice *c) {
    const page *p = c->page;
    if (p->nodes.count == 0) {
        return NONE;
    }
    u32 total = c->sum[0], at = 0;
    for (u32 n = 1; n < p->nodes.count; n++) {
        const page_node *node = &p->nodes.items[n];
        u32 parent = node->parent;
        while (parent != NONE && parent != at) { /* only what lies inside the present one */
            parent = p->nodes.items[parent].parent;
        }
        if (parent == NONE || node->tag == TAG_PARAGRAPH || node->tag == TAG_ITEM ||
            node->end_block - node->first_block < 2) {
            continue;
        }
        bool named = node->hint == HINT_BODY || node->is_article;
        if (is_bulk(c, n, named ? total : c->sum[at], named ? BODY_SHARE : DOWN_SHARE)) {
            at = n;
        }
    }
    return at;
}

/* A teaser is one paragraph in a wrapper; a piece of a story has a neighbour in the same wrapper. */
static bool has_neighbour(const choice *c, u32 block_index, u32 first, u32 end) {
    const page *p = c->page;
    u32 around = p->nodes.items[p->blocks.items[block_index].node].parent;
    bool before = block_index > first && c->weight[block_index - 1] > 0 &&
                  p->nodes.items[p->blocks.items[block_index - 1].node].parent == around;
    bool behind = block_index + 1 < end && c->weight[block_index + 1] > 0 &&
                  p->nodes.items[p->blocks.items[block_index + 1].node].parent == around;
    return before || behind;
}

/* Words of paragraphs inside `outer`, but not inside `inner`, that read like a story.  Right beside
 * the body (`close`) a single one counts. */
static u32 words_beside(const choice *c, u32 inner, u32 outer, bool close) {
    const page_node *in = &c->page->nodes.items[inner], *out = &c->page->nodes.items[outer];
    u32 words = 0;
    for (u32 i = out->first_block; i < out->end_block; i++) {
        const page_block *b = &c->page->blocks.items[i];
        bool inside = i >= in->first_block && i < in->end_block;
        bool reads_on = !inside && b->tag == TAG_PARAGRAPH && b->link_words * 10 < b->words;
        words += reads_on && (close || has_neighbour(c, i, out->first_block, out->end_block)) ? c->weight[i] : 0;
    }
    return words;
}

/* A story may be cut in pieces by advertisements, each in a wrapper of its own: where an element
 * close above the body holds a good share more of the same sort, the body is that element. */
static u32 widen_body(const choice *c, u32 body) {
    const page_node *nodes = c->page->nodes.items;
    for (u32 steps = 0, at = nodes[body].parent; at != NONE && steps < WIDEN_STEPS; at = nodes[at].parent, steps++) {
        u32 beside = words_beside(c, body, at, steps == 0);
        if (beside > 0 && (u64)beside * 100 >= (u64)c->sum[body] * LIKE_SHARE) {
            body = at;
            steps = 0;
        }
    }
    return body;
}

/* ------------------------------------------------------------------ what to keep of it */

static block_kind kind_of_hint(page_hint hint) {
    return hint == HINT_CAPTION                       ? BLOCK_CAPTION
           : hint == HINT_CREDIT || hint == HINT_DATE ? BLOCK_CREDIT
                                                      : BLOCK_FURNITURE;
}

/* A heading is kept when running text follows it before the next heading. */
static bool heads_text(const choice *c, u32 index, u32 end) {
    for (u32 i = index + 1; i < end && c->page->blocks.items[i].tag != TAG_HEADING; i++) {
        if (c->weight[i] > 0) {
            return true;
        }
    }
    return false;
}

static bool repeats_title(const report *r, span text) {
    char a[512], b[512];
    return r->title.len > 0 && span_eq(fold(r->title, a, sizeof a), fold(text, b, sizeof b));
}

typedef struct {
    bool keep;
    phrase_verdict verdict;
} decision;

static decision decide(const choice *c, const report *r, u32 index, u32 end) {
    const page_block *b = &c->page->blocks.items[index];
    span text = span_cut(c->page->text, b->text.start, b->text.end);
    page_hint apart = (page_hint)c->apart[b->node];
    decision d = {.keep = true, .verdict = phrase_judge(c->tables, text)};
    if (apart != HINT_NONE) {
        d.keep = apart != HINT_FURNITURE;
        d.verdict.kind = kind_of_hint(apart);
        return d;
    }
    if (d.verdict.kind != BLOCK_PARAGRAPH && d.verdict.kind != BLOCK_HEADING) {
        return d;
    }
    if (is_links(b) || repeats_title(r, text)) {
        d.keep = false;
    } else if (b->tag == TAG_HEADING) {
        d.keep = heads_text(c, index, end);
        d.verdict.kind = BLOCK_HEADING;
    } else if (b->tag == TAG_PARAGRAPH) {
        d.verdict.kind = ends_sentence(text) || b->words >= SHORT_TEXT ? BLOCK_PARAGRAPH : d.verdict.kind;
    } else {
        d.keep = c->weight[index] > 0 || ends_sentence(text) || b->tag == TAG_ITEM;
    }
    return d;
}

static bool keep_block(report *r, char *out, size_t *len, span text, phrase_verdict verdict) {
    if (*len > 0) {
        out[(*len)++] = '\n';
        out[(*len)++] = '\n';
    }
    block *added = list_push(r->memory, &r->blocks);
    if (added == NULL) {
        return false;
    }
    memcpy(out + *len, text.ptr, text.len);
    *added = (block){{(u32)*len, (u32)(*len + text.len)}, (u8)verdict.kind};
    *len += text.len;
    return !verdict.names_sources || source_collect(r, span_cut((span){out, *len}, added->text.start, added->text.end));
}

/* The article around the body: its captions and bylines stand outside the body on many pages. */
static u32 find_article(const choice *c, u32 body) {
    for (u32 n = body; n != NONE; n = c->page->nodes.items[n].parent) {
        if (c->page->nodes.items[n].is_article) {
            return n;
        }
    }
    return body;
}

static bool is_remark(const choice *c, const page_block *b) {
    return (c->apart[b->node] == HINT_CAPTION || c->apart[b->node] == HINT_CREDIT) && !is_links(b);
}

static bool write_text(const choice *c, report *r, u32 body) {
    const page_node *inner = &c->page->nodes.items[body], *node = &c->page->nodes.items[find_article(c, body)];
    size_t room = 1;
    for (u32 i = node->first_block; i < node->end_block; i++) {
        room += c->page->blocks.items[i].text.end - c->page->blocks.items[i].text.start + 2u;
    }
    char *out = arena_alloc(r->memory, room, 1);
    if (out == NULL) {
        return false;
    }
    size_t len = 0;
    bool in_section = false;
    for (u32 i = node->first_block; i < node->end_block; i++) {
        const page_block *b = &c->page->blocks.items[i];
        bool outside = i < inner->first_block || i >= inner->end_block;
        if (outside && !is_remark(c, b)) {
            continue;
        }
        decision d = decide(c, r, i, inner->end_block);
        in_section =
            d.verdict.kind == BLOCK_PARAGRAPH && c->weight[i] > 0 ? false : in_section || d.verdict.opens_section;
        if (in_section && (d.verdict.kind == BLOCK_HEADING || d.verdict.kind == BLOCK_PARAGRAPH)) {
            d.keep = false;
        }
        if (d.keep && !keep_block(r, out, &len, span_cut(c->page->text, b->text.start, b->text.end), d.verdict)) {
            return false;
        }
    }
    r->text = (span){out, len};
    return true;
}

bool page_choose(const read_tables *tables, const page *p, report *r) {
    choice c = {.tables = tables, .page = p};
    c.weight = arena_new(r->memory, u32, p->blocks.count + 1);
    c.sum = arena_new(r->memory, u32, p->nodes.count + 1);
    c.apart = arena_new(r->memory, u8, p->nodes.count + 1);
    if (c.weight == NULL || c.sum == NULL || c.apart == NULL) {
        return false;
    }
    for (u32 i = 0; i < p->blocks.count; i++) {
        c.weight[i] = weigh(&c, &p->blocks.items[i]);
    }
    sum_weights(&c);
    set_apart(&c);
    u32 body = find_body(&c);
    body = body == NONE ? NONE : widen_body(&c, body);
    return body == NONE || write_text(&c, r, body);
}
