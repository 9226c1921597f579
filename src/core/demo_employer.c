/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "base/err.h"
#include "core/demo_inner.h"

#define AT(name, branch, relation, will, offers, place, address, person, task, phone, next_step, next_in)              \
	{ .employer = &(const struct demo_employer){ name, branch, relation, will, offers, place, address, person,     \
		                                     task, phone, next_step, next_in } },
#define POST(title, kind, positions, occupation, danish, licence, hours, schedule, from_in, until_in, state, words)    \
	{ NULL, title, kind, positions, occupation, danish, licence, hours, schedule, from_in, until_in, state, words },
const struct demo_post demo_posts[] = {
#include "core/demo_employer.def"
};
#undef POST
#undef AT
const size_t demo_n_posts = LG_COUNT(demo_posts);
