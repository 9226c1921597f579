/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/check.h"

#include <string.h>

#include "cmd/commands.h"
#include "cmd/run.h"
#include "cmd/threads.h"

enum { CANDIDATES = 256, OPENINGS = 1024 }; /* a unit of work */

static const char about[] =
    "Verify a result of \"landgang match --prove\" without its index or solver: the hashes of the inputs, each placed\n"
    "pair, and the duals, which prove that no placement is better, against every pair of the market (or a sample).\n"
    "Exit status 0: all right; 1: something is wrong, and named; 3: it cannot be checked.";

static enum lg_err read_options(struct lg_ctx *cx, struct check *k, int argc, char **argv, bool *help)
{
	const struct option_row rows[] = {
		LOAD_OPTIONS(k->files),
		ROW_NUMBER("sample", &k->sample, "N", "look at N random pairs of each opening instead of all", 1,
		           1000000000),
		ROW_NUMBER("seed", &k->seed, "N", "of the sample (default 1)", 0, UINT64_MAX),
		ROW_NUMBER("threads", &k->threads, "N", "threads (default: one a processor)", 1, THREADS_MAX),
		ROW_FLAG("quiet", &k->quiet, "say nothing but what is wrong"),
	};
	const struct options o = { "check", "DIR [options]", about, rows, sizeof rows / sizeof *rows, 1 };
	LG_TRY(options_read(cx, &o, argc, argv, help));
	if (*help) return LG_OK;
	k->dir = argv[argc - 1];
	if (!k->threads) k->threads = threads_default();
	k->progress = progress_new(k->quiet);
	return LG_OK;
}

/* --- what was matched, read again */

static enum lg_err settle(struct lg_ctx *cx, const char **path, const struct claim_file *f, const char *option)
{
	if (!*path) *path = f->path;
	if (!*path || !strcmp(*path, "-"))
		return lg_failf(cx, RUN_USE, option,
		                "is needed: the summary does not name a file that can be read again");
	return LG_OK;
}

static enum lg_err settle_files(struct lg_ctx *cx, struct check *k)
{
	LG_TRY(settle(cx, &k->files.candidates, &k->claim.candidates, "--candidates"));
	LG_TRY(settle(cx, &k->files.openings, &k->claim.openings, "--openings"));
	if (!k->files.taxonomy) k->files.taxonomy = k->claim.taxonomy.path;
	if (!k->files.confirmed) k->files.confirmed = k->claim.confirmed.path;
	return LG_OK;
}

static enum lg_err same_file(struct lg_ctx *cx, const struct input_digest *read, const struct claim_file *claimed)
{
	if (claimed->sha256 && !strcmp(claimed->sha256, read->sha256)) return LG_OK;
	return lg_fail(cx, LG_INVALID, read->path, "is not the file that was matched (its SHA-256 differs)");
}

/* Both none, or the same: what words mean is part of the market. */
static enum lg_err same_confirmed(struct lg_ctx *cx, const struct check *k)
{
	if (k->claim.confirmed.sha256) return same_file(cx, &k->in.confirmed, &k->claim.confirmed);
	if (!k->files.confirmed) return LG_OK;
	return lg_fail(cx, LG_INVALID, k->files.confirmed, "was not given to the match; leave --confirmed out");
}

static enum lg_err same_weights(struct lg_ctx *cx, const struct check *k)
{
	const struct lgm_setup *a = &k->in.setup, *b = &k->claim.setup;
	if (!k->files.weights) return LG_OK;
	if (!memcmp(a->weight, b->weight, sizeof a->weight) && a->min_schedule_percent == b->min_schedule_percent &&
	    a->start_grace_days == b->start_grace_days)
		return LG_OK;
	return lg_fail(cx, LG_INVALID, k->files.weights, "are not the weights that were used");
}

static void use_claimed_settings(struct check *k)
{
	struct lgm_setup *s = &k->in.setup;
	memcpy(s->weight, k->claim.setup.weight, sizeof s->weight);
	s->min_schedule_percent = k->claim.setup.min_schedule_percent;
	s->start_grace_days = k->claim.setup.start_grace_days;
	s->reserve = k->claim.setup.reserve;
}

static enum lg_err read_inputs(struct lg_ctx *cx, struct check *k)
{
	LG_TRY(settle_files(cx, k));
	LG_TRY(load_market(cx, &k->files, &k->progress, &k->in));
	LG_TRY(same_file(cx, &k->in.candidates, &k->claim.candidates));
	LG_TRY(same_file(cx, &k->in.openings, &k->claim.openings));
	LG_TRY(same_confirmed(cx, k));
	if (!k->claim.taxonomy_hash || strcmp(k->claim.taxonomy_hash, lg_taxonomy_hash(k->in.taxonomy)) != 0)
		return lg_failf(cx, LG_INVALID, "--taxonomy", "\"%s\" is not the one that was used",
		                lg_taxonomy_version(k->in.taxonomy));
	LG_TRY(same_weights(cx, k));
	use_claimed_settings(k);
	const char *fault = lgm_setup_fault(&k->in.setup);
	return fault ? lg_fail(cx, LG_INVALID, "summary.json", fault) : LG_OK;
}

static enum lg_err ignore(void *to, const char *bytes, size_t n)
{
	(void)to, (void)bytes, (void)n;
	return LG_OK;
}

