/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Accounts by their pages: coming in, going out, colleagues, the office, programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/actor.h"
#include "app/seal.h"
#include "modules/modules.h"
#include "visitor.h"

static struct visitor jens, olena; /* a caseworker; an administrator */

static int reset(void **state)
{
	(void)state;
	house_forget_attempts();
	return 0;
}

static void has(const struct visitor *v, const char *text)
{
	if (!strstr(v->body, text)) fail_msg("no \"%s\" in (%d)\n%s", text, v->status, v->body);
}

static void hasnt(const struct visitor *v, const char *text)
{
	if (strstr(v->body, text)) fail_msg("\"%s\" in (%d)\n%s", text, v->status, v->body);
}

static void went(const struct visitor *v, const char *where)
{
	if (v->status != 303 || strcmp(v->location, where) != 0)
		fail_msg("%d to \"%s\", not to \"%s\"\n%s", v->status, v->location, where, v->body);
}

/* --- coming in */

static void one_comes_in_with_password_and_code_and_goes_out(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	visit(&v, "/candidates", NULL);
	went(&v, "/sign-in?next=%2Fcandidates");
	visit(&v, "/sign-in?next=%2Fcandidates", NULL);
	has(&v, "name=\"next\" value=\"/candidates\"");
	visit(&v, "/sign-in", POST("mail", "jens@vinterby.example", "password", HOUSE_PASSWORD, "next", "/candidates"));
	went(&v, "/sign-in/code?next=%2Fcandidates");
	visit(&v, v.location, NULL);
	(void)house_sql("UPDATE lg_gate.account SET totp_step = 0");
	visit(&v, "/sign-in/code", POST("code", "000000", "next", "/candidates"));
	assert_int_equal(v.status, 422);
	visit(&v, "/sign-in/code", POST("code", house_code(0), "next", "/candidates"));
	went(&v, "/candidates");
	visit(&v, "/candidates", NULL);
	assert_int_equal(v.status, 200);
	has(&v, "Vinterby");
	const char *cookie = visitor_cookie(&v, APP_SESSION_COOKIE);
	visit(&v, "/sign-out", POST("x", "y"));
	went(&v, "/sign-in?said=signed_out");
	assert_null(visitor_cookie(&v, APP_SESSION_COOKIE));
	/* Whoever kept the cookie has nothing. */
	visitor_cookie_set(&v, APP_SESSION_COOKIE, cookie);
	visit(&v, "/candidates", NULL);
	went(&v, "/sign-in?said=session_ended&next=%2Fcandidates");
}

static void an_unknown_address_and_a_wrong_password_get_the_same_page(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	visit(&v, "/sign-in", NULL);
	visit(&v, "/sign-in", POST("mail", "jens@vinterby.example", "password", "wrong"));
	assert_int_equal(v.status, 422);
	const char *known = v.body;
	visit(&v, "/sign-in", POST("mail", "jena@vinterby.example", "password", "wrong"));
	assert_int_equal(v.status, 422);
	/* But for the address that was typed. */
	char *unknown = lg_strdup(house.cx.mem, v.body), *at = strstr(unknown, "jena@");
	assert_non_null(at);
	at[3] = 's';
	assert_string_equal(known, unknown);
}

static void too_many_tries_are_told_when_to_come_back(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	visit(&v, "/sign-in", NULL);
	for (int i = 0; i < 5; i++) visit(&v, "/sign-in", POST("mail", "jens@vinterby.example", "password", "wrong"));
	assert_int_equal(v.status, 422);
	visit(&v, "/sign-in", POST("mail", "jens@vinterby.example", "password", HOUSE_PASSWORD));
	assert_int_equal(v.status, 429);
	assert_in_range(strtol(v.retry_after, NULL, 10), 1, 60);
	has(&v, "Too many tries. Please wait 1 minute.");
}

