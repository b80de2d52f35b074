// SPDX-License-Identifier: Apache-2.0
/* Finds who answers a path, reads what all requests share, and makes failures into answers. */
#include "serve/inside.h"

#include <stdarg.h>

#include "base/nearest.h"

#define REQUEST_BYTES ((size_t)1 << 30)
#define SECONDS 20 /* for questions to the desk */

const api_route *const api_routes[] = {explore_routes, event_routes,  why_routes,   reader_routes, dyad_routes, actor_routes,   accord_routes, claim_routes,
                                       source_routes,  audit_routes,  verdict_routes, run_routes,   sql_routes,    suggest_routes, export_routes, NULL};

/* ------------------------------------------------------------------ failures */

drg_status api_fail(answering *a, int http, const char *code, const char *format, ...) {
    va_list rest;
    va_start(rest, format);
    a->http = http;
    a->code = code;
    a->error.status = DRG_ERROR_USE;
    vsnprintf(a->error.message, sizeof a->error.message, format, rest);
    va_end(rest);
    return DRG_ERROR_USE;
}

drg_status api_memory(answering *a) {
    a->http = 500;
    a->code = "broken";
    return drg_fail(&a->error, DRG_ERROR_MEMORY, "", 0, "out of memory");
}

/* A message may have been cut inside a character. */
static span whole_characters(const char *message) {
    span s = span_of(message);
    while (s.len > 0 && !utf8_is_valid(s)) {
        s.len--;
    }
    return s;
}

static void put_failure(answering *a, drg_status status) {
    int http = a->http != 0 ? a->http : status == DRG_ERROR_USE ? 400 : status == DRG_ERROR_STORE ? 503 : 500;
    const char *code = a->code != NULL ? a->code : http == 400 ? "parameter" : http == 503 ? "desk" : "broken";
    json_restart(&a->out);
    write_object(&a->out, NULL);
    write_object(&a->out, "error");
    write_word(&a->out, "code", code);
    write_text(&a->out, "message", whole_characters(a->error.message));
    a->answer->status = http;
}

/* ------------------------------------------------------------------ parameters */

static bool is_listed(const char *list, const char *name) {
    for (span rest = span_of(list != NULL ? list : ""); rest.len > 0;) {
        if (span_eq(span_next_field(&rest, ' '), span_of(name))) {
            return true;
        }
    }
    return false;
}

const char *api_own(const answering *a, const char *name) {
    for (u32 i = 0; i < a->r->count; i++) {
        const request_argument *given = &a->r->arguments[i];
        if (strcmp(given->name, name) == 0 && given->value != NULL && given->value[0] != '\0') {
            return given->value;
        }
    }
    return NULL;
}

const char *api_keep(answering *a, span text) {
    span copy = arena_copy(&a->memory, text);
    return copy.ptr != NULL ? copy.ptr : "";
}

drg_status api_choice(answering *a, const char *name, const char *all, const char **out) {
    const char *given = api_own(a, name);
    for (span rest = span_of(all); rest.len > 0;) {
        span one = span_next_field(&rest, '|');
        if (given == NULL || span_eq(one, span_of(given))) {
            *out = api_keep(a, one);
            return DRG_OK;
        }
    }
    return api_fail(a, 400, "parameter", "%s: \"%.60s\" is none of %s", name, given, all);
}

drg_status api_number(answering *a, const char *name, i64 least, i64 most, i64 *out) {
    const char *given = api_own(a, name);
    char *end = NULL;
    if (given == NULL) {
        return DRG_OK;
    }
    long long number = strtoll(given, &end, 10);
    if (*end != '\0' || end == given || number < least || number > most) {
        return api_fail(a, 400, "parameter", "%s: a number from %lld to %lld, not \"%.60s\"", name, (long long)least, (long long)most, given);
    }
    *out = number;
    return DRG_OK;
}

/* What is not the request's own is a word of the filter, as one writes it on the command line. */
static drg_status gather_words(answering *a) {
    for (u32 i = 0; i < a->r->count; i++) {
        const request_argument *given = &a->r->arguments[i];
        if (is_listed(a->own, given->name) || is_listed("show patience token", given->name)) {
            continue;
        }
        size_t size = strlen(given->name) + (given->value != NULL ? strlen(given->value) : 0) + 2;
        char *word = arena_alloc(&a->memory, size, 1);
        if (word == NULL) {
            return api_memory(a);
        }
        snprintf(word, size, "%s%s%s", given->name, given->value != NULL ? "=" : "", given->value != NULL ? given->value : "");
        a->words[a->word_count++] = word;
    }
    return DRG_OK;
}

