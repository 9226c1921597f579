/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A candidate, from the three-minute form to its end: who does what, and what comes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "service.h"

static char olena[40];

static void a_three_minute_form_registers(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, "/candidates/new");
	assert_status(a, 200);
	assert_says(a, "name=\"given_name\"");
	a = service_post(CASEWORKER, "/candidates",
	                 FORM("given_name", "Olena", "family_name", "Tkachenko", "given_native", "Олена",
	                      "family_native", "Ткаченко", "born", "1990-05-24", "legal_basis", "public_task", "phone",
	                      "+45 00 00 00 01", "municipality", "DK-0730", "ground", "special_act", "wants_work",
	                      "yes", "contact_language", "uk"));
	assert_status(a, 303);
	assert_int_equal(strncmp(a.location, "/candidates/", 12), 0);
	(void)strncat(olena, a.location + 12, 36);
	char path[200]; /* the answer lives until the next one */
	(void)snprintf(path, sizeof path, "%s", a.location);
	a = service_get(CASEWORKER, path);
	assert_status(a, 200);
	assert_says(a, "Olena Tkachenko");
	assert_says(a, "lang=\"uk\"");
	assert_says(a, "Олена Ткаченко");
	assert_says(a, "Randers");
	assert_string_equal(service_sql("SELECT state FROM lg.candidate WHERE id = '%s'", olena), "registered");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.audit WHERE subject = '%s' AND verb = 'registered'", olena), "1");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.read_audit WHERE '%s' = ANY (subjects)", olena), "1");
}

static void what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(void **state)
{
	(void)state;
	struct service_answer a = service_post(CASEWORKER, "/candidates",
	                                       FORM("given_name", "Iryna", "born", "1990-13-40", "mail", "nobody"));
	assert_status(a, 422);
	assert_says(a, "Iryna");
	assert_says(a, "1990-13-40");
	assert_says(a, "f-born");
	assert_says(a, "f-family_name");
	assert_says(a, "legal_basis");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate"), "1");
}

static void cyrillic_alone_gives_the_latin_name_of_the_passport(void **state)
{
	(void)state;
	struct service_answer a = service_post(CASEWORKER, "/candidates",
	                                       FORM("given_native", "Юлія", "family_native", "Згурська", "given_name",
	                                            "", "family_name", "", "legal_basis", "public_task"));
	assert_status(a, 303);
	assert_string_equal(service_sql("SELECT given_name || ' ' || family_name || ' ' || state FROM lg.candidate "
	                                "WHERE family_native = 'Згурська'"),
	                    "Yuliia Zghurska draft");
}

static const char *placed(const char *id)
{
	return service_sql("SELECT coalesce(point, '-') || ' ' || latitude_e6 || ' ' || longitude_e6 FROM lg.candidate "
	                   "WHERE id = '%s'",
	                   id);
}

static void an_address_is_placed_by_hand_or_in_the_middle_of_the_municipality(void **state)
{
	(void)state;
	const char *id = service_sql("SELECT id FROM lg.candidate WHERE family_native = 'Згурська'");
	char path[120];
	(void)snprintf(path, sizeof path, "/candidates/%s/edit/contact", id);
	assert_status(service_post(CASEWORKER, path, FORM("version", "1", "municipality", "DK-0461")), 303);
	assert_non_null(strstr(placed(id), "- 55"));
	assert_status(service_post(CASEWORKER, path,
	                           FORM("version", "2", "municipality", "DK-0461", "point", " 55,4038; 10,4024")),
	              303);
	assert_string_equal(placed(id), "55.403800, 10.402400 55403800 10402400");
	struct service_answer a = service_post(
	    CASEWORKER, path, FORM("version", "3", "municipality", "DK-0461", "point", "10.4024, 55.4038"));
	assert_status(a, 422);
	assert_says(a, "Write the latitude first");
	a = service_post(CASEWORKER, path, FORM("version", "3", "municipality", "DK-0461", "point", "here"));
	assert_status(a, 422);
	assert_says(a, "as a map shows them");
	assert_string_equal(placed(id), "55.403800, 10.402400 55403800 10402400");
}

