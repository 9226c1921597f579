/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/taxonomy_import.h"

#include <sodium.h>
#include <string.h>

/* ESCO's terms of use ask for this line. */
static const char attribution[] = "This service uses the ESCO classification of the European Commission.";

static const enum lg_kind kinds[] = {
	[LG_ESCO_GROUP] = LG_GROUP, [LG_ESCO_OCCUPATION] = LG_OCCUPATION, [LG_ESCO_SKILL] = LG_SKILL
};

static enum lg_err add_concept(struct lg_ctx *cx, struct lg_draft *d, const struct lg_esco_concept *c)
{
	switch (c->kind) {
	case LG_ESCO_GROUP: return lg_draft_group(cx, d, c->code);
	case LG_ESCO_OCCUPATION: return lg_draft_occupation(cx, d, c->uri, c->code, c->group);
	case LG_ESCO_SKILL: return lg_draft_skill(cx, d, c->uri);
	}
	return LG_FAULT;
}

/* Concepts that cannot be named in our way are counted, and left out; what went wrong with them is no failure. */
static void add_concepts(struct lg_ctx *cx, struct lg_draft *d, struct import_result *r)
{
	struct lg_note *before = cx->notes;
	for (size_t i = 0; i < r->esco.n_concepts; i++)
		if (add_concept(cx, d, &r->esco.concepts[i]) != LG_OK) r->unusable++;
	cx->notes = before;
}

static void add_rest(struct lg_ctx *cx, struct lg_draft *d, const struct lg_esco *e)
{
	for (size_t i = 0; i < e->n_labels; i++) {
		const struct lg_esco_label *l = &e->labels[i];
		lg_draft_label(cx, d, kinds[l->kind], l->uri, l->language, l->preferred, l->text);
	}
	for (size_t i = 0; i < e->n_broader; i++) lg_draft_broader(cx, d, e->broader[i].uri, e->broader[i].broader);
	for (size_t i = 0; i < e->n_relations; i++)
		lg_draft_relation(cx, d, e->relations[i].occupation, e->relations[i].skill, e->relations[i].essential);
}

static enum lg_err read_files(struct lg_ctx *cx, struct lg_esco *e, const struct import_file *files, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct import_file *f = &files[i];
		if (f->language)
			LG_TRY(lg_esco_labels(cx, e, f->name, f->language, f->bytes, f->size));
		else
			LG_TRY(lg_esco_zip(cx, e, f->name, f->bytes, f->size));
	}
	return lg_esco_complete(cx, e);
}

void import_hash(char out[65], const void *image, size_t size)
{
	unsigned char sum[crypto_hash_sha256_BYTES];
	size_t skip = lg_image_unhashed();
	(void)crypto_hash_sha256(sum, (const unsigned char *)image + skip, size - skip);
	(void)sodium_bin2hex(out, 65, sum, sizeof sum);
}

enum lg_err import_release(struct lg_ctx *cx, struct import_result *out, const struct import_file *files, size_t n,
                           const char *version)
{
	struct lg_draft *d = lg_draft_new(cx);
	*out = (struct import_result){ 0 };
	LG_TRY(read_files(cx, &out->esco, files, n));
	add_concepts(cx, d, out);
	add_rest(cx, d, &out->esco);
	LG_TRY(lg_draft_builtin(cx, d));
	LG_TRY(lg_draft_build(cx, d, version, attribution, &out->image));
	import_hash(out->hash, out->image.bytes, out->image.size);
	lg_image_seal(&out->image, out->hash);
	return LG_OK;
}

const char *import_version(struct lg_ctx *cx, const char *file_name)
{
	for (const char *p = file_name; (p = strchr(p, 'v')); p++) {
		size_t n = strspn(p + 1, "0123456789.");
		while (n && p[n] == '.') n--;
		if (n && p > file_name && strchr(" -_", p[-1])) return lg_printf(cx->mem, "ESCO %.*s", (int)n + 1, p);
	}
	return "ESCO";
}
