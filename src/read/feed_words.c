// SPDX-License-Identifier: Apache-2.0
/* In: {http://purl.org/dc/elements/1.1/}date   Out: FEED_DATE, rank 3: better than "updated", less than "published" */
#include "read/feed_words.h"

static const feed_meaning meanings[] = {
    {"title", FEED_WORDS_RSS, FEED_TITLE, 1, FEED_EITHER, NULL},
    {"link", FEED_WORDS_RSS, FEED_LINK, 2, FEED_PLAIN, NULL},
    {"guid", FEED_WORDS_RSS, FEED_GUID, 2, FEED_PLAIN, NULL},
    {"pubDate", FEED_WORDS_RSS, FEED_DATE, 4, FEED_PLAIN, NULL},
    {"description", FEED_WORDS_RSS, FEED_BODY, 1, FEED_EITHER, NULL},
    {"author", FEED_WORDS_RSS, FEED_AUTHOR, 1, FEED_PLAIN, NULL},
    {"language", FEED_WORDS_RSS, FEED_LANG, 1, FEED_PLAIN, NULL},
    {"ttl", FEED_WORDS_RSS, FEED_TTL, 1, FEED_PLAIN, NULL},
    {"source", FEED_WORDS_RSS, FEED_SOURCE, 1, FEED_EITHER, NULL},
    {"hour", FEED_WORDS_RSS, FEED_HOUR, 1, FEED_PLAIN, "skipHours"},
    {"day", FEED_WORDS_RSS, FEED_DAY, 1, FEED_PLAIN, "skipDays"},
    {"title", FEED_WORDS_ATOM, FEED_TITLE, 1, FEED_PLAIN, NULL},
    {"link", FEED_WORDS_ATOM, FEED_LINK, 1, FEED_PLAIN, NULL},
    {"id", FEED_WORDS_ATOM, FEED_GUID, 2, FEED_PLAIN, NULL},
    {"published", FEED_WORDS_ATOM, FEED_DATE, 4, FEED_PLAIN, NULL},
    {"issued", FEED_WORDS_ATOM, FEED_DATE, 4, FEED_PLAIN, NULL},
    {"created", FEED_WORDS_ATOM, FEED_DATE, 2, FEED_PLAIN, NULL},
    {"updated", FEED_WORDS_ATOM, FEED_DATE, 1, FEED_PLAIN, NULL},
    {"modified", FEED_WORDS_ATOM, FEED_DATE, 1, FEED_PLAIN, NULL},
    {"content", FEED_WORDS_ATOM, FEED_BODY, 3, FEED_EITHER, NULL},
    {"summary", FEED_WORDS_ATOM, FEED_BODY, 2, FEED_EITHER, NULL},
    {"name", FEED_WORDS_ATOM, FEED_AUTHOR, 1, FEED_PLAIN, "author"},
    {"title", FEED_WORDS_ATOM, FEED_SOURCE, 1, FEED_PLAIN, "source"},
    {"encoded", FEED_WORDS_CONTENT, FEED_BODY, 3, FEED_MARKUP, NULL},
    {"date", FEED_WORDS_DC, FEED_DATE, 3, FEED_PLAIN, NULL},
    {"issued", FEED_WORDS_DC, FEED_DATE, 3, FEED_PLAIN, NULL},
    {"created", FEED_WORDS_DC, FEED_DATE, 2, FEED_PLAIN, NULL},
    {"modified", FEED_WORDS_DC, FEED_DATE, 1, FEED_PLAIN, NULL},
    {"creator", FEED_WORDS_DC, FEED_AUTHOR, 2, FEED_PLAIN, NULL},
    {"language", FEED_WORDS_DC, FEED_LANG, 1, FEED_PLAIN, NULL},
    {"updatePeriod", FEED_WORDS_PERIOD, FEED_PERIOD, 1, FEED_PLAIN, NULL},
    {"updateFrequency", FEED_WORDS_PERIOD, FEED_FREQUENCY, 1, FEED_PLAIN, NULL},
    {"origLink", FEED_WORDS_ORIGIN, FEED_LINK, 3, FEED_PLAIN, NULL},
};

/* The namespaces by their addresses, and by the usual prefix where a feed forgot to declare it. */
static const struct {
    const char *address, *prefix;
    u8 words;
} spaces[] = {
    {"http://www.w3.org/2005/Atom", "atom", FEED_WORDS_ATOM},
    {"http://purl.org/atom/ns#", NULL, FEED_WORDS_ATOM},
    {"http://purl.org/dc/elements/1.1/", "dc", FEED_WORDS_DC},
    {"http://purl.org/dc/terms/", "dcterms", FEED_WORDS_DC},
    {"http://purl.org/rss/1.0/modules/content/", "content", FEED_WORDS_CONTENT},
    {"http://purl.org/rss/1.0/modules/syndication/", "sy", FEED_WORDS_PERIOD},
    {"http://rssnamespace.org/feedburner/ext/1.0", "feedburner", FEED_WORDS_ORIGIN},
    {"http://purl.org/rss/1.0/", NULL, FEED_WORDS_RSS},
    {"http://purl.org/net/rss1.1#", NULL, FEED_WORDS_RSS},
    {"http://my.netscape.com/rdf/simple/0.9/", NULL, FEED_WORDS_RSS},
    {"http://channel.netscape.com/rdf/simple/0.9/", NULL, FEED_WORDS_RSS},
    {"http://backend.userland.com/rss2", NULL, FEED_WORDS_RSS},
    {"http://blogs.law.harvard.edu/tech/rss", NULL, FEED_WORDS_RSS},
};

feed_vocabulary feed_vocabulary_find(const char *address, const char *prefix) {
    for (size_t i = 0; i < COUNT_OF(spaces); i++) {
        const char *usual = spaces[i].prefix;
        if (address != NULL ? strcmp(address, spaces[i].address) == 0
                            : prefix != NULL && usual != NULL && strcmp(prefix, usual) == 0) {
            return (feed_vocabulary)spaces[i].words;
        }
    }
    return address == NULL && prefix == NULL ? FEED_WORDS_RSS : FEED_WORDS_OTHER;
}

const feed_meaning *feed_meaning_find(feed_vocabulary words, const char *name, const char *inside) {
    for (size_t i = 0; i < COUNT_OF(meanings); i++) {
        const feed_meaning *m = &meanings[i];
        if (m->words == words && strcmp(m->name, name) == 0 && strcmp(m->inside != NULL ? m->inside : "", inside) == 0) {
            return m;
        }
    }
    return NULL;
}
