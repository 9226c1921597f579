/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LANDGANG_MATCH_H
#define LANDGANG_MATCH_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#if defined(__GNUC__)
#pragma GCC visibility push(default) /* what is declared here is all that the shared library shows */
#endif

/**
 * @file
 * The matching engine: which openings suit a candidate, which candidates suit an opening, and the best
 * placement of all of them at once, each with the parts of its score.
 *
 * A pure library. It reads no file, opens no socket, asks no clock, keeps no global state and starts no thread;
 * the same input always gives the same answer, on every processor, with any number of threads and in any order
 * of input. It knows codes and numbers only: there is no field for a name, a sex, an age or a nationality, so
 * none of them can weigh in.
 *
 *     struct lgm_index *ix;
 *     if (lgm_index_new(&ix, &setup, candidates, nc, openings, no, NULL) != LGM_OK) return 1;
 *     struct lgm_hit best[10];
 *     size_t n = lgm_best_openings(ix, &candidates[0], best, 10, NULL);
 *     for (size_t i = 0; i < n; i++) printf("%u %u\n", best[i].id, best[i].score);
 *     lgm_index_free(ix);
 *
 * Every score is a whole number from 0 to the sum of the weights (10,000 by default) and the sum of seven parts.
 * A part about which an opening asks nothing gives half its weight, so that silence is neither praise nor blame.
 */

/* ------------------------------------------------------------------------------------------------- errors */

enum lgm_err {
	LGM_OK,
	LGM_NO_MEMORY, /* the caller's allocator returned NULL; the object is unchanged, or was never made */
	LGM_INVALID,   /* an input breaks its contract: see lgm_candidate_fault, lgm_opening_fault, lgm_setup_fault */
	LGM_TAKEN,     /* an id stands twice */
	LGM_UNKNOWN,   /* no candidate or opening with this id */
};

/** Short English text of an error code, never NULL. */
const char *lgm_err_text(enum lgm_err err);

/** Whence memory comes; NULL instead of a pointer to one means malloc and free. `get` may return NULL. */
struct lgm_mem {
	void *(*get)(void *self, size_t size);
	void (*put)(void *self, void *piece); /* never called with NULL */
	void *self;
};

/* -------------------------------------------------------------------------------------------------- facts */

/** A point on the earth, in steps of 10 m from its centre (a sphere of 6,371,009 m, IUGG mean radius). */
struct lgm_place {
	int32_t x, y, z;
};

/** Longest commute the engine handles: 250 km, in steps of 10 m. */
#define LGM_COMMUTE_MAX 25000u

/**
 * The place at a latitude and longitude in millionths of a degree.
 * Sine and cosine are polynomials in plain multiplications and additions, so every machine rounds alike.
 * @return false, and nothing written, outside -90..90 or -180..180 degrees
 */
bool lgm_place_at(struct lgm_place *out, int32_t latitude_e6, int32_t longitude_e6);

/** Straight-line distance in metres, rounded down to 10 m (below 250 km within 20 m of the great circle). */
uint32_t lgm_distance_m(const struct lgm_place *a, const struct lgm_place *b);

/** A week in half hours: bit 48 * day + half hour; Monday is day 0, 00:00-00:30 is half hour 0. */
#define LGM_WEEK_SLOTS 336u
struct lgm_week {
	uint64_t bits[6];
};

/** Language levels: half steps of the Common European Framework of Reference (CEFR). 0 is "none stated". */
enum lgm_level {
	LGM_LEVEL_NONE,
	LGM_A0,
	LGM_A1,
	LGM_A1_PLUS,
	LGM_A2,
	LGM_A2_PLUS,
	LGM_B1,
	LGM_B1_PLUS,
	LGM_B2,
	LGM_B2_PLUS,
	LGM_C1,
	LGM_C1_PLUS,
	LGM_C2,
	LGM_NATIVE,
	LGM_LEVELS
};

/** Kinds of contract, one list everywhere. A candidate has a set of them (1u << kind), an opening has one. */
enum lgm_contract {
	LGM_JOB,
	LGM_PLACEMENT,
	LGM_INTEGRATION_PLACEMENT,
	LGM_WAGE_SUBSIDY,
	LGM_IGU,
	LGM_EVALUATION,
	LGM_CLINICAL_DAY,
	LGM_LANGUAGE_PLACEMENT,
	LGM_TRAINEE,
	LGM_CONTRACTS
};

