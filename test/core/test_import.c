/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A file becomes records: looked at first, done by a job that may be killed, done once, and taken back. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/record.h"
#include "core/import.h"
#include "kept.h"
#include "service.h"

static char import[60];

static const char *state_of(void) { return service_sql("SELECT state FROM lg.import WHERE id = '%s'", import); }

static const char *version_of(void) { return service_sql("SELECT version FROM lg.import WHERE id = '%s'", import); }

static const char *counts_of(void)
{
	return service_sql(
	    "SELECT string_agg(outcome || ' ' || n, ', ' ORDER BY outcome) FROM (SELECT outcome, count(*) AS n FROM "
	    "lg.import_row WHERE import_id = '%s' GROUP BY 1) x",
	    import);
}

static const char *fault_of(int line)
{
	return service_sql("SELECT string_agg((f ->> 'column') || ': ' || (f ->> 'says'), ' | ') FROM lg.import_row r, "
	                   "jsonb_array_elements(r.faults) f WHERE r.import_id = '%s' AND r.line = %d",
	                   import, line);
}

static void upload(int who, const char *kind, const char *name, const char *text)
{
	struct service_answer a =
	    service_upload(who, "/imports", FORM("kind", kind, "source", "HR"), name, text, strlen(text));
	assert_status(a, 303);
	assert_int_equal(strncmp(a.location, "/imports/", 9), 0);
	(void)snprintf(import, sizeof import, "%.36s", a.location + 9);
}

/* What its page would send when nothing is changed in it, and more. */
static void map_with(int who, const char *const *more, int status)
{
	const char *form[600];
	size_t n = 0;
	json_t *columns = json_loads(service_sql("SELECT columns FROM lg.import WHERE id = '%s'", import), 0, NULL),
	       *mapping = json_loads(service_sql("SELECT mapping FROM lg.import WHERE id = '%s'", import), 0, NULL),
	       *column;
	size_t i;
	form[n++] = "version", form[n++] = version_of();
	json_array_foreach(columns, i, column)
	{
		form[n++] = lg_printf(service_cx()->mem, "column-%zu", i);
		form[n++] = record_word(mapping, json_string_value(column));
	}
	for (; *more; more++) form[n++] = *more;
	form[n] = NULL;
	struct service_answer a = service_post(who, at("/imports/%s/mapping", import), form);
	assert_status(a, status);
	json_decref(columns);
	json_decref(mapping);
}

static void press(int who, const char *deed)
{
	struct service_answer a = service_post(who, at("/imports/%s/%s", import, deed), FORM("version", version_of()));
	assert_status(a, 303);
}

static void bring(int who, const char *kind, const char *name, const char *text, const char *const *more)
{
	upload(who, kind, name, text);
	map_with(who, more, 303);
	service_job("import");
	assert_string_equal(state_of(), "checked");
	press(who, "run");
	service_job("import");
	assert_string_equal(state_of(), "done");
}

static const char employers[] = "Navn;CVR-nr;Kundenr;Kontaktperson;E-mail\r\n"
                                "Øst Sygehus;13 74 81 36;K1;Karen Holm;karen@ost.example\r\n"
                                "Nord Bageri;;K2;;\r\n"
                                "Forkert A/S;13748137;K3;;\r\n"
                                ";;K4;;\r\n";

