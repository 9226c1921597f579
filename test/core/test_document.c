/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Documents of a candidate: added, read, found by their words, given back as they were, taken away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "service.h"

static char olena[40], cv[40], path[200];
static const char text[] = "Олена Ткаченко\nSvejser med certifikat, 12 års erfaring på Lindøværftet.\nЗварювальник.\n";
static const char pdf[] = "%PDF-1.4\nno more of it";

#define UPLOAD(who, form, name, bytes) service_upload(who, path, form, name, bytes, sizeof(bytes) - 1)

static const char *at(const char *rest)
{
	(void)snprintf(path, sizeof path, "/candidates/%s%s", olena, rest);
	return path;
}

static void somebody_is_registered(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(CASEWORKER, "/candidates",
	                 FORM("given_name", "Olena", "family_name", "Tkachenko", "legal_basis", "public_task"));
	assert_status(a, 303);
	(void)strncat(olena, a.location + 12, 36);
	a = service_get(CASEWORKER, at(""));
	assert_says(a, "enctype=\"multipart/form-data\"");
	assert_says(a, "type=\"file\"");
	assert_says(a, "No documents.");
}

static void a_document_is_added_and_stands_on_the_page(void **state)
{
	(void)state;
	(void)at("/documents");
	struct service_answer a =
	    UPLOAD(CASEWORKER, FORM("kind", "cv", "valid_until", "2030-01-01"), "C:\\Мої\\Олена CV.txt", text);
	assert_status(a, 303);
	(void)strncat(cv, service_sql("SELECT id FROM lg.document"), 36);
	a = service_get(CASEWORKER, at(""));
	assert_says(a, "Curriculum vitae: Олена CV.txt");
	assert_says(a, cv);
	(void)snprintf(path, sizeof path, "/candidates/%s/documents/%s", olena, cv);
	a = service_get(READER, path);
	assert_status(a, 403);
	a = service_get(CASEWORKER, path);
	assert_status(a, 200);
	assert_says(a, "Svejser med certifikat");
	assert_says(a, "Its text can be searched");
}

static void it_comes_back_as_it_was_and_opens_nowhere(void **state)
{
	(void)state;
	(void)snprintf(path, sizeof path, "/candidates/%s/documents/%s/file", olena, cv);
	struct service_answer a = service_get(CASEWORKER, path);
	assert_status(a, 200);
	assert_string_equal(a.body, text);
	assert_string_equal(a.type, "text/plain");
	assert_non_null(strstr(service_header("Content-Disposition"), "attachment; filename=\""));
	assert_non_null(strstr(service_header("Content-Disposition"), "filename*=UTF-8''%D0%9E"));
	assert_non_null(strstr(service_header("Content-Security-Policy"), "sandbox"));
	assert_string_equal(service_header("X-Content-Type-Options"), "nosniff");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.read_audit WHERE route LIKE '%%/file' AND '%s' = ANY "
	                                "(subjects)",
	                                olena),
	                    "1");
}

static void nothing_of_it_stands_readable_in_the_database(void **state)
{
	(void)state;
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.document_piece WHERE position('Svejser'::bytea IN box) > 0"), "0");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.document WHERE position('Svejser'::bytea IN text_box) > 0"), "0");
	assert_string_equal(service_sql("SELECT count(*) > 5 FROM lg.document_word"), "t");
}

static void its_words_are_found_in_either_script_and_shown(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, "/candidates?q=svejser%20erfaring");
	assert_status(a, 200);
	assert_says(a, "Tkachenko");
	assert_says(a, "<mark>Svejser</mark>");
	assert_says(a, "<mark>erfaring</mark>");
	a = service_get(CASEWORKER, "/candidates?q=zvariuvalnyk");
	assert_says(a, "<mark>Зварювальник</mark>");
	a = service_get(CASEWORKER, "/candidates?q=svejser%20jurist");
	assert_null(strstr(a.body, "Tkachenko"));
	a = service_get(READER, "/candidates?q=svejser%20erfaring"); /* may not read documents */
	assert_null(strstr(a.body, "Tkachenko"));
	a = service_get(STRANGER, "/candidates?q=svejser%20erfaring");
	assert_null(strstr(a.body, "Tkachenko"));
	a = service_get(PROGRAM, "/api/v1/candidates?q=svejser");
	assert_status(a, 200);
	assert_says(a, "\"quote\"");
}

