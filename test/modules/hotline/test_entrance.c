/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* One number for all municipalities of a region: made, shown to everybody, in the head of every office that is covered.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "kept.h"
#include "service.h"

static char entrance[40];
static int other_administrator;

static void an_administrator_makes_it_and_nothing_is_shown_yet(void **state)
{
	(void)state;
	assert_status(service_get(NOBODY, "/entrance/1"), 404);
	assert_status(service_get(NOBODY, "/entrance/999"), 404);
	assert_status(service_get(NOBODY, "/entrance/0"), 404);
	assert_status(service_get(NOBODY, "/entrance/1x"), 404);
	assert_status(service_get(CASEWORKER, "/hotline/entrance"), 403);
	struct service_answer a = service_get(ADMINISTRATOR, "/hotline/entrance");
	assert_status(a, 200);
	assert_says(a, "name=\"phone\"");
	assert_status(service_post(ADMINISTRATOR, "/entrances", FORM("name", "Job hotline")), 422);
	a = service_post(ADMINISTRATOR, "/entrances",
	                 FORM("name", "Job hotline Midt", "phone", "+45 70 00 00 01", "channels", "phone", "channels",
	                      "mail", "mail", "hotline@vinterby.example", "words", "For job centres."));
	assert_status(a, 303);
	(void)strncat(entrance, a.location + strlen("/entrances/"), 36);
	a = service_get(ADMINISTRATOR, "/hotline/entrance");
	assert_status(a, 303);
	assert_status(service_get(NOBODY, "/entrance/1"), 404);
	assert_null(strstr(service_get(CASEWORKER, "/candidates").body, "70 00 00 01"));
	/* A second one there is not. */
	assert_status(service_post(ADMINISTRATOR, "/entrances", FORM("name", "Another", "phone", "+45 70 00 00 09")),
	              409);
	assert_string_equal(
	    service_sql("SELECT string_agg(verb || entity, ' ') FROM lg.audit WHERE subject = '%s'", entrance),
	    "registeredentrance");
}

static void it_is_shown_when_it_has_hours_and_somebody_to_be_for(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(ADMINISTRATOR, at("/entrances/%s/edit/entrance", entrance),
	                 FORM("version", "1", "name", "Job hotline Midt", "phone", "+45 70 00 00 01", "channels",
	                      "phone", "words", "For job centres.", "published", "1"));
	assert_status(a, 422);
	assert_says(a, "Say first when it is open.");
	a = service_post(ADMINISTRATOR, at("/entrances/%s/edit/hours", entrance),
	                 FORM("version", "1", "hours.mon.from", "08:00", "hours.mon.to", "16:00", "hours.tue.from",
	                      "08:00", "hours.tue.to", "16:00"));
	assert_status(a, 303);
	a = service_post(ADMINISTRATOR, at("/entrances/%s/edit/entrance", entrance),
	                 FORM("version", "2", "name", "Job hotline Midt", "phone", "+45 70 00 00 01", "channels",
	                      "phone", "words", "For job centres.", "published", "1"));
	assert_status(a, 422);
	assert_says(a, "Say first which municipalities it is for.");
	/* They are ticked, region by region: those of the office's country. */
	a = service_get(ADMINISTRATOR, at("/entrances/%s/edit/municipalities", entrance));
	assert_says(a, "name=\"municipalities.municipality\" value=\"DK-0730\"");
	assert_says(a, "Region Midtjylland");
	assert_null(strstr(a.body, "SE-1280"));
	a = service_post(ADMINISTRATOR, at("/entrances/%s/edit/municipalities", entrance),
	                 FORM("version", "2", "municipalities.municipality", "DK-0730", "municipalities.name", "x"));
	assert_status(a, 422);
	assert_says(a, "There is no such field.");
	a = service_post(
	    ADMINISTRATOR, at("/entrances/%s/edit/municipalities", entrance),
	    FORM("version", "2", "municipalities.municipality", "DK-0730", "municipalities.municipality", "DK-9999"));
	assert_status(a, 422);
	assert_says(a, "Choose a municipality of the list.");
	assert_says(a, "value=\"DK-0730\" checked");
	assert_status(service_post(ADMINISTRATOR, at("/entrances/%s/edit/municipalities", entrance),
	                           FORM("version", "2", "municipalities.municipality", "DK-0730",
	                                "municipalities.municipality", "DK-0740")),
	              303);
	a = service_get(ADMINISTRATOR, at("/entrances/%s/edit/municipalities", entrance));
	assert_says(a, "value=\"DK-0730\" checked");
	assert_says(a, "value=\"DK-0740\" checked");
	assert_null(strstr(a.body, "value=\"DK-0751\" checked"));
	assert_status(service_post(ADMINISTRATOR, at("/entrances/%s/edit/languages", entrance),
	                           FORM("version", "3", "languages.language", "da", "languages.language", "uk")),
	              303);
	assert_status(
	    service_post(ADMINISTRATOR, at("/entrances/%s/edit/holidays", entrance),
	                 FORM("version", "4", "holidays-0.day", "2099-12-24", "holidays-0.name", "Christmas Eve")),
	    303);
	a = service_post(ADMINISTRATOR, at("/entrances/%s/edit/entrance", entrance),
	                 FORM("version", "5", "name", "Job hotline Midt", "phone", "+45 70 00 00 01", "channels",
	                      "phone", "words", "For job centres.", "published", "1", "why", "the board said so"));
	assert_status(a, 303);
	a = service_get(ADMINISTRATOR, at("/entrances/%s", entrance));
	assert_status(a, 200);
	assert_says(a, "Shown to everybody");
	a = service_get(ADMINISTRATOR, at("/entrances/%s/history", entrance));
	assert_says(a, "the board said so");
}

