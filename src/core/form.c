/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/form.h"

#include <string.h>

#include "app/page.h"
#include "app/record.h"
#include "core/municipalities.h"
#include "core/name.h"
#include "core/week.h"
#include "taxonomy/link.h"
#include "taxonomy/taxonomy.h"
#include "view/fields.html.h"
#include "view/rows.html.h"
#include "view/speech.h"

enum { SUGGESTIONS = 6, RADIOS_MOST = 4 };

const char *const form_also[] = { "csrf", "version", "why", "add", "take", "anyway", NULL };

/* --- words for values */

const char *form_concept(struct call *c, const char *code)
{
	const struct lg_taxonomy *t = app_setup(c->app)->taxonomy;
	uint16_t concept = t && *code ? lg_taxonomy_concept(t, code, strlen(code)) : LG_NO_CONCEPT;
	return concept == LG_NO_CONCEPT ? code : lg_taxonomy_label(t, concept, c->language);
}

const char *form_skill(struct call *c, const char *uri)
{
	const struct lg_taxonomy *t = app_setup(c->app)->taxonomy;
	uint16_t skill = t && *uri ? lg_taxonomy_skill(t, uri, strlen(uri)) : LG_NO_SKILL;
	return skill == LG_NO_SKILL ? uri : lg_taxonomy_skill_label(t, skill, c->language);
}

const char *form_municipality(const char *code)
{
	const struct lg_municipality *m = *code ? lg_municipality_find(code, strlen(code), NULL) : NULL;
	return m ? m->name : code;
}

const char *form_member_name(const struct form_with *with, const char *account)
{
	for (size_t i = 0; with && i < with->n_members; i++)
		if (!strcmp(with->members[i].account, account)) return with->members[i].name;
	return *account ? lg_say("A former colleague") : "";
}

const char *form_unit_name(const struct form_with *with, const char *id)
{
	for (size_t i = 0; with && i < with->n_units; i++)
		if (!strcmp(with->units[i].id, id)) return with->units[i].name;
	return "";
}

static const char *choice_words(struct lg_ctx *cx, unsigned list, const char *code)
{
	const struct choice *one = choice_find((enum choice_list)list, code);
	if (!one) return code;
	if (list == CHOICE_ground) return lg_say(one->text); /* its mark is a country */
	const char *text = *one->text ? lg_say(one->text) : "";
	if (!*one->mark) return text;
	return *text ? lg_printf(cx->mem, "%s · %s", one->mark, text) : one->mark;
}

/* Levels and the like where room is short. */
static const char *choice_short(unsigned list, const char *code)
{
	const struct choice *one = choice_find((enum choice_list)list, code);
	if (!one) return code;
	return *one->mark && list != CHOICE_ground ? one->mark : lg_say(one->text);
}

static const char *set_words(struct lg_ctx *cx, const struct field *f, const json_t *set)
{
	const char *all = "";
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)set, i, one)
	{
		const char *text = json_is_string(one) ? choice_words(cx, f->choices, json_string_value(one)) : "";
		all = *all ? lg_printf(cx->mem, "%s, %s", all, text) : text;
	}
	return all;
}

/* "Monday 08:00-15:30; Tuesday 09:00-12:00" */
static const char *week_words(struct lg_ctx *cx, const char *text)
{
	struct week *week = lg_alloc(cx->mem, sizeof *week);
	struct week_fault fault;
	struct lg_buf *out = page_buffer(cx);
	if (!week_read(week, text, strlen(text), &fault)) return text;
	for (unsigned day = 0; day < WEEK_DAYS; day++) {
		size_t before = out->len;
		if (before) lg_puts(out, "; ");
		lg_puts(out, lg_say(week_day_text(day)));
		lg_putc(out, ' ');
		size_t named = out->len;
		week_print_day(out, week, day);
		if (out->len == named) out->len = before;
	}
	return lg_strndup(cx->mem, out->data ? out->data : "", out->len);
}

