/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "taxonomy/draft.h"

static const struct {
	const char *code, *title;
} groups[] = {
#define G(code, title) { code, title },
#include "taxonomy/isco08.def"
#undef G
};

static const struct {
	const char *slug, *title;
} skills[] = {
#define K(slug, title) { "lg:" slug, title },
#include "taxonomy/skill.def"
#undef K
};

static const struct {
	const char *slug, *unit, *title, *essential, *optional;
} occupations[] = {
#define O(slug, unit, title, essential, optional) { "lg:" slug, unit, title, essential, optional },
#include "taxonomy/occupation.def"
#undef O
};

enum {
	GROUPS = sizeof groups / sizeof *groups,
	SKILLS = sizeof skills / sizeof *skills,
	OCCUPATIONS = sizeof occupations / sizeof *occupations
};

/* A list of slugs without "lg:", one space between them. */
static void add_relations(struct lg_ctx *cx, struct lg_draft *d, const char *occupation, const char *list,
                          bool essential)
{
	while (*list) {
		size_t n = strcspn(list, " ");
		lg_draft_relation(cx, d, occupation, lg_printf(cx->mem, "lg:%.*s", (int)n, list), essential);
		list += n + strspn(list + n, " ");
	}
}

static enum lg_err add_occupation(struct lg_ctx *cx, struct lg_draft *d, size_t i)
{
	const char *slug = occupations[i].slug;
	LG_TRY(lg_draft_occupation(cx, d, slug, slug, occupations[i].unit));
	lg_draft_label(cx, d, LG_OCCUPATION, slug, "en", true, occupations[i].title);
	add_relations(cx, d, slug, occupations[i].essential, true);
	add_relations(cx, d, slug, occupations[i].optional, false);
	return LG_OK;
}

enum lg_err lg_draft_builtin(struct lg_ctx *cx, struct lg_draft *d)
{
	for (size_t i = 0; i < GROUPS; i++) {
		LG_TRY(lg_draft_group(cx, d, groups[i].code));
		lg_draft_label(cx, d, LG_GROUP, groups[i].code, "en", true, groups[i].title);
	}
	for (size_t i = 0; i < SKILLS; i++) {
		LG_TRY(lg_draft_skill(cx, d, skills[i].slug));
		lg_draft_label(cx, d, LG_SKILL, skills[i].slug, "en", true, skills[i].title);
	}
	for (size_t i = 0; i < OCCUPATIONS; i++) LG_TRY(add_occupation(cx, d, i));
	return LG_OK;
}

enum lg_err lg_taxonomy_builtin(struct lg_ctx *cx, struct lg_taxonomy **out)
{
	struct lg_image image;
	struct lg_draft *d = lg_draft_new(cx);
	LG_TRY(lg_draft_builtin(cx, d));
	LG_TRY(lg_draft_build(cx, d, "built-in 1", "", &image));
	if (image.dangling_relations || image.dangling_labels)
		return lg_fail(cx, LG_FAULT, "taxonomy", "The built-in tables do not agree.");
	return lg_taxonomy_open(cx, out, image.bytes, image.size);
}
