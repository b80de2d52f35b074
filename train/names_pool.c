// SPDX-License-Identifier: Apache-2.0
/* Half of the persons are whole names of world/holders.tsv, half a given name and another's family
 * name; organisations are listed or made:
 *
 *     <place> District Council  +  Chitungwiza  ->  Chitungwiza District Council */
#include <stdio.h>

#include "base/table.h"
#include "names_pool.h"
#include "net.h"

static const struct {
    const char *file, *column;
    pool_kind kind;
} SOURCES[] = {
    {"world/places.tsv", "name", POOL_TOWN},           {"world/divisions.tsv", "name", POOL_STATE},
    {"world/regions.tsv", "name", POOL_STATE},         {"world/countries.tsv", "name", POOL_COUNTRY},
    {"world/countries.tsv", "adjectives", POOL_NATION}, {"world/holders.tsv", "name", POOL_PERSON},
    {"lang/en/who/given.tsv", "name", POOL_GIVEN},     {"world/organisations.tsv", "name", POOL_BODY},
    {"world/organisations.tsv", "aliases", POOL_BODY}, {"world/groups.tsv", "name", POOL_BODY},
    {"world/groups.tsv", "aliases", POOL_BODY},        {"world/outlets.tsv", "name", POOL_BODY},
    {"world/organs.tsv", "name", POOL_BODY},
};

static bool add(name_pool *pool, pool_kind kind, span name) {
    span *slot = name.len > 0 ? list_push(pool->memory, &pool->of[kind]) : NULL;
    if (slot != NULL) {
        *slot = name;
    }
    return slot != NULL || name.len == 0;
}

int name_pool_open(name_pool *pool, knowledge *k, const char *patterns) {
    drg_error error = {0};
    *pool = (name_pool){.memory = &k->memory};
    bool good = true;
    for (u32 i = 0; i < COUNT_OF(SOURCES) && good; i++) {
        table t;
        good = table_open(&t, k, SOURCES[i].file, &error) == DRG_OK;
        while (good && table_next(&t)) {
            span field = table_field(&t, SOURCES[i].column);
            while (field.len > 0 && good) {
                good = add(pool, SOURCES[i].kind, span_trim(span_next_field(&field, ';')));
            }
        }
    }
    span text = {NULL, 0};
    good = good && knowledge_read(k, patterns, &text, &error) == DRG_OK;
    while (text.len > 0 && good) {
        span line = span_trim(span_next_field(&text, '\n'));
        good = line.len == 0 || line.ptr[0] == '#' || add(pool, POOL_PATTERN, line);
    }
    for (u32 kind = 0; kind < POOL_COUNT; kind++) {
        good = good && pool->of[kind].count > 0;
    }
    if (!good) {
        fprintf(stderr, "no names to draw from: %s %s\n", error.source, error.message);
    }
    return !good;
}

static span draw(const name_pool *pool, pool_kind kind, u64 *random) { return pool->of[kind].items[net_random(random) % pool->of[kind].count]; }

/* Adds the words of `name` as the text stage cuts them: hyphens are words. */
static u32 put_words(span name, span words[POOL_WORDS], u32 count) {
    for (size_t at = 0; at < name.len && count < POOL_WORDS;) {
        size_t end = at;
        while (end < name.len && name.ptr[end] != ' ' && name.ptr[end] != '-') {
            end++;
        }
        if (end > at) {
            words[count++] = span_cut(name, at, end);
        }
        if (end < name.len && name.ptr[end] == '-' && count < POOL_WORDS) {
            words[count++] = span_cut(name, end, end + 1);
        }
        at = end + 1;
    }
    return count;
}

static span family_name(const name_pool *pool, u64 *random) {
    span whole = draw(pool, POOL_PERSON, random), last = whole;
    while (whole.len > 0) {
        last = span_next_field(&whole, ' ');
    }
    return last;
}

static u32 make_body(const name_pool *pool, u64 *random, span words[POOL_WORDS]) {
    u32 count = 0;
    for (span rest = draw(pool, POOL_PATTERN, random); rest.len > 0;) {
        span part = span_next_field(&rest, ' ');
        if (span_eq(part, SPAN("<place>"))) {
            part = draw(pool, net_random(random) % 3 == 0 ? POOL_STATE : POOL_TOWN, random);
        } else if (span_eq(part, SPAN("<country>"))) {
            part = draw(pool, POOL_COUNTRY, random);
        } else if (span_eq(part, SPAN("<nation>"))) {
            part = draw(pool, POOL_NATION, random);
        } else if (span_eq(part, SPAN("<name>"))) {
            part = family_name(pool, random);
        }
        count = put_words(part, words, count);
    }
    return count;
}

