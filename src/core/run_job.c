/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/run_job.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "core/match_serve.h"
#include "core/run_job.sql.h"
#include "taxonomy/taxonomy.h"

enum { PIECE = 2000, TRIES = 40 };
#define NOBODY "00000000-0000-0000-0000-000000000000"
#define COLUMN "run_input"

struct job {
	struct lg_ctx *cx;
	struct db_pool *pool;
	const struct core_job_with *with;
	int32_t tenant;
	const char *id;
	int64_t told; /* when it was last told how far it is */
	enum run_stage stage;
};

static enum lg_err open_office(struct lg_ctx *cx, struct db_pool *pool, int32_t tenant, struct db **db)
{
	return db_open(cx, pool, db, &(struct db_who){ .as = DB_AS_JOB, .tenant = tenant, .purpose = "run" });
}

/* --- how far it is */

/* In an arena of its own, since it is told often. */
static enum lg_err tell(struct lg_ctx *cx, void *with, enum run_stage stage, size_t done, size_t all)
{
	struct job *j = with;
	int64_t now = j->with->now();
	if (j->with->stopped()) return lg_fail(cx, LG_BUSY, "", "the program ends");
	if (stage == j->stage && now == j->told) return LG_OK;
	j->stage = stage;
	j->told = now;
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL), .id = cx->id, .now = now };
	struct db *db;
	enum lg_err err = open_office(&own, j->pool, j->tenant, &db);
	if (err == LG_OK)
		db_run_hold_send(&own, db,
		                 (struct db_run_hold_in){ .id = j->id,
		                                          .seconds = RUN_HELD_S,
		                                          .stage = run_stage_code(stage),
		                                          .done = (int64_t)done,
		                                          .all = (int64_t)all });
	if (err == LG_OK) err = db_end(&own, db);
	lg_arena_free(own.mem);
	return err;
}

/* --- the input */

static enum lg_err read_candidates(struct job *j, struct run_input *in)
{
	char after[37] = NOBODY;
	for (size_t got = PIECE; got == PIECE;) {
		struct lg_ctx piece = { .mem = lg_arena_new(0, NULL), .id = j->cx->id, .now = j->cx->now };
		struct db_run_candidates_rows rows = { 0 };
		struct db *db;
		enum lg_err err = open_office(&piece, j->pool, j->tenant, &db);
		if (err == LG_OK)
			db_run_candidates_send(
			    &piece, db, &rows,
			    (struct db_run_candidates_in){ .id = j->id, .after = after, .room = PIECE });
		if (err == LG_OK) err = db_end(&piece, db);
		for (size_t i = 0; err == LG_OK && i < rows.n; i++)
			if (rows.rows[i].facts)
				err = run_input_candidate(j->cx, in, rows.rows[i].handle, rows.rows[i].facts);
		got = err == LG_OK ? rows.n : 0;
		if (got) (void)memcpy(after, rows.rows[got - 1].handle, sizeof after);
		lg_arena_free(piece.mem);
		LG_TRY(err);
		LG_TRY(tell(j->cx, j, RUN_READ, 0, 0));
	}
	return LG_OK;
}

static enum lg_err read_openings(struct job *j, struct run_input *in)
{
	char after[37] = NOBODY;
	for (size_t got = PIECE; got == PIECE;) {
		struct lg_ctx piece = { .mem = lg_arena_new(0, NULL), .id = j->cx->id, .now = j->cx->now };
		struct db_run_openings_rows rows = { 0 };
		struct db *db;
		enum lg_err err = open_office(&piece, j->pool, j->tenant, &db);
		if (err == LG_OK)
			db_run_openings_send(&piece, db, &rows,
			                     (struct db_run_openings_in){ .id = j->id, .after = after, .room = PIECE });
		if (err == LG_OK) err = db_end(&piece, db);
		for (size_t i = 0; err == LG_OK && i < rows.n; i++)
			if (rows.rows[i].facts)
				err = run_input_opening(j->cx, in, rows.rows[i].handle, rows.rows[i].free,
				                        rows.rows[i].facts);
		got = err == LG_OK ? rows.n : 0;
		if (got) (void)memcpy(after, rows.rows[got - 1].handle, sizeof after);
		lg_arena_free(piece.mem);
		LG_TRY(err);
	}
	return LG_OK;
}

