/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TEST_TAXONOMY_WALK_H
#define LG_TEST_TAXONOMY_WALK_H
#include "base/ctx.h"
#include "taxonomy/draft.h"
#include "taxonomy/taxonomy.h"

/** Call every accessor for everything. @return a sum of what was read, so that nothing is left out by the compiler */
size_t walk(const struct lg_taxonomy *t);
/** A tiny vocabulary: 4 groups, 3 occupations, 3 skills, 2 languages. */
void small_image(struct lg_ctx *cx, struct lg_image *out);
/** What small_image() is made of, to add to. */
struct lg_draft *small_draft(struct lg_ctx *cx);

#define OCCUPATION "http://data.europa.eu/esco/occupation/"
#define SKILL "http://data.europa.eu/esco/skill/"
#define UUID_A "aaaaaaaa-0000-4000-8000-000000000001"
#define UUID_B "bbbbbbbb-0000-4000-8000-000000000002"
#define UUID_C "cccccccc-0000-4000-8000-000000000003"
#endif