static void employers_come_first(void **state)
{
	(void)state;
	upload(CASEWORKER, "employer", "kunder.csv", employers);
	struct service_answer a = service_get(CASEWORKER, at("/imports/%s", import));
	assert_status(a, 200);
	assert_says(a, "kunder.csv");
	assert_says(a, "Nord Bageri");
	assert_string_equal(service_sql("SELECT mapping FROM lg.import WHERE id = '%s'", import),
	                    "{\"Navn\": \"name\", \"CVR-nr\": \"number\", \"E-mail\": \"people-0.mail\", \"Kundenr\": "
	                    "\"id\", \"Kontaktperson\": \"people-0.name\"}");
	assert_string_equal(state_of(), "read");
	map_with(CASEWORKER, (const char *const[]){ NULL }, 303);
	assert_string_equal(state_of(), "checking");
	service_job("import");
	assert_string_equal(state_of(), "checked");
	assert_string_equal(counts_of(), "bad 2, create 2");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.employer"), "0");
	a = service_get(CASEWORKER, at("/imports/%s", import));
	assert_says(a, "Line 4");
	assert_says(a, "its digits do not add up");
	press(CASEWORKER, "run");
	service_job("import");
	assert_string_equal(counts_of(), "bad 2, created 2");
	assert_string_equal(state_of(), "done");
	assert_string_equal(
	    service_sql(
	        "SELECT string_agg(name || coalesce(number, '-') || version || (people -> 0 ->> 'mail'), ' ') FROM "
	        "lg.employer WHERE number IS NOT NULL"),
	    "Øst Sygehus137481361karen@ost.example");
	assert_string_equal(
	    service_sql("SELECT verb || kind || (actor = '%s') || why FROM lg.audit WHERE entity = 'employer' LIMIT 1",
	                service_account(CASEWORKER)),
	    "registeredjobtrueHR: kunder.csv");
	/* the cells of what is done are gone; those that were put aside are still there, sealed */
	assert_string_equal(
	    service_sql("SELECT count(*) FILTER (WHERE box IS NULL) || '/' || count(*) FROM lg.import_row "
	                "WHERE import_id = '%s'",
	                import),
	    "2/4");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.import_row WHERE box::text LIKE '%%466f726b657274%%'"),
	                    "0");
}

static void what_was_put_aside_comes_back_corrected(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, at("/imports/%s/quarantine.csv", import));
	assert_status(a, 200);
	assert_says(a, "Forkert A/S,13748137,K3,,,4,");
	assert_says(a, "K4,,,5,");
	assert_null(strstr(a.body, "Nord Bageri"));
	char text[2000], *wrong;
	(void)snprintf(text, sizeof text, "%s", a.body);
	wrong = strstr(text, "13748137");
	assert_non_null(wrong);
	wrong[7] = '6';
	bring(CASEWORKER, "employer", "quarantine.csv", text, FORM("anyway", "1"));
	assert_string_equal(counts_of(), "bad 1, created 1");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.employer"), "3");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.employer SET number = NULL, version = 2 "
	                  "WHERE name = 'Forkert A/S'");
}

/* comma, quotes, line breaks in a cell, a broken row, a date as people write it, words for codes */
static const char openings[] =
    "\xEF\xBB\xBFJob ID,Titel,Arbejdsgiver,Beskrivelse,Antal "
    "stillinger,Erhverv,Sprog,Sprogniveau,Ansøgningsfrist,Kommune,Kind of contract,Farve\n"
    "A1,Sygeplejerske,13748136,\"Vagter, dag\nog nat\",2,sygeplejerske,Dansk,B2,31.12.2030,Odense,Ordinary job,blå\n"
    "A2,Bager,nord bageri,Brød,,baker,,,2030-12-31,0461,Praktik?,\n"
    "A3,Kok,Ukendt Kro,,1,7512,,,,461,job,\n"
    "A4,Kok\n"
    "A5,Medhjælper,K2,,1,7512,,,2030-02-30,DK-0461,job,\n"
    "A1,Igen,K2,,1,7512,,,,DK-0461,job,\n"
    "A6,Bagerlærling,K2,,1,7512,Ukrainian,A2+,,DK-0461,trainee,\n"
    "A7,\"=HYPERLINK(1)\",K9,,1,7512,,,,DK-0461,trainee,\n";

