/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Webhooks: an administrator has events told to a program elsewhere, and sees what it answered. */
#include <sodium.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/seal.h"
#include "core/core.h"
#include "core/office.h"
#include "core/record_store.h"
#include "core/sheet_table.h"
#include "core/small_form.h"
#include "core/webhook.h"
#include "core/webhook_address.h"
#include "core/webhook_send.h"
#include "view/facts.html.h"
#include "view/number.h"
#include "view/speech.h"
#include "view/when.h"

enum { NAME_MOST = 200, URL_MOST = 1000, DELIVERIES = 50, US = 1000000 };

static const struct {
	const char *code, *text;
} events[] = {
#define EVENT(code, text) { code, text },
#include "core/webhook_event.def"
#undef EVENT
};
enum { EVENTS = sizeof events / sizeof *events };

static const char *event_words(const char *code)
{
	for (size_t i = 0; i < EVENTS; i++)
		if (!strcmp(events[i].code, code)) return lg_say(events[i].text);
	return !strcmp(code, "test") ? lg_say("A test") : code;
}

static const char *state_words(const char *state)
{
	if (!strcmp(state, "on")) return lg_say("On");
	return !strcmp(state, "failed") ? lg_say("Switched off: nothing was taken") : lg_say("Off");
}

static const char *number(struct lg_ctx *cx, int64_t n) { return lg_number_count(lg_alloc(cx->mem, 48), (uint64_t)n); }

static const char *not_sent(const struct call *c)
{
	return app_setup(c->app)->webhooks
	           ? NULL
	           : lg_say("Nothing is sent yet: the operator of the service has not switched webhooks on.");
}

/* --- all of them */

static enum lg_err show_all(struct lg_ctx *cx, struct call *c)
{
	struct db_webhook_list_rows rows = { 0 };
	LG_TRY(db_webhook_list(cx, c->db, &rows));
	LG_TRY(app_end(cx, c));
	const char *heads[] = { lg_say("What it is for"), lg_say("Address"), lg_say("State"), lg_say("Waiting") };
	struct html_records *v = sheet_table(cx, c, "webhooks", lg_say("Webhooks"), heads, 4, rows.n, false);
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_webhook_list_row *r = &rows.rows[i];
		const char *cells[] = { r->url, state_words(r->state), number(cx, r->waiting) };
		(void)sheet_table_row(cx, v, r->name, lg_printf(cx->mem, "/webhooks/%s", r->id), heads, cells, 3);
	}
	struct small_form *f = small_form(cx, c, "/webhooks", lg_say("Make it"));
	small_field(cx, f, "name", lg_say("What it is for"), "text", NULL)->must = true;
	struct html_fields_fields *url = small_field(cx, f, "url", lg_say("Address"), "url", NULL);
	url->must = true, url->help = lg_say("It begins with https:// and is on the open internet.");
	struct html_fields_fields *chosen = small_choice(cx, f, "events", lg_say("What it is told"), true, EVENTS);
	chosen->help = lg_say("Ids and states only; who has a right to more fetches it by the API.");
	for (size_t i = 0; i < EVENTS; i++)
		small_option(cx, chosen, events[i].code, lg_say(events[i].text), NULL,
		             small_chosen(c, "events", events[i].code));
	struct html_sheet_sections sections[] = { { .help = not_sent(c), .body = html_records_any(v) },
		                                  { .title = lg_say("A new webhook"),
		                                    .body = html_form_any(&f->form) } };
	office_show(cx, c, "/webhooks", "clients", lg_say("Webhooks"),
	            lg_say("Programs elsewhere that are told when something happens here."), sections, 2);
	return LG_OK;
}

enum lg_err on_webhooks(struct lg_ctx *cx, struct call *c) { return show_all(cx, c); }

/* --- secrets */

/* A new secret: *box to keep, and as its receiver's library wants it ("whsec_" and base64). */
static enum lg_err new_secret(struct lg_ctx *cx, struct call *c, const char *id, struct db_bytes *box,
                              const char **text)
{
	uint8_t secret[WEBHOOK_SECRET];
	char base64[sodium_base64_ENCODED_LEN(WEBHOOK_SECRET, sodium_base64_VARIANT_ORIGINAL)];
	struct seal_ring ring = seal_ring_of(app_setup(c->app)->seal_key);
	seal_random(secret, sizeof secret);
	(void)sodium_bin2base64(base64, sizeof base64, secret, sizeof secret, sodium_base64_VARIANT_ORIGINAL);
	*text = lg_printf(cx->mem, "whsec_%s", base64);
	enum lg_err err = seal_put(cx, seal_tenant(cx, &ring, c->actor.tenant),
	                           seal_of(c->actor.tenant, id, "webhook_secret"), secret, sizeof secret, box);
	sodium_memzero(secret, sizeof secret);
	sodium_memzero(base64, sizeof base64);
	return err;
}

