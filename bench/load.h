/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BENCH_LOAD_H
#define LG_BENCH_LOAD_H
#include "base/ctx.h"

/**
 * Print n invented names, a line each for COPY: number, Latin given and family name, the same in Cyrillic letters, what
 * lists are sorted by, likeness, and the keys a search finds it by, as an array. @return the exit status
 */
int load_names(struct lg_ctx *cx, unsigned long n);

/**
 * For each line "tenant uuid" of the standard input, a line for COPY into lg.person_key: a new key of that person,
 * sealed with the master key in `file`. @return the exit status
 */
int load_keys(struct lg_ctx *cx, const char *file);
#endif
