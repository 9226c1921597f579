/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/jobtech.h"
#include "formats/rows.h"
#include "formats/sheet_inner.h"

enum { DEEP = 4, REASON = 300, LOOK = 1 << 16 };

/* --- objects, one a line */

struct objects {
	struct lg_ctx *cx;
	const char *names[LG_SHEET_COLUMNS];
	size_t n_names;
	struct lg_buf values[LG_SHEET_COLUMNS]; /* of the line */
	char reason[REASON];
};

static struct lg_buf *value_of(struct objects *o, const char *name)
{
	for (size_t i = 0; i < o->n_names; i++)
		if (!strcmp(o->names[i], name)) return &o->values[i];
	if (o->n_names == LG_SHEET_COLUMNS || strlen(name) > LG_SHEET_NAME) return NULL;
	o->names[o->n_names] = lg_strdup(o->cx->mem, name);
	return &o->values[o->n_names++];
}

static bool put_scalar(struct lg_buf *b, const json_t *v)
{
	char number[40];
	if (json_is_string(v))
		lg_put(b, json_string_value(v), json_string_length(v));
	else if (json_is_integer(v))
		lg_put_int(b, json_integer_value(v));
	else if (json_is_real(v))
		lg_put(b, number, (size_t)snprintf(number, sizeof number, "%.10g", json_real_value(v)));
	else if (json_is_boolean(v))
		lg_puts(b, json_is_true(v) ? "true" : "false");
	else
		return json_is_null(v);
	return true;
}

static bool refuse(struct objects *o, const char *name, const char *why)
{
	(void)snprintf(o->reason, sizeof o->reason, "%.100s: %s", *name ? name : "{}", why);
	return false;
}

static bool flatten(struct objects *o, const char *name, const json_t *v, int deep);

static bool flatten_object(struct objects *o, const char *name, const json_t *v, int deep)
{
	const char *key;
	json_t *one;
	json_object_foreach((json_t *)(uintptr_t)v, key, one)
	{
		const char *whole = *name ? lg_printf(o->cx->mem, "%s.%s", name, key) : key;
		if (!flatten(o, whole, one, deep + 1)) return false;
	}
	return true;
}

static bool flatten_list(struct objects *o, const char *name, const json_t *v, int deep)
{
	size_t i;
	json_t *one;
	struct lg_buf *words = NULL;
	json_array_foreach((json_t *)(uintptr_t)v, i, one)
	{
		if (json_is_object(one)) {
			if (!flatten_object(o, lg_printf(o->cx->mem, "%s-%zu", name, i), one, deep)) return false;
			continue;
		}
		if (!words && !(words = value_of(o, name))) return refuse(o, name, "There are too many names.");
		if (words->len) lg_puts(words, "; ");
		if (!put_scalar(words, one)) return refuse(o, name, "A list in a list is not read.");
	}
	return true;
}

static bool flatten(struct objects *o, const char *name, const json_t *v, int deep)
{
	if (deep > DEEP) return refuse(o, name, "This is nested too deep.");
	if (json_is_object(v)) return flatten_object(o, name, v, deep);
	if (json_is_array(v)) return flatten_list(o, name, v, deep);
	if (json_is_null(v)) return true;
	struct lg_buf *value = value_of(o, name);
	if (!value) return refuse(o, name, "There are too many names.");
	return put_scalar(value, v);
}

static const char *read_object(struct objects *o, const char *s, size_t n)
{
	json_error_t error;
	if (n > LG_RECORD_MAX) return "This line is longer than 1 MiB.";
	if (lg_utf8_span(s, n) != n) return "This line is not UTF-8.";
	json_t *v = json_loadb(s, n, JSON_REJECT_DUPLICATES, &error);
	if (!v) {
		(void)snprintf(o->reason, sizeof o->reason, "This is not JSON: column %d: %.200s", error.column,
		               error.text);
		return o->reason;
	}
	const char *fault = json_string_value(json_object_get(v, ""));
	if (fault) {
		(void)snprintf(o->reason, sizeof o->reason, "%s", fault);
		json_decref(v);
		return o->reason;
	}
	bool good = json_is_object(v) && flatten(o, "", v, 0);
	if (!json_is_object(v)) (void)snprintf(o->reason, sizeof o->reason, "This must be an object.");
	json_decref(v);
	return good ? NULL : o->reason;
}

static void put_object(struct objects *o, struct lg_buf *rows, uint64_t line, const char *s, size_t n)
{
	const char *fault = read_object(o, s, n);
	if (fault) {
		lg_sheet_bad(rows, line, fault, "", 0);
	} else {
		lg_sheet_line(rows, line);
		size_t last = o->n_names;
		while (last && !o->values[last - 1].len) last--;
		for (size_t i = 0; i < last; i++)
			lg_sheet_cell(rows, o->values[i].data ? o->values[i].data : "", o->values[i].len);
		lg_sheet_end(rows);
	}
	for (size_t i = 0; i < o->n_names; i++) lg_buf_clear(&o->values[i]);
}

static bool is_blank(const char *s, size_t n)
{
	while (n && (*s == ' ' || *s == '\t' || *s == '\r')) s++, n--;
	return n == 0;
}

