/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "formats/europass_inner.h"
#include "formats/html.h"
#include "formats/xml.h"

/* ------------------------------------------------------------------------------------------------------ building */

struct level {
	json_t *object; /* borrowed from the level above, but for the first */
	char name[64];
	bool through; /* a list: what is in it belongs to the level above */
};

struct tree {
	struct lg_ctx *cx;
	const char *name;
	struct lg_xml *xml;
	const char *root;
	struct level levels[LG_XML_DEPTH_MAX + 1];
	size_t depth, skip; /* skip: how deep within what is not read */
	size_t elements;
	struct lg_buf text; /* since an element began or ended */
};

/* Not needed to find work, or large. */
static bool is_left_out(const char *name)
{
	static const char *const names[] = { "Photo",
		                             "Signature",
		                             "AttachmentList",
		                             "Attachment",
		                             "PrintingPreferences",
		                             "CoverLetter",
		                             "DocumentInfo",
		                             "NationalityList",
		                             "Nationality",
		                             "NationalityCode",
		                             "Gender",
		                             "GenderCode",
		                             "PersonLegalID",
		                             "PersonID",
		                             "Disability",
		                             "ReferenceTo",
		                             "EmploymentReferences",
		                             "CandidateSupplier",
		                             "MilitaryHistory",
		                             "Documentation" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(name, names[i])) return true;
	return false;
}

static void fail(struct tree *t, const char *what)
{
	lg_xml_stop(t->xml, lg_failf(t->cx, LG_INVALID, t->name, "Line %zu: %s", lg_xml_line(t->xml), what));
}

static void add_member(json_t *to, const char *name, json_t *v)
{
	json_t *there = json_object_get(to, name);
	if (!there) {
		lg_assert(!json_object_set_new(to, name, v));
	} else if (json_is_array(there)) {
		lg_assert(!json_array_append_new(there, v));
	} else {
		json_t *both = json_array();
		lg_assert(both && !json_array_append(both, there) && !json_array_append_new(both, v));
		lg_assert(!json_object_set_new(to, name, both));
	}
}

static void add_attributes(json_t *to, const struct lg_xml_attrs *attrs)
{
	const char *s;
	size_t n;
	for (size_t i = 0; i < lg_xml_attr_count(attrs); i++) {
		char name[64];
		(void)snprintf(name, sizeof name, "%s", lg_xml_attr_at(attrs, i, &s, &n));
		if (strlen(name) + 1 == sizeof name || !isalpha((unsigned char)*name)) continue;
		name[0] = (char)toupper((unsigned char)*name);
		json_t *v = json_stringn(s, n);
		if (v) add_member(to, name, v);
	}
}

static void on_begin(void *self, const char *name, const struct lg_xml_attrs *attrs)
{
	struct tree *t = self;
	size_t n = strlen(name);
	lg_buf_clear(&t->text);
	if (++t->elements > LG_CV_ELEMENTS_MAX) {
		fail(t, "the file has more elements than a CV can have.");
		return;
	}
	if (t->skip || is_left_out(name) || n >= sizeof t->levels->name) {
		t->skip++;
		return;
	}
	if (!t->depth) t->root = lg_strdup(t->cx->mem, name);
	struct level *level = &t->levels[t->depth++];
	level->through = t->depth > 1 && n > 4 && !strcmp(name + n - 4, "List");
	memcpy(level->name, name, n + 1);
	level->object = level->through ? json_incref(level[-1].object) : json_object();
	lg_assert(level->object);
	if (!level->through) add_attributes(level->object, attrs);
}

static const char *trimmed(const char *s, size_t *n)
{
	while (*n && strchr(" \t\r\n", *s)) s++, --*n;
	while (*n && strchr(" \t\r\n", s[*n - 1])) --*n;
	return s;
}

/* A leaf becomes its text. */
static json_t *finished(struct tree *t, json_t *object)
{
	size_t n = t->text.len;
	const char *s = n ? trimmed(t->text.data, &n) : "";
	if (json_object_size(object) && !n) return object;
	json_t *text = json_stringn(s, n);
	lg_assert(text);
	if (json_object_size(object)) {
		lg_assert(!json_object_set_new(object, "#", text));
		return object;
	}
	json_decref(object);
	return text;
}

