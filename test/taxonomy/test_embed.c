/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "taxonomy/embed.h"
#include "taxonomy/embed_kernel.h"
#include "taxonomy/embed_train.h"

/* Embeddings trained on the built-in vocabulary, in few dimensions and few steps. */

enum { STEPS = 150, DIMENSIONS = 32, ROOM = 5 };

static struct lg_ctx cx;
static const struct lg_taxonomy *builtin;
static struct lg_embed_bytes trained;
static const struct lg_embedding *embedding;

static struct lg_embed_bytes train(uint64_t seed, uint64_t steps)
{
	const struct lg_embed_training in = {
		.taxonomy = builtin, .steps = steps, .seed = seed, .dimensions = DIMENSIONS
	};
	struct lg_embed_trainer *t;
	assert_int_equal(lg_embed_trainer_new(&cx, &t, &in), LG_OK);
	for (uint64_t i = 0; i < steps; i++) (void)lg_embed_step(t);
	return lg_embed_finish(&cx, t);
}

static int set_up(void **state)
{
	struct lg_taxonomy *t;
	(void)state;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	if (lg_taxonomy_builtin(&cx, &t) != LG_OK) return -1;
	builtin = t;
	trained = train(1, STEPS);
	return lg_embedding_open(&cx, &embedding, trained.bytes, trained.size) == LG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	lg_arena_free(cx.mem);
	return 0;
}

/* The cosine of two texts, in per cent. */
static int cosine(const struct lg_embedding *e, const char *a, const char *b)
{
	struct lg_letters l;
	int8_t x[DIMENSIONS], y[DIMENSIONS];
	int32_t dot;
	lg_letters_fold(&l, a, strlen(a));
	uint32_t f = lg_embedding_of(e, &l, x);
	lg_letters_fold(&l, b, strlen(b));
	uint32_t g = lg_embedding_of(e, &l, y);
	lg_embedding_dots(e, x, y, 1, &dot);
	return lg_embedding_cosine(dot, f, g) / ((1 << LG_EMBED_COSINE_BITS) / 100);
}

static void words_of_one_meaning_come_near(void **state)
{
	static const char *const same[][2] = { { "sygeplejerske", "медсестра" },
		                               { "nurse", "sjuksköterska" },
		                               { "tømrer", "тесляр" },
		                               { "welder", "зварювальник" } };
	(void)state;
	struct lg_embed_bytes none = train(1, 1);
	const struct lg_embedding *before;
	assert_int_equal(lg_embedding_open(&cx, &before, none.bytes, none.size), LG_OK);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		int first = cosine(before, same[i][0], same[i][1]), now = cosine(embedding, same[i][0], same[i][1]);
		(void)printf("# %s, %s: %d %% before, %d %% after\n", same[i][0], same[i][1], first, now);
		assert_true(now >= 50 && now > first);
	}
	assert_true(cosine(embedding, "nurse", "медсестра") > cosine(embedding, "nurse", "зварювальник") + 30);
	assert_in_range(cosine(embedding, "nurse", "NURSE"), 99, 101);
	assert_int_equal(cosine(embedding, "", "nurse"), 0);
}

static void the_same_seed_gives_the_same_bytes(void **state)
{
	(void)state;
	struct lg_embed_bytes a = train(7, 20), b = train(7, 20), c = train(8, 20);
	assert_int_equal(a.size, b.size);
	assert_memory_equal(a.bytes, b.bytes, a.size);
	assert_memory_not_equal(a.bytes, c.bytes, a.size);
}

static float some(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return (float)(*seed >> 8) / (1 << 24) - 0.5f;
}

static void every_kind_of_instructions_gives_the_same_bits(void **state)
{
	enum { M = 16, N = 32, K = 24 };
	const struct lg_embed_kernel *kinds[] = { &lg_embed_kernel_plain, lg_embed_kernel() };
	float a[M * K], b[K * N], c[2][M * N], of_row[2][M] = { { 0 } }, of_column[2][M] = { { 0 } };
	uint32_t concepts[M], seed = 1;
	int8_t rows[4 * N];
	int32_t dots[2][4];
	(void)state;
	for (size_t i = 0; i < M * K; i++) a[i] = some(&seed);
	for (size_t i = 0; i < K * N; i++) b[i] = some(&seed);
	for (uint32_t i = 0; i < M; i++) concepts[i] = i / 2;
	for (size_t i = 0; i < sizeof rows; i++) rows[i] = (int8_t)(250 * some(&seed));
	for (size_t k = 0; k < 2; k++) {
		const struct lg_embed_product p = { c[k], a, b, N, K, 1, N, M, N, K };
		const struct lg_embed_softmax s = { c[k], M, N, concepts, 0.1f, of_row[k], of_column[k] };
		kinds[k]->multiply(&p);
		kinds[k]->softmax(&s);
		kinds[k]->dots(dots[k], rows, rows, 4, N);
	}
	assert_memory_equal(c[0], c[1], sizeof c[0]);
	assert_memory_equal(of_row[0], of_row[1], sizeof of_row[0]);
	assert_memory_equal(of_column[0], of_column[1], sizeof of_column[0]);
	assert_memory_equal(dots[0], dots[1], sizeof dots[0]);
	assert_true(c[0][1] == 0 && c[0][0] > 0 && c[0][2] > 0); /* 0 and 1 are of one concept: no rivals */
}

