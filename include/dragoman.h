// SPDX-License-Identifier: Apache-2.0
/* Dragoman: who did what to whom, when, where, and according to whom.
 *
 *     drg_engine *engine;  drg_coder *coder;  drg_error error;
 *     drg_engine_open(NULL, &engine, &error);              tables and model, once
 *     drg_coder_new(engine, &coder, &error);               one a thread
 *     drg_coder_code(coder, &report, &error);              one report
 *     const drg_records *out = drg_coder_records(coder);   events, claims, problems ...
 *     drg_coder_free(coder);  drg_engine_close(engine);
 *
 * Ownership   What a function fills through `**out` the caller frees with the named partner.
 *             Records and every text inside them belong to the coder and live until its next
 *             drg_coder_code or drg_coder_free.
 * Threads     An engine is read only and may be shared by any number of threads.  A coder
 *             belongs to one thread at a time.
 * Offsets     `drg_extent` counts Unicode code points of the report's stored text, half open.
 * Same bytes  The same report under the same engine gives the same records, whatever the
 *             number of threads or the processor.
 * Bad input   A report that cannot be read or coded gives `problems`, not an error status.
 */
#ifndef DRAGOMAN_H
#define DRAGOMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(DRG_BUILD)
#define DRG_API __attribute__((visibility("default")))
#else
#define DRG_API
#endif

/* ---------------------------------------------------------------- status and errors */

#define DRG_STATUS_LIST(X)                                                   \
    X(DRG_OK, 0, "done")                                                     \
    X(DRG_ERROR_MEMORY, 1, "out of memory, or past the cap")                 \
    X(DRG_ERROR_USE, 2, "the call or option makes no sense")                 \
    X(DRG_ERROR_INPUT, 3, "an input could not be read")                      \
    X(DRG_ERROR_DATA, 4, "a knowledge file or the model is missing or broken") \
    X(DRG_ERROR_STORE, 5, "the database could not be read or written")       \
    X(DRG_ERROR_OUTPUT, 6, "the output could not be written")

typedef enum {
#define DRG_STATUS_ENUM(code, value, text) code = value,
    DRG_STATUS_LIST(DRG_STATUS_ENUM)
#undef DRG_STATUS_ENUM
} drg_status;

/* What went wrong, where, and what to do.  Owned by the caller; NULL is allowed everywhere. */
typedef struct {
    drg_status status;
    char message[240];
    char source[256]; /* file or input */
    uint64_t offset;  /* byte or line in it, 0 when unknown */
} drg_error;

DRG_API const char *drg_status_name(drg_status status);
DRG_API const char *drg_status_text(drg_status status);
DRG_API const char *drg_version(void);
/* The version and a hash of the sources it was built from: "0.1.0+5f0c9d21a8e3b476". */
DRG_API const char *drg_program(void);

/* Bytes owned by someone else; UTF-8, not NUL-terminated. */
typedef struct {
    const char *ptr;
    size_t len; /* bytes */
} drg_text;

/* Code points [start, end) of the report's text. */
typedef struct {
    uint32_t start, end;
} drg_extent;

/* ---------------------------------------------------------------- the engine */

typedef struct drg_engine drg_engine;

typedef struct {
    const char *data;    /* folder with lang/, world/, model/; NULL: $DRAGOMAN_DATA, then beside the program */
    size_t report_bytes; /* memory cap for one report; 0: 64 MiB */
    /* The user's own lists, read beside ours: paths of tables, or of dictionaries of TABARI or PETRARCH
     * (docs/actors.md).  A later list wins over an earlier one, and all win over ours.  The arrays and
     * strings are the caller's and are needed during drg_engine_open only; NULL and 0: none. */
    const char *const *actors; /* [actor_count] names of actors */
    size_t actor_count;
    const char *const *agents; /* [agent_count] nouns: "minister", "rebel" */
    size_t agent_count;
    bool only_actors, only_agents; /* ours are not used */
    const char *const *frames; /* [frame_count] files of frames (docs/frames.md), beside ours */
    size_t frame_count;
    /* Verb dictionaries of TABARI, PETRARCH or PETRARCH2 (docs/verbs.md), beside our frames or instead of them. */
    const char *const *verbs; /* [verb_count] */
    size_t verb_count;
    bool only_verbs;
    /* Events less sure than this are left out (docs/frames.md, "How sure"); 0: DRG_LEAST_CONFIDENCE, below 0: none is. */
    double least_confidence;
} drg_options;
#define DRG_LEAST_CONFIDENCE 0.5

