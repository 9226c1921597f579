/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TEST_PREVIEW_H
#define LG_TEST_PREVIEW_H
#include "base/buf.h"
#include "view/html.h"

/**
 * Pages with invented people, written as files: for looking at templates, and for the browser tests, without a service.
 * The words of the templates come from the catalogues; those that C would give stand here in the four languages.
 */
enum { LANGUAGES = 4 };
extern int preview_language; /* 0 da, 1 sv, 2 uk, 3 en */
/** The word in the language spoken. */
const char *in(const char *da, const char *sv, const char *uk, const char *en);

/** A page and its body. */
struct preview {
	const char *name;
	const char *(*title)(void);
	struct html_any (*body)(void);
	int navigation; /* which item is current; -1: before one is signed in */
	int errors;     /* of the form, to be told on top */
};
extern const struct preview previews_door[], previews_work[], previews_form[], previews_office[];

/** How many things an array holds, for its n_ field. */
#define N(array) (sizeof(array) / sizeof *(array))
#endif
