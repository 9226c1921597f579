/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/follow.h"

#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "core/choice.h"
#include "core/core.h"
#include "core/follow.sql.h"
#include "core/office.h"
#include "core/small_form.h"
#include "view/speech.h"

static const struct usual {
	const char *state;
	int64_t remind_days, close_days;
} usual[] = {
#define FOLLOW(state, remind, close) { #state, remind, close },
#include "core/follow.def"
#undef FOLLOW
};
enum { STATES = sizeof usual / sizeof *usual, DAYS_MOST = 365 };

const char *follow_usual(void)
{
	static const char text[] = "{"
#define FOLLOW(state, remind, close) "\"" #state "\": [" #remind ", " #close "], "
#include "core/follow.def"
#undef FOLLOW
	                           "\"\": [7, 21]}";
	return text;
}

enum follow_stage follow_stage(int32_t due, int32_t close_on, bool is_gone, int32_t today)
{
	if (due > today) return FOLLOW_WAITS;
	if (is_gone) return FOLLOW_IS_GONE;
	return close_on <= today ? FOLLOW_ASKS_TO_CLOSE : FOLLOW_REMINDS;
}

/* --- the office's own days */

static const char *field_of(struct lg_ctx *cx, const char *what, const char *state)
{
	return lg_printf(cx->mem, "%s_%s", what, state);
}

static struct usual now_of(const struct usual *u, const struct db_follow_list_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (!strcmp(rows->rows[i].state, u->state))
			return (struct usual){ u->state, rows->rows[i].remind_days, rows->rows[i].close_days };
	return *u;
}

static void put_days(struct lg_ctx *cx, struct small_form *f, const char *name, const char *label, int64_t days)
{
	struct html_fields_fields *field =
	    small_field(cx, f, name, label, "text", lg_printf(cx->mem, "%lld", (long long)days));
	field->wide = false;
	field->brief = true;
	field->longest = 3;
	field->must = true;
}

static enum lg_err show(struct lg_ctx *cx, struct call *c)
{
	struct db_follow_list_rows rows = { 0 };
	LG_TRY(db_follow_list(cx, c->db, &rows));
	LG_TRY(app_end(cx, c));
	struct small_form *f = small_form(cx, c, "/office/follow", lg_say("Save"));
	for (size_t i = 0; i < STATES; i++) {
		struct usual now = now_of(&usual[i], &rows);
		const char *state = lg_say(choice_text(CHOICE_proposal_state, now.state));
		put_days(cx, f, field_of(cx, "remind", now.state),
		         lg_printf(cx->mem, lg_say("%s: reminded after (days)"), state), now.remind_days);
		put_days(cx, f, field_of(cx, "close", now.state),
		         lg_printf(cx->mem, lg_say("%s: asked whether to close after (days)"), state), now.close_days);
	}
	struct html_sheet_sections section = { .body = html_form_any(&f->form) };
	office_show(
	    cx, c, "/office/follow", "office", lg_say("What waits"),
	    lg_say("How long a proposal may wait before it stands on somebody's day. Nothing is closed by itself: "
	           "a person is asked."),
	    &section, 1);
	return LG_OK;
}

enum lg_err on_follow(struct lg_ctx *cx, struct call *c) { return show(cx, c); }

static int64_t days_sent(struct lg_ctx *cx, const struct call *c, const char *name)
{
	char *end;
	const char *text = small_text(cx, c, name, 3, true);
	long days = strtol(text, &end, 10);
	if (*end || days < 1 || days > DAYS_MOST)
		(void)!lg_fail(cx, LG_INVALID, name, lg_say("Whole days, from 1 to 365."));
	return days;
}

enum lg_err on_follow_save(struct lg_ctx *cx, struct call *c)
{
	const char *names[2 * STATES + 1] = { NULL };
	for (size_t i = 0; i < STATES; i++) {
		names[2 * i] = field_of(cx, "remind", usual[i].state);
		names[2 * i + 1] = field_of(cx, "close", usual[i].state);
	}
	LG_TRY(small_only(cx, c, names));
	struct usual said[STATES];
	for (size_t i = 0; i < STATES; i++) {
		said[i] = (struct usual){ usual[i].state, days_sent(cx, c, names[2 * i]),
			                  days_sent(cx, c, names[2 * i + 1]) };
		if (!cx->notes && said[i].remind_days > said[i].close_days)
			(void)!lg_fail(cx, LG_INVALID, names[2 * i + 1], lg_say("The reminder comes first."));
	}
	if (cx->notes) return show(cx, c);
	for (size_t i = 0; i < STATES; i++)
		db_follow_put_send(cx, c->db,
		                   (struct db_follow_put_in){ .state = said[i].state,
		                                              .remind_days = said[i].remind_days,
		                                              .close_days = said[i].close_days });
	LG_TRY(audit_change(cx, c, "change", "office", NULL, 0, NULL, NULL));
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, "/office/follow?said=saved");
	return LG_OK;
}
