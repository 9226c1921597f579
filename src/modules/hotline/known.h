/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_KNOWN_H
#define LG_HOTLINE_KNOWN_H
#include <jansson.h>

#include "app/app.h"
#include "modules/hotline/known.sql.h"

/**
 * @file
 * Who calls, among the colleagues of the offices that the hotline is for: found by number, name or office, as far as
 * those offices let it (schema/0056). What is found is shown; a name goes onto an enquiry only with a legal basis. For
 * agents: to others nothing is found. Within c->db: queue, sync, look.
 */
struct known {
	struct db_known_callers_rows rows;
	const char *phone, *id; /* that was looked for */
};

/** What the button that takes somebody's facts sends, before the id. */
#define KNOWN_TAKE "known:"

/** Any of them may be ""; `id`: NULL, or whom an agent chose before. */
void known_send(struct lg_ctx *cx, struct call *c, const char *phone, const char *name, const char *place,
                const char *id, struct known *out);
/** Once it came: what was found by the last digits of a number only, and is another number, goes. */
void known_sort(struct lg_ctx *cx, struct known *k);
/** The only one of this number, or of this id; NULL: none, or several. */
const struct db_known_callers_row *known_only(const struct known *k);

/** "Karen Holm, Jobcenter Randers"; the office alone for a number that several of one office have. */
const char *known_who(struct lg_ctx *cx, const struct known *k);
/** "86 12 34 56 · karen@randers.example" */
const char *known_reach(struct lg_ctx *cx, const struct db_known_callers_row *r);
/** Put what is no name into an enquiry's fields, where nothing stands yet: number, mail, municipality, workplace; and
 * the name, if there is a legal basis. `whole`: over what stands there. */
void known_fill(const struct db_known_callers_row *r, bool whole, json_t *record);
/** Look for one and put the name, if there is a legal basis, no name yet, and number or mail are theirs. Syncs; nobody
 * there any more: nothing. */
LG_MUST enum lg_err known_name(struct lg_ctx *cx, struct call *c, const char *id, json_t *record);
#endif
