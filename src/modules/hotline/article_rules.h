/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_ARTICLE_RULES_H
#define LG_HOTLINE_ARTICLE_RULES_H
#include <stdbool.h>
#include <stddef.h>

/**
 * @file
 * From an answer to an article for all agents: draft, review, published, retired. Who wrote the words last does not
 * publish them. Pure. Threads: any.
 */
enum article_whose { ARTICLE_ANY, ARTICLE_MAY, ARTICLE_OTHER };
struct article_move {
	const char *from, *to;
	enum article_whose whose;
	const char *text; /* words of the button: English, for lg_say() */
};
const struct article_move *article_moves(const char *from, size_t *n);
/** Who would take the step. */
struct article_who {
	bool may_publish, wrote_it_last;
};
/** NULL, or why it may not go there (English, for lg_say()). */
const char *article_move_fault(const char *from, const char *to, const struct article_who *who);
/** The state after its words were changed: what was published is to be looked at again. */
const char *article_after_change(const char *state);
#endif
