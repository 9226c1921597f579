/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/run_solve.h"

#include <string.h>

#include "core/match_serve.h"
#include "market/levers.h"
#include "market/verify.h"

enum { LIST = 12, STEP = 64, CHECKED = 256 };

static const char *const why_codes[RUN_WHYS] = { "", "demands", "reserve", "decided", "taken", "unlike" };
static const char *const stage_codes[RUN_STAGES] = { "wait",   "read",  "lists",   "place", "prove",
	                                             "course", "check", "reasons", "keep" };

const char *run_why_code(enum run_why why) { return why_codes[why]; }
const char *run_stage_code(enum run_stage stage) { return stage_codes[stage]; }

struct solving {
	struct lg_ctx *cx;
	const struct run_market *m;
	const struct run_watch *watch;
	struct run_result *out;
	struct lgm_setup setup;           /* with the licences that leave decided pairs out */
	struct lgm_candidate *candidates; /* with them too */
	struct lgm_candidate *plain;      /* without, but with what a course gives */
	struct lgm_opening *openings;
	struct lgm_index *ix;
	struct lgm_join *join;
	struct lgm_plan *plan;
};

static enum lg_err said(struct lg_ctx *cx, enum lgm_err err)
{
	if (err == LGM_OK) return LG_OK;
	return lg_fail(cx, err == LGM_NO_MEMORY ? LG_BUSY : LG_FAULT, "", lgm_err_text(err));
}

static enum lg_err tell(const struct solving *s, enum run_stage stage, size_t done, size_t all)
{
	return s->watch ? s->watch->tell(s->cx, s->watch->with, stage, done, all) : LG_OK;
}

/* --- pairs that are decided about: the opening asks for a licence of its own, which all have but those people */

static void ask_licence(struct solving *s, uint32_t opening, uint16_t licence)
{
	struct lgm_opening *o = &s->openings[opening];
	uint16_t *more = lg_array(s->cx->mem, o->n_licences + 1u, sizeof *more);
	if (o->n_licences) memcpy(more, o->licences, o->n_licences * sizeof *more);
	more[o->n_licences++] = licence;
	o->licences = more;
}

/* Nobody who is left out has it even pending: that is enough where assistants are allowed. */
static void drop_pending(struct lgm_candidate *one, uint16_t had)
{
	struct lgm_licence *list = (struct lgm_licence *)(uintptr_t)one->licences; /* made by give_licences() */
	uint16_t kept = had;
	for (uint16_t k = had; k < one->n_licences; k++)
		if (list[k].held) list[kept++] = list[k];
	one->n_licences = kept;
}

/* The added licences have higher numbers than all others, so that lists stay ascending. */
static void give_licences(struct solving *s, uint16_t first, uint16_t n)
{
	const struct run_market *m = s->m;
	uint16_t *had = lg_array(s->cx->mem, m->n_candidates + 1, sizeof *had);
	for (size_t c = 0; c < m->n_candidates; c++) {
		struct lgm_candidate *one = &s->candidates[c];
		struct lgm_licence *list = lg_array(s->cx->mem, (size_t)one->n_licences + n, sizeof *list);
		if (one->n_licences) memcpy(list, one->licences, one->n_licences * sizeof *list);
		had[c] = one->n_licences;
		for (uint16_t k = 0; k < n; k++) list[had[c] + k] = (struct lgm_licence){ (uint16_t)(first + k), true };
		one->licences = list;
		one->n_licences = (uint16_t)(had[c] + n);
	}
	uint16_t k = 0;
	for (size_t i = 0; i < m->n_decided; i++) {
		if (i && m->decided[i].opening != m->decided[i - 1].opening) k++;
		struct lgm_candidate *one = &s->candidates[m->decided[i].candidate];
		struct lgm_licence *list = (struct lgm_licence *)(uintptr_t)one->licences; /* made above */
		list[had[m->decided[i].candidate] + k].held = false;
	}
	for (size_t c = 0; c < m->n_candidates; c++) drop_pending(&s->candidates[c], had[c]);
}

