// SPDX-License-Identifier: Apache-2.0
/* In: words, "source=USA" "since=2020-01" "place!=Geneva" "reports>=3".
 * Out: conditions over events e and reports r, with the values beside them.
 *
 * A comma parts alternatives; NAME!=A,B is "neither A nor B".  Codes, categories and ids are compared as
 * they are written out, names and places without regard to ASCII case. */
#include "ask/inside.h"
#include "base/calendar.h"
#include "base/nearest.h"
#include "what/category.h"

#define WITNESSES                                                                                                     \
    "(SELECT count(DISTINCT CASE WHEN w.owner <> '' THEN w.owner WHEN w.outlet <> '' THEN w.outlet ELSE w.id END)"    \
    " FROM events o JOIN reports q ON q.id = o.report JOIN reports w ON w.id = coalesce(q.copy_of, q.id)"             \
    " WHERE o.story = e.story)"
#define REPORTS "(SELECT count(DISTINCT o.report) FROM events o WHERE o.story = e.story)"
#define STANDING "(SELECT j.standing FROM joined j WHERE j.event = e.story)"
#define OUTLETS                                                                                                       \
    "(SELECT count(DISTINCT q.outlet) FROM events o JOIN reports q ON q.id = o.report WHERE o.story = e.story AND q.outlet <> '')"

const char ask_reports_sql[] = REPORTS, ask_outlets_sql[] = OUTLETS, ask_witnesses_sql[] = WITNESSES;

typedef enum {
    WORD_SAME,    /* compared as it is */
    WORD_UPPER,   /* in capitals */
    WORD_COUNTRY, /* the same, three letters */
    WORD_LOWER,   /* without regard to case */
    WORD_PREFIX,  /* begins with: digits */
    WORD_PART,    /* one of a list: ;a;b; */
    WORD_NUMBER,  /* with = != < <= > >= */
    WORD_FLAG,    /* yes or no */
    WORD_DAY,     /* a day, month or year: since, until, date */
    WORD_ACTOR,   /* actor_filter.c */
    WORD_DYAD,
    WORD_TEXT,    /* words in the report */
    WORD_SORT,
    WORD_LIMIT,
} word_kind;

typedef struct {
    word_kind kind;
    const char *sql; /* '#': the value; for WORD_NUMBER the left side; for WORD_ACTOR the side */
    bool report;     /* speaks of r */
} word_sense;

