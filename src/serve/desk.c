// SPDX-License-Identifier: Apache-2.0
/* Connections to the desk, the engine, and the image, which a thread of its own reads again when the desk has changed. */
#include "serve/inside.h"

#include <errno.h>
#include <unistd.h>

#define LOOK_SECONDS 2 /* between two looks whether the desk has changed */
#define WAIT_SECONDS 20 /* for a connection or a coder */

static void in_seconds(struct timespec *out, int seconds) {
    clock_gettime(CLOCK_REALTIME, out);
    out->tv_sec += seconds;
}

/* ------------------------------------------------------------------ connections */

/* A writer that was killed leaves a journal that only one who may write can roll back: looking is enough for that. */
static void mend(serve *s) {
    drg_error error;
    i64 version;
    pthread_mutex_lock(&s->writing);
    if (s->writer != NULL) {
        database_look(store_database(s->writer), &version);
        database_check(store_database(s->writer), &error);
    }
    pthread_mutex_unlock(&s->writing);
}

static drg_status open_to_read(serve *s, store **out, drg_error *error) {
    drg_status status = store_open(out, s->options.address, NULL, error);
    if (status == DRG_ERROR_STORE && s->writer != NULL) {
        mend(s);
        status = store_open(out, s->options.address, NULL, error);
    }
    return status;
}

static desk_slot *find_slot(serve *s, const store *desk, bool any) {
    for (int i = 0; i < DESKS; i++) {
        if (any ? !s->desks[i].taken : s->desks[i].desk == desk && s->desks[i].taken) {
            return &s->desks[i];
        }
    }
    return NULL;
}

static desk_slot *claim_slot(serve *s, bool slow) {
    struct timespec until;
    desk_slot *slot = NULL;
    in_seconds(&until, WAIT_SECONDS);
    pthread_mutex_lock(&s->lock);
    for (int late = 0; late != ETIMEDOUT && slot == NULL;) {
        slot = slow && s->slow >= SLOW_DESKS ? NULL : find_slot(s, NULL, true);
        if (slot == NULL) {
            late = pthread_cond_timedwait(&s->turned, &s->lock, &until);
        }
    }
    if (slot != NULL) {
        slot->taken = true;
        s->slow += slow;
    }
    pthread_mutex_unlock(&s->lock);
    return slot;
}

static void free_slot(serve *s, desk_slot *slot, bool slow) {
    pthread_mutex_lock(&s->lock);
    slot->taken = false;
    s->slow -= slow;
    pthread_cond_broadcast(&s->turned);
    pthread_mutex_unlock(&s->lock);
}

store *serve_take_desk(serve *s, int seconds, bool slow, drg_error *error) {
    desk_slot *slot = claim_slot(s, slow);
    if (slot == NULL) {
        drg_fail(error, DRG_ERROR_STORE, "", 0, "too many questions at once: ask again in a moment");
        return NULL;
    }
    if (slot->desk == NULL && open_to_read(s, &slot->desk, error) != DRG_OK) {
        slot->desk = NULL;
        free_slot(s, slot, slow);
        return NULL;
    }
    database_limit(store_database(slot->desk), seconds);
    return slot->desk;
}

void serve_give_desk(serve *s, store *desk, bool slow, bool broken) {
    pthread_mutex_lock(&s->lock);
    desk_slot *slot = find_slot(s, desk, false);
    pthread_mutex_unlock(&s->lock);
    if (broken) { /* the next one opens another */
        store_close(slot->desk);
        slot->desk = NULL;
    }
    free_slot(s, slot, slow);
}

/* ------------------------------------------------------------------ coders */

drg_coder *serve_take_coder(serve *s, drg_error *error) {
    struct timespec until;
    int at = CODERS;
    in_seconds(&until, WAIT_SECONDS);
    pthread_mutex_lock(&s->lock);
    for (int late = 0; late != ETIMEDOUT && at == CODERS;) {
        for (at = 0; at < CODERS && (s->engine == NULL || s->coder_taken[at]); at++) {
        }
        if (at == CODERS) {
            late = pthread_cond_timedwait(&s->turned, &s->lock, &until);
        }
    }
    bool ready = s->engine != NULL;
    if (at < CODERS) {
        s->coder_taken[at] = true;
    }
    pthread_mutex_unlock(&s->lock);
    if (at == CODERS) {
        drg_fail(error, DRG_ERROR_STORE, "", 0, ready ? "too many texts at once: ask again in a moment" : "the model is still being read, or could not be");
        return NULL;
    }
    if (s->coders[at] == NULL && drg_coder_new(s->engine, &s->coders[at], error) != DRG_OK) {
        s->coders[at] = NULL;
        s->coder_taken[at] = false;
        return NULL;
    }
    return s->coders[at];
}

