/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Two offices become one on a day: nothing is lost and nothing is doubled, whoever is killed meanwhile; what was sealed
 * opens, what was found is found; and nobody sees more people than before. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/record.h"
#include "app/seal.h"
#include "core/run_job.h"
#include "core/tenant_merge.h"
#include "kept.h"
#include "scratch.h"
#include "service.h"

/* Office 1 and office 2 become parts of office 3, which is new. */
enum { OFFICES = 2, KILLS = 20 };
static struct office {
	int worker, chief, again;
	char one[40], two[40], merge[40], number[40], employer[40], opening[40], document[40], run[40], import[40],
	    hook[40];
} offices[OFFICES];
static int chief, clerk; /* of the new office: an administrator, and a caseworker of all of it */
static char import[40], before[OFFICES][33], run_hash[OFFICES][65];
static const char cv[] = "Svejser med certifikat, 12 års erfaring på Lindøværftet.\n";

static void copy(char *to, size_t room, const char *text) { (void)snprintf(to, room, "%s", text); }

/* --- what two offices have */

static void register_person(int who, char to[40], const char *given, const char *number)
{
	keep_place(to, service_post(who, "/candidates",
	                            FORM("given_name", given, "family_name", "Tkachenko", "born", "1990-05-24", "phone",
	                                 "+45 00 00 00 01", "legal_basis", "public_task", "anyway", "1")));
	assert_status(service_post(who, at("/candidates/%s/edit/identifiers", to),
	                           FORM("version", "1", "identifiers-0.kind", strchr(number, '-') ? "cpr" : "passport",
	                                "identifiers-0.number", number, "anyway", "1")),
	              303);
}

static void bring(int who, const char *text, const char *source)
{
	const char *form[40];
	size_t n = 0, i;
	struct service_answer a = service_upload(who, "/imports", FORM("kind", "employer", "source", source),
	                                         "firms.csv", text, strlen(text));
	assert_status(a, 303);
	(void)snprintf(import, sizeof import, "%.36s", a.location + strlen("/imports/"));
	json_t *columns = json_loads(service_sql("SELECT columns FROM lg.import WHERE id = '%s'", import), 0, NULL),
	       *mapping = json_loads(service_sql("SELECT mapping FROM lg.import WHERE id = '%s'", import), 0, NULL),
	       *column;
	form[n++] = "version", form[n++] = "1";
	json_array_foreach(columns, i, column)
	{
		form[n++] = lg_printf(service_cx()->mem, "column-%zu", i);
		form[n++] = record_word(mapping, json_string_value(column));
	}
	form[n] = NULL;
	assert_status(service_post(who, at("/imports/%s/mapping", import), form), 303);
	json_decref(columns);
	json_decref(mapping);
	service_job("import");
	assert_status(
	    service_post(who, at("/imports/%s/run", import),
	                 FORM("version", service_sql("SELECT version FROM lg.import WHERE id = '%s'", import))),
	    303);
	service_job("import");
}

static const char *outcomes(void)
{
	return service_sql(
	    "SELECT string_agg(outcome || ' ' || n, ', ' ORDER BY outcome) FROM (SELECT outcome, count(*) "
	    "AS n FROM lg.import_row WHERE import_id = '%s' GROUP BY 1) x",
	    import);
}

static const char question[] =
    "From: maria@vinterby.example\nSubject: Hej\nMessage-ID: <m@vinterby.example>\n\nKan Olena svejse?\n";

/* A mail came to the first office before. */
static void bring_mail(void)
{
	struct service_answer a = service_api(service_new_program("mailbox"), HTTP_POST, "/api/v1/mails", question,
	                                      FORM("Content-Type", "message/rfc822"));
	assert_status(a, 201);
}

