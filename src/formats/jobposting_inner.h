/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_JOBPOSTING_INNER_H
#define LG_FORMATS_JOBPOSTING_INNER_H
#include <jansson.h>
#include <stdio.h>

#include "formats/jobposting.h"

/** Shared by jobposting.c (files and pages), jobposting_read.c (one posting) and jobposting_print.c. */
struct posting_reader {
	struct lg_ctx cx; /* an arena for what one posting needs */
	json_t *ids;      /* nodes of the document by their @id */
};
/** Note all nodes of a document that have an @id. */
void posting_note_ids(struct posting_reader *r, json_t *v);
/** Has it this @type, whatever stands before the name? */
bool posting_is_a(const json_t *v, const char *type);
/** A member by its name of schema.org; what only refers to another node by @id is that node. */
const json_t *posting_get(const struct posting_reader *r, const json_t *v, const char *name);
/** Everything of one; it lives as long as the value and the reader's arena. */
void posting_read(struct posting_reader *r, struct lg_posting *p, const json_t *v);
#endif
