/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Two to four plans, what-ifs among them, side by side: what was ordered differently, and what came of it. */
#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "core/colleague.h"
#include "core/core.h"
#include "core/entity.h"
#include "core/run.h"
#include "formats/csv.h"
#include "taxonomy/taxonomy.h"
#include "view/facts.html.h"
#include "view/number.h"
#include "view/sheet.html.h"
#include "view/speech.h"
#include "view/table.html.h"

enum { LEAST = 2, MOST = 4, GROUP_CODE = 2, WORKS = 600 };

/* A row of numbers, one of each run. */
struct line {
	const char *code, *name;
	int64_t of[MOST];
};
struct compared {
	struct db_run_compare_rows rows;
	struct db_run_compare_work_rows works;
	struct db_run_compare_people_rows people;
	const json_t *asked[MOST], *outcome[MOST];
	size_t n;
	struct line figures[8], whys[8], groups[WORKS];
	size_t n_figures, n_whys, n_groups;
	int64_t everywhere, anywhere;
};

/* --- which */

/* "UUID,UUID": two to four, no one twice. */
static enum lg_err read_ids(struct lg_ctx *cx, const struct call *c, struct db_list *out)
{
	const char *all = http_query(c->rq, "runs"), **ids = lg_array(cx->mem, MOST, sizeof *ids);
	size_t n = 0;
	for (const char *at = all ? all : ""; *at && n < MOST + 1; n++) {
		size_t len = strcspn(at, ",");
		const char *id;
		LG_TRY(app_uuid(lg_strndup(cx->mem, at, len), &id));
		for (size_t i = 0; i < n && i < MOST; i++)
			if (!strcmp(ids[i], id))
				return lg_fail(cx, LG_INVALID, "runs", lg_say("One of them is there twice."));
		if (n < MOST) ids[n] = id;
		at += len + (at[len] == ',');
	}
	if (n < LEAST || n > MOST)
		return lg_fail(cx, LG_INVALID, "runs", lg_say("Choose two to four plans that are computed."));
	*out = (struct db_list){ .texts = ids, .n = n };
	return LG_OK;
}

/* Chosen in the list of plans. */
enum lg_err on_run_compare_chosen(struct lg_ctx *cx, struct call *c)
{
	const char *all = "";
	for (size_t i = 0; i < c->rq->form.n; i++)
		if (!strcmp(c->rq->form.at[i].name, "pick"))
			all = lg_printf(cx->mem, "%s%s%s", all, *all ? "," : "", c->rq->form.at[i].value);
	size_t n = *all != '\0';
	for (const char *p = all; *p; p++) n += *p == ',';
	LG_TRY(app_end(cx, c));
	if (n < LEAST || n > MOST || strspn(all, "0123456789abcdef-,") != strlen(all))
		return answer_see(cx, c, "/runs", "run_choose"), LG_OK;
	http_redirect(c->rs, lg_printf(cx->mem, "/runs/compare?runs=%s", all));
	return LG_OK;
}

/* --- sums; pure */

static struct line *add(struct line *list, size_t *n, const char *code, const char *name)
{
	struct line *l = &list[(*n)++];
	*l = (struct line){ .code = code, .name = name };
	return l;
}

static int64_t figure(const json_t *o, const char *name) { return record_number(o, name, 0); }

static void put_figures(struct compared *k)
{
	const char *const names[] = { lg_say("People"),
		                      lg_say("Openings"),
		                      lg_say("Positions"),
		                      lg_say("People placed"),
		                      lg_say("Placed in none of the others"),
		                      lg_say("All scores together"),
		                      lg_say("Score of a pair, on average") };
	static const char *const codes[] = { "people",    "openings", "positions", "placed",
		                             "only_here", "score",    "mean_score" };
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		struct line *l = add(k->figures, &k->n_figures, codes[i], names[i]);
		for (size_t r = 0; r < k->n; r++) {
			const struct db_run_compare_row *row = &k->rows.rows[r];
			int64_t placed = figure(k->outcome[r], "placed"), score = figure(k->outcome[r], "score"),
			        only = 0;
			for (size_t p = 0; p < k->people.n; p++)
				if (k->people.rows[p].run && !strcmp(k->people.rows[p].run, row->id))
					only = k->people.rows[p].n;
			const int64_t of[] = {
				row->n_candidates,          row->n_openings, row->n_positions, placed, only, score,
				placed ? score / placed : 0
			};
			l->of[r] = of[i];
		}
	}
	for (size_t p = 0; p < k->people.n; p++) {
		if (k->people.rows[p].run) continue;
		k->everywhere = k->people.rows[p].everywhere;
		k->anywhere = k->people.rows[p].n;
	}
}