/** No date stated. Dates are day numbers since 1970-01-01. */
#define LGM_NO_DATE INT32_MIN

/** An occupation or a group, and years of experience in it. */
struct lgm_experience {
	uint16_t occupation;
	uint8_t years;
};
/** The number of a language, and a level of enum lgm_level, at least 1. */
struct lgm_language {
	uint8_t language;
	uint8_t level;
};
/** A licence that is held, or else pending. */
struct lgm_licence {
	uint16_t licence;
	bool held;
};
/** A skill and how much it tells, 1..65535. */
struct lgm_skill {
	uint16_t skill;
	uint16_t weight;
};

/**
 * Somebody who seeks work. Lists belong to the caller and are copied by whoever keeps them.
 * Concepts, skills, languages and licences are numbers of the caller's vocabulary (struct lgm_setup).
 */
struct lgm_candidate {
	uint32_t id; /* unique; the smaller id wins a tie */
	struct lgm_place place;
	uint32_t commute;              /* longest way, in steps of 10 m, 0..LGM_COMMUTE_MAX */
	int32_t start;                 /* first possible day, or LGM_NO_DATE */
	uint16_t contracts;            /* set of enum lgm_contract */
	uint16_t hours_min, hours_max; /* weekly hours in tenths, 0..1680, min <= max */
	bool wants_work;               /* false: matched with nothing */
	struct lgm_week free;          /* available and not in class */
	uint16_t n_occupations, n_skills, n_languages, n_licences, n_wishes;
	const struct lgm_experience *occupations; /* concepts ascending, no repeats */
	const uint16_t *skills;                   /* ascending, no repeats */
	const struct lgm_language *languages;     /* languages ascending, no repeats */
	const struct lgm_licence *licences;       /* licences ascending, no repeats */
	const uint16_t *wishes;                   /* concepts ascending, no repeats; none means "not stated" */
};

/** Anything a candidate can be matched to: a job, a placement, a trainee post. */
struct lgm_opening {
	uint32_t id;                    /* unique among openings */
	struct lgm_place place;         /* not read when remote */
	int32_t start;                  /* day, or LGM_NO_DATE */
	uint8_t contract;               /* one of enum lgm_contract */
	uint16_t hours;                 /* weekly hours in tenths, or LGM_NO_HOURS */
	bool remote, assistant_allowed; /* assistant: a pending licence is enough */
	uint16_t positions;             /* 1..65535 */
	struct lgm_week schedule;       /* empty: not stated */
	uint16_t n_occupations, n_essential, n_optional, n_languages, n_licences;
	const uint16_t *occupations;          /* concepts ascending, no repeats */
	const struct lgm_skill *essential;    /* skills ascending, no repeats, at most 255 */
	const struct lgm_skill *optional;     /* likewise; none that is essential too */
	const struct lgm_language *languages; /* least levels; languages ascending, no repeats */
	const uint16_t *licences;             /* all of them needed; ascending, no repeats */
};
#define LGM_NO_HOURS UINT16_MAX

/* -------------------------------------------------------------------------------------------------- setup */

/** The seven parts of a score. */
enum lgm_part {
	LGM_OCCUPATION,
	LGM_ESSENTIAL,
	LGM_OPTIONAL,
	LGM_SURPLUS,
	LGM_DISTANCE,
	LGM_WISH,
	LGM_SCHEDULE,
	LGM_PARTS
};
/** "occupation", "essential_skills", "optional_skills", "language", "distance", "wish", "schedule". */
const char *lgm_part_name(enum lgm_part part);

/** The hard demands: one that fails rules a pair out, whatever its score. */
enum lgm_demand {
	LGM_WANTS_WORK,
	LGM_NEEDS_LICENCE,
	LGM_NEEDS_LANGUAGE,
	LGM_NEEDS_CONTRACT,
	LGM_NEEDS_HOURS,
	LGM_NEEDS_START,
	LGM_NEEDS_COMMUTE,
	LGM_NEEDS_SCHEDULE,
	LGM_DEMANDS
};
/** "wants_work", "licence", "language", "contract", "hours", "start", "commute", "schedule". */
const char *lgm_demand_name(enum lgm_demand demand);

