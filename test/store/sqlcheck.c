/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * sqlcheck CLUSTER.SH [FILE.sql]: is what stands above each query true?
 *
 * In a scratch cluster with the program's schema (or FILE.sql instead), every statement of every *.sql is prepared as
 * its role and asked about: what types its parameters have, how its columns are called, what types they have, whether
 * one that is said never to be NULL comes from a column that may be, and whether the role may run it. One case for
 * each, in TAP. What the catalogue cannot tell (a computed column, the inner side of an outer join) shows when it is
 * run: LG_FAULT.
 */
#include <libpq-fe.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "scratch.h"
#include "store/db.h"
#include "store/migrate.h"

extern const struct db_statement *const *const db_statements[];

enum { ROLES_MAX = 16, WRONG_MAX = 4000 };

static struct {
	struct lg_ctx cx;
	const char *role[ROLES_MAX];
	PGconn *pq[ROLES_MAX];
	char wrong[WRONG_MAX]; /* about the statement in hand */
} g;

static void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void say(const char *fmt, ...)
{
	size_t n = strlen(g.wrong);
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(g.wrong + n, sizeof g.wrong - n, fmt, ap);
	va_end(ap);
	(void)strncat(g.wrong, "\n", sizeof g.wrong - strlen(g.wrong) - 1);
}

static PGconn *connection_of(const char *role)
{
	int i = 0;
	while (i < ROLES_MAX - 1 && g.role[i] && strcmp(g.role[i], role) != 0) i++;
	if (g.role[i]) return g.pq[i];
	g.role[i] = role;
	g.pq[i] = PQconnectdb(lg_printf(g.cx.mem, "%s user=%s", scratch_conninfo(), role));
	if (PQstatus(g.pq[i]) != CONNECTION_OK) {
		(void)printf("Bail out! %s", PQerrorMessage(g.pq[i]));
		exit(1);
	}
	PQclear(PQexec(g.pq[i], "SET plan_cache_mode = force_generic_plan"));
	return g.pq[i];
}

/* --- types */

static const struct {
	enum db_type type;
	const char *called, *taken; /* names of types, each between blanks; of lists the element */
	bool list;
} types[] = {
	{ DB_INT, "int", " smallint integer bigint ", false },
	{ DB_BOOL, "bool", " boolean ", false },
	{ DB_TEXT, "text", " text varchar character name enum ", false },
	{ DB_UUID, "uuid", " uuid ", false },
	{ DB_DATE, "date", " date ", false },
	{ DB_TIME, "time", " timestamptz ", false },
	{ DB_BYTES, "bytes", " bytea ", false },
	{ DB_JSON, "json", " json jsonb ", false },
	{ DB_TEXTS, "text[]", " text varchar name enum ", true },
	{ DB_UUIDS, "uuid[]", " uuid ", true },
	{ DB_INTS, "int[]", " smallint integer bigint ", true },
};

/* The name of a type in one word; of a domain its base's; of an array its element's with [] behind. */
static const char *type_name(Oid oid)
{
	const char *sql =
	    lg_printf(g.cx.mem,
	              "WITH RECURSIVE base AS (SELECT t.* FROM pg_type t WHERE oid = %u UNION ALL "
	              "SELECT t.* FROM base b JOIN pg_type t ON t.oid = b.typbasetype WHERE b.typtype = 'd') "
	              "SELECT CASE WHEN e.typtype = 'e' THEN 'enum' ELSE replace(replace(format_type(e.oid, NULL), "
	              "'character varying', 'varchar'), 'timestamp with time zone', 'timestamptz') END "
	              "|| CASE WHEN b.typcategory = 'A' THEN '[]' ELSE '' END FROM base b JOIN pg_type e ON e.oid = "
	              "CASE WHEN b.typcategory = 'A' THEN b.typelem ELSE b.oid END WHERE b.typtype <> 'd'",
	              oid);
	return lg_strdup(g.cx.mem, scratch_sql(sql));
}

static void check_type(const char *what, const struct db_column *column, Oid oid)
{
	const char *name = type_name(oid);
	size_t i = 0, n = strlen(name);
	while (types[i].type != column->type) i++;
	bool list = n > 2 && !strcmp(name + n - 2, "[]");
	const char *word = lg_printf(g.cx.mem, " %.*s ", (int)(list ? n - 2 : n), name);
	if (list != types[i].list || !strstr(types[i].taken, word))
		say("%s: %s is said to be %s and is %s", what, column->name, types[i].called, name);
}

/* --- one statement */

/* Of a view the catalogue does not tell. */
static bool may_be_null(Oid table, int column)
{
	const char *sql = lg_printf(g.cx.mem,
	                            "SELECT NOT attnotnull FROM pg_attribute JOIN pg_class c ON c.oid = attrelid "
	                            "WHERE attrelid = %u AND attnum = %d AND relkind IN ('r', 'p')",
	                            table, column);
	return !strcmp(scratch_sql(sql), "t");
}

