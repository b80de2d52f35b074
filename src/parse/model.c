// SPDX-License-Identifier: Apache-2.0
/* Bytes of a model file in, checked tables out: every size is compared with what the shape asks
 * for, so the encoder can trust its indices. */
#include "parse/model.h"

enum { SECTION_LIMIT = 64, SHAPE_NUMBERS = 17 };

typedef struct {
    span bytes;
    const char *name;
    drg_error *error;
    model_section sections[SECTION_LIMIT];
    u32 section_count;
    arena *memory;
    bool broken, full; /* full: memory is out */
} reader;

static drg_status broken(reader *in, const char *what) {
    return drg_fail(in->error, DRG_ERROR_DATA, in->name, 0, "the model is broken (%s): run `make model` or restore the file", what);
}

/* The bytes of a section; `size` SIZE_MAX accepts any. */
static const void *section(reader *in, const char *name, size_t size, size_t *found) {
    char wanted[8] = {0};
    memcpy(wanted, name, strlen(name) < 8 ? strlen(name) : 8);
    for (u32 i = 0; i < in->section_count; i++) {
        const model_section *s = &in->sections[i];
        if (memcmp(s->name, wanted, 8) == 0 && (size == SIZE_MAX || s->size == size)) {
            if (found != NULL) {
                *found = (size_t)s->size;
            }
            return in->bytes.ptr + s->offset;
        }
    }
    in->broken = true;
    return in->bytes.ptr;
}

static bool read_sections(reader *in) {
    u32 head[2];
    if (in->bytes.len < 16 || memcmp(in->bytes.ptr, MODEL_MAGIC, 8) != 0) {
        return false;
    }
    memcpy(head, in->bytes.ptr + 8, sizeof head);
    in->section_count = head[1];
    if (head[0] != MODEL_VERSION || head[1] > SECTION_LIMIT || in->bytes.len < 16 + head[1] * sizeof(model_section)) {
        return false;
    }
    memcpy(in->sections, in->bytes.ptr + 16, head[1] * sizeof(model_section));
    for (u32 i = 0; i < head[1]; i++) {
        const model_section *s = &in->sections[i];
        if (s->offset % 64 != 0 || s->offset > in->bytes.len || s->size > in->bytes.len - s->offset) {
            return false;
        }
    }
    return true;
}

static bool read_shape(reader *in, parse_model *m) {
    u32 n[SHAPE_NUMBERS];
    memcpy(n, section(in, "shape", sizeof n, NULL), in->broken ? 0 : sizeof n);
    if (in->broken) {
        return false;
    }
    model_shape *s = &m->shape;
    *s = (model_shape){.width = n[0], .hidden = n[1], .arc = n[2], .rel = n[3], .rows = n[4], .block_count = n[5], .tags = n[6], .rels = n[7], .embed = n[16]};
    bool good = s->embed > 0 && s->embed % 16 == 0 && s->embed <= s->width && s->width % 16 == 0 && s->width > 0 && s->width <= 256 && s->hidden % 16 == 0 && s->hidden <= 1024 && s->hidden > 0 &&
                s->arc % 16 == 0 && s->arc > 0 && s->arc <= 112 && s->rel % 16 == 0 && s->rel > 0 && s->rel <= 256 &&
                s->rows > FEATURE_COUNT && s->rows < 1u << 24 && s->block_count <= MODEL_BLOCKS && s->tags <= 4096 && s->rels <= 256;
    for (u32 task = 0; task < TAG_COUNT; task++) {
        s->task_count[task] = n[8 + 2 * task];
        s->task_at[task] = n[9 + 2 * task];
        good = good && s->task_count[task] > 0 && s->task_count[task] <= s->tags && s->task_at[task] <= s->tags - s->task_count[task];
    }
    good = good && s->task_count[TAG_UPOS] <= UPOS_COUNT && s->task_count[TAG_XPOS] <= XPOS_COUNT && s->task_count[TAG_FEATS] <= UINT16_MAX &&
           s->task_count[TAG_NAMES] == MODEL_NAME_LABELS;
    const char *blocks = section(in, "blocks", s->block_count, NULL);
    if (!good || in->broken) {
        return false;
    }
    memcpy(m->blocks, blocks, s->block_count);
    return true;
}