static enum lg_err open_input(struct lg_ctx *cx, const struct seal_ring *ring, int32_t tenant, const char *id,
                              const struct db_run_kept_input_rows *rows, struct run_input *out)
{
	run_input_begin(cx, out);
	for (size_t i = 0; i < rows->n; i++) {
		const char *text;
		size_t n;
		if (seal_get_tenant(cx, ring, seal_of(tenant, id, COLUMN), rows->rows[i].box, &text, &n) != LG_OK)
			return lg_fail(cx, LG_FAULT, "",
			               "its input does not open: it was changed, or sealed with another key");
		run_input_put(cx, out, text, n);
	}
	return LG_OK;
}

static enum lg_err put_head(struct job *j, struct run_input *in, const char *order_text)
{
	json_t *order = json_loads(order_text, JSON_REJECT_DUPLICATES, NULL);
	enum lg_err err = run_input_head(j->cx, in, order, &j->with->terms->setup);
	json_decref(order);
	return err;
}

static enum lg_err read_decided(struct job *j, struct run_input *in)
{
	struct db *db;
	struct db_run_decided_rows rows = { 0 };
	LG_TRY(open_office(j->cx, j->pool, j->tenant, &db));
	db_run_decided_send(j->cx, db, &rows, (struct db_run_decided_in){ .id = j->id });
	LG_TRY(db_end(j->cx, db));
	for (size_t i = 0; i < rows.n; i++)
		LG_TRY(run_input_decided(j->cx, in, rows.rows[i].candidate, rows.rows[i].opening));
	return LG_OK;
}

static enum lg_err read_all(struct job *j, struct run_input *in, const char *asked)
{
	LG_TRY(put_head(j, in, asked));
	LG_TRY(read_candidates(j, in));
	LG_TRY(read_openings(j, in));
	return read_decided(j, in);
}

/* Lines that were kept, as they are, but for the head, behind which a course may stand. */
static enum lg_err put_lines_again(struct job *j, struct run_input *in, const struct run_input *kept,
                                   const json_t *order)
{
	bool headed = false;
	for (const struct run_input_piece *p = kept->first; p; p = p->next) {
		const char *end = p->text + p->n, *stop;
		for (const char *at = p->text; at < end; at = stop + 1) {
			stop = memchr(at, '\n', (size_t)(end - at));
			if (!stop) return lg_fail(j->cx, LG_INVALID, "", "the input of a run is spoilt");
			const char *line = lg_strndup(j->cx->mem, at, (size_t)(stop - at));
			if (headed) {
				LG_TRY(run_input_line(j->cx, in, line));
				continue;
			}
			LG_TRY(run_input_head_again(j->cx, in, line, order));
			LG_TRY(run_input_course(j->cx, in, order));
			headed = true;
		}
		LG_TRY(tell(j->cx, j, RUN_READ, 0, 0));
	}
	return LG_OK;
}

/* Of a what-if: what the run that it is of was computed from, so that like is compared with like. */
static enum lg_err read_again(struct job *j, struct run_input *in, const char *asked, const char *of_run)
{
	struct db *db;
	struct db_run_kept_input_rows rows = { 0 };
	struct run_input kept;
	const struct seal_ring ring = seal_ring_of(j->with->seal_key);
	LG_TRY(open_office(j->cx, j->pool, j->tenant, &db));
	db_run_kept_input_send(j->cx, db, &rows, (struct db_run_kept_input_in){ .id = of_run });
	LG_TRY(db_end(j->cx, db));
	if (!rows.n) return lg_fail(j->cx, LG_INVALID, "", "the plan that it is of is not kept any more");
	LG_TRY(open_input(j->cx, &ring, j->tenant, of_run, &rows, &kept));
	json_t *order = json_loads(asked, JSON_REJECT_DUPLICATES, NULL);
	enum lg_err err = put_lines_again(j, in, &kept, order);
	json_decref(order);
	return err;
}

/* --- what is kept: all of it in one transaction, or nothing */

static const char *versions(struct lg_ctx *cx, const struct match_terms *terms, int64_t schema)
{
	const struct lg_taxonomy *t = terms->explain.taxonomy;
	json_t *o =
	    json_pack("{s:s, s:s, s:s, s:I, s:i}", "program", LANDGANG_VERSION, "taxonomy", lg_taxonomy_version(t),
	              "taxonomy_hash", lg_taxonomy_hash(t), "schema", (json_int_t)schema, "format", 1);
	char *text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	const char *out = lg_strdup(cx->mem, text ? text : "{}");
	free(text);
	json_decref(o);
	return out;
}

