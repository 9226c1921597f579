/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/webhook_send.h"

#include <curl/curl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "core/webhook_address.h"

enum { CONNECT_S = 5, ALL_S = 10, HTTP_OK = 200, HTTP_MORE = 300 };

static void put_signature(struct lg_buf *out, const uint8_t *secret, const struct webhook_message *m)
{
	char signed_head[120],
	    text[sodium_base64_ENCODED_LEN(crypto_auth_hmacsha256_BYTES, sodium_base64_VARIANT_ORIGINAL)];
	uint8_t mac[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256_state state;
	int n = snprintf(signed_head, sizeof signed_head, "%s.%lld.", m->id, (long long)m->at);
	lg_assert(n > 0 && (size_t)n < sizeof signed_head);
	(void)crypto_auth_hmacsha256_init(&state, secret, WEBHOOK_SECRET);
	(void)crypto_auth_hmacsha256_update(&state, (const uint8_t *)signed_head, (unsigned long long)n);
	(void)crypto_auth_hmacsha256_update(&state, (const uint8_t *)m->body, strlen(m->body));
	(void)crypto_auth_hmacsha256_final(&state, mac);
	(void)sodium_bin2base64(text, sizeof text, mac, sizeof mac, sodium_base64_VARIANT_ORIGINAL);
	lg_putf(out, "%sv1,%s", out->len ? " " : "", text);
}

void webhook_sign(struct lg_buf *out, const struct webhook_message *m)
{
	for (size_t i = 0; i < WEBHOOK_SECRETS; i++)
		if (m->secrets[i]) put_signature(out, m->secrets[i], m);
}

/* --- on the wire */

struct talk {
	const struct webhook_message *m;
	struct webhook_answer *answer;
	size_t n;
	bool refused; /* the address is none that we go to */
};

/* The name was resolved, and this is where curl is about to connect to: the last word is ours. */
static curl_socket_t open_socket(void *with, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct talk *t = with;
	bool here = t->m->loopback && webhook_address_is_loopback(&to->addr);
	if (purpose != CURLSOCKTYPE_IPCXN || (!here && !webhook_address_is_public(&to->addr))) {
		t->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* Only the beginning is kept; at its end we hang up. What is no plain text is kept as dots. */
static size_t read_answer(char *from, size_t size, size_t count, void *with)
{
	struct talk *t = with;
	size_t n = size * count, k = 0;
	for (; k < n && t->n + 1 < sizeof t->answer->text; k++) {
		char c = from[k];
		t->answer->text[t->n++] = c >= ' ' && c <= '~' ? c : '.';
	}
	return k;
}

static struct curl_slist *headers(struct lg_ctx *cx, const struct webhook_message *m)
{
	struct lg_buf signature = { 0 };
	webhook_sign(&signature, m);
	const char *lines[] = { "Content-Type: application/json", lg_printf(cx->mem, "webhook-id: %s", m->id),
		                lg_printf(cx->mem, "webhook-timestamp: %lld", (long long)m->at),
		                lg_printf(cx->mem, "webhook-signature: %s", signature.data), "Expect:" };
	struct curl_slist *list = NULL;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct curl_slist *more = curl_slist_append(list, lines[i]);
		lg_assert(more);
		list = more;
	}
	lg_buf_free(&signature);
	return list;
}

static CURLcode perform(CURL *curl, struct talk *t, struct curl_slist *list)
{
	const struct {
		CURLoption option;
		const char *text;
	} texts[] = { { CURLOPT_URL, t->m->url },
		      { CURLOPT_POSTFIELDS, t->m->body },
		      { CURLOPT_PROTOCOLS_STR, t->m->loopback ? "https,http" : "https" },
		      { CURLOPT_PROXY, "" }, /* none, whatever the environment says: it would be asked instead of us */
		      { CURLOPT_USERAGENT, "Landgang/" LANDGANG_VERSION } };
	const struct {
		CURLoption option;
		long number;
	} numbers[] = { { CURLOPT_NOSIGNAL, 1 },
		        { CURLOPT_FOLLOWLOCATION, 0 },
		        { CURLOPT_CONNECTTIMEOUT, CONNECT_S },
		        { CURLOPT_TIMEOUT, ALL_S },
		        { CURLOPT_POSTFIELDSIZE, (long)strlen(t->m->body) } };
	CURLcode failed = CURLE_OK;
	for (size_t i = 0; !failed && i < sizeof texts / sizeof *texts; i++)
		failed = curl_easy_setopt(curl, texts[i].option, texts[i].text);
	for (size_t i = 0; !failed && i < sizeof numbers / sizeof *numbers; i++)
		failed = curl_easy_setopt(curl, numbers[i].option, numbers[i].number);
	if (!failed) failed = curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
	if (!failed) failed = curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	if (!failed) failed = curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, t);
	if (!failed) failed = curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, read_answer);
	if (!failed) failed = curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
	return failed ? failed : curl_easy_perform(curl);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void start(void) { lg_assert(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); }

enum lg_err webhook_send(struct lg_ctx *cx, const struct webhook_message *m, struct webhook_answer *out)
{
	struct talk t = { .m = m, .answer = out };
	(void)pthread_once(&once, start);
	*out = (struct webhook_answer){ 0 };
	CURL *curl = curl_easy_init();
	lg_assert(curl);
	struct curl_slist *list = headers(cx, m);
	CURLcode failed = perform(curl, &t, list);
	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &out->status);
	curl_slist_free_all(list);
	curl_easy_cleanup(curl);
	/* We hung up ourselves when the answer became long: what it began with says enough. */
	bool heard = out->status && (!failed || failed == CURLE_WRITE_ERROR);
	if (heard && out->status >= HTTP_OK && out->status < HTTP_MORE) return LG_OK;
	if (!heard) {
		out->status = 0;
		(void)snprintf(out->text, sizeof out->text, "%s",
		               t.refused ? "refused: the host is not on the open internet"
		                         : curl_easy_strerror(failed));
	}
	return LG_BUSY;
}
