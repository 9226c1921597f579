/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* An enquiry, from the ring to the answer: by pages, by the API, past both; and sixteen agents who take one call. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/record.h"
#include "kept.h"
#include "service.h"

#define HEADERS FORM

static char enquiry[40], waits[40];
static int agent, second, program;

static const char *column(const char *name, const char *id)
{
	return service_sql("SELECT coalesce(%s::text, '-') FROM lg.enquiry WHERE id = '%s'", name, id);
}

static void keep_id(char out[40], const char *location)
{
	*out = '\0';
	(void)strncat(out, location + strlen("/enquiries/"), 36);
}

static void a_call_is_written_down_with_four_fields(void **state)
{
	(void)state;
	assert_status(service_get(CASEWORKER, "/hotline"), 403);
	assert_status(service_get(CASEWORKER, "/enquiries/new"), 403);
	struct service_answer a = service_get(agent, "/enquiries/new");
	assert_status(a, 200);
	/* At most six fields are required (DOMAIN, story 1); each says so. */
	size_t required = 0;
	for (const char *s = a.body; (s = strstr(s, "class=\"must\"")); s++) required++;
	assert_in_range(required, 1, 6);
	a = service_post(agent, "/enquiries",
	                 FORM("channel", "phone", "subject", "openings", "words", "Which posts are there for a nurse?",
	                      "about", "anonymous"));
	assert_status(a, 303);
	keep_id(enquiry, a.location);
	/* A word that may mean several occupations: one of them is chosen, as the page sends it. */
	a = service_post(agent, "/enquiries",
	                 FORM("channel", "phone", "subject", "openings", "words", "A nurse?", "about", "anonymous",
	                      "typed_occupation", "sygeplejerske", "occupation", "", "occupation", "lg:nurse"));
	assert_status(a, 303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.enquiry WHERE occupation = 'lg:nurse'"), "1");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); DELETE FROM lg.enquiry WHERE occupation = 'lg:nurse'");
	/* Who is on the phone has it. */
	assert_string_equal(column("state", enquiry), "assigned");
	assert_string_equal(column("owner", enquiry), service_account(agent));
	assert_string_equal(column("priority", enquiry), "normal");
	a = service_get(agent, at("/enquiries/%s", enquiry));
	assert_status(a, 200);
	assert_says(a, "Which posts are there for a nurse?");
	assert_says(a, "A caller who is not named");
	assert_says(a, "Somebody has it");
	assert_status(service_post(agent, "/enquiries", FORM("channel", "phone", "about", "nobody")), 422);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.enquiry"), "1");
	assert_string_equal(service_sql("SELECT verb || entity FROM lg.audit WHERE subject = '%s'", enquiry),
	                    "registeredenquiry");
}

static void no_name_is_saved_before_a_basis_is_chosen(void **state)
{
	(void)state;
	/* By the page, with a kind word and what was typed. */
	struct service_answer a =
	    service_post(agent, "/enquiries",
	                 FORM("channel", "mail", "subject", "person", "words", "What could she do?", "about", "named",
	                      "person_name", "Olena Koval"));
	assert_status(a, 422);
	assert_says(a, "Choose first on what the office may hold a name.");
	assert_says(a, "Olena Koval");
	a = service_post(agent, "/enquiries",
	                 FORM("channel", "mail", "subject", "other", "words", "Hello?", "about", "nobody",
	                      "caller_name", "Karen Holm"));
	assert_status(a, 422);
	/* By the API. */
	a = service_api(
	    program, HTTP_POST, "/api/v1/enquiries",
	    "{\"call\":{\"channel\":\"web\"},\"question\":{\"subject\":\"person\",\"words\":\"What could she do?\"},"
	    "\"whom\":{\"about\":\"named\",\"person_name\":\"Olena Koval\"}}",
	    NULL);
	assert_status(a, 422);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.enquiry WHERE person_name IS NOT NULL"), "0");
	/* Past both: as the pages' role, with the office's own identity. */
	assert_string_equal(
	    service_sql(
	        "SELECT lg_gate.sign('1|staff|%s||hotline|'); SET LOCAL ROLE lg_web; DO $$ BEGIN INSERT INTO "
	        "lg.enquiry (id, channel, about, subject, words, "
	        "state, person_name) VALUES (gen_random_uuid(), 'web', 'named', 'person', 'x', 'new', 'Olena Koval'); "
	        "EXCEPTION WHEN check_violation THEN RAISE NOTICE 'refused'; END $$; SELECT count(*) FROM lg.enquiry "
	        "WHERE person_name IS NOT NULL",
	        service_account(agent)),
	    "0");
	assert_string_equal(service_sql("SELECT lg_gate.sign('1|staff|%s||hotline|'); SET LOCAL ROLE lg_web; DO $$ "
	                                "BEGIN UPDATE lg.enquiry SET caller_name = 'Karen Holm'; "
	                                "EXCEPTION WHEN check_violation THEN RAISE NOTICE 'refused'; END $$; SELECT "
	                                "count(*) FROM lg.enquiry WHERE caller_name IS NOT NULL",
	                                service_account(agent)),
	                    "0");
	/* Changed afterwards: neither. */
	a = service_post(agent, at("/enquiries/%s/edit/whom", enquiry),
	                 FORM("version", "1", "about", "named", "person_name", "Olena Koval"));
	assert_status(a, 422);
	a = service_post(
	    agent, path,
	    FORM("version", "1", "about", "named", "person_name", "Olena Koval", "legal_basis", "public_task"));
	assert_status(a, 303);
	/* And the basis cannot go while the name stays. */
	a = service_post(agent, path,
	                 FORM("version", "2", "about", "named", "person_name", "Olena Koval", "legal_basis", ""));
	assert_status(a, 422);
}

