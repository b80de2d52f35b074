// SPDX-License-Identifier: Apache-2.0
/* The columns of rows.h, and of what is read of a report's records: `shape_told` is a part of shape_records. */
#include "join/rows.h"

#define ONE(type, column_name, kind, member) {column_name, kind, offsetof(type, member), 0, NULL, 0}
#define INNER(type, column_name, kind, member, shape) {column_name, kind, offsetof(type, member), 0, &(shape), 0}
#define MANY(type, column_name, kind, member, count, shape) {column_name, kind, offsetof(type, member), offsetof(type, count), shape, 0}
#define END {NULL, COLUMN_TEXT, 0, 0, NULL, 0}
#define SHAPE(name, type) const shape name = {sizeof(type), name##_columns}
#define NUMBER(type, member) ONE(type, #member, COLUMN_U64, member)
#define TEXT(type, member) ONE(type, #member, COLUMN_TEXT, member)
#define DAY(type) ONE(type, "day", COLUMN_INT, day)

/* ------------------------------------------------------------------ of the records */

static const column told_actor_columns[] = {TEXT(drg_actor, code), TEXT(drg_actor, name), TEXT(drg_actor, title), END};
static SHAPE(told_actor, drg_actor);
static const column told_place_columns[] = {TEXT(drg_place, name), TEXT(drg_place, country), TEXT(drg_place, kind), END};
static SHAPE(told_place, drg_place);

static const column told_event_columns[] = {
    TEXT(drg_event, id), TEXT(drg_event, plover), TEXT(drg_event, cameo), TEXT(drg_event, trigger), TEXT(drg_event, date),
    TEXT(drg_event, date_basis), ONE(drg_event, "status", COLUMN_STATUS, status),
    MANY(drg_event, "source", COLUMN_LIST, source, source_count, &told_actor), MANY(drg_event, "target", COLUMN_LIST, target, target_count, &told_actor),
    MANY(drg_event, "claimed_by", COLUMN_LIST, claimed_by, claimed_count, &told_actor), ONE(drg_event, "reciprocal", COLUMN_BOOL, reciprocal),
    INNER(drg_event, "place", COLUMN_POINTER, place, told_place), ONE(drg_event, "dead", COLUMN_UNSAID, dead),
    ONE(drg_event, "injured", COLUMN_UNSAID, injured), ONE(drg_event, "arrested", COLUMN_UNSAID, arrested),
    ONE(drg_event, "background", COLUMN_BOOL, background), END};
static SHAPE(told_event, drg_event);

static const column told_claim_columns[] = {INNER(drg_claim, "speaker", COLUMN_STRUCT, speaker, told_actor), END};
static SHAPE(told_claim, drg_claim);

static const column told_agreement_columns[] = {
    TEXT(drg_agreement, id), TEXT(drg_agreement, name), TEXT(drg_agreement, kind), TEXT(drg_agreement, stage), TEXT(drg_agreement, date),
    TEXT(drg_agreement, place), MANY(drg_agreement, "parties", COLUMN_LIST, parties, party_count, &told_actor), END};
static SHAPE(told_agreement, drg_agreement);

static const column shape_told_columns[] = {
    ONE(drg_records, "id", COLUMN_MAYBE, id), TEXT(drg_records, date), TEXT(drg_records, outlet), TEXT(drg_records, owner), TEXT(drg_records, side),
    ONE(drg_records, "sketch", COLUMN_BYTES, sketch), MANY(drg_records, "stated_sources", COLUMN_TEXTS, stated_sources, stated_source_count, NULL),
    MANY(drg_records, "events", COLUMN_LIST, events, event_count, &told_event),
    MANY(drg_records, "claims", COLUMN_LIST, claims, claim_count, &told_claim),
    MANY(drg_records, "agreements", COLUMN_LIST, agreements, agreement_count, &told_agreement), END};
SHAPE(shape_told, drg_records);

/* ------------------------------------------------------------------ facts */

