// SPDX-License-Identifier: Apache-2.0
/* The tables behind shape.h.  A member that is added to a public struct gets a line here, and comes out as a column. */
#include "batch/shape.h"

const char *const shape_status_names[4] = {"actual", "claimed", "denied", "planned"};

#define ONE(type, column_name, kind, member) {column_name, kind, offsetof(type, member), 0, NULL, 0}
#define REAL(type, column_name, member, decimals) {column_name, COLUMN_REAL, offsetof(type, member), 0, NULL, decimals}
#define INNER(type, column_name, kind, member, shape) {column_name, kind, offsetof(type, member), 0, &(shape), 0}
#define MANY(type, column_name, kind, member, count, shape) {column_name, kind, offsetof(type, member), offsetof(type, count), shape, 0}
#define END {NULL, COLUMN_TEXT, 0, 0, NULL, 0}
#define SHAPE(name, type) const shape name = {sizeof(type), name##_columns}

static const column extent_columns[] = {ONE(drg_extent, "start", COLUMN_U32, start), ONE(drg_extent, "end", COLUMN_U32, end), END};
static SHAPE(extent, drg_extent);

static const column actor_columns[] = {
    ONE(drg_actor, "code", COLUMN_TEXT, code), ONE(drg_actor, "name", COLUMN_TEXT, name), ONE(drg_actor, "title", COLUMN_TEXT, title),
    ONE(drg_actor, "entity", COLUMN_ENTITY, entity), INNER(drg_actor, "", COLUMN_FLAT, at, extent), ONE(drg_actor, "text", COLUMN_TEXT, text),
    END};
static SHAPE(actor, drg_actor);

static const column evidence_columns[] = {INNER(drg_evidence, "", COLUMN_FLAT, at, extent), ONE(drg_evidence, "text", COLUMN_TEXT, text), END};
static SHAPE(evidence, drg_evidence);

static const column place_columns[] = {
    ONE(drg_place, "name", COLUMN_TEXT, name), ONE(drg_place, "country", COLUMN_TEXT, country), REAL(drg_place, "lat", lat, 5),
    REAL(drg_place, "lon", lon, 5), ONE(drg_place, "geonameid", COLUMN_U32, geonameid), ONE(drg_place, "kind", COLUMN_TEXT, kind),
    INNER(drg_place, "", COLUMN_FLAT, at, extent), END};
static SHAPE(place, drg_place);

static const column event_columns[] = {
    ONE(drg_event, "id", COLUMN_TEXT, id), ONE(drg_event, "plover", COLUMN_TEXT, plover), ONE(drg_event, "mode", COLUMN_TEXT, mode),
    ONE(drg_event, "contexts", COLUMN_SPLIT, contexts), ONE(drg_event, "cameo", COLUMN_TEXT, cameo),
    REAL(drg_event, "goldstein", goldstein, 1), ONE(drg_event, "quad", COLUMN_INT, quad),
    MANY(drg_event, "source", COLUMN_LIST, source, source_count, &actor), MANY(drg_event, "target", COLUMN_LIST, target, target_count, &actor),
    ONE(drg_event, "reciprocal", COLUMN_BOOL, reciprocal), ONE(drg_event, "status", COLUMN_STATUS, status),
    MANY(drg_event, "claimed_by", COLUMN_LIST, claimed_by, claimed_count, &actor), ONE(drg_event, "date", COLUMN_TEXT, date),
    ONE(drg_event, "date_end", COLUMN_TEXT, date_end), ONE(drg_event, "date_basis", COLUMN_TEXT, date_basis),
    INNER(drg_event, "place", COLUMN_POINTER, place, place), ONE(drg_event, "dead", COLUMN_UNSAID, dead),
    ONE(drg_event, "injured", COLUMN_UNSAID, injured), ONE(drg_event, "arrested", COLUMN_UNSAID, arrested),
    ONE(drg_event, "background", COLUMN_BOOL, background), MANY(drg_event, "evidence", COLUMN_LIST, evidence, evidence_count, &evidence),
    ONE(drg_event, "sentence", COLUMN_U32, sentence), ONE(drg_event, "frame", COLUMN_TEXT, frame), ONE(drg_event, "trigger", COLUMN_TEXT, trigger), ONE(drg_event, "entry", COLUMN_TEXT, entry),
    REAL(drg_event, "confidence", confidence, 2), END};