static void a_second_registration_is_warned_of_in_either_script(void **state)
{
	(void)state;
	struct service_answer a = service_post(CASEWORKER, "/candidates",
	                                       FORM("given_name", "Elena", "family_name", "Tkatchenko", "born",
	                                            "1990-05-24", "legal_basis", "public_task"));
	assert_status(a, 409);
	assert_says(a, "Olena Tkachenko");
	a = service_post(CASEWORKER, "/candidates",
	                 FORM("given_name", "Elena", "family_name", "Tkatchenko", "born", "1990-05-24", "legal_basis",
	                      "public_task", "anyway", "1"));
	assert_status(a, 303);
}

static void a_section_is_changed_and_its_history_says_who_and_what(void **state)
{
	(void)state;
	char path[120];
	(void)snprintf(path, sizeof path, "/candidates/%s/edit/languages", olena);
	struct service_answer a = service_get(CASEWORKER, path);
	assert_status(a, 200);
	const char *version = service_between(a.body, "name=\"version\" value=\"", "\"");
	assert_string_equal(version, "1");
	a = service_post(CASEWORKER, path,
	                 FORM("version", "1", "languages-0.language", "uk", "languages-0.interaction", "native",
	                      "languages-1.language", "da", "languages-1.interaction", "a2_plus", "languages-1.source",
	                      "exam", "languages-2.language", "", "why", "told on the phone"));
	assert_status(a, 303);
	(void)snprintf(path, sizeof path, "/candidates/%s/history", olena);
	a = service_get(CASEWORKER, path);
	assert_says(a, "Mette caseworker");
	assert_says(a, "A2+");
	assert_says(a, "told on the phone");
}

static void two_who_save_at_once_see_both_versions(void **state)
{
	(void)state;
	char path[120];
	(void)snprintf(path, sizeof path, "/candidates/%s/edit/contact", olena);
	struct service_answer a =
	    service_post(CASEWORKER, path, FORM("version", "2", "phone", "+45 00 00 00 02", "town", "Randers"));
	assert_status(a, 303);
	a = service_post(CASEWORKER, path, FORM("version", "2", "phone", "+45 00 00 00 03", "town", "Randers"));
	assert_status(a, 409);
	assert_says(a, "+45 00 00 00 02");
	assert_says(a, "+45 00 00 00 03");
	assert_string_equal(service_sql("SELECT phone FROM lg.candidate WHERE id = '%s'", olena), "+45 00 00 00 02");
	a = service_post(CASEWORKER, path, FORM("phone", "+45 00 00 00 04"));
	assert_status(a, 428);
}

static void fields_that_are_none_change_nothing(void **state)
{
	(void)state;
	char path[120];
	(void)snprintf(path, sizeof path, "/candidates/%s/edit/contact", olena);
	static const char *const names[] = { "tenant_id", "role", "owner_id", "row_version", "state", "id" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct service_answer a =
		    service_post(CASEWORKER, path, FORM("version", "3", "phone", "+45 00 00 00 09", names[i], "2"));
		assert_status(a, 422);
	}
	assert_string_equal(service_sql("SELECT phone || version FROM lg.candidate WHERE id = '%s'", olena),
	                    "+45 00 00 00 023");
}