/* ------------------------------------------------------------------ the desk */

sql_base *api_base(answering *a) {
    i64 patience = 1000;
    if (a->desk == NULL) {
        if (api_number(a, "patience", 1, 60000, &patience) != DRG_OK) {
            return NULL;
        }
        int seconds = api_own(a, "patience") != NULL ? (int)((patience + 999) / 1000) : SECONDS;
        a->desk = serve_take_desk(a->s, seconds, a->desk_is_slow, &a->error);
        if (a->desk == NULL && a->http == 0) {
            a->http = 503;
            a->code = "desk";
        }
    }
    return a->desk != NULL ? store_database(a->desk) : NULL;
}

drg_status api_check(answering *a) { return a->desk != NULL ? database_check(store_database(a->desk), &a->error) : DRG_OK; }

static drg_status read_filter(answering *a, const ask_kind *of, const char *const *words, u32 count, ask_filter *out) {
    if (api_base(a) == NULL) {
        return a->error.status;
    }
    ask_given given = {a->desk, of, words, count};
    drg_status status = ask_filter_read(out, &given, &a->memory, &a->error);
    if (status == DRG_ERROR_USE) {
        a->http = 400;
        a->code = "filter";
    }
    return status;
}

drg_status api_filter(answering *a, const ask_kind *of) { return read_filter(a, of, a->words, a->word_count, &a->filter); }

/* A key of the words in their order; sort= and limit= leave the set as it is. */
static u64 key_of_words(const answering *a, const char *const *words, u32 count) {
    json text;
    json_open(&text);
    for (u32 i = 0; i < count; i++) {
        if (strncmp(words[i], "sort=", 5) != 0 && strncmp(words[i], "limit=", 6) != 0) {
            out_put(&text.out, words[i], strlen(words[i]) + 1);
        }
    }
    u64 key = json_finish(&text) ? cache_key(a->m->loaded, (span){text.bytes != NULL ? text.bytes : "", text.len}) : 0;
    json_close(&text);
    return key;
}

static drg_status choose_anew(answering *a, const char *const *words, u32 count, chosen *out) {
    choice given = {a->m, a->desk, words, count};
    i64 patience = 1000;
    DRG_TRY(api_number(a, "patience", 1, 60000, &patience));
    database_limit(store_database(a->desk), (int)((patience + 999) / 1000));
    drg_status status = choose(out, &given, &a->memory, &a->error);
    database_limit(store_database(a->desk), SECONDS);
    return status;
}

drg_status api_choose_words(answering *a, const char *const *words, u32 count, chosen *out) {
    ask_filter read;
    DRG_TRY(read_filter(a, NULL, words, count, &read));
    u64 key = key_of_words(a, words, count);
    if (key == 0 || a->held_count == COUNT_OF(a->held)) {
        return choose_anew(a, words, count, out);
    }
    kept_set *kept = kept_find(&a->s->sets, key);
    if (kept == NULL) {
        drg_status status = choose_anew(a, words, count, out);
        kept = kept_add(&a->s->sets, key, a->m, status == DRG_OK && out->exact ? out : NULL);
        DRG_TRY(status);
    }
    if (kept != NULL) {
        a->held[a->held_count++] = kept;
        *out = kept->set;
    }
    return DRG_OK;
}

drg_status api_choose(answering *a) {
    DRG_TRY(api_filter(a, NULL));
    return a->show_sql ? DRG_OK : api_choose_words(a, a->words, a->word_count, &a->set);
}

ask_build *api_build(answering *a) {
    static ask_build none = {.failed = true};
    ask_build *made = arena_new(&a->memory, ask_build, 1);
    if (made == NULL) {
        return &none;
    }
    ask_build_open(made, &a->memory);
    return made;
}

/* As a shell takes it: in quotes where it must be. */
static void put_shell_word(out_bytes *out, const char *word) {
    static const char plain[] = "=,.:/@%+-_";
    bool quoted = word[0] == '\0';
    for (size_t i = 0; word[i] != '\0'; i++) {
        quoted |= !ascii_is_alnum((unsigned char)word[i]) && strchr(plain, word[i]) == NULL;
    }
    out_text(out, quoted ? " '" : " ");
    for (size_t i = 0; word[i] != '\0'; i++) {
        if (word[i] == '\'') {
            out_text(out, "'\\''");
        } else {
            out_put(out, word + i, 1);
        }
    }
    out_text(out, quoted ? "'" : "");
}

