/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The hotline of the demonstration office: an entrance, enquiries in each state, answers for all agents. */
#include <string.h>

#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/demo_act.h"
#include "modules/hotline/article.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/entities.h"
#include "modules/hotline/hotline.h"
#include "store/db.h"

enum { DATE = 11, DAY_S = 86400, HOUR_S = 3600, US = 1000000 };

static const struct ask {
	int hours_ago;
	const char *by, *channel, *subject, *priority, *municipality, *place, *phone, *mail, *occupation, *words,
	    *answer, *state, *outcome;
} asks[] = {
#define ASK(...) { __VA_ARGS__ },
#include "modules/hotline/demo.def"
#undef ASK
};

static const struct demo_article {
	const char *subject, *title, *words, *source, *state;
} articles[] = {
#define ARTICLE(...) { __VA_ARGS__ },
#include "modules/hotline/demo.def"
#undef ARTICLE
};

static json_t *text(const char *s) { return *s ? json_string(s) : json_null(); }

static enum lg_err entrance(struct lg_ctx *cx, const struct demo_cast *cast)
{
	struct demo_act act;
	const char *id;
	char day[DATE];
	lg_date_print(day, (int32_t)(cx->now / DAY_S) - 2);
	json_t *record = record_keep(
	    cx,
	    json_pack("{s:s, s:s, s:s, s:[s,s,s,s], s:s, s:b, s:s, s:[{s:s},{s:s},{s:s},{s:s},{s:s}], "
	              "s:[{s:s},{s:s},{s:s},{s:s}], s:[{s:s,s:s,s:s}]}",
	              "name", "Jobhotline Nordsjælland", "phone", "+45 00 55 00 10", "mail", "hotline@landgang.example",
	              "channels", "phone", "callback", "mail", "web", "words",
	              "Til jobcentre og arbejdsgivere, der spørger om job til flygtninge: hvilke stillinger der er, "
	              "hvad en autorisation kræver, og hvordan en praktik eller en ansættelse begynder.",
	              "published", 1, "hours", "mon-thu 08:00-15:30, fri 08:00-14:00", "municipalities", "municipality",
	              cast->office->municipality, "municipality", "DK-0210", "municipality", "DK-0219", "municipality",
	              "DK-0223", "municipality", "DK-0270", "languages", "language", "da", "language", "en", "language",
	              "sv", "language", "uk", "news", "title", "Hotlinen svarer nu også på ukrainsk", "words",
	              "Ring, eller bed om at blive ringet op: en kollega taler ukrainsk.", "from_date", day));
	LG_TRY(demo_act_as(cx, cast, "administrator", &act));
	LG_TRY(entrance_register(cx, &act.c, record, true, &id));
	return db_end(cx, act.c.db);
}

/* By the steps that a colleague would take. */
static enum lg_err lead(struct lg_ctx *cx, const struct demo_cast *cast, struct call *c, const struct ask *a,
                        const char *id)
{
	struct enquiry one;
	if (!strcmp(a->state, "new")) return LG_OK;
	LG_TRY(enquiry_read(cx, c, id, &one));
	if (!strcmp(a->state, "passed"))
		return enquiry_pass(cx, c, &one, demo_member_of(cast, "adviser")->account, one.version);
	if (!strcmp(one.row.state, "new")) {
		LG_TRY(enquiry_step(cx, c, &one, "assigned", NULL, one.version));
		LG_TRY(enquiry_read(cx, c, id, &one));
	}
	if (!strcmp(a->state, "assigned")) return LG_OK;
	bool waits = !strcmp(a->state, "waiting");
	LG_TRY(enquiry_step(cx, c, &one, waits ? "waiting" : "answered", waits ? NULL : a->outcome, one.version));
	if (strcmp(a->state, "closed") != 0) return LG_OK;
	LG_TRY(enquiry_read(cx, c, id, &one));
	return enquiry_step(cx, c, &one, "closed", NULL, one.version);
}

static enum lg_err enquiry(struct lg_ctx *cx, const struct demo_cast *cast, const struct ask *a)
{
	struct demo_act act;
	const char *id;
	int64_t now = cx->now;
	json_t *record = record_keep(
	    cx, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "channel", a->channel, "subject",
	                  a->subject, "priority", a->priority, "municipality", a->municipality, "caller_place",
	                  a->place, "words", a->words, "about", "nobody", "caller_phone", text(a->phone), "caller_mail",
	                  text(a->mail), "occupation", text(a->occupation), "answer", text(a->answer)));
	LG_TRY(demo_act_as(cx, cast, a->by, &act));
	cx->now = now - (int64_t)a->hours_ago * HOUR_S; /* when an answer was due is counted from then */
	enum lg_err err = enquiry_register(cx, &act.c, record, NULL, true, &id);
	cx->now = now;
	LG_TRY(err);
	LG_TRY(lead(cx, cast, &act.c, a, id));
	db_enquiry_demo_put_send(
	    cx, act.c.db,
	    (struct db_enquiry_demo_put_in){ .id = id, .created = (now - (int64_t)a->hours_ago * HOUR_S) * US });
	return db_end(cx, act.c.db);
}

/* Written by an agent, published by somebody else. */
static enum lg_err article(struct lg_ctx *cx, const struct demo_cast *cast, const struct demo_article *a)
{
	struct demo_act act;
	const char *id;
	json_t *record = record_keep(cx, json_pack("{s:s, s:s, s:s, s:o}", "subject", a->subject, "title", a->title,
	                                           "words", a->words, "source", text(a->source)));
	bool shown = !strcmp(a->state, "published");
	LG_TRY(demo_act_as(cx, cast, "hotline", &act));
	LG_TRY(article_register(cx, &act.c, record, NULL, true, &id));
	if (shown) LG_TRY(article_step(cx, &act.c, id, "review"));
	LG_TRY(db_end(cx, act.c.db));
	if (!shown) return LG_OK;
	LG_TRY(demo_act_as(cx, cast, "adviser", &act));
	LG_TRY(article_step(cx, &act.c, id, "published"));
	return db_end(cx, act.c.db);
}

enum lg_err hotline_demo(struct lg_ctx *cx, const struct demo_cast *cast)
{
	LG_TRY(entrance(cx, cast));
	for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) LG_TRY(enquiry(cx, cast, &asks[i]));
	for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) LG_TRY(article(cx, cast, &articles[i]));
	return LG_OK;
}
