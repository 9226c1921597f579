/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_SCREENING_H
#define LG_HOTLINE_SCREENING_H
#include <stddef.h>

/**
 * @file
 * The checklists of screening.def: families of tasks, what each asks, and what the answers speak for. Texts are
 * English, for lg_say(). Pure. Threads: any.
 */
struct screening_ask {
	const char *family, *code, *text;
};
struct screening_family {
	const char *code, *text;
};
const struct screening_family *screening_families(size_t *n);
/** The questions of a family, in their order; *n is 0 for a family that is none. */
const struct screening_ask *screening_asks(const char *family, size_t *n);
/** The day of the list: "2026-11-29". */
const char *screening_list_day(void);
/** What so many answers speak for: a no for "not_regional", what is not yet for "later", else "suitable". A person
 * decides. */
const char *screening_speaks_for(size_t yes, size_t not_yet, size_t no);
#endif