static void each_row_that_cannot_be_taken_says_where_and_why(void **state)
{
	(void)state;
	upload(CASEWORKER, "opening", "job.csv", openings);
	map_with(CASEWORKER, (const char *const[]){ NULL }, 303);
	service_job("import");
	assert_string_equal(counts_of(), "bad 5, broken 1, create 2");
	assert_non_null(strstr(fault_of(4), "Kind of contract: Choose one of the list."));
	assert_non_null(strstr(fault_of(5), "Arbejdsgiver: There is no such employer."));
	assert_non_null(strstr(fault_of(6), "fields"));
	assert_non_null(strstr(fault_of(7), "Ansøgningsfrist: Write the date"));
	assert_non_null(strstr(fault_of(8), "Job ID: This id stands in line 2 too"));
	struct service_answer a = service_get(CASEWORKER, at("/imports/%s/quarantine.csv", import));
	assert_says(a, "A7,'=HYPERLINK(1),K9");
	press(CASEWORKER, "run");
	service_job("import");
	assert_string_equal(counts_of(), "bad 5, broken 1, created 2");
	assert_string_equal(service_sql("SELECT o.title || '|' || e.name || '|' || o.words || '|' || o.positions || "
	                                "'|' || o.municipality || '|' || o.expires_on || "
	                                "'|' || (o.occupations -> 0 ->> 'occupation') || '|' || (o.languages #>> '{}') "
	                                "|| '|' || o.state FROM lg.opening o "
	                                "JOIN lg.employer e ON e.id = o.employer_id AND e.tenant_id = o.tenant_id "
	                                "WHERE o.title = 'Sygeplejerske'"),
	                    "Sygeplejerske|Øst Sygehus|Vagter, dag\nog nat|2|DK-0461|2030-12-31|lg:nurse|[{\"level\": "
	                    "\"b2\", \"language\": \"da\"}]|draft");
}

static void a_mark_is_read_to_its_end(void **state)
{
	(void)state;
	assert_string_equal(
	    service_sql("SELECT languages -> 0 ->> 'level' FROM lg.opening WHERE title = 'Bagerlærling'"), "a2_plus");
}

static const char changed_openings[] = "Job ID,Titel,Arbejdsgiver,Antal stillinger,Kommune,Kind of contract\n"
                                       "A1,Sygeplejerske,13748136,3,,job\n"
                                       "A6,Bagerlærling,K2,1,DK-0461,trainee\n";

static void the_same_file_twice_changes_nothing(void **state)
{
	(void)state;
	const char *before = service_sql("SELECT string_agg(id || ' ' || version, ',' ORDER BY id) FROM lg.opening"),
	           *lines = service_sql("SELECT count(*) FROM lg.audit WHERE entity = 'opening'");
	bring(CASEWORKER, "opening", "job.csv", openings, (const char *const[]){ NULL });
	assert_string_equal(counts_of(), "bad 5, broken 1, left 2");
	assert_string_equal(service_sql("SELECT string_agg(id || ' ' || version, ',' ORDER BY id) FROM lg.opening"),
	                    before);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.audit WHERE entity = 'opening'"), lines);
}

static void a_row_that_changed_changes_its_record_as_a_person_would(void **state)
{
	(void)state;
	bring(CASEWORKER, "opening", "new.csv", changed_openings, (const char *const[]){ NULL });
	assert_string_equal(counts_of(), "changed 1, left 1");
	assert_string_equal(
	    service_sql(
	        "SELECT positions || ' ' || version || ' ' || municipality || words FROM lg.opening WHERE title = "
	        "'Sygeplejerske'"),
	    "3 2 DK-0461Vagter, dag\nog nat");
	const char *id = service_sql("SELECT id FROM lg.opening WHERE title = 'Sygeplejerske'");
	struct service_answer a = service_get(CASEWORKER, at("/openings/%s/history", id));
	assert_says(a, "HR: new.csv");
	assert_says(a, "How many people");
}

static void an_import_is_taken_back_but_not_what_somebody_worked_with(void **state)
{
	(void)state;
	press(CASEWORKER, "undo");
	service_job("import");
	assert_string_equal(state_of(), "undone");
	assert_string_equal(counts_of(), "left 1, undone 1");
	assert_string_equal(
	    service_sql("SELECT positions || ' ' || version FROM lg.opening WHERE title = 'Sygeplejerske'"), "2 3");
	/* the first import: one of its two has been worked with */
	(void)snprintf(import, sizeof import, "%s",
	               service_sql("SELECT id FROM lg.import WHERE kind = 'opening' ORDER BY created LIMIT 1"));
	press(CASEWORKER, "undo");
	service_job("import");
	assert_string_equal(counts_of(), "bad 5, broken 1, kept 1, undone 1");
	assert_string_equal(service_sql("SELECT string_agg(title, ',') FROM lg.opening"), "Sygeplejerske");
	struct service_answer a = service_get(CASEWORKER, at("/imports/%s", import));
	assert_says(a, "Somebody has worked with it since");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.audit WHERE verb = 'taken_back'"), "1");
	/* what was taken back may come again */
	bring(CASEWORKER, "opening", "job.csv", openings, (const char *const[]){ NULL });
	assert_string_equal(service_sql("SELECT string_agg(title, ',' ORDER BY title) FROM lg.opening"),
	                    "Bagerlærling,Sygeplejerske");
}