static void everybody_reads_it_without_signing_in(void **state)
{
	(void)state;
	struct service_answer a = service_get(NOBODY, "/entrance/1");
	assert_status(a, 200);
	assert_says(a, "Job hotline Midt");
	assert_says(a, "href=\"tel:+4570000001\"");
	assert_says(a, "Randers, Silkeborg");
	assert_says(a, "Danish, Ukrainian");
	assert_says(a, "Christmas Eve");
	assert_says(a, "Monday 08:00-16:00; Tuesday 08:00-16:00");
	/* Passed on: what previews of the link say, and a mail with number and address, whatever the page was asked
	 * with. */
	a = service_get(NOBODY, "/entrance/1?from=news");
	assert_says(a, "<meta name=\"description\" content=\"+45 70 00 00 01 · For job centres.\">");
	assert_says(a, "<meta property=\"og:title\" content=\"Job hotline Midt\">");
	const char *address = service_between(a.body, "<meta property=\"og:url\" content=\"", "\"");
	assert_non_null(address);
	assert_non_null(strstr(address, "://"));
	assert_string_equal(strstr(address, "/entrance"), "/entrance/1");
	assert_says(a, "href=\"mailto:?subject=Job%20hotline%20Midt&amp;body=Job%20hotline%20Midt%0D%0A%2B45%2070%2000%"
	               "2000%2001%0D%0Ahttp");
	assert_says(a, "data-print");
	assert_says(a, "<dd  lang=\"da\">For job centres.</dd>"); /* the office writes Danish, this page is English */
	/* Other pages say nothing of the kind. */
	assert_null(strstr(service_get(NOBODY, "/sign-in").body, "og:"));
	a = service_api(NOBODY, HTTP_GET, "/api/v1/entrance/1", NULL, NULL);
	assert_status(a, 200);
	assert_string_equal(record_word(a.json, "phone"), "+45 70 00 00 01");
	assert_int_equal(json_array_size(json_object_get(a.json, "municipalities")), 2);
	assert_true(json_is_boolean(json_object_get(a.json, "open")));
	/* Who is signed in elsewhere reads the same. */
	assert_status(service_get(STRANGER, "/entrance/1"), 200);
}

static const char *in_days(char out[11], int days)
{
	(void)snprintf(out, 11, "%s", service_sql("SELECT (now() AT TIME ZONE 'Europe/Copenhagen')::date + %d", days));
	return out;
}

static void news_of_the_day_stand_there_the_newest_first(void **state)
{
	(void)state;
	char ago[11], yesterday[11], today[11], tomorrow[11];
	(void)in_days(ago, -9), (void)in_days(yesterday, -1), (void)in_days(today, 0), (void)in_days(tomorrow, 1);
	assert_null(strstr(service_get(NOBODY, "/entrance/1").body, "News"));
	struct service_answer a = service_post(ADMINISTRATOR, at("/entrances/%s/edit/news", entrance),
	                                       FORM("version", "6", "news-0.title", "Backwards", "news-0.words", "x",
	                                            "news-0.from_date", today, "news-0.until_date", yesterday));
	assert_status(a, 422);
	assert_says(a, "The last day is not before the first.");
	a = service_post(ADMINISTRATOR, at("/entrances/%s/edit/news", entrance),
	                 FORM("version", "6", "news-0.title", "Older news", "news-0.words", "We speak Ukrainian.",
	                      "news-0.from_date", ago, "news-1.title", "Over since yesterday", "news-1.words", "x",
	                      "news-1.from_date", ago, "news-1.until_date", yesterday, "news-2.title", "Newest of all",
	                      "news-2.words", "<b>Open</b> until four.", "news-2.from_date", today, "news-2.until_date",
	                      today, "news-3.title", "Not before tomorrow", "news-3.words", "x", "news-3.from_date",
	                      tomorrow));
	assert_status(a, 303);
	a = service_get(NOBODY, "/entrance/1");
	assert_status(a, 200);
	const char *newest = strstr(a.body, "Newest of all"), *older = strstr(a.body, "Older news");
	assert_non_null(newest);
	assert_non_null(older);
	assert_true(newest < older);
	assert_says(a, "We speak Ukrainian.");
	assert_says(a, "&lt;b&gt;Open"); /* words, never marks */
	assert_null(strstr(a.body, "Over since yesterday"));
	assert_null(strstr(a.body, "Not before tomorrow"));
	/* Its address, to pass on: the same whatever was typed behind it. */
	a = service_get(NOBODY, "/entrance/1?from=mail");
	const char *canonical = service_between(a.body, "<link rel=\"canonical\" href=\"", "\"");
	assert_non_null(canonical);
	assert_string_equal(canonical, "/entrance/1");
	assert_says(a, ">https://landgang.example/entrance/1</a>");
	assert_null(strstr(service_get(NOBODY, "/sign-in").body, "canonical"));
	a = service_api(NOBODY, HTTP_GET, "/api/v1/entrance/1", NULL, NULL);
	const json_t *news = json_object_get(a.json, "news");
	assert_int_equal(json_array_size(news), 2);
	assert_string_equal(record_word(json_array_get(news, 0), "title"), "Newest of all");
	assert_string_equal(record_word(json_array_get(news, 1), "from_date"), ago);
}

