/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_CHOICE_H
#define LG_APP_CHOICE_H
#include <stddef.h>

/** A code of ours, kept in the database for good, and the English words for it (for the catalogues). */
struct choice {
	const char *code, *text;
};
struct choices {
	const struct choice *at;
	size_t n;
};
/** The choice of that code, or NULL. */
const struct choice *choice_of(const struct choices *choices, const char *code);
#endif
