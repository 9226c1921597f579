/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_PROPOSAL_STATE_H
#define LG_CORE_PROPOSAL_STATE_H
#include <stdbool.h>
#include <stddef.h>

/**
 * @file
 * What may become of a proposal (proposal_state.def); states are codes of CHOICE_proposal_state. Pure. Threads: any.
 */
struct proposal_move {
	const char *from, *to;
	bool asks_reason; /* one of CHOICE_turned_down */
	const char *text; /* words of the button: English, for lg_say() */
};
/** Where it may go from there; *n of them, in the order of the buttons. */
const struct proposal_move *proposal_moves(const char *from, size_t *n);
/** It may begin in that state: on the short list, or turned down at once. */
bool proposal_may_begin(const char *state);
/** Somebody's next word is waited for: it is neither closed nor agreed. */
bool proposal_waits(const char *state);
/** Where it is closed to when it came to nothing, with a reason: "rejected" or "not_agreed"; NULL: it does not wait. */
const char *proposal_closed(const char *state);
/** NULL, or why it may not go there (English, for lg_say()). `reason` may be NULL. */
const char *proposal_move_fault(const char *from, const char *to, const char *reason);
/** NULL, or why it may not begin so. */
const char *proposal_begin_fault(const char *state, const char *reason);
#endif
