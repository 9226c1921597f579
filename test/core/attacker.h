/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TEST_CORE_ATTACKER_H
#define LG_TEST_CORE_ATTACKER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * @file
 * Somebody with an integer solver (GLPK) and all that was published: how close can a hidden count be told? Whole
 * numbers from 0 on are looked for, with which all lines add up; nothing of ours is asked.
 */
enum { ATTACKER_MOST = 100000 };
struct attacker *attacker_new(void);
void attacker_free(struct attacker *a);
/** A count that was published, or (below 0) one that was not. @return its number */
int attacker_count(struct attacker *a, int64_t published);
/** A line: the first `n` of `of` add up to something from `least` to `most`; `times` each, NULL: 1. */
void attacker_line(struct attacker *a, size_t n, const int *of, const int *times, int64_t least, int64_t most);
/** The sum of some is another. */
void attacker_sum(struct attacker *a, size_t n, const int *of, int sum);
/** @return false: no numbers do. (`most` is ATTACKER_MOST where there is no end.) */
bool attacker_range(struct attacker *a, int count, int64_t *least, int64_t *most);
#endif
