// SPDX-License-Identifier: Apache-2.0
/* The page to read first: what happens to a report, one call a stage.
 *
 *   read    bytes        -> text, blocks (paragraphs apart from captions and furniture), date
 *   text    text         -> sentences, tokens
 *   parse   tokens       -> tags, lemmas, trees, name spans
 *   where   names        -> places with coordinates
 *   who     names, nouns -> mentions, entities, actor codes
 *   when    words        -> dates
 *   what    trees        -> predicates with arguments -> frames -> deeds
 *   said    trees        -> statements; who vouches for each deed, its status
 *   record  deeds        -> events, claims, agreements: the public records
 *
 * Each stage has the same three calls: X_open reads its tables from the knowledge files,
 * X_run fills its arrays of the report, X_close frees what open made. */
#include "pipeline.h"

#include "parse/parse.h"
#include "program_hash.h"
#include "read/read.h"
#include "record/record.h"
#include "said/said.h"
#include "text/text.h"
#include "what/what.h"
#include "when/when.h"
#include "where/where.h"
#include "who/who.h"

#define REPORT_BYTES ((size_t)64 << 20)

void report_open(report *r, const drg_engine *engine, arena *memory, const drg_report *given) {
    arena_reset(memory);
    bool tracing = r->tracing, frames = r->tracing_frames;
    *r = (report){.memory = memory, .given = *given, .least_confidence = engine->least_confidence, .tracing = tracing, .tracing_frames = frames, .day = INT32_MIN, .about = INT32_MIN, .dateline_place = NONE};
    symbols_open(&r->words, &engine->known.words, memory);
}

drg_status pipeline_run(const drg_engine *engine, report *r, stage last, drg_error *error) {
    DRG_TRY(read_run(engine->read, r, error));
    if (r->blocks.count == 0 || last == STAGE_READ) {
        return record_run(engine->record, r, error);
    }
    DRG_TRY(text_run(engine->text, r, error));
    if (last == STAGE_TEXT) {
        return DRG_OK;
    }
    DRG_TRY(parse_run(engine->parse, r, error));
    if (last == STAGE_PARSE) {
        return DRG_OK;
    }
    DRG_TRY(where_run(engine->where, r, error));
    DRG_TRY(who_run(engine->who, r, error));
    DRG_TRY(when_run(engine->when, r, error));
    DRG_TRY(what_run(engine->what, r, error));
    DRG_TRY(said_run(engine->said, engine->what, r, error));
    return record_run(engine->record, r, error);
}

static drg_status open_stages(drg_engine *engine, drg_error *error) {
    knowledge *k = &engine->known;
    DRG_TRY(read_open(&engine->read, k, error));
    DRG_TRY(text_open(&engine->text, k, error));
    DRG_TRY(where_open(&engine->where, k, error));
    DRG_TRY(who_open(&engine->who, k, engine->where, error));
    DRG_TRY(when_open(&engine->when, k, error));
    DRG_TRY(what_open(&engine->what, k, error));
    DRG_TRY(said_open(&engine->said, k, error));
    DRG_TRY(record_open(&engine->record, k, engine->what, error));
    if (engine->least_confidence < DRG_LEAST_CONFIDENCE || engine->least_confidence > DRG_LEAST_CONFIDENCE) {
        knowledge_add_option(k, &engine->least_confidence, sizeof engine->least_confidence);
    }
    snprintf(engine->words_hash, sizeof engine->words_hash, "%016llx", (unsigned long long)k->hash);
    return parse_open(&engine->parse, k, engine->model_hash, error);
}

static drg_status add_lists(knowledge *k, const drg_options *options, drg_error *error) {
    bool fine = true;
    for (size_t i = 0; options != NULL && i < options->actor_count && fine; i++) {
        fine = knowledge_add_own(k, options->actors[i], LIST_ACTORS);
    }
    for (size_t i = 0; options != NULL && i < options->agent_count && fine; i++) {
        fine = knowledge_add_own(k, options->agents[i], LIST_AGENTS);
    }
    for (size_t i = 0; options != NULL && i < options->frame_count && fine; i++) {
        fine = knowledge_add_own(k, options->frames[i], LIST_FRAMES);
    }
    for (size_t i = 0; options != NULL && i < options->verb_count && fine; i++) {
        fine = knowledge_add_own(k, options->verbs[i], LIST_VERBS);
    }
    k->only_own[LIST_ACTORS] = options != NULL && options->only_actors;
    k->only_own[LIST_AGENTS] = options != NULL && options->only_agents;
    k->only_own[LIST_VERBS] = options != NULL && options->only_verbs;
    if ((k->only_own[LIST_VERBS] && options->verb_count == 0) || (k->only_own[LIST_ACTORS] && options->actor_count == 0) || (k->only_own[LIST_AGENTS] && options->agent_count == 0)) {
        return drg_fail(error, DRG_ERROR_USE, "", 0, "only your own lists are to be used, and none is named: add --actors, --agents or --verbs FILE");
    }
    return fine ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, "engine", 0, "out of memory");
}

