/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Two records that are one: side by side, made one, and two again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "service.h"

static char olena[40], elena[40], path[240], merge[40];

static const char *at(const char *rest)
{
	(void)snprintf(path, sizeof path, "/candidates/%s%s", olena, rest);
	return path;
}

static const char *both(const char *before, const char *a, const char *b)
{
	(void)snprintf(path, sizeof path, "%s/%s/merge/%s", before, a, b);
	return path;
}

static void id_of(char to[40], struct service_answer a)
{
	assert_status(a, 303);
	to[0] = '\0';
	(void)strncat(to, strrchr(a.location, '/') + 1, 36);
}

static const char *opening(const char *title)
{
	return service_sql(
	    "INSERT INTO lg.opening (tenant_id, id, employer_id, kind, title, positions, state, sort_name) "
	    "SELECT 1, gen_random_uuid(), e.id, 'job', '%s', 2, 'draft', '%s' FROM lg.employer e WHERE "
	    "e.tenant_id = 1 LIMIT 1 RETURNING id",
	    title, title);
}

static void propose(const char *candidate, const char *to, const char *state)
{
	(void)service_sql(
	    "INSERT INTO lg.proposal (tenant_id, id, candidate_id, opening_id, state, state_since) VALUES (1, "
	    "gen_random_uuid(), '%s', '%s', '%s', current_date)",
	    candidate, to, state);
}

static void somebody_is_here_twice(void **state)
{
	(void)state;
	id_of(olena, service_post(CASEWORKER, "/candidates",
	                          FORM("given_name", "Olena", "family_name", "Tkachenko", "born", "1990-05-24", "phone",
	                               "+45 00 00 00 01", "legal_basis", "public_task")));
	id_of(elena, service_post(CASEWORKER, "/candidates",
	                          FORM("given_name", "Elena", "family_name", "Tkatchenko", "born", "1990-05-24", "mail",
	                               "elena@example.org", "phone", "+45 00 00 00 02", "legal_basis", "public_task",
	                               "anyway", "1")));
	(void)snprintf(path, sizeof path, "/candidates/%s/edit/identifiers", elena);
	assert_status(service_post(CASEWORKER, path,
	                           FORM("version", "1", "identifiers-0.kind", "cpr", "identifiers-0.number",
	                                "240590-1236", "anyway", "1")),
	              303);
	(void)snprintf(path, sizeof path, "/candidates/%s/notes", elena);
	assert_status(service_post(CASEWORKER, path, FORM("text", "Hun vil gerne svejse")), 303);
	(void)snprintf(path, sizeof path, "/candidates/%s/documents", elena);
	assert_status(service_upload(CASEWORKER, path, FORM("kind", "cv"), "cv.txt", "Svejser", 7), 303);
	struct service_answer a = service_get(CASEWORKER, at("/merge"));
	assert_status(a, 200);
	assert_says(a, "Elena Tkatchenko");
	assert_says(a, elena);
}

static void both_stand_side_by_side(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, both("/candidates", olena, elena));
	assert_status(a, 200);
	assert_says(a, "+45 00 00 00 01");
	assert_says(a, "+45 00 00 00 02");
	assert_says(a, "elena@example.org");
	assert_says(a, "name=\"other_version\" value=\"2\"");
	assert_status(service_get(READER, path), 403);
	assert_status(service_get(STRANGER, path), 404);
	(void)snprintf(path, sizeof path, "https://landgang.example/candidates/%s?said=saved", elena);
	char address[240];
	(void)strcpy(address, path);
	a = service_post(CASEWORKER, at("/merge"), FORM("other", address));
	assert_status(a, 303);
	assert_string_equal(a.location, both("/candidates", olena, elena));
	assert_status(service_post(CASEWORKER, at("/merge"), FORM("other", "nobody")), 422);
	assert_status(service_get(CASEWORKER, both("/candidates", olena, olena)), 422);
}