/**
 * What a market is measured by. The arrays are borrowed for as long as an index made with them lives.
 *
 * Occupation closeness: closeness[b * concepts + a] is how much of the work b a person of occupation a can do,
 * 0..100 per cent; closeness[a * concepts + a] is 100. parent[a] is the next wider group of a, or a itself.
 */
struct lgm_setup {
	uint16_t weight[LGM_PARTS];   /* most points of each part; the sum is 1..10,000 */
	uint8_t min_schedule_percent; /* least share of the opening's hours the candidate is free, 0..100 */
	uint16_t start_grace_days;    /* an opening waits so long for a candidate, 0..3650 */
	uint16_t reserve;             /* pairs that score less are never proposed, 0..10,000 */
	uint16_t concepts;            /* size of the vocabulary of occupations and groups */
	uint16_t skills;              /* size of the vocabulary of skills */
	uint16_t languages;           /* size of the vocabulary of languages, 0..256 */
	uint16_t licences;            /* size of the vocabulary of licences */
	const uint16_t *parent;       /* [concepts] */
	const uint8_t *closeness;     /* [concepts][concepts] */
};

/** Weights 3000, 3000, 1000, 500, 1000, 700, 800; three quarters of the schedule; 30 days; no reserve; no vocabulary.
 */
struct lgm_setup lgm_setup_default(void);

/** NULL, or what is wrong with it, in English. O(concepts squared) for the setup, O(lists) for the others. */
const char *lgm_setup_fault(const struct lgm_setup *setup);
const char *lgm_candidate_fault(const struct lgm_setup *setup, const struct lgm_candidate *candidate);
const char *lgm_opening_fault(const struct lgm_setup *setup, const struct lgm_opening *opening);

/* ----------------------------------------------------------------------------------------------- one pair */

/** Everything there is to say about one pair. */
struct lgm_verdict {
	uint16_t failed; /* set of enum lgm_demand; 0: the pair is feasible */
	uint16_t score;  /* sum of the parts, computed for infeasible pairs too */
	uint16_t part[LGM_PARTS];
	uint32_t distance_m;              /* 0 when remote */
	int32_t days_late;                /* days after the grace period, or 0 */
	uint16_t slots_asked, slots_free; /* half hours of the schedule; those the candidate is free */
	uint16_t licences_missing;        /* not held; where assistants are allowed, not even pending */
	uint16_t languages_missing;       /* below the least level */
};

/**
 * Compare one candidate with one opening: the readable reference. The index gives the same numbers, faster;
 * the tests hold the two equal. It does not apply the reserve.
 *
 *   occupation  weight * closeness * (4 + min(years, 4)) / 800, the best over both lists
 *   essential, optional  the points of the skills that the candidate has (lgm_skill_points)
 *   language    weight * min(8, sum of min(4, half steps above the least level)) / 8
 *   distance    weight * decay(distance), falling to 1/e at 20 km, in steps of 250 m; remote gives the weight
 *   wish        weight if an occupation of the opening lies in a wished group; half if no wish is stated
 *   schedule    weight * slots free / slots asked
 *
 * Divisions round down. O(length of the lists). Threads: any.
 */
void lgm_compare(const struct lgm_setup *setup, const struct lgm_candidate *candidate,
                 const struct lgm_opening *opening, struct lgm_verdict *out);

/**
 * Share a part's weight among n skills in proportion to their weights: the points add up to `total` exactly
 * (largest remainder; equal remainders to the earlier skill). n is at most 255. O(n squared).
 */
void lgm_skill_points(uint16_t total, const struct lgm_skill *skills, size_t n, uint16_t *points);

/* -------------------------------------------------------------------------------------------------- index */

struct lgm_index;

/** Which instructions do the work. The answers are the same for all of them. */
enum lgm_simd { LGM_SCALAR, LGM_AVX2, LGM_AVX512, LGM_SIMDS };
const char *lgm_simd_name(enum lgm_simd simd);
/** The widest this processor has. */
enum lgm_simd lgm_simd_best(void);