static void on_end(void *self, const char *name)
{
	struct tree *t = self;
	(void)name;
	if (t->skip) {
		t->skip--;
	} else if (t->depth > 1) {
		struct level *level = &t->levels[--t->depth];
		if (level->through)
			json_decref(level->object);
		else
			add_member(level[-1].object, level->name, finished(t, level->object));
		level->object = NULL;
	}
	lg_buf_clear(&t->text);
}

static void on_text(void *self, const char *s, size_t n)
{
	struct tree *t = self;
	if (t->skip) return;
	lg_put(&t->text, s, n);
	if (t->text.len > 1 << 20) fail(t, "a text is longer than 1 MiB.");
}

enum lg_err cv_tree(struct lg_ctx *cx, const char *name, const char *bytes, size_t n, const char **root, json_t **tree)
{
	struct tree *t = lg_alloc(cx->mem, sizeof *t);
	const struct lg_xml_sink sink = { t, on_begin, on_end, on_text };
	*t = (struct tree){ .cx = cx, .name = name };
	t->xml = lg_xml_new(cx, name, &sink);
	enum lg_err err = lg_xml_feed(t->xml, bytes, n);
	if (err != LG_OK) lg_xml_stop(t->xml, err);
	err = lg_xml_end(t->xml);
	lg_buf_free(&t->text);
	/* The first level is the tree; others are left only by what was broken off. */
	for (size_t i = err == LG_OK; i < t->depth; i++) json_decref(t->levels[i].object);
	*root = t->root ? t->root : "";
	*tree = err == LG_OK && t->depth ? t->levels[0].object : NULL;
	return err;
}

/* -------------------------------------------------------------------------------------------------------- looking */

const json_t *cv_at(const json_t *list, size_t i) { return json_is_array(list) ? json_array_get(list, i) : list; }

const json_t *cv_get(const json_t *v, const char *path)
{
	for (size_t n; v && *path; path += n + (path[n] != '\0')) {
		char name[64];
		n = strcspn(path, ".");
		lg_assert(n < sizeof name);
		memcpy(name, path, n);
		name[n] = '\0';
		v = json_object_get(cv_at(v, 0), name);
	}
	return v;
}

size_t cv_count(struct cv_reader *r, const json_t *list)
{
	size_t n = json_is_array(list) ? json_array_size(list) : list && !json_is_null(list);
	if (n <= LG_CV_LIST_MAX) return n;
	r->cv->cut += n - LG_CV_LIST_MAX;
	return LG_CV_LIST_MAX;
}

const char *cv_text(struct cv_reader *r, const json_t *v, const char *path)
{
	v = cv_at(cv_get(v, path), 0);
	if (json_is_object(v)) v = json_object_get(v, "#");
	if (json_is_integer(v)) return lg_printf(r->cx->mem, "%lld", (long long)json_integer_value(v));
	size_t n = json_string_length(v);
	const char *s = n ? trimmed(json_string_value(v), &n) : "";
	return n ? lg_strndup(r->cx->mem, s, n) : "";
}

const char *cv_plain(struct cv_reader *r, const json_t *v, const char *path)
{
	struct lg_buf b = { 0 };
	const char *s = cv_text(r, v, path);
	lg_text_of_html(r->cx, &b, s, strlen(s));
	const char *text = b.len ? lg_strndup(r->cx->mem, b.data, b.len) : "";
	lg_buf_free(&b);
	return text;
}

const char *cv_date(struct cv_reader *r, const char *s)
{
	static const char form[] = "dddd-dd-dd";
	size_t n = 0;
	while (n < 10 && (form[n] == 'd' ? isdigit((unsigned char)s[n]) != 0 : s[n] == '-')) n++;
	n = n >= 10 ? 10 : n >= 7 ? 7 : n >= 4 ? 4 : 0;
	return n ? lg_strndup(r->cx->mem, s, n) : "";
}

bool cv_is_true(struct cv_reader *r, const json_t *v, const char *path)
{
	return json_is_true(cv_get(v, path)) || !strcmp(cv_text(r, v, path), "true");
}

void cv_add_skill(struct cv_reader *r, struct lg_cv_skill *skills, enum lg_cv_skill_kind kind, const char *text,
                  const char *uri)
{
	if (!*text && !*uri) return;
	if (r->cv->n_skills < LG_CV_LIST_MAX)
		skills[r->cv->n_skills++] = (struct lg_cv_skill){ kind, text, uri };
	else
		r->cv->cut++;
}
