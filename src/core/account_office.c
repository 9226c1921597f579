/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The office itself: its name, languages and words, its parts, and the programs that it lets in. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/language.h"
#include "app/page.h"
#include "app/policy.h"
#include "app/record.h"
#include "app/seal.h"
#include "core/account.sql.h"
#include "core/core.h"
#include "core/sheet_table.h"
#include "core/small_form.h"
#include "view/facts.html.h"
#include "view/form_page.html.h"
#include "view/sheet.html.h"
#include "view/speech.h"

enum { NAME_MOST = 200, LABEL_MOST = 100, LABELS_MOST = 8 };

static void put_tabs(struct lg_ctx *cx, const struct call *c, struct html_sheet *v, const char *here)
{
	const struct {
		const char *url, *name;
		enum right right;
	} all[] = { { "/members", lg_say("Colleagues"), MAY_ACCOUNT_ADMIN },
		    { "/office", lg_say("Office"), MAY_TENANT_ADMIN },
		    { "/units", lg_say("Units"), MAY_TENANT_ADMIN },
		    { "/clients", lg_say("Programs"), MAY_CLIENT_ADMIN } };
	struct html_sheet_tabs *tabs = lg_array(cx->mem, 4, sizeof *tabs);
	for (size_t i = 0; i < 4; i++)
		if (may(&c->actor, all[i].right))
			tabs[v->n_tabs++] =
			    (struct html_sheet_tabs){ all[i].url, all[i].name, !strcmp(all[i].url, here) };
	v->tabs = tabs;
}

static void show(struct lg_ctx *cx, struct call *c, const char *here, const char *item, const char *title,
                 const char *lead, struct html_sheet_sections *sections, size_t n)
{
	struct html_sheet v = { .title = title, .lead = lead, .sections = sections, .n_sections = n };
	put_tabs(cx, c, &v, here);
	page_answer(cx, c, &(struct page){ .title = title, .here = item }, html_sheet_any(&v));
}

/* --- name, languages, words */

/* What a key of an office's words stands for. */
static const char *key_words(const char *key)
{
	if (!strcmp(key, "office")) return lg_say("Office");
	return !strcmp(key, "unit") ? lg_say("Unit") : key;
}

/* Form names of words: "label.office.da". */
static const char *label_name(struct lg_ctx *cx, const char *key, const char *language)
{
	return lg_printf(cx->mem, "label.%s.%s", key, language);
}

static enum lg_err show_office(struct lg_ctx *cx, struct call *c, const struct db_office_get_row *o)
{
	json_t *labels = NULL;
	LG_TRY(record_parse(cx, &labels, o->labels, strlen(o->labels)));
	struct small_form *f = small_form(cx, c, "/office", lg_say("Save"));
	f->form.version = lg_printf(cx->mem, "%lld", (long long)o->version);
	small_field(cx, f, "name", lg_say("Name of the office"), "text", o->name)->must = true;
	struct html_fields_fields *languages =
	    small_choice(cx, f, "languages", lg_say("Languages of the pages"), true, 4);
	languages->help = lg_say("The first is the office's own.");
	bool posted = c->rq->method == HTTP_POST;
	for (size_t i = 0; i < 4; i++) {
		bool chosen = posted && small_chosen(c, "languages", page_languages[i].code);
		for (size_t j = 0; !posted && j < o->languages.n; j++)
			chosen = chosen || !strcmp(o->languages.texts[j], page_languages[i].code);
		small_option(cx, languages, page_languages[i].code, page_languages[i].name, NULL, chosen);
	}
	const char *key;
	json_t *words;
	size_t keys = 0;
	json_object_foreach(labels, key, words)
	{
		if (++keys > LABELS_MOST) break;
		for (size_t i = 0; i < 4; i++) {
			const char *now = json_string_value(json_object_get(words, page_languages[i].code));
			small_field(cx, f, label_name(cx, key, page_languages[i].code),
			            lg_printf(cx->mem, lg_say("The word for \"%s\" in %s"), key_words(key),
			                      page_languages[i].name),
			            "text", now ? now : "")
			    ->longest = LABEL_MOST;
		}
	}
	struct html_sheet_sections section = { .body = html_form_any(&f->form) };
	show(cx, c, "/office", "office", lg_say("Office"),
	     lg_say("What the office is called, and what it calls things."), &section, 1);
	return LG_OK;
}

