/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A card goes from a municipality to a region, and from there to a hospital. It is taken back, its time is over, or an
 * agreement is ended: from the answer on, no page, file, list, match or answer of the API shows anything of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "formats/xlsx.h"
#include "kept.h"
#include "service.h"

enum { REGION = 3, HOSPITAL, NAMES = 2 };
#define TODAY "(now() AT TIME ZONE 'Europe/Copenhagen')::date"
#define GIVEN "Zoriana"
#define FAMILY "Withdrawchuk"
#define OF_OFFICE "SELECT lg_gate.enter_job(%d, 'test'); "

static struct office {
	int tenant, leader, caseworker, hotline, officer, administrator, program;
	char opening[40], share[40], enquiry[40];
} region = { .tenant = REGION }, hospital = { .tenant = HOSPITAL };
static int leader, agent;
static char nurse[40], to_region[40], to_hospital[40], until[11], last[11];

static void keep(char out[40], const char *id) { (void)snprintf(out, 40, "%.36s", id); }

/* --- three offices */

static void open_office(struct office *o, const char *template, const char *name)
{
	(void)service_sql("SELECT lg_gate.create_tenant('%s', '%s', 'da')", template, name);
	o->leader = service_sign_in(o->tenant, "leader"), o->caseworker = service_sign_in(o->tenant, "caseworker");
	o->hotline = service_sign_in(o->tenant, "hotline"),
	o->officer = service_sign_in(o->tenant, "protection_officer");
	o->administrator = service_sign_in(o->tenant, "administrator");
	o->program = service_new_program_of(o->tenant, "caseworker,protection_officer");
	(void)service_sql(OF_OFFICE "INSERT INTO lg.employer (id, name, sort_name) VALUES (gen_random_uuid(), 'Ward', "
	                            "'ward')",
	                  o->tenant);
	struct service_answer a = service_post(
	    o->caseworker,
	    at("/employers/%s/openings", service_sql("SELECT id FROM lg.employer WHERE tenant_id = %d", o->tenant)),
	    FORM("title", "Nurse on ward 4", "kind", "job", "positions", "1", "occupations-0.occupation", "lg:nurse",
	         "municipality", "DK-0461"));
	assert_status(a, 303);
	keep(o->opening, service_sql("SELECT id FROM lg.opening WHERE tenant_id = %d", o->tenant));
	(void)service_sql(OF_OFFICE "UPDATE lg.opening SET state = 'open'", o->tenant);
	keep_place(o->enquiry,
	           service_post(o->hotline, "/enquiries",
	                        FORM("channel", "phone", "subject", "other", "words", "Is there a nurse for ward 4?",
	                             "about", "nobody", "municipality", "DK-0461")));
}

static void agree(char out[40], int who, const char *other, int other_leader)
{
	keep_place(
	    out, service_post(who, "/agreements",
	                      FORM("other", other, "purpose", "Nurses for the hospitals", "direction", "give", "fields",
	                           "name", "fields", "languages", "fields", "occupations", "fields", "place", "fields",
	                           "wishes", "fields", "week", "legal_basis", "public_task", "basis_words", "LAB § 12",
	                           "valid_from", service_sql("SELECT " TODAY), "valid_to", last, "may_forward", "1")));
	assert_status(service_post(who, at("/agreements/%s/approve", out), FORM("reason", "")), 303);
	assert_status(service_post(other_leader, at("/agreements/%s/approve", out), FORM("reason", "")), 303);
}

