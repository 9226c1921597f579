/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/demands.h"

#include <string.h>

void demands_person(struct demands_person *out, const struct lgm_candidate *c)
{
	out->c = c;
	memset(out->level, LGM_LEVEL_NONE, sizeof out->level);
	for (size_t i = 0; i < c->n_languages; i++) out->level[c->languages[i].language] = c->languages[i].level;
}

/* Ones in each byte, 0..8. */
static uint64_t ones(uint64_t x)
{
	x -= x >> 1 & 0x5555555555555555u;
	x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
	return (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
}

/* Six words give at most 48 a byte, so that nothing flows over before the bytes are added. */
static unsigned slots_both(const struct lgm_week *a, const struct lgm_week *b)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < 6; i++) sum += ones(a->bits[i] & b->bits[i]);
	sum = (sum & 0x00FF00FF00FF00FFu) + (sum >> 8 & 0x00FF00FF00FF00FFu);
	return (unsigned)(sum * 0x0001000100010001u >> 48);
}

uint16_t demands_slots(const struct lgm_setup *s, const struct lgm_opening *o)
{
	return (uint16_t)((slots_both(&o->schedule, &o->schedule) * s->min_schedule_percent + 99) / 100);
}

static bool lacks_licence(const struct lgm_candidate *c, const struct lgm_opening *o)
{
	for (size_t i = 0; i < o->n_licences; i++) {
		bool enough = false;
		for (size_t k = 0; k < c->n_licences && !enough; k++)
			enough =
			    c->licences[k].licence == o->licences[i] && (c->licences[k].held || o->assistant_allowed);
		if (!enough) return true;
	}
	return false;
}

static bool lacks_language(const struct demands_person *p, const struct lgm_opening *o)
{
	for (size_t i = 0; i < o->n_languages; i++)
		if (p->level[o->languages[i].language] < o->languages[i].level) return true;
	return false;
}

static bool too_far(const struct lgm_candidate *c, const struct lgm_opening *o)
{
	int64_t x = (int64_t)c->place.x - o->place.x, y = (int64_t)c->place.y - o->place.y;
	int64_t z = (int64_t)c->place.z - o->place.z;
	return !o->remote && x * x + y * y + z * z > (int64_t)c->commute * c->commute;
}

static bool too_late(const struct lgm_setup *s, const struct lgm_candidate *c, const struct lgm_opening *o)
{
	return c->start != LGM_NO_DATE && o->start != LGM_NO_DATE &&
	       (int64_t)c->start > (int64_t)o->start + s->start_grace_days;
}

static bool other_hours(const struct lgm_candidate *c, const struct lgm_opening *o)
{
	return o->hours != LGM_NO_HOURS && (o->hours < c->hours_min || o->hours > c->hours_max);
}

unsigned demands_failed(const struct lgm_setup *s, const struct demands_person *p, const struct lgm_opening *o,
                        uint16_t slots)
{
	const struct lgm_candidate *c = p->c;
	return (unsigned)!c->wants_work << LGM_WANTS_WORK | (unsigned)lacks_licence(c, o) << LGM_NEEDS_LICENCE |
	       (unsigned)lacks_language(p, o) << LGM_NEEDS_LANGUAGE |
	       (unsigned)!(c->contracts >> o->contract & 1u) << LGM_NEEDS_CONTRACT |
	       (unsigned)other_hours(c, o) << LGM_NEEDS_HOURS | (unsigned)too_late(s, c, o) << LGM_NEEDS_START |
	       (unsigned)too_far(c, o) << LGM_NEEDS_COMMUTE |
	       (unsigned)(slots && slots_both(&c->free, &o->schedule) < slots) << LGM_NEEDS_SCHEDULE;
}
