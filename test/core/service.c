/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "service.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/actor.h"
#include "app/record.h"
#include "app/seal.h"
#include "core/jobs.h"
#include "core/match_serve.h"
#include "formats/document.h"
#include "formats/mail_read.h"
#include "formats/sheet.h"
#include "modules/modules.h"
#include "scratch.h"
#include "taxonomy/link.h"
#include "taxonomy/spot.h"
#include "taxonomy/taxonomy.h"
#include "view/speech.h"

enum { SESSIONS = 64, FORM = 200 };

static struct lg_ctx base, cx;
static struct app *app;
static struct db_pool *pool;
static struct http_response rs;
static const uint8_t key[32] = "the master key of these tests..", form_key[32] = "the key of forms of these tests";
static struct {
	uint8_t token[SEAL_TOKEN];
	char text[SEAL_TOKEN_TEXT], csrf[SEAL_TOKEN_TEXT];
	const char *account;
} sessions[SESSIONS];
static int n_sessions;

static char match_socket[100] = "/nowhere";
static const struct lg_taxonomy *words;
static struct {
	struct match_setup setup;
	int listen_fd, stop[2];
	pthread_t thread;
} matcher;

static int64_t now(void) { return time(NULL); }

/* As the parser process does; a PDF here is one that ends it. */
static enum lg_err parse_here(struct lg_ctx *of, const char *kind, const void *input, size_t n, struct lg_buf *out)
{
	if (!strcmp(kind, "sheet")) return lg_sheet_read(of, out, input, n);
	if (!strcmp(kind, "txt")) return lg_document_txt(of, out, input, n);
	if (!strcmp(kind, "mail")) return lg_mail_read(of, out, input, n);
	if (!strcmp(kind, "docx")) return lg_document_docx(of, out, input, n);
	return lg_fail(of, LG_INVALID, "upload", "It was killed.");
}

const char *service_sql(const char *fmt, ...)
{
	char sql[8192];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(sql, sizeof sql, fmt, ap);
	va_end(ap);
	return lg_strdup(base.mem, scratch_sql(sql));
}

static void new_token(int i)
{
	seal_random(sessions[i].token, SEAL_TOKEN);
	seal_token_print(sessions[i].text, sessions[i].token);
	seal_csrf(sessions[i].csrf, sessions[i].token);
}

int service_sign_in(int tenant, const char *role)
{
	int i = n_sessions++;
	assert_true(i < SESSIONS);
	new_token(i);
	sessions[i].account =
	    service_sql("SELECT lg_gate.create_user(%d, '%s%d@landgang.example', 'Mette %s', 'en', '{%s}', '', NULL)",
	                tenant, role, i, role, role);
	(void)service_sql("SELECT lg_gate.session_open('%s', %d, '\\x%s', 'totp', '10.0.0.1', 'test')",
	                  sessions[i].account, tenant, seal_hex(&base, sessions[i].token, SEAL_TOKEN));
	return i;
}

int service_sign_in_again(int who, int tenant)
{
	int i = n_sessions++;
	assert_true(i < SESSIONS);
	new_token(i);
	sessions[i].account = sessions[who].account;
	(void)service_sql("SELECT lg_gate.session_open('%s', %d, '\\x%s', 'totp', '10.0.0.1', 'test')",
	                  sessions[i].account, tenant, seal_hex(&base, sessions[i].token, SEAL_TOKEN));
	return i;
}

const uint8_t *service_key(void) { return key; }

/* A program of the first office with the rights of some roles. */
static void new_program(int i, const char *roles, int administrator)
{
	new_token(i);
	const char *secret = "\\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
	const char *client = service_sql("SELECT lg_gate.enter('\\x%s'); SELECT lg_gate.client_create('Test', "
	                                 "'{%s}', '%s')",
	                                 seal_hex(&base, sessions[administrator].token, SEAL_TOKEN), roles, secret);
	(void)service_sql("SELECT lg_gate.bearer_open('%s', '%s', '\\x%s')", client, secret,
	                  seal_hex(&base, sessions[i].token, SEAL_TOKEN));
	sessions[i].account = client;
}

