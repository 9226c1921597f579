/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "formats/europass_inner.h"

static const char *first_of(const char *a, const char *b) { return *a ? a : b; }

static const char *date_of(struct cv_reader *r, const json_t *v)
{
	const char *s = cv_date(r, cv_text(r, v, "FormattedDateTime"));
	if (!*s) s = cv_date(r, cv_text(r, v, "DateTime"));
	if (!*s) s = cv_date(r, cv_text(r, v, "Date"));
	return *s ? s : cv_date(r, cv_text(r, v, ""));
}

/* -------------------------------------------------------------------------------------------------------- person */

static const char *phone_of(struct cv_reader *r, const json_t *v)
{
	const char *country = cv_text(r, v, "CountryDialing"), *number = cv_text(r, v, "DialNumber");
	country += *country == '+';
	return *country && *number && *number != '+' ? lg_printf(r->cx->mem, "+%s %s", country, number) : number;
}

static void read_address(struct cv_reader *r, const json_t *address)
{
	struct lg_cv *cv = r->cv;
	const char *number = cv_text(r, address, "BuildingNumber"), *street = cv_text(r, address, "StreetName");
	cv->street = first_of(cv_text(r, address, "AddressLine"),
	                      *number ? lg_printf(r->cx->mem, "%s %s", street, number) : street);
	cv->postcode = cv_text(r, address, "PostalCode");
	cv->town = cv_text(r, address, "CityName");
	cv->country = cv_text(r, address, "CountryCode");
}

static void read_person(struct cv_reader *r, const json_t *person)
{
	struct lg_cv *cv = r->cv;
	const json_t *channels = cv_get(person, "Communication");
	cv->given = cv_text(r, person, "PersonName.GivenName");
	cv->family = cv_text(r, person, "PersonName.FamilyName");
	if (!*cv->given && !*cv->family) cv->family = cv_text(r, person, "PersonName.FormattedName");
	cv->born = date_of(r, cv_get(person, "BirthDate"));
	for (size_t i = 0; i < cv_count(r, channels); i++) {
		const json_t *v = cv_at(channels, i);
		const char *uri = cv_text(r, v, "URI");
		if (!strncmp(uri, "mailto:", 7)) uri += 7;
		if (!*cv->email && strchr(uri, '@')) cv->email = uri;
		if (!*cv->phone) cv->phone = phone_of(r, v);
		if (!*cv->town && cv_get(v, "Address")) read_address(r, cv_get(v, "Address"));
	}
	if (!*cv->country) cv->country = cv_text(r, person, "ResidencyCountryCode");
}

/* ---------------------------------------------------------------------------------------------------------- stays */

static void place_of(struct cv_reader *r, struct lg_cv_stay *to, const json_t *organisation)
{
	const json_t *address = cv_get(organisation, "OrganizationContact.Communication.Address");
	to->town = cv_text(r, address, "CityName");
	to->country = cv_text(r, address, "CountryCode");
}

static void period_of(struct cv_reader *r, struct lg_cv_stay *to, const json_t *period)
{
	to->from = date_of(r, cv_get(period, "StartDate"));
	to->to = date_of(r, cv_get(period, "EndDate"));
	to->current = cv_is_true(r, period, "CurrentIndicator") || cv_is_true(r, period, "Ongoing");
}

/* An address of ESCO's, in the title or beside it, else ISCO's code. */
static const char *occupation_code(struct cv_reader *r, const json_t *position)
{
	const char *code = cv_text(r, position, "JobCategoryCode"),
	           *type = cv_text(r, position, "PositionTitle.TypeCode");
	return !strncmp(type, "http", 4) ? type : code;
}

static struct lg_cv_stay job_of(struct cv_reader *r, const json_t *employer, const json_t *position)
{
	struct lg_cv_stay job = { .title = cv_plain(r, position, "PositionTitle"),
		                  .code = occupation_code(r, position),
		                  .field = cv_text(r, employer, "IndustryCode"),
		                  .where = cv_plain(r, employer, "OrganizationName"),
		                  .text = cv_plain(r, position, "Description") };
	const json_t *period = cv_get(position, "EmploymentPeriod");
	period_of(r, &job, period ? period : cv_get(employer, "EmploymentPeriod"));
	place_of(r, &job, employer);
	job.town = first_of(cv_text(r, position, "City"), job.town);
	job.country = first_of(cv_text(r, position, "Country"), job.country);
	return job;
}

/* One may have had several positions with one employer. */
static void read_jobs(struct cv_reader *r, const json_t *employers)
{
	struct lg_cv_stay *jobs = lg_array(r->cx->mem, LG_CV_LIST_MAX, sizeof *jobs);
	for (size_t i = 0; i < cv_count(r, employers); i++) {
		const json_t *employer = cv_at(employers, i), *positions = cv_get(employer, "PositionHistory");
		size_t n = cv_count(r, positions);
		for (size_t k = 0; k < (n ? n : 1); k++) {
			if (r->cv->n_jobs == LG_CV_LIST_MAX)
				r->cv->cut++;
			else
				jobs[r->cv->n_jobs++] = job_of(r, employer, n ? cv_at(positions, k) : NULL);
		}
	}
	r->cv->jobs = jobs;
}

