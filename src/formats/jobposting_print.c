/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "formats/html.h"
#include "formats/jobposting_inner.h"
#include "formats/rows.h"

/* ---------------------------------------------------------------------------------------------------------- JSON */

static json_t *new_object(const char *type)
{
	json_t *o = json_object();
	lg_assert(o && (!type || !json_object_set_new(o, "@type", json_string(type))));
	return o;
}

static void set(json_t *o, const char *key, json_t *v) { lg_assert(v && !json_object_set_new(o, key, v)); }

static void set_text(json_t *o, const char *key, const char *s)
{
	if (s && *s) set(o, key, json_string(s));
}

static json_t *array_of(const struct lg_texts *list)
{
	json_t *a = json_array();
	lg_assert(a);
	for (size_t i = 0; i < list->n; i++) lg_assert(!json_array_append_new(a, json_string(list->at[i])));
	return a;
}

static void set_texts(json_t *o, const char *key, const struct lg_texts *list)
{
	if (list->n) set(o, key, list->n == 1 ? json_string(list->at[0]) : array_of(list));
}

/* One thing stands alone, more in a list, none not at all. */
static void set_list(json_t *o, const char *key, json_t *list)
{
	size_t n = json_array_size(list);
	if (n == 1) lg_assert(!json_object_set(o, key, json_array_get(list, 0)));
	if (n > 1) lg_assert(!json_object_set(o, key, list));
	json_decref(list);
}

static json_t *new_list(void)
{
	json_t *a = json_array();
	lg_assert(a);
	return a;
}

static int take(const char *bytes, size_t n, void *out)
{
	lg_put(out, bytes, n);
	return 0;
}

/* ------------------------------------------------------------------------------------------------------- JSON-LD */

static void set_employer(json_t *o, const struct lg_posting *p)
{
	if (!p->employer || !*p->employer) return;
	json_t *employer = new_object("Organization");
	set_text(employer, "name", p->employer);
	set_text(employer, "taxID", p->employer_id);
	set_text(employer, "url", p->employer_url);
	set(o, "hiringOrganization", employer);
	if (!p->unit || !*p->unit) return;
	json_t *unit = new_object("Organization");
	set_text(unit, "name", p->unit);
	set(o, "employmentUnit", unit);
}

static void set_identifier(json_t *o, const struct lg_posting *p)
{
	if (!p->id || !*p->id) return;
	json_t *id = new_object("PropertyValue");
	set_text(id, "name", p->id_scheme);
	set_text(id, "value", p->id);
	set(o, "identifier", id);
}

static void set_places(json_t *o, const struct lg_posting *p)
{
	json_t *list = new_list();
	for (size_t i = 0; i < p->n_places; i++) {
		const struct lg_posting_place *from = &p->places[i];
		json_t *place = new_object("Place"), *address = new_object("PostalAddress");
		set_text(address, "streetAddress", from->street);
		set_text(address, "postalCode", from->postcode);
		set_text(address, "addressLocality", from->locality);
		set_text(address, "addressRegion", from->region);
		set_text(address, "addressCountry", from->country);
		set(place, "address", address);
		if (from->has_point) {
			json_t *geo = new_object("GeoCoordinates");
			set(geo, "latitude", json_real(from->latitude));
			set(geo, "longitude", json_real(from->longitude));
			set(place, "geo", geo);
		}
		lg_assert(!json_array_append_new(list, place));
	}
	set_list(o, "jobLocation", list);
	if (p->remote) set_text(o, "jobLocationType", "TELECOMMUTE");
}

static void set_occupations(json_t *o, const struct lg_posting *p)
{
	json_t *list = new_list();
	for (size_t i = 0; i < p->n_occupations; i++) {
		const struct lg_posting_occupation *from = &p->occupations[i];
		json_t *code = new_object("CategoryCode");
		set_text(code, "codeValue", from->code);
		set_text(code, "name", from->name);
		set_text(code, "url", from->uri);
		set_text(code, "inCodeSet", from->scheme);
		lg_assert(!json_array_append_new(list, code));
	}
	set_list(o, "occupationalCategory", list);
}

/* Words and addresses are two lists; an address is a term of its own. */
static void set_skills(json_t *o, const struct lg_posting *p)
{
	json_t *list = array_of(&p->skills);
	for (size_t i = 0; i < p->skill_uris.n; i++) {
		json_t *term = new_object("DefinedTerm");
		set_text(term, "url", p->skill_uris.at[i]);
		lg_assert(!json_array_append_new(list, term));
	}
	set_list(o, "skills", list);
}

static void set_description(json_t *o, const char *text)
{
	struct lg_buf html = { 0 };
	if (!text || !*text) return;
	lg_html_of_text(&html, text);
	set_text(o, "description", html.data);
	lg_buf_free(&html);
}

static json_t *linked(const struct lg_posting *p)
{
	json_t *o = new_object(NULL);
	set_text(o, "@context", "https://schema.org");
	set_text(o, "@type", "JobPosting");
	set_text(o, "title", p->title);
	set_description(o, p->text);
	set_identifier(o, p);
	set_text(o, "datePosted", p->posted);
	set_text(o, "validThrough", p->until);
	set_text(o, "jobStartDate", p->starts);
	set_texts(o, "employmentType", &p->types);
	set_employer(o, p);
	set_places(o, p);
	set_text(o, "workHours", p->hours);
	set_texts(o, "qualifications", &p->qualifications);
	set_texts(o, "educationRequirements", &p->education);
	set_texts(o, "experienceRequirements", &p->experience);
	set_texts(o, "responsibilities", &p->responsibilities);
	set_skills(o, p);
	set_occupations(o, p);
	if (p->openings > 0) set(o, "totalJobOpenings", json_integer(p->openings));
	set_text(o, "inLanguage", p->language);
	if (p->direct_apply != LG_POSTING_UNSAID)
		set(o, "directApply", json_boolean(p->direct_apply == LG_POSTING_YES));
	set_text(o, "url", p->url);
	return o;
}