int service_new_program(const char *role)
{
	int i = n_sessions++;
	assert_true(i < SESSIONS);
	new_program(i, role, ADMINISTRATOR);
	return i;
}

int service_new_program_of(int tenant, const char *role)
{
	int administrator = service_sign_in(tenant, "administrator"), i = n_sessions++;
	assert_true(i < SESSIONS);
	new_program(i, role, administrator);
	return i;
}

/* What the parser process does, without the process. */
void service_open_empty(const char *cluster)
{
	struct lg_taxonomy *taxonomy;
	struct lg_linker *occupations, *skills;
	struct match_terms *terms;
	scratch_start(cluster, NULL);
	scratch_do("schema");
	base.mem = lg_arena_new(0, NULL);
	cx.mem = lg_arena_new(0, NULL);
	base.now = time(NULL);
	assert_int_equal(lg_speech_open(&base, NULL), LG_OK);
	assert_int_equal(lg_taxonomy_builtin(&base, &taxonomy), LG_OK);
	assert_int_equal(lg_linker_new(&base, &occupations, taxonomy, LG_LINK_CONCEPTS, NULL, 0), LG_OK);
	assert_int_equal(lg_linker_new(&base, &skills, taxonomy, LG_LINK_SKILLS, NULL, 0), LG_OK);
	assert_int_equal(match_terms_new(&base, taxonomy, &terms), LG_OK);
	words = taxonomy;
	const char *host = strchr(scratch_conninfo(), '=') + 1; /* beside the database's socket */
	(void)snprintf(match_socket, sizeof match_socket, "%.*s/match.sock", (int)strcspn(host, " "), host);
	n_sessions = WHO;
	pool = db_pool_new(&(struct db_config){
	    .conninfo = scratch_conninfo(), .role = "lg_web", .password = "", .most = 8, .wait_ms = 5000 });
	struct app_setup setup = { .pool = pool,
		                   .most_document = 1 << 20,
		                   .parse = parse_here,
		                   .trial = false,
		                   .public_url = "https://landgang.example",
		                   .contact = { .name = "Vinterby Kommune",
		                                .phone = "+45 00 00 00 00",
		                                .mail = "help@vinterby.example",
		                                .officer_mail = "dpo@vinterby.example",
		                                .statement = "https://was.example/vinterby" },
		                   .auth_socket = "/nowhere",
		                   .match_socket = match_socket,
		                   .seal_key = key,
		                   .form_key = form_key,
		                   .taxonomy = taxonomy,
		                   .terms = terms,
		                   .occupations = occupations,
		                   .skills = skills,
		                   .spotter = lg_spotter_new(&base, taxonomy),
		                   .webhooks = true,
		                   .now = now };
	modules_put(&setup);
	app = app_new(&base, &setup);
}

void service_open(const char *cluster)
{
	service_open_empty(cluster);
	(void)service_sql("SELECT lg_gate.create_tenant('municipality_dk', 'Vinterby', 'da')");
	(void)service_sql("SELECT lg_gate.create_tenant('municipality_dk', 'Sommersund', 'da')");
	n_sessions = 1; /* nobody */
	static const char *const roles[] = { [CASEWORKER] = "caseworker",
		                             [READER] = "read_only",
		                             [ADMINISTRATOR] = "administrator",
		                             [OFFICER] = "protection_officer",
		                             [STRANGER] = "caseworker" };
	for (int who = CASEWORKER; who <= STRANGER; who++)
		assert_int_equal(service_sign_in(who == STRANGER ? 2 : 1, roles[who]), who);
	n_sessions = WHO;
	new_program(PROGRAM, "caseworker,protection_officer", ADMINISTRATOR);
}

static bool never(void) { return false; }

