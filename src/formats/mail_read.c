/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/mail_read.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "formats/html.h"
#include "formats/mail_word.h"

enum { ROOM = 16 * LG_MAIL_TEXT };

/* --- heads */

struct field {
	const char *name, *value; /* unfolded */
};

struct head {
	struct field *fields;
	size_t n;
	const char *body;
	size_t n_body;
	bool cut;
};

static bool is_name(const char *s, size_t n)
{
	if (!n || n > 80) return false;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] <= ' ' || (unsigned char)s[i] >= 0x7F) return false;
	return true;
}

static size_t line_of(const char *s, size_t n)
{
	const char *end = memchr(s, '\n', n);
	return end ? (size_t)(end - s) + 1 : n;
}

static bool is_empty(const char *s, size_t k) { return (k == 1 && *s == '\n') || (k == 2 && !memcmp(s, "\r\n", 2)); }

/* Without line ends and NULs, at most LG_MAIL_FIELD. */
static const char *unfolded(struct lg_ctx *cx, const char *s, size_t n)
{
	char *copy = lg_alloc(cx->mem, n + 1), *to = copy;
	for (size_t i = 0; i < n; i++)
		if (s[i] && s[i] != '\r' && s[i] != '\n') *to++ = s[i];
	*to = '\0';
	return copy;
}

static void put_field(struct lg_ctx *cx, struct head *h, const char *s, size_t n)
{
	const char *colon = memchr(s, ':', n);
	size_t k = colon ? (size_t)(colon - s) : 0;
	while (k && (s[k - 1] == ' ' || s[k - 1] == '\t')) k--;
	if (!is_name(s, k)) return;
	if (h->n == LG_MAIL_FIELDS || n > LG_MAIL_FIELD) h->cut = true;
	if (h->n == LG_MAIL_FIELDS) return;
	if (n > LG_MAIL_FIELD) n = LG_MAIL_FIELD;
	size_t from = (size_t)(colon - s) + 1;
	h->fields[h->n++] =
	    (struct field){ lg_strndup(cx->mem, s, k), from < n ? unfolded(cx, s + from, n - from) : "" };
}

static struct head head_of(struct lg_ctx *cx, const char *s, size_t n)
{
	struct head h = { .fields = lg_array(cx->mem, LG_MAIL_FIELDS, sizeof *h.fields) };
	if (n > 5 && !memcmp(s, "From ", 5)) { /* as mailboxes have it */
		size_t k = line_of(s, n);
		s += k, n -= k;
	}
	while (n) {
		size_t k = line_of(s, n), all = k;
		if (is_empty(s, k)) {
			s += k, n -= k;
			break;
		}
		while (all < n && (s[all] == ' ' || s[all] == '\t')) all += line_of(s + all, n - all);
		put_field(cx, &h, s, all);
		s += all, n -= all;
	}
	h.body = s;
	h.n_body = n;
	return h;
}

static const char *field(const struct head *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (!strcasecmp(h->fields[i].name, name)) return h->fields[i].value;
	return "";
}

static bool is_there(const struct head *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (!strcasecmp(h->fields[i].name, name)) return true;
	return false;
}

/* The first word of a value in small letters: "multipart/mixed", "auto-replied". */
static const char *token(struct lg_ctx *cx, const char *value)
{
	while (*value == ' ' || *value == '\t') value++;
	size_t n = strcspn(value, "; \t\r\n(");
	if (n > 100) n = 100;
	char *word = lg_strndup(cx->mem, value, n);
	for (char *s = word; *s; s++) {
		if (*s >= 'A' && *s <= 'Z') *s = (char)(*s - 'A' + 'a');
		if ((unsigned char)*s <= ' ' || (unsigned char)*s >= 0x7F) *s = '?';
	}
	return word;
}

/* --- parts */

struct reading {
	struct lg_ctx *cx;
	json_t *attachments, *references;
	size_t parts, more, room; /* room: bytes of text that may still be read */
	bool cut, report;
};

