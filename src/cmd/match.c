/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/match.h"

#include <string.h>

#include "cmd/commands.h"
#include "cmd/proposals.h"
#include "cmd/report.h"
#include "cmd/run.h"
#include "cmd/threads.h"
#include "cmd/understood.h"
#include "cmd/unplaced.h"
#include "view/speech.h"

static const char *const objectives[] = { "people", "score", NULL };
static const char *const match_languages[] = { "en", "da", "sv", "uk", NULL };
static const char *const simds[] = { "auto", "scalar", "avx2", "avx512", NULL };

static const char about[] =
    "Find the best openings for each candidate and the best candidates for each opening, each with the parts of\n"
    "its score, and write them to a folder. With --assign, also find one placement for all of them at once; with\n"
    "--prove, the best of all there are, with figures that \"landgang check\" can verify.";

enum lgm_objective match_objective(const struct match *m) { return m->objective ? LGM_SCORE : LGM_PEOPLE; }

static enum lg_err read_options(struct lg_ctx *cx, struct match *m, int argc, char **argv, bool *help)
{
	const struct option_row rows[] = {
		LOAD_OPTIONS(m->files),
		ROW_TEXT("out", &m->out, "DIR", "folder for the result; an older result there is replaced"),
		ROW_TEXT("top", &m->top_text, "K", "length of each list, 1 to 255, or all (default 20)"),
		ROW_FLAG("assign", &m->assign, "place all at once, as the lists allow"),
		ROW_FLAG("prove", &m->prove, "place all at once, and prove that nothing is better"),
		ROW_FLAG("opens", &m->opens, "with --prove: which help would bring most people a place"),
		{ .name = "seats",
		  .kind = OPTION_NUMBER,
		  .to = &m->seats,
		  .what = "N",
		  .help = "with --opens: seats of a course that is tried (default 20)",
		  .least = 1,
		  .most = 100000,
		  .given = &m->seats_given },
		ROW_CHOICE("objective", &m->objective, "WHAT",
		           "people (default): as many as can be placed; score: the sum", objectives),
		{ .name = "reserve",
		  .kind = OPTION_NUMBER,
		  .to = &m->reserve,
		  .what = "N",
		  .help = "propose nothing that scores less, 0 to 10000",
		  .most = 10000,
		  .given = &m->reserve_given },
		ROW_FLAG("report", &m->report, "place all at once, and write report.html for people to read"),
		ROW_CHOICE("lang", &m->language, "LANG", "language of the report: en, da, sv or uk (else en)",
		           match_languages),
		ROW_NUMBER("threads", &m->threads, "N", "threads (default: one a processor)", 1, THREADS_MAX),
		ROW_CHOICE("simd", &m->simd, "KIND", "auto, scalar, avx2 or avx512: same answers", simds),
		ROW_FLAG("quiet", &m->quiet, "say nothing but errors"),
	};
	const struct options o = { "match",
		                   "--candidates FILE --openings FILE --out DIR [options]",
		                   about,
		                   rows,
		                   sizeof rows / sizeof *rows,
		                   0 };
	return options_read(cx, &o, argc, argv, help);
}

static enum lg_err settle_opens(struct lg_ctx *cx, struct match *m)
{
	if (m->opens && !m->prove)
		return lg_fail(cx, RUN_USE, "--opens",
		               "needs --prove: the prices of the proof tell what opens the most");
	if (m->seats_given && !m->opens)
		return lg_fail(cx, RUN_USE, "--seats",
		               "is the size of a course that --opens tries; --opens is missing");
	if (!m->seats_given) m->seats = LEVERS_SEATS;
	return LG_OK;
}

/* Only the report is in another language; the other files and the screen are the same for all. */
static enum lg_err speak(struct lg_ctx *cx, const char *first, const char *then)
{
	LG_TRY(lg_speak(cx, first, NULL));
	return lg_speak(cx, then, NULL);
}

