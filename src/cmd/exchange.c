/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/exchange.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "cmd/run.h"
#include "cmd/sandbox.h"
#include "cmd/warm.h"
#include "sip/listen.h"

enum {
	AGAIN_MS = 200,        /* after an event was not taken, */
	AGAIN_MOST_MS = 10000, /* ever longer */
	LAST_MS = 2000,        /* for what is left when we end */
	CONNECT_S = 5,
	ALL_S = 10,
	ANSWER = 4096,
	URL = 600,
	SPARE_S = 60, /* of a token's time */
	OK = 200,
	MORE = 300,
	UNAUTHORIZED = 401,
	REFUSED = 500,
};

struct told {
	char call[SIP_CALL], from[SIP_NUMBER], extension[SIP_NAME];
	const char *reason;
	bool rings, has_from;
	int64_t at;
};

struct exchange_at {
	const struct exchange *x;
	struct lg_ctx *cx; /* of the thread that listens */
	pthread_mutex_t lock;
	pthread_cond_t some;
	struct told *waiting; /* a ring */
	size_t first, n;
	bool ending;
	/* of the thread that tells */
	CURL *curl;
	char url[URL], token[URL];
	int64_t token_until;
};

/* --- what is said to whom */

enum lg_err exchange_read_file(struct lg_ctx *cx, const char *setting, const char *path, char *out, size_t room)
{
	if (!*path) return lg_fail(cx, LG_INVALID, setting, "is not set");
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, out, room - 1);
	int why = errno;
	if (fd >= 0) (void)close(fd);
	errno = why;
	if (n < 0) return run_errno(cx, setting, path);
	out[n] = '\0';
	if (!n || (size_t)n == room - 1) return lg_failf(cx, LG_INVALID, setting, "%s: it is empty or too long", path);
	return LG_OK;
}

static enum lg_err read_accounts(struct lg_ctx *cx, const char *text, struct sip_account *out, size_t *n)
{
	*n = 0;
	for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		struct sip_account *a = &out[*n];
		size_t len = strcspn(line, "\r\n"), lead = strspn(line, " \t");
		if (lead >= len || line[lead] == '#') continue;
		const char *name = line + lead;
		size_t n_name = strcspn(name, " \t\r\n"), gap = strspn(name + n_name, " \t");
		const char *password = name + n_name + gap;
		size_t n_password = len - lead - n_name - gap;
		if (*n == SIP_ACCOUNTS || !gap || !n_password || n_name >= SIP_NAME || n_password >= SIP_NAME)
			return lg_failf(cx, LG_INVALID, "sip_accounts_file",
			                "%d lines EXTENSION PASSWORD at most, each of less than %d bytes", SIP_ACCOUNTS,
			                SIP_NAME);
		*a = (struct sip_account){ 0 };
		memcpy(a->extension, name, n_name);
		memcpy(a->password, password, n_password);
		(*n)++;
	}
	return *n ? LG_OK : lg_fail(cx, LG_INVALID, "sip_accounts_file", "no line EXTENSION PASSWORD is in it");
}

/* --- telling */

struct answer {
	char text[ANSWER];
	size_t n;
};

static size_t read_answer(char *from, size_t size, size_t count, void *with)
{
	struct answer *a = with;
	size_t n = size * count, room = sizeof a->text - 1 - a->n, k = n < room ? n : room;
	memcpy(a->text + a->n, from, k);
	a->n += k;
	a->text[a->n] = '\0';
	return n;
}

/* POST. The status; 0: nobody answered, *why says what was. */
static long post(struct exchange_at *e, const char *path, const char *type, const char *bearer, const char *body,
                 struct answer *out, const char **why)
{
	char url[2 * URL], authorization[URL + 32];
	struct curl_slist *list = curl_slist_append(NULL, type);
	*out = (struct answer){ .n = 0 };
	lg_assert(list);
	(void)snprintf(url, sizeof url, "%s%s", e->url, path);
	if (bearer) {
		(void)snprintf(authorization, sizeof authorization, "Authorization: Bearer %s", bearer);
		list = curl_slist_append(list, authorization);
		lg_assert(list);
	}
	CURL *c = e->curl;
	curl_easy_reset(c);
	long status = 0;
	CURLcode failed = curl_easy_setopt(c, CURLOPT_URL, url);
	if (!failed) failed = curl_easy_setopt(c, CURLOPT_POSTFIELDS, body);
	if (!failed) failed = curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)strlen(body));
	if (!failed) failed = curl_easy_setopt(c, CURLOPT_HTTPHEADER, list);
	if (!failed) failed = curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https,http");
	if (!failed) failed = curl_easy_setopt(c, CURLOPT_PROXY, ""); /* whatever the environment says */
	if (!failed) failed = curl_easy_setopt(c, CURLOPT_USERAGENT, "Landgang/" LANDGANG_VERSION);
	if (!failed) failed = curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	if (!failed) failed = curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	if (!failed) failed = curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	if (!failed) failed = curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)ALL_S);
	if (!failed) failed = curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, read_answer);
	if (!failed) failed = curl_easy_setopt(c, CURLOPT_WRITEDATA, out);
	if (!failed) failed = curl_easy_perform(c);
	if (!failed) (void)curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(list);
	*why = failed ? curl_easy_strerror(failed) : "";
	return status;
}

