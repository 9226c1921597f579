/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "formats/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes as a file that is brought in: what is written of it can be taken apart; and any bytes as such writing. */
static void take(struct lg_ctx *cx, const char *bytes, size_t n, bool ours)
{
	struct lg_sheet sheet;
	char *text = lg_strndup(cx->mem, bytes, n);
	enum lg_err err = lg_sheet_take(cx, &sheet, text, n);
	if (err != LG_OK) {
		lg_assert(!ours);
		return;
	}
	lg_assert(sheet.n_columns > 0 && sheet.n_columns <= LG_SHEET_COLUMNS);
	for (size_t i = 0; i < sheet.n_rows; i++) {
		lg_assert(sheet.rows[i].line > 0);
		for (size_t k = 0; k < sheet.rows[i].n_cells; k++) lg_assert(strlen(sheet.rows[i].cells[k]) < n);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_buf out = { 0 };
	enum lg_err err = lg_sheet_read(&cx, &out, (const char *)data, size);
	if (err == LG_OK)
		take(&cx, out.data, out.len, true);
	else
		lg_assert(err == LG_INVALID && cx.notes && cx.notes->text);
	cx.notes = NULL;
	if (size) take(&cx, (const char *)data, size, false);
	lg_buf_free(&out);
	lg_arena_free(cx.mem);
	return 0;
}
