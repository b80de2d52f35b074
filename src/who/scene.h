// SPDX-License-Identifier: Apache-2.0
/* The workbench of the who stage: what its passes share while they turn tokens into mentions.
 *
 *   scene.c     pieces, children, drafts, publishing        (in and out)
 *   name.c      world tables over the pieces                drafts of kind NAME and ADJECTIVE
 *   era.c       when a report without a date is from
 *   bearer.c    which given names it joins with a surname
 *   person.c    name spans and titles                       drafts of persons
 *   nominal.c   agent nouns                                 drafts of kind NOMINAL
 *   modifier.c  whose police, whose army                    codes of persons and nominals
 *   item.c      the news items of a digest                   items of sentences
 *   context.c   which country an item is about              codes of what names none
 *   refer.c     pronouns, relatives, pairs                  drafts of kind PRONOUN
 *   speaker.c   who speaks where                        the speaker of each sentence
 *   markable.c  all noun phrases, actors or not
 *   link.c      which of them mean the same             chains
 *   chain.c     one entity for all its drafts               entities, codes that travel along
 *
 * A draft is a mention with what later passes must know of it.  Everything lives in the report's
 * arena; all arrays are by token or by draft. */
#ifndef DRG_WHO_SCENE_H
#define DRG_WHO_SCENE_H

#include "who/lexicon.h"
#include "who/who.h"

typedef enum {
    DRAFT_STATE,   /* a country, region, capital or byword, by name or adjective */
    DRAFT_BODY,    /* organisation, group, organ, outlet, ministry, court */
    DRAFT_PERSON,  /* one person, named or by office */
    DRAFT_PEOPLE,  /* unnamed persons */
    DRAFT_REFER,   /* pronoun or relative */
    DRAFT_PAIR,    /* "the two sides" */
} draft_kind;

typedef struct {
    mention m;
    u8 what;        /* draft_kind */
    u8 form;        /* form_kind of a table name */
    u8 refer;       /* refer_class of a pronoun */
    char gender;    /* 'm', 'f' or 0 */
    bool plural, definite, possessive, former, dead;
    bool several;   /* "the three ministers" */
    bool compound;  /* one code of a user's list for several actors, linked by `second` */
    bool borrowed;  /* relational noun that still lacks an institution */
    bool merged;    /* part of a larger draft: not published */
    u32 row;        /* lexicon row, or NONE */
    u32 word;       /* lexicon word (title or noun), or NONE */
    u32 name_first, name_end; /* tokens of the bare name of a person or body; empty when there is none */
    u32 second;     /* "Russian and Syrian officials": draft of the other country, or NONE */
    u32 same;       /* draft it stands in apposition to, or NONE */
    u32 owner;      /* draft of the possessor, or NONE */
    u32 body;       /* named body inside a nominal ("Hamas" in "Hamas fighters"), or NONE */
} draft;

typedef struct {
    span given;
    u32 next; /* other given name of the surname, or NONE */
} bearer_name;

typedef struct {
    u32 symbol, token;
} piece;

struct markables;

typedef struct {
    const lexicon *lex;
    report *r;
    LIST(piece) pieces;
    u32 *first_piece;  /* [tokens + 1] */
    u32 *first_child, *next_child; /* [tokens] children in text order, NONE ends */
    u32 *cover;        /* [tokens] outermost draft over the token, or NONE */
    u32 *headed;       /* [tokens] draft whose head is the token, or NONE */
    LIST(draft) drafts;
    i32 about;         /* day that the report is of or speaks of, INT32_MIN unknown */
    i32 first_about, last_about; /* the days that it may be: `about`, or around it where its office holders tell */
    map bearers;       /* surname's form -> its last given name, in bearer_names */
    LIST(bearer_name) bearer_names;
    u32 items;         /* news items of the report, at least 1 */
    struct country_tally *tally;
    map present;       /* primary of a country that the report names -> how much (name.c) */
    u32 most_present;  /* ... of the country that it names most */
    map glossed;       /* form of an acronym that the report spells out -> token of its bracket (gloss.c) */
    struct markables *links; /* all noun phrases, linked */
    u32 *speaker;      /* [sentences] token that heads who speaks in it, or NONE */
    bool address;      /* the report is a speech or a letter: "we" is its author's people */
    u32 *order, order_count; /* drafts that stay, by first token, the longer first */
} scene;

drg_status scene_open(scene *s, const lexicon *lex, report *r, drg_error *error);
/* Adds a draft over tokens [first, end); NULL when memory is out. */
draft *scene_add(scene *s, u32 first, u32 end, mention_kind kind, draft_kind what);
/* Index of a draft made by scene_add. */
static inline u32 scene_index(const scene *s, const draft *d) { return (u32)(d - s->drafts.items); }
static inline draft *scene_draft(scene *s, u32 index) { return &s->drafts.items[index]; }
/* Widens a draft to [first, end) and takes its smaller drafts out of the way. */
void scene_widen(scene *s, u32 index, u32 first, u32 end);
/* The token of [first, end) that stands in the tree for all of it. */
u32 scene_head(const scene *s, u32 first, u32 end);
/* Child of `token` with one of the relations in `mask` (bits by deprel), from `after` on; NONE ends. */
u32 scene_child(const scene *s, u32 at_token, u64 mask, u32 after);
#define RELATION(name) (1ull << DEPREL_##name)
/* The lower-cased form of the token is `word`. */
bool scene_is(const scene *s, u32 at_token, const char *word);
refer_class scene_refer(const scene *s, u32 at_token);
/* Longest phrase of `table` that begins at `token`: its meaning, and `*end` one past its last token.
 * `inside` allows an end within a hyphened token ("Russian" of "Russian-backed"). */
