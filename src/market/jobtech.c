/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/jobtech.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "formats/csv.h"
#include "market/jobtech_text.h"
#include "market/labels.h"
#include "market/language.h"
#include "market/municipality.h"
#include "taxonomy/licence.h"
#include "taxonomy/spot.h"
#include "taxonomy/ssyk.h"

enum { FULL_TIME_HOURS = 40, RELATIONS_MAX = 255, SPOTTED_MAX = 10 };

struct lg_jobtech {
	const struct lg_taxonomy *t;
	struct labels *occupations, *skills;
	struct lg_spotter *spotter;
	struct lg_jobtech_account *account; /* of the ad at hand */
	struct lg_buf essential, optional, field;
	uint16_t occupation;           /* found by its label, or LG_NO_CONCEPT */
	uint16_t groups[LG_SSYK_ROOM]; /* else the unit groups it may lie in */
	size_t n_groups;
	uint16_t *needed_by; /* [skills] scratch: how many occupations of the groups need it; all 0 between ads */
};

static void close_jobtech(void *thing)
{
	struct lg_jobtech *j = thing;
	lg_buf_free(&j->essential);
	lg_buf_free(&j->optional);
	lg_buf_free(&j->field);
}

struct lg_jobtech *lg_jobtech_new(struct lg_ctx *cx, const struct lg_taxonomy *t)
{
	struct lg_jobtech *j = lg_alloc(cx->mem, sizeof *j);
	j->t = t;
	j->occupations = labels_of_occupations(cx, t);
	j->skills = labels_of_skills(cx, t);
	j->spotter = lg_spotter_new(cx, t);
	j->needed_by = lg_array(cx->mem, (size_t)lg_taxonomy_skills(t) + 1, sizeof *j->needed_by);
	lg_defer(cx->mem, close_jobtech, j);
	return j;
}

void lg_jobtech_header(struct lg_buf *out)
{
	lg_puts(out, "id,employer,municipality,lat,lon,occupations,essential_skills,optional_skills,languages,licence,"
	             "assistant_allowed,contract,hours,schedule,positions,start,remote\n");
}

/* Append to a list "a; b" or "a;b". */
static void join(struct lg_buf *list, const char *between, const char *a, const char *b)
{
	if (list->len) lg_puts(list, between);
	lg_puts(list, a);
	lg_puts(list, b);
}

static void understood(struct lg_jobtech *j, const char *what, const char *value)
{
	join(&j->account->understood, "; ", what, value);
}

static void missed(struct lg_jobtech *j, const char *what, const char *value)
{
	join(&j->account->missed, "; ", what, value);
}

static void put_field(struct lg_jobtech *j, struct lg_buf *out)
{
	lg_csv_field(out, false, j->field.len ? j->field.data : "", j->field.len);
	lg_buf_clear(&j->field);
}

/* ------------------------------------------------------------------------------------------------- place */

static const struct lg_municipality *municipality_of(const struct lg_ad *ad)
{
	return lg_municipality_find(ad->municipality, strlen(ad->municipality), "SE");
}

static bool on_earth(const struct lg_ad *ad)
{
	return ad->has_place && ad->latitude >= -90 && ad->latitude <= 90 && ad->longitude >= -180 &&
	       ad->longitude <= 180;
}

static void put_place(struct lg_jobtech *j, struct lg_buf *out, const struct lg_ad *ad)
{
	const struct lg_municipality *m = municipality_of(ad);
	if (m) lg_puts(&j->field, "SE-"), lg_puts(&j->field, m->code);
	put_field(j, out);
	if (on_earth(ad)) {
		lg_putf(out, ",%.6f,%.6f", ad->latitude, ad->longitude);
		understood(j, "place", "");
	} else {
		lg_csv_empty(out, false);
		lg_csv_empty(out, false);
		if (m) understood(j, "place: centre of ", m->name);
	}
	if (*ad->municipality && !m) missed(j, "municipality ", ad->municipality);
}

/* -------------------------------------------------------------------------------------------- occupation */

