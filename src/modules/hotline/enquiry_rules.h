/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_ENQUIRY_RULES_H
#define LG_HOTLINE_ENQUIRY_RULES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * @file
 * The rules of an enquiry: where it may go from where it is, when an answer is due, and that no name of a person is
 * written before a legal basis is chosen. Codes are those of the lists enquiry_* (core/choice.def). What is returned as
 * a fault is English, for lg_say(); NULL: there is none. Pure. Threads: any.
 */
struct enquiry_move {
	const char *from, *to;
	const char *text; /* words of the button */
};
/** The steps from a state, in the order of their buttons; *n of them. */
const struct enquiry_move *enquiry_moves(const char *from, size_t *n);
/** `outcome`: what came of it, or NULL; there must be one when it is answered. */
const char *enquiry_move_fault(const char *from, const char *to, const char *outcome);
/** Who talks with the caller has it already; what was sent waits for somebody. */
const char *enquiry_begins(const char *channel);
/** Is it opened again by this step? */
bool enquiry_is_reopened(const char *from, const char *to);

/** What is known of names: which of them are there, on what basis they may be, whom it is about. */
struct enquiry_names {
	const char *legal_basis, *caller_name, *person_name, *about; /* "" or NULL: nothing */
};
/** *field: where it is to be said. */
const char *enquiry_names_fault(const struct enquiry_names *n, const char **field);

/** Minutes of open time within which an answer is due. */
int enquiry_target_minutes(const char *channel, const char *priority);

/** The last eight digits of a number, by which callers are recognised: "+45 86 12 34 56" and "86123456" are one. "" for
 * fewer than six. */
enum { ENQUIRY_DIGITS = 9 };
void enquiry_digits(char out[ENQUIRY_DIGITS], const char *phone);

/** The ids that begin as a reference does, as the web form gives it to its sender: "3F9A-21C4", "3f9a 21c4",
 * "#3F9A21C4", and with the letters O, I, L for the digits that are meant, as they come over the telephone. @return
 * false: it is none (eight letters without a digit and a dash may be a name) */
enum { ENQUIRY_ID = 37 };
bool enquiry_reference(char first[ENQUIRY_ID], char last[ENQUIRY_ID], const char *text);
#endif
