/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "store/db.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "store/pool.h"
#include "store/sqlstate.h"
#include "store/value.h"

/* One statement of the pipeline. */
struct item {
	struct item *next;
	const struct db_statement *s;
	const char *const *values; /* of a set: of all its rows, one behind the other */
	size_t rows, room;         /* of a set */
	void *out;
	bool *found;
	bool prepares, prepared; /* it is prepared in this pipeline; and was, as the server says */
};

struct db {
	struct lg_ctx *cx;
	struct db_pool *pool;
	struct db_conn *conn; /* NULL: given back */
	struct db_who who;
	uint8_t token[32];
	struct db_entered entered;
	bool was_entered;
	bool whole;                 /* db_expect_whole() */
	bool begun;                 /* a pipeline went out */
	bool open;                  /* BEGIN without its end */
	bool lost;                  /* the connection is, or its server is silent */
	bool midway;                /* a pipeline is not read to its end */
	bool stale;                 /* it stumbled over a plan that grew old */
	enum lg_err err;            /* the first; the transaction is lost */
	struct item *first, **last; /* queued */
	struct item *held;          /* sets that are gathered */
	bool gathers;
	PGresult *result; /* being read */
};

/* --- statements of our own */

struct enter_token_in {
	struct db_bytes token;
};
struct enter_tenant_in {
	int64_t tenant;
	const char *purpose;
};
struct enter_same_in {
	struct db_bytes token;
	const char *told;
};
struct enter_row {
	const char *json;
};
static const struct db_column enter_token_in[] = { { "token", DB_BYTES, false,
	                                             offsetof(struct enter_token_in, token) } };
static const struct db_column enter_same_in[] = {
	{ "token", DB_BYTES, false, offsetof(struct enter_same_in, token) },
	{ "told", DB_TEXT, false, offsetof(struct enter_same_in, told) },
};
static const struct db_column enter_tenant_in[] = {
	{ "tenant", DB_INT, false, offsetof(struct enter_tenant_in, tenant) },
	{ "purpose", DB_TEXT, false, offsetof(struct enter_tenant_in, purpose) },
};
static const struct db_column enter_out[] = {
	{ "json", DB_JSON, false, offsetof(struct enter_row, json) },
};
#define ENTER(as_name, call, given, role)                                                                              \
	{                                                                                                              \
		.name = as_name, .as = role, .sql = "SELECT lg_gate." call " AS json", .kind = DB_ONE, .in = given,    \
		.n_in = sizeof given / sizeof *given, .out = enter_out, .n_out = 1,                                    \
		.row_size = sizeof(struct enter_row)                                                                   \
	}
static const struct db_statement enter[] = {
	[DB_AS_SESSION] = ENTER("lg_enter", "enter($1)", enter_token_in, "lg_web"),
	[DB_AS_BEARER] = ENTER("lg_enter_bearer", "enter_bearer($1)", enter_token_in, "lg_web"),
	[DB_AS_PUBLIC] = ENTER("lg_enter_public", "enter_public($1::int, $2)", enter_tenant_in, "lg_web"),
	[DB_AS_JOB] = ENTER("lg_enter_job", "enter_job($1::int, $2)", enter_tenant_in, "lg_job"),
};
/* It fails when enter() tells anything else than is expected, and with it all that follows. */
#define ENTER_SAME(as_name, call)                                                                                      \
	{                                                                                                              \
		.name = as_name, .as = "lg_web", .sql = "SELECT 1 / (lg_gate." call "($1)::text = $2)::int",           \
		.kind = DB_GUARD, .in = enter_same_in, .n_in = sizeof enter_same_in / sizeof *enter_same_in,           \
	}