static void show_secret(struct lg_ctx *cx, struct call *c, const char *id, const char *title, const char *secret)
{
	struct html_facts facts = { .wide = true };
	struct html_facts_facts list[] = { { .name = lg_say("Secret"), .value = secret } };
	facts.facts = list, facts.n_facts = 1;
	struct html_sheet_sections section = {
		.title = title,
		.help = lg_say(
		    "Copy the secret now: it is shown this once. The receiver proves with it that a message is ours."),
		.body = html_facts_any(&facts),
		.more = lg_printf(cx->mem, "/webhooks/%s", id),
		.more_name = lg_say("To the webhook"),
	};
	office_show(cx, c, "/webhooks", "clients", title, NULL, &section, 1);
}

static void check_events(struct lg_ctx *cx, const struct db_list *chosen)
{
	if (!chosen->n) (void)!lg_fail(cx, LG_INVALID, "events", lg_say("Choose at least one."));
	for (size_t i = 0; i < chosen->n; i++) {
		size_t k = 0;
		while (k < EVENTS && strcmp(events[k].code, chosen->texts[i]) != 0) k++;
		if (k == EVENTS) (void)!lg_fail(cx, LG_INVALID, "events", lg_say("Choose one of the list."));
	}
}

enum lg_err on_webhook_add(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "name", "url", "events", NULL };
	struct db_bytes box;
	const char *id = record_new_id(cx), *secret;
	LG_TRY(small_only(cx, c, names));
	const char *name = small_text(cx, c, "name", NAME_MOST, true), *url = small_text(cx, c, "url", URL_MOST, true);
	struct db_list chosen = small_all(cx, c, "events");
	check_events(cx, &chosen);
	if (*url) (void)!webhook_url_check(cx, url, app_setup(c->app)->webhooks_to_loopback);
	if (cx->notes) return show_all(cx, c);
	LG_TRY(new_secret(cx, c, id, &box, &secret));
	db_webhook_add_send(
	    cx, c->db,
	    (struct db_webhook_add_in){ .id = id, .name = name, .url = url, .events = chosen, .secret = box });
	LG_TRY(audit_change(cx, c, "create", "webhook", id, 1, NULL, NULL));
	LG_TRY(app_end(cx, c));
	show_secret(cx, c, id, lg_say("The webhook is made"), secret);
	return LG_OK;
}

enum lg_err on_webhook_secret(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { NULL };
	struct db_bytes box;
	const char *id, *secret;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(small_only(cx, c, names));
	struct db_webhook_get_row w = { 0 };
	LG_TRY(db_webhook_get(cx, c->db, &w, (struct db_webhook_get_in){ .id = id }));
	LG_TRY(new_secret(cx, c, id, &box, &secret));
	db_webhook_secret_put_send(cx, c->db, (struct db_webhook_secret_put_in){ .id = id, .secret = box });
	LG_TRY(audit_change(cx, c, "renew_secret", "webhook", id, w.version + 1, NULL, NULL));
	LG_TRY(app_end(cx, c));
	show_secret(cx, c, id, lg_say("The secret is another one now"), secret);
	return LG_OK;
}

/* --- one of them */

static const char *when(struct lg_ctx *cx, const struct call *c, int64_t at_us)
{
	return at_us == DB_NO_INT ? "" : page_time(cx, c, at_us);
}

static const char *events_words(struct lg_ctx *cx, const struct db_list *list)
{
	const char *all = "";
	for (size_t i = 0; i < list->n; i++)
		all = lg_printf(cx->mem, "%s%s%s", all, i ? "; " : "", event_words(list->texts[i]));
	return all;
}

