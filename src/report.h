// SPDX-License-Identifier: Apache-2.0
/* One report on its way through the stages: arrays, each filled by one stage and read by the
 * later ones.  Indices are u32 and NONE means none; everything lives in the report's arena.
 *
 *   read   meta, text, blocks          text  sentences, tokens (range, form)
 *   parse  tokens (tags, tree, names)  who   mentions, entities
 *   when   timexes                     where places
 *   what   predicates, arguments, deeds
 *   said   statements, deeds' status   record  records (the public structs of dragoman.h)
 */
#ifndef DRG_REPORT_H
#define DRG_REPORT_H

#include "base/knowledge.h"
#include "base/symbols.h"
#include "base/utf8.h"

/* ------------------------------------------------------------------ read */
typedef enum {
    BLOCK_PARAGRAPH, /* coded */
    BLOCK_HEADING,   /* inside the text; coded as a sentence of its own */
    BLOCK_CAPTION,   /* kept apart, not coded */
    BLOCK_CREDIT,    /* photo credit, byline, "edited using the data from ..." */
    BLOCK_FURNITURE, /* "Post a comment", "Print Friendly, PDF & Email" */
} block_kind;

typedef struct {
    range text; /* bytes of report.text */
    u8 kind;    /* block_kind */
} block;

/* ------------------------------------------------------------------ text and parse */
typedef struct {
    u32 first_token, end_token; /* tokens [first, end) */
    u32 block;
    u32 item; /* news item of a digest, 0 in most reports; the who stage fills it */
    range text;
} sentence;

#define UPOS_LIST(M) \
    M(X) M(ADJ) M(ADP) M(ADV) M(AUX) M(CCONJ) M(DET) M(INTJ) M(NOUN) M(NUM) M(PART) M(PRON) M(PROPN) M(PUNCT) M(SCONJ) M(SYM) M(VERB)
typedef enum {
#define UPOS_ENUM(name) UPOS_##name,
    UPOS_LIST(UPOS_ENUM)
#undef UPOS_ENUM
    UPOS_COUNT
} upos;

/* The universal relations of UD 2.16 English, subtypes included; parse/labels.c has the names. */
#define DEPREL_LIST(X)                                                                                               \
    X(root, "root") X(acl, "acl") X(acl_relcl, "acl:relcl") X(advcl, "advcl") X(advcl_relcl, "advcl:relcl")          \
    X(advmod, "advmod") X(amod, "amod") X(appos, "appos") X(aux, "aux") X(aux_pass, "aux:pass") X(case, "case")      \
    X(cc, "cc") X(cc_preconj, "cc:preconj") X(ccomp, "ccomp") X(compound, "compound")                                \
    X(compound_prt, "compound:prt") X(conj, "conj") X(cop, "cop") X(csubj, "csubj") X(csubj_pass, "csubj:pass")      \
    X(csubj_outer, "csubj:outer") X(dep, "dep") X(det, "det") X(det_predet, "det:predet") X(discourse, "discourse")  \
    X(dislocated, "dislocated") X(expl, "expl") X(fixed, "fixed") X(flat, "flat") X(goeswith, "goeswith")            \
    X(iobj, "iobj") X(list, "list") X(mark, "mark") X(nmod, "nmod") X(nmod_poss, "nmod:poss") X(nmod_unmarked, "nmod:unmarked") \
    X(nmod_desc, "nmod:desc") X(nsubj, "nsubj") X(nsubj_pass, "nsubj:pass") X(nsubj_outer, "nsubj:outer") X(nummod, "nummod")  \
    X(obj, "obj") X(obl, "obl") X(obl_agent, "obl:agent") X(obl_unmarked, "obl:unmarked") X(orphan, "orphan")        \
    X(parataxis, "parataxis") X(punct, "punct") X(reparandum, "reparandum") X(vocative, "vocative") X(xcomp, "xcomp")
typedef enum {
#define DEPREL_ENUM(name, text) DEPREL_##name,
    DEPREL_LIST(DEPREL_ENUM)
#undef DEPREL_ENUM
    DEPREL_COUNT
} deprel;

typedef enum { NAME_NONE, NAME_PER, NAME_ORG, NAME_LOC, NAME_NORP, NAME_MISC, NAME_COUNT } name_kind;