static SHAPE(event, drg_event);

static const column claim_columns[] = {
    ONE(drg_claim, "id", COLUMN_TEXT, id), INNER(drg_claim, "speaker", COLUMN_STRUCT, speaker, actor),
    INNER(drg_claim, "cue", COLUMN_STRUCT, cue, evidence), MANY(drg_claim, "content", COLUMN_LIST, content, content_count, &evidence),
    ONE(drg_claim, "direct", COLUMN_BOOL, direct), ONE(drg_claim, "channel", COLUMN_TEXT, channel), ONE(drg_claim, "act", COLUMN_TEXT, act),
    MANY(drg_claim, "about", COLUMN_LIST, about, about_count, &actor), MANY(drg_claim, "events", COLUMN_EVENTS, events, event_count, NULL), END};
static SHAPE(claim, drg_claim);

static const column undertaking_columns[] = {
    INNER(drg_undertaking, "by", COLUMN_STRUCT, by, actor), INNER(drg_undertaking, "to", COLUMN_STRUCT, to, actor),
    INNER(drg_undertaking, "span", COLUMN_STRUCT, at, evidence), END};
static SHAPE(undertaking, drg_undertaking);

static const column assessment_columns[] = {
    INNER(drg_assessment, "of", COLUMN_STRUCT, of, actor), ONE(drg_assessment, "verdict", COLUMN_TEXT, verdict),
    INNER(drg_assessment, "by", COLUMN_STRUCT, by, actor), INNER(drg_assessment, "span", COLUMN_STRUCT, at, evidence), END};
static SHAPE(assessment, drg_assessment);

static const column agreement_columns[] = {
    ONE(drg_agreement, "id", COLUMN_TEXT, id), ONE(drg_agreement, "name", COLUMN_TEXT, name), ONE(drg_agreement, "kind", COLUMN_TEXT, kind),
    MANY(drg_agreement, "parties", COLUMN_LIST, parties, party_count, &actor),
    MANY(drg_agreement, "signatories", COLUMN_LIST, signatories, signatory_count, &actor),
    ONE(drg_agreement, "stage", COLUMN_TEXT, stage), ONE(drg_agreement, "date", COLUMN_TEXT, date), ONE(drg_agreement, "place", COLUMN_TEXT, place),
    MANY(drg_agreement, "provisions", COLUMN_LIST, provisions, provision_count, &evidence),
    MANY(drg_agreement, "undertakings", COLUMN_LIST, undertakings, undertaking_count, &undertaking),
    MANY(drg_agreement, "assessments", COLUMN_LIST, assessments, assessment_count, &assessment), END};
static SHAPE(agreement, drg_agreement);

static const column problem_columns[] = {
    ONE(drg_problem, "doc", COLUMN_TEXT, doc), ONE(drg_problem, "stage", COLUMN_TEXT, stage), ONE(drg_problem, "code", COLUMN_TEXT, code),
    ONE(drg_problem, "message", COLUMN_TEXT, message), ONE(drg_problem, "offset", COLUMN_U64, offset), END};
static SHAPE(problem, drg_problem);

static const column contradiction_columns[] = {
    ONE(drg_contradiction, "name", COLUMN_TEXT, name), ONE(drg_contradiction, "entity", COLUMN_ENTITY, entity),
    INNER(drg_contradiction, "office", COLUMN_STRUCT, office, evidence), INNER(drg_contradiction, "other", COLUMN_STRUCT, other, evidence), END};
static SHAPE(contradiction, drg_contradiction);

/* ------------------------------------------------------------------ rows of tables */

