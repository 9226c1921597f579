/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "base/utf8.h"
#include "taxonomy/image.h"
#include "taxonomy/name.h"

/*
 * Every check of an image, so that no accessor needs one. Each function returns NULL or what is wrong. The order
 * matters: a check may read only what an earlier one has found to be inside the image.
 */

uint64_t lg_image_section_size(const struct lg_image_head *h, enum lg_image_section s)
{
	switch (s) {
#define S(name, type, count)                                                                                           \
	case LG_SECTION_##name: return (uint64_t)sizeof(type) * (count);
		LG_IMAGE_SECTIONS(S)
#undef S
	case LG_SECTIONS: break;
	}
	return 0;
}

void lg_image_view(struct lg_taxonomy *t, const struct lg_image_head *h)
{
	const char *base = (const char *)h;
	t->head = h;
#define S(name, type, count) t->name = (const void *)(base + h->at[LG_SECTION_##name]);
	LG_IMAGE_SECTIONS(S)
#undef S
}

static const char *check_head(const struct lg_image_head *h, size_t size)
{
	if (memcmp(h->magic, LG_IMAGE_MAGIC, sizeof h->magic) != 0)
		return "This is not a taxonomy made by this program.";
	if (h->order != LG_IMAGE_ORDER) return "It was made on a machine with another byte order; import it again.";
	if (h->format != LG_IMAGE_FORMAT) return "It was made by another version of the program; import it again.";
	if (h->size != size) return "It is cut short or has bytes too many; import it again.";
	size_t n = strnlen(h->hash, sizeof h->hash);
	if (n != 0 && n != 64) return "Its hash is damaged.";
	return NULL;
}

static const char *check_counts(const struct lg_image_head *h)
{
	const uint64_t most = LG_NO_CONCEPT, bytes = UINT32_MAX;
	if (h->concepts > most || h->groups > h->concepts || h->occupations > h->concepts - h->groups)
		return "Its number of concepts is damaged.";
	if (h->all_skills > most || h->skills > h->all_skills || h->own_skills != h->all_skills - h->skills ||
	    h->items != h->concepts + h->all_skills)
		return "Its number of skills is damaged.";
	if (h->languages > 255 || h->labels > bytes || h->relations > bytes || h->string_bytes > bytes ||
	    h->string_bytes == 0)
		return "Its counts are damaged.";
	return NULL;
}

/* Sections follow one another without gaps, so none can lie over another. */
static const char *check_sections(const struct lg_image_head *h)
{
	uint64_t at = lg_image_round(sizeof *h);
	for (unsigned s = 0; s < LG_SECTIONS; s++) {
		if (h->at[s] != at) return "A section is not where it should be.";
		at += lg_image_round(lg_image_section_size(h, (enum lg_image_section)s));
		if (at > h->size) return "A section reaches past the end.";
	}
	return at == h->size ? NULL : "There are bytes behind the last section.";
}

static bool is_text(const struct lg_taxonomy *t, uint32_t offset)
{
	return offset < t->head->string_bytes && (offset == 0 || t->strings[offset - 1] == '\0');
}

static const char *check_strings(const struct lg_taxonomy *t)
{
	size_t n = t->head->string_bytes;
	if (t->strings[0] != '\0' || t->strings[n - 1] != '\0') return "Its texts are damaged.";
	if (lg_utf8_span(t->strings, n) != n) return "Its texts are not UTF-8.";
	if (!is_text(t, t->head->version) || !is_text(t, t->head->attribution)) return "Its version is damaged.";
	return NULL;
}

static const char *check_code(const struct lg_taxonomy *t, size_t i)
{
	if (!is_text(t, t->codes[i])) return "A code is damaged.";
	const char *code = t->strings + t->codes[i];
	size_t n = strlen(code);
	bool group = i < t->head->groups, own = i >= t->head->groups + t->head->occupations;
	if (n == 0 || n > LG_CODE_MAX || lg_name_is_group(code, n) != group || lg_name_is_own(code, n) != own)
		return "A code is of a wrong form.";
	if (i != 0 && i != t->head->groups && strcmp(t->strings + t->codes[i - 1], code) >= 0)
		return "The codes are out of order.";
	return NULL;
}

static const char *check_codes(const struct lg_taxonomy *t)
{
	const char *wrong = NULL;
	for (size_t i = 0; !wrong && i < t->head->concepts; i++) wrong = check_code(t, i);
	return wrong;
}

/* A concept's parent comes before it, so every way up ends; an occupation's first group is a unit group. */
static const char *check_parents(struct lg_ctx *cx, const struct lg_taxonomy *t)
{
	uint8_t *depth = lg_alloc(cx->mem, t->head->concepts + 1);
	for (size_t i = 0; i < t->head->concepts; i++) {
		uint16_t up = t->parents[i];
		bool group = i < t->head->groups;
		if (up > i || (!group && up == i)) return "The tree is damaged.";
		if (!group && up < t->head->groups && strlen(t->strings + t->codes[up]) != 4)
			return "An occupation hangs under no unit group.";
		depth[i] = up == i ? 0 : (uint8_t)(depth[up] + 1);
		if (depth[i] > LG_DEPTH_MAX) return "The tree is too deep.";
	}
	return NULL;
}