DRG_API drg_status drg_engine_open(const drg_options *options, drg_engine **out, drg_error *error);
DRG_API void drg_engine_close(drg_engine *engine);
/* 16 hex digits over every byte of the model / of the word lists; the same digits mean the same output. */
DRG_API drg_text drg_engine_model_hash(const drg_engine *engine);
DRG_API drg_text drg_engine_words_hash(const drg_engine *engine);

/* What is wrong with the user's lists: such lines are left out and the rest is used. */
typedef struct {
    drg_text file, message;
    uint32_t line;
    bool skipped; /* false: used as far as it goes */
} drg_warning;

DRG_API size_t drg_engine_warning_count(const drg_engine *engine);
/* Warning `index` below the count; its text belongs to the engine. */
DRG_API drg_warning drg_engine_warning(const drg_engine *engine, size_t index);

/* ---------------------------------------------------------------- one report in */

typedef struct {
    drg_text id;     /* empty: a hash of url and content */
    drg_text url, outlet, title, date, byline, lang; /* empty when unknown; date is ISO 8601 */
    drg_text fetched; /* day it was taken from the web: its date where the report tells none */
    drg_text text;   /* plain text, or ... */
    drg_text html;   /* ... a page.  One of the two is required. */
} drg_report;

typedef struct drg_coder drg_coder;
DRG_API drg_status drg_coder_new(const drg_engine *engine, drg_coder **out, drg_error *error);
DRG_API void drg_coder_free(drg_coder *coder);
/* Codes one report.  DRG_OK also when the report was bad: see the records' problems. */
DRG_API drg_status drg_coder_code(drg_coder *coder, const drg_report *report, drg_error *error);

/* ---------------------------------------------------------------- records out */

typedef enum { DRG_STATUS_ACTUAL, DRG_STATUS_CLAIMED, DRG_STATUS_DENIED, DRG_STATUS_PLANNED } drg_event_status;

/* A party to an event: "IRN MIL", the words that named it, and the entity it is in this report. */
typedef struct {
    drg_text code;   /* primary and sector, "---" when unknown */
    drg_text name;   /* fullest name in the report */
    drg_text title;  /* office or description; may be empty */
    uint32_t entity; /* the same number = the same entity of the report */
    drg_extent at;
    drg_text text;   /* the words */
} drg_actor;

typedef struct {
    drg_extent at;
    drg_text text;
} drg_evidence;

typedef struct {
    drg_text name, country; /* as resolved; ISO-3166 alpha-3 */
    double lat, lon;        /* degrees */
    uint32_t geonameid;     /* 0 = none */
    drg_text kind;          /* city, region, country, water ... */
    drg_extent at;
} drg_place;

typedef struct {
    drg_text id;
    drg_text plover, mode, cameo, contexts; /* contexts: `;` between */
    double goldstein;
    int quad; /* 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict */
    const drg_actor *source, *target, *claimed_by;
    size_t source_count, target_count, claimed_count;
    bool reciprocal; /* both sides are in `source`, `target` is empty */
    drg_event_status status;
    drg_text date, date_end, date_basis; /* ISO, possibly cut ("2020-07"); basis: said, inherited, report */
    const drg_place *place;              /* NULL when unknown */
    int dead, injured, arrested;         /* -1 when not said */
    bool background;
    const drg_evidence *evidence;
    size_t evidence_count;
    uint32_t sentence; /* of the first evidence: 1 is the report's first, its title counted; 0 when not known */
    drg_text frame, trigger, entry; /* why: frame, the word that fired it, "file:line" */
    double confidence;
} drg_event;

