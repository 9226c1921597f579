/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/html.h"
#include "formats/jobposting.h"

/* Any bytes as postings: what comes is clean UTF-8 and has a title; what is printed of it can be read again. */
static enum lg_err nothing_more(struct lg_ctx *cx, const struct lg_buf *printed);

struct seen {
	struct lg_ctx *cx;
	bool again;
	size_t n;
};

static void on_posting(void *self, const struct lg_posting *p)
{
	struct seen *s = self;
	struct lg_buf printed = { 0 }, row = { 0 };
	lg_assert(*p->title && p->line && lg_utf8_span(p->title, strlen(p->title)) == strlen(p->title));
	s->n++;
	lg_posting_print(&printed, p);
	lg_posting_row(&row, p);
	lg_assert(lg_utf8_span(printed.data, printed.len) == printed.len && !memchr(printed.data, '<', printed.len));
	lg_assert(lg_utf8_span(row.data, row.len) == row.len);
	if (!s->again && nothing_more(s->cx, &printed) == LG_FAULT) abort();
	lg_buf_free(&printed);
	lg_buf_free(&row);
}

static void on_bad(void *self, uint64_t line, const char *what)
{
	(void)self;
	lg_assert(line && lg_utf8_span(what, strlen(what)) == strlen(what));
}

static enum lg_err nothing_more(struct lg_ctx *cx, const struct lg_buf *printed)
{
	struct seen s = { cx, true, 0 };
	const struct lg_posting_sink sink = { &s, on_posting, on_bad };
	const struct lg_note *notes = cx->notes;
	enum lg_err err = lg_postings_read(cx, "printed", printed->data, printed->len, &sink);
	cx->notes = (struct lg_note *)(uintptr_t)notes;
	return s.n > 1 ? LG_FAULT : err; /* none: a title that was only marks of HTML */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct seen s = { &cx, false, 0 };
	struct lg_buf text = { 0 };
	const struct lg_posting_sink sink = { &s, on_posting, on_bad };
	enum lg_err err = lg_postings_read(&cx, "f", (const char *)data, size, &sink);
	lg_assert((err == LG_OK) == !cx.notes);
	if (lg_utf8_span((const char *)data, size) == size) {
		lg_text_of_html(&cx, &text, (const char *)data, size);
		lg_assert(lg_utf8_span(text.data ? text.data : "", text.len) == text.len);
	}
	lg_buf_free(&text);
	lg_arena_free(cx.mem);
	return 0;
}
