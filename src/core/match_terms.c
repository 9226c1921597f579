/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/match_terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "core/choice.h"
#include "core/week.h"

enum {
	COUNTRIES = 2, /* DK, SE */
	TENTHS = 10,
	WEEK_TENTHS = 1680,
	COMMUTE_KM = 30,
	STEPS_A_KM = 100,
	YEARS_MOST = 80,
	LIST_MOST = 255,
};

static const char *const countries[COUNTRIES] = { "DK", "SE" };

static const char *word(const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));
	return s ? s : "";
}

static int64_t number(const json_t *o, const char *name, int64_t otherwise)
{
	const json_t *v = json_object_get(o, name);
	return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

static int32_t day(const json_t *o, const char *name)
{
	int32_t d;
	const char *s = word(o, name);
	return lg_date_read(&d, s, strlen(s)) ? d : LGM_NO_DATE;
}

/* --- the vocabulary: languages as core/choice.def has them, licences as unit groups of both countries */

enum lg_err match_terms_new(struct lg_ctx *cx, const struct lg_taxonomy *taxonomy, struct match_terms **out)
{
	struct match_terms *t = *out = lg_alloc(cx->mem, sizeof *t);
	size_t n_languages;
	uint16_t concepts = lg_taxonomy_concepts(taxonomy);
	const struct choice *all = choices(CHOICE_language, &n_languages);
	const char **languages = lg_array(cx->mem, n_languages, sizeof *languages);
	const char **licences = lg_array(cx->mem, (size_t)concepts * COUNTRIES, sizeof *licences);
	if ((size_t)concepts * COUNTRIES > UINT16_MAX || n_languages > UINT8_MAX)
		return lg_fail(cx, LG_INVALID, "", "the taxonomy has too many occupations for licences by country");
	for (size_t i = 0; i < n_languages; i++) languages[i] = all[i].code;
	for (uint16_t c = 0; c < concepts; c++)
		for (size_t k = 0; k < COUNTRIES; k++)
			licences[c * COUNTRIES + k] =
			    lg_printf(cx->mem, "%s@%s", lg_taxonomy_code(taxonomy, c), countries[k]);
	t->setup = lgm_setup_default();
	t->setup.concepts = concepts;
	t->setup.skills = lg_taxonomy_skills(taxonomy);
	t->setup.languages = (uint16_t)n_languages;
	t->setup.licences = (uint16_t)(concepts * COUNTRIES);
	t->setup.parent = lg_taxonomy_parents(taxonomy);
	t->setup.closeness = lg_taxonomy_closeness(taxonomy);
	t->explain = (struct explain_terms){ taxonomy, &t->setup, languages, licences, 0 };
	return LG_OK;
}

/* -1: of neither country, or not to be recognised */
static int country_of(const char *text)
{
	static const struct {
		const char *name;
		int country;
	} names[] = { { "DK", 0 }, { "Danmark", 0 }, { "Denmark", 0 }, { "Данія", 0 },
		      { "SE", 1 }, { "Sverige", 1 }, { "Sweden", 1 },  { "Швеція", 1 } };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(names[i].name, text)) return names[i].country;
	return -1;
}

/* --- lists: ascending by key, no repeats; of two with one key the greater value stays */

struct pair {
	uint16_t key, value;
};
struct list {
	size_t n;
	struct pair at[LIST_MOST];
};

static void add(struct list *l, uint16_t key, uint16_t value)
{
	size_t i = 0;
	while (i < l->n && l->at[i].key < key) i++;
	if (i < l->n && l->at[i].key == key) {
		if (l->at[i].value < value) l->at[i].value = value;
		return;
	}
	if (l->n == LIST_MOST) return;
	memmove(l->at + i + 1, l->at + i, (l->n - i) * sizeof *l->at);
	l->at[i] = (struct pair){ key, value };
	l->n++;
}

