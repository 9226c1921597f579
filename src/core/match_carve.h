/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MATCH_CARVE_H
#define LG_CORE_MATCH_CARVE_H
#include "core/match_live.h"

/**
 * @file
 * Carving an opening: for how many more of those who wait would it do, if its employer left out one thing that is asked
 * for, or two, or gave some of the tasks to a second opening?
 *
 * What the employer may leave out: a language, the hours a week, the hours of the day, the first day. The licences are
 * never left out, since the law asks for them, not the employer: they are counted together, for a second opening with
 * the tasks that need none. Where somebody lives, how far they go to work, what kind of contract they take and whether
 * they seek work is theirs to say, and stays as it is.
 */
enum carve_kind { CARVE_LICENCE, CARVE_LANGUAGE, CARVE_HOURS, CARVE_SCHEDULE, CARVE_START };
struct carve_part {
	enum carve_kind kind;
	uint16_t what; /* language */
};
enum { CARVE_PARTS = 12, CARVE_SKILLS = 64 };
/** The parts of an opening that can be left out or given away, in this order always. @return how many */
size_t carve_parts(const struct lgm_opening *o, struct carve_part out[CARVE_PARTS]);

struct carve_found {
	uint64_t all;      /* who wait */
	uint64_t near;     /* of these, whom no other demand than the parts stops */
	uint64_t feasible; /* who meet every demand */
	size_t n_parts;
	/* How many more would: without the part; with a language asked for one level lower; without both
	 * (0 where two together open no more than each alone). */
	uint64_t without[CARVE_PARTS], lower[CARVE_PARTS], both[CARVE_PARTS][CARVE_PARTS];
	/* Of those who meet every demand: who has each essential skill (the first CARVE_SKILLS); and if the skills that
	 * at least half of them have were one opening and the rest another: who has all of the one, of the other, of
	 * both. */
	size_t n_skills;
	uint64_t has[CARVE_SKILLS], first, second, whole;
};
/** Is the skill one of those that at least half have? */
bool carve_is_first(const struct carve_found *f, size_t skill);

/** @return false: the facts cannot be compared with anything. O(candidates): about a microsecond each. */
bool match_segment_carve(const struct match_segment *s, const json_t *facts, struct carve_found *out);
/** The same as the matcher sends it, and as it is read again. */
json_t *carve_told(const struct carve_found *f);
void carve_understood(const json_t *told, struct carve_found *out);
#endif
