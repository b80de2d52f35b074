// SPDX-License-Identifier: Apache-2.0
/* What the files of src/serve share. */
#ifndef DRG_SERVE_INSIDE_H
#define DRG_SERVE_INSIDE_H

#include "ask/ask.h"
#include "export/export.h"
#include "pipeline.h"
#include "serve/cache.h"
#include "serve/image.h"
#include "serve/json.h"
#include "serve/kept.h"
#include "serve/serve.h"
#include "serve/tally.h"

#define DESKS 8      /* connections for reading */
#define SLOW_DESKS 4 /* of them, for what may take long */
#define CODERS 2

/* One of the connections. */
typedef struct {
    store *desk;
    bool taken;
} desk_slot;

struct serve {
    serve_options options;
    char name[128];           /* of the desk, as shown */
    bool postgres;
    export_facts facts;
    pthread_mutex_t lock;     /* over all below */
    pthread_cond_t turned;    /* something below has changed */
    desk_slot desks[DESKS];
    u32 slow;                 /* taken for long */
    image *present;           /* NULL until the first is read */
    volatile int share;       /* of the reading, per mille */
    drg_error reading;        /* why it could not be read */
    bool ending, tried;
    pthread_t keeper;
    bool keeping;
    drg_engine *engine;       /* NULL until it is open */
    drg_coder *coders[CODERS];
    bool coder_taken[CODERS];
    pthread_mutex_t writing;  /* over `writer` */
    store *writer;            /* NULL: nothing can be written */
    u64 verdicts;             /* that the keeper saw last */
    u64 judged;               /* changes with each verdict, under `lock` */
    cache answers;
    kept_sets sets;
};

/* ------------------------------------------------------------------ desk.c */

/* A connection, with a time limit in seconds for each question; NULL and the reason where none is to be had. */
store *serve_take_desk(serve *s, int seconds, bool slow, drg_error *error);
void serve_give_desk(serve *s, store *desk, bool slow, bool broken);
/* The image as it is now, held; NULL while there is none. */
image *serve_hold_image(serve *s);
void serve_drop_image(serve *s, image *m);
drg_coder *serve_take_coder(serve *s, drg_error *error);
void serve_give_coder(serve *s, drg_coder *coder);

/* ------------------------------------------------------------------ api.c */

/* A request while it is answered. */
typedef struct {
    serve *s;
    const serve_request *r;
    image *m;
    store *desk;           /* once asked for */
    bool desk_is_slow;
    arena memory;
    json out;
    span parts[2];         /* what stands for the stars of the path */
    const char *own;       /* the request's own parameters, parted by blanks */
    const char *words[REQUEST_ARGUMENTS];
    u32 word_count;
    ask_filter filter;
    chosen set;
    kept_set *held[8];     /* sets of others that are used */
    u32 held_count;
    void *user;            /* of put_more */
    bool show_sql;
    u64 judged;            /* serve.judged when it began */
    int http;              /* of a failure; 0: by its kind */
    const char *code;      /* of a failure */
    drg_error error;
    serve_answered *answer;
} answering;

typedef drg_status (*api_answer)(answering *a);
typedef struct {
    const char *method, *path; /* "events/""*""/why" */
    const char *own;
    unsigned flags;
    api_answer answer;
} api_route;
enum {
    API_IMAGE = 1,  /* needs the image */
    API_KEPT = 2,   /* the same until the desk or a verdict changes: may be answered from memory */
    API_TOKEN = 4,  /* writes */
    API_SLOW = 8,   /* may take long */
    API_ALONE = 16, /* asks the desk nothing: others have its connection before they begin */
};

