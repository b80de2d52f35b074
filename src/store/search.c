// SPDX-License-Identifier: Apache-2.0
/* Words in titles and texts, found through an index that the database keeps itself: FTS5 in SQLite (external content:
 * the texts are not stored twice), a tsvector column under a GIN index in PostgreSQL.  Both fold case and the marks on
 * Latin letters, part words at everything that is no letter and no digit, and stem nothing, so that they find the same.
 *
 *     sanctions geneva          both words
 *     "security council"        the words in this order
 *     sanction*                 words that begin so
 *     sanctions -oil            the first without the second
 *
 * What is asked becomes the database's own language: "sanction*" -> "sanction"* in FTS5, 'sanction':* in PostgreSQL.
 * Limit: PostgreSQL looks at the first 240,000 characters of a text. */
#include "store/inside.h"

#include "base/utf8.h"

#define TERMS 32
#define QUERY_ROOM 4096
#define WORD_ROOM 256

/* The plus keeps SQLite from looking all finds up by number and sorting them: it walks the reports by date, the newest
 * first, until it has enough. */
#define FOUND_SQLITE "+r.number IN (SELECT rowid FROM report_words WHERE report_words MATCH ?1)"
#define FOUND_POSTGRES "r.found_by @@ CAST(dragoman_letters(?1) AS tsquery)"

static const char sqlite_index[] =
    "CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='reports', content_rowid='number',"
    " tokenize=\"unicode61 remove_diacritics 2\");"
    "INSERT INTO report_words(report_words) VALUES('rebuild')";

/* Letters with marks and the letters they are found by. */
#define MARKED \
    "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨ" \
    "ĩĪīĬĭĮįİĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžƠơƯưǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛ" \
    "ǜǞǟǠǡǦǧǨǩǪǫǬǭǰǴǵǸǹǺǻȀȁȂȃȄȅȆȇȈȉȊȋȌȍȎȏȐȑȒȓȔȕȖȗȘșȚțȞȟȦȧȨȩȪȫȬȭȮȯȰȱȲȳḀḁḂḃḄḅḆḇḈḉḊḋḌḍḎḏḐḑḒḓḔḕḖḗḘḙ" \
    "ḚḛḜḝḞḟḠḡḢḣḤḥḦḧḨḩḪḫḬḭḮḯḰḱḲḳḴḵḶḷḸḹḺḻḼḽḾḿṀṁṂṃṄṅṆṇṈṉṊṋṌṍṎṏṐṑṒṓṔṕṖṗṘṙṚṛṜṝṞṟṠṡṢṣṤṥṦṧṨṩṪṫṬṭṮṯṰṱṲṳ" \
    "ṴṵṶṷṸṹṺṻṼṽṾṿẀẁẂẃẄẅẆẇẈẉẊẋẌẍẎẏẐẑẒẓẔẕẖẗẘẙẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồ" \
    "ỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ"
#define PLAIN \
    "aaaaaaceeeeiiiinooooouuuuyaaaaaaceeeeiiiinooooouuuuyyaaaaaaccccccccddeeeeeeeeeegggggggghhi" \
    "iiiiiiiijjkkllllllnnnnnnoooooorrrrrrssssssssttttuuuuuuuuuuuuwwyyyzzzzzzoouuaaiioouuuuuuuuu" \
    "uaaaaggkkoooojggnnaaaaaaeeeeiiiioooorrrruuuusstthhaaeeooooooooyyaabbbbbbccddddddddddeeeeee" \
    "eeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuu" \
    "uuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooo" \
    "oooooooooooooooouuuuuuuuuuuuuuyyyyyyyy"

/* What parts words but not for PostgreSQL's own parser, which would keep "U.N." or "news.example/a" as one. */
#define PARTING "-./@_:\\+~#%&=?''’`"
#define BLANKS "                 "

static const char postgres_index[] =
    "CREATE FUNCTION dragoman_letters(words TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS"
    " $$ SELECT translate(words, '" MARKED "', '" PLAIN "') $$;"
    "CREATE FUNCTION dragoman_words(title TEXT, words TEXT) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS"
    " $$ SELECT to_tsvector('simple', translate(title || ' | ' || left(words, 240000), '" PARTING MARKED "', '" BLANKS PLAIN "')) $$;"
    "ALTER TABLE reports ADD COLUMN found_by tsvector GENERATED ALWAYS AS (dragoman_words(title, text)) STORED;"
    "CREATE INDEX report_words ON reports USING gin(found_by) WITH (fastupdate = off)";

void search_make_index(sql_base *d) { database_run(d, database_is_postgres(d) ? postgres_index : sqlite_index); }

static void run_for(sql_base *d, const char *sql, span report) {
    if (!database_is_postgres(d)) { /* which keeps its column by itself */
        sql_query *q = database_ask(d, sql);
        query_put_text(q, 1, report);
        query_run(q);
    }
}

void search_add_report(sql_base *d, span report) {
    run_for(d, "INSERT INTO report_words(rowid, title, text) SELECT number, title, text FROM reports WHERE id = ?1", report);
}

void search_drop_report(sql_base *d, span report) {
    run_for(d, "INSERT INTO report_words(report_words, rowid, title, text) SELECT 'delete', number, title, text FROM reports WHERE id = ?1",
            report);
}