static const char *outcome(struct lg_ctx *cx, const struct run_market *m, const struct run_result *r)
{
	json_t *why = json_object(), *failed = json_object();
	uint64_t stopped[LGM_DEMANDS] = { 0 };
	for (size_t c = 0; c < m->n_candidates; c++)
		for (unsigned d = 0; d < LGM_DEMANDS; d++) stopped[d] += r->failed[c] >> d & 1u;
	for (unsigned w = RUN_PLACED + 1; w < RUN_WHYS; w++)
		json_object_set_new(why, run_why_code((enum run_why)w), json_integer((json_int_t)r->count[w]));
	for (unsigned d = 0; d < LGM_DEMANDS; d++)
		json_object_set_new(failed, lgm_demand_name((enum lgm_demand)d), json_integer((json_int_t)stopped[d]));
	json_t *o = json_pack(
	    "{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "placed", (json_int_t)r->totals.placed,
	    "score", (json_int_t)r->totals.score, "primal", (json_int_t)r->totals.primal, "dual",
	    (json_int_t)r->totals.dual, "bonus", (json_int_t)r->bonus, "rounds", (json_int_t)r->rounds, "looked_at",
	    (json_int_t)r->looked_at, "faults", (json_int_t)r->faults, "decided", (json_int_t)m->n_decided,
	    "candidates", (json_int_t)m->n_candidates + (json_int_t)m->n_unlike, "openings", (json_int_t)m->n_openings,
	    "why", why, "failed", failed);
	if (r->seat)
		json_object_set_new(o, "course",
		                    json_pack("{s:I, s:I, s:I, s:I}", "seats", (json_int_t)m->course.seats, "taken",
		                              (json_int_t)r->seats_taken, "placed_before", (json_int_t)r->before.placed,
		                              "score_before", (json_int_t)r->before.score));
	char *text = json_dumps(o, JSON_COMPACT);
	const char *out = lg_strdup(cx->mem, text ? text : "{}");
	free(text);
	json_decref(o);
	return out;
}

static const char *handle_text(struct lg_ctx *cx, const uint8_t handle[MATCH_HANDLE])
{
	char text[37];
	match_handle_print(text, handle);
	return lg_strdup(cx->mem, text);
}

static enum lg_err keep_input(struct job *j, struct db *db, const struct run_input *in)
{
	const struct seal_ring ring = seal_ring_of(j->with->seal_key);
	const struct seal_key *key = seal_tenant(j->cx, &ring, j->tenant);
	int64_t piece = 0;
	for (const struct run_input_piece *p = in->first; p; p = p->next) {
		struct db_bytes box;
		LG_TRY(seal_put(j->cx, key, seal_of(j->tenant, j->id, COLUMN), p->text, p->n, &box));
		db_run_input_add_send(j->cx, db,
		                      (struct db_run_input_add_in){ .run = j->id, .piece = piece++, .box = box });
	}
	return LG_OK;
}

struct lines {
	const char **candidates, **openings, **whys;
	int64_t *scores, *duals, *failed, *seats;
	size_t n;
};

static void send_lines(struct job *j, struct db *db, struct lines *l)
{
	if (l->n)
		db_run_lines_add_send(j->cx, db,
		                      (struct db_run_lines_add_in){ .run = j->id,
		                                                    .candidates = { .texts = l->candidates, .n = l->n },
		                                                    .openings = { .texts = l->openings, .n = l->n },
		                                                    .scores = { .ints = l->scores, .n = l->n },
		                                                    .duals = { .ints = l->duals, .n = l->n },
		                                                    .whys = { .texts = l->whys, .n = l->n },
		                                                    .failed = { .ints = l->failed, .n = l->n },
		                                                    .seats = { .ints = l->seats, .n = l->n } });
	l->n = 0;
}

static void put_result(struct job *j, struct db *db, struct lines *l, const uint8_t *candidate, const uint8_t *opening,
                       uint16_t score, int64_t dual, const char *why, uint16_t failed, bool seat)
{
	size_t i = l->n++;
	l->candidates[i] = handle_text(j->cx, candidate);
	l->openings[i] = opening ? handle_text(j->cx, opening) : NOBODY;
	l->whys[i] = why;
	l->scores[i] = score;
	l->duals[i] = dual;
	l->failed[i] = failed;
	l->seats[i] = seat;
	if (l->n == PIECE) send_lines(j, db, l);
}