/* Of an occupation that is wished for, the whole unit group (ISCO-08): a nurse may become a nurse of another ward. */
static void wished_of(const struct match_terms *t, const json_t *record, struct list *out)
{
	size_t i;
	json_t *row;
	out->n = 0;
	json_array_foreach(json_object_get(record, "wished"), i, row)
	{
		const char *code = word(row, "occupation");
		uint16_t concept = lg_taxonomy_concept(t->explain.taxonomy, code, strlen(code));
		if (concept != LG_NO_CONCEPT) add(out, lg_taxonomy_unit_group(t->explain.taxonomy, concept), 1);
	}
}

static void concepts_of(const struct match_terms *t, const json_t *record, struct list *out)
{
	size_t i;
	json_t *row;
	out->n = 0;
	json_array_foreach(json_object_get(record, "occupations"), i, row)
	{
		const char *code = word(row, "occupation");
		uint16_t concept = lg_taxonomy_concept(t->explain.taxonomy, code, strlen(code));
		int64_t years = number(row, "years", 0);
		if (concept != LG_NO_CONCEPT) add(out, concept, (uint16_t)(years > YEARS_MOST ? YEARS_MOST : years));
	}
}

/* Skills, all (essential < 0) or of one kind. */
static void skills_of(const struct match_terms *t, const json_t *record, int essential, struct list *out)
{
	size_t i;
	json_t *row;
	out->n = 0;
	json_array_foreach(json_object_get(record, "skills"), i, row)
	{
		const char *uri = word(row, "skill");
		uint16_t skill = lg_taxonomy_skill(t->explain.taxonomy, uri, strlen(uri));
		if (skill == LG_NO_SKILL) continue;
		if (essential >= 0 && json_is_true(json_object_get(row, "essential")) != (essential == 1)) continue;
		add(out, skill, 1);
	}
}

/* A level of the engine, LGM_LEVEL_NONE: none is stated. The list and enum lgm_level are in one order. */
static uint16_t level(const json_t *row, const char *name)
{
	int at = choice_at(CHOICE_level, word(row, name));
	return at < 0 ? LGM_LEVEL_NONE : (uint16_t)(LGM_A0 + at);
}

static uint16_t spoken_level(const json_t *row)
{
	static const char *const others[] = { "listening", "reading", "production", "writing" };
	uint16_t least = level(row, "interaction");
	for (size_t i = 0; least == LGM_LEVEL_NONE && i < sizeof others / sizeof *others; i++) {
		uint16_t one = level(row, others[i]);
		if (one == LGM_LEVEL_NONE) continue;
		least = one;
		for (size_t k = i + 1; k < sizeof others / sizeof *others; k++) {
			one = level(row, others[k]);
			if (one != LGM_LEVEL_NONE && one < least) least = one;
		}
	}
	return least;
}

static void languages_of(const json_t *record, bool asked, struct list *out)
{
	size_t i;
	json_t *row;
	out->n = 0;
	json_array_foreach(json_object_get(record, "languages"), i, row)
	{
		int language = choice_at(CHOICE_language, word(row, "language"));
		uint16_t at = asked ? level(row, "level") : spoken_level(row);
		if (language >= 0 && at != LGM_LEVEL_NONE) add(out, (uint16_t)language, at);
	}
}

static uint16_t licence_of(const struct match_terms *t, const char *code, int country)
{
	uint16_t concept = lg_taxonomy_concept(t->explain.taxonomy, code, strlen(code));
	if (concept == LG_NO_CONCEPT) return UINT16_MAX;
	uint16_t group = lg_taxonomy_unit_group(t->explain.taxonomy, concept);
	if (group == LG_NO_CONCEPT) group = concept;
	return (uint16_t)(group * COUNTRIES + country);
}

uint16_t match_terms_licence(const struct match_terms *t, const char *code, const char *country)
{
	int at = country_of(country);
	return at < 0 ? UINT16_MAX : licence_of(t, code, at);
}

bool match_terms_may_hold(const struct match_terms *t, const struct lgm_candidate *c, uint16_t licence)
{
	const struct lgm_setup *setup = &t->setup;
	for (size_t i = 0; i < c->n_licences; i++)
		if (c->licences[i].licence == licence) return true;
	for (size_t i = 0; i < c->n_occupations; i++) {
		uint16_t own = c->occupations[i].occupation, group = (uint16_t)(licence / COUNTRIES);
		if (setup->closeness[(size_t)group * setup->concepts + own] >= LG_LEVERS_TRAINED) return true;
	}
	return false;
}