static struct html_facts *facts_of(struct lg_ctx *cx, struct call *c, const struct db_webhook_get_row *w)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	v->wide = true;
	v->facts = lg_array(cx->mem, 6, sizeof *v->facts);
	v->facts[v->n_facts++] = (struct html_facts_facts){ .name = lg_say("Address"), .value = w->url };
	v->facts[v->n_facts++] = (struct html_facts_facts){ .name = lg_say("State"),
		                                            .value = state_words(w->state),
		                                            .tone = !strcmp(w->state, "on")       ? "good"
		                                                    : !strcmp(w->state, "failed") ? "bad"
		                                                                                  : "warn",
		                                            .more = when(cx, c, w->state_since) };
	v->facts[v->n_facts++] =
	    (struct html_facts_facts){ .name = lg_say("What it is told"), .value = events_words(cx, &w->events) };
	v->facts[v->n_facts++] =
	    (struct html_facts_facts){ .name = lg_say("Waiting"), .value = number(cx, w->waiting) };
	if (w->rests_until != DB_NO_INT && w->rests_until > cx->now * US)
		v->facts[v->n_facts++] = (struct html_facts_facts){ .name = lg_say("Left alone until"),
			                                            .value = when(cx, c, w->rests_until) };
	if (w->old_until != DB_NO_INT && w->old_until > cx->now * US)
		v->facts[v->n_facts++] =
		    (struct html_facts_facts){ .name = lg_say("The secret before signs too, until"),
			                       .value = when(cx, c, w->old_until) };
	return v;
}

static const char *outcome(struct lg_ctx *cx, const struct call *c, const struct db_webhook_deliveries_row *r)
{
	if (r->done != DB_NO_INT) return lg_say("Taken");
	if (!r->attempts) return lg_say("Waiting");
	if (r->next_at == DB_NO_INT) return lg_say("Given up");
	return lg_printf(cx->mem, lg_say("Not taken; again at %s"), when(cx, c, r->next_at));
}

static struct html_records *log_of(struct lg_ctx *cx, struct call *c, const char *id,
                                   const struct db_webhook_deliveries_rows *rows)
{
	const char *heads[] = { lg_say("What happened"), lg_say("When"), lg_say("Outcome"), lg_say("Tries"),
		                lg_say("Last answer") };
	struct html_records *v = sheet_table(cx, c, "deliveries", lg_say("What was sent"), heads, 5, rows->n, true);
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_webhook_deliveries_row *r = &rows->rows[i];
		const char *answer =
		    r->status == DB_NO_INT ? r->answer : lg_printf(cx->mem, "%lld %s", (long long)r->status, r->answer);
		const char *cells[] = { when(cx, c, r->created), outcome(cx, c, r), number(cx, r->attempts), answer };
		struct html_records_rows *row = sheet_table_row(cx, v, event_words(r->event), NULL, heads, cells, 4);
		sheet_table_deed(cx, row, lg_say("Send again"), cells[0],
		                 lg_printf(cx->mem, "/webhooks/%s/deliveries/%s/replay", id, r->id), true);
	}
	return v;
}

static struct html_any deed(struct lg_ctx *cx, struct call *c, const char *id, const char *what, const char *name)
{
	struct small_form *f = small_form(cx, c, lg_printf(cx->mem, "/webhooks/%s/%s", id, what), name);
	return html_form_any(&f->form);
}

enum lg_err on_webhook(struct lg_ctx *cx, struct call *c)
{
	struct db_webhook_get_row w = { 0 };
	struct db_webhook_deliveries_rows log = { 0 };
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	db_webhook_get_send(cx, c->db, &w, (struct db_webhook_get_in){ .id = id });
	db_webhook_deliveries_send(cx, c->db, &log,
	                           (struct db_webhook_deliveries_in){ .webhook = id, .room = DELIVERIES });
	LG_TRY(app_end(cx, c));
	bool on = !strcmp(w.state, "on");
	struct html_sheet_sections sections[] = {
		{ .help = not_sent(c), .body = html_facts_any(facts_of(cx, c, &w)) },
		{ .title = lg_say("What was sent"),
		  .help =
		      lg_say("Kept for 30 days. What is not taken is tried again for a day, after pauses that grow."),
		  .body = html_records_any(log_of(cx, c, id, &log)) },
		{ .title = lg_say("Try it"), .body = deed(cx, c, id, "test", lg_say("Send a test")) },
		{ .title = on ? lg_say("Switch it off") : lg_say("Switch it on"),
		  .help = on ? lg_say("What happens meanwhile is not told later.")
		             : lg_say("What it has not taken yet is sent first."),
		  .body = deed(cx, c, id, on ? "off" : "on", on ? lg_say("Switch it off") : lg_say("Switch it on")) },
		{ .title = lg_say("Another secret"),
		  .help = lg_say("For a day both sign, so that the receiver can change over without losing a message."),
		  .body = deed(cx, c, id, "secret", lg_say("Make another secret")) },
		{ .title = lg_say("Delete it"),
		  .help = lg_say("With all that was sent and all that waits."),
		  .body = deed(cx, c, id, "remove", lg_say("Delete for good")) },
	};
	office_show(cx, c, "/webhooks", "clients", w.name, NULL, sections, sizeof sections / sizeof *sections);
	return LG_OK;
}

