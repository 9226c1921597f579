/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/xlsx_inner.h"

enum { RELATIONS_MAX = 2000, STYLES_MAX = 65536, NUMBER_FORMATS_MAX = 4096 };

static enum lg_err fail(const struct xlsx_book *b, const char *text)
{
	return lg_fail(b->cx, LG_INVALID, b->name, text);
}

/* ------------------------------------------------------------------------------------------------------ parts */

static enum lg_err feed_xml(void *self, const char *bytes, size_t n) { return lg_xml_feed(self, bytes, n); }

enum lg_err xlsx_part(struct xlsx_book *b, const char *part, const struct lg_xml_sink *sink, struct lg_xml **xml)
{
	const char *name = lg_printf(b->cx->mem, "%s: %.200s", b->name, part);
	*xml = lg_xml_new(b->cx, name, sink);
	enum lg_err err = lg_zip_part(&b->zip, part, *xml, feed_xml);
	if (err != LG_OK) lg_xml_stop(*xml, err);
	return lg_xml_end(*xml);
}

static bool has_text(const struct lg_xml_attrs *attrs, const char *name, const char *text)
{
	const char *s;
	size_t n;
	return lg_xml_attr(attrs, false, name, &s, &n) && strlen(text) == n && !memcmp(s, text, n);
}

static bool is_true(const struct lg_xml_attrs *attrs, const char *name)
{
	return has_text(attrs, name, "1") || has_text(attrs, name, "true");
}

static int small_int(const struct lg_xml_attrs *attrs, const char *name)
{
	const char *s;
	size_t n;
	int v = 0;
	if (!lg_xml_attr(attrs, false, name, &s, &n) || !n || n > 6) return -1;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9') return -1;
		v = v * 10 + s[i] - '0';
	}
	return v;
}

/* -------------------------------------------------------------------------------------------------- relations */

/* The parts that a part names: id, the last word of the type, the part. */
struct relation {
	const char *id, *type, *part;
};
struct relations {
	struct xlsx_book *b;
	struct lg_xml *xml;
	const char *folder; /* of the part whose they are, with a slash at its end, or "" */
	struct relation *at;
	size_t n, room;
};

/* "../media/a.xml" from "xl/worksheets/" is "xl/media/a.xml"; out of the package it leads to nothing. */
static const char *resolve(struct lg_ctx *cx, const char *folder, const char *target, size_t n)
{
	const char *left = lg_strndup(cx->mem, target, n);
	char *path = lg_printf(cx->mem, "%s%s", *left == '/' ? "" : folder, *left == '/' ? left + 1 : left), *to = path;
	for (const char *s = path; *s;) {
		size_t step = strcspn(s, "/");
		bool up = step == 2 && s[0] == '.' && s[1] == '.', stay = step == 1 && s[0] == '.';
		if (up) {
			if (to > path) to--;
			while (to > path && to[-1] != '/') to--;
		}
		size_t take = up || stay ? 0 : step + (s[step] == '/');
		memmove(to, s, take);
		to += take;
		s += step + (s[step] == '/');
	}
	*to = '\0';
	return path;
}

static void on_relation(void *self, const char *name, const struct lg_xml_attrs *attrs)
{
	struct relations *r = self;
	struct lg_ctx *cx = r->b->cx;
	const char *id, *type, *target;
	size_t n_id, n_type, n_target;
	if (strcmp(name, "Relationship") != 0 || has_text(attrs, "TargetMode", "External")) return;
	if (!lg_xml_attr(attrs, false, "Id", &id, &n_id) || !lg_xml_attr(attrs, false, "Type", &type, &n_type) ||
	    !lg_xml_attr(attrs, false, "Target", &target, &n_target))
		return;
	if (r->n == RELATIONS_MAX) {
		lg_xml_stop(r->xml, fail(r->b, "The workbook names too many parts."));
		return;
	}
	if (r->n == r->room) {
		struct relation *more = lg_array(cx->mem, r->room = r->room ? 2 * r->room : 32, sizeof *more);
		if (r->n) memcpy(more, r->at, r->n * sizeof *more);
		r->at = more;
	}
	const char *full = lg_strndup(cx->mem, type, n_type), *slash = strrchr(full, '/');
	r->at[r->n++] = (struct relation){ lg_strndup(cx->mem, id, n_id), slash ? slash + 1 : full,
		                           resolve(cx, r->folder, target, n_target) };
}

