/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_STORE_DB_H
#define LG_STORE_DB_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/**
 * @file
 * The only user of libpq: a pool of connections, and transactions that have an identity.
 *
 * A unit of work opens one `struct db`. Nothing goes over the wire until the first db_sync() or db_end(); statements
 * that were queued before it (the functions made by tools/sqlgen.c of *.sql) travel behind `enter` in one pipeline:
 *
 *     LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_SESSION, .token = token }));
 *     db_candidate_get_send(cx, db, &row, (struct db_candidate_get_in){ .id = id });
 *     db_read_audit_add_send(cx, db, (struct db_read_audit_add_in){ ... });
 *     LG_TRY(db_end(cx, db));       // one round trip, one transaction
 *
 * A rule that must read before it writes calls db_candidate_get() (send and sync in one), decides, and goes on; the
 * transaction stays open until db_end(). A transaction that was not ended is rolled back when cx's memory is reset, and
 * the connection goes back to the pool then or at db_end(), whichever comes first.
 *
 * Errors. SQLSTATE is translated once, here: 23505 and 40001 and 55P03 LG_CONFLICT (23505 notes the constraint's name
 * as field), the rest of class 23, and class 22, LG_INVALID, 42501 and 28xxx LG_SIGN_IN when `enter` said it and
 * LG_DENIED elsewhere, 57014 (timeout), 53xxx, 08xxx, 57Pxx LG_BUSY; all else LG_FAULT. Technical text goes to the log,
 * never to a page. A uuid parameter that is none is LG_UNKNOWN and goes nowhere; a NULL where none may be, either way,
 * is LG_FAULT. After an error the transaction is lost: what follows in it gives the same error. A lost connection is
 * made anew before the next use; nothing is retried silently, except a first pipeline that stumbled over a statement
 * whose plan grew old ("cached plan must not change result type"), and of which nothing is kept.
 *
 * That a row is missing for DB_ONE shows only here, when db_end() in one round trip has committed already what
 * travelled with it. A write that must not happen without a row says :guard, which fails in the database.
 *
 * Threads: a pool belongs to all, a `struct db` to one thread at a time.
 */
struct db_pool;
struct db;

struct db_config {
	const char *conninfo; /* without user and password: "host=/run/x dbname=landgang" */
	const char *role;     /* "lg_web" */
	const char *password;
	unsigned most;    /* connections at once */
	unsigned wait_ms; /* how long db_open() may wait for a free one before LG_BUSY; also the time to connect */
	unsigned
	    answer_ms; /* how long the server may keep silent before the connection is given up: LG_BUSY; 0: 30 s */
};

/** A pool; connects to nothing yet. Lives until db_pool_free(). */
struct db_pool *db_pool_new(const struct db_config *config);
void db_pool_free(struct db_pool *pool);
struct db_pool_figures {
	unsigned open, busy, waiting;
	uint64_t statements, failures;
};
void db_pool_figures(struct db_pool *pool, struct db_pool_figures *out);

/** In whose name a transaction acts. The database checks it; nothing here is trusted by the wall. */
enum db_as {
	DB_AS_SESSION, /* lg_gate.enter(token) */
	DB_AS_BEARER,  /* lg_gate.enter_bearer(token): a client of the API */
	DB_AS_PUBLIC,  /* lg_gate.enter_public(tenant, purpose): forms without an account */
	DB_AS_JOB,     /* lg_gate.enter_job(tenant, purpose): role lg_job */
	DB_AS_ROLE,    /* no context: what the role itself may do (lg_auth's own functions, health) */
};
struct db_who {
	enum db_as as;
	const uint8_t *token; /* 32 bytes: session, bearer */
	int32_t tenant;       /* job, public */
	const char *purpose;  /* job, public: a word for the audit */
	/** Session, bearer: what enter() will tell, word by word. Anything else is LG_CONFLICT, and nothing was done.
	 */
	const char *expects;
	/** Nothing is written, and the session does not live longer for it: what a page asks by itself is no sign of
	 * anybody being there. */
	bool only_reads;
};

LG_MUST enum lg_err db_open(struct lg_ctx *cx, struct db_pool *pool, struct db **out, const struct db_who *who);
/** Of a session that expects, before the first sync: whoever it is must see the whole office as well, or it is
 * LG_CONFLICT. In the same statement, for what is asked so often that another would be felt. */
void db_expect_whole(struct db *db);
/** Send what is queued and read all of it; the transaction stays open. */
LG_MUST enum lg_err db_sync(struct lg_ctx *cx, struct db *db);
/** The same, and commit, in the same round trip. Nothing may follow. An identity is entered even when nothing was
 * queued. */
LG_MUST enum lg_err db_end(struct lg_ctx *cx, struct db *db);
/**
 * From here on, rows of :set statements are kept, and go out together, one statement for all rows of a kind, in the
 * order in which the kinds came first: with the next sync after db_gathered(), or with db_end(). Until then nothing
 * that is read shows them, and what the database has against one of them is told of all. For hundreds of rows at once.
 */
void db_gather(struct db *db);
void db_gathered(struct db *db);
bool db_gathers(const struct db *db);
/** Roll back now, and give the connection back. */
void db_abandon(struct db *db);
/** What `enter` returned in this transaction; NULL before the first sync, and for DB_AS_ROLE. */
struct db_entered {
	int32_t tenant;   /* 0: none */
	const char *json; /* all that enter() tells of the actor, as JSON (schema/0001) */
};
const struct db_entered *db_entered(const struct db *db);

/* --- for the code that tools/sqlgen.c makes, and for nobody else */

#define DB_NO_INT INT64_MIN /* NULL of an int? or time? */
#define DB_NO_DATE INT32_MIN
struct db_bytes {
	const uint8_t *data; /* NULL is NULL */
	size_t n;
};

/** `struct db_statement` describes a query once; db_queue() puts it into the pipeline of a transaction. */
enum db_type { DB_INT, DB_BOOL, DB_TEXT, DB_UUID, DB_DATE, DB_TIME, DB_BYTES, DB_JSON, DB_TEXTS, DB_UUIDS, DB_INTS };
enum db_kind {
	DB_ONE,   /* exactly one row, else LG_UNKNOWN */
	DB_MAYBE, /* none or one: *found */
	DB_MANY,
	DB_EXEC,  /* rows are of no account */
	DB_GUARD, /* a guarded write: no row touched is LG_CONFLICT */
	DB_SET,   /* a write of rows, which may be gathered; of lists, one for each column */
};
struct db_column {
	const char *name;
	enum db_type type;
	bool nullable;
	size_t at; /* offset in the struct */
};
struct db_statement {
	const char *name, *sql;
	const char *as; /* the role whose statement it is, for sqlcheck */
	enum db_kind kind;
	const struct db_column *in, *out;
	unsigned n_in, n_out;
	size_t row_size;
};
/** A list of texts, uuids or ints as a parameter (text[], uuid[], int[]). */
struct db_list {
	const char *const *texts;
	const int64_t *ints;
	size_t n;
};
struct db_rows {
	void *rows;
	size_t n;
};
/**
 * `out`: the row (ONE, MAYBE, a GUARD with columns), struct db_rows (MANY), int64_t of rows touched or NULL (EXEC). It
 * is zeroed now and filled by the next db_sync() or db_end(). `in` is copied.
 */
void db_queue(struct lg_ctx *cx, struct db *db, const struct db_statement *s, const void *in, void *out, bool *found);
#endif
