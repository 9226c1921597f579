/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* An enquiry about somebody whose card another office gave: it is chosen from the list, and nobody is registered twice.
 */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/input.h"
#include "core/record_pages.h"
#include "core/share.h"
#include "core/small_form.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/hotline.h"
#include "view/sheet.html.h"
#include "view/speech.h"

enum { LISTED = 30 };

static enum lg_err begin(struct lg_ctx *cx, struct call *c, struct enquiry *one)
{
	const char *id;
	if (!may(&c->actor, MAY_SHARE_READ)) return LG_DENIED;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(enquiry_read(cx, c, id, one));
	return one->row.candidate ? lg_fail(cx, LG_CONFLICT, "", lg_say("A person is linked to this enquiry already."))
	                          : LG_OK;
}

static enum lg_err read_cards(struct lg_ctx *cx, struct call *c, struct db_share_received_rows *out)
{
	LG_TRY(db_share_received(cx, c->db, out, (struct db_share_received_in){ .room = LISTED }));
	share_due_seen(cx, c, out);
	return app_end(cx, c);
}

static void show(struct lg_ctx *cx, struct call *c, const struct enquiry *one,
                 const struct db_share_received_rows *rows)
{
	const char *path = lg_printf(cx->mem, "/enquiries/%s", one->id), *sent = share_said(c, NULL, "share");
	struct small_form *f = small_form(cx, c, lg_printf(cx->mem, "%s/card", path), lg_say("It is this person"));
	struct html_fields_fields *which = small_choice(cx, f, "share", lg_say("Cards received"), false, rows->n + 1);
	which->choice = false, which->radios = true, which->must = true;
	bool invented = false;
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_share_received_row *r = &rows->rows[i];
		json_t *card;
		if (record_parse(cx, &card, r->card, strlen(r->card)) != LG_OK) continue;
		invented = invented || record_flag(card, "invented");
		small_option(cx, which, r->id, share_name(cx, c, card),
		             lg_printf(cx->mem, "%s · %s · %s", r->from_name, share_state_words(r->state),
		                       r->question ? r->question : r->why),
		             !strcmp(sent, r->id));
	}
	f->form.version = record_version(cx, one->version);
	f->form.cancel = path;
	struct html_sheet_sections section = { .id = "cards", .title = lg_say("Cards received") };
	if (rows->n)
		section.body = html_form_any(&f->form);
	else
		section.help = lg_say("No other office has given you a card that is still in force.");
	struct html_sheet v = { .title = lg_say("Whose card is it?"),
		                .lead =
		                    lg_say("Another office told you of this person. Then nobody registers the person "
		                           "twice, and they see what you do."),
		                .sections = &section,
		                .n_sections = 1 };
	struct page_crumb crumbs[] = { { lg_say("Hotline"), "/hotline" }, { lg_say("Enquiry"), path } };
	page_answer(cx, c,
	            &(struct page){
	                .title = v.title, .crumbs = crumbs, .n_crumbs = 2, .here = "hotline", .invented = invented },
	            html_sheet_any(&v));
}

enum lg_err on_enquiry_card(struct lg_ctx *cx, struct call *c)
{
	struct enquiry one;
	struct db_share_received_rows rows = { 0 };
	LG_TRY(begin(cx, c, &one));
	LG_TRY(read_cards(cx, c, &rows));
	show(cx, c, &one, &rows);
	return LG_OK;
}

enum lg_err on_enquiry_card_link(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "share", NULL };
	struct enquiry one;
	struct db_share_received_rows rows = { 0 };
	json_t *body = NULL;
	const char *share;
	int64_t seen;
	LG_TRY(begin(cx, c, &one));
	if (c->api) LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	if (!input_version(cx, c, one.version, &seen)) return LG_OK;
	bool is_one = app_uuid(share_said(c, body, "share"), &share) == LG_OK;
	if (is_one) LG_TRY(db_share_get(cx, c->db, &rows, (struct db_share_get_in){ .id = share }));
	if (!is_one || !rows.n || strcmp(rows.rows[0].side, "receiver") != 0 || !rows.rows[0].alive) {
		enum lg_err err = lg_fail(cx, LG_INVALID, "share", lg_say("Choose one of the list."));
		if (c->api) return err;
		LG_TRY(read_cards(cx, c, &rows));
		return show(cx, c, &one, &rows), LG_OK;
	}
	db_enquiry_card_send(cx, c->db, (struct db_enquiry_card_in){ .id = one.id, .version = seen, .share = share });
	db_share_seen_send(cx, c->db, (struct db_share_seen_in){ .ids = { .texts = &share, .n = 1 }, .what = "card" });
	LG_TRY(audit_change(cx, c, "linked", "enquiry", one.id, seen + 1, NULL, NULL));
	LG_TRY(db_sync(cx, c->db));
	answer_see(cx, c, lg_printf(cx->mem, "/enquiries/%s", one.id), "saved");
	return LG_OK;
}
