// SPDX-License-Identifier: Apache-2.0
/* The tables, the steps that bring an older desk up to them, and the check that a database is one of ours.
 * docs/schema.md says what each column means.
 *
 * A change of the tables: change `tables`, raise VERSION, add a step.  tests/desks/ keeps a small desk of each
 * older version; the tests open it and compare what becomes of it with a new one. */
#include "store/inside.h"

#define VERSION 4

#define ACTOR "code {text} NOT NULL, name {text} NOT NULL, title {text} NOT NULL, entity {number}, start {number} NOT NULL," \
              " stop {number} NOT NULL, text {text} NOT NULL"

/* Filled by join.c. */
#define JOINED \
    "CREATE INDEX reports_story ON reports(story);" \
    "CREATE TABLE joined(event {text} NOT NULL PRIMARY KEY, number {number} NOT NULL, story {text} NOT NULL, plover {text} NOT NULL," \
    " cameo {text} NOT NULL, status {text} NOT NULL, standing {text} NOT NULL, date {text} NOT NULL, place {text} NOT NULL," \
    " country {text} NOT NULL, dead {number}, injured {number}, arrested {number}, background {number} NOT NULL, events {number} NOT NULL," \
    " reports {number} NOT NULL, outlets {number} NOT NULL, owners {number} NOT NULL, first_report {text} NOT NULL," \
    " first_outlet {text} NOT NULL, first_date {text} NOT NULL) {keyed table};" \
    "CREATE INDEX joined_number ON joined(number);" \
    "CREATE INDEX joined_story ON joined(story);" \
    "CREATE TABLE disputes(dispute {number} NOT NULL, number {number} NOT NULL, event {text} NOT NULL, story {text} NOT NULL," \
    " field {text} NOT NULL, value {text} NOT NULL, said_by {text} NOT NULL, report {text} NOT NULL, outlet {text} NOT NULL," \
    " speaker {text} NOT NULL, PRIMARY KEY(dispute, number)) {keyed table};" \
    "CREATE INDEX disputes_event ON disputes(event);" \
    "CREATE TABLE repeats(outlet {text} NOT NULL, cited {text} NOT NULL, kind {text} NOT NULL, reports {number} NOT NULL," \
    " PRIMARY KEY(outlet, cited, kind)) {keyed table};" \
    "CREATE TABLE accords(accord {text} NOT NULL PRIMARY KEY, number {number} NOT NULL, name {text} NOT NULL, kind {text} NOT NULL," \
    " stage {text} NOT NULL, first_date {text} NOT NULL, last_date {text} NOT NULL, reports {number} NOT NULL, owners {number} NOT NULL)" \
    " {keyed table};" \
    "CREATE TABLE accord_stages(accord {text} NOT NULL, number {number} NOT NULL, stage {text} NOT NULL, date {text} NOT NULL," \
    " place {text} NOT NULL, agreement {text} NOT NULL, report {text} NOT NULL, PRIMARY KEY(accord, number)) {keyed table};"

#define STAGE_INDEXES \
    "CREATE INDEX accord_stages_report ON accord_stages(report);" \
    "CREATE INDEX accord_stages_agreement ON accord_stages(agreement);"

/* What a reader said of a telling: src/serve/verdicts.c.  It speaks of reports that may be coded again, and so refers to
 * nothing that goes with them. */
#define VERDICTS \
    "CREATE TABLE verdicts(id {serial}, telling {text} NOT NULL, event {text} NOT NULL, report {text} NOT NULL," \
    " verdict {text} NOT NULL CHECK(verdict IN ('right', 'wrong', 'unsure')), field {text} NOT NULL, correct {text} NOT NULL," \
    " note {text} NOT NULL, judge {text} NOT NULL, at {text} NOT NULL, plover {text} NOT NULL, words {text} NOT NULL, run {number} NOT NULL," \
    " queue {text} NOT NULL, seed {number} NOT NULL, undone {number} NOT NULL DEFAULT 0) {table};" \
    "CREATE INDEX verdicts_telling ON verdicts(telling, id);" \
    "CREATE INDEX verdicts_event ON verdicts(event);"

