// SPDX-License-Identifier: Apache-2.0
/* The network sees one sentence at a time; a report says the same name again and again.
 *
 *     "Aoun met ... ."  PER      "... with Aoun ."  LOC      "President Michel Aoun ..."  PER
 *
 * Each span votes for its words' kind, and a person's full name casts two votes for PER on its
 * last word alone.  A table of world/ that lists the words has three votes.  Spans then take the
 * kind with most votes (their own at a tie), and a proper noun that was passed over takes the kind
 * that its like has elsewhere in the report. */
#include "parse/agree.h"

#include "base/map.h"

typedef struct {
    u32 votes[NAME_COUNT];
} poll;

typedef struct {
    report *r;
    const known_names *known;
    arena *scratch;
    map polls; /* words of a name -> index */
    LIST(poll) all;
} agreement;

enum { NAME_WORDS = 12, TABLE_VOTES = 3, SURNAME_VOTES = 2 };

static u32 name_end(const report *r, u32 first) {
    u32 end = first + 1;
    const token *t = r->tokens.items;
    while (end < r->tokens.count && t[end].name == t[first].name && !t[end].name_begins && t[end].sentence == t[first].sentence) {
        end++;
    }
    return end;
}

static u64 key_of(const report *r, u32 first, u32 end) {
    u32 words[NAME_WORDS], count = 0;
    for (u32 i = first; i < end && count < NAME_WORDS; i++) {
        words[count++] = r->tokens.items[i].lower;
    }
    return map_key_of_symbols(words, count);
}

static bool vote(agreement *a, u64 key, u32 kind, u32 votes) {
    u32 at = map_find(&a->polls, key);
    if (at == NONE) {
        at = a->all.count;
        if (list_push(a->scratch, &a->all) == NULL || !map_set(&a->polls, key, at)) {
            return false;
        }
    }
    a->all.items[at].votes[kind] += votes;
    return true;
}

static bool hold_polls(agreement *a) {
    const report *r = a->r;
    for (u32 i = 0; i < r->tokens.count;) {
        u32 kind = r->tokens.items[i].name, end = name_end(r, i);
        if (kind == NAME_NONE) {
            i++;
            continue;
        }
        if (!vote(a, key_of(r, i, end), kind, 1) || (kind == NAME_PER && end - i > 1 && !vote(a, key_of(r, end - 1, end), kind, SURNAME_VOTES))) {
            return false;
        }
        i = end;
    }
    return true;
}

/* The kind with most votes, `own` at a tie; NAME_NONE when the words were never a name. */
static u32 elected(const agreement *a, u32 first, u32 end, u32 own) {
    u32 at = map_find(&a->polls, key_of(a->r, first, end)), best = own, tables = known_names_find(a->known, a->r, first, end);
    poll votes = at == NONE ? (poll){{0}} : a->all.items[at];
    for (u32 kind = 1; kind < NAME_COUNT; kind++) {
        votes.votes[kind] += (tables >> kind & 1) * TABLE_VOTES;
        best = votes.votes[kind] > votes.votes[best] ? kind : best;
    }
    return best;
}

static void apply(agreement *a) {
    token *t = a->r->tokens.items;
    u32 count = a->r->tokens.count;
    for (u32 i = 0; i < count;) {
        u32 own = t[i].name, end = own == NAME_NONE ? i + 1 : name_end(a->r, i);
        bool alone = (i == 0 || t[i - 1].upos != UPOS_PROPN) && (end == count || t[end].upos != UPOS_PROPN);
        if (own != NAME_NONE || (t[i].upos == UPOS_PROPN && alone)) {
            u32 kind = elected(a, i, end, own);
            for (u32 k = i; k < end; k++) {
                t[k].name = (u8)kind;
            }
            t[i].name_begins = kind != NAME_NONE;
        }
        i = end;
    }
}

/* "World Health Organization": the longest run of words that a table lists under one kind is a
 * name, whatever the network made of its edges. */
static void mark_listed(agreement *a) {
    token *t = a->r->tokens.items;
    for (u32 s = 0; s < a->r->sentences.count; s++) {
        u32 stop = a->r->sentences.items[s].end_token;
        for (u32 i = a->r->sentences.items[s].first_token; i < stop; i++) {
            u32 end = i + NAME_WORDS < stop ? i + NAME_WORDS : stop, tables = 0;
            while (t[i].form != t[i].lower && end > i + 1 && (t[end - 1].form == t[end - 1].lower || (tables = known_names_find(a->known, a->r, i, end)) == 0)) {
                end--;
            }
            if (tables == 0 || (tables & (tables - 1)) != 0) {
                continue;
            }
            for (u32 k = i; k < end; k++) {
                t[k].name = (u8)__builtin_ctz(tables);
                t[k].name_begins = k == i;
            }
            if (end < stop && t[end].name != NAME_NONE) {
                t[end].name_begins = true;
            }
            i = end - 1;
        }
    }
}

bool agree_names(report *r, const known_names *known, arena *scratch) {
    agreement a = {.r = r, .known = known, .scratch = scratch};
    map_open(&a.polls, scratch);
    mark_listed(&a);
    if (!hold_polls(&a)) {
        return false;
    }
    apply(&a);
    return true;
}
