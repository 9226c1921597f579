/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_ENQUIRY_H
#define LG_HOTLINE_ENQUIRY_H
#include <jansson.h>

#include "app/app.h"
#include "app/field.h"
#include "app/seal.h"
#include "core/form.h"
#include "modules/hotline/enquiry.sql.h"
#include "modules/hotline/hours.h"
#include "view/records.html.h"

/**
 * @file
 * The enquiry: what is done with one, the same for pages and the API. Each function works within c->db, the actor's
 * transaction, and does not end it.
 */
struct enquiry {
	const char *id;
	int64_t version;
	struct db_enquiry_get_row row;
	json_t *record; /* fields of enquiry.def by name */
	const struct seal_key *key;
};

/** Read one, with its key. LG_UNKNOWN: there is none that the actor may see. */
LG_MUST enum lg_err enquiry_read(struct lg_ctx *cx, struct call *c, const char *id, struct enquiry *out);
/** Rules across fields; notes say what is wrong: LG_INVALID. */
LG_MUST enum lg_err enquiry_check(struct lg_ctx *cx, json_t *record);
/** Write one down. `caller_from`: the enquiry its caller's facts were taken from, or NULL. *id: the new one's. */
LG_MUST enum lg_err enquiry_register(struct lg_ctx *cx, struct call *c, json_t *record, const char *caller_from,
                                     bool invented, const char **id);
/** The facts of the caller of an earlier enquiry, into `record`: nobody types them again. LG_UNKNOWN */
LG_MUST enum lg_err enquiry_fill(struct lg_ctx *cx, struct call *c, const char *before, json_t *record);
LG_MUST enum lg_err enquiry_change(struct lg_ctx *cx, struct call *c, struct enquiry *old, const struct section *s,
                                   json_t *part, int64_t version);
/** A step. LG_CONFLICT: somebody was first. */
LG_MUST enum lg_err enquiry_step(struct lg_ctx *cx, struct call *c, const struct enquiry *one, const char *to,
                                 const char *outcome, int64_t version);
LG_MUST enum lg_err enquiry_pass(struct lg_ctx *cx, struct call *c, const struct enquiry *one, const char *owner,
                                 int64_t version);

/** The clock of the office's own hotline; without one, every hour counts. *municipality: the first it is for, or NULL.
 */
LG_MUST enum lg_err enquiry_clock(struct lg_ctx *cx, struct call *c, struct hotline_hours **out,
                                  const char **municipality);
/** When it was agreed to ring back, or when an answer is due: by the office's own targets (rows of entrance.def, or
 * NULL), else by the list; DB_NO_INT: never open. */
int64_t enquiry_due(struct lg_ctx *cx, const struct hotline_hours *h, const json_t *targets, int32_t today,
                    const json_t *record);
/** What callers are found by: runs of three letters of name and workplace; the last digits of the number, or NULL. */
struct db_list enquiry_keys(struct lg_ctx *cx, const json_t *record);
const char *enquiry_digits_of(struct lg_ctx *cx, const json_t *record);
/** "Randers · Job centre": who asks, without a name where there is none. Of cx. */
const char *enquiry_caller(struct lg_ctx *cx, const char *name, const char *place, const char *municipality,
                           const char *phone);

/** A table of enquiries; `acts`: what may be done in one press. */
struct html_records *enquiry_table(struct lg_ctx *cx, struct call *c, const char *caption,
                                   const struct db_enquiry_queue_row *rows, size_t n, const struct form_with *with,
                                   bool acts);

/** What helps while one types (enquiry_beside.c): who calls, which openings suit. */
struct html_enquiry_beside;
LG_MUST enum lg_err enquiry_beside(struct lg_ctx *cx, struct call *c, const json_t *typed, bool writes,
                                   struct html_enquiry_beside **out);
#endif