enum lg_err on_office(struct lg_ctx *cx, struct call *c)
{
	struct db_office_get_row o = { 0 };
	LG_TRY(db_office_get(cx, c->db, &o));
	LG_TRY(app_end(cx, c));
	return show_office(cx, c, &o);
}

/* The words that were sent, in place of those that are; no other keys. */
static json_t *labels_sent(struct lg_ctx *cx, const struct call *c, json_t *labels)
{
	const char *key;
	json_t *words;
	json_t *out = record_keep(cx, json_deep_copy(labels));
	json_object_foreach(out, key, words)
	{
		for (size_t i = 0; i < 4; i++) {
			const char *name = label_name(cx, key, page_languages[i].code);
			if (!http_form(c->rq, name)) continue;
			const char *text = small_text(cx, c, name, LABEL_MOST, false);
			if (*text)
				(void)json_object_set_new(words, page_languages[i].code, json_string(text));
			else
				(void)json_object_del(words, page_languages[i].code);
		}
	}
	return out;
}

static enum lg_err only_office_fields(struct lg_ctx *cx, const struct call *c, json_t *labels)
{
	const char **names = lg_array(cx->mem, json_object_size(labels) * 4 + 3, sizeof *names);
	size_t n = 0;
	const char *key;
	json_t *words;
	names[n++] = "name";
	names[n++] = "languages";
	json_object_foreach(labels, key, words)
	{
		for (size_t i = 0; i < 4; i++) names[n++] = label_name(cx, key, page_languages[i].code);
	}
	return small_only(cx, c, names);
}

enum lg_err on_office_save(struct lg_ctx *cx, struct call *c)
{
	struct db_office_get_row o = { 0 };
	struct db_office_change_row row = { 0 };
	json_t *labels = NULL;
	LG_TRY(db_office_get(cx, c->db, &o));
	LG_TRY(record_parse(cx, &labels, o.labels, strlen(o.labels)));
	LG_TRY(only_office_fields(cx, c, labels));
	const char *name = small_text(cx, c, "name", NAME_MOST, true);
	struct db_list languages = small_all(cx, c, "languages");
	for (size_t i = 0; i < languages.n; i++)
		if (!language_known(languages.texts[i]))
			(void)!lg_fail(cx, LG_INVALID, "languages", lg_say("This language is not there."));
	if (!languages.n) (void)!lg_fail(cx, LG_INVALID, "languages", lg_say("Choose at least one."));
	json_t *words = labels_sent(cx, c, labels);
	if (cx->notes) {
		LG_TRY(app_end(cx, c));
		return show_office(cx, c, &o);
	}
	LG_TRY(db_office_change(cx, c->db, &row,
	                        (struct db_office_change_in){ .name = name,
	                                                      .languages = languages,
	                                                      .labels = record_text(cx, words),
	                                                      .version = app_version_seen(c) }));
	if (!row.changed) return LG_CONFLICT;
	LG_TRY(audit_change(cx, c, "change", "office", NULL, o.version + 1, NULL, NULL));
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, "/office?said=saved");
	return LG_OK;
}

/* --- units */

static enum lg_err show_units(struct lg_ctx *cx, struct call *c)
{
	struct db_unit_list_rows rows = { 0 };
	LG_TRY(db_unit_list(cx, c->db, &rows));
	LG_TRY(app_end(cx, c));
	const char *heads[] = { lg_say("Name of the unit"), lg_say("State") };
	struct html_records *v = sheet_table(cx, c, "units", lg_say("Units"), heads, 2, rows.n, false);
	for (size_t i = 0; i < rows.n; i++) {
		const char *cells[] = { rows.rows[i].closed ? lg_say("closed") : lg_say("open") };
		(void)sheet_table_row(cx, v, rows.rows[i].name, lg_printf(cx->mem, "/units/%s", rows.rows[i].id), heads,
		                      cells, 1);
	}
	struct small_form *f = small_form(cx, c, "/units", lg_say("Add"));
	small_field(cx, f, "name", lg_say("Name of the unit"), "text", NULL)->must = true;
	struct html_sheet_sections sections[] = { { .body = html_records_any(v) },
		                                  { .title = lg_say("A new unit"), .body = html_form_any(&f->form) } };
	show(cx, c, "/units", "office", lg_say("Units"), lg_say("The parts of the office: teams, wards, houses."),
	     sections, 2);
	return LG_OK;
}