static void what_it_is_is_told_by_its_bytes(void **state)
{
	(void)state;
	static const struct {
		const char *name, *bytes, *says;
	} bad[] = {
		{ "a.pdf", "<!DOCTYPE html><script>alert(1)</script>", "is of another" },
		{ "a.txt", "%PDF-1.4 ", "is of another" },
		{ "a.svg", "<svg/>", "no kind of file" },
		{ "a.exe", "MZ", "no kind of file" },
		{ "a.png", "\x89PNG\r\n", "is of another" },
		{ "a.txt", "a\x01", "no kind of file" },
		{ "a", "text", "no kind of file" },
		{ "", "text", "no kind of file" },
		{ "a.txt", "", "nothing in this file" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct service_answer a = service_upload(CASEWORKER, at("/documents"), FORM("kind", "cv"), bad[i].name,
		                                         bad[i].bytes, strlen(bad[i].bytes));
		assert_status(a, 422);
		assert_says(a, bad[i].says);
	}
	char *large = calloc(1, (1 << 20) + 1);
	assert_non_null(large);
	memset(large, 'a', (1 << 20) + 1);
	assert_status(service_upload(CASEWORKER, path, FORM("kind", "cv"), "a.txt", large, (1 << 20) + 1), 422);
	free(large);
	assert_status(UPLOAD(CASEWORKER, FORM("kind", "spell"), "a.txt", "text"), 422);
	assert_status(UPLOAD(CASEWORKER, FORM("kind", "cv", "tenant_id", "2"), "a.txt", "text"), 422);
	assert_status(service_post(CASEWORKER, path, FORM("kind", "cv")), 422);
	struct service_answer a = UPLOAD(CASEWORKER, FORM("kind", "cv"), "again.txt", text);
	assert_status(a, 422);
	assert_says(a, "here already");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.document"), "1");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.person_key"), "2");
}

static void names_are_cleaned(void **state)
{
	(void)state;
	assert_status(UPLOAD(CASEWORKER, FORM("kind", "other"), "../../etc/pa\xE2\x80\xAEsswd.txt", "one"), 303);
	assert_string_equal(service_sql("SELECT name FROM lg.document WHERE kind = 'other'"), "passwd.txt");
	char name[4200];
	memset(name, 'x', sizeof name);
	(void)strcpy(name + sizeof name - 5, ".txt");
	assert_status(UPLOAD(CASEWORKER, FORM("kind", "licence"), name, "two"), 303);
	assert_string_equal(service_sql("SELECT length(name) FROM lg.document WHERE kind = 'licence'"), "150");
}

static void a_parser_that_fails_keeps_the_document_and_says_why(void **state)
{
	(void)state;
	assert_status(UPLOAD(CASEWORKER, FORM("kind", "diploma"), "d.pdf", pdf), 303);
	assert_string_equal(service_sql("SELECT text_state FROM lg.document WHERE kind = 'diploma'"), "unread");
	assert_says(service_get(CASEWORKER, at("")), "could not be read");
	char id[40] = "";
	(void)strncat(id, service_sql("SELECT id FROM lg.document WHERE kind = 'diploma'"), 36);
	(void)snprintf(path, sizeof path, "/candidates/%s/documents/%s/file", olena, id);
	struct service_answer a = service_get(CASEWORKER, path);
	assert_string_equal(a.type, "application/pdf");
	assert_string_equal(a.body, pdf);
}

