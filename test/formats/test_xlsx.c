/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>
#include <xlsxwriter.h>

#include "base/utf8.h"
#include "formats/xlsx.h"

static int set_up(void **state)
{
	static struct lg_ctx cx;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	*state = &cx;
	return 0;
}

static int tear_down(void **state)
{
	struct lg_ctx *cx = *state;
	lg_arena_free(cx->mem);
	return 0;
}

static void free_bytes(void *bytes) { free(bytes); }

/* --------------------------------------------------------------------------------------------- what a sink heard */

static const char *const columns[] = { "id", "title", "start", "open" };
enum { ID, TITLE, START, OPEN, COLUMNS };

struct heard {
	struct lg_ctx *cx;
	uint64_t known;
	struct lg_buf unknown; /* "name@line;" */
	size_t n, n_faults;
	uint64_t line[40];
	const char *cell[40][COLUMNS], *fault[40], *column[40];
};

static enum lg_err on_header(void *self, uint64_t known)
{
	((struct heard *)self)->known = known;
	return LG_OK;
}

static void on_unknown(void *self, const char *name, uint64_t line)
{
	lg_putf(&((struct heard *)self)->unknown, "%s@%llu;", name, (unsigned long long)line);
}

static void on_record(void *self, const struct lg_record *r)
{
	struct heard *h = self;
	assert_true(h->n < 40);
	h->line[h->n] = r->line;
	h->fault[h->n] = r->fault ? lg_strdup(h->cx->mem, r->fault) : NULL;
	h->column[h->n] = lg_strdup(h->cx->mem, r->column);
	for (int c = 0; c < COLUMNS && !r->fault; c++) {
		assert_int_equal(strlen(r->cells[c].text), r->cells[c].n);
		h->cell[h->n][c] = lg_strdup(h->cx->mem, r->cells[c].text);
	}
	h->n_faults += r->fault != NULL;
	h->n++;
}

struct file {
	const void *bytes;
	size_t n;
};

static enum lg_err read_sheet(struct lg_ctx *cx, struct file f, const char *sheet, struct heard *h)
{
	const struct lg_sink sink = { h, columns, COLUMNS, on_header, on_unknown, on_record };
	*h = (struct heard){ .cx = cx };
	return lg_xlsx_rows(cx, "f.xlsx", f.bytes, f.n, sheet, &sink);
}

/* The way through the sandbox: NDJSON, then the row reader. */
static enum lg_err read_json(struct lg_ctx *cx, struct file f, const char *sheet, struct heard *h)
{
	const struct lg_sink sink = { h, columns, COLUMNS, on_header, on_unknown, on_record };
	struct lg_buf out = { 0 };
	*h = (struct heard){ .cx = cx };
	enum lg_err err = lg_xlsx_ndjson(cx, &out, "f.xlsx", f.bytes, f.n, sheet);
	if (err == LG_OK) {
		struct lg_rows *r = lg_rows_new(cx, "f.xlsx", &sink);
		assert_int_equal(lg_utf8_span(out.data, out.len), out.len);
		err = lg_rows_feed(r, out.data, out.len);
		if (err == LG_OK) err = lg_rows_end(r);
	}
	lg_buf_free(&out);
	return err;
}

static void refused(struct lg_ctx *cx, struct file f, const char *words)
{
	struct heard h;
	cx->notes = NULL;
	assert_int_equal(read_sheet(cx, f, NULL, &h), LG_INVALID);
	assert_non_null(cx->notes);
	assert_null(cx->notes->next);
	if (!strstr(cx->notes->text, words)) fail_msg("\"%s\" does not say \"%s\"", cx->notes->text, words);
	lg_buf_free(&h.unknown);
}

/* ------------------------------------------------------------------------------------- files of a writer's library */

/* The library writes to a name only: that of a file in memory. */
static lxw_workbook *new_workbook(int *fd)
{
	char path[40];
	*fd = memfd_create("workbook", MFD_CLOEXEC);
	assert_true(*fd >= 0);
	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", *fd);
	lxw_workbook *book = workbook_new(path);
	assert_non_null(book);
	return book;
}