static const char people[] = "external_id,Fornavn,Efternavn,Fødselsdato,CPR,identifiers-0.kind,Kommune,Sprog,languages-"
                             "0.language,languages-0.interaction\n"
                             "P1,Olena,Kovalenko,24.05.1990,240590-1234,cpr,Odense,Ukrainsk,uk,c2\n"
                             "P2,,,1991-01-01,,,Odense,,,\n"
                             "P3,Olena,Kovalenko,1990-05-24,,,Odense,,,\n";

static void people_need_a_legal_basis_and_are_not_registered_twice(void **state)
{
	(void)state;
	upload(CASEWORKER, "candidate", "borgere.csv", people);
	map_with(CASEWORKER, (const char *const[]){ NULL }, 303);
	service_job("import");
	assert_string_equal(counts_of(), "bad 3");
	assert_non_null(strstr(fault_of(2), "legal_basis: Choose the legal basis"));
	map_with(CASEWORKER, FORM("default-legal_basis", "nothing"), 422);
	map_with(CASEWORKER, FORM("default-legal_basis", "public_task"), 303);
	service_job("import");
	assert_string_equal(counts_of(), "bad 1, create 2");
	press(CASEWORKER, "run");
	service_job("import");
	/* the second of that name and birthday is found when it is written */
	assert_string_equal(counts_of(), "bad 2, created 1");
	assert_non_null(strstr(fault_of(4), "may be registered already"));
	assert_string_equal(
	    service_sql(
	        "SELECT family_name || born || contact_language || legal_basis || (languages -> 0 ->> 'interaction') "
	        "FROM lg.candidate"),
	    "Kovalenko1990-05-24ukpublic_taskc2");
	assert_string_equal(service_sql("SELECT masked <> '' FROM lg.candidate_identifier"), "t");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.import_row WHERE faults::text LIKE '%%Kovalenko%%'"),
	                    "0");
	press(CASEWORKER, "undo");
	service_job("import");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate"), "0");
}

static void what_the_columns_meant_is_remembered_of_the_source(void **state)
{
	(void)state;
	upload(CASEWORKER, "opening", "colour.csv", "Farve,Titel\nblå,Kok\n");
	assert_string_equal(service_sql("SELECT mapping ->> 'Farve' FROM lg.import WHERE id = '%s'", import), "");
	struct service_answer a =
	    service_post(CASEWORKER, at("/imports/%s/mapping", import),
	                 FORM("version", "1", "column-0", "words", "column-1", "title", "default-kind", "job"));
	assert_status(a, 303);
	upload(CASEWORKER, "opening", "colour.csv", "Farve,Titel\nblå,Kok\n");
	assert_string_equal(service_sql("SELECT mapping ->> 'Farve' FROM lg.import WHERE id = '%s'", import), "words");
	a = service_get(CASEWORKER, at("/imports/%s", import));
	assert_says(a, "value=\"words\" selected");
	a = service_post(CASEWORKER, at("/imports/%s/mapping", import),
	                 FORM("version", "1", "column-0", "title", "column-1", "title"));
	assert_status(a, 422);
	assert_says(a, "Two columns cannot mean the same.");
}

