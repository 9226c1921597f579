/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/html.h"

#include <stdbool.h>
#include <string.h>

#include "formats/xml.h"

/* Text on its way. Breaks are owed until more text comes, so that there are none at the ends. */
struct text {
	struct lg_buf *out;
	size_t from; /* where it begins in `out` */
	int breaks;
	bool blank, item;
	int silent; /* within scripts and styles */
};

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* "<p", "</p" */
static bool has_tags(const char *s, size_t n)
{
	for (const char *end = s + n, *at = s; at < end && (at = memchr(at, '<', (size_t)(end - at))); at++) {
		const char *name = at + 1 + (at + 1 < end && at[1] == '/');
		if (name < end && is_letter(*name) && memchr(name, '>', (size_t)(end - name))) return true;
	}
	return false;
}

/* "&amp;", "&#8211;" */
static bool has_entities(const char *s, size_t n)
{
	for (const char *end = s + n, *at = s; at < end && (at = memchr(at, '&', (size_t)(end - at))); at++) {
		const char *to = at + 1 + (at + 1 < end && at[1] == '#');
		while (to < end && (is_letter(*to) || (*to >= '0' && *to <= '9'))) to++;
		if (to < end && *to == ';' && to > at + 1) return true;
	}
	return false;
}

/* How many line ends part it from what stands around it. */
static int breaks_around(const char *element)
{
	static const char *const paragraphs[] = { "p",  "h1", "h2", "h3",    "h4",         "h5",
		                                  "h6", "ul", "ol", "table", "blockquote", "pre" };
	static const char *const lines[] = { "div", "li", "tr", "dt", "dd", "section", "article", "header", "footer" };
	for (size_t i = 0; i < sizeof paragraphs / sizeof *paragraphs; i++)
		if (!strcmp(element, paragraphs[i])) return 2;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (!strcmp(element, lines[i])) return 1;
	return 0;
}

static void owe(struct text *t, int breaks)
{
	if (t->breaks < breaks) t->breaks = breaks;
}

static bool is_silent(const char *name)
{
	return !strcmp(name, "script") || !strcmp(name, "style") || !strcmp(name, "title");
}

static void on_begin(void *self, const char *name, const struct lg_xml_attrs *attrs)
{
	struct text *t = self;
	(void)attrs;
	t->silent += is_silent(name);
	if (!strcmp(name, "br")) t->breaks = t->breaks < 2 ? t->breaks + 1 : 2;
	if (!strcmp(name, "td") || !strcmp(name, "th")) t->blank = true;
	owe(t, breaks_around(name));
	if (!strcmp(name, "li")) t->item = true;
}

static void on_end(void *self, const char *name)
{
	struct text *t = self;
	if (is_silent(name) && t->silent) t->silent--;
	owe(t, breaks_around(name));
}

static void put_letter(struct text *t, char c)
{
	bool first = t->out->len == t->from;
	if (t->breaks && !first) lg_put(t->out, "\n\n", (size_t)t->breaks);
	if (t->item) lg_puts(t->out, "- ");
	if (t->blank && !t->breaks && !first && !t->item) lg_putc(t->out, ' ');
	t->breaks = 0;
	t->blank = t->item = false;
	lg_putc(t->out, c);
}

static void on_text(void *self, const char *s, size_t n)
{
	struct text *t = self;
	for (size_t i = 0; i < n && !t->silent; i++) {
		if (i + 1 < n && s[i] == '\xC2' && s[i + 1] == '\xA0') { /* a blank that does not break */
			t->blank = true;
			i++;
		} else if (strchr(" \t\r\n", s[i])) {
			t->blank = true;
		} else {
			put_letter(t, s[i]);
		}
	}
}

static void put_plain(struct lg_buf *out, const char *s, size_t n)
{
	while (n && strchr(" \t\r\n", *s)) s++, n--;
	while (n && strchr(" \t\r\n", s[n - 1])) n--;
	for (size_t i = 0; i < n; i++)
		if (s[i] != '\r')
			lg_putc(out, s[i]);
		else if (i + 1 == n || s[i + 1] != '\n')
			lg_putc(out, '\n');
}

void lg_text_of_html(struct lg_ctx *cx, struct lg_buf *out, const char *text, size_t n)
{
	bool tags = has_tags(text, n);
	if (!tags && !has_entities(text, n)) {
		put_plain(out, text, n);
		return;
	}
	if (!out->data) lg_puts(out, ""); /* it may say nothing, and is looked at all the same */
	struct text t = { .out = out, .from = out->len };
	const struct lg_xml_sink sink = { &t, on_begin, on_end, on_text };
	if (lg_html_read(cx, "text", text, n, &sink, NULL) != LG_OK) return; /* nothing stops it */
	if (tags || !has_tags(out->data + t.from, out->len - t.from)) return;
	const char *once = lg_strndup(cx->mem, out->data + t.from, out->len - t.from);
	out->len = t.from;
	t = (struct text){ .out = out, .from = out->len };
	if (lg_html_read(cx, "text", once, strlen(once), &sink, NULL) != LG_OK) return;
}

void lg_html_of_text(struct lg_buf *out, const char *text)
{
	lg_puts(out, "<p>");
	for (const char *s = text; *s; s++) {
		if (*s == '\n' && s[1] == '\n') {
			lg_puts(out, "</p><p>");
			while (s[1] == '\n') s++;
		} else if (*s == '\n') {
			lg_puts(out, "<br>");
		} else if (*s == '<') {
			lg_puts(out, "&lt;");
		} else if (*s == '>') {
			lg_puts(out, "&gt;");
		} else if (*s == '&') {
			lg_puts(out, "&amp;");
		} else {
			lg_putc(out, *s);
		}
	}
	lg_puts(out, "</p>");
}
