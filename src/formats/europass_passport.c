/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "formats/europass_inner.h"

/* XML writes a month as "--03", a day as "---10"; JSON as numbers. */
static int part(struct cv_reader *r, const json_t *v, const char *name, int most)
{
	const char *s = cv_text(r, v, name);
	s += strspn(s, "-");
	long n = strspn(s, "0123456789") == strlen(s) && *s && strlen(s) < 6 ? strtol(s, NULL, 10) : 0;
	return n > 0 && n <= most ? (int)n : 0;
}

static const char *date_of(struct cv_reader *r, const json_t *v)
{
	int year = part(r, v, "Year", 9999), month = part(r, v, "Month", 12), day = part(r, v, "Day", 31);
	if (year < 1000) return "";
	if (!month) return lg_printf(r->cx->mem, "%04d", year);
	if (!day) return lg_printf(r->cx->mem, "%04d-%02d", year, month);
	return lg_printf(r->cx->mem, "%04d-%02d-%02d", year, month, day);
}

/* Something with a code and words: words, else the code. */
static const char *label(struct cv_reader *r, const json_t *v, const char *path)
{
	const json_t *at = cv_get(v, path);
	const char *s = cv_plain(r, at, "Label");
	if (!*s) s = cv_text(r, at, "Code");
	return *s ? s : cv_plain(r, at, "");
}

static const char *country(struct cv_reader *r, const json_t *v)
{
	const char *code = cv_text(r, v, "Country.Code");
	return *code ? code : cv_plain(r, v, "Country.Label");
}

static void read_person(struct cv_reader *r, const json_t *person)
{
	struct lg_cv *cv = r->cv;
	const json_t *address = cv_get(person, "ContactInfo.Address.Contact"),
	             *phones = cv_get(person, "ContactInfo.Telephone");
	cv->given = cv_text(r, person, "PersonName.FirstName");
	cv->family = cv_text(r, person, "PersonName.Surname");
	cv->born = date_of(r, cv_get(person, "Demographics.Birthdate"));
	cv->email = cv_text(r, person, "ContactInfo.Email.Contact");
	cv->street = cv_text(r, address, "AddressLine");
	cv->postcode = cv_text(r, address, "PostalCode");
	cv->town = cv_text(r, address, "Municipality");
	cv->country = country(r, address);
	for (size_t i = 0; i < cv_count(r, phones); i++) { /* the one that is carried about, else the first */
		bool mobile = !strcmp(cv_text(r, cv_at(phones, i), "Use.Code"), "mobile");
		if (!*cv->phone || mobile) cv->phone = cv_text(r, cv_at(phones, i), "Contact");
		if (mobile) return;
	}
}

static struct lg_cv_stay stay(struct cv_reader *r, const json_t *v, const json_t *organisation)
{
	const json_t *address = cv_get(organisation, "ContactInfo.Address.Contact");
	return (struct lg_cv_stay){ .from = date_of(r, cv_get(v, "Period.From")),
		                    .to = date_of(r, cv_get(v, "Period.To")),
		                    .current = cv_is_true(r, v, "Period.Current"),
		                    .where = cv_plain(r, organisation, "Name"),
		                    .town = cv_text(r, address, "Municipality"),
		                    .country = country(r, address),
		                    .text = cv_plain(r, v, "Activities") };
}

static void read_stays(struct cv_reader *r, const json_t *learner)
{
	const json_t *jobs = cv_get(learner, "WorkExperience"), *schools = cv_get(learner, "Education");
	struct lg_cv_stay *job = lg_array(r->cx->mem, r->cv->n_jobs = cv_count(r, jobs), sizeof *job);
	struct lg_cv_stay *school = lg_array(r->cx->mem, r->cv->n_schools = cv_count(r, schools), sizeof *school);
	for (size_t i = 0; i < r->cv->n_jobs; i++) {
		const json_t *v = cv_at(jobs, i);
		job[i] = stay(r, v, cv_get(v, "Employer"));
		job[i].title = label(r, v, "Position");
		job[i].code = cv_text(r, v, "Position.Code");
		job[i].field = label(r, v, "Employer.Sector");
	}
	for (size_t i = 0; i < r->cv->n_schools; i++) {
		const json_t *v = cv_at(schools, i);
		school[i] = stay(r, v, cv_get(v, "Organisation"));
		school[i].title = cv_plain(r, v, "Title");
		school[i].code = cv_text(r, v, "Level.Code");
		school[i].field = label(r, v, "Field");
	}
	r->cv->jobs = job;
	r->cv->schools = school;
}

