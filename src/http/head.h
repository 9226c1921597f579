/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HTTP_HEAD_H
#define LG_HTTP_HEAD_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * @file
 * Is this head one that every server and proxy reads alike (RFC 9112)?
 *
 * libmicrohttpd is lenient: it takes a bare LF for the end of a line, joins folded lines, cuts at NUL, and accepts
 * Content-Length twice or with Transfer-Encoding. What it hands over has lost the traces of that, but for one: it cuts
 * the head apart where it lies, so the texts still stand in memory as they came. Between method, target, version and
 * fields there must lie exactly the bytes that the grammar wants there: one space, one colon, CRLF. Anything else shows
 * as a gap of another width, or as a text that lies elsewhere. Should a later version of the library copy the texts,
 * every request is refused, and the tests say so.
 */
enum { HTTP_LINES_MAX = 100, HTTP_METHOD_MAX = 16 };

/** A text as the library gave it: `at` is compared as an address, too. */
struct http_span {
	const char *at;
	size_t n;
};
struct http_line {
	struct http_span name, value;
};
struct http_head {
	struct http_span method, target, version;
	const char *asked; /* the target's text, from before the library cut it apart */
	size_t size;       /* bytes, from the method to the empty line's end */
	struct http_line lines[HTTP_LINES_MAX];
	size_t n; /* more than HTTP_LINES_MAX: that many came */
	/* What the check found. */
	uint64_t length; /* Content-Length, or 0 */
	bool chunked;
};

/** @return 0, or the status to refuse it with: 400, 405, 413 (length > most_body), 431. `why` gets a word for the log.
 */
int http_head_check(struct http_head *h, size_t most_head, size_t most_body, const char **why);

/** Has it a Content-Length that is no number? @return 0, 400, or 413 when it is larger than numbers are here */
int http_head_length_fault(const struct http_head *h);
#endif