struct text {
	struct lg_buf text;
	bool plain, there;
};

static void free_text(void *t) { lg_buf_free(&((struct text *)t)->text); }

static struct text *new_text(struct lg_ctx *cx)
{
	struct text *t = lg_alloc(cx->mem, sizeof *t);
	lg_defer(cx->mem, free_text, t);
	return t;
}

static void decode(struct lg_buf *out, const char *encoding, const char *s, size_t n)
{
	if (!strcmp(encoding, "base64"))
		lg_mail_base64(out, s, n);
	else if (!strcmp(encoding, "quoted-printable"))
		lg_mail_quoted(out, s, n, false);
	else
		lg_put(out, s, n);
}

static size_t size_of(const char *encoding, const char *s, size_t n)
{
	size_t signs = 0;
	if (strcmp(encoding, "base64") != 0) return n;
	for (size_t i = 0; i < n; i++) signs += !strchr("\r\n \t=", s[i]);
	return signs * 3 / 4;
}

static void add_text(struct reading *r, struct text *to, const struct head *h, const char *type)
{
	struct text *bytes = new_text(r->cx), *letters = new_text(r->cx);
	const char *value = field(h, "Content-Type");
	size_t n = h->n_body < r->room ? h->n_body : r->room;
	r->cut |= n < h->n_body;
	r->room -= n;
	decode(&bytes->text, token(r->cx, field(h, "Content-Transfer-Encoding")), h->body, n);
	lg_puts(&letters->text, "");
	if (bytes->text.len &&
	    !lg_mail_letters(r->cx, &letters->text, lg_mail_parameter(r->cx, value, "charset", false), bytes->text.data,
	                     bytes->text.len, 4 * LG_MAIL_TEXT))
		r->cut = true;
	if (to->text.len) lg_putc(&to->text, '\n');
	bool html = !strcmp(type, "text/html");
	if (html)
		lg_text_of_html(r->cx, &to->text, letters->text.data, letters->text.len);
	else
		lg_put(&to->text, letters->text.data, letters->text.len);
	to->plain |= !html;
	to->there = true;
}

static void add_attachment(struct reading *r, const struct head *h, const char *type)
{
	const char *name = lg_mail_parameter(r->cx, field(h, "Content-Disposition"), "filename", true);
	if (!*name) name = lg_mail_parameter(r->cx, field(h, "Content-Type"), "name", true);
	if (json_array_size(r->attachments) == LG_MAIL_ATTACHMENTS) {
		r->more++;
		return;
	}
	size_t size = size_of(token(r->cx, field(h, "Content-Transfer-Encoding")), h->body, h->n_body);
	json_array_append_new(r->attachments,
	                      json_pack("{s:s, s:s, s:I}", "name", name, "type", type, "size", (json_int_t)size));
}

static void add_ids(struct reading *r, const char *value)
{
	const char *id;
	while (json_array_size(r->references) < LG_MAIL_IDS && (id = lg_mail_id(r->cx, &value)))
		json_array_append_new(r->references, json_string(id));
}

static void read_part(struct reading *r, struct text *to, const char *s, size_t n, unsigned depth, bool digest);

/* Where the next line "--boundary" begins; *end: it was the last; *behind: what follows it. n: there is none. */
static size_t find_bar(const char *s, size_t n, size_t at, const char *bar, size_t k, size_t *behind, bool *end)
{
	while (at < n) {
		size_t line = line_of(s + at, n - at);
		if (line >= k + 2 && s[at] == '-' && s[at + 1] == '-' && !memcmp(s + at + 2, bar, k)) {
			*end = line >= k + 4 && s[at + 2 + k] == '-' && s[at + 3 + k] == '-';
			size_t rest = k + (*end ? 4 : 2);
			while (rest < line && strchr(" \t\r\n", s[at + rest])) rest++;
			*behind = at + line;
			if (rest == line) return at;
		}
		at += line;
	}
	*behind = n;
	*end = true;
	return n;
}

