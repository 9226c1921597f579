/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdint.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "core/choice.h"
#include "core/core.h"
#include "core/import_upload.h"
#include "core/import_view.h"
#include "core/input.h"
#include "core/sheet_table.h"
#include "core/small_form.h"
#include "view/number.h"
#include "view/sheet.html.h"
#include "view/speech.h"

enum { LATEST = 50, SOURCE_MOST = 80, NAME_MOST = 120, ACCEPTED = 202 };

static bool may_write(const struct call *c, const struct import_kind *kind) { return may(&c->actor, kind->right); }

/* --- reading */

enum lg_err import_read_page(struct lg_ctx *cx, struct call *c, const char *id, struct import_page *out)
{
	static const char *const bad[] = { "bad", "broken", "kept" }, *const any[] = { "new", "create", "change",
		                                                                       "same", "bad" };
	struct audit_key key;
	json_t *counts;
	*out = (struct import_page){ 0 };
	db_import_get_send(cx, c->db, &out->row, (struct db_import_get_in){ .id = id });
	db_import_rows_of_send(cx, c->db, &out->rows,
	                       (struct db_import_rows_of_in){
	                           .import = id, .outcomes = { .texts = any, .n = 5 }, .room = IMPORT_PREVIEW });
	db_import_rows_of_send(
	    cx, c->db, &out->faulty,
	    (struct db_import_rows_of_in){ .import = id, .outcomes = { .texts = bad, .n = 3 }, .room = IMPORT_FAULTS });
	audit_key_send(cx, c, id, &key);
	LG_TRY(db_sync(cx, c->db));
	out->imp = (struct import){ .id = out->row.id, .source = out->row.source, .file_name = out->row.file_name };
	LG_TRY(import_of(cx, &out->imp, out->row.kind, out->row.columns, out->row.mapping, out->row.options,
	                 out->row.format));
	if (!may_write(c, out->imp.kind)) return LG_UNKNOWN;
	LG_TRY(record_parse(cx, &counts, out->row.counts, strlen(out->row.counts)));
	out->counts = counts;
	return audit_key_open(cx, c, id, &key, &out->imp.key);
}

enum lg_err import_page_of_address(struct lg_ctx *cx, struct call *c, struct import_page *out)
{
	const char *id;
	LG_TRY(app_uuid(c->rq->args[0], &id));
	return import_read_page(cx, c, id, out);
}

enum lg_err on_import_show(struct lg_ctx *cx, struct call *c)
{
	struct import_page page;
	LG_TRY(import_page_of_address(cx, c, &page));
	LG_TRY(app_end(cx, c));
	app_put_version(cx, c, page.row.version);
	if (c->api)
		answer_json(cx, c, 200, import_json(cx, &page));
	else
		import_show(cx, c, &page);
	return LG_OK;
}

/* --- the list, and a new one */

static struct html_form *new_form(struct lg_ctx *cx, struct call *c)
{
	size_t n;
	const struct import_kind *all = import_kinds(&n);
	struct small_form *f = small_form(cx, c, "/imports", lg_say("Read the file"));
	const char *sent = http_form(c->rq, "kind");
	if (!sent) sent = http_query(c->rq, "kind");
	struct html_fields_fields *kind = small_choice(cx, f, "kind", lg_say("What is in it"), false, n);
	for (size_t i = 0; i < n; i++)
		if (may_write(c, &all[i]))
			small_option(cx, kind, all[i].name, lg_say(all[i].text), NULL,
			             sent && !strcmp(sent, all[i].name));
	struct html_fields_fields *source = small_field(cx, f, "source", lg_say("Where it comes from"), "text", "");
	source->must = true;
	source->longest = SOURCE_MOST;
	source->help = lg_say("The name of the other system, always the same: by it the file is known again.");
	struct html_fields_fields *file = small_field(cx, f, "file", lg_say("File"), "file", "");
	file->value = "";
	file->longest = 0;
	file->error = page_note(cx, "upload");
	file->help = lg_say("A workbook (.xlsx) or CSV with the names of the columns in its first line, JSON with an "
	                    "object a line, job postings, or a CV of Europass.");
	f->form.files = true;
	return &f->form;
}