void service_loopback(bool allowed) { ((struct app_setup *)(uintptr_t)app_setup(app))->webhooks_to_loopback = allowed; }

void service_job(const char *name)
{
	size_t n;
	bool more = false;
	const struct core_job *jobs = modules_jobs(&n);
	struct db_pool *own = db_pool_new(&(struct db_config){
	    .conninfo = scratch_conninfo(), .role = "lg_job", .password = "", .most = 1, .wait_ms = 5000 });
	struct lg_ctx job = { .mem = lg_arena_new(0, NULL), .now = now() };
	struct app_setup setup = { .pool = own, .seal_key = key, .taxonomy = words, .now = now };
	modules_put(&setup);
	const struct core_job_with with = {
		.public_url = "",
		.mail_url = "",
		.seal_key = key,
		.webhooks = true,
		.webhooks_to_loopback = app_setup(app)->webhooks_to_loopback,
		.terms = app_setup(app)->terms,
		.app = app_new(&job, &setup),
		.now = now,
		.stopped = never,
		.more = &more,
	};
	size_t i = 0;
	while (i < n && strcmp(jobs[i].name, name) != 0) i++;
	assert_true(i < n);
	do {
		more = false;
		assert_int_equal(jobs[i].run(&job, own, &with), LG_OK);
	} while (more);
	lg_arena_free(job.mem);
	db_pool_free(own);
}

static int racing; /* who */

static void *race(void *with)
{
	struct service_racer *r = with;
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL), .id = (uint64_t)(uintptr_t)r, .now = now() };
	struct http_pair headers[3] = { { "Authorization", lg_printf(own.mem, "Bearer %s", service_token(racing)) } };
	struct http_request rq = { .method = r->method,
		                   .method_name = "POST",
		                   .path = r->target,
		                   .peer = "10.0.0.1",
		                   .body = r->body,
		                   .n_body = strlen(r->body) };
	struct http_response answer = { 0 };
	rq.headers.at = headers, rq.headers.n = 1;
	if (r->key) headers[rq.headers.n++] = (struct http_pair){ "Idempotency-Key", r->key };
	if (r->if_match) headers[rq.headers.n++] = (struct http_pair){ "If-Match", r->if_match };
	app_serve(&own, app, &rq, &answer);
	r->status = answer.status;
	(void)snprintf(r->answer, sizeof r->answer, "%.150s", answer.body.data ? answer.body.data : "");
	http_response_free(&answer);
	lg_arena_free(own.mem);
	return NULL;
}

void service_race(struct service_racer *all, size_t n) { service_race_as(PROGRAM, all, n); }

void service_race_as(int who, struct service_racer *all, size_t n)
{
	pthread_t threads[SERVICE_RACERS];
	racing = who;
	assert_true(n <= SERVICE_RACERS);
	for (size_t i = 0; i < n; i++) assert_int_equal(pthread_create(&threads[i], NULL, race, &all[i]), 0);
	for (size_t i = 0; i < n; i++) (void)pthread_join(threads[i], NULL);
}

static void *match(void *unused)
{
	struct lg_ctx own = { .mem = lg_arena_new(0, NULL), .now = now() };
	(void)unused;
	assert_int_equal(match_serve(&own, matcher.listen_fd, &matcher.setup), LG_OK);
	lg_arena_free(own.mem);
	return NULL;
}

