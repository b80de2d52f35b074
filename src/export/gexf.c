// SPDX-License-Identifier: Apache-2.0
/* Who to whom as a network (GEXF 1.3): a node an actor code, an edge for each source, target and kind of
 * relation (quad class), weighted by events.  A mutual event is an undirected edge.  Nodes and edges come in
 * the order in which they are first met. */
#include "export/inside.h"

typedef struct {
    symbol code;
    span name;
    u64 events;
} node;

typedef struct {
    u32 source, target;
    int quad;
    bool mutual;
    u64 events, reports;
    double goldstein; /* sum */
} edge;

typedef struct {
    symbols words;
    LIST(node) nodes;
    LIST(edge) edges;
    map node_of, edge_of;
} network;

static void begin(exporter *x) {
    network *n = x->state = arena_new(&x->memory, network, 1);
    x->failed |= n == NULL;
    if (n != NULL) {
        symbols_open(&n->words, NULL, &x->memory);
        map_open(&n->node_of, &x->memory);
        map_open(&n->edge_of, &x->memory);
    }
}

static u32 find_node(exporter *x, const drg_actor *a) {
    network *n = x->state;
    symbol code = symbols_add(&n->words, a != NULL ? a->code : SPAN("---"));
    u32 at = code != NONE ? map_find(&n->node_of, code) : NONE;
    if (at != NONE || code == NONE) {
        return at;
    }
    node *made = list_push(&x->memory, &n->nodes);
    if (made == NULL || !map_set(&n->node_of, code, n->nodes.count - 1)) {
        return NONE;
    }
    span country = country_name(x, actor_primary(a));
    *made = (node){.code = code, .name = arena_copy(&x->memory, country.len > 0 || a == NULL ? country : a->name)};
    return n->nodes.count - 1;
}

static void event(exporter *x, const export_event *given) {
    network *n = x->state;
    const drg_event *e = &given->row->event;
    for (export_pair pair = {0}; export_next_pair(e, &pair);) {
        u32 source = find_node(x, pair.source), target = find_node(x, pair.target);
        if (source == NONE || target == NONE || source >= 1u << 28 || target >= 1u << 28) {
            x->failed = true;
            return;
        }
        u64 key = ((u64)source << 32) | ((u64)target << 4) | (u64)(e->quad & 7) | (e->reciprocal ? 8 : 0);
        u32 at = map_find(&n->edge_of, key);
        if (at == NONE) {
            edge *made = list_push(&x->memory, &n->edges);
            at = n->edges.count - 1;
            if (made == NULL || !map_set(&n->edge_of, key, at)) {
                x->failed = true;
                return;
            }
            *made = (edge){.source = source, .target = target, .quad = e->quad, .mutual = e->reciprocal};
        }
        n->nodes.items[source].events++;
        n->nodes.items[target].events++;
        n->edges.items[at].events++;
        n->edges.items[at].reports += given->row->reports;
        n->edges.items[at].goldstein += e->goldstein;
    }
}

static void put_node(exporter *x, const network *n, u32 i) {
    const node *item = &n->nodes.items[i];
    span code = symbols_text(&n->words, item->code);
    out_format(&x->out, "<node id=\"%u\" label=\"", i);
    out_xml(&x->out, code);
    out_text(&x->out, "\"><attvalues><attvalue for=\"name\" value=\"");
    out_xml(&x->out, item->name);
    out_format(&x->out, "\"/><attvalue for=\"events\" value=\"%llu\"/></attvalues></node>\n", (unsigned long long)item->events);
}

static void put_edge(exporter *x, const network *n, u32 i) {
    static const char *const relations[] = {"unknown", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"};
    const edge *item = &n->edges.items[i];
    out_format(&x->out, "<edge id=\"%u\" source=\"%u\" target=\"%u\" type=\"%s\" weight=\"%llu\" kind=\"%s\">", i, item->source, item->target,
               item->mutual ? "undirected" : "directed", (unsigned long long)item->events, relations[item->quad >= 1 && item->quad <= 4 ? item->quad : 0]);
    out_format(&x->out, "<attvalues><attvalue for=\"quad\" value=\"%d\"/><attvalue for=\"reports\" value=\"%llu\"/>", item->quad,
               (unsigned long long)item->reports);
    out_format(&x->out, "<attvalue for=\"goldstein\" value=\"%.2f\"/></attvalues></edge>\n", item->goldstein / (double)item->events);
    x->tally.rows++;
}

static void end(exporter *x) {
    network *n = x->state;
    if (n == NULL) {
        return;
    }
    out_text(&x->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n<meta><creator>dragoman ");
    out_text(&x->out, drg_version());
    out_text(&x->out, "</creator><description>filter: ");
    out_xml(&x->out, x->plan->filter->printed);
    sql_query *q = database_ask(x->desk, "SELECT program, model, words FROM runs ORDER BY id");
    while (query_next(q)) {
        const char *const names[] = {"; run: program ", ", model ", ", words "};
        for (int i = 0; i < 3; i++) {
            out_text(&x->out, names[i]);
            out_xml(&x->out, query_text(q, i));
        }
    }
    query_reset(q);
    out_text(&x->out, "</description></meta>\n<graph defaultedgetype=\"directed\" mode=\"static\">\n"
                      "<attributes class=\"node\"><attribute id=\"name\" title=\"name\" type=\"string\"/><attribute id=\"events\" title=\"events\" type=\"long\"/></attributes>\n"
                      "<attributes class=\"edge\"><attribute id=\"quad\" title=\"quad\" type=\"integer\"/><attribute id=\"reports\" title=\"reports\" type=\"long\"/>"
                      "<attribute id=\"goldstein\" title=\"mean Goldstein score\" type=\"double\"/></attributes>\n<nodes>\n");
    for (u32 i = 0; i < n->nodes.count; i++) {
        put_node(x, n, i);
    }
    out_text(&x->out, "</nodes>\n<edges>\n");
    for (u32 i = 0; i < n->edges.count; i++) {
        put_edge(x, n, i);
    }
    out_text(&x->out, "</edges>\n</graph>\n</gexf>\n");
}

const export_format export_gexf = {"gexf", ASK_EVENTS, begin, event, end};