/* Of several that say the same, the plain one; else the last that says anything. */
static void take_better(struct text **best, struct text *t)
{
	if (!t->there || !t->text.len) return;
	if (!*best || !(*best)->plain) *best = t;
}

static void read_multipart(struct reading *r, struct text *to, const struct head *h, const char *type, unsigned depth)
{
	const char *bar = lg_mail_parameter(r->cx, field(h, "Content-Type"), "boundary", false);
	size_t k = strlen(bar), behind;
	bool end = false, choice = !strcmp(type, "multipart/alternative");
	struct text *best = NULL;
	if (!k || k > 200 || depth >= LG_MAIL_DEPTH) {
		r->cut = true;
		if (!k) add_text(r, to, h, "text/plain"); /* nobody knows where its parts are: all of it is shown */
		return;
	}
	size_t at = find_bar(h->body, h->n_body, 0, bar, k, &behind, &end);
	if (at == h->n_body) r->cut = true;
	while (!end && r->parts < LG_MAIL_PARTS) {
		size_t from = behind, next = find_bar(h->body, h->n_body, from, bar, k, &behind, &end);
		size_t to_end = next;
		r->cut |= next == h->n_body; /* its end did not come */
		if (to_end > from && h->body[to_end - 1] == '\n') to_end--;
		if (to_end > from && h->body[to_end - 1] == '\r') to_end--;
		struct text *t = choice ? new_text(r->cx) : to;
		read_part(r, t, h->body + from, to_end - from, depth + 1, !strcmp(type, "multipart/digest"));
		if (choice) take_better(&best, t);
	}
	r->cut |= !end;
	if (!best) return;
	if (to->text.len) lg_putc(&to->text, '\n');
	lg_put(&to->text, best->text.data, best->text.len);
	to->plain |= best->plain;
	to->there = true;
}

static bool is_enclosed(const char *type)
{
	return !strcmp(type, "message/rfc822") || !strcmp(type, "text/rfc822-headers") ||
	       !strcmp(type, "message/global");
}

static void read_part(struct reading *r, struct text *to, const char *s, size_t n, unsigned depth, bool digest)
{
	if (++r->parts > LG_MAIL_PARTS) {
		r->cut = true;
		return;
	}
	struct head h = head_of(r->cx, s, n);
	r->cut |= h.cut;
	const char *type = token(r->cx, field(&h, "Content-Type"));
	if (!*type) type = digest ? "message/rfc822" : "text/plain";
	bool put_by = !strcmp(token(r->cx, field(&h, "Content-Disposition")), "attachment") ||
	              *lg_mail_parameter(r->cx, field(&h, "Content-Disposition"), "filename", true);
	if (!strncmp(type, "multipart/", 10)) {
		read_multipart(r, to, &h, type, depth);
	} else if ((!strcmp(type, "text/plain") || !strcmp(type, "text/html")) && !put_by) {
		add_text(r, to, &h, type);
	} else {
		if (is_enclosed(type) && r->report) {
			struct head inner = head_of(r->cx, h.body, h.n_body);
			add_ids(r, field(&inner, "Message-ID"));
		}
		add_attachment(r, &h, type);
	}
}

/* --- the whole */

static void put_addresses(struct lg_ctx *cx, json_t *to, const char *value)
{
	const char *address;
	while (json_array_size(to) < LG_MAIL_IDS && lg_mail_address(cx, &value, &address, NULL))
		if (strchr(address, '@')) json_array_append_new(to, json_string(address));
}

static json_t *addressees(struct lg_ctx *cx, const struct head *h)
{
	static const char *const names[] = { "X-Original-To", "Delivered-To", "Envelope-To", "To", "Cc" };
	json_t *to = json_array();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		for (size_t f = 0; f < h->n; f++)
			if (!strcasecmp(h->fields[f].name, names[i])) put_addresses(cx, to, h->fields[f].value);
	return to;
}

