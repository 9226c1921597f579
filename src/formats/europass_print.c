/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/europass_inner.h"

static void set(json_t *o, const char *key, json_t *v) { lg_assert(v && !json_object_set_new(o, key, v)); }
static void set_text(json_t *o, const char *key, const char *s) { set(o, key, json_string(s ? s : "")); }
static void push(json_t *list, json_t *v) { lg_assert(v && !json_array_append_new(list, v)); }

static int take(const char *bytes, size_t n, void *out)
{
	lg_put(out, bytes, n);
	return 0;
}

static json_t *stays(const struct lg_cv_stay *at, size_t n)
{
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();
		set_text(o, "from", at[i].from);
		set_text(o, "to", at[i].to);
		set(o, "current", json_boolean(at[i].current));
		set_text(o, "title", at[i].title);
		set_text(o, "code", at[i].code);
		set_text(o, "field", at[i].field);
		set_text(o, "where", at[i].where);
		set_text(o, "town", at[i].town);
		set_text(o, "country", at[i].country);
		set_text(o, "text", at[i].text);
		push(list, o);
	}
	return list;
}

static json_t *languages(const struct lg_cv *cv)
{
	json_t *list = json_array();
	for (size_t i = 0; i < cv->n_languages; i++) {
		const struct lg_cv_language *at = &cv->languages[i];
		json_t *o = json_object();
		set_text(o, "code", at->code);
		set_text(o, "label", at->label);
		set(o, "mother_tongue", json_boolean(at->mother_tongue));
		set_text(o, "listening", at->listening);
		set_text(o, "reading", at->reading);
		set_text(o, "interaction", at->interaction);
		set_text(o, "production", at->production);
		set_text(o, "writing", at->writing);
		push(list, o);
	}
	return list;
}

static json_t *skills(const struct lg_cv *cv)
{
	static const char *const kinds[LG_CV_SKILL_KINDS] = { "communication", "organisation", "work", "computer",
		                                              "other" };
	json_t *list = json_array();
	for (size_t i = 0; i < cv->n_skills; i++) {
		json_t *o = json_object();
		set_text(o, "kind", kinds[cv->skills[i].kind]);
		set_text(o, "text", cv->skills[i].text);
		set_text(o, "uri", cv->skills[i].uri);
		push(list, o);
	}
	return list;
}

static json_t *driving(const struct lg_cv *cv)
{
	json_t *list = json_array();
	for (size_t i = 0; i < cv->n_driving; i++) push(list, json_string(cv->driving[i]));
	return list;
}

void lg_cv_json(struct lg_buf *out, const struct lg_cv *cv)
{
	static const char *const forms[] = { "skillspassport_xml", "skillspassport_json", "candidate_xml" };
	json_t *o = json_object();
	set_text(o, "form", forms[cv->form]);
	set(o, "from_pdf", json_boolean(cv->from_pdf));
	set_text(o, "language", cv->language);
	set_text(o, "given", cv->given);
	set_text(o, "family", cv->family);
	set_text(o, "born", cv->born);
	set_text(o, "email", cv->email);
	set_text(o, "phone", cv->phone);
	set_text(o, "street", cv->street);
	set_text(o, "postcode", cv->postcode);
	set_text(o, "town", cv->town);
	set_text(o, "country", cv->country);
	set_text(o, "headline", cv->headline);
	set(o, "jobs", stays(cv->jobs, cv->n_jobs));
	set(o, "schools", stays(cv->schools, cv->n_schools));
	set(o, "languages", languages(cv));
	set(o, "skills", skills(cv));
	set(o, "driving", driving(cv));
	set(o, "cut", json_integer((json_int_t)cv->cut));
	lg_assert(!json_dump_callback(o, take, out, JSON_COMPACT));
	json_decref(o);
}
