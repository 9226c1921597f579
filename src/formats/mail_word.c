/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/mail_word.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>

#include "base/utf8.h"

enum { CHARSET = 40, ID = 250, PIECES = 30, ENCODED = 4096 };

static void free_buf(void *buf) { lg_buf_free(buf); }

static struct lg_buf *buffer(struct lg_ctx *cx)
{
	struct lg_buf *b = lg_alloc(cx->mem, sizeof *b);
	lg_defer(cx->mem, free_buf, b);
	lg_puts(b, "");
	return b;
}

/* --- transfer encodings */

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z') return c - 'A';
	if (c >= 'a' && c <= 'z') return c - 'a' + 26;
	if (c >= '0' && c <= '9') return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

void lg_mail_base64(struct lg_buf *out, const char *s, size_t n)
{
	uint32_t bits = 0;
	unsigned have = 0;
	for (size_t i = 0; i < n && s[i] != '='; i++) {
		int v = base64_value(s[i]);
		if (v < 0) continue;
		bits = bits << 6 | (uint32_t)v;
		have += 6;
		if (have < 8) continue;
		have -= 8;
		lg_putc(out, (char)(bits >> have & 0xFF));
	}
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Bytes that a "=" at s begins and that mean a line goes on: blanks and the line end. 0: they do not. */
static size_t soft_break(const char *s, size_t n)
{
	size_t i = 1;
	while (i < n && (s[i] == ' ' || s[i] == '\t')) i++;
	if (i < n && s[i] == '\r') i++;
	if (i < n && s[i] == '\n') return i + 1;
	return i == n || s[i - 1] == '\r' ? i : 0;
}

void lg_mail_quoted(struct lg_buf *out, const char *s, size_t n, bool word)
{
	for (size_t i = 0; i < n;) {
		size_t soft = s[i] == '=' && !word ? soft_break(s + i, n - i) : 0;
		if (soft) {
			i += soft;
		} else if (s[i] == '=' && i + 2 < n && hex_value(s[i + 1]) >= 0 && hex_value(s[i + 2]) >= 0) {
			lg_putc(out, (char)(hex_value(s[i + 1]) << 4 | hex_value(s[i + 2])));
			i += 3;
		} else {
			lg_putc(out, word && s[i] == '_' ? ' ' : s[i]);
			i++;
		}
	}
}

/* --- letters */

static size_t bytes_of(unsigned char c) { return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4; }

static bool is_control(const char *s)
{
	unsigned char c = (unsigned char)s[0], d = c < 0xC2 ? 0 : (unsigned char)s[1];
	if (c < 0x20) return c != '\n' && c != '\t';
	if (c == 0x7F || (c == 0xC2 && d < 0xA0)) return true;
	/* Marks that turn the direction of what stands around them, and the mark of byte order. */
	unsigned char e = c >= 0xE0 ? (unsigned char)s[2] : 0;
	return (c == 0xE2 && d == 0x80 && e >= 0xAA && e <= 0xAE) ||
	       (c == 0xE2 && d == 0x81 && e >= 0xA6 && e <= 0xA9) || (c == 0xEF && d == 0xBB && e == 0xBF);
}

/* UTF-8 as far as it is; what is none is left out. */
static bool put_clean(struct lg_buf *out, const char *s, size_t n, size_t room)
{
	while (n) {
		size_t good = lg_utf8_span(s, n);
		if (!good) {
			s++, n--;
			continue;
		}
		for (size_t k; good; s += k, n -= k, good -= k) {
			k = bytes_of((unsigned char)*s);
			if (*s == '\r' || is_control(s)) continue;
			if (k > room) return false;
			lg_put(out, s, k);
			room -= k;
		}
	}
	return true;
}

static const char *known_charset(const char *charset)
{
	if (!charset || !*charset || strlen(charset) > CHARSET) return NULL;
	/* What is written 8-bit under these names is Windows' Latin, everywhere. */
	if (!strcasecmp(charset, "us-ascii") || !strcasecmp(charset, "ascii") || !strcasecmp(charset, "iso-8859-1"))
		return "windows-1252";
	return charset;
}

static bool convert(struct lg_ctx *cx, const char *charset, const char *bytes, size_t n, char **to, size_t *got)
{
	UErrorCode wrong = U_ZERO_ERROR;
	if (n > INT32_MAX / 4) return false;
	int32_t most = (int32_t)n * 4 + 4;
	*to = lg_alloc(cx->mem, (size_t)most);
	int32_t len = ucnv_convert("UTF-8", charset, *to, most, bytes, (int32_t)n, &wrong);
	if (U_FAILURE(wrong) || len < 0 || len > most) return false;
	*got = (size_t)len;
	return true;
}

bool lg_mail_letters(struct lg_ctx *cx, struct lg_buf *out, const char *charset, const char *bytes, size_t n,
                     size_t room)
{
	const char *from = known_charset(charset);
	char *to;
	size_t got;
	/* Whatever it calls itself: what is UTF-8 with more than ASCII in it is hardly ever anything else. */
	bool is_utf8 =
	    lg_utf8_span(bytes, n) == n && (!from || !strncasecmp(from, "windows-", 8) || !strcasecmp(from, "utf-8"));
	if (is_utf8 || (from && !strcasecmp(from, "utf-8"))) return put_clean(out, bytes, n, room);
	if (n > room * 4) n = room * 4; /* no letter has more bytes */
	if (from && convert(cx, from, bytes, n, &to, &got)) return put_clean(out, to, got, room);
	if (convert(cx, "windows-1252", bytes, n, &to, &got)) return put_clean(out, to, got, room);
	return put_clean(out, bytes, n, room);
}

/* --- encoded words */

/* "=?charset*language?B?text?=" at s. @return its length, or 0 */
static size_t encoded_word(struct lg_ctx *cx, const char *s, struct lg_buf *bytes, const char **charset)
{
	if (s[0] != '=' || s[1] != '?') return 0;
	const char *set = s + 2, *mark = strchr(set, '?');
	if (!mark || mark == set || mark - set > CHARSET || !mark[1] || mark[2] != '?') return 0;
	const char *text = mark + 3, *end = strstr(text, "?=");
	char kind = mark[1];
	if (!end || end - text > ENCODED || !strchr("bBqQ", kind)) return 0;
	size_t n = strcspn(set, "*?");
	*charset = lg_strndup(cx->mem, set, n);
	if (kind == 'b' || kind == 'B')
		lg_mail_base64(bytes, text, (size_t)(end - text));
	else
		lg_mail_quoted(bytes, text, (size_t)(end - text), true);
	return (size_t)(end + 2 - s);
}

/* Bytes of words that follow each other in one character set are put together first: a letter may be cut between them.
 */
struct run {
	struct lg_ctx *cx;
	struct lg_buf *out, *bytes;
	const char *charset;
	size_t most;
};

static void end_run(struct run *r)
{
	size_t room = r->out->len < r->most ? r->most - r->out->len : 0;
	if (r->bytes->len) (void)lg_mail_letters(r->cx, r->out, r->charset, r->bytes->data, r->bytes->len, room);
	lg_buf_clear(r->bytes);
	r->charset = NULL;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static void put_word(struct run *r, const char **s)
{
	struct lg_buf *bytes = buffer(r->cx);
	const char *charset = NULL;
	size_t k = encoded_word(r->cx, *s, bytes, &charset);
	if (k) {
		if (r->charset && strcasecmp(r->charset, charset) != 0) end_run(r);
		r->charset = charset;
		lg_put(r->bytes, bytes->data, bytes->len);
		*s += k;
		const char *next = *s; /* blanks between encoded words are none */
		while (is_blank(*next)) next++;
		if (next[0] == '=' && next[1] == '?') *s = next;
		return;
	}
	if (r->charset) end_run(r);
	lg_putc(r->bytes, **s);
	(*s)++;
}

const char *lg_mail_words(struct lg_ctx *cx, const char *value, size_t most)
{
	struct run r = { .cx = cx, .out = buffer(cx), .bytes = buffer(cx), .most = most };
	while (is_blank(*value)) value++;
	while (*value && r.out->len < most && r.bytes->len < 4 * most) {
		if (!r.charset && !(value[0] == '=' && value[1] == '?')) {
			size_t k = strcspn(value + 1, "=") + 1;
			lg_put(r.bytes, value, k);
			value += k;
			if (value[0] == '=' && value[1] == '?') end_run(&r);
		} else {
			put_word(&r, &value);
		}
	}
	end_run(&r);
	/* One line; blanks become one. */
	char *to = r.out->data, *begin = to;
	for (const char *s = r.out->data; *s; s++)
		if (!is_blank(*s))
			*to++ = *s;
		else if (to > begin && to[-1] != ' ')
			*to++ = ' ';
	while (to > begin && to[-1] == ' ') to--;
	*to = '\0';
	return begin;
}

/* --- parameters */

/* One "name=value" behind *at; the value without quotes. */
static bool next_parameter(struct lg_ctx *cx, const char **at, const char **name, size_t *n_name, const char **value)
{
	const char *s = *at;
	bool quoted = false;
	for (; *s && (quoted || *s != ';'); s++) { /* to the next semicolon */
		if (*s == '\\' && quoted && s[1])
			s++;
		else if (*s == '"')
			quoted = !quoted;
	}
	if (!*s) return false;
	s++;
	while (is_blank(*s)) s++;
	*name = s;
	*n_name = strcspn(s, "=; \t\r\n\"");
	*at = s;
	s += *n_name;
	while (is_blank(*s)) s++;
	if (*s != '=') {
		*value = "";
		return true;
	}
	s++;
	while (is_blank(*s)) s++;
	char *to = lg_alloc(cx->mem, strlen(s) + 1), *begin = to;
	if (*s == '"')
		for (s++; *s && *s != '"'; s++) {
			if (*s == '\\' && s[1]) s++;
			*to++ = *s;
		}
	else
		for (; *s && !strchr("; \t\r\n", *s); s++) *to++ = *s;
	*to = '\0';
	*value = begin;
	return true;
}

/* "%C3%B8" */
static void put_percent(struct lg_buf *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '%' && hex_value(s[1]) >= 0 && hex_value(s[2]) >= 0) {
			lg_putc(out, (char)(hex_value(s[1]) << 4 | hex_value(s[2])));
			s += 2;
		} else {
			lg_putc(out, *s);
		}
	}
}

