/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/opening_state.h"

#include <string.h>

#include "base/err.h"
#include "view/speech.h"

#define STATE(code, text)
#define MOVE(from, to, text) { #from, #to, text },
static const struct opening_move moves[] = {
#include "core/opening_state.def"
};
#undef MOVE
#undef STATE
enum { MOVES = sizeof moves / sizeof *moves };

const struct opening_move *opening_moves(const char *from, size_t *n)
{
	size_t first = 0;
	while (first < MOVES && strcmp(moves[first].from, from) != 0) first++;
	for (*n = 0; first + *n < MOVES && !strcmp(moves[first + *n].from, from);) (*n)++;
	return moves + first;
}

const char *opening_move_fault(const char *from, const char *to, const struct opening_facts *facts)
{
	size_t n, i = 0;
	const struct opening_move *m = opening_moves(from, &n);
	while (i < n && strcmp(m[i].to, to) != 0) i++;
	if (i == n) return LG_TEXT("From where it is now, it cannot go there.");
	if (strcmp(to, "open") != 0 && strcmp(to, "approved") != 0) return NULL;
	if (!facts->occupation) return LG_TEXT("Say first which occupation or skill is sought.");
	if (!facts->place) return LG_TEXT("Say first where it is.");
	if (!strcmp(to, "open") && facts->expired)
		return LG_TEXT("The day until which it is offered is over. Give a new one first.");
	return NULL;
}
