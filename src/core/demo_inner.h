/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_DEMO_INNER_H
#define LG_CORE_DEMO_INNER_H
#include "core/demo.h"
#include "market/generate_dice.h"

/** Shared by the files of core/demo.h and by nobody else. */

/** One person being made: each part throws dice of its own, so that a change of one leaves the others as they were. */
struct maker {
	struct lg_arena *mem;
	uint64_t seed;
	int32_t today;
	size_t number; /* of the person, from 0 */
	struct demo_person *p;
	bool woman, swedish;                                       /* lives in Sweden */
	const char *home;                                          /* "Ukraine": where she comes from */
	const char *first, *second;                                /* her languages */
	enum { DEMO_DRAFT, DEMO_REGISTERED, DEMO_COMPLETE } known; /* how much is filled in */
};
/** Of whom there are second registrations: the same two in every office, so that they can be shown. */
enum { DEMO_SPELLED = 3, DEMO_SWAPPED = 10 };

enum demo_part {
	PART_WHO,
	PART_PLACE,
	PART_NUMBERS,
	PART_STATE,
	PART_STAY,
	PART_WORK,
	PART_LANGUAGE,
	PART_WISH,
	PART_STORY
};

static inline struct lg_dice demo_dice(const struct maker *m, enum demo_part part)
{
	return lg_dice_at(m->seed, part, m->number);
}

void demo_state(struct maker *m);    /* how far she has come: first of all */
void demo_who(struct maker *m);      /* names, birth date */
void demo_place(struct maker *m);    /* town, phone, mail */
void demo_numbers(struct maker *m);  /* identity numbers */
void demo_stay(struct maker *m);     /* ground, dates, family, basis */
void demo_work(struct maker *m);     /* occupation, education, experience, skills, licence */
void demo_language(struct maker *m); /* languages and hours of class */
void demo_wish(struct maker *m);     /* wishes, week, needs */
void demo_story(struct maker *m);    /* next step, notes, tasks, contacts */

extern const struct demo_post demo_posts[];
extern const size_t demo_n_posts;
extern const struct demo_colleague demo_colleagues[];
extern const size_t demo_n_colleagues;
/** A colleague who has candidates of her own, by chance. */
int demo_owner(struct lg_dice *d);
#endif