static void old_versions_wrong_fields_and_strangers_merge_nothing(void **state)
{
	(void)state;
	(void)both("/candidates", olena, elena);
	assert_status(service_post(CASEWORKER, path, FORM("version", "1", "other_version", "1")), 409);
	assert_status(service_post(CASEWORKER, path, FORM("other_version", "2")), 428);
	assert_status(service_post(CASEWORKER, path, FORM("version", "1", "other_version", "2", "phone", "third")),
	              422);
	assert_status(service_post(CASEWORKER, path, FORM("version", "1", "other_version", "2", "tenant_id", "gone")),
	              422);
	assert_status(service_post(CASEWORKER, path, FORM("version", "1", "other_version", "2", "phone", "both")), 422);
	assert_status(service_post(STRANGER, path, FORM("version", "1", "other_version", "2")), 404);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate WHERE tenant_id = 1"), "2");
}

static void two_are_made_one(void **state)
{
	(void)state;
	struct service_answer a = service_post(CASEWORKER, "/employers", FORM("name", "Vinterby Smedje"));
	assert_status(a, 303);
	char first[40] = "", second[40] = "";
	(void)strncat(first, opening("welder"), 36);
	(void)strncat(second, opening("smith"), 36);
	propose(olena, first, "shortlisted");
	propose(elena, first, "interview");
	propose(elena, second, "presented");
	a = service_post(CASEWORKER, both("/candidates", olena, elena),
	                 FORM("version", "1", "other_version", "2", "phone", "gone", "given_name", "kept", "why",
	                      "the same person"));
	assert_status(a, 303);
	(void)strncat(merge, service_sql("SELECT id FROM lg.merge"), 36);
	assert_string_equal(
	    service_sql("SELECT string_agg(given_name || ' ' || phone || ' ' || mail, ',') FROM lg.candidate "
	                "WHERE tenant_id = 1"),
	    "Olena +45 00 00 00 02 elena@example.org");
	assert_string_equal(
	    service_sql("SELECT (SELECT count(*) FROM lg.note WHERE candidate_id = '%s') + (SELECT count(*) "
	                "FROM lg.document_word WHERE candidate_id = '%s') + (SELECT count(*) FROM "
	                "lg.candidate_identifier WHERE candidate_id = '%s')",
	                olena, olena, olena),
	    "3");
	assert_string_equal(
	    service_sql("SELECT string_agg(state, ' ' ORDER BY state) FROM lg.proposal WHERE candidate_id = "
	                "'%s'",
	                olena),
	    "interview presented");
	a = service_get(CASEWORKER, at("/history"));
	assert_says(a, "Made one of two");
	assert_says(a, "the same person");
	assert_says(a, "Note written"); /* of the other's history */
}

static void its_old_address_leads_to_the_first(void **state)
{
	(void)state;
	(void)snprintf(path, sizeof path, "/candidates/%s", elena);
	struct service_answer a = service_get(CASEWORKER, path);
	assert_status(a, 303);
	assert_string_equal(a.location, at(""));
	(void)snprintf(path, sizeof path, "/candidates/%s", elena);
	assert_status(service_get(STRANGER, path), 404);
	(void)snprintf(path, sizeof path, "/api/v1/candidates/%s", elena);
	a = service_get(PROGRAM, path);
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "/api/v1/candidates/"));
	/* what moved is readable where it is: the number, the document */
	const char *number = service_sql("SELECT id FROM lg.candidate_identifier");
	(void)snprintf(path, sizeof path, "/candidates/%s/numbers/%s", olena, number);
	assert_says(service_post(CASEWORKER, path, FORM("why", "to see it")), "240590-1236");
	(void)snprintf(path, sizeof path, "/candidates/%s/documents/%s/file", olena,
	               service_sql("SELECT id FROM lg.document"));
	assert_string_equal(service_get(CASEWORKER, path).body, "Svejser");
}

