/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "formats/rows.h"

/* Everything the reader tells, as one text. */
static const char *const columns[] = { "id", "name", "list" };

static enum lg_err on_header(void *self, uint64_t known)
{
	lg_putf(self, "known %llu\n", (unsigned long long)known);
	return LG_OK;
}

static void on_unknown(void *self, const char *name, uint64_t line)
{
	lg_putf(self, "unknown %s at %llu\n", name, (unsigned long long)line);
}

static void on_record(void *self, const struct lg_record *r)
{
	lg_putf(self, "%llu:", (unsigned long long)r->line);
	if (r->fault)
		lg_putf(self, " FAULT (%s) [%.*s] %.40s", r->column, (int)(r->value.n < 20 ? r->value.n : 20),
		        r->value.text, r->fault);
	for (size_t i = 0; !r->fault && i < 3; i++) {
		assert_int_equal(strlen(r->cells[i].text), r->cells[i].n);
		lg_putf(self, " %s|", r->cells[i].text);
	}
	lg_putc(self, '\n');
}

/* Read `text` in pieces of `step` bytes. @return the note's text, or NULL; the story is appended to `out` */
static const char *read_pieces(struct lg_ctx *cx, struct lg_buf *out, const char *text, size_t n, size_t step)
{
	const struct lg_sink sink = { out, columns, 3, on_header, on_unknown, on_record };
	struct lg_rows *rows = lg_rows_new(cx, "f.csv", &sink);
	enum lg_err err = LG_OK;
	for (size_t i = 0; i < n && err == LG_OK; i += step)
		err = lg_rows_feed(rows, text + i, n - i < step ? n - i : step);
	enum lg_err end = lg_rows_end(rows);
	assert_int_equal(err == LG_OK ? LG_OK : LG_INVALID, err);
	if (err != LG_OK) assert_int_equal(end, LG_INVALID);
	if (end == LG_OK) {
		assert_null(cx->notes);
		return NULL;
	}
	assert_non_null(cx->notes);
	assert_null(cx->notes->next); /* one note */
	assert_string_equal(cx->notes->field, "f.csv");
	lg_puts(out, "FILE ");
	return cx->notes->text;
}

/* The same story whole, byte by byte, and in sevens. */
static void expect(const char *text, const char *story)
{
	static const size_t steps[] = { 1 << 20, 1, 7 };
	for (size_t i = 0; i < 3; i++) {
		struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
		struct lg_buf out = { 0 };
		assert_null(read_pieces(&cx, &out, text, strlen(text), steps[i]));
		assert_string_equal(out.data, story);
		lg_buf_free(&out);
		lg_arena_free(cx.mem);
	}
}

static void refused(const char *text, size_t n, const char *why)
{
	static const size_t steps[] = { 1 << 22, 1, 7 };
	for (size_t i = 0; i < 3; i++) {
		struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
		struct lg_buf out = { 0 };
		const char *note = read_pieces(&cx, &out, text, n, n > 100000 ? 65536 + i : steps[i]);
		assert_non_null(note);
		if (!strstr(note, why)) fail_msg("\"%s\" is not in \"%s\"", why, note);
		lg_buf_free(&out);
		lg_arena_free(cx.mem);
	}
}
#define REFUSED(text, why) refused(text, sizeof(text) - 1, why)

static void commas_semicolons_and_line_ends(void **state)
{
	(void)state;
	const char *story = "known 7\n2: 1| Åse| a;b|\n3: 2| x y| |\n";
	expect("id,name,list\n1,Åse,a;b\n2,x y,\n", story);
	expect("id;name;list\r\n1;Åse;\"a;b\"\r\n2; x y ;\r\n", story);
	expect("\xEF\xBB\xBFid,name,list\r\n1,Åse,a;b\r\n2,\" x y \",", story);
	expect("ID , Name,LIST\n1,Åse,a;b\n2,x y,\n", story);
	expect("id,name,list\r1,Åse,a;b\r2,x y,\r", story);
	expect("{\"id\":1,\"name\":\"Åse\",\"list\":[\"a\",\"b\"]}\n{\"list\":null,\"id\":\"2\",\"name\":\" x y \"}\n",
	       "known 7\n1: 1| Åse| a;b|\n2: 2| x y| |\n");
	expect(
	    "\xEF\xBB\xBF\n {\"id\":1,\"name\":\"Åse\",\"list\":[\"a\",\"b\"]}\r\n\r\n{\"id\":\"2\",\"name\":\"x y\"}",
	    "known 7\n2: 1| Åse| a;b|\n4: 2| x y| |\n");
}