static void its_number_stands_in_the_head_of_every_office_that_is_covered(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, "/candidates");
	assert_says(a, "<a class=\"call\" href=\"/entrance/1\">");
	assert_says(a, "+45 70 00 00 01");
	assert_null(strstr(service_get(STRANGER, "/candidates").body, "class=\"call\""));
	assert_null(strstr(service_get(NOBODY, "/sign-in").body, "class=\"call\""));
	/* The other office says which municipality it is. */
	other_administrator = service_sign_in(2, "administrator");
	a = service_get(other_administrator, "/office");
	assert_says(a, "name=\"official_code\"");
	const char *version = service_sql("SELECT version FROM lg_ref.tenant WHERE id = 2");
	assert_status(
	    service_post(other_administrator, "/office",
	                 FORM("name", "Sommersund", "languages", "da", "version", version, "official_code", "9999")),
	    422);
	assert_status(
	    service_post(other_administrator, "/office",
	                 FORM("name", "Sommersund", "languages", "da", "version", version, "official_code", "0740")),
	    303);
	/* Pages keep the numbers for half a minute: the entrance is saved, and they are read anew. */
	assert_status(service_post(ADMINISTRATOR, at("/entrances/%s/edit/entrance", entrance),
	                           FORM("version", "7", "name", "Job hotline Midt", "phone", "+45 70 00 00 02",
	                                "channels", "phone", "words", "For job centres.", "published", "1")),
	              303);
	a = service_get(STRANGER, "/candidates");
	assert_says(a, "+45 70 00 00 02");
	assert_says(a, "Job hotline Midt");
	/* And gone with the entrance. */
	assert_status(service_post(ADMINISTRATOR, at("/entrances/%s/edit/entrance", entrance),
	                           FORM("version", "8", "name", "Job hotline Midt", "phone", "+45 70 00 00 02")),
	              303);
	assert_null(strstr(service_get(STRANGER, "/candidates").body, "class=\"call\""));
	assert_status(service_get(NOBODY, "/entrance/1"), 404);
}

static void two_who_save_at_once_see_both_versions(void **state)
{
	(void)state;
	struct service_answer a = service_post(ADMINISTRATOR, at("/entrances/%s/edit/entrance", entrance),
	                                       FORM("version", "1", "name", "Other name", "phone", "+45 70 00 00 03"));
	assert_status(a, 409);
	assert_status(service_api(PROGRAM, HTTP_GET, at("/api/v1/entrances/%s", entrance), NULL, NULL), 403);
}

static void other_offices_know_nothing_of_what_is_not_shown(void **state)
{
	(void)state;
	assert_status(service_get(other_administrator, at("/entrances/%s", entrance)), 404);
	assert_status(service_post(other_administrator, at("/entrances/%s/edit/entrance", entrance),
	                           FORM("version", "8", "name", "Mine", "phone", "+45 70 00 00 09")),
	              404);
	assert_status(service_get(other_administrator, "/hotline/entrance"), 200);
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_administrator_makes_it_and_nothing_is_shown_yet),
		cmocka_unit_test(it_is_shown_when_it_has_hours_and_somebody_to_be_for),
		cmocka_unit_test(everybody_reads_it_without_signing_in),
		cmocka_unit_test(news_of_the_day_stand_there_the_newest_first),
		cmocka_unit_test(its_number_stands_in_the_head_of_every_office_that_is_covered),
		cmocka_unit_test(two_who_save_at_once_see_both_versions),
		cmocka_unit_test(other_offices_know_nothing_of_what_is_not_shown),
	};
	service_open(argv[1]);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	service_close();
	return failed;
}