static void who_rang_before_is_found_and_nobody_types_it_again(void **state)
{
	(void)state;
	struct service_answer a =
	    service_post(agent, "/enquiries",
	                 FORM("channel", "phone", "subject", "rules", "words", "How long may she stay?", "about",
	                      "nobody", "caller_phone", "+45 86 12 34 56", "caller_place", "Jobcenter Randers",
	                      "municipality", "DK-0730", "legal_basis", "public_task", "caller_name", "Karen Holm"));
	assert_status(a, 303);
	char first[40];
	keep_id(first, a.location);
	/* By number, however it is written; by name; by municipality. */
	static const char *const looks[][2] = { { "caller_phone", "86 123456" },
		                                { "caller_name", "karen holm" },
		                                { "caller_place", "jobcenter randers" },
		                                { "municipality", "DK-0730" } };
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		a = service_post(agent, "/enquiries/beside", FORM("channel", "phone", looks[i][0], looks[i][1]));
		assert_status(a, 200);
		assert_says(a, "Who rang before");
		assert_says(a, "Karen Holm · Jobcenter Randers · Randers");
	}
	a = service_post(agent, "/enquiries/beside", FORM("channel", "phone", "caller_phone", "99999999"));
	assert_null(strstr(a.body, "Karen Holm"));
	/* Their facts stand in the form; saving it says where they came from. */
	a = service_post(agent, "/enquiries", FORM("channel", "phone", "words", "Again me", "caller", first));
	assert_status(a, 200);
	assert_says(a, "value=\"Karen Holm\"");
	assert_says(a, "value=\"+45 86 12 34 56\"");
	assert_says(a, "Again me");
	assert_says(a, "name=\"caller_from\"");
	a = service_post(agent, "/enquiries",
	                 FORM("channel", "phone", "subject", "other", "words", "Again me", "about", "nobody",
	                      "caller_phone", "+45 86 12 34 56", "legal_basis", "public_task", "caller_name",
	                      "Karen Holm", "caller_from", first));
	assert_status(a, 303);
	char again[40];
	keep_id(again, a.location);
	assert_string_equal(column("caller_from", again), first);
	/* Without script, the button looks and saves nothing. */
	a = service_post(agent, "/enquiries", FORM("channel", "phone", "caller_phone", "86123456", "look", "1"));
	assert_status(a, 200);
	assert_says(a, "Use these facts");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.enquiry"), "3");
}

static void what_is_sent_waits_until_it_is_due(void **state)
{
	(void)state;
	struct service_answer a = service_post(agent, "/enquiries",
	                                       FORM("channel", "mail", "subject", "licence", "words", "Which papers?",
	                                            "about", "nobody", "priority", "urgent"));
	assert_status(a, 303);
	keep_id(waits, a.location);
	assert_string_equal(column("state", waits), "new");
	assert_string_equal(column("owner", waits), "-");
	/* The office has no hours: every hour counts. */
	assert_string_equal(
	    service_sql("SELECT round(extract(epoch FROM due_at - created) / 60) FROM lg.enquiry WHERE id = '%s'",
	                waits),
	    "60");
	a = service_get(agent, "/hotline");
	assert_status(a, 200);
	assert_says(a, "Wait for somebody");
	assert_says(a, at("/enquiries/%s/take", waits));
	assert_says(a, "data-live=\"/hotline/live\"");
	/* A callback at a time is due then. */
	a = service_post(agent, "/enquiries",
	                 FORM("channel", "callback", "subject", "other", "words", "Ring me", "about", "nobody",
	                      "caller_phone", "86000000", "callback_day", "2099-06-01", "callback_time", "9:30"));
	assert_status(a, 303);
	assert_string_equal(
	    service_sql(
	        "SELECT due_at AT TIME ZONE 'Europe/Copenhagen' FROM lg.enquiry WHERE callback_time IS NOT NULL"),
	    "2099-06-01 09:30:00");
	assert_status(service_post(agent, "/enquiries",
	                           FORM("channel", "callback", "subject", "other", "words", "Ring me", "about",
	                                "nobody", "callback_time", "25:00")),
	              422);
}

