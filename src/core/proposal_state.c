/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/proposal_state.h"

#include <string.h>

#include "core/choice.h"
#include "view/speech.h"

enum { NOTHING, REASON };
#define STATE(code, text)
#define MOVE(from, to, asks, text) { #from, #to, asks, text },
static const struct proposal_move moves[] = {
#include "core/proposal_state.def"
};
#undef MOVE
#undef STATE
enum { MOVES = sizeof moves / sizeof *moves };

const struct proposal_move *proposal_moves(const char *from, size_t *n)
{
	size_t first = 0;
	while (first < MOVES && strcmp(moves[first].from, from) != 0) first++;
	for (*n = 0; first + *n < MOVES && !strcmp(moves[first + *n].from, from);) (*n)++;
	return moves + first;
}

const char *proposal_closed(const char *state)
{
	size_t n;
	const struct proposal_move *m = proposal_moves(state, &n);
	if (!strcmp(state, "agreed")) return NULL;
	for (size_t i = 0; i < n; i++)
		if (m[i].asks_reason) return m[i].to;
	return NULL;
}

bool proposal_waits(const char *state) { return proposal_closed(state); }

/* A reason is one of the list where one is asked for, and none where none is: a candidate's no stays without. */
static const char *reason_fault(bool asks, const char *reason)
{
	bool given = reason && *reason;
	if (asks && !given) return LG_TEXT("Please say why.");
	if (given && (!asks || !choice_find(CHOICE_turned_down, reason))) return LG_TEXT("Choose one of the list.");
	return NULL;
}

const char *proposal_move_fault(const char *from, const char *to, const char *reason)
{
	size_t n, i = 0;
	const struct proposal_move *m = proposal_moves(from, &n);
	while (i < n && strcmp(m[i].to, to) != 0) i++;
	if (i == n) return LG_TEXT("From where it is now, it cannot go there.");
	return reason_fault(m[i].asks_reason, reason);
}

bool proposal_may_begin(const char *state) { return !strcmp(state, "shortlisted") || !strcmp(state, "rejected"); }

const char *proposal_begin_fault(const char *state, const char *reason)
{
	if (!proposal_may_begin(state))
		return LG_TEXT("A proposal begins on the short list, or is turned down at once.");
	return reason_fault(!strcmp(state, "rejected"), reason);
}
