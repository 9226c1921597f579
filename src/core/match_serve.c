/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/match_serve.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "core/frame.h"
#include "core/match.sql.h"

enum { MEMORY = 512 << 20, PIECE = 5000, FIRST_ROOM = 16 };
#define NOBODY "00000000-0000-0000-0000-000000000000"

/* One office. `since`: of the next question for what changed. */
struct office {
	int32_t tenant;
	struct match_segment *segment;
	int64_t since;
};
struct serving {
	const struct match_setup *setup;
	const struct match_terms *terms;
	pthread_mutex_t lock; /* of all below: answers are given one at a time, each takes well below a millisecond */
	struct office *offices;
	size_t n, room;
};

/* --- the feed */

static const char *const side_names[MATCH_SIDES] = { "candidate", "opening" };

static bool side_named(const char *name, enum match_side *out)
{
	for (int s = 0; s < MATCH_SIDES; s++)
		if (!strcmp(side_names[s], name)) return *out = (enum match_side)s, true;
	return false;
}

static enum lg_err put(struct lg_ctx *cx, struct match_segment *segment, enum match_side side, const char *handle,
                       const char *facts)
{
	uint8_t key[MATCH_HANDLE];
	json_t *value = facts ? json_loads(facts, JSON_REJECT_DUPLICATES, NULL) : NULL;
	bool good = match_handle_read(key, handle) && match_segment_put(segment, side, key, value);
	json_decref(value);
	return good ? LG_OK : lg_fail(cx, LG_FAULT, NULL, "an entry does not go into the index");
}

static enum lg_err open_office(struct lg_ctx *cx, const struct serving *all, int32_t tenant, struct db **db)
{
	return db_open(cx, all->setup->pool, db,
	               &(struct db_who){ .as = DB_AS_JOB, .tenant = tenant, .purpose = "match" });
}

/* All of one side, in pieces, each in an arena of its own. */
static enum lg_err read_side(struct lg_ctx *cx, const struct serving *all, const struct office *o, enum match_side side)
{
	char after[37] = NOBODY;
	for (size_t got = PIECE; got == PIECE;) {
		struct lg_ctx piece = { .mem = lg_arena_new(MEMORY, NULL), .id = cx->id, .now = cx->now };
		struct db_match_all_rows rows = { 0 };
		struct db *db;
		enum lg_err err = open_office(&piece, all, o->tenant, &db);
		if (err == LG_OK)
			db_match_all_send(
			    &piece, db, &rows,
			    (struct db_match_all_in){ .side = side_names[side], .after = after, .room = PIECE });
		if (err == LG_OK) err = db_end(&piece, db);
		for (size_t i = 0; err == LG_OK && i < rows.n; i++)
			err = put(&piece, o->segment, side, rows.rows[i].handle, rows.rows[i].facts);
		got = err == LG_OK ? rows.n : 0;
		if (got) (void)memcpy(after, rows.rows[got - 1].handle, sizeof after);
		lg_arena_free(piece.mem);
		LG_TRY(err);
	}
	return LG_OK;
}

static enum lg_err ask_moment(struct lg_ctx *cx, const struct serving *all, int32_t tenant, int64_t *out)
{
	struct db *db;
	struct db_match_moment_row row = { 0 };
	LG_TRY(open_office(cx, all, tenant, &db));
	db_match_moment_send(cx, db, &row);
	LG_TRY(db_end(cx, db));
	*out = row.moment;
	return LG_OK;
}

static enum lg_err read_all(struct lg_ctx *cx, const struct serving *all, struct office *o)
{
	int64_t moment = 0;
	LG_TRY(ask_moment(cx, all, o->tenant, &moment));
	for (int s = 0; s < MATCH_SIDES; s++) LG_TRY(read_side(cx, all, o, (enum match_side)s));
	o->since = moment;
	lg_log(cx, LG_LOG_INFO, "office read", LOG_INT("tenant", o->tenant),
	       LOG_INT("candidates", (int64_t)match_segment_size(o->segment, MATCH_CANDIDATE)),
	       LOG_INT("openings", (int64_t)match_segment_size(o->segment, MATCH_OPENING)));
	return LG_OK;
}

static enum lg_err read_changes(struct lg_ctx *cx, const struct serving *all, struct office *o)
{
	struct db *db;
	struct db_match_moment_row now = { 0 };
	struct db_match_changed_rows rows = { 0 };
	enum match_side side;
	LG_TRY(open_office(cx, all, o->tenant, &db));
	db_match_moment_send(cx, db, &now);
	db_match_changed_send(cx, db, &rows, (struct db_match_changed_in){ .since = o->since });
	LG_TRY(db_end(cx, db));
	for (size_t i = 0; i < rows.n; i++) {
		if (!side_named(rows.rows[i].side, &side)) return LG_FAULT;
		LG_TRY(put(cx, o->segment, side, rows.rows[i].handle, rows.rows[i].facts));
	}
	o->since = now.moment;
	return LG_OK;
}