const char *form_words(struct lg_ctx *cx, struct call *c, const struct field *f, const json_t *value,
                       const struct form_with *with)
{
	const char *s = json_is_string(value) ? json_string_value(value) : "";
	switch (f->type) {
	case FIELD_CHECK: return json_is_true(value) ? lg_say("Yes") : "";
	case FIELD_NUMBER:
		return json_is_integer(value) ? lg_printf(cx->mem, "%lld", (long long)json_integer_value(value)) : "";
	case FIELD_DATE: return page_iso_date(cx, s);
	case FIELD_CHOICE: return *s ? choice_words(cx, f->choices, s) : "";
	case FIELD_SET: return set_words(cx, f, value);
	case FIELD_OCCUPATION: return form_concept(c, s);
	case FIELD_SKILL: return form_skill(c, s);
	case FIELD_MUNICIPALITY: return form_municipality(s);
	case FIELD_MEMBER: return form_member_name(with, s);
	case FIELD_UNIT: return form_unit_name(with, s);
	case FIELD_WEEK: return *s ? week_words(cx, s) : "";
	case FIELD_TEXT:
	case FIELD_AREA:
	case FIELD_MAIL:
	case FIELD_PHONE:
	case FIELD_POINT: break;
	}
	return s;
}

const char *form_raw(struct lg_ctx *cx, const json_t *value)
{
	if (json_is_integer(value)) return lg_printf(cx->mem, "%lld", (long long)json_integer_value(value));
	if (json_is_true(value)) return "1";
	return json_is_string(value) ? json_string_value(value) : "";
}

const char *form_script_language(const char *text) { return name_script(text) == NAME_CYRILLIC ? "uk" : NULL; }

const char *form_words_language(const struct field *f, const char *words)
{
	return f->flags & FIELD_NATIVE ? form_script_language(words) : NULL;
}

const char *form_short(const struct field *f, const char *words, const json_t *row)
{
	const json_t *value = json_object_get(row, f->name);
	return json_is_string(value) ? choice_short(f->choices, json_string_value(value)) : words;
}

const char *form_row_words(struct lg_ctx *cx, struct call *c, const struct entity *e, const struct section *s,
                           const json_t *row, const struct form_with *with)
{
	size_t n;
	const struct field *fields = section_fields(e, s, &n);
	const char *all = "";
	for (const struct field *f = fields; f < fields + n; f++) {
		const json_t *value = json_object_get(row, f->name);
		const char *words = f->type == FIELD_CHOICE && json_is_string(value)
		                        ? choice_short(f->choices, json_string_value(value))
		                        : form_words(cx, c, f, value, with);
		if (!*words) continue;
		if (f->type == FIELD_CHECK) words = lg_say(f->label);
		if (f->type == FIELD_NUMBER) words = lg_printf(cx->mem, "%s: %s", lg_say(f->label), words);
		all = *all ? lg_printf(cx->mem, "%s · %s", all, words) : words;
	}
	return all;
}

/* --- one field of a form */

struct into {
	struct lg_ctx *cx;
	struct call *c;
	const struct form_with *with;
	const char *prefix; /* "languages.0." of a row, else "" */
};

static const char *id_of(struct lg_ctx *cx, const char *name)
{
	char *id = lg_printf(cx->mem, "f-%s", name);
	for (char *p = id; *p; p++)
		if (*p == '.') *p = '-';
	return id;
}

static void put_options(struct into *in, struct html_fields_fields *v, const struct field *f, const json_t *value)
{
	size_t n;
	const struct choice *list = choices((enum choice_list)f->choices, &n);
	bool many = f->type == FIELD_SET;
	v->options = lg_array(in->cx->mem, n + 1, sizeof *v->options);
	if (!many && !v->radios)
		v->options[v->n_options++] = (struct html_fields_fields_options){ .value = "", .label = "–" };
	for (size_t i = 0; i < n; i++) {
		bool chosen = false;
		if (many) {
			size_t k;
			json_t *one;
			json_array_foreach((json_t *)(uintptr_t)value, k, one) chosen =
			    chosen || (json_is_string(one) && !strcmp(json_string_value(one), list[i].code));
		} else {
			chosen = json_is_string(value) && !strcmp(json_string_value(value), list[i].code);
		}
		v->options[v->n_options++] = (struct html_fields_fields_options){
			.id = lg_printf(in->cx->mem, "%s-%zu", v->id, i),
			.value = list[i].code,
			.label = choice_words(in->cx, f->choices, list[i].code),
			.chosen = chosen,
		};
	}
}

