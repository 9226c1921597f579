/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LGM_PLAN_H
#define LGM_PLAN_H
#include "inner.h"

/**
 * @file
 * Inside the assignment. Candidates and openings are slots of the index. Between calls these hold (CS, complementary
 * slackness), so that the duals prove the placement on the graph:
 *
 *   u >= 0, v >= 0, and u(c) + v(o) >= weight(c, o) for every pair in the graph;
 *   a placed candidate's pair is tight: u + v = weight;   a candidate without a place has u = 0;
 *   an opening with an empty position has v = 0.
 *
 * A ghost is an empty position whose price has not yet come down: it counts as taken, by nobody, at the opening's
 * price. Whoever wants the position takes it from the ghost at no cost; at the end of a solve the rest are
 * removed along shortest paths from the opening's side.
 */

struct lgm_edge {
	uint32_t to;
	uint16_t score;
};
/* A node's pairs, best score first, equal ones by slot: whoever looks for the best may stop where no score can help any
   more, as duals are never negative. A piece of the slab that the seed made, or of its own once it has grown. */
struct lgm_edges {
	struct lgm_edge *list;
	uint32_t n, room : 31, own : 1;
};

/* Shortest-path scratch of a node, valid where stamp is the search's tick. */
struct lgm_mark {
	int64_t distance;
	uint32_t stamp, parent;
};

struct lgm_seeker { /* a candidate's state: one cache line, as searches jump from one to another */
	_Alignas(64) int64_t u;
	struct lgm_edges edges;
	struct lgm_mark mark;
	int64_t second; /* no other opening is worth more at its price, while prices only rise; INT64_MAX: not known */
	uint32_t match; /* slot of the opening, LGM_NOWHERE */
	uint32_t seat;  /* place among the opening's members */
	uint16_t score; /* of the match */
	bool queued;
};
_Static_assert(sizeof(struct lgm_seeker) == 64, "a candidate's state has outgrown its cache line");

struct lgm_offer { /* an opening's state; its dual stands apart, for speed */
	uint32_t positions, n_members, ghosts;
	uint32_t *members; /* slots of candidates */
	size_t room_members;
	struct lgm_edges edges;
};
static inline bool lgm_offer_has_room(const struct lgm_offer *o) { return o->n_members < o->positions; }

struct lgm_waiting {
	int64_t distance;
	uint32_t slot;
};
struct lgm_search {
	uint32_t tick;
	struct lgm_mark *openings; /* those of the candidates are in their state */
	struct lgm_waiting *heap;
	size_t n_heap, room_heap;
	uint32_t *seen_candidates, *seen_openings;
	size_t n_candidates, n_openings, room_candidates, room_openings;
};

struct lgm_found {
	uint64_t pair;
	uint16_t score;
};                      /* candidate slot << 32 | opening slot */
enum { LGM_BEST = 12 }; /* pairs taken for one candidate in a round */
struct lgm_pricer {     /* one worker */
	struct lgm_scan *scan;
	struct lgm_found *found;
	size_t n_found, room_found;
	uint64_t violated;
	bool no_memory;
};

/* Where the plan stood at a mark, and who was added since. */
struct lgm_marked {
	size_t n_seekers, n_offers;
	struct lgm_stood {
		int64_t u;
		uint32_t match, seat;
		uint16_t score;
	} * seekers;     /* [n_seekers] */
	int64_t *v;      /* [n_offers] */
	uint32_t *added; /* ids */
	size_t n_added, room_added;
};

struct lgm_plan {
	struct lgm_index *ix;
	struct lgm_mem mem;
	int64_t bonus;
	struct lgm_seeker *seekers;
	struct lgm_offer *offers;
	int64_t *v; /* duals of the openings */
	size_t n_seekers, n_offers, room_seekers, room_offers;
	size_t room_last_u, room_last_v, room_v, room_paid, room_dirty, room_marks_o;
	int64_t *last_u, *last_v; /* duals when they were last priced; INT64_MAX: never */
	int64_t *paid;            /* auction: what the candidate pays for the position */
	uint64_t *more;           /* by page: lanes that had more pairs than were taken */
	struct lgm_search search;
	uint32_t *queue; /* candidates to be placed */
	size_t n_queue, room_queue;
	uint32_t *haunted; /* openings that got a ghost */
	size_t n_haunted, room_haunted;
	bool tracking; /* note whose duals changed */
	uint32_t *changed_c, *changed_o;
	size_t n_changed_c, n_changed_o, room_changed_c, room_changed_o;
	struct lgm_pricer *pricers;
	size_t n_pricers;
	uint64_t edges;
	struct lgm_edge *slab, *back_slab; /* first lists of the candidates, and of the openings */
	bool reversed;                     /* the openings have their lists */
	struct lgm_marked *marked;         /* NULL: no mark */
};

static inline int64_t lgm_weight(const struct lgm_plan *p, uint16_t score) { return p->bonus + score; }

/* plan.c */
bool lgm_plan_fit(struct lgm_plan *p); /* arrays as large as the index */
bool lgm_plan_queue(struct lgm_plan *p, uint32_t candidate);
void lgm_plan_seat(struct lgm_plan *p, uint32_t candidate, uint32_t opening, uint16_t score);
void lgm_plan_unseat(struct lgm_plan *p, uint32_t candidate);
/** Let so many empty positions of an opening count as taken until the end of the solve. */
bool lgm_plan_haunt(struct lgm_plan *p, uint32_t opening, uint32_t ghosts);
/** Take a candidate out of the placement; a position with a price is left to a ghost. */
bool lgm_plan_detach(struct lgm_plan *p, uint32_t candidate);
bool lgm_plan_note(struct lgm_plan *p, bool opening, uint32_t slot);
/** Put found pairs into the graph, in order of pair, and queue their candidates. */
bool lgm_plan_take(struct lgm_plan *p, struct lgm_found *found, size_t n);

/* plan_graph.c */
void lgm_edges_free(struct lgm_edges *e, const struct lgm_mem *mem);
bool lgm_plan_add_pair(struct lgm_plan *p, uint32_t candidate, uint32_t opening, uint16_t score);
/** Give the openings their lists too; done once, when a search first starts from an opening. */
bool lgm_plan_reverse(struct lgm_plan *p);

/* plan_auction.c: place the queue by bids; who could not be placed so stays in the queue */
bool lgm_plan_auction(struct lgm_plan *p);
/* plan_path.c: a heap of slots by distance, equal distances by slot; and the shortest augmenting paths, from a
   candidate and from an opening with a ghost */
bool lgm_plan_push(struct lgm_plan *p, struct lgm_waiting w);
struct lgm_waiting lgm_plan_pop(struct lgm_plan *p);
bool lgm_plan_place(struct lgm_plan *p, uint32_t candidate);
bool lgm_plan_lay_ghost(struct lgm_plan *p, uint32_t opening);
/* plan_change.c */
void lgm_plan_drop_candidate_edges(struct lgm_plan *p, uint32_t slot);
/* plan_mark.c */
/** Remember one more who was added since the mark, if there is one. */
bool lgm_plan_note_added(struct lgm_plan *p, uint32_t id);
void lgm_marked_free(struct lgm_plan *p);
/* plan_price.c */
bool lgm_found_add(struct lgm_pricer *w, const struct lgm_mem *mem, struct lgm_found found);
void lgm_found_sort(struct lgm_found *found, size_t n);
#endif
