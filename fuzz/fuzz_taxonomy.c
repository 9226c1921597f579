/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "taxonomy/ssyk.h"
#include "taxonomy/taxonomy.h"

/* An image of any bytes: refused, or every accessor stays inside it. */

static volatile size_t seen;

static void look_at_concept(const struct lg_taxonomy *t, uint16_t c)
{
	char uri[80];
	struct lg_label l;
	const struct lg_relation *r;
	size_t n = lg_taxonomy_relations(t, c, &r);
	for (size_t i = 0; i < n; i++)
		seen += lg_taxonomy_skill_weights(t)[r[i].skill] + strlen(lg_taxonomy_skill_label(t, r[i].skill, "da"));
	for (size_t i = 0; lg_taxonomy_labels(t, c, i, &l); i++) seen += strlen(l.text) + strlen(l.language);
	const char *code = lg_taxonomy_code(t, c);
	seen += lg_taxonomy_concept(t, code, strlen(code)) + strlen(lg_taxonomy_label(t, c, "sv"));
	(void)lg_taxonomy_concept_uri(t, c, uri);
	seen += lg_taxonomy_concept(t, uri, strlen(uri)) + lg_taxonomy_parents(t)[lg_taxonomy_unit_group(t, c)];
	seen += lg_taxonomy_closeness(t)[(size_t)c * lg_taxonomy_concepts(t) + lg_taxonomy_concepts(t) - 1];
}

static void look_at_skill(const struct lg_taxonomy *t, uint16_t s)
{
	char uri[80];
	struct lg_label l;
	for (size_t i = 0; lg_taxonomy_skill_labels(t, s, i, &l); i++) seen += strlen(l.text);
	(void)lg_taxonomy_skill_uri(t, s, uri);
	seen += lg_taxonomy_skill(t, uri, strlen(uri)) + strlen(lg_taxonomy_skill_label(t, s, NULL));
}

static void look(const struct lg_taxonomy *t, const char *text, size_t n)
{
	seen += strlen(lg_taxonomy_version(t)) + strlen(lg_taxonomy_attribution(t)) + strlen(lg_taxonomy_hash(t));
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++) look_at_concept(t, c);
	for (uint16_t s = 0; s < lg_taxonomy_skills(t); s++) look_at_skill(t, s);
	for (size_t i = 0; lg_taxonomy_language(t, i); i++) seen += strlen(lg_taxonomy_language(t, i));
	seen += (size_t)lg_taxonomy_concept(t, text, n) + lg_taxonomy_skill(t, text, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_taxonomy *t;
	const char *isco[LG_SSYK_ROOM];
	void *image = malloc(size ? size : 1); /* aligned, and with nothing behind it */
	if (size) memcpy(image, data, size);
	if (lg_taxonomy_open(&cx, &t, image, size) == LG_OK) look(t, image, size < 100 ? size : 100);
	seen += lg_ssyk_to_isco(image, size < 4 ? size : 4, isco, LG_SSYK_ROOM);
	lg_arena_free(cx.mem);
	free(image);
	return 0;
}
