// SPDX-License-Identifier: Apache-2.0
/* In: tokens and trees.  Out: r->timexes, each with its first and last day.
 *
 *   read    what classes each token belongs to           lexicon.c
 *   find    patterns of classes, longest first           grammar.c
 *   choose  drop "May" the minister, "2000 soldiers"     here
 *   date    from the report's day and the story so far   resolve.c
 *   bound   "since", "until", "between ... and"          here
 *
 * Worked: in a report of 9 July 2020, "They met on Friday and signed two days later; the first
 * accord was reached in May" gives 2020-07-03, 2020-07-05 and 2020-05. */
#include "when/when.h"

#include "parse/labels.h"

#include "base/calendar.h"
#include "when/resolve.h"

#define CLIMB 12  /* steps from a date up to its verb */
#define DATELINE 8 /* tokens in which a dateline's day stands */
#define WINDOW 30 /* tokens in which the verb's auxiliaries stand */

struct when_tables {
    when_lexicon lexicon;
    when_grammar grammar;
};

drg_status when_open(when_tables **out, knowledge *k, drg_error *error) {
    *out = arena_new(&k->memory, when_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "when", 0, "out of memory");
    }
    DRG_TRY(when_lexicon_open(&(*out)->lexicon, k, error));
    return when_grammar_open(&(*out)->grammar, &(*out)->lexicon, k, error);
}

void when_close(when_tables *tables) { (void)tables; /* all of it lies in the knowledge arena */ }

/* ------------------------------------------------------------------ choose */

static bool is_class(const when_token *t, u64 classes) { return (t->classes & classes) != 0; }

/* "2000 soldiers" counts, "the 2015 agreement" and "in 2015" date. */
static bool is_year(const report *r, const when_token *tokens, const when_expression *x) {
    u32 first = r->sentences.items[r->tokens.items[x->first].sentence].first_token;
    u32 end = r->sentences.items[r->tokens.items[x->first].sentence].end_token;
    i32 year = when_caught(x, WHEN_YEAR);
    const token *next = x->end < end ? report_token(r, x->end) : NULL;
    const token *before = x->first > first ? report_token(r, x->first - 1) : NULL;
    bool led = before != NULL && is_class(&tokens[x->first - 1], WHEN_BIT(INSIDE));
    u32 title = before != NULL && before->upos == UPOS_PUNCT && x->first > first + 1 ? x->first - 2 : x->first - 1;
    bool named = before != NULL && is_class(&tokens[title], WHEN_BIT(LAW)); /* "the Customs Act, 1956" */
    if (before != NULL && (before->upos == UPOS_SYM || before->upos == UPOS_NUM || named)) {
        return false;
    }
    span form = next != NULL ? report_form(r, x->end) : SPAN("");
    bool counts = next != NULL && next->upos == UPOS_NOUN && form.len > 1 && form.ptr[form.len - 1] == 's';
    bool counted = next != NULL && (next->upos == UPOS_SYM || (next->upos == UPOS_NOUN && form.len <= 2) || counts);
    bool determined = before != NULL && (before->upos == UPOS_DET || before->deprel == DEPREL_nmod_poss);
    if (counted && !determined) {
        return false;
    }
    bool apart = next == NULL || (next->upos != UPOS_NOUN && next->upos != UPOS_ADJ && next->upos != UPOS_PROPN);
    return year >= 1900 && year <= 2099 ? true : led && apart;
}

/* Whether a lone month, weekday or season is one: "in May", not "Mrs May", "Arab Spring". */
static bool is_lone_word(const report *r, const when_token *tokens, const when_expression *x) {
    const token *t = report_token(r, x->first);
    bool adverbial = t->deprel == DEPREL_obl || t->deprel == DEPREL_obl_unmarked || t->deprel == DEPREL_nmod_unmarked || t->deprel == DEPREL_nmod_poss;
    if ((t->name == NAME_PER || t->name == NAME_ORG) && !(adverbial && x->has & WHEN_BIT(WEEKDAY))) {
        return false; /* "Sheffield Wednesday"; but "met in Algiers Thursday", whatever the names say */
    }
    bool first_of_sentence = r->sentences.items[t->sentence].first_token == x->first;
    bool led = !first_of_sentence && is_class(&tokens[x->first - 1], WHEN_BIT(INSIDE) | WHEN_BIT(SHIFT));
    if (x->has & WHEN_BIT(SEASON)) {
        bool named = !first_of_sentence && report_token(r, x->first - 1)->upos == UPOS_PROPN;
        return t->upos != UPOS_VERB && !named;
    }
    return !is_class(&tokens[x->first], WHEN_BIT(UNSURE)) || led || (!first_of_sentence && t->upos == UPOS_PROPN && t->name == NAME_NONE);
}