typedef struct {
    range text;        /* bytes of report.text */
    u32 sentence;
    symbol form;       /* as written */
    symbol lower;      /* lower case */
    symbol lemma;
    u32 head;          /* token (of the report, not of the sentence); NONE at the root */
    u16 feats;         /* parse/labels.h: index of the UD feature string */
    u8 upos, xpos;     /* xpos: parse/labels.h */
    u8 deprel;
    u8 name;           /* name_kind of the name span this token is in */
    bool name_begins;  /* first token of its name span */
    bool space_after;
    bool joined;       /* written together with the token before as one: "n't" of "don't" */
} token;

/* ------------------------------------------------------------------ who */
#define SECTOR_LIST(X)                                                                                   \
    X(NONE) X(GOV) X(MIL) X(COP) X(JUD) X(LEG) X(OPP) X(PTY) X(REB) X(UAF) X(SPY) X(MED) X(BUS) X(NGO)   \
    X(EDU) X(REL) X(LAB) X(CVL) X(CRM) X(IGO)
typedef enum {
#define SECTOR_ENUM(name) SECTOR_##name,
    SECTOR_LIST(SECTOR_ENUM)
#undef SECTOR_ENUM
    SECTOR_COUNT
} sector;
/* From here on a sector is one to three letters or digits of a user's own list, packed: "ELI", "LOC". */
#define SECTOR_OWN 64

typedef struct {
    char primary[4]; /* "IRN", "UNO", "---"; empty string: no code */
    u16 sector;      /* sector, or packed; SECTOR_NONE prints the primary alone */
} actor_code;

/* `set` has a bit for each of our sectors. */
static inline bool sector_is_in(u16 role, u32 set) { return role < SECTOR_COUNT && (set >> role & 1); }

typedef enum {
    MENTION_NAME,      /* "Mohammad Baqeri", "Iran", "the United Nations" */
    MENTION_NOMINAL,   /* "the top Iranian commander", "protesters", "government forces" */
    MENTION_ADJECTIVE, /* "Israeli" in "Israeli air strikes": a party only through its noun */
    MENTION_PRONOUN,   /* "he", "they", "both" */
} mention_kind;

typedef enum {
    ENTITY_PERSON,
    ENTITY_STATE,        /* a country or territory itself, or its government by byword */
    ENTITY_ORGANISATION, /* IGO, party, armed group, ministry, army, company, outlet */
    ENTITY_PEOPLE,       /* unnamed persons: protesters, civilians, soldiers */
    ENTITY_GROUP,        /* several entities together: "the two sides"; see members */
} entity_kind;

typedef struct {
    u32 first, end; /* tokens of the whole mention, title and modifiers included */
    u32 head;       /* token that stands in the tree for it */
    u32 entity;
    actor_code code; /* of this mention; an entity's other mentions may differ ("Tehran" GOV) */
    u8 kind;         /* mention_kind */
    bool is_place;   /* a place name that is an actor only where it acts ("Damascus said") */
    bool bare;       /* a state or a place of it by its own name: no word says who in it acts or is meant */
    u8 guess;        /* 0: words give its country; else the percentage of the context that speaks for it */
    source_line why; /* the table line that gave the code; file NONE when derived */
} mention;

/* How surely somebody of a political code is a political actor. */
typedef enum {
    STANDING_SURE,
    STANDING_OFFICE,   /* known by an office alone, of no body and no country in the words: "a spokesman" */
    STANDING_STRANGER, /* ... of a body that nobody knows: "a spokesman for Elf" */
} entity_standing;

typedef struct {
    span name;                     /* fullest */
    span title;                    /* fullest title or description; may be empty */
    actor_code code;
    u8 kind;                       /* entity_kind */
    u8 guess;                      /* of its code, as in mention */
    u8 standing;                   /* entity_standing */
    u32 first_member, end_member;  /* report.members, for ENTITY_GROUP */
} entity;

/* Two offices that the report gives one person, in its words. */
typedef struct {
    u32 entity;
    range first, other; /* bytes of report.text */
} office_conflict;