struct piece {
	const char *text;
	bool percent;
};

/* "name*0*=utf-8''a%20", "name*1=b": pieces by their numbers; "name*=..." is piece 0. */
static void take_piece(struct piece *pieces, const char *rest, size_t n, const char *value)
{
	unsigned number = 0;
	size_t i = 0;
	while (i < n && i < 2 && rest[i] >= '0' && rest[i] <= '9') number = number * 10 + (unsigned)(rest[i++] - '0');
	bool percent = (i == 0) || (i < n && rest[i] == '*');
	if (number < PIECES && !pieces[number].text && (i == n || (i + 1 == n && rest[i] == '*')))
		pieces[number] = (struct piece){ value, percent };
}

static const char *joined(struct lg_ctx *cx, const struct piece *pieces)
{
	struct lg_buf *bytes = buffer(cx), *out = buffer(cx);
	const char *charset = NULL;
	for (size_t i = 0; i < PIECES && pieces[i].text; i++) {
		const char *text = pieces[i].text, *one = strchr(text, '\''), *two = one ? strchr(one + 1, '\'') : NULL;
		if (i == 0 && pieces[i].percent && two) {
			charset = lg_strndup(cx->mem, text, (size_t)(one - text));
			text = two + 1;
		}
		if (pieces[i].percent)
			put_percent(bytes, text);
		else
			lg_puts(bytes, text);
	}
	(void)lg_mail_letters(cx, out, charset, bytes->data, bytes->len, ID);
	return out->data;
}

