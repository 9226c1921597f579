/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "http/head.h"

#include <strings.h>

#include "http/text.h"

static uintptr_t start_of(struct http_span s) { return (uintptr_t)s.at; }
static uintptr_t end_of(struct http_span s) { return (uintptr_t)s.at + s.n; }

/* Do the texts stand as they came on the wire, with nothing between them but one space, a colon and blanks, CRLF? */
static bool is_in_one_piece(const struct http_head *h)
{
	uintptr_t line = end_of(h->version) + 2;
	if (start_of(h->target) != end_of(h->method) + 1 || start_of(h->version) != end_of(h->target) + 1) return false;
	for (size_t i = 0; i < h->n; i++) {
		const struct http_line *l = &h->lines[i];
		if (start_of(l->name) != line || start_of(l->value) <= end_of(l->name)) return false;
		line = end_of(l->value) + 2;
	}
	return line + 2 == start_of(h->method) + h->size;
}

static bool is(struct http_span s, const char *text)
{
	return s.n == strlen(text) && strncasecmp(s.at, text, s.n) == 0;
}

static bool is_exactly(struct http_span s, const char *text)
{
	return s.n == strlen(text) && memcmp(s.at, text, s.n) == 0;
}

/* Of a field's value: visible, blank, tab, or above ASCII. */
static bool has_good_bytes(struct http_span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (http_is_control(s.at[i]) && s.at[i] != '\t') return false;
	return true;
}

/* Of a target: what is visible in ASCII; all else has to be encoded. */
static bool is_visible(const char *s)
{
	for (const char *c = s; *c; c++)
		if (*c <= ' ' || *c > '~') return false;
	return *s;
}

/* Host: a name, an address, a port; not a list, not a URL. */
static bool is_host(struct http_span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!http_is_alnum(s.at[i]) && !strchr("-._~[]:%", s.at[i])) return false;
	return s.n > 0 && s.n < 256;
}

/* Digits and nothing else. More of them than a number has: that is larger than any limit. */
static bool read_length(uint64_t *out, struct http_span s)
{
	uint64_t length = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.at[i] < '0' || s.at[i] > '9') return false;
		length = length * 10 + (uint64_t)(s.at[i] - '0');
	}
	*out = s.n < 19 ? length : UINT64_MAX;
	return s.n > 0;
}

int http_head_length_fault(const struct http_head *h)
{
	uint64_t length = 0;
	for (size_t i = 0; i < h->n && i < HTTP_LINES_MAX; i++) {
		if (!is(h->lines[i].name, "Content-Length")) continue;
		if (!read_length(&length, h->lines[i].value)) return 400;
		if (length == UINT64_MAX) return 413;
	}
	return 0;
}

struct counts {
	unsigned host, length, coding;
};

static const char *check_line(struct http_head *h, const struct http_line *l, struct counts *seen)
{
	if (!http_is_token(l->name.at, l->name.n)) return "name of a field";
	if (!has_good_bytes(l->value)) return "control character";
	if (is(l->name, "Host")) {
		seen->host++;
		if (!is_host(l->value)) return "host";
	}
	if (is(l->name, "Content-Length")) {
		seen->length++;
		if (!read_length(&h->length, l->value)) return "content-length";
	}
	if (is(l->name, "Transfer-Encoding")) {
		seen->coding++;
		if (!is(l->value, "chunked")) return "transfer-encoding";
		h->chunked = true;
	}
	return NULL;
}

static const char *fault(struct http_head *h)
{
	struct counts seen = { 0 };
	bool old = is_exactly(h->version, "HTTP/1.0");
	if (!is_in_one_piece(h)) return "ends of lines";
	if (!http_is_token(h->method.at, h->method.n) || h->method.n > HTTP_METHOD_MAX) return "method";
	if (!is_visible(h->asked) || strlen(h->asked) != h->target.n) return "target";
	if (!old && !is_exactly(h->version, "HTTP/1.1")) return "version";
	for (size_t i = 0; i < h->n; i++) {
		const char *why = check_line(h, &h->lines[i], &seen);
		if (why) return why;
	}
	if (seen.host > 1 || (!seen.host && !old)) return "number of hosts";
	if (seen.length + seen.coding > 1) return "framing twice";
	if (seen.coding && old) return "chunked in HTTP/1.0";
	return NULL;
}

int http_head_check(struct http_head *h, size_t most_head, size_t most_body, const char **why)
{
	h->length = 0;
	h->chunked = false;
	*why = "head too large";
	if (h->size > most_head || h->n > HTTP_LINES_MAX) return 431;
	*why = fault(h);
	if (*why) return 400;
	*why = "method";
	if (is_exactly(h->method, "TRACE") || is_exactly(h->method, "CONNECT")) return 405;
	*why = "body too large";
	return h->length > most_body ? 413 : 0;
}
