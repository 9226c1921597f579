/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What an office shows to everybody: from the box that says so to the feed, and nothing beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "kept.h"
#include "service.h"

static char employer[40], opening[40], hidden[40];

static void an_office_that_shows_nothing_is_not_there(void **state)
{
	(void)state;
	static const char *const paths[] = { "/jobs/1",           "/jobs/999",
		                             "/jobs/0",           "/jobs/-1",
		                             "/jobs/1x",          "/jobs/99999999999",
		                             "/jobs/1/feed.atom", "/jobs/999/feed.jsonld",
		                             "/jobs/1/x" };
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) assert_status(service_get(NOBODY, paths[i]), 404);
	assert_status(service_get(CASEWORKER, "/jobs/1"), 404);
}

static void make(char id[40], const char *title)
{
	struct service_answer a = service_post(
	    CASEWORKER, at("/employers/%s/openings", employer),
	    FORM("title", title, "kind", "job", "positions", "2", "municipality", "DK-0730", "occupations-0.occupation",
	         "lg:nurse", "occupations-0.typed_occupation", "nurse", "languages-0.language", "da",
	         "languages-0.level", "a2", "hours", "37", "words", "Help in a ward.\nTwo & more <people>."));
	assert_status(a, 303);
	(void)snprintf(id, 40, "%.36s", a.location + strlen("/openings/"));
	a = service_post(CASEWORKER, at("/openings/%s/state", id), FORM("version", "1", "state", "open"));
	assert_status(a, 303);
}

static void only_what_is_offered_and_marked_is_shown(void **state)
{
	(void)state;
	struct service_answer a = service_post(CASEWORKER, "/employers",
	                                       FORM("name", "Øst Sygehus", "number", "13748136", "people-0.name",
	                                            "Karen Holm", "people-0.phone", "+45 00 00 00 01"));
	assert_status(a, 303);
	(void)strncat(employer, a.location + strlen("/employers/"), 36);
	make(opening, "Ward assistant </script><script>alert(1)</script>");
	make(hidden, "Cook");
	assert_status(service_get(NOBODY, at("/jobs/1/%s", opening)), 404);
	assert_status(service_get(NOBODY, "/jobs/1"), 404);
	a = service_post(CASEWORKER, at("/openings/%s/edit/publication", opening),
	                 FORM("version", "2", "published", "1", "public_contact", "The ward's office", "public_mail",
	                      "ward@ost.example"));
	assert_status(a, 303);
	assert_says(service_get(CASEWORKER, at("/openings/%s", opening)), at("/jobs/1/%s", opening));
	a = service_get(NOBODY, "/jobs/1");
	assert_status(a, 200);
	assert_says(a, "Ward assistant");
	assert_says(a, "Øst Sygehus");
	assert_says(a, "Randers");
	assert_says(a, "/jobs/1/feed.atom");
	assert_null(strstr(a.body, "Cook"));
	a = service_get(NOBODY, at("/jobs/1/%s", opening));
	assert_status(a, 200);
	assert_says(a, "ward@ost.example");
	assert_says(a, "Two &amp; more &lt;people&gt;.");
	assert_null(strstr(a.body, "<script>alert"));
	assert_null(strstr(a.body, "Karen"));
	assert_null(strstr(a.body, "Mette"));
	assert_null(strstr(a.body, "13748136"));
	assert_status(service_get(NOBODY, at("/jobs/2/%s", opening)), 404);
	assert_status(service_get(NOBODY, at("/jobs/1/%s", hidden)), 404);
}

/* The block that search engines read, as they read it: between its tags, as JSON. */
static void the_page_holds_its_posting(void **state)
{
	(void)state;
	json_t *o;
	struct service_answer a = service_get(NOBODY, at("/jobs/1/%s", opening));
	const char *block = service_between(a.body, "<script type=\"application/ld+json\">", "</script>");
	assert_non_null(block);
	assert_int_equal(record_parse(service_cx(), &o, block, strlen(block)), LG_OK);
	assert_string_equal(record_word(o, "@type"), "JobPosting");
	assert_string_equal(record_word(o, "title"), "Ward assistant </script><script>alert(1)</script>");
	assert_says(a, at("<link rel=\"alternate\" href=\"/jobs/1/%s/posting.jsonld\"", opening));
	a = service_get(NOBODY, at("/jobs/1/%s/posting.jsonld", opening));
	assert_status(a, 200);
	assert_string_equal(a.type, "application/ld+json");
	assert_string_equal(record_word(a.json, "@context"), "https://schema.org");
	assert_string_equal(record_word(a.json, "url"), at("https://landgang.example/jobs/1/%s", opening));
	assert_string_equal(record_word(json_object_get(a.json, "hiringOrganization"), "name"), "Øst Sygehus");
	assert_string_equal(record_word(a.json, "employmentType"), "FULL_TIME");
	assert_null(strstr(a.body, "ward@ost.example")); /* a mail address is for people */
}

static struct service_answer ask_again(const char *address, const char *etag)
{
	return service_api(NOBODY, HTTP_GET, address, NULL, FORM("If-None-Match", etag));
}

