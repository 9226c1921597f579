/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/suppress.h"

#include <string.h>

#include "base/err.h"

/* What it costs to hide a cell that need not be: its count and one; a zero and totals are the last to go. */
enum { COST_ZERO = 1000000, COST_TOTAL = 1000000000 };
#define FAR INT64_MAX

/* Cells are edges: from[] to to[]. Nodes: the rows, the row of totals, the columns, the column of totals. */
struct net {
	size_t rows, columns, nodes, edges; /* with totals */
	int64_t *count, *now;               /* [edges]: true; changed by what flows around */
	bool *hidden;
	struct lg_arena *mem;
	int64_t *cost;  /* [nodes] of a search */
	size_t *by;     /* [nodes]: the edge by which a node was reached */
	bool *backward; /* [nodes]: against its direction: it becomes less */
	bool *done;
};

static bool is_total_row(const struct net *n, size_t e) { return e / n->columns == n->rows - 1; }
static bool is_total_column(const struct net *n, size_t e) { return e % n->columns == n->columns - 1; }

/* A cell goes from its row to its column, a total the other way; the total of all as a cell. */
static bool is_reversed(const struct net *n, size_t e) { return is_total_row(n, e) != is_total_column(n, e); }
static size_t row_node(const struct net *n, size_t e) { return e / n->columns; }
static size_t column_node(const struct net *n, size_t e) { return n->rows + e % n->columns; }
static size_t tail(const struct net *n, size_t e) { return is_reversed(n, e) ? column_node(n, e) : row_node(n, e); }
static size_t head(const struct net *n, size_t e) { return is_reversed(n, e) ? row_node(n, e) : column_node(n, e); }

static int64_t cost_of(const struct net *n, size_t e)
{
	if (n->hidden[e]) return 0;
	if (is_total_row(n, e) || is_total_column(n, e)) return COST_TOTAL;
	return n->count[e] ? n->count[e] + 1 : COST_ZERO;
}

/* The cheapest way from a node to another: along cells, or against those that have something. Without `but`. */
static bool find_way(struct net *n, size_t from, size_t to, size_t but, bool may_hide)
{
	for (size_t v = 0; v < n->nodes; v++) n->cost[v] = FAR, n->done[v] = false;
	n->cost[from] = 0;
	for (;;) {
		size_t u = n->nodes;
		for (size_t v = 0; v < n->nodes; v++)
			if (!n->done[v] && n->cost[v] != FAR && (u == n->nodes || n->cost[v] < n->cost[u])) u = v;
		if (u == n->nodes) return false;
		if (u == to) return true;
		n->done[u] = true;
		for (size_t e = 0; e < n->edges; e++) {
			int64_t cost = cost_of(n, e);
			bool along = tail(n, e) == u, against = head(n, e) == u && n->now[e] > 0;
			if (e == but || (!may_hide && cost) || (!along && !against)) continue;
			size_t v = along ? head(n, e) : tail(n, e);
			if (n->cost[u] + cost >= n->cost[v]) continue;
			n->cost[v] = n->cost[u] + cost;
			n->by[v] = e;
			n->backward[v] = !along;
		}
	}
}

/* How much can flow on the way that was found, at most `most`; it does. */
static int64_t flow(struct net *n, size_t from, size_t to, int64_t most)
{
	for (size_t v = to; v != from;) {
		size_t e = n->by[v];
		if (n->backward[v] && n->now[e] < most) most = n->now[e];
		v = n->backward[v] ? head(n, e) : tail(n, e);
	}
	for (size_t v = to; v != from;) {
		size_t e = n->by[v];
		n->now[e] += n->backward[v] ? -most : most;
		v = n->backward[v] ? head(n, e) : tail(n, e);
	}
	return most;
}

static void hide_way(struct net *n, size_t from, size_t to)
{
	for (size_t v = to; v != from;) {
		size_t e = n->by[v];
		n->hidden[e] = true;
		v = n->backward[v] ? head(n, e) : tail(n, e);
	}
}

/* How far the cell can go up (or down) when the hidden ones follow, at most k. What flows stays in now[]. */
static int64_t room(struct net *n, size_t e, bool up, int64_t k)
{
	size_t from = up ? head(n, e) : tail(n, e), to = up ? tail(n, e) : head(n, e);
	int64_t most = up || n->count[e] > k ? k : n->count[e], sum = 0;
	memcpy(n->now, n->count, n->edges * sizeof *n->now);
	while (sum < most && find_way(n, from, to, e, false)) sum += flow(n, from, to, most - sum);
	return sum;
}

/* Hide more until nobody can tell the cell closer than k. */
static void protect(struct net *n, size_t e, int64_t k)
{
	for (;;) {
		int64_t down = room(n, e, false, k), up = room(n, e, true, k);
		if (up + down >= k) return;
		if (!find_way(n, head(n, e), tail(n, e), e, true)) return; /* all that there is, is hidden */
		hide_way(n, head(n, e), tail(n, e));
	}
}

int64_t *suppress_totals(struct lg_arena *mem, const struct suppress_table *t)
{
	size_t w = t->columns + 1;
	int64_t *all = lg_array(mem, (t->rows + 1) * w, sizeof *all);
	for (size_t r = 0; r < t->rows; r++)
		for (size_t c = 0; c < t->columns; c++) {
			int64_t n = t->counts[r * t->columns + c];
			lg_assert(n >= 0);
			all[r * w + c] = n;
			all[r * w + t->columns] += n;
			all[t->rows * w + c] += n;
			all[t->rows * w + t->columns] += n;
		}
	return all;
}

static void hide_first(struct net *n, const struct suppress_table *t, int64_t k)
{
	for (size_t e = 0; e < n->edges; e++) {
		bool shown = !(is_total_column(n, e) && !t->row_totals) && !(is_total_row(n, e) && !t->column_totals);
		n->hidden[e] = !shown || (n->count[e] > 0 && n->count[e] < k) || (t->also && t->also[e]);
	}
}

void suppress(struct lg_arena *mem, const struct suppress_table *t, int64_t k, bool *hidden)
{
	struct net n = { .rows = t->rows + 1, .columns = t->columns + 1, .hidden = hidden, .mem = mem };
	n.nodes = n.rows + n.columns;
	n.edges = n.rows * n.columns;
	n.count = suppress_totals(mem, t);
	n.now = lg_array(mem, n.edges, sizeof *n.now);
	n.cost = lg_array(mem, n.nodes, sizeof *n.cost);
	n.by = lg_array(mem, n.nodes, sizeof *n.by);
	n.backward = lg_array(mem, n.nodes, sizeof *n.backward);
	n.done = lg_array(mem, n.nodes, sizeof *n.done);
	hide_first(&n, t, k);
	for (size_t e = 0; e < n.edges; e++)
		if (n.count[e] > 0 && n.count[e] < k) protect(&n, e, k);
}
