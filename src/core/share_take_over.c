/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Somebody moves: the office that took a card on registers the person as its own, of what the card tells. Nothing is
 * typed twice, and the office the person comes from sees it. */
#include "core/share_take_over.h"

#include <string.h>

#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/candidate.h"
#include "core/entity.h"
#include "core/record_pages.h"
#include "core/share.h"
#include "core/small_form.h"
#include "view/speech.h"

struct html_form *share_take_over_form(struct lg_ctx *cx, struct call *c, const char *share, int64_t version)
{
	struct small_form *f =
	    small_form(cx, c, lg_printf(cx->mem, "/shares/%s/take-over", share), lg_say("Register as our own"));
	f->form.id = "take-over";
	f->form.version = record_version(cx, version);
	f->form.intro =
	    lg_say("The person comes to you. What stands on the card becomes a candidate of your office; it stays "
	           "when the card is over, and the other office sees it.");
	struct html_fields_fields *anyway =
	    small_choice(cx, f, "anyway", lg_say("If somebody of that name is here"), true, 1);
	small_option(cx, anyway, "1", lg_say("This is another person. Register anyway."), NULL, false);
	return &f->form;
}

/* What of a card is a field of a candidate. */
static json_t *record_of(struct lg_ctx *cx, struct call *c, const json_t *card, const char *legal_basis)
{
	json_t *o = record_keep(cx, json_object()), *value;
	for (size_t i = 0; i < candidate_entity.n_sections; i++) {
		const struct section *s = &candidate_entity.sections[i];
		size_t n;
		const struct field *fields = section_fields(&candidate_entity, s, &n);
		if (s->kind == SECTION_MANY && (value = json_object_get(card, s->name)))
			json_object_set(o, s->name, value);
		for (const struct field *f = fields; s->kind == SECTION_ONE && f < fields + n; f++)
			if ((value = json_object_get(card, f->name)) && !json_is_null(value))
				json_object_set(o, f->name, value);
	}
	json_object_set_new(o, "legal_basis", json_string(legal_basis));
	json_object_set_new(o, "owner", json_string(c->actor.account));
	return o;
}

static enum lg_err check(struct lg_ctx *cx, const struct db_share_received_row *r, const json_t *record)
{
	if (!r->may_take_over)
		return lg_fail(cx, LG_DENIED, "",
		               lg_say("The other office has not said that you may register the person."));
	if (strcmp(r->state, "accepted") != 0)
		return lg_fail(cx, LG_INVALID, "anyway",
		               lg_say("Take it on first. Who is registered already is not registered again."));
	if (!*record_word(record, "given_name") && !*record_word(record, "given_native"))
		return lg_fail(cx, LG_INVALID, "anyway",
		               lg_say("The card tells no name: nobody can be registered of it."));
	return LG_OK;
}

enum lg_err share_take_over(struct lg_ctx *cx, struct call *c, const struct db_share_received_row *r, bool anyway,
                            const char **id)
{
	json_t *card, *numbers = record_keep(cx, json_array());
	struct alike *alike = NULL;
	size_t n = 0;
	int64_t added = 0;
	LG_TRY(record_parse(cx, &card, r->card, strlen(r->card)));
	json_t *record = record_of(cx, c, card, r->legal_basis);
	LG_TRY(check(cx, r, record));
	LG_TRY(candidate_check(cx, record, page_today(cx, c)));
	if (!anyway) LG_TRY(candidate_alike(cx, c, record, numbers, NULL, &alike, &n));
	if (n)
		return lg_fail(cx, LG_INVALID, "anyway",
		               lg_say("This person may be registered already. Look among your candidates first."));
	LG_TRY(candidate_register(cx, c, record, numbers, record_flag(card, "invented"), id));
	LG_TRY(db_share_answer_add(
	    cx, c->db, &added,
	    (struct db_share_answer_add_in){ .id = r->id, .n = r->answers + 1, .what = "taken_over" }));
	LG_TRY(audit_change(cx, c, "taken_over", "share", r->id, 0, NULL, NULL));
	LG_TRY(db_sync(cx, c->db));
	return added == 1 ? LG_OK : LG_CONFLICT;
}
