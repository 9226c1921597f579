/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/document.h"

#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "base/date.h"
#include "base/log.h"
#include "core/candidate_view.h"
#include "core/core.h"
#include "core/document_text.h"
#include "core/entity.h"
#include "core/record_store.h"
#include "formats/document.h"
#include "view/speech.h"

enum { PIECE_BYTES = 512 << 10, MOST_LISTED = 100 };

/* --- what was sent */

struct upload {
	const struct http_file *file;
	const char *name;
	enum lg_document is;
};

/* What a client calls a file may be a path, and long. Its ending stays. */
static const char *clean_name(struct lg_ctx *cx, const char *filename)
{
	enum { NAME = 150 };
	const char *base = filename;
	for (const char *p = filename; *p; p++)
		if (*p == '/' || *p == '\\') base = p + 1;
	size_t n = strlen(base), cut = n > NAME ? n - NAME : 0;
	while (cut && ((unsigned char)base[cut] & 0xC0) == 0x80) cut++;
	const char *tidy = name_tidy(cx->mem, base + cut, n - cut);
	return tidy ? tidy : "";
}

static enum lg_err check_kind(struct lg_ctx *cx, struct upload *up)
{
	up->is = lg_document_is(up->file->bytes, up->file->n);
	enum lg_document said = lg_document_said(up->name);
	if (up->is == LG_DOCUMENTS || said == LG_DOCUMENTS)
		return lg_fail(cx, LG_INVALID, "file",
		               lg_say("This is no kind of file that can be kept here. PDF, PNG, JPEG, Word (docx), "
		                      "OpenDocument (odt) and plain text (txt) can."));
	if (up->is == said) return LG_OK;
	return lg_failf(cx, LG_INVALID, "file",
	                lg_say("The name says that this file is of one kind (%s), and what is in it is of another "
	                       "(%s). Save it anew, and try again."),
	                lg_document_code(said), lg_document_code(up->is));
}

static enum lg_err take_file(struct lg_ctx *cx, struct call *c, struct upload *up)
{
	size_t most = app_setup(c->app)->most_document;
	*up = (struct upload){ .file = http_file(c->rq, "file") };
	if (!up->file || c->rq->files.n != 1) return lg_fail(cx, LG_INVALID, "file", lg_say("Choose one file."));
	if (!up->file->n) return lg_fail(cx, LG_INVALID, "file", lg_say("There is nothing in this file."));
	if (up->file->n > most)
		return lg_failf(cx, LG_INVALID, "file", lg_say("This file is too large: %s are the most."),
		                document_size_words(cx, (int64_t)most));
	up->name = clean_name(cx, up->file->filename);
	return check_kind(cx, up);
}

/* --- its text */

/* What a parser may say to people; anything else is the last. Kept as it stands here, and said in the reader's
 * language. */
static const char *const reasons[] = {
	LG_TEXT("This file is locked with a password, so that its text cannot be read."),
	LG_TEXT("The text in this file could not be read: it is damaged. Open it, and save it anew."),
	LG_TEXT("There is more in this file than can be read."),
	LG_TEXT("Texts of PDF files are not read here: the library for it is not installed."),
	LG_TEXT("Many files are being read just now; please try again in a moment."),
	LG_TEXT("This file could not be read: it is damaged, or too much work. Try to save it anew, or as plain text."),
};
enum { REASONS = sizeof reasons / sizeof *reasons };

static const char *reason_of(const struct lg_ctx *cx)
{
	const char *said = cx->notes && cx->notes->text ? cx->notes->text : "";
	for (size_t i = 0; i < REASONS; i++)
		if (!strcmp(reasons[i], said)) return reasons[i];
	return reasons[REASONS - 1];
}

/**
 * The text, or NULL and why there is none; both NULL of a picture. Whatever becomes of the parser, the document is
 * kept. It takes up to five seconds (cmd/parser.h), with the transaction open; no more than eight at once do.
 */