static void fill(int i)
{
	struct office *o = &offices[i];
	int tenant = i + 1;
	struct service_answer a;
	if (!i) bring_mail();
	register_person(o->worker, o->one, i ? "Ivan" : "Olena", i ? "FA100001" : "240590-1236");
	register_person(o->worker, o->two, i ? "Iwan" : "Elena", i ? "FA100002" : "FA100003");
	(void)service_sql("SELECT lg_gate.enter_job(%d, 'test'); UPDATE lg.candidate SET state = 'available', "
	                  "municipality = 'DK-0461', latitude_e6 = 55403800, longitude_e6 = 10402400, languages = "
	                  "'[{\"language\": \"da\", \"interaction\": \"b2\"}]', occupations = '[{\"occupation\": "
	                  "\"7512\", \"years\": 3}]', "
	                  "wants_work = 'yes' WHERE tenant_id = %d",
	                  tenant, tenant);
	assert_status(service_post(o->worker, at("/candidates/%s/notes", o->one), FORM("text", "Hun vil gerne svejse")),
	              303);
	assert_status(
	    service_post(o->worker, at("/candidates/%s/tasks", o->one), FORM("what", "Ring", "due", "2030-01-01")),
	    303);
	a = service_upload(o->worker, at("/candidates/%s/documents", o->one), FORM("kind", "cv"), "cv.txt", cv,
	                   sizeof cv - 1);
	assert_status(a, 303);
	copy(o->document, 40, service_sql("SELECT id FROM lg.document WHERE tenant_id = %d", tenant));
	keep_place(o->employer,
	           service_post(o->worker, "/employers",
	                        FORM("name", i ? "Sommer Smedje" : "Vinter Smedje", "number", "25313763")));
	assert_status(service_post(o->worker, at("/employers/%s/openings", o->employer),
	                           FORM("title", i ? "Smed" : "Svejser", "kind", "job", "positions", "2")),
	              303);
	copy(o->opening, 40, service_sql("SELECT id FROM lg.opening WHERE tenant_id = %d", tenant));
	(void)service_sql(
	    "SELECT lg_gate.enter_job(%d, 'test'); UPDATE lg.opening SET state = 'open', published = true, "
	    "municipality = 'DK-0461', latitude_e6 = 55403800, longitude_e6 = 10402400, occupations = "
	    "'[{\"occupation\": \"7512\"}]' WHERE "
	    "tenant_id = %d",
	    tenant, tenant);
	assert_status(
	    service_post(o->worker, "/proposals",
	                 FORM("candidate", o->two, "opening", o->opening, "from", "candidate", "state", "shortlisted")),
	    303);
	/* two records that were one, and may be two again */
	register_person(o->worker, o->merge, "Tredje", i ? "FA100004" : "FA100005");
	a = service_post(o->worker, at("/candidates/%s/merge/%s", o->two, o->merge),
	                 FORM("version", service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", o->two),
	                      "other_version", "2", "why", "the same"));
	assert_status(a, 303);
	copy(o->merge, 40, service_sql("SELECT id FROM lg.merge WHERE tenant_id = %d", tenant));
	keep_place(o->run,
	           service_post(o->worker, "/runs", FORM("purpose", "November", "objective", "people", "reserve", "")));
	service_job("runs");
	assert_string_equal(service_sql("SELECT state FROM lg.run WHERE id = '%s'", o->run), "done");
	bring(o->worker, "id,name,employees\nA1,Alfa,3\nB2,Beta,4\n", "HR");
	assert_string_equal(outcomes(), "created 2");
	copy(o->import, 40, import);
	a = service_post(o->chief, "/webhooks",
	                 FORM("name", "The job site", "url", "http://127.0.0.1:40009/", "events", "opening.created"));
	assert_status(a, 200);
	copy(o->hook, 40, service_sql("SELECT id FROM lg.webhook WHERE tenant_id = %d", tenant));
	(void)service_sql(
	    "INSERT INTO lg.saved_view (tenant_id, account_id, name, query) VALUES (%d, '%s', 'Mine', 'q=x')", tenant,
	    service_account(o->worker));
	(void)service_sql("INSERT INTO lg.follow VALUES (%d, 'presented', %d, 20)", tenant, tenant + 3);
	(void)service_sql("SELECT lg_gate.enter_job(%d, 'test'); INSERT INTO lg.unit (name) VALUES ('Team')", tenant);
	(void)service_get(o->worker, at("/candidates/%s", o->one)); /* somebody saw it */
}

static void two_offices_are_full_and_a_third_is_new(void **state)
{
	(void)state;
	service_loopback(true);
	offices[0].worker = CASEWORKER, offices[0].chief = ADMINISTRATOR;
	offices[1].worker = STRANGER, offices[1].chief = service_sign_in(2, "administrator");
	for (int i = 0; i < OFFICES; i++) fill(i);
	(void)service_sql("SELECT lg_gate.create_tenant('region_dk', 'Region Østdanmark', 'da')");
	chief = service_sign_in(3, "administrator");
	clerk = service_sign_in(3, "caseworker");
	assert_status(service_post(chief, "/webhooks",
	                           FORM("name", "New", "url", "http://127.0.0.1:40009/", "events", "opening.created",
	                                "events", "candidate.state", "events", "proposal.state")),
	              200);
	(void)service_sql(
	    "INSERT INTO lg.saved_view (tenant_id, account_id, name, query) VALUES (2, '%s', 'Mine', 'q=y')",
	    service_account(CASEWORKER));
	/* the caseworker of office 1 works in office 2 too; somebody of office 2 is the candidate of office 1 */
	(void)service_sql("SELECT lg_gate.create_member(2, '%s', 'staff', 'Mette to', NULL, '{read_only}')",
	                  service_account(CASEWORKER));
	(void)service_sql("SELECT lg_gate.create_member(1, '%s', 'candidate', 'Olena', '%s', '{}')",
	                  service_account(offices[1].chief), offices[0].one);
}

/* --- planning */

static const char *plan(int from, int into, const char *day)
{
	return service_sql(
	    "SELECT lg_gate.tenant_merge_plan(%d, %d, (now() AT TIME ZONE 'Europe/Copenhagen')::date + %s, "
	    "'The regions were joined', false, false, 'operator')",
	    from, into, day);
}

/* All that there is, in one hash: of an office, or (0) of all that do not change by being looked at. */
static const char *hash_of(int tenant)
{
	return service_sql(
	    "SELECT md5(string_agg(x.h, ',' ORDER BY x.n)) FROM (SELECT w.name AS n, (xpath('/row/h/text()', "
	    "query_to_xml(format('SELECT md5(coalesce(string_agg(t::text, '','' ORDER BY t::text), '''')) AS h FROM "
	    "%%s t "
	    "WHERE %%s', w.name, CASE WHEN %d = 0 THEN 'true' ELSE 'tenant_id = %d' END), false, true, '')))[1]::text "
	    "AS h "
	    "FROM lg_gate.walled w WHERE w.class = 'tenant') x",
	    tenant, tenant);
}

