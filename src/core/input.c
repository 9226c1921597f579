/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/input.h"

#include <stdint.h>
#include <string.h>

#include "app/answer.h"
#include "core/candidate.h"
#include "core/form.h"
#include "view/speech.h"

static bool is_among(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (!strcmp(*names, name)) return true;
	return false;
}

enum lg_err input_json(struct lg_ctx *cx, struct call *c, json_t **out)
{
	return record_parse(cx, out, c->rq->body ? c->rq->body : "", c->rq->n_body);
}

enum lg_err input_section(struct lg_ctx *cx, struct call *c, const struct entity *e, const struct section *s,
                          json_t **part, json_t **typed)
{
	const struct record_checks *checks = core_checks(cx, c->app);
	if (!c->api) return record_from_form(cx, part, typed, e, s, &c->rq->form, form_also, checks);
	LG_TRY(input_json(cx, c, typed));
	return record_from_json(cx, part, e, s, *typed, checks);
}

enum lg_err input_only(struct lg_ctx *cx, struct call *c, const json_t *body, const char *const *names)
{
	enum lg_err err = LG_OK;
	const char *name;
	json_t *value;
	for (size_t i = 0; !c->api && i < c->rq->form.n; i++)
		if (!is_among(c->rq->form.at[i].name, names) && !is_among(c->rq->form.at[i].name, form_also))
			err = lg_fail(cx, LG_INVALID, c->rq->form.at[i].name, lg_say("There is no such field."));
	if (!c->api) return err;
	if (!json_is_object(body)) return lg_fail(cx, LG_INVALID, "", lg_say("This must be an object."));
	json_object_foreach((json_t *)(uintptr_t)body, name, value)
	{
		if (!is_among(name, names))
			err = lg_fail(cx, LG_INVALID, lg_strdup(cx->mem, name), lg_say("There is no such field."));
	}
	return err;
}

bool input_version(struct lg_ctx *cx, struct call *c, int64_t now, int64_t *seen)
{
	*seen = app_version_seen(c);
	if (*seen == 0) {
		answer_problem(cx, c, 428, lg_say("Which version you have seen is missing."),
		               c->api ? lg_say("Send the ETag of what you have read as If-Match.")
		                      : lg_say("Load the page again."));
		return false;
	}
	if (c->api && *seen != now) {
		answer_problem(cx, c, 412, lg_say("Somebody changed it meanwhile."),
		               lg_say("Read it again, and make your change on what is there now."));
		return false;
	}
	return true;
}

const char *input_letter(struct lg_ctx *cx, const char *sent, long most)
{
	char *text = lg_strdup(cx->mem, sent), *to = text;
	bool odd = false;
	for (const char *s = sent; *s; s++) {
		if (*s == '\r') continue;
		odd = odd || ((unsigned char)*s < ' ' && *s != '\n' && *s != '\t') || *s == 0x7F;
		*to++ = *s;
	}
	while (to > text && (to[-1] == '\n' || to[-1] == ' ')) to--;
	*to = '\0';
	if (!*text) (void)!lg_fail(cx, LG_INVALID, "body", lg_say("This is missing."));
	if (to - text > most) (void)!lg_fail(cx, LG_INVALID, "body", lg_say("This is too long."));
	if (odd)
		(void)!lg_fail(cx, LG_INVALID, "body",
		               lg_say("There is a character in this that cannot be used here."));
	return text;
}
