/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A municipality gives a card to a region, the region hands it on to a hospital, the hospital takes it on; the
 * municipality sees it, takes the card back, and it is gone everywhere at once. Then a referral that nobody answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "core/choice.h"
#include "kept.h"
#include "service.h"

#define TODAY "(now() AT TIME ZONE 'Europe/Copenhagen')::date"

enum { REGION = 3, HOSPITAL };
static int region_leader, region, hospital_leader, hospital, municipality_leader;
static char nurse[40], hidden[40], to_region[40], to_hospital[40], share[40], onward[40], post[40];
static char until[11], soon[11], yesterday[11], last[11];

static void keep(char out[40], const char *id) { (void)snprintf(out, 40, "%s", id); }

static void keep_day(char out[11], int days)
{
	(void)snprintf(out, 11, "%s", service_sql("SELECT " TODAY " + %d", days));
}

#define PERSON(given, family, more)                                                                                    \
	"{\"person\": {\"given_name\": \"" given "\", \"family_name\": \"" family "\"}, \"basis\": {\"legal_basis\": " \
	"\"public_task\"}, \"contact\": {\"mail\": \"olena@landgang.example\", \"phone\": \"+45 11 22 33 44\", "       \
	"\"address\": \"Secret Street 7\", "                                                                           \
	"\"municipality\": \"DK-0461\"" more                                                                           \
	"}, \"languages\": [{\"language\": \"da\", \"interaction\": \"b1\"}], \"occupations\": "                       \
	"[{\"occupation\": \"lg:nurse\", \"years\": 6}], \"wishes\": {\"wants_work\": \"yes\"}, \"week\": "            \
	"{\"available\": "                                                                                             \
	"\"mon-sun 00:00-24:00\"}}"

static void three_offices_and_two_people(void **state)
{
	(void)state;
	assert_string_equal(service_sql("SELECT lg_gate.create_tenant('region_dk', 'Region Midt', 'da')"), "3");
	assert_string_equal(service_sql("SELECT lg_gate.create_tenant('hospital', 'Hospital Vest', 'da')"), "4");
	municipality_leader = service_sign_in(1, "leader");
	region_leader = service_sign_in(REGION, "leader"), region = service_sign_in(REGION, "caseworker");
	hospital_leader = service_sign_in(HOSPITAL, "leader"), hospital = service_sign_in(HOSPITAL, "caseworker");
	keep_day(until, 30), keep_day(soon, 5), keep_day(yesterday, -1), keep_day(last, 90);
	struct service_answer a =
	    service_api(PROGRAM, HTTP_POST, "/api/v1/candidates", PERSON("Olena", "Tkachenko", ""), NULL);
	assert_status(a, 201);
	keep(nurse, record_word(a.json, "id"));
	a = service_api(PROGRAM, HTTP_POST, "/api/v1/candidates?anyway=1",
	                PERSON("Iryna", "Protectedova", ", \"protected_address\": true"), NULL);
	assert_status(a, 201);
	keep(hidden, record_word(a.json, "id"));
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET state = 'available'");
}

static void what_may_be_shared_is_the_same_list_everywhere(void **state)
{
	(void)state;
	size_t n;
	const struct choice *all = choices(CHOICE_shared_field, &n);
	char list[600] = "";
	for (size_t i = 0; i < n; i++)
		(void)snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", i ? " " : "", all[i].code);
	assert_string_equal(service_sql("SELECT string_agg(name, ' ' ORDER BY sort) FROM lg_ref.share_field"), list);
	assert_string_equal(service_sql("SELECT count(*) FROM lg_ref.share_field f, unnest(f.columns) c WHERE NOT "
	                                "EXISTS (SELECT FROM pg_attribute WHERE attrelid = "
	                                "'lg.candidate'::regclass AND attname = c)"),
	                    "0");
}

/* --- agreements */

static struct service_answer propose(int who, const char *other, const char *forward, const char *renews)
{
	return service_post(who, "/agreements",
	                    FORM("other", other, "purpose", "Nurses for the hospitals", "direction", "give", "fields",
	                         "name", "fields", "languages", "fields", "occupations", "fields", "place", "fields",
	                         "wishes", "fields", "week", "legal_basis", "public_task", "basis_words", "LAB § 12",
	                         "valid_from", service_sql("SELECT " TODAY), "valid_to", last,
	                         *forward ? "may_forward" : "why", *forward ? "1" : "", "renews", renews));
}

