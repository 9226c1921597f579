/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_ENTRANCE_PUBLIC_H
#define LG_HOTLINE_ENTRANCE_PUBLIC_H
#include <jansson.h>

#include "app/app.h"
#include "modules/hotline/entrance.sql.h"

/**
 * @file
 * The entrance as everybody may read it: what the page without sign-in and its form share. In the name of the public,
 * whoever is signed in; the office is the first part of the address that varies.
 */
struct entrance_shown {
	struct db_entrance_public_row row;
	const char *office, *zone, *language; /* the office's own, in which it writes */
	json_t *holidays, *news, *targets;    /* news: of today */
};

/** Enter the office for a purpose, and ask for its entrance: it is read with the next sync or end. LG_UNKNOWN */
LG_MUST enum lg_err entrance_enter(struct lg_ctx *cx, struct call *c, const char *purpose, struct entrance_shown *out,
                                   struct db **db);
/** `err`: what that sync or end said. LG_UNKNOWN: there is no such office, or its entrance is not shown. */
LG_MUST enum lg_err entrance_entered(struct lg_ctx *cx, struct db *db, enum lg_err err, struct entrance_shown *out);
/** Both, for who only reads. */
LG_MUST enum lg_err entrance_read(struct lg_ctx *cx, struct call *c, struct entrance_shown *out);

/** "Monday 08:00-16:00; ..." in the language spoken; of cx. */
const char *entrance_hours_words(struct lg_ctx *cx, struct call *c, const char *hours);
#endif