static void a_cookie_set_before_is_not_the_session_afterwards(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	uint8_t token[SEAL_TOKEN];
	char planted[SEAL_TOKEN_TEXT];
	seal_random(token, sizeof token);
	seal_token_print(planted, token);
	visitor_cookie_set(&v, APP_SESSION_COOKIE, planted);
	visitor_sign_in(&v, "jens@vinterby.example");
	assert_string_not_equal(visitor_cookie(&v, APP_SESSION_COOKIE), planted);
	struct visitor other = { 0 };
	visitor_cookie_set(&other, APP_SESSION_COOKIE, planted);
	visit(&other, "/account", NULL);
	assert_int_equal(other.status, 303);
}

static void one_is_led_to_no_other_site(void **state)
{
	(void)state;
	static const char *const evil[] = { "//evil.example",
		                            "/\\evil.example",
		                            "https:evil.example",
		                            "https://evil.example",
		                            "/\t/evil.example",
		                            "\t//evil.example",
		                            "javascript:alert(1)",
		                            "/%09//evil.example\r\nSet-Cookie: x=1",
		                            "http://xn--e1afmkfd.example",
		                            "evil",
		                            "" };
	for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
		struct visitor v = { 0 };
		house_forget_attempts();
		(void)house_sql("UPDATE lg_gate.account SET totp_step = 0");
		visit(&v, "/sign-in", NULL);
		visit(&v, "/sign-in",
		      POST("mail", "jens@vinterby.example", "password", HOUSE_PASSWORD, "next", evil[i]));
		went(&v, "/sign-in/code");
		visit(&v, "/sign-in/code", POST("code", house_code(0), "next", evil[i]));
		went(&v, "/");
		visit(&v, "/account", NULL);
		visit(&v, "/language", POST("language", "da", "next", evil[i]));
		went(&v, "/");
		visit(&v, "/language", POST("language", "en", "next", evil[i]));
		went(&v, "/");
	}
}

/* --- forms of elsewhere */

static const char *filled(const char *pattern)
{
	char *out = lg_strdup(house.cx.mem, "");
	for (const char *s = pattern; *s;) {
		const char *brace = *s == '{' ? strchr(s, '}') : NULL;
		out = brace ? lg_printf(house.cx.mem, "%s6f9619ff-8b86-4011-b42d-00cf4fc964ff", out)
		            : lg_printf(house.cx.mem, "%s%c", out, *s);
		s = brace ? brace + 1 : s + 1;
	}
	return out;
}

static void every_form_needs_a_token_of_its_own_session_from_our_own_pages(void **state)
{
	(void)state;
	size_t n, tried = 0;
	const struct route *routes = modules_routes(&n);
	const char *before = house_sql("SELECT (SELECT count(*) FROM lg.audit) || ' ' || (SELECT count(*) FROM "
	                               "lg_gate.session) || ' ' || (SELECT count(*) FROM lg.outbox)");
	for (size_t i = 0; i < n; i++) {
		if (routes[i].method == HTTP_GET || !strncmp(routes[i].path, "/api/", 5)) continue;
		const char *path = filled(routes[i].path), *own = olena.csrf;
		const struct {
			const char *csrf, *site;
		} bad[] = { { NULL, NULL },
			    { jens.csrf, NULL },
			    { "", "same-origin" },
			    { own, "cross-site" },
			    { own, "same-site" } };
		for (size_t j = 0; j < sizeof bad / sizeof *bad; j++) {
			struct visitor v = olena;
			v.csrf = bad[j].csrf;
			v.site = bad[j].site;
			visit_any(&v, routes[i].method, path, POST("name", "x"), NULL, NULL);
			if (v.status != 403) fail_msg("%s with %zu: %d", path, j, v.status);
		}
		tried++;
	}
	assert_true(tried > 20);
	assert_string_equal(house_sql("SELECT (SELECT count(*) FROM lg.audit) || ' ' || (SELECT count(*) FROM "
	                              "lg_gate.session) || ' ' || (SELECT count(*) FROM lg.outbox)"),
	                    before);
}