static void put_command(answering *a, const char *verb, const char *options) {
    json line;
    json_open(&line);
    out_text(&line.out, "dragoman ");
    out_text(&line.out, verb);
    put_shell_word(&line.out, a->s->postgres ? a->s->name : a->s->options.address);
    out_text(&line.out, options[0] != '\0' ? " " : "");
    out_text(&line.out, options);
    for (u32 i = 0; i < a->word_count; i++) {
        put_shell_word(&line.out, a->words[i]);
    }
    if (json_finish(&line)) {
        write_text(&a->out, "command", (span){line.bytes != NULL ? line.bytes : "", line.len});
    }
    json_close(&line);
}

drg_status api_show(answering *a, const ask_build *sql, const char *verb, const char *options) {
    span text = ask_print_sql(sql, &a->memory);
    if (api_base(a) == NULL || text.ptr == NULL || text.len == 0) {
        return a->error.status != DRG_OK ? a->error.status : api_memory(a);
    }
    char *spelt = database_spell(store_database(a->desk), api_keep(a, text));
    write_object(&a->out, NULL);
    write_word(&a->out, "sql", spelt != NULL ? spelt : "");
    free(spelt);
    if (verb != NULL) {
        put_command(a, verb, options);
    } else {
        write_null(&a->out, "command");
    }
    return api_check(a);
}

/* ------------------------------------------------------------------ one request */

/* "events/""*""/why" against "events/ID/why"; what stands for a star holds no slash, for two stars anything
 * ("reports/https://example.org/a/"). */
static bool fits_pattern(const char *pattern, span path, span parts[2]) {
    u32 stars = 0;
    span rest = path, wanted = span_of(pattern);
    while (wanted.len > 0 && rest.len > 0) {
        span piece = span_next_field(&rest, '/'), want = span_next_field(&wanted, '/');
        if (span_eq(want, SPAN("**"))) {
            parts[stars] = (span){piece.ptr, (size_t)(path.ptr + path.len - piece.ptr)};
            return true;
        }
        if (want.len == 1 && want.ptr[0] == '*') {
            parts[stars++] = piece;
        } else if (!span_eq(piece, want)) {
            return false;
        }
        if ((rest.len > 0) != (wanted.len > 0)) {
            return false;
        }
    }
    return rest.len == 0 && wanted.len == 0 && path.ptr[path.len - 1] != '/';
}

static const api_route *find_route(answering *a, span path) {
    bool known = false;
    for (size_t i = 0; api_routes[i] != NULL && path.len > 0; i++) {
        for (const api_route *route = api_routes[i]; route->method != NULL; route++) {
            span parts[2] = {SPAN(""), SPAN("")};
            if (!fits_pattern(route->path, path, parts)) {
                continue;
            }
            known = true;
            if (strcmp(route->method, a->r->method) == 0) {
                a->parts[0] = parts[0];
                a->parts[1] = parts[1];
                return route;
            }
        }
    }
    if (known) {
        api_fail(a, 405, "method", "%s does not answer %.20s", a->r->path, a->r->method);
    } else {
        api_fail(a, 404, "unknown", "there is nothing at %.120s; docs/api.md lists what there is", a->r->path);
    }
    return NULL;
}

static drg_status let_in(answering *a, const api_route *route) {
    const char *wanted_token = a->s->options.token, *in_link = api_own(a, "token");
    bool wanted = (route->flags & API_TOKEN) != 0 || a->s->options.guarded;
    bool link = strcmp(route->path, "export") == 0 || strcmp(route->path, "audit/gold") == 0;
    if (wanted && (wanted_token == NULL || ((route->flags & API_TOKEN) != 0 && a->s->options.read_only))) {
        return api_fail(a, 403, "token", "nothing can be written here: the server was started with --read-only");
    }
    if (wanted && !request_token_is(a->r->token != NULL || !link ? a->r->token : in_link, wanted_token)) {
        return api_fail(a, 403, "token", "the token is missing or wrong: open the page by the address that dragoman serve has printed");
    }
    return DRG_OK;
}

static drg_status need_image(answering *a) {
    a->m = serve_hold_image(a->s);
    if (a->m != NULL) {
        return DRG_OK;
    }
    a->http = 503;
    a->code = "desk";
    pthread_mutex_lock(&a->s->lock);
    drg_error reading = a->s->reading;
    pthread_mutex_unlock(&a->s->lock);
    return reading.status != DRG_OK ? drg_fail(&a->error, DRG_ERROR_STORE, "", 0, "the desk could not be read: %s", reading.message)
                                    : drg_fail(&a->error, DRG_ERROR_STORE, "", 0, "the desk is being read: ask again in a moment");
}

