/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "store/migrate.h"

#include <libpq-fe.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum { SERVER_LEAST = 150020, SHA256_LEN = 64 };

struct work {
	struct lg_ctx *cx;
	PGconn *pq;
	const struct migrate_config *config;
	const struct migrate_file *files;
	size_t n_files;
	const char **sha256; /* of each file */
	struct migrate_report *report;
};

/* --- talking to the server */

static void clear_result(void *res) { PQclear(res); }
static void ignore_notice(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

static bool is_good(const PGresult *res)
{
	return PQresultStatus(res) == PGRES_COMMAND_OK || PQresultStatus(res) == PGRES_TUPLES_OK;
}

/* What the server says, without the newline. */
static const char *said(struct work *w)
{
	const char *text = PQerrorMessage(w->pq);
	size_t n = strlen(text);
	while (n && text[n - 1] == '\n') n--;
	return lg_strndup(w->cx->mem, text, n);
}

static enum lg_err refused(struct work *w, const PGresult *res)
{
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
	if (!state || !strncmp(state, "08", 2) || !strncmp(state, "57", 2) || !strncmp(state, "53", 2))
		return lg_failf(w->cx, LG_BUSY, "database", "The database went away: %s", said(w));
	if (!strcmp(state, "55P03"))
		return lg_fail(w->cx, LG_BUSY, "database",
		               "Somebody else is migrating this database; try again when that is done.");
	return lg_failf(w->cx, LG_FAULT, "database", "%s", said(w));
}

static enum lg_err ask(struct work *w, PGresult **out, const char *sql, int n, const char *const *values)
{
	PGresult *res = n ? PQexecParams(w->pq, sql, n, NULL, values, NULL, NULL, 0) : PQexec(w->pq, sql);
	lg_defer(w->cx->mem, clear_result, res);
	if (out) *out = res;
	return is_good(res) ? LG_OK : refused(w, res);
}

static enum lg_err run(struct work *w, const char *sql) { return ask(w, NULL, sql, 0, NULL); }

/* --- may it be done */

static enum lg_err connect_to(struct work *w)
{
	const char *const names[] = { "dbname", "connect_timeout", "client_encoding", "application_name", NULL };
	const char *const values[] = { w->config->conninfo, "10", "UTF8", "landgang migrate", NULL };
	w->pq = PQconnectdbParams(names, values, 1);
	lg_assert(w->pq);
	PQsetNoticeReceiver(w->pq, ignore_notice, NULL);
	if (PQstatus(w->pq) != CONNECTION_OK)
		return lg_failf(w->cx, LG_BUSY, "database", "The database cannot be reached: %s", said(w));
	return LG_OK;
}

static enum lg_err check_server(struct work *w)
{
	const char *encoding = PQparameterStatus(w->pq, "server_encoding");
	int version = w->report->server = PQserverVersion(w->pq);
	if (version < SERVER_LEAST)
		return lg_failf(w->cx, LG_INVALID, "database",
		                "This PostgreSQL is %d.%d; Landgang needs 15.20 or newer, for faults mended there. "
		                "Upgrade the server "
		                "(on Debian 12: apt-get update && apt-get install postgresql-15), then migrate again.",
		                version / 10000, version % 10000);
	if (!encoding || strcmp(encoding, "UTF8") != 0)
		return lg_failf(w->cx, LG_INVALID, "database",
		                "This database is encoded in %s. Make one with: CREATE DATABASE landgang ENCODING "
		                "'UTF8' TEMPLATE template0",
		                encoding ? encoding : "something unknown");
	return LG_OK;
}

/* One at a time; the lock ends with the connection. */
static enum lg_err take_turn(struct work *w)
{
	LG_TRY(run(w, "SET lock_timeout = '60s'; SET statement_timeout = 0; SET client_min_messages = warning"));
	return run(w, "SELECT pg_advisory_lock(hashtext('landgang migration'))");
}

static enum lg_err hash_files(struct work *w)
{
	PGresult *res;
	w->sha256 = lg_array(w->cx->mem, w->n_files, sizeof *w->sha256);
	for (size_t i = 0; i < w->n_files; i++) {
		lg_assert(!i || w->files[i].number > w->files[i - 1].number);
		const char *sql = "SELECT encode(sha256(convert_to($1::text, 'UTF8')), 'hex')";
		LG_TRY(ask(w, &res, sql, 1, &w->files[i].sql));
		w->sha256[i] = PQgetvalue(res, 0, 0);
	}
	return LG_OK;
}

static const struct migrate_file *file_of(const struct work *w, int number)
{
	for (size_t i = 0; i < w->n_files; i++)
		if (w->files[i].number == number) return &w->files[i];
	return NULL;
}

/* One that was run, the i-th, against the i-th that there is. */
static enum lg_err check_run(struct work *w, size_t i, int number, const char *name, const char *sha256)
{
	if (!file_of(w, number))
		return lg_failf(w->cx, LG_INVALID, "schema",
		                "This database's schema is newer than this program: it has %s. Install the program "
		                "that brought it, or a "
		                "newer one; or restore the copy of the database that was made before.",
		                name);
	if (w->files[i].number != number)
		return lg_failf(
		    w->cx, LG_INVALID, "schema",
		    "%s was not run before %s. Files are added at the end only: give it the next free number.",
		    w->files[i].name, name);
	if (strcmp(w->sha256[i], sha256) != 0)
		return lg_failf(w->cx, LG_INVALID, "schema",
		                "%s was run in another wording. A file that has landed is never edited: undo the "
		                "change, and make it in a "
		                "new file.",
		                w->files[i].name);
	return LG_OK;
}

static enum lg_err look(struct work *w)
{
	PGresult *res;
	LG_TRY(ask(w, &res, "SELECT to_regclass('public.landgang_migration')", 0, NULL));
	if (PQgetisnull(res, 0, 0)) return LG_OK;
	LG_TRY(ask(w, &res, "SELECT number, name, sha256 FROM public.landgang_migration ORDER BY number", 0, NULL));
	size_t n = w->report->n_before = (size_t)PQntuples(res);
	for (size_t i = 0; i < n; i++) {
		int row = (int)i, number = (int)strtol(PQgetvalue(res, row, 0), NULL, 10);
		LG_TRY(check_run(w, i, number, PQgetvalue(res, row, 1), PQgetvalue(res, row, 2)));
	}
	return LG_OK;
}

/* --- doing it */

static enum lg_err make_table(struct work *w)
{
	return run(
	    w,
	    "CREATE TABLE IF NOT EXISTS public.landgang_migration ("
	    "number int PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, at timestamptz NOT NULL DEFAULT now());"
	    "COMMENT ON TABLE public.landgang_migration IS 'The files of schema/ that were run here.';"
	    "COMMENT ON COLUMN public.landgang_migration.number IS 'The number its name begins with.';"
	    "COMMENT ON COLUMN public.landgang_migration.name IS 'Its name.';"
	    "COMMENT ON COLUMN public.landgang_migration.sha256 IS 'What it said.';"
	    "COMMENT ON COLUMN public.landgang_migration.at IS 'When.'");
}

/* The line of the character that PostgreSQL points at, from 1; 0 when it points at none. */
static int line_of(const char *sql, const PGresult *res)
{
	const char *position = PQresultErrorField(res, PG_DIAG_STATEMENT_POSITION);
	long left = position ? strtol(position, NULL, 10) : 0;
	int line = left > 0;
	for (; *sql && left > 1; sql++) {
		line += *sql == '\n';
		left -= ((unsigned char)sql[1] & 0xC0) != 0x80; /* characters, not bytes */
	}
	return line;
}

static enum lg_err file_failed(struct work *w, const struct migrate_file *file, const PGresult *res)
{
	if (PQstatus(w->pq) != CONNECTION_OK) return refused(w, res);
	const char *context = PQresultErrorField(res, PG_DIAG_CONTEXT);
	return lg_failf(w->cx, LG_FAULT, "schema", "schema/%s.sql:%d: %s%s%s", file->name, line_of(file->sql, res),
	                PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY), context ? "; " : "", context ? context : "");
}