static void an_agreement_is_proposed_and_approved_by_both(void **state)
{
	(void)state;
	assert_status(service_get(CASEWORKER, "/agreements/new"), 403);
	assert_says(service_get(municipality_leader, "/agreements/new"), "Region Midt");
	struct service_answer a =
	    service_post(municipality_leader, "/agreements",
	                 FORM("other", "3", "purpose", "", "direction", "give", "legal_basis", "x"));
	assert_status(a, 422);
	a = service_post(municipality_leader, "/agreements",
	                 FORM("other", "3", "purpose", "x", "direction", "give", "legal_basis", "public_task", "fields",
	                      "national_id", "valid_from", soon, "valid_to", last));
	assert_status(a, 422);
	keep_place(to_region, propose(municipality_leader, "3", "1", ""));
	a = service_get(municipality_leader, at("/agreements/%s", to_region));
	assert_says(a, "Waits for approval");
	assert_says(a, "LAB § 12");
	assert_says(service_get(region_leader, "/agreements"), "Waits for your office");
	assert_says(service_get(region_leader, "/"), "Agreement with Vinterby: approve or decline");
	assert_says(service_get(ADMINISTRATOR, "/"), "Agreement with Region Midt: approve or decline");
	assert_status(service_get(hospital_leader, at("/agreements/%s", to_region)), 404);
	/* Nothing is given under it yet. */
	a = service_get(CASEWORKER, at("/candidates/%s/shares/new", nurse));
	assert_says(a, "No agreement is in force");
	a = service_post(CASEWORKER, at("/candidates/%s/shares", nurse),
	                 FORM("agreement", to_region, "fields", "name", "until", until, "why", "A post"));
	assert_status(a, 422);
	assert_status(service_post(region_leader, at("/agreements/%s/approve", to_region), FORM("reason", "")), 303);
	a = service_post(CASEWORKER, at("/candidates/%s/shares", nurse),
	                 FORM("agreement", to_region, "fields", "name", "until", until, "why", "A post"));
	assert_status(a, 422); /* approved by one side only */
	assert_status(service_post(region_leader, at("/agreements/%s/approve", to_region), FORM("reason", "")), 422);
	assert_status(service_post(CASEWORKER, at("/agreements/%s/approve", to_region), FORM("reason", "")), 403);
	assert_status(service_post(municipality_leader, at("/agreements/%s/approve", to_region), FORM("reason", "")),
	              303);
	a = service_get(region_leader, at("/agreements/%s", to_region));
	assert_says(a, "In force");
	assert_says(a, "Mette leader, Vinterby");
	assert_null(strstr(service_get(region_leader, "/").body, "Agreement with Vinterby"));
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.agreement SET valid_to = " TODAY
	                  " + 29 WHERE id = '%s'",
	                  to_region);
	assert_says(service_get(region_leader, "/"), "Agreement with Vinterby: renew it?");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.agreement SET valid_to = '%s' WHERE id = '%s'", last,
	    to_region);
	a = service_api(PROGRAM, HTTP_GET, "/api/v1/agreements", NULL, NULL);
	assert_status(a, 200);
	assert_string_equal(record_word(json_array_get(json_object_get(a.json, "items"), 0), "state"), "in_force");
	keep_place(to_hospital, propose(region_leader, "4", "", ""));
	assert_status(service_post(region_leader, at("/agreements/%s/approve", to_hospital), FORM("reason", "")), 303);
	assert_status(service_post(hospital_leader, at("/agreements/%s/approve", to_hospital), FORM("reason", "")),
	              303);
}

/* --- cards */