/**
 * Build an index over candidates and openings, which are copied. Uses lgm_simd_best().
 *
 * @param out  the caller's index, for lgm_index_free()
 * @return LGM_OK, LGM_NO_MEMORY, LGM_INVALID or LGM_TAKEN (then *out is NULL)
 *
 * O(n log n); 23 MB for 50,000 candidates and 30,000 openings.
 * Threads: one index may be read by any number of threads; a change needs it alone.
 */
enum lgm_err lgm_index_new(struct lgm_index **out, const struct lgm_setup *setup,
                           const struct lgm_candidate *candidates, size_t n_candidates,
                           const struct lgm_opening *openings, size_t n_openings, const struct lgm_mem *mem);
void lgm_index_free(struct lgm_index *ix); /* NULL is allowed */

/** Use other instructions. @return false, and nothing changed, when the processor has not got them */
bool lgm_index_use(struct lgm_index *ix, enum lgm_simd simd);
enum lgm_simd lgm_index_simd(const struct lgm_index *ix);
size_t lgm_index_candidates(const struct lgm_index *ix);
size_t lgm_index_openings(const struct lgm_index *ix);
/** Bytes the index holds. */
size_t lgm_index_bytes(const struct lgm_index *ix);

/** NULL, or what is wrong inside. For tests, fuzzing and diagnosis of a live index. O(everything). */
const char *lgm_index_check(const struct lgm_index *ix);

/**
 * Change a built index. A change is a removal and an addition under the same id.
 * LGM_TAKEN, LGM_UNKNOWN, LGM_INVALID or LGM_NO_MEMORY leave the index as it was.
 * O(512 candidates) for a candidate, O(1) for an opening.
 */
enum lgm_err lgm_index_add_candidate(struct lgm_index *ix, const struct lgm_candidate *candidate);
enum lgm_err lgm_index_add_opening(struct lgm_index *ix, const struct lgm_opening *opening);
enum lgm_err lgm_index_remove_candidate(struct lgm_index *ix, uint32_t id);
enum lgm_err lgm_index_remove_opening(struct lgm_index *ix, uint32_t id);

/** One line of a ranked list. */
struct lgm_hit {
	uint32_t id;
	uint16_t score;
};

/**
 * The k best feasible openings for a candidate, or candidates for an opening, who need not be in the index:
 * best first, equal scores by smaller id, none below the reserve.
 *
 * @param hits      room for k hits
 * @param feasible  how many meet every hard demand, whatever the reserve; or NULL
 * @return how many were written, 0..k; or LGM_FAILED: the candidate or opening breaks its contract, or no memory
 *
 * Exact. Tens of microseconds at 50,000 x 30,000. Threads: any; the index's allocator is then called by each of them.
 */
#define LGM_FAILED SIZE_MAX
size_t lgm_best_openings(const struct lgm_index *ix, const struct lgm_candidate *candidate, struct lgm_hit *hits,
                         size_t k, size_t *feasible);
size_t lgm_best_candidates(const struct lgm_index *ix, const struct lgm_opening *opening, struct lgm_hit *hits,
                           size_t k, size_t *feasible);

/** What stands between a candidate and the openings. */
struct lgm_misses {
	uint64_t stopped[LGM_DEMANDS]; /* openings that fail on each demand; one may fail on several */
	uint64_t feasible;             /* openings that fail on none, whatever the reserve */
	bool any;                      /* false: there are no openings, and the rest is not set */
	uint32_t nearest;        /* the one with fewest failed demands, then the best score, then the smaller id */
	uint16_t nearest_failed; /* set of enum lgm_demand */
	uint16_t nearest_score;  /* as lgm_compare gives it */
};
/** Count them over all openings of the index. LGM_INVALID or LGM_NO_MEMORY. Some 30 ns an opening. Threads: any. */
enum lgm_err lgm_count_misses(const struct lgm_index *ix, const struct lgm_candidate *candidate,
                              struct lgm_misses *out);

/** An opening within reach of a candidate but for at most one of the forgiven demands. */
struct lgm_near {
	uint32_t opening; /* id */
	uint16_t failed;  /* 0, or that one demand as a set */
	uint16_t score;   /* as lgm_compare gives it */
};
/**
 * Tell of every opening on which the candidate fails no demand, or just one of the set `forgiven`, whatever the
 * reserve. In no order that may be relied on. LGM_INVALID or LGM_NO_MEMORY. Some 30 ns an opening, those beyond the
 * commute mostly skipped unless LGM_NEEDS_COMMUTE is forgiven. Threads: any.
 */
