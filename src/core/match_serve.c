/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/match_serve.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "core/frame.h"
#include "core/match.sql.h"
#include "core/match_carve.h"
#include "core/match_doors.h"
#include "core/match_relax.h"

enum { MEMORY = 512 << 20, PIECE = 5000, FIRST_ROOM = 16 };
/* For a whole office: no longer than this, so that the answer is there before who asked gives up; below QUICK_MS always
 * anew when something changed. */
enum { DOORS_MS = 2500, QUICK_MS = 50, SELDOM = 20 };
#define NOBODY "00000000-0000-0000-0000-000000000000"

/* One office. `since`: of the next question for what changed; `ended`: and for what has ended (a moment). */
struct office {
	int32_t tenant;
	struct match_segment *segment;
	int64_t since, ended;
	/* What opens the most doors for all of them, as it was last counted: of which version, when, how long it took.
	 */
	json_t *doors;
	uint64_t doors_version;
	int64_t doors_ms, doors_took_ms;
};
struct serving {
	const struct match_setup *setup;
	const struct match_terms *terms;
	pthread_mutex_t lock;  /* of all below: answers are given one at a time, each takes some milliseconds at most */
	pthread_mutex_t doors; /* whoever counts for a whole office, in a copy: one at a time, outside of `lock` */
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
	json_t *value = facts ? json_loads(facts, 0, NULL) : NULL;
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

/* Both sides at once, each on a thread: half of the time is PostgreSQL's, half ours. */
struct reading {
	struct lg_ctx cx;
	const struct serving *all;
	const struct office *office;
	enum match_side side;
	enum lg_err err;
};

static void *read_on_thread(void *reading)
{
	struct reading *r = reading;
	r->err = read_side(&r->cx, r->all, r->office, r->side);
	return NULL;
}

static enum lg_err read_sides(struct lg_ctx *cx, const struct serving *all, const struct office *o)
{
	pthread_t thread;
	struct reading other = {
		{ .mem = lg_arena_new(MEMORY, NULL), .id = cx->id, .now = cx->now }, all, o, MATCH_OPENING, LG_OK
	};
	bool beside = !pthread_create(&thread, NULL, read_on_thread, &other);
	enum lg_err err = read_side(cx, all, o, MATCH_CANDIDATE);
	if (beside)
		(void)pthread_join(thread, NULL);
	else
		(void)read_on_thread(&other);
	lg_arena_free(other.cx.mem);
	return err ? err : other.err;
}

static enum lg_err ask_moment(struct lg_ctx *cx, const struct serving *all, int32_t tenant,
                              struct db_match_moment_row *out)
{
	struct db *db;
	LG_TRY(open_office(cx, all, tenant, &db));
	db_match_moment_send(cx, db, out);
	return db_end(cx, db);
}

static enum lg_err read_all(struct lg_ctx *cx, const struct serving *all, struct office *o)
{
	struct db_match_moment_row now = { 0 };
	LG_TRY(ask_moment(cx, all, o->tenant, &now));
	match_segment_load(o->segment);
	LG_TRY(read_sides(cx, all, o));
	if (!match_segment_loaded(o->segment)) return LG_BUSY;
	o->since = now.moment;
	o->ended = now.now;
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
	db_match_changed_send(cx, db, &rows, (struct db_match_changed_in){ .since = o->since, .ended = o->ended });
	LG_TRY(db_end(cx, db));
	for (size_t i = 0; i < rows.n; i++) {
		if (!side_named(rows.rows[i].side, &side)) return LG_FAULT;
		LG_TRY(put(cx, o->segment, side, rows.rows[i].handle, rows.rows[i].facts));
	}
	o->since = now.moment;
	o->ended = now.now;
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
	return json_pack("{s:o, s:o, s:I, s:I, s:I}", "hits", hits, "stopped", stopped, "all", (json_int_t)f->all,
	                 "feasible", (json_int_t)f->feasible, "relaxed", (json_int_t)f->relaxed);
}

/* A question about one record, put to its office's segment under the lock. NULL: nothing compares with it. */
typedef json_t *question(struct lg_ctx *cx, const struct match_segment *s, const json_t *in);

static json_t *best(struct lg_ctx *cx, const struct match_segment *s, const json_t *in)
{
	struct match_found *found = lg_alloc(cx->mem, sizeof *found);
	enum match_side asks;
	const char *name = json_string_value(json_object_get(in, "asks"));
	json_int_t most = json_integer_value(json_object_get(in, "most"));
	const json_t *facts = json_object_get(in, "facts");
	if (!name || !side_named(name, &asks) || most < 0) return json_pack("{s:s}", "error", "fault");
	bool relaxed = asks == MATCH_CANDIDATE && json_is_true(json_object_get(in, "relaxed"));
	bool good = relaxed ? match_segment_relaxed(s, facts, (size_t)most, found)
	                    : match_segment_best(s, asks, facts, (size_t)most, found);
	return good ? told(found) : NULL;
}

static json_t *carve(struct lg_ctx *cx, const struct match_segment *s, const json_t *in)
{
	struct carve_found *found = lg_alloc(cx->mem, sizeof *found);
	return match_segment_carve(s, json_object_get(in, "facts"), found) ? carve_told(found) : NULL;
}

static json_t *doors(struct lg_ctx *cx, const struct match_segment *s, const json_t *in)
{
	struct doors *found = lg_alloc(cx->mem, sizeof *found);
	int32_t today = (int32_t)json_integer_value(json_object_get(in, "today"));
	enum lg_err err = match_segment_doors(cx, s, json_object_get(in, "facts"), today, found);
	return err == LG_OK ? doors_told(found) : err == LG_UNKNOWN ? NULL : json_pack("{s:s}", "error", "fault");
}

static json_t *refused(struct lg_ctx *cx, int32_t tenant, enum lg_err err)
{
	lg_log(cx, err == LG_BUSY ? LG_LOG_WARN : LG_LOG_ERROR, "no answer", LOG_INT("tenant", tenant),
	       LOG_TEXT("why", cx->notes ? cx->notes->text : lg_err_text(err)));
	return json_pack("{s:s}", "error", err == LG_BUSY ? "busy" : "fault");
}

static bool tenant_of(const json_t *in, int32_t *out)
{
	json_int_t tenant = json_integer_value(json_object_get(in, "tenant"));
	*out = (int32_t)tenant;
	return tenant >= 1 && tenant <= INT32_MAX;
}

static json_t *put_question(struct lg_ctx *cx, struct serving *all, const json_t *in, question *ask)
{
	struct match_segment *segment;
	int32_t tenant;
	json_t *out = NULL;
	if (!tenant_of(in, &tenant)) return json_pack("{s:s}", "error", "fault");
	(void)pthread_mutex_lock(&all->lock);
	enum lg_err err = current(cx, all, tenant, &segment);
	if (err == LG_OK) out = ask(cx, segment, in);
	(void)pthread_mutex_unlock(&all->lock);
	if (err != LG_OK) return refused(cx, tenant, err);
	return out ? out : json_pack("{s:s}", "error", "unlike");
}

/* --- a whole office: counted in a copy, so that others are answered meanwhile; kept while nothing changed */

static int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool is_before(void *until) { return now_ms() < *(const int64_t *)until; }

/* Is what was counted still good? What changes all the time is counted anew when it has cost no more than a twentieth
 * of the time since. */
static bool is_fresh(const struct office *o)
{
	if (!o->doors) return false;
	if (o->doors_version == match_segment_version(o->segment)) return true;
	return o->doors_took_ms > QUICK_MS && now_ms() - o->doors_ms < o->doors_took_ms * SELDOM;
}

/* What is known already, or a copy to count in. */
static enum lg_err doors_begin(struct lg_ctx *cx, struct serving *all, int32_t tenant, json_t **known,
                               struct market_copy **copy, uint64_t *version)
{
	struct match_segment *segment;
	(void)pthread_mutex_lock(&all->lock);
	enum lg_err err = current(cx, all, tenant, &segment);
	const struct office *o = err == LG_OK ? office_of(all, tenant) : NULL;
	if (o && is_fresh(o))
		*known = json_deep_copy(o->doors);
	else if (o)
		err = match_segment_copy(cx, segment, copy), *version = match_segment_version(segment);
	(void)pthread_mutex_unlock(&all->lock);
	return err;
}

static void doors_keep(struct serving *all, int32_t tenant, json_t *told, uint64_t version, int64_t took)
{
	(void)pthread_mutex_lock(&all->lock);
	struct office *o = office_of(all, tenant);
	if (o) {
		json_decref(o->doors);
		o->doors = json_deep_copy(told);
		o->doors_version = version;
		o->doors_ms = now_ms();
		o->doors_took_ms = took;
	}
	(void)pthread_mutex_unlock(&all->lock);
}

static json_t *count_doors(struct lg_ctx *cx, struct serving *all, int32_t tenant)
{
	struct office_doors *found = lg_alloc(cx->mem, sizeof *found);
	struct market_copy *copy = NULL;
	uint64_t version = 0;
	json_t *out = NULL;
	int64_t began = now_ms(), until = began + DOORS_MS;
	enum lg_err err = doors_begin(cx, all, tenant, &out, &copy, &version);
	if (err == LG_OK && !out) {
		err = market_copy_doors(cx, copy, is_before, &until, found);
		if (err == LG_OK) doors_keep(all, tenant, out = office_doors_told(found), version, now_ms() - began);
	}
	return err == LG_OK ? out : refused(cx, tenant, err);
}

static json_t *office(struct lg_ctx *cx, struct serving *all, const json_t *in)
{
	int32_t tenant;
	if (!tenant_of(in, &tenant)) return json_pack("{s:s}", "error", "fault");
	if (pthread_mutex_trylock(&all->doors) != 0) return json_pack("{s:s}", "error", "busy");
	json_t *out = count_doors(cx, all, tenant);
	(void)pthread_mutex_unlock(&all->doors);
	return out;
}

static void let_go(void *value) { json_decref(value); }

static json_t *answer(struct lg_ctx *cx, struct serving *all, const char *call, const json_t *in)
{
	static const struct {
		const char *name;
		question *ask;
	} questions[] = { { "best", best }, { "carve", carve }, { "doors", doors } };
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
		if (!strcmp(call, questions[i].name)) return put_question(cx, all, in, questions[i].ask);
	if (!strcmp(call, "office")) return office(cx, all, in);
	return json_pack("{s:s}", !strcmp(call, "health") ? "state" : "error",
	                 !strcmp(call, "health") ? "done" : "fault");
}

static void serve(struct lg_ctx *cx, int fd, void *with)
{
	json_t *in;
	if (frame_read(cx, fd, &in) != LG_OK) return;
	const char *call = json_string_value(json_object_get(in, "call"));
	json_t *out = answer(cx, with, call ? call : "", in);
	lg_defer(cx->mem, let_go, out);
	if (frame_write(cx, fd, out) != LG_OK)
		lg_log(cx, LG_LOG_WARN, "answer not taken", LOG_TEXT("call", call ? call : ""));
}

enum lg_err match_serve(struct lg_ctx *cx, int listen_fd, const struct match_setup *setup)
{
	struct match_terms *terms;
	struct serving all = { .setup = setup, .lock = PTHREAD_MUTEX_INITIALIZER, .doors = PTHREAD_MUTEX_INITIALIZER };
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
	for (size_t i = 0; i < all.n; i++) {
		match_segment_free(all.offices[i].segment);
		json_decref(all.offices[i].doors);
	}
	free(all.offices);
	(void)pthread_mutex_destroy(&all.lock);
	(void)pthread_mutex_destroy(&all.doors);
	return err;
}
