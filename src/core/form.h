/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_FORM_H
#define LG_CORE_FORM_H
#include <jansson.h>

#include "app/app.h"
#include "app/field.h"
#include "core/choice.h"
#include "view/form.html.h"

/**
 * @file
 * Fields as people see them: in forms, and as facts. What is wrong with a field is what cx has noted under its name.
 */
struct form_member {
	const char *account, *name;
};
struct form_unit {
	const char *id, *name;
	bool seen;      /* whoever acts sees its candidates */
	bool choosable; /* and may put some there: it is open */
};
/** What fields refer to besides lists: colleagues, units of the office. */
struct form_with {
	const struct form_member *members;
	size_t n_members;
	const struct form_unit *units;
	size_t n_units;
};

/** A form of one section, filled from `part` (its object or array, as record_section() gives it). `action`: where it
 * goes. */
struct html_form *form_of_section(struct lg_ctx *cx, struct call *c, const struct entity *e, const struct section *s,
                                  const json_t *part, const struct form_with *with, const char *action);
/** The fields of a section with one of the flags (0: all), for a form of one's own. */
struct html_fields *form_fields(struct lg_ctx *cx, struct call *c, const struct entity *e, const struct section *s,
                                const json_t *part, const struct form_with *with, unsigned flags);

/** The same of one row of a list: its names are "SECTION-INDEX.FIELD". */
struct html_fields *form_row_fields(struct lg_ctx *cx, struct call *c, const struct entity *e, const struct section *s,
                                    const json_t *row, size_t index, const struct form_with *with, unsigned flags);

/** One value in words, in the language spoken: a choice's words, a date, names of concepts; "" when there is none. */
const char *form_words(struct lg_ctx *cx, struct call *c, const struct field *f, const json_t *value,
                       const struct form_with *with);
/** A value as a form's field has it: "1990-05-24", "da", "7"; "" for none. */
const char *form_raw(struct lg_ctx *cx, const json_t *value);
/** The language a value is in: of native fields guessed by its script; NULL where it is the page's. */
const char *form_words_language(const struct field *f, const char *words);
/** The language that a native name's script tells, for lang="": "uk" of Cyrillic letters, else NULL. */
const char *form_script_language(const char *text);
/** A level, say, where room is short: "B1" instead of "B1 · Gets by in ..."; `row` holds the value. */
const char *form_short(const struct field *f, const char *words, const json_t *row);
/** A row of a list in one line: "Ukrainian · C2 · The person". */
const char *form_row_words(struct lg_ctx *cx, struct call *c, const struct entity *e, const struct section *s,
                           const json_t *row, const struct form_with *with);
/** What forms send besides fields; for record_from_form(). */
extern const char *const form_also[];

/** The name of a concept in the language spoken; its code when there is none. */
const char *form_concept(struct call *c, const char *code);
const char *form_skill(struct call *c, const char *uri);
const char *form_municipality(const char *code);
const char *form_member_name(const struct form_with *with, const char *account);
const char *form_unit_name(const struct form_with *with, const char *id);
#endif