static bool is_time(const report *r, const when_token *tokens, const when_expression *x) {
    u64 dated = WHEN_BIT(MONTH) | WHEN_BIT(DAY) | WHEN_BIT(ERA) | WHEN_BIT(WEEKDAY);
    if (x->has == WHEN_BIT(YEAR) && is_class(&tokens[x->end - 1], WHEN_BIT(YEAR))) {
        when_expression year = *x; /* "more than 1600 civilians" */
        year.first = x->end - 1;
        return is_year(r, tokens, &year);
    }
    bool followed = x->end < r->tokens.count && r->tokens.items[x->end].sentence == r->tokens.items[x->first].sentence;
    u8 next = followed ? r->tokens.items[x->end].upos : UPOS_PUNCT;
    if (x->meaning == MEANING_monthday && (next == UPOS_NOUN || next == UPOS_PROPN || next == UPOS_ADJ)) {
        return false; /* "the 24th Infantry Division" */
    }
    if (x->meaning == MEANING_holiday && next == UPOS_NOUN && r->tokens.items[x->end - 1].deprel == DEPREL_compound) {
        return false; /* "a Christmas market" */
    }
    bool first = x->first == r->sentences.items[r->tokens.items[x->first].sentence].first_token;
    bool part_of_name = x->meaning == MEANING_holiday || (x->end == x->first + 1 && (x->has == WHEN_BIT(DAYPART) || is_class(&tokens[x->first], WHEN_BIT(UNSURE))));
    if (part_of_name && !first && report_token(r, x->first)->upos == UPOS_PROPN && report_token(r, x->first - 1)->upos == UPOS_PROPN) {
        return false; /* "Operation Ramadan", "Operation Dawn", "the Ice March" */
    }
    if (x->meaning == MEANING_often && x->end == x->first + 1 && report_token(r, x->first)->upos == UPOS_PROPN) {
        return false; /* "the Nile Daily" */
    }
    u64 lone = WHEN_BIT(MONTH) | WHEN_BIT(WEEKDAY) | WHEN_BIT(SEASON);
    if (x->end == x->first + 1 && (x->has & lone) && (x->has & ~lone) == 0) {
        return is_lone_word(r, tokens, x);
    }
    bool unsure = x->meaning == MEANING_date && is_class(&tokens[x->first], WHEN_BIT(UNSURE)) && !(x->has & (dated & ~WHEN_BIT(MONTH)));
    return !unsure || (x->has & WHEN_BIT(YEAR));
}

/* ------------------------------------------------------------------ date */

/* The verb over `at`, or the last token on the way up; `planned` when a plan is met on the way. */
static u32 verb_over(const report *r, const when_token *tokens, u32 at, bool *planned) {
    for (u32 steps = 0; steps < CLIMB && r->tokens.items[at].head != NONE; steps++) {
        at = r->tokens.items[at].head;
        u8 tag = r->tokens.items[at].upos;
        *planned = *planned || ((tag == UPOS_VERB || tag == UPOS_NOUN) && is_class(&tokens[at], WHEN_BIT(PLANNED)));
        if (tag == UPOS_VERB) {
            break;
        }
    }
    return at;
}

enum { HAPPEN_SAID = 1, HAPPEN_SCHEDULED };

/* "leaves for Chad on Saturday": what the present puts on a day is still to come. */
static bool is_scheduled(const when_lexicon *lexicon, const report *r, const when_token *tokens, u32 at, u32 verb) {
    u32 head = r->tokens.items[at].head;
    bool own = head == verb || (head != NONE && r->tokens.items[head].head == verb && r->tokens.items[head].upos != UPOS_NOUN);
    if (!own || r->tokens.items[verb].xpos != XPOS_VBZ || !is_class(&tokens[verb], WHEN_BIT(HAPPEN))) {
        return false;
    }
    bool heading = r->blocks.items[r->sentences.items[r->tokens.items[at].sentence].block].kind == BLOCK_HEADING;
    return !heading && when_value(lexicon, &tokens[verb], WHEN_HAPPEN) == HAPPEN_SCHEDULED;
}

/* Whether the verb over `at` lies in the future: "will meet on Friday", "is to meet on Friday", "is due to open in May",
 * "offered to receive them on Friday". */
