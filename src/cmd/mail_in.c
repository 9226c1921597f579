/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * One mail from standard input to the service, for the pipe of a mail server. It knows a program's secret, and no key
 * and no database. Its exit status is what mail servers know (sysexits.h): 0 it is kept; 65 it never can be; 75 for all
 * else, wrong use and a wrong secret too, so that the mail server keeps the mail until somebody has mended it.
 */
#include <curl/curl.h>
#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/run.h"

enum { CONNECT_S = 10, ALL_S = 90, ANSWER_MOST = 64 << 10, SECRET_MOST = 200 };
enum { HTTP_TOO_LARGE = 413, HTTP_NO_SUCH_TYPE = 415, HTTP_NOT_GOOD = 422 };

static const char about[] = "Give one mail, read from standard input, to the service; for the pipe of a mail server. "
                            "The program's secret is the "
                            "first line of\nFILE. Exit status: 0 the mail is kept, 65 it can never be taken (empty, "
                            "too large), 75 try again later.";

struct work {
	const char *service, *client, *secret_file, *to, *from;
	uint64_t most_mib;
	bool from_given;
	struct lg_buf mail;
	CURL *curl;
	const char *secret;
};

static void free_buf(void *buf) { lg_buf_free(buf); }
static void free_curl(void *curl) { curl_easy_cleanup(curl); }

/* --- what it is given */

static bool is_here(const char *url)
{
	static const char *const here[] = { "http://127.0.0.1", "http://localhost", "http://[::1]" };
	for (size_t i = 0; i < sizeof here / sizeof *here; i++)
		if (!strncmp(url, here[i], strlen(here[i])) && strchr(":/", url[strlen(here[i])])) return true;
	return false;
}

static enum lg_err read_options(struct lg_ctx *cx, struct work *w, int argc, char **argv, bool *help)
{
	const struct option_row rows[] = {
		ROW_TEXT("service", &w->service, "URL", "where pages are: https://landgang.example"),
		ROW_TEXT("client", &w->client, "ID", "the program, as it was let in"),
		ROW_TEXT("secret-file", &w->secret_file, "FILE", "its secret"),
		ROW_TEXT("to", &w->to, "ADDRESS", "to whom the mail came (envelope)"),
		{ .name = "from",
		  .kind = OPTION_TEXT,
		  .to = &w->from,
		  .what = "ADDRESS",
		  .help = "from whom (envelope); \"\" or \"<>\" for nobody",
		  .given = &w->from_given },
		ROW_NUMBER("most-mib", &w->most_mib, "N", "the most that a mail may have (25)", 1, 1024),
	};
	const struct options o = {
		"mail-in", "--service URL --client ID --secret-file FILE", about, rows, sizeof rows / sizeof *rows, 0
	};
	LG_TRY(options_read(cx, &o, argc, argv, help));
	if (*help) return LG_OK;
	if (!w->service || !w->client || !w->secret_file)
		return lg_fail(cx, RUN_USE, "mail-in", "wants --service, --client and --secret-file");
	if (strncmp(w->service, "https://", 8) != 0 && !is_here(w->service))
		return lg_fail(cx, RUN_USE, "--service", "wants https://, but to this very machine");
	return LG_OK;
}

static enum lg_err read_secret(struct lg_ctx *cx, struct work *w)
{
	char line[SECRET_MOST] = "";
	FILE *f = fopen(w->secret_file, "r");
	if (!f) return run_errno(cx, "--secret-file", w->secret_file);
	bool got = fgets(line, sizeof line, f) != NULL;
	(void)fclose(f);
	line[strcspn(line, "\r\n \t")] = '\0';
	if (!got || !*line) return lg_fail(cx, RUN_IO, w->secret_file, "has no secret in its first line");
	w->secret = lg_strdup(cx->mem, line);
	return LG_OK;
}

/* *large: there is more than may be. */
static enum lg_err read_mail(struct lg_ctx *cx, struct work *w, bool *large)
{
	char some[65536];
	size_t most = (size_t)w->most_mib << 20;
	for (ssize_t n; (n = read(STDIN_FILENO, some, sizeof some)) != 0;) {
		if (n < 0 && errno == EINTR) continue;
		if (n < 0) return run_errno(cx, "mail-in", "standard input");
		lg_put(&w->mail, some, (size_t)n);
		*large = w->mail.len > most;
		if (*large) return LG_OK;
	}
	return LG_OK;
}

/* --- asking */

static size_t take(char *from, size_t size, size_t count, void *with)
{
	struct lg_buf *to = with;
	size_t n = size * count;
	if (to->len + n > ANSWER_MOST) return 0;
	lg_put(to, from, n);
	return n;
}