static const char *read_text(struct lg_ctx *cx, struct call *c, const struct upload *up, const char **why)
{
	struct lg_buf text = { 0 };
	struct lg_note *before = cx->notes;
	const struct app_setup *setup = app_setup(c->app);
	const char *out = NULL;
	*why = NULL;
	if (up->is == LG_DOCUMENT_png || up->is == LG_DOCUMENT_jpeg) return NULL;
	enum lg_err err =
	    setup->parse ? setup->parse(cx, lg_document_code(up->is), up->file->bytes, up->file->n, &text) : LG_FAULT;
	if (err == LG_OK)
		out = lg_strndup(cx->mem, text.data ? text.data : "", text.len);
	else
		*why = reason_of(cx);
	if (err == LG_FAULT) lg_log(cx, LG_LOG_WARN, "no parser", LOG_TEXT("kind", lg_document_code(up->is)));
	cx->notes = before;
	lg_buf_free(&text);
	return out;
}

/* --- storing */

static struct seal_place place_of(struct lg_ctx *cx, const struct call *c, const char *id, int64_t number)
{
	return seal_of(c->actor.tenant, id, lg_printf(cx->mem, "document/%lld", (long long)number));
}

static enum lg_err store_pieces(struct lg_ctx *cx, struct call *c, const char *id, const char *candidate,
                                const struct seal_key *key, const struct http_file *f)
{
	int64_t number = 0;
	for (size_t at = 0; at < f->n; at += PIECE_BYTES, number++) {
		struct db_document_piece_add_in in = { .document = id, .candidate = candidate, .number = number };
		size_t n = f->n - at < PIECE_BYTES ? f->n - at : PIECE_BYTES;
		LG_TRY(seal_put(cx, key, place_of(cx, c, id, number), f->bytes + at, n, &in.box));
		db_document_piece_add_send(cx, c->db, in);
	}
	return LG_OK;
}

/* What the history keeps of it: which file, as a change from nothing or to nothing. */
static json_t *change_of(struct lg_ctx *cx, const char *name, bool added)
{
	return record_keep(cx, json_pack("[{s:s, s:s}]", "field", "file", added ? "after" : "before", name));
}

static enum lg_err store(struct lg_ctx *cx, struct call *c, const struct candidate *of, const json_t *record,
                         const struct upload *up, const char **id)
{
	const struct seal_key *key;
	const char *why, *text = read_text(cx, c, up, &why), *until = record_word(record, "valid_until");
	struct seal_ring ring = seal_ring_of(app_setup(c->app)->seal_key);
	uint8_t hash[SEAL_BLIND];
	struct db_document_add_row row;
	bool added;
	*id = record_new_id(cx);
	seal_blind(hash, &ring, c->actor.tenant, "document", up->file->bytes, up->file->n);
	struct db_document_add_in in = { .id = *id,
		                         .candidate = of->id,
		                         .account = c->actor.account,
		                         .kind = record_word(record, "kind"),
		                         .name = up->name,
		                         .type = lg_document_code(up->is),
		                         .size = (int64_t)up->file->n,
		                         .hash = seal_hex(cx, hash, sizeof hash),
		                         .text_state = text  ? "read"
		                                       : why ? "unread"
		                                             : "none",
		                         .text_why = why };
	if (!lg_date_read(&in.valid_until, until, strlen(until))) in.valid_until = DB_NO_DATE;
	LG_TRY(audit_key_new(cx, c, *id, &key));
	if (text) LG_TRY(seal_put(cx, key, place_of(cx, c, *id, -1), text, strlen(text), &in.text_box));
	LG_TRY(db_document_add(cx, c->db, &row, &added, in));
	if (!added) return lg_fail(cx, LG_INVALID, "file", lg_say("This file is here already."));
	LG_TRY(store_pieces(cx, c, *id, of->id, key, up->file));
	if (text)
		db_document_words_put_send(cx, c->db,
		                           (struct db_document_words_put_in){ .document = *id,
		                                                              .candidate = of->id,
		                                                              .keys = document_keys(cx, c, text) });
	LG_TRY(audit_change(cx, c, "added", "document", of->id, of->version, of->key, change_of(cx, up->name, true)));
	return db_sync(cx, c->db);
}