static bool lies_ahead(const when_lexicon *lexicon, const report *r, const when_token *tokens, u32 at) {
    const sentence *s = &r->sentences.items[r->tokens.items[at].sentence];
    bool planned = false, infinitive = false, present = false;
    u32 verb = verb_over(r, tokens, at, &planned);
    planned = planned || is_scheduled(lexicon, r, tokens, at, verb);
    u32 from = verb > s->first_token + WINDOW ? verb - WINDOW : s->first_token;
    u32 to = verb + WINDOW < s->end_token ? verb + WINDOW : s->end_token;
    for (u32 i = from; i < to && !planned; i++) {
        bool child = r->tokens.items[i].head == verb;
        bool noun = r->tokens.items[i].upos == UPOS_NOUN; /* "went ahead with its plans on Wednesday" */
        planned = child && !noun && is_class(&tokens[i], WHEN_BIT(FUTURE) | WHEN_BIT(PLANNED));
        infinitive = infinitive || (child && r->tokens.items[i].upos == UPOS_PART && r->tokens.items[i].deprel == DEPREL_mark);
        u8 tense = r->tokens.items[i].xpos;
        present = present || (child && r->tokens.items[i].upos == UPOS_AUX && (tense == XPOS_VBZ || tense == XPOS_VBP));
    }
    u32 over = r->tokens.items[verb].head;
    u64 governor = over != NONE ? when_classes_of(lexicon, r->tokens.items[over].lemma) : 0;
    return planned || (infinitive && (present || governor & (WHEN_BIT(WILLING) | WHEN_BIT(PLANNED))));
}

static bool is_full_date(const when_expression *x) {
    u64 full = WHEN_BIT(MONTH) | WHEN_BIT(DAY) | WHEN_BIT(YEAR);
    return x->meaning == MEANING_numeric || (x->meaning == MEANING_date && (x->has & full) == full);
}

/* The day of the report: as given, else the full date of the first sentences, else the latest
 * full date told. */
static i32 find_day(const when_context *context, const report *r, const when_expressions *found) {
    i32 latest = DAY_UNKNOWN;
    for (u32 i = 0; i < found->count && r->day == DAY_UNKNOWN; i++) {
        if (is_full_date(&found->items[i])) {
            timex t = when_resolve(context, &found->items[i]);
            if (t.grain == GRAIN_DAY && r->tokens.items[t.first].sentence < 3) {
                return t.start;
            }
            latest = t.grain == GRAIN_DAY && t.start > latest ? t.start : latest;
        }
    }
    return r->day != DAY_UNKNOWN ? r->day : latest;
}

/* A report dated "2022-07" or "2022": expressions count from its middle, and what they come to is
 * cut to its month or year, for nobody knows which Friday "on Friday" is. */
static i32 middle_of_partial(span date, u8 *cut) {
    char whole[16] = "2000-07-15";
    if (date.len != 7 && date.len != 4) {
        return DAY_UNKNOWN;
    }
    memcpy(whole, date.ptr, date.len);
    *cut = date.len == 7 ? GRAIN_MONTH : GRAIN_YEAR;
    return calendar_parse_iso((span){whole, 10});
}

static timex cut_to(u8 cut, const when_expression *x, timex t) {
    bool relative = x->meaning != MEANING_date && x->meaning != MEANING_numeric && x->meaning != MEANING_holiday;
    bool fine = t.grain == GRAIN_DAY || t.grain == GRAIN_WEEK || t.grain == GRAIN_INTERVAL;
    if (!relative || !fine || t.duration || t.start == DAY_UNKNOWN || t.last == INT32_MAX || t.last - t.start > 31) {
        return t;
    }
    calendar_date d = calendar_date_of(t.start);
    t.start = calendar_day(d.year, cut == GRAIN_MONTH ? d.month : 1, 1);
    t.last = cut == GRAIN_MONTH ? calendar_day(d.year, d.month + 1, 1) - 1 : calendar_day(d.year + 1, 1, 1) - 1;
    t.grain = cut;
    return t;
}

/* A history: five years or more are named, and most lie three or more before the report.  Where
 * years are many, a few "today" in quotations do not matter; where they are few, all must be old. */