static void put_whys(struct compared *k)
{
	size_t n;
	const struct choice *codes = choices(CHOICE_run_why, &n);
	for (size_t i = 0; i < n && k->n_whys < sizeof k->whys / sizeof *k->whys; i++) {
		struct line *l = add(k->whys, &k->n_whys, codes[i].code, lg_say(codes[i].text));
		bool any = false;
		for (size_t r = 0; r < k->n; r++) {
			l->of[r] = figure(json_object_get(k->outcome[r], "why"), codes[i].code);
			any = any || l->of[r];
		}
		if (!any) k->n_whys--;
	}
}

/* The group of two digits (ISCO-08) that an occupation is in; "" where none is stated or known. */
static const char *group_of(const struct lg_taxonomy *t, const char *occupation)
{
	uint16_t concept = t ? lg_taxonomy_concept(t, occupation, strlen(occupation)) : LG_NO_CONCEPT;
	if (concept == LG_NO_CONCEPT) return "";
	uint16_t group = lg_taxonomy_unit_group(t, concept);
	if (group == LG_NO_CONCEPT) return "";
	const uint16_t *parents = lg_taxonomy_parents(t);
	while (strlen(lg_taxonomy_code(t, group)) > GROUP_CODE && parents[group] != group) group = parents[group];
	return lg_taxonomy_code(t, group);
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct line *)a)->code, ((const struct line *)b)->code);
}

static void put_groups(struct call *c, struct compared *k)
{
	const struct lg_taxonomy *t = app_setup(c->app)->taxonomy;
	for (size_t i = 0; i < k->works.n; i++) {
		const struct db_run_compare_work_row *w = &k->works.rows[i];
		const char *code = group_of(t, w->occupation);
		size_t g = 0, r = 0;
		while (g < k->n_groups && strcmp(k->groups[g].code, code) != 0) g++;
		if (g == WORKS) continue; /* ISCO-08 has 43 such groups */
		if (g == k->n_groups)
			(void)add(k->groups, &k->n_groups, code,
			          *code ? form_concept(c, code) : lg_say("No occupation is stated"));
		while (r < k->n && strcmp(k->rows.rows[r].id, w->run) != 0) r++;
		if (r < k->n) k->groups[g].of[r] += w->placed;
	}
	if (k->n_groups) qsort(k->groups, k->n_groups, sizeof *k->groups, by_code);
}

/* --- read */

static enum lg_err read_all(struct lg_ctx *cx, struct call *c, struct compared **out, struct form_with *with)
{
	struct compared *k = *out = lg_alloc(cx->mem, sizeof *k);
	struct db_colleague_list_rows colleagues = { 0 };
	struct db_unit_choices_rows units = { 0 };
	struct db_list ids = { 0 };
	LG_TRY(read_ids(cx, c, &ids));
	db_run_compare_send(cx, c->db, &k->rows, (struct db_run_compare_in){ .ids = ids });
	db_run_compare_work_send(cx, c->db, &k->works, (struct db_run_compare_work_in){ .ids = ids });
	db_run_compare_people_send(cx, c->db, &k->people, (struct db_run_compare_people_in){ .ids = ids });
	db_colleague_list_send(cx, c->db, &colleagues);
	db_unit_choices_send(cx, c->db, &units);
	LG_TRY(app_end(cx, c));
	*with = colleagues_of(cx, &colleagues);
	put_units_of(cx, with, &units);
	k->n = k->rows.n;
	if (k->n != ids.n) return lg_fail(cx, LG_UNKNOWN, "", lg_say("Choose two to four plans that are computed."));
	for (size_t r = 0; r < k->n; r++) {
		json_t *asked, *outcome;
		const char *came = k->rows.rows[r].outcome;
		LG_TRY(record_parse(cx, &asked, k->rows.rows[r].asked, strlen(k->rows.rows[r].asked)));
		LG_TRY(record_parse(cx, &outcome, came ? came : "{}", strlen(came ? came : "{}")));
		k->asked[r] = asked, k->outcome[r] = outcome;
	}
	put_figures(k);
	put_whys(k);
	put_groups(c, k);
	return LG_OK;
}

