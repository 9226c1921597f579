/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What is sealed for one office, sealed for another. */
/* beyond: hotline: keys of two offices are held by this job alone. */
#include <string.h>

#include "app/record.h"
#include "core/document_text.h"
#include "core/identifier.h"
#include "core/tenant_merge.h"
#include "core/tenant_merge.sql.h"

enum { ROOM = 500, ROOM_LONG = 32, UUID = 37, XID = 24 };
#define FIRST "00000000-0000-0000-0000-000000000000"

const char *const tenant_merge_sealed[] = { "lg.person_key.key_box",
	                                    "lg.candidate_identifier.blind",
	                                    "lg.candidate_identifier.box",
	                                    "lg.document.hash",
	                                    "lg.document.text_box",
	                                    "lg.document_piece.box",
	                                    "lg.document_word.key",
	                                    "lg.enquiry_mail.box",
	                                    "lg.enquiry_mail_piece.box",
	                                    "lg.import_row.box",
	                                    "lg.import_row.before",
	                                    "lg.merge.box",
	                                    "lg.run_input.box",
	                                    "lg.webhook.secret",
	                                    "lg.webhook.old_secret",
	                                    "lg.audit.payload",
	                                    NULL };
/* Plain hashes, and ids of other systems, which are known by how they were blinded (lg.source_before). */
const char *const tenant_merge_plain[] = { "lg.run.input_hash",
	                                   "lg.run.result_hash",
	                                   "lg.import_row.key",
	                                   "lg.imported.key",
	                                   "lg.imported.content",
	                                   "lg.enquiry_mail.hash",
	                                   NULL };

/* Where a table was left between two pieces: the key of the last row. */
struct at {
	char id[UUID], xid[XID];
	int64_t n, era;
	bool more;
};

static void begin_at(struct at *at)
{
	*at = (struct at){ .n = -1, .more = true };
	memcpy(at->id, FIRST, sizeof FIRST);
	memcpy(at->xid, "0", 2);
}

static void note_at(char *out, size_t room, const char *text)
{
	lg_assert(strlen(text) < room);
	memcpy(out, text, strlen(text) + 1);
}

static void end_arena(void *mem) { lg_arena_free(mem); }

/* Pieces until there are no more; what one takes is given back before the next. */
static enum lg_err in_pieces(struct tenant_moving *m, enum lg_err (*piece)(struct tenant_moving *m, struct at *at))
{
	struct lg_arena *whole = m->cx->mem, *part = lg_arena_new(0, NULL);
	struct at at;
	enum lg_err err = LG_OK;
	lg_defer(whole, end_arena, part);
	begin_at(&at);
	while (err == LG_OK && at.more) {
		if (m->with && m->with->stopped()) return LG_BUSY;
		m->cx->mem = part;
		at.more = false;
		err = piece(m, &at);
		m->cx->mem = whole;
		if (err == LG_OK) lg_arena_reset(part); /* notes of a failure live in it */
	}
	return err;
}

enum lg_err tenant_merge_act_in(struct tenant_moving *m, int32_t tenant)
{
	struct db_tenant_merge_as_row row;
	return db_tenant_merge_as(m->cx, m->db, &row, (struct db_tenant_merge_as_in){ .tenant = tenant });
}

/* A box of the one office becomes one of the other; its place is the same otherwise. */
static enum lg_err again(struct tenant_moving *m, const struct seal_key *key, const char *subject, const char *column,
                         struct db_bytes box, struct db_bytes *out)
{
	const char *text;
	size_t n;
	LG_TRY(seal_get(m->cx, key, seal_of(m->from, subject, column), box, &text, &n));
	return seal_put(m->cx, key, seal_of(m->into, subject, column), text, n, out);
}