static enum lg_err run_file(struct work *w, size_t i)
{
	const struct migrate_file *file = &w->files[i];
	LG_TRY(run(w, "BEGIN"));
	PGresult *res = PQexec(w->pq, file->sql);
	lg_defer(w->cx->mem, clear_result, res);
	if (!is_good(res)) return file_failed(w, file, res);
	if (PQtransactionStatus(w->pq) != PQTRANS_INTRANS)
		return lg_failf(w->cx, LG_FAULT, "schema", "schema/%s.sql ends its transaction itself", file->name);
	LG_TRY(run(w, "RESET ROLE"));
	const char *values[] = { lg_printf(w->cx->mem, "%d", file->number), file->name, w->sha256[i] };
	LG_TRY(ask(w, NULL, "INSERT INTO public.landgang_migration (number, name, sha256) VALUES ($1::int, $2, $3)", 3,
	           values));
	LG_TRY(run(w, "COMMIT"));
	/* Settings of the session that a file left behind are not the next one's; those of take_turn() are. */
	LG_TRY(run(
	    w, "RESET ALL; SET lock_timeout = '60s'; SET statement_timeout = 0; SET client_min_messages = warning"));
	lg_log(w->cx, LG_LOG_INFO, "schema file run", LOG_TEXT("file", file->name));
	w->report->n_run++;
	return LG_OK;
}