#define WORDS(X)                                                                                                                              \
    X("source", "source=USA", "who did it: code (USA, \"USA MIL\"), sector (MIL) or a part of a name", WORD_ACTOR, "source", 0)              \
    X("target", "target=IRN", "to whom", WORD_ACTOR, "target", 0)                                                                            \
    X("actor", "actor=Hezbollah", "on either side", WORD_ACTOR, "party", 0)                                                                  \
    X("dyad", "dyad=USA-IRN", "these two on opposite sides, either way round", WORD_DYAD, "", 0)                                             \
    X("speaker", "speaker=TUR", "who vouches for it: code or part of a name", WORD_ACTOR, "speaker", 0)                                      \
    X("class", "class=agree,consult", "PLOVER category; also category=", WORD_UPPER, "e.plover = #", 0)                                      \
    X("category", "", "", WORD_UPPER, "e.plover = #", 0)                                                                                     \
    X("cameo", "cameo=19", "CAMEO code, or how it begins", WORD_PREFIX, "e.cameo", 0)                                                        \
    X("quad", "quad=4", "1 verbal, 2 material cooperation; 3 verbal, 4 material conflict", WORD_NUMBER, "e.quad", 0)                         \
    X("mode", "mode=arrest", "PLOVER mode", WORD_LOWER, "lower(e.mode) = #", 0)                                                              \
    X("context", "context=military", "PLOVER context", WORD_PART, "';' || e.contexts || ';'", 0)                     \
    X("status", "status=claimed", "actual, claimed, denied or planned", WORD_LOWER, "e.status = #", 0)                                       \
    X("standing", "standing=contested", "across reports: single, independent, one side, contested, planned, denied", WORD_LOWER, STANDING " = #", 0) \
    X("since", "since=2020-01", "day of the event (else of the report), from the first day of this", WORD_DAY, ">=", 0)                      \
    X("until", "until=2020-06", "up to the last day of this", WORD_DAY, "<=", 0)                                                             \
    X("date", "date=2020-07-09", "on this day, in this month or year", WORD_DAY, "=", 0)                                                     \
    X("place", "place=Geneva", "name of the place", WORD_LOWER, "lower(e.place) = #", 0)                                                     \
    X("country", "country=CHE", "where it happened, ISO 3166 code", WORD_COUNTRY, "e.country = #", 0)                                          \
    X("outlet", "outlet=presstv.com", "of the report", WORD_LOWER, "lower(r.outlet) = #", 1)                                                 \
    X("owner", "owner=\"state of Iran\"", "of the outlet", WORD_LOWER, "lower(r.owner) = #", 1)                                              \
    X("lang", "lang=en", "language of the report", WORD_LOWER, "r.lang = #", 1)                                                              \
    X("report", "report=ID", "told in this report", WORD_SAME, "r.id = #", 1)                                                                \
    X("event", "event=ID", "the event, or any telling of it", WORD_SAME, "(e.story = # OR e.id = #)", 0)                                      \
    X("trigger", "trigger=signed", "the word that fired", WORD_LOWER, "lower(e.trigger) = #", 0)                                             \
    X("text", "text=\"gas deal\"", "all these words in the report", WORD_TEXT, "", 1)                                                        \
    X("reports", "reports>=3", "how many reports tell it", WORD_NUMBER, REPORTS, 0)                                                          \
    X("outlets", "outlets>=2", "how many outlets", WORD_NUMBER, OUTLETS, 0)                                                                  \
    X("witnesses", "witnesses>=2", "reports, copies and common owners counted once", WORD_NUMBER, WITNESSES, 0)                              \
    X("conf", "conf>=0.7", "confidence, 0 to 1", WORD_NUMBER, "e.confidence", 0)                                                             \
    X("goldstein", "goldstein<=-5", "Goldstein score", WORD_NUMBER, "e.goldstein", 0)                                                        \
    X("dead", "dead>=10", "as told; also injured, arrested", WORD_NUMBER, "e.dead", 0)                                                       \
    X("injured", "", "", WORD_NUMBER, "e.injured", 0)                                                                                        \
    X("arrested", "", "", WORD_NUMBER, "e.arrested", 0)                                                                                      \
    X("background", "background=no", "yes: told as history", WORD_FLAG, "e.background", 0)                                                   \
    X("mutual", "mutual=yes", "both sides do it together", WORD_FLAG, "e.reciprocal", 0)                                                     \
    X("sort", "sort=-date", "date, number, reports, outlets, conf, class or goldstein; - turns it round", WORD_SORT, "", 0)                  \
    X("limit", "limit=100", "so many rows; 0: all", WORD_LIMIT, "", 0)

const ask_word ask_words[] = {
#define WORD_HELP(name, example, help, kind, sql, report) {name, example, help},
    WORDS(WORD_HELP)
#undef WORD_HELP
    {NULL, NULL, NULL}};

static const word_sense senses[] = {
#define WORD_SENSE(name, example, help, kind, sql, report) {kind, sql, report},
    WORDS(WORD_SENSE)
#undef WORD_SENSE
};

typedef struct {
    ask_filter *out;
    const store *desk;
    const ask_kind *of;
    ask_scope scope;  /* what the words together leave */
    arena *memory;
    drg_error *error;
    const char *word; /* as given, for messages */
} reading;

static drg_status refuse(reading *r, const char *what) {
    return drg_fail(r->error, DRG_ERROR_USE, "", 0, "filter \"%s\": %s; see: dragoman help filters", r->word, what);
}

/* ------------------------------------------------------------------ single senses */

