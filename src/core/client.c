/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Programs that an office lets in (the clients of the API), and the tokens they get. */
#include <string.h>

#include "app/answer.h"
#include "app/page.h"
#include "app/policy.h"
#include "app/record.h"
#include "app/seal.h"
#include "core/client.sql.h"
#include "core/core.h"
#include "core/door.h"
#include "core/office.h"
#include "core/sheet_table.h"
#include "core/small_form.h"
#include "view/facts.html.h"
#include "view/speech.h"

enum { NAME_MOST = 200, THROTTLED = 429 };

/* Programs do not administer the office: nobody would see who does. */
static bool is_for_programs(const struct role *r)
{
	return strcmp(r->name, "candidate") != 0 && strcmp(r->name, "employer") != 0 &&
	       strcmp(r->name, "administrator") != 0;
}

static enum lg_err show_clients(struct lg_ctx *cx, struct call *c)
{
	struct db_client_list_rows rows = { 0 };
	LG_TRY(db_client_list(cx, c->db, &rows));
	LG_TRY(app_end(cx, c));
	const char *heads[] = { lg_say("Name of the program"), lg_say("Roles"), lg_say("Id"), lg_say("Last used") };
	struct html_records *v = sheet_table(cx, c, "clients", lg_say("Programs"), heads, 4, rows.n, true);
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_client_list_row *r = &rows.rows[i];
		const char *used = r->revoked                  ? lg_say("shut out")
		                   : r->last_used == DB_NO_INT ? lg_say("never")
		                                               : page_time(cx, c, r->last_used);
		const char *cells[] = { office_roles(cx, &r->roles), r->id, used };
		struct html_records_rows *row = sheet_table_row(cx, v, r->name, NULL, heads, cells, 3);
		if (r->revoked) continue;
		sheet_table_deed(cx, row, lg_say("Shut out"), r->name, lg_printf(cx->mem, "/clients/%s/revoke", r->id),
		                 true);
	}
	struct small_form *f = small_form(cx, c, "/clients", lg_say("Let it in"));
	small_field(cx, f, "name", lg_say("Name of the program"), "text", NULL)->must = true;
	size_t n;
	const struct role *all = roles(&n);
	struct html_fields_fields *role = small_choice(cx, f, "roles", lg_say("Roles"), true, n);
	for (size_t i = 0; i < n; i++)
		if (is_for_programs(&all[i]))
			small_option(cx, role, all[i].name, lg_say(all[i].text), NULL,
			             small_chosen(c, "roles", all[i].name));
	struct html_sheet_sections sections[] = { { .body = html_records_any(v) },
		                                  { .title = lg_say("Let a program in"),
		                                    .body = html_form_any(&f->form) } };
	office_show(cx, c, "/clients", "clients", lg_say("Programs"),
	            lg_say("Programs that may use the API in the name of the office."), sections, 2);
	return LG_OK;
}

enum lg_err on_clients(struct lg_ctx *cx, struct call *c) { return show_clients(cx, c); }

static void show_secret(struct lg_ctx *cx, struct call *c, const char *name, const char *id, const char *secret)
{
	struct html_facts facts = { .wide = true };
	struct html_facts_facts list[] = { { .name = lg_say("Id"), .value = id },
		                           { .name = lg_say("Secret"), .value = secret } };
	facts.facts = list;
	facts.n_facts = 2;
	struct html_sheet_sections section = { .title = name,
		                               .help = lg_say("Copy the secret now: it is shown this once."),
		                               .body = html_facts_any(&facts),
		                               .more = "/clients",
		                               .more_name = lg_say("All programs") };
	office_show(cx, c, "/clients", "clients", lg_say("The program is let in"), NULL, &section, 1);
}