/* --- one's own account */

static void one_sees_and_ends_ones_sessions(void **state)
{
	(void)state;
	struct visitor here = { 0 }, there = { 0 };
	(void)house_person(1, "lars@vinterby.example", "caseworker");
	visitor_sign_in(&here, "lars@vinterby.example");
	visitor_sign_in(&there, "lars@vinterby.example");
	visit(&here, "/account", NULL);
	assert_int_equal(here.status, 200);
	has(&here, "Firefox on Linux (here)");
	const char *end = between(&here, "formaction=\"/account/sessions/", "\"");
	assert_non_null(end);
	const char *path = lg_printf(house.cx.mem, "/account/sessions/%s", end);
	/* Somebody else's is not there. */
	visit(&olena, "/account", NULL);
	visit(&olena, path, POST("x", "y"));
	assert_int_equal(olena.status, 404);
	visit(&there, "/account", NULL);
	assert_int_equal(there.status, 200);
	visit(&here, path, POST("x", "y"));
	went(&here, "/account?said=session_gone");
	visit(&there, "/account", NULL);
	assert_int_equal(there.status, 303);
	visit(&here, "/account", NULL);
	assert_int_equal(here.status, 200);
	assert_null(between(&here, "formaction=\"/account/sessions/", "\""));
}

static void a_session_is_extended(void **state)
{
	(void)state;
	(void)house_sql("UPDATE lg_gate.session SET idle_ends = now() + interval '100 s', actor = actor || "
	                "jsonb_build_object('idle_ends', "
	                "extract(epoch FROM now() + interval '100 s')::bigint)");
	visit(&jens, "/account", NULL);
	visit(&jens, "/session/extend", POST("next", "/account"));
	went(&jens, "/account");
	assert_string_equal(house_sql("SELECT count(*) FROM lg_gate.session WHERE idle_ends > now() + interval '29 "
	                              "minutes' AND token_hash IN "
	                              "(SELECT token_hash FROM lg_gate.session s JOIN lg_gate.account a ON a.id = "
	                              "s.account_id WHERE a.mail LIKE 'jens%%')"),
	                    "1");
}

static void one_changes_ones_name_and_language(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	(void)house_person(1, "rita@vinterby.example", "caseworker");
	visitor_sign_in(&v, "rita@vinterby.example");
	visit(&v, "/account/edit", NULL);
	assert_int_equal(v.status, 200);
	visit(&v, "/account/edit",
	      POST("name", "Rita <script>alert(1)</script>", "title", "", "phone", "", "language", "da"));
	went(&v, "/account?said=saved");
	visit(&v, "/account", NULL);
	has(&v, "lang=\"da\"");
	has(&v, "Rita &lt;script&gt;");
	hasnt(&v, "<script>alert");
	visit(&v, "/account/edit", POST("name", "Rita", "language", "xx"));
	assert_int_equal(v.status, 422);
	visit(&v, "/account/edit", POST("name", "Rita\r\nBcc: x", "language", "da"));
	assert_int_equal(v.status, 422);
	/* Fields that are none of the form. */
	static const char *const foreign[] = { "tenant_id",  "role",     "roles",      "kind",
		                               "account_id", "owner_id", "row_version" };
	for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
		visit(&v, "/account/edit", POST("name", "Somebody else", "language", "da", foreign[i], "2"));
		assert_int_equal(v.status, 422);
	}
	assert_string_not_equal(house_sql("SELECT name FROM lg.member WHERE mail = 'rita@vinterby.example'"),
	                        "Somebody else");
}

