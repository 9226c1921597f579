/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/closeness.h"

#include <stdbool.h>
#include <string.h>

enum {
	WHOLE = 256,          /* amount of an essential skill */
	OPTIONAL = WHOLE / 4, /* amount of an optional one    */
	PERCENT = 100,        /* raw closeness has two digits behind the point */
	LEVEL = 2 * PERCENT,
	CUT = 2 * PERCENT,
	MOST = 100 * PERCENT,
	ON_PATH = 20
};

uint32_t lg_log2_16(uint32_t x)
{
	lg_assert(x > 0);
	uint32_t whole = 31 - (uint32_t)__builtin_clz(x), out = whole << 16;
	uint64_t m = ((uint64_t)x << 31) >> whole; /* 1..2 with 31 binary digits */
	for (int bit = 15; bit >= 0; bit--) {
		m = (m * m) >> 31;
		if (m >> 32) {
			out |= 1u << bit;
			m >>= 1;
		}
	}
	return out;
}

void lg_skill_weights(struct lg_ctx *cx, uint16_t *out, const struct lg_closeness_in *in)
{
	uint32_t *asked = lg_array(cx->mem, in->skills + 1, sizeof *asked);
	for (size_t i = 0; i < in->relation_first[in->concepts]; i++) asked[in->relations[i].skill]++;
	uint32_t all = lg_log2_16((uint32_t)(in->concepts - in->groups) + 1);
	for (size_t s = 0; s < in->skills; s++)
		out[s] = (uint16_t)(50 + (100 * (uint64_t)(all - lg_log2_16(asked[s] + 1)) + 32768) / 65536);
}

/* ------------------------------------------------------------------------------------------------- profiles */

/* What a concept asks for: amounts of skills. All concepts' stand in one list. */
struct part {
	uint16_t skill, amount;
};
struct profiles {
	uint32_t *first; /* [concepts + 1] */
	struct part *parts;
	size_t n, room;
};

static void add_part(struct lg_ctx *cx, struct profiles *p, uint16_t skill, uint32_t amount)
{
	if (p->n == p->room) {
		size_t room = p->room ? p->room * 2 : 1024;
		struct part *parts = lg_array(cx->mem, room, sizeof *parts);
		if (p->n) memcpy(parts, p->parts, p->n * sizeof *parts);
		p->parts = parts;
		p->room = room;
	}
	p->parts[p->n++] = (struct part){ skill, (uint16_t)amount };
}

static void add_occupation(struct lg_ctx *cx, struct profiles *p, const struct lg_closeness_in *in, size_t c)
{
	for (uint32_t i = in->relation_first[c]; i < in->relation_first[c + 1]; i++)
		add_part(cx, p, in->relations[i].skill, in->relations[i].essential ? WHOLE : OPTIONAL);
}

/* Is `group` on the way up from c? */
static bool below(const struct lg_closeness_in *in, size_t c, size_t group)
{
	while (c > group && in->parents[c] != c) c = in->parents[c];
	return c == group;
}

/* The mean of the occupations below a group, rounded up so that nothing vanishes. `sum` is zero before and after. */
static void add_group(struct lg_ctx *cx, struct profiles *p, const struct lg_closeness_in *in, size_t g, uint32_t *sum)
{
	uint32_t members = 0;
	for (size_t c = in->groups; c < in->own; c++) {
		if (!below(in, c, g)) continue;
		members++;
		for (uint32_t i = in->relation_first[c]; i < in->relation_first[c + 1]; i++)
			sum[in->relations[i].skill] += in->relations[i].essential ? WHOLE : OPTIONAL;
	}
	for (size_t s = 0; members && s < in->skills; s++) {
		if (sum[s]) add_part(cx, p, (uint16_t)s, (sum[s] + members - 1) / members);
		sum[s] = 0;
	}
}

static void make_profiles(struct lg_ctx *cx, struct profiles *p, const struct lg_closeness_in *in)
{
	uint32_t *sum = lg_array(cx->mem, in->skills + 1, sizeof *sum);
	p->first = lg_array(cx->mem, in->concepts + 1, sizeof *p->first);
	for (size_t c = 0; c < in->concepts; c++) {
		if (c < in->groups)
			add_group(cx, p, in, c, sum);
		else
			add_occupation(cx, p, in, c);
		p->first[c + 1] = (uint32_t)p->n;
	}
}

/* The same turned round: for each skill, who has how much of it. */
struct holder {
	uint16_t concept, amount;
};
struct holders {
	uint32_t *first; /* [skills + 1] */
	struct holder *list;
};

static void turn(struct lg_ctx *cx, struct holders *h, const struct profiles *p, const struct lg_closeness_in *in)
{
	h->first = lg_array(cx->mem, in->skills + 2, sizeof *h->first);
	h->list = lg_array(cx->mem, p->n + 1, sizeof *h->list);
	for (size_t i = 0; i < p->n; i++) h->first[p->parts[i].skill + 2]++;
	for (size_t s = 2; s < in->skills + 2; s++) h->first[s] += h->first[s - 1];
	for (size_t c = 0; c < in->concepts; c++) /* first[s + 1] moves from the begin of s to its end */
		for (uint32_t i = p->first[c]; i < p->first[c + 1]; i++)
			h->list[h->first[p->parts[i].skill + 1]++] = (struct holder){ (uint16_t)c, p->parts[i].amount };
}

