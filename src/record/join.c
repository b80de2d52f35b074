// SPDX-License-Identifier: Apache-2.0
/* One event once.  A report tells the same deed in its lead, again in the body, and once more in
 * the background; these are one event with three evidences.  Two deeds are the same when they have
 * the same category, sides that agree, and neither a date nor a place that says otherwise:
 *
 *     "Iran and Syria signed an accord ... The deal, signed by Tehran and Damascus, ..."
 *
 * Sides agree when one names no actor the other lacks.  A side left out agrees with anything, but
 * then the codes must be alike to the third digit.
 *
 * Deeds that are one share an actor on one side: so each is compared only with the earlier ones of its category that
 * are filed under an actor it has. */
#include "record/join.h"

#include "base/map.h"
#include "parse/labels.h"
#include "when/when.h"

#define CODES_ROOM 32
#define LONG_BEFORE 60 /* days */

typedef struct {
    actor_code codes[CODES_ROOM];
    u32 count;
} code_set;

static void add_code(code_set *set, actor_code code) {
    if (code.primary[0] == '\0' || code.primary[0] == '-' || set->count == CODES_ROOM) {
        return;
    }
    for (u32 i = 0; i < set->count; i++) {
        if (memcmp(set->codes[i].primary, code.primary, 3) == 0 && set->codes[i].sector == code.sector) {
            return;
        }
    }
    set->codes[set->count++] = code;
}

static void add_mention(const report *r, u32 index, code_set *set) {
    const mention *m = &r->mentions.items[index];
    const entity *e = m->entity == NONE ? NULL : &r->entities.items[m->entity];
    if (e != NULL && e->end_member > e->first_member) {
        for (u32 i = e->first_member; i < e->end_member; i++) {
            add_code(set, r->entities.items[r->members.items[i]].code);
        }
        return;
    }
    add_code(set, m->code.primary[0] == '\0' && e != NULL ? e->code : m->code);
}

static code_set codes_of(const report *r, u32 first, u32 end) {
    code_set set = {.count = 0};
    for (u32 i = first; i < end; i++) {
        add_mention(r, r->parties.items[i], &set);
    }
    return set;
}

/* A deed with the codes of its sides; those of a mutual one are all in `source`. */
typedef struct {
    const deed *deed;
    code_set source, target;
} sided;

static sided with_sides(const report *r, const deed *d) {
    sided s = {d, codes_of(r, d->first_source, d->end_source), codes_of(r, d->first_target, d->end_target)};
    for (u32 i = 0; i < s.target.count && d->reciprocal; i++) {
        add_code(&s.source, s.target.codes[i]);
    }
    return s;
}

/* The same actor: same primary, and sectors that do not contradict each other. */
static bool code_agrees(actor_code a, actor_code b) {
    return memcmp(a.primary, b.primary, 3) == 0 && (a.sector == b.sector || a.sector == SECTOR_NONE || b.sector == SECTOR_NONE);
}

static u32 overlap(const code_set *a, const code_set *b) {
    u32 shared = 0;
    for (u32 i = 0; i < a->count; i++) {
        bool found = false;
        for (u32 j = 0; j < b->count && !found; j++) {
            found = code_agrees(a->codes[i], b->codes[j]);
        }
        shared += found;
    }
    return shared;
}

static bool side_agrees(const code_set *a, const code_set *b) {
    return a->count <= b->count ? overlap(a, b) == a->count : overlap(b, a) == b->count;
}

static u32 time_of(const deed *d) { return d->timex != NONE ? d->timex : d->dating == DATING_NARRATIVE ? d->shared : NONE; }

/* Months before the time that is told where `d` stands: "talks", amid the news of Sunday, are not the
 * talks of last November. */
static bool lies_before(const report *r, u32 timex_index, const deed *d) {
    told_time here = r->narrative[report_token(r, r->predicates.items[d->predicate].head)->sentence];
    const timex *t = &r->timexes.items[timex_index];
    bool known = !here.unsure && t->last != INT32_MIN && t->last != INT32_MAX;
    i32 day = here.timex != NONE ? r->timexes.items[here.timex].start : r->about; /* else the news is of the report's time */
    return known && day != INT32_MIN && t->last < day - LONG_BEFORE;
}