#define REPORT_COLUMNS                                                                                                        \
    ONE(drg_records, "id", COLUMN_MAYBE, id), ONE(drg_records, "url", COLUMN_TEXT, url), ONE(drg_records, "outlet", COLUMN_TEXT, outlet), \
    ONE(drg_records, "owner", COLUMN_TEXT, owner), ONE(drg_records, "title", COLUMN_TEXT, title), ONE(drg_records, "date", COLUMN_TEXT, date), \
    ONE(drg_records, "byline", COLUMN_TEXT, byline), ONE(drg_records, "lang", COLUMN_TEXT, lang), ONE(drg_records, "words", COLUMN_SIZE, words), \
    MANY(drg_records, "stated_sources", COLUMN_TEXTS, stated_sources, stated_source_count, NULL),                             \
    MANY(drg_records, "credits", COLUMN_TEXTS, credits, credit_count, NULL), ONE(drg_records, "caption", COLUMN_TEXT, caption), \
    MANY(drg_records, "furniture", COLUMN_TEXTS, furniture, furniture_count, NULL),                                           \
    MANY(drg_records, "contradictions", COLUMN_LIST, contradictions, contradiction_count, &contradiction),                    \
    ONE(drg_records, "text", COLUMN_TEXT, text), ONE(drg_records, "side", COLUMN_TEXT, side)

static const column shape_report_row_columns[] = {REPORT_COLUMNS, END};
SHAPE(shape_report_row, drg_records);

static const column shape_records_columns[] = {
    REPORT_COLUMNS, ONE(drg_records, "sketch", COLUMN_BYTES, sketch), MANY(drg_records, "events", COLUMN_LIST, events, event_count, &event),
    MANY(drg_records, "claims", COLUMN_LIST, claims, claim_count, &claim),
    MANY(drg_records, "agreements", COLUMN_LIST, agreements, agreement_count, &agreement),
    MANY(drg_records, "problems", COLUMN_LIST, problems, problem_count, &problem), END};
SHAPE(shape_records, drg_records);

static const column head_columns[] = {ONE(row_head, "report", COLUMN_TEXT, report), ONE(row_head, "report_date", COLUMN_TEXT, date),
                                      ONE(row_head, "outlet", COLUMN_TEXT, outlet), ONE(row_head, "url", COLUMN_TEXT, url), END};
static SHAPE(head, row_head);

static const column shape_event_row_columns[] = {INNER(event_row, "", COLUMN_FLAT, head, head), INNER(event_row, "", COLUMN_FLAT, event, event), END};
SHAPE(shape_event_row, event_row);

static const column telling_columns[] = {ONE(drg_telling, "story", COLUMN_TEXT, story), ONE(drg_telling, "reports", COLUMN_U32, reports),
                                         ONE(drg_telling, "outlets", COLUMN_U32, outlets), ONE(drg_telling, "witnesses", COLUMN_U32, witnesses), END};
static SHAPE(telling, drg_telling);

static const column shape_telling_row_columns[] = {
    INNER(telling_row, "", COLUMN_FLAT, head, head), ONE(telling_row, "title", COLUMN_TEXT, title), ONE(telling_row, "owner", COLUMN_TEXT, owner),
    INNER(telling_row, "", COLUMN_FLAT, telling, telling), INNER(telling_row, "", COLUMN_FLAT, event, event), END};
SHAPE(shape_telling_row, telling_row);

static const column shape_claim_row_columns[] = {INNER(claim_row, "", COLUMN_FLAT, head, head), INNER(claim_row, "", COLUMN_FLAT, claim, claim), END};
SHAPE(shape_claim_row, claim_row);

static const column shape_agreement_row_columns[] = {INNER(agreement_row, "", COLUMN_FLAT, head, head),
                                                     INNER(agreement_row, "", COLUMN_FLAT, agreement, agreement), END};
SHAPE(shape_agreement_row, agreement_row);

static const column shape_problem_row_columns[] = {ONE(problem_row, "report", COLUMN_MAYBE, report),
                                                   INNER(problem_row, "", COLUMN_FLAT, problem, problem), END};
SHAPE(shape_problem_row, problem_row);

static const column shape_actor_row_columns[] = {
    ONE(actor_row, "report", COLUMN_TEXT, report), ONE(actor_row, "event", COLUMN_TEXT, event), ONE(actor_row, "side", COLUMN_TEXT, side),
    ONE(actor_row, "number", COLUMN_U32, number), INNER(actor_row, "", COLUMN_FLAT, actor, actor), END};
SHAPE(shape_actor_row, actor_row);