/* --- the page */

static const char *count(struct lg_ctx *cx, int64_t n)
{
	return lg_number_count(lg_alloc(cx->mem, 48), n < 0 ? 0 : (uint64_t)n);
}

static const char *letter(size_t r) { return (const char *[]){ "A", "B", "C", "D" }[r]; }

static struct html_table *table(struct lg_ctx *cx, const struct compared *k, const char *head, size_t room)
{
	struct html_table *t = lg_alloc(cx->mem, sizeof *t);
	t->caption = lg_say("Each plan under its letter");
	t->heads = lg_array(cx->mem, k->n + 1, sizeof *t->heads);
	t->heads[t->n_heads++].name = head;
	for (size_t r = 0; r < k->n; r++)
		t->heads[t->n_heads++] = (struct html_table_heads){ .name = letter(r), .number = true };
	t->rows = lg_array(cx->mem, room + 1, sizeof *t->rows);
	return t;
}

static void put_row(struct lg_ctx *cx, const struct compared *k, struct html_table *t, const char *name,
                    const char *const *values)
{
	struct html_table_rows *row = &t->rows[t->n_rows++];
	*row = (struct html_table_rows){ .name = name };
	row->cells = lg_array(cx->mem, k->n, sizeof *row->cells);
	for (size_t r = 0; r < k->n; r++)
		row->cells[row->n_cells++] = (struct html_table_rows_cells){ .label = letter(r), .value = values[r] };
}

/* Each table has a name of its own, for those who hear the page. */
static void put_table(struct lg_ctx *cx, struct html_sheet *v, const char *title, struct html_table *t)
{
	t->caption = lg_printf(cx->mem, "%s · %s", title, t->caption);
	v->sections[v->n_sections++] = (struct html_sheet_sections){ .title = title, .body = html_table_any(t) };
}

static void put_lines(struct lg_ctx *cx, const struct compared *k, struct html_sheet *v, const char *title,
                      const char *head, const struct line *lines, size_t n, const char *note)
{
	struct html_table *t = table(cx, k, head, n);
	for (size_t i = 0; i < n; i++) {
		const char *values[MOST] = { "", "", "", "" };
		for (size_t r = 0; r < k->n; r++) values[r] = count(cx, lines[i].of[r]);
		put_row(cx, k, t, lines[i].name, values);
	}
	t->note = note;
	if (!n) t->empty = lg_say("None");
	put_table(cx, v, title, t);
}

/* What was ordered: what differs as a table, what is alike beside it. */
struct ordered {
	struct html_table *differs;
	struct html_facts *alike;
};

static void put_field(struct lg_ctx *cx, struct call *c, const struct compared *k, const struct field *f,
                      const struct form_with *with, struct ordered *o)
{
	const char *values[MOST] = { "", "", "", "" };
	bool differs = false, any = false;
	for (size_t r = 0; r < k->n; r++) {
		values[r] = form_words(cx, c, f, json_object_get(k->asked[r], f->name), with);
		any = any || *values[r];
		differs = differs || strcmp(values[r], values[0]) != 0;
	}
	for (size_t r = 0; r < k->n; r++)
		if (!*values[r]) values[r] = "–";
	if (differs)
		put_row(cx, k, o->differs, lg_say(f->label), values);
	else if (any)
		o->alike->facts[o->alike->n_facts++] =
		    (struct html_facts_facts){ .name = lg_say(f->label), .value = values[0] };
}

