/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/record_view.h"

#include <string.h>

#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "view/number.h"
#include "view/speech.h"
#include "view/when.h"

enum { SUMMARY = 90 };

static const char *word(const json_t *record, const char *name) { return record_word(record, name); }

/* --- facts */

static void put_fact(struct lg_ctx *cx, struct call *c, struct html_facts *v, const struct field *f, const json_t *part,
                     const struct form_with *with)
{
	const char *words = form_words(cx, c, f, json_object_get(part, f->name), with);
	if (!*words && (f->type == FIELD_CHECK)) return;
	v->facts[v->n_facts++] = (struct html_facts_facts){ .name = lg_say(f->label),
		                                            .value = words,
		                                            .lang = form_words_language(f, words) };
}

/* Levels, dates and numbers tell nothing without the name of what they are. */
static bool is_named(const struct field *f)
{
	bool level = f->type == FIELD_CHOICE && f->choices == CHOICE_level;
	return level || f->type == FIELD_DATE || f->type == FIELD_NUMBER;
}

/* A row of a list: its first field is the name, the others its value. Own words stay beside the office's. */
static void put_row(struct lg_ctx *cx, struct call *c, struct html_facts *v, const struct entity *e,
                    const struct section *s, const json_t *row, const struct form_with *with)
{
	size_t n;
	const struct field *fields = section_fields(e, s, &n);
	struct html_facts_facts *fact = &v->facts[v->n_facts++];
	const char *rest = "";
	*fact =
	    (struct html_facts_facts){ .name = form_words(cx, c, fields, json_object_get(row, fields->name), with) };
	for (const struct field *f = fields + 1; f < fields + n; f++) {
		const char *words = form_words(cx, c, f, json_object_get(row, f->name), with);
		if (f->type == FIELD_CHECK && *words) words = lg_say(f->label);
		if (!*words) continue;
		if ((f->flags & FIELD_NATIVE) && !fact->more) {
			fact->more = words, fact->more_lang = form_words_language(f, words);
			continue;
		}
		if (f->type == FIELD_CHOICE && f->choices == CHOICE_level) words = form_short(f, words, row);
		if (is_named(f)) words = lg_printf(cx->mem, "%s: %s", lg_say(f->label), words);
		rest = *rest ? lg_printf(cx->mem, "%s · %s", rest, words) : words;
	}
	fact->value = rest;
	if (*rest || fact->more) return;
	/* What has no more to it than a name stands with the others of that kind, under what kind it is. */
	const char *label = lg_say(fields->label), *name = fact->name;
	for (size_t i = 0; i + 1 < v->n_facts; i++) {
		struct html_facts_facts *before = &v->facts[i];
		if (strcmp(before->name, label) != 0) continue;
		before->value = lg_printf(cx->mem, "%s, %s", before->value, name);
		v->n_facts--;
		return;
	}
	*fact = (struct html_facts_facts){ .name = label, .value = name };
}

struct html_facts *record_facts(struct lg_ctx *cx, struct call *c, const struct entity *e, const struct section *s,
                                const json_t *part, const struct form_with *with)
{
	struct html_facts *v = lg_alloc(cx->mem, sizeof *v);
	size_t n, i;
	json_t *row;
	const struct field *fields = section_fields(e, s, &n);
	*v = (struct html_facts){ .csrf = page_csrf(cx, c), .wide = s->kind == SECTION_MANY };
	v->facts = lg_array(cx->mem, n + json_array_size(part) + 1, sizeof *v->facts);
	for (const struct field *f = fields; s->kind == SECTION_ONE && f < fields + n; f++)
		put_fact(cx, c, v, f, part, with);
	if (s->kind == SECTION_MANY)
		json_array_foreach((json_t *)(uintptr_t)part, i, row) put_row(cx, c, v, e, s, row, with);
	return v;
}

const char *record_summary(struct lg_ctx *cx, const struct section *s, const struct html_facts *facts)
{
	char number[48];
	size_t i = 0;
	if (s->kind == SECTION_MANY && facts->n_facts)
		return lg_strdup(cx->mem, lg_number_count(number, facts->n_facts));
	while (i < facts->n_facts && !(facts->facts[i].value && *facts->facts[i].value)) i++;
	if (i == facts->n_facts) return lg_say("Nothing yet");
	return strlen(facts->facts[i].value) <= SUMMARY ? facts->facts[i].value : lg_say("Filled in");
}

/* --- what happened */

static const struct {
	const char *verb, *text, *icon;
} verbs[] = {
	{ "registered", LG_TEXT("Registered"), "person-add" },
	{ "changed", LG_TEXT("Changed"), "edit" },
	{ "moved", LG_TEXT("New state"), "flag" },
	{ "confirmed", LG_TEXT("Facts confirmed by the person"), "success" },
	{ "revealed", LG_TEXT("Identity number shown"), "visibility" },
	{ "noted", LG_TEXT("Note written"), "edit" },
	{ "contacted", LG_TEXT("Contact logged"), "smartphone" },
	{ "added", LG_TEXT("Document added"), "add" },
	{ "removed", LG_TEXT("Document taken away"), "close" },
	{ "tasked", LG_TEXT("Task set"), "list-check" },
	{ "done", LG_TEXT("Task done"), "success" },
	{ "exported", LG_TEXT("Taken out in a file"), "download" },
	{ "printed", LG_TEXT("Printed"), "print" },
	{ "erased", LG_TEXT("Erased"), "warning" },
	{ "merged", LG_TEXT("Made one of two"), "persons" },
	{ "unmerged", LG_TEXT("Made two again"), "persons" },
	{ "proposed", LG_TEXT("Opening proposed"), "how-to-reg" },
	{ "shared", LG_TEXT("Card given to another office"), "send" },
	{ "referred", LG_TEXT("Referred to another office"), "send" },
	{ "withdrawn", LG_TEXT("Card taken back"), "send" },
	{ "prolonged", LG_TEXT("Card given until another day"), "send" },
	{ "reminded", LG_TEXT("Another office reminded"), "send" },
	{ "escalated", LG_TEXT("Another office's leader asked"), "send" },
	{ "turned_down", LG_TEXT("Proposal turned down"), "close" },
	{ "stepped", LG_TEXT("Step of a proposal"), "how-to-reg" },
	{ "wrote", LG_TEXT("Message written and sent"), "email" },
	{ "put_off", LG_TEXT("Proposal put off for a week"), "time" },
	{ "expired", LG_TEXT("Last day is over"), "time" },
	{ "passed", LG_TEXT("Passed on to a colleague"), "arrow-forward" },
	{ "linked", LG_TEXT("Linked with a person"), "person" },
	{ "screened", LG_TEXT("Gone over what suits at the region"), "checklist" },
	{ "followed_up", LG_TEXT("What became of it written down"), "flag" },
};