static void put_municipalities(struct into *in, struct html_fields_fields *v, const char *chosen)
{
	size_t n;
	const struct lg_municipality *const *all = municipalities_by_name(in->c->actor.zone, &n);
	v->options = lg_array(in->cx->mem, n + 1, sizeof *v->options);
	v->options[v->n_options++] = (struct html_fields_fields_options){ .value = "", .label = "–" };
	for (size_t i = 0; i < n; i++) {
		const char *code = lg_printf(in->cx->mem, "%s-%s", all[i]->country, all[i]->code);
		v->options[v->n_options++] = (struct html_fields_fields_options){
			.value = code,
			.label = all[i]->name,
			.chosen = !strcmp(code, chosen),
		};
	}
}

static void put_members(struct into *in, struct html_fields_fields *v, const char *chosen)
{
	size_t n = in->with ? in->with->n_members : 0;
	v->options = lg_array(in->cx->mem, n + 2, sizeof *v->options);
	v->options[v->n_options++] = (struct html_fields_fields_options){ .value = "", .label = "–" };
	bool found = !*chosen;
	for (size_t i = 0; i < n; i++) {
		bool this = !strcmp(in->with->members[i].account, chosen);
		found = found || this;
		v->options[v->n_options++] = (struct html_fields_fields_options){
			.value = in->with->members[i].account,
			.label = in->with->members[i].name,
			.chosen = this,
		};
	}
	if (!found)
		v->options[v->n_options++] = (struct html_fields_fields_options){ .value = chosen,
			                                                          .label = lg_say("A former colleague"),
			                                                          .chosen = true };
}

/* Open ones, and the one where it is. */
static void put_units(struct into *in, struct html_fields_fields *v, const char *chosen)
{
	size_t n = in->with ? in->with->n_units : 0;
	v->options = lg_array(in->cx->mem, n + 1, sizeof *v->options);
	v->options[v->n_options++] = (struct html_fields_fields_options){ .value = "", .label = "–" };
	for (size_t i = 0; i < n; i++) {
		const struct form_unit *u = &in->with->units[i];
		bool this = !strcmp(u->id, chosen);
		if (this || u->choosable)
			v->options[v->n_options++] =
			    (struct html_fields_fields_options){ .value = u->id, .label = u->name, .chosen = this };
	}
}

/* What was typed but not chosen: the nearest concepts as radio buttons, so that no script is needed. */
static void put_suggestions(struct into *in, struct html_fields_fields *v, const struct field *f, const char *typed)
{
	const struct app_setup *setup = app_setup(in->c->app);
	const struct lg_linker *linker = f->type == FIELD_SKILL ? setup->skills : setup->occupations;
	struct lg_link_hit hits[SUGGESTIONS];
	if (!linker || !*typed) return;
	size_t n = lg_link(linker, in->c->language, typed, strlen(typed), hits, SUGGESTIONS);
	v->options = lg_array(in->cx->mem, n + 1, sizeof *v->options);
	for (size_t i = 0; i < n; i++) {
		char uri[80];
		uint16_t number = (uint16_t)hits[i].concept;
		bool skill = f->type == FIELD_SKILL;
		v->options[v->n_options++] = (struct html_fields_fields_options){
			.id = lg_printf(in->cx->mem, "%s-%zu", v->id, i),
			.value = skill ? lg_strdup(in->cx->mem, lg_taxonomy_skill_uri(setup->taxonomy, number, uri))
			               : lg_taxonomy_code(setup->taxonomy, number),
			.label = skill ? lg_taxonomy_skill_label(setup->taxonomy, number, in->c->language)
			               : lg_taxonomy_label(setup->taxonomy, number, in->c->language),
		};
	}
}

