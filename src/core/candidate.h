/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_CANDIDATE_H
#define LG_CORE_CANDIDATE_H
#include <jansson.h>

#include "app/app.h"
#include "app/field.h"
#include "app/record.h"
#include "core/candidate_state.h"

/**
 * @file
 * The candidate: what it consists of (candidate.def), and what is done with it, the same for pages, the API, imports
 * and the demonstration. Each function works within c->db, the actor's transaction, and does not end it.
 */
extern const struct entity candidate_entity;

/** Codes of lists, the taxonomy, weeks: what the fields of any entity are checked with. */
const struct record_checks *core_checks(struct lg_ctx *cx, const struct app *app);

/** The sections that the page shows, without identifiers: those are sealed and have their own way. */
bool candidate_section_is_sealed(const struct section *s);

struct candidate {
	const char *id;
	int64_t version;
	bool invented;
	json_t *record;      /* fields of candidate.def by name */
	json_t *identifiers; /* [{id, kind, number (masked), issuer, valid_until}] */
	const struct seal_key *key;
};

/**
 * Read one, with its key: queue, sync, take. LG_UNKNOWN (of the sync): there is none that the actor may see.
 */
struct candidate_asked;
struct candidate_asked *candidate_ask(struct lg_ctx *cx, struct call *c, const char *id);
LG_MUST enum lg_err candidate_take(struct lg_ctx *cx, struct call *c, const struct candidate_asked *asked,
                                   struct candidate *out);

/**
 * A line in the audit that the page shows this person, in the transaction that reads what is shown: *seen when there is
 * one; it is the database that knows whether the person is protected, and then there is a line only if it is `open`.
 * Queued.
 */
void candidate_seen_send(struct lg_ctx *cx, struct call *c, const char *id, bool open, bool *seen);

/** Somebody who may be the same person. */
struct alike {
	const char *id, *given_name, *family_name, *given_native, *family_native, *state;
	int32_t born;
	bool by_number, is_protected;
};
/** Does one of these numbers want a second look: a CPR number without modulus 11? Accepted all the same (cpr.dk). */
bool candidate_number_is_odd(struct lg_ctx *cx, struct call *c, const json_t *identifiers);
/** Rules across fields: notes say what is wrong. */
LG_MUST enum lg_err candidate_check(struct lg_ctx *cx, const json_t *record, int32_t today);
struct candidate_facts candidate_facts_of(const json_t *record);

/** Who may be the person of a record that is about to be registered, or changed (`but`: its own id, or NULL). */
LG_MUST enum lg_err candidate_alike(struct lg_ctx *cx, struct call *c, const json_t *record, const json_t *identifiers,
                                    const char *but, struct alike **out, size_t *n);
/** They, above the form that would register one more. */
struct html_record_new;
void candidate_put_alike(struct lg_ctx *cx, struct html_record_new *v, const struct alike *alike, size_t n);

/**
 * Register one. `record` has passed record_from_form() or _json(). Missing Latin names are made from Cyrillic ones.
 * Notes on cx say what is wrong (LG_INVALID). *id: the new one's. Writes its key, trigrams, numbers and the audit row.
 */
LG_MUST enum lg_err candidate_register(struct lg_ctx *cx, struct call *c, json_t *record, const json_t *identifiers,
                                       bool invented, const char **id);
/** Change one section to `part`. LG_CONFLICT when it is not at `version` any more. */
LG_MUST enum lg_err candidate_change(struct lg_ctx *cx, struct call *c, struct candidate *old, const struct section *s,
                                     json_t *part, int64_t version);
LG_MUST enum lg_err candidate_change_numbers(struct lg_ctx *cx, struct call *c, struct candidate *old,
                                             const json_t *rows, int64_t version);
/** The whole record anew, with what it is found by; queued, and LG_CONFLICT when it is not at `version` any more. */
void candidate_put_send(struct lg_ctx *cx, struct call *c, const char *id, int64_t version, const json_t *record);
void candidate_keys_send(struct lg_ctx *cx, struct call *c, const char *id, const json_t *record);
/** Enter a state, if it may be entered from where it is. */
LG_MUST enum lg_err candidate_enter_state(struct lg_ctx *cx, struct call *c, const struct candidate *old,
                                          const char *state, const char *reason, int64_t version);
/** The person says that all is true still. */
LG_MUST enum lg_err candidate_confirm(struct lg_ctx *cx, struct call *c, const struct candidate *old, int64_t version);
/** Erase for good, key and all. */
LG_MUST enum lg_err candidate_erase(struct lg_ctx *cx, struct call *c, const struct candidate *old);

/** Records as the API gives them: id, version, state, sections. Borrowed from cx. */
json_t *candidate_as_json(struct lg_ctx *cx, const struct candidate *one);
#endif
