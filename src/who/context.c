// SPDX-License-Identifier: Apache-2.0
/* Which country is it about?  "The police arrested three men" names none, yet a reader knows.
 *
 *   weight of a country = times it is named in the whole news item         (what it is about)
 *                       + 3 for each naming so far, less a fifth a sentence     (where we are)
 *                       + 4 when its last naming is in the same paragraph
 *                       + words of public life that it alone has, "backbenchers" (lang/en/who/local.tsv)
 *                       + the dateline's place and the outlet's home country
 *                       + a little when the other items of a digest name it
 *
 * The heaviest wins; of equals the one named first.  An item that names no country is of the one that half of
 * all namings in the digest are of, if there is one. */
#include "who/scene.h"

#define TOTAL 24     /* namings that count in full; more of them a quarter, lest a long report drown what is near */
#define FRESH 3      /* weight of a naming just read */
#define PARAGRAPH 4  /* of one in the same paragraph */
#define DATELINE 6
#define HOME 4
#define SHARE 40     /* percent of all weights; with less no country is told */
#define PRIOR 16     /* sixteenths at most, for namings in the whole digest */

typedef struct {
    char primary[4];
    u32 total;    /* over the whole report */
    bool named;   /* by more than its towns */
    u32 recent;   /* sixteenths, as of `sentence` */
    u32 sentence;
    u32 next;     /* country of the same item, or NONE */
} country_weight;

struct country_tally {
    LIST(country_weight) countries;
    map by_code;       /* item and primary -> country */
    u32 *first, *last; /* [items + 1] its countries in the order of their first naming, or NONE; behind the items the whole report */
};

static u64 country_key(const char primary[4], u32 item) { return (u64)item << 32 | context_key(primary); }

static country_weight *weight_of(const scene *s, const char primary[4], u32 item) {
    struct country_tally *tally = s->tally;
    if (map_find(&s->lex->states, context_key(primary)) == NONE) {
        return NULL;
    }
    u64 key = country_key(primary, item);
    u32 at = map_find(&tally->by_code, key);
    if (at != NONE) {
        return &tally->countries.items[at];
    }
    country_weight *slot = list_push(s->r->memory, &tally->countries);
    u32 index = tally->countries.count - 1;
    if (slot == NULL || !map_set(&tally->by_code, key, index)) {
        return NULL;
    }
    *slot = (country_weight){.next = NONE};
    memcpy(slot->primary, primary, 4);
    *(tally->first[item] == NONE ? &tally->first[item] : &tally->countries.items[tally->last[item]].next) = index;
    tally->last[item] = index;
    return slot;
}

/* Steps through the countries of the item that the token is in. */
#define EACH_COUNTRY(s, at_token, w)                                                                                                     \
    for (const country_weight *w = country_at(s, (s)->tally->first[scene_item(s, at_token)]); w != NULL; w = country_at(s, w->next))

static const country_weight *country_at(const scene *s, u32 index) { return index == NONE ? NULL : &s->tally->countries.items[index]; }

static u32 faded(const country_weight *w, u32 here) {
    u32 recent = w->recent;
    for (u32 i = w->sentence; i < here && recent > 0; i++) {
        recent -= recent / 5 + (recent % 5 != 0);
    }
    return recent;
}

static u32 weight_at(const scene *s, const country_weight *w, u32 here) {
    const sentence *list = s->r->sentences.items;
    bool near = w->recent > 0 && list[w->sentence].block == list[here].block;
    u32 total = w->total < TOTAL ? w->total : TOTAL + (w->total - TOTAL) / 4;
    return 16 * (total + (near ? PARAGRAPH : 0)) + faded(w, here);
}

static void add_total(const scene *s, u32 item, const char primary[4], u32 weight) {
    for (u32 round = 0; round < 2 && primary[0] != '\0'; round++) {
        country_weight *w = weight_of(s, primary, round == 0 ? item : s->items);
        if (w != NULL) {
            w->total += weight;
        }
    }
}

/* Is the country named by more than its towns? */
static bool is_named(const scene *s, const draft *d) {
    u32 at = map_find(&s->tally->by_code, country_key(d->m.code.primary, scene_item(s, d->m.first)));
    return at != NONE && s->tally->countries.items[at].named;
}