static void put_concept(struct into *in, struct html_fields_fields *v, const struct field *f, const json_t *row)
{
	const char *code = record_word(row, f->name),
	           *typed = record_word(row, lg_printf(in->cx->mem, "typed_%s", f->name));
	v->concept = true;
	v->source = f->type == FIELD_SKILL ? "/concepts?of=skill" : "/concepts?of=occupation";
	v->chosen_name = v->name;
	v->name = lg_printf(in->cx->mem, "%styped_%s", in->prefix, f->name);
	v->chosen = code;
	if (*code)
		v->value = f->type == FIELD_SKILL ? form_skill(in->c, code) : form_concept(in->c, code);
	else
		v->value = typed;
	if (!*code) put_suggestions(in, v, f, typed);
}

/* One stretch a day fits into two fields; @return false: there are more, or it cannot be read */
static bool one_a_day(const struct week *week, const struct week_span *at[WEEK_DAYS])
{
	for (size_t i = 0; i < week->n; i++) {
		if (at[week->at[i].day]) return false;
		at[week->at[i].day] = &week->at[i];
	}
	return true;
}

static const char *clock_of(struct lg_ctx *cx, unsigned minutes)
{
	char *text = lg_alloc(cx->mem, 6);
	week_print_minutes(text, minutes == WEEK_DAY_MINUTES ? WEEK_DAY_MINUTES - 1 : minutes);
	return text;
}

static void put_week(struct into *in, struct html_fields_fields *v, const char *text)
{
	const struct week_span *at[WEEK_DAYS] = { 0 };
	struct week *week = lg_alloc(in->cx->mem, sizeof *week);
	struct week_fault fault;
	if (!week_read(week, text, strlen(text), &fault) || !one_a_day(week, at)) {
		v->input = "text", v->wide = true;
		return;
	}
	struct html_hours *h = lg_alloc(in->cx->mem, sizeof *h);
	h->days = lg_array(in->cx->mem, WEEK_DAYS, sizeof *h->days);
	for (unsigned d = 0; d < WEEK_DAYS; d++) {
		const char *name = lg_say(week_day_text(d)), *code = week_day_code(d);
		h->days[h->n_days++] = (struct html_hours_days){
			.name = name,
			.from_name = lg_printf(in->cx->mem, "%s.%s.from", v->name, code),
			.from = at[d] ? clock_of(in->cx, at[d]->from) : "",
			.from_says = lg_printf(in->cx->mem, lg_say("%s, from"), name),
			.to_name = lg_printf(in->cx->mem, "%s.%s.to", v->name, code),
			.to = at[d] ? clock_of(in->cx, at[d]->to) : "",
			.to_says = lg_printf(in->cx->mem, lg_say("%s, to"), name),
		};
	}
	v->hours = h;
	v->help = NULL; /* it tells how to write hours as a text */
}

static void put_kind(struct into *in, struct html_fields_fields *v, const struct field *f, const json_t *row)
{
	const json_t *value = json_object_get(row, f->name);
	const char *s = json_is_string(value) ? json_string_value(value) : "";
	size_t n;
	v->value = s;
	switch (f->type) {
	case FIELD_TEXT: v->input = "text", v->longest = f->max, v->wide = f->max > 120; break;
	case FIELD_AREA: v->area = true, v->longest = f->max, v->rows = 4; break;
	case FIELD_MAIL: v->input = "email", v->longest = f->max; break;
	case FIELD_PHONE: v->input = "tel", v->longest = f->max; break;
	case FIELD_DATE: v->input = "date", v->brief = true; break;
	case FIELD_NUMBER:
		v->input = "text", v->mode = "numeric", v->brief = true;
		if (json_is_integer(value))
			v->value = lg_printf(in->cx->mem, "%lld", (long long)json_integer_value(value));
		break;
	case FIELD_CHECK: v->check = true, v->on = json_is_true(value); break;
	case FIELD_CHOICE:
		(void)choices((enum choice_list)f->choices, &n);
		v->radios = n <= RADIOS_MOST && !*in->prefix, v->choice = !v->radios, v->across = v->radios;
		put_options(in, v, f, value);
		break;
	case FIELD_SET: v->boxes = true, v->across = true, put_options(in, v, f, value); break;
	case FIELD_POINT: v->input = "text", v->mode = "text"; break;
	case FIELD_MUNICIPALITY: v->choice = true, put_municipalities(in, v, s); break;
	case FIELD_MEMBER: v->choice = true, put_members(in, v, s); break;
	case FIELD_UNIT: v->choice = true, put_units(in, v, s); break;
	case FIELD_OCCUPATION:
	case FIELD_SKILL: put_concept(in, v, f, row); break;
	case FIELD_WEEK: put_week(in, v, s); break;
	}
}