static enum lg_err show_list(struct lg_ctx *cx, struct call *c)
{
	struct db_import_list_rows rows = { 0 };
	const char *names[3],
	    *heads[] = { lg_say("File"), lg_say("What is in it"), lg_say("Source"), lg_say("State"), lg_say("When") };
	size_t n, k = 0;
	const struct import_kind *all = import_kinds(&n);
	for (size_t i = 0; i < n; i++)
		if (may_write(c, &all[i])) names[k++] = all[i].name;
	LG_TRY(db_import_list(cx, c->db, &rows,
	                      (struct db_import_list_in){ .kinds = { .texts = names, .n = k }, .room = LATEST }));
	LG_TRY(app_end(cx, c));
	struct html_records *table = sheet_table(cx, c, "imports", lg_say("Files"), heads, 5, rows.n, false);
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_import_list_row *r = &rows.rows[i];
		const char *kind = lg_say(import_kind_named(r->kind)->text);
		const char *cells[] = { kind, r->source, import_state_words(r->state), page_time(cx, c, r->created) };
		(void)sheet_table_row(cx, table, *r->file_name ? r->file_name : kind,
		                      lg_printf(cx->mem, "/imports/%s", r->id), heads, cells, 4);
	}
	struct html_sheet_sections sections[] = {
		{ .id = "new", .title = lg_say("Bring a file"), .body = html_form_any(new_form(cx, c)) },
		{ .id = "files", .title = lg_say("Files that were brought in"), .body = html_records_any(table) }
	};
	struct html_sheet v = {
		.title = lg_say("Import"),
		.lead = lg_say(
		    "Candidates, employers or openings from a file. You see first what would be done, and all of "
		    "it can be undone."),
		.sections = sections,
		.n_sections = 2
	};
	page_answer(cx, c, &(struct page){ .title = v.title, .here = "openings" }, html_sheet_any(&v));
	return LG_OK;
}

static enum lg_err answer_list(struct lg_ctx *cx, struct call *c)
{
	struct db_import_list_rows rows = { 0 };
	const char *names[3];
	size_t n, k = 0;
	const struct import_kind *all = import_kinds(&n);
	for (size_t i = 0; i < n; i++)
		if (may_write(c, &all[i])) names[k++] = all[i].name;
	LG_TRY(db_import_list(cx, c->db, &rows,
	                      (struct db_import_list_in){ .kinds = { .texts = names, .n = k }, .room = LATEST }));
	LG_TRY(app_end(cx, c));
	json_t *list = json_array(), *counts;
	for (size_t i = 0; i < rows.n; i++) {
		const struct db_import_list_row *r = &rows.rows[i];
		LG_TRY(record_parse(cx, &counts, r->counts, strlen(r->counts)));
		json_array_append_new(list, json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:O}", "id", r->id, "version",
		                                      (json_int_t)r->version, "kind", r->kind, "source", r->source,
		                                      "file_name", r->file_name, "state", r->state, "counts", counts));
	}
	answer_json(cx, c, 200, record_keep(cx, json_pack("{s:o}", "imports", list)));
	return LG_OK;
}

enum lg_err on_import_list(struct lg_ctx *cx, struct call *c) { return c->api ? answer_list(cx, c) : show_list(cx, c); }

/* --- bringing a file */

static bool has_control(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7F) return true;
	return false;
}

static const char *trimmed(struct lg_ctx *cx, const char *s)
{
	size_t n = s ? strlen(s) : 0;
	while (n && *s == ' ') s++, n--;
	while (n && s[n - 1] == ' ') n--;
	return n ? lg_strndup(cx->mem, s, n) : "";
}

/* The last part of what the browser calls the file, as far as it is one line. */
static const char *file_name(struct lg_ctx *cx, const char *given)
{
	const char *s = given ? given : "";
	for (const char *p = s; *p; p++)
		if (*p == '/' || *p == '\\') s = p + 1;
	return strlen(s) > NAME_MOST || has_control(s) ? "" : lg_strdup(cx->mem, s);
}