static void put_ordered(struct lg_ctx *cx, struct call *c, const struct compared *k, const struct form_with *with,
                        struct html_sheet *v)
{
	struct ordered o = { table(cx, k, lg_say("What was chosen"), run_entity.n_fields + what_if_entity.n_fields),
		             lg_alloc(cx->mem, sizeof *o.alike) };
	o.alike->facts = lg_array(cx->mem, run_entity.n_fields + what_if_entity.n_fields, sizeof *o.alike->facts);
	for (size_t i = 0; i < run_entity.n_fields; i++)
		if (strcmp(run_entity.fields[i].name, "purpose") != 0)
			put_field(cx, c, k, &run_entity.fields[i], with, &o);
	for (size_t i = 0; i < what_if_entity.n_fields; i++)
		if (!strcmp(what_if_entity.fields[i].section, "course"))
			put_field(cx, c, k, &what_if_entity.fields[i], with, &o);
	o.differs->empty =
	    o.differs->n_rows ? NULL : lg_say("All was chosen alike; what came of it may differ with the days.");
	put_table(cx, v, lg_say("Ordered differently"), o.differs);
	if (o.alike->n_facts)
		v->asides[v->n_asides++] =
		    (struct html_sheet_asides){ .title = lg_say("Ordered alike"), .body = html_facts_any(o.alike) };
}

static void put_which(struct lg_ctx *cx, struct call *c, const struct compared *k, struct html_sheet *v)
{
	struct html_facts *f = lg_alloc(cx->mem, sizeof *f);
	f->wide = true;
	f->facts = lg_array(cx->mem, k->n, sizeof *f->facts);
	for (size_t r = 0; r < k->n; r++) {
		const struct db_run_compare_row *row = &k->rows.rows[r];
		f->facts[f->n_facts++] = (struct html_facts_facts){ .name = letter(r),
			                                            .value = run_name(cx, row->purpose, row->of_run),
			                                            .url = lg_printf(cx->mem, "/runs/%s", row->id),
			                                            .more = page_time(cx, c, row->created) };
	}
	v->sections[v->n_sections++] =
	    (struct html_sheet_sections){ .title = lg_say("Which plans"), .body = html_facts_any(f) };
}

static void put_people(struct lg_ctx *cx, const struct compared *k, struct html_sheet *v)
{
	struct html_facts *f = lg_alloc(cx->mem, sizeof *f);
	f->facts = lg_array(cx->mem, 2, sizeof *f->facts);
	f->facts[f->n_facts++] =
	    (struct html_facts_facts){ .name = lg_say("Placed in all of them"), .value = count(cx, k->everywhere) };
	f->facts[f->n_facts++] =
	    (struct html_facts_facts){ .name = lg_say("Placed in at least one"), .value = count(cx, k->anywhere) };
	v->asides[v->n_asides++] = (struct html_sheet_asides){ .title = lg_say("People"), .body = html_facts_any(f) };
}

static void show(struct lg_ctx *cx, struct call *c, const struct compared *k, const struct form_with *with)
{
	struct page_crumb crumbs[] = { { lg_say("Plans"), "/runs" } };
	struct html_sheet_actions csv = { .url = lg_printf(cx->mem, "/runs/compare.csv?runs=%s",
		                                           http_query(c->rq, "runs")),
		                          .name = "CSV",
		                          .icon = "download" };
	struct html_sheet v = { .title = lg_say("Plans side by side"),
		                .lead = lg_say("What was ordered differently, and what came of it."),
		                .actions = &csv,
		                .n_actions = 1 };
	v.sections = lg_array(cx->mem, 5, sizeof *v.sections);
	v.asides = lg_array(cx->mem, 2, sizeof *v.asides);
	put_which(cx, c, k, &v);
	put_people(cx, k, &v);
	put_ordered(cx, c, k, with, &v);
	put_lines(cx, k, &v, lg_say("What came of it"), lg_say("Figure"), k->figures, k->n_figures, NULL);
	put_lines(cx, k, &v, lg_say("Who found nothing, and why"), lg_say("Why"), k->whys, k->n_whys, NULL);
	put_lines(cx, k, &v, lg_say("Placed by group of occupations"), lg_say("Group of occupations"), k->groups,
	          k->n_groups, lg_say("Of openings that are there still."));
	page_answer(cx, c, &(struct page){ .title = v.title, .crumbs = crumbs, .n_crumbs = 1, .here = "runs" },
	            html_sheet_any(&v));
}

/* --- for programs */