static void a_file_that_is_none_is_refused_with_what_to_do(void **state)
{
	(void)state;
	static const char *const files[] = { "", "\n\n", "PK\x03\x04zip", "a;b", "{\"a\": ", "%PDF-1.7" };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct service_answer a = service_upload(
		    CASEWORKER, "/imports", FORM("kind", "opening", "source", "HR"), "x", files[i], strlen(files[i]));
		assert_status(a, 422);
		assert_says(a, "f-file-error");
	}
	assert_status(
	    service_upload(CASEWORKER, "/imports", FORM("kind", "account", "source", "HR"), "x", "a,b\n1,2\n", 8), 422);
	assert_status(
	    service_upload(CASEWORKER, "/imports", FORM("kind", "opening", "source", ""), "x", "a,b\n1,2\n", 8), 422);
}

static void another_office_and_other_roles_see_nothing(void **state)
{
	(void)state;
	static const char *const deeds[] = { "mapping", "run", "undo" };
	assert_status(service_get(STRANGER, at("/imports/%s", import)), 404);
	assert_status(service_get(STRANGER, at("/imports/%s/quarantine.csv", import)), 404);
	for (size_t i = 0; i < 3; i++) {
		assert_status(service_post(STRANGER, at("/imports/%s/%s", import, deeds[i]), FORM("version", "1")),
		              404);
		assert_status(service_post(READER, path, FORM("version", "1")), 403);
	}
	assert_null(strstr(service_get(STRANGER, "/imports").body, "job.csv"));
	assert_status(service_get(READER, "/imports"), 403);
	/* whoever has lost the right does not go on writing by the job */
	int gone = service_sign_in(1, "caseworker");
	upload(gone, "employer", "late.csv", "name\nSent Firma\n");
	map_with(gone, (const char *const[]){ NULL }, 303);
	service_job("import");
	press(gone, "run");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.member SET valid_to = current_date - 1 WHERE "
	                  "account_id = '%s'",
	                  service_account(gone));
	service_job("import");
	assert_string_equal(state_of(), "stopped");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.employer WHERE name = 'Sent Firma'"), "0");
}

/* --- killed */

enum { KILLS = 20, LINES = 400 };

static const char *long_file(void)
{
	static char text[LINES * 100];
	size_t n = (size_t)snprintf(text, sizeof text, "id,name,employees,people-0.name\n");
	for (int i = 0; i < LINES; i++) {
		if (i % 97 == 5)
			n += (size_t)snprintf(text + n, sizeof text - n, "L%d,,7,\n", i);
		else
			n += (size_t)snprintf(text + n, sizeof text - n, "L%d,Company %c%c%c,%d,Person %c\n", i,
			                      'A' + i / 100, 'a' + i / 10 % 10, 'k' + i % 10, i, 'A' + i % 26);
	}
	return text;
}

static const char *table_of(int tenant)
{
	return service_sql("SELECT md5(string_agg(name || employees || version || people || sort_name || (SELECT "
	                   "count(*) FROM lg.audit a WHERE "
	                   "a.tenant_id = e.tenant_id AND a.subject = e.id) || (SELECT count(*) FROM "
	                   "lg.employer_trigram t WHERE t.tenant_id = "
	                   "e.tenant_id AND t.employer_id = e.id) || (SELECT count(*) FROM lg.imported m WHERE "
	                   "m.tenant_id = e.tenant_id AND "
	                   "m.employer_id = e.id), ',' ORDER BY name)) || count(*) FROM lg.employer e WHERE tenant_id "
	                   "= %d AND name LIKE "
	                   "'Company %%'",
	                   tenant);
}

static void twenty_kills_leave_the_table_as_none_would(void **state)
{
	(void)state;
	bring(STRANGER, "employer", "long.csv", long_file(), FORM("anyway", "1"));
	assert_string_equal(counts_of(), "bad 5, created 395");
	upload(CASEWORKER, "employer", "long.csv", long_file());
	map_with(CASEWORKER, FORM("anyway", "1"), 303);
	service_job("import");
	press(CASEWORKER, "run");
	int killed = 0;
	for (int i = 0; i < 400 && killed < KILLS; i++) {
		pid_t pid = fork();
		if (!pid) {
			service_job("import");
			_exit(0);
		}
		int status = 0;
		(void)usleep((useconds_t)(10000 + rand() % 90000));
		(void)kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (WIFSIGNALED(status)) killed++;
		if (!strcmp(state_of(), "done")) break;
	}
	service_job("import");
	assert_string_equal(state_of(), "done");
	assert_string_equal(counts_of(), "bad 5, created 395");
	assert_string_equal(table_of(1), table_of(2));
	print_message("# killed %d times\n", killed);
}

