/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_TENANT_MERGE_H
#define LG_CORE_TENANT_MERGE_H
#include "app/seal.h"
#include "core/jobs.h"

/**
 * @file
 * Offices that merge, on the day that was planned (schema/0025_tenant_merge.sql tells what, and how the wall stands).
 *
 * The job goes from step to step, and each is whole or was not: both offices are shut; all that began before has ended;
 * then one transaction moves everything. In it, what is sealed or hashed for the office that ends is made anew for the
 * other: first in the one office, row by row, then the rows go over as they are; but pieces of documents and lines of
 * the audit, which are many bytes, are read in the one and written in the other at once. Whoever is killed has done
 * nothing; a failure opens both offices again, and it is tried anew in an hour.
 *
 * Cost: each row is written once and deleted once. test/core/test_tenant_merge.c prints what it measured.
 */
struct tenant_moving {
	struct lg_ctx *cx;
	struct db *db;
	struct seal_ring ring;
	const struct core_job_with *with; /* asked whether to stop between pieces; NULL: never */
	int32_t from, into;
	int64_t same; /* numbers known in both, while they are counted */
};

LG_MUST enum lg_err tenant_merge_job(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with);

/** What follows in the transaction is done in this office. */
LG_MUST enum lg_err tenant_merge_act_in(struct tenant_moving *m, int32_t tenant);
/** All that small rows have sealed, in the office that ends, made good for the other. */
LG_MUST enum lg_err tenant_merge_reseal(struct tenant_moving *m);
/** Pieces of documents, from the one to the other. */
LG_MUST enum lg_err tenant_merge_documents(struct tenant_moving *m);
/** Lines of the audit with sealed content; the others are copied with their table. */
LG_MUST enum lg_err tenant_merge_lines(struct tenant_moving *m);

/** Columns that hold sealed or keyed bytes and are seen to here, and those that need not be: "lg.note.box", NULL at the
 * end. A test compares both with the catalogue. */
extern const char *const tenant_merge_sealed[], *const tenant_merge_plain[];

/** For the operator: how many identity numbers of the one office are known in the other too. `pool`: of lg_job. */
LG_MUST enum lg_err tenant_merge_same_people(struct lg_ctx *cx, struct db_pool *pool, const struct seal_ring *ring,
                                             int32_t from, int32_t into, int64_t *n);
#endif