enum lg_err on_document_add(struct lg_ctx *cx, struct call *c)
{
	struct candidate_page page;
	struct upload up;
	json_t *record, *typed;
	const char *id, *new_id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(candidate_page_read(cx, c, id, &page));
	enum lg_err err = record_from_form(cx, &record, &typed, &document_entity, &document_entity.sections[0],
	                                   &c->rq->form, form_also, core_checks(cx, c->app));
	enum lg_err of_file = take_file(cx, c, &up);
	if (err == LG_OK) err = of_file;
	if (err == LG_OK) err = store(cx, c, &page.one, record, &up, &new_id);
	if (err == LG_INVALID && !c->api) {
		db_abandon(c->db); /* of what was queued nothing is kept */
		c->db = NULL;
		return candidate_show(cx, c, &page), LG_OK;
	}
	LG_TRY(err);
	if (!c->api)
		return answer_see(cx, c, lg_printf(cx->mem, "/candidates/%s?said=document_added#documents", id), NULL),
		       LG_OK;
	answer_json(cx, c, 201, record_keep(cx, json_pack("{s:s}", "id", new_id)));
	return LG_OK;
}

/* --- reading */

static enum lg_err key_of(struct lg_ctx *cx, struct call *c, const char *id, struct db_bytes box,
                          const struct seal_key **key)
{
	struct seal_ring ring = seal_ring_of(app_setup(c->app)->seal_key);
	if (!box.data) return lg_fail(cx, LG_FAULT, "document", "its key is gone");
	return seal_person(cx, &ring, c->actor.tenant, id, box, key);
}

static enum lg_err text_of(struct lg_ctx *cx, struct call *c, const char *id, struct db_bytes key_box,
                           struct db_bytes text_box, const char **text)
{
	const struct seal_key *key = NULL;
	size_t n;
	*text = "";
	if (!text_box.data) return LG_OK;
	LG_TRY(key_of(cx, c, id, key_box, &key));
	return seal_get(cx, key, place_of(cx, c, id, -1), text_box, text, &n);
}

static enum lg_err args(const struct call *c, const char **candidate, const char **id)
{
	LG_TRY(app_uuid(c->rq->args[0], candidate));
	return app_uuid(c->rq->args[1], id);
}

enum lg_err on_document_file(struct lg_ctx *cx, struct call *c)
{
	const char *candidate, *id;
	struct db_document_get_row row;
	struct db_document_pieces_rows pieces = { 0 };
	const struct seal_key *key = NULL;
	LG_TRY(args(c, &candidate, &id));
	LG_TRY(db_document_get(cx, c->db, &row, (struct db_document_get_in){ .id = id, .candidate = candidate }));
	db_document_pieces_send(cx, c->db, &pieces, (struct db_document_pieces_in){ .document = id });
	audit_seen(cx, c, (const char *const[]){ candidate }, 1);
	LG_TRY(app_end(cx, c)); /* written down before it is given */
	LG_TRY(key_of(cx, c, id, row.key_box, &key));
	for (size_t i = 0; i < pieces.n; i++) {
		const char *bytes;
		size_t n;
		LG_TRY(seal_get(cx, key, place_of(cx, c, id, pieces.rows[i].number), pieces.rows[i].box, &bytes, &n));
		lg_put(&c->rs->body, bytes, n);
	}
	if ((int64_t)c->rs->body.len != row.size) return lg_fail(cx, LG_FAULT, "document", "a piece is missing");
	enum lg_document is = lg_document_of_code(row.type);
	answer_file(cx, c, is < LG_DOCUMENTS ? lg_document_media(is) : "application/octet-stream", row.name);
	/* Whoever opens it in the browser all the same opens it as somebody without rights. */
	http_put_header(c->rs, "Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
	return LG_OK;
}

/* --- answers */

static json_t *as_json(const char *id, const char *kind, int32_t until, const char *name, const char *type,
                       int64_t size, int64_t at, const char *account)
{
	char day[11];
	if (until != DB_NO_DATE) lg_date_print(day, until);
	return json_pack("{s:s, s:s, s:s?, s:s, s:s, s:I, s:I, s:s?}", "id", id, "kind", kind, "valid_until",
	                 until == DB_NO_DATE ? NULL : day, "name", name, "type", type, "size", (json_int_t)size, "at",
	                 (json_int_t)(at / 1000000), "account", account);
}

enum lg_err on_document_show(struct lg_ctx *cx, struct call *c)
{
	const char *candidate, *id, *text;
	struct candidate_page page;
	struct db_document_get_row row;
	LG_TRY(args(c, &candidate, &id));
	LG_TRY(candidate_page_read(cx, c, candidate, &page));
	LG_TRY(db_document_get(cx, c->db, &row, (struct db_document_get_in){ .id = id, .candidate = candidate }));
	audit_seen(cx, c, &candidate, 1);
	LG_TRY(app_end(cx, c));
	LG_TRY(text_of(cx, c, id, row.key_box, row.text_box, &text));
	if (!c->api) return document_show(cx, c, &page, &row, text), LG_OK;
	json_t *o =
	    record_keep(cx, as_json(id, row.kind, row.valid_until, row.name, row.type, row.size, row.at, row.account));
	json_object_set_new(o, "text", row.text_box.data ? json_string(text) : json_null());
	json_object_set_new(o, "why", row.text_why ? json_string(row.text_why) : json_null());
	answer_json(cx, c, 200, o);
	return LG_OK;
}

enum lg_err on_document_list(struct lg_ctx *cx, struct call *c)
{
	struct db_document_list_rows rows = { 0 };
	json_t *list = record_keep(cx, json_array());
	const char *id;
	bool there;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	db_document_list_send(cx, c->db, &rows, (struct db_document_list_in){ .candidate = id, .room = MOST_LISTED });
	candidate_seen_send(cx, c, id, true, &there);
	LG_TRY(app_end(cx, c));
	if (!there) return LG_UNKNOWN;
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_document_list_row *r = &rows.rows[i];
		json_array_append_new(
		    list, as_json(r->id, r->kind, r->valid_until, r->name, r->type, r->size, r->at, r->account));
	}
	answer_json(cx, c, 200, list);
	return LG_OK;
}

