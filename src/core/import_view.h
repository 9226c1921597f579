/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_IMPORT_VIEW_H
#define LG_CORE_IMPORT_VIEW_H
#include "core/import.h"

/** An import as its page has read it. */
struct import_page {
	struct db_import_get_row row;
	struct import imp;
	const json_t *counts;
	struct db_import_rows_of_rows rows;   /* the first ones, for the preview */
	struct db_import_rows_of_rows faulty; /* what is put aside, or was left on the way back */
};
enum { IMPORT_PREVIEW = 5, IMPORT_FAULTS = 50 };

/** Read one. LG_UNKNOWN: there is none, or none of a kind that the actor may write. Does not end the transaction. */
LG_MUST enum lg_err import_read_page(struct lg_ctx *cx, struct call *c, const char *id, struct import_page *out);
/** The same of the id in the address. */
LG_MUST enum lg_err import_page_of_address(struct lg_ctx *cx, struct call *c, struct import_page *out);

/** How many rows are of these outcomes (NULL at the end). */
int64_t import_count(const struct import_page *page, const char *const *outcomes);
bool import_waits(const struct import_page *page); /* for the job */
/** Its page. */
void import_show(struct lg_ctx *cx, struct call *c, struct import_page *page);
/** As the API gives it. */
json_t *import_json(struct lg_ctx *cx, const struct import_page *page);
/** A state in words. */
const char *import_state_words(const char *state);
#endif
