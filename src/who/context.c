// SPDX-License-Identifier: Apache-2.0
/* Which country is it about?  "The police arrested three men" names none, yet a reader knows.
 *
 *   weight of a country = times it is named in the whole report            (what it is about)
 *                       + 3 when just named, less a fifth a sentence            (where we are)
 *                       + 4 when its last naming is in the same paragraph
 *                       + the dateline's place and the outlet's home country
 *
 * The heaviest wins; of equals the one named first. */
#include "who/scene.h"

#define FRESH 3      /* weight of a naming just read */
#define PARAGRAPH 4  /* of one in the same paragraph */
#define DATELINE 6
#define HOME 4

typedef struct {
    char primary[4];
    u32 total;    /* over the whole report */
    u32 recent;   /* sixteenths, as of `sentence` */
    u32 sentence;
} country_weight;

struct country_tally {
    LIST(country_weight) countries;
    map by_code;
};

static country_weight *weight_of(const scene *s, const char primary[4]) {
    struct country_tally *tally = s->tally;
    if (map_find(&s->lex->states, context_key(primary)) == NONE) {
        return NULL;
    }
    u32 at = map_find(&tally->by_code, context_key(primary));
    if (at != NONE) {
        return &tally->countries.items[at];
    }
    country_weight *slot = list_push(s->r->memory, &tally->countries);
    if (slot == NULL || !map_set(&tally->by_code, context_key(primary), tally->countries.count - 1)) {
        return NULL;
    }
    memcpy(slot->primary, primary, 4);
    return slot;
}

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
    return 16 * (w->total + (near ? PARAGRAPH : 0)) + faded(w, here);
}

static void add_total(const scene *s, const char primary[4], u32 weight) {
    country_weight *w = primary[0] != '\0' ? weight_of(s, primary) : NULL;
    if (w != NULL) {
        w->total += weight;
    }
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
    for (u32 i = 0; i < s->drafts.count; i++) {
        const draft *d = scene_draft(s, i);
        bool own = d->m.kind == MENTION_NAME || d->m.kind == MENTION_ADJECTIVE;
        if (own && d->what != DRAFT_PERSON && !modifier_is_dropped(s, d->m.end - 1)) {
            add_total(s, d->m.code.primary, d->what == DRAFT_STATE ? 2 : 1);
        }
    }
    const report *r = s->r;
    if (r->dateline_place < r->places.count) {
        add_total(s, r->places.items[r->dateline_place].country, DATELINE);
    }
    u32 home = context_home(s);
    if (home != NONE) {
        add_total(s, s->lex->rows.items[home].code.primary, HOME);
    }
    return DRG_OK;
}

void context_read(scene *s, const draft *d) {
    bool named = d->m.kind != MENTION_PRONOUN && !d->guessed && !modifier_is_dropped(s, d->m.end - 1);
    country_weight *w = named && d->m.code.primary[0] != '\0' ? weight_of(s, d->m.code.primary) : NULL;
    if (w != NULL) {
        u32 here = report_token(s->r, d->m.first)->sentence;
        w->recent = 16 * FRESH;
        w->sentence = here;
    }
}

bool context_guess(const scene *s, u32 at_token, char primary[4]) {
    u32 here = report_token(s->r, at_token)->sentence, best_weight = 0;
    for (u32 i = 0; i < s->tally->countries.count; i++) {
        const country_weight *w = &s->tally->countries.items[i];
        u32 weight = weight_at(s, w, here);
        if (weight > best_weight) {
            best_weight = weight;
            memcpy(primary, w->primary, 4);
        }
    }
    return best_weight > 0;
}

bool context_guess_style(const scene *s, symbol style, char primary[4]) {
    u32 best_weight = 0;
    for (u32 i = 0; i < s->tally->countries.count; i++) {
        const country_weight *w = &s->tally->countries.items[i];
        u32 row = map_find(&s->lex->states, context_key(w->primary));
        if (row != NONE && s->lex->rows.items[row].style == style && w->total > best_weight) {
            best_weight = w->total;
            memcpy(primary, w->primary, 4);
        }
    }
    return best_weight > 0;
}

u32 context_leaders(const scene *s, u32 at_token, char leaders[2][4]) {
    u32 here = report_token(s->r, at_token)->sentence, best[2] = {0, 0};
    for (u32 i = 0; i < s->tally->countries.count; i++) {
        const country_weight *w = &s->tally->countries.items[i];
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