/* The occupation with the ad's own label, when it lies in one of the unit groups. */
static uint16_t by_label(const struct lg_jobtech *j, const struct lg_ad *ad, const char *const *isco, size_t n)
{
	const struct label_of *found;
	size_t n_found = labels_find(j->occupations, ad->occupation.label, &found);
	for (size_t i = 0; i < n_found; i++)
		for (size_t k = 0; k < n; k++) {
			uint16_t group = lg_taxonomy_unit_group(j->t, found[i].number);
			if (!strcmp(lg_taxonomy_code(j->t, group), isco[k])) return found[i].number;
		}
	return LG_NO_CONCEPT;
}

static void put_occupations(struct lg_jobtech *j, struct lg_buf *out, const struct lg_ad *ad)
{
	const char *isco[LG_SSYK_ROOM] = { 0 };
	const char *ssyk = ad->group.legacy;
	size_t n = lg_ssyk_to_isco(ssyk, strlen(ssyk), isco, LG_SSYK_ROOM);
	if (n > LG_SSYK_ROOM) n = LG_SSYK_ROOM;
	j->occupation = by_label(j, ad, isco, n);
	if (j->occupation != LG_NO_CONCEPT) join(&j->field, ";", lg_taxonomy_code(j->t, j->occupation), "");
	j->n_groups = 0;
	for (size_t i = 0; i < n && j->occupation == LG_NO_CONCEPT; i++) {
		uint16_t group = lg_taxonomy_concept(j->t, isco[i], strlen(isco[i]));
		if (group == LG_NO_CONCEPT) continue;
		j->groups[j->n_groups++] = group;
		join(&j->field, ";", isco[i], "");
	}
	if (j->field.len)
		understood(j, "occupation ", j->field.data);
	else
		missed(j, "occupation ", *ad->occupation.label ? ad->occupation.label : ssyk);
	put_field(j, out);
}

/* ------------------------------------------------------------------------------------------------ skills */

static size_t named_skills(struct lg_jobtech *j, struct lg_buf *list, const struct lg_ad_terms *terms)
{
	const struct label_of *found;
	char uri[80];
	size_t n = 0;
	for (size_t i = 0; i < terms->n; i++)
		if (labels_find(j->skills, terms->at[i].label, &found)) {
			join(list, ";", lg_taxonomy_skill_uri(j->t, found->number, uri), "");
			understood(j, "skill ", terms->at[i].label);
			n++;
		} else
			missed(j, "skill ", terms->at[i].label);
	return n;
}

static void related_skills(struct lg_jobtech *j)
{
	const struct lg_relation *relations;
	char uri[80];
	size_t n = lg_taxonomy_relations(j->t, j->occupation, &relations), given[2] = { 0, 0 };
	for (size_t i = 0; i < n; i++) {
		bool essential = relations[i].essential;
		if (given[essential]++ >= RELATIONS_MAX) continue;
		join(essential ? &j->essential : &j->optional, ";",
		     lg_taxonomy_skill_uri(j->t, relations[i].skill, uri), "");
	}
	if (n) understood(j, "skills of the occupation", "");
}

static bool lies_in_groups(const struct lg_jobtech *j, uint16_t occupation)
{
	if (lg_taxonomy_is_group(j->t, occupation)) return false;
	uint16_t group = lg_taxonomy_unit_group(j->t, occupation);
	for (size_t i = 0; i < j->n_groups; i++)
		if (j->groups[i] == group) return true;
	return false;
}

/* What more than half of the occupations that it may be need. */
static void common_skills(struct lg_jobtech *j)
{
	size_t occupations = 0, given = 0;
	char uri[80];
	for (uint16_t c = 0; c < lg_taxonomy_concepts(j->t); c++) {
		const struct lg_relation *relations;
		if (!lies_in_groups(j, c)) continue;
		size_t n = lg_taxonomy_relations(j->t, c, &relations);
		occupations += n > 0;
		for (size_t i = 0; i < n; i++) j->needed_by[relations[i].skill] += relations[i].essential;
	}
	for (uint16_t s = 0; s < lg_taxonomy_skills(j->t); s++) {
		bool common = j->needed_by[s] * 2u > occupations && given < RELATIONS_MAX;
		j->needed_by[s] = 0;
		if (!common) continue;
		join(&j->essential, ";", lg_taxonomy_skill_uri(j->t, s, uri), "");
		given++;
	}
	if (given) understood(j, "skills most occupations of the group need", "");
}

