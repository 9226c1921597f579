/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_EMPLOYER_H
#define LG_CORE_EMPLOYER_H
#include <jansson.h>

#include "app/app.h"
#include "app/field.h"
#include "app/seal.h"
#include "core/employer.sql.h"

/**
 * @file
 * The employer: what it consists of (employer.def), and what is done with it, the same for pages, the API and the
 * demonstration. Each function works within c->db, the actor's transaction, and does not end it.
 */
extern const struct entity employer_entity;

struct employer {
	const char *id;
	int64_t version;
	bool invented;
	json_t *record; /* fields of employer.def by name */
	const struct seal_key *key;
};

/** Read one, with its key. LG_UNKNOWN: there is none that the actor may see. */
LG_MUST enum lg_err employer_read(struct lg_ctx *cx, struct call *c, const char *id, struct employer *out);
/** Rules across fields; numbers are brought to their digits. Notes say what is wrong: LG_INVALID. */
LG_MUST enum lg_err employer_check(struct lg_ctx *cx, json_t *record, int32_t today);
/** Which may be the company of a record that is about to be registered. */
LG_MUST enum lg_err employer_alike(struct lg_ctx *cx, struct call *c, const json_t *record,
                                   struct db_employer_alike_rows *out);
/** Register one. `record` has passed record_read_new(). *id: the new one's. Writes its key, trigrams, the audit row. */
LG_MUST enum lg_err employer_register(struct lg_ctx *cx, struct call *c, json_t *record, bool invented,
                                      const char **id);
/** Change one section to `part`. LG_CONFLICT when it is not at `version` any more. */
LG_MUST enum lg_err employer_change(struct lg_ctx *cx, struct call *c, struct employer *old, const struct section *s,
                                    json_t *part, int64_t version);
/** The whole record anew, with what it is found by; queued, and LG_CONFLICT when it is not at `version` any more. */
void employer_put_send(struct lg_ctx *cx, struct call *c, const char *id, int64_t version, const json_t *record);
void employer_keys_send(struct lg_ctx *cx, struct call *c, const char *id, const json_t *record);
/** As it is written: "CVR 13748136"; "" when there is none. */
const char *employer_number(struct lg_ctx *cx, const char *digits);
#endif