static struct file finish(struct lg_ctx *cx, lxw_workbook *book, int fd)
{
	assert_int_equal(workbook_close(book), LXW_NO_ERROR);
	off_t n = lseek(fd, 0, SEEK_END);
	assert_true(n > 0);
	char *bytes = malloc((size_t)n);
	assert_non_null(bytes);
	lg_defer(cx->mem, free_bytes, bytes);
	assert_int_equal(pread(fd, bytes, (size_t)n, 0), n);
	(void)close(fd);
	return (struct file){ bytes, (size_t)n };
}

static void header(lxw_worksheet *s)
{
	(void)worksheet_write_string(s, 0, 0, "ID", NULL);
	(void)worksheet_write_string(s, 0, 1, "Title", NULL);
	(void)worksheet_write_string(s, 0, 2, " start ", NULL);
	(void)worksheet_write_string(s, 0, 3, "open", NULL);
}

static lxw_format *shown_as(lxw_workbook *book, const char *code)
{
	lxw_format *f = workbook_add_format(book);
	format_set_num_format(f, code);
	return f;
}

static struct file written(struct lg_ctx *cx)
{
	int fd;
	lxw_workbook *book = new_workbook(&fd);
	lxw_worksheet *s = workbook_add_worksheet(book, "Jobs & more");
	lxw_datetime day = { 2026, 11, 28, 0, 0, 0 }, hour = { 2026, 11, 28, 13, 30, 0 };
	header(s);
	(void)worksheet_write_string(s, 0, 5, "Note", NULL);
	(void)worksheet_write_number(s, 1, 0, 1, NULL);
	(void)worksheet_write_string(s, 1, 1, "Кухар <på> \"dag\"\nog nat", NULL);
	(void)worksheet_write_datetime(s, 1, 2, &day, shown_as(book, "dd-mm-yyyy"));
	(void)worksheet_write_boolean(s, 1, 3, 1, NULL);
	(void)worksheet_write_number(s, 3, 0, 1234567.25, NULL);
	(void)worksheet_write_datetime(s, 3, 2, &hour, shown_as(book, "d. mmm yyyy hh:mm"));
	(void)worksheet_write_boolean(s, 3, 3, 0, NULL);
	(void)worksheet_write_string(s, 3, 5, "unasked", NULL);
	(void)worksheet_write_string(s, 3, 7, "stray", NULL);
	(void)worksheet_write_number(s, 4, 0, 101, shown_as(book, "0000"));
	(void)worksheet_write_formula_str(s, 4, 1, "=A1&\"x\"", NULL, "a sum");
	(void)worksheet_write_number(s, 4, 2, 0.5, shown_as(book, "[$-406]hh:mm;@"));
	(void)worksheet_write_number(s, 5, 0, 0.1 + 0.2, NULL);
	(void)worksheet_write_number(s, 5, 2, 1.5, shown_as(book, "[h]:mm"));
	s = workbook_add_worksheet(book, "Second");
	header(s);
	(void)worksheet_write_string(s, 1, 0, "second", NULL);
	return finish(cx, book, fd);
}

static void check_written(const struct heard *h)
{
	static const char *const want[][COLUMNS] = { { "1", "Кухар <på> \"dag\"\nog nat", "2026-11-28", "true" },
		                                     { "1234567.25", "", "2026-11-28T13:30:00", "false" },
		                                     { "0101", "a sum", "12:00", "" },
		                                     { "0.3", "", "36:00", "" } };
	static const uint64_t lines[] = { 2, 4, 5, 6 };
	assert_int_equal(h->known, 15);
	assert_int_equal(h->n, 4);
	assert_int_equal(h->n_faults, 0);
	for (size_t i = 0; i < h->n; i++) {
		assert_int_equal(h->line[i], lines[i]);
		for (int c = 0; c < COLUMNS; c++) assert_string_equal(h->cell[i][c], want[i][c]);
	}
}

static void what_a_spreadsheet_shows_is_read(void **state)
{
	struct heard h;
	assert_int_equal(read_sheet(*state, written(*state), NULL, &h), LG_OK);
	check_written(&h);
	assert_string_equal(h.unknown.data, "Note@1;column H@4;");
	lg_buf_free(&h.unknown);
}

static void ndjson_has_the_rows_as_its_lines(void **state)
{
	struct heard h;
	assert_int_equal(read_json(*state, written(*state), "jobs & MORE", &h), LG_OK);
	check_written(&h);
	lg_buf_free(&h.unknown);
}

