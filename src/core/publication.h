/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_PUBLICATION_H
#define LG_CORE_PUBLICATION_H
#include <jansson.h>

#include "app/app.h"
#include "core/publication.sql.h"
#include "formats/jobposting.h"

/**
 * @file
 * Openings that an office shows to everybody (schema/0014_opening.sql): read in the name of the public, who sees
 * nothing else, whoever is signed in.
 */
struct publisher {
	const char *tenant;   /* as its addresses have it: "7" */
	const char *name;     /* of the office */
	const char *language; /* the office's first */
	const char *zone;     /* "Europe/Copenhagen" */
	int64_t changed;      /* when anything of it was changed or taken away last, microseconds */
	struct db_publication_list_rows rows;
};
struct publication {
	const char *id;
	json_t *facts; /* fields of opening.def by name, and employer_name */
	int64_t posted, changed;
};

/**
 * The office of the address, and `room` of what it shows, the newest first, from behind the row of that moment and id
 * (DB_NO_INT, NULL: from the beginning). LG_UNKNOWN: there is no such office, or it never showed anything.
 */
LG_MUST enum lg_err publisher_read(struct lg_ctx *cx, struct call *c, int64_t before, const char *before_id,
                                   int64_t room, struct publisher *out);
/** One that it shows. LG_UNKNOWN: it does not, or not any more. */
LG_MUST enum lg_err publication_read(struct lg_ctx *cx, struct call *c, const char *id, struct publisher *of,
                                     struct publication *out);
/** Nothing of it was found (`err`), but the office has become part of another: answered with the address there. */
bool publication_leads(struct lg_ctx *cx, struct call *c, enum lg_err err);
LG_MUST enum lg_err publication_of(struct lg_ctx *cx, const struct db_publication_list_row *row,
                                   struct publication *out);

/** Its address on this site: "/jobs/7/UUID". */
const char *publication_path(struct lg_ctx *cx, const struct publisher *of, const char *id);
/** "Odense", or the municipality; "Anywhere" when it is remote; "". */
const char *publication_place(const json_t *facts);
/** As a JobPosting, in the language spoken. */
struct lg_posting publication_posting(struct lg_ctx *cx, struct call *c, const struct publisher *of,
                                      const struct publication *p);
#endif
