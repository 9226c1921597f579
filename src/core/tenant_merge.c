/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/tenant_merge.h"

#include <string.h>

#include "base/log.h"
#include "core/tenant_merge.sql.h"

static const struct db_who ourselves = { .as = DB_AS_ROLE };

/* --- one table */

static bool is(const char *tab, const char *name) { return !strcmp(tab, name); }

static enum lg_err copy(struct tenant_moving *m, const char *tab)
{
	struct lg_arena *whole = m->cx->mem, *parts[2] = { lg_arena_new(0, NULL), lg_arena_new(0, NULL) };
	struct db_tenant_merge_copy_row row = { 0 };
	enum lg_err err = LG_OK;
	const char *after = NULL;
	int turn = 0;
	do { /* what a piece begins after lives in the memory of the one before */
		if (m->with && m->with->stopped()) err = LG_BUSY;
		if (err != LG_OK) break;
		m->cx->mem = parts[turn];
		err = db_tenant_merge_copy(
		    m->cx, m->db, &row,
		    (struct db_tenant_merge_copy_in){ .from = m->from, .tab = tab, .after = after });
		m->cx->mem = whole;
		after = row.next;
		turn = !turn;
		if (err == LG_OK) lg_arena_reset(parts[turn]);
	} while (err == LG_OK && after);
	m->cx->notes = NULL; /* they live in a piece */
	lg_arena_free(parts[0]);
	lg_arena_free(parts[1]);
	return err == LG_OK ? LG_OK : lg_fail(m->cx, err, lg_strdup(m->cx->mem, tab), "could not be moved");
}

static enum lg_err clear(struct tenant_moving *m, const char *tab)
{
	struct db_tenant_merge_clear_row row;
	do {
		if (m->with && m->with->stopped()) return LG_BUSY;
		enum lg_err err = db_tenant_merge_clear(
		    m->cx, m->db, &row, (struct db_tenant_merge_clear_in){ .from = m->from, .tab = tab });
		if (err != LG_OK) return lg_fail(m->cx, err, lg_strdup(m->cx->mem, tab), "could not be cleared");
	} while (row.gone > 0);
	return LG_OK;
}

/* --- all of it, in one transaction */

static enum lg_err move(struct tenant_moving *m)
{
	struct db_tenant_merge_begin_row begun;
	struct db_tenant_merge_tables_rows tabs = { 0 };
	db_tenant_merge_patience_send(m->cx, m->db);
	LG_TRY(db_tenant_merge_begin(m->cx, m->db, &begun, (struct db_tenant_merge_begin_in){ .from = m->from }));
	m->into = (int32_t)begun.into_office;
	LG_TRY(db_tenant_merge_tables(m->cx, m->db, &tabs));
	LG_TRY(tenant_merge_reseal(m));
	for (size_t i = 0; i < tabs.n; i++) {
		bool goes = is(tabs.rows[i].way, "moved") || is(tabs.rows[i].way, "copied");
		if (is(tabs.rows[i].tab, "lg.document_piece"))
			LG_TRY(tenant_merge_documents(m));
		else if (goes)
			LG_TRY(copy(m, tabs.rows[i].tab));
	}
	LG_TRY(tenant_merge_lines(m));
	/* What refers to others goes before them; what triggers write anew, after those. */
	for (size_t i = tabs.n; i-- > 0;)
		if (is(tabs.rows[i].way, "moved") || is(tabs.rows[i].way, "dropped"))
			LG_TRY(clear(m, tabs.rows[i].tab));
	for (size_t i = 0; i < tabs.n; i++)
		if (is(tabs.rows[i].way, "anew")) LG_TRY(clear(m, tabs.rows[i].tab));
	db_tenant_merge_finish_send(m->cx, m->db, (struct db_tenant_merge_finish_in){ .from = m->from });
	return db_end(m->cx, m->db);
}

static enum lg_err failed(struct lg_ctx *cx, struct db_pool *pool, int32_t from, enum lg_err why)
{
	struct db *db;
	const struct lg_note *n = cx->notes;
	const char *text = lg_printf(cx->mem, "%s%s%s", n && n->field ? n->field : "", n && n->field ? ": " : "",
	                             n && n->text ? n->text : lg_err_text(why));
	lg_log(cx, LG_LOG_ERROR, "offices were not merged", LOG_INT("from", from), LOG_INT("error", (int64_t)why),
	       LOG_TEXT("why", text));
	LG_TRY(db_open(cx, pool, &db, &ourselves));
	db_tenant_merge_failed_send(cx, db, (struct db_tenant_merge_failed_in){ .from = from, .why = text });
	return db_end(cx, db);
}

static enum lg_err merge(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with, int32_t from)
{
	struct tenant_moving m = { .cx = cx, .ring = seal_ring_of(with->seal_key), .with = with, .from = from };
	struct db_tenant_merge_quiet_row row = { 0 };
	struct db *db;
	LG_TRY(db_open(cx, pool, &db, &ourselves));
	db_tenant_merge_quiet_send(cx, db, &row, (struct db_tenant_merge_quiet_in){ .from = from });
	LG_TRY(db_end(cx, db));
	if (!row.quiet) return LG_OK;
	LG_TRY(db_open(cx, pool, &m.db, &ourselves));
	enum lg_err err = move(&m);
	if (err == LG_OK) {
		lg_log(cx, LG_LOG_INFO, "offices merged", LOG_INT("from", from), LOG_INT("into", m.into));
		*with->more = true;
		return LG_OK;
	}
	db_abandon(m.db);
	if (err == LG_CONFLICT && !m.into) return LG_OK; /* another process is at it */
	/* Whoever is told to stop, as whoever is killed, has kept nothing: the next process goes on. */
	return with->stopped() ? LG_OK : failed(cx, pool, from, err);
}

enum lg_err tenant_merge_job(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	struct db *db;
	struct db_tenant_merges_due_rows due = { 0 };
	struct db_tenant_merge_shut_row row = { 0 };
	if (!with->seal_key) return LG_OK;
	LG_TRY(db_open(cx, pool, &db, &ourselves));
	db_tenant_merges_due_send(cx, db, &due);
	LG_TRY(db_end(cx, db));
	if (!due.n || with->stopped()) return LG_OK;
	/* One after the other: the first of them. */
	const struct db_tenant_merges_due_row *first = &due.rows[0];
	if (first->running) return merge(cx, pool, with, (int32_t)first->from_office);
	LG_TRY(db_open(cx, pool, &db, &ourselves));
	db_tenant_merge_shut_send(cx, db, &row, (struct db_tenant_merge_shut_in){ .from = first->from_office });
	LG_TRY(db_end(cx, db));
	if (!row.shut) return LG_OK;
	lg_log(cx, LG_LOG_INFO, "offices are shut to be merged", LOG_INT("from", first->from_office),
	       LOG_INT("into", first->into_office));
	*with->more = true;
	return LG_OK;
}