static bool is_historic(const report *r, const when_expressions *found) {
    u32 old = 0, all = 0;
    i32 now = r->day != DAY_UNKNOWN ? calendar_date_of(r->day).year : 0;
    for (u32 i = 0; i < found->count; i++) {
        const when_expression *x = &found->items[i];
        all += (x->has & WHEN_BIT(YEAR)) != 0 || x->meaning == MEANING_weekday || x->meaning == MEANING_deictic;
        old += (x->has & WHEN_BIT(YEAR)) != 0 && (now == 0 || when_caught(x, WHEN_YEAR) < now - 2);
        all += (x->has & WHEN_BIT(ERA)) != 0;
        old += (x->has & WHEN_BIT(ERA)) != 0;
    }
    return old >= 8 ? old * 4 > all * 3 : old >= 5 ? old * 5 > all * 4 : old >= 3 && old == all;
}

/* ------------------------------------------------------------------ bound */

enum { LEAD_MEANT = 1, LEAD_WITHIN = 2 }; /* values of LEAD in lang/en/when/words.tsv */

/* The token of a timex whose head is outside of it. */
static u32 head_of(const report *r, const timex *t) {
    u32 head = t->first;
    while (head + 1 < t->end && r->tokens.items[head].head >= t->first && r->tokens.items[head].head < t->end) {
        head++;
    }
    return head;
}

static bool is_dash(span form) { return span_eq(form, SPAN("-")) || span_eq(form, SPAN("--")) || span_eq(form, SPAN("–")) || span_eq(form, SPAN("—")); }

/* "Since 2015, when rebels took the town": the clause tells what was done in 2015. */
static bool opens_clause(const report *r, const timex *t) {
    u32 limit = r->sentences.items[r->tokens.items[t->first].sentence].end_token;
    u32 at = t->end + (t->end < limit && report_token(r, t->end)->upos == UPOS_PUNCT);
    return at < limit && report_token(r, at)->xpos == XPOS_WRB;
}

static void bound(const when_context *context, const when_token *tokens, const report *r, timex *t) {
    u32 first = r->sentences.items[r->tokens.items[t->first].sentence].first_token;
    if (t->first == first || t->grain == GRAIN_VAGUE || t->duration) {
        return;
    }
    const when_token *before = &tokens[t->first - 1];
    if (is_class(before, WHEN_BIT(UPTO)) && is_class(&tokens[t->first], WHEN_BIT(DAYPART))) {
        return; /* "before dawn on Monday" is on Monday */
    }
    if (is_class(before, WHEN_BIT(SINCE)) && opens_clause(r, t)) {
        return;
    }
    if (is_class(before, WHEN_BIT(SINCE))) {
        t->start_grain = t->grain;
        t->last = context->today != DAY_UNKNOWN && context->today >= t->start ? context->today : INT32_MAX;
        t->grain = GRAIN_INTERVAL;
        t->bounded = true;
    } else if (is_class(before, WHEN_BIT(UNTIL)) || is_class(before, WHEN_BIT(UPTO))) {
        bool excluded = is_class(before, WHEN_BIT(UPTO)) && t->start != DAY_UNKNOWN;
        t->last_grain = excluded ? GRAIN_DAY : t->grain;
        t->last = excluded ? t->start - 1 : t->last;
        t->start = DAY_UNKNOWN;
        t->grain = GRAIN_INTERVAL;
        t->bounded = true;
    }
}

/* "between 2003 and 2011", "from May to July": the first bears the whole span. */
static void join(const when_token *tokens, const report *r, timex *a, const timex *b) {
    u32 first = r->sentences.items[r->tokens.items[a->first].sentence].first_token;
    bool hyphen = report_form(r, a->end).len > 0 && report_token(r, a->end)->upos == UPOS_PUNCT;
    bool opened = hyphen || (a->first > first && is_class(&tokens[a->first - 1], WHEN_BIT(BETWEEN)));
    bool joined = a->end + 1 == b->first && is_class(&tokens[a->end], WHEN_BIT(JOINS));
    bool dated = a->grain != GRAIN_VAGUE && b->grain != GRAIN_VAGUE && a->start != DAY_UNKNOWN && a->start <= b->last;
    if (opened && joined && dated && b->last != INT32_MAX) {
        a->start_grain = a->grain;
        a->last_grain = b->grain;
        a->last = b->last;
        a->grain = GRAIN_INTERVAL;
        a->bounded = true;
    }
}

/* The noun behind the timex that it describes, where the clause around has its own time: "condemned Monday's
 * attack".  What a clause's subject does, and what is done in it, is of that time too: "Monday's attack killed
 * ten", "killed in Monday's attack". */