static enum lg_err leave_out(struct solving *s)
{
	const struct run_market *m = s->m;
	size_t n = 0;
	s->setup = m->setup;
	s->candidates = lg_array(s->cx->mem, m->n_candidates + 1, sizeof *s->candidates);
	s->plain = m->candidates;
	s->openings = lg_array(s->cx->mem, m->n_openings + 1, sizeof *s->openings);
	if (m->n_candidates) memcpy(s->candidates, m->candidates, m->n_candidates * sizeof *s->candidates);
	if (m->n_openings) memcpy(s->openings, m->openings, m->n_openings * sizeof *s->openings);
	for (size_t i = 0; i < m->n_decided; i++) n += !i || m->decided[i].opening != m->decided[i - 1].opening;
	if (!n) return LG_OK;
	if (n + s->setup.licences > UINT16_MAX || n * m->n_candidates > RUN_LEFT_OUT_MOST)
		return lg_fail(s->cx, LG_INVALID, "",
		               "too many pairs are decided about; choose fewer people or openings");
	uint16_t licence = s->setup.licences;
	for (size_t i = 0; i < m->n_decided; i++)
		if (!i || m->decided[i].opening != m->decided[i - 1].opening)
			ask_licence(s, m->decided[i].opening, licence++);
	give_licences(s, s->setup.licences, (uint16_t)n);
	s->setup.licences = licence;
	return LG_OK;
}

/* --- the plan, and its proof */

static void free_index(void *ix) { lgm_index_free(ix); }

static void let_go(void *solving)
{
	struct solving *s = solving;
	lgm_plan_free(s->plan);
	lgm_join_free(s->join);
	lgm_index_free(s->ix);
	s->plan = NULL, s->join = NULL, s->ix = NULL;
}

static enum lg_err make_lists(struct solving *s)
{
	const struct run_market *m = s->m;
	LG_TRY(said(
	    s->cx, lgm_index_new(&s->ix, &s->setup, s->candidates, m->n_candidates, s->openings, m->n_openings, NULL)));
	LG_TRY(said(s->cx, lgm_join_new(&s->join, s->ix, LIST, 1, NULL)));
	size_t units = lgm_join_units(s->join);
	for (size_t i = 0; i < units; i++) {
		LG_TRY(tell(s, RUN_LISTS, i, units));
		lgm_join_work(s->join, 0, i);
	}
	lgm_join_end(s->join);
	return LG_OK;
}

static enum lg_err look_through(struct solving *s, uint64_t *missing)
{
	size_t units = lgm_plan_units(s->plan);
	for (size_t i = 0; i < units; i++) {
		LG_TRY(tell(s, RUN_PROVE, i, units));
		lgm_plan_price(s->plan, 0, i);
	}
	return said(s->cx, lgm_plan_price_end(s->plan, missing));
}

static enum lg_err place(struct solving *s)
{
	uint64_t missing = 1;
	LG_TRY(said(s->cx, lgm_plan_new(&s->plan, s->ix, s->m->objective, 1, NULL)));
	LG_TRY(said(s->cx, lgm_plan_seed(s->plan, s->join)));
	while (missing) {
		LG_TRY(tell(s, RUN_PLACE, s->out->rounds, 0));
		LG_TRY(said(s->cx, lgm_plan_solve(s->plan)));
		LG_TRY(look_through(s, &missing));
		s->out->rounds++;
	}
	return LG_OK;
}

/* --- a course: who takes part, and all of it again with them */

static enum lg_err tell_course(void *with, size_t done, size_t all) { return tell(with, RUN_COURSE, done, all); }

/* Who finds nothing as it is, and could take part. */
static uint32_t *who_could(struct solving *s, size_t *n)
{
	const struct run_market *m = s->m;
	const struct lg_change *change = &m->course.change;
	uint32_t *who = lg_array(s->cx->mem, m->n_candidates + 1, sizeof *who);
	struct match_terms terms = { .setup = m->setup };
	*n = 0;
	for (uint32_t c = 0; c < m->n_candidates; c++) {
		struct lgm_hit hit;
		if (lgm_plan_placed(s->plan, c, &hit)) continue;
		if (change->kind == LG_GET_LICENCE && !match_terms_may_hold(&terms, &m->candidates[c], change->what))
			continue;
		who[(*n)++] = c;
	}
	return who;
}

static void give_seats(struct solving *s, const struct lg_lever *course)
{
	const struct run_market *m = s->m;
	s->plain = lg_array(s->cx->mem, m->n_candidates + 1, sizeof *s->plain);
	s->out->seat = lg_array(s->cx->mem, m->n_candidates + 1, sizeof *s->out->seat);
	if (m->n_candidates) memcpy(s->plain, m->candidates, m->n_candidates * sizeof *s->plain);
	for (uint64_t i = 0; i < course->taken; i++) {
		uint32_t c = course->who[i];
		s->plain[c] = lg_change_made(s->cx->mem, &s->plain[c], &m->course.change);
		s->candidates[c] = lg_change_made(s->cx->mem, &s->candidates[c], &m->course.change);
		s->out->seat[c] = true;
	}
	s->out->seats_taken = course->taken;
}