/* Of a candidate: held, or applied for; anything else is none. */
static void licences_of(const struct match_terms *t, const json_t *record, struct list *out)
{
	size_t i;
	json_t *row;
	out->n = 0;
	json_array_foreach(json_object_get(record, "licences"), i, row)
	{
		const char *state = word(row, "state");
		int country = country_of(word(row, "country"));
		uint16_t licence = country < 0 ? UINT16_MAX : licence_of(t, word(row, "occupation"), country);
		bool held = !strcmp(state, "held");
		if (licence != UINT16_MAX && (held || !strcmp(state, "applied"))) add(out, licence, held);
	}
}

static bool place_of(const json_t *record, struct lgm_place *out)
{
	const json_t *x = json_object_get(record, "latitude_e6"), *y = json_object_get(record, "longitude_e6");
	return json_is_integer(x) && json_is_integer(y) &&
	       lgm_place_at(out, (int32_t)json_integer_value(x), (int32_t)json_integer_value(y));
}

static struct week week_of(const json_t *record, const char *name)
{
	struct week week;
	struct week_fault fault;
	const char *text = word(record, name);
	if (!week_read(&week, text, strlen(text), &fault)) week.n = 0;
	return week;
}

/* --- both sides */

static uint16_t *keys_of(struct lg_arena *mem, const struct list *l)
{
	uint16_t *out = lg_array(mem, l->n + 1, sizeof *out);
	for (size_t i = 0; i < l->n; i++) out[i] = l->at[i].key;
	return out;
}

static struct lgm_language *language_list(struct lg_arena *mem, const struct list *l)
{
	struct lgm_language *out = lg_array(mem, l->n + 1, sizeof *out);
	for (size_t i = 0; i < l->n; i++)
		out[i] = (struct lgm_language){ (uint8_t)l->at[i].key, (uint8_t)l->at[i].value };
	return out;
}

static uint16_t contracts_of(const json_t *record)
{
	size_t i;
	json_t *code;
	uint16_t all = 0;
	json_array_foreach(json_object_get(record, "contracts"), i, code)
	{
		int at = choice_at(CHOICE_contract, json_string_value(code));
		if (at >= 0 && at < LGM_CONTRACTS) all |= (uint16_t)(1u << at);
	}
	return all ? all : (uint16_t)((1u << LGM_CONTRACTS) - 1u);
}

static uint16_t tenths(int64_t hours)
{
	hours *= TENTHS;
	return (uint16_t)(hours < 0 ? 0 : hours > WEEK_TENTHS ? WEEK_TENTHS : hours);
}

bool match_terms_candidate(const struct match_terms *t, struct lg_arena *mem, const json_t *record,
                           struct lgm_candidate *out)
{
	struct list list;
	struct week available = week_of(record, "available"), classes = week_of(record, "classes");
	int64_t km = number(record, "commute_km", COMMUTE_KM);
	*out = (struct lgm_candidate){ .start = day(record, "can_start"), .contracts = contracts_of(record) };
	if (!place_of(record, &out->place)) return false;
	out->commute = (uint32_t)(km * STEPS_A_KM > LGM_COMMUTE_MAX ? LGM_COMMUTE_MAX : km * STEPS_A_KM);
	out->hours_min = tenths(number(record, "hours_least", 0));
	out->hours_max = tenths(number(record, "hours_most", WEEK_TENTHS / TENTHS));
	if (out->hours_max < out->hours_min) out->hours_max = out->hours_min;
	out->wants_work = !strcmp(word(record, "wants_work"), "yes");
	week_free(&out->free, &available, &classes);