static void keep_lines(struct job *j, struct db *db, const struct run_market *m, const struct run_result *r)
{
	struct lg_arena *mem = j->cx->mem;
	struct lines l = { lg_array(mem, PIECE, sizeof *l.candidates), lg_array(mem, PIECE, sizeof *l.openings),
		           lg_array(mem, PIECE, sizeof *l.whys),       lg_array(mem, PIECE, sizeof *l.scores),
		           lg_array(mem, PIECE, sizeof *l.duals),      lg_array(mem, PIECE, sizeof *l.failed),
		           lg_array(mem, PIECE, sizeof *l.seats),      0 };
	for (size_t c = 0; c < m->n_candidates; c++)
		put_result(j, db, &l, m->candidate_handles[c],
		           r->opening[c] == RUN_NOWHERE ? NULL : m->opening_handles[r->opening[c]], r->score[c],
		           r->u[c], run_why_code(r->why[c]), r->failed[c], r->seat && r->seat[c]);
	for (size_t c = 0; c < m->n_unlike; c++)
		put_result(j, db, &l, m->unlike[c], NULL, 0, 0, run_why_code(RUN_UNLIKE), 0, false);
	send_lines(j, db, &l);
}

static void keep_openings(struct job *j, struct db *db, const struct run_market *m, const struct run_result *r)
{
	struct lg_arena *mem = j->cx->mem;
	const char **openings = lg_array(mem, m->n_openings + 1, sizeof *openings);
	int64_t *free_now = lg_array(mem, m->n_openings + 1, sizeof *free_now),
	        *taken = lg_array(mem, m->n_openings + 1, sizeof *taken),
	        *duals = lg_array(mem, m->n_openings + 1, sizeof *duals);
	for (size_t o = 0; o < m->n_openings; o++) {
		openings[o] = handle_text(j->cx, m->opening_handles[o]);
		free_now[o] = m->openings[o].positions;
		taken[o] = r->taken[o];
		duals[o] = r->v[o];
	}
	for (size_t at = 0; at < m->n_openings; at += PIECE) {
		size_t n = m->n_openings - at < PIECE ? m->n_openings - at : PIECE;
		db_run_openings_add_send(
		    j->cx, db,
		    (struct db_run_openings_add_in){ .run = j->id,
		                                     .openings = { .texts = openings + at, .n = n },
		                                     .free = { .ints = free_now + at, .n = n },
		                                     .taken = { .ints = taken + at, .n = n },
		                                     .duals = { .ints = duals + at, .n = n } });
	}
}

static enum lg_err keep(struct job *j, const struct run_input *in, const struct run_market *m,
                        const struct run_result *r, int64_t schema)
{
	struct db *db;
	uint8_t *hash = lg_alloc(j->cx->mem, RUN_HASH);
	run_input_hash(hash, in);
	LG_TRY(tell(j->cx, j, RUN_KEEP, 0, 0));
	LG_TRY(open_office(j->cx, j->pool, j->tenant, &db));
	LG_TRY(keep_input(j, db, in));
	keep_lines(j, db, m, r);
	keep_openings(j, db, m, r);
	db_run_end_send(j->cx, db,
	                (struct db_run_end_in){ .id = j->id,
	                                        .versions = versions(j->cx, j->with->terms, schema),
	                                        .outcome = outcome(j->cx, m, r),
	                                        .input_hash = { hash, RUN_HASH },
	                                        .result_hash = { r->hash, RUN_HASH } });
	db_run_audit_send(j->cx, db, (struct db_run_audit_in){ .id = j->id, .verb = "computed" });
	return db_end(j->cx, db);
}

/* --- one run */

static enum lg_err compute(struct job *j)
{
	struct db *db;
	struct db_run_begin_row row = { 0 };
	bool found = false;
	struct run_input in;
	struct run_market m;
	struct run_result r;
	const struct run_watch watch = { tell, j };
	LG_TRY(open_office(j->cx, j->pool, j->tenant, &db));
	db_run_begin_send(j->cx, db, &row, &found, (struct db_run_begin_in){ .id = j->id });
	LG_TRY(db_end(j->cx, db));
	if (!found) return LG_OK; /* somebody else has done it */
	run_input_begin(j->cx, &in);
	LG_TRY(row.of_run ? read_again(j, &in, row.asked, row.of_run) : read_all(j, &in, row.asked));
	run_input_end(j->cx, &in);
	LG_TRY(run_input_read(j->cx, &m, &in, j->with->terms));
	LG_TRY(run_solve(j->cx, &r, &m, &watch));
	LG_TRY(keep(j, &in, &m, &r, row.schema));
	lg_log(j->cx, LG_LOG_INFO, "run computed", LOG_INT("tenant", j->tenant),
	       LOG_INT("candidates", (int64_t)m.n_candidates), LOG_INT("openings", (int64_t)m.n_openings),
	       LOG_INT("placed", (int64_t)r.totals.placed));
	return LG_OK;
}