static matrix read_matrix(reader *in, const char *name, u32 inner, u32 out) {
    u32 head[4];
    size_t weights = (size_t)inner * out;
    const char *bytes = section(in, name, sizeof head + out * (sizeof(i32) + sizeof(u16)) + weights, NULL);
    i16 *w = in->broken ? NULL : arena_new(in->memory, i16, weights);
    if (w == NULL) {
        in->full |= !in->broken;
        return (matrix){0};
    }
    memcpy(head, bytes, sizeof head);
    const i32 *bias = (const i32 *)(const void *)(bytes + sizeof head);
    const u16 *scales = (const u16 *)(const void *)(bias + out);
    const i8 *packed = (const i8 *)(scales + out);
    in->broken = head[0] != inner || head[1] != out || head[2] < 4 || head[2] > 15;
    for (u32 n = 0; n < out; n++) {
        in->broken = in->broken || scales[n] > MATRIX_SCALE_LIMIT;
    }
    for (size_t i = 0; i < weights && !in->broken; i++) {
        w[i] = (i16)(packed[i] * scales[i / 2 % out]);
    }
    return (matrix){inner, out, head[2], w, bias};
}

/* Sections `name` and a letter: v vectors, q query, k root key, d distances. */
static arc_weights read_arcs(reader *in, const model_shape *s, const char *name, u32 vectors) {
    char part[4][16];
    for (u32 i = 0; i < 4; i++) {
        snprintf(part[i], sizeof part[i], "%.8s%c", name, "vqkd"[i]);
    }
    return (arc_weights){.vectors = read_matrix(in, part[0], s->width, vectors),
                         .query = read_matrix(in, part[1], s->arc, s->arc),
                         .root = section(in, part[2], s->arc * sizeof(i16), NULL),
                         .distance = section(in, part[3], MODEL_DISTANCES * sizeof(i32), NULL)};
}

static void read_network(reader *in, parse_model *m) {
    const model_shape *s = &m->shape;
    char name[16];
    for (u32 b = 0; b < s->block_count && !in->broken; b++) {
        bool conv = m->blocks[b] == 'c' || m->blocks[b] == 't';
        in->broken = !conv && m->blocks[b] != 'q';
        snprintf(name, sizeof name, "block%ua", b % 100);
        m->block[b][0] = read_matrix(in, name, conv ? 3 * s->width : s->width, conv ? s->hidden : 2 * s->width);
        snprintf(name, sizeof name, "block%ub", b % 100);
        if (conv) {
            m->block[b][1] = read_matrix(in, name, s->hidden, s->width);
        }
        if (m->blocks[b] == 't') {
            snprintf(name, sizeof name, "first%u", b % 100);
            m->first[b] = read_arcs(in, s, name, 2 * s->arc);
        }
    }
    m->tag = read_matrix(in, "tag", s->width, s->tags);
    m->arcs = read_arcs(in, s, "tree", 2 * s->arc + 2 * s->rel);
    m->relation = read_matrix(in, "relation", s->rel, s->rels);
    m->names.hidden = read_matrix(in, "nameh", s->width, NAME_HIDDEN);
    m->names.out = read_matrix(in, "nameo", NAME_HIDDEN, NAME_COLUMNS);
    m->names.marks = section(in, "namemark", NAME_MARKS * MARK_COUNT * NAME_HIDDEN * sizeof(i32), NULL);
    m->names.steps = section(in, "namestep", MODEL_NAME_LABELS * MODEL_NAME_LABELS * sizeof(i32), NULL);
    m->root_relation = section(in, "rootrel", s->rel * sizeof(i16), NULL);
    m->embed = section(in, "embed", (size_t)s->rows * s->embed, NULL);
    m->shifts = section(in, "shifts", s->rows, NULL);
    m->gate = section(in, "gate", MODEL_GATES * sizeof(i16), NULL);
    for (u32 i = 0; i < NAME_MARKS * MARK_COUNT * NAME_HIDDEN && !in->broken; i++) {
        in->broken = m->names.marks[i] < -NAME_MARK_LIMIT || m->names.marks[i] > NAME_MARK_LIMIT;
    }
    for (u32 row = 0; row < s->rows && !in->broken; row++) {
        in->broken = m->shifts[row] > FIXED_STREAM;
    }
}

