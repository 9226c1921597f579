/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/seal.h"

static const uint8_t master[SEAL_KEY] = "first master key of these tests",
                     other[SEAL_KEY] = "second master key of the tests";
static const char someone[] = "6f9619ff-8b86-4011-b42d-00cf4fc964ff",
                  another[] = "6f9619ff-8b86-4011-b42d-00cf4fc964fe";

static int begin(void **state)
{
	struct lg_ctx *cx = calloc(1, sizeof *cx);
	cx->mem = lg_arena_new(0, NULL);
	*state = cx;
	return 0;
}

static int finish(void **state)
{
	struct lg_ctx *cx = *state;
	lg_arena_free(cx->mem);
	free(cx);
	return 0;
}

static struct db_bytes sealed(struct lg_ctx *cx, const struct seal_key *key, struct seal_place place, const char *text)
{
	struct db_bytes box;
	assert_int_equal(seal_put(cx, key, place, text, strlen(text), &box), LG_OK);
	return box;
}

static void a_box_opens_in_its_place(void **state)
{
	struct lg_ctx *cx = *state;
	struct seal_ring ring = seal_ring_of(master);
	const struct seal_key *key = seal_tenant(cx, &ring, 7);
	struct db_bytes box = sealed(cx, key, seal_of(7, someone, "identifier"), "010199-0000");
	assert_int_equal(box.n, 11 + SEAL_OVERHEAD);
	assert_null(memmem(box.data, box.n, "0101", 4));
	const char *text;
	size_t n;
	assert_int_equal(seal_get(cx, key, seal_of(7, someone, "identifier"), box, &text, &n), LG_OK);
	assert_int_equal(n, 11);
	assert_string_equal(text, "010199-0000");
}

static void an_empty_text_has_a_box_too(void **state)
{
	struct lg_ctx *cx = *state;
	struct seal_ring ring = seal_ring_of(master);
	const struct seal_key *key = seal_tenant(cx, &ring, 0);
	struct db_bytes box = sealed(cx, key, seal_of(0, "", "c"), "");
	const char *text;
	size_t n;
	assert_int_equal(seal_get(cx, key, seal_of(0, "", "c"), box, &text, &n), LG_OK);
	assert_int_equal(n, 0);
}

static void two_boxes_of_one_text_differ(void **state)
{
	struct lg_ctx *cx = *state;
	struct seal_ring ring = seal_ring_of(master);
	const struct seal_key *key = seal_tenant(cx, &ring, 7);
	struct db_bytes a = sealed(cx, key, seal_of(7, someone, "c"), "same"),
	                b = sealed(cx, key, seal_of(7, someone, "c"), "same");
	assert_int_equal(a.n, b.n);
	assert_memory_not_equal(a.data, b.data, a.n);
}

static void a_box_moved_to_another_tenant_row_or_column_does_not_open(void **state)
{
	struct lg_ctx *cx = *state;
	struct seal_ring ring = seal_ring_of(master);
	const struct seal_key *key = seal_tenant(cx, &ring, 7);
	struct db_bytes box = sealed(cx, key, seal_of(7, someone, "c"), "text");
	const char *text;
	size_t n;
	assert_int_equal(seal_get(cx, key, seal_of(8, someone, "c"), box, &text, &n), LG_FAULT);
	assert_int_equal(seal_get(cx, key, seal_of(7, another, "c"), box, &text, &n), LG_FAULT);
	assert_int_equal(seal_get(cx, key, seal_of(7, someone, "d"), box, &text, &n), LG_FAULT);
	assert_int_equal(seal_get(cx, seal_tenant(cx, &ring, 8), seal_of(7, someone, "c"), box, &text, &n), LG_FAULT);
	assert_int_equal(seal_get(cx, key, seal_of(7, someone, "c"), box, &text, &n), LG_OK);
}

