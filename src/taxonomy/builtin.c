/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "taxonomy/draft.h"
#include "taxonomy/licence.h"

enum { LANGUAGES = 4 };
static const char *const languages[LANGUAGES] = { "en", "da", "sv", "uk" };

/* A preferred label and other words, ';' between. */
struct words {
	const char *label, *others;
};

#define EN(label, others)                                                                                              \
	{                                                                                                              \
		label, others                                                                                          \
	}
#define DA(label, others)                                                                                              \
	{                                                                                                              \
		label, others                                                                                          \
	}
#define SV(label, others)                                                                                              \
	{                                                                                                              \
		label, others                                                                                          \
	}
#define UK(label, others)                                                                                              \
	{                                                                                                              \
		label, others                                                                                          \
	}

static const struct {
	const char *code, *title[LANGUAGES];
} groups[] = {
#define G(code, en, da, sv, uk) { code, { en, da, sv, uk } },
#include "taxonomy/isco08.def"
#undef G
};

static const struct {
	const char *slug;
	struct words words[LANGUAGES];
} skills[] = {
#define K(slug, en, da, sv, uk) { "lg:" slug, { en, da, sv, uk } },
#include "taxonomy/skill.def"
#undef K
};

static const struct occupation {
	const char *slug, *unit;
	struct words words[LANGUAGES];
	const char *essential, *optional, *licences, *titles;
} occupations[] = {
#define ESSENTIAL(list) list
#define OPTIONAL(list) list
#define LICENCE(list) list
#define TITLE(list) list
#define O(slug, unit, en, da, sv, uk, essential, optional, licences, titles)                                           \
	{ "lg:" slug, unit, { en, da, sv, uk }, essential, optional, licences, titles },
#include "taxonomy/occupation.def"
#undef O
};

enum {
	GROUPS = sizeof groups / sizeof *groups,
	SKILLS = sizeof skills / sizeof *skills,
	OCCUPATIONS = sizeof occupations / sizeof *occupations
};

/* The next part of a list, and the list moved on behind it and the separator. NULL when there is none. */
static const char *next_part(const char **list, char separator, size_t *n)
{
	const char set[] = { separator, 0 }, *part = *list;
	*n = strcspn(part, set);
	*list = part + *n + (part[*n] == separator);
	return *n ? part : NULL;
}

static void add_words(struct lg_ctx *cx, struct lg_draft *d, enum lg_kind kind, const char *slug,
                      const struct words words[LANGUAGES])
{
	for (size_t i = 0; i < LANGUAGES; i++) {
		const char *part, *others = words[i].others;
		size_t n;
		lg_draft_label(cx, d, kind, slug, languages[i], true, words[i].label);
		while ((part = next_part(&others, ';', &n)))
			lg_draft_label(cx, d, kind, slug, languages[i], false,
			               lg_printf(cx->mem, "%.*s", (int)n, part));
	}
}

/* A list of slugs without "lg:", one space between them. */
static void add_relations(struct lg_ctx *cx, struct lg_draft *d, const char *occupation, const char *list,
                          bool essential)
{
	const char *part;
	size_t n;
	while ((part = next_part(&list, ' ', &n)))
		lg_draft_relation(cx, d, occupation, lg_printf(cx->mem, "lg:%.*s", (int)n, part), essential);
}

static enum lg_err add_occupation(struct lg_ctx *cx, struct lg_draft *d, const struct occupation *o)
{
	LG_TRY(lg_draft_occupation(cx, d, o->slug, o->slug, o->unit));
	add_words(cx, d, LG_OCCUPATION, o->slug, o->words);
	add_relations(cx, d, o->slug, o->essential, true);
	add_relations(cx, d, o->slug, o->optional, false);
	return LG_OK;
}

enum lg_err lg_draft_builtin(struct lg_ctx *cx, struct lg_draft *d)
{
	for (size_t i = 0; i < GROUPS; i++) {
		LG_TRY(lg_draft_group(cx, d, groups[i].code));
		for (size_t k = 0; k < LANGUAGES; k++)
			lg_draft_label(cx, d, LG_GROUP, groups[i].code, languages[k], true, groups[i].title[k]);
	}
	for (size_t i = 0; i < SKILLS; i++) {
		LG_TRY(lg_draft_skill(cx, d, skills[i].slug));
		add_words(cx, d, LG_SKILL, skills[i].slug, skills[i].words);
	}
	for (size_t i = 0; i < OCCUPATIONS; i++) LG_TRY(add_occupation(cx, d, &occupations[i]));
	return LG_OK;
}

enum lg_err lg_taxonomy_builtin(struct lg_ctx *cx, struct lg_taxonomy **out)
{
	struct lg_image image;
	struct lg_draft *d = lg_draft_new(cx);
	LG_TRY(lg_draft_builtin(cx, d));
	LG_TRY(lg_draft_build(cx, d, "built-in 2", "", &image));
	if (image.dangling_relations || image.dangling_labels)
		return lg_fail(cx, LG_FAULT, "taxonomy", "The built-in tables do not agree.");
	return lg_taxonomy_open(cx, out, image.bytes, image.size);
}

/* -------------------------------------------------------------------------------------------------- licences */

/* The licence of a list, as "2221@DK 2221@SE", that is of this country. */
static bool find_licence(const char *list, const char *country, char out[LG_LICENCE_ROOM])
{
	const char *part;
	size_t n;
	while ((part = next_part(&list, ' ', &n))) {
		const char *at = memchr(part, '@', n);
		if (!at || n >= LG_LICENCE_ROOM || strlen(country) != (size_t)(part + n - at - 1) ||
		    memcmp(at + 1, country, strlen(country)) != 0)
			continue;
		memcpy(out, part, n);
		out[n] = 0;
		return true;
	}
	return false;
}

enum lg_licence_need lg_taxonomy_licence(const struct lg_taxonomy *t, uint16_t concept, const char *country,
                                         char out[LG_LICENCE_ROOM])
{
	const char *code = lg_taxonomy_code(t, concept);
	out[0] = 0;
	for (size_t i = 0; i < OCCUPATIONS; i++) {
		if (strcmp(occupations[i].slug, code) != 0) continue;
		if (find_licence(occupations[i].licences, country, out)) return LG_LICENCE_WORK;
		if (find_licence(occupations[i].titles, country, out)) return LG_LICENCE_TITLE;
	}
	return LG_LICENCE_NONE;
}

uint16_t lg_taxonomy_licensed(const struct lg_taxonomy *t, const char *licence)
{
	char one[LG_LICENCE_ROOM];
	const char *at = strchr(licence, '@');
	for (size_t i = 0; at && i < OCCUPATIONS; i++) {
		if (!find_licence(occupations[i].licences, at + 1, one) || strcmp(one, licence) != 0) continue;
		return lg_taxonomy_concept(t, occupations[i].slug, strlen(occupations[i].slug));
	}
	return LG_NO_CONCEPT;
}
