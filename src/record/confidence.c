// SPDX-License-Identifier: Apache-2.0
/* In: the deeds, when all else about them is known.   Out: how sure each is, and the signs that say so.
 *
 * Weights are whole hundredths of log-odds, and a confidence is a whole percentage: the one nearest to
 * the sum, by a table made when the weights are read: the sum is of whole numbers, whatever the processor. */
#include "record/confidence.h"

#include <math.h>

#include "base/table.h"
#include "who/who.h"

_Static_assert(SIGN_COUNT <= 64, "a deed keeps its signs in 64 bits");

#define SPEAKS 5         /* hundredths of log-odds; a sign that weighs less is no reason */
#define LONG_SENTENCE 45      /* tokens */
#define FAR 12                /* tokens between the trigger and its target */
#define POLITICAL_MENTIONS 20 /* a thousand tokens of a political report have so many, at least */
#define FEW_DEEDS 10          /* a thousand tokens of a report that is hardly about deeds have fewer */
#define VERY_FEW_DEEDS 5
#define GUESS 80 /* percent of the context that speaks for a country */
#define WEAK_GUESS 60

struct confidence_weights {
    i32 weights[SIGN_COUNT];
    i32 odds[101]; /* [percent] least sum of weights for it */
};

static const char *const names[] = {
#define SIGN_NAME(name) #name,
    SIGN_LIST(SIGN_NAME)
#undef SIGN_NAME
};

const char *confidence_sign(u32 sign) { return names[sign]; }

u64 confidence_speaking(const confidence_weights *weights, bool for_it) {
    u64 some = 0;
    for (u32 sign = SIGN_start + 1; sign < SIGN_COUNT; sign++) {
        i32 weight = for_it ? weights->weights[sign] : -weights->weights[sign];
        some |= (u64)(weight >= SPEAKS) << sign;
    }
    return some;
}

drg_status confidence_open(confidence_weights **out, knowledge *k, drg_error *error) {
    table file;
    confidence_weights *w = *out = arena_new(&k->memory, confidence_weights, 1);
    if (w == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "record", 0, "out of memory");
    }
    for (u32 percent = 1; percent < 100; percent++) {
        double share = ((double)percent - 0.5) / 100;
        w->odds[percent] = (i32)lround(100 * log(share / (1 - share)));
    }
    DRG_TRY(table_open(&file, k, "lang/en/record/confidence.tsv", error));
    while (table_next(&file)) {
        u32 sign = 0;
        i32 weight;
        while (sign < SIGN_COUNT && !span_eq(table_field(&file, "sign"), span_of(names[sign]))) {
            sign++;
        }
        if (sign == SIGN_COUNT) {
            table_skip(&file, "sign: no such; src/record/confidence.h lists them");
        } else if (!span_whole_number(table_field(&file, "weight"), &weight)) {
            table_skip(&file, "weight: takes a whole number, hundredths of log-odds");
        } else {
            w->weights[sign] = weight;
        }
    }
    return DRG_OK;
}

/* ------------------------------------------------------------------ the parties */

typedef struct {
    u32 first, end; /* report.parties */
} one_side;

static const mention *first_of(const report *r, one_side s) { return s.first < s.end ? &r->mentions.items[r->parties.items[s.first]] : NULL; }

static bool is_people(const report *r, const mention *m) { return m->entity != NONE && r->entities.items[m->entity].kind == ENTITY_PEOPLE; }

/* A state, its organs, parties, armed groups, bodies of states, whatever the user's lists name. */
static bool is_political(const report *r, u32 mention_index) {
    static const u32 sectors = 1u << SECTOR_GOV | 1u << SECTOR_MIL | 1u << SECTOR_COP | 1u << SECTOR_JUD | 1u << SECTOR_LEG | 1u << SECTOR_OPP |
                               1u << SECTOR_PTY | 1u << SECTOR_REB | 1u << SECTOR_UAF | 1u << SECTOR_SPY | 1u << SECTOR_IGO;
    const mention *m = &r->mentions.items[mention_index];
    u16 role = who_code_of(r, mention_index).sector;
    return role >= SECTOR_OWN || sector_is_in(role, sectors) || (m->entity != NONE && r->entities.items[m->entity].kind == ENTITY_STATE);
}

static bool has_political(const report *r, one_side s) {
    bool found = false;
    for (u32 i = s.first; i < s.end && !found; i++) {
        found = is_political(r, r->parties.items[i]);
    }
    return found;
}

static bool is_inherited(const report *r, const predicate *p, const mention *m) {
    bool found = false;
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &r->arguments.items[i];
        found |= a->head == m->head && a->inherited;
    }
    return found;
}

static u8 share_of(const report *r, u32 party) {
    const mention *m = &r->mentions.items[r->parties.items[party]];
    return m->code.primary[0] == '\0' && m->entity != NONE ? r->entities.items[m->entity].guess : m->guess;
}

/* What speaks for the least sure country of the side, in percent.  In "Syria's air defence" nothing is guessed: somebody
 * beside is surely of the country; nor where the deed was done there. */