/* "over the past years" */
static bool is_over_years(const report *r, const deed *d) {
    const timex *t = d->timex == NONE ? NULL : &r->timexes.items[d->timex];
    return t != NULL && t->grain == GRAIN_VAGUE && report_token(r, t->end - 1)->xpos == XPOS_NNS;
}

/* Told of a length of time: "have signed accords over the past years" is not the accord of Thursday. */
static bool is_lasting(const report *r, const deed *d) { return is_over_years(r, d) || when_lasts(r, r->predicates.items[d->predicate].head); }

static bool is_of_a_day(const report *r, const deed *d) {
    u32 time = time_of(d);
    return time != NONE && r->timexes.items[time].grain == GRAIN_DAY;
}

static bool dates_agree(const report *r, const deed *a, const deed *b) {
    u32 one = time_of(a), other = time_of(b);
    bool apart = a->reciprocal && is_over_years(r, a) != is_over_years(r, b); /* nor is it "the recent accord" */
    if (apart || (is_of_a_day(r, a) && is_lasting(r, b)) || (is_of_a_day(r, b) && is_lasting(r, a))) {
        return false;
    }
    if (one == NONE || other == NONE) {
        return (one == NONE || !lies_before(r, one, b)) && (other == NONE || !lies_before(r, other, a));
    }
    const timex *x = &r->timexes.items[one], *y = &r->timexes.items[other];
    if (x->start == INT32_MIN || y->start == INT32_MIN) {
        return true;
    }
    return x->start <= y->last && y->start <= x->last;
}

static bool places_agree(const report *r, const deed *a, const deed *b) {
    if (a->place == NONE || b->place == NONE) {
        return true;
    }
    const place *x = &r->places.items[a->place], *y = &r->places.items[b->place];
    bool wide = x->kind >= PLACE_REGION || y->kind >= PLACE_REGION;
    return span_eq(x->name, y->name) || wide;
}

static bool same_trigger(const report *r, const deed *a, const deed *b) {
    return r->predicates.items[a->predicate].lemma == r->predicates.items[b->predicate].lemma;
}

/* Whom they carry off (CAMEO 181) are others than those whom they attack, and the attack is another deed. */
static bool is_abduction(span cameo) { return span_starts(cameo, SPAN("181")); }

/* Alike to the third digit, or one of them general ("040" beside "046"), or told by the same word. */
static bool codes_agree(const report *r, const deed *a, const deed *b) {
    span x = symbols_text(&r->words, a->cameo), y = symbols_text(&r->words, b->cameo);
    bool general = x.len < 3 || y.len < 3 || x.ptr[2] == '0' || y.ptr[2] == '0';
    return (general && is_abduction(x) == is_abduction(y)) || span_eq(span_cut(x, 0, 3), span_cut(y, 0, 3)) || same_trigger(r, a, b);
}

/* A named person of the same standing stands for that side in the other deed: "the two presidents spoke" is
 * not the call between their ministers. */
static bool persons_differ(const report *r, u32 first, u32 end, u32 other_first, u32 other_end) {
    for (u32 i = first; i < end; i++) {
        const mention *m = &r->mentions.items[r->parties.items[i]];
        bool named = m->entity != NONE && r->entities.items[m->entity].kind == ENTITY_PERSON && m->kind != MENTION_NOMINAL;
        bool same = false, other = false;
        for (u32 k = other_first; k < other_end && named; k++) {
            const mention *n = &r->mentions.items[r->parties.items[k]];
            bool alike = n->entity != NONE && r->entities.items[n->entity].kind == ENTITY_PERSON && n->kind != MENTION_NOMINAL &&
                         code_agrees(m->code, n->code);
            same |= alike && n->entity == m->entity;
            other |= alike && n->entity != m->entity;
        }
        if (other && !same) {
            return true;
        }
    }
    return false;
}