static void read_schools(struct cv_reader *r, const json_t *attendances)
{
	size_t n = cv_count(r, attendances);
	struct lg_cv_stay *schools = lg_array(r->cx->mem, n, sizeof *schools);
	for (size_t i = 0; i < n; i++) {
		const json_t *v = cv_at(attendances, i), *degree = cv_get(v, "EducationDegree");
		if (!degree) degree = cv_get(v, "EducationalDegree"); /* the description has both */
		schools[i] = (struct lg_cv_stay){
			.title = first_of(cv_plain(r, v, "ProgramName"), cv_plain(r, degree, "DegreeName")),
			.code = first_of(cv_text(r, v, "EducationLevelCode"), cv_text(r, v, "EducationalLevelCode")),
			.field = first_of(cv_plain(r, degree, "FieldOfStudy"), cv_plain(r, degree, "DegreeMajor.Name")),
			.where = first_of(cv_plain(r, v, "OrganizationName"),
			                  cv_plain(r, v, "OrganizationContact.OrganizationName")),
			.text = first_of(cv_plain(r, degree, "OccupationalSkillsCovered"),
			                 cv_plain(r, v, "AttendancePeriod.Description"))
		};
		period_of(r, &schools[i], cv_get(v, "AttendancePeriod"));
		place_of(r, &schools[i], v);
	}
	r->cv->schools = schools;
	r->cv->n_schools = n;
}

/* ----------------------------------------------------------------------------------------- languages and skills */

static const char *level(struct cv_reader *r, const json_t *competency, const char *dimension)
{
	const json_t *all = cv_get(competency, "CompetencyDimension");
	for (size_t i = 0; i < cv_count(r, all); i++) {
		const json_t *v = cv_at(all, i);
		if (strstr(cv_text(r, v, "CompetencyDimensionTypeCode"), dimension))
			return cv_text(r, v, "Score.ScoreText");
	}
	return cv_text(r, competency, "ProficiencyLevel.ScoreText");
}

static void add_language(struct cv_reader *r, struct lg_cv_language *list, struct lg_cv_language language)
{
	if (r->cv->n_languages < LG_CV_LIST_MAX)
		list[r->cv->n_languages++] = language;
	else
		r->cv->cut++;
}

static void read_competencies(struct cv_reader *r, const json_t *person, const json_t *profile,
                              struct lg_cv_skill *skills)
{
	const json_t *mother = cv_get(person, "PrimaryLanguageCode"),
	             *all = cv_get(profile, "PersonQualifications.PersonCompetency");
	struct lg_cv_language *list = lg_array(r->cx->mem, LG_CV_LIST_MAX, sizeof *list);
	r->cv->languages = list;
	for (size_t i = 0; i < cv_count(r, mother); i++)
		add_language(r, list,
		             (struct lg_cv_language){ cv_text(r, cv_at(mother, i), ""), "", true, "", "", "", "", "" });
	for (size_t i = 0; i < cv_count(r, all); i++) {
		const json_t *v = cv_at(all, i);
		const char *id = cv_text(r, v, "CompetencyID"), *name = cv_plain(r, v, "CompetencyName");
		bool address = !strncmp(id, "http", 4);
		if (strcmp(cv_text(r, v, "TaxonomyID"), "language") != 0)
			cv_add_skill(r, skills, LG_CV_OTHER, *name || address ? name : id, address ? id : "");
		else
			add_language(
			    r, list,
			    (struct lg_cv_language){ id, name, false, level(r, v, "Listening"), level(r, v, "Reading"),
			                             level(r, v, "Speaking-Interaction"),
			                             level(r, v, "Speaking-Production"), level(r, v, "Writing") });
	}
}

static void read_driving(struct cv_reader *r, const json_t *licences)
{
	size_t n = cv_count(r, licences);
	const char **classes = lg_array(r->cx->mem, n, sizeof *classes);
	for (size_t i = 0; i < n; i++) {
		const json_t *v = cv_at(licences, i);
		const char *s = first_of(cv_text(r, v, "LicenseTypeCode"), cv_text(r, v, "LicenseName"));
		if (*s) classes[r->cv->n_driving++] = s;
	}
	r->cv->driving = classes;
}

void cv_read_candidate(struct cv_reader *r, const json_t *root)
{
	/* Profiles say the same in several languages: the first. */
	const json_t *person = cv_get(root, "CandidatePerson"), *profile = cv_at(cv_get(root, "CandidateProfile"), 0);
	struct lg_cv_skill *skills = lg_array(r->cx->mem, LG_CV_LIST_MAX, sizeof *skills);
	r->cv->skills = skills;
	r->cv->language = cv_text(r, profile, "LanguageCode");
	read_person(r, person);
	r->cv->headline = first_of(cv_plain(r, profile, "CandidateObjective"),
	                           cv_plain(r, profile, "CandidatePositionPreferences.PositionTitle"));
	read_jobs(r, cv_get(profile, "EmploymentHistory.EmployerHistory"));
	read_schools(r, cv_get(profile, "EducationHistory.EducationOrganizationAttendance"));
	read_competencies(r, person, profile, skills);
	read_driving(r, cv_get(profile, "Licenses.License"));
	cv_add_skill(r, skills, LG_CV_OTHER, cv_plain(r, profile, "PersonQualifications.QualificationsSummary"), "");
	cv_add_skill(r, skills, LG_CV_OTHER, cv_plain(r, profile, "ExecutiveSummary"), "");
}