/* States and their bodies first; then towns ("Fairfax", which is a publisher as well), each but once where its country is named by nothing else. */
static bool count_names(const scene *s) {
    map seen;
    map_open(&seen, s->r->memory);
    for (u32 round = 0; round < 2; round++) {
        for (u32 i = 0; i < s->drafts.count; i++) {
            const draft *d = scene_draft((scene *)s, i);
            bool own = d->m.kind == MENTION_NAME || d->m.kind == MENTION_ADJECTIVE;
            if (!own || d->what == DRAFT_PERSON || who_is_town(&d->m) != (round == 1) || modifier_is_dropped(s, d->m.end - 1)) {
                continue;
            }
            u64 town = (u64)scene_item(s, d->m.first) << 32 | report_token(s->r, d->m.head)->form;
            if (round == 1 && !is_named(s, d)) {
                if (map_find(&seen, town) != NONE) {
                    continue;
                }
                if (!map_set(&seen, town, 1)) {
                    return false;
                }
            }
            add_total(s, scene_item(s, d->m.first), d->m.code.primary, d->what == DRAFT_STATE ? 2 : 1);
            u32 at = map_find(&s->tally->by_code, country_key(d->m.code.primary, scene_item(s, d->m.first)));
            if (round == 0 && at != NONE) {
                s->tally->countries.items[at].named = true;
            }
        }
    }
    return true;
}

/* "Tory backbenchers in the Commons": each word that one country alone uses counts as a naming of it. */
static void count_local_words(const scene *s) {
    for (u32 i = 0; i < s->r->tokens.count; i++) {
        u32 at = s->first_piece[i];
        bool one = s->first_piece[i + 1] == at + 1 && s->pieces.items[at].symbol != NONE;
        u32 row = one ? map_find(&s->lex->local, s->pieces.items[at].symbol) : NONE;
        if (row != NONE) {
            add_total(s, scene_item(s, i), s->lex->rows.items[row].code.primary, 1);
        }
    }
}

/* Sixteenths for what the whole digest names. */
static u32 prior_of(const scene *s, const country_weight *w) {
    u32 at = s->items == 1 ? NONE : map_find(&s->tally->by_code, country_key(w->primary, s->items));
    u32 total = at == NONE ? 0 : s->tally->countries.items[at].total;
    return total < PRIOR ? total : PRIOR;
}

/* The country that half of all namings in the digest are of: its percentage, or 0. */
static u8 guess_digest(const scene *s, char primary[4]) {
    u32 sum = 0;
    const country_weight *best = NULL;
    for (const country_weight *w = country_at(s, s->tally->first[s->items]); w != NULL; w = country_at(s, w->next)) {
        sum += w->total;
        best = best == NULL || w->total > best->total ? w : best;
    }
    if (best == NULL || best->total * 2 < sum) {
        return 0;
    }
    memcpy(primary, best->primary, 4);
    return (u8)(100 * (u64)best->total / sum);
}

/* "https://www.daily.co.ke/news/1" -> "daily.co.ke" */
static span host_of(span url) {
    for (size_t i = 0; i + 2 < url.len; i++) {
        if (url.ptr[i] == '/' && url.ptr[i + 1] == '/') {
            url = span_cut(url, i + 2, url.len);
            break;
        }
    }
    span host = span_next_field(&url, '/');
    return span_starts(host, SPAN("www.")) ? span_cut(host, 4, host.len) : host;
}

/* The row of the outlet with this domain; else the state of the domain's last label; else NONE. */
static u32 home_of(const scene *s, span host) {
    u32 pieces[LEXICON_PIECES], count = lexicon_split(&s->r->words, NULL, host, pieces, LEXICON_PIECES);
    u32 known = count == 0 ? NONE : map_find(&s->lex->outlets, map_key_of_symbols(pieces, count));
    if (known != NONE || host.len < 4 || host.ptr[host.len - 3] != '.') {
        return known;
    }
    symbol label = symbols_find_lower(&s->r->words, span_cut(host, host.len - 2, host.len));
    return label == NONE ? NONE : map_find(&s->lex->domains, label);
}

u32 context_home(const scene *s) {
    u32 home = home_of(s, s->r->outlet);
    return home != NONE ? home : home_of(s, host_of(s->r->url));
}

