// SPDX-License-Identifier: Apache-2.0
/* What the reports of one event agree on, where they differ, and how the event stands.
 *
 * Value     Of each field the value that most witnesses give (independent owners; a copy is its original's), of equally
 *           many the first in the desk's order.
 * Dispute   Two values of a toll or a day inside one joined event; in one story, at most three days apart: a deed and its
 *           denial with the same category and sides that do not contradict each other; one deed put on two doers; two
 *           offices of one person.  Every voucher is a row, so that the sides can be laid beside each other.
 * Standing  denied, planned      all who tell it deny it, tell it as a plan
 *           contested            a denial or another doer is on the desk
 *           one side             all who vouch speak for one party, and that party took part
 *           independent, single  vouched for by two or more witnesses, by one
 *
 *     Kyiv: "Russia shelled Izium."   Moscow: "We did not shell Izium."   a denial; the ASSAULT is contested */
#include "base/utf8.h"
#include "record/desk.h"

#define DENIAL_DAYS 3

const char *const dispute_names[] = {"dead", "injured", "arrested", "date", "place", "denial", "doer", "office"};
const char *const standing_names[] = {"single", "independent", "one side", "contested", "planned", "denied"};

static symbol number_word(desk *d, i64 n) {
    char text[24];
    int size = snprintf(text, sizeof text, "%lld", (long long)n);
    return n < 0 ? NONE : desk_word(d, (span){text, (size_t)size});
}

static symbol day_word(desk *d, i32 day) {
    char text[16];
    return day == DAY_UNKNOWN ? NONE : desk_word(d, calendar_print(day, text));
}

static symbol value_of(desk *d, const desk_event *e, dispute_field field) {
    switch (field) {
        case DISPUTE_DEAD: return number_word(d, e->dead);
        case DISPUTE_INJURED: return number_word(d, e->injured);
        case DISPUTE_ARRESTED: return number_word(d, e->arrested);
        case DISPUTE_DATE: return e->dated ? day_word(d, e->day) : NONE;
        default: return e->town ? e->place : NONE;
    }
}

static symbol speaker_of(const desk *d, const desk_event *e) {
    for (u32 i = e->first_actor; i < e->end_actor; i++) {
        if (d->actors.items[i].side == DESK_CLAIMER) {
            return d->actors.items[i].name;
        }
    }
    return NONE;
}

/* ------------------------------------------------------------------ the value that most witnesses give */

typedef struct {
    symbol value, witness;
    u32 event;
} vote;

static int compare_vote(const void *a, const void *b) {
    const vote *x = a, *y = b;
    return x->value != y->value       ? (x->value > y->value) - (x->value < y->value)
           : x->witness != y->witness ? (x->witness > y->witness) - (x->witness < y->witness)
                                      : (x->event > y->event) - (x->event < y->event);
}

/* The event whose value wins, NONE without votes; `votes` are sorted on the way. */
static u32 choose(vote *votes, u32 count) {
    u32 best = NONE, most = 0;
    qsort(votes, count, sizeof *votes, compare_vote);
    for (u32 i = 0, end; i < count; i = end) {
        u32 witnesses = 0, first = votes[i].event;
        for (end = i; end < count && votes[end].value == votes[i].value; end++) {
            witnesses += end == i || votes[end].witness != votes[end - 1].witness;
            first = votes[end].event < first ? votes[end].event : first;
        }
        if (witnesses > most || (witnesses == most && first < best)) {
            most = witnesses;
            best = first;
        }
    }
    return best;
}

typedef symbol (*field_reader)(desk *d, const desk_event *e);
static symbol read_cameo(desk *d, const desk_event *e) { (void)d; return e->cameo; }
static symbol read_status(desk *d, const desk_event *e) { (void)d; return e->status; }
static symbol read_place(desk *d, const desk_event *e) { (void)d; return e->place; }
static symbol read_day(desk *d, const desk_event *e) { return day_word(d, e->day); }
static symbol read_dead(desk *d, const desk_event *e) { return value_of(d, e, DISPUTE_DEAD); }
static symbol read_injured(desk *d, const desk_event *e) { return value_of(d, e, DISPUTE_INJURED); }
static symbol read_arrested(desk *d, const desk_event *e) { return value_of(d, e, DISPUTE_ARRESTED); }