static void three_offices(void **state)
{
	(void)state;
	(void)snprintf(until, sizeof until, "%s", service_sql("SELECT " TODAY " + 30"));
	(void)snprintf(last, sizeof last, "%s", service_sql("SELECT " TODAY " + 90"));
	open_office(&region, "region_dk", "Region Midt");
	open_office(&hospital, "hospital", "Hospital Vest");
	leader = service_sign_in(1, "leader"), agent = CASEWORKER;
	struct service_answer a = service_api(
	    PROGRAM, HTTP_POST, "/api/v1/candidates",
	    "{\"person\": {\"given_name\": \"" GIVEN "\", \"family_name\": \"" FAMILY
	    "\"}, \"basis\": {\"legal_basis\": \"public_task\"}, \"contact\": {\"municipality\": \"DK-0461\"}, "
	    "\"languages\": [{\"language\": \"da\", \"interaction\": \"b1\"}], \"occupations\": [{\"occupation\": "
	    "\"lg:nurse\", \"years\": 6}], \"wishes\": {\"wants_work\": \"yes\"}, \"week\": {\"available\": \"mon-sun "
	    "00:00-24:00\"}}",
	    NULL);
	assert_status(a, 201);
	keep(nurse, record_word(a.json, "id"));
	(void)service_sql(OF_OFFICE "UPDATE lg.candidate SET state = 'available'", 1);
	agree(to_region, leader, "3", region.leader);
	agree(to_hospital, region.leader, "4", hospital.leader);
	service_match_begin();
}

/* --- all that an office can look at */

static const char *version_of(int who, const char *id)
{
	static char out[24];
	char asked[80];
	(void)snprintf(asked, sizeof asked, "/shares/%s", id);
	const char *v = service_between(service_get(who, asked).body, "name=\"version\" value=\"", "\"");
	(void)snprintf(out, sizeof out, "%s", v ? v : "0");
	return out;
}

static bool tells(const char *text) { return strstr(text, GIVEN) || strstr(text, FAMILY) || strstr(text, nurse); }

/* Does a workbook? */
static bool book_tells(struct service_answer a)
{
	struct lg_buf out = { 0 };
	bool yes =
	    lg_xlsx_ndjson(service_cx(), &out, "x", a.body, a.size, NULL) == LG_OK && out.data && tells(out.data);
	lg_buf_free(&out);
	return yes;
}

static size_t look(int who, const char *where, char *found, size_t room)
{
	struct service_answer a = service_get(who, where);
	if (a.status == 403 || a.status == 404 || a.status == 303) return 0;
	for (int i = 0; i < 100 && strstr(a.body, "The lists are being made"); i++) a = service_get(who, where);
	assert_status(a, 200);
	if (strncmp(a.body, "PK", 2) != 0 ? !tells(a.body) : !book_tells(a)) return 0;
	(void)snprintf(found + strlen(found), room - strlen(found), " %s", where);
	return 1;
}

/* Where anything of the person is to be seen, of all that somebody of the office may open. */
static size_t looked(const struct office *o, char *found, size_t room)
{
	static const char *const everywhere[] = { "/",
		                                  "/shares",
		                                  "/shares?box=given",
		                                  "/referrals",
		                                  "/referrals?box=out",
		                                  "/candidates",
		                                  "/candidates?q=Zorian",
		                                  "/search?q=Withdrawchu",
		                                  "/candidates.csv",
		                                  "/candidates.xlsx",
		                                  "/candidates.ndjson",
		                                  "/openings",
		                                  "/openings.csv",
		                                  "/openings.xlsx",
		                                  "/employers",
		                                  "/runs",
		                                  "/hotline",
		                                  "/enquiries",
		                                  "/enquiries?q=Zorian",
		                                  "/hotline/figures",
		                                  "/hotline/figures.csv",
		                                  "/agreements",
		                                  "/audit",
		                                  "/audit/seen" };
	int whos[] = { o->caseworker, o->leader, o->hotline, o->officer, o->administrator };
	size_t n = 0;
	*found = '\0';
	for (size_t w = 0; w < sizeof whos / sizeof *whos; w++) {
		for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++)
			n += look(whos[w], everywhere[i], found, room);
		n += look(whos[w], at("/openings/%s/matches", o->opening), found, room);
		n += look(whos[w], at("/openings/%s", o->opening), found, room);
		n += look(whos[w], at("/shares/%s", region.share), found, room);
		n += look(whos[w], at("/shares/%s", hospital.share), found, room);
		n += look(whos[w], at("/shares/%s/forward", o->share), found, room);
		n += look(whos[w], at("/candidates/%s", nurse), found, room);
		n += look(whos[w], at("/candidates/%s/history", nurse), found, room);
		n += look(whos[w], at("/candidates/%s/shares", nurse), found, room);
		n += look(whos[w], at("/enquiries/%s", o->enquiry), found, room);
		n += look(whos[w], at("/enquiries/%s/history", o->enquiry), found, room);
		n += look(whos[w], at("/enquiries/%s/card", o->enquiry), found, room);
	}
	return n;
}