static void nothing_ends(void *self, const char *name) { (void)self, (void)name; }
static void no_text(void *self, const char *s, size_t n) { (void)self, (void)s, (void)n; }

/* Of a part, or of the package ("/"). */
static enum lg_err read_relations(struct relations *r, struct xlsx_book *b, const char *part)
{
	const char *slash = strrchr(part, '/');
	int folder = slash ? (int)(slash - part) + 1 : 0;
	*r = (struct relations){ .b = b, .folder = *part == '/' ? "" : lg_strndup(b->cx->mem, part, (size_t)folder) };
	const struct lg_xml_sink sink = { r, on_relation, nothing_ends, no_text };
	const char *file =
	    *part == '/' ? "_rels/.rels" : lg_printf(b->cx->mem, "%s_rels/%s.rels", r->folder, part + folder);
	return xlsx_part(b, file, &sink, &r->xml);
}

static const char *part_of_type(const struct relations *r, const char *type)
{
	for (size_t i = 0; i < r->n; i++)
		if (!strcmp(r->at[i].type, type)) return r->at[i].part;
	return "";
}

/* --------------------------------------------------------------------------------------------------- workbook */

struct workbook {
	struct xlsx_book *b;
	struct lg_xml *xml;
	bool rooted;
};

static void on_sheet(struct workbook *w, const struct lg_xml_attrs *attrs)
{
	struct xlsx_book *b = w->b;
	const char *name, *id;
	size_t n_name, n_id;
	if (!lg_xml_attr(attrs, false, "name", &name, &n_name) || !lg_xml_attr(attrs, true, "id", &id, &n_id)) return;
	if (b->n_sheets == LG_XLSX_SHEETS_MAX) {
		lg_xml_stop(w->xml, fail(b, "The workbook has more than 255 sheets."));
		return;
	}
	b->sheets[b->n_sheets++] = (struct xlsx_sheet){
		.name = lg_strndup(b->cx->mem, name, n_name),
		.relation = lg_strndup(b->cx->mem, id, n_id),
		.hidden = has_text(attrs, "state", "hidden") || has_text(attrs, "state", "veryHidden"),
	};
}

static void on_workbook(void *self, const char *name, const struct lg_xml_attrs *attrs)
{
	struct workbook *w = self;
	if (!w->rooted && strcmp(name, "workbook") != 0) {
		lg_xml_stop(w->xml,
		            fail(w->b, "This is an Office document, but not a workbook. Save the table as \"Excel "
		                       "workbook (.xlsx)\"."));
		return;
	}
	w->rooted = true;
	if (!strcmp(name, "workbookPr")) w->b->from_1904 = is_true(attrs, "date1904");
	if (!strcmp(name, "sheet")) on_sheet(w, attrs);
}

/* ------------------------------------------------------------------------------------------------ shared texts */

struct strings {
	struct xlsx_book *b;
	struct lg_xml *xml;
	bool text, phonetic;
	size_t begin;
};

static void on_string_begin(void *self, const char *name, const struct lg_xml_attrs *attrs)
{
	struct strings *s = self;
	(void)attrs;
	if (!strcmp(name, "si")) s->begin = s->b->strings.len;
	if (!strcmp(name, "rPh")) s->phonetic = true;
	s->text = !strcmp(name, "t") && !s->phonetic;
}

static void on_string_end(void *self, const char *name)
{
	struct strings *s = self;
	struct xlsx_book *b = s->b;
	s->text = false;
	if (!strcmp(name, "rPh")) s->phonetic = false;
	if (strcmp(name, "si") != 0) return;
	xlsx_unescape(&b->strings, s->begin);
	lg_putc(&b->strings, '\0');
	lg_put(&b->string_at, &s->begin, sizeof s->begin);
	if (b->strings.len + b->string_at.len > LG_XLSX_STRINGS_MAX)
		lg_xml_stop(s->xml, fail(b, "The workbook has more text than can be read (48 MiB). Give it in parts."));
}