static void other_offices_and_roles_get_nothing(void **state)
{
	(void)state;
	(void)snprintf(path, sizeof path, "/candidates/%s/documents/%s/file", olena, cv);
	assert_status(service_get(STRANGER, path), 404);
	assert_status(service_get(READER, path), 403);
	(void)snprintf(path, sizeof path, "/candidates/%s/documents/%s", olena, cv);
	assert_status(service_get(STRANGER, path), 404);
	(void)snprintf(path, sizeof path, "/candidates/%s/documents/%s/remove", olena, cv);
	assert_status(service_post(STRANGER, path, FORM("why", "")), 404);
	assert_status(service_post(READER, path, FORM("why", "")), 403);
	(void)at("/documents");
	assert_status(UPLOAD(STRANGER, FORM("kind", "cv"), "a.txt", "text"), 404);
	assert_status(UPLOAD(READER, FORM("kind", "cv"), "a.txt", "text"), 403);
}

static void a_program_does_the_same(void **state)
{
	(void)state;
	char id[40] = "";
	(void)snprintf(path, sizeof path, "/api/v1/candidates/%s/documents", olena);
	struct service_answer a = UPLOAD(PROGRAM, FORM("kind", "certificate"), "c.txt", "Kørekort til truck");
	assert_status(a, 201);
	(void)strncat(id, json_string_value(json_object_get(a.json, "id")), 36);
	a = service_get(PROGRAM, path);
	assert_int_equal(json_array_size(a.json), 5);
	(void)snprintf(path, sizeof path, "/api/v1/candidates/%s/documents/%s", olena, id);
	a = service_get(PROGRAM, path);
	assert_string_equal(json_string_value(json_object_get(a.json, "text")), "Kørekort til truck");
	assert_status(service_api(PROGRAM, HTTP_DELETE, path, NULL, NULL), 204);
	assert_status(service_get(PROGRAM, path), 404);
}

static void what_is_taken_away_is_erased_and_written_down(void **state)
{
	(void)state;
	(void)snprintf(path, sizeof path, "/candidates/%s/documents/%s/remove", olena, cv);
	assert_status(service_post(CASEWORKER, path, FORM("why", "an old one")), 303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.document WHERE id = '%s'", cv), "0");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.document_word WHERE document_id = '%s'", cv), "0");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.person_key WHERE subject = '%s'", cv), "0");
	struct service_answer a = service_get(CASEWORKER, at("/history"));
	assert_says(a, "Document taken away");
	assert_says(a, "an old one");
	assert_says(a, "Document added");
	assert_says(a, "Олена CV.txt");
}

static void who_is_erased_takes_the_documents_along(void **state)
{
	(void)state;
	assert_status(service_post(OFFICER, at("/erase"),
	                           FORM("version", "1", "family_name", "Tkachenko", "why", "asked for it")),
	              303);
	assert_string_equal(
	    service_sql("SELECT (SELECT count(*) FROM lg.document) + (SELECT count(*) FROM lg.document_piece) "
	                "+ (SELECT count(*) FROM lg.document_word) + (SELECT count(*) FROM lg.person_key)"),
	    "0");
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
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(somebody_is_registered),
		cmocka_unit_test(a_document_is_added_and_stands_on_the_page),
		cmocka_unit_test(it_comes_back_as_it_was_and_opens_nowhere),
		cmocka_unit_test(nothing_of_it_stands_readable_in_the_database),
		cmocka_unit_test(its_words_are_found_in_either_script_and_shown),
		cmocka_unit_test(what_it_is_is_told_by_its_bytes),
		cmocka_unit_test(names_are_cleaned),
		cmocka_unit_test(a_parser_that_fails_keeps_the_document_and_says_why),
		cmocka_unit_test(other_offices_and_roles_get_nothing),
		cmocka_unit_test(a_program_does_the_same),
		cmocka_unit_test(what_is_taken_away_is_erased_and_written_down),
		cmocka_unit_test(who_is_erased_takes_the_documents_along),
	};
	static char *cluster;
	cluster = argv[1];
	(void)open_all((void **)&cluster);
	return cmocka_run_group_tests_name("document", tests, NULL, close_all);
}