static u32 noun_of(const when_lexicon *lexicon, const when_token *tokens, const report *r, const timex *t) {
    static const u8 within[] = {DEPREL_nmod_poss, DEPREL_compound, DEPREL_nummod, DEPREL_amod, DEPREL_nmod_unmarked, DEPREL_nmod_desc};
    u32 head = head_of(r, t), noun = r->tokens.items[head].head;
    bool describes = false;
    for (u32 i = 0; i < COUNT_OF(within); i++) {
        describes |= r->tokens.items[head].deprel == within[i];
    }
    if (!describes || noun == NONE || noun < t->end || (report_token(r, noun)->upos != UPOS_NOUN && report_token(r, noun)->upos != UPOS_PROPN)) {
        return NONE;
    }
    u8 relation = report_token(r, noun)->deprel;
    bool inside = relation == DEPREL_nsubj || relation == DEPREL_nsubj_pass || relation == DEPREL_obl_unmarked;
    for (u32 i = r->sentences.items[report_token(r, noun)->sentence].first_token; i < noun && !inside; i++) {
        bool marks = r->tokens.items[i].head == noun && r->tokens.items[i].deprel == DEPREL_case && is_class(&tokens[i], WHEN_BIT(LEAD));
        inside = marks && when_value(lexicon, &tokens[i], WHEN_LEAD) == LEAD_WITHIN;
    }
    return inside ? NONE : noun;
}

static bool is_passive(const report *r, const sentence *s, u32 verb) {
    bool passive = r->tokens.items[verb].deprel == DEPREL_acl;
    for (u32 i = s->first_token; i < s->end_token && !passive; i++) {
        passive = r->tokens.items[i].head == verb && r->tokens.items[i].deprel == DEPREL_aux_pass;
    }
    return passive;
}

/* "Two days after they fled": nobody has said when that was; "an hour after" it was the same day. */
static bool is_anchored(const when_lexicon *lexicon, const when_token *tokens, const report *r, const timex *t) {
    const token *last = report_token(r, t->end - 1);
    bool marks = (last->deprel == DEPREL_mark || last->deprel == DEPREL_case) && last->head != NONE && last->head >= t->end;
    bool days = true;
    for (u32 i = t->first; i < t->end && marks; i++) {
        i32 unit = is_class(&tokens[i], WHEN_BIT(UNIT)) ? when_value(lexicon, &tokens[i], WHEN_UNIT) : 'd';
        days = days && unit != 'h' && unit != '-';
    }
    return marks && days && is_class(&tokens[t->end - 1], WHEN_BIT(STEP));
}

/* "Promised two boats for the spring": the time of what is promised; "talks were set for May" says when.  And
 * the day before the dash, "Kabul News, 9 July - The ...", is the report's, not the first deed's. */
static bool stands_apart(const when_lexicon *lexicon, const when_token *tokens, const report *r, const timex *t) {
    const sentence *s = &r->sentences.items[r->tokens.items[t->first].sentence];
    u32 head = head_of(r, t), verb = r->tokens.items[head].head, before = t->first - 1;
    bool led = t->first > s->first_token && is_class(&tokens[before], WHEN_BIT(LEAD)) && r->tokens.items[before].head == head;
    led = led && when_value(lexicon, &tokens[before], WHEN_LEAD) == LEAD_MEANT;
    bool planned = led && verb != NONE && (is_passive(r, s, verb) || when_classes_of(lexicon, r->tokens.items[verb].lemma) & WHEN_BIT(PLANNED));
    bool opens = t->first < s->first_token + DATELINE && t->end < s->end_token && t->start == r->day && t->last == r->day;
    return is_anchored(lexicon, tokens, r, t) || (led && !planned) || (opens && report_token(r, t->end)->upos == UPOS_PUNCT && is_dash(report_form(r, t->end)));
}

/* "The event took place in Lima on Thursday": when that was which has been told. */
static bool resumes(const when_lexicon *lexicon, const report *r, const timex *t) {
    const sentence *s = &r->sentences.items[r->tokens.items[t->first].sentence];
    u32 verb = r->tokens.items[head_of(r, t)].head;
    bool happens = false, definite = false;
    for (u32 i = s->first_token; i < s->end_token && verb != NONE && r->tokens.items[verb].head == NONE; i++) {
        const token *word = report_token(r, i), *above = word->head != NONE ? report_token(r, word->head) : NULL;
        bool subject = above != NULL && above->head == verb && above->upos == UPOS_NOUN && (above->deprel == DEPREL_nsubj || above->deprel == DEPREL_nsubj_pass);
        bool says = i == verb || (word->head == verb && word->deprel == DEPREL_obj);
        happens = happens || (says && when_classes_of(lexicon, word->lemma) & WHEN_BIT(HAPPEN));
        definite = definite || (subject && word->deprel == DEPREL_det && report_form(r, i).len > 2); /* not "a", "an" */
    }
    return happens && definite;
}

