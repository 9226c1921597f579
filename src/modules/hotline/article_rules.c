/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/article_rules.h"

#include <string.h>

#include "view/speech.h"

static const struct article_move moves[] = {
#define MOVE(from, to, whose, text) { #from, #to, ARTICLE_##whose, text },
#include "modules/hotline/article_state.def"
#undef MOVE
};
enum { MOVES = sizeof moves / sizeof *moves };

const struct article_move *article_moves(const char *from, size_t *n)
{
	size_t first = 0;
	while (first < MOVES && strcmp(moves[first].from, from) != 0) first++;
	for (*n = 0; first + *n < MOVES && !strcmp(moves[first + *n].from, from);) (*n)++;
	return moves + first;
}

const char *article_move_fault(const char *from, const char *to, const struct article_who *who)
{
	size_t n, i = 0;
	const struct article_move *m = article_moves(from, &n);
	while (i < n && strcmp(m[i].to, to) != 0) i++;
	if (i == n) return LG_TEXT("From where it is now, it cannot go there.");
	if (m[i].whose != ARTICLE_ANY && !who->may_publish) return LG_TEXT("A colleague who may publish does that.");
	if (m[i].whose == ARTICLE_OTHER && who->wrote_it_last)
		return LG_TEXT("You wrote it: another colleague looks at it before all see it.");
	return NULL;
}

const char *article_after_change(const char *state) { return !strcmp(state, "published") ? "review" : state; }
