/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <time.h>

#include "app/answer.h"
#include "app/page.h"
#include "core/core.h"
#include "view/privacy.html.h"
#include "view/speech.h"
#include "view/statement.html.h"

/* What pages say of the service itself. Addresses of people are the office's, once it has stated them. */
enum lg_err on_statement(struct lg_ctx *cx, struct call *c)
{
	struct html_statement v = {
		.office = c->actor.tenant_name,
		.tested = lg_say("Each page is tested with a program that looks for faults, at two widths and in four "
		                 "languages, with every new version. No person with a disability has tested it yet."),
	};
	page_answer(cx, c, &(struct page){ .title = lg_say("Accessibility statement") }, html_statement_any(&v));
	return LG_OK;
}

enum lg_err on_privacy(struct lg_ctx *cx, struct call *c)
{
	struct html_privacy v = { .office = c->actor.tenant_name };
	page_answer(cx, c, &(struct page){ .title = lg_say("How data about you are protected") }, html_privacy_any(&v));
	return LG_OK;
}

/* RFC 9116 */
enum lg_err on_security_txt(struct lg_ctx *cx, struct call *c)
{
	enum { YEAR_S = 360 * 24 * 3600 };
	const struct app_setup *setup = app_setup(c->app);
	struct tm tm;
	time_t until = (time_t)(cx->now + YEAR_S);
	char expires[32];
	lg_assert(gmtime_r(&until, &tm));
	(void)strftime(expires, sizeof expires, "%Y-%m-%dT00:00:00Z", &tm);
	c->rs->status = 200;
	c->rs->type = "text/plain; charset=utf-8";
	lg_putf(&c->rs->body,
	        "Contact: mailto:%s\nExpires: %s\nPreferred-Languages: en, da, sv\nCanonical: "
	        "%s/.well-known/security.txt\n",
	        setup->security_mail ? setup->security_mail : "security@localhost", expires, setup->public_url);
	return LG_OK;
}