void serve_give_coder(serve *s, drg_coder *coder) {
    pthread_mutex_lock(&s->lock);
    for (int i = 0; i < CODERS; i++) {
        s->coder_taken[i] = s->coder_taken[i] && s->coders[i] != coder;
    }
    pthread_cond_broadcast(&s->turned);
    pthread_mutex_unlock(&s->lock);
}

/* ------------------------------------------------------------------ the image */

image *serve_hold_image(serve *s) {
    pthread_mutex_lock(&s->lock);
    image *m = s->present;
    if (m != NULL) {
        m->holders++;
    }
    pthread_mutex_unlock(&s->lock);
    return m;
}

void serve_drop_image(serve *s, image *m) {
    pthread_mutex_lock(&s->lock);
    bool last = m != NULL && --m->holders == 0;
    pthread_mutex_unlock(&s->lock);
    if (last) {
        image_free(m);
    }
}

static void show_image(serve *s, image *m) {
    m->holders = 1;
    pthread_mutex_lock(&s->lock);
    image *before = s->present;
    s->present = m;
    s->share = 1000;
    pthread_cond_broadcast(&s->turned);
    pthread_mutex_unlock(&s->lock);
    serve_drop_image(s, before);
}

/* Verdicts that other programs gave. */
static u64 count_verdicts(store *desk) {
    sql_query *q = database_ask(store_database(desk), "SELECT coalesce(max(id), 0) * 2 + coalesce(sum(undone), 0) FROM verdicts");
    u64 state = query_next(q) ? (u64)query_number(q, 0) : 0;
    query_reset(q);
    return state;
}

/* Reads the desk where it has changed. */
static void look_at_desk(serve *s, store **desk) {
    char stamp[40];
    image *m = NULL;
    drg_error error = {0};
    drg_status status = *desk == NULL ? open_to_read(s, desk, &error) : DRG_OK;
    if (status == DRG_OK) {
        image_stamp(*desk, stamp);
        u64 verdicts = count_verdicts(*desk);
        pthread_mutex_lock(&s->lock);
        s->judged += verdicts != s->verdicts;
        s->verdicts = verdicts;
        pthread_mutex_unlock(&s->lock);
        status = database_check(store_database(*desk), &error);
    }
    if (status == DRG_OK && (s->present == NULL || strcmp(stamp, s->present->loaded) != 0)) {
        status = image_read(&m, *desk, &s->facts, s->present == NULL ? &s->share : NULL, &error);
    }
    if (status != DRG_OK) {
        store_close(*desk);
        *desk = NULL;
    }
    if (m != NULL) {
        show_image(s, m);
    }
    pthread_mutex_lock(&s->lock);
    s->reading = error;
    s->tried = true;
    pthread_cond_broadcast(&s->turned);
    pthread_mutex_unlock(&s->lock);
}

static void open_engine(serve *s) {
    drg_engine *engine = NULL;
    drg_error error = {0};
    if (drg_engine_open(&s->options.engine, &engine, &error) == DRG_OK) {
        pthread_mutex_lock(&s->lock);
        s->engine = engine;
        pthread_cond_broadcast(&s->turned);
        pthread_mutex_unlock(&s->lock);
    }
}

static void *keep_up(void *user) {
    serve *s = user;
    store *desk = NULL;
    look_at_desk(s, &desk);
    open_engine(s);
    pthread_mutex_lock(&s->lock);
    while (!s->ending) {
        struct timespec until;
        in_seconds(&until, LOOK_SECONDS);
        for (int late = 0; !s->ending && late != ETIMEDOUT;) {
            late = pthread_cond_timedwait(&s->turned, &s->lock, &until);
        }
        if (!s->ending) {
            pthread_mutex_unlock(&s->lock);
            look_at_desk(s, &desk);
            pthread_mutex_lock(&s->lock);
        }
    }
    pthread_mutex_unlock(&s->lock);
    store_close(desk);
    return NULL;
}