/* The same of what is sealed with the key of the office itself. */
static enum lg_err again_office(struct tenant_moving *m, const char *subject, const char *column, struct db_bytes box,
                                struct db_bytes *out)
{
	const char *text;
	size_t n;
	LG_TRY(seal_get_tenant(m->cx, &m->ring, seal_of(m->from, subject, column), box, &text, &n));
	return seal_put(m->cx, seal_tenant(m->cx, &m->ring, m->into), seal_of(m->into, subject, column), text, n, out);
}

static const char *hex(struct tenant_moving *m, struct db_bytes box) { return seal_hex(m->cx, box.data, box.n); }

/* --- keys: first of all, so that what follows opens them as the other office does */

static enum lg_err put_keys(struct tenant_moving *m, struct at *at)
{
	struct db_tenant_merge_keys_rows rows = { 0 };
	LG_TRY(db_tenant_merge_keys(m->cx, m->db, &rows,
	                            (struct db_tenant_merge_keys_in){ .after = at->id, .room = ROOM }));
	const char **subjects = lg_array(m->cx->mem, rows.n + 1, sizeof *subjects),
	           **boxes = lg_array(m->cx->mem, rows.n + 1, sizeof *boxes);
	for (size_t i = 0; i < rows.n; i++) {
		struct db_bytes box;
		LG_TRY(again_office(m, rows.rows[i].subject, "person_key", rows.rows[i].key_box, &box));
		subjects[i] = rows.rows[i].subject;
		boxes[i] = hex(m, box);
	}
	if (!rows.n) return LG_OK;
	note_at(at->id, UUID, subjects[rows.n - 1]);
	at->more = rows.n == ROOM;
	db_tenant_merge_keys_put_send(m->cx, m->db,
	                              (struct db_tenant_merge_keys_put_in){
	                                  .subjects = { .texts = subjects, .n = rows.n },
	                                  .boxes = { .texts = boxes, .n = rows.n },
	                              });
	return db_sync(m->cx, m->db);
}

static enum lg_err key_of(struct tenant_moving *m, const char *subject, struct db_bytes box,
                          const struct seal_key **key)
{
	return seal_person(m->cx, &m->ring, m->into, subject, box, key);
}

/* --- identity numbers */

static enum lg_err number_again(struct tenant_moving *m, const struct seal_key *key, const char *candidate,
                                const char *kind, struct db_bytes box, const char **new_box, const char **new_blind)
{
	struct identifier id = { 0 };
	char text[IDENTIFIER_KEY_ROOM];
	uint8_t blind[SEAL_BLIND];
	struct db_bytes out;
	const char *number;
	size_t n;
	LG_TRY(seal_get(m->cx, key, seal_of(m->from, candidate, "identifier"), box, &number, &n));
	if (n >= sizeof id.number || !identifier_kind_named(&id.kind, kind))
		return lg_fail(m->cx, LG_FAULT, "identifier", "is of no kind that is known");
	memcpy(id.number, number, n);
	identifier_key(&id, text);
	seal_blind(blind, &m->ring, m->into, "identifier", text, strlen(text));
	LG_TRY(seal_put(m->cx, key, seal_of(m->into, candidate, "identifier"), number, n, &out));
	*new_box = hex(m, out);
	*new_blind = seal_hex(m->cx, blind, sizeof blind);
	return LG_OK;
}