static void what_cannot_be_planned_is_refused(void **state)
{
	(void)state;
	static const struct {
		int from, into;
		const char *day, *why;
	} all[] = {
		{ 1, 1, "1", "office" }, { 1, 99, "1", "office" }, { 99, 1, "1", "office" }, { 1, 3, "-1", "date" }
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_string_equal(plan(all[i].from, all[i].into, all[i].day), all[i].why);
	assert_string_equal(plan(1, 3, "40"), "");
	assert_string_equal(plan(1, 2, "40"), "planned");
	assert_string_equal(plan(3, 2, "40"), "chain");
	assert_string_equal(plan(2, 1, "40"), "chain");
	assert_string_equal(service_sql("SELECT lg_gate.tenant_merge_cancel(1, 'operator')"), "t");
	assert_string_equal(service_sql("SELECT lg_gate.tenant_merge_cancel(1, 'operator')"), "f");
	assert_string_equal(service_sql("SELECT string_agg(state, ' ') FROM lg.tenant_merge"), "cancelled");
	assert_string_equal(plan(1, 3, "40"), "");
	assert_string_equal(plan(2, 3, "40"), "");
}

static void looking_at_it_beforehand_changes_nothing(void **state)
{
	(void)state;
	char hash[33];
	copy(hash, sizeof hash, hash_of(0));
	assert_string_equal(
	    service_sql("SELECT had || ' ' || there || ' ' || way FROM lg_gate.tenant_merge_rows(1, 3) WHERE "
	                "tab = 'lg.note'"),
	    "1 0 moved");
	assert_string_equal(
	    service_sql("SELECT string_agg(what || ': ' || detail, '; ' ORDER BY what, detail) FROM "
	                "lg_gate.tenant_merge_clashes(1, 2) WHERE what !~ 'unit'"),
	    service_sql(
	        "SELECT 'account: ' || (SELECT mail FROM lg_gate.account WHERE id = '%s') || '; account of another "
	        "kind: ' || (SELECT mail FROM lg_gate.account WHERE id = '%s') || '; company number: 25313763: Vinter "
	        "Smedje / Sommer Smedje; lg.follow: [\"presented\"]; lg.saved_view: [\"%s\", \"Mine\"]; source of "
	        "imports: HR'",
	        service_account(CASEWORKER), service_account(offices[1].chief), service_account(CASEWORKER)));
	assert_string_equal(hash_of(0), hash);
}

static void both_offices_are_told_and_no_other(void **state)
{
	(void)state;
	for (int i = 0; i < OFFICES; i++) {
		struct service_answer a = service_get(offices[i].chief, "/office");
		assert_status(a, 200);
		assert_says(a, "Region Østdanmark");
		assert_says(a, "The regions were joined");
		assert_null(strstr(a.body, i ? "Vinterby becomes" : "Sommersund becomes"));
	}
	struct service_answer a = service_get(chief, "/office");
	assert_says(a, "Vinterby");
	assert_says(a, "Sommersund");
	(void)service_sql("SELECT lg_gate.create_tenant('region_dk', 'Elsewhere', 'da')");
	assert_null(strstr(service_get(service_sign_in(4, "administrator"), "/office").body, "Vinterby"));
}

/* A card that the first gave to an office elsewhere, which was asked something and answered. */
static void a_card_is_out_there(void **state)
{
	(void)state;
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); INSERT INTO lg.agreement (from_tenant, to_tenant, "
	                  "purpose, direction, fields, "
	                  "legal_basis, valid_from, valid_to) VALUES (1, 4, 'Hospitals', 'give', '{name,occupations}', "
	                  "'public_task', current_date, "
	                  "current_date + 300); INSERT INTO lg.agreement_step (from_tenant, to_tenant, author_tenant, "
	                  "agreement_id, what) SELECT 1, 4, 1, id, "
	                  "'approved' FROM lg.agreement; SELECT lg_gate.enter_job(4, 'test'); INSERT INTO "
	                  "lg.agreement_step (from_tenant, to_tenant, "
	                  "author_tenant, agreement_id, what) SELECT 1, 4, 4, id, 'approved' FROM lg.agreement");
	(void)service_sql("SELECT lg_gate.enter_job(1, 'test'); INSERT INTO lg.share (root_tenant, from_tenant, "
	                  "to_tenant, candidate_id, "
	                  "agreement_id, fields, given_until, why, legal_basis) SELECT 1, 1, 4, '%s', id, '{name}', "
	                  "now() + interval '9 "
	                  "days', 'A post', 'public_task' FROM lg.agreement; INSERT INTO lg.referral (root_tenant, "
	                  "from_tenant, to_tenant, share_id, question, "
	                  "deadline) SELECT 1, 1, 4, id, 'Does she fit?', current_date + 5 FROM lg.share; SELECT "
	                  "lg_gate.enter_job(4, 'test'); "
	                  "INSERT INTO lg.share_answer (root_tenant, from_tenant, to_tenant, share_id, n, what) SELECT "
	                  "1, 1, 4, id, 1, 'accepted' "
	                  "FROM lg.share",
	                  offices[0].two);
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.match_entry WHERE tenant_id = 4 AND facts IS NOT NULL"), "1");
	assert_string_equal(
	    service_sql("SELECT detail FROM lg_gate.tenant_merge_clashes(1, 3) WHERE what = 'agreement that ends'"),
	    "Elsewhere: Hospitals");
}