/* "2020", "2020-07" or "2020-07-09": its first and last day. */
static bool read_days(span text, i32 *first, i32 *last) {
    i64 part[3] = {0, 1, 1};
    int count = 0;
    for (span rest = text; rest.len > 0 && count < 3; count++) {
        span digits = span_next_field(&rest, '-');
        part[count] = 0;
        for (size_t i = 0; i < digits.len; i++) {
            if (!ascii_is_digit((unsigned char)digits.ptr[i]) || digits.len > 4) {
                return false;
            }
            part[count] = part[count] * 10 + digits.ptr[i] - '0';
        }
        if (digits.len != (count == 0 ? 4u : 2u) || (count == 2 && rest.len > 0)) {
            return false;
        }
    }
    if (count == 0 || !calendar_is_date((i32)part[0], (i32)part[1], (i32)part[2])) {
        return false;
    }
    i32 year = (i32)part[0], month = (i32)part[1];
    *first = calendar_day(year, month, (i32)part[2]);
    *last = count == 3 ? *first : calendar_day(year, count == 2 ? month + 1 : 13, 1) - 1;
    return true;
}

static void put_day(ask_build *b, const char *number, const char *text, i32 day) {
    char iso[16];
    ask_put_value(b, number, value_number(day));
    ask_put_value(b, text, value_text(calendar_print(day, iso)));
}

/* Where days are texts: whole ones compare as they stand. */
static void put_own_days(ask_build *b, const char *left, const char *how, const i32 days[2]) {
    char iso[16];
    ask_put(b, "length(");
    ask_put(b, left);
    ask_put(b, ") = 10");
    for (int end = 0; end < 2; end++) {
        if (how[0] != (end == 0 ? '<' : '>')) {
            ask_put(b, " AND ");
            ask_put(b, left);
            ask_put_value(b, end == 0 ? " >= #" : " <= #", value_text(calendar_print(days[end], iso)));
        }
    }
}

static drg_status put_days(reading *r, ask_build *b, const char *how, span text) {
    i32 first, last;
    if (!read_days(text, &first, &last)) {
        return refuse(r, "a date is 2020, 2020-07 or 2020-07-09");
    }
    if (r->of != NULL && r->of->day != NULL) {
        put_own_days(b, r->of->day, how, (const i32[]){first, last});
        return DRG_OK;
    }
    /* `shown` has the index, `day` decides: a date that names no whole day has none. */
    if (how[0] != '<') {
        put_day(b, "e.day >= #", " AND e.shown >= #", first);
    }
    ask_put(b, how[0] == '=' ? " AND " : "");
    if (how[0] != '>') {
        put_day(b, "e.day <= #", " AND e.shown <= #", last);
    }
    return DRG_OK;
}

static bool read_real(span text, double *out) {
    char copy[48], *end;
    if (text.len == 0 || text.len >= sizeof copy) {
        return false;
    }
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    *out = strtod(copy, &end);
    return *end == '\0' && *out == *out;
}

static drg_status put_number(reading *r, ask_build *b, const char *left, span op, span text) {
    double number;
    if (!read_real(text, &number)) {
        return refuse(r, "wants a number");
    }
    ask_put(b, left);
    ask_put(b, " ");
    for (size_t i = 0; i < op.len; i++) {
        ask_put(b, (char[]){op.ptr[i], '\0'}); /* one of = != < <= > >= : read_operator let no other pass */
    }
    ask_put_value(b, " #", number == (double)(i64)number ? value_number((i64)number) : value_real(number));
    return DRG_OK;
}

static span in_case(reading *r, span text, bool upper) {
    span copy = arena_copy(r->memory, text);
    for (size_t i = 0; copy.ptr != NULL && i < copy.len; i++) {
        ((char *)copy.ptr)[i] = upper ? ascii_to_upper(copy.ptr[i]) : ascii_to_lower(copy.ptr[i]);
    }
    return copy.ptr != NULL ? copy : SPAN("");
}

/* The digits, and whatever follows them: a range, which an index can serve. */
static drg_status put_prefix(reading *r, ask_build *b, const char *left, span text) {
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit((unsigned char)text.ptr[i])) {
            return refuse(r, "wants digits: 19, or 193");
        }
    }
    ask_put(b, left);
    ask_put_value(b, " >= #", value_text(text));
    ask_put(b, " AND ");
    ask_put(b, left);
    char *past = arena_alloc(r->memory, text.len + 2, 1);
    if (past == NULL) {
        b->failed = true;
        return DRG_OK;
    }
    snprintf(past, text.len + 2, "%.*s:", (int)text.len, text.ptr); /* ':' comes behind '9' */
    ask_put_value(b, " < #", value_text((span){past, text.len + 1}));
    return DRG_OK;
}