static void it_goes_from_one_to_another_and_is_answered(void **state)
{
	(void)state;
	assert_status(service_post(agent, at("/enquiries/%s/take", waits), FORM("version", "1")), 303);
	assert_string_equal(column("owner", waits), service_account(agent));
	struct service_answer a = service_post(second, path, FORM("version", "1"));
	assert_status(a, 303);
	assert_non_null(strstr(a.location, "said=enquiry_late"));
	assert_string_equal(column("owner", waits), service_account(agent));
	assert_status(service_post(agent, at("/enquiries/%s/pass", waits), FORM("version", "2", "owner", "")), 422);
	assert_status(service_post(agent, path, FORM("version", "2", "owner", service_account(STRANGER))), 422);
	assert_status(service_post(agent, path, FORM("version", "2", "owner", service_account(second))), 303);
	assert_string_equal(column("owner", waits), service_account(second));
	assert_string_equal(column("handovers", waits), "1");
	assert_status(service_post(second, at("/enquiries/%s/state", waits), FORM("version", "3", "state", "closed")),
	              422);
	assert_status(service_post(second, path, FORM("version", "3", "state", "answered")), 422);
	a = service_post(second, path, FORM("version", "2", "state", "answered", "reason", "answered"));
	assert_non_null(strstr(a.location, "said=enquiry_late"));
	assert_status(service_post(second, path, FORM("version", "3", "state", "answered", "reason", "nonsense")), 422);
	assert_status(service_post(second, path, FORM("version", "3", "state", "answered", "reason", "openings")), 303);
	assert_string_equal(column("state || outcome", waits), "answeredopenings");
	assert_string_not_equal(column("answered_at", waits), "-");
	assert_status(service_post(second, path, FORM("version", "4", "state", "closed")), 303);
	assert_status(service_post(second, path, FORM("version", "5", "state", "assigned")), 303);
	assert_string_equal(column("reopened", waits), "1");
	a = service_get(second, at("/enquiries/%s/history", waits));
	assert_status(a, 200);
	assert_says(a, "Passed on to a colleague");
}

static void sixteen_take_the_same_call_and_one_has_it(void **state)
{
	(void)state;
	enum { AGENTS = 16, ROUNDS = 4 };
	for (int round = 0; round < ROUNDS; round++) {
		struct service_racer racers[AGENTS];
		const char *id = service_sql(
		    "SELECT lg_gate.sign('1|staff|%s||hotline|'); INSERT INTO lg.enquiry (id, channel, about, subject, "
		    "words, state) VALUES (gen_random_uuid(), 'mail', 'nobody', 'other', 'race', 'new') RETURNING id",
		    service_account(agent));
		const char *target = service_sql("SELECT '/api/v1/enquiries/%s/take'", id);
		for (size_t i = 0; i < AGENTS; i++)
			racers[i] = (struct service_racer){
				.target = target, .body = "", .if_match = "\"1\"", .method = HTTP_POST
			};
		service_race_as(program, racers, AGENTS);
		size_t won = 0, lost = 0;
		for (size_t i = 0; i < AGENTS; i++) {
			won += racers[i].status == 204;
			lost += racers[i].status == 409 || racers[i].status == 412;
			if (racers[i].status != 204 && racers[i].status != 409 && racers[i].status != 412)
				fail_msg("%d %s", racers[i].status, racers[i].answer);
		}
		assert_int_equal(won, 1);
		assert_int_equal(lost, AGENTS - 1);
		assert_string_equal(column("version || state", id), "2assigned");
		assert_string_equal(
		    service_sql("SELECT count(*) FROM lg.audit WHERE subject = '%s' AND verb = 'moved'", id), "1");
	}
}

/* What the rows themselves refuse, whoever writes. */
static void what_is_new_is_nobodys_and_all_else_has_an_owner(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"UPDATE lg.enquiry SET owner = NULL WHERE state = 'assigned'",
		"UPDATE lg.enquiry SET owner = gen_random_uuid() WHERE state = 'new'",
		"UPDATE lg.enquiry SET state = 'answered', outcome = NULL WHERE state = 'assigned'",
		"UPDATE lg.enquiry SET person_name = 'x', legal_basis = 'public_task' WHERE about = 'nobody'",
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_string_equal(service_sql("CREATE TEMP TABLE IF NOT EXISTS said (t text); DELETE FROM said; DO "
		                                "$$ BEGIN %s; INSERT INTO said VALUES ('let pass'); "
		                                "EXCEPTION WHEN check_violation THEN INSERT INTO said VALUES "
		                                "('refused'); END $$; SELECT t FROM said",
		                                wrong[i]),
		                    "refused");
}

static void who_is_on_is_seen_and_who_is_away_until_when(void **state)
{
	(void)state;
	assert_status(service_post(agent, "/hotline/presence", FORM("state", "on")), 303);
	assert_status(
	    service_post(second, "/hotline/presence", FORM("state", "away", "day", "2099-01-02", "time", "08:00")),
	    303);
	assert_status(service_post(agent, "/hotline/presence", FORM("state", "asleep")), 422);
	assert_status(service_post(second, "/hotline/presence", FORM("state", "away", "day", "2020-01-02")), 422);
	struct service_answer a = service_get(agent, "/hotline");
	assert_says(a, "Who is on");
	assert_says(a, "until: 2 Jan 2099");
	assert_says(a, "I go off");
	assert_status(service_post(agent, "/hotline/presence", FORM("state", "off")), 303);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.hotline_presence"), "1");
}