static const char *value_words(struct lg_ctx *cx, struct call *c, const struct entity *e, const char *name,
                               const json_t *value, const struct form_with *with)
{
	const struct section *s = entity_section(e, name);
	if (json_is_array(value) && s && s->kind == SECTION_MANY) {
		const char *all = "";
		size_t i;
		json_t *row;
		json_array_foreach((json_t *)(uintptr_t)value, i, row) all =
		    lg_printf(cx->mem, "%s%s%s", all, *all ? "; " : "", form_row_words(cx, c, e, s, row, with));
		return all;
	}
	for (size_t i = 0; i < e->n_fields; i++) {
		const struct field *f = &e->fields[i];
		const struct section *of = entity_section(e, f->section);
		if (of->kind == SECTION_ONE && !strcmp(f->name, name)) return form_words(cx, c, f, value, with);
	}
	if (!strcmp(name, "state") && json_is_string(value) && e->states >= 0)
		return lg_say(choice_text((enum choice_list)e->states, json_string_value(value)));
	if (json_is_integer(value)) return lg_printf(cx->mem, "%lld", (long long)json_integer_value(value));
	return json_is_string(value) ? json_string_value(value) : "";
}

static const char *field_label(const struct entity *e, const char *name)
{
	const struct section *s = entity_section(e, name);
	if (s && s->kind == SECTION_MANY) return lg_say(s->label);
	for (size_t i = 0; i < e->n_fields; i++)
		if (!strcmp(e->fields[i].name, name)) return lg_say(e->fields[i].label);
	if (!strcmp(name, "file")) return lg_say("File");
	if (!strcmp(name, "merged")) return lg_say("Merged with it");
	return !strcmp(name, "state") ? lg_say("State") : name;
}

static void put_changes(struct lg_ctx *cx, struct call *c, const struct entity *e, struct html_events_events *v,
                        const json_t *changes, const struct form_with *with)
{
	size_t i;
	json_t *one;
	v->changes = lg_array(cx->mem, json_array_size(changes) + 1, sizeof *v->changes);
	json_array_foreach((json_t *)(uintptr_t)changes, i, one)
	{
		const char *name = word(one, "field");
		v->changes[v->n_changes++] = (struct html_events_events_changes){
			.name = field_label(e, name),
			.before = value_words(cx, c, e, name, json_object_get(one, "before"), with),
			.after = value_words(cx, c, e, name, json_object_get(one, "after"), with),
		};
	}
}

const char *record_day(struct lg_ctx *cx, const struct call *c, int64_t at_us)
{
	char day[11];
	lg_date_print(day, lg_when_day(at_us / 1000000, c->actor.zone));
	return lg_strdup(cx->mem, day);
}

struct html_events *record_events(struct lg_ctx *cx, struct call *c, const struct entity *e,
                                  const struct audit_row *rows, size_t n, const struct form_with *with)
{
	struct html_events *v = lg_alloc(cx->mem, sizeof *v);
	v->events = lg_array(cx->mem, n + 1, sizeof *v->events);
	for (size_t i = 0; i < n; i++) {
		struct html_events_events *one = &v->events[v->n_events++];
		*one = (struct html_events_events){
			.icon = "edit",
			.title = rows[i].verb,
			.when = page_time(cx, c, rows[i].at_us),
			.date = record_day(cx, c, rows[i].at_us),
			.who = form_member_name(with, rows[i].account ? rows[i].account : ""),
			.why = rows[i].why,
		};
		for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
			if (!strcmp(verbs[k].verb, rows[i].verb))
				one->title = lg_say(verbs[k].text), one->icon = verbs[k].icon;
		if (rows[i].changes) put_changes(cx, c, e, one, rows[i].changes, with);
	}
	return v;
}

json_t *record_history(struct lg_ctx *cx, const struct audit_row *rows, size_t n)
{
	json_t *list = record_keep(cx, json_array());
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();
		json_object_set_new(o, "at", json_integer(rows[i].at_us / 1000000));
		json_object_set_new(o, "account", rows[i].account ? json_string(rows[i].account) : json_null());
		json_object_set_new(o, "verb", json_string(rows[i].verb));
		json_object_set_new(o, "version", json_integer(rows[i].version));
		json_object_set_new(o, "why", json_string(rows[i].why ? rows[i].why : ""));
		json_object_set(o, "changes", rows[i].changes ? rows[i].changes : json_null());
		json_array_append_new(list, o);
	}
	return list;
}
