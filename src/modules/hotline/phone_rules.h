/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_PHONE_RULES_H
#define LG_HOTLINE_PHONE_RULES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * @file
 * What is known of a telephone call, and what follows from it. An event adds what it tells; in which order events come,
 * and how often each, makes no difference. Pure. Threads: any.
 */
enum phone_event { PHONE_RINGING, PHONE_ANSWERED, PHONE_ENDED };
#define PHONE_NONE INT64_MIN /* a moment that nobody told */
enum { PHONE_NUMBER = 17, PHONE_EXTENSION = 33, PHONE_EXTENSIONS = 16 };

struct phone_facts {
	int64_t began, answered, ended;           /* microseconds; the earliest told of each */
	const char *reason;                       /* why it ended, or NULL */
	const char *answered_extension;           /* where it was answered, or NULL */
	const char *extensions[PHONE_EXTENSIONS]; /* where it rang, by name, each once */
	size_t n_extensions;
};
/** `extension`, `reason`: NULL when it does not say. Texts are borrowed. */
struct phone_told {
	enum phone_event event;
	int64_t at;
	const char *extension, *reason;
};

/** "ringing" and so on. @return false: it is none */
bool phone_event_named(const char *name, enum phone_event *out);
/** Why a call ends: "completed", "missed", "elsewhere", "busy". */
bool phone_is_reason(const char *name);
/** May an extension be called so? Letters, digits, "_.+-", 1 to 32 of them. */
bool phone_is_extension(const char *name);

/** Add what an event tells. *f begins with PHONE_NONE in its moments, and nothing else. */
void phone_add(struct phone_facts *f, const struct phone_told *told);
const char *phone_state(const struct phone_facts *f); /* "ringing", "answered", "ended" */
/** What became of it: "answered", "missed", "elsewhere", "busy"; NULL: it has not ended. */
const char *phone_result(const struct phone_facts *f);

/**
 * A number as exchanges write it ("tel:+45 86 12 34 56", "0046701234567", "070-123 45 67", "sip:86123456@host") as
 * +4586123456, read with the rules of the office's country ("DK"); what is no number of the network (an extension)
 * stays the digits it is. @return false: there is no number ("anonymous", "", more than 15 digits), and out is ""
 *
 * Source: ITU-T E.164 (11/2010) 6.1, E.123; trunk prefixes and lengths from the national numbering plans that ITU
 * lists.
 */
bool phone_number(char out[PHONE_NUMBER], const char *from, const char *country);
#endif