enum lgm_err lgm_each_near(const struct lgm_index *ix, const struct lgm_candidate *candidate, uint16_t forgiven,
                           void (*tell)(void *self, const struct lgm_near *near), void *self);

/* ---------------------------------------------------------------------------- both sides' lists in one pass */

/**
 * Everybody's k best, both ways, in units of work that may run on any threads in any order:
 *
 *     lgm_join_new(&join, ix, 20, workers, NULL);
 *     worker w, for each unit u it takes from 0..lgm_join_units(join)-1:  lgm_join_work(join, w, u);
 *     lgm_join_end(join);                    after all units: merges the workers' halves
 *     lgm_join_openings(join, candidate id, hits) ... lgm_join_candidates(join, opening id, hits)
 *     lgm_join_free(join);
 *
 * The lists do not depend on the number of workers. Memory: 8 * k bytes a candidate, and an opening and worker.
 */
struct lgm_join;
#define LGM_LIST_MAX 255u /* greatest k of a join */
enum lgm_err lgm_join_new(struct lgm_join **out, const struct lgm_index *ix, size_t k, size_t workers,
                          const struct lgm_mem *mem);
void lgm_join_free(struct lgm_join *join);
size_t lgm_join_units(const struct lgm_join *join);
void lgm_join_work(struct lgm_join *join, size_t worker, size_t unit);
void lgm_join_end(struct lgm_join *join);
/** @return length of the list, 0..k; 0 for an unknown id. `hits` has room for k. */
size_t lgm_join_openings(const struct lgm_join *join, uint32_t candidate_id, struct lgm_hit *hits);
size_t lgm_join_candidates(const struct lgm_join *join, uint32_t opening_id, struct lgm_hit *hits);
/** The k it was made with. */
size_t lgm_join_k(const struct lgm_join *join);
/** How many pairs meet every hard demand, whatever the reserve. After lgm_join_end. */
uint64_t lgm_join_feasible(const struct lgm_join *join);

/* --------------------------------------------------------------------------------------------- assignment */

/**
 * The best placement of all: each candidate in at most one opening, each opening with at most its positions.
 *
 * LGM_SCORE makes the sum of scores greatest. LGM_PEOPLE places as many people as can be placed and, among all
 * such placements, makes the sum of scores greatest: each pair then weighs bonus + score, where the bonus
 * (lgm_plan_bonus) exceeds any sum of scores.
 *
 * Method: successive shortest paths with duals after an auction start, on a growing graph of pairs; pairs that
 * the duals show to be missing are priced in over *all* feasible pairs until none is left (column generation).
 * Then, with u >= 0 for candidates and v >= 0 for positions,
 *     u(c) + v(o) >= weight(c, o)  for every feasible pair, and  sum u + sum positions * v = sum of weights,
 * which proves by linear-programming duality that no placement is better. (Kuhn 1955; Ford and Fulkerson 1962;
 * Bertsekas and Castanon 1989 for the auction with similar places.)
 *
 *     lgm_plan_new(&plan, ix, LGM_PEOPLE, workers, NULL);
 *     lgm_plan_seed(plan, join);              optional: start from the lists
 *     do {
 *         lgm_plan_solve(plan);
 *         worker w, for each unit u it takes from 0..lgm_plan_units(plan)-1:  lgm_plan_price(plan, w, u);
 *         lgm_plan_price_end(plan, &violated);
 *     } while (violated);
 */
struct lgm_plan;
enum lgm_objective { LGM_SCORE, LGM_PEOPLE };

enum lgm_err lgm_plan_new(struct lgm_plan **out, struct lgm_index *ix, enum lgm_objective objective, size_t workers,
                          const struct lgm_mem *mem);
void lgm_plan_free(struct lgm_plan *plan);

/** Take the pairs of both sides' lists into the graph, which must be empty yet: else LGM_INVALID. */
enum lgm_err lgm_plan_seed(struct lgm_plan *plan, const struct lgm_join *join);
/** Make the placement optimal on the graph as it is, from where it stands (warm). */
enum lgm_err lgm_plan_solve(struct lgm_plan *plan);

