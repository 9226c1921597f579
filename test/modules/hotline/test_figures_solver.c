/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* All that the API says of the figures is given to an integer solver: it cannot tell what is hidden closer than five.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "attacker.h"
#include "service.h"

enum { K = 5, ROUNDS = 12, CELLS = 1000, LINE = 100, WEEKS = 8, PLACES = 12 };
static int agent, program;
static uint32_t seed = 17;

static uint32_t dice(void) { return seed = seed * 1664525u + 1013904223u, seed >> 16; }

/* --- an office that has had enquiries */

static void erase_all(void)
{
	(void)service_sql(
	    "SET session_replication_role = replica; DELETE FROM lg.enquiry WHERE tenant_id = 1; DELETE FROM "
	    "lg.referral WHERE from_tenant = 1; DELETE FROM lg.share_answer WHERE from_tenant = 1; DELETE FROM "
	    "lg.share WHERE from_tenant = 1; DELETE FROM lg.candidate WHERE tenant_id = 1; RESET "
	    "session_replication_role");
}

static void enquiries(int n, const char *municipality, int weeks, const char *answered, int handovers, bool twice)
{
	(void)service_sql(
	    "SET session_replication_role = replica; INSERT INTO lg.enquiry (tenant_id, id, channel, about, subject, "
	    "words, state, owner, outcome, municipality, created, due_at, answered_at, handovers, caller_name, "
	    "caller_digits, legal_basis) SELECT 1, gen_random_uuid(), 'phone', 'nobody', 'other', 'x', 'answered', "
	    "'%s', 'answered', '%s', t.at, t.at + interval '30 minutes', t.at + %s::interval, %d, %s, '12345678', "
	    "'public_task' FROM (SELECT now() - interval '%d weeks' AS at) t, generate_series(1, %d); RESET "
	    "session_replication_role",
	    service_account(agent), municipality, answered, handovers, twice ? "'Karen'" : "NULL", weeks, n);
}

static void fill(int places, bool small)
{
	static const char *const codes[] = { "DK-0730", "DK-0740", "DK-0751", "DK-0615", "DK-0657" };
	/* An early one, by which callers are known: outside the weeks that are counted. */
	enquiries(1, "DK-0730", 40, "'5 minutes'", 0, true);
	for (int p = 0; p < places; p++)
		for (int w = 0; w < WEEKS; w++)
			for (int kind = 0; kind < 4; kind++) {
				int n = dice() % 3 ? (int)(dice() % (small ? 4 : 12)) : 0;
				const char *answered = kind == 0 ? "NULL" : kind == 1 ? "'2 hours'" : "'10 minutes'";
				if (n) enquiries(n, codes[p], w, answered, dice() % 3 ? 0 : 1, dice() % 5 == 0);
			}
	for (int w = 0; w < WEEKS; w++)
		(void)service_sql(
		    "SELECT lg_gate.sign('1|staff|%s||hotline|'); SET session_replication_role = replica; WITH s AS "
		    "(INSERT INTO lg.share (root_tenant, "
		    "from_tenant, "
		    "to_tenant, candidate_id, agreement_id, fields, given_until, legal_basis, why) SELECT 1, 1, 2, "
		    "gen_random_uuid(), gen_random_uuid(), '{name}', now() + interval '1 day', 'public_task', 'x' FROM "
		    "generate_series(1, %d) RETURNING id), r AS (INSERT INTO lg.referral (root_tenant, from_tenant, "
		    "to_tenant, share_id, question, deadline, account_name, created) SELECT 1, 1, 2, id, 'x', "
		    "current_date, 'x', now() - interval '%d weeks' FROM s) INSERT INTO lg.share_answer (root_tenant, "
		    "from_tenant, to_tenant, share_id, n, what, account_name) SELECT 1, 1, 2, id, 1, CASE WHEN n %% 3 "
		    "= 0 THEN "
		    "'declined' ELSE 'accepted' END, 'x' FROM (SELECT id, row_number() OVER () AS n FROM s) s WHERE n "
		    "%% 5 > 0; RESET "
		    "session_replication_role",
		    service_account(agent), (int)(dice() % 14), w);
	static const char *const professions[] = { "lg:nurse", "lg:physician", "lg:midwife", "lg:pharmacist" };
	for (size_t i = 0; i < sizeof professions / sizeof *professions; i++)
		(void)service_sql(
		    "SELECT lg_gate.sign('1|staff|%s||hotline|'); SET session_replication_role = replica; WITH c AS "
		    "(INSERT INTO lg.candidate (tenant_id, "
		    "given_name, "
		    "family_name, sort_name, legal_basis, occupations) SELECT 1, 'x', 'x', 'x', 'public_task', "
		    "'[{\"occupation\": \"%s\"}]' FROM generate_series(1, %d) RETURNING id) INSERT INTO lg.enquiry "
		    "(tenant_id, id, channel, about, subject, words, state, owner, outcome, municipality, created, "
		    "answered_at, due_at, legal_basis, candidate_id) SELECT 1, gen_random_uuid(), 'phone', 'named', "
		    "'other', 'x', 'answered', '%s', 'answered', 'DK-0730', now() - interval '1 minute', now(), now() "
		    "+ "
		    "interval '1 hour', 'public_task', id FROM c; RESET session_replication_role",
		    service_account(agent), professions[i], (int)(dice() % 12), service_account(agent));
}

