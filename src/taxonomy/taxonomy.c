/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/taxonomy.h"

#include <stdio.h>
#include <string.h>

#include "taxonomy/image.h"
#include "taxonomy/name.h"

static const char *text(const struct lg_taxonomy *t, uint32_t offset) { return t->strings + offset; }

const char *lg_taxonomy_version(const struct lg_taxonomy *t) { return text(t, t->head->version); }
const char *lg_taxonomy_attribution(const struct lg_taxonomy *t) { return text(t, t->head->attribution); }
const char *lg_taxonomy_hash(const struct lg_taxonomy *t) { return t->head->hash; }
uint16_t lg_taxonomy_concepts(const struct lg_taxonomy *t) { return (uint16_t)t->head->concepts; }
uint16_t lg_taxonomy_skills(const struct lg_taxonomy *t) { return (uint16_t)t->head->all_skills; }
const uint16_t *lg_taxonomy_parents(const struct lg_taxonomy *t) { return t->parents; }
const uint8_t *lg_taxonomy_closeness(const struct lg_taxonomy *t) { return t->closeness; }
const uint16_t *lg_taxonomy_skill_weights(const struct lg_taxonomy *t) { return t->weights; }

const char *lg_taxonomy_language(const struct lg_taxonomy *t, size_t index)
{
	return index < t->head->languages ? t->languages[index].text : NULL;
}

/* ------------------------------------------------------------------------------------------------ look-ups */

/* A counted text against one that ends with NUL, in the order of strcmp. */
static int compare(const char *s, size_t n, const char *with)
{
	int c = strncmp(s, with, n);
	return c ? c : -(with[n] != '\0');
}