static void a_sheet_is_found_by_its_name(void **state)
{
	struct lg_ctx *cx = *state;
	struct file f = written(cx);
	struct lg_xlsx_sheet *sheets;
	struct heard h;
	size_t n;
	assert_int_equal(read_sheet(cx, f, "Second", &h), LG_OK);
	assert_string_equal(h.cell[0][ID], "second");
	assert_int_equal(read_sheet(cx, f, "Third", &h), LG_INVALID);
	assert_string_equal(cx->notes->text, "There is no sheet \"Third\"; there is \"Jobs & more\", \"Second\".");
	assert_int_equal(lg_xlsx_sheets(cx, "f.xlsx", f.bytes, f.n, &sheets, &n), LG_OK);
	assert_int_equal(n, 2);
	assert_string_equal(sheets[0].name, "Jobs & more");
	assert_false(sheets[0].hidden);
}

static void hidden_sheets_are_not_the_first(void **state)
{
	int fd;
	struct lg_ctx *cx = *state;
	struct lg_xlsx_sheet *sheets;
	struct heard h;
	size_t n_sheets;
	lxw_workbook *book = new_workbook(&fd);
	lxw_worksheet *lists = workbook_add_worksheet(book, "Lists"), *s = workbook_add_worksheet(book, "Data");
	(void)worksheet_write_string(lists, 0, 0, "nothing", NULL);
	header(s);
	(void)worksheet_write_string(s, 1, 0, "x", NULL);
	worksheet_activate(s);
	worksheet_hide(lists);
	struct file f = finish(cx, book, fd);
	assert_int_equal(lg_xlsx_sheets(cx, "f.xlsx", f.bytes, f.n, &sheets, &n_sheets), LG_OK);
	assert_true(sheets[0].hidden && !sheets[1].hidden);
	assert_int_equal(read_sheet(cx, f, "", &h), LG_OK);
	assert_int_equal(h.n, 1);
}

static void ten_thousand_rows_come_through(void **state)
{
	int fd;
	struct lg_buf out = { 0 };
	lxw_workbook *book = new_workbook(&fd);
	lxw_worksheet *s = workbook_add_worksheet(book, NULL);
	header(s);
	for (lxw_row_t i = 1; i <= 10000; i++) {
		(void)worksheet_write_number(s, i, 0, i, NULL);
		(void)worksheet_write_string(s, i, 1, "the same text in each", NULL);
	}
	struct file f = finish(*state, book, fd);
	assert_int_equal(lg_xlsx_ndjson(*state, &out, "f", f.bytes, f.n, NULL), LG_OK);
	size_t lines = 0;
	for (size_t i = 0; i < out.len; i++) lines += out.data[i] == '\n';
	assert_int_equal(lines, 10001);
	const char *last = "{\"ID\":\"10000\",\"Title\":\"the same text in each\",\"start\":\"\",\"open\":\"\"}\n";
	assert_string_equal(out.data + out.len - strlen(last), last);
	lg_buf_free(&out);
}

/* ------------------------------------------------------------------------------------------------ hand-made files */

struct part {
	const char *name, *text;
};

static void put_part(struct archive *a, const char *name, const char *text, size_t n)
{
	struct archive_entry *e = archive_entry_new();
	archive_entry_set_pathname(e, name);
	archive_entry_set_size(e, (la_int64_t)n);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0644);
	assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
	assert_int_equal(archive_write_data(a, text, n), (la_ssize_t)n);
	archive_entry_free(e);
}

static struct file zipped(struct lg_ctx *cx, const struct part *parts, size_t n)
{
	enum { ROOM = 4 << 20 };
	struct archive *a = archive_write_new();
	struct file f = { malloc(ROOM), 0 };
	assert_non_null(f.bytes);
	lg_defer(cx->mem, free_bytes, (void *)(uintptr_t)f.bytes);
	assert_int_equal(archive_write_set_format_zip(a), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(a, (void *)(uintptr_t)f.bytes, ROOM, &f.n), ARCHIVE_OK);
	for (size_t i = 0; i < n; i++) put_part(a, parts[i].name, parts[i].text, strlen(parts[i].text));
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	return f;
}

#define RELS(inner)                                                                                                    \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" inner                 \
	"</Relationships>"
#define REL(id, type, target)                                                                                          \
	"<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type \
	"\" Target=\"" target "\"/>"
