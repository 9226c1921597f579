/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Colleagues: who has access to the office, with which roles, from when and until when, and for whom they stand in. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/language.h"
#include "app/page.h"
#include "app/policy.h"
#include "app/seal.h"
#include "base/date.h"
#include "core/core.h"
#include "core/mail.h"
#include "core/member.sql.h"
#include "core/office.h"
#include "core/sheet_table.h"
#include "core/small_form.h"
#include "core/unit.sql.h"
#include "view/form_page.html.h"
#include "view/speech.h"

enum { NAME_MOST = 200, PHONE_MOST = 50, INVITATION_DAYS = 7 };

static const char *role_words(const char *name)
{
	const struct role *r = role_named(name);
	return r ? lg_say(r->text) : name;
}

/* That of the telephone exchange is a program's. */
static bool is_staff_role(const struct role *r)
{
	return strcmp(r->name, "candidate") != 0 && strcmp(r->name, "employer") != 0 &&
	       strcmp(r->name, "mailbox") != 0 && strcmp(r->name, "exchange") != 0;
}

/* What a role allows, in the words of its rights. */
static const char *role_help(struct lg_ctx *cx, const struct role *r)
{
	struct lg_buf *b = page_buffer(cx);
	for (unsigned i = 0; i < RIGHTS; i++)
		if (r->rights >> i & 1 && i != MAY_ANYBODY && i != MAY_SIGNED_IN)
			lg_putf(b, "%s%s", b->len ? ". " : "", lg_say(right_text(i)));
	return b->len ? lg_strdup(cx->mem, b->data) : "";
}

/* --- the list */

static const char *roles_line(struct lg_ctx *cx, const struct db_member_list_row *r)
{
	if (r->roles.n) return office_roles(cx, &r->roles);
	return strcmp(r->kind, "staff") ? role_words(r->kind) : lg_say("none today");
}

enum lg_err on_members(struct lg_ctx *cx, struct call *c)
{
	struct db_member_list_rows rows = { 0 };
	LG_TRY(db_member_list(cx, c->db, &rows));
	LG_TRY(app_end(cx, c));
	const char *heads[] = { lg_say("Name"), lg_say("Roles"), lg_say("Unit"), lg_say("E-mail address"),
		                lg_say("State") };
	struct html_records *v = sheet_table(cx, c, "members", lg_say("Colleagues"), heads, 5, rows.n, true);
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_member_list_row *r = &rows.rows[i];
		const char *state = r->ended ? lg_say("has left") : r->accepted ? lg_say("active") : lg_say("invited");
		const char *cells[] = { roles_line(cx, r), r->units, r->mail, state };
		const char *url = lg_printf(cx->mem, "/members/%s", r->id);
		struct html_records_rows *row = sheet_table_row(cx, v, r->name, url, heads, cells, 4);
		if (!r->accepted)
			sheet_table_deed(cx, row, lg_say("Invite again"), r->name, lg_printf(cx->mem, "%s/invite", url),
			                 true);
	}
	struct html_sheet_sections section = { .body = html_records_any(v) };
	struct html_sheet_actions action = { "/members/new", lg_say("Invite a colleague"), "person-add", true };
	struct html_sheet sheet = { .title = lg_say("Colleagues"),
		                    .lead = lg_say("Who may do what in the office"),
		                    .actions = &action,
		                    .n_actions = 1,
		                    .sections = &section,
		                    .n_sections = 1 };
	office_tabs(cx, c, &sheet, "/members");
	page_answer(cx, c, &(struct page){ .title = sheet.title, .here = "members" }, html_sheet_any(&sheet));
	return LG_OK;
}

/* --- inviting */

static void show_page(struct lg_ctx *cx, struct call *c, const char *title, const char *lead, struct small_form *f)
{
	const struct page_crumb crumbs[] = { { lg_say("Colleagues"), "/members" } };
	struct html_form_page v = { .title = title, .lead = lead, .form = &f->form };
	f->form.cancel = "/members";
	page_answer(cx, c, &(struct page){ .title = title, .here = "members", .crumbs = crumbs, .n_crumbs = 1 },
	            html_form_page_any(&v));
}

