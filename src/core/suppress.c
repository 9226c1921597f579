/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/suppress.h"

#include <string.h>

#include "base/err.h"

/* What it costs to hide a cell that need not be: its count and one; a zero and totals are the last to go. */
enum { COST_ZERO = 1000000, COST_TOTAL = 1000000000 };
#define FAR INT64_MAX

struct net {
	struct suppress_cell *cells;
	size_t nodes, n;
	int64_t *now;         /* [n]: the count, changed by what flows around */
	size_t *first, *near; /* of node v: near[first[v]] to before near[first[v + 1]] are its cells */
	int64_t *cost;        /* [nodes] of a search */
	size_t *by;           /* [nodes]: the cell by which a node was reached */
	bool *backward;       /* [nodes]: against its direction: it becomes less */
	bool *done;
	size_t *queue; /* [nodes] */
};

static void find_near(struct lg_arena *mem, struct net *g)
{
	size_t *at = lg_array(mem, g->nodes + 1, sizeof *at);
	g->first = lg_array(mem, g->nodes + 1, sizeof *g->first);
	g->near = lg_array(mem, 2 * g->n + 1, sizeof *g->near);
	for (size_t e = 0; e < g->n; e++) at[g->cells[e].from]++, at[g->cells[e].to]++;
	for (size_t v = 0; v < g->nodes; v++) g->first[v + 1] = g->first[v] + at[v], at[v] = g->first[v];
	for (size_t e = 0; e < g->n; e++) g->near[at[g->cells[e].from]++] = e, g->near[at[g->cells[e].to]++] = e;
}

static int64_t cost_of(const struct suppress_cell *c)
{
	if (c->hidden || c->is_off) return 0;
	if (c->is_total) return COST_TOTAL;
	return c->count ? c->count + 1 : COST_ZERO;
}

/* Can a step lead from u by the cell, and whereto? Along it, or against it while it has something to give. */
static bool leads(const struct net *g, size_t u, size_t e, size_t *to, bool *backward)
{
	const struct suppress_cell *c = &g->cells[e];
	*backward = c->from != u;
	*to = *backward ? c->from : c->to;
	return *backward ? g->now[e] > c->least : g->now[e] < c->most;
}

/* Any way from a node to another by what is hidden, without `but`. */
static bool find_hidden(struct net *g, size_t from, size_t to, size_t but)
{
	size_t head = 0, tail = 0;
	memset(g->done, 0, g->nodes * sizeof *g->done);
	g->queue[tail++] = from, g->done[from] = true;
	while (head < tail) {
		size_t u = g->queue[head++], v;
		if (u == to) return true;
		for (size_t i = g->first[u]; i < g->first[u + 1]; i++) {
			size_t e = g->near[i];
			bool backward;
			if (e == but || cost_of(&g->cells[e]) || !leads(g, u, e, &v, &backward) || g->done[v]) continue;
			g->by[v] = e, g->backward[v] = backward, g->done[v] = true;
			g->queue[tail++] = v;
		}
	}
	return false;
}

/* The cheapest way, also by what is shown. */
static bool find_cheapest(struct net *g, size_t from, size_t to, size_t but)
{
	for (size_t v = 0; v < g->nodes; v++) g->cost[v] = FAR, g->done[v] = false;
	g->cost[from] = 0;
	for (;;) {
		size_t u = g->nodes, v;
		for (v = 0; v < g->nodes; v++)
			if (!g->done[v] && g->cost[v] != FAR && (u == g->nodes || g->cost[v] < g->cost[u])) u = v;
		if (u == g->nodes) return false;
		if (u == to) return true;
		g->done[u] = true;
		for (size_t i = g->first[u]; i < g->first[u + 1]; i++) {
			size_t e = g->near[i];
			bool backward;
			if (e == but || !leads(g, u, e, &v, &backward)) continue;
			int64_t cost = g->cost[u] + cost_of(&g->cells[e]);
			if (cost >= g->cost[v]) continue;
			g->cost[v] = cost, g->by[v] = e, g->backward[v] = backward;
		}
	}
}

static size_t before(const struct net *g, size_t v)
{
	return g->backward[v] ? g->cells[g->by[v]].to : g->cells[g->by[v]].from;
}

/* How much can flow on the way that was found, at most `most`; it does. */
static int64_t flow(struct net *g, size_t from, size_t to, int64_t most)
{
	for (size_t v = to; v != from; v = before(g, v)) {
		const struct suppress_cell *c = &g->cells[g->by[v]];
		int64_t room = g->backward[v] ? g->now[g->by[v]] - c->least : c->most - g->now[g->by[v]];
		if (room < most) most = room;
	}
	for (size_t v = to; v != from; v = before(g, v)) g->now[g->by[v]] += g->backward[v] ? -most : most;
	return most;
}