static void one_changes_ones_password(void **state)
{
	(void)state;
	struct visitor v = { 0 }, w = { 0 };
	(void)house_person(1, "per@vinterby.example", "caseworker");
	visitor_sign_in(&v, "per@vinterby.example");
	visitor_sign_in(&w, "per@vinterby.example");
	visit(&v, "/account/password", NULL);
	visit(&v, "/account/password",
	      POST("old", HOUSE_PASSWORD, "password", "zebra og elefant", "again", "zebra og elefanter"));
	assert_int_equal(v.status, 422);
	has(&v, "The two are not the same.");
	visit(&v, "/account/password",
	      POST("old", "wrong", "password", "zebra og elefant", "again", "zebra og elefant"));
	has(&v, "This is not your password.");
	visit(&v, "/account/password",
	      POST("old", HOUSE_PASSWORD, "password", "per@vinterby", "again", "per@vinterby"));
	has(&v, "easy to guess");
	hasnt(&v, "per@vinterby\"");
	visit(&v, "/account/password",
	      POST("old", HOUSE_PASSWORD, "password", "zebra og elefant", "again", "zebra og elefant"));
	went(&v, "/account?said=password_changed");
	visit(&v, "/account", NULL);
	assert_int_equal(v.status, 200);
	visit(&w, "/account", NULL);
	assert_int_equal(w.status, 303);
}

static void codes_move_to_another_phone(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	(void)house_person(1, "asta@vinterby.example", "caseworker");
	visitor_sign_in(&v, "asta@vinterby.example");
	visit(&v, "/account/code", NULL);
	visit(&v, "/account/code", POST("password", "wrong"));
	assert_int_equal(v.status, 422);
	visit(&v, "/account/code", POST("password", HOUSE_PASSWORD));
	assert_int_equal(v.status, 200);
	const char *pending = between(&v, "name=\"pending\" value=\"", "\""),
	           *secret = between(&v, "<p class=\"keep\"><code>", "</code>");
	assert_non_null(pending);
	visit(&v, "/account/code", POST("pending", pending, "code", house_code(0)));
	assert_int_equal(v.status, 422); /* the old phone's */
	has(&v, secret);
	visit(&v, "/account/code", POST("pending", pending, "code", house_code_of(secret)));
	assert_int_equal(v.status, 200);
	has(&v, "Keep these codes");
	visit(&v, "/account", NULL);
	assert_int_equal(v.status, 200);
}

/* --- colleagues */

static const char *link_to(const char *kind, const char *mail)
{
	const char *path = "";
	for (int i = 0; i < 100 && !*path; i++) {
		path = house_sql("SELECT data->>'path' FROM lg.outbox WHERE kind = '%s' AND to_mail = '%s' ORDER BY "
		                 "created DESC LIMIT 1",
		                 kind, mail);
		if (!*path) (void)usleep(20000);
	}
	return path;
}

