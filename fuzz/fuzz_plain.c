/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is let through is clean UTF-8, and reading it again changes nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_buf once = { 0 }, again = { 0 };
	if (lg_plain_text(&cx, &once, (const char *)data, size) == LG_OK) {
		lg_assert(lg_utf8_span(once.data, once.len) == once.len);
		for (size_t i = 0; i < once.len; i++) {
			unsigned char c = (unsigned char)once.data[i];
			lg_assert(c >= 0x20 || c == '\n' || c == '\t');
			lg_assert(c != 0x7F && (c != 0xC2 || (unsigned char)once.data[i + 1] >= 0xA0));
		}
		bool marked = once.len >= 3 && !memcmp(once.data, "\xEF\xBB\xBF", 3); /* a second mark is a character */
		lg_assert(lg_plain_text(&cx, &again, once.data ? once.data : "", once.len) == LG_OK);
		lg_assert(marked || (again.len == once.len && (!once.len || !memcmp(again.data, once.data, once.len))));
	} else {
		lg_assert(cx.notes && cx.notes->text);
	}
	lg_buf_free(&once);
	lg_buf_free(&again);
	lg_arena_free(cx.mem);
	return 0;
}
