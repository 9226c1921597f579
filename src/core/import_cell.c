/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What a cell of a file says for a field: codes, or words as people write them. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "core/choice.h"
#include "core/form.h"
#include "core/import.h"
#include "core/name.h"
#include "market/municipality.h"
#include "taxonomy/taxonomy.h"
#include "view/speech.h"

/* --- names of occupations and skills */

struct import_label {
	const char *folded;
	uint16_t concept;
	bool skill;
};
struct import_labels {
	const struct lg_taxonomy *t;
	struct import_label *at;
	size_t n;
};

static int by_text(const void *a, const void *b)
{
	const struct import_label *x = a, *y = b;
	int order = strcmp(x->folded, y->folded);
	return order ? order : (int)x->skill - (int)y->skill;
}

typedef const char *labels_of(const struct lg_taxonomy *t, uint16_t concept, size_t index, struct lg_label *out);

static size_t put_labels(struct lg_ctx *cx, struct import_labels *l, size_t concepts, labels_of *labels, bool skill,
                         size_t room)
{
	size_t n = 0;
	struct lg_label label;
	const char *text;
	for (size_t c = 0; c < concepts; c++)
		for (size_t i = 0; (text = labels(l->t, (uint16_t)c, i, &label)); i++, n++)
			if (room)
				l->at[l->n++] = (struct import_label){ name_search(cx->mem, text), (uint16_t)c, skill };
	return n;
}

const struct import_labels *import_labels_new(struct lg_ctx *cx, const struct lg_taxonomy *t)
{
	struct import_labels *l = lg_alloc(cx->mem, sizeof *l);
	if (!t) return l;
	l->t = t;
	size_t concepts = lg_taxonomy_concepts(t), skills = lg_taxonomy_skills(t);
	size_t n = put_labels(cx, l, concepts, lg_taxonomy_labels, false, 0) +
	           put_labels(cx, l, skills, lg_taxonomy_skill_labels, true, 0);
	l->at = lg_array(cx->mem, n + 1, sizeof *l->at);
	(void)put_labels(cx, l, concepts, lg_taxonomy_labels, false, n);
	(void)put_labels(cx, l, skills, lg_taxonomy_skill_labels, true, n);
	qsort(l->at, l->n, sizeof *l->at, by_text);
	return l;
}

/* The code of what is called that; NULL: nothing is, or more than one thing. An occupation goes before its group. */
static const char *concept_called(struct lg_ctx *cx, const struct import_labels *l, const char *words, bool skill)
{
	struct import_label key = { name_search(cx->mem, words), 0, skill };
	if (!l || !l->n || !*key.folded) return NULL;
	size_t from = 0, to = l->n;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (by_text(&l->at[middle], &key) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	bool found = false, deep = false;
	uint16_t concept = 0;
	for (; from < l->n && by_text(&l->at[from], &key) == 0; from++) {
		uint16_t one = l->at[from].concept;
		bool own = !skill && lg_taxonomy_unit_group(l->t, one) != one;
		if (found && one != concept && own == deep) return NULL;
		if (!found || (own && !deep)) concept = one, deep = own;
		found = true;
	}
	if (!found) return NULL;
	char uri[80];
	return lg_strdup(cx->mem, skill ? lg_taxonomy_skill_uri(l->t, concept, uri) : lg_taxonomy_code(l->t, concept));
}

/* --- words of lists */

static bool same_words(struct lg_ctx *cx, const char *folded, const char *words)
{
	return *words && !strcmp(name_search(cx->mem, words), folded);
}

/* The code itself, its mark, or its words in any of the languages. */
static const char *choice_called(struct lg_ctx *cx, unsigned list, const char *text)
{
	static const char *const languages[] = { "en", "da", "sv", "uk" };
	const char *folded = name_search(cx->mem, text), *spoken = lg_speech_language(), *found = NULL;
	size_t n;
	const struct choice *all = choices((enum choice_list)list, &n);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i].code, text) || (*all[i].mark && !strcasecmp(all[i].mark, text))) return all[i].code;
	for (size_t i = 0; i < n && !found; i++)
		if (same_words(cx, folded, all[i].code) || same_words(cx, folded, all[i].mark)) found = all[i].code;
	for (size_t l = 0; l < sizeof languages / sizeof *languages && !found; l++) {
		lg_speak_here(languages[l]);
		for (size_t i = 0; i < n && !found; i++)
			if (same_words(cx, folded, lg_say(all[i].text))) found = all[i].code;
	}
	lg_speak_here(spoken);
	return found;
}

static const char *municipality_called(struct lg_ctx *cx, const char *text)
{
	size_t n;
	const struct lg_municipality *all = lg_municipalities(&n), *found = NULL;
	if (lg_municipality_find(text, strlen(text), NULL)) return text;
	const char *folded = name_search(cx->mem, text);
	static const char *const tails[] = { " kommune", " kommun", " municipality" };
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
		size_t k = strlen(folded), t = strlen(tails[i]);
		if (k > t && !strcmp(folded + k - t, tails[i])) folded = lg_strndup(cx->mem, folded, k - t);
	}
	for (size_t i = 0; i < n; i++) {
		const char *name = name_search(cx->mem, all[i].name);
		size_t k = strlen(name);
		/* "Malmö stad", "Lunds kommun": the genitive of the name */
		if (strcmp(name, folded) != 0 && (strncmp(name, folded, k) != 0 || strcmp(folded + k, "s") != 0))
			continue;
		if (found) return NULL;
		found = &all[i];
	}
	return found ? lg_printf(cx->mem, "%s-%s", found->country, found->code) : NULL;
}