/* What the course was to bring, and what solving from nothing gives: two ways to one sum. */
static enum lg_err hold_course(struct solving *s)
{
	size_t n;
	struct lg_lever course;
	struct lgm_totals after;
	const struct run_market *m = s->m;
	lgm_plan_totals(s->plan, &s->out->before);
	uint32_t *who = who_could(s, &n);
	const struct lg_levers_market market = {
		&s->setup, s->ix, s->candidates,          s->openings, m->n_candidates, m->n_openings, who,
		n,         NULL,  lgm_plan_bonus(s->plan)
	};
	LG_TRY(lg_course_of(s->cx, &market, s->plan, &m->course.change, m->course.seats, tell_course, s, &course));
	give_seats(s, &course);
	let_go(s);
	LG_TRY(make_lists(s));
	LG_TRY(place(s));
	lgm_plan_totals(s->plan, &after);
	if (after.score - s->out->before.score != course.more_score ||
	    (m->objective == LGM_PEOPLE &&
	     (int64_t)after.placed - (int64_t)s->out->before.placed != course.more_placed))
		return lg_fail(s->cx, LG_FAULT, "", "a course brings another thing when all is solved from nothing");
	return LG_OK;
}

static void take(struct solving *s)
{
	const struct run_market *m = s->m;
	struct run_result *r = s->out;
	r->opening = lg_array(s->cx->mem, m->n_candidates + 1, sizeof *r->opening);
	r->score = lg_array(s->cx->mem, m->n_candidates + 1, sizeof *r->score);
	r->why = lg_array(s->cx->mem, m->n_candidates + 1, sizeof *r->why);
	r->failed = lg_array(s->cx->mem, m->n_candidates + 1, sizeof *r->failed);
	r->u = lg_array(s->cx->mem, m->n_candidates + 1, sizeof *r->u);
	r->v = lg_array(s->cx->mem, m->n_openings + 1, sizeof *r->v);
	r->taken = lg_array(s->cx->mem, m->n_openings + 1, sizeof *r->taken);
	for (uint32_t c = 0; c < m->n_candidates; c++) {
		struct lgm_hit hit = { RUN_NOWHERE, 0 };
		if (!lgm_plan_placed(s->plan, c, &hit)) hit.id = RUN_NOWHERE;
		r->opening[c] = hit.id;
		r->score[c] = hit.score;
		r->u[c] = lgm_plan_candidate_dual(s->plan, c);
		if (hit.id != RUN_NOWHERE) r->taken[hit.id]++;
	}
	for (uint32_t o = 0; o < m->n_openings; o++) r->v[o] = lgm_plan_opening_dual(s->plan, o);
	r->bonus = lgm_plan_bonus(s->plan);
	lgm_plan_totals(s->plan, &r->totals);
}

/* --- checked anew */

static struct verify claim(struct solving *s)
{
	const struct run_market *m = s->m;
	const struct run_result *r = s->out;
	struct verify_pair *pairs = lg_array(s->cx->mem, m->n_candidates + 1, sizeof *pairs);
	struct verify_near *near = lg_array(s->cx->mem, m->n_openings + 1, sizeof *near);
	struct verify v = { .setup = &s->setup,
		            .candidates = s->candidates,
		            .openings = s->openings,
		            .n_candidates = m->n_candidates,
		            .n_openings = m->n_openings,
		            .people = m->objective == LGM_PEOPLE,
		            .bonus = r->bonus,
		            .pairs = pairs,
		            .u = r->u,
		            .v = r->v,
		            .near = near };
	for (uint32_t c = 0; c < m->n_candidates; c++)
		if (r->opening[c] != RUN_NOWHERE)
			pairs[v.n_pairs++] = (struct verify_pair){ c, r->opening[c], r->score[c] };
	for (size_t o = 0; o < m->n_openings; o++) near[o] = verify_near(&s->setup, &s->openings[o]);
	return v;
}

static enum lg_err check(struct solving *s)
{
	const struct run_market *m = s->m;
	struct verify v = claim(s);
	struct verify_report report = { 0 };
	uint32_t *times = lg_array(s->cx->mem, m->n_candidates + 1, sizeof *times),
	         *taken = lg_array(s->cx->mem, m->n_openings + 1, sizeof *taken);
	verify_pairs(&v, times, taken, &report);
	verify_duals(&v, times, taken, &report);
	for (size_t from = 0; from < m->n_candidates; from += CHECKED) {
		LG_TRY(tell(s, RUN_CHECK, from, m->n_candidates));
		verify_cover(&v, from, from + CHECKED < m->n_candidates ? from + CHECKED : m->n_candidates, &report);
	}
	s->out->looked_at = report.looked_at;
	s->out->faults = verify_found(&report);
	return s->out->faults ? lg_fail(s->cx, LG_FAULT, "", "the plan does not stand up to its check") : LG_OK;
}