/* "They met on Thursday" in a report of a Thursday. */
static bool names_today(const when_context *context, const when_expressions *found) {
    bool named = false;
    for (u32 i = 0; i < found->count && context->today != DAY_UNKNOWN && !named; i++) {
        const when_expression *x = &found->items[i];
        bool bare = x->meaning == MEANING_weekday || (x->meaning == MEANING_inside && x->inner == MEANING_weekday);
        named = bare && !(x->has & (WHEN_BIT(SHIFT) | WHEN_BIT(BEFORE) | WHEN_BIT(AFTER))) && when_caught(x, WHEN_WEEKDAY) == calendar_weekday(context->today);
    }
    return named;
}

static void explain(const when_tables *tables, report *r, const when_expression *x, const timex *t, u32 index) {
    if (!r->tracing) {
        return;
    }
    source_line why = {tables->grammar.file, tables->grammar.patterns.items[x->pattern].line};
    span value = when_format(t, r->memory);
    const char *meaning = when_meaning_name((when_meaning)x->meaning);
    report_add_reason(r, STAGE_WHEN, t->first, index, why, "%s: %.*s", meaning, value.len ? (int)value.len : 8,
                      value.len ? value.ptr : t->duration ? "a length" : "no value");
}

drg_status when_run(const when_tables *tables, report *r, drg_error *error) {
    when_token *tokens = arena_new(r->memory, when_token, r->tokens.count + 1);
    when_expressions found = {0};
    if (tokens == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "when", 0, "out of memory");
    }
    when_read_tokens(&tables->lexicon, r, tokens);
    if (when_find(&tables->grammar, &tables->lexicon, r, tokens, &found) != DRG_OK) {
        return drg_fail(error, DRG_ERROR_MEMORY, "when", 0, "out of memory");
    }
    when_context context = {.lexicon = &tables->lexicon, .today = r->day, .story.start = DAY_UNKNOWN};
    u8 cut = GRAIN_DAY;
    if (r->day == DAY_UNKNOWN && (context.today = middle_of_partial(r->date, &cut)) != DAY_UNKNOWN) {
        /* months and years still come out right; days are cut below */
    } else if (r->day == DAY_UNKNOWN && (context.today = find_day(&context, r, &found)) != DAY_UNKNOWN) {
        char day[16];
        r->day = context.today;
        r->date = arena_copy(r->memory, calendar_print(r->day, day));
    }
    context.historic = is_historic(r, &found);
    context.names_today = cut == GRAIN_DAY && !context.historic && names_today(&context, &found);
    u32 last_bound = NONE, live = r->day != DAY_UNKNOWN ? when_find_live(r) : NONE, entry = NONE;
    for (u32 i = 0; i < found.count; i++) {
        const when_expression *x = &found.items[i];
        if (!is_time(r, tokens, x)) {
            continue;
        }
        u32 s = r->tokens.items[x->first].sentence;
        if (s >= live && r->sentences.items[s].block != entry) {
            context.story = (timex){.start = r->day, .last = r->day, .grain = GRAIN_DAY};
            entry = r->sentences.items[s].block;
        }
        context.ahead = !context.historic && lies_ahead(&tables->lexicon, r, tokens, x->end - 1);
        timex t = when_resolve(&context, x);
        t = cut != GRAIN_DAY ? cut_to(cut, x, t) : t;
        if (t.grain != GRAIN_VAGUE && !t.duration && t.start != DAY_UNKNOWN) {
            context.story = t;
        }
        if (last_bound != NONE) {
            join(tokens, r, &r->timexes.items[last_bound], &t);
        }
        bound(&context, tokens, r, &t);
        t.noun = noun_of(&tables->lexicon, tokens, r, &t);
        t.apart = stands_apart(&tables->lexicon, tokens, r, &t);
        t.resumes = resumes(&tables->lexicon, r, &t);
        timex *slot = list_push(r->memory, &r->timexes);
        if (slot == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, "when", 0, "out of memory");
        }
        *slot = t;
        last_bound = r->timexes.count - 1;
        explain(tables, r, x, slot, last_bound);
    }
    r->narrative = when_follow_narrative(r);
    return r->narrative != NULL ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, "when", 0, "out of memory");
}