static drg_status put_flag(reading *r, ask_build *b, const char *left, span text) {
    bool yes = span_eq(text, SPAN("yes")) || span_eq(text, SPAN("true")) || span_eq(text, SPAN("1"));
    if (!yes && !span_eq(text, SPAN("no")) && !span_eq(text, SPAN("false")) && !span_eq(text, SPAN("0"))) {
        return refuse(r, "is yes or no");
    }
    ask_put(b, left);
    ask_put(b, yes ? " = 1" : " = 0");
    return DRG_OK;
}

span ask_pattern(arena *memory, const char *before, span text, const char *after) {
    char *out = arena_alloc(memory, text.len * 2 + strlen(before) + strlen(after) + 1, 1);
    size_t used = 0;
    if (out == NULL) {
        return SPAN("%");
    }
    for (; *before != '\0'; before++) {
        out[used++] = *before;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '%' || text.ptr[i] == '_' || text.ptr[i] == '\\') {
            out[used++] = '\\';
        }
        out[used++] = ascii_to_lower(text.ptr[i]);
    }
    for (; *after != '\0'; after++) {
        out[used++] = *after;
    }
    return (span){out, used};
}

/* Words of the report, through the index of words. */
static drg_status put_text_words(reading *r, ask_build *b, span text) {
    char asked[4096], condition[256];
    if (!store_search_write(r->desk, text, asked, sizeof asked)) {
        return refuse(r, "wants words, \"words in order\" or a beginning*");
    }
    const char *mark = strstr(store_search_condition(r->desk), "?1");
    snprintf(condition, sizeof condition, "%.*s#%s", (int)(mark - store_search_condition(r->desk)), store_search_condition(r->desk), mark + 2);
    ask_put_value(b, condition, value_text(span_of(asked)));
    return DRG_OK;
}

/* The words whose values are a closed list, so that a mistyped one is told and not just never met. */
static const struct {
    const char *sql, *values[20];
} closed[] = {
#define CATEGORY_NAME(name) #name,
    {"e.plover = #", {CATEGORY_LIST(CATEGORY_NAME)}},
#undef CATEGORY_NAME
    {"e.status = #", {"actual", "claimed", "denied", "planned"}},
    {STANDING " = #", {"single", "independent", "one side", "contested", "planned", "denied"}},
};

static drg_status check_closed(reading *r, const char *sql, span text) {
    for (size_t i = 0; i < COUNT_OF(closed); i++) {
        size_t count = 0;
        bool known = strcmp(closed[i].sql, sql) != 0;
        for (; closed[i].values[count] != NULL; count++) {
            known |= span_eq(span_of(closed[i].values[count]), text);
        }
        char given[32], all[256] = "";
        snprintf(given, sizeof given, "%.*s", (int)text.len, text.ptr);
        const char *near = known ? NULL : nearest_name(given, closed[i].values, count);
        for (size_t k = 0, used = 0; k < count && used < sizeof all; k++) {
            used += (size_t)snprintf(all + used, sizeof all - used, "%s%s", k > 0 ? ", " : "", closed[i].values[k]);
        }
        if (!known) {
            return drg_fail(r->error, DRG_ERROR_USE, "", 0, "filter \"%s\": there is no %s; %s %s%s", r->word, given,
                            near != NULL ? "did you mean" : "there are", near != NULL ? near : all, near != NULL ? "?" : "");
        }
    }
    return DRG_OK;
}

