/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BASE_DATE_H
#define LG_BASE_DATE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Read an ISO 8601 date, YYYY-MM-DD, of 1900 to 2199, as days since 1970-01-01. @return false: it is not one */
bool lg_date_read(int32_t *day, const char *s, size_t n);
/** Print days since 1970-01-01 as YYYY-MM-DD. */
void lg_date_print(char out[11], int32_t day);
#endif