static const desk_event *best_supported(desk *d, u32 first, field_reader read, vote *votes) {
    u32 count = 0;
    for (u32 i = first; i != NONE; i = d->events.items[i].next) {
        symbol value = read(d, &d->events.items[i]);
        if (value != NONE) {
            votes[count++] = (vote){value, d->reports.items[d->events.items[i].report].witness, i};
        }
    }
    u32 best = choose(votes, count);
    return &d->events.items[best == NONE ? first : best];
}

/* ------------------------------------------------------------------ counts and standing */

static bool takes_part(const desk *d, u32 first, symbol party) {
    for (u32 i = first; i != NONE; i = d->events.items[i].next) {
        for (u32 k = d->events.items[i].first_actor; k < d->events.items[i].end_actor; k++) {
            if (d->actors.items[k].side != DESK_CLAIMER && d->actors.items[k].code == party) {
                return true;
            }
        }
    }
    return false;
}

/* The one party that `e` is vouched for by, NONE when it is nobody's or several parties' word. */
static symbol party_behind(const desk *d, const desk_event *e) {
    symbol party = NONE;
    for (u32 i = e->first_actor; i < e->end_actor; i++) {
        const desk_actor *a = &d->actors.items[i];
        if (a->side == DESK_CLAIMER) {
            if (a->code == NONE || (party != NONE && party != a->code)) {
                return NONE;
            }
            party = a->code;
        }
    }
    return party != NONE ? party : d->reports.items[d->reports.items[e->report].family].side;
}

static bool is_one_side(const desk *d, u32 first) {
    symbol party = party_behind(d, &d->events.items[first]);
    for (u32 i = first; i != NONE && party != NONE; i = d->events.items[i].next) {
        party = party_behind(d, &d->events.items[i]) == party ? party : NONE;
    }
    return party != NONE && takes_part(d, first, party);
}

/* `room`: symbols for as many as the event has reports. */
static void count_apart(desk *d, desk_joined *j, symbol *room) {
    u32 n = 0;
    j->background = true;
    for (u32 i = j->first; i != NONE; i = d->events.items[i].next) {
        j->background &= d->events.items[i].background;
        room[n++] = d->events.items[i].report;
    }
    j->events = n;
    j->reports = symbols_count_different(room, n);
    for (u32 i = 0; i < n; i++) {
        room[i] = d->reports.items[room[i]].outlet;
    }
    j->outlets = symbols_count_different(room, n);
    n = 0;
    for (u32 i = j->first; i != NONE; i = d->events.items[i].next) {
        room[n++] = d->reports.items[d->events.items[i].report].witness;
    }
    j->witnesses = symbols_count_different(room, n);
}

static void settle(desk *d, u32 first, vote *votes, desk_joined *j) {
    *j = (desk_joined){.first = first};
    count_apart(d, j, (symbol *)votes);
    const desk_event *place = best_supported(d, first, read_place, votes);
    j->place = place->place;
    j->country = place->country;
    j->cameo = best_supported(d, first, read_cameo, votes)->cameo;
    j->status = best_supported(d, first, read_status, votes)->status;
    j->day = best_supported(d, first, read_day, votes)->day;
    j->dead = best_supported(d, first, read_dead, votes)->dead;
    j->injured = best_supported(d, first, read_injured, votes)->injured;
    j->arrested = best_supported(d, first, read_arrested, votes)->arrested;
    j->standing = j->status == DRG_STATUS_PLANNED  ? STANDING_PLANNED
                  : j->status == DRG_STATUS_DENIED ? STANDING_DENIED
                  : is_one_side(d, first)          ? STANDING_ONE_SIDE
                  : j->witnesses > 1               ? STANDING_INDEPENDENT
                                                   : STANDING_SINGLE;
}

/* ------------------------------------------------------------------ disputes */