/* --- the end of one */

enum lg_err on_document_remove(struct lg_ctx *cx, struct call *c)
{
	const char *candidate, *id;
	struct candidate_page page;
	struct db_document_get_row row;
	LG_TRY(args(c, &candidate, &id));
	LG_TRY(candidate_page_read(cx, c, candidate, &page));
	LG_TRY(db_document_get(cx, c->db, &row, (struct db_document_get_in){ .id = id, .candidate = candidate }));
	db_document_remove_send(cx, c->db, (struct db_document_remove_in){ .id = id, .candidate = candidate });
	audit_key_forget(cx, c, id);
	LG_TRY(audit_change(cx, c, "removed", "document", candidate, page.one.version, page.one.key,
	                    change_of(cx, row.name, false)));
	LG_TRY(db_sync(cx, c->db));
	answer_see(cx, c, lg_printf(cx->mem, "/candidates/%s?said=document_removed#documents", candidate), NULL);
	return LG_OK;
}

void document_forget_send(struct lg_ctx *cx, struct call *c, const char *candidate)
{
	db_document_keys_forget_send(cx, c->db, (struct db_document_keys_forget_in){ .candidate = candidate });
}

/* --- found */

enum lg_err document_hits(struct lg_ctx *cx, struct call *c, const char *asked, struct db_list candidates,
                          struct document_hit **out, size_t *n)
{
	struct db_document_found_rows rows = { 0 };
	struct db_list keys = document_keys(cx, c, asked);
	*n = 0;
	if (!keys.n || !candidates.n) return LG_OK;
	LG_TRY(db_document_found(
	    cx, c->db, &rows,
	    (struct db_document_found_in){ .candidates = candidates, .keys = keys, .words = (int64_t)keys.n }));
	*out = lg_array(cx->mem, rows.n + 1, sizeof **out);
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_document_found_row *r = &rows.rows[i];
		const char *text;
		LG_TRY(text_of(cx, c, r->id, r->key_box, r->text_box, &text));
		(*out)[(*n)++] =
		    (struct document_hit){ r->candidate, r->id, r->kind, r->name, document_quote(cx, text, asked) };
	}
	return LG_OK;
}
