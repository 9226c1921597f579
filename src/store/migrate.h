/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_STORE_MIGRATE_H
#define LG_STORE_MIGRATE_H
#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/**
 * @file
 * The schema: the numbered files of schema/, compiled in, each run once and in a transaction of its own.
 *
 * What was run is kept in public.landgang_migration (number, name, sha256, at). Two that migrate at once wait for each
 * other.
 *
 * Refused with LG_INVALID and a note that says what to do: a PostgreSQL older than 15.20, a schema with files that this
 * program does not know (it is newer), one of which a file was run in another wording (it was edited), or of which one
 * in between is missing. LG_BUSY: no server, or somebody else has been migrating for a minute. LG_FAULT: a file failed;
 * the note tells its name and line, and nothing of that file is kept.
 */
struct migrate_file {
	int number;
	const char *name; /* "0001_wall" */
	const char *sql;
};
/** Those of the program, in order; made of schema/ by the build. */
extern const struct migrate_file migrate_files[];
extern const size_t n_migrate_files;

struct migrate_password {
	const char *role, *password;
};
struct migrate_config {
	const char *conninfo;             /* whole: of a superuser, or of the database's owner with CREATEROLE */
	const struct migrate_file *files; /* NULL: migrate_files */
	size_t n_files;
	const struct migrate_password *passwords; /* set last; the server is only given a SCRAM verifier */
	size_t n_passwords;
	bool only_look; /* run nothing, set nothing: what would be done, and whether it is refused */
};
struct migrate_report {
	int server;         /* server_version_num: 150020 */
	size_t n_before;    /* files that had been run before */
	size_t n_run;       /* files[n_before ...] that were run now; or would be */
	size_t n_passwords; /* roles that were given theirs */
};
LG_MUST enum lg_err migrate(struct lg_ctx *cx, const struct migrate_config *config, struct migrate_report *out);
#endif
