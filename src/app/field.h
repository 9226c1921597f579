/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_FIELD_H
#define LG_APP_FIELD_H
#include <stdbool.h>
#include <stddef.h>

/**
 * @file
 * What an entity consists of, named once: NAME.def holds its sections and fields, and everything else is made from
 * them: forms and their reading, JSON and its checking, pages, the description of the API, what is personal.
 *
 *     S(person, LG_TEXT("Person"), SECTION_ONE)
 *     F(person, given_name, TEXT, 80, FIELD_REQUIRED | FIELD_PERSONAL, LG_TEXT("Given name"), NULL, 0)
 *
 * A section of kind SECTION_MANY is a list of rows, each with the section's fields (languages, education). A record is
 * a JSON object: fields of single sections by name at its top, lists as arrays under the section's name. PostgreSQL
 * makes and takes it as one value, so that no layer between copies field by field.
 */
enum field_type {
	FIELD_TEXT, /* one line */
	FIELD_AREA, /* several lines */
	FIELD_MAIL,
	FIELD_PHONE,
	FIELD_DATE,         /* YYYY-MM-DD */
	FIELD_NUMBER,       /* whole, 0..max */
	FIELD_CHECK,        /* true or false */
	FIELD_CHOICE,       /* one code of the list `choices` */
	FIELD_SET,          /* several codes of it: an array */
	FIELD_OCCUPATION,   /* the code of a concept of the taxonomy (taxonomy/taxonomy.h) */
	FIELD_SKILL,        /* the URI or slug of a skill */
	FIELD_MUNICIPALITY, /* its code: "0730", "1280" */
	FIELD_POINT,        /* on the map: "55.403800, 10.402400" (core/point.h) */
	FIELD_MEMBER,       /* a colleague: the account's uuid */
	FIELD_UNIT,         /* a part of the office: its uuid */
	FIELD_WEEK,         /* "mon 08:00-15:30, tue ..." (core/week.h) */
};
enum {
	FIELD_REQUIRED = 1,
	FIELD_PERSONAL = 2,   /* never in logs; erased with the person; part of what a person may have a copy of */
	FIELD_SENSITIVE = 4,  /* a warning stands beside it: no health, no diagnoses */
	FIELD_QUICK = 8,      /* stands in the first, short form */
	FIELD_SET_BY_US = 16, /* shown, never read from a form or a client */
	FIELD_NATIVE = 32,    /* words in the person's own language */
};

struct field {
	const char *section, *name;
	enum field_type type;
	unsigned max; /* characters of a text, greatest number, rows of a set */
	unsigned flags;
	const char *label, *help; /* English, for the catalogues; help may be NULL */
	unsigned choices;         /* of a FIELD_CHOICE or FIELD_SET: which list (core/choice.h) */
};

enum section_kind { SECTION_ONE, SECTION_MANY };
struct section {
	const char *name, *label;
	enum section_kind kind;
	unsigned most; /* rows of a list */
};

struct entity {
	const char *name; /* "candidate" */
	const struct section *sections;
	size_t n_sections;
	const struct field *fields; /* those of one section stand together */
	size_t n_fields;
	int states; /* the list that its state is one of (core/choice.h); -1: it has none */
};

const struct section *entity_section(const struct entity *e, const char *name); /* or NULL */
/** The fields of a section: the first, and how many. */
const struct field *section_fields(const struct entity *e, const struct section *s, size_t *n);
/**
 * Of a list each row of which is one of a few: its field. People tick the rows instead of adding them one by one; a
 * form sends "SECTION.FIELD" for each. NULL: it is no such list.
 */
const struct field *section_pick(const struct entity *e, const struct section *s);
const struct field *entity_field(const struct entity *e, const char *section, const char *name); /* or NULL */
#endif
