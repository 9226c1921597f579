/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LGM_INNER_H
#define LGM_INNER_H
#include "landgang/match.h"

/**
 * @file
 * Inside the engine: how candidates and openings lie in memory.
 *
 * Candidates stand in pages of 512 lanes, near ones together. A page answers "which lanes ...?" with a mask of 512
 * bits: for each yes-or-no fact that an opening can demand there is a plane of bits; for each skill and each wish a
 * posting, which is a short list of lanes or, where many have it, a plane. So a whole page is filtered by a few ANDs,
 * only the skills an opening names are touched, and what is left is scored exactly: there are no estimates in between.
 */

enum {
	LGM_LANES = 512,
	LGM_WORDS = LGM_LANES / 64,
	LGM_BLOCK = 64,       /* openings that share a bounding box */
	LGM_STEP = 25,        /* distance step of 250 m, in steps of 10 m */
	LGM_STEPS = 1001,     /* 0..250 km */
	LGM_DEPTH = 16,       /* most groups above a concept */
	LGM_SKILLS_MAX = 255, /* of one kind in one opening */
	LGM_NONE = -1
};
#define LGM_NOWHERE UINT32_MAX /* no slot */

/** weight * lgm_decay[step] >> 16: falls to 1/e at 20 km. Made by tools/tables.c. */
extern const uint32_t lgm_decay[LGM_STEPS];

/** Distance in steps of 10 m, rounded down. */
uint32_t lgm_distance(const struct lgm_place *a, const struct lgm_place *b);

/* --- memory (memory.c): zeroed, aligned to 64 bytes; NULL when the caller's allocator has none left --- */
void *lgm_get(const struct lgm_mem *mem, size_t count, size_t size);
void lgm_put(const struct lgm_mem *mem, void *piece); /* NULL is allowed */
/** Make room for `count` pieces in a growing array. @return false: no memory, the array is unchanged */
bool lgm_grow(const struct lgm_mem *mem, void *array /* of a pointer */, size_t *room, size_t count, size_t size);
extern const struct lgm_mem lgm_malloc;

/** Sort by a 64-bit key that stands first in each element of 16 bytes; equal keys by the second word. (sort.c) */
struct lgm_keyed {
	uint64_t key, value;
};
void lgm_sort(struct lgm_keyed *list, size_t n);

/* --- ids (ids.c): a map from the callers' ids to slots --- */
struct lgm_ids {
	uint32_t *id, *slot;
	size_t room, used;
};
enum lgm_err lgm_ids_add(struct lgm_ids *ids, const struct lgm_mem *mem, uint32_t id, uint32_t slot);
uint32_t lgm_ids_find(const struct lgm_ids *ids, uint32_t id); /* LGM_NOWHERE */
void lgm_ids_remove(struct lgm_ids *ids, uint32_t id);
void lgm_ids_free(struct lgm_ids *ids, const struct lgm_mem *mem);

/* --- space --- */
struct lgm_box {
	int32_t lo[3], hi[3];
};
void lgm_box_empty(struct lgm_box *box);
void lgm_box_add(struct lgm_box *box, const struct lgm_place *place);
/** Square of the least distance from a place, or between boxes, in steps of 10 m. */
int64_t lgm_box_distance2(const struct lgm_box *box, const struct lgm_place *place);
int64_t lgm_boxes_distance2(const struct lgm_box *a, const struct lgm_box *b);
/** Places near each other get near keys. (Morton 1966, in three dimensions, cells of 8 km.) */
uint64_t lgm_morton(const struct lgm_place *place);