static enum lg_err read_upload(struct lg_ctx *cx, struct call *c, const char *kind, const char *source,
                               struct import_upload *out)
{
	out->kind = import_kind_named(kind ? kind : "");
	out->source = trimmed(cx, source);
	if (!out->kind || !may_write(c, out->kind))
		(void)!lg_fail(cx, LG_INVALID, "kind", lg_say("Choose one of the list."));
	if (!*out->source) (void)!lg_fail(cx, LG_INVALID, "source", lg_say("This is missing."));
	if (strlen(out->source) > SOURCE_MOST || has_control(out->source))
		(void)!lg_fail(cx, LG_INVALID, "source", lg_say("This is too long."));
	if (!out->n) (void)!lg_fail(cx, LG_INVALID, "upload", lg_say("Choose a file."));
	return cx->notes ? LG_INVALID : LG_OK;
}

static enum lg_err add_by_form(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "kind", "source", NULL };
	struct import_upload up = { 0 };
	const struct http_file *file = http_file(c->rq, "file");
	const char *id;
	LG_TRY(small_only(cx, c, names));
	if (file) up.bytes = file->bytes, up.n = file->n, up.file_name = file_name(cx, file->filename);
	enum lg_err err = read_upload(cx, c, http_form(c->rq, "kind"), http_form(c->rq, "source"), &up);
	if (err == LG_OK) err = import_take(cx, c, &up, false, record_keep(cx, json_object()), &id);
	if (err == LG_INVALID) return show_list(cx, c);
	LG_TRY(err);
	return answer_see(cx, c, lg_printf(cx->mem, "/imports/%s", id), NULL), LG_OK;
}

static enum lg_err answer_made(struct lg_ctx *cx, struct call *c, const char *id, int status)
{
	struct import_page page;
	LG_TRY(import_read_page(cx, c, id, &page));
	LG_TRY(app_end(cx, c));
	http_put_header(c->rs, "Location", lg_printf(cx->mem, "/api/v1/imports/%s", id));
	app_put_version(cx, c, page.row.version);
	answer_json(cx, c, status, import_json(cx, &page));
	return LG_OK;
}

/* Of the API: the body is the file. */
enum lg_err on_import_add(struct lg_ctx *cx, struct call *c)
{
	const char *id;
	if (!c->api) return add_by_form(cx, c);
	struct import_upload up = { .bytes = c->rq->body,
		                    .n = c->rq->n_body,
		                    .file_name = file_name(cx, http_query(c->rq, "name")) };
	LG_TRY(read_upload(cx, c, http_query(c->rq, "kind"), http_query(c->rq, "source"), &up));
	LG_TRY(import_take(cx, c, &up, false, record_keep(cx, json_object()), &id));
	return answer_made(cx, c, id, 201);
}

static bool asked(const struct call *c, const char *name)
{
	const char *s = http_query(c->rq, name);
	return s && !strcmp(s, "1");
}

enum lg_err on_opening_bulk(struct lg_ctx *cx, struct call *c)
{
	const char *id, *source = http_query(c->rq, "source");
	struct import_upload up = { .bytes = c->rq->body, .n = c->rq->n_body, .file_name = "" };
	json_t *options = record_keep(cx, json_object());
	if (asked(c, "anyway")) json_object_set_new(options, "anyway", json_true());
	if (asked(c, "open")) json_object_set_new(options, "open", json_true());
	if (asked(c, "make_employers")) json_object_set_new(options, "make_employers", json_true());
	LG_TRY(read_upload(cx, c, "opening", source ? source : "api", &up));
	LG_TRY(import_take(cx, c, &up, true, options, &id));
	return answer_made(cx, c, id, ACCEPTED);
}

/* --- what columns mean */

struct chosen {
	json_t *mapping, *options;
};

static void put_flag(json_t *o, const char *name, bool on)
{
	if (on) json_object_set_new(o, name, json_true());
}