static void undone_both_are_as_they_were_where_nobody_touched_them(void **state)
{
	(void)state;
	const char *version = service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", olena);
	assert_status(service_post(CASEWORKER, at("/edit/contact"),
	                           FORM("version", version, "phone", "+45 00 00 00 02", "mail", "new@example.org")),
	              303);
	version = service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", olena);
	assert_says(service_get(CASEWORKER, at("/merge")), merge);
	(void)snprintf(path, sizeof path, "/candidates/%s/merges/%s/undo", olena, merge);
	assert_status(service_post(STRANGER, path, FORM("version", version)), 404);
	assert_status(service_post(CASEWORKER, path, FORM("version", "1")), 409);
	assert_status(service_post(CASEWORKER, path, FORM("version", version, "why", "two sisters")), 303);
	assert_string_equal(
	    service_sql("SELECT string_agg(given_name || ' ' || phone || ' ' || mail, ',' ORDER BY given_name) "
	                "FROM lg.candidate WHERE tenant_id = 1"),
	    "Elena +45 00 00 00 02 elena@example.org,Olena +45 00 00 00 01 new@example.org");
	assert_string_equal(
	    service_sql("SELECT (SELECT count(*) FROM lg.note WHERE candidate_id = '%s') + (SELECT count(*) "
	                "FROM lg.document_word WHERE candidate_id = '%s') + (SELECT count(*) FROM "
	                "lg.candidate_identifier WHERE candidate_id = '%s')",
	                elena, elena, elena),
	    "3");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate_identifier"), "1");
	assert_string_equal(
	    service_sql("SELECT string_agg(c.given_name || ' ' || p.state, ',' ORDER BY c.given_name, p.state) "
	                "FROM lg.proposal p JOIN lg.candidate c ON c.id = p.candidate_id"),
	    "Elena interview,Elena presented,Olena shortlisted");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.merge WHERE box IS NULL"), "1");
	(void)snprintf(path, sizeof path, "/candidates/%s/merges/%s/undo", olena, merge);
	version = service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", olena);
	assert_status(service_post(CASEWORKER, path, FORM("version", version)), 404);
	struct service_answer a = service_get(CASEWORKER, "/candidates?q=tkatchenko");
	assert_says(a, elena);
	(void)snprintf(path, sizeof path, "/candidates/%s", elena);
	assert_status(service_get(CASEWORKER, path), 200);
}