/* Is a skill in a list "a;b"? */
static bool is_listed(const struct lg_buf *list, const char *uri)
{
	size_t n = strlen(uri);
	for (const char *p = list->len ? list->data : ""; *p;) {
		size_t length = strcspn(p, ";");
		if (length == n && !memcmp(p, uri, n)) return true;
		p += length + (p[length] == ';');
	}
	return false;
}

/* Skills that the ad's words name, the surest first. */
static void spotted_skills(struct lg_jobtech *j, const struct lg_ad *ad)
{
	struct lg_ctx temp = { .mem = lg_arena_new(0, NULL) };
	struct lg_spots spots;
	char uri[80];
	const char *text = lg_printf(temp.mem, "%s\n%s", ad->headline, ad->text);
	size_t given = 0;
	if (lg_spot(&temp, j->spotter, "any", text, strlen(text), &spots) != LG_OK) spots.n = 0;
	for (size_t i = 0; i < spots.n && given < SPOTTED_MAX; i++) {
		const struct lg_spot *s = &spots.at[i];
		if (s->kind != LG_SPOT_SKILL || s->score < LG_SPOT_SURE) continue;
		(void)lg_taxonomy_skill_uri(j->t, s->item, uri);
		if (is_listed(&j->essential, uri) || is_listed(&j->optional, uri)) continue;
		join(&j->optional, ";", uri, "");
		understood(j, "skill in the text: ", lg_strndup(temp.mem, text + s->from, s->to - s->from));
		given++;
	}
	lg_arena_free(temp.mem);
}

static void put_skills(struct lg_jobtech *j, struct lg_buf *out, const struct lg_ad *ad)
{
	lg_buf_clear(&j->essential);
	lg_buf_clear(&j->optional);
	size_t n = named_skills(j, &j->essential, &ad->must_skills);
	n += named_skills(j, &j->optional, &ad->nice_skills);
	if (!n && j->occupation != LG_NO_CONCEPT) related_skills(j);
	if (!n && j->n_groups) common_skills(j);
	spotted_skills(j, ad);
	lg_csv_field(out, false, j->essential.len ? j->essential.data : "", j->essential.len);
	lg_csv_field(out, false, j->optional.len ? j->optional.data : "", j->optional.len);
}

/* --------------------------------------------------------------------------------------------- the others */

/* Those that the ad states none of, but asks for in words. @return how many */
static size_t worded_languages(struct lg_jobtech *j, const struct lg_ad *ad)
{
	struct lg_ad_language found[LG_AD_LANGUAGES_MAX];
	size_t n = lg_ad_languages(found, ad->text);
	for (size_t i = 0; i < n; i++) {
		char demand[16];
		(void)snprintf(demand, sizeof demand, "%s=%s", found[i].code, found[i].level);
		join(&j->field, ";", demand, "");
		understood(j, found[i].stated ? "language in the text " : "language in the text (level not stated) ",
		           demand);
	}
	return n;
}

static void put_languages(struct lg_jobtech *j, struct lg_buf *out, const struct lg_ad *ad)
{
	for (size_t i = 0; i < ad->must_languages.n; i++) {
		const char *label = ad->must_languages.at[i].label, *code = lg_language_in_swedish(label);
		if (!code) {
			missed(j, "language ", label);
			continue;
		}
		join(&j->field, ";", code, "=B1");
		understood(j, "language (level not stated, B1) ", label);
	}
	if (!ad->must_languages.n && !worded_languages(j, ad)) missed(j, "language not stated", "");
	for (size_t i = 0; i < ad->nice_languages.n; i++)
		missed(j, "language as an advantage ", ad->nice_languages.at[i].label);
	put_field(j, out);
}

/* Health professionals (ISCO-08, 22): there is a licence for each, and other groups hold more than the vocabulary
 * knows. */
static bool is_health(const struct lg_jobtech *j, uint16_t occupation)
{
	return !strncmp(lg_taxonomy_code(j->t, lg_taxonomy_unit_group(j->t, occupation)), "22", 2);
}

