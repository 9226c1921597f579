/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>

#include "http/http.h"
#include "http/text.h"

enum { COOKIES_MAX = 64 }; /* what a browser sends beyond that is not from us */

static void trim(const char **from, const char **to)
{
	while (*from < *to && (**from == ' ' || **from == '\t')) (*from)++;
	while (*to > *from && ((*to)[-1] == ' ' || (*to)[-1] == '\t')) (*to)--;
}

/* One of "a=b; c=d". A value may stand in quotes (RFC 6265, 4.1.1); they are no part of it. */
static bool read_cookie(struct lg_ctx *cx, struct http_pair *out, const char *from, const char *to)
{
	trim(&from, &to);
	const char *is = memchr(from, '=', (size_t)(to - from));
	if (!is || !http_is_token(from, (size_t)(is - from))) return false;
	const char *value = is + 1;
	if (to - value >= 2 && *value == '"' && to[-1] == '"') {
		value++;
		to--;
	}
	for (const char *c = value; c < to; c++)
		if (!http_is_cookie_octet(*c)) return false;
	out->name = lg_strndup(cx->mem, from, (size_t)(is - from));
	out->value = lg_strndup(cx->mem, value, (size_t)(to - value));
	return true;
}

void http_read_cookies(struct lg_ctx *cx, struct http_pairs *out, const char *header)
{
	size_t pieces = 1;
	*out = (struct http_pairs){ 0 };
	for (const char *c = header; *c; c++) pieces += *c == ';';
	if (pieces > COOKIES_MAX) pieces = COOKIES_MAX;
	struct http_pair *at = lg_array(cx->mem, pieces, sizeof *at);
	for (const char *end; out->n < pieces; header = end + 1) {
		end = header + strcspn(header, ";");
		if (read_cookie(cx, &at[out->n], header, end)) out->n++;
		if (!*end) break;
	}
	out->at = at;
}

void http_put_cookie(struct lg_ctx *cx, struct http_response *rs, const char *name, const char *value, int64_t seconds)
{
	char age[40] = "";
	lg_assert(http_is_token(name, strlen(name)));
	for (const char *c = value ? value : ""; *c; c++) lg_assert(http_is_cookie_octet(*c));
	if (!value)
		strcpy(age, "; Max-Age=0");
	else if (seconds >= 0)
		(void)snprintf(age, sizeof age, "; Max-Age=%lld", (long long)seconds);
	http_put_header(
	    rs, "Set-Cookie",
	    lg_printf(cx->mem, "%s=%s; Path=/; Secure; HttpOnly; SameSite=Lax%s", name, value ? value : "", age));
}