static const struct db_statement enter_same[] = {
	[DB_AS_SESSION] = ENTER_SAME("lg_enter_same", "enter"),
	[DB_AS_BEARER] = ENTER_SAME("lg_enter_bearer_same", "enter_bearer"),
};
/* And when whoever it is sees a part of the office only. (CASE: units() is asked after enter().) */
static const struct db_statement enter_whole = {
	.name = "lg_enter_whole",
	.as = "lg_web",
	.sql = "SELECT 1 / CASE WHEN lg_gate.enter($1)::text = $2 THEN (lg_gate.units() IS NULL)::int ELSE 0 END",
	.kind = DB_GUARD,
	.in = enter_same_in,
	.n_in = sizeof enter_same_in / sizeof *enter_same_in,
};
static const struct db_statement begin = { .name = "lg_begin", .sql = "BEGIN", .kind = DB_EXEC };
static const struct db_statement begin_reading = { .name = "lg_begin_reading",
	                                           .sql = "BEGIN READ ONLY",
	                                           .kind = DB_EXEC };
static const struct db_statement commit = { .name = "lg_commit", .sql = "COMMIT", .kind = DB_EXEC };
static const struct db_statement rollback = { .name = "lg_rollback", .sql = "ROLLBACK", .kind = DB_EXEC };

const struct db_statement *const db_statements_store[] = {
	&enter[DB_AS_SESSION],      &enter[DB_AS_BEARER],      &enter[DB_AS_PUBLIC], &enter[DB_AS_JOB],
	&enter_same[DB_AS_SESSION], &enter_same[DB_AS_BEARER], &enter_whole,         NULL,
};

/* --- failures */

static bool is_enter(const struct db_statement *s)
{
	return (s >= enter && s < enter + sizeof enter / sizeof *enter) ||
	       (s >= enter_same && s < enter_same + sizeof enter_same / sizeof *enter_same) || s == &enter_whole;
}

/* The first failure is the one that is told; what follows comes of it. */
static void fail(struct db *db, enum lg_err err)
{
	if (!db->err) db->err = err;
}

/* Something between the program and its database that the build should have found: the statement, and where in it. */
static void fail_fault(struct db *db, const struct db_statement *s, const char *column, const char *why)
{
	lg_log(db->cx, LG_LOG_ERROR, "statement is wrong", LOG_TEXT("statement", s->name), LOG_TEXT("column", column),
	       LOG_TEXT("why", why));
	fail(db, LG_FAULT);
}

static const char *field_of(const PGresult *res, int code)
{
	const char *s = PQresultErrorField(res, code);
	return s ? s : "";
}

/* "cached plan must not change result type", or somebody threw away what was prepared. */
static bool is_stale(const PGresult *res, const char *state)
{
	return !strcmp(state, "26000") ||
	       (!strcmp(state, "0A000") && !strcmp(field_of(res, PG_DIAG_SOURCE_FUNCTION), "RevalidateCachedQuery"));
}

static enum lg_err translate(const struct db_statement *s, const char *state)
{
	if (s && s->kind == DB_GUARD && !strcmp(state, "22012")) return LG_CONFLICT; /* 1 / 0: no row was touched */
	enum lg_err err = db_sqlstate(state);
	return err == LG_DENIED && s && is_enter(s) ? LG_SIGN_IN : err;
}

/* A constraint says what is wrong by its name; of a missing value the column says it. */
static void note_constraint(struct db *db, enum lg_err err, const PGresult *res, const char *state)
{
	const char *name = field_of(res, PG_DIAG_CONSTRAINT_NAME);
	if (strncmp(state, "23", 2) != 0) return;
	if (!*name) name = field_of(res, PG_DIAG_COLUMN_NAME);
	const char *text = err == LG_CONFLICT ? "This is there already." : "This value is not allowed here.";
	(void)!lg_fail(db->cx, err, lg_strdup(db->cx->mem, name), text);
}

static void log_refusal(struct db *db, const struct db_statement *s, enum lg_err err, const PGresult *res,
                        const char *state)
{
	bool expected = err == LG_CONFLICT || err == LG_SIGN_IN;
	lg_log(db->cx,
	       expected          ? LG_LOG_DEBUG
	       : err == LG_FAULT ? LG_LOG_ERROR
	                         : LG_LOG_WARN,
	       "statement refused", LOG_TEXT("statement", s ? s->name : "commit"), LOG_TEXT("sqlstate", state),
	       LOG_TEXT("constraint", field_of(res, PG_DIAG_CONSTRAINT_NAME)),
	       LOG_TEXT("why", db_sqlstate_is_loggable(state) ? field_of(res, PG_DIAG_MESSAGE_PRIMARY) : ""));
}