static void a_colleague_is_invited_and_comes_in(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	visit(&olena, "/members/new", NULL);
	assert_int_equal(olena.status, 200);
	visit(&olena, "/members",
	      POST("name", "Sofie", "mail", "sofie@vinterby.example\r\nBcc: spy@evil.example", "language", "en",
	           "roles", "caseworker"));
	assert_int_equal(olena.status, 422);
	visit(&olena, "/members",
	      POST("name", "Sofie\nBcc: spy@evil.example", "mail", "sofie@vinterby.example", "language", "en", "roles",
	           "caseworker"));
	assert_int_equal(olena.status, 422);
	visit(&olena, "/members", POST("name", "Sofie", "mail", "sofie@vinterby.example", "language", "en"));
	assert_int_equal(olena.status, 422);
	visit(&olena, "/members",
	      POST("name", "Sofie", "mail", "sofie@vinterby.example", "language", "en", "roles", "superuser"));
	assert_int_equal(olena.status, 422);
	visit(&olena, "/members",
	      POST("name", "Sofie", "mail", "sofie@vinterby.example", "language", "en", "roles", "candidate"));
	assert_int_equal(olena.status, 422);
	visit(&olena, "/members",
	      POST("name", "Sofie", "mail", "sofie@vinterby.example", "language", "en", "roles", "caseworker",
	           "tenant_id", "2"));
	assert_int_equal(olena.status, 422);
	assert_string_equal(house_sql("SELECT count(*) FROM lg.outbox WHERE kind = 'invitation'"), "0");
	visit(&olena, "/members",
	      POST("name", "Sofie", "mail", "sofie@vinterby.example", "language", "en", "roles", "caseworker"));
	went(&olena, "/members?said=invited");
	visit(&olena, "/members",
	      POST("name", "Sofie", "mail", "Sofie@vinterby.example", "language", "en", "roles", "caseworker"));
	assert_int_equal(olena.status, 409);
	visit(&olena, "/members", NULL);
	has(&olena, "sofie@vinterby.example");
	has(&olena, "invited");

	const char *path = link_to("invitation", "sofie@vinterby.example");
	visit(&v, path, NULL);
	assert_int_equal(v.status, 200);
	has(&v, "You are invited to Vinterby.");
	const char *secret = between(&v, "<p class=\"keep\"><code>", "</code>"),
	           *pending = between(&v, "name=\"token\" value=\"", "\"");
	assert_non_null(secret);
	visit(&v, path,
	      POST("token", pending, "password", "sofie sofie sofie", "again", "sofie sofie sofie", "code",
	           house_code_of(secret)));
	assert_int_equal(v.status, 422);
	has(&v, secret); /* the phone's key stays as it was */
	visit(&v, path,
	      POST("token", pending, "password", "zebra og elefant", "again", "zebra og elefant", "code",
	           house_code_of(secret)));
	assert_int_equal(v.status, 200);
	has(&v, "Keep these codes");
	visit(&v, "/candidates", NULL);
	assert_int_equal(v.status, 200);
	visit(&v, "/members", NULL);
	assert_int_equal(v.status, 403);
	struct visitor again = { 0 };
	visit(&again, path, NULL);
	assert_int_equal(again.status, 410);
}

static const char *member_path(const char *mail)
{
	return lg_printf(house.cx.mem, "/members/%s",
	                 house_sql("SELECT id FROM lg.member WHERE tenant_id = 1 AND mail = '%s'", mail));
}

static void roles_are_given_and_taken_and_count_at_once(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	(void)house_person(1, "ole@vinterby.example", "read_only");
	visitor_sign_in(&v, "ole@vinterby.example");
	visit(&v, "/candidates/new", NULL);
	assert_int_equal(v.status, 403);
	const char *path = member_path("ole@vinterby.example"), *give = lg_printf(house.cx.mem, "%s/roles", path);
	visit(&olena, path, NULL);
	assert_int_equal(olena.status, 200);
	visit(&olena, give, POST("role", "caseworker", "valid_from", "2099-01-01", "until", "2098-01-01"));
	assert_int_equal(olena.status, 422);
	visit(&olena, give, POST("role", "caseworker", "valid_from", "yesterday"));
	assert_int_equal(olena.status, 422);
	visit(&olena, give, POST("role", "caseworker", "valid_from", "2099-01-01"));
	went(&olena, lg_printf(house.cx.mem, "%s?said=saved", path));
	visit(&v, "/candidates/new", NULL);
	assert_int_equal(v.status, 403); /* not yet */
	visit(&olena, give, POST("role", "caseworker"));
	went(&olena, lg_printf(house.cx.mem, "%s?said=saved", path));
	visit(&v, "/candidates/new", NULL);
	assert_int_equal(v.status, 200);
	const char *role =
	    house_sql("SELECT r.id FROM lg.member_role r JOIN lg.member m ON m.id = r.member_id WHERE "
	              "m.mail = 'ole@vinterby.example' "
	              "AND r.role = 'caseworker' AND r.valid_from <= (now() AT TIME ZONE 'Europe/Copenhagen')::date");
	visit(&olena, lg_printf(house.cx.mem, "%s/%s/end", give, role), POST("x", "y"));
	went(&olena, lg_printf(house.cx.mem, "%s?said=saved", path));
	visit(&v, "/candidates/new", NULL);
	assert_int_equal(v.status, 403);
}