typedef struct {
    desk *d;
    u32 *joined_of; /* [events.count] index in d->joined of a first event, NONE else */
    u32 number;     /* disputes so far */
    bool failed;
} court;

static void add_row(court *c, u32 event, u32 about, dispute_field field, symbol value) {
    desk_dispute *row = list_push(&c->d->memory, &c->d->disputes);
    c->failed |= row == NULL;
    if (row != NULL) {
        *row = (desk_dispute){c->number, event, about, (u8)field, value, speaker_of(c->d, &c->d->events.items[event])};
    }
}

static void compare_values(court *c, u32 first, dispute_field field) {
    symbol seen = NONE;
    bool differ = false;
    for (u32 i = first; i != NONE; i = c->d->events.items[i].next) {
        symbol value = value_of(c->d, &c->d->events.items[i], field);
        differ |= seen != NONE && value != NONE && value != seen;
        seen = seen == NONE ? value : seen;
    }
    for (u32 i = first; differ && i != NONE; i = c->d->events.items[i].next) {
        symbol value = value_of(c->d, &c->d->events.items[i], field);
        if (value != NONE) {
            add_row(c, i, first, field, value);
        }
    }
    c->number += differ;
}

typedef enum { SIDES_APART, SIDES_AGREE, SIDES_OTHER_DOER } sides_relation;

static bool share_party(const desk *d, const desk_event *a, const desk_event *b, desk_side side, bool *both) {
    bool any_a = false, any_b = false, shared = false;
    for (u32 i = a->first_actor; i < a->end_actor; i++) {
        const desk_actor *x = &d->actors.items[i];
        any_a |= x->side == side && x->code != NONE;
        for (u32 k = b->first_actor; k < b->end_actor && x->side == side && x->code != NONE; k++) {
            shared |= d->actors.items[k].side == side && d->actors.items[k].code == x->code;
        }
    }
    for (u32 k = b->first_actor; k < b->end_actor; k++) {
        any_b |= d->actors.items[k].side == side && d->actors.items[k].code != NONE;
    }
    *both = any_a && any_b;
    return shared;
}

static sides_relation relate(const desk *d, const desk_event *a, const desk_event *b) {
    bool sources, targets;
    bool source = share_party(d, a, b, DESK_SOURCE, &sources), target = share_party(d, a, b, DESK_TARGET, &targets);
    if ((source || target) && (source || !sources) && (target || !targets)) {
        return SIDES_AGREE;
    }
    return target && sources && !source ? SIDES_OTHER_DOER : SIDES_APART;
}

static symbol doer_of(const desk *d, const desk_event *e) {
    for (u32 i = e->first_actor; i < e->end_actor; i++) {
        if (d->actors.items[i].side == DESK_SOURCE) {
            return d->actors.items[i].name;
        }
    }
    return NONE;
}

/* Every event of both sides is a voucher. */
static void lay_beside(court *c, u32 a, u32 b, dispute_field field) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    const u32 both[] = {a, b};
    for (u32 k = 0; k < 2; k++) {
        for (u32 i = both[k]; i != NONE; i = c->d->events.items[i].next) {
            const desk_event *e = &c->d->events.items[i];
            add_row(c, i, a, field, field == DISPUTE_DENIAL ? desk_word(c->d, span_of(statuses[e->status])) : doer_of(c->d, e));
        }
        desk_joined *j = &c->d->joined.items[c->joined_of[both[k]]];
        bool deed = j->standing != STANDING_DENIED && j->standing != STANDING_PLANNED;
        j->standing = deed ? STANDING_CONTESTED : j->standing;
    }
    c->number++;
}

/* Only violence and force are put on somebody in a way that excludes others. */
static bool excludes_others(const desk *d, const desk_event *e) {
    span cameo = symbols_text(&d->words, e->cameo);
    return cameo.len >= 2 && (span_starts(cameo, SPAN("18")) || span_starts(cameo, SPAN("19")) || span_starts(cameo, SPAN("20")));
}