static const column actor_of_columns[] = {TEXT(fact_actor, code), TEXT(fact_actor, name), TEXT(fact_actor, title),
                                            ONE(fact_actor, "side", COLUMN_U32, side), END};
static SHAPE(actor_of, fact_actor);

static const column event_told_columns[] = {
    TEXT(event_fact, id), TEXT(event_fact, plover), TEXT(event_fact, cameo), TEXT(event_fact, trigger), TEXT(event_fact, place),
    TEXT(event_fact, country), ONE(event_fact, "status", COLUMN_STATUS, status), ONE(event_fact, "town", COLUMN_BOOL, town),
    ONE(event_fact, "reciprocal", COLUMN_BOOL, reciprocal), ONE(event_fact, "background", COLUMN_BOOL, background),
    ONE(event_fact, "dated", COLUMN_BOOL, dated), DAY(event_fact), ONE(event_fact, "dead", COLUMN_UNSAID, dead),
    ONE(event_fact, "injured", COLUMN_UNSAID, injured), ONE(event_fact, "arrested", COLUMN_UNSAID, arrested),
    MANY(event_fact, "actors", COLUMN_LIST, actors, actor_count, &actor_of), END};
static SHAPE(event_told, event_fact);

static const column agreement_told_columns[] = {
    TEXT(agreement_fact, id), TEXT(agreement_fact, name), TEXT(agreement_fact, kind), TEXT(agreement_fact, stage), TEXT(agreement_fact, place),
    TEXT(agreement_fact, date), DAY(agreement_fact), MANY(agreement_fact, "parties", COLUMN_TEXTS, parties, party_count, NULL),
    NUMBER(agreement_fact, key), END};
static SHAPE(agreement_told, agreement_fact);

static const column shape_facts_columns[] = {
    TEXT(facts_row, id), TEXT(facts_row, date), TEXT(facts_row, outlet), TEXT(facts_row, owner), TEXT(facts_row, side),
    ONE(facts_row, "sketch", COLUMN_BYTES, sketch), DAY(facts_row), NUMBER(facts_row, content),
    MANY(facts_row, "sources", COLUMN_TEXTS, sources, source_count, NULL), MANY(facts_row, "media", COLUMN_TEXTS, media, media_count, NULL),
    MANY(facts_row, "events", COLUMN_LIST, events, event_count, &event_told),
    MANY(facts_row, "agreements", COLUMN_LIST, agreements, agreement_count, &agreement_told), END};
SHAPE(shape_facts, facts_row);

/* ------------------------------------------------------------------ copies and stories */

static const column shape_sketch_in_columns[] = {NUMBER(sketch_row, number), ONE(sketch_row, "sketch", COLUMN_BYTES, sketch), END};
SHAPE(shape_sketch_in, sketch_row);
static const column shape_run_columns[] = {NUMBER(run_row, run), NUMBER(run_row, number), END};
SHAPE(shape_run, run_row);
static const column shape_pair_columns[] = {NUMBER(pair_row, a), NUMBER(pair_row, b), ONE(pair_row, "sketch_a", COLUMN_BYTES, sketch_a),
                                            ONE(pair_row, "sketch_b", COLUMN_BYTES, sketch_b), END};
SHAPE(shape_pair, pair_row);
static const column shape_edge_columns[] = {NUMBER(edge_row, a), NUMBER(edge_row, b), END};
SHAPE(shape_edge, edge_row);
static const column shape_first_columns[] = {NUMBER(first_row, number), NUMBER(first_row, first), END};
SHAPE(shape_first, first_row);
static const column shape_word_columns[] = {NUMBER(word_row, word), NUMBER(word_row, number), END};
SHAPE(shape_word, word_row);
static const column spread_columns[] = {NUMBER(word_spread, word), NUMBER(word_spread, reports), END};
static SHAPE(spread, word_spread);
static const column shape_weigh_columns[] = {NUMBER(weigh_row, number), NUMBER(weigh_row, all), ONE(weigh_row, "sketch", COLUMN_BYTES, sketch),
                                             MANY(weigh_row, "spread", COLUMN_LIST, spread, spread_count, &spread), END};