const char *lg_mail_parameter(struct lg_ctx *cx, const char *value, const char *name, bool words)
{
	struct piece pieces[PIECES] = { 0 };
	const char *plain = NULL, *at = value, *found, *is;
	size_t n, want = strlen(name);
	for (unsigned i = 0; i < 2 * PIECES && next_parameter(cx, &at, &found, &n, &is); i++) {
		if (n < want || strncasecmp(found, name, want) != 0) continue;
		if (n == want && !plain)
			plain = is;
		else if (n > want && found[want] == '*')
			take_piece(pieces, found + want + 1, n - want - 1, is);
	}
	if (words && pieces[0].text) return lg_mail_words(cx, joined(cx, pieces), ID);
	if (!plain) return pieces[0].text ? joined(cx, pieces) : "";
	return words ? lg_mail_words(cx, plain, ID) : plain;
}

/* --- addresses and ids */

/* Over a quoted text or a comment at s; @return what follows */
static const char *over(const char *s)
{
	char end = *s == '"' ? '"' : ')';
	unsigned depth = 1;
	for (s++; *s && depth; s++) {
		if (*s == '\\' && s[1])
			s++;
		else if (*s == end)
			depth--;
		else if (*s == '(' && end == ')')
			depth++;
	}
	return s;
}

static const char *unquoted(struct lg_ctx *cx, const char *s, size_t n)
{
	char *copy = lg_alloc(cx->mem, n + 1), *to = copy;
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '\\' && i + 1 < n)
			i++;
		else if (s[i] == '"')
			continue;
		*to++ = s[i];
	}
	*to = '\0';
	return copy;
}