/* --- who found nothing, and why */

static enum lg_err reason(struct solving *s, const struct lgm_index *plain, uint32_t c)
{
	struct run_result *r = s->out;
	struct lgm_hit hit;
	struct lgm_misses misses;
	size_t allowed, n = lgm_best_openings(s->ix, &s->candidates[c], &hit, 1, &allowed);
	if (n == LGM_FAILED) return said(s->cx, LGM_NO_MEMORY);
	LG_TRY(said(s->cx, lgm_count_misses(plain, &s->plain[c], &misses)));
	r->why[c] = n ? RUN_TAKEN : allowed ? RUN_RESERVE : misses.feasible ? RUN_DECIDED : RUN_DEMANDS;
	if (r->why[c] == RUN_DEMANDS && misses.any) r->failed[c] = misses.nearest_failed;
	return LG_OK;
}

static enum lg_err reasons(struct solving *s)
{
	const struct run_market *m = s->m;
	struct lgm_index *plain = s->ix; /* without the licences of decided pairs, where there are any */
	if (m->n_decided) {
		LG_TRY(said(s->cx, lgm_index_new(&plain, &m->setup, s->plain, m->n_candidates, m->openings,
		                                 m->n_openings, NULL)));
		lg_defer(s->cx->mem, free_index, plain);
	}
	for (uint32_t c = 0; c < m->n_candidates; c++) {
		if (c % STEP == 0) LG_TRY(tell(s, RUN_REASONS, c, m->n_candidates));
		if (s->out->opening[c] == RUN_NOWHERE) LG_TRY(reason(s, plain, c));
		s->out->count[s->out->why[c]]++;
	}
	s->out->count[RUN_UNLIKE] = m->n_unlike;
	return LG_OK;
}

/* --- the result as text */

static void forget(void *buf) { lg_buf_free(buf); }

static void put_handle(struct lg_buf *b, const uint8_t handle[MATCH_HANDLE])
{
	char text[37];
	match_handle_print(text, handle);
	lg_puts(b, text);
}

static void put_line(struct solving *s, uint32_t c)
{
	const struct run_result *r = s->out;
	struct lg_buf *b = s->out->text;
	const char *end = r->seat && r->seat[c] ? " seat\n" : "\n";
	put_handle(b, s->m->candidate_handles[c]);
	if (r->opening[c] == RUN_NOWHERE) {
		lg_putf(b, " - %s%s", run_why_code(r->why[c]), end);
		return;
	}
	lg_putc(b, ' ');
	put_handle(b, s->m->opening_handles[r->opening[c]]);
	lg_putf(b, " %u%s", (unsigned)r->score[c], end);
}

static void write_down(struct solving *s)
{
	const struct run_market *m = s->m;
	struct run_result *r = s->out;
	size_t u = 0;
	r->text = lg_alloc(s->cx->mem, sizeof *r->text);
	lg_defer(s->cx->mem, forget, r->text);
	lg_putf(r->text, "run 1 placed %llu score %lld\n", (unsigned long long)r->totals.placed,
	        (long long)r->totals.score);
	if (r->seat)
		lg_putf(r->text, "course seats %llu taken %llu\n", (unsigned long long)m->course.seats,
		        (unsigned long long)r->seats_taken);
	for (uint32_t c = 0; c <= m->n_candidates; c++) {
		while (u < m->n_unlike &&
		       (c == m->n_candidates || memcmp(m->unlike[u], m->candidate_handles[c], MATCH_HANDLE) < 0)) {
			put_handle(r->text, m->unlike[u++]);
			lg_putf(r->text, " - %s\n", run_why_code(RUN_UNLIKE));
		}
		if (c < m->n_candidates) put_line(s, c);
	}
	seal_hash(r->hash, r->text->data, r->text->len);
}

enum lg_err run_solve(struct lg_ctx *cx, struct run_result *out, const struct run_market *m,
                      const struct run_watch *watch)
{
	struct solving *s = lg_alloc(cx->mem, sizeof *s);
	*s = (struct solving){ .cx = cx, .m = m, .watch = watch, .out = out };
	*out = (struct run_result){ 0 };
	lg_defer(cx->mem, let_go, s);
	LG_TRY(leave_out(s));
	LG_TRY(make_lists(s));
	LG_TRY(place(s));
	if (m->course.any) LG_TRY(hold_course(s));
	take(s);
	LG_TRY(check(s));
	LG_TRY(reasons(s));
	write_down(s);
	return LG_OK;
}