static enum lg_err chosen_by_form(struct lg_ctx *cx, struct call *c, const struct import_page *page, struct chosen *out)
{
	json_t *defaults = record_keep(cx, json_object());
	for (size_t i = 0; i < page->imp.n_columns; i++) {
		const char *target = http_form(c->rq, lg_printf(cx->mem, "column-%zu", i));
		json_object_set_new(out->mapping, page->imp.columns[i], json_string(target ? target : ""));
	}
	for (const char *const *name = page->imp.kind->defaults; *name; name++)
		json_object_set_new(defaults, *name,
		                    json_string(small_sent(c, lg_printf(cx->mem, "default-%s", *name))));
	json_object_set(out->options, "defaults", defaults);
	put_flag(out->options, "anyway", *small_sent(c, "anyway"));
	put_flag(out->options, "make_employers", *small_sent(c, "make_employers"));
	put_flag(out->options, "open", *small_sent(c, "open"));
	return LG_OK;
}

static enum lg_err chosen_by_json(struct lg_ctx *cx, struct call *c, struct chosen *out)
{
	static const char *const names[] = { "mapping", "options", NULL };
	json_t *body;
	LG_TRY(input_json(cx, c, &body));
	LG_TRY(input_only(cx, c, body, names));
	json_t *mapping = json_object_get(body, "mapping"), *options = json_object_get(body, "options");
	if (mapping && !json_is_object(mapping))
		return lg_fail(cx, LG_INVALID, "mapping", lg_say("This must be an object."));
	if (options && !json_is_object(options))
		return lg_fail(cx, LG_INVALID, "options", lg_say("This must be an object."));
	if (mapping) json_object_update(out->mapping, mapping);
	if (options) json_object_update(out->options, options);
	return LG_OK;
}

static enum lg_err check_options(struct lg_ctx *cx, const struct import_page *page, const json_t *options)
{
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)options, name, value)
	{
		bool flag = !strcmp(name, "anyway") || !strcmp(name, "make_employers") || !strcmp(name, "open");
		if (strcmp(name, "defaults") != 0 && !flag)
			return lg_fail(cx, LG_INVALID, "options", lg_say("There is no such field."));
		if (flag && !json_is_boolean(value))
			return lg_fail(cx, LG_INVALID, "options", lg_say("Write yes or no."));
	}
	const json_t *defaults = json_object_get(options, "defaults");
	json_object_foreach((json_t *)(uintptr_t)defaults, name, value)
	{
		const struct section *s;
		size_t row;
		const struct field *f = import_field(page->imp.kind, name, &s, &row);
		const char *code = json_is_string(value) ? json_string_value(value) : "?";
		const char *const *known = page->imp.kind->defaults;
		while (*known && strcmp(*known, name) != 0) known++;
		if (!f || !*known) return lg_fail(cx, LG_INVALID, "options", lg_say("There is no such field."));
		if (*code && !choice_find((enum choice_list)f->choices, code))
			return lg_fail(cx, LG_INVALID, lg_printf(cx->mem, "default-%s", name),
			               lg_say("Choose one of the list."));
	}
	return LG_OK;
}

/* Each column means one thing at most, and no two the same. */
static enum lg_err check_mapping(struct lg_ctx *cx, const struct import_page *page, const json_t *mapping)
{
	enum lg_err err = LG_OK;
	size_t some = 0;
	json_t *taken = record_keep(cx, json_object());
	for (size_t i = 0; i < page->imp.n_columns; i++) {
		const char *column = page->imp.columns[i], *target = record_word(mapping, column),
		           *field = lg_printf(cx->mem, "column-%zu", i);
		if (!*target) continue;
		some++;
		if (!import_is_target(page->imp.kind, target))
			err = lg_fail(cx, LG_INVALID, field, lg_say("Choose one of the list."));
		else if (json_object_get(taken, target))
			err = lg_fail(cx, LG_INVALID, field, lg_say("Two columns cannot mean the same."));
		json_object_set_new(taken, target, json_true());
	}
	return some ? err : lg_fail(cx, LG_INVALID, "column-0", lg_say("Say of one column at least what it means."));
}