	concepts_of(t, record, &list);
	struct lgm_experience *experience = lg_array(mem, list.n + 1, sizeof *experience);
	for (size_t i = 0; i < list.n; i++)
		experience[i] = (struct lgm_experience){ list.at[i].key, (uint8_t)list.at[i].value };
	out->occupations = experience, out->n_occupations = (uint16_t)list.n;
	skills_of(t, record, -1, &list);
	out->skills = keys_of(mem, &list), out->n_skills = (uint16_t)list.n;
	wished_of(t, record, &list);
	out->wishes = keys_of(mem, &list), out->n_wishes = (uint16_t)list.n;
	languages_of(record, false, &list);
	out->languages = language_list(mem, &list), out->n_languages = (uint16_t)list.n;
	licences_of(t, record, &list);
	struct lgm_licence *licences = lg_array(mem, list.n + 1, sizeof *licences);
	for (size_t i = 0; i < list.n; i++) licences[i] = (struct lgm_licence){ list.at[i].key, list.at[i].value };
	out->licences = licences, out->n_licences = (uint16_t)list.n;
	return !lgm_candidate_fault(&t->setup, out);
}

static struct lgm_skill *weighed(const struct match_terms *t, struct lg_arena *mem, const struct list *l)
{
	const uint16_t *weights = lg_taxonomy_skill_weights(t->explain.taxonomy);
	struct lgm_skill *out = lg_array(mem, l->n + 1, sizeof *out);
	for (size_t i = 0; i < l->n; i++) {
		uint16_t weight = weights[l->at[i].key];
		out[i] = (struct lgm_skill){ l->at[i].key, weight ? weight : 1 };
	}
	return out;
}

/* An opening in Sweden asks for the Swedish licence; else it is the Danish one. */
static void needed_licences(const struct match_terms *t, const json_t *record, struct list *out)
{
	size_t i;
	json_t *row;
	int country = !strncmp(word(record, "municipality"), "SE-", 3);
	out->n = 0;
	json_array_foreach(json_object_get(record, "licences"), i, row)
	{
		uint16_t licence = licence_of(t, word(row, "occupation"), country);
		if (licence != UINT16_MAX) add(out, licence, 1);
	}
}

bool match_terms_opening(const struct match_terms *t, struct lg_arena *mem, const json_t *record,
                         struct lgm_opening *out)
{
	struct list list, essential;
	struct week schedule = week_of(record, "schedule");
	int kind = choice_at(CHOICE_contract, word(record, "kind"));
	int64_t hours = number(record, "hours", -1), positions = number(record, "positions", 1);
	*out = (struct lgm_opening){ .start = day(record, "start_on"),
		                     .remote = json_is_true(json_object_get(record, "remote")),
		                     .assistant_allowed = json_is_true(json_object_get(record, "assistant_allowed")) };
	if (!place_of(record, &out->place) && !out->remote) return false;
	if (kind < 0 || kind >= LGM_CONTRACTS || positions < 1 || positions > UINT16_MAX) return false;
	out->contract = (uint8_t)kind;
	out->positions = (uint16_t)positions;
	out->hours = hours < 0 ? LGM_NO_HOURS : tenths(hours);
	week_engine(&out->schedule, &schedule, false);

	concepts_of(t, record, &list);
	out->occupations = keys_of(mem, &list), out->n_occupations = (uint16_t)list.n;
	skills_of(t, record, 1, &essential);
	out->essential = weighed(t, mem, &essential), out->n_essential = (uint16_t)essential.n;
	skills_of(t, record, 0, &list);
	struct list optional = { .n = 0 };
	for (size_t i = 0; i < list.n; i++) { /* what is essential too is so once */
		size_t k = 0;
		while (k < essential.n && essential.at[k].key != list.at[i].key) k++;
		if (k == essential.n) optional.at[optional.n++] = list.at[i];
	}
	out->optional = weighed(t, mem, &optional), out->n_optional = (uint16_t)optional.n;
	languages_of(record, true, &list);
	out->languages = language_list(mem, &list), out->n_languages = (uint16_t)list.n;
	needed_licences(t, record, &list);
	out->licences = keys_of(mem, &list), out->n_licences = (uint16_t)list.n;
	return !lgm_opening_fault(&t->setup, out);
}