/* Ads leave out what goes without saying. All that it may be must need the same licence, or none is put. */
static void put_licence(struct lg_jobtech *j, struct lg_buf *out)
{
	char needed[LG_LICENCE_ROOM] = "", one[LG_LICENCE_ROOM];
	bool same = true;
	for (uint16_t c = 0; c < lg_taxonomy_concepts(j->t) && same; c++) {
		bool known = !strncmp(lg_taxonomy_code(j->t, c), "lg:", 3);
		if (!known || (c != j->occupation && !(lies_in_groups(j, c) && is_health(j, c)))) continue;
		same = lg_taxonomy_licence(j->t, c, "SE", one) == LG_LICENCE_WORK;
		if (*needed && strcmp(needed, one) != 0) same = false;
		memcpy(needed, one, sizeof needed);
	}
	if (same && *needed) {
		join(&j->field, ";", needed, "");
		understood(j, "licence that this work needs in Sweden ", needed);
	}
	put_field(j, out);
}

static void put_hours(struct lg_jobtech *j, struct lg_buf *out, const struct lg_ad *ad)
{
	bool sane = ad->has_scope && ad->scope_max > 0 && ad->scope_max <= 400 && ad->scope_min >= 0;
	char text[80];
	lg_csv_empty(out, false);
	if (!sane) {
		missed(j, "hours not stated", "");
		return;
	}
	if (ad->scope_min < ad->scope_max) {
		(void)snprintf(text, sizeof text, "%.0f to %.0f per cent", ad->scope_min, ad->scope_max);
		missed(j, "hours left open: ", text);
		return;
	}
	(void)snprintf(text, sizeof text, "%.1f", ad->scope_max * FULL_TIME_HOURS / 100);
	lg_puts(out, text);
	understood(j, "hours ", text);
}

static void put_numbers(struct lg_jobtech *j, struct lg_buf *out, const struct lg_ad *ad)
{
	int64_t positions = ad->vacancies < 1 ? 1 : ad->vacancies > UINT16_MAX ? UINT16_MAX : ad->vacancies;
	put_hours(j, out, ad);
	lg_csv_empty(out, false); /* schedule */
	lg_csv_int(out, false, positions);
	if (ad->vacancies < 1) missed(j, "number of positions", "");
}

/* "2025-10-01", perhaps with a time behind it. */
static void put_start(struct lg_jobtech *j, struct lg_buf *out, const struct lg_ad *ad)
{
	bool is_date = strlen(ad->access) >= 10 && strspn(ad->access, "0123456789-") == 10;
	int32_t day;
	is_date = is_date && lg_date_read(&day, ad->access, 10);
	lg_csv_field(out, false, ad->access, is_date ? 10 : 0);
	if (!is_date && *ad->access) missed(j, "start ", ad->access);
}

static void tell_the_rest(struct lg_jobtech *j, const struct lg_ad *ad)
{
	for (size_t i = 0; i < ad->driving.n; i++) missed(j, "driving licence ", ad->driving.at[i].label);
	if (ad->needs_driving_licence && !ad->driving.n) missed(j, "driving licence", "");
}

static bool left_out(struct lg_jobtech *j, const struct lg_ad *ad)
{
	if (ad->removed)
		missed(j, "left out: withdrawn", "");
	else if (!ad->remote && !on_earth(ad) && !municipality_of(ad))
		missed(j, "left out: no place ", *ad->municipality ? ad->municipality : ad->country);
	else
		return false;
	return true;
}

bool lg_jobtech_row(struct lg_jobtech *j, struct lg_buf *out, struct lg_jobtech_account *account,
                    const struct lg_ad *ad)
{
	j->account = account;
	lg_buf_clear(&account->understood);
	lg_buf_clear(&account->missed);
	lg_buf_clear(&j->field);
	if (left_out(j, ad)) return false;
	lg_csv_str(out, true, ad->id);
	lg_csv_str(out, false, ad->employer);
	put_place(j, out, ad);
	put_occupations(j, out, ad);
	put_skills(j, out, ad);
	put_languages(j, out, ad);
	put_licence(j, out);
	lg_puts(out, ",,job"); /* assistant_allowed is not stated */
	put_numbers(j, out, ad);
	put_start(j, out, ad);
	lg_csv_str(out, false, ad->remote ? "yes" : "no");
	lg_csv_end(out);
	tell_the_rest(j, ad);
	return true;
}