static void a_position_that_both_had_is_given_back_and_taken_again(void **state)
{
	(void)state;
	const char *headers[] = { "If-Match", "1", NULL };
	char version[20], other[20], body[200];
	(void)service_sql(
	    "UPDATE lg.proposal SET state = 'agreed' WHERE opening_id = (SELECT id FROM lg.opening WHERE title = "
	    "'welder'); UPDATE lg.opening SET agreed = 2 WHERE title = 'welder'");
	(void)snprintf(version, sizeof version, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", olena));
	(void)snprintf(other, sizeof other, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", elena));
	(void)snprintf(body, sizeof body, "{\"other_version\": %s, \"take\": {\"mail\": \"gone\"}}", other);
	(void)snprintf(path, sizeof path, "/api/v1/candidates/%s/merge/%s", olena, elena);
	headers[1] = version;
	struct service_answer a = service_api(PROGRAM, HTTP_POST, path, body, headers);
	assert_status(a, 201);
	assert_string_equal(service_sql("SELECT agreed FROM lg.opening WHERE title = 'welder'"), "1");
	(void)snprintf(version, sizeof version, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", olena));
	(void)snprintf(path, sizeof path, "/api/v1/candidates/%s/merges/%s/undo", olena,
	               service_sql("SELECT id FROM lg.merge WHERE undone IS NULL"));
	assert_status(service_api(PROGRAM, HTTP_POST, path, "", headers), 204);
	assert_string_equal(service_sql("SELECT agreed FROM lg.opening WHERE title = 'welder'"), "2");
}

static void employers_are_merged_the_same_way(void **state)
{
	(void)state;
	char first[40], second[40];
	id_of(first, service_post(CASEWORKER, "/employers", FORM("name", "Skagen Fisk")));
	id_of(second, service_post(CASEWORKER, "/employers", FORM("name", "Skagen Fisk", "anyway", "1")));
	(void)service_sql(
	    "UPDATE lg.opening SET employer_id = '%s'; UPDATE lg.employer SET relation = 'active' WHERE id = "
	    "'%s'",
	    second, first);
	(void)snprintf(path, sizeof path, "/employers/%s/merge", first);
	assert_says(service_get(CASEWORKER, path), second);
	assert_status(service_get(CASEWORKER, both("/employers", first, second)), 200);
	assert_status(service_post(CASEWORKER, path, FORM("version", "1", "other_version", "1", "relation", "gone")),
	              303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.opening WHERE employer_id = '%s'", first), "2");
	(void)snprintf(path, sizeof path, "/employers/%s", second);
	assert_status(service_get(CASEWORKER, path), 303);
	(void)snprintf(path, sizeof path, "/employers/%s/merges/%s/undo", first,
	               service_sql("SELECT id FROM lg.merge WHERE entity = 'employer'"));
	assert_status(service_post(CASEWORKER, path, FORM("version", "2")), 303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.opening WHERE employer_id = '%s'", second), "2");
	assert_string_equal(service_sql("SELECT relation FROM lg.employer WHERE id = '%s'", first), "active");
	(void)snprintf(path, sizeof path, "/employers/%s/history", first);
	assert_says(service_get(CASEWORKER, path), "Made two again");
}

/* A table that hangs on candidates or employers, and that a merge does not move, would lose its rows with one. */
static void no_table_is_forgotten(void **state)
{
	(void)state;
	assert_string_equal(
	    service_sql("SELECT string_agg(DISTINCT conrelid::regclass::text, ' ' ORDER BY "
	                "conrelid::regclass::text) FROM pg_constraint WHERE contype = 'f' AND confrelid = "
	                "'lg.candidate'::regclass"),
	    "lg.ambition_case lg.candidate_identifier lg.candidate_trigram lg.contact lg.document lg.document_piece "
	    "lg.document_word lg.enquiry lg.fast_lane lg.imported lg.message lg.note lg.outcome lg.proposal "
	    "lg.screening "
	    "lg.share "
	    "lg.task");
	assert_string_equal(
	    service_sql("SELECT string_agg(DISTINCT conrelid::regclass::text, ' ' ORDER BY "
	                "conrelid::regclass::text) FROM pg_constraint WHERE contype = 'f' AND confrelid = "
	                "'lg.employer'::regclass"),
	    "lg.employer_trigram lg.imported lg.opening");
}

static void who_is_erased_takes_along_what_was_merged(void **state)
{
	(void)state;
	char version[20], other[20];
	(void)snprintf(version, sizeof version, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", olena));
	(void)snprintf(other, sizeof other, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", elena));
	(void)service_sql(
	    "INSERT INTO lg.fast_lane (tenant_id, candidate_id, opening_id, day, score) SELECT 1, '%s', id, "
	    "'today', 9000 FROM lg.opening LIMIT 1",
	    elena);
	assert_status(service_post(CASEWORKER, both("/candidates", olena, elena),
	                           FORM("version", version, "other_version", other)),
	              303);
	assert_string_equal(service_sql("SELECT candidate_id FROM lg.fast_lane"),
	                    olena); /* the night's find goes along */
	(void)snprintf(version, sizeof version, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", olena));
	assert_status(
	    service_post(OFFICER, at("/erase"), FORM("version", version, "family_name", "Tkachenko", "why", "asked")),
	    303);
	assert_string_equal(
	    service_sql("SELECT (SELECT count(*) FROM lg.person_key WHERE subject IN ('%s', '%s')) + (SELECT "
	                "count(*) FROM lg.merge WHERE entity = 'candidate' AND undone IS NULL) + (SELECT "
	                "count(*) FROM lg.document) + (SELECT count(*) FROM lg.fast_lane)",
	                olena, elena),
	    "0");
	(void)snprintf(path, sizeof path, "/candidates/%s", elena);
	assert_status(service_get(CASEWORKER, path), 404);
	(void)service_sql("SELECT lg_gate.seal_audit()");
	assert_says(service_get(OFFICER, "/audit/check"), "The chain holds");
}

static int close_all(void **state)
{
	(void)state;
	service_close();
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(somebody_is_here_twice),
		cmocka_unit_test(both_stand_side_by_side),
		cmocka_unit_test(old_versions_wrong_fields_and_strangers_merge_nothing),
		cmocka_unit_test(two_are_made_one),
		cmocka_unit_test(its_old_address_leads_to_the_first),
		cmocka_unit_test(undone_both_are_as_they_were_where_nobody_touched_them),
		cmocka_unit_test(a_position_that_both_had_is_given_back_and_taken_again),
		cmocka_unit_test(employers_are_merged_the_same_way),
		cmocka_unit_test(no_table_is_forgotten),
		cmocka_unit_test(who_is_erased_takes_along_what_was_merged),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("merge", tests, NULL, close_all);
}
