/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MERGE_H
#define LG_CORE_MERGE_H
#include <jansson.h>

#include "app/app.h"
#include "app/audit.h"
#include "app/field.h"
#include "app/seal.h"
#include "core/form.h"

/**
 * @file
 * Two records that are one: field by field somebody says which value stays, what hangs on the second goes to the first,
 * and the second is gone; its address leads to the first. For MERGE_DAYS it can be undone: what was not touched since
 * is set back. One transaction each; both records are still what was seen, or it is LG_CONFLICT.
 */
enum { MERGE_DAYS = 30 };

struct merge_side {
	const char *id;
	int64_t version;
	bool invented;
	json_t *record;      /* the whole row */
	json_t *identifiers; /* of candidates: as candidate.h has them */
	const struct seal_key *key;
	void *one; /* struct candidate or struct employer */
};

/** What differs from entity to entity (merge_kind.c). */
struct merge_kind {
	const struct entity *entity;
	const char *path;        /* "/candidates" */
	const char *list, *here; /* English; the item of the menu */
	const char *(*name)(struct lg_ctx *cx, const json_t *record);
	enum lg_err (*lock)(struct lg_ctx *cx, struct call *c, struct db_list ids);
	enum lg_err (*read)(struct lg_ctx *cx, struct call *c, const char *id, struct merge_side *out);
	enum lg_err (*check)(struct lg_ctx *cx, struct call *c, json_t *record);
	/* What hangs on them: state is kept for undoing; reads and writes. */
	enum lg_err (*move)(struct lg_ctx *cx, struct call *c, struct merge_side *kept, const struct merge_side *gone,
	                    json_t *state);
	enum lg_err (*back)(struct lg_ctx *cx, struct call *c, const struct merge_side *kept, const char *gone,
	                    const json_t *state);
	void (*put_send)(struct lg_ctx *cx, struct call *c, const char *id, int64_t version, const json_t *record);
	void (*remove_send)(struct lg_ctx *cx, struct call *c, const struct merge_side *gone);
	enum lg_err (*restore)(struct lg_ctx *cx, struct call *c, const char *id, const json_t *record,
	                       const json_t *state);
};
extern const struct merge_kind merge_candidates, merge_employers;

/** May the values be put together: lists can. */
bool merge_may_both(const struct section *s);
/**
 * Which value stays: `take` has "kept", "gone" or, of lists, "both" under the name of a field or list; what is not in
 * it is kept's, or the other's where kept has none. @return LG_INVALID: no such field, or no such choice
 */
LG_MUST enum lg_err merge_values(struct lg_ctx *cx, const struct merge_kind *kind, const json_t *kept,
                                 const json_t *gone, const json_t *take, json_t **out);
LG_MUST enum lg_err merge_apply(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind,
                                struct merge_side *kept, const struct merge_side *gone, const json_t *take,
                                const char **id);
LG_MUST enum lg_err merge_undo(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind,
                               struct merge_side *kept, const char *merge, const char **gone);

/** An old address: where it leads, once the queue was sent. */
struct merge_asked;
struct merge_asked *merge_ask(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, const char *id);
/** err is LG_UNKNOWN and the record was merged: answer with its new address. @return whether it was so */
bool merge_leads(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, enum lg_err err,
                 const struct merge_asked *asked);
/** To a history, what happened to records that were merged into this one. Reads. */
LG_MUST enum lg_err merge_history(struct lg_ctx *cx, struct call *c, const struct merge_kind *kind, const char *id,
                                  struct audit_row **rows, size_t *n);
/** Somebody is erased, with all that was merged into them. Queued. */
void merge_forget_send(struct lg_ctx *cx, struct call *c, const char *id);
#endif