static void somebody_stands_in_until_a_day(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	(void)house_person(1, "bo@vinterby.example", "read_only");
	visitor_sign_in(&v, "bo@vinterby.example");
	const char *path = member_path("bo@vinterby.example"), *give = lg_printf(house.cx.mem, "%s/roles", path),
	           *jens_id = strrchr(member_path("jens@vinterby.example"), '/') + 1;
	visit(&olena, path, NULL);
	visit(&olena, give, POST("role", "", "stand_in_for", jens_id));
	assert_int_equal(olena.status, 422);
	has(&olena, "Standing in always has a last day.");
	visit(&olena, give, POST("role", "", "stand_in_for", jens_id, "until", "2099-12-31"));
	went(&olena, lg_printf(house.cx.mem, "%s?said=saved", path));
	visit(&v, "/candidates/new", NULL);
	assert_int_equal(v.status, 200);
	(void)house_sql(
	    "UPDATE lg.member_role SET valid_from = '2020-01-01', valid_to = '2020-12-31' WHERE stand_in_for = '%s'",
	    jens_id);
	visit(&v, "/candidates/new", NULL);
	assert_int_equal(v.status, 403);
}

static void the_last_administrator_stays(void **state)
{
	(void)state;
	const char *path = member_path("olena@vinterby.example");
	visit(&olena, path, NULL);
	visit(&olena, lg_printf(house.cx.mem, "%s/remove", path), POST("x", "y"));
	assert_int_equal(olena.status, 422);
	has(&olena, "administrator first");
	visit(&olena, path, POST("name", "Olena", "title", "", "phone", "", "valid_to", "2020-01-01", "version", "1"));
	assert_int_equal(olena.status, 422);
	const char *role = house_sql("SELECT r.id FROM lg.member_role r JOIN lg.member m ON m.id = r.member_id WHERE "
	                             "m.mail = 'olena@vinterby.example' AND m.tenant_id = 1");
	visit(&olena, lg_printf(house.cx.mem, "%s/roles/%s/end", path, role), POST("x", "y"));
	assert_int_equal(olena.status, 422);
	visit(&olena, "/members", NULL);
	assert_int_equal(olena.status, 200);
}

static void a_membership_ends_here_and_nowhere_else(void **state)
{
	(void)state;
	struct visitor v = { 0 };
	const char *both = house_person(1, "dora@vinterby.example", "caseworker");
	(void)house_sql("SELECT lg_gate.create_member(2, '%s', 'staff', 'Dora', NULL, '{caseworker}')", both);
	visit(&v, "/sign-in", NULL);
	visit(&v, "/sign-in", POST("mail", "dora@vinterby.example", "password", HOUSE_PASSWORD));
	visit(&v, "/sign-in/code", POST("code", house_code(0)));
	went(&v, "/sign-in/office");
	visit(&v, "/sign-in/office", NULL);
	has(&v, "Sommersund");
	visit(&v, "/sign-in/office", POST("tenant", "1"));
	went(&v, "/");
	visit(&v, "/offices", NULL);
	has(&v, "Sommersund");
	/* An administrator of one office sees the member of that one only. */
	const char *there = house_sql("SELECT id FROM lg.member WHERE tenant_id = 2 AND account_id = '%s'", both);
	visit(&olena, "/members", NULL);
	visit(&olena, lg_printf(house.cx.mem, "/members/%s", there), NULL);
	assert_int_equal(olena.status, 404);
	visit(&olena, lg_printf(house.cx.mem, "/members/%s/remove", there), POST("x", "y"));
	assert_int_equal(olena.status, 404);
	visit(&olena, lg_printf(house.cx.mem, "%s/remove", member_path("dora@vinterby.example")), POST("x", "y"));
	went(&olena, "/members?said=removed");
	visit(&v, "/candidates", NULL);
	assert_int_equal(v.status, 303);
	assert_string_equal(house_sql("SELECT count(*) FROM lg.member WHERE account_id = '%s'", both), "1");
	visitor_sign_in(&v, "dora@vinterby.example");
	visit(&v, "/candidates", NULL);
	has(&v, "Sommersund");
}