/* A noun phrase, actor or not, and the chain of those that mean the same. */
typedef struct {
    u32 first, end; /* tokens */
    u32 head;
    u32 chain;      /* number in the report; a chain of one phrase means nothing else */
    u32 antecedent; /* phrase it was linked to, or NONE where it opens its chain */
} phrase_in_chain;

/* ------------------------------------------------------------------ when */
typedef enum { GRAIN_DAY, GRAIN_WEEK, GRAIN_MONTH, GRAIN_YEAR, GRAIN_INTERVAL, GRAIN_VAGUE } grain;

typedef struct {
    u32 first, end;  /* tokens */
    i32 start, last; /* days since 1970-01-01, both inclusive; INT32_MIN / INT32_MAX: open or unknown */
    u8 grain;        /* grain; GRAIN_VAGUE ("in recent years"): past, but no value is written */
    u8 start_grain, last_grain; /* of a bounded interval's ends: "since 2011" knows the year, not the day */
    bool bounded;    /* "since", "until", "from ... to": the ends come from different words */
    bool duration;   /* "for three days": a length, not a date */
    bool apart;      /* dates no deed of its clause: "promised boats for the spring", "Kabul News, 9 July - The ..." */
    bool resumes;    /* says when what has been told was: "The meeting took place on Friday" */
    u32 noun;        /* token, or NONE: the one noun that it dates, "left the 2015 accord", "a leader of the 1989 protests" */
    u8 daypart;      /* 1 morning, 2 midday and afternoon, 3 evening, 4 night; 0: none was said */
    i32 length;      /* of a duration; 0 when the words do not count it */
    u8 unit;         /* its unit, a letter of lang/en/when/words.tsv; 0 unknown */
} timex;

/* The time of the narrative. */
typedef struct {
    u32 timex;   /* or NONE */
    bool back;   /* it lies before the news: a look back */
    bool unsure; /* a look back that a paragraph's end may have closed: only its year is kept */
    bool live;   /* of the report's own day, whatever the tense: when/live.c */
} told_time;

/* By what a deed is dated. */
typedef enum {
    DATING_NONE,
    DATING_CLAUSE,    /* a time in its own clause */
    DATING_GOVERNOR,  /* a time of the clause that governs it */
    DATING_BESIDE,    /* a time that stands beside it */
    DATING_NARRATIVE, /* the time that the sentences before it tell of */
    DATING_LOOKBACK,  /* the year of a look back that may have ended */
    DATING_REPORT,    /* the report's own day */
} dating;

/* ------------------------------------------------------------------ where */
typedef struct {
    u32 first, end, head; /* tokens */
    span name;            /* as the gazetteer has it */
    char country[4];      /* ISO alpha-3, empty for waters and regions over borders */
    double lat, lon;
    u32 geonameid;
    u8 kind;              /* place_kind */
    u8 role;              /* place_role */
    bool adjective;       /* "Turkish" in "Turkish ports": the country is meant, the place is not named */
} place;
/* What the words around a place say of the deed: "in Homs", "to Homs", "from Homs", "against Homs". */
typedef enum { PLACE_BARE, PLACE_AT, PLACE_TO, PLACE_FROM, PLACE_OF, PLACE_AGAINST } place_role;
typedef enum { PLACE_CITY, PLACE_SITE, PLACE_REGION, PLACE_COUNTRY, PLACE_WATER, PLACE_AREA } place_kind;

/* ------------------------------------------------------------------ what */
typedef enum {
    ROLE_SUBJECT,   /* the doer: active subject, passive by-phrase, possessor or adjective of a nominal deed */
    ROLE_OBJECT,    /* the undergoer: active object, passive subject */
    ROLE_RECIPIENT, /* indirect object */
    ROLE_OBLIQUE,   /* behind a preposition, see `preposition` */
    ROLE_POSSESSOR, /* of a noun trigger: "Israel's strikes" */
    ROLE_MODIFIER,  /* adjective or compound of a noun trigger: "Israeli strikes", "peace talks" */
    ROLE_CLAUSE,    /* clausal complement; `head` is its predicate's head token */
} argument_role;

typedef struct {
    u8 role;             /* argument_role */
    bool inherited;      /* by control, conjunction, relative clause, light verb */
    symbol preposition;  /* lower-case, for ROLE_OBLIQUE; NONE else */
    u32 head;            /* token */
} argument;