SHAPE(shape_weigh, weigh_row);
static const column shape_weight_columns[] = {NUMBER(weight_row, number), NUMBER(weight_row, norm), ONE(weight_row, "terms", COLUMN_BYTES, terms), END};
SHAPE(shape_weight, weight_row);
static const column shape_compare_columns[] = {NUMBER(compare_row, block), NUMBER(compare_row, cell), NUMBER(compare_row, number),
                                               NUMBER(compare_row, norm), DAY(compare_row), ONE(compare_row, "terms", COLUMN_BYTES, terms), END};
SHAPE(shape_compare, compare_row);
static const column shape_likeness_columns[] = {NUMBER(likeness_row, a), NUMBER(likeness_row, b), NUMBER(likeness_row, likeness), END};
SHAPE(shape_likeness, likeness_row);
static const column shape_link_columns[] = {NUMBER(link_row, block), INNER(link_row, "", COLUMN_FLAT, edge, shape_likeness), END};
SHAPE(shape_link, link_row);

/* ------------------------------------------------------------------ events and agreements */

static const column shape_event_in_columns[] = {
    NUMBER(event_in, block), NUMBER(event_in, event), NUMBER(event_in, report), NUMBER(event_in, story), NUMBER(event_in, joined),
    TEXT(event_in, outlet), TEXT(event_in, witness), ONE(event_in, "speaks_for", COLUMN_TEXT, side), INNER(event_in, "fact", COLUMN_STRUCT, fact, event_told), END};
SHAPE(shape_event_in, event_in);

static const column shape_joined_columns[] = {
    NUMBER(joined_out, event), TEXT(joined_out, plover), TEXT(joined_out, cameo), TEXT(joined_out, status), TEXT(joined_out, standing),
    TEXT(joined_out, date), TEXT(joined_out, place), TEXT(joined_out, country), ONE(joined_out, "dead", COLUMN_UNSAID, dead),
    ONE(joined_out, "injured", COLUMN_UNSAID, injured), ONE(joined_out, "arrested", COLUMN_UNSAID, arrested),
    ONE(joined_out, "background", COLUMN_BOOL, background), NUMBER(joined_out, events), NUMBER(joined_out, reports), NUMBER(joined_out, outlets),
    NUMBER(joined_out, owners), END};
SHAPE(shape_joined, joined_out);

static const column shape_dispute_columns[] = {
    NUMBER(dispute_out, pass), NUMBER(dispute_out, block), NUMBER(dispute_out, turn), ONE(dispute_out, "number", COLUMN_U32, number),
    NUMBER(dispute_out, joined), NUMBER(dispute_out, event), TEXT(dispute_out, field), TEXT(dispute_out, value), TEXT(dispute_out, speaker), END};
SHAPE(shape_dispute, dispute_out);

static const column shape_agreement_in_columns[] = {
    NUMBER(agreement_in, block), NUMBER(agreement_in, agreement), NUMBER(agreement_in, report), NUMBER(agreement_in, story),
    NUMBER(agreement_in, accord), TEXT(agreement_in, witness), TEXT(agreement_in, report_id),
    INNER(agreement_in, "fact", COLUMN_STRUCT, fact, agreement_told), END};
SHAPE(shape_agreement_in, agreement_in);

static const column stage_columns[] = {TEXT(stage_out, stage), TEXT(stage_out, date), TEXT(stage_out, place), TEXT(stage_out, agreement),
                                       TEXT(stage_out, report), END};
static SHAPE(stage, stage_out);
static const column shape_accord_columns[] = {
    NUMBER(accord_out, accord), TEXT(accord_out, id), TEXT(accord_out, name), TEXT(accord_out, kind), TEXT(accord_out, stage),
    TEXT(accord_out, first_date), TEXT(accord_out, last_date), NUMBER(accord_out, reports), NUMBER(accord_out, owners),
    MANY(accord_out, "stages", COLUMN_LIST, stages, stage_count, &stage), END};
SHAPE(shape_accord, accord_out);