/* s NULL: at the end of the pipeline, as by a constraint that is checked when all is done. */
static void fail_refused(struct db *db, const struct db_statement *s, const PGresult *res)
{
	if (db->err) return;
	const char *state = field_of(res, PG_DIAG_SQLSTATE);
	db->stale = is_stale(res, state);
	enum lg_err err = db->stale ? LG_BUSY : translate(s, state);
	log_refusal(db, s, err, res, state);
	note_constraint(db, err, res, state);
	fail(db, err);
}

static void fail_lost(struct db *db)
{
	if (!db->err)
		lg_log(db->cx, LG_LOG_WARN, "database lost", LOG_TEXT("why", PQerrorMessage(db_conn_pq(db->conn))));
	fail(db, LG_BUSY);
}

/* --- queue */

static const char *const *encode_all(struct db *db, const struct db_statement *s, const void *in)
{
	const char **values = lg_array(db->cx->mem, s->n_in + 1, sizeof *values);
	for (unsigned i = 0; i < s->n_in; i++) {
		enum lg_err err = db_encode(db->cx, &s->in[i], in, &values[i]);
		if (err == LG_FAULT) fail_fault(db, s, s->in[i].name, "NULL goes in where none may be");
		if (err) fail(db, err);
	}
	return values;
}

static struct item *item_new(struct db *db, const struct db_statement *s, const void *in, void *out, bool *found)
{
	struct item *item = lg_alloc(db->cx->mem, sizeof *item);
	*item =
	    (struct item){ .s = s, .values = encode_all(db, s, in), .rows = 1, .room = 1, .out = out, .found = found };
	return item;
}

/* Nothing is there until it was read. */
static void clear_out(const struct item *item)
{
	const struct db_statement *s = item->s;
	if (item->found) *item->found = false;
	if (!item->out) return;
	if (s->kind == DB_MANY)
		memset(item->out, 0, sizeof(struct db_rows));
	else if (s->kind == DB_EXEC)
		memset(item->out, 0, sizeof(int64_t));
	else
		memset(item->out, 0, s->row_size);
}

/* One more row of a set. */
static void add_row(struct db *db, struct item *item, const void *in)
{
	size_t n = item->s->n_in;
	const char *const *row = encode_all(db, item->s, in);
	if (item->rows == item->room) {
		item->room = 2 * item->room + 30;
		const char **more = lg_array(db->cx->mem, item->room * n + 1, sizeof *more);
		memcpy(more, item->values, item->rows * n * sizeof *more);
		item->values = more;
	}
	memcpy((const char **)(uintptr_t)item->values + item->rows++ * n, row, n * sizeof *row);
}

static void hold(struct db *db, const struct db_statement *s, const void *in)
{
	struct item **at = &db->held;
	while (*at && (*at)->s != s) at = &(*at)->next;
	if (*at)
		add_row(db, *at, in);
	else
		*at = item_new(db, s, in, NULL, NULL);
}

static void let_go(struct db *db)
{
	*db->last = db->held;
	while (*db->last) db->last = &(*db->last)->next;
	db->held = NULL;
	db->gathers = false;
}

void db_gather(struct db *db) { db->gathers = true; }
void db_gathered(struct db *db) { let_go(db); }
bool db_gathers(const struct db *db) { return db->gathers; }

void db_queue(struct lg_ctx *cx, struct db *db, const struct db_statement *s, const void *in, void *out, bool *found)
{
	lg_assert(cx == db->cx && db->conn);
	if (s->kind == DB_SET && db->gathers) {
		hold(db, s, in);
		return;
	}
	struct item *item = item_new(db, s, in, out, found);
	clear_out(item);
	*db->last = item;
	db->last = &item->next;
}

/* --- writing a pipeline */

/* Of the rows of a set, a list for each column. */
static const char *const *columns_of(struct db *db, const struct item *item)
{
	size_t n = item->s->n_in;
	const char **out = lg_array(db->cx->mem, n, sizeof *out);
	const char **column = lg_array(db->cx->mem, item->rows, sizeof *column);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < item->rows; k++) column[k] = item->values[k * n + i];
		out[i] = db_encode_texts(db->cx, (struct db_list){ .texts = column, .n = item->rows });
	}
	return out;
}