static void a_damaged_file_is_refused(void **state)
{
	const struct lg_embedding *e;
	(void)state;
	char *copy = lg_alloc(cx.mem, trained.size + 8);
	memcpy(copy, trained.bytes, trained.size);
	assert_int_equal(lg_embedding_open(&cx, &e, copy, trained.size), LG_OK);
	assert_int_equal(lg_embedding_open(&cx, &e, copy, trained.size + 8), LG_INVALID);
	for (size_t n = 0; n < trained.size; n += n < 600 ? 1 : 997)
		assert_int_equal(lg_embedding_open(&cx, &e, copy, n), LG_INVALID);
	/* A head with every byte changed in turn: refused, or of no harm. */
	for (size_t i = 0; i < 400; i++) {
		copy[i] = (char)(copy[i] ^ 0x55);
		if (lg_embedding_open(&cx, &e, copy, trained.size) == LG_OK) (void)cosine(e, "nurse", "kok");
		copy[i] = (char)(copy[i] ^ 0x55);
	}
	memset(copy + 1000, 0, 8); /* keys that do not ascend */
	assert_int_equal(lg_embedding_open(&cx, &e, copy, trained.size), LG_INVALID);
}

static void it_tells_what_it_is(void **state)
{
	char hash[65];
	(void)state;
	memset(hash, 'a', 64);
	hash[64] = '\0';
	assert_string_equal(lg_embedding_hash(embedding), "");
	lg_embedding_seal(trained.bytes, hash);
	assert_string_equal(lg_embedding_hash(embedding), hash);
	assert_string_equal(lg_embedding_taxonomy(embedding), lg_taxonomy_version(builtin));
	assert_int_equal(lg_embedding_dimensions(embedding), DIMENSIONS);
	assert_true(lg_embedding_features(embedding) > 1000);
}

static void what_cannot_teach_is_refused(void **state)
{
	const struct lg_link_label wrong = { "nothing", "da", 60000 };
	struct lg_embed_training in = { .taxonomy = builtin, .steps = 1, .dimensions = 20 };
	struct lg_embed_trainer *t;
	(void)state;
	assert_int_equal(lg_embed_trainer_new(&cx, &t, &in), LG_INVALID);
	in.dimensions = 16;
	in.more = &wrong;
	in.n_more = 1;
	assert_int_equal(lg_embed_trainer_new(&cx, &t, &in), LG_INVALID);
}

static void more_labels_teach_too(void **state)
{
	struct lg_link_label more[20];
	struct lg_embed_trainer *a, *b;
	struct lg_embed_training in = { .taxonomy = builtin, .steps = 1, .dimensions = 16 };
	(void)state;
	for (size_t i = 0; i < 20; i++) more[i] = (struct lg_link_label){ "qwxyz", "da", 1 };
	assert_int_equal(lg_embed_trainer_new(&cx, &a, &in), LG_OK);
	in.more = more;
	in.n_more = 20;
	assert_int_equal(lg_embed_trainer_new(&cx, &b, &in), LG_OK);
	assert_int_equal(lg_embed_size(b).labels, lg_embed_size(a).labels + 20);
	assert_true(lg_embed_size(b).features > lg_embed_size(a).features);
}

/* ----------------------------------------------------------------------------------------------- the linker */

static size_t find(const struct lg_linker *l, const char *language, const char *text, struct lg_link_hit *hits)
{
	return lg_link(l, language, text, strlen(text), hits, ROOM);
}

static void the_linker_ranks_with_it(void **state)
{
	const struct lg_link_more with = { .embedding = embedding };
	struct lg_linker *plain, *l;
	struct lg_link_hit hits[ROOM], again[ROOM], other[ROOM];
	bool differ = false;
	(void)state;
	assert_int_equal(lg_linker_new(&cx, &plain, builtin, LG_LINK_CONCEPTS, NULL, 0), LG_OK);
	assert_int_equal(lg_linker_with(&cx, &l, builtin, LG_LINK_CONCEPTS, &with), LG_OK);
	size_t n = find(l, "da", "sygeplejerske", hits);
	assert_int_equal(n, ROOM);
	assert_string_equal(lg_taxonomy_code(builtin, (uint16_t)hits[0].concept), "lg:nurse");
	for (size_t i = 1; i < n; i++) assert_true(hits[i].score <= hits[i - 1].score);
	assert_int_equal(find(l, "da", "sygeplejerske", again), n);
	assert_int_equal(find(plain, "da", "sygeplejerske", other), n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(hits[i].concept, again[i].concept);
		assert_int_equal(hits[i].score, again[i].score);
		differ |= hits[i].concept != other[i].concept || hits[i].score != other[i].score;
	}
	assert_true(differ);
	assert_int_equal(find(l, "da", " - ", hits), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_one_meaning_come_near),
		cmocka_unit_test(the_same_seed_gives_the_same_bytes),
		cmocka_unit_test(every_kind_of_instructions_gives_the_same_bits),
		cmocka_unit_test(a_damaged_file_is_refused),
		cmocka_unit_test(it_tells_what_it_is),
		cmocka_unit_test(what_cannot_teach_is_refused),
		cmocka_unit_test(more_labels_teach_too),
		cmocka_unit_test(the_linker_ranks_with_it),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