/* What is worked out from the rest: see counts.c and search.c. */
#define DERIVED \
    "CREATE INDEX reports_date ON reports(date, id);" \
    "CREATE INDEX events_shown ON events(shown, plover);" \
    "CREATE INDEX events_uncounted ON events(number) WHERE counted <> story;" \
    "CREATE TABLE dyads(source {text} NOT NULL, target {text} NOT NULL, shown {text} NOT NULL," \
    " event {text} NOT NULL REFERENCES events(id) ON DELETE CASCADE, plover {text} NOT NULL," \
    " PRIMARY KEY(source, target, shown, event)) {keyed table};" \
    "CREATE INDEX dyads_target ON dyads(target, shown);" \
    "CREATE INDEX dyads_event ON dyads(event);" \
    "CREATE TABLE day_counts(day {text} NOT NULL, country {text} NOT NULL, plover {text} NOT NULL, status {text} NOT NULL," \
    " events {number} NOT NULL, tellings {number} NOT NULL, reports {number} NOT NULL," \
    " PRIMARY KEY(country, day, plover, status)) {keyed table};" \
    "CREATE INDEX day_counts_day ON day_counts(day);" \
    "CREATE TABLE dyad_counts(source {text} NOT NULL, target {text} NOT NULL, month {text} NOT NULL, plover {text} NOT NULL," \
    " status {text} NOT NULL, events {number} NOT NULL, tellings {number} NOT NULL, reports {number} NOT NULL," \
    " PRIMARY KEY(source, target, month, plover, status)) {keyed table};" \
    "CREATE TABLE stale_days(day {text} NOT NULL PRIMARY KEY) {keyed table};" \
    "CREATE TABLE stale_dyads(source {text} NOT NULL, target {text} NOT NULL, month {text} NOT NULL," \
    " PRIMARY KEY(source, target, month)) {keyed table};"