/* Where a text stands among codes[from..to), which ascend; `none` when it does not. */
static size_t find_text(const struct lg_taxonomy *t, const uint32_t *codes, size_t from, size_t to, const char *s,
                        size_t n)
{
	while (from < to) {
		size_t middle = (from + to) / 2;
		int c = compare(s, n, text(t, codes[middle]));
		if (c == 0) return middle;
		if (c < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return SIZE_MAX;
}

static uint16_t find_occupation(const struct lg_taxonomy *t, const struct lg_uuid *uuid)
{
	size_t from = 0, to = t->head->occupations;
	while (from < to) {
		size_t middle = (from + to) / 2;
		int c = memcmp(uuid, &t->uuids[t->by_uuid[middle]], sizeof *uuid);
		if (c == 0) return (uint16_t)(t->head->groups + t->by_uuid[middle]);
		if (c < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return LG_NO_CONCEPT;
}

static uint16_t find_skill(const struct lg_taxonomy *t, const struct lg_uuid *uuid)
{
	size_t from = 0, to = t->head->skills;
	while (from < to) {
		size_t middle = (from + to) / 2;
		int c = memcmp(uuid, &t->skill_uuids[middle], sizeof *uuid);
		if (c == 0) return (uint16_t)middle;
		if (c < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return LG_NO_SKILL;
}

uint16_t lg_taxonomy_concept(const struct lg_taxonomy *t, const char *s, size_t n)
{
	struct lg_name name;
	size_t found = SIZE_MAX;
	if (memchr(s, 0, n)) return LG_NO_CONCEPT;
	if (lg_name_read(&name, LG_GROUP, s, n)) {
		found = find_text(t, t->codes, 0, t->head->groups, name.code, name.n);
	} else if (lg_name_read(&name, LG_OCCUPATION, s, n)) {
		if (name.is_uuid) return find_occupation(t, &name.uuid);
		found = find_text(t, t->codes, t->head->groups, t->head->concepts, name.code, name.n);
	}
	return found == SIZE_MAX ? (uint16_t)LG_NO_CONCEPT : (uint16_t)found;
}

uint16_t lg_taxonomy_skill(const struct lg_taxonomy *t, const char *s, size_t n)
{
	struct lg_name name;
	if (memchr(s, 0, n) || !lg_name_read(&name, LG_SKILL, s, n)) return LG_NO_SKILL;
	if (name.is_uuid) return find_skill(t, &name.uuid);
	size_t found = find_text(t, t->skill_slugs, 0, t->head->own_skills, name.code, name.n);
	return found == SIZE_MAX ? (uint16_t)LG_NO_SKILL : (uint16_t)(t->head->skills + found);
}

/* --------------------------------------------------------------------------------------------------- names */

const char *lg_taxonomy_code(const struct lg_taxonomy *t, uint16_t concept) { return text(t, t->codes[concept]); }

bool lg_taxonomy_is_group(const struct lg_taxonomy *t, uint16_t concept) { return concept < t->head->groups; }

const char *lg_taxonomy_concept_uri(const struct lg_taxonomy *t, uint16_t concept, char out[80])
{
	if (lg_taxonomy_is_group(t, concept)) {
		(void)snprintf(out, 80, "http://data.europa.eu/esco/isco/C%s", lg_taxonomy_code(t, concept));
	} else if (concept - t->head->groups < t->head->occupations) {
		lg_name_uri(out, LG_OCCUPATION, &t->uuids[concept - t->head->groups]);
	} else {
		(void)snprintf(out, 80, "%s", lg_taxonomy_code(t, concept));
	}
	return out;
}

const char *lg_taxonomy_skill_uri(const struct lg_taxonomy *t, uint16_t skill, char out[80])
{
	if (skill < t->head->skills)
		lg_name_uri(out, LG_SKILL, &t->skill_uuids[skill]);
	else
		(void)snprintf(out, 80, "%s", text(t, t->skill_slugs[skill - t->head->skills]));
	return out;
}

uint16_t lg_taxonomy_unit_group(const struct lg_taxonomy *t, uint16_t concept)
{
	while (!lg_taxonomy_is_group(t, concept)) concept = t->parents[concept];
	return concept;
}

/* -------------------------------------------------------------------------------------------------- labels */

/* The preferred label of an item in a language, or NULL. Labels of a language stand together, the preferred first. */
static const char *preferred(const struct lg_taxonomy *t, size_t item, const char *language)
{
	for (uint32_t i = t->label_first[item]; i < t->label_first[item + 1]; i++) {
		const struct lg_image_label *l = &t->labels[i];
		if (l->preferred && !strcmp(t->languages[l->language].text, language)) return text(t, l->text);
	}
	return NULL;
}

static const char *label(const struct lg_taxonomy *t, size_t item, const char *language)
{
	const char *found = language ? preferred(t, item, language) : NULL;
	return found ? found : preferred(t, item, "en");
}

static const char *label_at(const struct lg_taxonomy *t, size_t item, size_t index, struct lg_label *out)
{
	if (index >= t->label_first[item + 1] - t->label_first[item]) return NULL;
	const struct lg_image_label *l = &t->labels[t->label_first[item] + index];
	out->text = text(t, l->text);
	out->preferred = l->preferred;
	memcpy(out->language, t->languages[l->language].text, sizeof out->language);
	return out->text;
}

const char *lg_taxonomy_label(const struct lg_taxonomy *t, uint16_t concept, const char *language)
{
	const char *found = label(t, concept, language);
	return found ? found : lg_taxonomy_code(t, concept);
}

const char *lg_taxonomy_skill_label(const struct lg_taxonomy *t, uint16_t skill, const char *language)
{
	const char *found = label(t, t->head->concepts + skill, language);
	struct lg_label any;
	if (found) return found;
	if (skill >= t->head->skills) return text(t, t->skill_slugs[skill - t->head->skills]);
	found = label_at(t, t->head->concepts + skill, 0, &any);
	return found ? found : "(no label)";
}

const char *lg_taxonomy_labels(const struct lg_taxonomy *t, uint16_t concept, size_t index, struct lg_label *out)
{
	return label_at(t, concept, index, out);
}

const char *lg_taxonomy_skill_labels(const struct lg_taxonomy *t, uint16_t skill, size_t index, struct lg_label *out)
{
	return label_at(t, t->head->concepts + skill, index, out);
}

size_t lg_taxonomy_relations(const struct lg_taxonomy *t, uint16_t concept, const struct lg_relation **out)
{
	*out = t->relations + t->relation_first[concept];
	return t->relation_first[concept + 1] - t->relation_first[concept];
}
