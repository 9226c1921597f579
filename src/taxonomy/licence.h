/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_LICENCE_H
#define LG_TAXONOMY_LICENCE_H
#include <stdint.h>

#include "taxonomy/taxonomy.h"

/**
 * @file
 * Which licence an occupation of our own (`lg:slug`) needs in Denmark and in Sweden. A licence is written as in market
 * files: unit group, '@', country. What stands behind it is told at the head of taxonomy/occupation.def; it says what
 * to ask for, and is no legal advice. Of groups and of ESCO's occupations nothing is known here.
 *
 *     char licence[LG_LICENCE_ROOM];
 *     if (lg_taxonomy_licence(t, nurse, "DK", licence) == LG_LICENCE_WORK) ...  licence is "2221@DK"
 */
enum { LG_LICENCE_ROOM = 8 };

enum lg_licence_need {
	LG_LICENCE_NONE,  /* nothing is asked for, or nothing is known */
	LG_LICENCE_TITLE, /* the title is protected; others may do the work under another one */
	LG_LICENCE_WORK,  /* nobody is employed as this without it */
};

/** Country: "DK" or "SE". Into `out` goes the licence, "" when there is none. O(occupations of our own). */
enum lg_licence_need lg_taxonomy_licence(const struct lg_taxonomy *t, uint16_t concept, const char *country,
                                         char out[LG_LICENCE_ROOM]);

/**
 * What people call a licence, "2221@DK": the first occupation of our own that needs it, which is the plainest (a nurse,
 * before nurses of all kinds). LG_NO_CONCEPT: nothing is known of it. O(occupations of our own).
 */
uint16_t lg_taxonomy_licensed(const struct lg_taxonomy *t, const char *licence);
#endif