/* @return the status; 0: there was no answer, and the notes say why */
static long ask(struct lg_ctx *cx, struct work *w, const char *url, const char *head, const char *type,
                const char *body, size_t n, struct lg_buf *answer)
{
	struct curl_slist *headers = curl_slist_append(curl_slist_append(NULL, type), "Expect:");
	if (head) headers = curl_slist_append(headers, head);
	curl_easy_reset(w->curl);
	CURLcode failed = CURLE_OK;
	const struct {
		CURLoption option;
		long number;
	} numbers[] = { { CURLOPT_NOSIGNAL, 1 },
		        { CURLOPT_CONNECTTIMEOUT, CONNECT_S },
		        { CURLOPT_TIMEOUT, ALL_S },
		        { CURLOPT_POSTFIELDSIZE, (long)n },
		        { CURLOPT_FOLLOWLOCATION, 0 } };
	failed = curl_easy_setopt(w->curl, CURLOPT_URL, url);
	if (!failed) failed = curl_easy_setopt(w->curl, CURLOPT_PROTOCOLS_STR, "https,http");
	if (!failed) failed = curl_easy_setopt(w->curl, CURLOPT_PROXY, ""); /* none that an environment names */
	for (size_t i = 0; !failed && i < sizeof numbers / sizeof *numbers; i++)
		failed = curl_easy_setopt(w->curl, numbers[i].option, numbers[i].number);
	if (!failed) failed = curl_easy_setopt(w->curl, CURLOPT_POSTFIELDS, body);
	if (!failed) failed = curl_easy_setopt(w->curl, CURLOPT_HTTPHEADER, headers);
	if (!failed) failed = curl_easy_setopt(w->curl, CURLOPT_WRITEFUNCTION, take);
	if (!failed) failed = curl_easy_setopt(w->curl, CURLOPT_WRITEDATA, answer);
	if (!failed) failed = curl_easy_perform(w->curl);
	long status = 0;
	(void)curl_easy_getinfo(w->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(headers);
	/* Half of an answer is none; but whoever refuses what is too large need not wait for all of it. */
	if (failed && status != HTTP_TOO_LARGE) {
		status = 0;
		(void)!lg_fail(cx, RUN_IO, w->service, curl_easy_strerror(failed));
	}
	return status;
}

static const char *escaped(struct lg_ctx *cx, struct work *w, const char *text)
{
	char *made = curl_easy_escape(w->curl, text, 0);
	lg_assert(made);
	const char *out = lg_strdup(cx->mem, made);
	curl_free(made);
	return out;
}

/* "Authorization: Bearer ...", or NULL with notes. */
static const char *authorization(struct lg_ctx *cx, struct work *w)
{
	struct lg_buf answer = { 0 };
	const char *form = lg_printf(cx->mem, "grant_type=client_credentials&client_id=%s&client_secret=%s",
	                             escaped(cx, w, w->client), escaped(cx, w, w->secret)),
	           *out = NULL;
	long status = ask(cx, w, lg_printf(cx->mem, "%s/api/v1/token", w->service), NULL,
	                  "Content-Type: application/x-www-form-urlencoded", form, strlen(form), &answer);
	json_t *o = status == 200 ? json_loadb(answer.data ? answer.data : "", answer.len, 0, NULL) : NULL;
	const char *token = json_string_value(json_object_get(o, "access_token"));
	if (token) out = lg_printf(cx->mem, "Authorization: Bearer %s", token);
	if (status && !token) (void)!lg_failf(cx, RUN_IO, w->service, "no token for this program (answer %ld)", status);
	json_decref(o);
	lg_buf_free(&answer);
	return out;
}

static int deliver(struct lg_ctx *cx, struct work *w)
{
	struct lg_buf answer = { 0 };
	const char *head = authorization(cx, w);
	if (!head) return EX_TEMPFAIL;
	const char *url = lg_printf(cx->mem, "%s/api/v1/mails?to=%s", w->service, escaped(cx, w, w->to ? w->to : ""));
	if (w->from_given) url = lg_printf(cx->mem, "%s&from=%s", url, escaped(cx, w, w->from ? w->from : ""));
	long status = ask(cx, w, url, head, "Content-Type: message/rfc822", w->mail.data, w->mail.len, &answer);
	lg_buf_free(&answer);
	if (status == 200 || status == 201) return EX_OK;
	bool never = status == HTTP_TOO_LARGE || status == HTTP_NO_SUCH_TYPE || status == HTTP_NOT_GOOD;
	if (status) (void)!lg_failf(cx, RUN_IO, w->service, "the mail was not taken (answer %ld)", status);
	return never ? EX_DATAERR : EX_TEMPFAIL;
}

static int work(struct lg_ctx *cx, struct work *w)
{
	bool large = false;
	lg_defer(cx->mem, free_buf, &w->mail);
	if (read_secret(cx, w) != LG_OK || read_mail(cx, w, &large) != LG_OK) return EX_TEMPFAIL;
	if (large)
		(void)!lg_failf(cx, RUN_IO, "mail-in", "a mail has at most %llu MiB", (unsigned long long)w->most_mib);
	if (!w->mail.len) (void)!lg_fail(cx, RUN_IO, "mail-in", "there is nothing on standard input");
	if (large || !w->mail.len) return EX_DATAERR;
	lg_assert(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
	w->curl = curl_easy_init();
	lg_assert(w->curl);
	lg_defer(cx->mem, free_curl, w->curl);
	return deliver(cx, w);
}

int cmd_mail_in(int argc, char **argv)
{
	struct lg_ctx cx;
	struct work w = { .most_mib = 25 };
	bool help = false;
	run_begin(&cx);
	enum lg_err err = read_options(&cx, &w, argc, argv, &help);
	int status = err != LG_OK ? EX_TEMPFAIL : help ? EX_OK : work(&cx, &w);
	(void)run_end(&cx, "mail-in", status == EX_OK ? LG_OK : RUN_IO); /* says what was wrong */
	return status;
}