static const char tables[] =
    "CREATE TABLE runs(id {serial}, program {text} NOT NULL, model {text} NOT NULL, words {text} NOT NULL,"
    " options {text} NOT NULL, UNIQUE(program, model, words, options)) {table};"
    "CREATE TABLE reports(number {serial}, id {text} NOT NULL UNIQUE, run {number} NOT NULL REFERENCES runs,"
    " content {text} NOT NULL, url {text} NOT NULL, outlet {text} NOT NULL, owner {text} NOT NULL, title {text} NOT NULL,"
    " date {text} NOT NULL, lang {text} NOT NULL, words {number} NOT NULL, caption {text} NOT NULL, text {text} NOT NULL,"
    " copy_of {text}, sketch {bytes} NOT NULL, joined {number} NOT NULL DEFAULT 0, side {text} NOT NULL DEFAULT '',"
    " story {text} NOT NULL DEFAULT '') {table};"
    "CREATE INDEX reports_joined ON reports(date, id) WHERE joined = 0;"
    "CREATE TABLE report_texts(report {text} NOT NULL REFERENCES reports(id) ON DELETE CASCADE,"
    " kind {text} NOT NULL CHECK(kind IN ('source', 'credit', 'furniture')), number {number} NOT NULL, text {text} NOT NULL,"
    " PRIMARY KEY(report, kind, number)) {keyed table};"
    "CREATE TABLE events(number {serial}, id {text} NOT NULL UNIQUE,"
    " report {text} NOT NULL REFERENCES reports(id) ON DELETE CASCADE, plover {text} NOT NULL, mode {text} NOT NULL,"
    " contexts {text} NOT NULL, cameo {text} NOT NULL, goldstein {real} NOT NULL, quad {number} NOT NULL,"
    " reciprocal {number} NOT NULL, status {text} NOT NULL CHECK(status IN ('actual', 'claimed', 'denied', 'planned')),"
    " date {text} NOT NULL, date_end {text} NOT NULL, date_basis {text} NOT NULL, place {text}, country {text}, lat {real},"
    " lon {real}, geonameid {number}, place_kind {text}, place_start {number}, place_stop {number}, dead {number},"
    " injured {number}, arrested {number}, background {number} NOT NULL, frame {text} NOT NULL, trigger {text} NOT NULL,"
    " entry {text} NOT NULL, confidence {real} NOT NULL, sentence {number} NOT NULL DEFAULT 0, sides {text} NOT NULL, day {number}, story {text} NOT NULL,"
    " shown {text} NOT NULL DEFAULT '', counted {text} NOT NULL DEFAULT '') {table};"
    "CREATE INDEX events_report ON events(report);"
    "CREATE INDEX events_lead ON events(sides, day) WHERE story = id;"
    "CREATE INDEX events_story ON events(story, report);"
    "CREATE TABLE actors(event {text} NOT NULL REFERENCES events(id) ON DELETE CASCADE,"
    " side {text} NOT NULL CHECK(side IN ('source', 'target', 'claimer')), number {number} NOT NULL, " ACTOR ","
    " PRIMARY KEY(event, side, number)) {keyed table};"
    "CREATE INDEX actors_code ON actors(code, side);"
    "CREATE TABLE evidence(event {text} NOT NULL REFERENCES events(id) ON DELETE CASCADE, number {number} NOT NULL,"
    " start {number} NOT NULL, stop {number} NOT NULL, text {text} NOT NULL, PRIMARY KEY(event, number)) {keyed table};"
    "CREATE TABLE claims(number {serial}, id {text} NOT NULL UNIQUE,"
    " report {text} NOT NULL REFERENCES reports(id) ON DELETE CASCADE, code {text} NOT NULL, name {text} NOT NULL,"
    " title {text} NOT NULL, entity {number}, speaker_start {number} NOT NULL DEFAULT 0, speaker_stop {number} NOT NULL DEFAULT 0,"
    " speaker {text} NOT NULL DEFAULT '', act {text} NOT NULL, direct {number} NOT NULL, channel {text} NOT NULL,"
    " cue {text} NOT NULL, start {number} NOT NULL, stop {number} NOT NULL) {table};"
    "CREATE INDEX claims_report ON claims(report);"
    "CREATE INDEX claims_code ON claims(code);"
    "CREATE TABLE claim_parts(claim {text} NOT NULL REFERENCES claims(id) ON DELETE CASCADE, number {number} NOT NULL,"
    " start {number} NOT NULL, stop {number} NOT NULL, text {text} NOT NULL, PRIMARY KEY(claim, number)) {keyed table};"
    "CREATE TABLE claim_events(claim {text} NOT NULL REFERENCES claims(id) ON DELETE CASCADE, event {text} NOT NULL,"
    " number {number} NOT NULL DEFAULT 0, PRIMARY KEY(claim, event)) {keyed table};"
    "CREATE INDEX claim_events_event ON claim_events(event);"
    "CREATE TABLE claim_about(claim {text} NOT NULL REFERENCES claims(id) ON DELETE CASCADE, number {number} NOT NULL, " ACTOR ","
    " PRIMARY KEY(claim, number)) {keyed table};"
    "CREATE TABLE agreements(number {serial}, id {text} NOT NULL UNIQUE,"
    " report {text} NOT NULL REFERENCES reports(id) ON DELETE CASCADE, name {text} NOT NULL, kind {text} NOT NULL,"
    " stage {text} NOT NULL, date {text} NOT NULL, place {text} NOT NULL) {table};"
    "CREATE INDEX agreements_report ON agreements(report);"
    "CREATE TABLE agreement_parties(agreement {text} NOT NULL REFERENCES agreements(id) ON DELETE CASCADE,"
    " role {text} NOT NULL CHECK(role IN ('party', 'signatory', 'by', 'to', 'of', 'judge')), number {number} NOT NULL, " ACTOR ","
    " PRIMARY KEY(agreement, role, number)) {keyed table};"
    "CREATE TABLE agreement_parts(agreement {text} NOT NULL REFERENCES agreements(id) ON DELETE CASCADE,"
    " kind {text} NOT NULL CHECK(kind IN ('provision', 'undertaking', 'kept', 'broken', 'unclear')), number {number} NOT NULL, start {number} NOT NULL,"
    " stop {number} NOT NULL, text {text} NOT NULL, PRIMARY KEY(agreement, kind, number)) {keyed table};"
    "CREATE TABLE problems(number {serial}, report {text} REFERENCES reports(id) ON DELETE CASCADE,"
    " input {text} NOT NULL, stage {text} NOT NULL, code {text} NOT NULL, message {text} NOT NULL, at {number} NOT NULL,"
    " UNIQUE(input, stage, code, at, message)) {table};"
    "CREATE INDEX problems_report ON problems(report);"
    DERIVED JOINED STAGE_INDEXES VERDICTS;

