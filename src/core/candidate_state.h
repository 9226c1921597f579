/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_CANDIDATE_STATE_H
#define LG_CORE_CANDIDATE_STATE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * @file
 * How far a candidate has come, what may be done next and by whom, what is still missing, and whose turn it is. The
 * states and moves are rows of core/candidate_state.def; nothing moves by itself, least of all because a date has
 * passed.
 *
 *     const char *fault = candidate_move_fault(row.state, CANDIDATE_available, actor.rights, &facts, reason);
 *     if (fault) return lg_fail(cx, LG_INVALID, "state", fault);
 *
 * Threads: any. No memory, no clock.
 */
enum candidate_state {
#define STATE(code, text, meaning) CANDIDATE_##code,
#define MOVE(from, to, right, asks, text)
#define CLOSED(code, text)
#include "core/candidate_state.def"
#undef CLOSED
#undef MOVE
#undef STATE
	CANDIDATE_STATES
};

/** By code ("in_process"). @return false: there is no such state */
bool candidate_state_named(enum candidate_state *out, const char *code);
const char *candidate_state_code(enum candidate_state state);
const char *candidate_state_text(enum candidate_state state);    /* English, for lg_say(), as all texts here */
const char *candidate_state_meaning(enum candidate_state state); /* a sentence */

/* --- what is known */

/** What counts for the moves, told by whoever has the rows. */
struct candidate_facts {
	bool name, born, reachable /* by any channel */, municipality, legal_basis; /* registration */
	bool residence, language /* at least one with a level */,
	    occupation /* or a skill */; /* profile, with the above */
	bool education_or_experience, availability, wants_work /* asked, whatever the answer */;
};

/** A thing that is missing: the section that it stands in (core/candidate.def), and its words, to stand in a sentence.
 */
struct candidate_missing {
	const char *section, *text;
};
enum { CANDIDATE_MISSING_MOST = 11 };
/** What is missing for a registration (the three-minute form). @return how many; out has room for
 * CANDIDATE_MISSING_MOST */
size_t candidate_missing_registration(struct candidate_missing *out, const struct candidate_facts *facts);
/** What is missing for a complete profile, that of the registration first. */
size_t candidate_missing_profile(struct candidate_missing *out, const struct candidate_facts *facts);

/* --- moves */

enum candidate_asks { ASKS_NOTHING, ASKS_REGISTRATION, ASKS_PROFILE, ASKS_REASON };

struct candidate_move {
	enum candidate_state from, to;
	unsigned right; /* enum right of app/app.h */
	enum candidate_asks asks;
	const char *text; /* words of the button */
};
/** All moves from a state: one row of them, in the order they are offered. */
const struct candidate_move *candidate_moves(enum candidate_state from, size_t *n);

/**
 * May it be moved? `rights` as in struct actor; `reason` what was written, or for closing a code of CHOICE_closed;
 * NULL: none.
 * @return NULL: yes; or why not. Never because of what a person is: only of what is known and who acts.
 */
const char *candidate_move_fault(enum candidate_state from, enum candidate_state to, uint64_t rights,
                                 const struct candidate_facts *facts, const char *reason);

/** May be proposed for openings: available, and wants to work ("yes" of CHOICE_wants_work). */
bool candidate_is_matched(enum candidate_state state, const char *wants_work);

/* --- whose turn it is */

#define CANDIDATE_NO_DATE INT32_MIN

/** The next step as the row has it. */
struct candidate_step {
	const char *text;  /* NULL or "": none */
	const char *owner; /* an account, NULL or "": nobody */
	int32_t due;       /* day since 1970, or CANDIDATE_NO_DATE */
};
enum candidate_flag { CANDIDATE_NO_STEP = 1, CANDIDATE_NO_OWNER = 2, CANDIDATE_NO_DUE = 4, CANDIDATE_OVERDUE = 8 };
/** Everybody who is not closed has a next step, an owner and a date. @return bits of enum candidate_flag; 0: all well
 */
unsigned candidate_flags(enum candidate_state state, const struct candidate_step *step, int32_t today);
#endif
