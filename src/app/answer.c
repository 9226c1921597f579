/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/answer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "app/page.h"
#include "app/record.h"
#include "base/log.h"
#include "view/speech.h"

enum lg_err app_end(struct lg_ctx *cx, struct call *c)
{
	if (!c->db) return LG_OK;
	struct db *db = c->db;
	c->db = NULL;
	return db_end(cx, db);
}

void answer_json(struct lg_ctx *cx, struct call *c, int status, const json_t *value)
{
	c->rs->status = status;
	c->rs->type = "application/json";
	lg_buf_clear(&c->rs->body);
	lg_puts(&c->rs->body, record_text(cx, value));
	lg_putc(&c->rs->body, '\n');
}

void answer_see(struct lg_ctx *cx, struct call *c, const char *path, const char *flash)
{
	if (c->api) {
		c->rs->status = 204;
		return;
	}
	if (flash) path = lg_printf(cx->mem, "%s%csaid=%s", path, strchr(path, '?') ? '&' : '?', flash);
	http_redirect(c->rs, path);
}

void answer_file(struct lg_ctx *cx, struct call *c, const char *type, const char *name)
{
	char *clean = lg_strdup(cx->mem, name);
	for (char *p = clean; *p; p++)
		if (!isalnum((unsigned char)*p) && !strchr("-_.", *p)) *p = '_';
	c->rs->status = 200;
	c->rs->type = type;
	const char *other = "";
	if (strcmp(clean, name) != 0) { /* RFC 6266: the name as it is, for those who can read it */
		struct lg_buf *b = page_buffer(cx);
		http_put_encoded(b, name);
		other = lg_printf(cx->mem, "; filename*=UTF-8''%s", b->data ? b->data : "");
	}
	http_put_header(c->rs, "Content-Disposition",
	                lg_printf(cx->mem, "attachment; filename=\"%s\"%s", clean, other));
}

static json_t *errors(const struct lg_ctx *cx)
{
	json_t *list = json_array();
	for (const struct lg_note *n = cx->notes; n; n = n->next) {
		json_t *one = json_object();
		json_object_set_new(one, "field", json_string(n->field ? n->field : ""));
		json_object_set_new(one, "message", json_string(lg_say(n->text)));
		json_array_insert_new(list, 0, one);
	}
	return list;
}

static void answer_details(struct lg_ctx *cx, struct call *c, int status, const char *title, const char *detail)
{
	char id[17];
	lg_id_print(id, cx->id);
	json_t *o = record_keep(cx, json_object());
	json_object_set_new(o, "type", json_string("about:blank"));
	json_object_set_new(o, "title", json_string(title));
	json_object_set_new(o, "status", json_integer(status));
	if (detail && *detail) json_object_set_new(o, "detail", json_string(detail));
	json_object_set_new(o, "instance", json_string(lg_printf(cx->mem, "urn:landgang:request:%s", id)));
	if (cx->notes) json_object_set_new(o, "errors", errors(cx));
	answer_json(cx, c, status, o);
	c->rs->type = "application/problem+json";
}

void answer_problem(struct lg_ctx *cx, struct call *c, int status, const char *title, const char *detail)
{
	if (c->api)
		answer_details(cx, c, status, title, detail);
	else
		page_problem(cx, c, status, title, detail);
	if (status == 503 || status == 429) http_put_header(c->rs, "Retry-After", status == 503 ? "5" : "60");
}

static const char *help_of(enum lg_err err)
{
	switch (err) {
	case LG_INVALID: return lg_say("Go back, and look at the fields that are marked.");
	case LG_SIGN_IN: return lg_say("Your session has ended, or you have not signed in yet.");
	case LG_DENIED:
		return lg_say("Your role does not include this. An administrator of your office can change that.");
	case LG_UNKNOWN:
		return lg_say(
		    "The address may be mistyped, or what was here is gone, or it belongs to another office.");
	case LG_CONFLICT: return lg_say("Look at what is there now, and make your change again.");
	case LG_BUSY: return lg_say("Nothing was saved. Please try again in a moment.");
	case LG_FAULT: return lg_say("Nothing was saved. If it happens again, tell us the number below.");
	case LG_OK:
	case LG_ERRS: break;
	}
	return "";
}

void answer_error(struct lg_ctx *cx, struct call *c, enum lg_err err)
{
	answer_problem(cx, c, lg_err_http(err), lg_say(lg_err_text(err)), help_of(err));
}

int64_t app_version_seen(const struct call *c)
{
	const char *s = c->api ? http_header(c->rq, "If-Match") : http_form(c->rq, "version");
	if (!s) return 0;
	if (*s == '"') s++;
	char *end;
	long long v = isdigit((unsigned char)*s) && strlen(s) < 18 ? strtoll(s, &end, 10) : -1;
	return v > 0 && (!*end || !strcmp(end, "\"")) ? v : -1;
}

void app_put_version(struct lg_ctx *cx, struct call *c, int64_t version)
{
	http_put_header(c->rs, "ETag", lg_printf(cx->mem, "\"%lld\"", (long long)version));
}

enum lg_err app_uuid(const char *arg, const char **id)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	if (strlen(arg) != sizeof form - 1) return LG_UNKNOWN;
	for (size_t i = 0; form[i]; i++)
		if (form[i] == '-' ? arg[i] != '-' : !strchr("0123456789abcdef", arg[i])) return LG_UNKNOWN;
	*id = arg;
	return LG_OK;
}
