/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_JOBTECH_H
#define LG_FORMATS_JOBTECH_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/**
 * @file
 * Advertisements of the Swedish Employment Service as its JobTech API gives them (JobSearch, JobStream, the historical
 * files): one object after another (NDJSON), a JSON array, or an object with "hits". Only what describes the work is
 * read; contacts and addresses are not. What it means for a match is decided elsewhere.
 *
 * Source of the form: https://jobsearch.api.jobtechdev.se (swagger.json).
 */
struct lg_ad_term {
	const char *id, *label, *legacy;
}; /* concept id, Swedish label, legacy id; "" where absent */
struct lg_ad_terms {
	const struct lg_ad_term *at;
	size_t n;
};

struct lg_ad {
	uint64_t line; /* where the JSON value begins */
	const char *id, *headline, *employer;
	const char *text;                    /* the description in words, or "" */
	bool removed;                        /* withdrawn: should not be an opening any more */
	struct lg_ad_term occupation, group; /* group.legacy: SSYK 2012, four digits */
	struct lg_ad_term employment;
	const char *municipality; /* four digits, or "" */
	const char *country;      /* label of the country, or "" */
	bool has_place, remote;
	double latitude, longitude;
	int64_t vacancies; /* 0: not stated */
	bool has_scope;
	double scope_min, scope_max; /* per cent of full time */
	const char *access;          /* when the work begins, in words */
	const char *deadline;        /* ISO date and time, or "" */
	bool needs_driving_licence;
	struct lg_ad_terms driving, must_skills, nice_skills, must_languages, nice_languages;
};

/** What the reader gives its ads to; strings are valid during the call only. */
struct lg_ad_sink {
	void *self;
	void (*ad)(void *self, const struct lg_ad *ad);
	void (*bad)(void *self, uint64_t line, const char *what); /* a value that is no ad: left out */
};

/**
 * Read all ads of a buffer, at most 1 GiB. @return LG_OK, or LG_INVALID with one note (field: `name`) when there is no
 * ad in it at all. O(n). Threads: any.
 */
LG_MUST enum lg_err lg_ads_read(struct lg_ctx *cx, const char *name, const char *bytes, size_t n,
                                const struct lg_ad_sink *sink);
#endif