enum lg_err on_units(struct lg_ctx *cx, struct call *c) { return show_units(cx, c); }

enum lg_err on_unit_add(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "name", NULL };
	LG_TRY(small_only(cx, c, names));
	const char *name = small_text(cx, c, "name", NAME_MOST, true);
	if (cx->notes) return show_units(cx, c);
	db_unit_add_send(cx, c->db, (struct db_unit_add_in){ .name = name });
	LG_TRY(audit_change(cx, c, "create", "unit", NULL, 1, NULL, NULL));
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, "/units?said=saved");
	return LG_OK;
}

static enum lg_err find_unit(struct lg_ctx *cx, struct call *c, struct db_unit_list_row *out)
{
	struct db_unit_list_rows rows = { 0 };
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(db_unit_list(cx, c->db, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (!strcmp(rows.rows[i].id, id)) return *out = rows.rows[i], LG_OK;
	return LG_UNKNOWN;
}

static void show_unit(struct lg_ctx *cx, struct call *c, const struct db_unit_list_row *u)
{
	const struct page_crumb crumbs[] = { { lg_say("Units"), "/units" } };
	struct small_form *f = small_form(cx, c, lg_printf(cx->mem, "/units/%s", u->id), lg_say("Save"));
	f->form.version = lg_printf(cx->mem, "%lld", (long long)u->version);
	f->form.cancel = "/units";
	small_field(cx, f, "name", lg_say("Name of the unit"), "text", u->name)->must = true;
	struct html_fields_fields *state = small_choice(cx, f, "state", lg_say("State"), false, 2);
	small_option(cx, state, "open", lg_say("open"), NULL, !u->closed);
	small_option(cx, state, "closed", lg_say("closed"), NULL, u->closed);
	struct html_form_page v = { .title = u->name, .form = &f->form };
	page_answer(cx, c, &(struct page){ .title = u->name, .here = "office", .crumbs = crumbs, .n_crumbs = 1 },
	            html_form_page_any(&v));
}

enum lg_err on_unit(struct lg_ctx *cx, struct call *c)
{
	struct db_unit_list_row u = { 0 };
	LG_TRY(find_unit(cx, c, &u));
	LG_TRY(app_end(cx, c));
	show_unit(cx, c, &u);
	return LG_OK;
}

enum lg_err on_unit_save(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "name", "state", NULL };
	struct db_unit_list_row u = { 0 };
	LG_TRY(small_only(cx, c, names));
	LG_TRY(find_unit(cx, c, &u));
	const char *name = small_text(cx, c, "name", NAME_MOST, true);
	if (cx->notes) {
		LG_TRY(app_end(cx, c));
		show_unit(cx, c, &u);
		return LG_OK;
	}
	db_unit_change_send(cx, c->db,
	                    (struct db_unit_change_in){ .id = u.id,
	                                                .name = name,
	                                                .closed = !strcmp(small_sent(c, "state"), "closed"),
	                                                .version = app_version_seen(c) });
	LG_TRY(audit_change(cx, c, "change", "unit", u.id, u.version + 1, NULL, NULL));
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, "/units?said=saved");
	return LG_OK;
}

/* --- programs */

static const char *roles_line(struct lg_ctx *cx, const struct db_list *list)
{
	struct lg_buf *b = page_buffer(cx);
	for (size_t i = 0; i < list->n; i++) {
		const struct role *r = role_named(list->texts[i]);
		lg_putf(b, "%s%s", i ? ", " : "", r ? lg_say(r->text) : list->texts[i]);
	}
	return b->len ? lg_strdup(cx->mem, b->data) : "";
}

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
		const char *cells[] = { roles_line(cx, &r->roles), r->id, used };
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
	show(cx, c, "/clients", "clients", lg_say("Programs"),
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
	show(cx, c, "/clients", "clients", lg_say("The program is let in"), NULL, &section, 1);
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