static void a_number_is_sealed_masked_and_shown_only_with_a_trace(void **state)
{
	(void)state;
	char path[160];
	(void)snprintf(path, sizeof path, "/candidates/%s/edit/identifiers", olena);
	struct service_answer a = service_post(
	    CASEWORKER, path, FORM("version", "3", "identifiers-0.kind", "cpr", "identifiers-0.number", "010150-5006"));
	assert_status(a, 303);
	(void)snprintf(path, sizeof path, "/candidates/%s", olena);
	a = service_get(CASEWORKER, path);
	assert_null(strstr(a.body, "5006"));
	const char *number = service_between(a.body, "/numbers/", "\"");
	assert_non_null(number);
	(void)snprintf(path, sizeof path, "/candidates/%s/numbers/%s", olena, number);
	assert_status(service_post(READER, path, FORM("why", "curious")), 403);
	a = service_post(CASEWORKER, path, FORM("why", "the tax office asks"));
	assert_status(a, 200);
	assert_says(a, "010150-5006");
	assert_string_equal(service_sql("SELECT why FROM lg.audit WHERE verb = 'revealed'"), "the tax office asks");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate_identifier WHERE position('0101505006' IN "
	                                "encode(box, 'escape')) > 0"),
	                    "0");
	/* saved again with its mask, it stays as it is */
	(void)snprintf(path, sizeof path, "/candidates/%s/edit/identifiers", olena);
	const char *box = service_sql("SELECT encode(box, 'hex') FROM lg.candidate_identifier");
	const char *masked = service_sql("SELECT masked FROM lg.candidate_identifier");
	a = service_post(CASEWORKER, path,
	                 FORM("version", "4", "identifiers-0.kind", "cpr", "identifiers-0.number", masked,
	                      "identifiers-0.valid_until", "2030-01-01"));
	assert_status(a, 303);
	assert_string_equal(service_sql("SELECT encode(box, 'hex') FROM lg.candidate_identifier"), box);
}

static void a_number_without_check_digit_is_taken_with_a_warning(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(CASEWORKER, "/candidates",
	                 FORM("given_name", "Taras", "family_name", "Melnyk", "legal_basis", "public_task",
	                      "identifiers-0.kind", "cpr", "identifiers-0.number", "010150-5000"));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "said=registered_odd"));
	a = service_post(CASEWORKER, "/candidates",
	                 FORM("given_name", "Somebody", "family_name", "Else", "legal_basis", "public_task",
	                      "identifiers-0.kind", "cpr", "identifiers-0.number", "010150-5000"));
	assert_status(a, 409);
	assert_says(a, "Taras Melnyk");
	assert_says(a, "The same identity number");
	a = service_post(CASEWORKER, "/candidates",
	                 FORM("given_name", "Somebody", "family_name", "Else", "legal_basis", "public_task",
	                      "identifiers-0.kind", "cpr", "identifiers-0.number", "320150-5000"));
	assert_status(a, 422);
	assert_says(a, "f-identifiers-0-number");
	/* and nobody is half registered */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate WHERE family_name = 'Else'"), "0");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.person_key k WHERE NOT EXISTS (SELECT FROM "
	                                "lg.candidate c WHERE c.id = k.subject)"),
	                    "0");
}