static bool send_item(struct db *db, struct item *item)
{
	PGconn *pq = db_conn_pq(db->conn);
	const struct db_statement *s = item->s;
	item->prepares = !db_conn_knows(db->conn, s);
	item->prepared = false;
	if (item->prepares) {
		if (!PQsendPrepare(pq, s->name, s->sql, (int)s->n_in, NULL)) return false;
		db_conn_learn(db->conn, s);
	}
	const char *const *values = s->kind == DB_SET ? columns_of(db, item) : item->values;
	return PQsendQueryPrepared(pq, s->name, (int)s->n_in, values, NULL, NULL, 0);
}

static bool send_all(struct db *db, struct item *first)
{
	uint64_t n = 0;
	for (struct item *item = first; item; item = item->next, n++)
		if (!send_item(db, item)) return false;
	db_pool_count(db->pool, n, 0);
	return PQpipelineSync(db_conn_pq(db->conn));
}

/* --- reading it */

static bool decode_row(struct db *db, const struct db_statement *s, const PGresult *res, int row, void *out)
{
	for (unsigned i = 0; i < s->n_out; i++) {
		int col = (int)i;
		const char *text = PQgetisnull(res, row, col) ? NULL : PQgetvalue(res, row, col);
		if (db_decode(db->cx, &s->out[i], text, (size_t)PQgetlength(res, row, col), out) == LG_OK) continue;
		fail_fault(db, s, s->out[i].name,
		           text ? "a value is not of its type" : "NULL comes out where none may be");
		return false;
	}
	return true;
}

static void decode_many(struct db *db, const struct item *item, const PGresult *res)
{
	struct db_rows all = { .n = (size_t)PQntuples(res) };
	char *rows = lg_array(db->cx->mem, all.n, item->s->row_size);
	all.rows = rows;
	for (size_t i = 0; i < all.n; i++)
		if (!decode_row(db, item->s, res, (int)i, rows + i * item->s->row_size)) return;
	memcpy(item->out, &all, sizeof all);
}

static void decode_one(struct db *db, const struct item *item, const PGresult *res)
{
	int n = PQntuples(res);
	if (n == 0 && item->s->kind == DB_ONE) fail(db, LG_UNKNOWN);
	if (n > 1 && item->s->kind != DB_GUARD) fail_fault(db, item->s, "", "several rows where there is one");
	if (n == 0 || db->err || !decode_row(db, item->s, res, 0, item->out)) return;
	if (item->found) *item->found = true;
}

static void take_result(struct db *db, const struct item *item, PGresult *res)
{
	const struct db_statement *s = item->s;
	if (s == &commit && strcmp(PQcmdStatus(res), "COMMIT") != 0) {
		fail_fault(db, s, "", "the transaction had failed");
		return;
	}
	if (s == &commit || s == &rollback) db->open = false;
	if (s->kind == DB_EXEC || s->kind == DB_SET) {
		int64_t touched = strtoll(PQcmdTuples(res), NULL, 10);
		if (item->out) memcpy(item->out, &touched, sizeof touched);
		return;
	}
	if (s->n_out && PQnfields(res) != (int)s->n_out)
		fail_fault(db, s, "", "another number of columns");
	else if (s->kind == DB_MANY)
		decode_many(db, item, res);
	else if (s->n_out)
		decode_one(db, item, res);
}

/* The next result, into db->result; NULL ends those of one command. @return false: lost */
static bool next_result(struct db *db)
{
	PQclear(db->result);
	db->result = NULL;
	if (db->lost || db_conn_await(db->conn)) return !(db->lost = true);
	db->result = PQgetResult(db_conn_pq(db->conn));
	db->lost = PQstatus(db_conn_pq(db->conn)) != CONNECTION_OK;
	return !db->lost;
}

