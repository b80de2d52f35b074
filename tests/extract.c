// SPDX-License-Identifier: Apache-2.0
/* In: pages or texts, by path.   Out: one JSON line a report, {"id": file name, "text": running text},
 * for the scorer of extraction, or with --blocks every block with its kind, for the eye.
 *
 *     DRAGOMAN_DATA=. build/tests/extract [--blocks] PATH... */
#include "pipeline.h"
#include "read/charset.h"
#include "read/page.h"
#include "read/source.h"

static void print_json(span text) {
    putchar('"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\') {
            printf("\\%c", c);
        } else if (c < 0x20) {
            printf("\\u%04x", c);
        } else {
            putchar(c);
        }
    }
    putchar('"');
}

static span file_stem(span path) {
    for (size_t i = path.len; i > 0; i--) {
        if (path.ptr[i - 1] == '/') {
            path = span_cut(path, i, path.len);
            break;
        }
    }
    span rest = path;
    return span_next_field(&rest, '.');
}

static void print_text(const report *r, span path) {
    static char joined[1 << 22];
    size_t len = 0;
    for (u32 i = 0; i < r->blocks.count; i++) {
        span text = report_cut(r, r->blocks.items[i].text);
        if (r->blocks.items[i].kind <= BLOCK_HEADING && len + text.len + 2 < sizeof joined) {
            memcpy(joined + len, text.ptr, text.len);
            len += text.len;
            joined[len++] = '\n';
        }
    }
    printf("{\"id\": ");
    print_json(file_stem(path));
    printf(", \"text\": ");
    print_json((span){joined, len});
    printf("}\n");
}

static void print_blocks(const report *r, span path) {
    static const char *const kinds[] = {"paragraph", "heading", "caption", "credit", "furniture"};
    printf("== %.*s\n", (int)path.len, path.ptr);
    const struct {
        const char *name;
        span value;
    } fields[] = {{"id", r->id},       {"url", r->url},   {"outlet", r->outlet},
                  {"title", r->title}, {"date", r->date}, {"byline", r->byline}, {"lang", r->lang}};
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        printf("%-9s %.*s\n", fields[i].name, (int)fields[i].value.len, fields[i].value.ptr);
    }
    for (u32 i = 0; i < r->stated_sources.count; i++) {
        printf("stated    %.*s\n", (int)r->stated_sources.items[i].len, r->stated_sources.items[i].ptr);
    }
    for (u32 i = 0; i < r->blocks.count; i++) {
        span text = report_cut(r, r->blocks.items[i].text);
        printf("%-9s %.*s\n", kinds[r->blocks.items[i].kind], (int)text.len, text.ptr);
    }
    for (u32 i = 0; i < r->problems.count; i++) {
        printf("problem   %s %s\n", r->problems.items[i].code.ptr, r->problems.items[i].message.ptr);
    }
}

int main(int count, char **arguments) {
    bool blocks = count > 1 && strcmp(arguments[1], "--blocks") == 0;
    drg_error error = {0};
    drg_engine *engine;
    drg_coder *coder;
    source *s;
    int skip = blocks ? 2 : 1;
    if (count <= skip || drg_engine_open(NULL, &engine, &error) != DRG_OK ||
        drg_coder_new(engine, &coder, &error) != DRG_OK ||
        source_open(&s, (const char *const *)arguments + skip, (size_t)(count - skip), SOURCE_AUTO, &error) != DRG_OK) {
        fprintf(stderr, "extract: %s\nusage: extract [--blocks] PATH...\n", error.message);
        return 2;
    }
    source_item item;
    source_item_open(&item);
    while (source_next(s, &item) != SOURCE_END) {
        if (item.what == SOURCE_PROBLEM) {
            printf("problem %s: %s %s at %llu\n", item.input.ptr, item.problem.code.ptr, item.problem.message.ptr,
                   (unsigned long long)item.problem.offset);
            continue;
        }
        report_open(&coder->report, engine, &coder->memory, &item.report);
        if (!blocks && item.report.html.len > 0) { /* whatever the language */
            page *p = arena_new(&coder->memory, page, 1);
            span html = charset_page(&coder->memory, item.report.html);
            if (!page_parse(engine->read, &coder->memory, html, p)) {
                continue;
            }
            page_describe(p, &coder->report);
            page_choose(engine->read, p, &coder->report);
        } else if (read_run(engine->read, &coder->report, &error) != DRG_OK) {
            fprintf(stderr, "extract: %s\n", error.message);
        }
        (blocks ? print_blocks : print_text)(&coder->report, item.input);
    }
    source_item_close(&item);
    source_close(s);
    drg_coder_free(coder);
    drg_engine_close(engine);
    return 0;
}
