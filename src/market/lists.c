/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>
#include <string.h>

#include "market/inner.h"
#include "market/language.h"

/* Read a list with what reads one item of it, if it is not too long. */
static bool read_list(struct lg_intake *in, enum column column, struct list *out,
                      bool (*one)(struct lg_intake *in, enum column column, struct lg_cell item, struct list *out))
{
	struct lg_cell c = cell(in, column), item;
	struct items it = items_of(c);
	size_t n = 1;
	for (const char *s = c.text, *end = s + c.n; (s = memchr(s, ';', (size_t)(end - s))); s++) n++;
	if (n > LIST_MAX) return refuse(in, column, c, "The list has %zu entries; give at most %d.", n, LIST_MAX);
	out->n = 0;
	while (next_item(&it, &item))
		if (!one(in, column, item, out)) return false;
	return true;
}

static enum found concept(struct lg_intake *in, enum column column, struct lg_cell item, struct lg_cell code,
                          uint16_t *out) {
	    *out = lg_taxonomy_concept(in->taxonomy, code.text, code.n); if (*out != LG_NO_CONCEPT) return FOUND;
	    if (lg_are_words(code.text, code.n)) return read_words(in, column, item, code, LG_LINK_CONCEPTS, out);
	    (void)refuse(in, column, item,
	                 "This occupation is not known here. Give an ISCO-08 code of 1 to 4 digits, an ESCO code or "
	                 "URI that the "
	                 "taxonomy in use has, or words.");
	    return REFUSED;
}

static bool one_concept(struct lg_intake *in, enum column column, struct lg_cell item, struct list *out)
{
	uint16_t number = 0;
	bool is_new;
	enum found found = concept(in, column, item, item, &number);
	if (found == FOUND) (void)list_add(out, number, &is_new);
	return found != REFUSED;
}

bool read_concepts(struct lg_intake *in, enum column column, struct list *out)
{
	return read_list(in, column, out, one_concept);
}

/* "CODE=YEARS"; a code that stands twice keeps the greater number of years. */
static bool experience(struct lg_intake *in, enum column column, struct lg_cell item, struct list *out)
{
	struct lg_cell code, years;
	uint16_t number = 0;
	int64_t v = 0;
	bool is_new, stated = cut(item, '=', &code, &years);
	enum found found = concept(in, column, item, code, &number);
	if (found == REFUSED) return false;
	if (stated && (!decimal(&v, years, 2) || v < 0 || v > 8000))
		return refuse(in, column, item, "Write the years behind the code as a number from 0 to 80: 2221=4.");
	if (found == NOT_CLEAR) return true;
	struct item *kept = list_add(out, number, &is_new);
	if (v / 100 > kept->value) kept->value = (uint16_t)(v / 100);
	return true;
}

bool read_experience(struct lg_intake *in, enum column column, struct list *out)
{
	return read_list(in, column, out, experience);
}

static enum found skill(struct lg_intake *in, enum column column, struct lg_cell item, uint16_t *out)
{
	*out = lg_taxonomy_skill(in->taxonomy, item.text, item.n);
	if (*out != LG_NO_SKILL) return FOUND;
	if (lg_are_words(item.text, item.n)) return read_words(in, column, item, item, LG_LINK_SKILLS, out);
	(void)refuse(in, column, item,
	             "This skill is not known here. Give an ESCO skill's URI or UUID that the taxonomy in use has, a "
	             "built-in skill (lg:...), or words.");
	return REFUSED;
}

static bool one_skill(struct lg_intake *in, enum column column, struct lg_cell item, struct list *out)
{
	uint16_t number = 0;
	bool is_new;
	enum found found = skill(in, column, item, &number);
	if (found == FOUND) (void)list_add(out, number, &is_new);
	return found != REFUSED;
}

bool read_skills(struct lg_intake *in, enum column column, struct list *out)
{
	return read_list(in, column, out, one_skill);
}

/* By its code, or by a name. */
static bool find_language(struct lg_intake *in, char out[4], struct lg_cell code, const char **advice)
{
	if (lg_language_code(out, code.text, code.n, advice)) return true;
	const char *named = language_named(in, code);
	if (named) memcpy(out, named, strlen(named) + 1);
	return named;
}