static const char views[] =
    "CREATE VIEW event_rows AS SELECT e.date, e.plover AS category, e.cameo,"
    " (SELECT {concat}(code, ' + ') FROM actors WHERE event = e.id AND side = 'source') AS who,"
    " (SELECT {concat}(code, ' + ') FROM actors WHERE event = e.id AND side = 'target') AS whom,"
    " e.trigger, e.place, e.country, e.status,"
    " (SELECT {concat}(name, ', ') FROM actors WHERE event = e.id AND side = 'claimer') AS according_to,"
    " r.outlet, r.title, r.id AS report, e.id, e.story FROM events e JOIN reports r ON r.id = e.report ORDER BY e.number;";

/* steps[n] leads from version n + 1 to n + 2.  A report whose records lack what the new tables keep loses its
 * `content`, so that coding it again fills them in. */
static const char *const steps[VERSION - 1] = {
    "DROP VIEW event_rows;"
    "CREATE TABLE runs_2(id {serial}, program {text} NOT NULL, model {text} NOT NULL, words {text} NOT NULL,"
    " options {text} NOT NULL, UNIQUE(program, model, words, options)) {table};"
    "INSERT INTO runs_2 SELECT id, program, model, words, '' FROM runs;"
    "DROP TABLE runs;"
    "ALTER TABLE runs_2 RENAME TO runs;"
    "ALTER TABLE reports ADD COLUMN joined {number} NOT NULL DEFAULT 0;"
    "CREATE INDEX reports_joined ON reports(date, id) WHERE joined = 0;"
    "UPDATE reports SET content = '', copy_of = NULL;"
    "UPDATE events SET story = '';"
    "ALTER TABLE events ADD COLUMN place_start {number};"
    "ALTER TABLE events ADD COLUMN place_stop {number};"
    "ALTER TABLE actors RENAME COLUMN end TO stop;"
    "ALTER TABLE evidence RENAME COLUMN end TO stop;"
    "ALTER TABLE claims RENAME COLUMN end TO stop;"
    "ALTER TABLE claims ADD COLUMN entity {number};"
    "ALTER TABLE claims ADD COLUMN speaker_start {number} NOT NULL DEFAULT 0;"
    "ALTER TABLE claims ADD COLUMN speaker_stop {number} NOT NULL DEFAULT 0;"
    "ALTER TABLE claims ADD COLUMN speaker {text} NOT NULL DEFAULT '';"
    "ALTER TABLE claim_parts RENAME COLUMN end TO stop;"
    "ALTER TABLE claim_events ADD COLUMN number {number} NOT NULL DEFAULT 0;"
    "CREATE INDEX claim_events_event ON claim_events(event);"
    "CREATE TABLE claim_about_2(claim {text} NOT NULL REFERENCES claims(id) ON DELETE CASCADE, number {number} NOT NULL, " ACTOR ","
    " PRIMARY KEY(claim, number)) {keyed table};"
    "INSERT INTO claim_about_2 SELECT claim, number, code, name, '', NULL, 0, 0, '' FROM claim_about;"
    "DROP TABLE claim_about;"
    "ALTER TABLE claim_about_2 RENAME TO claim_about;"
    "CREATE TABLE agreement_parties_2(agreement {text} NOT NULL REFERENCES agreements(id) ON DELETE CASCADE,"
    " role {text} NOT NULL CHECK(role IN ('party', 'signatory', 'by', 'to', 'of', 'judge')), number {number} NOT NULL, " ACTOR ","
    " PRIMARY KEY(agreement, role, number)) {keyed table};"
    "INSERT INTO agreement_parties_2 SELECT agreement, role, number, code, name, '', NULL, 0, 0, '' FROM agreement_parties;"
    "DROP TABLE agreement_parties;"
    "ALTER TABLE agreement_parties_2 RENAME TO agreement_parties;"
    "CREATE TABLE agreement_parts(agreement {text} NOT NULL REFERENCES agreements(id) ON DELETE CASCADE,"
    " kind {text} NOT NULL CHECK(kind IN ('provision', 'undertaking', 'kept', 'broken', 'unclear')), number {number} NOT NULL, start {number} NOT NULL,"
    " stop {number} NOT NULL, text {text} NOT NULL, PRIMARY KEY(agreement, kind, number)) {keyed table};"
    "ALTER TABLE problems RENAME COLUMN offset TO at;"
    "ALTER TABLE events ADD COLUMN shown {text} NOT NULL DEFAULT '';"
    "ALTER TABLE events ADD COLUMN counted {text} NOT NULL DEFAULT '';"
    "UPDATE events SET shown = substr(CASE WHEN date <> '' THEN date ELSE (SELECT date FROM reports WHERE id = report) END, 1, 10);"
    "ALTER TABLE reports ADD COLUMN side {text} NOT NULL DEFAULT '';"
    "ALTER TABLE reports ADD COLUMN story {text} NOT NULL DEFAULT '';"
    "DROP TABLE copy_bands;"
    JOINED
    DERIVED
    "INSERT INTO dyads(source, target, shown, event, plover) SELECT DISTINCT substr(s.code, 1, 3), substr(t.code, 1, 3), e.shown, e.id,"
    " e.plover FROM events e JOIN actors s ON s.event = e.id JOIN actors t ON t.event = e.id WHERE substr(s.code, 1, 3) <> substr(t.code, 1, 3)"
    " AND s.code <> '---' AND t.code <> '---' AND s.side = 'source' AND t.side = CASE WHEN e.reciprocal = 1 THEN 'source' ELSE 'target' END;",
    "DROP VIEW IF EXISTS event_rows;" STAGE_INDEXES VERDICTS,
    "DROP VIEW IF EXISTS event_rows;"
    "ALTER TABLE events ADD COLUMN sentence {number} NOT NULL DEFAULT 0;"
    "UPDATE reports SET content = '';",
};