static void the_queue_tells_when_it_changes_and_nothing_else(void **state)
{
	(void)state;
	char before[80], after[80];
	struct service_answer a = service_get(agent, "/hotline/live");
	assert_status(a, 200);
	assert_string_equal(a.type, "text/event-stream");
	(void)snprintf(before, sizeof before, "%s", a.body);
	assert_int_equal(strspn(before, "0123456789abcdef"), 32); /* of the queue, and of the calls */
	assert_int_equal(before[32], ' ');
	assert_int_equal(strspn(before + 33, "0123456789abcdef"), 32);
	assert_int_equal(strlen(before), 65);
	/* The page says how it was when it was made, so that no change between the two is missed. */
	assert_says(service_get(agent, "/hotline"), at("data-live-word=\"0\" data-live-was=\"%.32s\"", before));
	assert_says(service_get(agent, "/hotline"), at("data-live-word=\"1\" data-live-was=\"%s\"", before + 33));
	a = service_get(agent, "/hotline/live");
	assert_string_equal(a.body, before);
	assert_status(service_post(agent, "/enquiries",
	                           FORM("channel", "web", "subject", "other", "words", "News", "about", "nobody")),
	              303);
	a = service_get(agent, "/hotline/live");
	(void)snprintf(after, sizeof after, "%s", a.body);
	assert_true(strncmp(before, after, 32) != 0);
	assert_string_equal(before + 33, after + 33);
	assert_status(service_get(CASEWORKER, "/hotline/live"), 403);
	/* What the stream asks by itself keeps nobody signed in. */
	(void)service_sql(
	    "UPDATE lg_gate.session SET idle_ends = now() + interval '10 minutes' WHERE account_id = '%s'",
	    service_account(agent));
	struct http_request rq = { .method = HTTP_GET, .path = "/hotline/live", .again = true };
	assert_status(service_ask(agent, &rq), 200);
	assert_string_equal(
	    service_sql("SELECT idle_ends < now() + interval '11 minutes' FROM lg_gate.session WHERE account_id = '%s'",
	                service_account(agent)),
	    "t");
	/* Nor what the page asks by itself when it hears of a change. */
	static struct http_pair headers[] = { { "HX-Request-Type", "partial" }, { "HX-Source", "div#live" } };
	for (int i = 0; i < 2; i++) { /* made anew, and as it was made */
		rq = (struct http_request){ .method = HTTP_GET, .path = "/hotline", .headers = { headers, 2 } };
		(void)service_get(NOBODY, "/assets/none"); /* what the last answer held is put away */
		a = service_ask(agent, &rq);
		assert_status(a, 200);
		assert_says(a, "Which openings there are");
		assert_string_equal(service_sql("SELECT idle_ends < now() + interval '11 minutes' FROM lg_gate.session "
		                                "WHERE account_id = '%s'",
		                                service_account(agent)),
		                    "t");
	}
	/* What somebody asks does: but who is known from a moment ago is not asked anew. */
	(void)service_sql("UPDATE lg_gate.session SET idle_ends = now() + interval '5 minutes' WHERE account_id = '%s'",
	                  service_account(agent));
	assert_status(service_post(agent, "/hotline/presence", FORM("state", "on")), 303);
	assert_string_equal(
	    service_sql("SELECT idle_ends > now() + interval '20 minutes' FROM lg_gate.session WHERE account_id = '%s'",
	                service_account(agent)),
	    "t");
}

/* The part of the page that is asked for when it changed: made once for all, with everybody's own forms in it. */
static struct service_answer part_of(int who)
{
	static struct http_pair header = { "HX-Request-Type", "partial" };
	struct http_request rq = { .method = HTTP_GET, .path = "/hotline", .headers = { &header, 1 } };
	(void)service_get(NOBODY, "/assets/none"); /* what the last answer held is put away */
	return service_ask(who, &rq);
}