static bool language(struct lg_intake *in, enum column column, struct lg_cell item, struct list *out)
{
	struct lg_cell code, level_text;
	const char *advice;
	char known[4];
	bool is_new, stated = cut(item, '=', &code, &level_text);
	int level = stated ? level_of(level_text) : -1;
	if (!find_language(in, known, code, &advice))
		return refuse(in, column, item, "This is no language code of ISO 639 (da, uk, prs; small letters). %s",
		              advice ? advice : "");
	if (level < 0)
		return refuse(in, column, item,
		              "Write a level behind the language: A0, A1, A1+, A2 ... C2 or native, as in da=A2.");
	uint32_t number = texts_number(&in->languages, known, strlen(known));
	if (number >= LANGUAGES_MAX)
		return refuse(in, column, item, "More than %d different languages cannot be handled.", LANGUAGES_MAX);
	struct item *kept = list_add(out, (uint16_t)number, &is_new);
	if (!is_new && kept->value != (uint16_t)level)
		return refuse(in, column, item, "The language stands twice with different levels. Keep one.");
	kept->value = (uint16_t)level;
	return true;
}

bool read_languages(struct lg_intake *in, enum column column, struct list *out)
{
	return read_list(in, column, out, language);
}

/* "CODE@CC": the code of the unit group, so that a licence is one whether a nurse is said to be 2221, lg:nurse, a URI
 * or sygeplejerske (taxonomy/licence.h). */
static enum found licence(struct lg_intake *in, enum column column, struct lg_cell item, struct lg_cell name,
                          uint16_t *out)
{
	struct lg_cell code, country;
	uint16_t number = 0;
	char text[64];
	bool stated = cut(name, '@', &code, &country);
	if (!stated || country.n != 2 || country.text[0] < 'A' || country.text[0] > 'Z' || country.text[1] < 'A' ||
	    country.text[1] > 'Z') {
		(void)refuse(in, column, item, "Write a licence as occupation@COUNTRY, such as 2221@DK.");
		return REFUSED;
	}
	enum found found = concept(in, column, item, code, &number);
	if (found != FOUND) return found;
	int n = snprintf(text, sizeof text, "%.40s@%.2s",
	                 lg_taxonomy_code(in->taxonomy, lg_taxonomy_unit_group(in->taxonomy, number)), country.text);
	uint32_t kept = texts_number(&in->licences, text, (size_t)n);
	*out = (uint16_t)kept;
	if (kept < LICENCES_MAX) return FOUND;
	(void)refuse(in, column, item, "More than %d different licences cannot be handled.", LICENCES_MAX);
	return REFUSED;
}

static bool held_licence(struct lg_intake *in, enum column column, struct lg_cell item, struct list *out)
{
	struct lg_cell name, state;
	uint16_t number = 0;
	bool is_new, stated = cut(item, '=', &name, &state), held = is_word(state, "held");
	if (!stated || (!held && !is_word(state, "pending")))
		return refuse(in, column, item, "Write =held or =pending behind the licence: 2221@DK=held.");
	enum found found = licence(in, column, item, name, &number);
	if (found != FOUND) return found == NOT_CLEAR;
	struct item *kept = list_add(out, number, &is_new);
	if (!is_new && kept->value != held)
		return refuse(in, column, item, "The licence stands as held and as pending. Keep one.");
	kept->value = held;
	return true;
}

bool read_held_licences(struct lg_intake *in, enum column column, struct list *out)
{
	return read_list(in, column, out, held_licence);
}

static bool needed_licence(struct lg_intake *in, enum column column, struct lg_cell item, struct list *out)
{
	uint16_t number = 0;
	bool is_new;
	enum found found = licence(in, column, item, item, &number);
	if (found == FOUND) (void)list_add(out, number, &is_new);
	return found != REFUSED;
}

bool read_needed_licences(struct lg_intake *in, enum column column, struct list *out)
{
	return read_list(in, column, out, needed_licence);
}

bool read_contracts(struct lg_intake *in, enum column column, uint16_t *out)
{
	struct items it = items_of(cell(in, column));
	struct lg_cell item;
	*out = 0;
	while (next_item(&it, &item)) {
		int kind = contract_of(item);
		if (kind < 0)
			return refuse(
			    in, column, item,
			    "Give kinds of contract out of: job, placement, integration-placement, wage-subsidy, igu, "
			    "evaluation, clinical-day, language-placement, trainee.");
		*out = (uint16_t)(*out | 1u << kind);
	}
	if (!*out) *out = (1u << LGM_CONTRACTS) - 1;
	return true;
}