static void compare_pair(court *c, u32 a, u32 b) {
    const desk *d = c->d;
    const desk_event *x = &d->events.items[a], *y = &d->events.items[b];
    bool other_town = x->town && y->town && x->place != y->place;
    bool near = x->day == DAY_UNKNOWN || y->day == DAY_UNKNOWN || (x->day - y->day <= DENIAL_DAYS && y->day - x->day <= DENIAL_DAYS);
    if (x->plover != y->plover || other_town || !near || x->status == DRG_STATUS_PLANNED || y->status == DRG_STATUS_PLANNED) {
        return;
    }
    bool denied = (x->status == DRG_STATUS_DENIED) != (y->status == DRG_STATUS_DENIED);
    sides_relation relation = relate(d, x, y);
    bool same_day = x->day == y->day && x->day != DAY_UNKNOWN;
    if (denied && relation == SIDES_AGREE) {
        lay_beside(c, x->status == DRG_STATUS_DENIED ? b : a, x->status == DRG_STATUS_DENIED ? a : b, DISPUTE_DENIAL);
    } else if (!denied && x->status != DRG_STATUS_DENIED && relation == SIDES_OTHER_DOER && same_day && x->town && y->town &&
               x->report != y->report && excludes_others(d, x) && excludes_others(d, y)) {
        lay_beside(c, a, b, DISPUTE_DOER);
    }
}

/* First events of one story, by (story, category, index). */
typedef struct {
    u32 story, event;
    span plover;
} in_story;

static int compare_in_story(const void *a, const void *b) {
    const in_story *x = a, *y = b;
    int category = span_compare(x->plover, y->plover);
    return x->story != y->story ? (x->story > y->story) - (x->story < y->story)
           : category != 0      ? category
                                : (x->event > y->event) - (x->event < y->event);
}

#define STORY_LOOK 200 /* first events of one category and story looked back at: keeps a giant story linear */

static void compare_stories(court *c, in_story *list) {
    desk *d = c->d;
    u32 count = d->joined.count;
    for (u32 i = 0; i < count; i++) {
        const desk_event *e = &d->events.items[d->joined.items[i].first];
        list[i] = (in_story){d->reports.items[e->report].story, d->joined.items[i].first, symbols_text(&d->words, e->plover)};
        arena_rest(&d->memory);
    }
    c->failed |= !arena_sort(&d->memory, list, count, sizeof *list, compare_in_story);
    for (u32 i = 0; i < count && !c->failed; i++) {
        for (u32 k = i; k > 0 && i - k < STORY_LOOK && list[k - 1].story == list[i].story && span_eq(list[k - 1].plover, list[i].plover); k--) {
            compare_pair(c, list[k - 1].event, list[i].event);
            arena_rest(&d->memory);
        }
    }
}

/* ------------------------------------------------------------------ offices */

typedef struct {
    u32 story, event;
    u32 place; /* among the event's actors */
    span name;
    symbol title;
} held;

static int compare_held(const void *a, const void *b) {
    const held *x = a, *y = b;
    int name = span_compare(x->name, y->name);
    return x->story != y->story   ? (x->story > y->story) - (x->story < y->story)
           : name != 0            ? name
           : x->event != y->event ? (x->event > y->event) - (x->event < y->event)
                                  : (x->place > y->place) - (x->place < y->place);
}

/* A word of `whole` that begins as `word` does: "Minister" and "Ministers". */
static bool has_word(span whole, span word) {
    while (whole.len > 0) {
        span other = span_next_field(&whole, ' ');
        size_t same = 0;
        while (same < word.len && same < other.len && ascii_to_lower(word.ptr[same]) == ascii_to_lower(other.ptr[same])) {
            same++;
        }
        if (same >= 4) {
            return true;
        }
    }
    return false;
}

/* "Defence Minister" and "Chief of Staff" have no word in common, "Defence Minister" and "Foreign Minister" the last, and each
 * one that the other lacks: so neither says less than the other.  "Deputy Foreign Minister" says more than "Foreign Minister". */