static void the_card_has_ended_and_is_kept(void **state)
{
	(void)state;
	assert_string_equal(service_sql("SELECT count(*) FROM lg.share"), "0");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.match_entry WHERE tenant_id = 4 AND facts IS NOT NULL"), "0");
	assert_string_equal(
	    service_sql(
	        "SELECT content ->> 'why' || ', ' || (content #>> '{referrals,0,question}') || ', ' || (content #>> "
	        "'{answers,0,what}') FROM lg.tenant_merge_left WHERE tenant_id = 3 AND why = 'between'"),
	    "A post, Does she fit?, accepted");
}

static void before_the_day_nothing_happens(void **state)
{
	(void)state;
	service_job("tenant_merge");
	assert_status(service_get(CASEWORKER, "/candidates"), 200);
	assert_string_equal(service_sql("SELECT count(*) FROM lg_ref.tenant WHERE shut IS NOT NULL"), "0");
}

static void every_table_and_every_sealed_column_is_known(void **state)
{
	(void)state;
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg_gate.walled WHERE class <> 'reference' AND merge = ''"), "0");
	json_t *known = json_object();
	for (const char *const *s = tenant_merge_sealed; *s; s++) json_object_set_new(known, *s, json_true());
	for (const char *const *s = tenant_merge_plain; *s; s++) json_object_set_new(known, *s, json_true());
	char *text = json_dumps(known, 0);
	assert_string_equal(
	    service_sql(
	        "SELECT coalesce(string_agg(w.name || '.' || a.attname, ' '), '') FROM lg_gate.walled w JOIN "
	        "pg_attribute a ON a.attrelid = w.name::regclass AND a.atttypid = 'bytea'::regtype AND NOT "
	        "a.attisdropped WHERE w.class = 'tenant' AND w.merge IN ('moved', 'copied') AND NOT '%s'::jsonb ? "
	        "(w.name || '.' || a.attname)",
	        text),
	    "");
	free(text);
	json_decref(known);
}

/* --- the day itself */

static void come(int tenant)
{
	(void)service_sql(
	    "UPDATE lg_gate.tenant_merge_due SET on_date = current_date - 1 WHERE from_tenant = %d; UPDATE "
	    "lg.tenant_merge SET on_date = current_date - 1 WHERE from_tenant = %d AND state = 'planned'",
	    tenant, tenant);
}

/* Rows of each table that a merge moves, whatever office they are in, without what it changes on purpose. */
static const char *all_moved(void)
{
	return service_sql(
	    "SELECT md5(string_agg(x.n || x.h, ',' ORDER BY x.n)) FROM (SELECT w.name AS n, (xpath('/row/h/text()', "
	    "query_to_xml(format('SELECT md5(coalesce(string_agg(j::text, '','' ORDER BY j::text), '''')) AS h FROM "
	    "(SELECT "
	    "to_jsonb(t) - ''{tenant_id,box,blind,key,key_box,hash,text_box,secret,before,events,revoked,source,unit,"
	    "parent_id,unit_id,unit_ids,version,content}''::text[] AS j FROM %%s t) y', w.name), false, true, "
	    "'')))[1]::text AS h FROM lg_gate.walled w WHERE w.class = 'tenant' AND w.merge = 'moved' AND w.name NOT "
	    "IN "
	    "('lg.unit', 'lg.member', 'lg.member_role', 'lg.source_before', 'lg.tenant_merge_left', "
	    "'lg.webhook_delivery', "
	    "'lg.follow', 'lg.document_word', 'lg.saved_view')) x");
}

static char moved[33];

static void killed_twenty_times_it_is_done_once(void **state)
{
	(void)state;
	copy(moved, sizeof moved, all_moved());
	copy(before[0], 33, hash_of(1));
	int killed = 0, shut = 0;
	come(1);
	for (int i = 0; i < 400 && killed < KILLS; i++) {
		pid_t pid = fork();
		if (!pid) {
			service_job("tenant_merge");
			_exit(0);
		}
		int status = 0;
		(void)usleep((useconds_t)(5000 + i * 17000)); /* a little further each time */
		(void)kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (WIFSIGNALED(status)) killed++;
		(void)usleep(100000); /* the server sees that it is gone */
		if (!strcmp(service_sql("SELECT count(*) FROM lg_ref.tenant WHERE merged_into IS NOT NULL"), "1"))
			break;
		assert_string_equal(hash_of(1), before[0]); /* all of it is there still */
		if (strcmp(service_sql("SELECT count(*) FROM lg_ref.tenant WHERE shut IS NOT NULL"), "2") != 0)
			continue;
		shut++;
		struct service_answer a = service_get(CASEWORKER, at("/candidates/%s", offices[0].one));
		assert_status(a, 503);
		assert_says(a, "Vinterby is being merged");
		assert_non_null(service_header("Retry-After"));
		assert_status(service_get(PROGRAM, "/api/v1/candidates"), 503);
		assert_status(service_get(chief, "/candidates"), 503);
		assert_status(service_get(STRANGER, "/candidates"), 200); /* not its day yet */
		assert_string_equal(service_sql("SELECT count(*) FROM lg_gate.session WHERE tenant_id IN (1, 3)"), "0");
	}
	service_job("tenant_merge");
	assert_string_equal(service_sql("SELECT merged_into FROM lg_ref.tenant WHERE id = 1"), "3");
	assert_true(shut > 4);
	print_message("# killed %d times, shut %d times\n", killed, shut);
}