static enum lg_err put_numbers(struct tenant_moving *m, struct at *at)
{
	struct db_tenant_merge_numbers_rows rows = { 0 };
	LG_TRY(db_tenant_merge_numbers(m->cx, m->db, &rows,
	                               (struct db_tenant_merge_numbers_in){ .after = at->id, .room = ROOM }));
	const char **ids = lg_array(m->cx->mem, rows.n + 1, sizeof *ids),
	           **boxes = lg_array(m->cx->mem, rows.n + 1, sizeof *boxes),
	           **blinds = lg_array(m->cx->mem, rows.n + 1, sizeof *blinds);
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_tenant_merge_numbers_row *r = &rows.rows[i];
		const struct seal_key *key = NULL;
		if (!r->key_box.data) return lg_fail(m->cx, LG_FAULT, "identifier", "a person's key is gone");
		LG_TRY(key_of(m, r->candidate, r->key_box, &key));
		ids[i] = r->id;
		LG_TRY(number_again(m, key, r->candidate, r->kind, r->box, &boxes[i], &blinds[i]));
	}
	if (!rows.n) return LG_OK;
	note_at(at->id, UUID, ids[rows.n - 1]);
	at->more = rows.n == ROOM;
	db_tenant_merge_numbers_put_send(m->cx, m->db,
	                                 (struct db_tenant_merge_numbers_put_in){
	                                     .ids = { .texts = ids, .n = rows.n },
	                                     .boxes = { .texts = boxes, .n = rows.n },
	                                     .blinds = { .texts = blinds, .n = rows.n },
	                                 });
	return db_sync(m->cx, m->db);
}

/* --- documents: their text and its words; then their bytes */

static const char *document_column(struct tenant_moving *m, int64_t number)
{
	return lg_printf(m->cx->mem, "document/%lld", (long long)number);
}

static enum lg_err put_text(struct tenant_moving *m, const struct db_tenant_merge_texts_row *r)
{
	const struct seal_key *key = NULL;
	const char *text, *column = document_column(m, -1);
	size_t n;
	struct db_bytes box;
	if (!r->key_box.data) return lg_fail(m->cx, LG_FAULT, "document", "its key is gone");
	LG_TRY(key_of(m, r->id, r->key_box, &key));
	LG_TRY(seal_get(m->cx, key, seal_of(m->from, r->id, column), r->text_box, &text, &n));
	LG_TRY(seal_put(m->cx, key, seal_of(m->into, r->id, column), text, n, &box));
	db_tenant_merge_text_put_send(m->cx, m->db, (struct db_tenant_merge_text_put_in){ .id = r->id, .box = box });
	db_tenant_merge_words_drop_send(m->cx, m->db, (struct db_tenant_merge_words_drop_in){ .id = r->id });
	db_tenant_merge_words_put_send(
	    m->cx, m->db,
	    (struct db_tenant_merge_words_put_in){
	        .id = r->id, .candidate = r->candidate, .keys = document_keys_of(m->cx, &m->ring, m->into, text) });
	return db_sync(m->cx, m->db);
}

static enum lg_err put_texts(struct tenant_moving *m, struct at *at)
{
	struct db_tenant_merge_texts_rows rows = { 0 };
	LG_TRY(db_tenant_merge_texts(m->cx, m->db, &rows,
	                             (struct db_tenant_merge_texts_in){ .after = at->id, .room = ROOM_LONG }));
	for (size_t i = 0; i < rows.n; i++) LG_TRY(put_text(m, &rows.rows[i]));
	if (rows.n) note_at(at->id, UUID, rows.rows[rows.n - 1].id);
	at->more = rows.n == ROOM_LONG;
	return LG_OK;
}

struct file {
	char id[UUID];
	struct lg_buf bytes;
};

/* All pieces of it are there: it is known by a hash of its bytes, with the other office's key. */
static enum lg_err end_file(struct tenant_moving *m, struct file *f)
{
	uint8_t hash[SEAL_BLIND];
	if (!*f->id) return LG_OK;
	seal_blind(hash, &m->ring, m->into, "document", f->bytes.data, f->bytes.len);
	lg_buf_clear(&f->bytes);
	return db_tenant_merge_document_hash(
	    m->cx, m->db, (struct db_tenant_merge_document_hash_in){ .id = f->id, .hash = { hash, sizeof hash } });
}

