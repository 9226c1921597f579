/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "base/utf8.h"
#include "formats/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef enum lg_err reader(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n);

static void check(reader *read, const char *bytes, size_t n)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_buf out = { 0 };
	if (read(&cx, &out, bytes, n) != LG_OK) lg_assert(cx.notes && cx.notes->text);
	lg_assert(out.len <= LG_DOCUMENT_TEXT && lg_utf8_span(out.data, out.len) == out.len);
	lg_assert(!out.len || !memchr(out.data, '\0', out.len));
	lg_buf_free(&out);
	lg_arena_free(cx.mem);
}

/* Whatever is read as whatever: out comes clean text, and not too much of it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	enum lg_document is = lg_document_is(bytes, size);
	lg_assert(is <= LG_DOCUMENTS);
	if (size && data[0] == 'P') {
		check(lg_document_docx, bytes, size);
		check(lg_document_odt, bytes, size);
	} else {
		check(lg_document_txt, bytes, size);
	}
	return 0;
}
