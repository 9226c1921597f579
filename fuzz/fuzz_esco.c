/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/esco.h"
#include "taxonomy/draft.h"
#include "taxonomy/taxonomy.h"

/*
 * Any bytes as a zip of ESCO's, and as a list of labels; what was read goes into an image, which must then open. Parts
 * of the image that take long and are the same each time (the built-in groups) are left out.
 */

static const enum lg_kind kinds[] = {
	[LG_ESCO_GROUP] = LG_GROUP, [LG_ESCO_OCCUPATION] = LG_OCCUPATION, [LG_ESCO_SKILL] = LG_SKILL
};

static void add_concept(struct lg_ctx *cx, struct lg_draft *d, const struct lg_esco_concept *c)
{
	enum lg_err err = LG_OK;
	if (c->kind == LG_ESCO_GROUP) err = lg_draft_group(cx, d, c->code);
	if (c->kind == LG_ESCO_SKILL) err = lg_draft_skill(cx, d, c->uri);
	if (c->kind == LG_ESCO_OCCUPATION) err = lg_draft_occupation(cx, d, c->uri, c->code, c->group);
	(void)err;
}

static void build(struct lg_ctx *cx, const struct lg_esco *e)
{
	struct lg_draft *d = lg_draft_new(cx);
	struct lg_image image;
	struct lg_taxonomy *t;
	if (e->n_concepts > 500) return;
	for (size_t i = 0; i < e->n_concepts; i++) add_concept(cx, d, &e->concepts[i]);
	for (size_t i = 0; i < e->n_labels; i++)
		lg_draft_label(cx, d, kinds[e->labels[i].kind], e->labels[i].uri, e->labels[i].language,
		               e->labels[i].preferred, e->labels[i].text);
	for (size_t i = 0; i < e->n_broader; i++) lg_draft_broader(cx, d, e->broader[i].uri, e->broader[i].broader);
	for (size_t i = 0; i < e->n_relations; i++)
		lg_draft_relation(cx, d, e->relations[i].occupation, e->relations[i].skill, e->relations[i].essential);
	if (lg_draft_build(cx, d, "fuzz", "", &image) != LG_OK) return;
	lg_assert(lg_taxonomy_open(cx, &t, image.bytes, image.size) == LG_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_esco e = { 0 };
	if (lg_esco_zip(&cx, &e, "fuzz.zip", data, size) == LG_OK) build(&cx, &e);
	if (lg_esco_labels(&cx, &e, "fuzz.tsv", "da", (const char *)data, size) == LG_OK) build(&cx, &e);
	if (lg_esco_complete(&cx, &e) == LG_OK) build(&cx, &e);
	lg_arena_free(cx.mem);
	return 0;
}