static void what_many_look_at_is_made_once_and_is_everybodys_own(void **state)
{
	(void)state;
	char mine[60], theirs[60], live[80];
	int other = service_sign_in(1, "hotline"), stranger = service_sign_in(2, "hotline");
	struct service_answer a = service_get(agent, "/hotline");
	const char *csrf = service_between(a.body, "name=\"csrf\" value=\"", "\"");
	assert_non_null(csrf);
	(void)snprintf(mine, sizeof mine, "value=\"%s\"", csrf);
	csrf = service_between(service_get(other, "/hotline").body, "name=\"csrf\" value=\"", "\"");
	(void)snprintf(theirs, sizeof theirs, "value=\"%s\"", csrf);
	assert_string_not_equal(mine, theirs);
	for (int i = 0; i < 2; i++) {
		a = part_of(agent);
		assert_status(a, 200);
		assert_null(strstr(a.body, "<!doctype"));
		assert_says(a, mine);
		assert_null(strstr(a.body, theirs));
		a = part_of(other);
		assert_says(a, theirs);
		assert_null(strstr(a.body, mine));
	}
	/* After a change, as soon as the stream tells of it. */
	assert_status(service_post(agent, "/enquiries",
	                           FORM("channel", "web", "subject", "other", "words", "News", "about", "nobody",
	                                "caller_place", "Quite another place")),
	              303);
	(void)snprintf(live, sizeof live, "%s", service_get(agent, "/hotline/live").body);
	assert_says(part_of(other), "Quite another place");
	assert_says(part_of(agent), "Quite another place");
	/* Another office, somebody who may not read it, and nobody get none of it. */
	assert_null(strstr(part_of(stranger).body, "Quite another place"));
	assert_status(part_of(CASEWORKER), 403);
	assert_null(strstr(part_of(NOBODY).body, "Quite another place"));
	/* Who is signed out gets nothing more, whatever was kept. */
	(void)service_sql("DELETE FROM lg_gate.session WHERE account_id = '%s'", service_account(other));
	assert_null(strstr(part_of(other).body, "Quite another place"));
}

/* One who listens, as the server sees it: who, what was told last, and how to know that there is more. */
struct listener {
	int who;
	char told[80];
	http_asks *asks;
	uint64_t with;
};

static int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int listen_on(struct listener *l, bool again)
{
	struct http_request rq = { .method = HTTP_GET, .path = "/hotline/live", .again = again };
	(void)service_get(NOBODY, "/assets/none"); /* what the last answer held is put away */
	struct service_answer a = service_ask(l->who, &rq);
	(void)snprintf(l->told, sizeof l->told, "%s", a.body);
	l->asks = service_response()->stream_asks;
	l->with = service_response()->stream_with;
	return a.status;
}

/* The server looks at all of them once. @return how many it served */
static size_t look(struct listener *all, size_t n)
{
	char text[HTTP_NEWS_TEXT];
	size_t served = 0;
	for (size_t i = 0; i < n; i++) {
		enum http_news news = all[i].asks(all[i].with, all[i].told, 0, text);
		if (news == HTTP_NEWS) (void)snprintf(all[i].told, sizeof all[i].told, "%.79s", text);
		if (news != HTTP_NEWS_ASK) continue;
		assert_int_equal(listen_on(&all[i], true), 200);
		served++;
	}
	return served;
}

/* That many statements read the pulse as often as it may be read in this time, and no more: BEGIN, who it is, the
 * pulse, COMMIT. */
static uint64_t most_statements(int64_t begun_ms) { return (uint64_t)(4 * ((now_ms() - begun_ms) / 250 + 2)); }

static void twenty_streams_ask_as_one_and_a_change_is_read_once_for_all(void **state)
{
	(void)state;
	enum { N = 20 };
	struct listener all[N] = { 0 };
	for (size_t i = 0; i < N; i++) {
		all[i].who = service_sign_in(1, "hotline");
		assert_status(service_get(all[i].who, "/hotline"), 200);
		assert_int_equal(listen_on(&all[i], false), 200);
		assert_non_null(all[i].asks);
	}
	/* Nothing changes: one of them asks now and then, for all. */
	uint64_t before = service_statements();
	int64_t begun = now_ms();
	size_t served = 0;
	for (int i = 0; i < 25; i++) {
		served += look(all, N);
		(void)usleep(30000);
	}
	assert_true(service_statements() - before <= most_statements(begun));
	assert_true(served >= 1 && served <= most_statements(begun) / 4);
	/* Something does: one asks, and all hear it. */
	assert_status(service_post(agent, "/enquiries",
	                           FORM("channel", "web", "subject", "other", "words", "News", "about", "nobody",
	                                "caller_place", "The newest place")),
	              303);
	(void)usleep(400000);
	char old[80];
	(void)snprintf(old, sizeof old, "%s", all[0].told);
	before = service_statements();
	begun = now_ms();
	served = look(all, N) + look(all, N);
	assert_true(served >= 1 && served <= most_statements(begun) / 4);
	assert_string_not_equal(all[0].told, old);
	for (size_t i = 0; i < N; i++) assert_string_equal(all[i].told, all[0].told);
	assert_true(service_statements() - before <= most_statements(begun));
	/* The list is read and made once. Whether they may have it is asked of each. */
	before = service_statements();
	assert_says(part_of(all[0].who), "The newest place");
	uint64_t first = service_statements() - before;
	assert_true(first > 8);
	before = service_statements();
	for (size_t i = 1; i < N; i++) assert_says(part_of(all[i].who), "The newest place");
	assert_in_range(service_statements() - before, N - 1, 3 * N);
	/* Each is asked about once in ten seconds, whether or not something changes; and ends with its session then. Of
	 * what is on the list, who was signed out gets nothing at all. */
	char text[HTTP_NEWS_TEXT];
	(void)service_sql("DELETE FROM lg_gate.session WHERE account_id = '%s'", service_account(all[1].who));
	assert_null(strstr(part_of(all[1].who).body, "The newest place"));
	for (size_t i = 1; i < 3; i++) {
		assert_int_equal(all[i].asks(all[i].with, all[i].told, 10000, text), HTTP_NEWS_ASK);
		before = service_statements();
		assert_int_equal(listen_on(&all[i], true), i == 1 ? 303 : 200); /* to the page of sign-in: no stream */
		assert_int_not_equal(service_statements(), before);
	}
	assert_int_equal(listen_on(&all[1], true), 303);
	assert_int_equal(service_response()->stream_ms, 0);
}