/* --- the office, programs */

static void the_office_changes_its_name_and_words(void **state)
{
	(void)state;
	visit(&olena, "/office", NULL);
	assert_int_equal(olena.status, 200);
	const char *version = between(&olena, "name=\"version\" value=\"", "\"");
	visit(&olena, "/office",
	      POST("name", "Vinterby", "languages", "da", "languages", "uk", "label.office.da", "Beskæftigelsen",
	           "version", version));
	went(&olena, "/office?said=saved");
	assert_string_equal(
	    house_sql(
	        "SELECT labels->'office'->>'da' || array_to_string(languages, ' ') FROM lg_ref.tenant WHERE id = 1"),
	    "Beskæftigelsenda uk");
	visit(&olena, "/office", POST("name", "Somewhere", "languages", "da", "version", version));
	assert_int_equal(olena.status, 409);
	visit(&olena, "/office", POST("name", "Somewhere", "languages", "da", "version", "2", "label.new.da", "x"));
	assert_int_equal(olena.status, 422);
	visit(&olena, "/units", NULL);
	visit(&olena, "/units", POST("name", "Nordhavn"));
	went(&olena, "/units?said=saved");
	const char *unit = house_sql("SELECT id FROM lg.unit WHERE name = 'Nordhavn'");
	visit(&olena, lg_printf(house.cx.mem, "/units/%s", unit), NULL);
	visit(&olena, lg_printf(house.cx.mem, "/units/%s", unit),
	      POST("name", "Nordhavn", "state", "closed", "version", "1"));
	went(&olena, "/units?said=saved");
	visit(&olena, lg_printf(house.cx.mem, "/units/%s", unit),
	      POST("name", "Sydhavn", "state", "open", "version", "1"));
	assert_int_equal(olena.status, 409);
}

static void a_program_is_let_in_and_shut_out(void **state)
{
	(void)state;
	struct visitor p = { 0 };
	visit(&olena, "/clients", NULL);
	visit(&olena, "/clients", POST("name", "Payroll", "roles", "administrator"));
	assert_int_equal(olena.status, 422);
	visit(&olena, "/clients", POST("name", "Payroll", "roles", "read_only"));
	assert_int_equal(olena.status, 200);
	const char *id = house_sql("SELECT id FROM lg.client WHERE name = 'Payroll'"),
	           *at = strstr(olena.body, "Secret"), *secret = NULL;
	assert_non_null(at);
	for (const char *s = at; *s && !secret; s++)
		if (s[-1] == '>' && strcspn(s, "<") == SEAL_TOKEN_TEXT - 1)
			secret = lg_strndup(house.cx.mem, s, SEAL_TOKEN_TEXT - 1);
	assert_non_null(secret);
	visit_any(&p, HTTP_POST, "/api/v1/token",
	          POST("grant_type", "client_credentials", "client_id", id, "client_secret", "wrong"), NULL, NULL);
	assert_int_equal(p.status, 401);
	visit_any(&p, HTTP_POST, "/api/v1/token",
	          POST("grant_type", "password", "client_id", id, "client_secret", secret), NULL, NULL);
	assert_int_equal(p.status, 400);
	visit_any(&p, HTTP_POST, "/api/v1/token",
	          POST("grant_type", "client_credentials", "client_id", id, "client_secret", secret), NULL, NULL);
	assert_int_equal(p.status, 200);
	const char *token = between(&p, "\"access_token\":\"", "\"");
	visit_any(&p, HTTP_GET, "/api/v1/candidates", NULL, token, NULL);
	assert_int_equal(p.status, 200);
	/* A program's token opens no page, a session's cookie no API. */
	struct visitor page = { 0 };
	visitor_cookie_set(&page, APP_SESSION_COOKIE, token);
	visit(&page, "/candidates", NULL);
	assert_int_equal(page.status, 303);
	visit_any(&jens, HTTP_GET, "/api/v1/candidates", NULL, NULL, NULL);
	assert_int_equal(jens.status, 401);
	char *body = lg_printf(house.cx.mem,
	                       "{\"grant_type\":\"client_credentials\",\"client_id\":\"%s\",\"client_secret\":\"%s\"}",
	                       id, secret);
	visit_any(&p, HTTP_POST, "/api/v1/token", NULL, NULL, body);
	assert_int_equal(p.status, 200);
	visit(&olena, "/clients", NULL);
	visit(&olena, lg_printf(house.cx.mem, "/clients/%s/revoke", id), POST("x", "y"));
	went(&olena, "/clients?said=saved");
	visit_any(&p, HTTP_GET, "/api/v1/candidates", NULL, token, NULL);
	assert_int_equal(p.status, 401);
}