static enum lg_err settle_options(struct lg_ctx *cx, struct match *m)
{
	uint64_t top = 20;
	if (!m->out) return lg_fail(cx, RUN_USE, "--out", "is missing: name a folder for the result");
	bool all = m->top_text && !strcmp(m->top_text, "all");
	if (m->top_text && !all && !options_number(m->top_text, 1, LGM_LIST_MAX, &top))
		return lg_failf(cx, RUN_USE, "--top", "\"%s\" is neither 1 to %u nor all", m->top_text, LGM_LIST_MAX);
	m->top = all ? 0 : (size_t)top;
	m->assign = m->assign || m->prove || m->report;
	m->prove = m->prove || (m->assign && all);
	m->opens = m->opens || (m->report && m->prove);
	LG_TRY(settle_opens(cx, m));
	if (!m->threads) m->threads = threads_default();
	if (m->report) LG_TRY(speak(cx, match_languages[m->language], "en")); /* is it there? */
	m->progress = progress_new(m->quiet);
	return LG_OK;
}

/* --- the steps, each a phase or two */

static void free_index(void *ix) { lgm_index_free(ix); }
static void free_join(void *join) { lgm_join_free(join); }

static enum lg_err make_index(struct lg_ctx *cx, struct match *m)
{
	const struct lg_market *market = m->in.market;
	if (m->reserve_given) m->in.setup.reserve = (uint16_t)m->reserve;
	progress_begin(&m->progress, "index");
	LG_TRY(load_engine_error(cx, lgm_index_new(&m->ix, &m->in.setup, market->candidates, market->n_candidates,
	                                           market->openings, market->n_openings, NULL)));
	lg_defer(cx->mem, free_index, m->ix);
	if (m->simd && !lgm_index_use(m->ix, (enum lgm_simd)(m->simd - 1)))
		return lg_failf(cx, RUN_USE, "--simd", "this processor has no %s; leave it to auto", simds[m->simd]);
	(void)progress_end(&m->progress);
	return run_go_on(cx);
}

static void join_unit(void *join, size_t worker, size_t unit) { lgm_join_work(join, worker, unit); }

static enum lg_err join_lists(struct lg_ctx *cx, struct match *m)
{
	LG_TRY(load_engine_error(cx, lgm_join_new(&m->join, m->ix, m->top, m->threads, NULL)));
	lg_defer(cx->mem, free_join, m->join);
	LG_TRY(threads_run(cx, m->threads, lgm_join_units(m->join), join_unit, m->join, &m->progress));
	lgm_join_end(m->join);
	return lists_of_join(cx, &m->lists, m->ix, m->join, m->top);
}

static enum lg_err all_lists(struct lg_ctx *cx, struct match *m)
{
	const struct lg_market *market = m->in.market;
	struct lists_market of = { m->ix, market->candidates, market->n_candidates, market->n_openings, m->threads };
	return lists_of_all(cx, &m->lists, &of, &m->progress);
}

static enum lg_err make_lists(struct lg_ctx *cx, struct match *m)
{
	progress_begin(&m->progress, "join");
	LG_TRY(m->top ? join_lists(cx, m) : all_lists(cx, m));
	(void)progress_end(&m->progress);
	return LG_OK;
}

static enum lg_err place(struct lg_ctx *cx, struct match *m)
{
	const struct placement_how how = { match_objective(m), m->prove, m->threads };
	return m->assign ? placement_find(cx, &m->placement, m->ix, m->join, &how, &m->progress) : LG_OK;
}

static void find_without(struct lg_ctx *cx, struct match *m)
{
	m->without = lg_array(cx->mem, m->lists.n_candidates + 1, sizeof *m->without);
	for (uint32_t c = 0; c < m->lists.n_candidates; c++) {
		bool has = m->assign ? m->placement.opening[c] != PLACEMENT_NOWHERE : m->lists.length[c] > 0;
		if (!has) m->without[m->n_without++] = c;
	}
}