#define BOOK(inner)                                                                                                    \
	"<workbook xmlns:r=\"urn:r\">" inner "<sheets><sheet name=\"S\" sheetId=\"1\" "                                \
	"r:id=\"r1\"/></sheets></workbook>"
#define HEAD                                                                                                           \
	"<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c><c r=\"B1\" "                                  \
	"t=\"inlineStr\"><is><t>title</t></is></c><c r=\"C1\" t=\"inlineStr\"><is><t>start</t></is></c></row>"
#define SHEET(inner) "<worksheet><sheetData>" HEAD inner "</sheetData></worksheet>"

/* A workbook of one sheet; NULL: the part as it usually is, "": none. */
static struct file made_of(struct lg_ctx *cx, const char *book, const char *sheet, const char *strings,
                           const char *styles)
{
	struct part parts[6] = {
		{ "_rels/.rels", RELS(REL("a", "officeDocument", "xl/workbook.xml")) },
		{ "xl/workbook.xml", book ? book : BOOK("") },
		{ "xl/_rels/workbook.xml.rels",
		  RELS(REL("r1", "worksheet", "worksheets/../worksheets/sheet1.xml")
		           REL("r2", "sharedStrings", "/xl/strings.xml") REL("r3", "styles", "./styles.xml")) },
	};
	size_t n = 3;
	if (sheet) parts[n++] = (struct part){ "xl/worksheets/sheet1.xml", sheet };
	parts[n++] = (struct part){ "xl/strings.xml", strings ? strings : "<sst/>" };
	parts[n++] = (struct part){ "xl/styles.xml", styles ? styles : "<styleSheet/>" };
	return zipped(cx, parts, n);
}

static struct file sheet_of(struct lg_ctx *cx, const char *sheet) { return made_of(cx, NULL, sheet, NULL, NULL); }

static void rich_and_escaped_texts_are_read(void **state)
{
	struct heard h;
	struct file f =
	    made_of(*state, NULL,
	            SHEET("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"d\"><v>2026-01-02</v></c></row>"),
	            "<sst><si><r><t>Sy</t></r><r><t>ge</t></r><rPh sb=\"0\" eb=\"1\"><t>NO</t></rPh><phoneticPr/></si>"
	            "<si><t xml:space=\"preserve\"> a_x000D__x000A_b_x005F_x0041_ &amp; &#x442; </t></si></sst>",
	            NULL);
	assert_int_equal(read_sheet(*state, f, NULL, &h), LG_OK);
	assert_int_equal(h.line[0], 2);
	assert_string_equal(h.cell[0][ID], "Syge");
	assert_string_equal(h.cell[0][TITLE], "a \nb_x0041_ & т");
	assert_string_equal(h.cell[0][START], "2026-01-02");
}

static void dates_begin_in_1900_or_in_1904(void **state)
{
	static const char styles[] = "<styleSheet><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>"
	                             "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
	static const char sheet[] = SHEET(
	    "<row r=\"3\"><c r=\"C3\" s=\"1\"><v>1</v></c></row><row r=\"4\"><c r=\"C4\" s=\"1\"><v>59</v></c></row>"
	    "<row r=\"5\"><c r=\"C5\" s=\"1\"><v>61</v></c></row><row r=\"6\"><c r=\"C6\" "
	    "s=\"1\"><v>46354.75</v></c></row>"
	    "<row r=\"7\"><c r=\"C7\" s=\"1\"><v>2958465</v></c></row>");
	static const char *const since_1900[] = { "1900-01-01", "1900-02-28", "1900-03-01", "2026-11-28",
		                                  "9999-12-31" };
	struct heard h;
	assert_int_equal(read_sheet(*state, made_of(*state, NULL, sheet, NULL, styles), NULL, &h), LG_OK);
	for (size_t i = 0; i < 5; i++) assert_string_equal(h.cell[i][START], since_1900[i]);
	struct file mac = made_of(*state, BOOK("<workbookPr date1904=\"1\"/>"),
	                          SHEET("<row><c r=\"C2\" s=\"1\"><v>44892</v></c></row>"), NULL, styles);
	assert_int_equal(read_sheet(*state, mac, NULL, &h), LG_OK);
	assert_string_equal(h.cell[0][START], "2026-11-28");
}

