/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Any bytes as a mail that came: what comes out is bounded JSON of clean text, in which nothing can turn or hide
 * anything; and what is cut off as quoted is the end of the text. */
#include <jansson.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/mail_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *s, size_t n, bool lines)
{
	lg_assert(lg_utf8_span(s, n) == n);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		lg_assert(c >= ' ' || (lines && (c == '\n' || c == '\t')));
		lg_assert(c != 0x7F && !(c == 0xC2 && (unsigned char)s[i + 1] < 0xA0));
		lg_assert(!(c == 0xE2 && (unsigned char)s[i + 1] == 0x80 && (unsigned char)s[i + 2] == 0xAE));
	}
}

static void check_list(const json_t *o, const char *name, size_t most)
{
	size_t i;
	json_t *one;
	lg_assert(json_array_size(json_object_get(o, name)) <= most);
	json_array_foreach(json_object_get(o, name), i, one)
	{
		const char *text = json_string_value(json_is_object(one) ? json_object_get(one, "name") : one);
		lg_assert(text && strlen(text) <= LG_MAIL_LINE);
		check_text(text, strlen(text), false);
	}
}

static void check(const struct lg_buf *out)
{
	static const char *const words[] = { "message_id", "from",           "from_name", "subject",
		                             "language",   "auto_submitted", "precedence" };
	json_t *o = json_loadb(out->data, out->len, 0, NULL);
	lg_assert(o);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *text = json_string_value(json_object_get(o, words[i]));
		lg_assert(text && strlen(text) <= LG_MAIL_LINE);
		check_text(text, strlen(text), false);
	}
	const char *text = json_string_value(json_object_get(o, "text")),
	           *quoted = json_string_value(json_object_get(o, "quoted"));
	lg_assert(text && quoted && strlen(text) + strlen(quoted) <= LG_MAIL_TEXT);
	check_text(text, strlen(text), true);
	check_text(quoted, strlen(quoted), true);
	check_list(o, "references", LG_MAIL_IDS);
	check_list(o, "to", LG_MAIL_IDS);
	check_list(o, "attachments", LG_MAIL_ATTACHMENTS);
	json_decref(o);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new((size_t)128 << 20, NULL) };
	struct lg_buf out = { 0 };
	if (lg_mail_read(&cx, &out, (const char *)data, size) == LG_OK)
		check(&out);
	else
		lg_assert(cx.notes && cx.notes->text);
	lg_buf_free(&out);
	lg_arena_free(cx.mem);
	return 0;
}
