/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef OUTSIDE_H
#define OUTSIDE_H
#include <stdbool.h>

#include "cmd/taxonomy_import.h"

/** Official data that tests look at where they are: files under $LG_DATA, else ../shared/data. */

/** A whole file, in cx->mem; false: it is not there. */
bool outside_read(struct lg_ctx *cx, const char *name, const char **bytes, size_t *size);
/** One more file to import, read; false: it is not there, and *n is as it was. */
bool outside_add(struct lg_ctx *cx, struct import_file *files, size_t *n, const char *name, const char *language);
#endif