static void put_units(struct lg_ctx *cx, struct small_form *f, const struct db_unit_list_rows *units,
                      const struct db_list *has, bool posted)
{
	struct html_fields_fields *field = small_choice(cx, f, "units", lg_say("Units"), true, units->n);
	for (size_t i = 0; i < units->n; i++) {
		const struct db_unit_list_row *u = &units->rows[i];
		bool chosen = posted && small_chosen(f->c, "units", u->id);
		for (size_t j = 0; !posted && has && j < has->n; j++) chosen = chosen || !strcmp(has->texts[j], u->id);
		if (u->closed && !chosen) continue;
		small_option(cx, field, u->id, u->name, NULL, chosen);
	}
	field->help = lg_say("Where they work. What they see follows from their roles.");
	if (!field->n_options) f->fields.n_fields--;
}

static void put_roles(struct lg_ctx *cx, struct small_form *f)
{
	size_t n;
	const struct role *all = roles(&n);
	struct html_fields_fields *field = small_choice(cx, f, "roles", lg_say("Roles"), true, n);
	for (size_t i = 0; i < n; i++)
		if (is_staff_role(&all[i]))
			small_option(cx, field, all[i].name, lg_say(all[i].text), role_help(cx, &all[i]),
			             small_chosen(f->c, "roles", all[i].name));
}

static enum lg_err show_new(struct lg_ctx *cx, struct call *c)
{
	struct db_unit_list_rows units = { 0 };
	LG_TRY(db_unit_list(cx, c->db, &units));
	LG_TRY(app_end(cx, c));
	struct small_form *f = small_form(cx, c, "/members", lg_say("Send the invitation"));
	small_field(cx, f, "name", lg_say("Name"), "text", NULL)->must = true;
	small_field(cx, f, "mail", lg_say("E-mail address"), "email", NULL)->must = true;
	small_field(cx, f, "title", lg_say("Title"), "text", NULL);
	struct html_fields_fields *language = small_choice(cx, f, "language", lg_say("Language"), false, 4);
	for (size_t i = 0; i < 4; i++)
		small_option(cx, language, page_languages[i].code, page_languages[i].name, NULL,
		             !strcmp(*small_sent(c, "language") ? small_sent(c, "language") : c->language,
		                     page_languages[i].code));
	put_roles(cx, f);
	put_units(cx, f, &units, NULL, true);
	show_page(cx, c, lg_say("Invite a colleague"),
	          lg_say("They get a link by mail, choose a password, and set up codes on their phone."), f);
	return LG_OK;
}

enum lg_err on_member_new(struct lg_ctx *cx, struct call *c) { return show_new(cx, c); }

/* Only roles of staff that this program knows; at least one. */
static void check_roles(struct lg_ctx *cx, const struct db_list *chosen, bool needed)
{
	if (needed && !chosen->n) (void)!lg_fail(cx, LG_INVALID, "roles", lg_say("Choose at least one."));
	for (size_t i = 0; i < chosen->n; i++) {
		const struct role *r = role_named(chosen->texts[i]);
		if (!r || !is_staff_role(r)) (void)!lg_fail(cx, LG_INVALID, "roles", lg_say("There is no such role."));
	}
}

static void check_units(struct lg_ctx *cx, const struct db_list *chosen)
{
	const char *id;
	for (size_t i = 0; i < chosen->n; i++)
		if (app_uuid(chosen->texts[i], &id) != LG_OK)
			(void)!lg_fail(cx, LG_INVALID, "units", lg_say("There is no such unit."));
}

/* A link of an invitation, and what the mail's words are filled with. */
static const char *invitation(struct lg_ctx *cx, const struct call *c, uint8_t token[SEAL_TOKEN])
{
	char text[SEAL_TOKEN_TEXT];
	seal_random(token, SEAL_TOKEN);
	seal_token_print(text, token);
	json_t *data = json_pack("{s:s,s:s,s:s,s:i}", "path", lg_printf(cx->mem, "/invitation/%s", text), "office",
	                         c->actor.tenant_name, "by", c->actor.name, "days", INVITATION_DAYS);
	lg_assert(data);
	size_t n = json_dumpb(data, NULL, 0, JSON_COMPACT);
	char *out = lg_alloc(cx->mem, n + 1);
	(void)json_dumpb(data, out, n, JSON_COMPACT);
	json_decref(data);
	return out;
}