static bool take_token(struct exchange_at *e, const char **why, long *status)
{
	char body[URL];
	struct answer a;
	json_t *o;
	const char *token;
	json_int_t lasts;
	if (*e->token && e->token_until - SPARE_S > (int64_t)time(NULL)) return true;
	*e->token = '\0';
	o = json_pack("{s:s, s:s, s:s}", "grant_type", "client_credentials", "client_id", e->x->settings->sip_client_id,
	              "client_secret", e->x->secret);
	size_t n = o ? json_dumpb(o, body, sizeof body - 1, JSON_COMPACT) : 0;
	json_decref(o);
	if (!n || n >= sizeof body) return *why = "the program's id or secret is none", false;
	body[n] = '\0';
	*status = post(e, "/api/v1/token", "Content-Type: application/json", NULL, body, &a, why);
	if (*status != OK) return false;
	o = json_loads(a.text, 0, NULL);
	bool good = o && !json_unpack(o, "{s:s, s:I}", "access_token", &token, "expires_in", &lasts) &&
	            strlen(token) < sizeof e->token;
	if (good) {
		(void)snprintf(e->token, sizeof e->token, "%s", token);
		e->token_until = (int64_t)time(NULL) + lasts;
	}
	json_decref(o);
	if (!good) *why = "the answer is no token";
	return good;
}

static json_t *as_json(const struct told *t)
{
	json_t *o = json_pack("{s:s, s:s, s:I}", "call", t->call, "event", t->rings ? "ringing" : "ended", "at",
	                      (json_int_t)t->at);
	if (t->rings) json_object_set_new(o, "extension", json_string(t->extension));
	if (t->has_from) json_object_set_new(o, "from", json_string(t->from));
	if (t->reason) json_object_set_new(o, "reason", json_string(t->reason));
	return o;
}

/* @return true: it is done with, for good or because it would never be taken. */
static bool tell_one(struct exchange_at *e, struct lg_ctx *cx, const struct told *t, bool was_told)
{
	struct answer a = { .n = 0 };
	const char *why = "";
	long status = 0;
	if (take_token(e, &why, &status)) {
		json_t *o = as_json(t);
		char *body = o ? json_dumps(o, JSON_COMPACT) : NULL;
		json_decref(o);
		lg_assert(body);
		status = post(e, "/api/v1/calls", "Content-Type: application/json", e->token, body, &a, &why);
		free(body);
		if (status >= OK && status < MORE) return true;
		if (status == UNAUTHORIZED) *e->token = '\0';
	}
	/* 422: it does not become right by waiting. All else may: the office is shut, the role is missing. */
	bool never = status == 422 || status == 400;
	if (never || !was_told)
		lg_log(cx, never ? LG_LOG_ERROR : LG_LOG_WARN, never ? "call not taken" : "call waits",
		       LOG_INT("status", status),
		       LOG_TEXT("why", *why  ? why
		                       : a.n ? a.text
		                             : ""));
	return never;
}

/* The first that waits stays where it is until it is told; the lock is not held meanwhile. */
static void *tell_all(void *with)
{
	struct exchange_at *e = with;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	unsigned pause_ms = 0;
	int64_t ends = 0;
	(void)pthread_mutex_lock(&e->lock);
	for (;;) {
		while (!e->n && !e->ending) (void)pthread_cond_wait(&e->some, &e->lock);
		if (e->ending && !ends) ends = (int64_t)time(NULL) + LAST_MS / 1000;
		if (!e->n || (ends && (int64_t)time(NULL) > ends)) break;
		struct told one = e->waiting[e->first];
		size_t before = e->first;
		(void)pthread_mutex_unlock(&e->lock);
		bool done = tell_one(e, &cx, &one, pause_ms > 0);
		lg_arena_reset(cx.mem);
		(void)pthread_mutex_lock(&e->lock);
		/* Unless it was dropped meanwhile to make room. */
		if (done && e->n && e->first == before) e->first = (e->first + 1) % EXCHANGE_WAITING, e->n--;
		pause_ms = done ? 0 : pause_ms ? 2 * pause_ms : AGAIN_MS;
		if (pause_ms > AGAIN_MOST_MS) pause_ms = AGAIN_MOST_MS;
		if (done) continue;
		struct timespec until;
		(void)clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += (long)(pause_ms % 1000) * 1000000;
		until.tv_sec += pause_ms / 1000 + until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		if (!e->ending) (void)pthread_cond_timedwait(&e->some, &e->lock, &until);
	}
	(void)pthread_mutex_unlock(&e->lock);
	if (e->n) lg_log(&cx, LG_LOG_ERROR, "calls not told", LOG_INT("events", (int64_t)e->n));
	lg_arena_free(cx.mem);
	return NULL;
}