drg_status drg_engine_open(const drg_options *options, drg_engine **out, drg_error *error) {
    *out = NULL;
    drg_engine *engine = calloc(1, sizeof *engine);
    if (engine == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "engine", 0, "out of memory");
    }
    const char *data = options != NULL && options->data != NULL ? options->data : getenv("DRAGOMAN_DATA");
    engine->report_bytes = options != NULL && options->report_bytes ? options->report_bytes : REPORT_BYTES;
    double least = options != NULL ? options->least_confidence : 0;
    engine->least_confidence = least < 0 || least > 0 ? least : DRG_LEAST_CONFIDENCE;
    drg_status status = least <= 1 ? DRG_OK : drg_fail(error, DRG_ERROR_USE, "--least-confidence", 0, "takes a number from 0 to 1");
    if (status == DRG_OK) {
        status = knowledge_open(&engine->known, data != NULL ? data : DRG_DATA_FOLDER, error);
    }
    if (status == DRG_OK) {
        status = add_lists(&engine->known, options, error);
    }
    if (status == DRG_OK) {
        status = open_stages(engine, error);
    }
    if (status != DRG_OK) {
        drg_engine_close(engine);
        return status;
    }
    *out = engine;
    return DRG_OK;
}

void drg_engine_close(drg_engine *engine) {
    if (engine == NULL) {
        return;
    }
    record_close(engine->record);
    said_close(engine->said);
    what_close(engine->what);
    when_close(engine->when);
    who_close(engine->who);
    where_close(engine->where);
    parse_close(engine->parse);
    text_close(engine->text);
    read_close(engine->read);
    knowledge_close(&engine->known);
    free(engine);
}

drg_text drg_engine_model_hash(const drg_engine *engine) { return span_of(engine->model_hash); }
drg_text drg_engine_words_hash(const drg_engine *engine) { return span_of(engine->words_hash); }

size_t drg_engine_warning_count(const drg_engine *engine) {
    const knowledge *k = &engine->known;
    return knowledge_count_complaints(k, COMPLAINT_WRONG, true) + knowledge_count_complaints(k, COMPLAINT_SKIPPED, true);
}

drg_warning drg_engine_warning(const drg_engine *engine, size_t index) {
    const knowledge *k = &engine->known;
    for (u32 i = 0; i < k->complaints.count; i++) {
        const knowledge_complaint *c = &k->complaints.items[i];
        if (c->kind != COMPLAINT_NOTE && knowledge_is_own(k, c->where.file) && index-- == 0) {
            return (drg_warning){knowledge_file_name(k, c->where.file), c->text, c->where.line, c->kind == COMPLAINT_SKIPPED};
        }
    }
    return (drg_warning){.line = 0};
}

const char *drg_version(void) { return DRG_VERSION; }
const char *drg_program(void) { return DRG_VERSION "+" DRG_PROGRAM_HASH; }

drg_status drg_coder_new(const drg_engine *engine, drg_coder **out, drg_error *error) {
    *out = calloc(1, sizeof **out);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "coder", 0, "out of memory");
    }
    (*out)->engine = engine;
    arena_open(&(*out)->memory, engine->report_bytes);
    return DRG_OK;
}

void drg_coder_free(drg_coder *coder) {
    if (coder != NULL) {
        arena_close(&coder->memory);
        free(coder);
    }
}

drg_status drg_coder_code(drg_coder *coder, const drg_report *given, drg_error *error) {
    report *r = &coder->report;
    report_open(r, coder->engine, &coder->memory, given);
    drg_status status = pipeline_run(coder->engine, r, STAGE_RECORD, error);
    if (status != DRG_ERROR_MEMORY) {
        return status;
    }
    /* A report that outgrows the cap is a bad report, not a failed run. */
    report_open(r, coder->engine, &coder->memory, given);
    read_identify(r);
    report_add_problem(r, STAGE_READ, "too-large", 0, "needs more than the cap of %zu MiB: split the report",
                       coder->engine->report_bytes >> 20);
    return record_run(coder->engine->record, r, error);
}

const drg_records *drg_coder_records(const drg_coder *coder) { return &coder->report.records; }