enum lg_err on_member_invite(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "name", "mail", "title", "language", "roles", "units", NULL };
	LG_TRY(small_only(cx, c, names));
	const char *name = small_text(cx, c, "name", NAME_MOST, true), *mail = small_text(cx, c, "mail", 254, true),
	           *title = small_text(cx, c, "title", NAME_MOST, false),
	           *language = language_known(small_sent(c, "language"));
	struct db_list chosen = small_all(cx, c, "roles"), units = small_all(cx, c, "units");
	if (*mail && !mail_address_is_good(mail))
		(void)!lg_fail(cx, LG_INVALID, "mail", lg_say("This is no mail address."));
	if (!language) (void)!lg_fail(cx, LG_INVALID, "language", lg_say("This language is not there."));
	check_roles(cx, &chosen, true);
	check_units(cx, &units);
	if (cx->notes) return show_new(cx, c);
	uint8_t token[SEAL_TOKEN];
	struct db_member_invite_row row = { 0 };
	const char *data = invitation(cx, c, token);
	enum lg_err err = db_member_invite(cx, c->db, &row,
	                                   (struct db_member_invite_in){ .mail = mail,
	                                                                 .name = name,
	                                                                 .title = title,
	                                                                 .language = language,
	                                                                 .roles = chosen,
	                                                                 .units = units,
	                                                                 .token = { token, sizeof token },
	                                                                 .data = data });
	if (err == LG_CONFLICT) {
		cx->notes = NULL;
		return lg_fail(cx, LG_CONFLICT, "mail", lg_say("Somebody with this address is a colleague already."));
	}
	LG_TRY(err);
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, "/members?said=invited");
	return LG_OK;
}

enum lg_err on_member_invite_again(struct lg_ctx *cx, struct call *c)
{
	uint8_t token[SEAL_TOKEN];
	struct db_member_invite_again_row row = { 0 };
	const char *id, *data = invitation(cx, c, token);
	LG_TRY(app_uuid(c->rq->args[0], &id));
	LG_TRY(db_member_invite_again(
	    cx, c->db, &row,
	    (struct db_member_invite_again_in){ .member = id, .token = { token, sizeof token }, .data = data }));
	if (!row.sent) return LG_UNKNOWN;
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, "/members?said=invited");
	return LG_OK;
}

/* --- one colleague */

struct member_page {
	struct db_member_get_row one;
	struct db_member_roles_rows roles;
	struct db_unit_list_rows units;
	struct db_member_list_rows all;
};

static enum lg_err read_member(struct lg_ctx *cx, struct call *c, struct member_page *p)
{
	const char *id;
	*p = (struct member_page){ 0 };
	LG_TRY(app_uuid(c->rq->args[0], &id));
	db_member_get_send(cx, c->db, &p->one, (struct db_member_get_in){ .id = id });
	db_member_roles_send(cx, c->db, &p->roles, (struct db_member_roles_in){ .member = id });
	db_unit_list_send(cx, c->db, &p->units);
	db_member_list_send(cx, c->db, &p->all);
	return db_sync(cx, c->db);
}

static struct html_any roles_table(struct lg_ctx *cx, struct call *c, const struct member_page *p)
{
	const char *heads[] = { lg_say("Role"), lg_say("Unit"), lg_say("From"), lg_say("Until") };
	struct html_records *v = sheet_table(cx, c, "roles", lg_say("Roles"), heads, 4, p->roles.n, true);
	for (size_t i = 0; i < p->roles.n; i++) {
		const struct db_member_roles_row *r = &p->roles.rows[i];
		const char *name =
		    r->role ? role_words(r->role)
		            : lg_printf(cx->mem, lg_say("Stands in for %s"), r->stand_in_for ? r->stand_in_for : "");
		const char *cells[] = { r->unit ? r->unit : lg_say("the whole office"), page_date(cx, r->valid_from),
			                page_date(cx, r->valid_to) };
		struct html_records_rows *row = sheet_table_row(cx, v, name, NULL, heads, cells, 3);
		if (!r->ended)
			sheet_table_deed(cx, row, lg_say("End it"), name,
			                 lg_printf(cx->mem, "/members/%s/roles/%s/end", p->one.id, r->id), true);
	}
	return html_records_any(v);
}