typedef struct {
    drg_text id;
    drg_actor speaker;
    drg_evidence cue;
    const drg_evidence *content;
    size_t content_count;
    bool direct;
    drg_text channel, act; /* act: assert deny accuse demand threaten promise praise question */
    const drg_actor *about;
    size_t about_count;
    const uint32_t *events; /* indices into the records' events */
    size_t event_count;
} drg_claim;

typedef struct {
    drg_actor by, to;
    drg_evidence at;
} drg_undertaking;

/* "Moscow says Kyiv violates the accord": of Kyiv, by Moscow, broken. */
typedef struct {
    drg_actor of, by; /* by: code "---" when the report itself says so */
    drg_text verdict; /* kept, broken, unclear */
    drg_evidence at;
} drg_assessment;

typedef struct {
    drg_text id, name, kind, stage, date, place;
    const drg_actor *parties, *signatories;
    size_t party_count, signatory_count;
    const drg_evidence *provisions;
    size_t provision_count;
    const drg_undertaking *undertakings;
    size_t undertaking_count;
    const drg_assessment *assessments;
    size_t assessment_count;
} drg_agreement;

/* The report gives one person two offices: "Foreign Minister" in the text, "Finance Minister" under a picture. */
typedef struct {
    drg_text name;
    uint32_t entity; /* as in drg_actor */
    drg_evidence office, other; /* the first is coded */
} drg_contradiction;

typedef struct {
    drg_text doc, stage, code, message;
    uint64_t offset;
} drg_problem;

typedef struct {
    drg_text id, url, outlet, owner, title, date, byline, lang, text;
    drg_text caption;
    const drg_text *stated_sources, *credits, *furniture;
    size_t stated_source_count, credit_count, furniture_count;
    const drg_contradiction *contradictions;
    size_t contradiction_count;
    size_t words;
    const drg_event *events;
    size_t event_count;
    const drg_claim *claims;
    size_t claim_count;
    const drg_agreement *agreements;
    size_t agreement_count;
    const drg_problem *problems;
    size_t problem_count;
    drg_text side;   /* code of the country whose government the outlet speaks for; mostly empty */
    drg_text sketch; /* bytes that stand for the text when reports are joined; not written as JSON */
} drg_records;

DRG_API const drg_records *drg_coder_records(const drg_coder *coder);

/* Receives output bytes; anything but DRG_OK stops the writer and is returned by it. */
typedef drg_status (*drg_sink)(void *user, const char *bytes, size_t size);

/* Writes the records as JSON lines: the report, its events, claims, agreements and problems. */
DRG_API drg_status drg_records_write_jsonl(const drg_records *records, drg_sink sink, void *user);
/* One problem line, for what went wrong before there was a report. */
DRG_API drg_status drg_problem_write_jsonl(const drg_problem *problem, drg_sink sink, void *user);

/* ---------------------------------------------------------------- what a coder sees */

/* Reads one report up to its trees and writes them as CoNLL-U; MISC holds name spans and code points.  The
 * coder's records then hold nothing but the problems. */
DRG_API drg_status drg_coder_parse(drg_coder *coder, const drg_report *report, drg_sink sink, void *user, drg_error *error);

typedef struct {
    drg_sink sink;
    void *user;
    bool color; /* with the escapes of a terminal */
    bool trees; /* the dependency trees too */
} drg_explanation;
/* Codes one report and writes every stage of it with the reason for each code, as `dragoman explain` does. */
DRG_API drg_status drg_coder_explain(drg_coder *coder, const drg_report *report, const drg_explanation *how, drg_error *error);

/* ---------------------------------------------------------------- many reports in */

