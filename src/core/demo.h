/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_DEMO_H
#define LG_CORE_DEMO_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/point.h"

/**
 * @file
 * A demonstration office: invented colleagues and invented people, with all that a real office would know of them, for
 * trial mode, for tests and for measurements. The same seed, day and number give the same office, byte by byte.
 *
 * Nobody in it exists, and nobody could. CPR numbers, personnummer and samordningsnummer say birth dates of 2037 to
 * 2057, other identity numbers begin with DEMO or 00. No Danish phone number begins with 0, as theirs do; +46 70 174 06
 * 05 to 06 99 Post- och telestyrelsen keeps for fiction; no area of Ukraine has the code 00. Mail is in the domain
 * landgang.example (RFC 2606). Streets are named after examples and patterns, in towns that exist, at points near the
 * middle of the municipality. Common given and family names are put together by chance.
 *
 * Field names are those of core/candidate.def. Codes are of core/choice.h; occupations are built-in concepts
 * ("lg:nurse"), skills likewise. Texts are NULL where nothing is stated, dates DEMO_NO_DATE. All lives in `mem`.
 *
 *     struct demo_office *o = demo_office(cx->mem, 1, today, 200);
 */
#define DEMO_NO_DATE INT32_MIN
enum { DEMO_SET = 8, DEMO_ROWS = 6 };

/** Somebody of the office: an account to be made. */
struct demo_colleague {
	const char *name, *mail, *role /* of app/role.def */, *language;
	bool owns; /* has candidates of her own */
};

struct demo_identifier {
	const char *kind, *number, *issuer;
	int32_t valid_until;
};
struct demo_relative {
	const char *relation, *name, *remark;
	int32_t born;
};
struct demo_language {
	const char *language, *listening, *reading, *interaction, *production, *writing, *source;
	int32_t seen_on;
};
struct demo_occupation {
	const char *occupation, *own_words;
	int years;
};
struct demo_education {
	const char *own_words, *tidied, *level, *institution, *country;
	int from_year, to_year;
	bool paper_seen;
};
struct demo_experience {
	const char *own_words, *tidied, *occupation, *employer, *country;
	int32_t from_date, to_date;
};
struct demo_licence {
	const char *occupation, *country, *state, *remark;
	int32_t valid_until;
};
struct demo_note {
	int colleague; /* index of who wrote it */
	int32_t day;
	int minute; /* of the day, in the office's zone */
	const char *language, *text;
};
struct demo_task {
	int owner;
	const char *what;
	int32_t created, due, done; /* done: DEMO_NO_DATE while it is open */
};
struct demo_contact {
	int colleague;
	int32_t day;
	int minute;
	const char *channel, *direction, *reached, *words;
};

struct demo_person {
	/* person */
	const char *given_name, *family_name, *given_native, *family_native, *contact_language;
	int32_t born;
	bool interpreter;
	/* state */
	const char *state, *closed_reason;
	int32_t registered, state_since;
	int registered_by;
	/* contact */
	const char *phone, *mail, *channel, *address, *postal_code, *town, *municipality;
	struct point home;
	bool protected_address;
	/* stay */
	const char *ground;
	int32_t stay_until, arrived;
	/* wishes */
	const char *wants_work, *wish_words, *wish_language;
	int32_t wants_work_on, can_start;
	const char *wished;                                          /* an occupation; NULL: none is stated */
	const char *contracts[DEMO_SET + 1], *driving[DEMO_SET + 1]; /* the last is NULL */
	int hours_least, hours_most, commute_km;                     /* -1: not stated */
	/* week, needs, basis */
	const char *available, *classes;
	const char *needs[DEMO_SET + 1], *needs_words;
	const char *legal_basis;
	int32_t informed_on;
	/* next step; owner -1: nobody */
	const char *next_step;
	int32_t next_on;
	int owner;
	/* rows */
	size_t n_identifiers, n_family, n_languages, n_occupations, n_skills, n_education, n_experience, n_licences;
	struct demo_identifier identifiers[DEMO_ROWS];
	struct demo_relative family[DEMO_ROWS];
	struct demo_language languages[DEMO_ROWS];
	struct demo_occupation occupations[DEMO_ROWS];
	const char *skills[2 * DEMO_SET];
	struct demo_education education[DEMO_ROWS];
	struct demo_experience experience[DEMO_ROWS];
	struct demo_licence licences[DEMO_ROWS];
	size_t n_notes, n_tasks, n_contacts;
	struct demo_note notes[DEMO_ROWS];
	struct demo_task tasks[DEMO_ROWS];
	struct demo_contact contacts[DEMO_ROWS];
};

/** An employer and its posts; days are counted from today. "" where nothing is stated, 0 where no day is. */
struct demo_employer {
	const char *name, *branch, *relation, *will, *offers, *municipality, *address, *person, *task, *phone,
	    *next_step;
	int next_in;
};
struct demo_post {
	const struct demo_employer *employer; /* this row begins an employer, and has nothing else */
	const char *title, *kind;
	int positions;
	const char *occupation, *danish, *licence;
	int hours;
	const char *schedule;
	int from_in, until_in;
	const char *state, *words;
};

struct demo_office {
	const char *name, *zone, *municipality; /* "Demonstrationskommunen", "Europe/Copenhagen", "0217" */
	size_t n_colleagues, n_people;
	const struct demo_colleague *colleagues;
	struct demo_person *people;
	size_t n_posts;
	const struct demo_post *posts; /* an employer, its posts, the next one, ... */
};

/**
 * Make it. From DEMO_LEAST people on there is every state, somebody without a next step, and two deliberate
 * near-duplicates, the last two: of people[3] under another spelling, and of people[10] with the names swapped and the
 * same passport.
 */
enum { DEMO_LEAST = 40 };
struct demo_office *demo_office(struct lg_arena *mem, uint64_t seed, int32_t today, size_t n);
#endif
