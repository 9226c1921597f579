/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * A mail comes: from the office's mail server, through `landgang mail-in`. It is read in the parser process; it is
 * kept, whole and sealed, in the transaction that makes an enquiry of it, so that an answer of 2xx means that it is
 * here. It never fills a field of the enquiry but the sender's address: what it says is read on the enquiry's page of
 * mails.
 */
#include <string.h>
#include <strings.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/record.h"
#include "base/log.h"
#include "core/mail.h"
#include "core/openapi.h"
#include "modules/hotline/hotline.h"
#include "modules/hotline/mail_store.h"
#include "view/speech.h"

enum { IDS = 100, TAGS = 8, MOST_FROM = 254 };

static const char *word(const json_t *o, const char *name) { return record_word(o, name); }

struct came {
	const char *bytes;
	size_t n;
	const char *envelope; /* NULL: not said */
	const char *to;       /* of the envelope; "" when not said */
	json_t *said;
	bool unread;
	const char *from, *message_id, *hash;
	struct db_enquiry_mail_where_row where;
	enum mail_sort sort;
};

static void free_buf(void *buf) { lg_buf_free(buf); }

/* LG_BUSY, LG_FAULT: come again. What cannot be read is kept all the same. */
static enum lg_err read_it(struct lg_ctx *cx, struct call *c, struct came *m)
{
	struct lg_buf *text = lg_alloc(cx->mem, sizeof *text);
	struct lg_note *before = cx->notes;
	const struct app_setup *setup = app_setup(c->app);
	lg_defer(cx->mem, free_buf, text);
	enum lg_err err = setup->parse ? setup->parse(cx, "mail", m->bytes, m->n, text) : LG_INVALID;
	if (err == LG_OK) err = record_parse(cx, &m->said, text->data ? text->data : "", text->len);
	m->unread = err == LG_INVALID;
	if (!m->unread) return err;
	lg_log(cx, LG_LOG_WARN, "mail not read", LOG_TEXT("why", cx->notes && cx->notes->text ? cx->notes->text : ""));
	cx->notes = before;
	m->said = record_keep(cx, json_object());
	return LG_OK;
}

static const char *small_letters(struct lg_ctx *cx, const char *address)
{
	char *out = lg_strndup(cx->mem, address, strnlen(address, MOST_FROM));
	for (char *s = out; *s; s++)
		if (*s >= 'A' && *s <= 'Z') *s = (char)(*s - 'A' + 'a');
	return mail_address_is_good(out) ? out : "";
}

/* The same mail has the same Message-ID and says the same; on their way servers add to the head only. */
static const char *hash_of(struct lg_ctx *cx, const struct came *m)
{
	struct lg_buf *all = lg_alloc(cx->mem, sizeof *all);
	uint8_t hash[32];
	size_t body = m->unread ? 0 : mail_body(m->bytes, m->n);
	lg_defer(cx->mem, free_buf, all);
	lg_puts(all, word(m->said, "from"));
	lg_putc(all, '\n');
	lg_puts(all, word(m->said, "subject"));
	lg_putc(all, '\n');
	lg_put(all, m->bytes + body, m->n - body);
	seal_hash(hash, all->data, all->len);
	return seal_hex(cx, hash, sizeof hash);
}

/* --- its thread */

static const char *without_host(struct lg_ctx *cx, const char *id) { return lg_strndup(cx->mem, id, strcspn(id, "@")); }

static struct db_list ids_of(struct lg_ctx *cx, const struct came *m)
{
	const char **ids = lg_array(cx->mem, IDS, sizeof *ids);
	size_t n = 0, i;
	json_t *one;
	json_array_foreach(json_object_get(m->said, "references"), i, one)
	{
		const char *id = json_string_value(one);
		if (!id || n + 2 > IDS) continue;
		ids[n++] = id;
		if (strchr(id, '@')) ids[n++] = without_host(cx, id);
	}
	return (struct db_list){ .texts = ids, .n = n };
}