static void the_other_follows(void **state)
{
	(void)state;
	struct timespec a, b;
	come(2);
	(void)clock_gettime(CLOCK_MONOTONIC, &a);
	service_job("tenant_merge");
	(void)clock_gettime(CLOCK_MONOTONIC, &b);
	print_message("# merged in %ld ms\n", (b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000);
	assert_string_equal(service_sql("SELECT merged_into FROM lg_ref.tenant WHERE id = 2"), "3");
	assert_string_equal(service_sql("SELECT count(*) FROM lg_ref.tenant WHERE shut IS NOT NULL"), "0");
}

static void no_row_is_lost_and_none_is_twice(void **state)
{
	(void)state;
	assert_string_equal(all_moved(), moved);
	assert_string_equal(
	    service_sql(
	        "SELECT string_agg(m.from_tenant || ' ' || t.key || ' ' || t.value, ', ') FROM lg.tenant_merge m, "
	        "jsonb_each(m.outcome) t WHERE (t.value->>'had')::int <> (t.value->>'went')::int + "
	        "(t.value->>'kept_back')::int"),
	    "");
	/* what was kept back is kept: the account that is of another kind, the one that was a member of both, the rule
	 */
	assert_string_equal(
	    service_sql("SELECT string_agg(tab || ' ' || why || ' ' || n, ', ' ORDER BY tab, why) FROM (SELECT "
	                "tab, why, count(*) AS n FROM lg.tenant_merge_left WHERE tenant_id = 3 GROUP BY 1, "
	                "2) x"),
	    "lg.follow key 1, lg.member account 2, lg.member_role account 1, lg.share between 1");
	/* nothing is left but what stays, in any table with an office's number */
	for (int tenant = 1; tenant <= OFFICES; tenant++) {
		const char *left = service_sql(
		    "SELECT string_agg(x.n || ' ' || x.h, ', ' ORDER BY x.n) FROM (SELECT c.oid::regclass::text AS n, "
		    "(xpath('/row/h/text()', query_to_xml(format('SELECT count(*) AS h FROM %%s t WHERE tenant_id = "
		    "%d', "
		    "c.oid::regclass), false, true, '')))[1]::text::int AS h FROM pg_class c JOIN pg_attribute a ON "
		    "a.attrelid = "
		    "c.oid AND a.attname = 'tenant_id' WHERE c.relkind = 'r' AND c.relnamespace IN "
		    "('lg'::regnamespace, "
		    "'lg_gate'::regnamespace)) x WHERE x.h > 0 AND x.n NOT IN ('lg.audit', 'lg.read_audit', "
		    "'lg.audit_seal', "
		    "'lg_gate.token_before', 'lg_gate.client_secret')",
		    tenant);
		assert_string_equal(left, "");
	}
	/* two views of one name */
	assert_string_equal(
	    service_sql("SELECT string_agg(name || ' ' || query, ', ' ORDER BY name) FROM lg.saved_view WHERE "
	                "tenant_id = 3 AND account_id = '%s'",
	                service_account(CASEWORKER)),
	    "Mine q=x, Mine (Sommersund) q=y");
	/* plans that had ended are not computed again */
	assert_string_equal(service_sql("SELECT count(*) FROM lg_gate.run_due"), "0");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.match_entry WHERE tenant_id = 3 AND facts IS NOT NULL"), "6");
}

/* --- afterwards */

static void old_sessions_are_told_where_their_office_is(void **state)
{
	(void)state;
	struct service_answer a = service_get(CASEWORKER, at("/candidates/%s", offices[0].one));
	assert_status(a, 410);
	assert_says(a, "Vinterby is now part of Region Østdanmark");
	assert_says(a, "/sign-in?next=");
	/* the same for what never was */
	a = service_get(CASEWORKER, "/candidates/00000000-0000-4000-8000-000000000000");
	assert_status(a, 410);
	assert_says(a, "Vinterby is now part of Region Østdanmark");
	a = service_get(PROGRAM, "/api/v1/candidates");
	assert_status(a, 410);
	assert_says(a, "Vinterby is now part of Region Østdanmark");
	assert_status(service_post(CASEWORKER, at("/candidates/%s/notes", offices[0].one), FORM("text", "x")), 410);
	a = service_get(NOBODY, "/candidates");
	assert_status(a, 303);
	/* a program's secret is answered too, and opens nothing */
	assert_string_equal(
	    service_sql(
	        "SELECT coalesce(lg_gate.bearer_open('%s', "
	        "'\\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', sha256('x'))::text, 'no')",
	        service_account(PROGRAM)),
	    "no");
	assert_string_equal(service_sql("SELECT lg_gate.client_before('%s', "
	                                "'\\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f')",
	                                service_account(PROGRAM)),
	                    "Region Østdanmark");
	assert_string_equal(service_sql("SELECT coalesce(lg_gate.client_before('%s', sha256('guess')), 'no')",
	                                service_account(PROGRAM)),
	                    "no");
}

static void what_everybody_saw_is_seen_there(void **state)
{
	(void)state;
	struct service_answer a = service_get(NOBODY, "/jobs/1");
	assert_status(a, 301);
	assert_string_equal(a.location, "/jobs/3");
	a = service_get(NOBODY, at("/jobs/2/%s", offices[1].opening));
	assert_status(a, 301);
	assert_string_equal(a.location, at("/jobs/3/%s", offices[1].opening));
	assert_says(service_get(NOBODY, path), "Smed");
	a = service_get(NOBODY, "/jobs/1/feed.atom");
	assert_status(a, 301);
	assert_string_equal(a.location, "/jobs/3/feed.atom");
	assert_status(service_get(NOBODY, "/jobs/99"), 404);
}

static void everybody_signs_in_there_and_sees_their_own_people(void **state)
{
	(void)state;
	for (int i = 0; i < OFFICES; i++) {
		const struct office *o = &offices[i], *other = &offices[!i];
		assert_string_equal(service_sql("SELECT string_agg(tenant::text, ' ') FROM lg_gate.memberships('%s')",
		                                service_account(o->worker)),
		                    "3");
		offices[i].again = service_sign_in_again(o->worker, 3);
		struct service_answer a = service_get(o->again, at("/candidates/%s", o->one));
		assert_status(a, 200);
		assert_says(a, "Hun vil gerne svejse");
		/* a caseworker of the one does not see the people of the other; but for the one who worked in both */
		assert_status(service_get(o->again, at("/candidates/%s", other->one)), i ? 404 : 200);
		/* employers and openings are the office's */
		assert_status(service_get(o->again, at("/employers/%s", other->employer)), 200);
	}
	clerk = service_sign_in_again(clerk, 3);
	assert_status(service_get(clerk, at("/candidates/%s", offices[0].one)), 200);
	assert_status(service_get(clerk, at("/candidates/%s", offices[1].one)), 200);
	/* units stand below the offices that they were of */
	assert_string_equal(
	    service_sql("SELECT string_agg(p.name || '/' || u.name, ', ' ORDER BY p.name) FROM lg.unit u JOIN "
	                "lg.unit p ON p.id = u.parent_id WHERE u.name = 'Team'"),
	    "Sommersund/Team, Vinterby/Team");
	/* a unit made later is below it too */
	(void)service_sql(
	    "SELECT lg_gate.enter_job(3, 'test'); INSERT INTO lg.unit (name, parent_id) SELECT 'New', id FROM "
	    "lg.unit WHERE was_tenant = 2");
	(void)service_sql(
	    "SELECT lg_gate.enter_job(3, 'test'); UPDATE lg.candidate SET unit = (SELECT id FROM lg.unit WHERE "
	    "name = 'New') WHERE id = '%s'",
	    offices[1].two);
	assert_status(service_get(offices[1].again, at("/candidates/%s", offices[1].two)), 404);
	(void)service_sql("SELECT lg_gate.refresh_sessions(NULL, 3)");
	assert_status(service_get(offices[1].again, at("/candidates/%s", offices[1].two)), 200);
}

static void what_was_sealed_opens_and_what_was_found_is_found(void **state)
{
	(void)state;
	for (int i = 0; i < OFFICES; i++) {
		const struct office *o = &offices[i];
		struct service_answer a = service_get(o->again, at("/candidates/%s", o->one));
		const char *number = service_between(a.body, "/numbers/", "\"");
		assert_non_null(number);
		a = service_post(o->again, at("/candidates/%s/numbers/%s", o->one, number), FORM("why", "needed"));
		assert_says(a, i ? "FA100001" : "240590-1236");
		a = service_get(o->again, at("/candidates/%s/documents/%s/file", o->one, o->document));
		assert_status(a, 200);
		assert_string_equal(a.body, cv);
		a = service_get(o->again, "/candidates?q=svejser%20erfaring");
		assert_says(a, "<mark>Svejser</mark>");
		a = service_get(o->again, i ? "/candidates?q=Ivan" : "/candidates?q=Olena");
		assert_says(a, i ? "Ivan" : "Olena");
		/* the same file is known, and the same number */
		a = service_upload(o->again, at("/candidates/%s/documents", o->one), FORM("kind", "cv"), "cv.txt", cv,
		                   sizeof cv - 1);
		assert_says(a, "This file is here already.");
		a = service_post(clerk, at("/candidates/%s/edit/identifiers", offices[!i].one),
		                 FORM("version",
		                      service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", offices[!i].one),
		                      "identifiers-0.kind", i ? "passport" : "cpr", "identifiers-0.number",
		                      i ? "FA100001" : "240590-1236"));
		assert_true(a.status != 303);
		/* history, with what changed */
		a = service_get(o->again, at("/candidates/%s/history", o->two));
		assert_says(a, "Tredje");
	}
}

static void mails_open_as_they_came(void **state)
{
	(void)state;
	int agent = service_sign_in(3, "hotline");
	char id[40], enquiry[40];
	copy(id, sizeof id, service_sql("SELECT id FROM lg.enquiry_mail WHERE tenant_id = 3"));
	copy(enquiry, sizeof enquiry, service_sql("SELECT enquiry_id FROM lg.enquiry_mail WHERE tenant_id = 3"));
	struct service_answer a = service_get(agent, at("/enquiries/%s/mails", enquiry));
	assert_status(a, 200);
	assert_says(a, "Kan Olena svejse?");
	a = service_get(agent, at("/mails/%s/file", id));
	assert_status(a, 200);
	assert_string_equal(a.body, question);
}

static const char *replayed(const char *id)
{
	static char hash[65];
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL), .now = time(NULL) };
	const struct seal_ring ring = seal_ring_of(service_key());
	struct run_replay r;
	struct db_pool *pool = db_pool_new(&(struct db_config){
	    .conninfo = scratch_conninfo(), .role = "lg_job", .password = "", .most = 1, .wait_ms = 5000 });
	assert_int_equal(run_replay(&own, pool, &ring, app_setup(service_app())->terms, id, &r), LG_OK);
	assert_true(r.same_input && r.same_result);
	copy(hash, sizeof hash, r.hash);
	lg_arena_free(own.mem);
	db_pool_free(pool);
	return hash;
}