void lg_posting_print(struct lg_buf *out, const struct lg_posting *p)
{
	struct lg_buf json = { 0 };
	json_t *o = linked(p);
	lg_assert(!json_dump_callback(o, take, &json, JSON_COMPACT | JSON_REAL_PRECISION(9)));
	json_decref(o);
	/* It stands in texts only, and there it may be written so: then no script ends within it. */
	const char *s = json.data;
	for (size_t n; *s; s += n + (s[n] != '\0')) {
		n = strcspn(s, "<");
		lg_put(out, s, n);
		if (s[n]) lg_puts(out, "\\u003c");
	}
	lg_buf_free(&json);
}

/* ---------------------------------------------------------------------------------------------------------- rows */

static void row_text(json_t *o, const char *key, const char *s) { set(o, key, json_string(s ? s : "")); }

static void row_places(json_t *o, const struct lg_posting *p)
{
	static const struct lg_posting_place none = { "", "", "", "", "", false, 0, 0 };
	const struct lg_posting_place *first = p->n_places ? p->places : &none;
	json_t *all = new_list();
	row_text(o, "street", first->street);
	row_text(o, "postcode", first->postcode);
	row_text(o, "town", first->locality);
	row_text(o, "region", first->region);
	row_text(o, "country", first->country);
	set(o, "latitude", first->has_point ? json_real(first->latitude) : json_null());
	set(o, "longitude", first->has_point ? json_real(first->longitude) : json_null());
	for (size_t i = 0; i < p->n_places; i++) {
		const struct lg_posting_place *at = &p->places[i];
		const char *parts[] = { at->street, at->postcode, at->locality, at->region, at->country };
		struct lg_buf words = { 0 };
		for (size_t k = 0; k < 5; k++)
			if (parts[k] && *parts[k]) lg_putf(&words, "%s%s", words.len ? ", " : "", parts[k]);
		lg_assert(!json_array_append_new(all, json_string(words.data ? words.data : "")));
		lg_buf_free(&words);
	}
	set(o, "places", all);
}

static void row_occupations(json_t *o, const struct lg_posting *p)
{
	json_t *uris = new_list(), *codes = new_list(), *names = new_list();
	for (size_t i = 0; i < p->n_occupations; i++) {
		const struct lg_posting_occupation *from = &p->occupations[i];
		if (from->uri && *from->uri) lg_assert(!json_array_append_new(uris, json_string(from->uri)));
		if (from->code && *from->code) lg_assert(!json_array_append_new(codes, json_string(from->code)));
		if (from->name && *from->name) lg_assert(!json_array_append_new(names, json_string(from->name)));
	}
	set(o, "occupation_uris", uris);
	set(o, "occupation_codes", codes);
	set(o, "occupations", names);
}

static json_t *flat(const struct lg_posting *p)
{
	json_t *o = new_object(NULL);
	row_text(o, "id", p->id);
	row_text(o, "id_scheme", p->id_scheme);
	row_text(o, "title", p->title);
	row_text(o, "text", p->text);
	row_text(o, "employer", p->employer);
	row_text(o, "employer_id", p->employer_id);
	row_text(o, "unit", p->unit);
	set(o, "types", array_of(&p->types));
	row_places(o, p);
	set(o, "remote", json_boolean(p->remote));
	row_text(o, "posted", p->posted);
	row_text(o, "until", p->until);
	row_text(o, "starts", p->starts);
	row_text(o, "hours", p->hours);
	set(o, "qualifications", array_of(&p->qualifications));
	set(o, "education", array_of(&p->education));
	set(o, "experience", array_of(&p->experience));
	set(o, "responsibilities", array_of(&p->responsibilities));
	set(o, "skills", array_of(&p->skills));
	set(o, "skill_uris", array_of(&p->skill_uris));
	row_occupations(o, p);
	set(o, "openings", p->openings > 0 ? json_integer(p->openings) : json_null());
	row_text(o, "language", p->language);
	set(o, "direct_apply",
	    p->direct_apply == LG_POSTING_UNSAID ? json_null() : json_boolean(p->direct_apply == LG_POSTING_YES));
	row_text(o, "url", p->url);
	return o;
}

static void put_row(struct lg_buf *out, json_t *o)
{
	lg_assert(!json_dump_callback(o, take, out, JSON_COMPACT | JSON_REAL_PRECISION(9)));
	lg_putc(out, '\n');
	json_decref(o);
}

void lg_posting_row(struct lg_buf *out, const struct lg_posting *p) { put_row(out, flat(p)); }

static void on_bad(void *self, uint64_t line, const char *what)
{
	static const struct lg_posting none;
	struct lg_buf words = { 0 };
	json_t *o = flat(&none);
	lg_putf(&words, "Line %llu: %s", (unsigned long long)line, what);
	set_text(o, "", words.data);
	lg_buf_free(&words);
	put_row(self, o);
}

/* A line that the row reader would not take is none. */
static void on_posting(void *self, const struct lg_posting *p)
{
	struct lg_buf *out = self;
	size_t from = out->len;
	lg_posting_row(out, p);
	if (out->len - from < LG_RECORD_MAX) return;
	out->len = from;
	on_bad(self, p->line, "A JobPosting is longer than 1 MiB.");
}

enum lg_err lg_postings_ndjson(struct lg_ctx *cx, struct lg_buf *out, const char *name, const char *bytes, size_t n)
{
	const struct lg_posting_sink sink = { out, on_posting, on_bad };
	return lg_postings_read(cx, name, bytes, n, &sink);
}