static void the_municipality_gives_a_card(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, at("/candidates/%s/shares/new", nurse));
	assert_says(a, "To: Region Midt.");
	assert_null(strstr(a.body, "value=\"contact\""));
	a = service_post(CASEWORKER, at("/candidates/%s/shares", nurse),
	                 FORM("agreement", to_region, "fields", "contact", "until", until, "why", "A post"));
	assert_status(a, 422);
	assert_says(a, "The agreement does not name this.");
	a = service_post(CASEWORKER, at("/candidates/%s/shares", nurse),
	                 FORM("agreement", to_region, "fields", "name", "until", yesterday, "why", "A post"));
	assert_status(a, 422);
	assert_status(service_post(READER, at("/candidates/%s/shares", nurse), FORM("agreement", to_region)), 403);
	keep_place(share, service_post(CASEWORKER, at("/candidates/%s/shares", nurse),
	                               FORM("agreement", to_region, "fields", "name", "fields", "languages", "fields",
	                                    "occupations", "fields", "place", "fields", "wishes", "fields", "week",
	                                    "until", until, "why", "A post as a nurse", "may_forward", "1")));
	a = service_get(region, "/shares");
	assert_says(a, "Olena Tkachenko");
	assert_says(a, "Vinterby");
	a = service_get(region, at("/shares/%s", share));
	assert_says(a, "This is all they told us.");
	assert_says(a, "Danish · B1"); /* the one level that is said */
	assert_says(a, "urse");
	assert_null(strstr(a.body, "Secret Street"));
	assert_null(strstr(a.body, "11 22 33 44"));
	assert_null(strstr(a.body, "olena@"));
	assert_status(service_get(region, at("/candidates/%s", nurse)), 404);
	assert_status(service_get(hospital, at("/shares/%s", share)), 404);
	assert_status(service_get(STRANGER, at("/shares/%s", share)), 404);
	/* Of a protected person no name goes out. */
	char other[40];
	keep_place(other, service_post(CASEWORKER, at("/candidates/%s/shares", hidden),
	                               FORM("agreement", to_region, "fields", "name", "fields", "occupations", "until",
	                                    until, "why", "A post")));
	a = service_get(region, "/shares");
	assert_null(strstr(a.body, "Protectedova"));
	assert_says(a, "Without a name: ");
}

static void the_region_hands_it_on(void **state)
{
	(void)state;
	struct service_answer a = service_get(region, at("/shares/%s/forward", share));
	assert_says(a, "To: Hospital Vest.");
	assert_null(strstr(a.body, "may_forward")); /* their agreement does not allow it */
	keep_place(onward, service_post(region, at("/shares/%s/forward", share),
	                                FORM("agreement", to_hospital, "fields", "name", "fields", "occupations",
	                                     "fields", "place", "fields", "languages", "fields", "wishes", "fields",
	                                     "week", "until", last, "why", "Ward 4", "question",
	                                     "Have you a place for her?", "deadline", soon)));
	a = service_get(hospital, "/referrals");
	assert_says(a, "Olena Tkachenko");
	assert_says(a, "Have you a place for her?");
	a = service_get(hospital, at("/shares/%s", onward));
	assert_says(a, "Comes from");
	assert_says(a, "Seen");
	assert_status(service_get(hospital, at("/shares/%s/forward", onward)), 403);
	assert_status(service_get(hospital, at("/shares/%s", share)), 404);
	assert_says(service_get(hospital, "/"), "Region Midt asks about Olena Tkachenko");
}

static const char *version_of(int who, const char *id)
{
	static char out[24];
	char asked[80]; /* not at(): whoever asks has a text of its in hand */
	(void)snprintf(asked, sizeof asked, "/shares/%s", id);
	const char *body = service_get(who, asked).body;
	const char *v = service_between(body, "name=\"version\" value=\"", "\"");
	(void)snprintf(out, sizeof out, "%s", v ? v : "0");
	return out;
}