/* --- listening */

static void heard(void *with, const struct sip_event *event)
{
	struct exchange_at *e = with;
	struct told t = { .rings = event->rings, .reason = event->reason, .at = (int64_t)time(NULL) };
	(void)snprintf(t.call, sizeof t.call, "%s", event->call);
	(void)snprintf(t.extension, sizeof t.extension, "%s", event->extension);
	t.has_from = event->from;
	if (event->from) (void)snprintf(t.from, sizeof t.from, "%s", event->from);
	(void)pthread_mutex_lock(&e->lock);
	bool dropped = e->n == EXCHANGE_WAITING;
	if (dropped) e->first = (e->first + 1) % EXCHANGE_WAITING, e->n--;
	e->waiting[(e->first + e->n++) % EXCHANGE_WAITING] = t;
	(void)pthread_cond_signal(&e->some);
	(void)pthread_mutex_unlock(&e->lock);
	if (dropped) lg_log(e->cx, LG_LOG_ERROR, "call dropped", LOG_TEXT("why", "too many wait to be told"));
}

static void say(void *with, bool good, const char *what, const char *extension, const char *why)
{
	const struct exchange_at *e = with;
	lg_log(e->cx, good ? LG_LOG_INFO : LG_LOG_WARN, what, LOG_TEXT("extension", extension), LOG_TEXT("why", why));
}

static enum lg_err check(struct lg_ctx *cx, const struct exchange *x, struct exchange_at *e)
{
	const struct settings *s = x->settings;
	const char *url = *s->sip_api_url ? s->sip_api_url : x->own_url;
	if (!*s->sip_server) return lg_fail(cx, LG_INVALID, "sip_server", "is not set: there is nowhere to listen");
	if (strcmp(s->sip_transport, "udp") != 0 && strcmp(s->sip_transport, "tcp") != 0)
		return lg_fail(cx, LG_INVALID, "sip_transport", "is udp or tcp");
	if (!*s->sip_client_id || !*x->secret)
		return lg_fail(
		    cx, LG_INVALID, "sip_client_id",
		    "is not set, or sip_client_secret_file: an administrator of the office lets the program in");
	if (strlen(url) >= sizeof e->url) return lg_fail(cx, LG_INVALID, "sip_api_url", "is too long");
	(void)snprintf(e->url, sizeof e->url, "%s", url);
	e->url[strlen(url) - (*url && url[strlen(url) - 1] == '/')] = '\0';
	return LG_OK;
}

static enum lg_err listen_and_tell(struct lg_ctx *cx, struct exchange_at *e, struct sip_listener *s)
{
	pthread_t teller;
	if (pthread_create(&teller, NULL, tell_all, e) != 0) return lg_fail(cx, LG_FAULT, "sip", "no thread");
	enum lg_err err = sip_run(cx, s);
	(void)pthread_mutex_lock(&e->lock);
	e->ending = true;
	(void)pthread_cond_signal(&e->some);
	(void)pthread_mutex_unlock(&e->lock);
	(void)pthread_join(teller, NULL);
	return err;
}

enum lg_err exchange_run(struct lg_ctx *cx, const struct exchange *x)
{
	struct sip_account accounts[SIP_ACCOUNTS];
	struct sip_listener *listener;
	struct exchange_at e = { .x = x,
		                 .cx = cx,
		                 .lock = PTHREAD_MUTEX_INITIALIZER,
		                 .some = PTHREAD_COND_INITIALIZER,
		                 .waiting = lg_array(cx->mem, EXCHANGE_WAITING, sizeof *e.waiting) };
	struct sip_config config = { .server = x->settings->sip_server,
		                     .domain = x->settings->sip_domain,
		                     .tcp = !strcmp(x->settings->sip_transport, "tcp"),
		                     .address = x->settings->sip_address,
		                     .port = (uint16_t)x->settings->sip_port,
		                     .expires_s = (uint32_t)x->settings->sip_expires_s,
		                     .accounts = accounts,
		                     .stop_fd = x->stop_fd,
		                     .tell = heard,
		                     .say = say,
		                     .with = &e };
	LG_TRY(check(cx, x, &e));
	LG_TRY(read_accounts(cx, x->accounts, accounts, &config.n_accounts));
	LG_TRY(sip_open(cx, &config, &listener));
	warm_up();
	e.curl = curl_easy_init();
	lg_assert(e.curl);
	LG_TRY(sandbox_enter(cx, SANDBOX_SIP, true));
	lg_log(cx, LG_LOG_INFO, "listening", LOG_TEXT("address", config.address), LOG_INT("port", sip_port(listener)));
	enum lg_err err = listen_and_tell(cx, &e, listener);
	curl_easy_cleanup(e.curl);
	return err;
}
