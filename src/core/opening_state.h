/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_OPENING_STATE_H
#define LG_CORE_OPENING_STATE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * @file
 * How far an opening has come (opening_state.def): the states are codes of CHOICE_opening_state. It expires by itself
 * when the last day on which it is offered is over; whoever opens it again says until when. Pure. Threads: any.
 */
struct opening_move {
	const char *from, *to;
	const char *text; /* words of the button: English, for lg_say() */
};
/** Where it may go from there; *n of them, in the order of the buttons. */
const struct opening_move *opening_moves(const char *from, size_t *n);

/** Facts that a move looks at. */
struct opening_facts {
	bool occupation; /* at least one, or a skill */
	bool place;      /* a municipality, or it can be done from anywhere */
	bool expires;    /* says until when it is offered */
	bool expired;    /* and that day is over */
};
/** NULL, or why it may not go there (English, for lg_say()). */
const char *opening_move_fault(const char *from, const char *to, const struct opening_facts *facts);
#endif
