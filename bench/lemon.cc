/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "lemon.h"

#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#include <time.h>

#include <utility>
#include <vector>

using Graph = lemon::StaticDigraph;
using Simplex = lemon::NetworkSimplex<Graph, int, int64_t>;
using Arcs = std::vector<std::pair<int, int>>;

static double cpu()
{
	timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

/* Candidates, then openings, then the sink. Who is not placed flows straight to the sink, the others by an opening. */
static int sink_of(const lemon_graph &in) { return static_cast<int>(in.candidates + in.openings); }

static Arcs list_arcs(const lemon_graph &in)
{
	Arcs arcs;
	size_t next = 0;
	arcs.reserve(in.edges + in.candidates + in.openings);
	for (size_t c = 0; c < in.candidates; c++) {
		for (; next < in.edges && in.edge[next].candidate == c; next++)
			arcs.emplace_back(static_cast<int>(c), static_cast<int>(in.candidates + in.edge[next].opening));
		arcs.emplace_back(static_cast<int>(c), sink_of(in));
	}
	for (size_t o = 0; o < in.openings; o++) arcs.emplace_back(static_cast<int>(in.candidates + o), sink_of(in));
	return arcs;
}

static void build(Graph &graph, const lemon_graph &in)
{
	Arcs arcs = list_arcs(in);
	graph.build(sink_of(in) + 1, arcs.begin(), arcs.end());
}

/* Arcs are numbered as they were listed. */
static void set_arcs(const Graph &graph, const lemon_graph &in, Graph::ArcMap<int> &most, Graph::ArcMap<int> &cost)
{
	int sink = sink_of(in);
	size_t next = 0;
	for (int a = 0; a < graph.arcNum(); a++) {
		Graph::Arc arc = graph.arc(a);
		size_t from = static_cast<size_t>(graph.id(graph.source(arc)));
		bool is_pair = graph.id(graph.target(arc)) != sink;
		cost[arc] = is_pair ? -in.edge[next++].score : 0;
		most[arc] = from < in.candidates ? 1 : in.positions[from - in.candidates];
	}
}

static void set_nodes(const Graph &graph, const lemon_graph &in, Graph::NodeMap<int> &supply)
{
	for (size_t c = 0; c < in.candidates; c++) supply[graph.node(static_cast<int>(c))] = 1;
	supply[graph.node(sink_of(in))] = -static_cast<int>(in.candidates);
}

void lemon_solve(const lemon_graph *in, lemon_answer *answer)
{
	double begun = cpu();
	Graph graph;
	build(graph, *in);
	Graph::ArcMap<int> most(graph), cost(graph);
	Graph::NodeMap<int> supply(graph, 0);
	set_arcs(graph, *in, most, cost);
	set_nodes(graph, *in, supply);
	double built = cpu();
	Simplex simplex(graph);
	simplex.upperMap(most).costMap(cost).supplyMap(supply);
	answer->optimal = simplex.run() == Simplex::OPTIMAL;
	answer->score = -simplex.totalCost<int64_t>();
	answer->cpu_build = built - begun;
	answer->cpu_solve = cpu() - built;
}
