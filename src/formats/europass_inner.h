/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_EUROPASS_INNER_H
#define LG_FORMATS_EUROPASS_INNER_H
#include <jansson.h>

#include "base/buf.h"
#include "formats/europass.h"

/**
 * Shared by europass.c (which form it is, and its bytes), europass_tree.c (XML as the tree that the same form has as
 * JSON), europass_passport.c and europass_candidate.c (fields), europass_pdf.c and europass_print.c.
 */
struct cv_reader {
	struct lg_ctx *cx;
	struct lg_cv *cv;
};

/**
 * XML as JSON: elements are members by their local names; several of one name, or those of an element NAMEList, are an
 * array; a leaf is its text; attributes are members whose names begin with a capital letter, and then text is "#". What
 * is not read at all (photographs, nationality, letters, ...) is not in it. `root` is the name of the root.
 */
LG_MUST enum lg_err cv_tree(struct lg_ctx *cx, const char *name, const char *bytes, size_t n, const char **root,
                            json_t **tree);
/** The first attached file of a PDF that may be a CV; its bytes live in cx->mem. */
LG_MUST enum lg_err cv_attached(struct lg_ctx *cx, const char *name, const void *pdf, size_t n, const char **bytes,
                                size_t *size);
/** Might these bytes be one of the forms? */
bool cv_looks_right(const char *bytes, size_t n);

void cv_read_passport(struct cv_reader *r, const json_t *root);
void cv_read_candidate(struct cv_reader *r, const json_t *root);

/* A path of members parted by points; of an array its first. NULL: there is none. */
const json_t *cv_get(const json_t *v, const char *path);
/** One value counts as a list of one. At most LG_CV_LIST_MAX; what is above is counted as cut. */
size_t cv_count(struct cv_reader *r, const json_t *list);
const json_t *cv_at(const json_t *list, size_t i);
/** The text at a path, trimmed, or "". */
const char *cv_text(struct cv_reader *r, const json_t *v, const char *path);
/** The same without marks of HTML. */
const char *cv_plain(struct cv_reader *r, const json_t *v, const char *path);
/** The digits and lines of YYYY, YYYY-MM, YYYY-MM-DD at the beginning, or "". */
const char *cv_date(struct cv_reader *r, const char *s);
bool cv_is_true(struct cv_reader *r, const json_t *v, const char *path);
void cv_add_skill(struct cv_reader *r, struct lg_cv_skill *skills, enum lg_cv_skill_kind kind, const char *text,
                  const char *uri);
#endif