const char *store_search_condition(const store *s) {
    return database_is_postgres(s->base) ? FOUND_POSTGRES : FOUND_SQLITE;
}

/* ------------------------------------------------------------------ what is asked */

typedef struct {
    bool postgres;
    char *out;
    size_t room, used;
    u32 terms;
    bool wanted; /* a term that is not excluded is among them */
} asked;

static void put(asked *a, span text) {
    if (a->used + text.len < a->room) {
        memcpy(a->out + a->used, text.ptr, text.len);
        a->out[a->used + text.len] = '\0';
    }
    a->used += text.len;
}

static bool in_word(span s, size_t at, u32 *size) {
    u32 code = utf8_decode(s, at, size);
    return code < 0x80 ? ascii_is_alnum((unsigned char)code) : utf8_is_letter(code);
}

/* The next run of letters and digits, in lower case; empty at the end. */
static span next_word(span *rest, char buffer[WORD_ROOM]) {
    size_t start = 0, end;
    u32 size;
    for (; start < rest->len && !in_word(*rest, start, &size); start += size) {
    }
    for (end = start; end < rest->len && in_word(*rest, end, &size) && end - start + size < WORD_ROOM; end += size) {
    }
    span word = utf8_lower(span_cut(*rest, start, end), buffer, WORD_ROOM);
    *rest = span_cut(*rest, end, rest->len);
    return word;
}

/* One term, "security council" or sanction*: its words one behind the other. */
static void put_term(asked *a, span term, bool prefix, bool without) {
    char buffer[WORD_ROOM];
    span word = next_word(&term, buffer);
    if (word.len == 0 || (without && !a->wanted)) {
        return; /* nothing but signs; or nothing to take away from */
    }
    put(a, a->terms == 0 ? SPAN("") : a->postgres ? (without ? SPAN(" & !") : SPAN(" & ")) : (without ? SPAN(" NOT ") : SPAN(" AND ")));
    put(a, SPAN("("));
    for (bool first = true; word.len > 0; word = next_word(&term, buffer), first = false) {
        put(a, first ? SPAN("") : a->postgres ? SPAN(" <-> ") : SPAN(" + "));
        put(a, a->postgres ? SPAN("'") : SPAN("\""));
        put(a, word);
        put(a, a->postgres ? SPAN("'") : SPAN("\""));
    }
    put(a, !prefix ? SPAN("") : a->postgres ? SPAN(":*") : SPAN(" *"));
    put(a, SPAN(")"));
    a->terms++;
    a->wanted |= !without;
}

/* Terms that are wanted (`without` false) or taken away, in the order given. */
static void put_terms(asked *a, span words, bool without) {
    while (words.len > 0 && a->terms < TERMS) {
        words = span_trim(words);
        bool minus = words.len > 1 && words.ptr[0] == '-';
        words = minus ? span_cut(words, 1, words.len) : words;
        bool quoted = words.len > 0 && words.ptr[0] == '"';
        words = quoted ? span_cut(words, 1, words.len) : words;
        span term = span_next_field(&words, quoted ? '"' : ' ');
        bool prefix = !quoted && span_ends(term, SPAN("*"));
        if (minus == without) {
            put_term(a, term, prefix, without);
        }
    }
}

bool store_search_write(const store *s, span words, char *out, size_t room) {
    asked a = {.postgres = database_is_postgres(s->base), .out = out, .room = room};
    out[0] = '\0';
    put_terms(&a, words, false);
    put_terms(&a, words, true);
    return a.terms > 0 && a.used < room;
}

/* ------------------------------------------------------------------ what is found */

#define SQL_HITS(condition) \
    "SELECT r.id, r.title, r.outlet, r.date FROM reports r WHERE " condition " ORDER BY r.date DESC, r.id DESC LIMIT ?2 OFFSET ?3"

drg_status store_search_open(store *s, span words, u32 limit, u32 skip, drg_error *error) {
    char asked_for[QUERY_ROOM];
    if (!store_search_write(s, words, asked_for, sizeof asked_for)) {
        return drg_fail(error, DRG_ERROR_USE, "search", 0, "no words to look for: give words, \"words in order\" or a beginning*");
    }
    s->hits = database_ask(s->base, database_is_postgres(s->base) ? SQL_HITS(FOUND_POSTGRES) : SQL_HITS(FOUND_SQLITE));
    query_put_text(s->hits, 1, span_of(asked_for));
    query_put_number(s->hits, 2, limit);
    query_put_number(s->hits, 3, skip);
    s->hit_waits = query_next(s->hits); /* behind which `asked_for` may go */
    s->hits = s->hit_waits ? s->hits : NULL;
    return database_check(s->base, error);
}

bool store_search_next(store *s, store_hit *out) {
    bool more = s->hit_waits || query_next(s->hits);
    s->hit_waits = false;
    s->hits = more ? s->hits : NULL; /* asked once more it would run once more */
    if (more) {
        *out = (store_hit){query_text(s->hits, 0), query_text(s->hits, 1), query_text(s->hits, 2), query_text(s->hits, 3)};
    }
    return more;
}
