/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_ESCO_H
#define LG_FORMATS_ESCO_H
#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/**
 * @file
 * The reader of ESCO releases as the European Commission's portal gives them out (CSV in zip), and of lists of labels.
 *
 *     struct lg_esco e = { 0 };
 *     LG_TRY(lg_esco_zip(cx, &e, "ESCO dataset - v1.1.1 - classification - en - csv.zip", bytes, n));
 *     LG_TRY(lg_esco_zip(cx, &e, "ESCO dataset - v1.1.1 - classification - relations - csv.zip", bytes2, n2));
 *     LG_TRY(lg_esco_complete(cx, &e));
 *
 * Read from a zip: occupations_LL.csv, skills_LL.csv, ISCOGroups_LL.csv (LL is the language), the relations
 * occupationSkillRelations.csv and broaderRelationsOccPillar.csv, with or without a language behind the name; all
 * other files are passed over. Columns are found by their names in the first row, in any order, beside any others.
 * Tried on the real v1.1.1. Of v1.2 (a language behind the relations' names, and columns naceCode, occupationLabel,
 * skillLabel) only the published layout was to be had, and the tests use small files made after it.
 *
 * Hostile input: an entry is refused past LG_ESCO_ENTRY_MAX bytes, declared or really unpacked, a zip past
 * LG_ESCO_ENTRIES_MAX entries, a cell past LG_ESCO_CELL_MAX; archives inside are refused; everything is UTF-8 without
 * NUL. Memory: cx->mem, about three times what is kept. Threads: one for each struct.
 */

#define LG_ESCO_ENTRY_MAX (256u << 20)
#define LG_ESCO_CELL_MAX (1u << 20)
enum { LG_ESCO_ENTRIES_MAX = 200 };

enum lg_esco_kind { LG_ESCO_GROUP, LG_ESCO_OCCUPATION, LG_ESCO_SKILL };

/** A concept once for each language it was read in. Groups: uri, code. Occupations: uri, code, group. Skills: uri. */
struct lg_esco_concept {
	enum lg_esco_kind kind;
	const char *uri, *code, *group;
};
struct lg_esco_label {
	enum lg_esco_kind kind;
	bool preferred;
	char language[4];
	const char *uri, *text;
};
struct lg_esco_broader {
	const char *uri, *broader;
};
struct lg_esco_relation {
	const char *occupation, *skill;
	bool essential;
};

/** The files that make a release. */
enum lg_esco_file {
	LG_ESCO_OCCUPATIONS,
	LG_ESCO_SKILLS,
	LG_ESCO_GROUPS,
	LG_ESCO_RELATIONS,
	LG_ESCO_BROADER,
	LG_ESCO_FILES
};

/** What was read, in the order of the files. Start with zeroes. */
struct lg_esco {
	struct lg_esco_concept *concepts;
	struct lg_esco_label *labels;
	struct lg_esco_broader *broader; /* occupations under occupations; the groups' are in their codes */
	struct lg_esco_relation *relations;
	size_t n_concepts, n_labels, n_broader, n_relations;
	size_t room_concepts, room_labels, room_broader, room_relations;
	size_t seen[LG_ESCO_FILES]; /* how often a file was read                                     */
	size_t not_released;        /* concepts of another status than "released", passed over       */
	size_t other_type;          /* rows of other types of concept or relation, passed over        */
};

/**
 * Add what a zip holds. `name` is for messages. LG_INVALID, and a reason that names the file and the column or row: no
 * zip, damaged, over a limit, a column is missing, a row is too short or too long, not UTF-8. O(size).
 */
LG_MUST enum lg_err lg_esco_zip(struct lg_ctx *cx, struct lg_esco *e, const char *name, const void *bytes, size_t n);

/**
 * Add labels in a language (2 or 3 small letters) from tab-separated lines. The first line names the columns: label;
 * uri, or isco for the code of a group; and kind, pref or alt (without it all are preferred). LG_INVALID as above.
 */
LG_MUST enum lg_err lg_esco_labels(struct lg_ctx *cx, struct lg_esco *e, const char *name, const char *language,
                                   const char *text, size_t n);

/** LG_INVALID, naming the first that is missing, unless each of the five files was read. */
LG_MUST enum lg_err lg_esco_complete(struct lg_ctx *cx, const struct lg_esco *e);
#endif
