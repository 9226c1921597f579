/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* An import as its page shows it: what the file holds, what would be done, what was. */
#include "core/import_view.h"

#include <stdint.h>
#include <string.h>

#include "app/page.h"
#include "core/choice.h"
#include "core/record_pages.h"
#include "core/sheet_table.h"
#include "view/facts.html.h"
#include "view/form.html.h"
#include "view/number.h"
#include "view/sheet.html.h"
#include "view/speech.h"

static const struct {
	const char *state, *text, *lead;
} states[] = {
	{ "read", LG_TEXT("Read"), LG_TEXT("Say what each column means. Nothing is written yet.") },
	{ "checking", LG_TEXT("Is being checked"), LG_TEXT("Each row is looked at. Nothing is written.") },
	{ "checked", LG_TEXT("Checked"), LG_TEXT("This is what would be done. Nothing is written yet.") },
	{ "running", LG_TEXT("Is being brought in"), LG_TEXT("You can close this page: the work goes on.") },
	{ "done", LG_TEXT("Done"),
	  LG_TEXT("Rows that were put aside can be corrected in the file and brought in again.") },
	{ "undoing", LG_TEXT("Is being undone"), LG_TEXT("You can close this page: the work goes on.") },
	{ "undone", LG_TEXT("Undone"), LG_TEXT("What nobody had worked with since was taken away or set back.") },
	{ "stopped", LG_TEXT("Stopped"), LG_TEXT("Whoever began it may not bring records in any more.") },
};

const char *import_state_words(const char *state)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (!strcmp(states[i].state, state)) return lg_say(states[i].text);
	return state;
}

static const char *lead_of(const char *state)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (!strcmp(states[i].state, state)) return lg_say(states[i].lead);
	return "";
}

int64_t import_count(const struct import_page *page, const char *const *outcomes)
{
	int64_t n = 0;
	for (; *outcomes; outcomes++) n += record_number(page->counts, *outcomes, 0);
	return n;
}

static bool is_in(const struct import_page *page, const char *state) { return !strcmp(page->row.state, state); }

bool import_waits(const struct import_page *page)
{
	return is_in(page, "checking") || is_in(page, "running") || is_in(page, "undoing");
}

/* --- counts */

static const struct {
	const char *text;
	const char *outcomes[4];
} counted[] = {
	{ LG_TEXT("Rows not looked at yet"), { "new" } }, { LG_TEXT("Would be registered"), { "create" } },
	{ LG_TEXT("Would be changed"), { "change" } },    { LG_TEXT("Say what is there already"), { "same", "left" } },
	{ LG_TEXT("Registered"), { "created" } },         { LG_TEXT("Changed"), { "changed" } },
	{ LG_TEXT("Put aside"), { "bad", "broken" } },    { LG_TEXT("Taken away again or set back"), { "undone" } },
	{ LG_TEXT("Left as they were"), { "kept" } },
};

static struct html_facts *facts_of(struct lg_ctx *cx, const struct import_page *page)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	size_t most = sizeof counted / sizeof *counted;
	char number[48];
	v->facts = lg_array(cx->mem, most + 2, sizeof *v->facts);
	v->facts[v->n_facts++] =
	    (struct html_facts_facts){ .name = lg_say("State"), .value = import_state_words(page->row.state) };
	v->facts[v->n_facts++] = (struct html_facts_facts){ .name = lg_say("Source"), .value = page->row.source };
	for (size_t i = 0; i < most; i++) {
		int64_t n = import_count(page, counted[i].outcomes);
		if (!n) continue;
		v->facts[v->n_facts++] =
		    (struct html_facts_facts){ .name = lg_say(counted[i].text),
			                       .value = lg_strdup(cx->mem, lg_number_count(number, (uint64_t)n)) };
	}
	return v;
}

/* --- tables */

static const char *line_words(struct lg_ctx *cx, int64_t line)
{
	return lg_printf(cx->mem, lg_say("Line %lld"), (long long)line);
}