u32 scene_match(const scene *s, const phrase_table *table, u32 at_token, bool inside, u32 *end);
/* The meaning of just these pieces, or, in a table with stems, of the beginning of the last one. */
u32 scene_find_phrase(const scene *s, const phrase_table *table, const u32 *words, u32 count);
/* Nothing but hyphens, apostrophes and stops between this piece and the next. */
bool scene_is_joined(const scene *s, u32 piece);
/* All letters are capitals. */
bool scene_is_acronym(span form);
/* The same for titles and nouns: the lexicon word, or NONE.  `plural` may be NULL. */
u32 scene_match_word(const scene *s, const phrase_table *in, u32 at_token, u32 *end, bool *plural);
/* The meaning's letters agree with those of the text: "US" is no "us". */
bool scene_letters_fit(const scene *s, const meaning *of, u32 first, u32 end);
/* The sector of a former holder: an office of state is lost, a party, a faith or a rebellion is not. */
static inline u16 scene_after_office(u16 role) {
    static const u32 offices = 1u << SECTOR_GOV | 1u << SECTOR_MIL | 1u << SECTOR_COP | 1u << SECTOR_JUD | 1u << SECTOR_LEG | 1u << SECTOR_SPY | 1u << SECTOR_IGO;
    return sector_is_in(role, offices) ? SECTOR_NONE : role;
}
static inline bool scene_has_name(const draft *d) { return d->name_end > d->name_first; }
static inline u32 scene_sentence_end(const scene *s, u32 at_token) {
    return s->r->sentences.items[s->r->tokens.items[at_token].sentence].end_token;
}
/* The news item that the token is in. */
static inline u32 scene_item(const scene *s, u32 at_token) { return s->r->sentences.items[s->r->tokens.items[at_token].sentence].item; }
static inline u32 scene_sentence_first(const scene *s, u32 at_token) {
    return s->r->sentences.items[s->r->tokens.items[at_token].sentence].first_token;
}

/* Notes the acronyms that the report spells out; false when memory is out. */
bool gloss_find(scene *s);
/* The words before this bracket are what the acronym in it is short for. */
bool gloss_at(const scene *s, u32 at_token);
/* The report spells the word out, and with no word of the body so named. */
bool gloss_denies(const scene *s, span name, u32 at_token);
/* Notes the given names of all surnames; false when memory is out. */
bool bearer_note(scene *s);
/* The report bears the surname at the token, and with no given name of the holder's. */
bool bearer_denies(const scene *s, const lexicon_row *row, u32 at_token);
/* Fills about, first_about and last_about of a report without a date, by who is in office in it. */
void era_find(scene *s);
/* The words [first, end) are a part only of a longer person's name, titles aside. */
bool name_cuts_person(const scene *s, u32 first, u32 end);
/* "President | Boris Yeltsin": the title that ends right before token `first`, an index of lex->words, or NONE. */
u32 name_title_before(const scene *s, u32 first);
/* What a state's name is in these words: a party, ground, an adjective, a people. */
void name_fill_state(const scene *s, draft *d, form_kind form, bool region);
drg_status name_find(scene *s, drg_error *error);
/* Acronyms in brackets behind a name, and where they stand alone. */
drg_status name_find_acronyms(scene *s, drg_error *error);
drg_status person_find(scene *s, drg_error *error);
drg_status nominal_find(scene *s, drg_error *error);
drg_status refer_find(scene *s, drg_error *error);
drg_status speaker_find(scene *s, drg_error *error);

/* Fills code, second and owner of draft `index` from the words of [first, end) around its head
 * and from its dependents. */
void modifier_apply(scene *s, u32 index, u32 first, u32 end);
bool modifier_is_dropped(const scene *s, u32 at_token);

/* Tells the news items of a digest apart: fills items and each sentence's item. */
drg_status item_find(scene *s, drg_error *error);

/* Packs a primary into a map key. */
static inline u64 context_key(const char primary[4]) {
    u32 packed;
    memcpy(&packed, primary, 4);
    return packed;
}
/* The row of the report's outlet, or of the state whose domain it has, or NONE. */
u32 context_home(const scene *s);
drg_status context_open(scene *s, drg_error *error);
/* Tells the tally that the reading has come to this draft. */
void context_read(scene *s, const draft *d);
/* The country that "the police" at this point most likely belongs to: the percentage of the context that speaks
 * for it, 1 to 100, or 0 when none is known. */
u8 context_guess(const scene *s, u32 at_token, char primary[4]);
/* The heaviest country that calls itself so: "the kingdom". */
u8 context_guess_style(const scene *s, u32 at_token, symbol style, char primary[4]);
/* The two heaviest countries named so far, for "the two sides"; returns how many there are. */
u32 context_leaders(const scene *s, u32 at_token, char leaders[2][4]);

/* Fills report.countries with the one that each item, once read, is about. */
drg_status context_publish(const scene *s, drg_error *error);

/* Orders the drafts; to be called once all are found. */
drg_status scene_sort(scene *s, drg_error *error);
drg_status chain_run(scene *s, drg_error *error);
drg_status scene_publish(scene *s, drg_error *error);

#endif
