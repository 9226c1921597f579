/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_LANGUAGE_H
#define LG_MARKET_LANGUAGE_H
#include <stdbool.h>
#include <stddef.h>

/**
 * The code a language is known by here: two letters of ISO 639-1 where it has them ("dan" becomes "da"), else three
 * of ISO 639-3, which are not looked up. Lower case only. Threads: any. O(log n).
 * @return false: no such code; `advice` then says what to write, where a common mistake is known, or is NULL
 */
bool lg_language_code(char out[4], const char *code, size_t n, const char **advice);
/** By its Swedish name ("Engelska"), in any case of letters. @return NULL: not in our table */
const char *lg_language_in_swedish(const char *name);
/**
 * By its name in English, Danish, Swedish, Ukrainian or in itself ("dansk", "Данська"), exact but for capitals; two
 * dozen languages and some more. @return NULL: not in our table. O(names): some 20 microseconds
 */
const char *lg_language_named(const char *name, size_t n);
#endif