static struct html_records *preview_of(struct lg_ctx *cx, struct call *c, const struct import_page *page)
{
	size_t n = page->imp.n_columns;
	const char **heads = lg_array(cx->mem, n + 1, sizeof *heads);
	heads[0] = lg_say("Line");
	for (size_t i = 0; i < n; i++) heads[i + 1] = page->imp.columns[i];
	struct html_records *v =
	    sheet_table(cx, c, "preview", lg_say("The first rows"), heads, n + 1, page->rows.n, false);
	for (size_t i = 0; i < page->rows.n; i++) {
		const struct db_import_rows_of_row *r = &page->rows.rows[i];
		struct import_row row = { 0 };
		if (import_open(cx, c->actor.tenant, &page->imp, r->box, &row) != LG_OK) continue;
		const char **own = lg_array(cx->mem, n + 1, sizeof *own);
		for (size_t k = 0; k < n; k++) own[k] = k < row.n_cells ? row.cells[k] : "";
		(void)sheet_table_row(cx, v, line_words(cx, r->line), NULL, heads, own, n);
	}
	return v;
}

static struct html_records *faults_of(struct lg_ctx *cx, struct call *c, const struct import_page *page)
{
	const char *heads[] = { lg_say("Line"), lg_say("Column"), lg_say("What to do") };
	struct html_records *v =
	    sheet_table(cx, c, "faults", lg_say("Rows that were put aside"), heads, 3, page->faulty.n, false);
	for (size_t i = 0; i < page->faulty.n; i++) {
		const struct db_import_rows_of_row *r = &page->faulty.rows[i];
		const char *columns = "", *says = "", *url = NULL;
		json_t *list, *one;
		size_t k;
		if (record_parse(cx, &list, r->faults, strlen(r->faults)) != LG_OK) continue;
		json_array_foreach(list, k, one)
		{
			const char *column = record_word(one, "column");
			columns =
			    *column ? lg_printf(cx->mem, "%s%s%s", columns, *columns ? ", " : "", column) : columns;
			says = lg_printf(cx->mem, "%s%s%s", says, *says ? " " : "", record_word(one, "says"));
		}
		if (r->subject) url = lg_printf(cx->mem, "%s/%s", page->imp.kind->path, r->subject);
		const char *cells[] = { columns, says };
		(void)sheet_table_row(cx, v, line_words(cx, r->line), url, heads, cells, 2);
	}
	return v;
}

/* --- forms */

static struct html_form *deed_form(struct lg_ctx *cx, struct call *c, const struct import_page *page, const char *deed,
                                   const char *submit, bool danger)
{
	struct html_form *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_form){ .action = lg_printf(cx->mem, "/imports/%s/%s", page->row.id, deed),
		                 .csrf = page_csrf(cx, c),
		                 .version = record_version(cx, page->row.version),
		                 .submit = submit,
		                 .danger = danger };
	return v;
}

static void put_option(struct lg_ctx *cx, struct html_fields_fields *f, const char *value, const char *label,
                       const char *chosen)
{
	struct html_fields_fields_options *o = &f->options[f->n_options];
	*o = (struct html_fields_fields_options){ .id = lg_printf(cx->mem, "%s-%zu", f->id, f->n_options),
		                                  .value = value,
		                                  .label = label,
		                                  .chosen = !strcmp(value, chosen) };
	f->n_options++;
}

static struct html_fields_fields *put_choice(struct lg_ctx *cx, struct html_fields *v, const char *name,
                                             const char *label, size_t room)
{
	struct html_fields_fields *f = &v->fields[v->n_fields++];
	*f = (struct html_fields_fields){ .id = lg_printf(cx->mem, "f-%s", name),
		                          .name = name,
		                          .label = label,
		                          .choice = true,
		                          .error = page_note(cx, name) };
	f->options = lg_array(cx->mem, room, sizeof *f->options);
	return f;
}