static void whoever_sees_a_part_of_the_office_has_a_queue_of_their_own(void **state)
{
	(void)state;
	int narrow = service_sign_in(1, "hotline");
	(void)service_sql(
	    "INSERT INTO lg.unit (tenant_id, id, name) VALUES (1, '99999999-0000-4000-8000-000000000001', 'Unit "
	    "X'); INSERT INTO lg.candidate (tenant_id, id, given_name, family_name, sort_name, legal_basis) VALUES "
	    "(1, '99999999-0000-4000-8000-000000000002', 'x', 'x', 'x', 'public_task'); SELECT "
	    "lg_gate.sign('1|staff|%s||hotline|'); INSERT INTO lg.enquiry (id, channel, about, subject, words, "
	    "state, legal_basis, candidate_id, caller_place, due_at) VALUES (gen_random_uuid(), 'mail', 'named', "
	    "'other', 'x', 'new', 'public_task', '99999999-0000-4000-8000-000000000002', 'Of the whole office', "
	    "now())",
	    service_account(agent));
	(void)service_sql("UPDATE lg_gate.session SET ctx = '1|staff|' || account_id || "
	                  "'||hotline||99999999-0000-4000-8000-000000000001' "
	                  "WHERE account_id = '%s'",
	                  service_account(narrow));
	(void)service_get(agent, "/hotline/live");
	assert_says(part_of(agent), "Of the whole office");
	struct service_answer a = part_of(narrow);
	assert_status(a, 200);
	assert_null(strstr(a.body, "Of the whole office"));
	assert_says(part_of(agent), "Of the whole office");
	/* And a pulse of their own, which is read each time. */
	struct listener own = { .who = narrow };
	assert_int_equal(listen_on(&own, true), 200);
	assert_null(own.asks);
	assert_true(service_response()->stream_ms > 0);
	/* Who saw all of it and is narrowed from now on, under the same session. */
	(void)service_get(second, "/hotline/live");
	assert_says(part_of(second), "Of the whole office");
	(void)service_sql("UPDATE lg_gate.session SET ctx = '1|staff|' || account_id || "
	                  "'||hotline||99999999-0000-4000-8000-000000000001' "
	                  "WHERE account_id = '%s'",
	                  service_account(second));
	assert_null(strstr(part_of(second).body, "Of the whole office"));
	assert_status(part_of(second), 200);
	(void)service_sql(
	    "UPDATE lg_gate.session SET ctx = '1|staff|' || account_id || '||hotline||' WHERE account_id = '%s'",
	    service_account(second));
	assert_says(part_of(second), "Of the whole office");
}

static void the_list_finds_and_filters(void **state)
{
	(void)state;
	struct service_answer a = service_get(agent, "/enquiries?q=karen");
	assert_status(a, 200);
	assert_says(a, "Karen Holm");
	a = service_get(agent, "/enquiries?state=new&channel=web");
	assert_status(a, 200);
	assert_null(strstr(a.body, "Karen Holm"));
	assert_status(service_get(agent, "/enquiries?state=x"), 422);
	assert_status(service_get(agent, "/enquiries?owner=me&subject=other"), 200);
	a = service_api(program, HTTP_GET, "/api/v1/enquiries?limit=2", NULL, NULL);
	assert_status(a, 200);
	assert_int_equal(json_array_size(json_object_get(a.json, "items")), 2);
	const char *next = record_word(a.json, "next");
	assert_true(*next);
	struct lg_buf b = { 0 };
	http_put_encoded(&b, next);
	char seen[40] = "";
	(void)strncat(seen, record_word(json_array_get(json_object_get(a.json, "items"), 1), "id"), 36);
	a = service_api(program, HTTP_GET, at("/api/v1/enquiries?limit=2&after=%s", b.data), NULL, NULL);
	lg_buf_free(&b);
	assert_status(a, 200);
	assert_string_not_equal(record_word(json_array_get(json_object_get(a.json, "items"), 0), "id"), seen);
}

