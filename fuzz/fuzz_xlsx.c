/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/xlsx.h"

/*
 * The first byte says what the others are: a whole workbook, or a sheet, the shared texts or the styles of one that is
 * well otherwise. What is let through is clean NDJSON, and says the same as the reader for sinks.
 */
enum { WHOLE, SHEET, TEXTS, STYLES, KINDS, ROOM = 1 << 20 };

static const char *const parts[][2] = {
	{ "_rels/.rels",
	  "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>" },
	{ "xl/workbook.xml",
	  "<workbook xmlns:r='urn:r'><sheets><sheet name='S' sheetId='1' r:id='1'/></sheets></workbook>" },
	{ "xl/_rels/workbook.xml.rels",
	  "<Relationships><Relationship Id='1' Type='x/worksheet' Target='1.xml'/><Relationship Id='2' "
	  "Type='x/sharedStrings' Target='2.xml'/><Relationship Id='3' Type='x/styles' "
	  "Target='3.xml'/></Relationships>" },
	{ "xl/1.xml", "<worksheet><sheetData><row r='1'><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row><row r='3'><c "
	              "r='A3' s='1'><v>46354.5</v></c>"
	              "<c t='s'><v>1</v></c></row></sheetData></worksheet>" },
	{ "xl/2.xml", "<sst><si><t>id</t></si><si><r><t>b</t></r></si></sst>" },
	{ "xl/3.xml", "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy-mm-dd "
	              "hh:mm'/></numFmts><cellXfs><xf numFmtId='0'/>"
	              "<xf numFmtId='164'/></cellXfs></styleSheet>" },
};

static size_t zip(char *room, int kind, const char *bytes, size_t n)
{
	struct archive *a = archive_write_new();
	size_t used = 0;
	lg_assert(archive_write_set_format_zip(a) == ARCHIVE_OK &&
	          archive_write_zip_set_compression_store(a) == ARCHIVE_OK);
	lg_assert(archive_write_open_memory(a, room, ROOM, &used) == ARCHIVE_OK);
	for (int i = 0; i < 6; i++) {
		bool fuzzed = i == kind + 2;
		size_t size = fuzzed ? n : strlen(parts[i][1]);
		struct archive_entry *e = archive_entry_new();
		archive_entry_set_pathname(e, parts[i][0]);
		archive_entry_set_size(e, (la_int64_t)size);
		archive_entry_set_filetype(e, AE_IFREG);
		lg_assert(archive_write_header(a, e) == ARCHIVE_OK);
		lg_assert(archive_write_data(a, fuzzed ? bytes : parts[i][1], size) == (la_ssize_t)size);
		archive_entry_free(e);
	}
	lg_assert(archive_write_close(a) == ARCHIVE_OK);
	archive_write_free(a);
	return used;
}

struct counted {
	uint64_t n, faults, last;
};

static enum lg_err on_header(void *self, uint64_t known)
{
	(void)self;
	lg_assert(known);
	return LG_OK;
}

static void on_unknown(void *self, const char *name, uint64_t line)
{
	(void)self;
	lg_assert(*name && line);
}

static void on_record(void *self, const struct lg_record *r)
{
	struct counted *c = self;
	lg_assert(r->line > c->last && r->line <= LG_XLSX_ROW_MAX);
	c->last = r->line;
	c->n++;
	c->faults += r->fault != NULL;
	if (!r->fault)
		lg_assert(lg_utf8_span(r->cells[0].text, r->cells[0].n) == r->cells[0].n &&
		          !r->cells[0].text[r->cells[0].n]);
}

static const char *const columns[] = { "id" };

static void check_rows(struct lg_ctx *cx, const struct lg_buf *out, const struct counted *direct)
{
	struct counted again = { 0 };
	const struct lg_sink sink = { &again, columns, 1, on_header, on_unknown, on_record };
	struct lg_rows *rows = lg_rows_new(cx, "f", &sink);
	lg_assert(lg_rows_feed(rows, out->data, out->len) == LG_OK && lg_rows_end(rows) == LG_OK);
	lg_assert(again.n == direct->n && again.faults == direct->faults && again.last == direct->last);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char room[ROOM];
	if (!size || size > ROOM / 2) return 0;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_buf out = { 0 };
	struct counted direct = { 0 };
	const struct lg_sink sink = { &direct, columns, 1, on_header, on_unknown, on_record };
	const char *bytes = (const char *)data + 1;
	size_t n = size - 1;
	if (*data % KINDS != WHOLE) {
		n = zip(room, *data % KINDS, bytes, n);
		bytes = room;
	}
	enum lg_err json = lg_xlsx_ndjson(&cx, &out, "f", bytes, n, NULL);
	lg_assert(json == LG_OK || (json == LG_INVALID && cx.notes && !cx.notes->next));
	lg_assert(json != LG_OK || lg_utf8_span(out.data, out.len) == out.len);
	cx.notes = NULL;
	enum lg_err rows = lg_xlsx_rows(&cx, "f", bytes, n, NULL, &sink);
	lg_assert((rows == LG_OK) == !cx.notes);
	if (json == LG_OK && rows == LG_OK) check_rows(&cx, &out, &direct);
	lg_buf_free(&out);
	lg_arena_free(cx.mem);
	return 0;
}
