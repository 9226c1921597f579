/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Which ambitions somebody counts for. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/candidate.h"
#include "core/candidate_view.h"
#include "core/input.h"
#include "core/share.h"
#include "core/small_form.h"
#include "modules/ambition/ambition.h"
#include "modules/ambition/ambition.sql.h"
#include "view/sheet.html.h"
#include "view/speech.h"

struct shown {
	struct candidate one;
	struct db_ambition_of_candidate_rows rows;
};

static enum lg_err read(struct lg_ctx *cx, struct call *c, struct shown *out)
{
	const char *id;
	*out = (struct shown){ 0 };
	LG_TRY(app_uuid(c->rq->args[0], &id));
	struct candidate_asked *asked = candidate_ask(cx, c, id);
	db_ambition_of_candidate_send(
	    cx, c->db, &out->rows, (struct db_ambition_of_candidate_in){ .candidate = id, .today = page_today(cx, c) });
	LG_TRY(db_sync(cx, c->db));
	return candidate_take(cx, c, asked, &out->one);
}

static json_t *as_json(struct lg_ctx *cx, const struct shown *s)
{
	json_t *list = record_keep(cx, json_array());
	for (size_t i = 0; i < s->rows.n; i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "id", s->rows.rows[i].id, "name",
		                                      s->rows.rows[i].name, "counts", (int)s->rows.rows[i].counts));
	return list;
}

enum lg_err on_ambition_cases(struct lg_ctx *cx, struct call *c)
{
	struct shown s;
	LG_TRY(read(cx, c, &s));
	audit_seen(cx, c, &s.one.id, 1);
	LG_TRY(app_end(cx, c));
	if (c->api) return answer_json(cx, c, 200, as_json(cx, &s)), LG_OK;
	const char *path = lg_printf(cx->mem, "/candidates/%s", s.one.id);
	const char *name = record_flag(s.one.record, "protected_address") ? lg_say("Protected person")
	                                                                  : candidate_name(cx, s.one.record);
	struct small_form *f = small_form(cx, c, lg_printf(cx->mem, "%s/ambitions", path), lg_say("Save"));
	struct html_fields_fields *field = small_choice(cx, f, "ambitions", lg_say("Ambitions"), true, s.rows.n + 1);
	for (size_t i = 0; i < s.rows.n; i++)
		small_option(cx, field, s.rows.rows[i].id, s.rows.rows[i].name, NULL, s.rows.rows[i].counts);
	f->form.cancel = path;
	struct html_sheet_sections section = { .id = "ambitions", .title = lg_say("Counts for") };
	if (!s.rows.n)
		section.help = lg_say("Your office has no ambition that is under way.");
	else if (may(&c->actor, MAY_CANDIDATE_WRITE))
		section.body = html_form_any(&f->form);
	struct html_sheet v = { .title = lg_say("Counts for"), .lead = name, .sections = &section, .n_sections = 1 };
	struct page_crumb crumbs[] = { { lg_say("Candidates"), "/candidates" }, { name, path } };
	page_answer(
	    cx, c,
	    &(struct page){
	        .title = v.title, .crumbs = crumbs, .n_crumbs = 2, .here = "candidates", .invented = s.one.invented },
	    html_sheet_any(&v));
	return LG_OK;
}

enum lg_err on_ambition_cases_put(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "ambitions", NULL };
	struct shown s;
	json_t *body = NULL;
	LG_TRY(read(cx, c, &s));
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	struct db_list sent = share_all(cx, c, body, "ambitions");
	const char **ids = lg_array(cx->mem, sent.n + 1, sizeof *ids);
	for (size_t i = 0; i < sent.n; i++) {
		bool found = false;
		for (size_t k = 0; k < s.rows.n; k++) found = found || !strcmp(s.rows.rows[k].id, sent.texts[i]);
		if (!found) return lg_fail(cx, LG_INVALID, "ambitions", lg_say("Choose one of the list."));
		ids[i] = sent.texts[i];
	}
	db_ambition_case_put_send(cx, c->db,
	                          (struct db_ambition_case_put_in){ .candidate = s.one.id,
	                                                            .ids = { .texts = ids, .n = sent.n },
	                                                            .today = page_today(cx, c),
	                                                            .by = c->actor.account });
	LG_TRY(audit_change(cx, c, "counted", "candidate", s.one.id, s.one.version, s.one.key, NULL));
	LG_TRY(db_sync(cx, c->db));
	answer_see(cx, c, lg_printf(cx->mem, "/candidates/%s/ambitions", s.one.id), "saved");
	return LG_OK;
}