static drg_status run_route(answering *a, const api_route *route) {
    a->own = route->own;
    a->desk_is_slow = (route->flags & API_SLOW) != 0;
    DRG_TRY(let_in(a, route));
    DRG_TRY(gather_words(a));
    const char *show = api_own(a, "show");
    if (show != NULL && strcmp(show, "sql") != 0) {
        return api_fail(a, 400, "parameter", "show: only sql can be shown");
    }
    a->show_sql = show != NULL;
    if ((route->flags & API_IMAGE) != 0) {
        DRG_TRY(need_image(a));
    }
    if ((route->flags & API_ALONE) == 0 && api_base(a) == NULL) {
        return a->error.status;
    }
    drg_status status = route->answer(a);
    return status == DRG_OK ? api_check(a) : status;
}

/* What is asked, of a desk in this state, in one text. */
static u64 key_of(const answering *a, const char *loaded, u64 judged) {
    json text;
    json_open(&text);
    out_format(&text.out, "%llu ", (unsigned long long)judged);
    out_text(&text.out, a->r->path);
    for (u32 i = 0; i < a->r->count; i++) {
        out_put(&text.out, "\0", 1);
        out_text(&text.out, a->r->arguments[i].name);
        out_put(&text.out, "\1", 1);
        out_text(&text.out, a->r->arguments[i].value != NULL ? a->r->arguments[i].value : "\2");
    }
    u64 key = json_finish(&text) ? cache_key(loaded, (span){text.bytes, text.len}) : 0;
    json_close(&text);
    return key;
}

/* True: the answer was there. */
static bool answer_from_memory(answering *a, const api_route *route, u64 *key) {
    serve *s = a->s;
    if ((route->flags & API_KEPT) == 0 || let_in(a, route) != DRG_OK) {
        return false;
    }
    pthread_mutex_lock(&s->lock);
    char loaded[40] = "";
    u64 judged = s->judged * 2 + (s->engine != NULL); /* without an engine dates and sentences are not there yet */
    if (s->present != NULL) {
        memcpy(loaded, s->present->loaded, sizeof loaded);
    }
    pthread_mutex_unlock(&s->lock);
    *key = loaded[0] != '\0' ? key_of(a, loaded, judged) : 0;
    a->judged = judged;
    a->answer->bytes = *key != 0 ? cache_find(&s->answers, *key, &a->answer->len) : NULL;
    return a->answer->bytes != NULL;
}

static void hand_out(answering *a) {
    if (a->answer->stream != NULL) {
        json_close(&a->out);
    } else if (json_finish(&a->out)) {
        a->answer->bytes = a->out.bytes;
        a->answer->len = a->out.len;
    } else {
        json_close(&a->out);
        a->answer->status = 500;
    }
}

void serve_answer(serve *s, const serve_request *r, serve_answered *out) {
    static const char prefix[] = "/api/v1/";
    answering a = {.s = s, .r = r, .answer = out};
    u64 key = 0;
    *out = (serve_answered){.status = 200, .type = "application/json; charset=utf-8"};
    arena_open(&a.memory, REQUEST_BYTES);
    json_open(&a.out);
    const char *refused = request_check(r);
    span path = span_of(r->path);
    const api_route *route = NULL;
    if (refused != NULL) {
        api_fail(&a, 400, "parameter", "%s", refused);
    } else {
        route = find_route(&a, span_starts(path, SPAN(prefix)) ? span_cut(path, sizeof prefix - 1, path.len) : SPAN(""));
    }
    if (route == NULL || !answer_from_memory(&a, route, &key)) {
        drg_status status = route != NULL ? run_route(&a, route) : DRG_ERROR_USE;
        if (status != DRG_OK) {
            put_failure(&a, status);
        }
        hand_out(&a);
        if (status == DRG_OK && key != 0 && out->bytes != NULL && a.m != NULL) {
            cache_keep(&s->answers, key_of(&a, a.m->loaded, a.judged), out->bytes, out->len);
        }
        if (a.desk != NULL) {
            serve_give_desk(s, a.desk, a.desk_is_slow, status == DRG_ERROR_STORE);
        }
    }
    for (u32 i = 0; i < a.held_count; i++) {
        kept_drop(&s->sets, a.held[i]);
    }
    serve_drop_image(s, a.m);
    arena_close(&a.memory);
}
