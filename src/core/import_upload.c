/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A file comes: it is read by a parser without rights, and its rows are kept. */
#include "core/import_upload.h"

#include <stdint.h>
#include <string.h>

#include "app/audit.h"
#include "core/record_store.h"
#include "formats/sheet.h"
#include "view/speech.h"

enum { CHUNK = 500, ROWS_MOST = 200000 };

static void free_buf(void *buf) { lg_buf_free(buf); }

static enum lg_err read_sheet(struct lg_ctx *cx, struct call *c, const struct import_upload *up, struct lg_sheet *out)
{
	struct lg_buf *text = lg_alloc(cx->mem, sizeof *text);
	lg_defer(cx->mem, free_buf, text);
	if (!app_setup(c->app)->parse) return lg_fail(cx, LG_INVALID, "upload", lg_say("Files cannot be read here."));
	LG_TRY(app_setup(c->app)->parse(cx, "sheet", up->bytes, up->n, text));
	LG_TRY(lg_sheet_take(cx, out, text->data ? text->data : (char[]){ "" }, text->len));
	if (out->n_rows > ROWS_MOST)
		return lg_failf(cx, LG_INVALID, "upload", lg_say("At most %d rows can be brought at once."), ROWS_MOST);
	return out->n_rows ? LG_OK : lg_fail(cx, LG_INVALID, "upload", lg_say("There are no rows in this file."));
}

/* What was said the last time of this source, where the columns are still called so; the rest by their names. */
static json_t *mapping_of(struct lg_ctx *cx, const struct import_kind *kind, const struct lg_sheet *sheet,
                          const struct db_import_mapping_last_row *last)
{
	json_t *old = NULL, *out = import_suggest(cx, kind, sheet->columns, sheet->n_columns);
	if (last) (void)!record_parse(cx, &old, last->mapping, strlen(last->mapping));
	for (size_t i = 0; old && i < sheet->n_columns; i++) {
		const json_t *target = json_object_get(old, sheet->columns[i]);
		if (target) json_object_set(out, sheet->columns[i], (json_t *)(uintptr_t)target);
	}
	return out;
}

/* Nobody will look: what a column means must be clear. */
static enum lg_err all_known(struct lg_ctx *cx, const struct lg_sheet *sheet, const json_t *mapping)
{
	enum lg_err err = LG_OK;
	for (size_t i = 0; i < sheet->n_columns; i++)
		if (!json_object_get(mapping, sheet->columns[i]))
			err = lg_fail(cx, LG_INVALID, lg_strdup(cx->mem, sheet->columns[i]),
			              lg_say("There is no such field."));
	return err;
}

struct chunk {
	int64_t lines[CHUNK];
	const char *boxes[CHUNK], *faults[CHUNK];
	size_t n;
};

static enum lg_err put_row(struct lg_ctx *cx, struct call *c, const char *id, const struct seal_key *key,
                           const struct lg_sheet_row *row, struct chunk *to)
{
	struct db_bytes box = { 0 };
	to->lines[to->n] = (int64_t)row->line;
	to->faults[to->n] = row->fault ? record_text(cx, import_fault(cx, "", row->fault)) : "";
	if (!row->fault) LG_TRY(import_seal(cx, c->actor.tenant, id, key, row->cells, row->n_cells, &box));
	to->boxes[to->n] = row->fault ? "" : seal_hex(cx, box.data, box.n);
	to->n++;
	return LG_OK;
}

/* What is made for a piece dies with it; what is sent lives as long as the transaction. */
static enum lg_err put_chunk(struct lg_ctx *cx, struct call *c, const char *id, const struct seal_key *key,
                             const struct lg_sheet *sheet, size_t from)
{
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL), .id = cx->id, .now = cx->now };
	struct chunk *to = lg_alloc(own.mem, sizeof *to);
	enum lg_err err = LG_OK;
	for (size_t i = from; i < sheet->n_rows && to->n < CHUNK && err == LG_OK; i++)
		err = put_row(&own, c, id, key, &sheet->rows[i], to);
	if (err == LG_OK) {
		db_import_rows_add_send(
		    cx, c->db,
		    (struct db_import_rows_add_in){ .import = id,
		                                    .first = (int64_t)from + 1,
		                                    .lines = { .ints = to->lines, .n = to->n },
		                                    .boxes = { .texts = to->boxes, .n = to->n },
		                                    .faults = { .texts = to->faults, .n = to->n } });
		err = db_sync(cx, c->db);
	}
	lg_arena_free(own.mem);
	return err;
}

static json_t *names_of(struct lg_ctx *cx, const struct lg_sheet *sheet)
{
	json_t *list = record_keep(cx, json_array());
	for (size_t i = 0; i < sheet->n_columns; i++) json_array_append_new(list, json_string(sheet->columns[i]));
	return list;
}

enum lg_err import_take(struct lg_ctx *cx, struct call *c, const struct import_upload *up, bool run,
                        const json_t *options, const char **id)
{
	struct lg_sheet sheet = { 0 };
	struct db_import_mapping_last_row last = { 0 };
	const struct seal_key *key;
	bool found = false;
	*id = record_new_id(cx);
	LG_TRY(read_sheet(cx, c, up, &sheet));
	if (!run)
		LG_TRY(db_import_mapping_last(
		    cx, c->db, &last, &found,
		    (struct db_import_mapping_last_in){ .kind = up->kind->name, .source = up->source }));
	json_t *mapping = mapping_of(cx, up->kind, &sheet, found ? &last : NULL);
	if (run) LG_TRY(all_known(cx, &sheet, mapping));
	db_import_add_send(cx, c->db,
	                   (struct db_import_add_in){ .id = *id,
	                                              .language = lg_speech_language(),
	                                              .kind = up->kind->name,
	                                              .source = up->source,
	                                              .file_name = up->file_name,
	                                              .format = sheet.format,
	                                              .columns = record_text(cx, names_of(cx, &sheet)),
	                                              .mapping = record_text(cx, mapping),
	                                              .options = found ? last.options : record_text(cx, options),
	                                              .state = run ? "running" : "read" });
	LG_TRY(audit_key_new(cx, c, *id, &key));
	LG_TRY(audit_change(cx, c, "uploaded", "import", *id, 1, NULL, NULL));
	if (run) LG_TRY(audit_change(cx, c, "started", "import", *id, 1, NULL, NULL));
	LG_TRY(db_sync(cx, c->db));
	for (size_t from = 0; from < sheet.n_rows; from += CHUNK) LG_TRY(put_chunk(cx, c, *id, key, &sheet, from));
	return LG_OK;
}