/* Blanks belong to no address that we would write to. */
static const char *clean_address(struct lg_ctx *cx, const char *s, size_t n)
{
	struct lg_buf *out = buffer(cx);
	(void)lg_mail_letters(cx, out, "utf-8", s, n, ID);
	char *to = out->data, *begin = to;
	for (const char *c = begin; *c; c++)
		if (!is_blank(*c)) *to++ = *c;
	*to = '\0';
	return begin;
}

bool lg_mail_address(struct lg_ctx *cx, const char **at, const char **address, const char **name)
{
	const char *s = *at, *angle = NULL, *end = NULL;
	while (is_blank(*s) || *s == ',' || *s == ';') s++;
	if (!*s) return false;
	const char *begin = s, *comment = NULL, *after = NULL;
	while (*s && *s != ',' && *s != ';') {
		if (*s == '"') {
			s = over(s);
		} else if (*s == '(') {
			comment = s;
			s = after = over(s);
		} else if (*s == '<') {
			angle = s + 1;
			s += strcspn(s, ">");
			end = s;
			s += *s == '>';
		} else if (*s == ':' && !angle) { /* a group's name */
			begin = ++s;
			comment = after = NULL; /* it was the group's */
		} else {
			s++;
		}
	}
	*at = s;
	size_t n = (size_t)((angle ? angle - 1 : comment ? comment : s) - begin);
	*address = angle ? clean_address(cx, angle, (size_t)(end - angle)) : clean_address(cx, begin, n);
	if (!name) return true;
	if (angle)
		*name = lg_mail_words(cx, unquoted(cx, begin, n), ID);
	else
		*name = comment && after > comment + 1
		            ? lg_mail_words(cx, unquoted(cx, comment + 1, (size_t)(after - comment - 2)), ID)
		            : "";
	return true;
}

const char *lg_mail_id(struct lg_ctx *cx, const char **at)
{
	for (const char *s = strchr(*at, '<'); s; s = strchr(s + 1, '<')) {
		size_t n = strcspn(s + 1, "<> \t\r\n");
		*at = s + 1 + n;
		if (s[1 + n] != '>' || n == 0 || n > ID || lg_utf8_span(s + 1, n) != n) continue;
		const char *id = lg_strndup(cx->mem, s + 1, n);
		bool clean = true;
		for (const char *c = id; *c; c++) clean = clean && (unsigned char)*c > ' ' && (unsigned char)*c < 0x7F;
		if (clean) return id;
	}
	*at += strlen(*at);
	return NULL;
}