static drg_status put_one(reading *r, ask_build *b, word_sense sense, span op, span text) {
    switch (sense.kind) {
        case WORD_COUNTRY:
            if (text.len != 3) {
                return refuse(r, "a country is an ISO 3166 code of three letters: KEN");
            }
            ask_put_value(b, sense.sql, value_text(in_case(r, text, true)));
            return DRG_OK;
        case WORD_UPPER:
        case WORD_LOWER:
            text = in_case(r, text, sense.kind == WORD_UPPER);
            ask_put_value(b, sense.sql, value_text(text));
            return check_closed(r, sense.sql, text);
        case WORD_PART:
            ask_put(b, sense.sql);
            ask_put_value(b, " LIKE # ESCAPE '\\'", value_text(ask_pattern(r->memory, "%;", text, ";%")));
            return DRG_OK;
        case WORD_PREFIX:
            return put_prefix(r, b, sense.sql, text);
        case WORD_NUMBER:
            return put_number(r, b, sense.sql, op, text);
        case WORD_FLAG:
            return put_flag(r, b, sense.sql, text);
        case WORD_DAY:
            return put_days(r, b, sense.sql, text);
        case WORD_ACTOR:
            ask_put_actor(b, sense.sql, text, &r->scope, r->memory);
            return DRG_OK;
        case WORD_DYAD:
            return ask_put_dyad(b, text, &r->scope, r->memory) ? DRG_OK : refuse(r, "wants two codes: USA-IRN");
        case WORD_TEXT:
            return put_text_words(r, b, text);
        default:
            ask_put_value(b, sense.sql, value_text(text));
            return DRG_OK;
    }
}

/* ------------------------------------------------------------------ words */

const char ask_sorts[] = "date|number|reports|outlets|conf|class|goldstein";

static drg_status take_sort(reading *r, span text) {
    r->out->descending = text.len > 0 && text.ptr[0] == '-';
    text = span_cut(text, r->out->descending, text.len);
    for (span rest = span_of(ask_sorts); rest.len > 0;) {
        span name = span_next_field(&rest, '|');
        if (span_eq(name, text)) {
            r->out->sort = arena_copy(r->memory, name).ptr;
            return DRG_OK;
        }
    }
    return refuse(r, "sorts by date, number, reports, outlets, conf, class or goldstein");
}

static drg_status take_limit(reading *r, span text) {
    double number;
    if (!read_real(text, &number) || number < 0 || number > 1e15 || number != (double)(i64)number) {
        return refuse(r, "wants a number of rows");
    }
    r->out->limit = (i64)number;
    return DRG_OK;
}

static drg_status take_alternatives(reading *r, word_sense sense, span op, span values) {
    ask_build *b = &r->out->where;
    bool negated = span_eq(op, SPAN("!=")) && sense.kind != WORD_NUMBER, first = true;
    ask_put(b, b->len > 0 ? " AND " : "");
    ask_put(b, negated ? "NOT coalesce(" : "(");
    do {
        span one = sense.kind == WORD_TEXT ? values : span_trim(span_next_field(&values, ','));
        ask_put(b, first ? "(" : " OR (");
        DRG_TRY(put_one(r, b, sense, op, one));
        ask_put(b, ")");
        first = false;
    } while (values.len > 0 && sense.kind != WORD_TEXT);
    ask_put(b, negated ? ", 1 = 0)" : ")");
    r->out->needs_report |= sense.report;
    return DRG_OK;
}

static drg_status unknown_word(reading *r, span name) {
    const char *names[COUNT_OF(senses)];
    char given[32];
    snprintf(given, sizeof given, "%.*s", (int)name.len, name.ptr);
    for (size_t i = 0; i < COUNT_OF(senses); i++) {
        names[i] = ask_words[i].name;
    }
    const char *near = nearest_name(given, names, COUNT_OF(names));
    return drg_fail(r->error, DRG_ERROR_USE, "", 0, "no filter \"%s\"%s%s%s; see: dragoman help filters", given, near ? "; did you mean " : "",
                    near ? near : "", near ? "=?" : "");
}

/* "filter "class=agree": does not restrict agreements; these do: actor, dyad, ..." */
static drg_status refuse_kind(reading *r) {
    char words[256];
    size_t used = 0;
    for (span rest = span_of(r->of->words != NULL ? r->of->words : ""); rest.len > 0 && used < sizeof words - 40;) {
        span word = span_next_field(&rest, ' ');
        used += (size_t)snprintf(words + used, sizeof words - used, "%s%.*s", used > 0 ? ", " : "", (int)word.len, word.ptr);
    }
    return used > 0 ? drg_fail(r->error, DRG_ERROR_USE, "", 0, "filter \"%s\": does not restrict %s; these words do: %s", r->word, r->of->name, words)
                    : drg_fail(r->error, DRG_ERROR_USE, "", 0, "filter \"%s\": --of %s has an order of its own", r->word, r->of->name);
}