/* The value of one of the request's own parameters, or NULL. */
const char *api_own(const answering *a, const char *name);
/* One of "a|b|c"; `*out` points into the list's first where it is not given.  Fails with what there is. */
drg_status api_choice(answering *a, const char *name, const char *all, const char **out);
drg_status api_number(answering *a, const char *name, i64 least, i64 most, i64 *out); /* *out is what it is when not given */
drg_status api_fail(answering *a, int http, const char *code, const char *format, ...) __attribute__((format(printf, 4, 5)));
drg_status api_memory(answering *a);
/* The connection; NULL: fails. */
sql_base *api_base(answering *a);
/* Reads the filter words, for rows of a kind (NULL: events). */
drg_status api_filter(answering *a, const ask_kind *of);
/* The same, and the set of tellings. */
drg_status api_choose(answering *a);
/* The set for other words. */
drg_status api_choose_words(answering *a, const char *const *words, u32 count, chosen *out);
/* The failure of the connection, if any, as the request's. */
drg_status api_check(answering *a);
/* Answers {"sql", "command"}; `command` is what stands behind "dragoman", "query %s --by month"; NULL: none. */
drg_status api_show(answering *a, const ask_build *sql, const char *verb, const char *options);
ask_build *api_build(answering *a);
/* The body as a JSON object, the caller's to put. */
struct json_object;
drg_status api_body(answering *a, struct json_object **out);
/* A text member of it, or empty; it lives as long as the object. */
span api_member(struct json_object *body, const char *name);
/* "a" in memory of the request; NUL-terminated. */
const char *api_keep(answering *a, span text);

/* ------------------------------------------------------------------ shapes.c */

void put_counts(json *j, const tally_row *row); /* members of the object that is open */
void put_actor(json *j, const char *name, const drg_actor *who);
void put_actors(json *j, const char *name, const drg_actor *list, size_t count);
void put_place(json *j, const char *name, const drg_place *p);
void put_entry(json *j, const char *name, span entry); /* "file:line" */
void put_entry_line(json *j, const char *name, span file, u32 line);
void put_event_fields(json *j, const answering *a, const drg_event *e);
/* A row of an event: what docs/api.md calls EVENT, without its brackets. */
void put_event(json *j, const answering *a, const ask_row *row);
void put_evidence(json *j, const char *name, const drg_evidence *list, size_t count);
void put_quads(json *j, const char *name, const u32 *part_events); /* [5] by quad */
/* A report out of columns id, outlet, owner, title, date, url, lang, copy_of, story from `first` on. */
#define REPORT_COLUMNS(r) r ".id, " r ".outlet, " r ".owner, " r ".title, " r ".date, " r ".url, " r ".lang, " r ".copy_of, " r ".story"
#define REPORT_COLUMN_COUNT 9
void put_report(json *j, const char *name, const sql_query *q, int first);
void put_report_members(json *j, const sql_query *q, int first);
/* An actor out of columns code, name, title, start, stop, text. */
void put_actor_row(json *j, const char *name, const sql_query *q, int first);
/* EVENTs of tellings by their numbers, in that order; `more` writes further members, or is NULL. */
typedef void (*put_more)(answering *a, const ask_row *row);
drg_status put_events(answering *a, const char *name, const i64 *numbers, u32 count, put_more more);
drg_status put_one_event(answering *a, const char *name, i64 number, put_more more);
/* The numbers that a statement of one column answers. */
drg_status take_numbers(answering *a, sql_query *q, i64 **numbers, u32 *count);

/* ------------------------------------------------------------------ the screens */

/* claims.c: CLAIMs of the reports that a statement's rows stand for: columns c.id .. as sql_claims has them. */
drg_status put_claims_of_report(answering *a, const char *name, span report);
/* claims.c: "disputes" of one event. */
drg_status put_disputes_of(answering *a, span event);
/* verdicts.c: "verdicts" on any telling of the event. */
drg_status put_verdicts_of(answering *a, span event);

extern const api_route *const api_routes[]; /* ends with NULL; each ends with a NULL method */
extern const api_route explore_routes[], event_routes[], why_routes[], reader_routes[], dyad_routes[], actor_routes[], accord_routes[],
    claim_routes[], source_routes[], audit_routes[], verdict_routes[], run_routes[], sql_routes[], suggest_routes[], export_routes[];

#endif