/* Splits a section of lines; NULL when there are not exactly `count`. */
static span *read_lines(reader *in, const char *name, u32 count, arena *memory) {
    size_t size = 0;
    const char *bytes = section(in, name, SIZE_MAX, &size);
    span *lines = arena_new(memory, span, count + 1u), rest = {bytes, in->broken ? 0 : size};
    if (lines == NULL) {
        return NULL;
    }
    u32 at = 0;
    while (rest.len > 0 && at <= count) {
        lines[at < count ? at : 0] = span_next_field(&rest, '\n');
        at++;
    }
    in->broken = in->broken || at != count;
    return lines;
}

/* The network's tags must be this program's, in its order; relations are mapped by name. */
static bool read_labels(reader *in, parse_model *m, arena *memory) {
    const model_shape *s = &m->shape;
    span *upos_lines = read_lines(in, "upos", s->task_count[TAG_UPOS], memory);
    span *xpos_lines = read_lines(in, "xpos", s->task_count[TAG_XPOS], memory);
    m->feats = read_lines(in, "feats", s->task_count[TAG_FEATS], memory);
    u32 known = s->rels < DEPREL_COUNT ? s->rels : DEPREL_COUNT;
    size_t size = 0;
    const char *bytes = section(in, "deprels", SIZE_MAX, &size);
    m->deprels = arena_new(memory, u8, s->rels);
    if (!upos_lines || !xpos_lines || !m->feats || !m->deprels) {
        return false;
    }
    for (u32 i = 0; i < s->task_count[TAG_UPOS] && !in->broken; i++) {
        in->broken = upos_find(upos_lines[i]) != i;
    }
    for (u32 i = 0; i < s->task_count[TAG_XPOS] && !in->broken; i++) {
        in->broken = xpos_find(xpos_lines[i]) != i;
    }
    span rest = {bytes, in->broken ? 0 : size};
    u32 count = 0;
    m->root_output = NONE;
    for (; rest.len > 0 && count < known; count++) {
        u32 found = deprel_find(span_next_field(&rest, '\n'));
        in->broken = in->broken || found == NONE;
        m->deprels[count] = (u8)found;
        m->root_output = found == DEPREL_root ? count : m->root_output;
    }
    m->shape.rels = count; /* outputs in use; the matrix keeps its padded width */
    in->broken = in->broken || m->root_output == NONE || count < 2;
    return true;
}

static bool read_lemmas(reader *in, parse_model *m, arena *memory) {
    size_t keys = 0, scripts = 0;
    lemma_table *t = &m->lemmas;
    t->keys = section(in, "lemkeys", SIZE_MAX, &keys);
    t->count = (u32)(keys / sizeof(u32));
    t->values = section(in, "lemvals", keys, NULL);
    t->scripts = section(in, "lemmas", SIZE_MAX, &scripts);
    t->script_count = (u32)(scripts / sizeof(lemma_script));
    for (u32 i = 0; i < t->count && !in->broken; i++) {
        in->broken = t->values[i] >= t->script_count;
    }
    for (u32 i = 0; i < t->script_count && !in->broken; i++) {
        in->broken = t->scripts[i].size > sizeof t->scripts[i].append;
    }
    if (in->broken) {
        t->count = 0;
    }
    return lemma_table_open(t, memory);
}

drg_status model_read(parse_model *m, span bytes, arena *memory, const char *name, drg_error *error) {
    reader in = {.bytes = bytes, .name = name, .error = error, .memory = memory};
    m->bytes = bytes;
    m->arithmetic = kernel_best();
    if (!read_sections(&in)) {
        return broken(&in, "header");
    }
    if (!read_shape(&in, m)) {
        return broken(&in, "shape");
    }
    read_network(&in, m);
    if (in.full) {
        return drg_fail(error, DRG_ERROR_MEMORY, name, 0, "out of memory");
    }
    if (in.broken) {
        return broken(&in, "network");
    }
    if (!read_labels(&in, m, memory) || !read_lemmas(&in, m, memory)) {
        return drg_fail(error, DRG_ERROR_MEMORY, name, 0, "out of memory");
    }
    u32 key_count = m->shape.rows - FEATURE_COUNT;
    const u32 *keys = section(&in, "keys", key_count * sizeof(u32), NULL);
    if (in.broken) {
        return broken(&in, "tables");
    }
    return feature_table_open(&m->features, keys, key_count, memory) ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, name, 0, "out of memory");
}