static const char *language(struct lg_ctx *cx, const struct head *h)
{
	const char *word = token(cx, field(h, "Content-Language"));
	bool is = word[0] >= 'a' && word[0] <= 'z' && word[1] >= 'a' && word[1] <= 'z' &&
	          (!word[2] || word[2] == '-' || word[2] == ',');
	return is ? lg_strndup(cx->mem, word, 2) : "";
}

static size_t cut_text(const char *s, size_t n)
{
	if (n <= LG_MAIL_TEXT) return n;
	n = LG_MAIL_TEXT;
	while (n && ((unsigned char)s[n] & 0xC0) == 0x80) n--;
	return n;
}

static json_t *stripped(const char *s, size_t n)
{
	while (n && strchr(" \t\n", s[n - 1])) n--;
	while (n && *s == '\n') s++, n--;
	return json_stringn(s, n);
}

static void put_text(struct reading *r, json_t *o, const struct text *t)
{
	const char *s = t->text.data ? t->text.data : "";
	size_t n = cut_text(s, t->text.len), quote = lg_mail_quote(s, n);
	r->cut |= n < t->text.len;
	json_object_set_new(o, "text", stripped(s, quote));
	json_object_set_new(o, "quoted", stripped(s + quote, n - quote));
	json_object_set_new(o, "html", json_boolean(t->there && !t->plain));
}

static void put_signs(struct lg_ctx *cx, json_t *o, const struct head *h)
{
	const char *path = field(h, "Return-Path");
	while (*path == ' ') path++;
	json_object_set_new(o, "auto_submitted", json_string(token(cx, field(h, "Auto-Submitted"))));
	json_object_set_new(o, "precedence", json_string(token(cx, field(h, "Precedence"))));
	json_object_set_new(o, "suppress", json_boolean(is_there(h, "X-Auto-Response-Suppress")));
	json_object_set_new(o, "list", json_boolean(is_there(h, "List-Id") || is_there(h, "List-Unsubscribe")));
	json_object_set_new(o, "empty_return", json_boolean(!strncmp(path, "<>", 2)));
}

enum lg_err lg_mail_read(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n)
{
	struct head h = head_of(cx, bytes, n);
	if (!h.n) return lg_fail(cx, LG_INVALID, "upload", "This is no mail: it has no head.");
	json_t *o = json_object();
	struct reading r = { .cx = cx, .attachments = json_array(), .references = json_array(), .room = ROOM };
	struct text *t = new_text(cx);
	const char *from = field(&h, "From"), *address = "", *name = "", *at = field(&h, "Message-ID");
	const char *id = lg_mail_id(cx, &at);
	(void)lg_mail_address(cx, &from, &address, &name);
	add_ids(&r, field(&h, "References"));
	add_ids(&r, field(&h, "In-Reply-To"));
	r.report = !strcmp(token(cx, field(&h, "Content-Type")), "multipart/report");
	read_part(&r, t, bytes, n, 0, false);
	json_object_set_new(o, "message_id", json_string(id ? id : ""));
	json_object_set_new(o, "from", json_string(address));
	json_object_set_new(o, "from_name", json_string(name));
	json_object_set_new(o, "subject", json_string(lg_mail_words(cx, field(&h, "Subject"), LG_MAIL_LINE)));
	json_object_set_new(o, "language", json_string(language(cx, &h)));
	json_object_set_new(o, "to", addressees(cx, &h));
	put_signs(cx, o, &h);
	put_text(&r, o, t);
	json_object_set_new(o, "report", json_boolean(r.report));
	json_object_set_new(o, "references", r.references);
	json_object_set_new(o, "attachments", r.attachments);
	json_object_set_new(o, "more", json_integer((json_int_t)r.more));
	json_object_set_new(o, "cut", json_boolean(r.cut));
	char *text = json_dumps(o, JSON_COMPACT);
	json_decref(o);
	lg_assert(text);
	lg_puts(out, text);
	free(text);
	return LG_OK;
}