/* As many as a spreadsheet may have before its table. Nothing is read twice, or kept. */
static void blank_lines_before_the_table_cost_nothing(void **state)
{
	enum { MANY = 1 << 21 };
	(void)state;
	struct lg_buf text = { 0 };
	for (int i = 0; i < MANY / 2; i++) lg_puts(&text, "\r\n");
	lg_puts(&text, "{\"id\":\"x\"}\n{\"id\":\"\",\"\":\"Cell A2 is wrong.\"}\n");
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_buf out = { 0 };
	assert_null(read_pieces(&cx, &out, text.data, text.len, 3));
	assert_string_equal(out.data, "known 1\n1048577: x| | |\n1048578: FAULT () [] Cell A2 is wrong.\n");
	lg_buf_free(&out);
	lg_buf_free(&text);
	lg_arena_free(cx.mem);
}

static void lines_are_physical_lines(void **state)
{
	(void)state;
	expect("\n\nid,name\n\n1,\"a\nb\n\nc\"\n2,d\n\n\n3,\"\r\n\"\r\n4,e", "known 3\n5: 1| a\nb\n\nc| |\n9: 2| d| |\n"
	                                                                     "12: 3| | |\n14: 4| e| |\n");
	expect("id,name\r\n1,\"a\r\nb\"\r\n2,c\r\n", "known 3\n2: 1| a\r\nb| |\n4: 2| c| |\n");
}

static void unknown_columns_are_named(void **state)
{
	(void)state;
	expect("id,sex,\"age \"\n1,f,30\n2,m,40\n",
	       "known 1\nunknown sex at 1\nunknown age at 1\n2: 1| | |\n3: 2| | |\n");
	expect("{\"id\":1,\"sex\":\"f\"}\n{\"id\":2}\n", "known 1\nunknown sex at 1\n1: 1| | |\n2: 2| | |\n");
}

static void numbers_and_truth_in_json(void **state)
{
	(void)state;
	expect("{\"id\":12345678901,\"name\":true,\"list\":[1,2.50,false]}\n{\"id\":0.1,\"name\":-3.0}\n",
	       "known 7\n1: 12345678901| true| 1;2.5;false|\n2: 0.1| -3| |\n");
}

static void a_broken_row_does_not_stop_the_others(void **state)
{
	(void)state;
	expect("id,name\n1\n2,b\n3,c,d\n4,e\n", "known 3\n2: FAULT () [1] The row has 1 fields, the first line has\n"
	                                        "3: 2| b| |\n"
	                                        "4: FAULT () [3,c,d] The row has 3 fields, the first line has\n"
	                                        "5: 4| e| |\n");
	expect("id,name\n1,5\" pipe\n2,b\n3,\"x\"y\n4,e\n",
	       "known 3\n2: FAULT () [1] A quotation mark stands inside or behind\n3: 2| b| |\n"
	       "4: FAULT () [3] A quotation mark stands inside or behind\n5: 4| e| |\n");
	expect("id,name\n1,a\xFFz\n2,b\n",
	       "known 3\n2: FAULT (name) [a\xFFz] This text is not UTF-8. Save the file as\n3: 2| b| |\n");
	expect("id,name\n1,a\n2,\"b\n3,c\n",
	       "known 3\n2: 1| a| |\n3: FAULT () [2] A quotation mark that opens here is neve\n");
}