/* --- what is published, as equations */

static struct {
	const char *table, *row, *column;
	int64_t value; /* below 0: hidden */
	int count;     /* of the solver's */
} cells[CELLS];
static size_t n_cells;

static void put(struct attacker *a, const char *table, const char *row, const char *column, const json_t *cell)
{
	assert_true(n_cells < CELLS);
	bool is_hidden = !strcmp(record_word(cell, "flag"), "c");
	/* Hidden is null with a sign, never 0; and a count of 1 to 4 is never shown. */
	assert_int_equal(is_hidden, json_is_null(json_object_get(cell, "value")));
	int64_t value = is_hidden ? -1 : record_number(cell, "value", -2);
	assert_true(is_hidden || value == 0 || value >= K);
	cells[n_cells].table = table, cells[n_cells].row = row, cells[n_cells].column = column;
	cells[n_cells].value = value, cells[n_cells++].count = attacker_count(a, value);
}

/* The cells of a table that `row` and `column` take: "" takes all but "all". */
static size_t take(int *out, const char *table, const char *row, const char *column)
{
	size_t n = 0;
	for (size_t i = 0; i < n_cells; i++) {
		if (strcmp(cells[i].table, table) != 0) continue;
		if (*row ? strcmp(row, cells[i].row) != 0 : !strcmp(cells[i].row, "all")) continue;
		if (*column ? strcmp(column, cells[i].column) != 0 : !strcmp(cells[i].column, "all")) continue;
		assert_true(n < LINE);
		out[n++] = cells[i].count;
	}
	return n;
}

static size_t find(const char *table, const char *row, const char *column)
{
	for (size_t i = 0; i < n_cells; i++)
		if (!strcmp(cells[i].table, table) && !strcmp(cells[i].row, row) && !strcmp(cells[i].column, column))
			return i;
	fail_msg("no %s %s %s", table, row, column);
	return 0;
}

/* Every row and every column adds up to its total, where there is one. */
static void tell_sums(struct attacker *a, const char *table)
{
	for (size_t i = 0; i < n_cells; i++) {
		int line[LINE];
		if (strcmp(cells[i].table, table) != 0) continue;
		bool of_row = !strcmp(cells[i].column, "all"), of_column = !strcmp(cells[i].row, "all");
		if (of_row) attacker_sum(a, take(line, table, cells[i].row, ""), line, cells[i].count);
		if (of_column) attacker_sum(a, take(line, table, "", cells[i].column), line, cells[i].count);
	}
}

static const char *code(const json_t *list, size_t i) { return record_word(json_array_get(list, i), "of"); }