/* --- forgotten */

static void a_forgotten_password_is_chosen_anew(void **state)
{
	(void)state;
	struct visitor v = { 0 }, session = { 0 };
	(void)house_person(1, "eva@vinterby.example", "caseworker");
	visitor_sign_in(&session, "eva@vinterby.example");
	visit(&v, "/forgotten", NULL);
	visit(&v, "/forgotten", POST("mail", "eva@vinterby.example"));
	assert_int_equal(v.status, 200);
	const char *known = v.body;
	visit(&v, "/forgotten", POST("mail", "nobody@vinterby.example"));
	assert_string_equal(v.body, known);
	const char *path = link_to("reset", "eva@vinterby.example");
	visit(&v, path, NULL);
	assert_int_equal(v.status, 200);
	visit(&v, path, POST("password", "zebra og elefant", "again", "zebra og elefant"));
	went(&v, "/sign-in?said=password_new");
	visit(&session, "/account", NULL);
	assert_int_equal(session.status, 303);
	visit(&v, path, NULL);
	assert_int_equal(v.status, 410);
	visit(&v, "/reset/nonsense", NULL);
	assert_int_equal(v.status, 410);
	visit(&v, "/set-up", NULL);
	assert_int_equal(v.status, 404);
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup(name, reset)
		T(one_comes_in_with_password_and_code_and_goes_out),
		T(an_unknown_address_and_a_wrong_password_get_the_same_page),
		T(too_many_tries_are_told_when_to_come_back),
		T(a_cookie_set_before_is_not_the_session_afterwards),
		T(one_is_led_to_no_other_site),
		T(every_form_needs_a_token_of_its_own_session_from_our_own_pages),
		T(one_sees_and_ends_ones_sessions),
		T(a_session_is_extended),
		T(one_changes_ones_name_and_language),
		T(one_changes_ones_password),
		T(codes_move_to_another_phone),
		T(a_colleague_is_invited_and_comes_in),
		T(roles_are_given_and_taken_and_count_at_once),
		T(somebody_stands_in_until_a_day),
		T(the_last_administrator_stays),
		T(a_membership_ends_here_and_nowhere_else),
		T(the_office_changes_its_name_and_words),
		T(a_program_is_let_in_and_shut_out),
		T(a_forgotten_password_is_chosen_anew),
	};
	house_open(argv[1], false, NULL);
	visitor_open();
	(void)house_person(1, "jens@vinterby.example", "caseworker");
	(void)house_person(1, "olena@vinterby.example", "administrator");
	visitor_sign_in(&jens, "jens@vinterby.example");
	visitor_sign_in(&olena, "olena@vinterby.example");
	visit(&jens, "/account", NULL);
	visit(&olena, "/account", NULL);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	visitor_close();
	house_close();
	return failed;
}