/* ------------------------------------------------------------------------------------------------ closeness */

/* Add up what each offered concept has of the wanted one's skills. @return what all of them would be */
static uint64_t cover(uint64_t *sum, const struct profiles *p, const struct holders *h,
                      const struct lg_closeness_in *in, size_t wanted)
{
	uint64_t whole = 0;
	for (uint32_t i = p->first[wanted]; i < p->first[wanted + 1]; i++) {
		uint32_t skill = p->parts[i].skill, amount = p->parts[i].amount, weight = in->weights[skill];
		whole += (uint64_t)weight * amount;
		for (uint32_t j = h->first[skill]; j < h->first[skill + 1]; j++) {
			uint32_t has = h->list[j].amount;
			sum[h->list[j].concept] += weight * (has < amount ? has : amount);
		}
	}
	return whole;
}

static uint32_t square_root(uint32_t x)
{
	uint32_t r = 0;
	for (uint32_t bit = 1u << 15; bit; bit >>= 1)
		if ((r + bit) * (r + bit) <= x) r += bit;
	return r;
}

/* From raw, 0..10000, to per cent, 0..100. */
static uint8_t scale(uint64_t raw)
{
	if (raw <= CUT) return 0;
	if (raw > MOST) raw = MOST;
	return (uint8_t)square_root((uint32_t)((raw - CUT) * MOST / (MOST - CUT)));
}

/* The levels each concept shares with the wanted one: on its way up their own depth, elsewhere what stands above. */
static void fill_levels(uint8_t *level, const struct lg_closeness_in *in, const uint8_t *depth, size_t wanted)
{
	memset(level, 0, in->concepts);
	for (size_t c = wanted;; c = in->parents[c]) {
		level[c] = depth[c];
		if (in->parents[c] == c) break;
	}
	for (size_t c = 0; c < in->concepts; c++)
		if (!level[c]) level[c] = level[in->parents[c]];
}

static void fill_row(uint8_t *row, const uint64_t *sum, uint64_t whole, const uint8_t *level, size_t n)
{
	for (size_t c = 0; c < n; c++) row[c] = scale((whole ? sum[c] * MOST / whole : 0) + (uint64_t)level[c] * LEVEL);
}

static void raise_to(uint8_t *at, uint8_t least) { *at = *at < least ? least : *at; }
static uint8_t at_most(uint8_t x, uint8_t most) { return x < most ? x : most; }

/* Groups on the way up from each concept are near it, both ways. */
static void fill_paths(uint8_t *out, const struct lg_closeness_in *in, const uint8_t *depth)
{
	size_t n = in->concepts;
	for (size_t c = 0; c < n; c++) {
		out[c * n + c] = 100;
		for (size_t up = c; in->parents[up] != up;) {
			up = in->parents[up];
			uint8_t least = (uint8_t)(ON_PATH * depth[up]);
			if (up >= in->groups) continue;
			raise_to(&out[c * n + up], least);
			raise_to(&out[up * n + c], least);
		}
	}
}

/* Between ours and ESCO's, ours stands for its unit group. */
static void fill_own(uint8_t *out, const struct lg_closeness_in *in)
{
	size_t n = in->concepts;
	for (size_t c = in->own; c < n; c++) {
		size_t unit = in->parents[c];
		for (size_t other = 0; other < in->own; other++) {
			raise_to(&out[c * n + other], at_most(out[unit * n + other], 4 * ON_PATH));
			raise_to(&out[other * n + c], at_most(out[other * n + unit], 4 * ON_PATH));
		}
	}
}

void lg_closeness(struct lg_ctx *cx, uint8_t *out, const struct lg_closeness_in *in)
{
	size_t n = in->concepts;
	struct profiles p = { 0 };
	struct holders h = { 0 };
	make_profiles(cx, &p, in);
	turn(cx, &h, &p, in);
	uint64_t *sum = lg_array(cx->mem, n + 1, sizeof *sum);
	uint8_t *depth = lg_alloc(cx->mem, n + 1), *level = lg_alloc(cx->mem, n + 1);
	for (size_t c = 0; c < n; c++) depth[c] = in->parents[c] == c ? 1 : (uint8_t)(depth[in->parents[c]] + 1);
	for (size_t wanted = 0; wanted < n; wanted++) {
		memset(sum, 0, n * sizeof *sum);
		uint64_t whole = cover(sum, &p, &h, in, wanted);
		fill_levels(level, in, depth, wanted);
		fill_row(out + wanted * n, sum, whole, level, n);
	}
	fill_own(out, in);
	fill_paths(out, in, depth);
}