/* Read what one command gave. @return false: lost */
static bool read_command(struct db *db, struct item *item, bool is_prepare)
{
	while (next_result(db) && db->result) {
		ExecStatusType status = PQresultStatus(db->result);
		if (status == PGRES_FATAL_ERROR)
			fail_refused(db, item->s, db->result);
		else if (status == PGRES_PIPELINE_ABORTED)
			continue;
		else if (is_prepare)
			item->prepared = true;
		else if (!db->err)
			take_result(db, item, db->result);
	}
	return !db->lost;
}

/* Read to the end of the pipeline. What a commit refuses comes there. */
static bool read_sync(struct db *db)
{
	while (next_result(db)) {
		ExecStatusType status = db->result ? PQresultStatus(db->result) : PGRES_EMPTY_QUERY;
		if (status == PGRES_PIPELINE_SYNC) return true;
		if (status == PGRES_FATAL_ERROR) fail_refused(db, NULL, db->result);
	}
	return false;
}

static bool read_all(struct db *db, struct item *first)
{
	for (struct item *item = first; item; item = item->next) {
		if (item->prepares && !read_command(db, item, true)) return false;
		if (!read_command(db, item, false)) return false;
	}
	return read_sync(db);
}

/* --- round trips */

/* One pipeline, there and back. */
static void exchange(struct db *db, struct item *first)
{
	db->midway = true;
	db->lost = false;
	bool whole = send_all(db, first) && read_all(db, first);
	if (whole) {
		db->midway = false;
		for (struct item *item = first; item; item = item->next)
			if (item->prepares && !item->prepared) db_conn_forget(db->conn, item->s);
	} else {
		/* Lost, or the server said why it ends and ended. */
		if (db->result && PQresultStatus(db->result) == PGRES_FATAL_ERROR) fail_refused(db, NULL, db->result);
		fail_lost(db);
	}
	PQclear(db->result);
	db->result = NULL;
}

static struct item *enter_item(struct db *db, struct enter_row *row)
{
	const struct db_who *who = &db->who;
	struct enter_token_in by_token = { { who->token, sizeof db->token } };
	struct enter_tenant_in by_tenant = { who->tenant, who->purpose };
	bool has_token = who->as == DB_AS_SESSION || who->as == DB_AS_BEARER;
	if (has_token && who->expects) {
		const struct enter_same_in same = { by_token.token, who->expects };
		row->json = who->expects;
		return item_new(db, db->whole ? &enter_whole : &enter_same[who->as], &same, NULL, NULL);
	}
	const void *in = has_token ? (const void *)&by_token : &by_tenant;
	return item_new(db, &enter[who->as], in, row, NULL);
}

/* BEGIN, unless all goes out at once (PostgreSQL makes one transaction of what is before a sync); enter; what is
 * queued. */
static struct item *first_pipeline(struct db *db, bool ending, struct enter_row *row)
{
	struct item *first = db->first;
	if (db->who.as != DB_AS_ROLE) {
		struct item *item = enter_item(db, row);
		item->next = first;
		first = item;
	}
	if (!ending) {
		struct item *item = item_new(db, db->who.only_reads ? &begin_reading : &begin, NULL, NULL, NULL);
		item->next = first;
		first = item;
	}
	return first;
}

/*
 * The member "tenant" of the object that enter returned, 0 when there is none. As PostgreSQL prints jsonb; to take it
 * apart there would cost every transaction some microseconds.
 */
static int32_t tenant_of(const char *json)
{
	static const char key[] = "\"tenant\": ";
	int depth = 0;
	lg_assert(json);
	for (const char *s = json; *s; s++) {
		if (*s == '{' || *s == '[') depth++;
		if (*s == '}' || *s == ']') depth--;
		if (*s != '"') continue;
		if (depth == 1 && !strncmp(s, key, sizeof key - 1))
			return (int32_t)strtol(s + sizeof key - 1, NULL, 10);
		for (s++; *s && *s != '"'; s++) s += *s == '\\' && s[1];
		if (!*s) break;
	}
	return 0;
}

