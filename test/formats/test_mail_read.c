/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Mails of fuzz/corpus/mail_read, read as the parser process reads them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats/mail_read.h"

static struct lg_ctx cx;

static int begin(void **state)
{
	(void)state;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	return 0;
}

static int finish(void **state)
{
	(void)state;
	lg_arena_free(cx.mem);
	return 0;
}

static void drop(void *o) { json_decref(o); }

static json_t *read_bytes(const char *bytes, size_t n)
{
	struct lg_buf out = { 0 };
	assert_int_equal(lg_mail_read(&cx, &out, bytes, n), LG_OK);
	json_t *o = json_loadb(out.data, out.len, 0, NULL);
	assert_non_null(o);
	lg_defer(cx.mem, drop, o);
	lg_buf_free(&out);
	return o;
}

static json_t *read_file(const char *name)
{
	static char bytes[1 << 16];
	const char *folder = getenv("LG_TEST_MAILS");
	assert_non_null(folder);
	FILE *f = fopen(lg_printf(cx.mem, "%s/%s.eml", folder, name), "rb");
	assert_non_null(f);
	size_t n = fread(bytes, 1, sizeof bytes, f);
	(void)fclose(f);
	return read_bytes(bytes, n);
}

static const char *word(json_t *o, const char *name) { return json_string_value(json_object_get(o, name)); }
static bool flag(json_t *o, const char *name) { return json_is_true(json_object_get(o, name)); }
static const char *item(json_t *o, const char *name, size_t i)
{
	return json_string_value(json_array_get(json_object_get(o, name), i));
}

static void a_plain_mail_is_what_it_is(void **state)
{
	(void)state;
	json_t *o = read_file("plain");
	assert_string_equal(word(o, "from"), "maria@vinterby.example");
	assert_string_equal(word(o, "from_name"), "Maria Holm");
	assert_string_equal(word(o, "subject"), "A nurse from Kharkiv");
	assert_string_equal(word(o, "message_id"), "one.1@vinterby.example");
	assert_string_equal(word(o, "language"), "en");
	assert_string_equal(word(o, "text"), "Hello,\n\nwhom do we ask about an authorisation?\n\nMaria");
	assert_string_equal(item(o, "to", 0), "hotline@randers.example");
	assert_false(flag(o, "html") || flag(o, "suppress") || flag(o, "list") || flag(o, "empty_return") ||
	             flag(o, "cut"));
	assert_int_equal(json_array_size(json_object_get(o, "attachments")), 0);
}

