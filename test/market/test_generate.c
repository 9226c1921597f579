/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "market/generate.h"
#include "market/generate_world.h"
#include "market/market.h"

/** What a test generates from, and one market. */
struct scene {
	struct lg_ctx cx;
	struct lg_taxonomy *taxonomy;
	struct lg_buf candidates, openings;
};

static int begin(void **state)
{
	struct scene *s = calloc(1, sizeof *s);
	if (!s) return -1;
	s->cx.mem = lg_arena_new(0, NULL);
	*state = s;
	return lg_taxonomy_builtin(&s->cx, &s->taxonomy) == LG_OK ? 0 : -1;
}

static int end(void **state)
{
	struct scene *s = *state;
	lg_buf_free(&s->candidates);
	lg_buf_free(&s->openings);
	lg_arena_free(s->cx.mem);
	free(s);
	return 0;
}

/* Both files of a market, whole. */
static void generate(struct scene *s, const char *area, uint64_t seed, uint64_t candidates, uint64_t openings)
{
	struct lg_generator *g = lg_generator_new(&s->cx, s->taxonomy, area, seed, candidates, openings);
	assert_non_null(g);
	lg_buf_clear(&s->candidates);
	lg_buf_clear(&s->openings);
	while (lg_generate_candidates(g, &s->candidates)) continue;
	while (lg_generate_openings(g, &s->openings)) continue;
}

/* ------------------------------------------------------------------------------------------------ as a text */

static uint64_t hash(const struct lg_buf *b)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < b->len; i++) h = (h ^ (uint8_t)b->data[i]) * 1099511628211u;
	return h;
}

static size_t count_lines(const struct lg_buf *b)
{
	size_t n = 0;
	for (size_t i = 0; i < b->len; i++) n += b->data[i] == '\n';
	return n;
}

/* Call `look` for the text of each column of each row but the header; no generated cell needs quotes. */
static void each_cell(const struct lg_buf *b, size_t columns,
                      void (*look)(size_t column, const char *text, size_t n, void *to), void *to)
{
	assert_null(memchr(b->data, '"', b->len));
	const char *at = memchr(b->data, '\n', b->len), *stop = b->data + b->len;
	for (at++; at < stop;)
		for (size_t i = 0; i < columns; i++) {
			size_t n = 0; /* by hand: strcspn() may look at all that follows when a sanitizer watches it */
			while (at[n] != ',' && at[n] != '\n') n++;
			assert_int_equal(at[n], i + 1 < columns ? ',' : '\n');
			look(i, at, n, to);
			at += n + 1;
		}
}

enum { CANDIDATE_COLUMNS = 18, OPENING_COLUMNS = 17 };

static void count_filled(size_t column, const char *text, size_t n, void *to)
{
	(void)text;
	((size_t *)to)[column] += n > 0;
}

static void a_seed_gives_the_same_bytes_again(void **state)
{
	struct scene *s = *state;
	generate(s, "denmark", 7, 5000, 5000);
	uint64_t candidates = hash(&s->candidates), openings = hash(&s->openings);
	generate(s, "denmark", 7, 5000, 5000);
	assert_true(candidates == hash(&s->candidates));
	assert_true(openings == hash(&s->openings));
	generate(s, "denmark", 8, 5000, 5000);
	assert_true(candidates != hash(&s->candidates));
	assert_true(openings != hash(&s->openings));
}

/* Steele, Lea and Flood's numbers, so that other machines cannot throw otherwise. */
static void the_dice_are_known(void **state)
{
	(void)state;
	struct lg_dice d = { 0 };
	static const uint32_t first[] = { 0xE220A839, 0x6E789E6A, 0x06C45D18, 0xF88BB8A8, 0x1B39896A };
	for (size_t i = 0; i < LG_COUNT(first); i++) assert_int_equal(lg_dice_bits(&d), first[i]);
}

static void a_row_depends_on_no_other(void **state)
{
	struct scene *s = *state;
	generate(s, "nordic", 3, 6000, 6000);
	struct lg_buf all = s->candidates;
	s->candidates = (struct lg_buf){ 0 };
	generate(s, "nordic", 3, 10, 6000);
	assert_memory_equal(all.data, s->candidates.data, s->candidates.len);
	lg_buf_free(&all);

	const struct lg_world *w = lg_world_new(&s->cx, s->taxonomy, "nordic", 3, 6000, 6000);
	struct lg_buf last = { 0 }, cell = { 0 };
	lg_opening_row(w, 5999, &last, &cell);
	assert_memory_equal(s->openings.data + s->openings.len - last.len, last.data, last.len);
	lg_buf_free(&last);
	lg_buf_free(&cell);
}

static void lines_are_as_many_as_asked(void **state)
{
	struct scene *s = *state;
	static const uint64_t sizes[] = { 0, 1, 4095, 4096, 4097, 8192 };
	for (size_t i = 0; i < LG_COUNT(sizes); i++) {
		generate(s, "denmark", 1, sizes[i], sizes[i]);
		assert_int_equal(count_lines(&s->candidates), sizes[i] + 1);
		assert_int_equal(count_lines(&s->openings), sizes[i] + 1);
	}
}