static const char *iso(struct lg_ctx *cx, int32_t day)
{
	char *out = lg_alloc(cx->mem, 11);
	if (day == DB_NO_DATE) return "";
	lg_date_print(out, day);
	return out;
}

static struct html_any entry_form(struct lg_ctx *cx, struct call *c, const struct member_page *p, bool posted)
{
	struct small_form *f = small_form(cx, c, lg_printf(cx->mem, "/members/%s", p->one.id), lg_say("Save"));
	f->form.version = lg_printf(cx->mem, "%lld", (long long)p->one.version);
	small_field(cx, f, "name", lg_say("Name"), "text", p->one.name)->must = true;
	small_field(cx, f, "title", lg_say("Title"), "text", p->one.title);
	small_field(cx, f, "phone", lg_say("Telephone"), "tel", p->one.phone);
	put_units(cx, f, &p->units, &p->one.units, posted);
	struct html_fields_fields *last =
	    small_field(cx, f, "valid_to", lg_say("Last day"), "date", iso(cx, p->one.valid_to));
	last->help = lg_say("Empty: without end");
	return html_form_any(&f->form);
}

static struct html_any role_form(struct lg_ctx *cx, struct call *c, const struct member_page *p)
{
	size_t n;
	const struct role *all = roles(&n);
	struct small_form *f = small_form(cx, c, lg_printf(cx->mem, "/members/%s/roles", p->one.id), lg_say("Give it"));
	struct html_fields_fields *role = small_choice(cx, f, "role", lg_say("Role"), false, n + 1);
	small_option(cx, role, "", lg_say("– none, stands in for somebody –"), NULL, false);
	for (size_t i = 0; i < n; i++)
		if (is_staff_role(&all[i]))
			small_option(cx, role, all[i].name, lg_say(all[i].text), NULL,
			             small_chosen(c, "role", all[i].name));
	struct html_fields_fields *who =
	    small_choice(cx, f, "stand_in_for", lg_say("Stands in for"), false, p->all.n + 1);
	who->help = lg_say("With that colleague's roles, until a day.");
	small_option(cx, who, "", lg_say("– nobody –"), NULL, false);
	for (size_t i = 0; i < p->all.n; i++)
		if (!strcmp(p->all.rows[i].kind, "staff") && strcmp(p->all.rows[i].id, p->one.id) != 0)
			small_option(cx, who, p->all.rows[i].id, p->all.rows[i].name, NULL,
			             small_chosen(c, "stand_in_for", p->all.rows[i].id));
	struct html_fields_fields *unit = small_choice(cx, f, "unit", lg_say("Unit"), false, p->units.n + 1);
	unit->help = lg_say("Who has roles of units alone sees the candidates of these units.");
	small_option(cx, unit, "", lg_say("the whole office"), NULL, false);
	for (size_t i = 0; i < p->units.n; i++)
		if (!p->units.rows[i].closed)
			small_option(cx, unit, p->units.rows[i].id, p->units.rows[i].name, NULL,
			             small_chosen(c, "unit", p->units.rows[i].id));
	small_field(cx, f, "valid_from", lg_say("From"), "date", iso(cx, page_today(cx, c)));
	small_field(cx, f, "until", lg_say("Until"), "date", "")->help = lg_say("Empty: without end");
	return html_form_any(&f->form);
}

