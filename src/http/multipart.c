/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <strings.h>

#include "base/utf8.h"
#include "http/http.h"
#include "http/text.h"

/* Forms with files (RFC 7578), as browsers send them: what one of them would not send is refused. */
enum { BOUNDARY = 70, PART_HEAD = 2048 };

static enum lg_err malformed(struct lg_ctx *cx)
{
	return lg_fail(cx, LG_INVALID, NULL, "The form was not sent as forms are.");
}

static bool is_of_boundary(char c) { return http_is_alnum(c) || (c && strchr("'()+_,-./:=?", c)); }

/* The boundary's place in the header's value, without its quotes; 0: there is none that can be used. */
static size_t find_boundary(const char *type, const char **at)
{
	const char *p = strcasestr(type, "boundary=");
	size_t n = 0;
	if (!p || p == type || !strchr("; \t", p[-1])) return 0;
	p += sizeof "boundary=" - 1;
	bool quoted = *p == '"';
	p += quoted;
	while (is_of_boundary(p[n])) n++;
	if (n > BOUNDARY || (quoted ? p[n] != '"' : p[n] && !strchr("; \t", p[n]))) return 0;
	*at = p;
	return n;
}

struct parts {
	const char *at, *end; /* what is left */
	const char *line;     /* "\r\n--" and the boundary */
	size_t n_line;
};

struct part {
	const char *name, *filename; /* filename NULL: a plain field */
	const char *bytes;
	size_t n;
};

/* Browsers write a quotation mark as %22 and an end of line as %0D%0A; everything else of a name is as it is. */
static const char *unquoted(struct lg_ctx *cx, const char *s, size_t n)
{
	char *out = lg_alloc(cx->mem, n + 1);
	size_t k = 0;
	for (size_t i = 0; i < n; i++) {
		bool coded = s[i] == '%' && i + 2 < n &&
		             (!memcmp(s + i, "%22", 3) || !memcmp(s + i, "%0D", 3) || !memcmp(s + i, "%0A", 3));
		out[k++] = coded ? (s[i + 1] == '2' ? '"' : ' ') : s[i];
		if (coded) i += 2;
	}
	out[k] = '\0';
	return out;
}

/* A parameter of a header's line: name="..."; NULL when it is not there, *wrong when it is no text. */
static const char *parameter(struct lg_ctx *cx, const char *s, size_t n, const char *name, bool *wrong)
{
	size_t k = strlen(name);
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"') { /* over a quoted value */
			const char *close = memchr(s + i + 1, '"', n - i - 1);
			if (!close) return *wrong = true, NULL;
			i = (size_t)(close - s);
			continue;
		}
		if (i == 0 || !strchr("; \t", s[i - 1]) || i + k + 2 > n || strncasecmp(s + i, name, k) != 0 ||
		    s[i + k] != '=' || s[i + k + 1] != '"')
			continue;
		const char *from = s + i + k + 2, *close = memchr(from, '"', n - i - k - 2);
		if (!close || lg_utf8_span(from, (size_t)(close - from)) != (size_t)(close - from) ||
		    memchr(from, '\0', (size_t)(close - from)))
			return *wrong = true, NULL;
		return unquoted(cx, from, (size_t)(close - from));
	}
	return NULL;
}

/* The lines before a part's bytes. Of them only who it is matters: what it says it is of, is not believed. */
static bool read_head(struct lg_ctx *cx, struct parts *p, struct part *out)
{
	static const char is[] = "Content-Disposition: form-data";
	bool wrong = false;
	for (const char *begin = p->at;;) {
		const char *end = memmem(p->at, (size_t)(p->end - p->at), "\r\n", 2);
		if (!end || end - begin > PART_HEAD) return false;
		size_t n = (size_t)(end - p->at);
		const char *line = p->at;
		p->at = end + 2;
		if (n == 0) return out->name && !wrong;
		if (n < sizeof is - 1 || strncasecmp(line, is, sizeof is - 1) != 0) continue;
		if (out->name) return false;
		out->name = parameter(cx, line, n, "name", &wrong);
		out->filename = parameter(cx, line, n, "filename", &wrong);
	}
}

/* @return false: there is no such part. Its bytes end before the next line of the boundary. */
static bool read_part(struct lg_ctx *cx, struct parts *p, struct part *out)
{
	*out = (struct part){ 0 };
	if (!read_head(cx, p, out)) return false;
	p->at -= 2; /* of an empty part the line of the boundary begins with the end of the head */
	const char *end = memmem(p->at, (size_t)(p->end - p->at), p->line, p->n_line);
	if (!end) return false;
	out->bytes = p->at + 2;
	out->n = end > out->bytes ? (size_t)(end - out->bytes) : 0;
	p->at = end + p->n_line;
	return true;
}

static bool is_text(const struct part *part)
{
	return lg_utf8_span(part->bytes, part->n) == part->n && !memchr(part->bytes, '\0', part->n);
}

static enum lg_err too_many(struct lg_ctx *cx, size_t most)
{
	return lg_failf(cx, LG_INVALID, NULL, "More than %zu fields were sent.", most);
}

/* How many parts there can be: so many times does the boundary's line stand there. */
static size_t count(const struct parts *p)
{
	size_t n = 0;
	for (const char *at = p->at; (at = memmem(at, (size_t)(p->end - at), p->line, p->n_line)); at += p->n_line) n++;
	return n;
}

bool http_is_multipart(const char *type)
{
	static const char is[] = "multipart/form-data";
	return type && strncasecmp(type, is, sizeof is - 1) == 0 && strchr("; \t", type[sizeof is - 1]);
}

enum lg_err http_read_multipart(struct lg_ctx *cx, struct http_pairs *form, struct http_files *files, const char *type,
                                const char *body, size_t n, size_t most)
{
	struct parts p = { .at = body, .end = body + n };
	const char *boundary;
	size_t n_boundary = find_boundary(type, &boundary);
	*form = (struct http_pairs){ 0 };
	*files = (struct http_files){ 0 };
	if (!n_boundary) return malformed(cx);
	p.line = lg_printf(cx->mem, "\r\n--%.*s", (int)n_boundary, boundary);
	p.n_line = n_boundary + 4;
	if (n < p.n_line || memcmp(body, p.line + 2, p.n_line - 2) != 0) return malformed(cx);
	p.at += p.n_line - 2;
	size_t parts = count(&p);
	if (parts > most) return too_many(cx, most);
	struct http_pair *pairs = lg_array(cx->mem, parts + 1, sizeof *pairs);
	struct http_file *at = lg_array(cx->mem, parts + 1, sizeof *at);
	form->at = pairs, files->at = at;
	while (p.end - p.at >= 2 && !memcmp(p.at, "\r\n", 2)) {
		struct part part;
		p.at += 2;
		if (!read_part(cx, &p, &part)) return malformed(cx);
		if (part.filename) {
			/* nothing was chosen: an empty file without a name */
			if (*part.filename || part.n)
				at[files->n++] = (struct http_file){ part.name, part.filename, part.bytes, part.n };
			continue;
		}
		if (!is_text(&part)) return lg_fail(cx, LG_INVALID, NULL, "Something was sent that is not text.");
		pairs[form->n++] = (struct http_pair){ part.name, lg_strndup(cx->mem, part.bytes, part.n) };
	}
	if (p.end - p.at < 2 || memcmp(p.at, "--", 2) != 0) return malformed(cx);
	p.at += 2;
	return p.at == p.end || (p.end - p.at == 2 && !memcmp(p.at, "\r\n", 2)) ? LG_OK : malformed(cx);
}