/* Reports one after another: from files, from memory, or from columns.  One thread at a time. */
typedef struct drg_reader drg_reader;

typedef struct {
    const char *const *paths; /* [path_count] files, folders, patterns, "-": docs/formats.md */
    size_t path_count;
    drg_text bytes;     /* or, without paths, one input in memory; it must outlive the reader, and so must ... */
    const char *name;   /* ... what its problems call it; NULL: "input" */
    const char *kind;   /* "text", "html", "warc" ...; NULL: told by the input's first bytes */
    const char *fields; /* "title=headline,text=body": where records keep what; NULL: under our names */
} drg_input;

/* Whether a file of this name is taken out of a folder; one that is named itself is read whatever it is called. */
DRG_API bool drg_input_takes(drg_text name);
/* Opens no file yet.  DRG_ERROR_USE: no such kind or field. */
DRG_API drg_status drg_reader_open(const drg_input *input, drg_reader **out, drg_error *error);
/* Reports that lie in memory; they and their texts must outlive the reader. */
DRG_API drg_status drg_reader_open_list(const drg_report *reports, size_t count, drg_reader **out, drg_error *error);
DRG_API void drg_reader_close(drg_reader *reader);

typedef enum { DRG_FOUND_END, DRG_FOUND_REPORT, DRG_FOUND_PROBLEM } drg_found;
/* The next report, or a problem where there is none; texts live until the next call. */
DRG_API drg_found drg_reader_next(drg_reader *reader, drg_report *report, drg_problem *problem);
/* True behind the last report. */
DRG_API bool drg_reader_ended(const drg_reader *reader);
/* Inputs so far that could not be opened or read. */
DRG_API uint64_t drg_reader_failures(const drg_reader *reader);
/* Records so far that hold no report and are none's fault: images and redirects of a web archive. */
DRG_API uint64_t drg_reader_passed(const drg_reader *reader);

/* Coders at work side by side.  One caller at a time. */
typedef struct drg_crew drg_crew;
/* `jobs` threads; 0: as many as there are processors. The output is the same for any number. */
DRG_API drg_status drg_crew_new(const drg_engine *engine, unsigned jobs, drg_crew **out, drg_error *error);
DRG_API void drg_crew_free(drg_crew *crew);

/* What comes of the reports, in the reader's order, one call at a time, on any thread; anything but DRG_OK stops
 * the work and is returned.  Records live until the call returns. */
typedef struct {
    void *user;
    drg_status (*records)(void *user, const drg_records *records, drg_error *error);
    drg_status (*problem)(void *user, const drg_problem *problem, drg_error *error); /* there was no report */
    bool (*stop)(void *user);   /* asked before each report; true: what is begun is finished, then the call returns.  NULL: never */
    size_t reports, text_bytes; /* the call returns behind so many; 0: at the reader's end */
} drg_work;
DRG_API drg_status drg_crew_code(drg_crew *crew, drg_reader *reader, const drg_work *work, drg_error *error);

/* ---------------------------------------------------------------- many records, kept */

/* Records of many reports, in order, that live as long as the batch.  Filled by one thread at a time; once it is full
 * any number may read it. */
typedef struct drg_batch drg_batch;
DRG_API drg_status drg_batch_new(drg_batch **out, drg_error *error);
/* Streams of columns that are still read keep what they need. */
DRG_API void drg_batch_free(drg_batch *batch);
/* Adds a copy. */
DRG_API drg_status drg_batch_add(drg_batch *batch, const drg_records *records, drg_error *error);
DRG_API drg_status drg_batch_add_problem(drg_batch *batch, const drg_problem *problem, drg_error *error);
/* Codes up to `reports` reports or about `text_bytes` bytes of them (0: all) and adds what comes of them. */
DRG_API drg_status drg_batch_code(drg_batch *batch, drg_crew *crew, drg_reader *reader, size_t reports, size_t text_bytes, drg_error *error);
DRG_API size_t drg_batch_count(const drg_batch *batch);
/* Records `index` below the count.  Where an input could not be read there was no report: its `id.ptr` is NULL, and it
 * holds one problem. */