static void begin_work(struct db *db, bool ending, bool again)
{
	struct enter_row row = { 0 };
	struct item *first = first_pipeline(db, ending, &row);
	if (!first || db->err) return;
	enum lg_err err = db_conn_ready(db->cx, db->conn);
	if (err) {
		fail(db, err);
		return;
	}
	db->begun = true;
	db->open = !ending;
	exchange(db, first);
	if (db->stale && !again) { /* nothing of it was kept */
		db_conn_close(db->conn);
		db->err = LG_OK;
		db->stale = db->midway = db->open = false;
		for (struct item *item = db->first; item; item = item->next) clear_out(item);
		begin_work(db, ending, true);
		return;
	}
	if (!db->err && db->who.as != DB_AS_ROLE) {
		db->entered = (struct db_entered){ tenant_of(row.json), row.json };
		db->was_entered = true;
	}
}

static void go_on(struct db *db, bool ending)
{
	struct item *end = ending && db->open ? item_new(db, &commit, NULL, NULL, NULL) : NULL;
	*db->last = end;
	if (db->first) exchange(db, db->first);
}

void db_expect_whole(struct db *db)
{
	lg_assert(db->who.expects && db->who.as == DB_AS_SESSION && !db->begun);
	db->whole = true;
}

/* One that only reads says so in its BEGIN, and so wants an end as well; in the same pipeline. */
static void begin_all(struct db *db, bool ending)
{
	bool alone = ending && !db->who.only_reads;
	if (ending && !alone) {
		struct item *end = item_new(db, &commit, NULL, NULL, NULL);
		*db->last = end;
		db->last = &end->next;
	}
	begin_work(db, alone, false);
}

static enum lg_err flush(struct db *db, bool ending)
{
	if (!db->conn) return db->err ? db->err : LG_FAULT;
	if (ending) let_go(db);
	if (!db->err) {
		if (db->begun)
			go_on(db, ending);
		else
			begin_all(db, ending);
		if (db->err) db_pool_count(db->pool, 0, 1);
	}
	db->first = NULL;
	db->last = &db->first;
	return db->err;
}

/* --- the life of a transaction */

/* Undo what is open; a connection that cannot be brought to rest is closed. */
static void come_to_rest(struct db *db)
{
	if (!db_conn_pq(db->conn)) return;
	if (db->open && !db->midway && !db->stale) {
		enum lg_err kept = db->err;
		db->err = LG_OK;
		exchange(db, &(struct item){ .s = &rollback }); /* the memory may be in its end already */
		db->err = kept;
	}
	PQclear(db->result);
	db->result = NULL;
	if (db->midway || db->stale || PQtransactionStatus(db_conn_pq(db->conn)) != PQTRANS_IDLE)
		db_conn_close(db->conn);
}

void db_abandon(struct db *db)
{
	if (!db->conn) return;
	come_to_rest(db);
	db_pool_give(db->conn);
	db->conn = NULL;
}

static void close_db(void *db) { db_abandon(db); }

enum lg_err db_open(struct lg_ctx *cx, struct db_pool *pool, struct db **out, const struct db_who *who)
{
	struct db *db = lg_alloc(cx->mem, sizeof *db);
	*db = (struct db){ .cx = cx, .pool = pool, .who = *who };
	db->last = &db->first;
	*out = db;
	if (who->as == DB_AS_SESSION || who->as == DB_AS_BEARER) {
		lg_assert(who->token);
		db->who.token = memcpy(db->token, who->token, sizeof db->token);
		if (who->expects) db->who.expects = lg_strdup(cx->mem, who->expects);
	}
	if (who->purpose) db->who.purpose = lg_strdup(cx->mem, who->purpose);
	enum lg_err err = db_pool_take(pool, &db->conn);
	if (err) {
		db_pool_count(pool, 0, 1);
		lg_log(cx, LG_LOG_WARN, "no connection came free");
		return db->err = err;
	}
	lg_defer(cx->mem, close_db, db);
	return LG_OK;
}

enum lg_err db_sync(struct lg_ctx *cx, struct db *db)
{
	lg_assert(cx == db->cx);
	return flush(db, false);
}

enum lg_err db_end(struct lg_ctx *cx, struct db *db)
{
	lg_assert(cx == db->cx);
	enum lg_err err = flush(db, true);
	db_abandon(db);
	return err;
}

const struct db_entered *db_entered(const struct db *db) { return db->was_entered ? &db->entered : NULL; }