static void the_hospital_takes_it_on_and_all_see_it(void **state)
{
	(void)state;
	assert_status(service_post(region, at("/shares/%s/answer", onward), FORM("what", "accepted", "version", "1")),
	              404);
	assert_status(service_post(hospital, at("/shares/%s/answer", onward),
	                           FORM("what", "declined", "version", version_of(hospital, onward))),
	              422);
	assert_status(
	    service_post(hospital, at("/shares/%s/answer", onward),
	                 FORM("what", "handed_back", "reason", "other", "version", version_of(hospital, onward))),
	    422);
	char version[24];
	(void)snprintf(version, sizeof version, "%s", version_of(hospital, onward));
	struct service_answer a = service_post(hospital, at("/shares/%s/answer", onward),
	                                       FORM("what", "accepted", "words", "From Monday", "version", version));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "said=answered"));
	a = service_post(hospital, at("/shares/%s/answer", onward),
	                 FORM("what", "declined", "reason", "no_place", "version", version));
	assert_status(a, 303); /* seen before the answer of a colleague */
	assert_non_null(strstr(a.location, "said=share_late"));
	assert_says(service_get(region, at("/shares/%s", onward)), "From Monday");
	assert_says(service_get(region, "/referrals?box=out"), "Accepted");
	assert_says(service_get(hospital, "/referrals"), "Accepted");
	a = service_get(CASEWORKER, at("/candidates/%s/shares", nurse));
	assert_says(a, "Region Midt → Hospital Vest");
	assert_says(a, "From Monday");
	assert_says(a, "Mette caseworker, Hospital Vest");
	assert_says(a, "Opened the card");
	assert_says(a, "Accepted");
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/candidates/%s/shares", nurse), NULL, NULL);
	assert_status(a, 200);
	assert_int_equal(json_array_size(json_object_get(a.json, "items")), 2);
}

/* --- the index */

static void who_is_shared_is_among_the_matches(void **state)
{
	(void)state;
	(void)service_sql("SELECT lg_gate.enter_job(4, 'test'); INSERT INTO lg.employer (id, name, sort_name) VALUES "
	                  "('33333333-0000-4000-8000-000000000001', 'Ward', 'ward')");
	struct service_answer a = service_post(hospital, "/employers/33333333-0000-4000-8000-000000000001/openings",
	                                       FORM("title", "Nurse on ward 4", "kind", "job", "positions", "1",
	                                            "occupations-0.occupation", "lg:nurse", "municipality", "DK-0461"));
	assert_status(a, 303);
	keep(post, service_sql("SELECT id FROM lg.opening WHERE tenant_id = 4"));
	(void)service_sql("SELECT lg_gate.enter_job(4, 'test'); UPDATE lg.opening SET state = 'open'");
	service_match_begin();
	a = service_get(hospital, at("/openings/%s/matches", post));
	for (int i = 0; i < 50 && strstr(a.body, "The lists are being made"); i++) a = service_get(hospital, path);
	assert_says(a, "Olena Tkachenko");
	assert_says(a, "A card from Region Midt: answer them");
	assert_says(a, at("/shares/%s", onward));
	assert_null(strstr(a.body, "Propose it"));
	assert_says(service_get(CASEWORKER, at("/candidates/%s/shares", nurse)), "Saw it among matches");
}

static void what_is_learnt_of_the_person_is_on_the_cards(void **state)
{
	(void)state;
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET family_name = 'Kovalenko', "
	                  "version = version + 1 WHERE id = '%s'",
	                  nurse);
	assert_says(service_get(hospital, at("/shares/%s", onward)), "Olena Kovalenko");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET state = 'in_process' WHERE id = '%s'", nurse);
	assert_null(strstr(service_get(hospital, at("/openings/%s/matches", post)).body, "Olena"));
	(void)service_sql(
	    "SELECT lg_gate.enter_job(1, 'test'); UPDATE lg.candidate SET state = 'available' WHERE id = '%s'", nurse);
	assert_says(service_get(hospital, path), "Olena Kovalenko");
}

static void taken_back_it_is_gone_everywhere_at_once(void **state)
{
	(void)state;
	assert_status(service_post(region, at("/shares/%s/withdraw", share), FORM("version", "1")), 404);
	struct service_answer a =
	    service_post(CASEWORKER, at("/shares/%s/withdraw", share),
	                 FORM("version", version_of(CASEWORKER, share), "reason", "She has work"));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "said=withdrawn"));
	assert_status(service_get(hospital, at("/shares/%s", onward)), 404);
	assert_status(service_get(region, at("/shares/%s", share)), 404);
	assert_null(strstr(service_get(hospital, "/shares").body, "Olena"));
	assert_null(strstr(service_get(hospital, "/referrals").body, "Olena"));
	assert_null(strstr(service_get(hospital, "/").body, "Olena"));
	assert_null(strstr(service_get(hospital, at("/openings/%s/matches", post)).body, "Olena"));
	assert_null(strstr(service_get(region, "/shares").body, "Olena"));
	assert_null(strstr(service_get(hospital, "/candidates.csv").body, "Olena"));
	assert_status(service_post(hospital, at("/shares/%s/answer", onward),
	                           FORM("what", "noted", "words", "x", "version", "3")),
	              404);
	a = service_get(region, at("/shares/%s", onward)); /* the giver keeps that it was, and what came of it */
	assert_says(a, "Over: withdrawn or expired");
	assert_says(service_get(CASEWORKER, at("/candidates/%s/shares", nurse)), "From Monday");
	assert_says(service_get(CASEWORKER, at("/candidates/%s/history", nurse)), "Card taken back");
}