enum lg_err on_client_add(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "name", "roles", NULL };
	LG_TRY(small_only(cx, c, names));
	const char *name = small_text(cx, c, "name", NAME_MOST, true);
	struct db_list chosen = small_all(cx, c, "roles");
	if (!chosen.n) (void)!lg_fail(cx, LG_INVALID, "roles", lg_say("Choose at least one."));
	for (size_t i = 0; i < chosen.n; i++) {
		const struct role *r = role_named(chosen.texts[i]);
		if (!r || !is_for_programs(r))
			(void)!lg_fail(cx, LG_INVALID, "roles", lg_say("There is no such role."));
	}
	if (cx->notes) return show_clients(cx, c);
	uint8_t secret[SEAL_TOKEN];
	char text[SEAL_TOKEN_TEXT];
	struct db_client_create_row row = { 0 };
	seal_random(secret, sizeof secret);
	seal_token_print(text, secret);
	LG_TRY(db_client_create(
	    cx, c->db, &row,
	    (struct db_client_create_in){ .name = name, .roles = chosen, .secret = { secret, sizeof secret } }));
	LG_TRY(app_end(cx, c));
	show_secret(cx, c, name, row.id, lg_strdup(cx->mem, text));
	return LG_OK;
}

enum lg_err on_client_revoke(struct lg_ctx *cx, struct call *c)
{
	struct db_client_revoke_row row = { 0 };
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(db_client_revoke(cx, c->db, &row, (struct db_client_revoke_in){ .client = id }));
	if (!row.revoked) return LG_UNKNOWN;
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, "/clients?said=saved");
	return LG_OK;
}

/* --- tokens (RFC 6749, 4.4): a form as it says, or the same as JSON */

static enum lg_err token_error(struct lg_ctx *cx, struct call *c, int status, const char *error)
{
	cx->notes = NULL;
	answer_json(cx, c, status, record_keep(cx, json_pack("{s:s}", "error", error)));
	if (status == 401) http_put_header(c->rs, "WWW-Authenticate", "Basic realm=\"landgang\"");
	return LG_OK;
}

static const char *token_word(struct lg_ctx *cx, struct call *c, const char *name)
{
	const char *text = http_form(c->rq, name);
	if (text || c->rq->form.n) return text ? text : "";
	json_t *o;
	if (record_parse(cx, &o, c->rq->body ? c->rq->body : "", c->rq->n_body) != LG_OK || !json_is_object(o))
		return "";
	return record_word(o, name);
}

enum lg_err on_client_token(struct lg_ctx *cx, struct call *c)
{
	struct auth_answer a;
	const char *grant = token_word(cx, c, "grant_type"), *client = token_word(cx, c, "client_id"),
	           *secret = token_word(cx, c, "client_secret");
	if (strcmp(grant, "client_credentials") != 0)
		return token_error(cx, c, 400, *grant ? "unsupported_grant_type" : "invalid_request");
	LG_TRY(door_ask(cx, c, &a,
	                json_pack("{s:s,s:s,s:s,s:s}", "call", "client_token", "client", client, "secret", secret,
	                          "address", c->rq->peer)));
	if (a.state == AUTH_WAIT) {
		(void)door_wait(cx, c, &a);
		return token_error(cx, c, THROTTLED, "slow_down");
	}
	if (a.state == AUTH_GONE) {
		(void)token_error(cx, c, 401, "invalid_client");
		answer_json(
		    cx, c, 401,
		    record_keep(cx,
		                json_pack("{s:s,s:s}", "error", "invalid_client", "error_description",
		                          lg_printf(cx->mem, "This office is now part of %s: let the program in there.",
		                                    auth_word(&a, "office")))));
		return LG_OK;
	}
	if (a.state != AUTH_IN) return token_error(cx, c, 401, "invalid_client");
	json_int_t until = json_integer_value(json_object_get(a.json, "until"));
	answer_json(cx, c, 200,
	            record_keep(cx, json_pack("{s:s,s:s,s:I}", "access_token", a.token, "token_type", "Bearer",
	                                      "expires_in", until - cx->now)));
	return LG_OK;
}