static void plans_give_the_same_when_computed_anew(void **state)
{
	(void)state;
	for (int i = 0; i < OFFICES; i++) {
		assert_string_equal(replayed(offices[i].run), run_hash[i]);
		assert_status(service_get(clerk, at("/runs/%s", offices[i].run)), 200);
	}
}

static void plans_are_remembered(void **state)
{
	(void)state;
	for (int i = 0; i < OFFICES; i++) copy(run_hash[i], 65, replayed(offices[i].run));
}

static void what_came_by_a_file_comes_by_it_again_and_not_twice(void **state)
{
	(void)state;
	assert_string_equal(
	    service_sql("SELECT string_agg(DISTINCT source, ', ' ORDER BY source) FROM lg.import WHERE tenant_id "
	                "= 3"),
	    "HR, HR (Sommersund)");
	bring(clerk, "id,name,employees\nA1,Alfa,5\nB2,Beta,4\nC3,Gamma,1\n", "HR (Sommersund)");
	assert_string_equal(outcomes(), "changed 1, created 1, left 1");
	assert_string_equal(
	    service_sql("SELECT string_agg(employees::text, ' ' ORDER BY employees) FROM lg.employer WHERE "
	                "tenant_id = 3 AND name = 'Alfa'"),
	    "3 5");
	bring(clerk, "id,name,employees\nA1,Alfa,6\n", "HR");
	assert_string_equal(outcomes(), "changed 1");
	/* and once more, by the id as it is blinded now */
	bring(clerk, "id,name,employees\nA1,Alfa,6\n", "HR");
	assert_string_equal(outcomes(), "left 1");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.employer WHERE tenant_id = 3 AND name = 'Alfa'"), "2");
}

