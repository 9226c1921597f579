/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_DATABASE_H
#define LG_CMD_DATABASE_H
#include <stdbool.h>
#include <stdint.h>

#include "cmd/keys.h"
#include "cmd/settings.h"

/**
 * @file
 * The database behind the service: the operator's, or in trial mode a private one that is started, watched and stopped
 * here.
 */
struct database {
	const struct settings *settings;
	const struct keys *keys;
	const char *conninfo;    /* without user and password */
	struct cluster *cluster; /* NULL: the operator's */
	uint32_t schema;         /* number of the last file of this program's schema */
	uint64_t starts;
	int64_t next_try_ms;
};

/**
 * Make it ready: trial mode starts the cluster and brings it to this program's schema; elsewhere the schema is looked
 * at, and a server that is away is waited for by the children, not here. Errors: LG_INVALID: an old schema, a newer
 * one, an old server.
 */
LG_MUST enum lg_err database_start(struct lg_ctx *cx, struct database *d, const struct settings *s,
                                   const struct keys *k);
/** How many offices there are; -1: nobody knows, the database is away. */
int64_t database_offices(struct lg_ctx *cx, const struct database *d);
/** Look after a private cluster: start it again when it was killed. Short; call it twice a second. */
void database_watch(struct lg_ctx *cx, struct database *d, int64_t now_ms);
/** Stop a private cluster: what was committed stays. */
void database_stop(struct database *d);

struct migrate_report;
/** store/migrate.h, with the passwords of the roles. */
LG_MUST enum lg_err database_migrate(struct lg_ctx *cx, const char *conninfo, const struct keys *k, bool only_look,
                                     struct migrate_report *out);
#endif