static size_t told_by_api(const struct office *o, char *found, size_t room)
{
	char mine[80];
	(void)snprintf(mine, sizeof mine, "/api/v1/shares/%s", hospital.share);
	const char *const all[] = { "/api/v1/shares",
		                    "/api/v1/shares?box=given",
		                    "/api/v1/referrals",
		                    "/api/v1/referrals?box=out",
		                    "/api/v1/candidates",
		                    "/api/v1/candidates.ndjson",
		                    at("/api/v1/shares/%s", region.share),
		                    mine };
	size_t n = 0;
	*found = '\0';
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct service_answer a = service_api(o->program, HTTP_GET, all[i], NULL, NULL);
		if (a.status == 404) continue;
		assert_status(a, 200);
		if (tells(a.body)) (void)snprintf(found + strlen(found), room - strlen(found), " %s", all[i]), n++;
	}
	return n;
}

static char found[4000];

static void must_see(const struct office *o, const char *const *where)
{
	size_t n = looked(o, found, sizeof found);
	for (; *where; where++)
		if (!strstr(found, *where))
			fail_msg("office %d does not see it in %s, but in%s", o->tenant, *where, found);
	assert_true(n > 4);
	assert_true(told_by_api(o, found, sizeof found) > 0);
}

static void must_not_see(const struct office *o)
{
	if (looked(o, found, sizeof found)) fail_msg("office %d sees it in%s", o->tenant, found);
	if (told_by_api(o, found, sizeof found)) fail_msg("office %d is told by%s", o->tenant, found);
	/* The mail that is on its way, what is told to webhooks, and what the matcher would answer. */
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.outbox o WHERE to_jsonb(o)::text ~ '" GIVEN "|" FAMILY "'"), "0");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.match_entry WHERE tenant_id = %d AND side = 'candidate' AND "
	                "facts IS NOT NULL AND (until IS NULL OR until > now())",
	                o->tenant),
	    "0");
}

/* --- give, and end it */

static void give(void)
{
	keep_place(region.share, service_post(agent, at("/candidates/%s/shares", nurse),
	                                      FORM("agreement", to_region, "fields", "name", "fields", "languages",
	                                           "fields", "occupations", "fields", "place", "fields", "wishes",
	                                           "fields", "week", "until", until, "why", "A post", "may_forward",
	                                           "1", "question", "Have you a place?", "deadline", until)));
	keep_place(hospital.share,
	           service_post(region.caseworker, at("/shares/%s/forward", region.share),
	                        FORM("agreement", to_hospital, "fields", "name", "fields", "languages", "fields",
	                             "occupations", "fields", "place", "fields", "wishes", "fields", "week", "until",
	                             until, "why", "Ward 4", "question", "Have you a place?", "deadline",
	                             service_sql("SELECT " TODAY " + 1"))));
	/* An enquiry at the region is about that card. */
	keep_place(region.enquiry, service_post(region.hotline, "/enquiries",
	                                        FORM("channel", "phone", "subject", "person", "words",
	                                             "Where could she begin?", "about", "anonymous")));
	assert_status(service_post(region.hotline, at("/enquiries/%s/card", region.enquiry),
	                           FORM("version", "1", "share", region.share)),
	              303);
	struct service_answer a = service_get(region.hotline, at("/enquiries/%s", region.enquiry));
	assert_says(a, region.share);
	static const char *const all_see[] = { " /shares", " /referrals", "/matches", NULL }, *const middle[] = {
		"/shares?box=given", "/referrals?box=out", "/forward", NULL
	};
	must_see(&region, all_see);
	must_see(&region, middle);
	must_see(&hospital, all_see);
	assert_true(look(hospital.caseworker, "/", found, sizeof found));
}

