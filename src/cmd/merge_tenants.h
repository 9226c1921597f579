/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_MERGE_TENANTS_H
#define LG_CMD_MERGE_TENANTS_H
#include "cmd/console.h"

/** Offices that merge (schema/0025_tenant_merge.sql): "landgang admin merge-tenants" and what belongs to it. */
struct merge_tenants {
	const char *config, *on, *why;
	uint64_t from, into;
	bool dry_run, whole, administrators;
};
LG_MUST enum lg_err merge_tenants_plan(struct lg_ctx *cx, const struct console *c, const struct merge_tenants *m);
LG_MUST enum lg_err merge_tenants_list(struct lg_ctx *cx, const struct console *c);
LG_MUST enum lg_err merge_tenants_cancel(struct lg_ctx *cx, const struct console *c, const struct merge_tenants *m);
#endif
