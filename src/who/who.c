// SPDX-License-Identifier: Apache-2.0
/* Who is in the report?  Four passes find mentions, one joins them to entities:
 *
 *     "Iranian Foreign Minister Javad Zarif met Turkish officials. He said the two sides ..."
 *
 *   names     Iranian (adjective, IRN), Turkish (adjective, TUR)
 *   persons   Iranian Foreign Minister Javad Zarif   IRN GOV
 *   nouns     Turkish officials                      TUR GOV
 *   pointers  He, the two sides
 *   chain     He = Javad Zarif; the two sides = Iran and Turkey
 *
 * Every pass is linear in the tokens: look-ups are by hash, climbs and windows are bounded. */
#include "who/who.h"

#include "who/link.h"

#define CLIMB 4 /* heads from a word of a mention to the mention's own */

drg_status who_open(who_tables **out, knowledge *k, where_tables *places, drg_error *error) {
    (void)places;
    *out = arena_new(&k->memory, who_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    (*out)->known = k;
    DRG_TRY(lexicon_open(*out, error));
    return link_open(*out, error);
}

/* All noun phrases and which of them mean the same. */
static drg_status link_phrases(scene *s, drg_error *error) {
    markables *p = s->links = arena_new(s->r->memory, markables, 1);
    if (p == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    DRG_TRY(markable_find(p, s, error));
    DRG_TRY(link_run(p, error));
    for (u32 i = 0; i < p->list.count; i++) {
        const markable *m = &p->list.items[i];
        phrase_in_chain *slot = list_push(s->r->memory, &s->r->phrases);
        if (slot == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
        }
        *slot = (phrase_in_chain){m->first, m->end, m->head, m->chain, m->antecedent};
    }
    return DRG_OK;
}

drg_status who_run(const who_tables *tables, report *r, drg_error *error) {
    scene s;
    r->mention_at = arena_new(r->memory, u32, r->tokens.count + 1);
    if (r->mention_at == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    for (u32 i = 0; i <= r->tokens.count; i++) {
        r->mention_at[i] = NONE;
    }
    DRG_TRY(scene_open(&s, tables, r, error));
    DRG_TRY(item_find(&s, error));
    DRG_TRY(name_find(&s, error));
    DRG_TRY(person_find(&s, error));
    DRG_TRY(nominal_find(&s, error));
    DRG_TRY(name_find_acronyms(&s, error));
    DRG_TRY(refer_find(&s, error));
    DRG_TRY(context_open(&s, error));
    DRG_TRY(scene_sort(&s, error));
    DRG_TRY(speaker_find(&s, error));
    DRG_TRY(link_phrases(&s, error));
    DRG_TRY(chain_run(&s, error));
    link_explain(s.links);
    DRG_TRY(context_publish(&s, error));
    return scene_publish(&s, error);
}

void who_close(who_tables *tables) { (void)tables; /* all of it lies in the knowledge's arena */ }

u32 who_mention_of(const report *r, u32 at_token) {
    if (r->mention_at == NULL || at_token >= r->tokens.count) {
        return NONE;
    }
    u32 at = at_token;
    for (u32 step = 0; step < CLIMB && at < r->tokens.count; step++) {
        u32 found = r->mention_at[at];
        if (found != NONE) {
            const mention *m = &r->mentions.items[found];
            return m->first <= at_token && at_token < m->end ? found : NONE;
        }
        at = report_token(r, at)->head;
    }
    return NONE;
}

actor_code who_code_of(const report *r, u32 mention_index) {
    const mention *m = &r->mentions.items[mention_index];
    return m->code.primary[0] != '\0' || m->entity == NONE ? m->code : r->entities.items[m->entity].code;
}

bool who_is_twin(const report *r, u32 mention_index) {
    const mention *m = &r->mentions.items[mention_index];
    u32 own = r->mention_at != NULL ? r->mention_at[m->head] : NONE;
    return own != NONE && own != mention_index && r->mentions.items[own].first == m->first && r->mentions.items[own].end == m->end;
}

actor_code who_country_at(const report *r, u32 at_token) {
    u32 item = r->sentences.items[report_token(r, at_token)->sentence].item;
    return item < r->countries.count ? r->countries.items[item] : (actor_code){{0}, SECTOR_NONE};
}