/* --- what an index is measured by, worked out once --- */
struct lgm_terms {
	struct lgm_setup setup;
	uint16_t points_occupation[101][5]; /* per cent, years up to 4 */
	uint16_t points_distance[LGM_STEPS];
	int32_t first_start; /* fortnight 0 of the start planes */
	uint32_t features;   /* numbers of planes that can be asked for */
};
/* Numbers of the yes-or-no facts. */
enum { LGM_FORTNIGHTS = 64, LGM_HOURS_PLANES = 169 };
enum {
	F_NO_WISH = 0,
	F_CONTRACT = 1,
	F_HOURS = F_CONTRACT + 16,
	F_START = F_HOURS + LGM_HOURS_PLANES,
	F_LANGUAGE = F_START + LGM_FORTNIGHTS
};
uint32_t lgm_feature_language(unsigned language, unsigned level);
uint32_t lgm_feature_licence(const struct lgm_terms *t, unsigned licence, bool pending_will_do);

/* --- a page of candidates (page.c) --- */
struct lgm_lists { /* of 512 lanes: lane l has list[at[l]] .. list[at[l + 1] - 1] */
	uint32_t occupations[LGM_LANES + 1], skills[LGM_LANES + 1], languages[LGM_LANES + 1];
	uint32_t licences[LGM_LANES + 1], wishes[LGM_LANES + 1];
};
struct lgm_postings {
	uint32_t *at;   /* [vocabulary] 0: nobody; a place in the pool; or LGM_IN_PLANE | a plane */
	uint16_t *pool; /* count, then the lanes */
	uint64_t (*planes)[LGM_WORDS];
};
#define LGM_IN_PLANE 0x80000000u
enum { LGM_LIST_MOST = 20 }; /* more than so many stand in a plane */

struct lgm_page {
	_Alignas(64) int32_t x[LGM_LANES];
	int32_t y[LGM_LANES], z[LGM_LANES];
	int32_t reach2[LGM_LANES]; /* square of the commute */
	struct lgm_week free[LGM_LANES];
	uint64_t alive[LGM_WORDS];
	int32_t start[LGM_LANES];
	uint16_t hours_min[LGM_LANES], hours_max[LGM_LANES];
	uint32_t id[LGM_LANES];
	uint16_t contracts[LGM_LANES];
	uint32_t used, reach; /* lanes 0..used-1 were filled; longest commute among them */
	struct lgm_box box;
	struct lgm_lists at;
	struct lgm_experience *occupations; /* years at most 4 here */
	uint16_t *skills;
	struct lgm_language *languages;
	struct lgm_licence *licences;
	uint16_t *wishes;
	uint16_t *plane_of;            /* [features] 0: nobody */
	uint64_t (*planes)[LGM_WORDS]; /* plane 0 is empty */
	size_t n_planes;
	struct lgm_postings by_skill, by_wish;
	size_t bytes;
};

/**
 * Build a page from up to 512 candidates by lane; NULL for an empty lane.
 * @return the page, for lgm_page_free(), or NULL without memory
 */
struct lgm_page *lgm_page_new(const struct lgm_terms *t, const struct lgm_candidate *const lanes[LGM_LANES],
                              const struct lgm_mem *mem);
void lgm_page_free(struct lgm_page *page, const struct lgm_mem *mem);
/** The candidate of a lane, as facts; the lists point into the page. Years above 4 read 4: they count alike. */
struct lgm_candidate lgm_page_candidate(const struct lgm_page *page, unsigned lane);
bool lgm_page_alive(const struct lgm_page *page, unsigned lane);
const char *lgm_page_check(const struct lgm_page *page, const struct lgm_terms *t);

/* --- an opening, compiled (opening.c) --- */
struct lgm_need {
	uint32_t id;
	bool alive, remote, assistant_allowed;
	uint8_t contract;
	struct lgm_place place;
	int32_t latest; /* last day to start, INT32_MAX: any */
	uint16_t hours, positions;
	uint16_t slots_asked, slots_least; /* half hours; least that must be free */
	uint16_t base;                     /* points of the parts that ask nothing */
	uint16_t rest;                     /* most points of language and schedule, where asked */
	struct lgm_week schedule;
	uint32_t n_filters, n_skills, n_groups, n_occupations, n_languages, n_licences;
	uint32_t *filters;        /* features that all must hold */
	struct lgm_skill *skills; /* weight: points, both kinds together; ascending */
	uint16_t *groups;         /* occupations and all groups above them, ascending */
	uint16_t *occupations;
	struct lgm_language *languages;
	uint16_t *licences;
	size_t bytes;
};
struct lgm_need *lgm_need_new(const struct lgm_terms *t, const struct lgm_opening *o, const struct lgm_mem *mem);