static void a_program_writes_one_down_and_reads_it(void **state)
{
	(void)state;
	struct service_answer a = service_api(
	    program, HTTP_POST, "/api/v1/enquiries",
	    "{\"call\":{\"channel\":\"web\",\"municipality\":\"DK-0730\"},\"question\":{\"subject\":\"rules\","
	    "\"words\":\"From the form\"},\"whom\":{\"about\":\"nobody\"}}",
	    NULL);
	assert_status(a, 201);
	char id[40] = "";
	(void)strncat(id, record_word(a.json, "id"), 36);
	a = service_api(program, HTTP_GET, at("/api/v1/enquiries/%s", id), NULL, NULL);
	assert_status(a, 200);
	assert_string_equal(record_word(a.json, "state"), "new");
	assert_string_equal(record_word(json_object_get(a.json, "question"), "words"), "From the form");
	assert_status(
	    service_api(program, HTTP_POST, at("/api/v1/enquiries/%s/state", id), "{\"state\":\"assigned\"}", NULL),
	    428);
	assert_status(
	    service_api(program, HTTP_POST, path, "{\"state\":\"assigned\",\"x\":1}", HEADERS("If-Match", "\"1\"")),
	    422);
	assert_status(service_api(program, HTTP_POST, path, "{\"state\":\"assigned\"}", HEADERS("If-Match", "\"1\"")),
	              204);
	a = service_api(program, HTTP_GET, "/api/v1/hotline", NULL, NULL);
	assert_status(a, 200);
	assert_true(json_integer_value(json_object_get(a.json, "open")) > 1);
	assert_status(service_api(PROGRAM, HTTP_GET, "/api/v1/hotline", NULL, NULL), 403);
}

static void new_opening(const char *employer, const char *title, const char *more)
{
	struct service_answer a = service_api(PROGRAM, HTTP_POST, at("/api/v1/employers/%s/openings", employer),
	                                      service_sql("SELECT '{\"post\": {\"title\": \"%s\", \"kind\": \"job\"}, "
	                                                  "\"occupations\": [{\"occupation\": \"lg:nurse\"}], "
	                                                  "\"place\": {\"municipality\": \"DK-0730\"}%s}'",
	                                                  title, more),
	                                      NULL);
	assert_status(a, 201);
	char id[40] = "";
	(void)strncat(id, record_word(a.json, "id"), 36);
	assert_status(service_api(PROGRAM, HTTP_POST, at("/api/v1/openings/%s/state", id), "{\"state\": \"open\"}",
	                          HEADERS("If-Match", "\"1\"")),
	              204);
}

static void openings_that_suit_appear_also_those_that_need_no_licence(void **state)
{
	(void)state;
	static const char *const typed[] = { "channel", "phone", "municipality", "DK-0730", "typed_occupation",
		                             "nurse",   NULL };
	static const char *const nowhere[] = { "channel", "phone", "typed_occupation", "nurse", NULL };
	struct service_answer a = service_post(agent, "/enquiries/beside", typed);
	assert_status(a, 200);
	assert_says(a, "The matcher does not answer just now.");
	a = service_post(agent, "/enquiries/beside", nowhere);
	assert_says(a, "Say for which municipality");
	a = service_api(PROGRAM, HTTP_POST, "/api/v1/employers", "{\"company\": {\"name\": \"Øst Sygehus\"}}", NULL);
	assert_status(a, 201);
	char employer[40] = "";
	(void)strncat(employer, record_word(a.json, "id"), 36);
	new_opening(employer, "Ward nurse", ", \"licences\": [{\"occupation\": \"lg:nurse\"}]");
	new_opening(employer, "Assistant on a ward", "");
	service_match_begin();
	a = service_post(agent, "/enquiries/beside", typed);
	assert_status(a, 200);
	const char *without = strstr(a.body, "Openings that need no licence"),
	           *with = strstr(a.body, "Openings with the licence");
	assert_true(without && with && without < with);
	const char *assistant = strstr(a.body, "Assistant on a ward"), *nurse = strstr(a.body, "Ward nurse");
	assert_true(assistant && nurse && assistant < with && nurse > with);
	assert_null(strstr(assistant + 1, ">Assistant on a ward")); /* once */
	/* Nobody has typed an occupation: the question names one. */
	a = service_post(
	    agent, "/enquiries/beside",
	    FORM("channel", "phone", "municipality", "DK-0730", "words", "Hvor kan en sygeplejerske begynde?"));
	assert_says(a, "Ward nurse");
	a = service_post(agent, "/enquiries/beside",
	                 FORM("channel", "phone", "municipality", "DK-0730", "words", "Hvornår kan jeg ringe igen?"));
	assert_null(strstr(a.body, "Ward nurse"));
	service_match_end();
}

static void other_offices_know_nothing_of_it(void **state)
{
	(void)state;
	int other = service_sign_in(2, "hotline");
	assert_status(service_get(other, at("/enquiries/%s", enquiry)), 404);
	assert_status(service_post(other, at("/enquiries/%s/take", waits), FORM("version", "1")), 404);
	struct service_answer a = service_post(other, "/enquiries/beside", FORM("caller_phone", "86123456"));
	assert_status(a, 200);
	assert_null(strstr(a.body, "Karen Holm"));
	assert_status(service_post(other, "/enquiries", FORM("caller", enquiry)), 404);
}

