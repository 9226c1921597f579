/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/mail_store.h"

#include <string.h>

#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/mail.h"
#include "core/record_store.h"
#include "modules/hotline/entities.h"
#include "view/speech.h"

enum { PIECE_BYTES = 512 << 10, COLUMN = 40 };

static const char *word(const json_t *o, const char *name) { return record_word(o, name); }

static struct seal_place place_of(struct lg_ctx *cx, const struct call *c, const char *id, int64_t number)
{
	return seal_of(c->actor.tenant, id,
	               number < 0 ? "enquiry_mail" : lg_printf(cx->mem, "enquiry_mail/%lld", (long long)number));
}

/* --- reading */

enum lg_err mail_open(struct lg_ctx *cx, struct call *c, const struct db_enquiry_mail_list_row *row, json_t **said)
{
	struct seal_ring ring = seal_ring_of(app_setup(c->app)->seal_key);
	const struct seal_key *key = NULL;
	const char *text;
	size_t n;
	*said = record_keep(cx, json_object());
	if (!row->key_box.data) return LG_OK;
	LG_TRY(seal_person(cx, &ring, c->actor.tenant, row->id, row->key_box, &key));
	LG_TRY(seal_get(cx, key, place_of(cx, c, row->id, -1), row->box, &text, &n));
	return record_parse(cx, said, text, n);
}

enum lg_err mail_get(struct lg_ctx *cx, struct call *c, const char *id, const struct db_enquiry_mail_list_row **out)
{
	struct db_enquiry_mail_list_rows *rows = lg_alloc(cx->mem, sizeof *rows);
	LG_TRY(db_enquiry_mail_get(cx, c->db, rows, (struct db_enquiry_mail_get_in){ .id = id }));
	if (!rows->n) return LG_UNKNOWN;
	*out = &rows->rows[0];
	return LG_OK;
}

enum lg_err mail_bytes(struct lg_ctx *cx, struct call *c, const struct db_enquiry_mail_list_row *row,
                       const struct db_enquiry_mail_pieces_rows *pieces, struct lg_buf *out)
{
	struct seal_ring ring = seal_ring_of(app_setup(c->app)->seal_key);
	const struct seal_key *key = NULL;
	size_t before = out->len;
	if (!row->key_box.data) return LG_UNKNOWN;
	LG_TRY(seal_person(cx, &ring, c->actor.tenant, row->id, row->key_box, &key));
	for (size_t i = 0; i < pieces->n; i++) {
		const char *bytes;
		size_t n;
		LG_TRY(seal_get(cx, key, place_of(cx, c, row->id, pieces->rows[i].number), pieces->rows[i].box, &bytes,
		                &n));
		lg_put(out, bytes, n);
	}
	if ((int64_t)(out->len - before) != row->size) return lg_fail(cx, LG_FAULT, "mail", "a piece is missing");
	return LG_OK;
}

/* --- keeping */

enum lg_err mail_keep(struct lg_ctx *cx, struct call *c, const struct mail_kept *m, const char **id)
{
	const struct seal_key *key;
	const char *text = record_text(cx, m->said);
	*id = record_new_id(cx);
	struct db_enquiry_mail_add_in in = { .id = *id,
		                             .enquiry = m->enquiry,
		                             .way = "in",
		                             .sort = mail_sorts[m->sort].code,
		                             .mail = m->from,
		                             .message_id = m->message_id,
		                             .hash = m->hash,
		                             .size = (int64_t)m->n };
	LG_TRY(audit_key_new(cx, c, *id, &key));
	LG_TRY(seal_put(cx, key, place_of(cx, c, *id, -1), text, strlen(text), &in.box));
	db_enquiry_mail_add_send(cx, c->db, in);
	int64_t number = 0;
	for (size_t at = 0; at < m->n; at += PIECE_BYTES, number++) {
		struct db_enquiry_mail_piece_add_in piece = { .mail = *id, .number = number };
		size_t n = m->n - at < PIECE_BYTES ? m->n - at : PIECE_BYTES;
		LG_TRY(seal_put(cx, key, place_of(cx, c, *id, number), m->bytes + at, n, &piece.box));
		db_enquiry_mail_piece_add_send(cx, c->db, piece);
	}
	return LG_OK;
}

/* --- writing */

const char *mail_usual_language(const struct call *c)
{
	return c->actor.zone && strstr(c->actor.zone, "Stockholm") ? "sv" : "da";
}

static const char *new_tag(struct lg_ctx *cx)
{
	static const char signs[] = MAIL_TAG_SIGNS;
	_Static_assert(sizeof signs == 33, "five bits a sign");
	uint8_t chance[MAIL_TAG];
	char *tag = lg_alloc(cx->mem, MAIL_TAG + 1);
	seal_random(chance, sizeof chance);
	for (size_t i = 0; i < MAIL_TAG; i++) tag[i] = signs[chance[i] & 31];
	return tag;
}

enum lg_err mail_thread_of(struct lg_ctx *cx, struct call *c, const char *enquiry, const char *language,
                           struct mail_thread *out)
{
	struct db_enquiry_thread_get_row row = { 0 };
	bool found;
	*out = (struct mail_thread){ .enquiry = enquiry };
	db_enquiry_thread_add_send(
	    cx, c->db,
	    (struct db_enquiry_thread_add_in){ .enquiry = enquiry, .tag = new_tag(cx), .language = language });
	db_enquiry_mail_entrance_send(cx, c->db, &out->entrance, &out->entrance_found);
	LG_TRY(db_enquiry_thread_get(cx, c->db, &row, &found, (struct db_enquiry_thread_get_in){ .enquiry = enquiry }));
	if (!found) return LG_UNKNOWN;
	out->tag = row.tag, out->language = row.language;
	return LG_OK;
}