static enum lg_err put_piece(struct tenant_moving *m, const struct db_tenant_merge_pieces_row *r, struct file *f)
{
	const struct seal_key *key = NULL;
	const char *bytes, *column = document_column(m, r->number);
	size_t n;
	struct db_tenant_merge_piece_add_in in = { .document = r->document,
		                                   .number = r->number,
		                                   .candidate = r->candidate };
	if (strcmp(f->id, r->document) != 0) LG_TRY(end_file(m, f));
	note_at(f->id, UUID, r->document);
	if (!r->key_box.data) return lg_fail(m->cx, LG_FAULT, "document", "its key is gone");
	LG_TRY(key_of(m, r->document, r->key_box, &key));
	LG_TRY(seal_get(m->cx, key, seal_of(m->from, r->document, column), r->box, &bytes, &n));
	lg_put(&f->bytes, bytes, n);
	LG_TRY(seal_put(m->cx, key, seal_of(m->into, r->document, column), bytes, n, &in.box));
	db_tenant_merge_piece_add_send(m->cx, m->db, in);
	return db_sync(m->cx, m->db);
}

/* One document may have its pieces in several of ours. */
static enum lg_err put_pieces(struct tenant_moving *m, struct at *at, struct file *f)
{
	struct db_tenant_merge_pieces_rows rows = { 0 };
	LG_TRY(tenant_merge_act_in(m, m->from));
	LG_TRY(db_tenant_merge_pieces(
	    m->cx, m->db, &rows,
	    (struct db_tenant_merge_pieces_in){ .after = at->id, .number = at->n, .room = ROOM_LONG }));
	LG_TRY(tenant_merge_act_in(m, m->into));
	for (size_t i = 0; i < rows.n; i++) LG_TRY(put_piece(m, &rows.rows[i], f));
	at->more = rows.n == ROOM_LONG;
	if (!at->more) LG_TRY(end_file(m, f));
	if (!rows.n) return LG_OK;
	note_at(at->id, UUID, rows.rows[rows.n - 1].document);
	at->n = rows.rows[rows.n - 1].number;
	return db_tenant_merge_went(
	    m->cx, m->db,
	    (struct db_tenant_merge_went_in){ .from = m->from, .tab = "lg.document_piece", .rows = (int64_t)rows.n });
}

/* As in_pieces(), with the file between. */
static enum lg_err all_files(struct tenant_moving *m, struct file *f, struct lg_arena *part)
{
	struct lg_arena *whole = m->cx->mem;
	struct at at;
	enum lg_err err = LG_OK;
	begin_at(&at);
	while (err == LG_OK && at.more) {
		if (m->with && m->with->stopped()) return LG_BUSY;
		m->cx->mem = part;
		err = put_pieces(m, &at, f);
		m->cx->mem = whole;
		if (err == LG_OK) lg_arena_reset(part);
	}
	return err;
}

enum lg_err tenant_merge_documents(struct tenant_moving *m)
{
	struct file f = { .id = "" };
	struct lg_arena *part = lg_arena_new(0, NULL);
	lg_defer(m->cx->mem, end_arena, part);
	enum lg_err err = all_files(m, &f, part);
	lg_buf_free(&f.bytes);
	return err;
}

/* --- rows of imports, what runs were computed from, secrets of webhooks */

static enum lg_err put_rows(struct tenant_moving *m, struct at *at)
{
	struct db_tenant_merge_rows_rows rows = { 0 };
	LG_TRY(db_tenant_merge_rows(
	    m->cx, m->db, &rows, (struct db_tenant_merge_rows_in){ .after = at->id, .n = at->n, .room = ROOM_LONG }));
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_tenant_merge_rows_row *r = &rows.rows[i];
		const struct seal_key *key = NULL;
		struct db_tenant_merge_row_put_in in = { .import = r->import, .n = r->n };
		LG_TRY(key_of(m, r->import, r->key_box, &key));
		if (r->box.data) LG_TRY(again(m, key, r->import, "import_row", r->box, &in.box));
		if (r->before.data) LG_TRY(again(m, key, r->import, "import_before", r->before, &in.before));
		db_tenant_merge_row_put_send(m->cx, m->db, in);
	}
	if (!rows.n) return LG_OK;
	note_at(at->id, UUID, rows.rows[rows.n - 1].import);
	at->n = rows.rows[rows.n - 1].n;
	at->more = rows.n == ROOM_LONG;
	return db_sync(m->cx, m->db);
}