static bool is_other_office(const desk *d, symbol a, symbol b) {
    span titles[2] = {symbols_text(&d->words, a), symbols_text(&d->words, b)}, last[2] = {titles[0], titles[1]};
    u32 common[2] = {0, 0}, own[2] = {0, 0};
    for (u32 i = 0; i < 2; i++) {
        for (span rest = titles[i]; rest.len > 0;) {
            last[i] = span_next_field(&rest, ' ');
            bool counts = last[i].len > 3;
            bool shared = counts && has_word(titles[1 - i], last[i]);
            common[i] += shared;
            own[i] += counts && !shared;
        }
    }
    return a != b && own[0] > 0 && own[1] > 0 && (common[0] + common[1] == 0 || has_word(last[0], last[1]));
}

/* An office as it stands before a name; "the ageing commander" is a description. */
static bool is_title(span text) {
    u32 width;
    return text.len > 0 && utf8_is_upper(utf8_decode(text, 0, &width));
}

static u32 list_offices(desk *d, held *list) {
    u32 count = 0;
    for (u32 i = 0; i < d->events.count; i++) {
        const desk_event *e = &d->events.items[i];
        for (u32 k = e->first_actor; k < e->end_actor; k++) {
            const desk_actor *a = &d->actors.items[k];
            span name = a->name == NONE ? SPAN("") : symbols_text(&d->words, a->name);
            if (a->title != NONE && is_title(symbols_text(&d->words, a->title)) && memchr(name.ptr, ' ', name.len) != NULL) {
                list[count++] = (held){d->reports.items[e->report].story, i, k - e->first_actor, name, a->title};
            }
        }
        arena_rest(&d->memory);
    }
    return count;
}

drg_status desk_compare_offices(desk *d) {
    held *list = arena_new(&d->memory, held, (size_t)d->actors.count + 1);
    court c = {.d = d, .number = d->disputes.count > 0 ? d->disputes.items[d->disputes.count - 1].number + 1 : 0};
    if (list == NULL) {
        return DRG_ERROR_MEMORY;
    }
    u32 count = list_offices(d, list);
    c.failed = !arena_sort(&d->memory, list, count, sizeof *list, compare_held);
    for (u32 i = 0, end; i < count && !c.failed; i = end) {
        bool differ = false;
        for (end = i; end < count && list[end].story == list[i].story && span_eq(list[end].name, list[i].name); end++) {
            bool other = d->events.items[list[end].event].report != d->events.items[list[i].event].report;
            differ |= other && is_other_office(d, list[i].title, list[end].title) && is_other_office(d, list[end].title, list[i].title);
        }
        for (u32 k = i; differ && k < end; k++) {
            add_row(&c, list[k].event, d->events.items[list[k].event].joined, DISPUTE_OFFICE, list[k].title);
        }
        c.number += differ;
        arena_rest(&d->memory);
    }
    return c.failed ? DRG_ERROR_MEMORY : DRG_OK;
}

drg_status desk_settle(desk *d) {
    u32 count = d->events.count;
    court c = {.d = d, .joined_of = arena_new(&d->memory, u32, (size_t)count + 1)};
    vote *votes = arena_new(&d->memory, vote, (size_t)count + 1);
    in_story *list = arena_new(&d->memory, in_story, (size_t)count + 1);
    if (c.joined_of == NULL || votes == NULL || list == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < count; i++) {
        c.joined_of[i] = NONE;
        if (d->events.items[i].joined == i) {
            desk_joined *j = list_push(&d->memory, &d->joined);
            if (j == NULL) {
                return DRG_ERROR_MEMORY;
            }
            c.joined_of[i] = d->joined.count - 1;
            settle(d, i, votes, j);
        }
        arena_rest(&d->memory);
    }
    for (u32 i = 0; i < d->joined.count && !c.failed; i++) {
        for (dispute_field field = DISPUTE_DEAD; field <= DISPUTE_PLACE; field++) {
            compare_values(&c, d->joined.items[i].first, field);
        }
        arena_rest(&d->memory);
    }
    compare_stories(&c, list);
    return c.failed ? DRG_ERROR_MEMORY : DRG_OK;
}
