/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_JOBPOSTING_H
#define LG_FORMATS_JOBPOSTING_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * @file
 * Vacancies as schema.org's JobPosting (JSON-LD): the reader and the printer. It is what public vacancy pages hold for
 * search engines, and what many job systems give out.
 *
 * Read: one object, one after another (NDJSON), an array, an object with "@graph", an ItemList, and a page of HTML with
 * <script type="application/ld+json">. "@type" may be a list, "schema:" and "https://schema.org/" before a name do not
 * matter, and wherever one value is usual, a list of them is taken, and the other way round. References by "@id" within
 * the same value are followed. Nothing is fetched: contexts are not looked up. Contacts (applicationContact) and wages
 * are not read.
 *
 * Source of the form: https://schema.org/JobPosting, and what search engines ask of it:
 * https://developers.google.com/search/docs/appearance/structured-data/job-posting.
 */
struct lg_texts {
	const char *const *at;
	size_t n;
};

struct lg_posting_place {
	const char *street, *postcode, *locality, *region; /* "" where absent */
	const char *country;                               /* "DK", or a name in words */
	bool has_point;
	double latitude, longitude; /* -90..90, -180..180 */
};

/** Of occupationalCategory and relevantOccupation: an address of ESCO's or ISCO's, a code, words, or all of them. */
struct lg_posting_occupation {
	const char *scheme; /* name of the list of codes, as "ISCO-08", or "" */
	const char *code, *name, *uri;
};

enum lg_posting_yes { LG_POSTING_UNSAID, LG_POSTING_NO, LG_POSTING_YES };

/** All texts are UTF-8 and never NULL; "" where absent. Dates are as they stood if they are not ISO 8601. */
struct lg_posting {
	uint64_t line;         /* where the JSON value begins, 1-based; of HTML, the script's; not printed */
	const char *id;        /* identifier: its value, else @id, else "" */
	const char *id_scheme; /* whose identifier it is, or "" */
	const char *title;
	const char *text; /* description, as plain text: paragraphs by an empty line, lists by "- " */
	const char *employer, *employer_id,
	    *employer_url;     /* hiringOrganization; employer_id: taxID, vatID or identifier */
	const char *unit;      /* employmentUnit: department, workplace */
	struct lg_texts types; /* employmentType: FULL_TIME, PART_TIME, TEMPORARY, INTERN, ...; else as it stood */
	const struct lg_posting_place *places; /* jobLocation */
	size_t n_places;
	bool remote; /* jobLocationType is TELECOMMUTE */
	const char *posted, *until,
	    *starts;       /* datePosted, validThrough, jobStartDate: YYYY-MM-DD, perhaps with T and a time */
	const char *hours; /* workHours, in words */
	struct lg_texts qualifications, education, experience, responsibilities; /* in words, plain text */
	struct lg_texts skills;     /* in words; of a term its name, else its description */
	struct lg_texts skill_uris; /* of those that have an address, as ESCO's */
	const struct lg_posting_occupation *occupations;
	size_t n_occupations;
	int64_t openings;     /* totalJobOpenings; 0: not stated */
	const char *language; /* inLanguage, "da"; or "" */
	enum lg_posting_yes direct_apply;
	const char *url;
};

/** What the reader gives its postings to; everything is valid during the call only. */
struct lg_posting_sink {
	void *self;
	void (*posting)(void *self, const struct lg_posting *p);
	void (*bad)(void *self, uint64_t line, const char *what); /* not JSON, or a posting without a title: left out */
};

/**
 * Read all postings of a buffer. @return LG_OK, or LG_INVALID with one note (field: `name`) when there is none in it at
 * all, it is not UTF-8, or it is over a bound: LG_POSTING_BYTES_MAX of JSON, LG_POSTING_PAGE_MAX of HTML, which is
 * looked at only for its scripts. Things of other types are passed over. O(n). Threads: any.
 */
#define LG_POSTING_BYTES_MAX (256u << 20)
#define LG_POSTING_PAGE_MAX (8u << 20)
enum { LG_POSTING_LIST_MAX = 200 }; /* texts, places, occupations of one posting; further ones are passed over */
LG_MUST enum lg_err lg_postings_read(struct lg_ctx *cx, const char *name, const char *bytes, size_t n,
                                     const struct lg_posting_sink *sink);

/**
 * Print it as one JSON-LD object with its context, without a line end; what is "" or 0 is left out. The description
 * becomes HTML of <p> and <br>, as search engines want it; reading it again gives the same text. No "<" stands in what
 * is printed, so it may be put into a <script> as it is. Texts that are NULL count as "". Threads: any.
 */
void lg_posting_print(struct lg_buf *out, const struct lg_posting *p);

/**
 * A line of NDJSON for whoever imports tables (formats/rows.h), flat: id, id_scheme, title, text, employer,
 * employer_id, unit, types, street, postcode, town, region, country, latitude, longitude (of the first place; town also
 * where only a name of a place is given), places (all, in words), remote, posted, until, starts, hours, qualifications,
 * education, experience, responsibilities, skills, skill_uris, occupation_uris, occupation_codes, occupations (words),
 * openings, language, direct_apply, url. All keys are there, in this order; lists are arrays of texts.
 */
void lg_posting_row(struct lg_buf *out, const struct lg_posting *p);

/**
 * All postings of a buffer as such lines: line N is what was found N-th. A value that is no posting is a line of empty
 * texts with the key "" besides (formats/xlsx.h), whose words say where it stood. Errors as of lg_postings_read().
 */
LG_MUST enum lg_err lg_postings_ndjson(struct lg_ctx *cx, struct lg_buf *out, const char *name, const char *bytes,
                                       size_t n);
#endif
