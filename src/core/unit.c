/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Units: the parts of an office. */
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "core/core.h"
#include "core/office.h"
#include "core/sheet_table.h"
#include "core/small_form.h"
#include "core/unit.sql.h"
#include "view/form_page.html.h"
#include "view/speech.h"

enum { NAME_MOST = 200 };

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
	office_show(cx, c, "/units", "office", lg_say("Units"),
	            lg_say("The parts of the office: teams, wards, houses."), sections, 2);
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