/* Mails of enquiries, as src/modules/hotline/mail_store.c seals them. */
static enum lg_err put_mails(struct tenant_moving *m, struct at *at)
{
	struct db_tenant_merge_mails_rows rows = { 0 };
	LG_TRY(db_tenant_merge_mails(
	    m->cx, m->db, &rows,
	    (struct db_tenant_merge_mails_in){ .after = at->id, .number = at->n, .room = ROOM_LONG }));
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_tenant_merge_mails_row *r = &rows.rows[i];
		const struct seal_key *key = NULL;
		const char *column =
		    r->number < 0 ? "enquiry_mail" : lg_printf(m->cx->mem, "enquiry_mail/%lld", (long long)r->number);
		struct db_bytes box;
		LG_TRY(key_of(m, r->mail, r->key_box, &key));
		LG_TRY(again(m, key, r->mail, column, r->box, &box));
		if (r->number < 0)
			db_tenant_merge_mail_put_send(
			    m->cx, m->db, (struct db_tenant_merge_mail_put_in){ .mail = r->mail, .box = box });
		else
			db_tenant_merge_mail_piece_put_send(m->cx, m->db,
			                                    (struct db_tenant_merge_mail_piece_put_in){
			                                        .mail = r->mail, .number = r->number, .box = box });
	}
	if (!rows.n) return LG_OK;
	note_at(at->id, UUID, rows.rows[rows.n - 1].mail);
	at->n = rows.rows[rows.n - 1].number;
	at->more = rows.n == ROOM_LONG;
	return db_sync(m->cx, m->db);
}

static enum lg_err put_inputs(struct tenant_moving *m, struct at *at)
{
	struct db_tenant_merge_inputs_rows rows = { 0 };
	LG_TRY(db_tenant_merge_inputs(
	    m->cx, m->db, &rows,
	    (struct db_tenant_merge_inputs_in){ .after = at->id, .piece = at->n, .room = ROOM_LONG }));
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_tenant_merge_inputs_row *r = &rows.rows[i];
		struct db_tenant_merge_input_put_in in = { .from = m->from, .run = r->run, .piece = r->piece };
		LG_TRY(again_office(m, r->run, "run_input", r->box, &in.box));
		db_tenant_merge_input_put_send(m->cx, m->db, in);
	}
	if (!rows.n) return LG_OK;
	note_at(at->id, UUID, rows.rows[rows.n - 1].run);
	at->n = rows.rows[rows.n - 1].piece;
	at->more = rows.n == ROOM_LONG;
	return db_sync(m->cx, m->db);
}

