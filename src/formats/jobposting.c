/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/jobposting.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "formats/jobposting_inner.h"
#include "formats/xml.h"

enum { DEEP_MAX = 8 };

/* One reading. */
struct postings {
	struct lg_ctx *cx;
	const struct lg_posting_sink *sink;
	struct posting_reader reader; /* its arena is emptied behind each posting */
	uint64_t line, found;
	/* of a page */
	struct lg_xml *xml;
	struct lg_buf script;
	bool in_script;
	uint64_t script_line;
};

static void close_postings(void *thing)
{
	struct postings *p = thing;
	lg_arena_free(p->reader.cx.mem);
	lg_buf_free(&p->script);
}

static void bad(struct postings *p, const char *what)
{
	p->found++;
	p->sink->bad(p->sink->self, p->line, what);
}

/* ------------------------------------------------------------------------------------------------------- values */

static void give(struct postings *p, const json_t *v)
{
	struct lg_posting posting;
	posting_read(&p->reader, &posting, v);
	posting.line = p->line;
	if (*posting.title) {
		p->found++;
		p->sink->posting(p->sink->self, &posting);
	} else {
		bad(p, "A JobPosting has neither a title nor a name. Give it one.");
	}
	p->reader.cx.notes = NULL;
	lg_arena_reset(p->reader.cx.mem);
}

/* Whatever holds postings: lists of any kind. Others are passed over. */
static void look_into(struct postings *p, const json_t *v, int deep)
{
	static const char *const holders[] = { "@graph", "itemListElement", "item", "mainEntity" };
	if (deep > DEEP_MAX) return;
	if (json_is_array(v)) {
		for (size_t i = 0; i < json_array_size(v); i++) look_into(p, json_array_get(v, i), deep + 1);
		return;
	}
	if (!json_is_object(v)) return;
	if (posting_is_a(v, "JobPosting")) {
		give(p, v);
		return;
	}
	for (size_t i = 0; i < sizeof holders / sizeof *holders; i++)
		look_into(p, posting_get(&p->reader, v, holders[i]), deep + 1);
}

static void take_value(struct postings *p, json_t *v)
{
	p->reader.ids = json_object();
	lg_assert(p->reader.ids);
	posting_note_ids(&p->reader, v);
	look_into(p, v, 0);
	json_decref(p->reader.ids);
	p->reader.ids = NULL;
	json_decref(v);
}

static void not_json(struct postings *p, const char *why, const char *what_now)
{
	char what[300];
	(void)snprintf(what, sizeof what, "This is not JSON (%.*s)%s", (int)lg_utf8_span(why, strnlen(why, 150)), why,
	               what_now);
	bad(p, what);
}

static uint64_t count_lines(const char *s, size_t n)
{
	uint64_t lines = 0;
	for (const char *end = s + n; s < end && (s = memchr(s, '\n', (size_t)(end - s))); s++) lines++;
	return lines;
}

/* One value of several. @return its bytes */
static size_t next_value(struct postings *p, const char *s, size_t n)
{
	json_error_t error;
	json_t *v = json_loadb(s, n, JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &error);
	if (v) {
		take_value(p, v);
		return (size_t)error.position;
	}
	not_json(p, error.text, "; the rest of the line is passed over.");
	const char *lf = memchr(s, '\n', n);
	return lf ? (size_t)(lf - s) + 1 : n;
}

static enum lg_err read_json(struct postings *p, const char *name, const char *s, size_t n)
{
	if (n > LG_POSTING_BYTES_MAX)
		return lg_fail(p->cx, LG_INVALID, name, "The file is larger than 256 MiB. Give it in parts.");
	for (size_t used; n; s += used, n -= used) {
		used = strspn(s, " \t\r\n");
		if (used > n) used = n;
		p->line += count_lines(s, used);
		if (used) continue;
		if (*s != '{' && *s != '[')
			return lg_failf(
			    p->cx, LG_INVALID, name,
			    "Line %llu does not begin with { or [: this is neither JSON-LD of job postings nor a "
			    "page of HTML.",
			    (unsigned long long)p->line);
		used = next_value(p, s, n);
		p->line += count_lines(s, used);
	}
	return LG_OK;
}

/* --------------------------------------------------------------------------------------------------------- pages */

static bool is_our_script(const struct lg_xml_attrs *attrs)
{
	static const char ours[] = "application/ld+json";
	const char *type;
	size_t n;
	return lg_xml_attr(attrs, false, "type", &type, &n) && n >= strlen(ours) &&
	       !strncasecmp(type, ours, strlen(ours)) && (!type[strlen(ours)] || strchr("; ", type[strlen(ours)]));
}

static void on_begin(void *self, const char *name, const struct lg_xml_attrs *attrs)
{
	struct postings *p = self;
	if (strcmp(name, "script") != 0) return;
	p->in_script = is_our_script(attrs);
	p->script_line = lg_xml_line(p->xml);
	lg_buf_clear(&p->script);
}

static void on_end(void *self, const char *name)
{
	struct postings *p = self;
	json_error_t error;
	if (strcmp(name, "script") != 0 || !p->in_script) return;
	p->in_script = false;
	p->line = p->script_line;
	json_t *v = json_loadb(p->script.data ? p->script.data : "", p->script.len, JSON_REJECT_DUPLICATES, &error);
	if (v)
		take_value(p, v);
	else
		not_json(p, error.text, "; the script is passed over.");
}

static void on_text(void *self, const char *s, size_t n)
{
	struct postings *p = self;
	if (p->in_script) lg_put(&p->script, s, n);
}

static enum lg_err read_page(struct postings *p, const char *name, const char *s, size_t n)
{
	const struct lg_xml_sink sink = { p, on_begin, on_end, on_text };
	if (n > LG_POSTING_PAGE_MAX) return lg_fail(p->cx, LG_INVALID, name, "The page is larger than 8 MiB.");
	return lg_html_read(p->cx, name, s, n, &sink, &p->xml);
}

/* ------------------------------------------------------------------------------------------------------- whole */

enum lg_err lg_postings_read(struct lg_ctx *cx, const char *name, const char *bytes, size_t n,
                             const struct lg_posting_sink *sink)
{
	struct postings *p = lg_alloc(cx->mem, sizeof *p);
	*p = (struct postings){ .cx = cx, .sink = sink, .line = 1 };
	p->reader.cx.mem = lg_arena_new(0, NULL);
	lg_defer(cx->mem, close_postings, p);
	if (n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3)) bytes += 3, n -= 3;
	if (lg_utf8_span(bytes, n) != n || memchr(bytes, '\0', n))
		return lg_fail(cx, LG_INVALID, name, "This is not text in UTF-8. Save it as UTF-8.");
	/* With a NUL behind it, so that it can be searched as a string. */
	const char *text = lg_strndup(cx->mem, bytes, n);
	LG_TRY(text[strspn(text, " \t\r\n")] == '<' ? read_page(p, name, text, n) : read_json(p, name, text, n));
	if (p->found) return LG_OK;
	return lg_fail(cx, LG_INVALID, name, "There is no JobPosting of schema.org in it.");
}