enum {
    PREDICATE_NEGATED = 1 << 0,
    PREDICATE_MODAL = 1 << 1,       /* may, could, should, must ... */
    PREDICATE_FUTURE = 1 << 2,      /* will, is to, going to, about to */
    PREDICATE_CONDITIONAL = 1 << 3, /* inside an if/unless clause, or its "would" */
    PREDICATE_QUESTION = 1 << 4,
    PREDICATE_INFINITIVE = 1 << 5,  /* to-infinitive */
    PREDICATE_PURPOSE = 1 << 6,     /* "in order to", "with the aim of" */
    PREDICATE_PASSIVE = 1 << 7,
    PREDICATE_PAST = 1 << 8,
    PREDICATE_PERFECT = 1 << 9,
    PREDICATE_PROGRESSIVE = 1 << 10,
    PREDICATE_PARTICIPLE = 1 << 11, /* -ing or -ed clause without its own tense */
    PREDICATE_NOMINAL = 1 << 12,    /* a noun that names a deed */
    PREDICATE_IRREALIS = 1 << 13,   /* content of wanting, failing, refusing, planning ... : lang/en/embedding.tsv */
    PREDICATE_REFUSAL = 1 << 14,    /* its negation is part of the deed: "does not recognise" */
};

typedef struct {
    u32 head;                         /* token: verb, noun or predicative adjective */
    u32 support;                      /* light verb's token ("hold" in "hold talks"), else NONE */
    symbol lemma;                     /* with particle: "carry_out" */
    u32 flags;
    u32 first_argument, end_argument; /* report.arguments */
    u32 governor;                     /* predicate whose argument or modifier this is, or NONE */
} predicate;

/* How the two sides of a deed were found. */
typedef enum {
    SIDES_WHOLE,   /* both stand in the words */
    SIDES_OWNER,   /* one is the owner of what does or suffers: "a Turkish outpost" */
    SIDES_ALONE,   /* one is left out, and such deeds are told so */
    SIDES_HALF,    /* one is left out */
    SIDES_EARLIER, /* one is the other side of an earlier deed */
    SIDES_DEFAULT, /* one is whom the frame names: the police of the place */
    SIDES_ASIDE,   /* ... of who is only described: "freed a mayor jailed a year ago" */
    SIDES_FOE,     /* one is whom the deeds around set against it */
    SIDES_GROUND,  /* one is the foreign country where it is done */
    SIDES_SPOKEN,  /* its source is whoever says its words */
} deed_sides;

typedef struct {
    u32 predicate;
    u32 frame;                    /* what's frame table */
    u32 plover;                   /* index of the category, what/category.h */
    symbol cameo, mode;
    u32 first_source, end_source; /* report.parties: indices of mentions */
    u32 first_target, end_target;
    u32 first_claimer, end_claimer;
    bool reciprocal;
    bool spoken;                  /* its source is whoever says its words; said fills it, and drops the deed where nobody does */
    bool background;
    u8 status;                    /* drg_event_status; said fills it */
    u32 timex, place;             /* or NONE */
    u32 shared;                   /* timex of the narrative, where it has none of its own; record fills it */
    u8 dating;                    /* dating: by what it is dated */
    i32 dead, injured, arrested;  /* -1: not said */
    range evidence;               /* bytes of report.text */
    u8 sides;                     /* deed_sides */
    u64 signs;                    /* bit set of record/confidence.h: record fills them, and with them how sure it is */
    float confidence;
    u64 contexts;                 /* bit set over what_context_name() */
    u32 same_as;                  /* earlier deed that is the same event, or NONE; record fills it */
} deed;

/* ------------------------------------------------------------------ said */
typedef struct {
    u32 cue;        /* token: said, according, accusation */
    u32 speaker;    /* mention, or NONE */
    u32 predicate;  /* of the cue, or NONE */
    u32 first_content, end_content; /* report.contents: byte ranges of the text */
    bool direct, negated;
    u8 act;         /* statement_act, said/statement.h */
    u32 channel;    /* token that heads "in a statement", "Twitter" ..., or NONE */
    u32 outer;      /* statement this one is inside of, or NONE: vouching chains */
    u32 speaker_token;  /* head of the speaker's phrase, NONE if unsaid; there even when no mention is */
    range speaker_text; /* bytes of the speaker's phrase, empty if unsaid */
    range cue_text;     /* bytes of the cue with its auxiliaries: "has repeatedly said" */
    u8 kind;            /* statement_kind, said/said.h: speech, attitude, finding */
    u8 vouch;           /* statement_vouch, said/said.h: what the report thinks of the content */
    bool quoted;        /* the cue itself stands inside a direct quotation */
} statement;

