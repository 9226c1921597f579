/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdarg.h>
#include <stdio.h>

#include "cmd/check.h"
#include "cmd/words.h"

void check_mismatch(struct check *k, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	(void)printf("WRONG: ");
	(void)vprintf(fmt, ap);
	(void)printf("\n");
	va_end(ap);
	k->mismatches++;
}

static const char *const kind_words[VERIFY_KINDS] = {
	[VERIFY_REPEATED] = "placed more than once",
	[VERIFY_OVERFULL] = "more people than positions",
	[VERIFY_INFEASIBLE] = "a placed pair fails a demand",
	[VERIFY_RESERVE] = "a placed pair scores less than the reserve",
	[VERIFY_SCORE] = "a stated score is not the right one",
	[VERIFY_BONUS] = "the bonus is not what the objective needs",
	[VERIFY_NEGATIVE] = "a dual is below zero",
	[VERIFY_IDLE] = "no place or a free position, yet the dual is not zero",
	[VERIFY_GAP] = "the sum of weights is not the sum of duals",
	[VERIFY_UNCOVERED] =
	    "a feasible pair weighs more than its duals: the placement can be bettered, or the duals are wrong",
};

static const char *id_of(const struct lg_row *rows, uint32_t at) { return at == VERIFY_NOBODY ? "" : rows[at].id; }

static void print_demands(int64_t failed)
{
	(void)printf(" fails");
	for (unsigned d = 0; d < LGM_DEMANDS; d++)
		if (failed >> d & 1) (void)printf(" %s", lgm_demand_name((enum lgm_demand)d));
}

static void print_finding(const struct check *k, const struct verify_finding *f)
{
	const struct lg_market *m = k->in.market;
	(void)printf("WRONG: %s:", kind_words[f->kind]);
	if (f->candidate != VERIFY_NOBODY) (void)printf(" candidate %s", id_of(m->candidate_rows, f->candidate));
	if (f->opening != VERIFY_NOBODY) (void)printf(" opening %s", id_of(m->opening_rows, f->opening));
	if (f->kind == VERIFY_INFEASIBLE)
		print_demands(f->is);
	else
		(void)printf(" is %lld, should be %s%lld", (long long)f->is,
		             f->kind == VERIFY_UNCOVERED ? "at least " : "", (long long)f->should);
	(void)printf("\n");
}

static void print_counts(const struct verify_report *r)
{
	char n[32];
	for (int i = 0; i < VERIFY_KINDS; i++)
		if (r->found[i]) (void)printf("%s times: %s\n", words_count(n, r->found[i]), kind_words[i]);
}

static void print_wrong(const struct check *k, uint64_t found)
{
	char n[32];
	for (size_t i = 0; i < k->report.n_examples; i++) print_finding(k, &k->report.examples[i]);
	if (found > k->report.n_examples) print_counts(&k->report);
	(void)printf("The result is WRONG: %s %s.\n", words_count(n, found + k->mismatches),
	             words_one(found + k->mismatches, "finding", "findings"));
}

static void print_right(const struct check *k)
{
	char a[32], b[32], c[32];
	(void)printf("%s of %s %s placed; each pair is feasible and scored right, nobody is placed twice, nothing is "
	             "overfull.\n",
	             words_count(a, k->cert.n_pairs), words_count(b, k->verify.n_candidates),
	             words_one(k->verify.n_candidates, "person is", "people are"));
	if (!k->claim.proven) {
		(void)printf("The placement was not proven to be the best (no --prove), so that was not checked.\n");
		return;
	}
	if (k->sample)
		(void)printf("The duals hold for %s random pairs (%s an opening, seed %llu): a sample, no proof.\n",
		             words_count(a, k->report.looked_at), words_count(b, k->sample),
		             (unsigned long long)k->seed);
	else
		(void)printf("The duals hold for all %s pairs and add up: no placement %s.\n",
		             words_count(c, k->report.looked_at),
		             k->claim.people ? "has more people, or as many with a higher sum of scores"
		                             : "has a higher sum of scores");
}

bool check_print(const struct check *k)
{
	uint64_t found = verify_found(&k->report);
	bool well = !found && !k->mismatches;
	if (!well)
		print_wrong(k, found);
	else if (!k->quiet)
		print_right(k);
	return well;
}