static struct lg_cv_language language(struct cv_reader *r, const json_t *v, bool mother_tongue)
{
	const json_t *level = cv_get(v, "ProficiencyLevel");
	return (struct lg_cv_language){ .code = cv_text(r, v, "Description.Code"),
		                        .label = cv_plain(r, v, "Description.Label"),
		                        .mother_tongue = mother_tongue,
		                        .listening = cv_text(r, level, "Listening"),
		                        .reading = cv_text(r, level, "Reading"),
		                        .interaction = cv_text(r, level, "SpokenInteraction"),
		                        .production = cv_text(r, level, "SpokenProduction"),
		                        .writing = cv_text(r, level, "Writing") };
}

static void read_languages(struct cv_reader *r, const json_t *skills)
{
	const json_t *mother = cv_get(skills, "Linguistic.MotherTongue"),
	             *others = cv_get(skills, "Linguistic.ForeignLanguage");
	size_t n_mother = cv_count(r, mother), n_others = cv_count(r, others);
	struct lg_cv_language *list = lg_array(r->cx->mem, n_mother + n_others, sizeof *list);
	for (size_t i = 0; i < n_mother; i++) list[r->cv->n_languages++] = language(r, cv_at(mother, i), true);
	for (size_t i = 0; i < n_others; i++) list[r->cv->n_languages++] = language(r, cv_at(others, i), false);
	r->cv->languages = list;
}

/* XML has one description with many licences, JSON many with one each. */
static void read_driving(struct cv_reader *r, const json_t *descriptions)
{
	const char **classes = lg_array(r->cx->mem, LG_CV_LIST_MAX, sizeof *classes);
	for (size_t i = 0; i < cv_count(r, descriptions); i++) {
		const json_t *v = cv_at(descriptions, i), *licences = json_is_object(v) ? cv_get(v, "Licence") : v;
		for (size_t k = 0; k < cv_count(r, licences) && r->cv->n_driving < LG_CV_LIST_MAX; k++) {
			const char *s = cv_text(r, cv_at(licences, k), "");
			if (*s) classes[r->cv->n_driving++] = s;
		}
	}
	r->cv->driving = classes;
}

static void read_skills(struct cv_reader *r, const json_t *skills)
{
	static const struct {
		const char *path;
		enum lg_cv_skill_kind kind;
	} kinds[] = { { "Communication.Description", LG_CV_COMMUNICATION },
		      { "Organisational.Description", LG_CV_ORGANISATION },
		      { "JobRelated.Description", LG_CV_WORK },
		      { "Computer.Description", LG_CV_COMPUTER },
		      { "Other.Description", LG_CV_OTHER } };
	struct lg_cv_skill *list = lg_array(r->cx->mem, LG_CV_LIST_MAX, sizeof *list);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		cv_add_skill(r, list, kinds[i].kind, cv_plain(r, skills, kinds[i].path), "");
	r->cv->skills = list;
}

void cv_read_passport(struct cv_reader *r, const json_t *root)
{
	const json_t *learner = cv_get(root, "LearnerInfo"), *skills = cv_get(learner, "Skills");
	r->cv->language = cv_text(r, root, "Locale");
	read_person(r, cv_get(learner, "Identification"));
	r->cv->headline = label(r, learner, "Headline.Description");
	read_stays(r, learner);
	read_languages(r, skills);
	read_driving(r, cv_get(skills, "Driving.Description"));
	read_skills(r, skills);
}