/* --- by the API */

static void a_program_brings_ten_thousand_at_once(void **state)
{
	(void)state;
	struct service_answer a;
	const char *body =
	    "{\"id\": \"B1\", \"employer\": \"13748136\", \"post\": {\"title\": \"Portør\", \"kind\": \"job\"}, "
	    "\"terms\": {\"driving\": "
	    "[\"b\"]}, \"languages\": [{\"language\": \"da\", \"level\": \"a2\"}]}\n"
	    "{\"id\": \"B2\", \"employer\": \"nobody\", \"post\": {\"title\": \"X\", \"kind\": \"job\"}}\n"
	    "{\"id\": \"B3\", \"employer\"\n"
	    "{\"id\": \"B4\", \"employer\": \"13748136\", \"post\": {\"title\": \"Kok\", \"kind\": \"wrong\", "
	    "\"positions\": \"many\"}}\n";
	a = service_api(PROGRAM, HTTP_POST, "/api/v1/openings/bulk?source=feed", body, NULL);
	assert_status(a, 202);
	(void)snprintf(import, sizeof import, "%s", record_word(a.json, "id"));
	assert_string_equal(record_word(a.json, "state"), "running");
	service_job("import");
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/imports/%s", import), NULL, NULL);
	assert_status(a, 200);
	assert_string_equal(record_word(a.json, "state"), "done");
	assert_int_equal(record_number(json_object_get(a.json, "counts"), "created", 0), 1);
	assert_int_equal(record_number(json_object_get(a.json, "counts"), "bad", 0), 2);
	assert_int_equal(record_number(json_object_get(a.json, "counts"), "broken", 0), 1);
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/imports/%s/rows?outcome=bad", import), NULL, NULL);
	json_t *rows = json_object_get(a.json, "rows");
	assert_int_equal(json_array_size(rows), 2);
	assert_int_equal(record_number(json_array_get(rows, 1), "line", 0), 4);
	assert_string_equal(
	    record_word(json_array_get(json_object_get(json_array_get(rows, 1), "errors"), 0), "column"), "post.kind");
	assert_string_equal(service_sql("SELECT driving ->> 0 FROM lg.opening WHERE title = 'Portør'"), "b");
	a = service_api(PROGRAM, HTTP_POST, "/api/v1/openings/bulk", "{\"post\": {\"titel\": \"x\"}}\n", NULL);
	assert_status(a, 422);
	assert_says(a, "post.titel");
	assert_status(service_api(PROGRAM, HTTP_GET, at("/api/v1/imports/%s/rows?outcome=x", import), NULL, NULL), 422);
}

