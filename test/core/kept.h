/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TEST_KEPT_H
#define LG_TEST_KEPT_H
#include "service.h"

/** @file What scenarios keep between two requests: addresses and ids. */

/** An address, printed into `path`, where it stands until the next one. */
extern char path[600];
const char *at(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/** The id of what a program made (201). */
void keep_made(char out[40], struct service_answer a);
/** The id of what a form made: it leads there (303). */
void keep_place(char out[40], struct service_answer a);
#endif