static enum lg_err run_files(struct work *w)
{
	LG_TRY(make_table(w));
	for (size_t i = w->report->n_before; i < w->n_files; i++) LG_TRY(run_file(w, i));
	return LG_OK;
}

/* A role may have changed its own settings, if somebody made it: schema/0009. */
static enum lg_err settle_roles(struct work *w)
{
	return run(
	    w, "DO $$ BEGIN IF to_regprocedure('lg_gate.settle_roles()') IS NOT NULL THEN CALL lg_gate.settle_roles();"
	       " END IF; END $$");
}

/* In a database that was restored from a dump transactions are numbered anew: the audit's seals must know
 * (schema/0004). */
static enum lg_err begin_era(struct work *w)
{
	return run(w, "DO $$ BEGIN IF to_regprocedure('lg.audit_restored()') IS NOT NULL THEN CALL lg.audit_restored();"
	              " END IF; END $$");
}

/* --- passwords */

/* The server never sees the word itself, so that it cannot log it. */
static enum lg_err set_password(struct work *w, const struct migrate_password *p)
{
	char *verifier = PQencryptPasswordConn(w->pq, p->password, p->role, "scram-sha-256");
	if (!verifier) return lg_failf(w->cx, LG_FAULT, "database", "No password for %s: %s", p->role, said(w));
	lg_defer(w->cx->mem, PQfreemem, verifier);
	char *role = PQescapeIdentifier(w->pq, p->role, strlen(p->role)),
	     *word = PQescapeLiteral(w->pq, verifier, strlen(verifier));
	lg_assert(role && word);
	const char *sql = lg_printf(w->cx->mem, "ALTER ROLE %s PASSWORD %s", role, word);
	PQfreemem(role);
	PQfreemem(word);
	LG_TRY(run(w, sql));
	w->report->n_passwords++;
	return LG_OK;
}

static enum lg_err work(struct work *w)
{
	LG_TRY(connect_to(w));
	LG_TRY(check_server(w));
	LG_TRY(take_turn(w));
	LG_TRY(hash_files(w));
	LG_TRY(look(w));
	if (w->config->only_look) {
		w->report->n_run = w->n_files - w->report->n_before;
		return LG_OK;
	}
	LG_TRY(run_files(w));
	LG_TRY(begin_era(w));
	LG_TRY(settle_roles(w));
	for (size_t i = 0; i < w->config->n_passwords; i++) LG_TRY(set_password(w, &w->config->passwords[i]));
	return LG_OK;
}

enum lg_err migrate(struct lg_ctx *cx, const struct migrate_config *config, struct migrate_report *out)
{
	struct work w = {
		.cx = cx, .config = config, .files = config->files, .n_files = config->n_files, .report = out
	};
	*out = (struct migrate_report){ 0 };
	if (!w.files) {
		w.files = migrate_files;
		w.n_files = n_migrate_files;
	}
	enum lg_err err = work(&w);
	PQfinish(w.pq); /* now: with it goes the turn, and what a file that failed had done */
	return err;
}
