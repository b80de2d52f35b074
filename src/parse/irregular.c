// SPDX-License-Identifier: Apache-2.0
/* The model cuts endings as the treebanks taught it; what they hold seldom it cuts wrong:
 *
 *     shot       -> shet     an irregular form: lang/en/irregular.tsv says shoot
 *     shelled    -> shel     one l too few
 *     blockaded  -> blockad  an e too few
 *
 * For the last two the word lists serve as a dictionary: a lemma that no list holds gives way to the
 * same with its last letter doubled, or with an e, if some list holds that. */
#include "parse/irregular.h"

#include "base/table.h"

static u64 key_of(symbol lower, u8 tag) { return (u64)lower << 8 | tag; }

drg_status irregular_open(irregular_forms *forms, knowledge *k, drg_error *error) {
    table file;
    map_open(&forms->lemmas, &k->memory);
    DRG_TRY(table_open(&file, k, "lang/en/irregular.tsv", error));
    while (table_next(&file)) {
        span pos = table_field(&file, "pos");
        u8 tag = span_eq(pos, SPAN("VERB")) ? UPOS_VERB : span_eq(pos, SPAN("NOUN")) ? UPOS_NOUN : span_eq(pos, SPAN("ADJ")) ? UPOS_ADJ : UPOS_COUNT;
        if (tag == UPOS_COUNT) {
            table_complain(&file, "pos is VERB, NOUN or ADJ, not \"%.*s\"", (int)pos.len, pos.ptr);
            continue;
        }
        symbol lemma = symbols_add(&k->words, table_field(&file, "lemma"));
        for (span rest = table_field(&file, "forms"); rest.len > 0;) {
            symbol form = symbols_add(&k->words, span_trim(span_next_field(&rest, ';')));
            if (!map_set(&forms->lemmas, key_of(form, tag), lemma)) {
                return drg_fail(error, DRG_ERROR_MEMORY, "lang/en/irregular.tsv", 0, "out of memory");
            }
        }
    }
    return DRG_OK;
}

symbol irregular_find(const irregular_forms *forms, symbol lower, u8 tag) { return map_find(&forms->lemmas, key_of(lower, tag)); }

symbol irregular_mend(const report *r, symbol lemma) {
    char longer[64];
    span text = symbols_text(&r->words, lemma);
    if (lemma < r->words.parent->count || text.len < 3 || text.len + 1 > sizeof longer) {
        return lemma;
    }
    memcpy(longer, text.ptr, text.len);
    const char endings[2] = {text.ptr[text.len - 1], 'e'};
    for (u32 i = 0; i < 2; i++) {
        longer[text.len] = endings[i];
        symbol known = symbols_find(r->words.parent, (span){longer, text.len + 1});
        if (known != NONE) {
            return known;
        }
    }
    return lemma;
}