/* --- the files */

static enum lg_err write_rejections(struct match *m)
{
	struct output_file *f;
	LG_TRY(output_open(m->output, &f, "rejected.csv"));
	lg_rejections_csv_header(&f->buf);
	for (size_t i = 0; i < m->in.market->n_rejections; i++) {
		lg_rejection_csv(&f->buf, &m->in.market->rejections[i]);
		LG_TRY(output_more(m->output, f));
	}
	return output_close(m->output, f);
}

static enum lg_err write_placement(struct match *m)
{
	struct output_file *duals;
	if (!m->assign) return LG_OK;
	LG_TRY(placement_write_pairs(m->output, &m->assignment, m->in.market, &m->placement));
	return placement_write_duals(m->output, &duals, m->in.market, &m->placement);
}

static enum lg_err write_opens(struct lg_ctx *cx, struct match *m)
{
	struct output_file *f;
	const struct levers_of of = { .in = &m->in,
		                      .ix = m->ix,
		                      .placement = &m->placement,
		                      .without = m->without,
		                      .n_without = m->n_without,
		                      .seats = m->seats,
		                      .courses = LEVERS_COURSES,
		                      .workers = m->threads };
	if (!m->opens) return LG_OK;
	LG_TRY(levers_find(cx, &m->levers, &of, &m->progress));
	return levers_write(cx, m->output, &f, &m->in, &m->levers);
}

static enum lg_err write_without(struct lg_ctx *cx, struct match *m)
{
	struct output_file *f;
	struct unplaced who = { m->without, m->n_without, NULL };
	LG_TRY(unplaced_find(cx, &who, m->ix, m->in.market, m->threads, &m->progress));
	m->misses = who.misses;
	return unplaced_write(m->output, &f, m->in.market, &who);
}

static enum lg_err write_report(struct lg_ctx *cx, struct match *m)
{
	if (!m->report) return LG_OK;
	LG_TRY(lg_speak(cx, match_languages[m->language], NULL));
	LG_TRY(report_write(cx, m->output, m));
	return lg_speak(cx, "en", NULL);
}

static enum lg_err write_all(struct lg_ctx *cx, struct match *m)
{
	progress_begin(&m->progress, "explain");
	find_without(cx, m);
	LG_TRY(write_without(cx, m));
	(void)progress_end(&m->progress);
	LG_TRY(write_opens(cx, m));
	progress_begin(&m->progress, "write");
	LG_TRY(proposals_write(cx, m->output, &m->proposals, &m->in, &m->lists, m->threads, &m->progress));
	LG_TRY(write_placement(m));
	LG_TRY(write_rejections(m));
	LG_TRY(understood_write(m->output, m->in.market));
	LG_TRY(write_report(cx, m));
	(void)progress_end(&m->progress);
	LG_TRY(match_write_summary(cx, m));
	return output_end(m->output);
}

static enum lg_err match(struct lg_ctx *cx, struct match *m, int argc, char **argv)
{
	bool help;
	LG_TRY(read_options(cx, m, argc, argv, &help));
	if (help) return LG_OK;
	LG_TRY(settle_options(cx, m));
	LG_TRY(output_begin(cx, &m->output, m->out, &output_match));
	LG_TRY(load_market(cx, &m->files, &m->progress, &m->in));
	LG_TRY(understood_guard(cx, m->out, &m->in));
	LG_TRY(make_index(cx, m));
	LG_TRY(make_lists(cx, m));
	LG_TRY(place(cx, m));
	LG_TRY(write_all(cx, m));
	if (!m->quiet) match_print_words(m);
	return LG_OK;
}

int cmd_match(int argc, char **argv)
{
	struct lg_ctx cx;
	struct match m = { 0 };
	run_begin(&cx);
	return run_end(&cx, "match", match(&cx, &m, argc, argv));
}