static void feeds_are_kept_until_something_changes(void **state)
{
	(void)state;
	static const char *const feeds[] = { "/jobs/1/feed.jsonld", "/jobs/1/feed.atom" };
	char etag[2][80];
	for (size_t i = 0; i < 2; i++) {
		struct service_answer a = service_get(NOBODY, feeds[i]);
		assert_status(a, 200);
		assert_says(a, opening);
		assert_null(strstr(a.body, hidden));
		(void)snprintf(etag[i], sizeof etag[i], "%s", a.etag);
		assert_non_null(service_header("Last-Modified"));
		assert_string_equal(service_header("Cache-Control"), "public, max-age=300");
		assert_null(service_header("Set-Cookie"));
		assert_status(ask_again(feeds[i], etag[i]), 304);
		assert_status(ask_again(feeds[i], "\"other\""), 200);
	}
	struct service_answer a = service_get(NOBODY, feeds[0]);
	assert_string_equal(record_word(a.json, "@type"), "ItemList");
	const json_t *one = json_array_get(json_object_get(a.json, "itemListElement"), 0);
	assert_string_equal(record_word(json_object_get(one, "item"), "@type"), "JobPosting");
	a = service_get(NOBODY, feeds[1]);
	assert_string_equal(a.type, "application/atom+xml");
	assert_says(a, "<feed xmlns=\"http://www.w3.org/2005/Atom\"");
	assert_says(a, at("<id>urn:uuid:%s</id>", opening));
	assert_says(a, "Ward assistant &lt;/script&gt;");
	assert_status(service_post(CASEWORKER, at("/employers/%s/edit/company", employer),
	                           FORM("version", "1", "name", "Vest Sygehus", "number", "13748136")),
	              303);
	for (size_t i = 0; i < 2; i++) {
		a = ask_again(feeds[i], etag[i]);
		assert_status(a, 200);
		assert_says(a, "Vest Sygehus");
	}
}

static void a_feed_has_pages(void **state)
{
	(void)state;
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); INSERT INTO lg.publication (tenant_id, opening_id, employer_id, "
	    "facts, posted) "
	    "SELECT 1, gen_random_uuid(), employer_id, facts, now() - n * interval '1 min' FROM lg.publication, "
	    "generate_series(1, 120) n");
	char next[300];
	struct service_answer a = service_get(NOBODY, "/jobs/1/feed.jsonld");
	assert_int_equal(json_array_size(json_object_get(a.json, "itemListElement")), 100);
	const char *link = service_header("Link");
	assert_non_null(link);
	(void)snprintf(next, sizeof next, "%.*s", (int)strcspn(link + 1, ">"), link + 1);
	a = service_get(NOBODY, next);
	assert_int_equal(json_array_size(json_object_get(a.json, "itemListElement")), 21);
	assert_null(service_header("Link"));
	a = service_get(NOBODY, "/jobs/1");
	assert_says(a, "rel=\"next\"");
	assert_status(service_get(NOBODY, "/jobs/1?after=x"), 422);
	assert_status(service_get(NOBODY, "/jobs/1/feed.atom?after=1%7Cx"), 422);
	(void)service_sql("DELETE FROM lg.publication WHERE opening_id <> '%s'", opening);
}

static void what_is_over_is_gone_at_once(void **state)
{
	(void)state;
	assert_status(
	    service_post(CASEWORKER, at("/openings/%s/state", opening), FORM("version", "3", "state", "paused")), 303);
	assert_status(service_get(NOBODY, at("/jobs/1/%s", opening)), 404);
	struct service_answer a = service_get(NOBODY, "/jobs/1"); /* the office is there, with nothing */
	assert_status(a, 200);
	assert_null(strstr(a.body, opening));
	assert_string_equal(service_sql("SELECT count(*) FROM lg.publication WHERE facts IS NOT NULL"), "0");
	assert_status(
	    service_post(CASEWORKER, at("/openings/%s/state", opening), FORM("version", "4", "state", "open")), 303);
	assert_status(service_get(NOBODY, at("/jobs/1/%s", opening)), 200);
	/* Its last day is over, and the job that notes it has not come yet. */
	(void)service_sql(
	    "UPDATE lg.publication SET facts = jsonb_set(facts, '{expires_on}', to_jsonb((current_date - 2)::text))");
	assert_status(service_get(NOBODY, at("/jobs/1/%s", opening)), 404);
	assert_null(strstr(service_get(NOBODY, "/jobs/1").body, opening));
	/* A copy is not shown before somebody says so. */
	assert_status(service_post(CASEWORKER, at("/openings/%s/copy", opening), (const char *const[]){ NULL }), 303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.opening WHERE published"), "1");
}

static void the_public_sees_one_table(void **state)
{
	(void)state;
	static const char *const tables[] = { "opening", "employer", "candidate", "member", "proposal", "task" };
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		assert_string_equal(
		    service_sql(
		        "SELECT lg_gate.enter_public(1, 'jobs'); SET LOCAL ROLE lg_web; SELECT count(*) FROM lg.%s",
		        tables[i]),
		    "0");
	assert_string_equal(
	    service_sql(
	        "SELECT lg_gate.enter_public(1, 'jobs'); SET LOCAL ROLE lg_web; SELECT count(*) FROM lg.publication"),
	    "1");
	assert_string_equal(
	    service_sql(
	        "SELECT lg_gate.enter_public(2, 'jobs'); SET LOCAL ROLE lg_web; SELECT count(*) FROM lg.publication"),
	    "0");
	assert_string_equal(service_sql("SELECT lg_gate.enter_public(1, 'enquiry'); SET LOCAL ROLE lg_web; SELECT "
	                                "count(*) FROM lg.publication"),
	                    "0");
	assert_says(service_get(NOBODY, "/robots.txt"), "Allow: /jobs/");
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
		cmocka_unit_test(an_office_that_shows_nothing_is_not_there),
		cmocka_unit_test(only_what_is_offered_and_marked_is_shown),
		cmocka_unit_test(the_page_holds_its_posting),
		cmocka_unit_test(feeds_are_kept_until_something_changes),
		cmocka_unit_test(a_feed_has_pages),
		cmocka_unit_test(what_is_over_is_gone_at_once),
		cmocka_unit_test(the_public_sees_one_table),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("publication", tests, NULL, close_all);
}
