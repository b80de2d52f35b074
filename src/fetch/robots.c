// SPDX-License-Identifier: Apache-2.0
/* In:  User-agent: *          Out: for "dragoman": /news/a.html yes, /private/a no, /private/press.html yes
 *      Disallow: /private/
 *      Allow: /private/press
 *
 * RFC 9309: groups begin with User-agent lines; all groups that name us count together, and only when none
 * does, those of "*".  Patterns are compared octet by octet after unreserved characters are decoded; "*" is
 * any run, "$" at the end the end.  Matching keeps one place to go back to, the last star; a file whose
 * rules cost more than STEPS for one address is a hostile one, and nothing is fetched under it. */
#include "fetch/robots.h"

#define PATTERN_CAP 2048u
#define RULES_CAP 20000u
#define STEPS 20000000u

static bool is_unreserved(int c) { return ascii_is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

static int hex_value(char c) {
    char lower = ascii_to_lower(c);
    return ascii_is_digit((unsigned char)lower) ? lower - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* One form for each address: "%7Ea" and "~a" become "~a", "%2f" becomes "%2F", a byte beyond ASCII "%C3". */
static span normalise(span path, char *out, size_t room) {
    static const char digits[] = "0123456789ABCDEF";
    size_t len = 0;
    for (size_t i = 0; i < path.len && len + 3 < room; i++) {
        unsigned char c = (unsigned char)path.ptr[i];
        bool is_escape = c == '%' && i + 2 < path.len && hex_value(path.ptr[i + 1]) >= 0 && hex_value(path.ptr[i + 2]) >= 0;
        if (is_escape) {
            c = (unsigned char)(hex_value(path.ptr[i + 1]) * 16 + hex_value(path.ptr[i + 2]));
            i += 2;
        }
        if ((is_escape && !is_unreserved(c)) || c >= 0x80) {
            out[len++] = '%';
            out[len++] = digits[c >> 4];
            out[len++] = digits[c & 15];
        } else {
            out[len++] = (char)c;
        }
    }
    return (span){out, len};
}

/* ------------------------------------------------------------------ reading */

typedef enum { LINE_OTHER, LINE_AGENT, LINE_ALLOW, LINE_DISALLOW, LINE_DELAY } line_kind;

static line_kind read_line(span line, span *value) {
    static const struct {
        const char *name;
        line_kind kind;
    } names[] = {{"user-agent", LINE_AGENT}, {"allow", LINE_ALLOW}, {"disallow", LINE_DISALLOW}, {"crawl-delay", LINE_DELAY}};
    const char *comment = line.len > 0 ? memchr(line.ptr, '#', line.len) : NULL;
    line.len = comment != NULL ? (size_t)(comment - line.ptr) : line.len;
    span rest = line, name = span_trim(span_next_field(&rest, ':'));
    *value = span_trim(rest);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (equals_caseless(name, span_of(names[i].name))) {
            return names[i].kind;
        }
    }
    return LINE_OTHER;
}

/* "2", "0.5" seconds. */
static i64 read_delay(span value) {
    i64 ms = 0, unit = 1000;
    bool behind_point = false;
    for (size_t i = 0; i < value.len && (ascii_is_digit((unsigned char)value.ptr[i]) || (value.ptr[i] == '.' && !behind_point)); i++) {
        if (value.ptr[i] == '.') {
            behind_point = true;
        } else if (behind_point) {
            unit /= 10;
            ms += unit * (value.ptr[i] - '0');
        } else if (ms < ROBOTS_DELAY_CAP) {
            ms = ms * 10 + 1000 * (value.ptr[i] - '0');
        }
    }
    return ms < ROBOTS_DELAY_CAP ? ms : ROBOTS_DELAY_CAP;
}

/* Adds a rule; an empty pattern says nothing.  One without a leading '/' is read as if it had it. */
static bool add_rule(robots *out, span pattern, bool allows, arena *memory) {
    char text[PATTERN_CAP * 3 + 8];
    if (pattern.len == 0 || pattern.len > PATTERN_CAP || out->rules.count >= RULES_CAP) {
        return true;
    }
    bool rooted = pattern.ptr[0] == '/' || pattern.ptr[0] == '*';
    text[0] = '/';
    span clean = normalise(pattern, text + !rooted, sizeof text - 1);
    robots_rule *rule = list_push(memory, &out->rules);
    span copy = arena_copy(memory, (span){text, clean.len + !rooted});
    if (rule == NULL || copy.ptr == NULL) {
        return false;
    }
    *rule = (robots_rule){copy, allows};
    return true;
}

/* Collects the groups for `agent` ("*" for all); `*named`: there was one. */
static bool read_groups(span file, span agent, arena *memory, robots *out, bool *named) {
    bool in_heads = false, ours = false; /* in_heads: the line before was a User-agent line of this group */
    *named = false;
    while (file.len > 0) {
        span line = span_next_field(&file, '\n'), value;
        while (line.len > 0) { /* a lone CR ends a line too */
            line_kind kind = read_line(span_next_field(&line, '\r'), &value);
            if (kind == LINE_AGENT) {
                span token = span_next_field(&value, '/'); /* "dragoman/1.0" is dragoman */
                ours = (in_heads && ours) || equals_caseless(span_trim(token), agent);
                in_heads = true;
                *named = *named || ours;
                continue;
            }
            in_heads = in_heads && kind == LINE_OTHER;
            if (ours && kind == LINE_DELAY) {
                i64 delay = read_delay(value);
                out->delay = delay > out->delay ? delay : out->delay;
            } else if (ours && kind != LINE_OTHER && !add_rule(out, value, kind == LINE_ALLOW, memory)) {
                return false;
            }
        }
    }
    return true;
}

bool robots_read(span file, span agent, arena *memory, robots *out) {
    bool named;
    *out = (robots){0};
    file.len = file.len < ROBOTS_CAP ? file.len : ROBOTS_CAP;
    if (span_starts(file, SPAN("\xEF\xBB\xBF"))) {
        file = span_cut(file, 3, file.len);
    }
    return read_groups(file, agent, memory, out, &named) && (named || read_groups(file, SPAN("*"), memory, out, &named));
}

/* ------------------------------------------------------------------ asking */

/* Does the pattern fit the beginning of the path, or all of it where it ends in '$'? */
static bool fits(span pattern, span path, u32 *steps) {
    bool anchored = pattern.len > 0 && pattern.ptr[pattern.len - 1] == '$';
    pattern.len -= anchored;
    size_t p = 0, at = 0, star = SIZE_MAX, resume = 0;
    for (; *steps > 0; --*steps) {
        if (p == pattern.len && (!anchored || at == path.len)) {
            return true;
        }
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            resume = at;
        } else if (p < pattern.len && at < path.len && pattern.ptr[p] == path.ptr[at]) {
            p++;
            at++;
        } else if (star != SIZE_MAX && resume < path.len) {
            p = star + 1;
            at = ++resume;
        } else {
            return false;
        }
    }
    return false;
}

bool robots_allows(const robots *r, span path) {
    char text[PATTERN_CAP * 3 + 8];
    size_t longest = 0;
    u32 steps = STEPS;
    bool allows = true;
    path.len = path.len < PATTERN_CAP ? path.len : PATTERN_CAP;
    path = path.len > 0 ? normalise(path, text, sizeof text) : SPAN("/");
    if (span_eq(path, SPAN("/robots.txt"))) {
        return true;
    }
    for (u32 i = 0; i < r->rules.count; i++) {
        const robots_rule *rule = &r->rules.items[i];
        if (rule->pattern.len < longest || (rule->pattern.len == longest && (allows || !rule->allows))) {
            continue;
        }
        if (fits(rule->pattern, path, &steps)) {
            longest = rule->pattern.len;
            allows = rule->allows;
        }
    }
    return allows && steps > 0;
}
