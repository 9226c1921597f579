/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_CHOICE_H
#define LG_CORE_CHOICE_H
#include <stddef.h>

/**
 * @file
 * What can be chosen in forms: levels of a language, needs, grounds to stay, reasons to close. Each list stands in a
 * .def file (core/choice.def, and those of rules: core/identifier.def, core/candidate_state.def, core/ground.def) and
 * is shared by forms, rules, rows and JSON. A code is kept for ever, as it stands in the database; a text may be
 * bettered.
 *
 *     size_t n;
 *     const struct choice *c = choices(CHOICE_need, &n);       the options of a form, in the order shown
 *     if (!choice_find(CHOICE_need, code)) ...                 a form brought something else
 *     lg_say(choice_text(CHOICE_need, row.need))               what people read
 *
 * Threads: any. O(length of the list).
 */
struct choice {
	const char *code; /* small letters, digits, underscores: stored and sent */
	const char *mark; /* what is written alike in every language, "A2+", "GDPR 6(1)(e)"; "" when there is nothing */
	const char *text; /* English, for lg_say() */
};

enum choice_list {
#define LIST(name, text) CHOICE_##name,
#define CHOICE(code, mark, text)
#define END
#include "core/choice.def"
#undef END
#undef CHOICE
#undef LIST
	CHOICE_LISTS
};

/** All of a list, in the order they are shown. */
const struct choice *choices(enum choice_list list, size_t *n);
/** The one with this code, NULL: there is none, or code is NULL. */
const struct choice *choice_find(enum choice_list list, const char *code);
/** Its place in the list, counted from 0; -1: there is none. Levels can be compared by it. */
int choice_at(enum choice_list list, const char *code);
/** Its English text; an unknown code itself, so that old rows still say something; "" for NULL. */
const char *choice_text(enum choice_list list, const char *code);

/** The list's own name ("need") and what it is called (English, for lg_say()). */
const char *choice_list_name(enum choice_list list);
const char *choice_list_text(enum choice_list list);
#endif