static const char *check_uuids(const struct lg_taxonomy *t)
{
	for (size_t i = 0; i < t->head->occupations; i++) {
		if (t->by_uuid[i] >= t->head->occupations) return "The index of occupations is damaged.";
		if (i && memcmp(&t->uuids[t->by_uuid[i - 1]], &t->uuids[t->by_uuid[i]], sizeof *t->uuids) >= 0)
			return "The index of occupations is out of order.";
	}
	for (size_t i = 1; i < t->head->skills; i++)
		if (memcmp(&t->skill_uuids[i - 1], &t->skill_uuids[i], sizeof *t->skill_uuids) >= 0)
			return "The skills are out of order.";
	return NULL;
}

static const char *check_slugs(const struct lg_taxonomy *t)
{
	for (size_t i = 0; i < t->head->own_skills; i++) {
		if (!is_text(t, t->skill_slugs[i])) return "A skill's name is damaged.";
		const char *slug = t->strings + t->skill_slugs[i];
		if (!lg_name_is_own(slug, strlen(slug))) return "A skill's name is of a wrong form.";
		if (i && strcmp(t->strings + t->skill_slugs[i - 1], slug) >= 0) return "The skills are out of order.";
	}
	return NULL;
}

/* Offsets that ascend from 0 to the end. */
static bool ascends(const uint32_t *first, uint64_t n, uint64_t end)
{
	for (uint64_t i = 0; i < n; i++)
		if (first[i] > first[i + 1]) return false;
	return first[0] == 0 && first[n] == end;
}

static const char *check_labels(const struct lg_taxonomy *t)
{
	for (size_t i = 0; i < t->head->languages; i++)
		if (!memchr(t->languages[i].text, '\0', 4)) return "The languages are damaged.";
	if (!ascends(t->label_first, t->head->items, t->head->labels)) return "The index of labels is damaged.";
	for (size_t i = 0; i < t->head->labels; i++) {
		const struct lg_image_label *l = &t->labels[i];
		if (!is_text(t, l->text) || l->language >= t->head->languages || l->preferred > 1)
			return "A label is damaged.";
	}
	return NULL;
}

static const char *check_relations(const struct lg_taxonomy *t)
{
	if (!ascends(t->relation_first, t->head->concepts, t->head->relations))
		return "The index of relations is damaged.";
	for (size_t c = 0; c < t->head->concepts; c++) {
		for (uint32_t i = t->relation_first[c]; i < t->relation_first[c + 1]; i++) {
			const struct lg_relation *r = &t->relations[i];
			if (c < t->head->groups || r->skill >= t->head->all_skills || r->essential > 1)
				return "A relation is damaged.";
			if (i > t->relation_first[c] && r[-1].skill >= r->skill) return "Relations are out of order.";
		}
	}
	return NULL;
}

static const char *check_numbers(const struct lg_taxonomy *t)
{
	size_t n = t->head->concepts;
	for (size_t i = 0; i < t->head->all_skills; i++)
		if (t->weights[i] == 0) return "A skill's weight is damaged.";
	for (size_t i = 0; i < n; i++)
		if (t->closeness[i * n + i] != 100) return "The closeness is damaged.";
	return NULL;
}

static const char *check(struct lg_ctx *cx, struct lg_taxonomy *t, const struct lg_image_head *h, size_t size)
{
	const char *wrong = check_head(h, size);
	if (!wrong) wrong = check_counts(h);
	if (!wrong) wrong = check_sections(h);
	if (wrong) return wrong;
	lg_image_view(t, h);
	wrong = check_strings(t);
	if (!wrong) wrong = check_codes(t);
	if (!wrong) wrong = check_parents(cx, t);
	if (!wrong) wrong = check_uuids(t);
	if (!wrong) wrong = check_slugs(t);
	if (!wrong) wrong = check_labels(t);
	if (!wrong) wrong = check_relations(t);
	return wrong ? wrong : check_numbers(t);
}

enum lg_err lg_taxonomy_open(struct lg_ctx *cx, struct lg_taxonomy **out, const void *image, size_t size)
{
	if (size < sizeof(struct lg_image_head))
		return lg_fail(cx, LG_INVALID, "taxonomy", "This is not a taxonomy made by this program.");
	lg_assert((uintptr_t)image % 8 == 0);
	struct lg_taxonomy *t = lg_alloc(cx->mem, sizeof *t);
	const char *wrong = check(cx, t, image, size);
	if (wrong) return lg_fail(cx, LG_INVALID, "taxonomy", wrong);
	*out = t;
	return LG_OK;
}