static bool same_event(const report *r, const sided *one, const sided *other) {
    const deed *a = one->deed, *b = other->deed;
    if (a->plover != b->plover || a->reciprocal != b->reciprocal || !codes_agree(r, a, b) || !dates_agree(r, a, b) ||
        !places_agree(r, a, b)) {
        return false;
    }
    if (a->reciprocal) {
        bool sides = one->source.count > 0 && other->source.count > 0 && side_agrees(&one->source, &other->source);
        return sides && !persons_differ(r, a->first_source, a->end_target, b->first_source, b->end_target);
    }
    if (!side_agrees(&one->source, &other->source) || !side_agrees(&one->target, &other->target)) {
        return false;
    }
    bool left_out = (one->source.count == 0) != (other->source.count == 0) || (one->target.count == 0) != (other->target.count == 0);
    bool nothing_shared = overlap(&one->source, &other->source) + overlap(&one->target, &other->target) == 0;
    return !nothing_shared && (!left_out || a->cameo == b->cameo || same_trigger(r, a, b)) &&
           !persons_differ(r, a->first_source, a->end_target, b->first_source, b->end_target);
}

/* ------------------------------------------------------------------ looking up */

/* A first deed of an event under one of its actors. */
typedef struct {
    u32 lead;  /* leads */
    u32 older; /* the entry before under the same key, or NONE */
} filed;

typedef struct {
    report *r;
    map newest; /* key_of -> filed */
    LIST(filed) entries;
    struct {
        sided *items; /* [room] the latest, in a ring */
        u32 *deeds;   /* [room] */
        u32 count, room;
    } leads;
} finder;

static u64 key_of(const deed *d, actor_code code, u32 side) {
    u64 primary = (u64)(unsigned char)code.primary[0] << 16 | (u64)(unsigned char)code.primary[1] << 8 | (unsigned char)code.primary[2];
    return primary << 16 | (u64)d->plover << 2 | (u64)d->reciprocal << 1 | side;
}

/* The earliest first deed in the window that is the same event, or NONE. */
static u32 find_earlier(const finder *f, const sided *s, u32 index) {
    u32 best = NONE;
    for (u32 side = 0; side < 2; side++) {
        const code_set *set = side == 0 ? &s->source : &s->target;
        for (u32 i = 0; i < set->count; i++) {
            for (u32 at = map_find(&f->newest, key_of(s->deed, set->codes[i], side)); at != NONE; at = f->entries.items[at].older) {
                u32 lead = f->entries.items[at].lead, ring = lead % f->leads.room;
                if (lead + f->leads.room < f->leads.count || f->leads.deeds[ring] + JOIN_WINDOW < index) {
                    break;
                }
                if (f->leads.deeds[ring] < best && same_event(f->r, &f->leads.items[ring], s)) {
                    best = f->leads.deeds[ring];
                }
            }
        }
    }
    return best;
}

static bool file_lead(finder *f, const sided *s, u32 index) {
    u32 lead = f->leads.count++;
    f->leads.items[lead % f->leads.room] = *s;
    f->leads.deeds[lead % f->leads.room] = index;
    for (u32 side = 0; side < 2; side++) {
        const code_set *set = side == 0 ? &s->source : &s->target;
        for (u32 i = 0; i < set->count; i++) {
            u64 key = key_of(s->deed, set->codes[i], side);
            filed *entry = list_push(f->r->memory, &f->entries);
            if (entry == NULL) {
                return false;
            }
            *entry = (filed){lead, map_find(&f->newest, key)};
            if (!map_set(&f->newest, key, f->entries.count - 1)) {
                return false;
            }
        }
    }
    return true;
}

drg_status join_deeds(report *r) {
    finder f = {.r = r};
    arena_mark mark = arena_take_mark(r->memory);
    map_open(&f.newest, r->memory);
    f.leads.room = r->deeds.count < JOIN_WINDOW ? r->deeds.count + 1 : JOIN_WINDOW;
    f.leads.items = arena_new(r->memory, sided, f.leads.room);
    f.leads.deeds = arena_new(r->memory, u32, f.leads.room);
    if (f.leads.items == NULL || f.leads.deeds == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < r->deeds.count; i++) {
        deed *d = &r->deeds.items[i];
        sided s = with_sides(r, d);
        d->same_as = find_earlier(&f, &s, i);
        if (d->same_as == NONE && !file_lead(&f, &s, i)) {
            return DRG_ERROR_MEMORY;
        }
    }
    arena_release(r->memory, mark);
    return DRG_OK;
}