static void a_number_of_somebody_else_is_asked_about_once(void **state)
{
	(void)state;
	char path[160], version[20];
	(void)snprintf(path, sizeof path, "/candidates/%s/edit/identifiers", olena);
	(void)snprintf(version, sizeof version, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", olena));
	struct service_answer a =
	    service_post(CASEWORKER, path,
	                 FORM("version", version, "identifiers-0.kind", "cpr", "identifiers-0.number", "010150-5000"));
	assert_status(a, 422);
	assert_says(a, "Taras Melnyk");
	assert_says(a, "name=\"anyway\"");
	assert_string_equal(service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", olena), version);
}

static void a_row_more_needs_no_script(void **state)
{
	(void)state;
	char path[120];
	(void)snprintf(path, sizeof path, "/candidates/%s/edit/education", olena);
	struct service_answer a = service_post(
	    CASEWORKER, path, FORM("version", "5", "education-0.own_words", "Медичний коледж", "add", "education"));
	assert_status(a, 200);
	assert_says(a, "Медичний коледж");
	assert_says(a, "education-1.own_words");
	assert_string_equal(service_sql("SELECT education FROM lg.candidate WHERE id = '%s'", olena), "[]");
}

static void an_occupation_is_chosen_by_typing(void **state)
{
	(void)state;
	char path[120];
	struct service_answer a = service_get(CASEWORKER, "/concepts?of=occupation&q=sygeplejeske");
	assert_status(a, 200);
	const char *code =
	    lg_strdup(service_cx()->mem, json_string_value(json_object_get(json_array_get(a.json, 0), "id")));
	char kept[20];
	(void)snprintf(kept, sizeof kept, "%s", code);
	(void)snprintf(path, sizeof path, "/candidates/%s/edit/occupations", olena);
	a = service_post(CASEWORKER, path,
	                 FORM("version", "5", "occupations-0.typed_occupation", "медсестра", "occupations-0.occupation",
	                      "", "occupations-0.years", "6"));
	assert_status(a, 422); /* typed, not chosen: the nearest are offered */
	assert_says(a, "type=\"radio\"");
	assert_says(a, kept);
	a = service_post(CASEWORKER, path,
	                 FORM("version", "5", "occupations-0.occupation", kept, "occupations-0.years", "6",
	                      "occupations-0.own_words", "медсестра реанімації"));
	assert_status(a, 303);
	(void)snprintf(path, sizeof path, "/candidates/%s", olena);
	a = service_get(CASEWORKER, path);
	assert_says(a, "медсестра реанімації");
}

static void the_list_finds_a_name_in_either_script_and_misspelt(void **state)
{
	(void)state;
	static const char *const asked[] = { "Olena", "tkachen", "%D0%BE%D0%BB%D0%B5%D0%BD%D0%B0", "Tkatschenko",
		                             "Olna" };
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		char path[200];
		(void)snprintf(path, sizeof path, "/candidates?q=%s", asked[i]);
		struct service_answer a = service_get(CASEWORKER, path);
		assert_status(a, 200);
		assert_says(a, "Tkachenko");
	}
	struct service_answer a = service_get(CASEWORKER, "/candidates?q=tkachen");
	assert_says(a, "<mark>");
	a = service_get(CASEWORKER, "/candidates?q=Xyzzyx");
	assert_null(strstr(a.body, "Tkachenko"));
	assert_status(service_get(CASEWORKER, "/candidates?sort=nothing"), 422);
	assert_status(service_get(CASEWORKER, "/candidates?q=a%27%20OR%201%3D1--"), 200);
}

static void my_day_shows_who_has_no_next_step(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, "/");
	assert_status(a, 200);
	assert_says(a, "Olena Tkachenko");
	char path[120];
	(void)snprintf(path, sizeof path, "/candidates/%s/tasks", olena);
	assert_status(service_post(CASEWORKER, path, FORM("what", "Call the ward", "due", "2026-12-01")), 303);
	a = service_get(CASEWORKER, "/");
	assert_says(a, "Call the ward");
	const char *task = service_between(a.body, "/tasks/", "/done");
	(void)snprintf(path, sizeof path, "/tasks/%s/done", task);
	assert_status(service_post(CASEWORKER, path, FORM("x", "")), 303);
	a = service_get(CASEWORKER, "/");
	assert_null(strstr(a.body, "Call the ward"));
}

static void notes_and_contacts_stand_in_the_timeline(void **state)
{
	(void)state;
	char path[120];
	(void)snprintf(path, sizeof path, "/candidates/%s/notes", olena);
	assert_status(
	    service_post(CASEWORKER, path, FORM("text", "Хоче працювати в лікарні <script>", "language", "uk")), 303);
	assert_status(service_post(CASEWORKER, path, FORM("text", "   ")), 422);
	assert_status(service_post(READER, path, FORM("text", "x")), 403);
	(void)snprintf(path, sizeof path, "/candidates/%s/contacts", olena);
	assert_status(
	    service_post(CASEWORKER, path,
	                 FORM("channel", "phone", "direction", "out", "reached", "yes", "words", "Spoke about Monday")),
	    303);
	(void)snprintf(path, sizeof path, "/candidates/%s", olena);
	struct service_answer a = service_get(CASEWORKER, path);
	assert_says(a, "Хоче працювати в лікарні &lt;script&gt;");
	assert_says(a, "Spoke about Monday");
}