static const char *minutes_until_due(const char *priority)
{
	char made[40];
	struct service_answer a = service_post(agent, "/enquiries",
	                                       FORM("channel", "mail", "subject", "other", "words", "Until when?",
	                                            "about", "nobody", "priority", priority));
	assert_status(a, 303);
	keep_id(made, a.location);
	return service_sql("SELECT id || ' ' || round(extract(epoch FROM due_at - created) / 60) FROM lg.enquiry WHERE "
	                   "id = '%s'",
	                   made) +
	       strlen(made) + 1;
}

static void an_office_says_itself_until_when_an_answer_is_due(void **state)
{
	(void)state;
	char before[80], old[40];
	assert_string_equal(minutes_until_due("today"), "240"); /* as it came */
	(void)snprintf(before, sizeof before, "%s",
	               service_sql("SELECT id || ' ' || due_at FROM lg.enquiry ORDER BY created DESC LIMIT 1"));
	(void)snprintf(old, sizeof old, "%.36s", before);
	struct service_answer a =
	    service_post(ADMINISTRATOR, "/entrances", FORM("name", "Hotline", "phone", "+45 70 00 00 01"));
	assert_status(a, 303);
	char edit[100];
	(void)snprintf(edit, sizeof edit, "%.47s/edit/targets", a.location);
	assert_status(service_post(agent, edit, FORM("version", "1")), 403);
	a = service_post(
	    ADMINISTRATOR, edit,
	    FORM("version", "1", "targets-0.channel", "mail", "targets-0.priority", "today", "targets-0.minutes", "0"));
	assert_status(a, 422);
	assert_says(a, "At least one minute.");
	a = service_post(ADMINISTRATOR, edit,
	                 FORM("version", "1", "targets-0.channel", "mail", "targets-0.priority", "today",
	                      "targets-0.minutes", "7", "targets-1.channel", "mail", "targets-1.priority", "today",
	                      "targets-1.minutes", "8"));
	assert_status(a, 422);
	assert_says(a, "This is said above already.");
	assert_string_equal(minutes_until_due("today"), "240"); /* what was refused changed nothing */
	a = service_post(ADMINISTRATOR, edit,
	                 FORM("version", "1", "targets-0.channel", "mail", "targets-0.priority", "today",
	                      "targets-0.minutes", "7", "targets-1.channel", "phone", "targets-1.priority", "urgent",
	                      "targets-1.minutes", "600"));
	assert_status(a, 303);
	edit[strlen(edit) - strlen("/edit/targets")] = '\0';
	assert_says(service_get(ADMINISTRATOR, edit), "Until when an answer is due");
	assert_string_equal(minutes_until_due("today"), "7");
	assert_string_equal(minutes_until_due("urgent"), "60"); /* nothing was said of these */
	assert_string_equal(minutes_until_due("normal"), "450");
	/* What came earlier keeps the hour that was promised, and gets a new one with its next change of how soon. */
	assert_string_equal(service_sql("SELECT id || ' ' || due_at FROM lg.enquiry WHERE id = '%s'", old), before);
	for (int i = 0; i < 2; i++) {
		char version[2] = { (char)('1' + i), '\0' };
		assert_status(service_post(agent, at("/enquiries/%s/edit/question", old),
		                           FORM("version", version, "subject", "other", "words", "Until when?",
		                                "priority", i ? "today" : "normal")),
		              303);
	}
	assert_string_equal(
	    service_sql("SELECT due_at < now() + interval '8 minutes' FROM lg.enquiry WHERE id = '%s'", old), "t");
	/* Another office has its own, or none. */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.entrance WHERE tenant_id = 2"), "0");
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_is_written_down_with_four_fields),
		cmocka_unit_test(no_name_is_saved_before_a_basis_is_chosen),
		cmocka_unit_test(who_rang_before_is_found_and_nobody_types_it_again),
		cmocka_unit_test(what_is_sent_waits_until_it_is_due),
		cmocka_unit_test(it_goes_from_one_to_another_and_is_answered),
		cmocka_unit_test(sixteen_take_the_same_call_and_one_has_it),
		cmocka_unit_test(what_is_new_is_nobodys_and_all_else_has_an_owner),
		cmocka_unit_test(who_is_on_is_seen_and_who_is_away_until_when),
		cmocka_unit_test(the_queue_tells_when_it_changes_and_nothing_else),
		cmocka_unit_test(what_many_look_at_is_made_once_and_is_everybodys_own),
		cmocka_unit_test(twenty_streams_ask_as_one_and_a_change_is_read_once_for_all),
		cmocka_unit_test(whoever_sees_a_part_of_the_office_has_a_queue_of_their_own),
		cmocka_unit_test(the_list_finds_and_filters),
		cmocka_unit_test(a_program_writes_one_down_and_reads_it),
		cmocka_unit_test(openings_that_suit_appear_also_those_that_need_no_licence),
		cmocka_unit_test(other_offices_know_nothing_of_it),
		cmocka_unit_test(an_office_says_itself_until_when_an_answer_is_due),
	};
	service_open(argv[1]);
	agent = service_sign_in(1, "hotline");
	second = service_sign_in(1, "hotline");
	program = service_new_program("hotline");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	service_close();
	return failed;
}
