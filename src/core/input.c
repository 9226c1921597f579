/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/input.h"

#include "app/answer.h"
#include "core/candidate.h"
#include "core/form.h"
#include "view/speech.h"

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