static void two_that_were_made_one_can_be_two_again(void **state)
{
	(void)state;
	for (int i = 0; i < OFFICES; i++) {
		const struct office *o = &offices[i];
		assert_status(
		    service_post(
		        clerk, at("/candidates/%s/merges/%s/undo", o->two, o->merge),
		        FORM("version", service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", o->two))),
		    303);
		char third[40];
		copy(third, sizeof third, service_sql("SELECT gone FROM lg.merge WHERE id = '%s'", o->merge));
		struct service_answer a = service_get(clerk, at("/candidates/%s", third));
		assert_status(a, 200);
		const char *number = service_between(a.body, "/numbers/", "\"");
		assert_non_null(number);
		a = service_post(clerk, at("/candidates/%s/numbers/%s", third, number), FORM("why", "needed"));
		assert_says(a, i ? "FA100004" : "FA100005");
	}
}

static void webhooks_are_told_and_then_of_nothing_else(void **state)
{
	(void)state;
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL) };
	const struct seal_ring ring = seal_ring_of(service_key());
	for (int i = 0; i < OFFICES; i++) {
		uint8_t box[200];
		const char *hex = service_sql("SELECT encode(secret, 'hex') FROM lg.webhook WHERE id = '%s'",
		                              offices[i].hook),
		           *secret;
		size_t n = strlen(hex) / 2;
		assert_true(n <= sizeof box && seal_hex_read(box, n, hex));
		assert_int_equal(seal_get_tenant(&own, &ring, seal_of(3, offices[i].hook, "webhook_secret"),
		                                 (struct db_bytes){ box, n }, &secret, &n),
		                 LG_OK);
		assert_string_equal(
		    service_sql("SELECT array_to_string(events, ' ') FROM lg.webhook WHERE id = '%s'", offices[i].hook),
		    "office.merged");
		assert_string_equal(
		    service_sql("SELECT count(*) || ' ' || min(event) FROM lg.webhook_delivery WHERE webhook_id = "
		                "'%s' AND done IS NULL AND event = 'office.merged' AND body LIKE '%%Østdanmark%%'",
		                offices[i].hook),
		    "1 office.merged");
	}
	/* that candidates and openings came was no event */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.webhook_delivery WHERE event <> 'office.merged'"),
	                    "0");
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.webhook WHERE tenant_id = 3 AND 'opening.created' = ANY (events)"),
	    "1");
	lg_arena_free(own.mem);
}

static void all_chains_hold(void **state)
{
	(void)state;
	service_job("seal");
	for (int tenant = 1; tenant <= 3; tenant++) {
		assert_string_equal(
		    service_sql("SELECT lg_gate.enter_job(%d, 'test'); SET LOCAL ROLE lg_job; SELECT count(*) FROM "
		                "lg.verify_audit()",
		                tenant),
		    "0");
		assert_string_equal(
		    service_sql("SELECT count(*) > 0 FROM lg.audit WHERE tenant_id = %d AND verb = 'merged' AND "
		                "entity = 'office'",
		                tenant),
		    "t");
	}
	/* and would not, were a line taken out */
	(void)service_sql("DELETE FROM lg.audit WHERE tenant_id = 1 AND verb = 'merged'");
	assert_string_not_equal(
	    service_sql("SELECT lg_gate.enter_job(1, 'test'); SET LOCAL ROLE lg_job; SELECT count(*) FROM "
	                "lg.verify_audit()"),
	    "0");
	assert_says(service_get(service_sign_in_again(chief, 3), "/audit"), "Vinterby");
}