const char *mail_references(struct lg_ctx *cx, const json_t *said)
{
	const json_t *ids = json_object_get(said, "references");
	const char *all = "", *own = word(said, "message_id");
	size_t n = json_array_size(ids), i = n > 8 ? n - 8 : 0; /* the first of a long thread tell nothing more */
	for (; i < n; i++) {
		const char *id = json_string_value(json_array_get(ids, i));
		if (id && strcmp(id, own) != 0) all = lg_printf(cx->mem, "%s%s%s", all, *all ? " " : "", id);
	}
	return *own ? lg_printf(cx->mem, "%s%s%s", all, *all ? " " : "", own) : all;
}

static json_t *words_of(struct lg_ctx *cx, const struct mail_thread *t, const struct mail_written *m)
{
	const char *reply_to = t->entrance_found && t->entrance.mail ? t->entrance.mail : "";
	json_t *o = record_keep(cx, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "subject", m->subject, "body", m->text,
	                                      "tag", t->tag, "reply_to", mail_address_is_good(reply_to) ? reply_to : "",
	                                      "in_reply_to", m->in_reply_to, "references", m->references));
	if (t->entrance_found) {
		json_object_set_new(o, "from_name", json_string(t->entrance.name));
		json_object_set_new(o, "phone", json_string(t->entrance.phone));
	}
	if (m->hours) json_object_set_new(o, "hours", json_string(m->hours));
	return o;
}

enum lg_err mail_write(struct lg_ctx *cx, struct call *c, const struct mail_thread *thread,
                       const struct mail_written *m)
{
	const struct seal_key *key;
	const char *outbox = record_new_id(cx), *message_id = record_new_id(cx);
	const char *said = record_text(cx, record_keep(cx, json_pack("{s:s, s:s, s:s}", "subject", m->subject, "text",
	                                                             m->text, "message_id", message_id)));
	struct db_enquiry_mail_add_in in = { .id = m->id,
		                             .enquiry = thread->enquiry,
		                             .way = "out",
		                             .sort = m->sort,
		                             .mail = m->to,
		                             .message_id = message_id,
		                             .account = m->account,
		                             .outbox = outbox };
	LG_TRY(audit_key_new(cx, c, m->id, &key));
	LG_TRY(seal_put(cx, key, place_of(cx, c, m->id, -1), said, strlen(said), &in.box));
	db_enquiry_mail_order_send(cx, c->db,
	                           (struct db_enquiry_mail_order_in){
	                               .id = outbox,
	                               .message_id = message_id,
	                               .kind = !strcmp(m->sort, "answer") ? "enquiry_answer" : "enquiry_confirmed",
	                               .to_mail = m->to,
	                               .language = thread->language,
	                               .data = record_text(cx, words_of(cx, thread, m)) });
	db_enquiry_mail_add_send(cx, c->db, in);
	return LG_OK;
}

/* --- beginning an enquiry, and saying so */

/* Of whoever wrote before, what may be held without a basis. */
static void put_caller(json_t *record, const struct db_enquiry_mail_caller_row *r)
{
	if (r->caller_phone) json_object_set_new(record, "caller_phone", json_string(r->caller_phone));
	if (r->municipality) json_object_set_new(record, "municipality", json_string(r->municipality));
	if (r->caller_place) json_object_set_new(record, "caller_place", json_string(r->caller_place));
}

enum lg_err mail_begin_enquiry(struct lg_ctx *cx, struct call *c, const char *from, const char **id)
{
	struct db_enquiry_mail_caller_row caller = { 0 };
	bool good = mail_address_is_good(from), known = false;
	const char *before = lg_speech_language();
	if (good)
		LG_TRY(db_enquiry_mail_caller(cx, c->db, &caller, &known,
		                              (struct db_enquiry_mail_caller_in){ .mail = from }));
	lg_speak_here(mail_usual_language(c));
	json_t *record =
	    record_keep(cx, json_pack("{s:s, s:s, s:s, s:s, s:s}", "channel", "mail", "subject", "other", "about",
	                              "nobody", "priority", "normal", "words",
	                              lg_say("A mail. Open it, and write here what is asked, without names.")));
	lg_speak_here(before);
	if (good) json_object_set_new(record, "caller_mail", json_string(from));
	if (known) put_caller(record, &caller);
	return enquiry_register(cx, c, record, known ? caller.id : NULL, app_setup(c->app)->trial, id);
}

static const char *hours_words(struct lg_ctx *cx, struct call *c, const char *hours)
{
	const struct field *f = entity_field(&entrance_entity, "hours", "hours");
	return hours && *hours ? form_words(cx, c, f, record_keep(cx, json_string(hours)), NULL) : NULL;
}

enum lg_err mail_confirm(struct lg_ctx *cx, struct call *c, const struct mail_thread *thread, const char *from,
                         const json_t *said)
{
	if (!thread->entrance_found || !mail_address_is_good(from)) return LG_OK;
	const char *before = lg_speech_language();
	lg_speak_here(thread->language);
	struct mail_written m = { .id = record_new_id(cx),
		                  .sort = "confirmation",
		                  .to = from,
		                  .subject = lg_printf(cx->mem, lg_say("We have your question [%s]"),
		                                       lg_printf(cx->mem, "LG-%s", thread->tag)),
		                  .text = lg_say("A confirmation, with our number, our hours and the reference."),
		                  .in_reply_to = word(said, "message_id"),
		                  .references = mail_references(cx, said),
		                  .hours = hours_words(cx, c, thread->entrance.hours) };
	lg_speak_here(before);
	return mail_write(cx, c, thread, &m);
}