static enum lg_err put_webhooks(struct tenant_moving *m, struct at *at)
{
	struct db_tenant_merge_webhooks_rows rows = { 0 };
	(void)at;
	LG_TRY(db_tenant_merge_webhooks(m->cx, m->db, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_tenant_merge_webhooks_row *r = &rows.rows[i];
		struct db_tenant_merge_webhook_put_in in = { .id = r->id };
		LG_TRY(again_office(m, r->id, "webhook_secret", r->secret, &in.secret));
		if (r->old_secret.data) LG_TRY(again_office(m, r->id, "webhook_secret", r->old_secret, &in.old_secret));
		db_tenant_merge_webhook_put_send(m->cx, m->db, in);
	}
	return rows.n ? db_sync(m->cx, m->db) : LG_OK;
}

/* --- records that became one: they can be made two again in the other office */

/* A number as it was, {"kind", "blind": "\\x...", "box": "\\x...", ...}, sealed with the key of the one that is gone.
 */
static enum lg_err old_number(struct tenant_moving *m, const struct seal_key *key, const char *gone, json_t *o)
{
	const char *box = record_word(o, "box"), *kind = record_word(o, "kind"), *new_box, *new_blind;
	if (strncmp(box, "\\x", 2) != 0 || strcmp(record_word(o, "candidate_id"), gone) != 0) return LG_OK;
	size_t n = (strlen(box) - 2) / 2;
	uint8_t *bytes = lg_alloc(m->cx->mem, n + 1);
	if (!seal_hex_read(bytes, n, box + 2)) return LG_OK;
	LG_TRY(number_again(m, key, gone, kind, (struct db_bytes){ bytes, n }, &new_box, &new_blind));
	json_object_set_new(o, "box", json_string(lg_printf(m->cx->mem, "\\x%s", new_box)));
	json_object_set_new(o, "blind", json_string(lg_printf(m->cx->mem, "\\x%s", new_blind)));
	return LG_OK;
}

static enum lg_err walk(struct tenant_moving *m, const struct seal_key *key, const char *gone, json_t *v)
{
	const char *name;
	size_t i;
	json_t *one;
	if (json_is_array(v)) {
		json_array_foreach(v, i, one) LG_TRY(walk(m, key, gone, one));
		return LG_OK;
	}
	if (!json_is_object(v)) return LG_OK;
	json_object_foreach(v, name, one) LG_TRY(walk(m, key, gone, one));
	if (record_number(v, "tenant_id", 0) == m->from) json_object_set_new(v, "tenant_id", json_integer(m->into));
	if (json_object_get(v, "blind")) LG_TRY(old_number(m, key, gone, v));
	return LG_OK;
}

static enum lg_err put_merge(struct tenant_moving *m, const struct db_tenant_merge_merges_row *r)
{
	const struct seal_key *key = NULL;
	const char *text;
	size_t n;
	json_t *state;
	struct db_tenant_merge_merge_put_in in = { .id = r->id };
	LG_TRY(key_of(m, r->gone, r->key_box, &key));
	LG_TRY(seal_get(m->cx, key, seal_of(m->from, r->gone, "merge"), r->box, &text, &n));
	LG_TRY(record_parse(m->cx, &state, text, n));
	LG_TRY(walk(m, key, r->gone, state));
	text = record_text(m->cx, state);
	LG_TRY(seal_put(m->cx, key, seal_of(m->into, r->gone, "merge"), text, strlen(text), &in.box));
	db_tenant_merge_merge_put_send(m->cx, m->db, in);
	return db_sync(m->cx, m->db);
}

static enum lg_err put_merges(struct tenant_moving *m, struct at *at)
{
	struct db_tenant_merge_merges_rows rows = { 0 };
	LG_TRY(db_tenant_merge_merges(m->cx, m->db, &rows,
	                              (struct db_tenant_merge_merges_in){ .after = at->id, .room = ROOM_LONG }));
	for (size_t i = 0; i < rows.n; i++) LG_TRY(put_merge(m, &rows.rows[i]));
	if (rows.n) note_at(at->id, UUID, rows.rows[rows.n - 1].id);
	at->more = rows.n == ROOM_LONG;
	return LG_OK;
}

enum lg_err tenant_merge_reseal(struct tenant_moving *m)
{
	static enum lg_err (*const all[])(struct tenant_moving *,
	                                  struct at *) = { put_keys,  put_numbers, put_texts,    put_rows,
		                                           put_mails, put_inputs,  put_webhooks, put_merges };
	LG_TRY(tenant_merge_act_in(m, m->from));
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) LG_TRY(in_pieces(m, all[i]));
	return LG_OK;
}

/* --- lines of the audit */

