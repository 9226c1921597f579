/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * What a what-if of a large plan takes:  ./dev bench what_if [PEOPLE OPENINGS SEATS]   (50,000 30,000 500)
 *
 * Invented people and openings, as the lines of JSON that a run is computed from; nothing of a database. Told are
 * seconds of reading them, of the plan with its proof and check, of a what-if with other points, and of one with a
 * course.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/match_terms.h"
#include "core/run_solve.h"
#include "taxonomy/taxonomy.h"

enum { TOWNS = 60, WORKS = 24, SPREAD = 90000 };
static const char *const works[WORKS] = { "7512", "9412", "5120", "5321", "8322", "9112", "2221", "5311",
	                                  "4321", "7231", "7126", "7115", "5131", "5223", "9334", "8160",
	                                  "6113", "2341", "5322", "7411", "4110", "9621", "7212", "8153" };
static const char *const levels[] = { "a1", "a2", "b1", "b2" };

static uint64_t seed = 20261129;
static unsigned dice(unsigned sides)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % sides;
}

static double now_s(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cpu_s(void) { return (double)clock() / CLOCKS_PER_SEC; }

static void die(const struct lg_ctx *cx, const char *what)
{
	(void)fprintf(stderr, "what_if: %s: %s\n", what, cx->notes ? cx->notes->text : "");
	exit(1);
}

/* In one of the towns, more often in a large one: Denmark's width and height. */
static int place(char *out, size_t room)
{
	unsigned town = dice(TOWNS);
	if (dice(2)) town /= 6;
	return snprintf(out, room, "\"latitude_e6\": %u, \"longitude_e6\": %u",
	                54900000 + town * 7919 % 60 * 45000 + dice(SPREAD),
	                8300000 + town * 104729 % 61 * 70000 + dice(SPREAD));
}

static void put_market(struct lg_ctx *cx, struct run_input *in, size_t people, size_t openings)
{
	char handle[60], facts[700], where[80];
	for (size_t i = 0; i < people; i++) {
		(void)snprintf(handle, sizeof handle, "a0000000-0000-4000-8000-%012zu", i);
		(void)place(where, sizeof where);
		(void)snprintf(facts, sizeof facts,
		               "{%s, \"wants_work\": \"yes\", \"commute_km\": %u, \"occupations\": [{\"occupation\": "
		               "\"%s\", \"years\": %u}, "
		               "{\"occupation\": \"%s\", \"years\": %u}], \"languages\": [{\"language\": \"da\", "
		               "\"interaction\": \"%s\"}]}",
		               where, 10 + dice(40), works[dice(WORKS)], dice(20), works[dice(WORKS)], dice(6),
		               levels[dice(3)]);
		if (run_input_candidate(cx, in, handle, facts) != LG_OK) die(cx, "a person");
	}
	for (size_t i = 0; i < openings; i++) {
		(void)snprintf(handle, sizeof handle, "b0000000-0000-4000-8000-%012zu", i);
		(void)place(where, sizeof where);
		(void)snprintf(facts, sizeof facts,
		               "{%s, \"kind\": \"job\", \"positions\": 2, \"occupations\": [{\"occupation\": \"%s\"}], "
		               "\"languages\": "
		               "[{\"language\": \"da\", \"level\": \"%s\"}]}",
		               where, works[dice(WORKS)], levels[1 + dice(3)]);
		if (run_input_opening(cx, in, handle, 1 + dice(2), facts) != LG_OK) die(cx, "an opening");
	}
}

static void solve(const struct match_terms *terms, const char *name, const char *asked, size_t people, size_t openings)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct run_input in;
	struct run_market m;
	struct run_result r;
	json_t *order = json_loads(asked, 0, NULL);
	seed = 20261129;
	run_input_begin(&cx, &in);
	if (run_input_head(&cx, &in, order, &terms->setup) != LG_OK || run_input_course(&cx, &in, order) != LG_OK)
		die(&cx, "the order");
	json_decref(order);
	put_market(&cx, &in, people, openings);
	run_input_end(&cx, &in);
	double began = now_s();
	if (run_input_read(&cx, &m, &in, terms) != LG_OK) die(&cx, "reading");
	double read = now_s(), cpu = cpu_s();
	if (run_solve(&cx, &r, &m, NULL) != LG_OK) die(&cx, name);
	(void)printf(
	    "%-30s %6.1f s read, %6.1f s solved and checked (%.1f s of a processor), %llu of %zu placed, %u rounds",
	    name, read - began, now_s() - read, cpu_s() - cpu, (unsigned long long)r.totals.placed, m.n_candidates,
	    r.rounds);
	if (r.seat)
		(void)printf(", %llu seats taken: %lld more placed", (unsigned long long)r.seats_taken,
		             (long long)r.totals.placed - (long long)r.before.placed);
	(void)printf("\n");
	(void)fflush(stdout);
	lg_arena_free(cx.mem);
}

int main(int argc, char **argv)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_taxonomy *taxonomy;
	struct match_terms *terms;
	char course[160];
	size_t people = argc > 1 ? strtoul(argv[1], NULL, 10) : 50000,
	       openings = argc > 2 ? strtoul(argv[2], NULL, 10) : 30000;
	(void)snprintf(
	    course, sizeof course,
	    "{\"objective\": \"people\", \"course_language\": \"da\", \"course_to\": \"b2\", \"course_seats\": %s}",
	    argc > 3 ? argv[3] : "500");
	if (lg_taxonomy_builtin(&cx, &taxonomy) != LG_OK || match_terms_new(&cx, taxonomy, &terms) != LG_OK)
		die(&cx, "the words");
	solve(terms, "the plan", "{\"objective\": \"people\"}", people, openings);
	solve(terms, "what if: other points",
	      "{\"objective\": \"people\", \"weight_distance\": 3000, \"weight_occupation\": 1000}", people, openings);
	solve(terms, "what if: a course", course, people, openings);
	lg_arena_free(cx.mem);
	return 0;
}
