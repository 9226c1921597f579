/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/fast_lane_job.h"

#include <string.h>

#include "base/log.h"
#include "core/fast_lane.h"
#include "core/fast_lane_job.sql.h"
#include "core/fast_lane_strong.h"
#include "core/match_serve.h"
#include "core/run_solve.h"
#include "view/when.h"

enum { PIECE = 2000 };
#define NOBODY "00000000-0000-0000-0000-000000000000"

struct night {
	struct lg_ctx *cx;
	struct db_pool *pool;
	const struct core_job_with *with;
	int32_t tenant, today;
	int64_t people, openings; /* that were looked at */
};

static enum lg_err open_office(struct lg_ctx *cx, const struct night *n, struct db **db)
{
	return db_open(cx, n->pool, db,
	               &(struct db_who){ .as = DB_AS_JOB, .tenant = n->tenant, .purpose = "fast_lane" });
}

static enum lg_err goes_on(struct lg_ctx *cx, void *with, enum run_stage stage, size_t done, size_t all)
{
	const struct night *n = with;
	(void)stage, (void)done, (void)all;
	return n->with->stopped() ? lg_fail(cx, LG_BUSY, "", "the program ends") : LG_OK;
}

/* --- who and what, as a plan reads it */

static enum lg_err put_people(const struct night *n, struct run_input *in, const struct db_fast_lane_people_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_fast_lane_people_row *r = &rows->rows[i];
		if (r->facts && fast_lane_may_work(r->ground, r->stay_until, n->today))
			LG_TRY(run_input_candidate(n->cx, in, r->handle, r->facts));
	}
	return LG_OK;
}

static enum lg_err put_openings(const struct night *n, struct run_input *in,
                                const struct db_fast_lane_openings_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_fast_lane_openings_row *r = &rows->rows[i];
		if (r->facts) LG_TRY(run_input_opening(n->cx, in, r->handle, r->free, r->facts));
	}
	return LG_OK;
}

/* A piece of one side in an arena of its own; `after`: behind whom, and who was the last. */
static enum lg_err read_piece(const struct night *n, struct run_input *in, enum match_side side, char after[37],
                              size_t *got)
{
	struct lg_ctx piece = { .mem = lg_arena_new(0, NULL), .id = n->cx->id, .now = n->cx->now };
	struct db_fast_lane_people_rows people = { 0 };
	struct db_fast_lane_openings_rows openings = { 0 };
	struct db *db;
	enum lg_err err = open_office(&piece, n, &db);
	if (err == LG_OK && side == MATCH_CANDIDATE)
		db_fast_lane_people_send(
		    &piece, db, &people,
		    (struct db_fast_lane_people_in){ .after = after, .today = n->today, .room = PIECE });
	if (err == LG_OK && side == MATCH_OPENING)
		db_fast_lane_openings_send(
		    &piece, db, &openings,
		    (struct db_fast_lane_openings_in){ .after = after, .today = n->today, .room = PIECE });
	if (err == LG_OK) err = db_end(&piece, db);
	if (err == LG_OK) err = side == MATCH_CANDIDATE ? put_people(n, in, &people) : put_openings(n, in, &openings);
	*got = err == LG_OK ? people.n + openings.n : 0;
	if (*got)
		(void)memcpy(after, people.n ? people.rows[people.n - 1].handle : openings.rows[openings.n - 1].handle,
		             37);
	lg_arena_free(piece.mem);
	return err;
}

static enum lg_err read_side(const struct night *n, struct run_input *in, enum match_side side)
{
	char after[37] = NOBODY;
	for (size_t got = PIECE; got == PIECE;) {
		LG_TRY(read_piece(n, in, side, after, &got));
		LG_TRY(goes_on(n->cx, (void *)(uintptr_t)n, RUN_READ, 0, 0));
	}
	return LG_OK;
}

static enum lg_err read_decided(const struct night *n, struct run_input *in)
{
	struct db *db;
	struct db_fast_lane_decided_rows rows = { 0 };
	LG_TRY(open_office(n->cx, n, &db));
	db_fast_lane_decided_send(n->cx, db, &rows);
	LG_TRY(db_end(n->cx, db));
	for (size_t i = 0; i < rows.n; i++)
		LG_TRY(run_input_decided(n->cx, in, rows.rows[i].candidate, rows.rows[i].opening));
	return LG_OK;
}

static enum lg_err read_night(const struct night *n, struct run_market *out)
{
	struct run_input in;
	run_input_begin(n->cx, &in);
	LG_TRY(run_input_head(n->cx, &in, NULL, &n->with->terms->setup));
	LG_TRY(read_side(n, &in, MATCH_CANDIDATE));
	LG_TRY(read_side(n, &in, MATCH_OPENING));
	LG_TRY(read_decided(n, &in));
	run_input_end(n->cx, &in);
	return run_input_read(n->cx, out, &in, n->with->terms);
}

/* --- what is kept: all of it in one transaction, once */

static const char *handle_text(struct lg_ctx *cx, const uint8_t handle[MATCH_HANDLE])
{
	char text[37];
	match_handle_print(text, handle);
	return lg_strdup(cx->mem, text);
}

static unsigned strength_of(const struct run_market *m, size_t c, size_t o)
{
	struct lgm_verdict v;
	struct match_asked asked = match_asked(&m->setup, &m->openings[o]);
	lgm_compare(&m->setup, &m->candidates[c], &m->openings[o], &v);
	return match_strength(&asked, &v);
}