static struct html_fields *columns_form(struct lg_ctx *cx, const struct import_page *page)
{
	size_t n;
	const struct import_target *targets = import_targets(cx, page->imp.kind, &n);
	struct html_fields *v = lg_alloc(cx->mem, sizeof *v);
	v->fields = lg_array(cx->mem, page->imp.n_columns + 1, sizeof *v->fields);
	for (size_t i = 0; i < page->imp.n_columns; i++) {
		const char *now = page->imp.targets[i];
		struct html_fields_fields *f =
		    put_choice(cx, v, lg_printf(cx->mem, "column-%zu", i), page->imp.columns[i], n + 2);
		bool found = !*now;
		put_option(cx, f, "", lg_say("Leave it out"), now);
		for (size_t k = 0; k < n; k++) {
			put_option(cx, f, targets[k].name, targets[k].label, now);
			found = found || !strcmp(targets[k].name, now);
		}
		if (!found) put_option(cx, f, now, now, now); /* a later row of a list */
	}
	return v;
}

static void put_check(struct lg_ctx *cx, struct html_fields *v, const char *name, const char *label, const char *help,
                      bool on)
{
	v->fields[v->n_fields++] = (struct html_fields_fields){ .id = lg_printf(cx->mem, "f-%s", name),
		                                                .name = name,
		                                                .label = label,
		                                                .help = help,
		                                                .check = true,
		                                                .on = on };
}

static struct html_fields *options_form(struct lg_ctx *cx, const struct import_page *page)
{
	const struct import_kind *kind = page->imp.kind;
	const json_t *o = page->imp.options, *defaults = json_object_get(o, "defaults");
	struct html_fields *v = lg_alloc(cx->mem, sizeof *v);
	v->fields = lg_array(cx->mem, 8, sizeof *v->fields);
	for (const char *const *name = kind->defaults; *name; name++) {
		const struct section *s;
		size_t row, n;
		const struct field *field = import_field(kind, *name, &s, &row);
		const struct choice *all = choices((enum choice_list)field->choices, &n);
		struct html_fields_fields *f =
		    put_choice(cx, v, lg_printf(cx->mem, "default-%s", *name), lg_say(field->label), n + 1);
		f->help = lg_say("For rows that do not say it");
		put_option(cx, f, "", "–", record_word(defaults, *name));
		for (size_t i = 0; i < n; i++)
			put_option(cx, f, all[i].code, lg_say(all[i].text), record_word(defaults, *name));
	}
	put_check(cx, v, "anyway", lg_say("Take likely duplicates too"),
	          lg_say("Else they are put aside, for somebody to look at."), record_flag(o, "anyway"));
	if (kind->right != MAY_OPENING_WRITE) return v;
	put_check(cx, v, "make_employers", lg_say("Register employers that are not known yet"),
	          lg_say("By their name alone."), record_flag(o, "make_employers"));
	put_check(cx, v, "open", lg_say("Open them at once"), lg_say("Those that say enough; the others stay drafts."),
	          record_flag(o, "open"));
	return v;
}

static struct html_form *mapping_form(struct lg_ctx *cx, struct call *c, const struct import_page *page)
{
	struct html_form *v = deed_form(cx, c, page, "mapping", lg_say("Check the file"), false);
	v->parts = lg_array(cx->mem, 2, sizeof *v->parts);
	v->parts[v->n_parts++] =
	    (struct html_form_parts){ .legend = lg_say("What the columns mean"),
		                      .help = lg_say("Suggested by their names, or as the last time "
		                                     "from this source."),
		                      .fields = columns_form(cx, page) };
	v->parts[v->n_parts++] =
	    (struct html_form_parts){ .legend = lg_say("For all rows"), .fields = options_form(cx, page) };
	return v;
}

/* --- the page */

static void put_section(struct html_sheet *v, const char *id, const char *title, const char *help, struct html_any body)
{
	v->sections[v->n_sections++] =
	    (struct html_sheet_sections){ .id = id, .title = title, .help = help, .body = body };
}