static void states_move_only_where_they_may(void **state)
{
	(void)state;
	char path[120], version[20];
	(void)snprintf(path, sizeof path, "/candidates/%s/state", olena);
	(void)snprintf(version, sizeof version, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", olena));
	assert_status(service_post(CASEWORKER, path, FORM("version", version, "state", "placed")), 422);
	assert_status(service_post(CASEWORKER, path, FORM("version", version, "state", "closed")), 422);
	assert_status(service_post(CASEWORKER, path, FORM("version", version, "state", "closed", "reason", "moved")),
	              303);
	assert_string_equal(
	    service_sql("SELECT state || ' ' || closed_reason FROM lg.candidate WHERE id = '%s'", olena),
	    "closed moved");
}

static void another_office_sees_nothing_and_learns_nothing(void **state)
{
	(void)state;
	static const char *const rests[] = { "", "/print", "/history", "/seen", "/edit/person" };
	for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
		char path[160];
		(void)snprintf(path, sizeof path, "/candidates/%s%s", olena, rests[i]);
		struct service_answer a = service_get(STRANGER, path);
		assert_status(a, 404);
		char *foreign = strdup(a.body);
		(void)snprintf(path, sizeof path, "/candidates/00000000-0000-4000-8000-000000000000%s", rests[i]);
		a = service_get(STRANGER, path);
		assert_status(a, 404);
		/* byte for byte, but for the number of the request, the csrf and the address itself */
		assert_int_equal(strlen(foreign), strlen(a.body));
		free(foreign);
	}
	struct service_answer a = service_get(STRANGER, "/candidates?q=Olena");
	assert_null(strstr(a.body, "Tkachenko"));
}

static void who_takes_care_is_a_colleague(void **state)
{
	(void)state;
	const char *nobody = "00000000-0000-4000-8000-000000000000";
	char path[100], here[40];
	struct service_answer a =
	    service_post(CASEWORKER, "/candidates",
	                 FORM("given_name", "Halyna", "family_name", "Zbruch", "legal_basis", "public_task"));
	assert_status(a, 303);
	(void)snprintf(here, sizeof here, "%.36s", a.location + 12);
	(void)snprintf(path, sizeof path, "/candidates/%s/edit/next", here);
	a = service_post(CASEWORKER, path, FORM("version", "1", "owner", nobody));
	assert_status(a, 422);
	assert_says(a, "Choose a colleague of the list.");
	/* one of the other office is nobody here */
	assert_status(service_post(CASEWORKER, path, FORM("version", "1", "owner", service_account(STRANGER))), 422);
	assert_status(service_post(CASEWORKER, path, FORM("version", "1", "owner", service_account(CASEWORKER))), 303);
	(void)snprintf(path, sizeof path, "/candidates/%s/tasks", here);
	assert_status(service_post(CASEWORKER, path, FORM("what", "Call", "due", "2030-01-01", "owner", nobody)), 422);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.task WHERE candidate_id = '%s'", here), "0");
}

/* Narrowed to a unit of the first office. */
static int colleague_of(const char *unit)
{
	int who = service_sign_in(1, "caseworker");
	(void)service_sql("UPDATE lg.member_role SET unit_id = '%s' WHERE member_id = (SELECT id FROM lg.member WHERE "
	                  "tenant_id = 1 AND account_id = '%s')",
	                  unit, service_account(who));
	return who;
}