static void put_field(struct into *in, struct html_fields_fields *v, const struct field *f, const json_t *row)
{
	*v = (struct html_fields_fields){
		.name = lg_printf(in->cx->mem, "%s%s", in->prefix, f->name),
		.label = lg_say(f->label),
		.help = f->help ? lg_say(f->help) : NULL,
		.must = f->flags & FIELD_REQUIRED,
	};
	v->id = id_of(in->cx, v->name);
	v->error = page_note(in->cx, v->name);
	put_kind(in, v, f, row);
	if (v->value) v->lang = form_words_language(f, v->value);
}

static struct html_fields *fields_of(struct into *in, const struct entity *e, const struct section *s,
                                     const json_t *row, unsigned flags)
{
	size_t n;
	const struct field *fields = section_fields(e, s, &n);
	struct html_fields *v = lg_alloc(in->cx->mem, sizeof *v);
	v->fields = lg_array(in->cx->mem, n + 1, sizeof *v->fields);
	for (const struct field *f = fields; f < fields + n; f++) {
		if ((f->flags & FIELD_SET_BY_US) || (flags && !(f->flags & flags))) continue;
		put_field(in, &v->fields[v->n_fields++], f, row);
	}
	return v;
}

struct html_fields *form_fields(struct lg_ctx *cx, struct call *c, const struct entity *e, const struct section *s,
                                const json_t *part, const struct form_with *with, unsigned flags)
{
	struct into in = { cx, c, with, "" };
	return fields_of(&in, e, s, part, flags);
}

struct html_fields *form_row_fields(struct lg_ctx *cx, struct call *c, const struct entity *e, const struct section *s,
                                    const json_t *row, size_t index, const struct form_with *with, unsigned flags)
{
	struct into in = { cx, c, with, lg_printf(cx->mem, "%s-%zu.", s->name, index) };
	return fields_of(&in, e, s, row, flags);
}

static struct html_rows *rows_of(struct into *in, const struct entity *e, const struct section *s, const json_t *part)
{
	struct html_rows *v = lg_alloc(in->cx->mem, sizeof *v);
	size_t i;
	json_t *row;
	*v = (struct html_rows){
		.id = s->name,
		.legend = lg_say(s->label),
		.empty = lg_say("Nothing here yet."),
		.add = lg_say("Add one"),
		.take = lg_say("Take away"),
		.new_legend = lg_say("A new one"),
		.new_gone = lg_printf(in->cx->mem, "%s-new.gone", s->name),
	};
	v->rows = lg_array(in->cx->mem, json_array_size(part) + 1, sizeof *v->rows);
	json_array_foreach((json_t *)(uintptr_t)part, i, row)
	{
		in->prefix = lg_printf(in->cx->mem, "%s-%zu.", s->name, i);
		v->rows[v->n_rows++] = (struct html_rows_rows){
			.legend = lg_printf(in->cx->mem, "%zu", i + 1),
			.gone = lg_printf(in->cx->mem, "%sgone", in->prefix),
			.key = lg_printf(in->cx->mem, "%zu", i),
			.fields = fields_of(in, e, s, row, 0),
		};
	}
	v->next = (int64_t)json_array_size(part);
	in->prefix = lg_printf(in->cx->mem, "%s-new.", s->name);
	v->blank = fields_of(in, e, s, NULL, 0);
	return v;
}

