/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "core/candidate.h"
#include "core/entity.h"
#include "core/point.h"
#include "core/week.h"
#include "market/municipality.h"
#include "taxonomy/taxonomy.h"
#include "view/speech.h"

#define S(section, label, kind, rows) { #section, label, SECTION_##kind, rows },
#define F(section, name, type, most, flags, label, help, choices)
static const struct section sections[] = {
#include "core/candidate.def"
};
#undef S
#undef F

#define S(section, label, kind, rows)
#define F(section, name, type, most, flags, label, help, choices)                                                      \
	{ #section, #name, FIELD_##type, most, flags, label, help, choices },
static const struct field fields[] = {
#include "core/candidate.def"
};
#undef S
#undef F

const struct entity candidate_entity = {
	.name = "candidate",
	.sections = sections,
	.n_sections = sizeof sections / sizeof *sections,
	.fields = fields,
	.n_fields = sizeof fields / sizeof *fields,
	.states = CHOICE_state,
};

bool candidate_section_is_sealed(const struct section *s) { return !strcmp(s->name, "identifiers"); }

/* --- what fields are checked with */

static bool is_choice(unsigned list, const char *code) { return choice_find((enum choice_list)list, code) != NULL; }

static bool is_occupation(void *with, const char *code)
{
	const struct lg_taxonomy *t = with;
	return !t || lg_taxonomy_concept(t, code, strlen(code)) != LG_NO_CONCEPT;
}

static bool is_skill(void *with, const char *uri)
{
	const struct lg_taxonomy *t = with;
	return !t || lg_taxonomy_skill(t, uri, strlen(uri)) != LG_NO_SKILL;
}

static bool concept_called(const struct lg_taxonomy *t, const char *code, const char *words)
{
	struct lg_label label;
	uint16_t concept = lg_taxonomy_concept(t, code, strlen(code));
	const char *text;
	for (size_t i = 0; concept != LG_NO_CONCEPT && (text = lg_taxonomy_labels(t, concept, i, &label)); i++)
		if (!strcmp(text, words)) return true;
	return false;
}

static bool skill_called(const struct lg_taxonomy *t, const char *uri, const char *words)
{
	struct lg_label label;
	uint16_t skill = lg_taxonomy_skill(t, uri, strlen(uri));
	const char *text;
	for (size_t i = 0; skill != LG_NO_SKILL && (text = lg_taxonomy_skill_labels(t, skill, i, &label)); i++)
		if (!strcmp(text, words)) return true;
	return false;
}

static bool is_called(void *with, const struct field *f, const char *code, const char *words)
{
	const struct lg_taxonomy *t = with;
	if (!t) return true;
	return f->type == FIELD_SKILL ? skill_called(t, code, words) : concept_called(t, code, words);
}

static bool is_municipality(const char *code) { return lg_municipality_find(code, strlen(code), NULL) != NULL; }

/* A week as people type it, in the form that is kept. */
static const char *week_fault(struct lg_ctx *cx, const char *text, const char **clean)
{
	struct week *week = lg_alloc(cx->mem, sizeof *week);
	struct week_fault fault;
	struct lg_buf out = { 0 };
	if (!week_read(week, text, strlen(text), &fault))
		return lg_printf(cx->mem, "%s (%.*s)", lg_say(fault.text), (int)fault.n, text + fault.from);
	week_print(&out, week);
	*clean = lg_strdup(cx->mem, out.data ? out.data : "");
	lg_buf_free(&out);
	return NULL;
}

/* A point on the map as it is kept. Many decimals say no more: they are cut off. */
static const char *point_fault(struct lg_ctx *cx, const char *text, const char **clean)
{
	struct point p;
	struct lg_buf out = { 0 };
	*clean = "";
	if (!text[strspn(text, " \t\r\n")]) return NULL;
	if (!point_read(&p, text, strlen(text)))
		return lg_say("Write two numbers, as a map shows them: 55.4038, 10.4024.");
	point_print(&out, p);
	*clean = lg_strdup(cx->mem, out.data);
	lg_buf_free(&out);
	return NULL;
}

const struct record_checks *core_checks(struct lg_ctx *cx, const struct app *app)
{
	struct record_checks *checks = lg_alloc(cx->mem, sizeof *checks);
	const void *taxonomy = app_setup(app)->taxonomy;
	*checks = (struct record_checks){
		.with = (void *)(uintptr_t)taxonomy,
		.choice = is_choice,
		.week = week_fault,
		.point = point_fault,
		.occupation = is_occupation,
		.skill = is_skill,
		.municipality = is_municipality,
		.called = is_called,
	};
	return checks;
}