static struct db_list tags_of(struct lg_ctx *cx, const struct came *m)
{
	const char **tags = lg_array(cx->mem, TAGS, sizeof *tags);
	char tag[MAIL_TAG + 1];
	size_t n = 0, i;
	json_t *one;
	if (mail_tag_of_address(tag, m->to)) tags[n++] = lg_strdup(cx->mem, tag);
	if (mail_tag_of_subject(tag, word(m->said, "subject"))) tags[n++] = lg_strdup(cx->mem, tag);
	json_array_foreach(json_object_get(m->said, "to"), i, one)
	{
		const char *address = json_string_value(one);
		if (n < TAGS && address && mail_tag_of_address(tag, address)) tags[n++] = lg_strdup(cx->mem, tag);
	}
	return (struct db_list){ .texts = tags, .n = n };
}

static void tell_apart(struct came *m)
{
	const json_t *o = m->said;
	m->sort = mail_sort_of(&(struct mail_signs){ .auto_submitted = word(o, "auto_submitted"),
	                                             .precedence = word(o, "precedence"),
	                                             .from = m->from,
	                                             .envelope = m->envelope,
	                                             .suppress = record_flag(o, "suppress"),
	                                             .list = record_flag(o, "list"),
	                                             .empty_return = record_flag(o, "empty_return"),
	                                             .report = record_flag(o, "report"),
	                                             .is_ours = m->where.ours,
	                                             .lately = m->where.lately });
	if (m->unread) m->sort = MAIL_unread;
}

/* --- what becomes of it */

static enum lg_err keep(struct lg_ctx *cx, struct call *c, const struct came *m, const char *enquiry, const char **id)
{
	LG_TRY(mail_keep(cx, c,
	                 &(struct mail_kept){ .enquiry = enquiry,
	                                      .from = m->from,
	                                      .message_id = m->message_id,
	                                      .hash = m->hash,
	                                      .sort = m->sort,
	                                      .said = m->said,
	                                      .bytes = m->bytes,
	                                      .n = m->n },
	                 id));
	return audit_change(cx, c, enquiry ? "came" : "set_aside", "mail", enquiry ? enquiry : *id, 0, NULL, NULL);
}

/* What waited for this goes on; what was answered is open again, if a person wrote. */
static enum lg_err join(struct lg_ctx *cx, struct call *c, const struct came *m, const char *enquiry, const char **id)
{
	struct enquiry one;
	LG_TRY(enquiry_read(cx, c, enquiry, &one));
	LG_TRY(keep(cx, c, m, enquiry, id));
	db_enquiry_mail_told_send(cx, c->db, (struct db_enquiry_mail_told_in){ .enquiry = enquiry });
	bool open = !strcmp(one.row.state, "new") || !strcmp(one.row.state, "assigned");
	if (open || !mail_sorts[m->sort].reopens) return LG_OK;
	return enquiry_step(cx, c, &one, "assigned", NULL, one.version);
}

static enum lg_err begin(struct lg_ctx *cx, struct call *c, const struct came *m, const char **enquiry, const char **id)
{
	struct mail_thread thread;
	LG_TRY(mail_begin_enquiry(cx, c, m->from, enquiry));
	LG_TRY(keep(cx, c, m, *enquiry, id));
	LG_TRY(mail_thread_of(cx, c, *enquiry,
	                      mail_language(word(m->said, "language"), word(m->said, "text"), mail_usual_language(c)),
	                      &thread));
	return mail_sorts[m->sort].confirmed ? mail_confirm(cx, c, &thread, m->from, m->said) : LG_OK;
}

static void answer(struct lg_ctx *cx, struct call *c, int status, const char *id, const char *enquiry, const char *sort)
{
	answer_json(cx, c, status,
	            record_keep(cx, json_pack("{s:s, s:s?, s:s}", "id", id, "enquiry", enquiry, "sort", sort)));
}