static void hide_way(struct net *g, size_t from, size_t to)
{
	for (size_t v = to; v != from; v = before(g, v)) g->cells[g->by[v]].hidden = true;
}

/* How far the cell can go up (or down) when the hidden ones follow, at most k. What flows stays in now[]. */
static int64_t room(struct net *g, size_t e, bool up, int64_t k)
{
	const struct suppress_cell *c = &g->cells[e];
	size_t from = up ? c->to : c->from, to = up ? c->from : c->to;
	int64_t own = up ? c->most - c->count : c->count - c->least, most = own < k ? own : k, sum = 0;
	for (size_t i = 0; i < g->n; i++) g->now[i] = g->cells[i].count;
	while (sum < most && find_hidden(g, from, to, e)) sum += flow(g, from, to, most - sum);
	return sum;
}

/* Hide the cheapest way on which the cell could be more (or less), after what flows on hidden ones has used them up. */
static bool hide_cheapest(struct net *g, size_t e, bool up, int64_t k)
{
	const struct suppress_cell *c = &g->cells[e];
	size_t from = up ? c->to : c->from, to = up ? c->from : c->to;
	int64_t own = up ? c->most - c->count : c->count - c->least;
	if (room(g, e, up, k) >= own || !find_cheapest(g, from, to, e)) return false;
	hide_way(g, from, to);
	return true;
}

/* Hide more until nobody can tell the cell closer than k; each time one more is hidden, so it ends. */
static bool protect(struct net *g, size_t e, int64_t k)
{
	while (room(g, e, false, k) + room(g, e, true, k) < k)
		if (!hide_cheapest(g, e, true, k) && !hide_cheapest(g, e, false, k)) return false;
	return true;
}

bool suppress_net(struct lg_arena *mem, struct suppress_cell *cells, size_t n, size_t nodes, int64_t k)
{
	struct net g = { .cells = cells, .nodes = nodes, .n = n };
	bool well = true, more = true, *safe = lg_array(mem, n + 1, sizeof *safe);
	g.now = lg_array(mem, n + 1, sizeof *g.now);
	g.cost = lg_array(mem, nodes + 1, sizeof *g.cost);
	g.by = lg_array(mem, nodes + 1, sizeof *g.by);
	g.backward = lg_array(mem, nodes + 1, sizeof *g.backward);
	g.done = lg_array(mem, nodes + 1, sizeof *g.done);
	g.queue = lg_array(mem, nodes + 1, sizeof *g.queue);
	find_near(mem, &g);
	for (size_t e = 0; e < n; e++) {
		struct suppress_cell *c = &cells[e];
		lg_assert(c->from < nodes && c->to < nodes && c->least >= 0 && c->least <= c->count &&
		          c->count <= c->most);
		c->hidden = c->hidden || c->is_off || (c->count > 0 && c->count < k);
	}
	while (more) {
		more = false;
		for (size_t e = 0; e < n; e++) {
			if (!cells[e].hidden || cells[e].is_off || safe[e]) continue;
			well = protect(&g, e, k) && well;
			safe[e] = more = true;
		}
	}
	return well;
}

/* --- a table: a cell goes from its row to its column, a total the other way; the total of all as a cell */

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

void suppress(struct lg_arena *mem, const struct suppress_table *t, int64_t k, bool *hidden)
{
	size_t w = t->columns + 1, n = (t->rows + 1) * w;
	const int64_t *all = suppress_totals(mem, t);
	struct suppress_cell *cells = lg_array(mem, n, sizeof *cells);
	for (size_t e = 0; e < n; e++) {
		size_t row = e / w, column = t->rows + 1 + e % w;
		bool of_row = e % w == t->columns, of_column = e / w == t->rows, back = of_row != of_column;
		bool shown = !(of_row && !t->row_totals) && !(of_column && !t->column_totals);
		cells[e] = (struct suppress_cell){ .from = back ? column : row,
			                           .to = back ? row : column,
			                           .count = all[e],
			                           .most = SUPPRESS_ANY,
			                           .is_total = of_row || of_column,
			                           .is_off = !shown,
			                           .hidden = t->also && t->also[e] };
	}
	(void)suppress_net(mem, cells, n, t->rows + 1 + w, k);
	for (size_t e = 0; e < n; e++) hidden[e] = cells[e].hidden;
}