static void a_cell_that_is_wrong_is_a_fault_of_its_row(void **state)
{
	static const char styles[] =
	    "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
	static const char sheet[] =
	    SHEET("<row r=\"2\"><c r=\"B2\" t=\"e\"><v>#N/A</v></c></row><row r=\"3\"><c r=\"A3\"><v>1</v></c></row>"
	          "<row r=\"4\"><c r=\"C4\" s=\"1\"><v>60</v></c></row><row r=\"5\"><c "
	          "r=\"A5\"><v>0x1F</v></c></row><row r=\"6\"><c r=\"A6\" s=\"1\"><v>-1</v></c></row>");
	static const char *const words[] = { "Cell B2 holds an error", NULL, "Cell C4 is 29 February 1900",
		                             "Cell A5 is no number", "Cell A6 is shown as a date" };
	static const char *const at[] = { "title", "", "start", "id", "id" };
	for (int way = 0; way < 2; way++) {
		struct heard h;
		struct file f = made_of(*state, NULL, sheet, NULL, styles);
		assert_int_equal(way ? read_json(*state, f, NULL, &h) : read_sheet(*state, f, NULL, &h), LG_OK);
		assert_int_equal(h.n, 5);
		for (size_t i = 0; i < 5; i++) {
			assert_int_equal(h.line[i], i + 2);
			if (!words[i])
				assert_string_equal(h.cell[i][ID], "1");
			else
				assert_non_null(strstr(h.fault[i], words[i]));
			if (!way) assert_string_equal(h.column[i], at[i]);
		}
		if (way)
			assert_string_equal(
			    h.fault[0],
			    "Cell B2 holds an error, not a value. Mend the formula, or empty the cell. (title): #N/A");
	}
}