/* "Lorvane", "TKB": a word that nobody has heard of. */
static span invent(const name_pool *pool, u64 *random) {
    static const char *const starts[] = {"b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "kh", "l", "m", "n", "p", "pr", "r", "s", "sh", "st", "t", "tr", "v", "w", "y", "z", "", ""};
    static const char *const vowels[] = {"a", "a", "e", "e", "i", "i", "o", "o", "u", "ai", "au", "ea", "ia", "io", "oo", "y"};
    static const char *const ends[] = {"", "", "", "", "n", "n", "r", "s", "l", "m", "k", "t", "x", "nd", "sk", "ng", "st"};
    char *room = arena_alloc(pool->memory, 40, 1);
    u32 size = 0, letters = (u32)(net_random(random) >> 20) % 6 == 0 ? 3 + (u32)(net_random(random) >> 20) % 3 : 0, parts = letters > 0 ? 0 : 2 + (u32)(net_random(random) >> 20) % 2;
    if (room == NULL) {
        return SPAN("Name");
    }
    for (u32 i = 0; i < letters; i++) {
        room[size++] = (char)('A' + (net_random(random) >> 20) % 26);
    }
    for (u32 i = 0; i < parts; i++) {
        const char *of[] = {starts[(net_random(random) >> 20) % COUNT_OF(starts)], vowels[(net_random(random) >> 20) % COUNT_OF(vowels)], ends[(net_random(random) >> 20) % COUNT_OF(ends)]};
        for (u32 k = 0; k < COUNT_OF(of); k++) {
            memcpy(room + size, of[k], strlen(of[k]));
            size += (u32)strlen(of[k]);
        }
    }
    room[0] = (char)ascii_to_upper(room[0]);
    return (span){room, size};
}

static u32 draw_made(const name_pool *pool, slot_kind slot, u64 *random, span words[POOL_WORDS]) {
    u32 dice = (u32)(net_random(random) >> 20) % 8, count = 0;
    if (slot == SLOT_CLUB && dice < 5) {
        return put_words(draw(pool, POOL_TOWN, random), words, 0);
    }
    if (slot == SLOT_BRAND && dice == 0) { /* named after its founder */
        return put_words(family_name(pool, random), words, 0);
    }
    if (slot == SLOT_WORK && dice < 2) {
        count = put_words(draw(pool, dice == 0 ? POOL_GIVEN : POOL_TOWN, random), words, 0);
    }
    for (u32 more = slot == SLOT_WORK ? 1 + dice % 3 : 1 + (dice > 5); more > 0 && count < POOL_WORDS; more--) {
        words[count++] = invent(pool, random);
    }
    return count;
}

/* A name of `kind`; a person of one word gets a family name alone. */
static u32 draw_name(const name_pool *pool, u32 kind, bool single, u64 *random, span words[POOL_WORDS]) {
    u32 dice = (u32)(net_random(random) >> 20) % 8;
    if (kind == NAME_LOC) {
        return put_words(draw(pool, dice < 5 ? POOL_TOWN : dice < 7 ? POOL_STATE : POOL_COUNTRY, random), words, 0);
    }
    if (kind == NAME_PER && single) {
        return put_words(family_name(pool, random), words, 0);
    }
    if (kind == NAME_PER && dice < 4) {
        return put_words(draw(pool, POOL_PERSON, random), words, 0);
    }
    if (kind == NAME_PER) {
        u32 count = put_words(draw(pool, POOL_GIVEN, random), words, 0);
        return put_words(family_name(pool, random), words, count);
    }
    return dice < 4 ? put_words(draw(pool, POOL_BODY, random), words, 0) : make_body(pool, random, words);
}

/* The end of the name that begins at `at`, of one certain kind PER, ORG or LOC; `at` when none does. */
static u32 certain_end(const word *words, u32 at, u32 count, u32 *kind) {
    for (*kind = NAME_PER; *kind < NAME_COUNT; (*kind)++) {
        if ((*kind <= NAME_LOC || words[at].slot != SLOT_NONE) && words[at].names == NAME_BIT(2 * *kind - 1)) {
            u32 end = at + 1;
            while (end < count && words[end].names == NAME_BIT(2 * *kind)) {
                end++;
            }
            return end;
        }
    }
    return at;
}

u32 name_pool_replace(const name_pool *pool, const word *words, u32 count, double part, u64 *random, pool_word *out, u32 room) {
    u32 made = 0, names = 0;
    for (u32 i = 0, end; i < count; i = end) {
        u32 kind;
        end = certain_end(words, i, count, &kind);
        bool named = end > i;
        end = named ? end : i + 1;
        span drawn[POOL_WORDS];
        bool other = named && (words[i].slot != SLOT_NONE || (double)(net_random(random) >> 11) / 9007199254740992.0 < part);
        u32 size = !other ? end - i : words[i].slot > SLOT_NAME ? draw_made(pool, words[i].slot, random, drawn) : draw_name(pool, kind, end == i + 1, random, drawn);
        names += named;
        for (u32 k = 0; k < size && made < room; k++) {
            u16 label = (u16)(k == 0 ? NAME_BIT(2 * kind - 1) : NAME_BIT(2 * kind));
            out[made++] = other ? (pool_word){drawn[k], label, 1, i, names} : (pool_word){words[i + k].form, words[i + k].names, 0, i + k, named ? names : 0};
        }
    }
    return made;
}