/* A count may be of something else where the rows are no events. */
static word_sense sense_here(const reading *r, size_t at) {
    word_sense sense = senses[at];
    for (size_t i = 0; r->of != NULL && i < COUNT_OF(r->of->own) && r->of->own[i].name != NULL; i++) {
        sense.sql = strcmp(r->of->own[i].name, ask_words[at].name) == 0 ? r->of->own[i].sql : sense.sql;
    }
    return sense;
}

static drg_status take_word(reading *r) {
    size_t name_len = strcspn(r->word, "=!<>"), op_len = strspn(r->word + name_len, "=!<>");
    span name = {r->word, name_len}, op = {r->word + name_len, op_len}, values = span_of(r->word + name_len + op_len);
    bool same = span_eq(op, SPAN("=")), other = span_eq(op, SPAN("!="));
    bool order = span_eq(op, SPAN("<")) || span_eq(op, SPAN("<=")) || span_eq(op, SPAN(">")) || span_eq(op, SPAN(">="));
    for (size_t i = 0; i < COUNT_OF(senses); i++) {
        word_kind kind = senses[i].kind;
        if (!span_eq(span_of(ask_words[i].name), name)) {
            continue;
        }
        if (!ask_kind_takes(r->of, name)) {
            return refuse_kind(r);
        }
        if (values.len == 0) {
            return refuse(r, kind == WORD_NUMBER ? "has no value; the shell takes < and > for itself: write it in quotes" : "has no value");
        }
        if (!same && !(other && kind != WORD_SORT && kind != WORD_LIMIT) && !(order && kind == WORD_NUMBER)) {
            return refuse(r, kind == WORD_NUMBER ? "takes = != < <= > >=" : "takes = or !=");
        }
        return kind == WORD_SORT ? take_sort(r, values) : kind == WORD_LIMIT ? take_limit(r, values) : take_alternatives(r, sense_here(r, i), op, values);
    }
    return op_len > 0 ? unknown_word(r, name)
                      : refuse(r, "a filter is NAME=VALUE (words of the report: text=...), SQL begins with select or with");
}

/* Which days the words leave, and whether few events are left before actors are looked at: then it is faster to
 * look at the actors of each than to list all events of an actor. */
static void look_ahead(ask_scope *scope, const char *const *words, size_t count) {
    bool named = false;
    i32 first, last;
    *scope = (ask_scope){.first = INT32_MIN, .last = INT32_MAX};
    for (size_t i = 0; i < count; i++) {
        span rest = span_of(words[i]), name = span_next_field(&rest, '=');
        bool since = span_eq(name, SPAN("since")), until = span_eq(name, SPAN("until")), date = span_eq(name, SPAN("date"));
        if ((since || until || date) && read_days(rest, &first, &last)) {
            scope->first = !until && first > scope->first ? first : scope->first;
            scope->last = !since && last < scope->last ? last : scope->last;
        }
        named |= span_eq(name, SPAN("dyad")) || span_eq(name, SPAN("event")) || span_eq(name, SPAN("report")) || span_eq(name, SPAN("text"));
    }
    scope->narrow = named || (i64)scope->last - scope->first < 100;
}

drg_status ask_filter_read(ask_filter *out, const ask_given *given, arena *memory, drg_error *error) {
    reading r = {.out = out, .desk = given->desk, .of = given->of, .memory = memory, .error = error};
    ask_build printed;
    *out = (ask_filter){.limit = -1};
    look_ahead(&r.scope, given->words, given->count);
    if (given->of != NULL && given->of->day != NULL) { /* days are not those of the events */
        r.scope = (ask_scope){.first = INT32_MIN, .last = INT32_MAX, .agreements = given->of->parties, .claims = given->of->claims};
    }
    ask_build_open(&out->where, memory);
    ask_build_open(&printed, memory);
    for (size_t i = 0; i < given->count; i++) {
        r.word = given->words[i];
        DRG_TRY(take_word(&r));
        ask_put(&printed, i > 0 ? " " : "");
        ask_put(&printed, given->words[i]);
    }
    if (out->where.failed || printed.failed) {
        return drg_fail(error, DRG_ERROR_MEMORY, "", 0, "out of memory");
    }
    out->printed = (span){printed.text, printed.len};
    return DRG_OK;
}