static void check_columns(const struct db_statement *s, const PGresult *res)
{
	int n = PQnfields(res);
	if (s->kind == DB_EXEC || s->kind == DB_SET || (s->kind == DB_GUARD && !s->n_out)) return;
	if (n != (int)s->n_out) say("out: there are %d columns, and %u are named", n, s->n_out);
	for (int i = 0; i < n && i < (int)s->n_out; i++) {
		const struct db_column *column = &s->out[i];
		if (strcmp(PQfname(res, i), column->name) != 0)
			say("out: column %d is %s, and not %s", i + 1, PQfname(res, i), column->name);
		check_type("out", column, PQftype(res, i));
		if (!column->nullable && PQftable(res, i) && may_be_null(PQftable(res, i), PQftablecol(res, i)))
			say("out: %s may be NULL: its type wants a ?", column->name);
	}
}

/* A set takes lists of what its columns are; of lists it takes lists of texts. */
static void check_list_of(const struct db_column *column, Oid oid)
{
	const char *name = type_name(oid);
	size_t i = 0, n = strlen(name);
	while (types[i].type != column->type) i++;
	const char *word = lg_printf(g.cx.mem, " %.*s ", n > 2 ? (int)n - 2 : 0, name);
	if (n < 3 || strcmp(name + n - 2, "[]") != 0 || !strstr(types[i].list ? " text " : types[i].taken, word))
		say("in: %s is said to be %s and goes in as %s", column->name, types[i].called, name);
}

static void check_parameters(const struct db_statement *s, const PGresult *res)
{
	if (PQnparams(res) != (int)s->n_in)
		say("in: there are %d parameters, and %u are named", PQnparams(res), s->n_in);
	for (int i = 0; i < PQnparams(res) && i < (int)s->n_in; i++) {
		if (s->kind == DB_SET)
			check_list_of(&s->in[i], PQparamtype(res, i));
		else
			check_type("in", &s->in[i], PQparamtype(res, i));
	}
}

/* A plan is begun and not run, which asks for the role's privileges. Behind the wall there is no context here: 28000.
 */
static void check_privileges(const struct db_statement *s, PGconn *pq)
{
	const char *sql = lg_printf(g.cx.mem, "EXPLAIN EXECUTE \"%s\"%s", s->name, s->n_in ? "(" : "");
	for (unsigned i = 0; i < s->n_in; i++) sql = lg_printf(g.cx.mem, "%s%sNULL", sql, i ? ", " : "");
	PGresult *res = PQexec(pq, lg_printf(g.cx.mem, "%s%s", sql, s->n_in ? ")" : ""));
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
	if (state && strcmp(state, "28000") != 0) say("as %s: %s", s->as, PQresultErrorMessage(res));
	PQclear(res);
}

static void check(const struct db_statement *s)
{
	PGconn *pq = connection_of(s->as);
	PGresult *res = PQprepare(pq, s->name, s->sql, 0, NULL);
	bool prepared = PQresultStatus(res) == PGRES_COMMAND_OK;
	g.wrong[0] = '\0';
	if (!prepared) say("as %s: %s", s->as, PQresultErrorMessage(res));
	PQclear(res);
	if (!prepared) return;
	res = PQdescribePrepared(pq, s->name);
	check_parameters(s, res);
	check_columns(s, res);
	PQclear(res);
	check_privileges(s, pq);
}

/* @return was it right */
static bool report(const struct db_statement *s, int number)
{
	check(s);
	(void)printf("%sok %d - %s\n", *g.wrong ? "not " : "", number, s->name);
	for (char *save, *line = strtok_r(g.wrong, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		(void)printf("# %s\n", line);
	return !*g.wrong;
}

int main(int argc, char **argv)
{
	int n = 0, wrong = 0;
	lg_assert(argc == 2 || argc == 3);
	lg_log_start("sqlcheck", LG_LOG_WARN);
	scratch_start(argv[1], argc == 3 ? argv[2] : NULL);
	g.cx.mem = lg_arena_new(0, NULL);
	struct migrate_config config = { .conninfo = lg_printf(g.cx.mem, "%s user=postgres", scratch_conninfo()) };
	struct migrate_report done;
	if (argc == 2 && migrate(&g.cx, &config, &done)) {
		(void)printf("Bail out! %s\n", g.cx.notes->text);
		return 1;
	}
	for (size_t file = 0; db_statements[file]; file++)
		for (size_t i = 0; db_statements[file][i]; i++) wrong += !report(db_statements[file][i], ++n);
	(void)printf("1..%d\n", n);
	for (int i = 0; i < ROLES_MAX; i++) PQfinish(g.pq[i]);
	lg_arena_free(g.cx.mem);
	scratch_stop();
	return wrong != 0;
}