/** Units of work that look through all feasible pairs for such as the duals do not cover. */
size_t lgm_plan_units(const struct lgm_plan *plan);
void lgm_plan_price(struct lgm_plan *plan, size_t worker, size_t unit);
/** After all units: take the best of them into the graph. *violated is how many there were: 0 is the proof. */
enum lgm_err lgm_plan_price_end(struct lgm_plan *plan, uint64_t *violated);

/** The bonus for each person placed: 0 for LGM_SCORE. */
int64_t lgm_plan_bonus(const struct lgm_plan *plan);
struct lgm_totals {
	uint64_t edges;       /* pairs in the graph */
	uint64_t placed;      /* people placed */
	int64_t score;        /* sum of their scores */
	int64_t primal, dual; /* sums of weights and of duals; equal after a solve */
};
void lgm_plan_totals(const struct lgm_plan *plan, struct lgm_totals *out);
/** Where a candidate is placed. @return false: nowhere, or unknown */
bool lgm_plan_placed(const struct lgm_plan *plan, uint32_t candidate_id, struct lgm_hit *opening);
/** Duals by id; 0 for an unknown one. An opening's dual is the price of one of its positions. */
int64_t lgm_plan_candidate_dual(const struct lgm_plan *plan, uint32_t candidate_id);
int64_t lgm_plan_opening_dual(const struct lgm_plan *plan, uint32_t opening_id);

/**
 * Change the market under a solved and proven plan: the index is changed, the placement repaired along shortest
 * paths, and every pair whose duals fell is priced again, so that the plan is optimal and proven when the call
 * returns. Errors as for the index; LGM_INVALID also when the candidates have more than doubled under a plan for
 * LGM_PEOPLE, whose bonus they would outgrow: make a new one. On LGM_NO_MEMORY the plan must be freed.
 */
enum lgm_err lgm_plan_add_candidate(struct lgm_plan *plan, const struct lgm_candidate *candidate);
enum lgm_err lgm_plan_add_opening(struct lgm_plan *plan, const struct lgm_opening *opening);
enum lgm_err lgm_plan_remove_candidate(struct lgm_plan *plan, uint32_t id);
enum lgm_err lgm_plan_remove_opening(struct lgm_plan *plan, uint32_t id);

/**
 * Raise the prices of the openings as far as the proof allows, and lower the candidates' duals with them, under a
 * solved and proven plan; the placement stays as it is. There is just one highest price for each opening, whatever way
 * led there: what the objective would lose with one of its positions (Demange and Gale 1985).
 *
 * LGM_INVALID: candidates wait to be placed. LGM_NO_MEMORY leaves the duals as they were.
 * As long as one look through all feasible pairs, on one thread.
 */
enum lgm_err lgm_plan_raise(struct lgm_plan *plan);

/** What one more candidate, who need not be in the index, would add to the objective at these prices. */
struct lgm_worth {
	int64_t gain;     /* greatest weight - v over the openings feasible and not below the reserve; at least 0 */
	uint32_t opening; /* the one, the smallest id of several; not set where the gain is 0 */
};
/**
 * An upper bound at any prices of a proven plan, and just so much after lgm_plan_raise: adding that candidate, alone,
 * then makes the objective greater by the gain. LGM_INVALID or LGM_NO_MEMORY. As lgm_best_openings. Threads: any.
 */
enum lgm_err lgm_plan_worth(const struct lgm_plan *plan, const struct lgm_candidate *candidate, struct lgm_worth *out);

/**
 * What if ...: mark where a solved and proven plan stands, add candidates, look, and go back. After lgm_plan_back those
 * added since are gone from the index, the placement and duals are those of the mark, and the plan is proven as it was.
 *
 * While a plan is marked, other changes of it give LGM_INVALID, as does a second mark, or going back without one; only
 * the index may not be changed behind its back. O(candidates + openings) each. On LGM_NO_MEMORY nothing was marked.
 */
enum lgm_err lgm_plan_mark(struct lgm_plan *plan);
enum lgm_err lgm_plan_back(struct lgm_plan *plan);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif
#endif