/* ------------------------------------------------------------------ trace */
typedef enum { STAGE_READ, STAGE_TEXT, STAGE_PARSE, STAGE_WHO, STAGE_WHEN, STAGE_WHERE, STAGE_WHAT, STAGE_SAID, STAGE_RECORD, STAGE_COUNT } stage;

/* Why a stage did or did not do something.  Kept only while report.tracing is on. */
typedef struct {
    u8 stage;        /* stage */
    u32 at;          /* token the reason hangs on, or NONE */
    u32 about;       /* index in the stage's main array (mention, timex, place, deed, statement), or NONE */
    source_line why; /* file NONE when no table line is behind it */
    span text;       /* "Fri 9 July counts from the report's date", "passed over: no target" */
} reason;

/* ------------------------------------------------------------------ the report */
typedef struct report {
    arena *memory;             /* lifetime: this report */
    symbols words;             /* over the engine's */
    drg_report given;          /* as the caller gave it */
    double least_confidence;   /* of an event that is written */
    bool tracing;              /* explain only */
    bool tracing_frames;       /* dict why: every frame that was tried */

    /* read */
    span id, url, outlet, owner, title, date, byline, lang; /* date: ISO day or empty */
    i32 day;                   /* date as days since 1970-01-01, INT32_MIN unknown */
    i32 about;                 /* day, or the middle of the month or year that date names; INT32_MIN unknown */
    span text;                 /* valid UTF-8; all ranges are into it */
    utf8_index points;
    LIST(block) blocks;        /* in text order, not overlapping */
    LIST(span) stated_sources; /* "presstv.com" */

    LIST(sentence) sentences;
    LIST(token) tokens;

    LIST(mention) mentions;    /* by first token */
    LIST(entity) entities;
    LIST(u32) members;
    LIST(office_conflict) conflicts;
    LIST(phrase_in_chain) phrases;      /* by first token, the longer first */
    u32 *mention_at;           /* [tokens.count] mention whose head is this token, or NONE */
    LIST(actor_code) countries; /* [items] each news item is mostly about; no sector, empty when none is named */

    LIST(timex) timexes;
    told_time *narrative;      /* [sentences.count] what a deed told there without a date shares */
    LIST(place) places;
    u32 dateline_place;        /* index in places, or NONE */

    LIST(predicate) predicates;
    LIST(argument) arguments;
    u32 *predicate_at;         /* [tokens.count] predicate whose head is this token, or NONE */
    LIST(deed) deeds;
    struct topic *topics;      /* what it is about besides politics: what/topic.c; NULL before */
    LIST(u32) parties;

    LIST(statement) statements;
    LIST(range) contents;

    LIST(reason) reasons;
    LIST(drg_problem) problems;
    drg_records records;
} report;

static inline const token *report_token(const report *r, u32 index) { return &r->tokens.items[index]; }
static inline span report_cut(const report *r, range at) { return span_cut(r->text, at.start, at.end); }
static inline span report_form(const report *r, u32 index) { return report_cut(r, r->tokens.items[index].text); }

/* Adds a problem (message is copied).  Never fails: without memory the problem is dropped. */
void report_add_problem(report *r, stage where, const char *code, u64 offset, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* trace: adds a reason when tracing is on. */
void report_add_reason(report *r, stage where, u32 at, u32 about, source_line why, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
const char *stage_name(stage s);
const char *sector_name(sector s);
/* Our sector of this name; SECTOR_NONE: there is none. */
sector sector_find(span name);
/* Packs a sector that is not ours; SECTOR_NONE when it is not one to three letters or digits. */
u16 sector_pack(span text);
/* Actor code as printed: "IRN MIL", "USA", "---". Into a buffer of 12 bytes; returns its span. */
span actor_code_print(actor_code code, char buffer[12]);

#endif