static void a_role_of_a_unit_sees_its_candidates_only(void **state)
{
	(void)state;
	static const char *const rests[] = { "", "/print", "/history", "/seen", "/edit/next" };
	char north[40], south[40], hers[40], path[160];
	(void)snprintf(north, sizeof north, "%s",
	               service_sql("INSERT INTO lg.unit (tenant_id, name) VALUES (1, 'North') RETURNING id"));
	(void)snprintf(south, sizeof south, "%s",
	               service_sql("INSERT INTO lg.unit (tenant_id, name) VALUES (1, 'South') RETURNING id"));
	int who = colleague_of(north);
	for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
		(void)snprintf(path, sizeof path, "/candidates/%s%s", olena, rests[i]);
		assert_status(service_get(who, path), 404);
	}
	(void)snprintf(path, sizeof path, "/candidates/%s/notes", olena);
	assert_status(service_post(who, path, FORM("text", "Hello")), 404);
	struct service_answer a = service_get(who, "/candidates");
	assert_status(a, 200);
	assert_null(strstr(a.body, "Tkachenko"));

	/* registered without a word about it */
	a = service_post(who, "/candidates",
	                 FORM("given_name", "Larysa", "family_name", "Pivnich", "legal_basis", "public_task"));
	assert_status(a, 303);
	(void)snprintf(hers, sizeof hers, "%.36s", a.location + 12);
	assert_string_equal(service_sql("SELECT unit FROM lg.candidate WHERE id = '%s'", hers), north);
	assert_says(service_get(who, "/candidates?q=Pivnich"), "Pivnich");
	assert_says(service_get(CASEWORKER, "/candidates?q=Pivnich"), "Pivnich");
	(void)snprintf(path, sizeof path, "/candidates/%s/edit/next", hers);
	a = service_get(who, path);
	assert_says(a, north);
	assert_null(strstr(a.body, south));
	a = service_post(who, path, FORM("version", "1", "unit", south));
	assert_status(a, 422);
	assert_status(service_post(who, path, FORM("version", "1", "unit", "")), 422);
	assert_status(service_post(who, path, FORM("version", "1", "unit", north, "next_step", "Call")), 303);

	/* whoever sees the whole office moves it, and then it is another's */
	assert_status(
	    service_post(CASEWORKER, path, FORM("version", "2", "unit", "00000000-0000-4000-8000-000000000000")), 422);
	assert_status(service_post(CASEWORKER, path, FORM("version", "2", "unit", south)), 303);
	(void)snprintf(path, sizeof path, "/candidates/%s", hers);
	assert_says(service_get(CASEWORKER, path), "South");
	assert_status(service_get(who, path), 404);
	(void)snprintf(path, sizeof path, "/api/v1/candidates/%s", hers);
	assert_says(service_get(PROGRAM, path), south);
	(void)snprintf(path, sizeof path, "/candidates?unit=%s", south);
	assert_says(service_get(CASEWORKER, path), "Pivnich");
	(void)snprintf(path, sizeof path, "/candidates?unit=%s", north);
	assert_null(strstr(service_get(CASEWORKER, path).body, "Pivnich"));
	assert_status(service_get(CASEWORKER, "/candidates?unit=North"), 422);
}

static void files_hold_no_formula(void **state)
{
	(void)state;
	assert_status(service_post(CASEWORKER, "/candidates",
	                           FORM("given_name", "=cmd|' /C calc'!A0", "family_name", "@SUM(1)", "legal_basis",
	                                "public_task")),
	              303);
	struct service_answer a = service_get(CASEWORKER, "/candidates.csv");
	assert_status(a, 200);
	assert_says(a, "'=cmd|");
	assert_says(a, "'@SUM(1)");
	assert_string_equal(service_sql("SELECT why FROM lg.audit WHERE verb = 'exported'"),
	                    service_sql("SELECT 'csv, ' || count(*) FROM lg.candidate"));
	assert_says(a, "given_name,family_name,given_native,family_native,municipality,municipality_name,");
	a = service_get(CASEWORKER, "/candidates.xlsx");
	assert_status(a, 200);
	assert_int_equal(strncmp(a.body, "PK", 2), 0);
	a = service_get(CASEWORKER, "/candidates.ndjson");
	assert_status(a, 200);
	assert_says(a, "\"given_name\":\"=cmd|"); /* data for programs stay as they are */
	assert_null(strstr(a.body, "identifiers"));
	assert_null(strstr(a.body, "needs_words"));
	assert_status(service_get(READER, "/candidates.csv"), 403);
}

