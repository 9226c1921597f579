/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_GENERATE_DICE_H
#define LG_MARKET_GENERATE_DICE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Chance in whole numbers: splitmix64 (Steele, Lea and Flood 2014). Not for secrets. */
struct lg_dice {
	uint64_t state;
};

/** Scatter the bits of a number. */
static inline uint64_t lg_dice_mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

/** The dice of row `number` of stream `stream`. */
static inline struct lg_dice lg_dice_at(uint64_t seed, uint64_t stream, uint64_t number)
{
	uint64_t start = lg_dice_mix(lg_dice_mix(seed) + stream * 0x9E3779B97F4A7C15u);
	return (struct lg_dice){ lg_dice_mix(start ^ lg_dice_mix(number + 1)) };
}

/** 32 fresh bits. */
static inline uint32_t lg_dice_bits(struct lg_dice *d)
{
	return (uint32_t)(lg_dice_mix(d->state += 0x9E3779B97F4A7C15u) >> 32);
}

/** 0..n-1, evenly; 0 for n = 0. */
static inline uint32_t lg_dice_below(struct lg_dice *d, uint32_t n)
{
	return (uint32_t)((uint64_t)lg_dice_bits(d) * n >> 32);
}

/** 0..n-1, the small ones more often: the density falls like 1 / sqrt. */
static inline uint32_t lg_dice_low(struct lg_dice *d, uint32_t n)
{
	uint64_t z = lg_dice_bits(d);
	return (uint32_t)((z * z >> 32) * n >> 32);
}

/** from..to, evenly. */
static inline uint32_t lg_dice_range(struct lg_dice *d, uint32_t from, uint32_t to)
{
	return from + lg_dice_below(d, to - from + 1);
}

/** True in so many of 1,000 throws. */
static inline bool lg_dice_chance(struct lg_dice *d, uint32_t per_mille) { return lg_dice_below(d, 1000) < per_mille; }

/** One line of a table of proportions: a value and its weight. */
struct lg_share {
	uint16_t weight, value;
};

/** A value from a table of proportions, by weight. */
static inline uint16_t lg_dice_pick(struct lg_dice *d, const struct lg_share *share, size_t n)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < n; i++) sum += share[i].weight;
	uint32_t at = lg_dice_below(d, sum), i = 0;
	for (; at >= share[i].weight; i++) at -= share[i].weight;
	return share[i].value;
}

#define LG_COUNT(array) (sizeof(array) / sizeof *(array))
#define LG_PICK(dice, table) lg_dice_pick(dice, table, LG_COUNT(table))
#endif
