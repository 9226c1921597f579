/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "app/record.h"
#include "base/date.h"
#include "core/demo_load_part.h"
#include "core/employer.h"
#include "core/opening.h"

static json_t *text_or_null(const char *s) { return *s ? json_string(s) : json_null(); }

static json_t *day_or_null(int32_t today, int in)
{
	char text[11];
	if (!in) return json_null();
	lg_date_print(text, today + in);
	return json_string(text);
}

static json_t *employer_of(struct lg_ctx *cx, const struct demo_employer *e, int32_t today)
{
	json_t *workplace = json_pack("{s:s, s:s, s:s}", "name", e->name, "address", e->address, "municipality",
	                              e->municipality),
	       *person =
	           json_pack("{s:s, s:o, s:s}", "name", e->person, "task", text_or_null(e->task), "phone", e->phone);
	return record_keep(cx, json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:[o], s:[o]}", "name", e->name, "branch",
	                                 e->branch, "relation", e->relation, "will", text_or_null(e->will), "offers",
	                                 text_or_null(e->offers), "next_step", text_or_null(e->next_step), "next_on",
	                                 day_or_null(today, e->next_in), "workplaces", workplace, "people", person));
}

static json_t *opening_of(struct lg_ctx *cx, const struct demo_post *p, const struct demo_employer *at, int32_t today)
{
	json_t *o = json_pack("{s:s, s:s, s:i, s:s, s:s, s:s, s:i, s:s, s:o, s:o, s:[{s:s}]}", "title", p->title,
	                      "kind", p->kind, "positions", p->positions, "words", p->words, "municipality",
	                      at->municipality, "address", at->address, "hours", p->hours, "schedule", p->schedule,
	                      "start_on", day_or_null(today, p->from_in), "expires_on", day_or_null(today, p->until_in),
	                      "occupations", "occupation", p->occupation);
	if (*p->danish)
		json_object_set_new(o, "languages", json_pack("[{s:s, s:s}]", "language", "da", "level", p->danish));
	if (!strcmp(p->state, "open")) {
		json_object_set_new(o, "published", json_true());
		json_object_set_new(o, "public_contact", json_string(at->name));
	}
	if (*p->licence) json_object_set_new(o, "licences", json_pack("[{s:s}]", "occupation", p->licence));
	return record_keep(cx, o);
}

/* Registered as a draft, then led to its state as a colleague would. */
static enum lg_err load_post(struct lg_ctx *cx, struct call *c, const char *employer, const struct demo_post *p,
                             const struct demo_employer *at, int32_t today)
{
	struct opening one;
	const char *id;
	bool paused = !strcmp(p->state, "paused");
	LG_TRY(opening_register(cx, c, employer, opening_of(cx, p, at, today), "draft", true, &id));
	if (!strcmp(p->state, "draft")) return LG_OK;
	LG_TRY(opening_read(cx, c, id, &one));
	LG_TRY(opening_enter_state(cx, c, &one, paused ? "open" : p->state, one.version));
	if (!paused) return LG_OK;
	LG_TRY(opening_read(cx, c, id, &one));
	return opening_enter_state(cx, c, &one, p->state, one.version);
}

enum lg_err demo_load_employers(struct lg_ctx *cx, struct app *app, const uint8_t *token,
                                const struct demo_office *office, int32_t today)
{
	struct demo_act act;
	const struct demo_employer *at = NULL;
	const char *id = NULL;
	LG_TRY(demo_act(cx, app, token, &act));
	for (size_t i = 0; i < office->n_posts; i++) {
		const struct demo_post *p = &office->posts[i];
		if (p->employer) {
			at = p->employer;
			LG_TRY(employer_register(cx, &act.c, employer_of(cx, at, today), true, &id));
		} else {
			lg_assert(at); /* the list begins with an employer */
			LG_TRY(load_post(cx, &act.c, id, p, at, today));
		}
	}
	return db_end(cx, act.c.db);
}
