/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_STORE_POOL_H
#define LG_STORE_POOL_H
#include <libpq-fe.h>

#include "store/db.h"

/**
 * @file
 * Connections, for db.c alone. A connection belongs to the thread that took it until it gives it back.
 */
struct db_conn;

/** @return LG_BUSY none came free in time */
LG_MUST enum lg_err db_pool_take(struct db_pool *pool, struct db_conn **out);
/** It must be at rest, or closed. */
void db_pool_give(struct db_conn *conn);

/** See that it is connected: one that was cut off while it lay idle is made anew. @return LG_BUSY there is no server */
LG_MUST enum lg_err db_conn_ready(const struct lg_ctx *cx, struct db_conn *conn);
void db_conn_close(struct db_conn *conn);
PGconn *db_conn_pq(struct db_conn *conn); /* NULL when closed */
/** Write what waits and read until a result is there; the server may be silent for as long as the pool says. */
LG_MUST enum lg_err db_conn_await(struct db_conn *conn);

/** Is the statement prepared on this connection, and: from now on it is, it is not. */
bool db_conn_knows(const struct db_conn *conn, const struct db_statement *s);
void db_conn_learn(struct db_conn *conn, const struct db_statement *s);
void db_conn_forget(struct db_conn *conn, const struct db_statement *s);

/** The statements that db.c has of its own, for sqlcheck; ends with NULL. */
extern const struct db_statement *const db_statements_store[];

void db_pool_count(struct db_pool *pool, uint64_t statements, uint64_t failures);
#endif
