/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_VIEW_NUMBER_H
#define LG_VIEW_NUMBER_H
#include <stdint.h>

/**
 * @file
 * Numbers as the language spoken (view/speech.h) writes them: 48,120.5 in English, 48.120,5 in Danish, 48 120,5 with
 * blanks that do not break in Swedish and Ukrainian (CLDR). Threads: any. All return `out`.
 */
char *lg_number_count(char out[48], uint64_t n);
/** Tenths: 375 is "37.5", 370 is "37". */
char *lg_number_tenths(char out[48], uint64_t tenths);
#endif