static void send_pairs(const struct night *n, struct db *db, const struct run_market *m, const struct run_result *r)
{
	const char **who = lg_array(n->cx->mem, m->n_candidates + 1, sizeof *who),
	           **what = lg_array(n->cx->mem, m->n_candidates + 1, sizeof *what);
	int64_t *scores = lg_array(n->cx->mem, m->n_candidates + 1, sizeof *scores),
	        *strengths = lg_array(n->cx->mem, m->n_candidates + 1, sizeof *strengths);
	size_t pairs = 0;
	for (size_t c = 0; c < m->n_candidates; c++) {
		if (r->opening[c] == RUN_NOWHERE) continue;
		who[pairs] = handle_text(n->cx, m->candidate_handles[c]);
		what[pairs] = handle_text(n->cx, m->opening_handles[r->opening[c]]);
		scores[pairs] = r->score[c];
		strengths[pairs++] = strength_of(m, c, r->opening[c]);
	}
	for (size_t at = 0; at < pairs; at += PIECE) {
		size_t k = pairs - at < PIECE ? pairs - at : PIECE;
		db_fast_lane_put_send(n->cx, db,
		                      (struct db_fast_lane_put_in){ .day = n->today,
		                                                    .candidates = { .texts = who + at, .n = k },
		                                                    .openings = { .texts = what + at, .n = k },
		                                                    .scores = { .ints = scores + at, .n = k },
		                                                    .strengths = { .ints = strengths + at, .n = k } });
	}
}

/* r NULL: it could not be computed, and is not tried again this night. */
static enum lg_err keep(const struct night *n, const struct run_market *m, const struct run_result *r,
                        const char *failed)
{
	struct db *db;
	LG_TRY(open_office(n->cx, n, &db));
	db_fast_lane_begin_send(n->cx, db,
	                        (struct db_fast_lane_begin_in){ .day = n->today,
	                                                        .people = n->people,
	                                                        .openings = n->openings,
	                                                        .found = r ? (int64_t)r->totals.placed : 0,
	                                                        .failed = failed });
	db_fast_lane_clear_send(n->cx, db);
	if (r) send_pairs(n, db, m, r);
	return db_end(n->cx, db);
}

/* --- one office */

static enum lg_err is_due(const struct night *n, bool *out)
{
	struct db *db;
	struct db_fast_lane_last_row last = { 0 };
	bool found = false;
	LG_TRY(open_office(n->cx, n, &db));
	db_fast_lane_last_send(n->cx, db, &last, &found);
	LG_TRY(db_end(n->cx, db));
	*out = !found || last.day < n->today;
	return LG_OK;
}

static enum lg_err clear(const struct night *n)
{
	struct db *db;
	LG_TRY(open_office(n->cx, n, &db));
	db_fast_lane_clear_send(n->cx, db);
	return db_end(n->cx, db);
}

/* While there is nobody, or nothing, the day is not used up: an office that is filled by day has its look then. */
static enum lg_err look(struct night *n)
{
	bool due = false;
	struct run_market m = { 0 };
	struct run_result r = { 0 };
	const struct run_watch watch = { goes_on, n };
	LG_TRY(is_due(n, &due));
	if (!due) return LG_OK;
	enum lg_err err = read_night(n, &m);
	if (err == LG_OK && (!m.n_candidates || !m.n_openings)) return clear(n);
	n->people = (int64_t)m.n_candidates, n->openings = (int64_t)m.n_openings;
	if (err == LG_OK) err = fast_lane_strong(n->cx, &m, &watch);
	if (err == LG_OK && m.n_candidates) err = run_solve(n->cx, &r, &m, &watch); /* else: none is strong */
	if (err == LG_INVALID || err == LG_FAULT) { /* another attempt would not mend it */
		const char *why = n->cx->notes ? n->cx->notes->text : lg_err_text(err);
		lg_log(n->cx, LG_LOG_ERROR, "no fast lane this night", LOG_INT("tenant", n->tenant),
		       LOG_TEXT("why", why));
		return keep(n, &m, NULL, why);
	}
	LG_TRY(err);
	LG_TRY(keep(n, &m, &r, NULL));
	lg_log(n->cx, LG_LOG_INFO, "fast lane looked for", LOG_INT("tenant", n->tenant),
	       LOG_INT("candidates", n->people), LOG_INT("openings", n->openings),
	       LOG_INT("found", (int64_t)r.totals.placed));
	return LG_OK;
}

enum lg_err fast_lane_job(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	struct db *db;
	struct db_fast_lane_offices_rows offices = { 0 };
	if (!with->terms) return LG_OK;
	LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	db_fast_lane_offices_send(cx, db, &offices);
	LG_TRY(db_end(cx, db));
	enum lg_err first = LG_OK; /* that went wrong: one office does not stop the others */
	for (size_t i = 0; i < offices.n && !with->stopped(); i++) {
		const struct db_fast_lane_offices_row *o = &offices.rows[i];
		struct lg_ctx own = { .mem = lg_arena_new(0, NULL), .id = cx->id, .now = cx->now };
		struct night n = { &own, pool, with, (int32_t)o->id, lg_when_day(with->now(), o->zone), 0, 0 };
		enum lg_err err = look(&n);
		lg_arena_free(own.mem);
		if (first == LG_OK && err != LG_CONFLICT) first = err; /* LG_CONFLICT: somebody else was quicker */
	}
	return first;
}