static void it_ends_by_itself(void **state)
{
	(void)state;
	assert_status(service_post(CASEWORKER, at("/shares/%s/prolong", share),
	                           FORM("until", until, "version", version_of(CASEWORKER, share))),
	              303);
	assert_says(service_get(hospital, at("/openings/%s/matches", post)),
	            "Olena Kovalenko"); /* what was handed on is there again */
	(void)service_sql(
	    "ALTER TABLE lg.share DISABLE TRIGGER USER; UPDATE lg.share SET given_until = now() + interval '1.5 s' "
	    "WHERE id = '%s'; "
	    "UPDATE lg.match_entry SET until = now() + interval '1.5 s' WHERE until IS NOT NULL AND tenant_id = 4; "
	    "ALTER TABLE lg.share ENABLE TRIGGER USER",
	    share);
	assert_says(service_get(hospital, path), "Olena Kovalenko");
	(void)service_sql("SELECT pg_sleep(2)");
	assert_null(
	    strstr(service_get(hospital, path).body, "Olena")); /* the matcher heard of nothing, and knows the time */
	assert_status(service_get(hospital, at("/shares/%s", onward)), 404);
	assert_null(strstr(service_get(region, "/shares").body, "Olena"));
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.share WHERE until > now() AND candidate_id = '%s'", nurse), "0");
}

/* --- a referral that nobody answers */

static void a_referral_is_reminded_of_and_escalated(void **state)
{
	(void)state;
	keep_place(share,
	           service_post(CASEWORKER, at("/candidates/%s/shares", nurse),
	                        FORM("agreement", to_region, "fields", "name", "fields", "occupations", "until", until,
	                             "why", "A post", "question", "Will you help her?", "deadline", soon)));
	struct service_answer a = service_get(CASEWORKER, "/");
	assert_says(a, "Referral of Olena Kovalenko to Region Midt");
	assert_null(strstr(a.body, "no answer: remind them"));
	(void)service_sql("UPDATE lg.referral SET deadline = " TODAY " - 1 WHERE share_id = '%s'", share);
	assert_says(service_get(CASEWORKER, "/"), "no answer: remind them");
	a = service_get(CASEWORKER, at("/shares/%s", share));
	assert_says(a, "Remind them");
	assert_null(strstr(a.body, "Ask their leader"));
	assert_status(service_post(region, at("/shares/%s/remind", share), FORM("version", "1")), 404);
	assert_status(
	    service_post(CASEWORKER, at("/shares/%s/remind", share), FORM("version", version_of(CASEWORKER, share))),
	    303);
	assert_says(service_get(region, "/"), "they have reminded us");
	assert_says(service_get(CASEWORKER, "/"), "no answer: ask their leader");
	a = service_get(CASEWORKER, at("/shares/%s", share));
	assert_says(a, "Ask their leader");
	assert_status(service_post(CASEWORKER, at("/shares/%s/escalate", share),
	                           FORM("reason", "She waits", "version", version_of(CASEWORKER, share))),
	              303);
	assert_says(service_get(region_leader, "/"), "they ask a leader to look at it");
	a = service_get(region, at("/shares/%s", share));
	assert_says(a, "She waits");
	assert_status(service_post(region, at("/shares/%s/answer", share),
	                           FORM("what", "declined", "reason", "wrong_office", "words", "Ask the hospital",
	                                "version", version_of(region, share))),
	              303);
	a = service_get(CASEWORKER, at("/shares/%s", share));
	assert_says(a, "Another office is the right one: Ask the hospital");
	assert_says(service_get(CASEWORKER, "/"),
	            "Referral of Olena Kovalenko to Region Midt"); /* until it is taken back */
	assert_null(strstr(service_get(region, "/").body, "asks about Olena"));
	assert_status(
	    service_post(CASEWORKER, at("/shares/%s/remind", share), FORM("version", version_of(CASEWORKER, share))),
	    422);
}