static bool is_picked(const json_t *rows, const struct field *f, const char *code)
{
	size_t i;
	json_t *row;
	json_array_foreach((json_t *)(uintptr_t)rows, i, row) if (!strcmp(record_word(row, f->name), code)) return true;
	return false;
}

static void put_pick(struct into *in, struct html_fields_fields *v, const struct field *f, const json_t *rows,
                     const char *code, const char *label)
{
	v->options[v->n_options] = (struct html_fields_fields_options){
		.id = lg_printf(in->cx->mem, "%s-%zu", v->id, v->n_options),
		.value = code,
		.label = label,
		.chosen = is_picked(rows, f, code),
	};
	v->n_options++;
}

/* Region by region, in the order of their names; of the other country those of which one is chosen. */
static void put_regions(struct into *in, struct html_fields *v, const struct field *f, const char *name,
                        const json_t *rows)
{
	size_t n, near = municipalities_near(in->c->actor.zone);
	const struct lg_municipality *const *all = municipalities_by_name(in->c->actor.zone, &n);
	v->fields = lg_array(in->cx->mem, n, sizeof *v->fields);
	for (size_t i = 0; i < n; i++) {
		struct html_fields_fields *to = NULL;
		const char *code = lg_printf(in->cx->mem, "%s-%s", all[i]->country, all[i]->code);
		if (i >= near && !is_picked(rows, f, code)) continue;
		for (size_t k = 0; k < v->n_fields && !to; k++)
			if (!strcmp(v->fields[k].label, all[i]->region)) to = &v->fields[k];
		if (!to) {
			to = &v->fields[v->n_fields];
			*to = (struct html_fields_fields){
				.id = lg_printf(in->cx->mem, "%s-%zu", id_of(in->cx, name), v->n_fields++),
				.name = name,
				.label = all[i]->region,
				.boxes = true,
				.across = true,
				.options = lg_array(in->cx->mem, n, sizeof *to->options),
			};
		}
		put_pick(in, to, f, rows, code, all[i]->name);
	}
}

static struct html_fields *picks_of(struct into *in, const struct section *s, const struct field *f, const json_t *rows)
{
	struct html_fields *v = lg_alloc(in->cx->mem, sizeof *v);
	const char *name = lg_printf(in->cx->mem, "%s.%s", s->name, f->name);
	if (f->type == FIELD_MUNICIPALITY) {
		put_regions(in, v, f, name, rows);
		return v;
	}
	size_t n;
	const struct choice *list = choices((enum choice_list)f->choices, &n);
	struct html_fields_fields *boxes = v->fields = lg_alloc(in->cx->mem, sizeof *boxes);
	v->n_fields = 1;
	*boxes = (struct html_fields_fields){ .id = id_of(in->cx, name), .name = name, .label = lg_say(s->label) };
	boxes->boxes = boxes->across = true;
	boxes->options = lg_array(in->cx->mem, n, sizeof *boxes->options);
	for (size_t i = 0; i < n; i++)
		put_pick(in, boxes, f, rows, list[i].code, choice_words(in->cx, f->choices, list[i].code));
	return v;
}

struct html_form *form_of_section(struct lg_ctx *cx, struct call *c, const struct entity *e, const struct section *s,
                                  const json_t *part, const struct form_with *with, const char *action)
{
	struct into in = { cx, c, with, "" };
	struct html_form *v = lg_alloc(cx->mem, sizeof *v);
	v->action = action;
	v->csrf = page_csrf(cx, c);
	v->parts = lg_array(cx->mem, 1, sizeof *v->parts);
	v->n_parts = 1;
	const struct field *pick = section_pick(e, s);
	if (pick)
		v->parts[0].fields = picks_of(&in, s, pick, part);
	else if (s->kind == SECTION_MANY)
		v->parts[0].rows = rows_of(&in, e, s, part);
	else
		v->parts[0].fields = fields_of(&in, e, s, part, 0);
	return v;
}