static void on_string_text(void *self, const char *text, size_t n)
{
	struct strings *s = self;
	if (!s->text) return;
	lg_put(&s->b->strings, text, n);
	if (s->b->strings.len - s->begin > LG_RECORD_MAX)
		lg_xml_stop(s->xml, fail(s->b, "A cell of the workbook holds more than 1 MiB of text."));
}

size_t xlsx_n_strings(const struct xlsx_book *b) { return b->string_at.len / sizeof(size_t); }

static int hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	                              : -1;
}

/* @return the code of "_x000D_" at `s`, or -1 */
static int escaped(const char *s, size_t n)
{
	int code = 0;
	if (n < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_') return -1;
	for (int i = 2; i < 6; i++) {
		if (hex(s[i]) < 0) return -1;
		code = code * 16 + hex(s[i]);
	}
	return code;
}

const char *xlsx_brief(struct lg_ctx *cx, const char *name)
{
	return lg_strndup(cx->mem, name, lg_utf8_span(name, strnlen(name, 60)));
}

/* Only what XML cannot write is written so, and the underline that would look like it. */
void xlsx_unescape(struct lg_buf *text, size_t from)
{
	if (text->len == from || !memchr(text->data + from, '_', text->len - from)) return;
	size_t to = from;
	for (size_t at = from; at < text->len; at++, to++) {
		int code = escaped(text->data + at, text->len - at);
		text->data[to] = text->data[at];
		if (code < 0 || code > 0x7E) continue;
		text->data[to] = code == '_' || code == '\n' || code == '\t' ? (char)code : ' ';
		at += 6;
	}
	text->len = to;
	text->data[to] = '\0';
}

/* ----------------------------------------------------------------------------------------------------- styles */

struct styles {
	struct xlsx_book *b;
	struct lg_xml *xml;
	bool of_cells;
	struct {
		int id;
		struct xlsx_style style;
	} formats[NUMBER_FORMATS_MAX];
	size_t n_formats;
};

static struct xlsx_style style_by_id(const struct styles *s, int id)
{
	for (size_t i = 0; i < s->n_formats; i++)
		if (s->formats[i].id == id) return s->formats[i].style;
	return xlsx_style_of(id, "", 0);
}

static void add_style(struct styles *s, struct xlsx_style style)
{
	struct xlsx_book *b = s->b;
	if (b->n_styles == STYLES_MAX) {
		lg_xml_stop(s->xml, fail(b, "The workbook has too many styles."));
		return;
	}
	if (b->n_styles == b->room_styles) {
		struct xlsx_style *more =
		    lg_array(b->cx->mem, b->room_styles = b->room_styles ? 2 * b->room_styles : 64, sizeof *more);
		if (b->n_styles) memcpy(more, b->styles, b->n_styles * sizeof *more);
		b->styles = more;
	}
	b->styles[b->n_styles++] = style;
}

static void on_style_begin(void *self, const char *name, const struct lg_xml_attrs *attrs)
{
	struct styles *s = self;
	const char *code;
	size_t n;
	if (!strcmp(name, "cellXfs")) s->of_cells = true;
	if (!strcmp(name, "xf") && s->of_cells) add_style(s, style_by_id(s, small_int(attrs, "numFmtId")));
	if (!strcmp(name, "numFmt") && s->n_formats < NUMBER_FORMATS_MAX &&
	    lg_xml_attr(attrs, false, "formatCode", &code, &n)) {
		int id = small_int(attrs, "numFmtId");
		s->formats[s->n_formats].id = id;
		s->formats[s->n_formats++].style = xlsx_style_of(id, code, n);
	}
}

static void on_style_end(void *self, const char *name)
{
	struct styles *s = self;
	if (!strcmp(name, "cellXfs")) s->of_cells = false;
}

/* ------------------------------------------------------------------------------------------------------ opening */

static void close_book(void *thing)
{
	struct xlsx_book *b = thing;
	lg_buf_free(&b->strings);
	lg_buf_free(&b->string_at);
}

static enum lg_err no_zip_at_all(const struct xlsx_book *b)
{
	if (b->zip.n >= 4 && !memcmp(b->zip.bytes, "\xD0\xCF\x11\xE0", 4))
		return fail(
		    b, "This is an old Excel file (.xls), or a workbook with a password. Save it as \"Excel workbook "
		       "(.xlsx)\", without a password.");
	return fail(b, "This is not an Excel workbook (.xlsx).");
}

static enum lg_err not_a_workbook(const struct xlsx_book *b)
{
	static const char *const others[][2] = {
		{ "content.xml",
		  "This is a LibreOffice document (.ods). Save it as \"Excel 2007-365 (.xlsx)\", or as CSV." },
		{ "word/document.xml", "This is a Word document, not a workbook." },
		{ "ppt/presentation.xml", "This is a presentation, not a workbook." },
		{ "xl/workbook.bin", "This is a binary workbook (.xlsb). Save it as \"Excel workbook (.xlsx)\"." },
	};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (lg_zip_has(&b->zip, others[i][0])) return fail(b, others[i][1]);
	return fail(b, "This is a zip archive, but not an Excel workbook (.xlsx).");
}

static enum lg_err find_workbook(struct xlsx_book *b)
{
	struct relations package;
	if (!lg_zip_has(&b->zip, "_rels/.rels")) return not_a_workbook(b);
	LG_TRY(read_relations(&package, b, "/"));
	b->workbook = part_of_type(&package, "officeDocument");
	return *b->workbook && lg_zip_has(&b->zip, b->workbook) && !lg_zip_has(&b->zip, "xl/workbook.bin")
	           ? LG_OK
	           : not_a_workbook(b);
}

static enum lg_err read_workbook(struct xlsx_book *b)
{
	struct workbook w = { .b = b };
	struct relations parts;
	const struct lg_xml_sink sink = { &w, on_workbook, nothing_ends, no_text };
	LG_TRY(xlsx_part(b, b->workbook, &sink, &w.xml));
	LG_TRY(read_relations(&parts, b, b->workbook));
	b->strings_part = part_of_type(&parts, "sharedStrings");
	b->styles_part = part_of_type(&parts, "styles");
	for (size_t i = 0; i < b->n_sheets; i++)
		for (size_t k = 0; k < parts.n; k++)
			if (!strcmp(parts.at[k].id, b->sheets[i].relation) && !strcmp(parts.at[k].type, "worksheet"))
				b->sheets[i].part = parts.at[k].part;
	size_t tables = 0;
	for (size_t i = 0; i < b->n_sheets; i++) /* sheets of charts are none */
		if (b->sheets[i].part) b->sheets[tables++] = b->sheets[i];
	b->n_sheets = tables;
	return tables ? LG_OK : fail(b, "There is no sheet with a table in this workbook.");
}

enum lg_err xlsx_open(struct xlsx_book *b, struct lg_ctx *cx, const char *name, const void *bytes, size_t n)
{
	*b = (struct xlsx_book){ .cx = cx, .name = name, .workbook = "", .strings_part = "", .styles_part = "" };
	b->zip = (struct lg_zip){ .cx = cx,
		                  .name = name,
		                  .bytes = bytes,
		                  .n = n,
		                  .entries_max = LG_XLSX_ENTRIES_MAX,
		                  .part_max = LG_XLSX_PART_MAX,
		                  .ratio_max = LG_XLSX_RATIO_MAX };
	lg_defer(cx->mem, close_book, b);
	if (!lg_xlsx_is(bytes, n)) return no_zip_at_all(b);
	LG_TRY(lg_zip_open(&b->zip));
	LG_TRY(find_workbook(b));
	return read_workbook(b);
}

enum lg_err xlsx_load(struct xlsx_book *b)
{
	struct strings texts = { .b = b };
	const struct lg_xml_sink to_texts = { &texts, on_string_begin, on_string_end, on_string_text };
	if (*b->strings_part) LG_TRY(xlsx_part(b, b->strings_part, &to_texts, &texts.xml));
	if (!*b->styles_part) return LG_OK;
	struct styles *styles = lg_alloc(b->cx->mem, sizeof *styles);
	styles->b = b;
	const struct lg_xml_sink to_styles = { styles, on_style_begin, on_style_end, no_text };
	return xlsx_part(b, b->styles_part, &to_styles, &styles->xml);
}
