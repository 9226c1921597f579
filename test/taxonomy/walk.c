/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "walk.h"

#include <string.h>

static size_t walk_labels(const struct lg_taxonomy *t, uint16_t item, bool skill)
{
	struct lg_label l;
	size_t sum = 0;
	for (size_t i = 0; skill ? lg_taxonomy_skill_labels(t, item, i, &l) : lg_taxonomy_labels(t, item, i, &l); i++)
		sum += strlen(l.text) + strlen(l.language) + l.preferred;
	return sum;
}

static size_t walk_concept(const struct lg_taxonomy *t, uint16_t c)
{
	char uri[80];
	const struct lg_relation *r;
	const char *code = lg_taxonomy_code(t, c);
	size_t sum = strlen(lg_taxonomy_label(t, c, "da")) + strlen(lg_taxonomy_label(t, c, NULL));
	sum += strlen(lg_taxonomy_concept_uri(t, c, uri)) + lg_taxonomy_concept(t, uri, strlen(uri));
	sum += (size_t)lg_taxonomy_concept(t, code, strlen(code)) + lg_taxonomy_unit_group(t, c);
	sum += lg_taxonomy_is_group(t, c);
	size_t n = lg_taxonomy_relations(t, c, &r);
	for (size_t i = 0; i < n; i++) sum += (size_t)lg_taxonomy_skill_weights(t)[r[i].skill] + r[i].essential;
	for (size_t i = 0; i < lg_taxonomy_concepts(t); i++)
		sum += lg_taxonomy_closeness(t)[(size_t)c * lg_taxonomy_concepts(t) + i];
	return sum + walk_labels(t, c, false) + lg_taxonomy_parents(t)[c];
}

size_t walk(const struct lg_taxonomy *t)
{
	char uri[80];
	size_t sum = strlen(lg_taxonomy_version(t)) + strlen(lg_taxonomy_attribution(t)) + strlen(lg_taxonomy_hash(t));
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++) sum += walk_concept(t, c);
	for (uint16_t s = 0; s < lg_taxonomy_skills(t); s++) {
		sum += strlen(lg_taxonomy_skill_label(t, s, "sv")) + walk_labels(t, s, true);
		sum += strlen(lg_taxonomy_skill_uri(t, s, uri)) + lg_taxonomy_skill(t, uri, strlen(uri));
	}
	for (size_t i = 0; lg_taxonomy_language(t, i); i++) sum += strlen(lg_taxonomy_language(t, i));
	return sum;
}

struct lg_draft *small_draft(struct lg_ctx *cx)
{
	static const char *const groups[] = { "2", "22", "222", "2221" };
	struct lg_draft *d = lg_draft_new(cx);
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		lg_assert(lg_draft_group(cx, d, groups[i]) == LG_OK);
	lg_assert(lg_draft_occupation(cx, d, OCCUPATION UUID_C, "2221.1", "2221") == LG_OK);
	lg_assert(lg_draft_occupation(cx, d, OCCUPATION UUID_A, "2221.1.1", "2221") == LG_OK);
	lg_assert(lg_draft_occupation(cx, d, "lg:nurse", "lg:nurse", "2221") == LG_OK);
	lg_assert(lg_draft_skill(cx, d, SKILL UUID_B) == LG_OK);
	lg_assert(lg_draft_skill(cx, d, SKILL UUID_A) == LG_OK);
	lg_assert(lg_draft_skill(cx, d, "lg:care") == LG_OK);
	lg_draft_label(cx, d, LG_OCCUPATION, OCCUPATION UUID_C, "en", true, "nurse");
	lg_draft_label(cx, d, LG_OCCUPATION, OCCUPATION UUID_C, "en", false, "registered nurse");
	lg_draft_label(cx, d, LG_OCCUPATION, OCCUPATION UUID_C, "da", true, "sygeplejerske");
	lg_draft_label(cx, d, LG_SKILL, SKILL UUID_A, "en", true, "give medicines");
	lg_draft_label(cx, d, LG_SKILL, "lg:care", "en", true, "care");
	lg_draft_label(cx, d, LG_GROUP, "2221", "en", true, "Nursing professionals");
	lg_draft_relation(cx, d, OCCUPATION UUID_C, SKILL UUID_A, true);
	lg_draft_relation(cx, d, OCCUPATION UUID_C, SKILL UUID_B, false);
	lg_draft_relation(cx, d, OCCUPATION UUID_A, SKILL UUID_A, true);
	lg_draft_relation(cx, d, "lg:nurse", "lg:care", true);
	return d;
}

void small_image(struct lg_ctx *cx, struct lg_image *out)
{
	lg_assert(lg_draft_build(cx, small_draft(cx), "small 1", "From nowhere.", out) == LG_OK);
}