static void a_box_changed_in_any_byte_or_cut_does_not_open(void **state)
{
	struct lg_ctx *cx = *state;
	struct seal_ring ring = seal_ring_of(master);
	const struct seal_key *key = seal_tenant(cx, &ring, 7);
	struct db_bytes box = sealed(cx, key, seal_of(7, someone, "c"), "text");
	uint8_t copy[4 + SEAL_OVERHEAD];
	const char *text;
	size_t n;
	for (size_t i = 0; i < box.n; i++) {
		memcpy(copy, box.data, box.n);
		copy[i] ^= 0x40;
		assert_int_equal(
		    seal_get(cx, key, seal_of(7, someone, "c"), (struct db_bytes){ copy, box.n }, &text, &n), LG_FAULT);
	}
	for (size_t cut = 0; cut < box.n; cut++)
		assert_int_equal(
		    seal_get(cx, key, seal_of(7, someone, "c"), (struct db_bytes){ box.data, cut }, &text, &n),
		    LG_FAULT);
	assert_int_equal(seal_get(cx, key, seal_of(7, someone, "c"), (struct db_bytes){ 0 }, &text, &n), LG_FAULT);
}

static void a_persons_key_comes_out_of_its_box_and_no_other(void **state)
{
	struct lg_ctx *cx = *state;
	struct seal_ring ring = seal_ring_of(master);
	const struct seal_key *own, *again;
	struct db_bytes box;
	assert_int_equal(seal_person_new(cx, &ring, 7, someone, &own, &box), LG_OK);
	assert_int_equal(seal_person(cx, &ring, 7, someone, box, &again), LG_OK);
	assert_memory_equal(own, again, sizeof *own);
	assert_int_equal(seal_person(cx, &ring, 7, another, box, &again), LG_FAULT);
	assert_int_equal(seal_person(cx, &ring, 8, someone, box, &again), LG_FAULT);
	const struct seal_key *second;
	assert_int_equal(seal_person_new(cx, &ring, 7, someone, &second, &box), LG_OK);
	assert_memory_not_equal(own->bytes, second->bytes, SEAL_KEY);
}

static void what_the_old_master_key_sealed_opens_while_it_is_on_the_ring(void **state)
{
	struct lg_ctx *cx = *state;
	struct seal_ring before = seal_ring_of(master), both = { .keys = { other, master }, .n = 2 },
	                 after = seal_ring_of(other);
	struct db_bytes box = sealed(cx, seal_tenant(cx, &before, 7), seal_of(7, "", "c"), "text");
	const char *text;
	size_t n;
	assert_int_equal(seal_get_tenant(cx, &both, seal_of(7, "", "c"), box, &text, &n), LG_OK);
	assert_string_equal(text, "text");
	assert_int_equal(seal_get_tenant(cx, &after, seal_of(7, "", "c"), box, &text, &n), LG_FAULT);
	box = sealed(cx, seal_tenant(cx, &both, 7), seal_of(7, "", "c"), "new");
	assert_int_equal(seal_get_tenant(cx, &after, seal_of(7, "", "c"), box, &text, &n), LG_OK);
}

static void blind_values_are_equal_for_equal_text_of_one_tenant_and_column_only(void **state)
{
	(void)state;
	struct seal_ring ring = seal_ring_of(master), second = seal_ring_of(other);
	uint8_t a[SEAL_BLIND], b[SEAL_BLIND];
	seal_blind(a, &ring, 7, "identifier", "0101990000", 10);
	seal_blind(b, &ring, 7, "identifier", "0101990000", 10);
	assert_memory_equal(a, b, SEAL_BLIND);
	seal_blind(b, &ring, 8, "identifier", "0101990000", 10);
	assert_memory_not_equal(a, b, SEAL_BLIND);
	seal_blind(b, &ring, 7, "passport", "0101990000", 10);
	assert_memory_not_equal(a, b, SEAL_BLIND);
	seal_blind(b, &ring, 7, "identifier", "0101990001", 10);
	assert_memory_not_equal(a, b, SEAL_BLIND);
	seal_blind(b, &second, 7, "identifier", "0101990000", 10);
	assert_memory_not_equal(a, b, SEAL_BLIND);
}