/* The sender sees that it is over and since when, on the page and by the API. */
static void sender_sees(const char *words, bool withdrawn)
{
	struct service_answer a = service_get(agent, at("/shares/%s", region.share));
	assert_status(a, 200);
	assert_says(a, GIVEN);
	assert_says(a, "Over: withdrawn or expired");
	if (withdrawn) assert_says(a, "Taken back");
	if (words) assert_says(a, words);
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/shares/%s", region.share), NULL, NULL);
	assert_status(a, 200);
	assert_string_equal(record_word(a.json, "state"), "over");
	int64_t now = service_cx()->now, since = record_number(a.json, withdrawn ? "withdrawn" : "until", 0);
	assert_true(since > now - 120 && since <= now + 1);
	a = service_get(agent, at("/candidates/%s/shares", nurse));
	assert_says(a, "Region Midt → Hospital Vest");
	assert_says(a, "Opened the card");
}

static void it_is_taken_back(void **state)
{
	(void)state;
	give();
	char version[24];
	(void)snprintf(version, sizeof version, "%s", version_of(agent, region.share));
	assert_status(service_post(agent, at("/shares/%s/withdraw", region.share),
	                           FORM("version", version, "reason", "She has work")),
	              303);
	must_not_see(&hospital);
	must_not_see(&region);
	sender_sees("She has work", true);
	/* Nothing can be done with it any more. */
	assert_status(service_post(hospital.caseworker, at("/shares/%s/answer", hospital.share),
	                           FORM("what", "accepted", "version", "1")),
	              404);
	assert_status(service_post(region.caseworker, at("/shares/%s/forward", region.share),
	                           FORM("agreement", to_hospital, "fields", "name", "until", until, "why", "x")),
	              404);
	/* The enquiry stays, and leads to no card. */
	struct service_answer a = service_get(region.hotline, at("/enquiries/%s", region.enquiry));
	assert_status(a, 200);
	assert_null(strstr(a.body, region.share));
	/* Who handed it on keeps that it did, without whom it was about. */
	a = service_get(region.caseworker, at("/shares/%s", hospital.share));
	assert_status(a, 200);
	assert_says(a, "Over: withdrawn or expired");
	assert_says(a, "Ward 4");
}

static void of_two_the_middle_one_takes_it_back(void **state)
{
	(void)state;
	give();
	char version[24];
	(void)snprintf(version, sizeof version, "%s", version_of(region.caseworker, hospital.share));
	assert_status(service_post(region.caseworker, at("/shares/%s/withdraw", hospital.share),
	                           FORM("version", version, "reason", "")),
	              303);
	must_not_see(&hospital);
	assert_true(look(region.caseworker, "/shares", found, sizeof found)); /* theirs is still given */
	(void)snprintf(version, sizeof version, "%s", version_of(agent, region.share));
	assert_status(
	    service_post(agent, at("/shares/%s/withdraw", region.share), FORM("version", version, "reason", "")), 303);
	must_not_see(&region);
	sender_sees(NULL, true);
}

static void its_time_is_over(void **state)
{
	(void)state;
	give();
	(void)service_sql(
	    "ALTER TABLE lg.share DISABLE TRIGGER USER; UPDATE lg.share SET given_until = now() + interval '1.5 "
	    "s' WHERE id = '%s'; UPDATE lg.match_entry SET until = now() + interval '1.5 s' WHERE until IS NOT "
	    "NULL AND until > now(); ALTER TABLE lg.share ENABLE TRIGGER USER",
	    region.share);
	(void)service_sql("SELECT pg_sleep(2)");
	must_not_see(&hospital);
	must_not_see(&region);
	sender_sees(NULL, false);
}

static void the_agreement_is_ended(void **state)
{
	(void)state;
	give();
	assert_status(
	    service_post(region.leader, at("/agreements/%s/end", to_region), FORM("reason", "A new one comes")), 303);
	must_not_see(&hospital);
	must_not_see(&region);
	sender_sees("the agreement was ended", true);
}

static int close_all(void **state)
{
	(void)state;
	service_match_end();
	service_close();
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_offices),
		cmocka_unit_test(it_is_taken_back),
		cmocka_unit_test(of_two_the_middle_one_takes_it_back),
		cmocka_unit_test(its_time_is_over),
		cmocka_unit_test(the_agreement_is_ended),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("withdrawal", tests, NULL, close_all);
}