DRG_API const drg_records *drg_batch_records(const drg_batch *batch, size_t index);
/* What a desk knows of an event beyond its report. */
typedef struct {
    drg_text story; /* id of the event across reports: of its first telling */
    uint32_t reports, outlets, witnesses; /* that tell it; witnesses: copies and common owners once */
} drg_telling;
/* NULL where the records did not come by drg_desk_events. */
DRG_API const drg_telling *drg_batch_telling(const drg_batch *batch, size_t index);
/* The bytes that `dragoman code --to jsonl` writes for the same reports. */
DRG_API drg_status drg_batch_write_jsonl(const drg_batch *batch, drg_sink sink, void *user);

/* ---------------------------------------------------------------- columns */

/* The C data and stream interface of Apache Arrow (arrow.apache.org/docs/format/CDataInterface.html): any library that
 * speaks Arrow takes these structs over without a copy.  Whoever holds one calls its `release` once. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
struct ArrowSchema {
    const char *format, *name, *metadata;
    int64_t flags, n_children;
    struct ArrowSchema **children, *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};
struct ArrowArray {
    int64_t length, null_count, offset, n_buffers, n_children;
    const void **buffers;
    struct ArrowArray **children, *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};
#endif

/* A row a ...; docs/python.md lists the columns.  DRG_TABLE_RECORDS is one row a report with all that comes of it
 * nested inside, from which a batch can be made again. */
typedef enum {
    DRG_TABLE_RECORDS,
    DRG_TABLE_REPORTS,
    DRG_TABLE_EVENTS,
    DRG_TABLE_ACTORS, /* a party of an event */
    DRG_TABLE_CLAIMS,
    DRG_TABLE_AGREEMENTS,
    DRG_TABLE_PROBLEMS,
    DRG_TABLE_TELLINGS, /* an event of a desk, by its first telling that was asked for */
} drg_table;

DRG_API drg_status drg_table_schema(drg_table table, struct ArrowSchema *out, drg_error *error);
/* The batch as columns, some thousand rows at a time, made as they are asked for. */
DRG_API drg_status drg_batch_stream(drg_batch *batch, drg_table table, struct ArrowArrayStream *out, drg_error *error);
/* Adds the records that a DRG_TABLE_RECORDS stream holds, and releases it. Columns may come in another order, and strings
 * and lists in any of Arrow's layouts.  DRG_ERROR_USE: a column is missing or of another type. */
DRG_API drg_status drg_batch_add_stream(drg_batch *batch, struct ArrowArrayStream *in, drg_error *error);
/* Reports out of columns called as in drg_report (or as `fields` says, see drg_input; NULL: none); other columns are
 * passed over.  Takes the stream over, also when it fails. */
DRG_API drg_status drg_reader_open_stream(struct ArrowArrayStream *in, const char *fields, drg_reader **out, drg_error *error);

/* ---------------------------------------------------------------- desks */

/* A SQLite file or a PostgreSQL database of records (docs/schema.md).  One thread at a time. */
typedef struct drg_desk drg_desk;
/* `address`: a file, or "postgresql://user@host/name".  `engine` NULL: to read only; else the desk is made if it is
 * new, and is told who made the records that come; the engine must outlive it. */
DRG_API drg_status drg_desk_open(const char *address, const drg_engine *engine, drg_desk **out, drg_error *error);
/* What was not finished is dropped. */
DRG_API void drg_desk_close(drg_desk *desk);
/* Adds the batch's records; a report that is there already with the same records changes nothing. */
DRG_API drg_status drg_desk_add(drg_desk *desk, const drg_batch *batch, drg_error *error);
/* Makes it safe, and works out what goes across reports. */
DRG_API drg_status drg_desk_finish(drg_desk *desk, drg_error *error);
/* Adds the records of the next so many reports (0: all that are left) to `batch`; none behind the last, and then it
 * begins anew. Reports come by date and id. */
