/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <jansson.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unicode/udata.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cmd/parser.h"
#include "cmd/parser_frame.h"
#include "cmd/parser_pdf.h"
#include "cmd/sandbox.h"
#include "formats/document.h"
#include "formats/mail_read.h"
#include "formats/plain.h"
#include "formats/sheet.h"
#include "formats/xml.h"

enum { NOBODY = 65534, CANNOT = 3 };

static enum lg_err parse_text(struct lg_ctx *cx, struct lg_buf *out, const char *input, size_t n)
{
	return lg_plain_text(cx, out, input, n);
}

static enum lg_err parse_sheet(struct lg_ctx *cx, struct lg_buf *out, const char *input, size_t n)
{
	return lg_sheet_read(cx, out, input, n);
}

const struct parser_row parser_rows[PARSERS] = {
#define K(name, function, most_in, most_out, cpu_s, memory_mib)                                                        \
	{ #name, function, most_in, most_out, cpu_s, memory_mib },
#include "cmd/parser.def"
#undef K
};

/* One byte more than is allowed shows that there is more. */
static bool read_all(struct lg_buf *in, size_t most)
{
	char some[16384];
	for (ssize_t n; in->len <= most;) {
		n = read(STDIN_FILENO, some, sizeof some);
		if (n == 0) return true;
		if (n < 0) return false;
		lg_put(in, some, (size_t)n);
	}
	return false;
}

static bool write_all(const void *bytes, size_t n)
{
	for (const char *p = bytes; n;) {
		ssize_t put = write(STDOUT_FILENO, p, n);
		if (put <= 0) return false;
		p += put;
		n -= (size_t)put;
	}
	return true;
}

static bool answer(enum lg_err err, const char *text, size_t n)
{
	struct parser_frame head = { PARSER_MARK, (uint32_t)err, (uint32_t)n };
	return write_all(&head, sizeof head) && write_all(text, n);
}

static bool work(struct lg_ctx *cx, const struct parser_row *row)
{
	struct lg_buf in = { 0 }, out = { 0 };
	if (!read_all(&in, row->most_in)) return false;
	enum lg_err err = row->read(cx, &out, in.data ? in.data : "", in.len);
	const char *why = cx->notes && cx->notes->text ? cx->notes->text : lg_err_text(err);
	if (err == LG_OK && out.len <= row->most_out) return answer(LG_OK, out.data ? out.data : "", out.len);
	if (err == LG_OK) {
		err = LG_INVALID;
		why = "There is more in this file than can be taken at once. Give it in parts.";
	}
	return answer(err, why, lg_utf8_span(why, strnlen(why, PARSER_MOST_NOTE))); /* whole letters */
}

/* What a library would open files for, before there are none. */
static void prepare(const struct parser_row *row)
{
	UErrorCode wrong = U_ZERO_ERROR;
	(void)setenv("TZ", "UTC0", 1); /* the C library asks which zone it is when a zip file has a time */
	tzset();
	udata_setFileAccess(UDATA_NO_FILES, &wrong); /* ICU's data are in its library */
	json_object_seed(0);                         /* of chance that is read from a file */
	(void)setlocale(LC_CTYPE, "C.UTF-8"); /* which is always there: names in zips are then taken as they are */
	lg_xml_ready();
	if (row->read == parser_pdf) parser_pdf_prepare();
}

int parser_be(const struct parser_row *row)
{
	unsigned cpu_s = row->cpu_s ? row->cpu_s : PARSER_CPU_S;
	unsigned memory_mib = row->memory_mib ? row->memory_mib : PARSER_MEMORY_MIB;
	struct lg_ctx cx = { .mem = lg_arena_new((size_t)memory_mib << 19, NULL) }; /* half of it */
	prepare(row);
	if (sandbox_drop(&cx, NOBODY, NOBODY) != LG_OK || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 ||
	    !sandbox_tighten(cpu_s, memory_mib) || sandbox_enter(&cx, SANDBOX_PARSER, false) != LG_OK)
		_exit(CANNOT);
	/* Nothing is torn down: the process ends with its memory. */
	_exit(work(&cx, row) ? 0 : CANNOT);
}

int parser_be_named(const char *name)
{
	for (size_t i = 0; i < PARSERS; i++)
		if (!strcmp(parser_rows[i].name, name)) return parser_be(&parser_rows[i]);
	return CANNOT;
}