/* --- the index (index.c) --- */
struct lgm_block {
	struct lgm_box box;
	bool remote;
};
struct lgm_index {
	struct lgm_terms terms;
	struct lgm_mem mem;
	enum lgm_simd simd;
	struct lgm_page **pages; /* slot of a candidate: page * 512 + lane */
	size_t n_pages, room_pages;
	struct lgm_need **needs; /* slot of an opening: its place here; NULL when removed */
	size_t n_needs, room_needs;
	struct lgm_block *blocks; /* of 64 openings each */
	size_t room_blocks;
	size_t n_candidates, n_openings;
	struct lgm_ids candidate_ids, opening_ids;
};

/* --- looking a page through for an opening (scan.h, three times compiled) --- */
struct lgm_scan {
	/* in */
	const struct lgm_index *ix;
	bool sum;                  /* what a hit needs: the sum of both floors, or the lesser */
	int64_t floor;             /* the opening's */
	const int64_t *lane_floor; /* [512]; NULL: the opening's alone */
	const uint64_t *only;      /* [8] lanes to look at; NULL: all that live */
	/* out */
	uint64_t feasible; /* added to: pairs that meet every hard demand */
	size_t hits;
	uint16_t lane[LGM_LANES], score[LGM_LANES];
	/* scratch */
	_Alignas(64) uint16_t points[LGM_LANES];
	_Alignas(64) int32_t distance2[LGM_LANES];
	uint8_t *row; /* [concepts] */
};
struct lgm_scan *lgm_scan_new(const struct lgm_index *ix, const struct lgm_mem *mem);
void lgm_scan_free(struct lgm_scan *scan, const struct lgm_mem *mem);
/** Look through one page for one opening: hits whose score reaches the floors. */
void lgm_scan_page(struct lgm_scan *scan, const struct lgm_page *page, const struct lgm_need *need);
void lgm_scan_scalar(struct lgm_scan *scan, const struct lgm_page *page, const struct lgm_need *need);
void lgm_scan_avx2(struct lgm_scan *scan, const struct lgm_page *page, const struct lgm_need *need);
void lgm_scan_avx512(struct lgm_scan *scan, const struct lgm_page *page, const struct lgm_need *need);
/** May anybody of the page reach the opening, or any opening of the block? */
bool lgm_page_in_reach(const struct lgm_page *page, const struct lgm_need *need);
bool lgm_block_in_reach(const struct lgm_page *page, const struct lgm_block *block);

/* --- looking the openings through for a candidate (seek.c) --- */
struct lgm_seek;
struct lgm_seek *lgm_seek_new(const struct lgm_index *ix, const struct lgm_mem *mem);
void lgm_seek_free(struct lgm_seek *seek, const struct lgm_mem *mem);
/**
 * Call hit(self, slot of the opening, score) for each feasible opening that scores `floor` or more; the callback
 * returns the floor from then on. @return how many are feasible
 */
uint64_t lgm_seek_openings(struct lgm_seek *seek, const struct lgm_candidate *candidate, int64_t floor,
                           int64_t (*hit)(void *self, uint32_t opening, uint16_t score), void *self);

/* --- ranked lists (list.c): keys of score and id, best first --- */
static inline uint64_t lgm_key(uint16_t score, uint32_t id) { return (uint64_t)score << 32 | (uint32_t)~id; }
static inline struct lgm_hit lgm_key_hit(uint64_t key)
{
	return (struct lgm_hit){ .id = ~(uint32_t)key, .score = (uint16_t)(key >> 32) };
}
struct lgm_list {
	uint64_t *keys;
	uint32_t len, room;
};
/** Put a key in its place; the last falls out when the list is full. @return the least score that still enters */
int64_t lgm_list_add(struct lgm_list *list, uint64_t key, int64_t reserve);
#endif