/* --- into an office with people of its own; and what goes wrong */

static void whoever_was_there_does_not_see_the_new_ones_either(void **state)
{
	(void)state;
	char there[40], here[40];
	int old = service_sign_in(4, "caseworker"), small = 0;
	keep_place(there, service_post(old, "/candidates",
	                               FORM("given_name", "Anna", "family_name", "A", "legal_basis", "public_task")));
	(void)service_sql("SELECT lg_gate.create_tenant('municipality_dk', 'Lilleby', 'da')");
	small = service_sign_in(5, "caseworker");
	int boss = service_sign_in(5, "administrator");
	keep_place(here, service_post(small, "/candidates",
	                              FORM("given_name", "Bo", "family_name", "B", "legal_basis", "public_task")));
	assert_string_equal(plan(5, 4, "0"), "");
	/* a table that nobody thought of: it fails, both go on as before, and the reason is told */
	(void)service_sql("UPDATE lg_gate.walled SET merge = '' WHERE name = 'lg.note'");
	service_job("tenant_merge");
	assert_string_equal(service_sql("SELECT count(*) FROM lg_ref.tenant WHERE shut IS NOT NULL"), "0");
	assert_string_equal(service_sql("SELECT tries || ' ' || (failure <> '') FROM lg_gate.tenant_merge_due"),
	                    "1 true");
	assert_status(service_get(service_sign_in_again(small, 5), at("/candidates/%s", here)), 200);
	(void)service_sql(
	    "UPDATE lg_gate.walled SET merge = 'moved' WHERE name = 'lg.note'; UPDATE lg_gate.tenant_merge_due "
	    "SET next_at = now()");
	/* a box that does not open fails as well, and nothing is lost */
	(void)service_sql(
	    "UPDATE lg.person_key SET key_box = set_byte(key_box, 40, get_byte(key_box, 40) # 1) WHERE subject = '%s'",
	    here);
	service_job("tenant_merge");
	assert_string_equal(service_sql("SELECT tries FROM lg_gate.tenant_merge_due"), "2");
	assert_string_equal(service_sql("SELECT tenant_id FROM lg.candidate WHERE id = '%s'", here), "5");
	(void)service_sql(
	    "UPDATE lg.person_key SET key_box = set_byte(key_box, 40, get_byte(key_box, 40) # 1) WHERE subject = "
	    "'%s'; UPDATE lg_gate.tenant_merge_due SET next_at = now()",
	    here);
	service_job("tenant_merge");
	assert_string_equal(service_sql("SELECT merged_into FROM lg_ref.tenant WHERE id = 5"), "4");
	old = service_sign_in_again(old, 4), small = service_sign_in_again(small, 4);
	assert_status(service_get(old, at("/candidates/%s", there)), 200);
	assert_status(service_get(old, at("/candidates/%s", here)), 404);
	assert_status(service_get(small, at("/candidates/%s", here)), 200);
	assert_status(service_get(small, at("/candidates/%s", there)), 404);
	/* an administrator of the one is none of the other, unless the operator said so */
	assert_string_equal(
	    service_sql("SELECT coalesce(array_to_string(roles, ' '), '') FROM lg_gate.memberships('%s')",
	                service_account(boss)),
	    "");
	assert_string_equal(service_sql("SELECT why FROM lg.tenant_merge_left WHERE tenant_id = 4"), "role");
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
		cmocka_unit_test(two_offices_are_full_and_a_third_is_new),
		cmocka_unit_test(plans_are_remembered),
		cmocka_unit_test(what_cannot_be_planned_is_refused),
		cmocka_unit_test(looking_at_it_beforehand_changes_nothing),
		cmocka_unit_test(both_offices_are_told_and_no_other),
		cmocka_unit_test(a_card_is_out_there),
		cmocka_unit_test(before_the_day_nothing_happens),
		cmocka_unit_test(every_table_and_every_sealed_column_is_known),
		cmocka_unit_test(killed_twenty_times_it_is_done_once),
		cmocka_unit_test(the_other_follows),
		cmocka_unit_test(no_row_is_lost_and_none_is_twice),
		cmocka_unit_test(the_card_has_ended_and_is_kept),
		cmocka_unit_test(old_sessions_are_told_where_their_office_is),
		cmocka_unit_test(what_everybody_saw_is_seen_there),
		cmocka_unit_test(everybody_signs_in_there_and_sees_their_own_people),
		cmocka_unit_test(what_was_sealed_opens_and_what_was_found_is_found),
		cmocka_unit_test(mails_open_as_they_came),
		cmocka_unit_test(plans_give_the_same_when_computed_anew),
		cmocka_unit_test(what_came_by_a_file_comes_by_it_again_and_not_twice),
		cmocka_unit_test(two_that_were_made_one_can_be_two_again),
		cmocka_unit_test(webhooks_are_told_and_then_of_nothing_else),
		cmocka_unit_test(all_chains_hold),
		cmocka_unit_test(whoever_was_there_does_not_see_the_new_ones_either),
	};
	service_open(argv[1]);
	return cmocka_run_group_tests_name("tenant_merge", tests, NULL, close_all);
}