/* From one state to another; *late: it was not in it any more. */
static enum lg_err move(struct lg_ctx *cx, struct call *c, struct import_page *page, const char *const *from, size_t n,
                        const char *to, const char *verb)
{
	db_import_state_put_send(cx, c->db,
	                         (struct db_import_state_put_in){ .id = page->row.id,
	                                                          .version = page->row.version,
	                                                          .from_states = { .texts = from, .n = n },
	                                                          .state = to,
	                                                          .mapping = record_text(cx, page->imp.mapping),
	                                                          .options = record_text(cx, page->imp.options),
	                                                          .language = lg_speech_language() });
	if (*verb) LG_TRY(audit_change(cx, c, verb, "import", page->row.id, page->row.version + 1, NULL, NULL));
	return db_sync(cx, c->db);
}

static enum lg_err answer_moved(struct lg_ctx *cx, struct call *c, const struct import_page *page, enum lg_err err)
{
	const char *path = lg_printf(cx->mem, "/imports/%s", page->row.id);
	if (err == LG_CONFLICT && !c->api) {
		db_abandon(c->db);
		c->db = NULL;
		return http_redirect(c->rs, lg_printf(cx->mem, "%s?said=import_late", path)), LG_OK;
	}
	LG_TRY(err);
	return answer_see(cx, c, path, NULL), LG_OK;
}

enum lg_err on_import_mapping(struct lg_ctx *cx, struct call *c)
{
	static const char *const from[] = { "read", "checked", "stopped" };
	struct import_page page;
	int64_t seen;
	struct chosen chosen = { record_keep(cx, json_object()), record_keep(cx, json_object()) };
	LG_TRY(import_page_of_address(cx, c, &page));
	if (!input_version(cx, c, page.row.version, &seen)) return LG_OK;
	if (c->api) {
		json_object_update(chosen.mapping, (json_t *)(uintptr_t)page.imp.mapping);
		json_object_update(chosen.options, (json_t *)(uintptr_t)page.imp.options);
	}
	enum lg_err err = c->api ? chosen_by_json(cx, c, &chosen) : chosen_by_form(cx, c, &page, &chosen);
	if (err == LG_OK) err = check_mapping(cx, &page, chosen.mapping);
	if (err == LG_OK) err = check_options(cx, &page, chosen.options);
	page.imp.mapping = chosen.mapping;
	page.imp.options = chosen.options;
	for (size_t i = 0; i < page.imp.n_columns; i++)
		page.imp.targets[i] = record_word(chosen.mapping, page.imp.columns[i]);
	if (err == LG_INVALID && !c->api) {
		LG_TRY(app_end(cx, c));
		return import_show(cx, c, &page), LG_OK;
	}
	LG_TRY(err);
	page.row.version = seen;
	err = move(cx, c, &page, from, 3, "checking", "");
	if (err == LG_OK) {
		db_import_anew_send(cx, c->db, (struct db_import_anew_in){ .import = page.row.id });
		err = db_sync(cx, c->db);
	}
	return answer_moved(cx, c, &page, err);
}

/* --- doing it, and undoing it */

static enum lg_err set_going(struct lg_ctx *cx, struct call *c, const char *from, const char *to, const char *verb)
{
	static const char *const nothing[] = { NULL };
	struct import_page page;
	int64_t seen;
	LG_TRY(import_page_of_address(cx, c, &page));
	if (!c->api) LG_TRY(input_only(cx, c, NULL, nothing));
	if (!input_version(cx, c, page.row.version, &seen)) return LG_OK;
	page.row.version = seen;
	return answer_moved(cx, c, &page, move(cx, c, &page, &from, 1, to, verb));
}

enum lg_err on_import_run(struct lg_ctx *cx, struct call *c)
{
	return set_going(cx, c, "checked", "running", "started");
}

enum lg_err on_import_undo(struct lg_ctx *cx, struct call *c) { return set_going(cx, c, "done", "undoing", "undoing"); }