static void put_deeds(struct lg_ctx *cx, struct call *c, const struct import_page *page, struct html_sheet *v)
{
	static const char *const would[] = { "create", "change", NULL }, *const did[] = { "created", "changed", NULL };
	int64_t n = import_count(page, would), k = import_count(page, did);
	if (is_in(page, "checked") && n)
		put_section(
		    v, "run", lg_say("Bring it in"),
		    lg_printf(cx->mem, lg_say("%lld rows are written; what was put aside is not."), (long long)n),
		    html_form_any(deed_form(cx, c, page, "run", lg_say("Bring it in"), false)));
	if (is_in(page, "done") && k)
		put_section(v, "undo", lg_say("Undo the whole import"),
		            lg_say("What it registered is taken away and what it changed is set back, where nobody has "
		                   "worked with it since."),
		            html_form_any(deed_form(cx, c, page, "undo", lg_say("Undo it"), true)));
}

void import_show(struct lg_ctx *cx, struct call *c, struct import_page *page)
{
	const char *path = lg_printf(cx->mem, "/imports/%s", page->row.id);
	struct page_crumb crumbs[] = { { lg_say("Import"), "/imports" } };
	struct html_sheet v = {
		.title = *page->row.file_name ? page->row.file_name : lg_say(page->imp.kind->text),
		.lead = lead_of(page->row.state),
	};
	v.actions = lg_array(cx->mem, 3, sizeof *v.actions);
	v.sections = lg_array(cx->mem, 8, sizeof *v.sections);
	if (import_waits(page))
		v.actions[v.n_actions++] =
		    (struct html_sheet_actions){ .url = path, .name = lg_say("Look again"), .first = true };
	if (page->faulty.n && !is_in(page, "undone"))
		v.actions[v.n_actions++] =
		    (struct html_sheet_actions){ .url = lg_printf(cx->mem, "%s/quarantine.csv", path),
			                         .name = lg_say("Rows put aside, as CSV") };
	put_section(&v, "counts", lg_say(page->imp.kind->text), NULL, html_facts_any(facts_of(cx, page)));
	put_deeds(cx, c, page, &v);
	if (page->faulty.n)
		put_section(&v, "faults",
		            is_in(page, "undone") ? lg_say("What was left") : lg_say("Rows that were put aside"),
		            page->faulty.n == IMPORT_FAULTS ? lg_say("The first ones; the file has all.") : NULL,
		            html_records_any(faults_of(cx, c, page)));
	if (is_in(page, "read") || is_in(page, "checked")) {
		if (page->rows.n)
			put_section(&v, "rows", lg_say("The first rows"), NULL,
			            html_records_any(preview_of(cx, c, page)));
		put_section(&v, "mapping", lg_say("Columns"), NULL, html_form_any(mapping_form(cx, c, page)));
	}
	page_answer(
	    cx, c,
	    &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 1, .here = page->imp.kind->path + 1 },
	    html_sheet_any(&v));
}

json_t *import_json(struct lg_ctx *cx, const struct import_page *page)
{
	json_t *o = record_keep(cx, json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s}", "id", page->row.id, "version",
	                                      (json_int_t)page->row.version, "kind", page->row.kind, "source",
	                                      page->row.source, "file_name", page->row.file_name, "format",
	                                      page->row.format, "state", page->row.state));
	json_t *columns = json_array();
	for (size_t i = 0; i < page->imp.n_columns; i++)
		json_array_append_new(columns, json_string(page->imp.columns[i]));
	json_object_set_new(o, "columns", columns);
	json_object_set(o, "mapping", (json_t *)(uintptr_t)page->imp.mapping);
	json_object_set(o, "options", (json_t *)(uintptr_t)page->imp.options);
	json_object_set(o, "counts", (json_t *)(uintptr_t)page->counts);
	return o;
}