/* Whoever waited for the lock may find that another program was first: hence the second look. */
static void bring_up(sql_base *d) {
    i64 version = 0;
    database_begin(d);
    desk_kind kind = database_look(d, &version);
    if (kind == DESK_EMPTY) {
        database_run(d, tables);
        search_make_index(d);
        database_run(d, views);
    } else if (version >= 1 && version < VERSION) {
        for (i64 n = version; n < VERSION; n++) {
            database_run(d, steps[n - 1]);
        }
        if (version == 1) {
            search_make_index(d);
        }
        database_run(d, views);
    }
    database_mark(d, VERSION);
    database_commit(d);
}

static void judge(sql_base *d, desk_kind kind, i64 version, bool writing) {
    if (kind == DESK_FOREIGN) {
        database_fail(d, DRG_ERROR_STORE, database_is_postgres(d)
            ? "the schema holds tables of another program: name another database, or a schema of its own (?options=-csearch_path%%3DNAME)"
            : "is a SQLite database of another program: name another file");
    } else if (kind == DESK_EMPTY && !writing) {
        database_fail(d, DRG_ERROR_STORE, "holds no records yet: make it with dragoman code INPUT -o DESK");
    } else if (kind == DESK_OURS && (version > VERSION || version < 1)) {
        database_fail(d, DRG_ERROR_STORE, "was made by a newer dragoman (schema %lld, this one knows %d): use that one, or code into a new desk",
                      (long long)version, VERSION);
    } else if (kind == DESK_OURS && version < VERSION && !writing) {
        database_fail(d, DRG_ERROR_STORE, "was made by an older dragoman (schema %lld, this one reads %d): dragoman code INPUT -o DESK brings it up to date",
                      (long long)version, VERSION);
    }
}

drg_status schema_check(sql_base *d, bool writing, drg_error *error) {
    i64 version = 0;
    desk_kind kind = database_look(d, &version);
    judge(d, kind, version, writing);
    if (kind == DESK_EMPTY || version < VERSION) {
        bring_up(d);
    }
    database_run(d, "{references on}");
    return database_check(d, error);
}
