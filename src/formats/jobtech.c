/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/jobtech.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { BYTES_MAX = 1 << 30, TERMS_MAX = 200 };

/* One reading. The arrays of the ad at hand lie in `terms`, one behind the other. */
struct reader {
	const struct lg_ad_sink *sink;
	uint64_t line, n_ads;
	struct lg_ad_term terms[5 * TERMS_MAX];
	size_t n_terms;
};

static const char *text(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));
	return s ? s : "";
}

/* Ids are texts in most editions and numbers in some. */
static const char *id_of(const json_t *object, const char *key, char room[24])
{
	const json_t *v = json_object_get(object, key);
	if (!json_is_integer(v)) return text(object, key);
	(void)snprintf(room, 24, "%lld", (long long)json_integer_value(v));
	return room;
}

/* A concept; the historical files wrap it in an array of one. */
static const json_t *one(const json_t *v) { return json_is_array(v) ? json_array_get(v, 0) : v; }

static struct lg_ad_term term(const json_t *v)
{
	v = one(v);
	return (struct lg_ad_term){ text(v, "concept_id"), text(v, "label"), text(v, "legacy_ams_taxonomy_id") };
}

static struct lg_ad_terms terms(struct reader *r, const json_t *list)
{
	struct lg_ad_terms out = { &r->terms[r->n_terms], 0 };
	size_t n = json_array_size(list);
	for (size_t i = 0; i < n && i < TERMS_MAX; i++, out.n++) r->terms[r->n_terms++] = term(json_array_get(list, i));
	return out;
}

static void place(struct lg_ad *ad, const json_t *address)
{
	const json_t *both = json_object_get(address, "coordinates"); /* longitude first */
	const json_t *longitude = json_array_get(both, 0), *latitude = json_array_get(both, 1);
	ad->municipality = text(address, "municipality_code");
	ad->country = text(address, "country");
	ad->has_place = json_is_number(longitude) && json_is_number(latitude);
	ad->longitude = json_number_value(longitude);
	ad->latitude = json_number_value(latitude);
}

static void scope(struct lg_ad *ad, const json_t *v)
{
	const json_t *least = json_object_get(v, "min"), *most = json_object_get(v, "max");
	ad->has_scope = json_is_number(most);
	ad->scope_max = json_number_value(most);
	ad->scope_min = json_is_number(least) ? json_number_value(least) : ad->scope_max;
}

static void give(struct reader *r, const json_t *v)
{
	const json_t *must = json_object_get(v, "must_have"), *nice = json_object_get(v, "nice_to_have");
	const json_t *employer = json_object_get(v, "employer");
	char room[24];
	r->n_terms = 0;
	struct lg_ad ad = {
		.line = r->line,
		.id = id_of(v, "id", room),
		.headline = text(v, "headline"),
		.text = text(json_object_get(v, "description"), "text"),
		.employer = *text(employer, "name") ? text(employer, "name") : text(employer, "workplace"),
		.removed = json_is_true(json_object_get(v, "removed")),
		.occupation = term(json_object_get(v, "occupation")),
		.group = term(json_object_get(v, "occupation_group")),
		.employment = term(json_object_get(v, "employment_type")),
		.remote = json_is_true(json_object_get(v, "remote_work")),
		.vacancies = json_integer_value(json_object_get(v, "number_of_vacancies")),
		.access = text(v, "access"),
		.deadline = text(v, "application_deadline"),
		.needs_driving_licence = json_is_true(json_object_get(v, "driving_license_required")),
		.driving = terms(r, json_object_get(v, "driving_license")),
		.must_skills = terms(r, json_object_get(must, "skills")),
		.nice_skills = terms(r, json_object_get(nice, "skills")),
		.must_languages = terms(r, json_object_get(must, "languages")),
		.nice_languages = terms(r, json_object_get(nice, "languages")),
	};
	place(&ad, json_object_get(v, "workplace_address"));
	scope(&ad, json_object_get(v, "scope_of_work"));
	r->n_ads++;
	r->sink->ad(r->sink->self, &ad);
}

static void give_one(struct reader *r, const json_t *v)
{
	char room[24];
	if (!json_is_object(v) || !*id_of(v, "id", room))
		r->sink->bad(r->sink->self, r->line, "This is no advertisement: it is not an object with an id.");
	else
		give(r, v);
}

static void give_all(struct reader *r, const json_t *v)
{
	const json_t *hits = json_is_object(v) ? json_object_get(v, "hits") : json_is_array(v) ? v : NULL;
	if (!json_is_array(hits)) {
		give_one(r, v);
		return;
	}
	for (size_t i = 0; i < json_array_size(hits); i++) give_one(r, json_array_get(hits, i));
}

static uint64_t count_lines(const char *s, size_t n)
{
	uint64_t lines = 0;
	for (const char *end = s + n; s < end && (s = memchr(s, '\n', (size_t)(end - s))); s++) lines++;
	return lines;
}

static size_t blanks(const char *s, size_t n)
{
	size_t i = 0;
	while (i < n && strchr(" \t\r\n", s[i]) && s[i]) i++;
	return i;
}

/* How much to pass over so as to go on behind a value that is no JSON: its first line. */
static size_t to_line_end(const char *s, size_t n)
{
	const char *lf = memchr(s, '\n', n);
	return lf ? (size_t)(lf - s) + 1 : n;
}

/* One JSON value and its ads. @return its bytes */
static size_t value(struct reader *r, const char *s, size_t n)
{
	json_error_t error;
	json_t *v = json_loadb(s, n, JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &error);
	if (v) {
		give_all(r, v);
		json_decref(v);
		return (size_t)error.position;
	}
	char what[300];
	(void)snprintf(what, sizeof what, "This is not JSON (%.150s); the rest of the line is passed over.",
	               error.text);
	r->sink->bad(r->sink->self, r->line, what);
	return to_line_end(s, n);
}

enum lg_err lg_ads_read(struct lg_ctx *cx, const char *name, const char *bytes, size_t n, const struct lg_ad_sink *sink)
{
	struct reader *r = lg_alloc(cx->mem, sizeof *r);
	*r = (struct reader){ .sink = sink, .line = 1 };
	if (n > BYTES_MAX) return lg_fail(cx, LG_INVALID, name, "The file is larger than 1 GiB. Give it in parts.");
	if (n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3)) bytes += 3, n -= 3;
	for (size_t used; n; bytes += used, n -= used) {
		used = blanks(bytes, n);
		r->line += count_lines(bytes, used);
		if (used) continue;
		if (*bytes != '{' && *bytes != '[')
			return lg_failf(
			    cx, LG_INVALID, name,
			    "Line %llu does not begin with { or [: this is no file of JobTech advertisements "
			    "(NDJSON, a JSON array, or an answer with \"hits\").",
			    (unsigned long long)r->line);
		used = value(r, bytes, n);
		r->line += count_lines(bytes, used);
	}
	if (r->n_ads) return LG_OK;
	return lg_fail(cx, LG_INVALID, name, "There is no advertisement in this file.");
}