static void letters_of_any_set_are_letters(void **state)
{
	static const struct {
		const char *file, *subject, *text, *name;
	} all[] = {
		{ "latin1_qp", "Spørgsmål om sygeplejersker", "Kære hotline, vi har fået en spørger.", "Søren Åberg" },
		{ "koi8u", "Запитання про диплом", "Добрий день, їду до Рандерса.", "Олена Їжак" },
		{ "windows1251", "Робота", "Шукаю роботу медсестрою.", "" },
		{ "split_letter", "Æblegrød og ølandsbrød til åen", "x", "" },
		{ "unknown_charset", "smørrebrød", "smørrebrød", "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		json_t *o = read_file(all[i].file);
		assert_string_equal(word(o, "subject"), all[i].subject);
		assert_string_equal(word(o, "text"), all[i].text);
		assert_string_equal(word(o, "from_name"), all[i].name);
	}
}

static void of_two_bodies_the_plain_one_is_shown_and_files_are_named(void **state)
{
	(void)state;
	json_t *o = read_file("alternative"), *files = json_object_get(o, "attachments");
	assert_string_equal(word(o, "text"), "Plain words, æøå.");
	assert_false(flag(o, "html"));
	assert_int_equal(json_array_size(files), 2);
	assert_string_equal(word(json_array_get(files, 0), "name"), "Ansøgning og CV.pdf");
	assert_string_equal(word(json_array_get(files, 0), "type"), "application/pdf");
	assert_int_equal(json_integer_value(json_object_get(json_array_get(files, 0), "size")), 17);
	assert_string_equal(word(json_array_get(files, 1), "name"), "billede æ.png");
}

static void html_alone_becomes_text_and_its_quote_is_kept_apart(void **state)
{
	(void)state;
	json_t *o = read_file("html_only");
	assert_true(flag(o, "html"));
	assert_string_equal(word(o, "text"), "Tak for hjælpen.");
	assert_string_equal(word(o, "quoted"), "Den 3. nov. 2026 skrev Hotline:\n\nRing til os");
	assert_string_equal(word(o, "from_name"), "Holm, Maria");
	assert_string_equal(item(o, "to", 0), "hotline+k3j5x2a9bq@randers.example");
	assert_string_equal(item(o, "to", 1), "other@randers.example");
	assert_string_equal(item(o, "references", 0), "one.1@vinterby.example");
	assert_string_equal(item(o, "references", 1), "6f9619ff-8b86-4011-b42d-00cf4fc964ff@landgang.example");
}

static void machines_say_that_they_are(void **state)
{
	(void)state;
	json_t *o = read_file("auto_reply");
	assert_string_equal(word(o, "auto_submitted"), "auto-replied");
	assert_string_equal(word(o, "precedence"), "bulk");
	assert_true(flag(o, "suppress") && flag(o, "empty_return"));
	o = read_file("bounce");
	assert_true(flag(o, "report") && flag(o, "empty_return"));
	assert_string_equal(item(o, "references", 0), "a1b2c3@landgang.example");
	assert_string_equal(word(o, "text"), "Nobody of that name.");
	assert_true(flag(read_file("list"), "list"));
}

static void what_is_broken_is_read_as_far_as_it_goes(void **state)
{
	(void)state;
	json_t *o = read_file("no_boundary");
	assert_true(flag(o, "cut"));
	assert_non_null(strstr(word(o, "text"), "words"));
	o = read_file("cut_off");
	assert_true(flag(o, "cut"));
	assert_string_equal(word(o, "text"), "These words are here");
	assert_string_equal(word(json_array_get(json_object_get(o, "attachments"), 0), "name"), "a.bin");
	assert_true(flag(read_file("deep"), "cut"));
	o = read_file("many_parts");
	assert_true(flag(o, "cut"));
	assert_non_null(strstr(word(o, "text"), "a\na"));
}

static void nothing_hides_in_what_is_shown(void **state)
{
	(void)state;
	json_t *o = read_file("bidi");
	assert_string_equal(word(o, "subject"), "abcgpj.exe Bcc: x");
	assert_string_equal(word(o, "text"), "abcdef[31m");
	/* UTF-7 is no way to bring in anything: it is text like any other. */
	assert_string_equal(word(read_file("utf7"), "subject"), "<script>");
}

static void what_has_no_head_is_no_mail(void **state)
{
	(void)state;
	struct lg_buf out = { 0 };
	assert_int_equal(lg_mail_read(&cx, &out, "", 0), LG_INVALID);
	assert_int_equal(lg_mail_read(&cx, &out, "\r\nbody", 6), LG_INVALID);
	assert_int_equal(lg_mail_read(&cx, &out, "\0\0\0", 3), LG_INVALID);
	lg_buf_free(&out);
}

static void large_mails_are_cut_and_said_to_be(void **state)
{
	(void)state;
	struct lg_buf b = { 0 };
	lg_puts(&b, "From: a@b.example\nSubject: ");
	for (int i = 0; i < 20000; i++) lg_puts(&b, "long ");
	lg_puts(&b, "\n\n");
	for (int i = 0; i < 200000; i++) lg_puts(&b, "words\n");
	json_t *o = read_bytes(b.data, b.len);
	assert_true(flag(o, "cut"));
	assert_true(strlen(word(o, "subject")) <= LG_MAIL_LINE);
	assert_in_range(strlen(word(o, "text")), LG_MAIL_TEXT - 10, LG_MAIL_TEXT);
	lg_buf_free(&b);
}

static void quotes_are_found_in_our_languages(void **state)
{
	static const struct {
		const char *said, *quoted;
	} all[] = {
		{ "Yes.\n", "\nOn Mon, 2 Nov 2026 at 09:12, Hotline <h@x.example> wrote:\n> Ring us\n" },
		{ "Ja tak.\n\n", "Den man. 2. nov. 2026 kl. 09.12 skrev Hotline <h@x.example>:\n\n> Ring\n>\n> os\n" },
		{ "Ja.\n", "________________\nFrån: Hotline\nSkickat: den 2 november 2026\nTill: Maria\nÄmne: "
		           "Hej\n\nRing oss\n" },
		{ "Так.\n", "пн, 2 лист. 2026 р. о 09:12 Hotline <h@x.example> пише:\n\n> Дзвоніть\n" },
		{ "Ja.\n\n", "-----Oprindelig meddelelse-----\nFra: Hotline\nSendt: 2. november 2026\n\nRing\n" },
		{ "Ja.\n", "> Ring\n> os\n" },
		/* Somebody answers between the lines: nothing is cut. */
		{ "> Ring us\nWhen?\n> on Monday\nGood.\n", "" },
		{ "On Monday she wrote:\nnothing much, really.\n> a\nb\n", "" },
		/* All of it is quoted, or forwarded: it is shown. */
		{ "> Ring\n> os\n", "" },
		{ "From: a\nSent: today\n\nwords\n", "" },
		{ "I was told: ring.\n", "" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const char *whole = lg_printf(cx.mem, "%s%s", all[i].said, all[i].quoted);
		size_t n = strlen(whole), at = lg_mail_quote(whole, n), want = strlen(all[i].said);
		while (at < n && at > want && strchr("\n_", whole[at - 1])) at--; /* the bar above a head is no word */
		while (at < want && whole[at] == '\n') at++;
		if (at != want) fail_msg("%zu: at %zu, not %zu: %s", i, at, want, whole);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, begin, finish)
		T(a_plain_mail_is_what_it_is),
		T(letters_of_any_set_are_letters),
		T(of_two_bodies_the_plain_one_is_shown_and_files_are_named),
		T(html_alone_becomes_text_and_its_quote_is_kept_apart),
		T(machines_say_that_they_are),
		T(what_is_broken_is_read_as_far_as_it_goes),
		T(nothing_hides_in_what_is_shown),
		T(what_has_no_head_is_no_mail),
		T(large_mails_are_cut_and_said_to_be),
		T(quotes_are_found_in_our_languages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