static enum lg_err show_member(struct lg_ctx *cx, struct call *c, const struct member_page *p, const char *posted)
{
	const struct page_crumb crumbs[] = { { lg_say("Colleagues"), "/members" } };
	struct html_sheet_sections *s = lg_array(cx->mem, 4, sizeof *s);
	struct html_sheet v = { .title = p->one.name, .lead = p->one.mail, .sections = s };
	/* Only the form that was sent shows what was sent; the other one what is. */
	enum http_method method = c->rq->method;
	struct http_request *rq = (struct http_request *)(uintptr_t)c->rq;
	if (!strcmp(p->one.kind, "staff")) {
		s[v.n_sections++] =
		    (struct html_sheet_sections){ .title = lg_say("Roles"), .body = roles_table(cx, c, p) };
		if (strcmp(posted, "roles") != 0) rq->method = HTTP_GET;
		s[v.n_sections++] =
		    (struct html_sheet_sections){ .title = lg_say("Give a role"), .body = role_form(cx, c, p) };
		rq->method = method;
	}
	if (strcmp(posted, "entry") != 0) rq->method = HTTP_GET;
	s[v.n_sections++] = (struct html_sheet_sections){ .title = lg_say("Entry"),
		                                          .body = entry_form(cx, c, p, !strcmp(posted, "entry")) };
	rq->method = method;
	struct small_form *end =
	    small_form(cx, c, lg_printf(cx->mem, "/members/%s/remove", p->one.id), lg_say("End the membership"));
	end->form.danger = true;
	end->form.n_parts = 0;
	end->form.intro = lg_say(
	    "They have no access to this office any more, at once. Their account in other offices stays as it is.");
	s[v.n_sections++] =
	    (struct html_sheet_sections){ .title = lg_say("End the membership"), .body = html_form_any(&end->form) };
	page_answer(cx, c, &(struct page){ .title = v.title, .here = "members", .crumbs = crumbs, .n_crumbs = 1 },
	            html_sheet_any(&v));
	return LG_OK;
}

enum lg_err on_member(struct lg_ctx *cx, struct call *c)
{
	struct member_page p;
	LG_TRY(read_member(cx, c, &p));
	LG_TRY(app_end(cx, c));
	return show_member(cx, c, &p, "");
}

/* An office without an administrator could never have one again. */
static enum lg_err keeps_administrator(struct lg_ctx *cx, struct call *c, const char *member)
{
	struct db_member_other_administrators_row row = { 0 };
	LG_TRY(db_member_other_administrators(cx, c->db, &row,
	                                      (struct db_member_other_administrators_in){ .member = member }));
	if (row.n > 0) return LG_OK;
	return lg_fail(cx, LG_INVALID, "", lg_say("The office needs somebody else who is its administrator first."));
}

static bool is_administrator(const struct member_page *p)
{
	for (size_t i = 0; i < p->roles.n; i++)
		if (p->roles.rows[i].role && !strcmp(p->roles.rows[i].role, "administrator") && !p->roles.rows[i].ended)
			return true;
	return false;
}

enum lg_err on_member_save(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "name", "title", "phone", "units", "valid_to", NULL };
	struct member_page p;
	LG_TRY(small_only(cx, c, names));
	LG_TRY(read_member(cx, c, &p));
	const char *name = small_text(cx, c, "name", NAME_MOST, true),
	           *title = small_text(cx, c, "title", NAME_MOST, false),
	           *phone = small_text(cx, c, "phone", PHONE_MOST, false);
	struct db_list units = small_all(cx, c, "units");
	int32_t last = small_date(cx, c, "valid_to");
	check_units(cx, &units);
	if (!cx->notes && last != DB_NO_DATE && is_administrator(&p)) (void)!keeps_administrator(cx, c, p.one.id);
	if (cx->notes) {
		LG_TRY(app_end(cx, c));
		return show_member(cx, c, &p, "entry");
	}
	db_member_change_send(cx, c->db,
	                      (struct db_member_change_in){ .id = p.one.id,
	                                                    .name = name,
	                                                    .title = title,
	                                                    .phone = phone,
	                                                    .units = units,
	                                                    .valid_to = last,
	                                                    .version = app_version_seen(c) });
	LG_TRY(audit_change(cx, c, "change", "member", p.one.id, p.one.version + 1, NULL, NULL));
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, lg_printf(cx->mem, "/members/%s?said=saved", p.one.id));
	return LG_OK;
}