static enum lg_err put_lines(struct tenant_moving *m, struct at *at)
{
	struct db_tenant_merge_lines_rows rows = { 0 };
	struct db_tenant_merge_lines_put_row put;
	LG_TRY(tenant_merge_act_in(m, m->from));
	LG_TRY(db_tenant_merge_lines(
	    m->cx, m->db, &rows,
	    (struct db_tenant_merge_lines_in){ .era = at->era, .xid = at->xid, .after = at->id, .room = ROOM }));
	if (!rows.n) return LG_OK;
	int64_t *eras = lg_array(m->cx->mem, rows.n, sizeof *eras);
	const char **xids = lg_array(m->cx->mem, rows.n, sizeof *xids),
	           **ids = lg_array(m->cx->mem, rows.n, sizeof *ids),
	           **boxes = lg_array(m->cx->mem, rows.n, sizeof *boxes);
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_tenant_merge_lines_row *r = &rows.rows[i];
		const struct seal_key *key = NULL;
		struct db_bytes box;
		eras[i] = r->era;
		xids[i] = r->xid;
		ids[i] = r->id;
		boxes[i] = ""; /* whose key is gone is erased: it goes along unread */
		if (!r->key_box.data) continue;
		LG_TRY(key_of(m, r->subject, r->key_box, &key));
		LG_TRY(again(m, key, r->subject, "audit", r->payload, &box));
		boxes[i] = hex(m, box);
	}
	const struct db_tenant_merge_lines_row *last = &rows.rows[rows.n - 1];
	at->era = last->era;
	note_at(at->xid, XID, last->xid);
	note_at(at->id, UUID, last->id);
	at->more = rows.n == ROOM;
	return db_tenant_merge_lines_put(m->cx, m->db, &put,
	                                 (struct db_tenant_merge_lines_put_in){
	                                     .from = m->from,
	                                     .eras = { .ints = eras, .n = rows.n },
	                                     .xids = { .texts = xids, .n = rows.n },
	                                     .ids = { .texts = ids, .n = rows.n },
	                                     .boxes = { .texts = boxes, .n = rows.n },
	                                 });
}

enum lg_err tenant_merge_lines(struct tenant_moving *m) { return in_pieces(m, put_lines); }

/* --- beforehand: who is known in both */

static enum lg_err count_numbers(struct tenant_moving *m, struct at *at)
{
	struct db_tenant_merge_numbers_rows rows = { 0 };
	struct db_tenant_merge_numbers_there_row there = { 0 };
	struct seal_ring *ring = &m->ring;
	LG_TRY(tenant_merge_act_in(m, m->from));
	LG_TRY(db_tenant_merge_numbers(m->cx, m->db, &rows,
	                               (struct db_tenant_merge_numbers_in){ .after = at->id, .room = ROOM }));
	const char **blinds = lg_array(m->cx->mem, rows.n + 1, sizeof *blinds), *box;
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_tenant_merge_numbers_row *r = &rows.rows[i];
		const struct seal_key *key = NULL;
		blinds[i] = "";
		if (!r->key_box.data) continue;
		LG_TRY(seal_person(m->cx, ring, m->from, r->candidate, r->key_box, &key));
		LG_TRY(number_again(m, key, r->candidate, r->kind, r->box, &box, &blinds[i]));
	}
	if (rows.n) note_at(at->id, UUID, rows.rows[rows.n - 1].id);
	LG_TRY(tenant_merge_act_in(m, m->into));
	LG_TRY(db_tenant_merge_numbers_there(
	    m->cx, m->db, &there,
	    (struct db_tenant_merge_numbers_there_in){ .blinds = { .texts = blinds, .n = rows.n } }));
	at->more = rows.n == ROOM;
	m->same += there.n;
	return LG_OK;
}

enum lg_err tenant_merge_same_people(struct lg_ctx *cx, struct db_pool *pool, const struct seal_ring *ring,
                                     int32_t from, int32_t into, int64_t *n)
{
	struct tenant_moving m = { .cx = cx, .ring = *ring, .from = from, .into = into };
	LG_TRY(
	    db_open(cx, pool, &m.db, &(struct db_who){ .as = DB_AS_JOB, .tenant = from, .purpose = "tenant_merge" }));
	LG_TRY(in_pieces(&m, count_numbers));
	*n = m.same;
	return db_end(cx, m.db);
}