static void numbers_are_written_out(void **state)
{
	static const struct {
		const char *raw, *shown;
	} cases[] = { { "1E3", "1000" },
		      { "-1.5E-7", "-0.00000015" },
		      { "0.30000000000000004", "0.3" },
		      { "123456789012345678", "123456789012346000" },
		      { "-0", "0" },
		      { "12.50", "12.5" },
		      { "1e15", "1000000000000000" },
		      { "45000", "45000" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct heard h;
		char sheet[1000];
		(void)snprintf(sheet, sizeof sheet, SHEET("<row><c><v>%s</v></c></row>"), cases[i].raw);
		assert_int_equal(read_sheet(*state, sheet_of(*state, sheet), NULL, &h), LG_OK);
		if (i != 3)
			assert_string_equal(h.cell[0][ID], cases[i].shown);
		else
			assert_true(!strncmp(h.cell[0][ID], "12345678901234", 14) && strlen(h.cell[0][ID]) == 18);
	}
}

static void columns_of_one_name_are_kept_apart_in_ndjson(void **state)
{
	struct lg_buf out = { 0 };
	struct file f =
	    sheet_of(*state, "<worksheet><sheetData><row><c t=\"str\"><v>Note</v></c><c t=\"str\"><v>NOTE</v></c></row>"
	                     "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row></sheetData></worksheet>");
	assert_int_equal(lg_xlsx_ndjson(*state, &out, "f", f.bytes, f.n, NULL), LG_OK);
	assert_string_equal(out.data, "\n{\"Note\":\"1\",\"NOTE (B)\":\"2\",\"column C\":\"3\"}\n");
	lg_buf_free(&out);
	struct heard h;
	struct lg_ctx *cx = *state;
	f = sheet_of(cx, "<worksheet><sheetData><row><c t=\"str\"><v>id</v></c><c "
	                 "t=\"str\"><v>ID</v></c></row></sheetData></worksheet>");
	assert_int_equal(read_sheet(cx, f, NULL, &h), LG_INVALID);
	assert_non_null(strstr(cx->notes->text, "stands twice in row 1"));
}

/* -------------------------------------------------------------------------------------------------------- attacks */

static void what_is_no_workbook_is_called_by_its_name(void **state)
{
	struct part ods[] = { { "mimetype", "x" }, { "content.xml", "<a/>" } }, zip[] = { { "a.txt", "x" } };
	struct part docx[] = { { "_rels/.rels", RELS(REL("a", "officeDocument", "word/document.xml")) },
		               { "word/document.xml", "<document/>" } };
	refused(*state, (struct file){ "id,title\n", 9 }, "not an Excel workbook");
	refused(*state, (struct file){ "", 0 }, "not an Excel workbook");
	refused(*state, (struct file){ "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8 }, "with a password");
	refused(*state, zipped(*state, ods, 2), ".ods");
	refused(*state, zipped(*state, zip, 1), "but not an Excel workbook");
	refused(*state, zipped(*state, docx, 2), "not a workbook");
	refused(*state, (struct file){ "PK\3\4 and no more", 16 }, "damaged");
}

static void missing_parts_are_named(void **state)
{
	refused(*state, made_of(*state, NULL, NULL, NULL, NULL), "\"xl/worksheets/sheet1.xml\" is missing");
	refused(*state, made_of(*state, "<workbook/>", "<worksheet/>", NULL, NULL), "no sheet with a table");
	refused(*state, sheet_of(*state, "<worksheet><sheetData/></worksheet>"), "is empty");
	refused(*state, sheet_of(*state, SHEET("<row><c t=\"s\"><v>0</v></c></row>")),
	        "names a text that the workbook does not have");
	struct lg_buf out = { 0 };
	struct lg_ctx *cx = *state;
	struct file f = sheet_of(cx, SHEET(""));
	assert_int_equal(lg_xlsx_ndjson(cx, &out, "f", f.bytes, f.n, NULL), LG_INVALID);
	assert_non_null(strstr(cx->notes->text, "no row below it"));
	lg_buf_free(&out);
}

static void places_that_cannot_be_are_refused(void **state)
{
	static const struct {
		const char *rows, *words;
	} cases[] = {
		{ "<row r=\"1048577\"><c><v>1</v></c></row>", "row 1: the number of the next row" },
		{ "<row r=\"99999999999999999999\"><c><v>1</v></c></row>", "the number of the next row" },
		{ "<row r=\"-1\"/>", "the number of the next row" },
		{ "<row r=\"7\"/><row r=\"7\"/>", "row 7: the number of the next row" },
		{ "<row r=\"2\"><c r=\"A3\"><v>1</v></c></row>", "row 2: a cell says that it stands at \"A3\"" },
		{ "<row r=\"2\"><c r=\"ZZZZZZZZZZZZZZZZZZZZ2\"><v>1</v></c></row>", "a cell says that it stands at" },
		{ "<row r=\"2\"><c r=\"2\"><v>1</v></c></row>", "a cell says" },
		{ "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>", "text behind column 256" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *sheet = lg_printf(((struct lg_ctx *)*state)->mem, SHEET("%s"), cases[i].rows);
		refused(*state, sheet_of(*state, sheet), cases[i].words);
	}
	struct heard h;
	assert_int_equal(
	    read_json(*state, sheet_of(*state, SHEET("<row r=\"1048576\"><c><v>1</v></c></row>")), NULL, &h), LG_OK);
	assert_int_equal(h.line[0], 1048576);
}

static void entities_and_document_types_are_refused(void **state)
{
	static const char laughs[] =
	    "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c "
	    "\"&b;&b;&b;&b;\">]>"
	    "<worksheet><sheetData><row><c t=\"str\"><v>&c;</v></c></row></sheetData></worksheet>";
	static const char outside[] =
	    "<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row><c "
	    "t=\"str\"><v>&x;</v></c></row></sheetData></worksheet>";
	refused(*state, sheet_of(*state, laughs), "<!DOCTYPE");
	refused(*state, sheet_of(*state, outside), "<!DOCTYPE");
	refused(*state,
	        made_of(*state, "<!DOCTYPE w SYSTEM \"http://127.0.0.1/x.dtd\"><workbook/>", SHEET(""), NULL, NULL),
	        "<!DOCTYPE");
	refused(*state, sheet_of(*state, SHEET("<row><c t=\"str\"><v>&nbsp;</v></c></row>")), "not well-formed");
	refused(*state, sheet_of(*state, "<?xml version=\"1.0\" encoding=\"koi8-r\"?><worksheet/>"),
	        "written in koi8-r");
	refused(*state, sheet_of(*state, "<worksheet><sheetData>" HEAD), "not well-formed");
	struct lg_buf deep = { 0 };
	for (int i = 0; i < 1000; i++) lg_puts(&deep, "<a>");
	refused(*state, sheet_of(*state, deep.data), "nested too deep");
	lg_buf_free(&deep);
}

static void names_that_lead_out_or_stand_twice_are_refused(void **state)
{
	static const char *const names[] = { "../xl/sheet.xml", "xl/../../etc/passwd", "/etc/passwd",
		                             "xl\\..\\sheet.xml", "C:/x" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct part parts[] = { { "_rels/.rels", RELS("") }, { names[i], "x" } };
		if (*names[i] == '/') continue; /* libarchive's writer takes it away */
		refused(*state, zipped(*state, parts, 2), "leads out of it");
	}
	struct part twice[] = { { "_rels/.rels", RELS("") }, { "xl/a.xml", "1" }, { "XL/A.xml", "2" } };
	refused(*state, zipped(*state, twice, 3), "stands twice");
	/* A relation that leads out finds nothing: parts are looked for in the zip only. */
	struct part parts[] = { { "_rels/.rels", RELS(REL("a", "officeDocument", "xl/workbook.xml")) },
		                { "xl/workbook.xml", BOOK("") },
		                { "xl/_rels/workbook.xml.rels",
		                  RELS(REL("r1", "worksheet", "../../../../etc/passwd")) } };
	refused(*state, zipped(*state, parts, 3), "\"etc/passwd\" is missing");
	struct part outside[] = { parts[0],
		                  parts[1],
		                  { "xl/_rels/workbook.xml.rels",
		                    RELS("<Relationship Id=\"r1\" Type=\"x/worksheet\" TargetMode=\"External\" "
		                         "Target=\"http://127.0.0.1/\"/>") } };
	refused(*state, zipped(*state, outside, 3), "no sheet with a table");
}

static void bombs_are_not_unpacked(void **state)
{
	enum { LARGE = 64 << 20 };
	struct lg_ctx *cx = *state;
	char *blanks = malloc(LARGE + 1);
	assert_non_null(blanks);
	memset(blanks, ' ', LARGE);
	memcpy(blanks, "<worksheet>", 11);
	blanks[LARGE] = '\0';
	struct file f = sheet_of(cx, blanks);
	free(blanks);
	assert_true(f.n < LARGE / 400);
	refused(cx, f, "zip bomb");
	struct lg_buf many = { 0 };
	struct part *parts = calloc(LG_XLSX_ENTRIES_MAX + 1, sizeof *parts);
	assert_non_null(parts);
	for (int i = 0; i <= LG_XLSX_ENTRIES_MAX; i++) parts[i] = (struct part){ lg_printf(cx->mem, "p%d", i), "" };
	refused(cx, zipped(cx, parts, LG_XLSX_ENTRIES_MAX + 1), "more than 4000 entries");
	free(parts);
	lg_buf_free(&many);
}

static void cut_and_flipped_files_do_no_harm(void **state)
{
	struct lg_ctx *cx = *state;
	struct file f = written(cx);
	struct heard h;
	char *copy = malloc(f.n);
	assert_non_null(copy);
	for (size_t n = 0; n < f.n; n += 97) {
		memcpy(copy, f.bytes, n);
		assert_int_equal(read_sheet(cx, (struct file){ copy, n }, NULL, &h), LG_INVALID);
		lg_buf_free(&h.unknown);
	}
	for (size_t i = 0; i < f.n; i += 13) {
		memcpy(copy, f.bytes, f.n);
		copy[i] = (char)(copy[i] ^ 0x55);
		enum lg_err err = read_sheet(cx, (struct file){ copy, f.n }, NULL, &h);
		assert_true(err == LG_OK || err == LG_INVALID);
		lg_buf_free(&h.unknown);
	}
	free(copy);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(what_a_spreadsheet_shows_is_read),
		T(ndjson_has_the_rows_as_its_lines),
		T(a_sheet_is_found_by_its_name),
		T(hidden_sheets_are_not_the_first),
		T(ten_thousand_rows_come_through),
		T(rich_and_escaped_texts_are_read),
		T(dates_begin_in_1900_or_in_1904),
		T(a_cell_that_is_wrong_is_a_fault_of_its_row),
		T(numbers_are_written_out),
		T(columns_of_one_name_are_kept_apart_in_ndjson),
		T(what_is_no_workbook_is_called_by_its_name),
		T(missing_parts_are_named),
		T(places_that_cannot_be_are_refused),
		T(entities_and_document_types_are_refused),
		T(names_that_lead_out_or_stand_twice_are_refused),
		T(bombs_are_not_unpacked),
		T(cut_and_flipped_files_do_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