static void tokens_are_read_as_printed_and_nothing_else_is_one(void **state)
{
	(void)state;
	uint8_t token[SEAL_TOKEN], back[SEAL_TOKEN];
	char text[SEAL_TOKEN_TEXT];
	for (int i = 0; i < 100; i++) {
		seal_random(token, sizeof token);
		seal_token_print(text, token);
		assert_true(seal_token_read(back, text));
		assert_memory_equal(token, back, sizeof token);
	}
	assert_false(seal_token_read(back, NULL));
	assert_false(seal_token_read(back, ""));
	text[42] = '\0';
	assert_false(seal_token_read(back, text));
	assert_false(seal_token_read(back, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+"));
	assert_false(seal_token_read(back, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
	/* The last character has two bits over: were they taken, one token would have four spellings. */
	assert_false(seal_token_read(back, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"));
	assert_true(seal_token_read(back, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
}

static void a_hash_is_sha256(void **state)
{
	struct lg_ctx *cx = *state;
	uint8_t out[32];
	seal_hash(out, "abc", 3);
	assert_string_equal(seal_hex(cx, out, 32), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	uint8_t back[32];
	assert_true(seal_hex_read(back, 32, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
	assert_memory_equal(out, back, 32);
	assert_false(seal_hex_read(back, 32, "ba78"));
	assert_false(seal_hex_read(back, 2, "ba7g"));
	assert_string_equal(seal_base64(cx, "\xfb\xff", 2), "-_8");
	size_t n;
	assert_string_equal(seal_base64_read(cx, "-_8", 3, &n), "\xfb\xff");
	assert_int_equal(n, 2);
	assert_null(seal_base64_read(cx, "-_8=", 4, &n));
	assert_null(seal_base64_read(cx, "+/8", 3, &n));
}

static void a_forms_word_differs_by_session_and_tells_nothing_of_it(void **state)
{
	(void)state;
	uint8_t token[SEAL_TOKEN] = { 1 }, second[SEAL_TOKEN] = { 2 };
	char a[SEAL_TOKEN_TEXT], b[SEAL_TOKEN_TEXT], text[SEAL_TOKEN_TEXT];
	seal_csrf(a, token);
	seal_csrf(b, token);
	assert_string_equal(a, b);
	seal_csrf(b, second);
	assert_string_not_equal(a, b);
	seal_token_print(text, token);
	assert_string_not_equal(a, text);
}

static void purposes_are_kept_apart(void **state)
{
	(void)state;
	uint8_t a[32], b[32];
	seal_mac(a, master, "ab", "c", 1);
	seal_mac(b, master, "a", "bc", 2);
	assert_memory_not_equal(a, b, 32);
	seal_derive(a, master, "x");
	seal_derive(b, master, "y");
	assert_memory_not_equal(a, b, 32);
	assert_memory_not_equal(a, master, 32);
	assert_true(seal_same(a, a, 32));
	assert_false(seal_same(a, b, 32));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_box_opens_in_its_place),
		cmocka_unit_test(an_empty_text_has_a_box_too),
		cmocka_unit_test(two_boxes_of_one_text_differ),
		cmocka_unit_test(a_box_moved_to_another_tenant_row_or_column_does_not_open),
		cmocka_unit_test(a_box_changed_in_any_byte_or_cut_does_not_open),
		cmocka_unit_test(a_persons_key_comes_out_of_its_box_and_no_other),
		cmocka_unit_test(what_the_old_master_key_sealed_opens_while_it_is_on_the_ring),
		cmocka_unit_test(blind_values_are_equal_for_equal_text_of_one_tenant_and_column_only),
		cmocka_unit_test(tokens_are_read_as_printed_and_nothing_else_is_one),
		cmocka_unit_test(a_hash_is_sha256),
		cmocka_unit_test(a_forms_word_differs_by_session_and_tells_nothing_of_it),
		cmocka_unit_test(purposes_are_kept_apart),
	};
	return cmocka_run_group_tests(tests, begin, finish);
}