static json_t *numbers(const struct line *lines, size_t n, size_t r)
{
	json_t *o = json_object();
	for (size_t i = 0; i < n; i++) json_object_set_new(o, lines[i].code, json_integer((json_int_t)lines[i].of[r]));
	return o;
}

static bool is_empty(const json_t *v)
{
	return !v || json_is_null(v) || !strcmp(json_is_string(v) ? json_string_value(v) : "x", "");
}

static bool is_alike(const json_t *a, const json_t *b)
{
	return is_empty(a) || is_empty(b) ? is_empty(a) == is_empty(b) : json_equal(a, b);
}

static void put_differs(const struct compared *k, const struct entity *e, const char *section, json_t *out)
{
	for (size_t i = 0; i < e->n_fields; i++) {
		const char *name = e->fields[i].name;
		if (!strcmp(name, "purpose") || (section && strcmp(e->fields[i].section, section) != 0)) continue;
		bool differs = false;
		for (size_t r = 1; r < k->n; r++)
			differs = differs ||
			          !is_alike(json_object_get(k->asked[0], name), json_object_get(k->asked[r], name));
		if (differs) json_array_append_new(out, json_string(name));
	}
}

static json_t *as_json(struct lg_ctx *cx, const struct compared *k)
{
	json_t *o = record_keep(cx, json_object()), *runs = json_array(), *differs = json_array();
	for (size_t r = 0; r < k->n; r++) {
		const struct db_run_compare_row *row = &k->rows.rows[r];
		json_t *one = json_pack("{s:s, s:s, s:s?, s:O}", "id", row->id, "purpose", row->purpose, "what_if_of",
		                        row->of_run, "asked", k->asked[r]);
		json_object_set_new(one, "figures", numbers(k->figures, k->n_figures, r));
		json_object_set_new(one, "why", numbers(k->whys, k->n_whys, r));
		json_object_set_new(one, "placed_by_group", numbers(k->groups, k->n_groups, r));
		json_array_append_new(runs, one);
	}
	put_differs(k, &run_entity, NULL, differs);
	put_differs(k, &what_if_entity, "course", differs);
	json_object_set_new(o, "runs", runs);
	json_object_set_new(o, "differs", differs);
	json_object_set_new(o, "placed_in_all", json_integer((json_int_t)k->everywhere));
	json_object_set_new(o, "placed_in_any", json_integer((json_int_t)k->anywhere));
	return o;
}

static void csv_line(struct lg_buf *b, const char *table, const char *row, const char *run, int64_t value)
{
	lg_csv_str(b, true, table);
	lg_csv_str(b, false, row);
	lg_csv_str(b, false, run);
	lg_csv_int(b, false, value);
	lg_csv_end(b);
}

static void csv_lines(const struct compared *k, struct lg_buf *b, const char *table, const struct line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t r = 0; r < k->n; r++) csv_line(b, table, lines[i].code, k->rows.rows[r].id, lines[i].of[r]);
}

static void put_csv(const struct compared *k, struct lg_buf *b)
{
	static const char *const names[] = { "table", "row", "run", "value" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) lg_csv_str(b, i == 0, names[i]);
	lg_csv_end(b);
	csv_lines(k, b, "figures", k->figures, k->n_figures);
	csv_lines(k, b, "why", k->whys, k->n_whys);
	csv_lines(k, b, "placed_by_group", k->groups, k->n_groups);
	csv_line(b, "people", "placed_in_all", "", k->everywhere);
	csv_line(b, "people", "placed_in_any", "", k->anywhere);
}

enum lg_err on_run_compare(struct lg_ctx *cx, struct call *c)
{
	struct compared *k;
	struct form_with with;
	LG_TRY(read_all(cx, c, &k, &with));
	if (c->api) return answer_json(cx, c, 200, as_json(cx, k)), LG_OK;
	show(cx, c, k, &with);
	return LG_OK;
}

enum lg_err on_run_compare_csv(struct lg_ctx *cx, struct call *c)
{
	struct compared *k;
	struct form_with with;
	LG_TRY(read_all(cx, c, &k, &with));
	lg_buf_clear(&c->rs->body);
	put_csv(k, &c->rs->body);
	answer_file(cx, c, "text/csv; charset=utf-8", "plans.csv");
	return LG_OK;
}