static void erasing_takes_all_and_the_chain_holds(void **state)
{
	(void)state;
	char path[120], version[20];
	(void)snprintf(path, sizeof path, "/candidates/%s/erase", olena);
	(void)snprintf(version, sizeof version, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", olena));
	(void)service_sql("SELECT lg_gate.seal_audit()");
	assert_status(
	    service_post(CASEWORKER, path, FORM("version", version, "family_name", "Tkachenko", "why", "asked for it")),
	    403);
	assert_status(
	    service_post(OFFICER, path, FORM("version", version, "family_name", "Somebody", "why", "asked for it")),
	    422);
	assert_status(
	    service_post(OFFICER, path, FORM("version", version, "family_name", "Tkachenko", "why", "asked for it")),
	    303);
	assert_string_equal(service_sql("SELECT (SELECT count(*) FROM lg.candidate WHERE id = '%s') + (SELECT count(*) "
	                                "FROM lg.note) + (SELECT count(*) FROM lg.person_key WHERE subject = '%s')",
	                                olena, olena),
	                    "0");
	struct service_answer a = service_get(OFFICER, "/audit/check");
	assert_status(a, 200);
	assert_says(a, "The chain holds");
}

static void everybody_without_a_session_is_led_to_sign_in(void **state)
{
	(void)state;
	struct service_answer a = service_get(NOBODY, "/candidates");
	assert_status(a, 303);
	assert_int_equal(strncmp(a.location, "/sign-in?next=", 14), 0);
	a = service_get(NOBODY, "/was");
	assert_status(a, 200);
	assert_says(a, "href=\"tel:+4500000000\"");
	assert_says(a, "href=\"mailto:help@vinterby.example\"");
	assert_says(a, "href=\"https://was.example/vinterby\"");
	a = service_get(NOBODY, "/privacy");
	assert_status(a, 200);
	assert_says(a, "Vinterby Kommune");
	assert_says(a, "href=\"mailto:dpo@vinterby.example\"");
	assert_status(service_get(NOBODY, "/.well-known/security.txt"), 200);
	assert_status(service_api(NOBODY, HTTP_GET, "/api/v1/candidates", NULL, NULL), 401);
}

static int open_all(void **state)
{
	service_open(*state);
	return 0;
}

static int close_all(void **state)
{
	(void)state;
	service_close();
	return 0;
}

int main(int argc, char **argv)
{
	(void)argc;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_three_minute_form_registers),
		cmocka_unit_test(what_is_wrong_is_told_at_its_field_and_what_was_typed_stays),
		cmocka_unit_test(cyrillic_alone_gives_the_latin_name_of_the_passport),
		cmocka_unit_test(an_address_is_placed_by_hand_or_in_the_middle_of_the_municipality),
		cmocka_unit_test(a_second_registration_is_warned_of_in_either_script),
		cmocka_unit_test(a_section_is_changed_and_its_history_says_who_and_what),
		cmocka_unit_test(two_who_save_at_once_see_both_versions),
		cmocka_unit_test(fields_that_are_none_change_nothing),
		cmocka_unit_test(a_number_is_sealed_masked_and_shown_only_with_a_trace),
		cmocka_unit_test(a_number_without_check_digit_is_taken_with_a_warning),
		cmocka_unit_test(a_number_of_somebody_else_is_asked_about_once),
		cmocka_unit_test(a_row_more_needs_no_script),
		cmocka_unit_test(an_occupation_is_chosen_by_typing),
		cmocka_unit_test(the_list_finds_a_name_in_either_script_and_misspelt),
		cmocka_unit_test(my_day_shows_who_has_no_next_step),
		cmocka_unit_test(notes_and_contacts_stand_in_the_timeline),
		cmocka_unit_test(states_move_only_where_they_may),
		cmocka_unit_test(another_office_sees_nothing_and_learns_nothing),
		cmocka_unit_test(who_takes_care_is_a_colleague),
		cmocka_unit_test(a_role_of_a_unit_sees_its_candidates_only),
		cmocka_unit_test(files_hold_no_formula),
		cmocka_unit_test(erasing_takes_all_and_the_chain_holds),
		cmocka_unit_test(everybody_without_a_session_is_led_to_sign_in),
	};
	static char *cluster;
	cluster = argv[1];
	(void)open_all((void **)&cluster);
	int failed = cmocka_run_group_tests_name("candidate", tests, NULL, close_all);
	return failed;
}