enum lg_err sheet_read_objects(struct lg_ctx *cx, struct lg_buf *out, const char *format, const char *s, size_t n,
                               uint64_t line)
{
	struct objects *o = lg_alloc(cx->mem, sizeof *o);
	struct lg_buf rows = { 0 };
	o->cx = cx;
	for (const char *end = s + n; s < end; line++) {
		const char *lf = memchr(s, '\n', (size_t)(end - s)), *stop = lf ? lf : end;
		if (!is_blank(s, (size_t)(stop - s))) put_object(o, &rows, line, s, (size_t)(stop - s));
		s = lf ? lf + 1 : end;
	}
	bool some = o->n_names > 0;
	lg_sheet_begin(out, format);
	for (size_t i = 0; i < o->n_names; i++) {
		lg_sheet_cell(out, o->names[i], strlen(o->names[i]));
		lg_buf_free(&o->values[i]);
	}
	lg_sheet_end(out);
	if (rows.len) lg_put(out, rows.data, rows.len);
	lg_buf_free(&rows);
	return some ? LG_OK : lg_fail(cx, LG_INVALID, "upload", "There is no object in this file that can be read.");
}

/* --- advertisements */

struct ads {
	struct lg_buf *out;
};

static const char *const ad_columns[] = { "id",
	                                  "title",
	                                  "employer",
	                                  "words",
	                                  "positions",
	                                  "kind",
	                                  "municipality",
	                                  "point",
	                                  "remote",
	                                  "expires_on",
	                                  "occupations-0.occupation",
	                                  "languages-0.language",
	                                  "languages-1.language",
	                                  "skills-0.skill",
	                                  "skills-1.skill",
	                                  "skills-2.skill",
	                                  "skills-3.skill" };

static void put(struct ads *a, const char *s) { lg_sheet_cell(a->out, s, strlen(s)); }

static void put_label(struct ads *a, const struct lg_ad_terms *terms, size_t i)
{
	put(a, i < terms->n ? terms->at[i].label : "");
}

static void put_ad(void *self, const struct lg_ad *ad)
{
	struct ads *a = self;
	char text[80];
	if (ad->removed) return;
	lg_sheet_line(a->out, ad->line);
	put(a, ad->id), put(a, ad->headline), put(a, ad->employer), put(a, ad->text);
	(void)snprintf(text, sizeof text, "%lld", (long long)(ad->vacancies > 0 ? ad->vacancies : 1));
	put(a, text), put(a, "job");
	(void)snprintf(text, sizeof text, "SE-%.4s", ad->municipality);
	put(a, *ad->municipality ? text : "");
	(void)snprintf(text, sizeof text, "%.6f, %.6f", ad->latitude, ad->longitude);
	put(a, ad->has_place ? text : ""), put(a, ad->remote ? "true" : "");
	lg_sheet_cell(a->out, ad->deadline, strnlen(ad->deadline, 10));
	put(a, ad->occupation.label);
	for (size_t i = 0; i < 2; i++) put_label(a, &ad->must_languages, i);
	for (size_t i = 0; i < 4; i++) put_label(a, &ad->must_skills, i);
	lg_sheet_end(a->out);
}

static void put_bad(void *self, uint64_t line, const char *what)
{
	struct ads *a = self;
	lg_sheet_bad(a->out, line, what, "", 0);
}

static enum lg_err read_ads(struct lg_ctx *cx, struct lg_buf *out, const char *s, size_t n)
{
	struct ads a = { out };
	const struct lg_ad_sink sink = { &a, put_ad, put_bad };
	lg_sheet_begin(out, "jobtech");
	for (size_t i = 0; i < sizeof ad_columns / sizeof *ad_columns; i++) put(&a, ad_columns[i]);
	lg_sheet_end(out);
	return lg_ads_read(cx, "upload", s, n, &sink);
}

/* An ad has a headline, and words that no list of an office has; a list of ads is an array, or "hits". */
static bool is_of_ads(const char *s, size_t n)
{
	const char *lf = memchr(s, '\n', n);
	json_t *v = *s == '{' ? json_loadb(s, lf ? (size_t)(lf - s) : n, 0, NULL) : NULL;
	bool is =
	    *s == '[' || (!v && memmem(s, n < LOOK ? n : LOOK, "\"headline\"", 10)) || json_object_get(v, "hits") ||
	    (json_object_get(v, "headline") && (json_object_get(v, "workplace_address") ||
	                                        json_object_get(v, "occupation") || json_object_get(v, "removed")));
	json_decref(v);
	return is;
}

enum lg_err sheet_read_json(struct lg_ctx *cx, struct lg_buf *out, const char *s, size_t n, const char *file)
{
	uint64_t line = 1;
	if (is_of_ads(s, n)) {
		enum lg_err err = read_ads(cx, out, s, n);
		if (err == LG_OK || *s == '[') return err;
		lg_buf_clear(out); /* its first line is broken, perhaps */
		cx->notes = NULL;
	}
	for (const char *c = file; c < s; c++) line += *c == '\n';
	return sheet_read_objects(cx, out, "ndjson", s, n, line);
}