static void what_was_taken_on_is_handed_back(void **state)
{
	(void)state;
	keep_place(share, service_post(CASEWORKER, at("/candidates/%s/shares", nurse),
	                               FORM("agreement", to_region, "fields", "occupations", "until", until, "why",
	                                    "A post", "question", "Will you?", "deadline", soon)));
	assert_status(service_post(region, at("/shares/%s/answer", share),
	                           FORM("what", "accepted", "version", version_of(region, share))),
	              303);
	assert_status(
	    service_post(region, at("/shares/%s/answer", share),
	                 FORM("what", "handed_back", "reason", "finished", "version", version_of(region, share))),
	    303);
	assert_says(service_get(CASEWORKER, "/referrals?box=out"), "Handed back");
	assert_says(service_get(region, "/referrals"), "Handed back");
}

/* Two records that were one: what was told of the second is told of the first, and of the second again when it is
 * undone. */
static void who_was_here_twice_keeps_what_was_given(void **state)
{
	(void)state;
	char twin[40], given[40], version[24], other[24];
	struct service_answer a =
	    service_api(PROGRAM, HTTP_POST, "/api/v1/candidates?anyway=1", PERSON("Olena", "Kovalenkova", ""), NULL);
	assert_status(a, 201);
	keep(twin, record_word(a.json, "id"));
	keep_place(given, service_post(CASEWORKER, at("/candidates/%s/shares", twin),
	                               FORM("agreement", to_region, "fields", "name", "until", until, "why", "Twice")));
	assert_says(service_get(region, at("/shares/%s", given)), "Olena Kovalenkova");
	(void)snprintf(version, sizeof version, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", nurse));
	(void)snprintf(other, sizeof other, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", twin));
	assert_status(service_post(CASEWORKER, at("/candidates/%s/merge/%s", nurse, twin),
	                           FORM("version", version, "other_version", other)),
	              303);
	assert_says(service_get(region, at("/shares/%s", given)), "Olena Kovalenko");
	assert_null(strstr(service_get(region, at("/shares/%s", given)).body, "Kovalenkova"));
	assert_says(service_get(CASEWORKER, at("/candidates/%s/shares", nurse)), "Twice");
	char merge[40];
	keep(merge, service_sql("SELECT id FROM lg.merge WHERE gone = '%s'", twin));
	assert_status(
	    service_post(CASEWORKER, at("/candidates/%s/merges/%s/undo", nurse, merge),
	                 FORM("version", service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", nurse))),
	    303);
	assert_says(service_get(region, at("/shares/%s", given)), "Olena Kovalenkova");
	assert_null(strstr(service_get(CASEWORKER, at("/candidates/%s/shares", nurse)).body, "Twice"));
}

/* --- for programs */

static void a_program_does_the_same(void **state)
{
	(void)state;
	char body[600];
	(void)snprintf(body, sizeof body,
	               "{\"agreement\": \"%s\", \"fields\": [\"occupations\"], \"until\": \"%s\", \"why\": \"A post\"}",
	               to_region, until);
	struct service_answer a =
	    service_api(PROGRAM, HTTP_POST, at("/api/v1/candidates/%s/shares", nurse), body, NULL);
	assert_status(a, 201);
	char id[40];
	keep(id, record_word(a.json, "id"));
	a = service_api(PROGRAM, HTTP_GET, at("/api/v1/shares/%s", id), NULL, NULL);
	assert_status(a, 200);
	assert_string_equal(record_word(a.json, "state"), "sent");
	assert_null(json_object_get(json_object_get(a.json, "card"), "given_name"));
	char etag[24];
	(void)snprintf(etag, sizeof etag, "%s", a.etag);
	assert_status(service_api(PROGRAM, HTTP_POST, at("/api/v1/shares/%s/withdraw", id), "{}", NULL), 428);
	assert_status(service_api(PROGRAM, HTTP_POST, path, "{\"until\": \"2099-01-01\"}", FORM("If-Match", etag)),
	              422);
	assert_status(service_api(PROGRAM, HTTP_POST, path, "{\"reason\": \"done\"}", FORM("If-Match", etag)), 204);
	assert_status(service_api(PROGRAM, HTTP_POST, path, "{}", FORM("If-Match", etag)), 412);
	assert_status(service_get(region, at("/shares/%s", id)), 404);
}

static void with_the_agreement_ends_what_was_given_under_it(void **state)
{
	(void)state;
	assert_status(service_get(region, at("/shares/%s", share)), 200);
	assert_status(
	    service_post(region_leader, at("/agreements/%s/end", to_region), FORM("reason", "A new one comes")), 303);
	assert_status(service_get(region, at("/shares/%s", share)), 404);
	assert_says(service_get(CASEWORKER, at("/shares/%s", share)), "the agreement was ended");
	assert_says(service_get(CASEWORKER, at("/candidates/%s/shares/new", nurse)), "No agreement is in force");
	/* Renewed, it can be given again. */
	assert_says(service_get(municipality_leader, at("/agreements/new?renews=%s", to_region)),
	            "Nurses for the hospitals");
	char again[40];
	keep_place(again, propose(municipality_leader, "3", "1", to_region));
	assert_says(service_get(region_leader, at("/agreements/%s", again)), "An earlier agreement");
	assert_status(service_post(region_leader, at("/agreements/%s/decline", again), FORM("reason", "Not yet")), 303);
	assert_says(service_get(municipality_leader, at("/agreements/%s", again)), "Not yet");
	assert_status(service_post(municipality_leader, at("/agreements/%s/approve", again), FORM("reason", "")), 422);
	keep_place(again, propose(municipality_leader, "3", "1", to_region));
	assert_status(service_post(region_leader, at("/agreements/%s/approve", again), FORM("reason", "")), 303);
	assert_status(service_post(municipality_leader, at("/agreements/%s/approve", again), FORM("reason", "")), 303);
	assert_status(service_post(CASEWORKER, at("/shares/%s/prolong", share),
	                           FORM("until", until, "agreement", again, "version", version_of(CASEWORKER, share))),
	              303);
	assert_status(service_get(region, at("/shares/%s", share)), 200);
}

static void who_is_erased_is_erased_everywhere(void **state)
{
	(void)state;
	char version[24];
	(void)snprintf(version, sizeof version, "%s",
	               service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", nurse));
	assert_status(service_post(OFFICER, at("/candidates/%s/erase", nurse),
	                           FORM("version", version, "family_name", "Kovalenko", "why", "asked")),
	              303);
	assert_status(service_get(region, at("/shares/%s", share)), 404);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.share WHERE candidate_id = '%s'", nurse), "0");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.share_answer a WHERE NOT EXISTS (SELECT FROM lg.share "
	                                "s WHERE s.id = a.share_id)"),
	                    "0");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.match_entry WHERE tenant_id IN (3, 4) AND side = "
	                                "'candidate' AND facts::text LIKE '%%lg:nurse%%'"),
	                    "0");
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
		cmocka_unit_test(three_offices_and_two_people),
		cmocka_unit_test(what_may_be_shared_is_the_same_list_everywhere),
		cmocka_unit_test(an_agreement_is_proposed_and_approved_by_both),
		cmocka_unit_test(the_municipality_gives_a_card),
		cmocka_unit_test(the_region_hands_it_on),
		cmocka_unit_test(the_hospital_takes_it_on_and_all_see_it),
		cmocka_unit_test(who_is_shared_is_among_the_matches),
		cmocka_unit_test(what_is_learnt_of_the_person_is_on_the_cards),
		cmocka_unit_test(taken_back_it_is_gone_everywhere_at_once),
		cmocka_unit_test(it_ends_by_itself),
		cmocka_unit_test(a_referral_is_reminded_of_and_escalated),
		cmocka_unit_test(what_was_taken_on_is_handed_back),
		cmocka_unit_test(who_was_here_twice_keeps_what_was_given),
		cmocka_unit_test(a_program_does_the_same),
		cmocka_unit_test(with_the_agreement_ends_what_was_given_under_it),
		cmocka_unit_test(who_is_erased_is_erased_everywhere),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("share", tests, NULL, close_all);
}
