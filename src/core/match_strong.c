/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/match_strong.h"

enum { STEPS_OF_ONE = 4, STEPS = 8, WHOLE = 10000 }; /* lgm_compare(): half steps of a level that count */

static unsigned surplus_most(unsigned weight, const struct lgm_opening *o)
{
	unsigned steps = 0;
	for (size_t i = 0; i < o->n_languages; i++) {
		unsigned above = LGM_NATIVE - o->languages[i].level;
		steps += above < STEPS_OF_ONE ? above : STEPS_OF_ONE;
	}
	return weight * (steps < STEPS ? steps : STEPS) / STEPS;
}

static bool has_schedule(const struct lgm_opening *o)
{
	uint64_t any = 0;
	for (size_t i = 0; i < sizeof o->schedule.bits / sizeof *o->schedule.bits; i++) any |= o->schedule.bits[i];
	return any != 0;
}

struct match_asked match_asked(const struct lgm_setup *s, const struct lgm_opening *o)
{
	const bool asks[LGM_PARTS] = {
		[LGM_OCCUPATION] = o->n_occupations > 0,
		[LGM_ESSENTIAL] = o->n_essential > 0,
		[LGM_OPTIONAL] = o->n_optional > 0,
		[LGM_SURPLUS] = o->n_languages > 0,
		[LGM_DISTANCE] = !o->remote,
		[LGM_WISH] = o->n_occupations > 0,
		[LGM_SCHEDULE] = has_schedule(o),
	};
	struct match_asked a = { .sum = 0 };
	for (unsigned p = 0; p < LGM_PARTS; p++) {
		unsigned weight = s->weight[p];
		if (asks[p])
			a.most[p] = (uint16_t)(p == LGM_SURPLUS ? surplus_most(weight, o) : weight);
		else if (p == LGM_DISTANCE)
			a.least_else += weight; /* remote: everybody has all of it */
		else if (p != LGM_WISH)
			a.least_else += weight / 2; /* a wish that is for nothing of it: none */
		a.sum += a.most[p];
	}
	if (!asks[LGM_OCCUPATION] && !asks[LGM_ESSENTIAL]) a.sum = 0;
	return a;
}

unsigned match_got(const struct match_asked *a, const struct lgm_verdict *v)
{
	unsigned got = 0;
	for (unsigned p = 0; p < LGM_PARTS; p++)
		if (a->most[p]) got += v->part[p];
	return got;
}

unsigned match_strength(const struct match_asked *a, const struct lgm_verdict *v)
{
	return a->sum ? match_got(a, v) * WHOLE / a->sum : 0;
}

bool match_is(const struct match_asked *a, const struct lgm_verdict *v, unsigned percent)
{
	return a->sum && !v->failed && match_got(a, v) * 100 >= a->sum * percent;
}

unsigned match_strong_least(const struct match_asked *a)
{
	return a->sum ? a->least_else + (a->sum * MATCH_STRONG + 99) / 100 : UINT16_MAX;
}
