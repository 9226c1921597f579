/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/answer.h"
#include "app/page.h"
#include "core/core.h"
#include "view/matching.html.h"
#include "view/privacy.html.h"
#include "view/security_txt.h"
#include "view/speech.h"
#include "view/statement.html.h"

/* What pages say of the service itself, to everybody: who answers for it is stated where it runs. */

static const char *mail_link(struct lg_ctx *cx, const char *mail)
{
	return mail ? lg_printf(cx->mem, "mailto:%s", mail) : NULL;
}

enum lg_err on_statement(struct lg_ctx *cx, struct call *c)
{
	const struct app_contact *to = &app_setup(c->app)->contact;
	struct html_statement v = {
		.office = c->actor.tenant_name,
		.tested = lg_say("Each page is tested with a program that looks for faults, at two widths and in four "
		                 "languages, with every new version. No person with a disability has tested it yet."),
		.phone = to->phone,
		.phone_url = page_tel(cx, to->phone),
		.mail = to->mail,
		.mail_url = mail_link(cx, to->mail),
		.was = to->statement,
	};
	page_answer(cx, c, &(struct page){ .title = lg_say("Accessibility statement") }, html_statement_any(&v));
	return LG_OK;
}

enum lg_err on_privacy(struct lg_ctx *cx, struct call *c)
{
	const struct app_contact *to = &app_setup(c->app)->contact;
	struct html_privacy v = {
		.office = to->name ? to->name : lg_say("The office that helps you"),
		.phone = to->phone,
		.phone_url = page_tel(cx, to->phone),
		.mail = to->mail,
		.mail_url = mail_link(cx, to->mail),
		.officer = to->officer_mail,
		.officer_url = mail_link(cx, to->officer_mail),
	};
	if (c->actor.tenant_name && *c->actor.tenant_name) v.office = c->actor.tenant_name;
	page_answer(cx, c, &(struct page){ .title = lg_say("How data about you are protected") }, html_privacy_any(&v));
	return LG_OK;
}

enum lg_err on_matching(struct lg_ctx *cx, struct call *c)
{
	struct html_matching v = { .office = c->actor.tenant_name };
	page_answer(cx, c, &(struct page){ .title = lg_say("What the matching does, and what it does not") },
	            html_matching_any(&v));
	return LG_OK;
}

enum lg_err on_security_txt(struct lg_ctx *cx, struct call *c)
{
	enum { DAY_S = 24 * 3600, YEAR_S = 360 * DAY_S };
	const struct app_setup *setup = app_setup(c->app);
	const struct security_txt v = { .contact = lg_printf(cx->mem, "mailto:%s",
		                                             setup->security_mail ? setup->security_mail
		                                                                  : "security@localhost"),
		                        .url = lg_printf(cx->mem, "%s/.well-known/security.txt", setup->public_url),
		                        .expires = (cx->now + YEAR_S) / DAY_S * DAY_S };
	c->rs->status = 200;
	c->rs->type = "text/plain; charset=utf-8";
	lg_security_txt(&c->rs->body, &v);
	return LG_OK;
}