static enum lg_err take(struct lg_ctx *cx, struct call *c, struct came *m)
{
	const char *id, *enquiry = NULL;
	db_enquiry_mail_where_send(cx, c->db, &m->where,
	                           (struct db_enquiry_mail_where_in){ .mail = m->from,
	                                                              .message_id = m->message_id,
	                                                              .message_key = without_host(cx, m->message_id),
	                                                              .tags = tags_of(cx, m),
	                                                              .ids = ids_of(cx, m) });
	LG_TRY(db_sync(cx, c->db));
	tell_apart(m);
	if (m->where.enquiry)
		LG_TRY(join(cx, c, m, enquiry = m->where.enquiry, &id));
	else if (mail_sorts[m->sort].begins)
		LG_TRY(begin(cx, c, m, &enquiry, &id));
	else
		LG_TRY(keep(cx, c, m, NULL, &id));
	LG_TRY(app_end(cx, c)); /* it is here before anybody is told so */
	lg_log(cx, LG_LOG_INFO, "mail came", LOG_TEXT("mail", id), LOG_TEXT("sort", mail_sorts[m->sort].code),
	       LOG_TEXT("enquiry", enquiry ? enquiry : ""), LOG_INT("bytes", (int64_t)m->n));
	answer(cx, c, 201, id, enquiry, mail_sorts[m->sort].code);
	return LG_OK;
}

static bool is_mail(const struct call *c)
{
	const char *type = http_header(c->rq, "Content-Type");
	return type && !strncasecmp(type, "message/rfc822", 14) && (!type[14] || type[14] == ';' || type[14] == ' ');
}

enum lg_err on_mail_give(struct lg_ctx *cx, struct call *c)
{
	struct db_enquiry_mail_known_row known = { 0 };
	bool found;
	struct came m = { .bytes = c->rq->body ? c->rq->body : "",
		          .n = c->rq->n_body,
		          .envelope = http_query(c->rq, "from"),
		          .to = http_query(c->rq, "to") };
	if (!is_mail(c)) return lg_fail(cx, LG_INVALID, "Content-Type", lg_say("Send it as message/rfc822."));
	if (!m.n) return lg_fail(cx, LG_INVALID, "body", lg_say("This is missing."));
	if (!m.to) m.to = "";
	LG_TRY(read_it(cx, c, &m));
	m.from = small_letters(cx, word(m.said, "from"));
	m.message_id = word(m.said, "message_id");
	m.hash = hash_of(cx, &m);
	LG_TRY(db_enquiry_mail_known(cx, c->db, &known, &found,
	                             (struct db_enquiry_mail_known_in){ .message_id = m.message_id, .hash = m.hash }));
	if (!found) return take(cx, c, &m);
	LG_TRY(app_end(cx, c));
	answer(cx, c, 200, known.id, known.enquiry, known.sort);
	return LG_OK;
}

/* --- what it takes and gives, for the description of the API */

static json_t *parameter(const char *name, const char *what)
{
	return json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", name, "in", "query", "required", 0, "description",
	                 what, "schema", "type", "string");
}

void mail_describe(json_t *api)
{
	static const char *const body[] = { "body", NULL };
	json_t *give = json_object_get(json_object_get(json_object_get(api, "paths"), "/api/v1/mails"), "post"),
	       *parameters = json_object_get(give, "parameters"), *answers = json_object_get(give, "responses");
	json_object_set_new(give, "requestBody",
	                    json_pack("{s:b, s:{s:{s:{s:s}}}}", "required", 1, "content", "message/rfc822", "schema",
	                              "type", "string"));
	json_array_append_new(parameters, parameter("to", "To whom it came: the envelope's recipient"));
	json_array_append_new(parameters,
	                      parameter("from", "The envelope's sender; empty or <>: nobody, as of bounces"));
	json_object_del(answers, "204");
	json_object_set_new(answers, "200", json_pack("{s:s}", "description", "It was here already"));
	json_object_set_new(
	    answers, "201",
	    json_pack("{s:s}", "description",
	              "It is kept: id, sort, and the enquiry it belongs to, or null when it was set aside"));
	openapi_put_body(api, "/api/v1/enquiries/{id}/mails", "post",
	                 json_pack("{s:{s:s, s:i}}", "body", "type", "string", "maxLength", 8000), body);
}