static enum lg_err give_up(struct job *j, const char *why)
{
	struct db *db;
	json_t *o = json_pack("{s:s}", "failed", why);
	char *text = json_dumps(o, JSON_COMPACT);
	const char *kept = lg_strdup(j->cx->mem, text ? text : "{}");
	free(text);
	json_decref(o);
	LG_TRY(open_office(j->cx, j->pool, j->tenant, &db));
	db_run_give_up_send(j->cx, db, (struct db_run_give_up_in){ .id = j->id, .outcome = kept });
	db_run_audit_send(j->cx, db, (struct db_run_audit_in){ .id = j->id, .verb = "given_up" });
	return db_end(j->cx, db);
}

/* What another attempt would not mend is given up at once, all else after some: it may be what kills the process. */
enum lg_err run_job(struct lg_ctx *cx, struct db_pool *pool, const struct core_job_with *with)
{
	struct db *db;
	struct db_run_claim_rows rows = { 0 };
	if (!with->terms || !with->seal_key) return LG_OK;
	LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	db_run_claim_send(cx, db, &rows, (struct db_run_claim_in){ .seconds = RUN_HELD_S });
	LG_TRY(db_end(cx, db));
	if (!rows.n) return LG_OK;
	*with->more = true;
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL), .id = cx->id, .now = cx->now };
	struct job j = {
		.cx = &own, .pool = pool, .with = with, .tenant = (int32_t)rows.rows[0].tenant, .id = rows.rows[0].id
	};
	enum lg_err err = rows.rows[0].tries > TRIES ? give_up(&j, "tries") : compute(&j);
	if (err == LG_INVALID || err == LG_FAULT) {
		const char *why = own.notes ? own.notes->text : lg_err_text(err);
		lg_log(&own, LG_LOG_ERROR, "run given up", LOG_INT("tenant", j.tenant), LOG_TEXT("why", why));
		err = give_up(&j, why);
	}
	if (err == LG_BUSY) *with->more = false;
	lg_arena_free(own.mem);
	return err == LG_CONFLICT ? LG_OK : err;
}

/* --- anew */

static enum lg_err replay_of(struct lg_ctx *cx, const struct seal_ring *ring, const struct match_terms *terms,
                             const char *id, const struct db_run_kept_row *kept,
                             const struct db_run_kept_input_rows *rows, struct run_replay *out)
{
	struct run_input in;
	struct run_market m;
	struct run_result r;
	uint8_t hash[RUN_HASH];
	LG_TRY(open_input(cx, ring, out->tenant, id, rows, &in));
	run_input_hash(hash, &in);
	out->same_input = kept->input_hash.n == RUN_HASH && !memcmp(hash, kept->input_hash.data, RUN_HASH);
	LG_TRY(run_input_read(cx, &m, &in, terms));
	LG_TRY(run_solve(cx, &r, &m, NULL));
	out->same_result = kept->result_hash.n == RUN_HASH && !memcmp(r.hash, kept->result_hash.data, RUN_HASH);
	out->hash = seal_hex(cx, r.hash, RUN_HASH);
	out->candidates = m.n_candidates + m.n_unlike;
	out->openings = m.n_openings;
	out->placed = r.totals.placed;
	return LG_OK;
}

enum lg_err run_replay(struct lg_ctx *cx, struct db_pool *pool, const struct seal_ring *ring,
                       const struct match_terms *terms, const char *id, struct run_replay *out)
{
	struct db *db;
	struct db_run_offices_rows offices = { 0 };
	*out = (struct run_replay){ 0 };
	LG_TRY(db_open(cx, pool, &db, &(struct db_who){ .as = DB_AS_ROLE }));
	db_run_offices_send(cx, db, &offices);
	LG_TRY(db_end(cx, db));
	for (size_t i = 0; i < offices.n; i++) {
		struct db_run_kept_row kept = { 0 };
		struct db_run_kept_input_rows rows = { 0 };
		bool found = false;
		out->tenant = (int32_t)offices.rows[i].id;
		LG_TRY(open_office(cx, pool, out->tenant, &db));
		db_run_kept_send(cx, db, &kept, &found, (struct db_run_kept_in){ .id = id });
		db_run_kept_input_send(cx, db, &rows, (struct db_run_kept_input_in){ .id = id });
		LG_TRY(db_end(cx, db));
		if (!found) continue;
		out->ended_us = kept.ended;
		out->versions = kept.versions;
		out->versions_now = versions(cx, terms, 0);
		return replay_of(cx, ring, terms, id, &kept, &rows, out);
	}
	return LG_UNKNOWN;
}