void service_match_begin(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	(void)snprintf(at.sun_path, sizeof at.sun_path, "%s", match_socket);
	(void)unlink(match_socket);
	matcher.listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(matcher.listen_fd, (const struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(matcher.listen_fd, 8), 0);
	assert_int_equal(pipe(matcher.stop), 0);
	matcher.setup = (struct match_setup){ .taxonomy = words, .threads = 2, .stop_fd = matcher.stop[0], .now = now };
	matcher.setup.pool = db_pool_new(&(struct db_config){
	    .conninfo = scratch_conninfo(), .role = "lg_match", .password = "", .most = 2, .wait_ms = 5000 });
	assert_int_equal(pthread_create(&matcher.thread, NULL, match, NULL), 0);
}

void service_match_end(void)
{
	assert_int_equal(write(matcher.stop[1], "x", 1), 1);
	assert_int_equal(pthread_join(matcher.thread, NULL), 0);
	db_pool_free((struct db_pool *)(uintptr_t)matcher.setup.pool);
	(void)close(matcher.listen_fd), (void)close(matcher.stop[0]), (void)close(matcher.stop[1]);
	(void)unlink(match_socket);
}

void service_close(void)
{
	http_response_free(&rs);
	lg_arena_free(cx.mem);
	lg_arena_free(base.mem);
	db_pool_free(pool);
	scratch_stop();
}

struct app *service_app(void) { return app; }
struct lg_ctx *service_cx(void) { return &cx; }
const char *service_account(int who) { return sessions[who].account; }
const char *service_token(int who) { return sessions[who].text; }

/* --- asking */

/* What is asked may be words of the answer before, whose memory begin() takes: they are kept until the end of it all.
 */
static const char *keep(const char *text) { return lg_strdup(base.mem, text); }

static void begin(void)
{
	http_response_free(&rs);
	rs = (struct http_response){ 0 };
	lg_arena_reset(cx.mem);
	cx = (struct lg_ctx){ .mem = cx.mem, .id = (uint64_t)random(), .now = time(NULL) };
}

static void read_path(struct http_request *rq, const char *path)
{
	const char *q = strchr(path, '?'), *end = strchr(path, '#');
	size_t n = q ? (size_t)(q - path) : end ? (size_t)(end - path) : strlen(path);
	rq->path = lg_strndup(cx.mem, path, n);
	if (q)
		assert_int_equal(http_read_pairs(&cx, &rq->query, q + 1,
		                                 end && end > q ? (size_t)(end - q - 1) : strlen(q + 1), FORM),
		                 LG_OK);
}

const char *service_header(const char *name)
{
	for (size_t i = 0; i < rs.n_headers; i++)
		if (!strcmp(rs.headers[i].name, name)) return rs.headers[i].value;
	return NULL;
}

const struct http_response *service_response(void) { return &rs; }

uint64_t service_statements(void)
{
	struct db_pool_figures figures;
	db_pool_figures(pool, &figures);
	return figures.statements;
}

struct service_answer service_ask(int who, struct http_request *rq)
{
	bool api = !strncmp(rq->path, "/api/", 5);
	struct http_pair *headers = lg_array(cx.mem, rq->headers.n + 2, sizeof *headers),
	                 *cookie = lg_alloc(cx.mem, sizeof *cookie);
	for (size_t i = 0; i < rq->headers.n; i++) headers[i] = rq->headers.at[i];
	if (who && api)
		headers[rq->headers.n++] =
		    (struct http_pair){ "Authorization", lg_printf(cx.mem, "Bearer %s", sessions[who].text) };
	if (who && !api) {
		*cookie = (struct http_pair){ APP_SESSION_COOKIE, sessions[who].text };
		rq->cookies = (struct http_pairs){ cookie, 1 };
	}
	rq->headers.at = headers;
	rq->peer = "10.0.0.1";
	rq->secure = true;
	static const char *const names[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OTHER" };
	rq->method_name = names[rq->method];
	app_serve(&cx, app, rq, &rs);
	struct service_answer a = { .status = rs.status,
		                    .type = rs.type ? rs.type : "",
		                    .location = service_header("Location"),
		                    .etag = service_header("ETag"),
		                    .body = rs.body.data ? rs.body.data : "",
		                    .size = rs.body.len };
	if (strstr(a.type, "json") && !strstr(a.type, "ndjson") && rs.body.len)
		a.json = record_keep(&cx, json_loadb(rs.body.data, rs.body.len, JSON_DECODE_ANY, NULL));
	return a;
}

struct service_answer service_get(int who, const char *path)
{
	path = keep(path);
	begin();
	struct http_request rq = { .method = HTTP_GET };
	read_path(&rq, path);
	return service_ask(who, &rq);
}

struct service_answer service_post(int who, const char *path, const char *const *form)
{
	struct http_request rq = { .method = HTTP_POST };
	struct http_pair *pairs = lg_array(base.mem, FORM, sizeof *pairs);
	size_t n = 0;
	path = keep(path);
	pairs[n++] = (struct http_pair){ "csrf", sessions[who].csrf };
	for (; *form; form += 2) pairs[n++] = (struct http_pair){ keep(form[0]), keep(form[1]) };
	begin();
	read_path(&rq, path);
	rq.form = (struct http_pairs){ pairs, n };
	return service_ask(who, &rq);
}

struct service_answer service_form(const char *language, const char *path, const char *const *form)
{
	static const char cookie[] = "what the page before left";
	struct http_request rq = { .method = form ? HTTP_POST : HTTP_GET };
	struct http_pair *pairs = lg_array(base.mem, FORM, sizeof *pairs), *had = lg_alloc(base.mem, sizeof *had),
	                 *header = lg_alloc(base.mem, sizeof *header);
	uint8_t proof[32];
	size_t n = 0;
	path = keep(path);
	seal_mac(proof, form_key, "form", cookie, strlen(cookie));
	pairs[n++] = (struct http_pair){ "csrf", seal_base64(&base, proof, sizeof proof) };
	for (; form && *form; form += 2) pairs[n++] = (struct http_pair){ keep(form[0]), keep(form[1]) };
	*had = (struct http_pair){ APP_FORM_COOKIE, cookie };
	*header = (struct http_pair){ "Accept-Language", language };
	begin();
	read_path(&rq, path);
	rq.form = (struct http_pairs){ pairs, form ? n : 0 };
	rq.cookies = (struct http_pairs){ had, 1 };
	rq.headers = (struct http_pairs){ header, 1 };
	return service_ask(NOBODY, &rq);
}

struct service_answer service_upload(int who, const char *path, const char *const *form, const char *filename,
                                     const void *bytes, size_t n)
{
	struct http_request rq = { .method = HTTP_POST };
	struct http_pair *pairs = lg_array(base.mem, FORM, sizeof *pairs);
	struct http_file *file = lg_alloc(base.mem, sizeof *file);
	size_t k = 0;
	path = keep(path), filename = keep(filename);
	if (strncmp(path, "/api/", 5) != 0) pairs[k++] = (struct http_pair){ "csrf", sessions[who].csrf };
	for (; *form; form += 2) pairs[k++] = (struct http_pair){ keep(form[0]), keep(form[1]) };
	begin();
	read_path(&rq, path);
	rq.form = (struct http_pairs){ pairs, k };
	*file = (struct http_file){ "file", filename, bytes, n };
	rq.files = (struct http_files){ file, 1 };
	return service_ask(who, &rq);
}

struct service_answer service_api(int who, enum http_method method, const char *path, const char *body,
                                  const char *const *headers)
{
	struct http_request rq = { .method = method };
	struct http_pair *pairs = lg_array(base.mem, 16, sizeof *pairs);
	size_t n = 0;
	path = keep(path);
	for (; headers && *headers; headers += 2) pairs[n++] = (struct http_pair){ keep(headers[0]), keep(headers[1]) };
	rq.body = keep(body ? body : "");
	begin();
	read_path(&rq, path);
	rq.headers = (struct http_pairs){ pairs, n };
	rq.n_body = strlen(rq.body);
	return service_ask(who, &rq);
}

const char *service_between(const char *body, const char *before, const char *after)
{
	const char *from = strstr(body, before), *to = from ? strstr(from + strlen(before), after) : NULL;
	if (!to) return NULL;
	from += strlen(before);
	return lg_strndup(base.mem, from, (size_t)(to - from));
}