static u8 least_share(const report *r, const deed *d, one_side s) {
    const char *there = d->place == NONE ? "" : r->places.items[d->place].country;
    u8 least = 100;
    for (u32 i = s.first; i < s.end; i++) {
        bool sure = there[0] != '\0' && memcmp(who_code_of(r, r->parties.items[i]).primary, there, 3) == 0;
        for (u32 k = s.first; k < s.end; k++) {
            bool same = memcmp(who_code_of(r, r->parties.items[i]).primary, who_code_of(r, r->parties.items[k]).primary, 3) == 0;
            sure |= k != i && same && share_of(r, k) == 0;
        }
        u8 share = share_of(r, i);
        least = !sure && share > 0 && share < least ? share : least;
    }
    return least;
}

/* ------------------------------------------------------------------ the signs */

static u64 bit(u32 sign, bool has) { return (u64)has << sign; }

static u64 signs_of_sides(const report *r, const deed *d) {
    static const u8 of_sides[] = {SIGN_start, SIGN_owner, SIGN_alone, SIGN_half, SIGN_earlier, SIGN_frame_default, SIGN_aside, SIGN_foe, SIGN_ground, SIGN_spoken};
    const predicate *p = &r->predicates.items[d->predicate];
    const one_side source = {d->first_source, d->end_source}, target = {d->first_target, d->end_target};
    const mention *doer = first_of(r, source), *whom = first_of(r, target);
    const u8 of_source = least_share(r, d, source), of_target = least_share(r, d, target), least = of_source < of_target ? of_source : of_target;
    u64 signs = bit(of_sides[d->sides], true) | bit(SIGN_no_source, doer == NULL) | bit(SIGN_guess, least < GUESS && least >= WEAK_GUESS) | bit(SIGN_weak_guess, least < WEAK_GUESS);
    signs |= bit(SIGN_both_political, has_political(r, source) && (d->reciprocal || has_political(r, target)));
    if (doer != NULL) {
        signs |= bit(SIGN_pronoun_source, doer->kind == MENTION_PRONOUN) | bit(SIGN_people_source, is_people(r, doer)) | bit(SIGN_inherited_source, is_inherited(r, p, doer));
    }
    if (whom != NULL) {
        const actor_code code = who_code_of(r, r->parties.items[target.first]);
        const u32 away = whom->head > p->head ? whom->head - p->head : p->head - whom->head;
        signs |= bit(SIGN_stateless_target, code.primary[0] == '\0' || code.primary[0] == '-') | bit(SIGN_pronoun_target, whom->kind == MENTION_PRONOUN) | bit(SIGN_far_target, away >= FAR);
    }
    return signs;
}

static u64 signs_of_clause(const report *r, const deed *d) {
    const predicate *p = &r->predicates.items[d->predicate];
    const token *head = report_token(r, p->head);
    const sentence *s = &r->sentences.items[head->sentence];
    const u32 length = s->end_token - s->first_token, f = p->flags;
    u64 signs = bit(SIGN_tensed, (f & (PREDICATE_PAST | PREDICATE_PERFECT)) && !(f & PREDICATE_PARTICIPLE)) | bit(SIGN_infinitive, f & PREDICATE_INFINITIVE);
    signs |= bit(SIGN_participle, f & PREDICATE_PARTICIPLE) | bit(SIGN_planned, d->status == DRG_STATUS_PLANNED);
    signs |= bit(SIGN_dated, d->timex != NONE && d->dating != DATING_NONE && d->dating != DATING_REPORT);
    return signs | bit(SIGN_long_sentence, length >= LONG_SENTENCE);
}

/* How far the report is about politics, and about deeds. */
static u64 signs_of_report(const report *r) {
    const u64 tokens = r->tokens.count, deeds = (u64)r->deeds.count * 1000;
    u64 political = 0;
    for (u32 i = 0; i < r->mentions.count; i++) {
        political += is_political(r, i);
    }
    return bit(SIGN_start, true) | bit(SIGN_unpolitical_report, political * 1000 < POLITICAL_MENTIONS * tokens) |
           bit(SIGN_few_deeds, deeds < FEW_DEEDS * tokens && deeds >= VERY_FEW_DEEDS * tokens) | bit(SIGN_very_few_deeds, deeds < VERY_FEW_DEEDS * tokens);
}

static float share_at(const confidence_weights *w, u64 signs) {
    i32 sum = 0;
    u32 percent = 0;
    for (u32 sign = 0; sign < SIGN_COUNT; sign++) {
        sum += signs >> sign & 1 ? w->weights[sign] : 0;
    }
    while (percent + 1 < 100 && w->odds[percent + 1] <= sum) {
        percent++;
    }
    return (float)percent / 100;
}

void confidence_rate(const confidence_weights *weights, u32 own_frames, report *r) {
    const u64 shared = signs_of_report(r);
    for (u32 i = 0; i < r->deeds.count; i++) {
        deed *d = &r->deeds.items[i];
        if (d->same_as != NONE) {
            r->deeds.items[d->same_as].signs |= bit(SIGN_told_again, true);
        }
        d->signs |= bit(SIGN_own_verbs, d->frame >= own_frames) | shared | signs_of_sides(r, d) | signs_of_clause(r, d) | bit(SIGN_told_again, d->same_as != NONE);
    }
    for (u32 i = 0; i < r->deeds.count; i++) {
        r->deeds.items[i].confidence = share_at(weights, r->deeds.items[i].signs);
    }
}