static void an_unknown_area_gives_nothing(void **state)
{
	struct scene *s = *state;
	assert_null(lg_generator_new(&s->cx, s->taxonomy, "atlantis", 1, 1, 1));
	assert_null(lg_generator_new(&s->cx, s->taxonomy, "", 1, 1, 1));
	assert_null(lg_generator_new(&s->cx, s->taxonomy, "Denmark", 1, 1, 1));
}

static void dates_begin_with_2027(void **state)
{
	(void)state;
	int32_t day;
	assert_true(lg_date_read(&day, "2027-01-01", 10));
	assert_int_equal(day, LG_BASE_DAY);
}

/* The share of filled cells: some give only the municipality, half state hours, ... */
static void cells_are_left_empty_as_often_as_meant(void **state)
{
	struct scene *s = *state;
	generate(s, "denmark", 1, 4000, 4000);
	size_t candidate[CANDIDATE_COLUMNS] = { 0 }, opening[OPENING_COLUMNS] = { 0 };
	each_cell(&s->candidates, CANDIDATE_COLUMNS, count_filled, candidate);
	each_cell(&s->openings, OPENING_COLUMNS, count_filled, opening);
	assert_int_equal(candidate[1], 4000);         /* municipality */
	assert_in_range(candidate[2], 2680, 2920);    /* lat: 70 % */
	assert_int_equal(candidate[2], candidate[3]); /* lon */
	assert_int_equal(candidate[5], 4000);         /* occupations */
	assert_in_range(candidate[10], 1880, 2120);   /* hours: 50 % */
	assert_int_equal(candidate[10], candidate[11]);
	assert_in_range(candidate[13], 1880, 2120); /* busy: 50 % */
	assert_int_equal(candidate[16], 4000);      /* legal basis */
	assert_in_range(opening[3], 1880, 2120);    /* lat: 50 % */
	assert_in_range(opening[9], 400, 1800);     /* licence */
	assert_int_equal(opening[13], 4000);        /* schedule */
}

/* Latitude and longitude of a Europe row: somewhere in Europe, and never a municipality. */
static void look_at_europe(size_t column, const char *text, size_t n, void *to)
{
	double *corner = to;
	if (column == 1) assert_int_equal(n, 0);
	if (column != 2 && column != 3) return;
	double degrees = strtod(text, NULL), *low = &corner[column - 2], *high = &corner[column];
	if (degrees < *low) *low = degrees;
	if (degrees > *high) *high = degrees;
}

static void europe_is_spread_and_has_coordinates_only(void **state)
{
	struct scene *s = *state;
	struct lg_generator *g = lg_generator_new(&s->cx, s->taxonomy, "eu", 1, 4000000, 3000000);
	(void)lg_generate_candidates(g, &s->candidates);
	double corner[4] = { 90, 180, -90, -180 };
	each_cell(&s->candidates, CANDIDATE_COLUMNS, look_at_europe, corner);
	assert_true(corner[0] > 33 && corner[0] < 40 && corner[2] > 55 && corner[2] < 72);
	assert_true(corner[1] > -20 && corner[1] < 0 && corner[3] > 30 && corner[3] < 48);
}

/* ---------------------------------------------------------------------------------------------- as a market */

static void feed(struct lg_intake *in, enum lg_side side, const char *name, const struct lg_buf *file)
{
	lg_intake_file(in, side, name);
	assert_int_equal(lg_intake_feed(in, file->data, file->len), LG_OK);
	assert_int_equal(lg_intake_file_end(in), LG_OK);
}

/* The market as the reader takes it: without a rejection, and without a warning. */
static const struct lg_market *read_back(struct scene *s)
{
	struct lg_intake *in = lg_intake_new(&s->cx, s->taxonomy);
	struct lg_market *m = NULL;
	feed(in, LG_CANDIDATES, "candidates.csv", &s->candidates);
	feed(in, LG_OPENINGS, "openings.csv", &s->openings);
	assert_int_equal(lg_intake_end(in, &m), LG_OK);
	for (size_t i = 0; i < m->n_rejections; i++)
		print_message("# %s:%u %s \"%s\": %s\n", m->rejections[i].file, (unsigned)m->rejections[i].line,
		              m->rejections[i].column, m->rejections[i].value, m->rejections[i].advice);
	for (size_t i = 0; i < m->n_warnings; i++)
		print_message("# %s: %s\n", m->warnings[i].file, m->warnings[i].text);
	assert_int_equal(m->n_rejections, 0);
	assert_int_equal(m->n_warnings, 0);
	return m;
}

static void the_reader_takes_every_row(void **state)
{
	struct scene *s = *state;
	static const char *const areas[] = { "denmark", "nordic", "eu" };
	for (size_t i = 0; i < LG_COUNT(areas); i++) {
		generate(s, areas[i], 11, 5000, 5000);
		const struct lg_market *m = read_back(s);
		assert_int_equal(m->n_candidates, 5000);
		assert_int_equal(m->n_openings, 5000);
		struct lgm_setup setup = lg_market_setup(m);
		assert_null(lgm_setup_fault(&setup));
		for (size_t k = 0; k < 5000; k++) {
			assert_null(lgm_candidate_fault(&setup, &m->candidates[k]));
			assert_null(lgm_opening_fault(&setup, &m->openings[k]));
		}
	}
}