/* --- what is done with one */

/* After a deed that is queued already. */
static enum lg_err done(struct lg_ctx *cx, struct call *c, const char *verb, const char *id, const char *path)
{
	LG_TRY(audit_change(cx, c, verb, "webhook", id, 0, NULL, NULL));
	LG_TRY(app_end(cx, c));
	answer_see(cx, c, path, "saved");
	return LG_OK;
}

/* The webhook of the address: it is there, and nothing but the deed was sent. */
static enum lg_err the_one(struct lg_ctx *cx, struct call *c, const char **id, const char **path)
{
	static const char *const names[] = { NULL };
	struct db_webhook_get_row w = { 0 };
	LG_TRY(app_uuid(c->rq->args[0], id));
	LG_TRY(small_only(cx, c, names));
	*path = lg_printf(cx->mem, "/webhooks/%s", *id);
	return db_webhook_get(cx, c->db, &w, (struct db_webhook_get_in){ .id = *id });
}

enum lg_err on_webhook_test(struct lg_ctx *cx, struct call *c)
{
	const char *id, *path;
	LG_TRY(the_one(cx, c, &id, &path));
	db_webhook_test_add_send(cx, c->db, (struct db_webhook_test_add_in){ .webhook = id });
	db_webhook_rested_send(cx, c->db, (struct db_webhook_rested_in){ .id = id });
	return done(cx, c, "test", id, path);
}

enum lg_err on_webhook_on(struct lg_ctx *cx, struct call *c)
{
	const char *id, *path;
	LG_TRY(the_one(cx, c, &id, &path));
	db_webhook_switch_send(cx, c->db, (struct db_webhook_switch_in){ .id = id, .state = "on" });
	db_webhook_wake_send(cx, c->db, (struct db_webhook_wake_in){ .webhook = id });
	return done(cx, c, "switch_on", id, path);
}

enum lg_err on_webhook_off(struct lg_ctx *cx, struct call *c)
{
	const char *id, *path;
	LG_TRY(the_one(cx, c, &id, &path));
	db_webhook_switch_send(cx, c->db, (struct db_webhook_switch_in){ .id = id, .state = "off" });
	return done(cx, c, "switch_off", id, path);
}

enum lg_err on_webhook_remove(struct lg_ctx *cx, struct call *c)
{
	const char *id, *path;
	LG_TRY(the_one(cx, c, &id, &path));
	db_webhook_remove_send(cx, c->db, (struct db_webhook_remove_in){ .id = id });
	return done(cx, c, "remove", id, "/webhooks");
}

enum lg_err on_webhook_replay(struct lg_ctx *cx, struct call *c)
{
	const char *id, *path, *delivery;
	LG_TRY(app_uuid(c->rq->args[1], &delivery));
	LG_TRY(the_one(cx, c, &id, &path));
	db_webhook_replay_send(cx, c->db, (struct db_webhook_replay_in){ .id = delivery, .webhook = id });
	db_webhook_rested_send(cx, c->db, (struct db_webhook_rested_in){ .id = id });
	return done(cx, c, "replay", id, path);
}

/* --- on My day */

void webhooks_failed_send(struct lg_ctx *cx, struct call *c, struct db_webhook_failed_rows *out)
{
	if (may(&c->actor, MAY_CLIENT_ADMIN)) db_webhook_failed_send(cx, c->db, out);
}

struct html_my_day_tasks webhook_task(struct lg_ctx *cx, struct call *c, const struct db_webhook_failed_row *r)
{
	return (struct html_my_day_tasks){ .icon = "warning",
		                           .tone = "bad",
		                           .title = lg_printf(cx->mem, lg_say("Webhook switched off: %s"), r->name),
		                           .more = lg_printf(cx->mem, lg_say("Nothing was taken for a day; since %s"),
		                                             page_time(cx, c, r->state_since)),
		                           .url = lg_printf(cx->mem, "/webhooks/%s", r->id),
		                           .act = lg_say("Open"),
		                           .act_says = r->name };
}