drg_status context_open(scene *s, drg_error *error) {
    s->tally = arena_new(s->r->memory, struct country_tally, 1);
    if (s->tally == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    map_open(&s->tally->by_code, s->r->memory);
    s->tally->first = arena_new(s->r->memory, u32, s->items + 1);
    s->tally->last = arena_new(s->r->memory, u32, s->items + 1);
    if (s->tally->first == NULL || s->tally->last == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    for (u32 i = 0; i <= s->items; i++) {
        s->tally->first[i] = s->tally->last[i] = NONE;
    }
    if (!count_names(s)) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    count_local_words(s);
    const report *r = s->r;
    if (r->dateline_place < r->places.count) {
        add_total(s, 0, r->places.items[r->dateline_place].country, DATELINE);
    }
    u32 home = context_home(s);
    for (u32 item = 0; item < s->items && home != NONE; item++) {
        add_total(s, item, s->lex->rows.items[home].code.primary, HOME);
    }
    return DRG_OK;
}

void context_read(scene *s, const draft *d) {
    bool told = d->m.code.sector == SECTOR_MED && d->m.kind == MENTION_NOMINAL; /* "an AFP correspondent": who tells the news, not whom it is about */
    bool named = !told && d->m.kind != MENTION_PRONOUN && d->m.guess == 0 && !modifier_is_dropped(s, d->m.end - 1) && (!who_is_town(&d->m) || is_named(s, d));
    u32 item = scene_item(s, d->m.first);
    country_weight *w = named && d->m.code.primary[0] != '\0' ? weight_of(s, d->m.code.primary, item) : NULL;
    if (w != NULL) {
        u32 here = report_token(s->r, d->m.first)->sentence;
        w->recent = faded(w, here) + 16 * FRESH;
        w->sentence = here;
    }
}

u8 context_guess(const scene *s, u32 at_token, char primary[4]) {
    u32 here = report_token(s->r, at_token)->sentence, best_weight = 0, sum = 0;
    EACH_COUNTRY(s, at_token, w) {
        u32 weight = weight_at(s, w, here) + prior_of(s, w);
        sum += weight;
        if (weight > best_weight) {
            best_weight = weight;
            memcpy(primary, w->primary, 4);
        }
    }
    u64 share = best_weight > 0 ? 100 * (u64)best_weight / sum : guess_digest(s, primary);
    return share >= SHARE ? (u8)share : 0;
}

u8 context_guess_style(const scene *s, u32 at_token, symbol style, char primary[4]) {
    u32 best_weight = 0, sum = 0;
    EACH_COUNTRY(s, at_token, w) {
        u32 row = map_find(&s->lex->states, context_key(w->primary));
        sum += w->total;
        if (row != NONE && s->lex->rows.items[row].style == style && w->total > best_weight) {
            best_weight = w->total;
            memcpy(primary, w->primary, 4);
        }
    }
    return (u8)(best_weight > 0 ? 100 * (u64)best_weight / sum : 0);
}

u32 context_leaders(const scene *s, u32 at_token, char leaders[2][4]) {
    u32 here = report_token(s->r, at_token)->sentence, best[2] = {0, 0};
    EACH_COUNTRY(s, at_token, w) {
        u32 weight = w->recent == 0 ? 0 : weight_at(s, w, here);
        if (weight > best[0]) {
            best[1] = best[0];
            memcpy(leaders[1], leaders[0], 4);
            best[0] = weight;
            memcpy(leaders[0], w->primary, 4);
        } else if (weight > best[1]) {
            best[1] = weight;
            memcpy(leaders[1], w->primary, 4);
        }
    }
    return (u32)(best[0] > 0) + (u32)(best[1] > 0);
}

drg_status context_publish(const scene *s, drg_error *error) {
    report *r = s->r;
    for (u32 i = 0; i < r->sentences.count; i++) {
        const sentence *last = &r->sentences.items[i];
        if (i + 1 < r->sentences.count && r->sentences.items[i + 1].item == last->item) {
            continue;
        }
        actor_code *about = list_push(r->memory, &r->countries);
        if (about == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
        }
        *about = (actor_code){.sector = SECTOR_NONE};
        if (last->end_token > last->first_token) {
            context_guess(s, last->end_token - 1, about->primary);
        }
    }
    return DRG_OK;
}
