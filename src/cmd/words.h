/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_WORDS_H
#define LG_CMD_WORDS_H
#include <stdint.h>

/** A count for people to read: 48120 is "48,120". @return out */
const char *words_count(char out[32], uint64_t n);
/** "person" or "people". */
const char *words_one(uint64_t n, const char *one, const char *many);
#endif