/* Handovers, callers asked twice and answers of each place and week are nowhere; their sums are. */
static void tell_simple(struct attacker *a, const json_t *all, int *hands_of, int *asked_of, size_t *n_of)
{
	const json_t *lists[] = { json_object_get(all, "places"), json_object_get(all, "weeks") };
	size_t places = json_array_size(lists[0]), n = 0;
	int hands[PLACES][WEEKS] = { { 0 } }, asked[PLACES][WEEKS] = { { 0 } }, answered[PLACES][WEEKS] = { { 0 } },
	    line[LINE];
	static const int less[] = { 1, -1 };
	assert_true(places <= PLACES);
	for (size_t p = 0; p < places; p++)
		for (size_t w = 0; w < WEEKS; w++) {
			int x = cells[find("enquiries", code(lists[0], p), code(lists[1], w))].count;
			hands[p][w] = attacker_count(a, -1), asked[p][w] = attacker_count(a, -1);
			answered[p][w] = attacker_count(a, -1);
			attacker_line(a, 2, (int[]){ x, asked[p][w] }, less, 0, ATTACKER_MOST);
			attacker_line(a, 2, (int[]){ x, answered[p][w] }, less, 0, ATTACKER_MOST);
		}
	for (int of_week = 0; of_week < 2; of_week++)
		for (size_t i = 0; i < json_array_size(lists[of_week]); i++) {
			const json_t *one = json_array_get(lists[of_week], i),
			             *cell = json_object_get(one, "asked_twice");
			size_t m = of_week ? places : WEEKS;
			const char *of = code(lists[of_week], i);
			size_t total = of_week ? find("enquiries", "all", of) : find("enquiries", of, "all");
			int64_t rate = record_number(json_object_get(one, "handovers_100"), "value", -1);
			int64_t median = record_number(json_object_get(one, "median_s"), "value", -1);
			assert_true(cells[total].value >= 0 || (rate < 0 && median < 0));
			int all_asked = attacker_count(
			    a, json_is_null(json_object_get(cell, "value")) ? -1 : record_number(cell, "value", -1));
			int all_hands = attacker_count(a, cells[total].value == 0 ? 0 : -1);
			for (size_t k = 0; k < m; k++) line[k] = of_week ? asked[k][i] : asked[i][k];
			attacker_sum(a, m, line, all_asked);
			for (size_t k = 0; k < m; k++) line[k] = of_week ? hands[k][i] : hands[i][k];
			attacker_sum(a, m, line, all_hands);
			if (rate >= 0)
				attacker_line(a, 1, &all_hands, NULL, (rate * cells[total].value + 99) / 100,
				              ((rate + 1) * cells[total].value + 99) / 100 - 1);
			for (size_t k = 0; k < m; k++) line[k] = of_week ? answered[k][i] : answered[i][k];
			if (median >= 0) attacker_line(a, m, line, NULL, K, ATTACKER_MOST);
			if (of_week) { /* in time are answered; of those that are late, some */
				int in = cells[find("answers", of, "in_time")].count,
				    late = cells[find("answers", of, "late")].count, minus[LINE];
				for (size_t k = 0; k < m; k++) minus[k] = -1;
				minus[m] = minus[m + 1] = 1;
				line[m] = in, line[m + 1] = late;
				attacker_line(a, m + 2, line, minus, 0, ATTACKER_MOST);
				attacker_line(a, m + 1, line, minus, -ATTACKER_MOST, 0);
			}
			if (cells[total].value && rate < 0)
				hands_of[n] = all_hands;
			else
				hands_of[n] = 0;
			asked_of[n++] = json_is_null(json_object_get(cell, "value")) ? all_asked : 0;
		}
	*n_of = n;
}

static void must_be_wide(struct attacker *a, int count, const char *what, const char *row, const char *column)
{
	int64_t least, most;
	if (!attacker_range(a, count, &least, &most)) fail_msg("%s %s %s: no numbers do", what, row, column);
	if (most - least < K)
		fail_msg("%s %s %s is %lld to %lld", what, row, column, (long long)least, (long long)most);
}

static size_t attack(const json_t *all)
{
	struct attacker *a = attacker_new();
	size_t i, k, hidden = 0, n_of;
	int hands[PLACES + WEEKS], asked[PLACES + WEEKS];
	const json_t *t, *cell;
	n_cells = 0;
	json_array_foreach(json_object_get(all, "tables"), i, t)
	{
		json_array_foreach(json_object_get(t, "cells"), k, cell)
		    put(a, record_word(t, "id"), record_word(cell, "row"), record_word(cell, "column"), cell);
		tell_sums(a, record_word(t, "id"));
	}
	/* What is the same in two tables. */
	for (i = 0; i < n_cells; i++)
		if (!strcmp(cells[i].table, "answers") && !strcmp(cells[i].column, "all")) {
			size_t same = find("enquiries", "all", cells[i].row);
			assert_true(cells[i].value == cells[same].value);
			attacker_sum(a, 1, &cells[i].count, cells[same].count);
		}
	tell_simple(a, all, hands, asked, &n_of);
	for (i = 0; i < n_cells; i++)
		if (cells[i].value < 0) {
			must_be_wide(a, cells[i].count, cells[i].table, cells[i].row, cells[i].column);
			hidden++;
		}
	for (i = 0; i < n_of; i++) {
		if (hands[i]) must_be_wide(a, hands[i], "handovers", "", ""), hidden++;
		if (asked[i]) must_be_wide(a, asked[i], "asked twice", "", ""), hidden++;
	}
	attacker_free(a);
	return hidden;
}

static void all_that_is_told_tells_no_hidden_count(void **state)
{
	(void)state;
	size_t hidden = 0, told = 0;
	for (int round = 0; round < ROUNDS; round++) {
		erase_all();
		fill(1 + round % 5, round % 2 != 0);
		struct service_answer answer = service_api(program, HTTP_GET, "/api/v1/hotline/figures", NULL, NULL);
		assert_status(answer, 200);
		hidden += attack(answer.json);
		for (size_t i = 0; i < n_cells; i++) told += cells[i].value > 0;
	}
	print_message("# %zu hidden, %zu shown\n", hidden, told);
	assert_true(hidden > 300);
	assert_true(told > 300);
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = { cmocka_unit_test(all_that_is_told_tells_no_hidden_count) };
	service_open(argv[1]);
	agent = service_sign_in(1, "hotline");
	program = service_new_program("hotline");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	service_close();
	return failed;
}