static void check_role_form(struct lg_ctx *cx, const struct call *c, const struct member_page *p,
                            struct db_member_role_add_in *in)
{
	const char *role = small_sent(c, "role"), *who = small_sent(c, "stand_in_for"), *unit = small_sent(c, "unit"),
	           *id;
	const struct role *r = role_named(role);
	in->member = p->one.id;
	in->role = *role ? role : NULL;
	in->stand_in_for = *who ? who : NULL;
	in->unit = *unit ? unit : NULL;
	in->valid_from = small_date(cx, c, "valid_from");
	in->valid_to = small_date(cx, c, "until");
	if (in->valid_from == DB_NO_DATE) in->valid_from = page_today(cx, c);
	if (*role && (!r || !is_staff_role(r)))
		(void)!lg_fail(cx, LG_INVALID, "role", lg_say("There is no such role."));
	if (!*role == !*who)
		(void)!lg_fail(cx, LG_INVALID, "role",
		               lg_say("Choose a role, or for whom they stand in: one of the two."));
	if (*who && (app_uuid(who, &id) != LG_OK || !strcmp(who, p->one.id)))
		(void)!lg_fail(cx, LG_INVALID, "stand_in_for", lg_say("There is no such colleague."));
	if (*unit && app_uuid(unit, &id) != LG_OK)
		(void)!lg_fail(cx, LG_INVALID, "unit", lg_say("There is no such unit."));
	if (*who && in->valid_to == DB_NO_DATE)
		(void)!lg_fail(cx, LG_INVALID, "until", lg_say("Standing in always has a last day."));
	if (in->valid_to != DB_NO_DATE && in->valid_to < in->valid_from)
		(void)!lg_fail(cx, LG_INVALID, "until", lg_say("This is before the first day."));
}

enum lg_err on_member_role_add(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "role", "stand_in_for", "unit", "valid_from", "until", NULL };
	struct member_page p;
	struct db_member_role_add_in in = { 0 };
	LG_TRY(small_only(cx, c, names));
	LG_TRY(read_member(cx, c, &p));
	if (strcmp(p.one.kind, "staff") != 0) return LG_UNKNOWN;
	check_role_form(cx, c, &p, &in);
	if (cx->notes) {
		LG_TRY(app_end(cx, c));
		return show_member(cx, c, &p, "roles");
	}
	db_member_role_add_send(cx, c->db, in);
	LG_TRY(audit_change(cx, c, in.role ? "give_role" : "stand_in", "member", p.one.id, p.one.version, NULL, NULL));
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, lg_printf(cx->mem, "/members/%s?said=saved", p.one.id));
	return LG_OK;
}

enum lg_err on_member_role_end(struct lg_ctx *cx, struct call *c)
{
	struct member_page p;
	const char *role, *name = NULL;
	LG_TRY(read_member(cx, c, &p));
	LG_TRY(app_uuid(c->rq->args[1], &role));
	for (size_t i = 0; i < p.roles.n; i++)
		if (!strcmp(p.roles.rows[i].id, role)) name = p.roles.rows[i].role ? p.roles.rows[i].role : "";
	if (!name) return LG_UNKNOWN;
	if (!strcmp(name, "administrator") && keeps_administrator(cx, c, p.one.id) != LG_OK) {
		LG_TRY(app_end(cx, c));
		return show_member(cx, c, &p, "");
	}
	LG_TRY(db_member_role_end(cx, c->db, NULL, (struct db_member_role_end_in){ .member = p.one.id, .id = role }));
	LG_TRY(audit_change(cx, c, "end_role", "member", p.one.id, p.one.version, NULL, NULL));
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, lg_printf(cx->mem, "/members/%s?said=saved", p.one.id));
	return LG_OK;
}

enum lg_err on_member_remove(struct lg_ctx *cx, struct call *c)
{
	struct member_page p;
	struct db_member_remove_row row = { 0 };
	LG_TRY(read_member(cx, c, &p));
	if (is_administrator(&p) && keeps_administrator(cx, c, p.one.id) != LG_OK) {
		LG_TRY(app_end(cx, c));
		return show_member(cx, c, &p, "");
	}
	LG_TRY(db_member_remove(cx, c->db, &row, (struct db_member_remove_in){ .member = p.one.id }));
	if (!row.removed) return LG_UNKNOWN;
	LG_TRY(app_end(cx, c));
	http_redirect(c->rs, "/members?said=removed");
	return LG_OK;
}