static void a_broken_object_does_not_stop_the_others(void **state)
{
	(void)state;
	expect("{\"id\":1}\n{\"id\":\n[1]\n{\"id\":2,\"id\":3}\n{\"id\":{}}\n{\"id\":4}\n",
	       "known 1\n1: 1| | |\n2: FAULT () [{\"id\":] The line is not one whole JSON object (u\n"
	       "3: FAULT () [[1]] The line must be one JSON object { }.\n"
	       "4: FAULT () [{\"id\":2,\"id\":3}] The line is not one whole JSON object (d\n"
	       "5: FAULT (id) [] Give a text, a number, true, false or a \n6: 4| | |\n");
	expect("{\"id\":1}\n{\"id\":\"\xC3\x28\"}\n{\"id\":4}\n",
	       "known 1\n1: 1| | |\n2: FAULT () [{\"id\":\"\xC3(\"}] This line is not UTF-8. Write NDJSON in \n3: 4| | "
	       "|\n");
}

static void files_that_are_something_else(void **state)
{
	(void)state;
	REFUSED("", "empty");
	REFUSED("\n \n\r\n", "empty");
	REFUSED("\xEF\xBB\xBF", "empty");
	REFUSED("PK\3\4\x14\0\6\0", "Excel");
	REFUSED("%PDF-1.7\n%abc\n", "PDF");
	REFUSED("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", "old Excel");
	REFUSED("\xFF\xFEi\0d\0\n\0", "UTF-16");
	REFUSED("\xFE\xFF\0i\0d\0\n", "UTF-16");
	REFUSED("i\0d\0,\0n\0", "UTF-16");
	REFUSED("\0i\0d\0,\0n", "UTF-16");
	REFUSED("id,na\0me\n", "NUL");
	REFUSED("id,name\n1,a\n2,\0\n", "NUL");
	REFUSED("<!DOCTYPE html>\n<p>", "HTML");
	REFUSED("[{\"id\":1}]\n", "jq -c");
	REFUSED("{\n \"id\": 1\n}\n", "several lines");
	REFUSED("id\tname\n1\ta\n", "tabs");
	REFUSED("1,Anna,x\n2,Bo,y\n", "No header");
	REFUSED("id,name,id\n1,a,2\n", "twice");
	REFUSED("id,n\xE6me\n1,a\n", "UTF-8");
	REFUSED("id,na\"me\n1,a\n", "header");
	REFUSED("id,\"name\n1,a\n", "header");
	REFUSED("{\"id\":\n{\"id\"\n", "no record");
}

static void records_have_a_limit(void **state)
{
	(void)state;
	static char text[(3 << 20) + 16];
	memset(text, 'x', sizeof text);
	refused(text, sizeof text, "longer than 1 MiB");
	memcpy(text, "id,name\n1,", 10);
	refused(text, sizeof text, "line 2 is longer than 1 MiB");
	memcpy(text, "id,name\n1,\"\n", 12);
	refused(text, sizeof text, "line 2 is longer than 1 MiB");
	memcpy(text, "{\"id\":1}\n{\"name\":\"", 18);
	refused(text, sizeof text, "line 2 is longer than 1 MiB");
	for (size_t i = 8; i < sizeof text; i++) text[i] = i % 100 ? ' ' : '\n'; /* blank lines are no record */
	memcpy(text, "id,name\n", 8);
	memcpy(text + sizeof text - 5, "\n1,a\n", 5);
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_buf out = { 0 };
	assert_null(read_pieces(&cx, &out, text, sizeof text, 4096));
	assert_non_null(strstr(out.data, ": 1| a| |"));
	lg_buf_free(&out);
	lg_arena_free(cx.mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_semicolons_and_line_ends),
		cmocka_unit_test(blank_lines_before_the_table_cost_nothing),
		cmocka_unit_test(lines_are_physical_lines),
		cmocka_unit_test(unknown_columns_are_named),
		cmocka_unit_test(numbers_and_truth_in_json),
		cmocka_unit_test(a_broken_row_does_not_stop_the_others),
		cmocka_unit_test(a_broken_object_does_not_stop_the_others),
		cmocka_unit_test(files_that_are_something_else),
		cmocka_unit_test(records_have_a_limit),
	};
	return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