static void people_are_as_meant(void **state)
{
	struct scene *s = *state;
	generate(s, "denmark", 5, 5000, 1);
	const struct lg_market *m = read_back(s);
	size_t occupations = 0, skills = 0, wishes = 0, want = 0, far = 0, job = 0;
	for (size_t i = 0; i < m->n_candidates; i++) {
		const struct lgm_candidate *c = &m->candidates[i];
		occupations += c->n_occupations;
		skills += c->n_skills;
		wishes += c->n_wishes;
		want += c->wants_work;
		far += c->commute >= 5000;
		job += c->contracts & 1;
		assert_in_range(c->n_occupations, 1, 5);
		assert_in_range(c->start, LG_BASE_DAY, LG_BASE_DAY + 179);
	}
	assert_in_range(occupations, 5000 * 16 / 10, 5000 * 23 / 10);
	assert_in_range(skills, 5000 * 12, 5000 * 26);
	assert_in_range(wishes, 5000 * 24 / 10, 5000 * 3);
	assert_in_range(want, 5000 * 92 / 100, 5000 * 99 / 100);
	assert_in_range(far, 5000 * 10 / 100, 5000 * 14 / 100);
	assert_in_range(job, 5000 * 88 / 100, 5000 * 92 / 100);
}

static void openings_are_as_meant(void **state)
{
	struct scene *s = *state;
	generate(s, "denmark", 5, 1, 20000);
	const struct lg_market *m = read_back(s);
	size_t remote = 0, one = 0, licences = 0, job = 0, most = 0;
	for (size_t i = 0; i < m->n_openings; i++) {
		const struct lgm_opening *o = &m->openings[i];
		remote += o->remote;
		one += o->positions == 1;
		licences += o->n_licences;
		job += o->contract == LGM_JOB;
		most = o->positions > most ? o->positions : most;
		unsigned slots = lg_week_count(&o->schedule);
		assert_int_equal(o->hours, slots * 5);
		assert_in_range(o->start, LG_BASE_DAY, LG_BASE_DAY + 239);
	}
	assert_in_range(m->positions, 20000 * 24 / 10, 20000 * 272 / 100);
	assert_int_equal(most, 50);
	assert_in_range(one, 20000 * 63 / 100, 20000 * 68 / 100);
	assert_in_range(remote, 150, 250);
	assert_in_range(licences, 20000 * 10 / 100, 20000 * 45 / 100);
	assert_in_range(job, 20000 * 33 / 100, 20000 * 37 / 100);
}

/* Feasible pairs of a market in a million. */
static uint64_t feasible_share(const struct lg_market *m)
{
	struct lgm_setup setup = lg_market_setup(m);
	uint64_t feasible = 0;
	for (size_t i = 0; i < m->n_candidates; i++)
		for (size_t k = 0; k < m->n_openings; k++) {
			struct lgm_verdict v;
			lgm_compare(&setup, &m->candidates[i], &m->openings[k], &v);
			feasible += v.failed == 0;
		}
	uint64_t pairs = m->n_candidates * m->n_openings;
	return pairs ? feasible * 1000000 / pairs : 0;
}

static void two_in_a_hundred_pairs_are_feasible(void **state)
{
	struct scene *s = *state;
	generate(s, "denmark", 1, 2000, 1500);
	uint64_t share = feasible_share(read_back(s));
	print_message("# denmark: %u of a million pairs are feasible\n", (unsigned)share);
	assert_in_range(share, 15000, 25000);
}

static void fewer_are_in_two_countries(void **state)
{
	struct scene *s = *state;
	generate(s, "nordic", 1, 1500, 1000);
	uint64_t share = feasible_share(read_back(s));
	print_message("# nordic: %u of a million pairs are feasible\n", (unsigned)share);
	assert_in_range(share, 3000, 8000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_seed_gives_the_same_bytes_again, begin, end),
		cmocka_unit_test(the_dice_are_known),
		cmocka_unit_test_setup_teardown(a_row_depends_on_no_other, begin, end),
		cmocka_unit_test_setup_teardown(lines_are_as_many_as_asked, begin, end),
		cmocka_unit_test_setup_teardown(an_unknown_area_gives_nothing, begin, end),
		cmocka_unit_test(dates_begin_with_2027),
		cmocka_unit_test_setup_teardown(cells_are_left_empty_as_often_as_meant, begin, end),
		cmocka_unit_test_setup_teardown(europe_is_spread_and_has_coordinates_only, begin, end),
		cmocka_unit_test_setup_teardown(the_reader_takes_every_row, begin, end),
		cmocka_unit_test_setup_teardown(people_are_as_meant, begin, end),
		cmocka_unit_test_setup_teardown(openings_are_as_meant, begin, end),
		cmocka_unit_test_setup_teardown(two_in_a_hundred_pairs_are_feasible, begin, end),
		cmocka_unit_test_setup_teardown(fewer_are_in_two_countries, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
