/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_OPENING_H
#define LG_CORE_OPENING_H
#include <jansson.h>

#include "app/app.h"
#include "app/field.h"
#include "app/seal.h"
#include "core/opening.sql.h"
#include "core/opening_state.h"

/**
 * @file
 * The opening: what it consists of (opening.def), and what is done with it, the same for pages, the API and the
 * demonstration. Each function works within c->db, the actor's transaction, and does not end it.
 */
extern const struct entity opening_entity;

struct opening {
	const char *id, *employer, *employer_name;
	int64_t version;
	bool invented;
	json_t *record; /* fields of opening.def by name */
	const struct seal_key *key;
};

/** Read one, with its key. LG_UNKNOWN: there is none that the actor may see. */
LG_MUST enum lg_err opening_read(struct lg_ctx *cx, struct call *c, const char *id, struct opening *out);
/** Rules across fields. Notes say what is wrong: LG_INVALID. */
LG_MUST enum lg_err opening_check(struct lg_ctx *cx, const json_t *record);
struct opening_facts opening_facts_of(const json_t *record, int32_t today);
/**
 * Register one at an employer, in `state`: "draft", or "open" if it may be opened. `record` has passed
 * record_read_new(). LG_UNKNOWN: there is no such employer. Writes its key, trigrams and the audit row.
 */
LG_MUST enum lg_err opening_register(struct lg_ctx *cx, struct call *c, const char *employer, json_t *record,
                                     const char *state, bool invented, const char **id);
/** Change one section to `part`. LG_CONFLICT when it is not at `version` any more. */
LG_MUST enum lg_err opening_change(struct lg_ctx *cx, struct call *c, struct opening *old, const struct section *s,
                                   json_t *part, int64_t version);
/** Enter a state, if it may be entered from where it is. */
LG_MUST enum lg_err opening_enter_state(struct lg_ctx *cx, struct call *c, const struct opening *old, const char *state,
                                        int64_t version);
#endif