/* ------------------------------------------------------------------ opening */

/* What the desk is called on the page: the file's name, or the address without a password. */
static void name_desk(serve *s, const store *desk) {
    const char *name = database_name(store_database((store *)desk)), *slash = strrchr(name, '/');
    snprintf(s->name, sizeof s->name, "%.127s", !s->postgres && slash != NULL ? slash + 1 : name);
}

/* For verdicts; it also brings an older desk up to date.  Where that may not be, the desk is only read. */
static void open_writer(serve *s) {
    static const store_run nobody = {.program = ""};
    drg_error error = {0};
    if (s->options.token != NULL && !s->options.read_only && store_open(&s->writer, s->options.address, &nobody, &error) != DRG_OK) {
        s->writer = NULL;
    }
}

/* What the database is, without making one; a journal that was left is rolled back where that is allowed. */
static drg_status look_first(serve *s, desk_kind *kind, drg_error *error) {
    sql_base *look = NULL;
    i64 version = 0;
    drg_status status = DRG_OK;
    for (int tries = 0; tries < 2; tries++) {
        bool may_mend = tries == 1 && s->options.token != NULL && !s->options.read_only && access(s->options.address, F_OK) == 0;
        if (tries == 1 && !may_mend) {
            break;
        }
        status = database_open(&look, s->options.address, may_mend ? DATABASE_WRITE : DATABASE_READ, error);
        if (status == DRG_OK) {
            *kind = database_look(look, &version);
            s->postgres = database_is_postgres(look);
            status = database_check(look, error);
            database_close(look);
        }
        if (status == DRG_OK) {
            break;
        }
    }
    return status;
}

static drg_status open_desk(serve *s, drg_error *error) {
    desk_kind kind = DESK_EMPTY;
    DRG_TRY(look_first(s, &kind, error));
    if (kind == DESK_OURS) {
        open_writer(s);
    }
    DRG_TRY(open_to_read(s, &s->desks[0].desk, error));
    name_desk(s, s->desks[0].desk);
    return DRG_OK;
}

drg_status serve_open(serve **out, const serve_options *options, drg_error *error) {
    serve *s = *out = calloc(1, sizeof *s);
    if (s == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "", 0, "out of memory");
    }
    s->options = *options;
    pthread_mutex_init(&s->lock, NULL);
    pthread_mutex_init(&s->writing, NULL);
    pthread_cond_init(&s->turned, NULL);
    cache_open(&s->answers);
    kept_open(&s->sets);
    drg_status status = export_facts_open(&s->facts, options->engine.data, error);
    if (status == DRG_OK) {
        status = open_desk(s, error);
    }
    if (status == DRG_OK && !(s->keeping = pthread_create(&s->keeper, NULL, keep_up, s) == 0)) {
        status = drg_fail(error, DRG_ERROR_MEMORY, "", 0, "no thread could be started");
    }
    if (status != DRG_OK) {
        serve_close(s);
        *out = NULL;
    }
    return status;
}

drg_status serve_wait(serve *s, drg_error *error) {
    pthread_mutex_lock(&s->lock);
    while (s->present == NULL && !s->tried) {
        pthread_cond_wait(&s->turned, &s->lock);
    }
    drg_status status = s->present != NULL ? DRG_OK : s->reading.status;
    if (error != NULL) {
        *error = s->reading;
    }
    pthread_mutex_unlock(&s->lock);
    return status;
}

void serve_close(serve *s) {
    if (s == NULL) {
        return;
    }
    pthread_mutex_lock(&s->lock);
    s->ending = true;
    pthread_cond_broadcast(&s->turned);
    pthread_mutex_unlock(&s->lock);
    if (s->keeping) {
        pthread_join(s->keeper, NULL);
    }
    for (int i = 0; i < DESKS; i++) {
        store_close(s->desks[i].desk);
    }
    for (int i = 0; i < CODERS; i++) {
        drg_coder_free(s->coders[i]);
    }
    store_close(s->writer);
    drg_engine_close(s->engine);
    serve_drop_image(s, s->present);
    export_facts_close(&s->facts);
    cache_close(&s->answers);
    kept_close(&s->sets);
    pthread_cond_destroy(&s->turned);
    pthread_mutex_destroy(&s->writing);
    pthread_mutex_destroy(&s->lock);
    free(s);
}