static void advertisements_bring_their_employers(void **state)
{
	(void)state;
	struct service_answer a = service_api(
	    PROGRAM, HTTP_POST, "/api/v1/imports?kind=opening&source=jobtech&name=ads.json",
	    "{\"hits\": [{\"id\": \"77\", \"headline\": \"Kock\", \"description\": {\"text\": \"Laga mat\"}, "
	    "\"employer\": {\"name\": "
	    "\"Malmö Krog AB\"}, \"workplace_address\": {\"municipality_code\": \"1280\"}, \"number_of_vacancies\": 2, "
	    "\"application_deadline\": \"2030-01-31T23:59:59\", \"occupation\": {\"label\": \"Inget sådant\"}}]}",
	    NULL);
	assert_status(a, 201);
	(void)snprintf(import, sizeof import, "%s", record_word(a.json, "id"));
	assert_string_equal(record_word(a.json, "format"), "jobtech");
	char *etag = strdup(a.etag);
	a = service_api(PROGRAM, HTTP_POST, at("/api/v1/imports/%s/mapping", import),
	                "{\"options\": {\"make_employers\": true, \"open\": true}}", FORM("If-Match", etag));
	assert_status(a, 204);
	service_job("import");
	assert_string_equal(counts_of(), "create 1");
	a = service_api(PROGRAM, HTTP_POST, at("/api/v1/imports/%s/run", import), NULL, FORM("If-Match", etag));
	assert_status(a, 412);
	a = service_api(PROGRAM, HTTP_POST, path, NULL,
	                FORM("If-Match", lg_printf(service_cx()->mem, "\"%s\"", version_of())));
	assert_status(a, 204);
	service_job("import");
	assert_string_equal(counts_of(), "created 1");
	assert_string_equal(service_sql("SELECT e.name || o.title || o.municipality || o.positions || o.expires_on || "
	                                "o.words FROM lg.opening o "
	                                "JOIN lg.employer e ON e.id = o.employer_id WHERE o.title = 'Kock'"),
	                    "Malmö Krog ABKockSE-128022030-01-31Laga mat");
	a = service_api(PROGRAM, HTTP_POST, at("/api/v1/imports/%s/undo", import), NULL,
	                FORM("If-Match", lg_printf(service_cx()->mem, "\"%s\"", version_of())));
	assert_status(a, 204);
	service_job("import");
	assert_string_equal(counts_of(), "undone 1");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.employer WHERE name LIKE 'Malmö%%'"), "0");
	free(etag);
}

static void a_cv_of_europass_becomes_a_candidate(void **state)
{
	(void)state;
	bring(
	    CASEWORKER, "candidate", "cv.xml",
	    "<?xml version='1.0'?><SkillsPassport><LearnerInfo><Identification><PersonName><FirstName>Iryna</FirstName>"
	    "<Surname>Bondar</Surname></PersonName><ContactInfo><Email><Contact>iryna@example.org</Contact></Email></"
	    "ContactInfo>"
	    "</Identification><WorkExperienceList><WorkExperience><Period><From year='2015' "
	    "month='--03'/><Current>true</Current></Period>"
	    "<Position><Label>Nurse</Label></Position><Employer><Name>Clinic</Name></Employer></WorkExperience></"
	    "WorkExperienceList>"
	    "<Skills><Linguistic><MotherTongueList><MotherTongue><Description><Code>uk</Code></Description></"
	    "MotherTongue>"
	    "</MotherTongueList></Linguistic></Skills></LearnerInfo></SkillsPassport>",
	    FORM("default-legal_basis", "public_task"));
	assert_string_equal(counts_of(), "created 1");
	assert_string_equal(
	    service_sql(
	        "SELECT given_name || family_name || mail || (experience -> 0 ->> 'own_words') || (experience -> 0 ->> "
	        "'from_date') || (languages -> 0 ->> 'interaction') FROM lg.candidate WHERE family_name = 'Bondar'"),
	    "IrynaBondariryna@example.orgNurse2015-03-01native");
	press(CASEWORKER, "undo");
	service_job("import");
	assert_string_equal(counts_of(), "undone 1");
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
		cmocka_unit_test(employers_come_first),
		cmocka_unit_test(what_was_put_aside_comes_back_corrected),
		cmocka_unit_test(each_row_that_cannot_be_taken_says_where_and_why),
		cmocka_unit_test(a_mark_is_read_to_its_end),
		cmocka_unit_test(the_same_file_twice_changes_nothing),
		cmocka_unit_test(a_row_that_changed_changes_its_record_as_a_person_would),
		cmocka_unit_test(an_import_is_taken_back_but_not_what_somebody_worked_with),
		cmocka_unit_test(people_need_a_legal_basis_and_are_not_registered_twice),
		cmocka_unit_test(what_the_columns_meant_is_remembered_of_the_source),
		cmocka_unit_test(a_file_that_is_none_is_refused_with_what_to_do),
		cmocka_unit_test(another_office_and_other_roles_see_nothing),
		cmocka_unit_test(twenty_kills_leave_the_table_as_none_would),
		cmocka_unit_test(a_program_brings_ten_thousand_at_once),
		cmocka_unit_test(advertisements_bring_their_employers),
		cmocka_unit_test(a_cv_of_europass_becomes_a_candidate),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("import", tests, NULL, close_all);
}