/* --- answers */

static struct office *office_of(struct serving *all, int32_t tenant)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->offices[i].tenant == tenant) return &all->offices[i];
	if (all->n == all->room) {
		size_t room = all->room ? all->room * 2 : FIRST_ROOM;
		struct office *more = realloc(all->offices, room * sizeof *more);
		if (!more) return NULL;
		all->offices = more;
		all->room = room;
	}
	all->offices[all->n] = (struct office){ .tenant = tenant };
	return &all->offices[all->n++];
}

/* A segment that could not be brought up to date is thrown away, and read anew the next time. */
static enum lg_err current(struct lg_ctx *cx, struct serving *all, int32_t tenant, struct match_segment **out)
{
	struct office *o = office_of(all, tenant);
	if (!o) return LG_BUSY;
	bool first = !o->segment;
	if (first) o->segment = match_segment_new(all->terms);
	if (!o->segment) return LG_BUSY;
	enum lg_err err = first ? read_all(cx, all, o) : read_changes(cx, all, o);
	*out = o->segment;
	if (err == LG_OK) return LG_OK;
	match_segment_free(o->segment);
	o->segment = NULL;
	return err;
}

static json_t *told(const struct match_found *f)
{
	json_t *hits = json_array(), *stopped = json_array();
	for (size_t i = 0; i < f->n; i++) {
		char handle[37];
		match_handle_print(handle, f->hits[i].handle);
		json_array_append_new(hits, json_pack("[s,i]", handle, (int)f->hits[i].score));
	}
	for (size_t d = 0; d < LGM_DEMANDS; d++)
		json_array_append_new(stopped, json_integer((json_int_t)f->stopped[d]));
	return json_pack("{s:o, s:o, s:I, s:I}", "hits", hits, "stopped", stopped, "all", (json_int_t)f->all,
	                 "feasible", (json_int_t)f->feasible);
}

static json_t *best(struct lg_ctx *cx, struct serving *all, const json_t *in)
{
	struct match_found *found = lg_alloc(cx->mem, sizeof *found);
	struct match_segment *segment;
	enum match_side asks;
	const char *name = json_string_value(json_object_get(in, "asks"));
	json_int_t most = json_integer_value(json_object_get(in, "most")),
	           tenant = json_integer_value(json_object_get(in, "tenant"));
	if (!name || !side_named(name, &asks) || most < 0 || tenant < 1 || tenant > INT32_MAX)
		return json_pack("{s:s}", "error", "fault");
	(void)pthread_mutex_lock(&all->lock);
	enum lg_err err = current(cx, all, (int32_t)tenant, &segment);
	bool good =
	    err == LG_OK && match_segment_best(segment, asks, json_object_get(in, "facts"), (size_t)most, found);
	(void)pthread_mutex_unlock(&all->lock);
	if (err == LG_OK) return good ? told(found) : json_pack("{s:s}", "error", "unlike");
	lg_log(cx, err == LG_BUSY ? LG_LOG_WARN : LG_LOG_ERROR, "no answer", LOG_INT("tenant", (int64_t)tenant),
	       LOG_TEXT("why", cx->notes ? cx->notes->text : lg_err_text(err)));
	return json_pack("{s:s}", "error", err == LG_BUSY ? "busy" : "fault");
}

static void let_go(void *value) { json_decref(value); }

static void serve(struct lg_ctx *cx, int fd, void *with)
{
	json_t *in;
	if (frame_read(cx, fd, &in) != LG_OK) return;
	const char *call = json_string_value(json_object_get(in, "call"));
	json_t *out = call && !strcmp(call, "best")     ? best(cx, with, in)
	              : call && !strcmp(call, "health") ? json_pack("{s:s}", "state", "done")
	                                                : json_pack("{s:s}", "error", "fault");
	lg_defer(cx->mem, let_go, out);
	if (frame_write(cx, fd, out) != LG_OK)
		lg_log(cx, LG_LOG_WARN, "answer not taken", LOG_TEXT("call", call ? call : ""));
}

enum lg_err match_serve(struct lg_ctx *cx, int listen_fd, const struct match_setup *setup)
{
	struct match_terms *terms;
	struct serving all = { .setup = setup, .lock = PTHREAD_MUTEX_INITIALIZER };
	LG_TRY(match_terms_new(cx, setup->taxonomy, &terms));
	all.terms = terms;
	const struct frame_crew crew = { .listen_fd = listen_fd,
		                         .stop_fd = setup->stop_fd,
		                         .threads = setup->threads,
		                         .memory = MEMORY,
		                         .now = setup->now,
		                         .serve = serve,
		                         .with = &all };
	enum lg_err err = frame_serve(cx, &crew);
	for (size_t i = 0; i < all.n; i++) match_segment_free(all.offices[i].segment);
	free(all.offices);
	(void)pthread_mutex_destroy(&all.lock);
	return err;
}
