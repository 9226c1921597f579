/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_CLOSENESS_H
#define LG_TAXONOMY_CLOSENESS_H
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "taxonomy/taxonomy.h"

/**
 * @file
 * How close two occupations or groups are: how much of the wanted one a person of the offered one can do, 0..100.
 *
 *     coverage  the share of the wanted one's skills that the offered one has. A skill counts by its weight (a rare
 *               one tells more); one that is optional, on either side, counts a quarter. A group has the mean of the
 *               occupations below it.
 *     level     how many steps from the top the two share in the tree: 1 to 4 digits of ISCO-08, then ESCO's own.
 *     raw       = coverage in per cent + 2 * level, at most 100
 *     closeness = 10 * sqrt(the part of raw above 2), so that two that share little stand near 0 and the middle of
 *               the scale is used; the order of pairs stays that of raw.
 *     A group and what is below it: at least 20 for each digit of the group's code, both ways.
 *     An occupation of our own (`lg:`) shares no skills with ESCO's. Against those it stands for its unit group.
 *
 * Integers only, so that every machine gets the same. Three numbers were chosen (a quarter, 2 a level, the 2 that is
 * cut off), and matter little: halving or doubling one of them moves each figure below by 0.03 or less.
 *
 * Measured on ESCO v1.1.1 against the Swedish Employment Service's judgements of who can take whose job (414 pairs
 * at 75 per cent, 335 at 25; 5,000 random pairs), as the area under the curve, beside the digits of ISCO-08 alone:
 *
 *                     closeness  digits
 *     75 over 25          0.53    0.52   (the judgements say little here: no simple measure tried did better)
 *     25 over random      0.91    0.76
 *     75 over random      0.92    0.75
 *
 * Mean closeness: 39 of the pairs at 75 per cent, 36 of those at 25, 4 of random ones.
 */
struct lg_closeness_in {
	size_t concepts, groups;
	size_t own; /* first occupation of our own beside ESCO's; else `concepts` */
	size_t skills;
	const uint16_t *parents;        /* [concepts]; each comes before what is below it */
	const uint32_t *relation_first; /* [concepts + 1] */
	const struct lg_relation *relations;
	const uint16_t *weights; /* [skills] */
};

/** Fill out[concepts * concepts], [wanted][offered]. Half a second for 3,700; some megabytes of cx->mem. */
void lg_closeness(struct lg_ctx *cx, uint8_t *out, const struct lg_closeness_in *in);

/**
 * Weights of skills: 50 + 100 * log2((N + 1) / (n + 1)), rounded, where n of N occupations ask for the skill, as
 * essential or optional. 50 for one that all ask for, 1,200 for one that few of 3,000 do. O(relations).
 */
void lg_skill_weights(struct lg_ctx *cx, uint16_t *out, const struct lg_closeness_in *in);
/** 65536 * log2(x), rounded down; x >= 1. */
uint32_t lg_log2_16(uint32_t x);
#endif