static void same_hash(struct check *k, const char *file, const char *claimed, const char *is)
{
	if (!claimed || strcmp(claimed, is) != 0)
		check_mismatch(k, "%s has the SHA-256 %s, not the %s of the summary", file, is,
		               claimed ? claimed : "(none)");
}

static enum lg_err read_certificate(struct lg_ctx *cx, struct check *k)
{
	const char *pairs = lg_printf(cx->mem, "%s/assignment.csv", k->dir);
	const char *duals = lg_printf(cx->mem, "%s/duals.csv", k->dir);
	struct input_digest proposals;
	LG_TRY(input_read(cx, lg_printf(cx->mem, "%s/proposals.csv", k->dir), ignore, NULL, &proposals));
	LG_TRY(certificate_read(cx, &k->cert, k->in.market, pairs, duals));
	same_hash(k, "proposals.csv", k->claim.proposals_sha256, proposals.sha256);
	same_hash(k, "assignment.csv", k->claim.assignment_sha256, k->cert.assignment.sha256);
	if (k->cert.bad) check_mismatch(k, "%s", k->cert.first_bad);
	if (k->cert.bad > 1) check_mismatch(k, "%llu lines more of that kind", (unsigned long long)k->cert.bad - 1);
	return LG_OK;
}

static void same_totals(struct check *k)
{
	int64_t sum = 0;
	for (size_t i = 0; i < k->cert.n_pairs; i++) sum += k->cert.pairs[i].score;
	if (k->claim.placed != (int64_t)k->cert.n_pairs || k->claim.score_sum != sum)
		check_mismatch(k, "the summary claims %lld people and a sum of %lld; there are %zu and %lld",
		               (long long)k->claim.placed, (long long)k->claim.score_sum, k->cert.n_pairs,
		               (long long)sum);
}

/* --- the proof */

static void prepare(struct lg_ctx *cx, struct check *k)
{
	const struct lg_market *m = k->in.market;
	struct verify_near *near = lg_array(cx->mem, m->n_openings + 1, sizeof *near);
	for (size_t o = 0; o < m->n_openings; o++) near[o] = verify_near(&k->in.setup, &m->openings[o]);
	k->verify = (struct verify){
		.setup = &k->in.setup,
		.candidates = m->candidates,
		.n_candidates = m->n_candidates,
		.openings = m->openings,
		.n_openings = m->n_openings,
		.people = k->claim.people,
		.bonus = k->claim.bonus,
		.pairs = k->cert.pairs,
		.n_pairs = k->cert.n_pairs,
		.u = k->cert.u,
		.v = k->cert.v,
		.near = near,
	};
}

struct cover {
	const struct check *k;
	struct verify_report *reports; /* a unit's each, so that the order of the threads does not show */
	size_t n, step;
};

static void cover_unit(void *arg, size_t worker, size_t unit)
{
	(void)worker;
	struct cover *c = arg;
	size_t from = unit * c->step, to = from + c->step < c->n ? from + c->step : c->n;
	if (c->k->sample)
		verify_sample(&c->k->verify, from, to, c->k->sample, c->k->seed, &c->reports[unit]);
	else
		verify_cover(&c->k->verify, from, to, &c->reports[unit]);
}

static enum lg_err cover(struct lg_ctx *cx, struct check *k)
{
	struct cover c = { .k = k };
	c.n = k->sample ? k->verify.n_openings : k->verify.n_candidates;
	c.step = k->sample ? OPENINGS : CANDIDATES;
	size_t units = (c.n + c.step - 1) / c.step;
	c.reports = lg_array(cx->mem, units + 1, sizeof *c.reports);
	progress_begin(&k->progress, "cover");
	LG_TRY(threads_run(cx, k->threads, units, cover_unit, &c, &k->progress));
	for (size_t i = 0; i < units; i++) verify_merge(&k->report, &c.reports[i]);
	(void)progress_end(&k->progress);
	return LG_OK;
}

static enum lg_err verify(struct lg_ctx *cx, struct check *k)
{
	uint32_t *times = lg_array(cx->mem, k->verify.n_candidates + 1, sizeof *times);
	uint32_t *taken = lg_array(cx->mem, k->verify.n_openings + 1, sizeof *taken);
	verify_pairs(&k->verify, times, taken, &k->report);
	verify_duals(&k->verify, times, taken, &k->report);
	return k->claim.proven ? cover(cx, k) : LG_OK;
}

static enum lg_err check(struct lg_ctx *cx, struct check *k, int argc, char **argv, bool *well)
{
	bool help;
	LG_TRY(read_options(cx, k, argc, argv, &help));
	if (help) return LG_OK;
	LG_TRY(claim_read(cx, lg_printf(cx->mem, "%s/summary.json", k->dir), &k->claim));
	if (!k->claim.assigned)
		return lg_fail(cx, LG_INVALID, k->dir,
		               "holds no placement to check; make one with \"landgang match --prove\"");
	LG_TRY(read_inputs(cx, k));
	LG_TRY(read_certificate(cx, k));
	same_totals(k);
	prepare(cx, k);
	LG_TRY(verify(cx, k));
	*well = check_print(k);
	return LG_OK;
}

int cmd_check(int argc, char **argv)
{
	struct lg_ctx cx;
	struct check k = { .seed = 1 };
	bool well = true;
	run_begin(&cx);
	int status = run_end(&cx, "check", check(&cx, &k, argc, argv, &well));
	return status == RUN_DONE && !well ? RUN_FINDINGS : status;
}