static const char *member_called(struct lg_ctx *cx, const struct form_with *with, const char *text)
{
	const char *folded = name_search(cx->mem, text), *found = NULL;
	for (size_t i = 0; with && i < with->n_members; i++) {
		if (!strcmp(with->members[i].account, text)) return text;
		if (!same_words(cx, folded, with->members[i].name)) continue;
		if (found) return NULL;
		found = with->members[i].account;
	}
	return found;
}

/* --- dates, numbers, yes and no */

/* "24.5.1990", "24-05-1990", "24/05/1990", "19900524", and a date with a time behind it. */
static const char *date_written(struct lg_ctx *cx, const char *text)
{
	int32_t day;
	if (strlen(text) > 10 && (text[10] == 'T' || text[10] == ' ')) text = lg_strndup(cx->mem, text, 10);
	if (lg_date_read(&day, text, strlen(text))) return text;
	if (strlen(text) == 8 && strspn(text, "0123456789") == 8)
		return lg_printf(cx->mem, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
	if (strspn(text, "0123456789.-/ ") != strlen(text)) return text;
	char *end;
	unsigned long a = strtoul(text, &end, 10);
	if (end == text || end - text > 2 || !strchr(".-/", *end) || !*end) return text;
	const char *month = end + 1;
	unsigned long b = strtoul(month, &end, 10);
	if (end == month || end - month > 2 || !strchr(".-/", *end) || !*end) return text;
	const char *year = end + 1;
	if (strlen(year) != 4 || strspn(year, "0123456789") != 4) return text;
	return lg_printf(cx->mem, "%s-%02lu-%02lu", year, b, a);
}

static json_t *yes_or_no(struct lg_ctx *cx, const char *text)
{
	static const char *const yes[] = { "true", "1", "yes", "ja", "tak", "x", "y", "j", "sandt", "sant" },
	                         *const no[] = { "false", "0", "no", "nej", "ni", "n", "falsk", "falskt" };
	const char *folded = name_search(cx->mem, text);
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if (!strcmp(folded, yes[i])) return json_true();
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (!strcmp(folded, no[i])) return json_false();
	return json_string(text);
}

static json_t *number(const char *text)
{
	size_t n = strspn(text, "0123456789");
	const char *rest = text + n;
	if ((*rest == ',' || *rest == '.') && strspn(rest + 1, "0") == strlen(rest + 1))
		rest += strlen(rest); /* "37,0" */
	return !n || n > 9 || *rest ? json_string(text) : json_integer(strtoll(text, NULL, 10));
}

static json_t *set(struct lg_ctx *cx, const struct field *f, const char *text)
{
	json_t *out = json_array();
	for (const char *s = text; *s;) {
		s += strspn(s, ";|, ");
		size_t n = strcspn(s, ";|,");
		const char *one = lg_strndup(cx->mem, s, n), *code;
		for (char *end = (char *)(uintptr_t)one + n; end > one && end[-1] == ' ';) *--end = '\0';
		s += n;
		if (!*one) continue;
		code = choice_called(cx, f->choices, one);
		json_array_append_new(out, json_string(code ? code : one));
	}
	return out;
}

const char *import_plain(const char *text)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };
	if (*text != '\'') return text;
	bool risky = text[1] && strchr("=+-@\t\r'", text[1]);
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		risky = risky || !strncmp(text + 1, wide[i], strlen(wide[i]));
	return risky ? text + 1 : text;
}

static json_t *code_of(const struct import *imp, const char *code, const char *text, bool concept)
{
	if (code) return json_string(code);
	return concept && imp->lenient ? NULL : json_string(text);
}

json_t *import_value(struct lg_ctx *cx, const struct import *imp, const struct field *f, const char *text)
{
	text = import_plain(text);
	if (!*text) return NULL;
	const struct lg_taxonomy *t = imp->labels ? imp->labels->t : NULL;
	switch (f->type) {
	case FIELD_DATE: return json_string(date_written(cx, text));
	case FIELD_NUMBER: return number(text);
	case FIELD_CHECK: return yes_or_no(cx, text);
	case FIELD_CHOICE: return code_of(imp, choice_called(cx, f->choices, text), text, true);
	case FIELD_SET: return set(cx, f, text);
	case FIELD_OCCUPATION:
		if (t && lg_taxonomy_concept(t, text, strlen(text)) != LG_NO_CONCEPT) return json_string(text);
		return code_of(imp, concept_called(cx, imp->labels, text, false), text, true);
	case FIELD_SKILL:
		if (t && lg_taxonomy_skill(t, text, strlen(text)) != LG_NO_SKILL) return json_string(text);
		return code_of(imp, concept_called(cx, imp->labels, text, true), text, true);
	case FIELD_MUNICIPALITY: return code_of(imp, municipality_called(cx, text), text, false);
	case FIELD_MEMBER: return code_of(imp, member_called(cx, imp->with, text), text, false);
	case FIELD_TEXT:
	case FIELD_AREA:
	case FIELD_MAIL:
	case FIELD_PHONE:
	case FIELD_POINT:
	case FIELD_UNIT:
	case FIELD_WEEK: break;
	}
	return json_string(text);
}
