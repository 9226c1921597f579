/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_XLSX_INNER_H
#define LG_FORMATS_XLSX_INNER_H
#include "formats/xlsx.h"
#include "formats/xml.h"
#include "formats/zip.h"

/** Shared by xlsx.c (what is asked for), xlsx_book.c (all parts but the sheet), xlsx_sheet.c and xlsx_value.c. */
struct xlsx_sheet {
	const char *name, *relation, *part; /* part: NULL when it is no table */
	bool hidden;
};

/** How a number is shown. */
enum xlsx_shape { XLSX_NUMBER, XLSX_ZEROS, XLSX_DATE, XLSX_DATE_TIME, XLSX_TIME, XLSX_ELAPSED };
struct xlsx_style {
	enum xlsx_shape shape;
	int zeros; /* of XLSX_ZEROS: digits */
};

struct xlsx_book {
	struct lg_ctx *cx;
	const char *name;
	struct lg_zip zip;
	const char *workbook, *strings_part, *styles_part; /* names of parts; "" where there is none */
	bool from_1904;
	struct xlsx_sheet sheets[LG_XLSX_SHEETS_MAX];
	size_t n_sheets;
	struct lg_buf strings;     /* shared texts, each with a NUL */
	struct lg_buf string_at;   /* size_t each: where it begins */
	struct xlsx_style *styles; /* of cells, by number */
	size_t n_styles, room_styles;
};

/** Open it: list of contents, workbook, sheets. Closes with cx->mem. */
LG_MUST enum lg_err xlsx_open(struct xlsx_book *b, struct lg_ctx *cx, const char *name, const void *bytes, size_t n);
/** Read shared texts and styles. */
LG_MUST enum lg_err xlsx_load(struct xlsx_book *b);
size_t xlsx_n_strings(const struct xlsx_book *b);
/** Read a part as XML; *xml is set before the first event. */
LG_MUST enum lg_err xlsx_part(struct xlsx_book *b, const char *part, const struct lg_xml_sink *sink,
                              struct lg_xml **xml);
/** At most 60 bytes of a name, for a note; whole letters. */
const char *xlsx_brief(struct lg_ctx *cx, const char *name);
/** Texts of a workbook write what XML has no letters for as _x000D_. */
void xlsx_unescape(struct lg_buf *text, size_t from);

/** What a format says; `code` as in the file, not NUL-terminated. */
struct xlsx_style xlsx_style_of(int id, const char *code, size_t n);
/** Append a number as it is shown. @return NULL, or what is wrong with it */
const char *xlsx_number(struct lg_buf *out, const char *raw, size_t n, struct xlsx_style style, bool from_1904);
/** 0 is "A". */
const char *xlsx_column_name(char out[8], size_t column);

/** What a sheet is given to, row by row. Valid during the call. */
struct xlsx_row {
	uint64_t row;
	const struct lg_cell *cells;
	size_t n;            /* columns up to the last that has text */
	const char *fault;   /* NULL, or what is wrong */
	size_t fault_column; /* and where */
	struct lg_cell value;
};
struct xlsx_table {
	void *self;
	enum lg_err (*names)(void *self, const struct xlsx_row *row); /* the first row with text */
	enum lg_err (*row)(void *self, const struct xlsx_row *row);
};
LG_MUST enum lg_err xlsx_read_sheet(struct xlsx_book *b, const struct xlsx_sheet *sheet,
                                    const struct xlsx_table *table);
#endif