DRG_API drg_status drg_desk_read(drg_desk *desk, size_t reports, drg_batch *batch, drg_error *error);

/* A question in filter words (docs/asking.md). */
typedef struct {
    const char *const *words; /* [word_count] "source=USA", "since=2020-01" */
    size_t word_count;
    const char *of;  /* "joined", "stories", "copies", "disputes", "agreements", "repeats"; NULL: events */
    const char *by;  /* count events by "month", "dyad" ...; NULL: do not */
    bool tellings;   /* drg_desk_events: every telling, not one an event */
    int seconds;     /* how long it may take; 0: any time */
} drg_question;
/* Adds the events, each as an entry of its own: its report with this event alone, and drg_batch_telling. */
DRG_API drg_status drg_desk_events(drg_desk *desk, const drg_question *question, drg_batch *batch, drg_error *error);
/* The rows of `of`, or the counts by `by`, as columns of text and whole numbers. */
DRG_API drg_status drg_desk_ask(drg_desk *desk, const drg_question *question, struct ArrowArrayStream *out, drg_error *error);

/* ---------------------------------------------------------------- joining on many machines */

/* docs/joining.md as steps over columns, for reports that lie on many machines: a step takes rows of blocks that hold
 * together and gives rows; what lies between is sorting, grouping and looking up, which whoever has the rows does well
 * (docs/spark.md has the whole way, python/dragoman/spark/ goes it).  Tables come out as on a desk of all reports. */
typedef enum {
    DRG_JOIN_FACTS,      /* records -> what the other steps need of each */
    DRG_JOIN_RUNS,       /* sketches -> runs of words under which reports meet */
    DRG_JOIN_COPIES,     /* pairs -> those that are copies */
    DRG_JOIN_COMPONENTS, /* edges -> the smallest number that each hangs together with */
    DRG_JOIN_WORDS,      /* sketches -> words, to be counted */
    DRG_JOIN_WEIGHTS,    /* sketches and counts -> weighed terms */
    DRG_JOIN_LIKENESS,   /* blocks of days -> likenesses of reports to earlier ones */
    DRG_JOIN_LINKAGE,    /* blocks of likenesses -> stories */
    DRG_JOIN_EVENT_KEYS, /* events -> keys that events which can be one have in common */
    DRG_JOIN_EVENTS,     /* blocks of events -> which are one */
    DRG_JOIN_JOINED,     /* stories of joined events -> rows of `joined` */
    DRG_JOIN_DISPUTES,   /* the same -> rows of `disputes` */
    DRG_JOIN_OFFICES,    /* events of a story -> rows of `disputes` about offices */
    DRG_JOIN_ALIKE,      /* agreements of the same parties -> accords */
    DRG_JOIN_PARTS,      /* agreements with a party in common -> accords of those that name it alone */
    DRG_JOIN_ACCORDS,    /* records of an accord -> rows of `accords` with their stages */
} drg_join_step;

/* What lies between the steps: reports fewer days apart may be alike; of the likenesses to a report's earlier ones so many are
 * kept; and stories only hold together by those that are close. */
enum { DRG_JOIN_DAYS = 8, DRG_JOIN_KEPT = 64, DRG_JOIN_CLOSE = 13107 };

/* The columns of what a step takes (`input`) or gives. */
DRG_API drg_status drg_join_schema(drg_join_step step, bool input, struct ArrowSchema *out, drg_error *error);
/* The step's rows, worked out as they are asked for, with one block in memory.  Takes `in` over, also when it fails; rows of
 * a block come one after another, in the order of their numbers.  DRG_ERROR_USE: a column is missing or of another type. */
DRG_API drg_status drg_join_stream(drg_join_step step, struct ArrowArrayStream *in, struct ArrowArrayStream *out, drg_error *error);

#ifdef __cplusplus
}
#endif
#endif
