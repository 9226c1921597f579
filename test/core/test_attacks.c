/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What somebody tries who is signed in, or writes what others will read. doc/attacks.tsv says which attack is held
 * where. */
#include <ctype.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <cmocka.h>

#include "app/record.h"
#include "app/seal.h"
#include "core/candidate.h"
#include "core/choice.h"
#include "core/entity.h"
#include "modules/modules.h"
#include "scratch.h"
#include "service.h"

#define HEADERS FORM

enum { PATH = 400, PAIRS = 60 };
static struct lg_ctx kept; /* what outlives a request */
static char person[40];
static const char *occupation, *skill; /* codes of some */

static const char *say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static const char *say(const char *fmt, ...)
{
	char text[2000];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return lg_strdup(kept.mem, text);
}

/* --- forms, filled by their fields */

struct filled {
	const char *pairs[2 * PAIRS + 1];
	size_t n;
};

static void put(struct filled *f, const char *name, const char *value)
{
	assert_true(f->n + 2 < sizeof f->pairs / sizeof *f->pairs);
	f->pairs[f->n++] = name;
	f->pairs[f->n++] = value;
	f->pairs[f->n] = NULL;
}

static void replace(struct filled *f, const char *name, const char *value)
{
	for (size_t i = 0; i < f->n; i += 2)
		if (!strcmp(f->pairs[i], name)) {
			f->pairs[i + 1] = value;
			return;
		}
	put(f, name, value);
}

static bool is_text(const struct field *f) { return f->type == FIELD_TEXT || f->type == FIELD_AREA; }

/* Something good for a field; NULL: nothing needs to be there. */
static const char *good(const struct field *f, const char *text)
{
	size_t n;
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_AREA: return text;
	case FIELD_MAIL: return "somebody@landgang.example";
	case FIELD_PHONE: return "+45 00 00 00 01";
	case FIELD_DATE: return "2020-01-01";
	case FIELD_NUMBER: return "1";
	case FIELD_CHOICE: return !strcmp(f->section, "identifiers") ? "other" : choices(f->choices, &n)[0].code;
	case FIELD_OCCUPATION: return occupation;
	case FIELD_SKILL: return skill;
	case FIELD_MUNICIPALITY: return "DK-0730";
	case FIELD_POINT: return "55.4, 10.4";
	case FIELD_MEMBER: return service_account(CASEWORKER);
	case FIELD_UNIT:
	case FIELD_CHECK:
	case FIELD_SET:
	case FIELD_WEEK: break;
	}
	return NULL;
}

static const char *form_name(const struct section *s, const struct field *f)
{
	return s->kind == SECTION_MANY ? say("%s-0.%s", s->name, f->name) : f->name;
}

typedef const char *text_for(const struct field *f);

static struct filled fill(const struct entity *e, const struct section *s, text_for *text)
{
	struct filled out = { .n = 0 };
	size_t n;
	const struct field *fields = section_fields(e, s, &n);
	for (const struct field *f = fields; f < fields + n; f++) {
		const char *value = good(f, text(f));
		if (value) put(&out, form_name(s, f), value);
	}
	return out;
}

static const char *plain(const struct field *f) { return !strcmp(f->section, "identifiers") ? "AB123456" : "x"; }

static const char *version_of(const char *id)
{
	return service_sql("SELECT version FROM lg.candidate WHERE id = '%s'", id);
}

static struct service_answer save(const char *id, const struct section *s, struct filled *f)
{
	replace(f, "version", version_of(id));
	return service_post(CASEWORKER, say("/candidates/%s/edit/%s", id, s->name), f->pairs);
}

static void register_somebody(void **state)
{
	(void)state;
	struct service_answer a = service_post(CASEWORKER, "/candidates",
	                                       FORM("given_name", "Iryna", "family_name", "Kovalenko", "born",
	                                            "1990-05-24", "legal_basis", "public_task"));
	assert_status(a, 303);
	(void)strncat(person, strrchr(a.location, '/') + 1, 36);
	a = service_get(CASEWORKER, "/concepts?of=occupation&q=sygeplejerske");
	occupation = say("%s", record_word(json_array_get(a.json, 0), "id"));
	a = service_get(CASEWORKER, "/concepts?of=skill&q=svejse");
	skill = say("%s", record_word(json_array_get(a.json, 0), "id"));
	assert_true(*occupation && *skill);
}

/* --- P18: any text in any field */

static char *megabyte(void)
{
	enum { MEGABYTE = 1 << 20 };
	char *text = lg_alloc(kept.mem, MEGABYTE + 1);
	memset(text, 'A', MEGABYTE);
	text[MEGABYTE] = '\0';
	return text;
}

/* Is it there as it was typed? Of fields that are sealed, only the mask is. */
static void stands(const char *id, const struct section *s, const struct field *f, const char *text)
{
	struct service_answer a = service_api(PROGRAM, HTTP_GET, say("/api/v1/candidates/%s", id), NULL, NULL);
	assert_status(a, 200);
	if (candidate_section_is_sealed(s)) return;
	const json_t *part = json_object_get(a.json, s->name);
	if (s->kind == SECTION_MANY) part = json_array_get(part, 0);
	if (strcmp(record_word(part, f->name), text) != 0)
		fail_msg("%s.%s is \"%s\", not \"%s\"", s->name, f->name, record_word(part, f->name), text);
}

static const char *hostile[] = { "' OR 1=1--$$\\'\"%s%n{}&<>",
	                         "a\001\177b",
	                         "\xE2\x80\xAE\xEF\xBF\xBF\xF0\x9F\x92\xA9",
	                         "-1",
	                         "1\r\nx: y",
	                         NULL /* a megabyte */ };
enum { HOSTILE = sizeof hostile / sizeof *hostile };

static void every_field_keeps_what_was_typed_or_says_why_not(void **state)
{
	(void)state;
	size_t n, tried = 0, stored = 0;
	hostile[HOSTILE - 1] = megabyte();
	for (size_t i = 0; i < candidate_entity.n_sections; i++) {
		const struct section *s = &candidate_entity.sections[i];
		const struct field *fields = section_fields(&candidate_entity, s, &n);
		struct filled base = fill(&candidate_entity, s, plain);
		struct service_answer a = save(person, s, &base);
		if (a.status != 303) fail_msg("%s, filled well: %d %.3000s", s->name, a.status, a.body);
		for (const struct field *f = fields; f < fields + n; f++)
			for (size_t h = 0; h < HOSTILE; h++) {
				struct filled form = base;
				replace(&form, form_name(s, f), hostile[h]);
				a = save(person, s, &form);
				if (a.status != 303 && a.status != 422)
					fail_msg("%s.%s: %d for %.40s: %.3000s", s->name, f->name, a.status, hostile[h],
					         a.body);
				if (a.status == 303 && is_text(f) && !strpbrk(hostile[h], "\r"))
					stands(person, s, f, hostile[h]), stored++;
				tried++;
			}
		assert_status(save(person, s, &base), 303);
	}
	print_message("# %zu tried, %zu stored\n", tried, stored);
	assert_true(tried > 300 && stored > 50);
}

static void a_week_of_hours_is_kept_as_it_was_typed(void **state)
{
	(void)state;
	assert_status(
	    service_post(CASEWORKER, say("/candidates/%s/edit/week", person),
	                 FORM("version", version_of(person), "available.mon.from", "08:00", "available.mon.to", "15:30",
	                      "available.tue.from", "09:15", "available.tue.to", "12:45")),
	    303);
	assert_string_equal(service_sql("SELECT available FROM lg.candidate WHERE id = '%s'", person),
	                    "mon 08:00-15:30; tue 09:15-12:45");
}

static void other_forms_and_reasons_do_so_too(void **state)
{
	(void)state;
	const struct {
		const char *path, *form[12];
	} forms[] = {
		{ "/candidates/%s/notes", { "text", "x", "language", "uk", "why", "" } },
		{ "/candidates/%s/contacts",
		  { "channel", "phone", "direction", "out", "reached", "yes", "words", "x", "why", "" } },
		{ "/candidates/%s/tasks", { "what", "x", "due", "2026-12-01", "owner", "", "why", "" } },
		{ "/candidates/%s/state", { "state", "closed", "reason", "moved", "version", "1", "why", "" } },
		{ "/candidates/%s/edit/next", { "version", "1", "next_step", "x", "add", "", "take", "", "why", "" } },
		{ "/candidates/%s/edit/skills", { "version", "1", "add", "", "take", "", "skills-0.gone", "" } },
		{ "/candidates/batch", { "do", "ask", "pick", "x" } },
		{ "/candidates/views", { "name", "x", "query", "state=open" } },
		{ "/candidates", { "given_name", "", "legal_basis", "public_task", "anyway", "", "why", "" } },
		{ "/candidates/%s/erase", { "version", "1", "family_name", "nobody", "why", "x" } },
		{ "/language", { "language", "da", "next", "/" } },
	};
	size_t tried = 0;
	hostile[HOSTILE - 1] = megabyte();
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		for (size_t k = 0; k < 12 && forms[i].form[k]; k += 2)
			for (size_t h = 0; h < HOSTILE; h++) {
				struct filled form = { .n = 0 };
				for (size_t m = 0; m < 12 && forms[i].form[m]; m += 2)
					put(&form, forms[i].form[m], m == k ? hostile[h] : forms[i].form[m + 1]);
				const char *path = strchr(forms[i].path, '%')
				                       ? say("/candidates/%s%s", person, forms[i].path + 14)
				                       : forms[i].path;
				int who = strstr(path, "/erase") ? OFFICER : CASEWORKER;
				struct service_answer a = service_post(who, path, form.pairs);
				if (a.status >= 500)
					fail_msg("%s %s=%.40s: %d %.3000s", path, forms[i].form[k], hostile[h],
					         a.status, a.body);
				tried++;
			}
	print_message("# %zu tried\n", tried);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.candidate WHERE id = '%s'", person), "1");
	/* Nothing grows without end: not a reason, not a view. */
	assert_string_equal(service_sql("SELECT max(length(why)) < 2000 FROM lg.audit"), "t");
	assert_string_equal(service_sql("SELECT max(length(query)) < 4000 AND max(length(name)) <= 240 FROM "
	                                "lg.saved_view"),
	                    "t");
	assert_string_equal(service_sql("SELECT count(*) FROM lg.audit WHERE why ~ '[[:cntrl:]]'"), "0");
}

/* --- P19: search */

static size_t found(const char *q)
{
	struct lg_buf b = { 0 };
	size_t n = 0;
	lg_puts(&b, "/candidates?q=");
	http_put_encoded(&b, q);
	struct service_answer a = service_get(CASEWORKER, b.data);
	if (a.status != 200) fail_msg("%s: %d", q, a.status);
	for (const char *s = a.body; (s = strstr(s, "name=\"pick\"")); s++) n++;
	lg_buf_free(&b);
	return n;
}

static void signs_in_the_search_box_are_signs(void **state)
{
	(void)state;
	static const char *const names[] = { "Zaporozhets", "Zaporozhenko", "Quillfeather" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_status(service_post(CASEWORKER, "/candidates",
		                           FORM("given_name", "Oksana", "family_name", names[i], "legal_basis",
		                                "public_task", "anyway", "1")),
		              303);
	size_t plainly = found("Zaporozhets");
	assert_true(plainly >= 1);
	static const char *const around[] = { "Zaporozhets & | ! ( : * <->",
		                              "\"Zaporozhets",
		                              "'Zaporozhets'",
		                              "Zaporozhets:*",
		                              "Zaporozhets%",
		                              "Zaporozhets\\",
		                              "(Zaporozhets",
		                              "$$Zaporozhets",
		                              "{Zaporozhets}[" };
	for (size_t i = 0; i < sizeof around / sizeof *around; i++)
		if (found(around[i]) != plainly) fail_msg("%s: %zu, not %zu", around[i], found(around[i]), plainly);
	static const char *const nobody[] = { "%", "_",          "%%%", "___",    "*",      "\\",  "'",           "&",
		                              "!", "' OR 1=1--", "Q%r", "Q_____", "Quill*", "<->", "\xE2\x80\xAE" };
	/* What has letters finds who is called so by its letters, and nobody else. */
	for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++)
		if (found(nobody[i]) > (*nobody[i] == 'Q')) fail_msg("%s finds %zu", nobody[i], found(nobody[i]));
	assert_int_equal(service_get(CASEWORKER, say("/candidates?q=%.*s", 1000, megabyte())).status, 200);
}

/* --- P20: what is written by one and read by others */

static const char *value_end(const char *s, const char **value, size_t *n)
{
	char quote = *s == '"' || *s == '\'' ? *s : 0;
	*value = quote ? s + 1 : s;
	*n = quote ? strcspn(*value, (char[]){ quote, 0 }) : strcspn(s, " \t\r\n>");
	return *value + *n + (quote != 0);
}

static bool leads_elsewhere(const char *value, size_t n)
{
	static const char *const good_ones[] = { "/", "#", "?", "mailto:", "tel:", "https://", "" };
	if (n > 1 && value[0] == '/' && (value[1] == '/' || value[1] == '\\')) return true;
	for (size_t i = 0; i < sizeof good_ones / sizeof *good_ones; i++)
		if (good_ones[i][0] ? n >= strlen(good_ones[i]) && !strncmp(value, good_ones[i], strlen(good_ones[i]))
		                    : n == 0)
			return false;
	return true;
}

static bool is_named(const char *s, size_t n, const char *name)
{
	return strlen(name) == n && !strncasecmp(s, name, n);
}

/* One tag, as a browser reads it. @return what follows */
static const char *inert_tag(const char *s, const char *where)
{
	static const char *const never[] = { "iframe", "object", "embed", "base", "frame", "style", "math" };
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"), k;
	const char *tag = s, *value;
	bool script = is_named(s, n, "script"), ours = false;
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		if (is_named(s, n, never[i])) fail_msg("%s has a <%s>: %.200s", where, never[i], tag);
	for (s += n; *s && *s != '>';) {
		if (isspace((unsigned char)*s) || *s == '/') {
			s++;
			continue;
		}
		const char *name = s;
		n = strcspn(s, " \t\r\n=>/");
		if (!n || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-:ABCDEFGHIJKLMNOPQRSTUVWXYZ") < n ||
		    !strncasecmp(name, "on", 2) || !strncasecmp(name, "hx-on", 5) || is_named(name, n, "style") ||
		    is_named(name, n, "srcdoc"))
			fail_msg("%s has an attribute %.*s: %.300s", where, (int)n, name, tag);
		s += n;
		if (*s != '=') continue;
		s = value_end(s + 1, &value, &k);
		bool goes = is_named(name, n, "href") || is_named(name, n, "src") || is_named(name, n, "action") ||
		            is_named(name, n, "formaction") || !strncmp(name, "hx-get", 6);
		if (goes && leads_elsewhere(value, k)) fail_msg("%s leads to %.*s", where, (int)k, value);
		if (is_named(name, n, "src") && !strncmp(value, "/assets/", 8)) ours = true;
	}
	if (script && !ours) fail_msg("%s has a script: %.200s", where, tag);
	return s;
}

static size_t inert(const struct service_answer *a, const char *where)
{
	size_t tags = 0;
	for (const char *s = strchr(a->body, '<'); s; s = strchr(s, '<'), tags++) {
		s++;
		if (*s == '!')
			s = strncmp(s, "!--", 3) != 0 ? strchr(s, '>') : strstr(s, "-->");
		else if (*s == '/')
			s = strchr(s, '>');
		else if (isalpha((unsigned char)*s))
			s = inert_tag(s, where);
		else
			fail_msg("%s has a < that is no tag: %.100s", where, s);
		if (!s) {
			fail_msg("%s has a tag without an end", where);
			break;
		}
	}
	const char *policy = service_header("Content-Security-Policy"), *keep = service_header("Cache-Control");
	if (!policy || strstr(policy, "unsafe") || !strstr(policy, "default-src 'none'"))
		fail_msg("%s has the policy %s", where, policy ? policy : "(none)");
	if (!keep || strcmp(keep, "no-store") != 0) fail_msg("%s may be kept: %s", where, keep ? keep : "");
	return tags;
}

#define BREAKS_OUT "\"><svg/onload=zqx(1)>'<script>zqx(2)</script><img src=x onerror=zqx(3)>{{7*7}}"
static const char *breaks_out(const struct field *f)
{
	if (!strcmp(f->section, "identifiers")) return f->max < 60 ? "\"><b onload=zqx>" : "\"><svg/onload=zqx(1)>";
	return f->max >= strlen(BREAKS_OUT) ? BREAKS_OUT : f->max >= 30 ? "\"'><svg/onload=zqx(1)>" : "\"'><b a=1";
}
static const char *is_a_script(const struct field *f) { return f->max < 17 ? "'onx='" : "javascript:zqx(1)"; }

static const char *filled_path(const char *pattern, const char *candidate)
{
	struct lg_buf b = { 0 };
	for (const char *s = pattern; *s;) {
		const char *end = *s == '{' ? strchr(s, '}') : NULL;
		if (!end)
			lg_putc(&b, *s++);
		else {
			lg_puts(&b, !strncmp(s, "{id}", 4) ? candidate : "00000000-0000-4000-8000-000000000000");
			s = end + 1;
		}
	}
	const char *out = lg_strdup(kept.mem, b.data);
	lg_buf_free(&b);
	return out;
}

static size_t crawl(int who, const char *q)
{
	size_t n, pages = 0;
	const struct route *routes = modules_routes(&n);
	struct lg_buf query = { 0 };
	http_put_encoded(&query, q);
	for (size_t i = 0; i < n; i++) {
		if (routes[i].method != HTTP_GET || !strncmp(routes[i].path, "/api/", 5)) continue;
		const char *path = filled_path(routes[i].path, person);
		if (strstr(routes[i].path, "{section}"))
			path = say("/candidates/%s/edit/%s", person,
			           candidate_entity.sections[i % candidate_entity.n_sections].name);
		const char *const forms[] = { path, say("%s?q=%s", path, query.data),
			                      say("%s?next=%s&said=%s", path, query.data, query.data) };
		for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
			struct service_answer a = service_get(who, forms[k]);
			if (a.status == 500) fail_msg("%s: 500", forms[k]);
			if (strncmp(a.type, "text/html", 9) != 0) continue;
			(void)inert(&a, forms[k]);
			pages++;
		}
	}
	lg_buf_free(&query);
	return pages;
}

/* All that one can write of oneself, of others and of the office. */
static void write_everywhere(text_for *text, const char *long_one)
{
	for (size_t i = 0; i < candidate_entity.n_sections; i++) {
		const struct section *s = &candidate_entity.sections[i];
		struct filled form = fill(&candidate_entity, s, text);
		put(&form, "why", long_one);
		struct service_answer a = save(person, s, &form);
		if (a.status != 303) fail_msg("%s: %d %.3000s", s->name, a.status, a.body);
	}
	const struct {
		const char *path, *form[10];
	} forms[] = { { "notes", { "text", long_one, "why", long_one } },
		      { "contacts", { "channel", "phone", "direction", "out", "reached", "yes", "words", long_one } },
		      { "tasks", { "what", long_one, "due", "2026-12-01" } } };
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct filled form = { .n = 0 };
		for (size_t k = 0; k < 10 && forms[i].form[k]; k += 2)
			put(&form, forms[i].form[k], forms[i].form[k + 1]);
		assert_status(service_post(CASEWORKER, say("/candidates/%s/%s", person, forms[i].path), form.pairs),
		              303);
	}
	(void)service_post(CASEWORKER, "/candidates/views", FORM("name", long_one, "query", say("q=%s", long_one)));
	const char *quoted = service_sql("SELECT quote_literal($x$%s$x$)", long_one);
	(void)service_sql("UPDATE lg.member SET name = left(%s, 100), title = %s WHERE tenant_id = 1", quoted, quoted);
	(void)service_sql("UPDATE lg_gate.session SET actor = actor || jsonb_build_object('name', %s, 'tenant_name', "
	                  "%s) WHERE tenant_id = 1",
	                  quoted, quoted);
	(void)service_sql("INSERT INTO lg.unit (tenant_id, name) VALUES (1, %s); UPDATE lg.client SET name = %s; "
	                  "UPDATE lg_ref.tenant SET name = %s WHERE id = 1",
	                  quoted, quoted, quoted);
}

static void what_people_write_does_nothing_where_others_read_it(void **state)
{
	(void)state;
	static const struct {
		text_for *text;
		const char *whole;
	} rounds[] = { { breaks_out, BREAKS_OUT }, { is_a_script, "javascript:zqx(1)" } };
	for (size_t r = 0; r < sizeof rounds / sizeof *rounds; r++) {
		write_everywhere(rounds[r].text, rounds[r].whole);
		size_t pages = crawl(CASEWORKER, rounds[r].whole) + crawl(ADMINISTRATOR, rounds[r].whole) +
		               crawl(OFFICER, rounds[r].whole) + crawl(NOBODY, rounds[r].whole);
		print_message("# %zu pages\n", pages);
		assert_true(pages > 200);
		/* Pages that show a form again. */
		struct service_answer a = service_post(CASEWORKER, "/candidates",
		                                       FORM("given_name", rounds[r].whole, "born", rounds[r].whole,
		                                            rounds[r].whole, "x", "mail", rounds[r].whole));
		assert_status(a, 422);
		assert_true(inert(&a, "a form with faults") > 20);
		a = service_post(CASEWORKER, say("/candidates/%s/edit/contact", person),
		                 FORM("version", "1", "address", rounds[r].whole));
		assert_status(a, 409);
		assert_true(inert(&a, "two versions") > 20);
		a = service_get(CASEWORKER, say("/candidates/%s", person));
		assert_non_null(strstr(a.body, "zqx")); /* it does stand there */
	}
}

/* The check above must see what it is there to see. */
static void planted_scripts_are_seen(void **state)
{
	(void)state;
	assert_true(leads_elsewhere("javascript:x", 12));
	assert_true(leads_elsewhere("//evil.example", 14));
	assert_true(leads_elsewhere(" javascript:x", 13));
	assert_false(leads_elsewhere("/candidates", 11));
	const char *value;
	size_t n;
	const char *rest = value_end("\"a' b\" onload=x>", &value, &n);
	assert_int_equal(n, 4);
	assert_string_equal(rest, " onload=x>");
}

/* --- P21, P23, P24: where an answer leads, and what stands in its head */

static void an_answer_leads_nowhere_else_and_has_one_head(void **state)
{
	(void)state;
	static const char *const evil[] = { "//evil.example",       "/\\evil.example",  "https:evil.example",
		                            "%09//evil.example",    "\t//evil.example", "http://xn--e1afmkfd.example",
		                            "x\r\nSet-Cookie: x=1", "\r\n\r\n<script>", "a=b#c",
		                            "state=open\r\nBcc: x", "\xE2\x80\xAE" };
	for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
		struct lg_buf b = { 0 };
		http_put_encoded(&b, evil[i]);
		const char *const get[] = { say("/sign-in?next=%s", b.data), say("/search?q=%s", b.data),
			                    say("/candidates/new?next=%s", b.data),
			                    say("/?said=%s&lang=%s", b.data, b.data) };
		for (size_t k = 0; k < sizeof get / sizeof *get; k++)
			for (int who = NOBODY; who <= CASEWORKER; who++) {
				struct service_answer a = service_get(who, get[k]);
				if (a.location && (a.location[0] != '/' || strstr(a.location, "//") ||
				                   strpbrk(a.location, "\r\n\\\t") || a.location[1] == '/'))
					fail_msg("%s leads to %s", get[k], a.location);
				if (*a.body) (void)inert(&a, get[k]);
				if (strstr(a.body, "value=\"//evil") || strstr(a.body, "href=\"//evil"))
					fail_msg("%s offers %s", get[k], evil[i]);
			}
		struct service_answer a =
		    service_post(CASEWORKER, "/candidates/views", FORM("name", say("view %zu", i), "query", evil[i]));
		if (a.status >= 500 ||
		    (a.location && (strncmp(a.location, "/candidates", 11) != 0 || strpbrk(a.location, "\r\n"))))
			fail_msg("a view of %s: %d %s", evil[i], a.status, a.location ? a.location : "");
		lg_buf_free(&b);
	}
	struct service_answer a = service_post(
	    CASEWORKER, "/candidates/views", FORM("name", "kept", "query", "state=open&q=%D0%9E%26sort%3Dx&sort=next"));
	assert_status(a, 303);
	assert_string_equal(service_sql("SELECT query FROM lg.saved_view WHERE name = 'kept'"),
	                    "q=%D0%9E%26sort%3Dx&state=open&sort=next");
}

/* --- P11: what is another office's is nowhere */

struct ids {
	const char *candidate, *number, *task, *view, *member, *role, *unit, *client, *session;
};

static void enter(int who, const char *sql)
{
	uint8_t token[SEAL_TOKEN];
	assert_true(seal_token_read(token, service_token(who)));
	(void)service_sql("SELECT lg_gate.enter('\\x%s'); %s", seal_hex(&kept, token, sizeof token), sql);
}

/* One of each, of the other office. */
static struct ids foreign_ids(void)
{
	struct ids ids = { 0 };
	int there = service_sign_in(2, "administrator");
	struct service_answer a =
	    service_post(STRANGER, "/candidates",
	                 FORM("given_name", "Bohdan", "family_name", "Elsewhere", "legal_basis", "public_task"));
	assert_status(a, 303);
	ids.candidate = say("%.36s", strrchr(a.location, '/') + 1);
	assert_status(
	    service_post(STRANGER, say("/candidates/%s/edit/identifiers", ids.candidate),
	                 FORM("version", "1", "identifiers-0.kind", "cpr", "identifiers-0.number", "010150-5006")),
	    303);
	assert_status(service_post(STRANGER, say("/candidates/%s/tasks", ids.candidate),
	                           FORM("what", "Call", "due", "2026-12-01")),
	              303);
	assert_status(service_post(STRANGER, "/candidates/views", FORM("name", "mine", "query", "state=open")), 303);
	enter(there, "SELECT lg_gate.client_create('There', '{caseworker}', sha256('x'))");
	(void)service_sql("INSERT INTO lg.unit (tenant_id, name) VALUES (2, 'There')");
#define OF_2(table) say("%s", service_sql("SELECT id FROM lg." table " WHERE tenant_id = 2 LIMIT 1"))
	ids.number = OF_2("candidate_identifier");
	ids.task = OF_2("task");
	ids.view = OF_2("saved_view");
	ids.member = OF_2("member");
	ids.role = OF_2("member_role");
	ids.unit = OF_2("unit");
	ids.client = OF_2("client");
#undef OF_2
	assert_int_equal(strlen(ids.number) + strlen(ids.task) + strlen(ids.view) + strlen(ids.member) +
	                     strlen(ids.role) + strlen(ids.unit) + strlen(ids.client),
	                 7 * 36);
	return ids;
}

/* The id that a route is about, by its first word; NULL: it takes none, or the sign-in's. */
static const char *id_for(const char *path, const struct ids *ids)
{
	const struct {
		const char *begins, *id;
	} all[] = {
		{ "/candidates/views/", ids->view }, { "/candidates/", ids->candidate }, { "/tasks/", ids->task },
		{ "/members/", ids->member },        { "/units/", ids->unit },           { "/clients/", ids->client }
	};
	if (!strncmp(path, "/api/v1", 7)) path += 7;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strncmp(path, all[i].begins, strlen(all[i].begins))) return all[i].id;
	return NULL;
}

static const char *route_path(const char *pattern, const char *id, const struct ids *ids)
{
	struct lg_buf b = { 0 };
	for (const char *s = pattern; *s;) {
		const char *end = *s == '{' ? strchr(s, '}') : NULL;
		if (!end) {
			lg_putc(&b, *s++);
			continue;
		}
		lg_puts(&b, !strncmp(s, "{section}", 9)  ? "person"
		            : !strncmp(s, "{number}", 8) ? (id ? id : ids->number)
		            : !strncmp(s, "{role}", 6)   ? (id ? id : ids->role)
		            : id                         ? id
		                                         : id_for(pattern, ids));
		s = end + 1;
	}
	const char *out = lg_strdup(kept.mem, b.data);
	lg_buf_free(&b);
	return out;
}

/* An answer without what is the request's own: its number, the ids it named, and what is left of the session. */
static const char *told(const struct service_answer *a, const char *const *own)
{
	struct lg_buf b = { 0 };
	const char *number = service_header("X-Request-Id");
	lg_putf(&b, "%d %s ", a->status, a->type);
	for (const char *s = a->body; *s;) {
		size_t skip = number && !strncmp(s, number, strlen(number)) ? strlen(number) : 0;
		for (const char *const *o = own; *o; o++)
			if (!strncmp(s, *o, strlen(*o))) skip = strlen(*o);
		if (!skip)
			lg_putc(&b, *s++);
		else
			s += skip, lg_puts(&b, "*");
	}
	const char *out = lg_strdup(kept.mem, b.data);
	lg_buf_free(&b);
	return out;
}

static struct service_answer ask_route(const struct route *r, int who, const char *path)
{
	bool api = !strncmp(path, "/api/", 5);
	if (api)
		return service_api(who, r->method, path, "{\"text\":\"x\",\"what\":\"x\",\"due\":\"2026-12-01\"}",
		                   HEADERS("If-Match", "\"1\""));
	if (r->method == HTTP_GET) return service_get(who, path);
	if (strstr(path, "/roles")) return service_post(who, path, FORM("role", "caseworker"));
	if (!strncmp(path, "/units/", 7))
		return service_post(who, path, FORM("name", "x", "state", "open", "version", "1"));
	if (!strncmp(path, "/members/", 9))
		return service_post(who, path, FORM("name", "x", "title", "", "phone", "", "version", "1"));
	return service_post(who, path, FORM("version", "1", "why", "x"));
}

static void ids_of_another_office_are_as_unknown_as_any(void **state)
{
	(void)state;
	static const int everybody[] = { CASEWORKER, ADMINISTRATOR, OFFICER };
	static const char nowhere[] = "11111111-1111-4111-8111-111111111111";
	struct ids ids = foreign_ids();
	const char *const own[] = { nowhere,  ids.candidate, ids.number, ids.task,   ids.view,
		                    ids.role, ids.member,    ids.unit,   ids.client, NULL };
	const char *before = service_sql("SELECT sum(hashtext(c::text)) FROM lg.candidate c WHERE tenant_id = 2");
	size_t n, asked = 0;
	const struct route *routes = modules_routes(&n);
	for (size_t i = 0; i < n; i++) {
		const struct route *r = &routes[i];
		bool api = !strncmp(r->path, "/api/", 5), unknown = false;
		if (!strstr(r->path, "{id}") || !id_for(r->path, &ids)) continue;
		for (size_t w = 0; w < (api ? 1 : sizeof everybody / sizeof *everybody); w++) {
			int who = api ? PROGRAM : everybody[w];
			const char *theirs = "", *nobodys = "-";
			for (int t = 0; t < 5 && strcmp(theirs, nobodys) != 0; t++) { /* a second may pass between */
				struct service_answer a = ask_route(r, who, route_path(r->path, NULL, &ids));
				theirs = told(&a, own);
				a = ask_route(r, who, route_path(r->path, nowhere, &ids));
				nobodys = told(&a, own);
				if (a.status != 404 && a.status != 403 && !strstr(r->path, "/done"))
					fail_msg("%s: %d %.2000s", r->path, a.status, a.body);
				unknown = unknown || a.status == 404 || a.location;
			}
			if (strcmp(theirs, nobodys) != 0)
				fail_msg("%s\n%.1500s\n---\n%.1500s", r->path, theirs, nobodys);
			asked++;
		}
		if (!unknown) fail_msg("%s: nobody may ask", r->path);
	}
	print_message("# %zu asked\n", asked);
	assert_true(asked > 60);
	assert_string_equal(service_sql("SELECT sum(hashtext(c::text)) FROM lg.candidate c WHERE tenant_id = 2"),
	                    before);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.task WHERE tenant_id = 2 AND done IS NULL"), "1");
}

static void what_is_done_to_many_is_done_to_ones_own(void **state)
{
	(void)state;
	const char *theirs = say("%s", service_sql("SELECT id FROM lg.candidate WHERE tenant_id = 2 LIMIT 1"));
	const char *was = version_of(theirs), *owner = say("owner:%s", service_account(STRANGER));
	assert_status(service_post(CASEWORKER, "/candidates/batch", FORM("do", "ask", "pick", theirs, "pick", person)),
	              303);
	assert_string_equal(version_of(theirs), was);
	assert_string_equal(service_sql("SELECT next_on > '2021-01-01' FROM lg.candidate WHERE id = '%s'", person),
	                    "t");
	/* Nor does the audit of one office tell of another's people. */
	assert_string_equal(service_sql("SELECT count(*) FROM lg.audit WHERE tenant_id = 1 AND subject = '%s'", theirs),
	                    "0");
	assert_status(service_post(CASEWORKER, "/candidates/batch", FORM("do", owner, "pick", person)), 303);
	assert_string_equal(
	    service_sql("SELECT owner = '%s' FROM lg.candidate WHERE id = '%s'", service_account(STRANGER), person),
	    "f");
}

/* --- P12 */

static void what_no_form_has_is_refused_by_all(void **state)
{
	(void)state;
	static const char *const names[] = { "tenant_id", "role", "owner_id", "row_version" };
	static const char *const paths[] = { "notes", "contacts", "tasks", "state" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		for (size_t k = 0; k < sizeof paths / sizeof *paths; k++) {
			const char *const forms[4][12] = { { "text", "mass", names[i], "2" },
				                           { "channel", "phone", "direction", "out", "reached", "yes",
				                             "words", "mass", names[i], "2" },
				                           { "what", "mass", "due", "2026-12-01", names[i], "2" },
				                           { "state", "closed", "reason", "moved", "version",
				                             version_of(person), names[i], "2" } };
			assert_status(service_post(CASEWORKER, say("/candidates/%s/%s", person, paths[k]), forms[k]),
			              422);
			struct filled json = { .n = 0 };
			for (size_t m = 0; m < 12 && forms[k][m]; m += 2)
				if (strcmp(forms[k][m], "version") != 0) put(&json, forms[k][m], forms[k][m + 1]);
			json_t *o = json_object();
			for (size_t m = 0; m < json.n; m += 2)
				json_object_set_new(o, json.pairs[m], json_string(json.pairs[m + 1]));
			char *text = json_dumps(o, 0);
			struct service_answer a =
			    service_api(PROGRAM, HTTP_POST, say("/api/v1/candidates/%s/%s", person, paths[k]), text,
			                HEADERS("If-Match", version_of(person)));
			free(text);
			json_decref(o);
			assert_status(a, 422);
		}
	assert_string_equal(service_sql("SELECT (SELECT count(*) FROM lg.note WHERE text = 'mass') + (SELECT count(*) "
	                                "FROM lg.task WHERE what = 'mass') + (SELECT count(*) FROM lg.contact WHERE "
	                                "words = 'mass') + (SELECT count(*) FROM lg.candidate WHERE id = '%s' AND "
	                                "state = 'closed')",
	                                person),
	                    "0");
}

/* --- P26 */

static double cpu_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void odd_json_is_refused_at_once(void **state)
{
	(void)state;
	static const char *const odd[] = {
		"{\"text\":\"\\ud800\"}",
		"{\"text\":\"a\\u0000b\"}",
		"{\"text\":\"x\",\"te\\u0000xt\":1}",
		"{\"text\":1e999}",
		"{\"text\":-0}",
		"{\"text\":\"x\"}]",
		"{\"text\":\"x\",\"text\":\"y\"}",
		"{\"text\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
		"\xEF\xBB\xBF{\"text\":\"x\"}",
		"{\"text\":\"\xED\xA0\x80\"}",
		"{\"text\":\"\xC0\xAF\"}",
		"{\"text\":99999999999999999999999999}",
		"[]",
		"\"text\"",
		"null",
		""
	};
	const char *path = say("/api/v1/candidates/%s/notes", person);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		struct service_answer a = service_api(PROGRAM, HTTP_POST, path, odd[i], NULL);
		if (a.status != 422 && a.status != 400) fail_msg("%s: %d", odd[i], a.status);
	}
	enum { DEEP = 10000 };
	char *deep = lg_alloc(kept.mem, DEEP + 1);
	memset(deep, '[', DEEP);
	deep[DEEP] = '\0';
	double before = cpu_ms();
	assert_status(service_api(PROGRAM, HTTP_POST, path, deep, NULL), 422);
	print_message("# %.1f ms\n", cpu_ms() - before);
	assert_true(cpu_ms() - before < 50);
}

/* --- P34, P35: files */

/* The next cell of CSV, unquoted, to out; NULL: the end. */
static const char *cell_of(const char *s, struct lg_buf *out)
{
	lg_buf_clear(out);
	lg_puts(out, "");
	if (!*s) return NULL;
	if (*s != '"') {
		size_t n = strcspn(s, ",\r\n");
		lg_put(out, s, n);
		s += n;
	} else {
		for (s++; *s; s++) {
			if (*s == '"' && s[1] != '"') break;
			if (*s == '"') s++;
			lg_putc(out, *s);
		}
		if (*s) s++;
	}
	return *s == '\r' && s[1] == '\n' ? s + 2 : *s ? s + 1 : s;
}

static void no_cell_of_a_file_is_a_formula(void **state)
{
	(void)state;
	static const char *const names[] = {
		"=1+1",  "+1",  "-1",   "@SUM(1)",       "\t=1", "\r=1",   "\xEF\xBC\x9Dz", "'=1",
		"\",=1", ";=1", "\"=1", "\xEF\xBC\xA0x", "a\"b", "x,=1+1", "=\"a\"\"b\""
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_status(service_post(CASEWORKER, "/candidates",
		                           FORM("given_name", names[i], "family_name", say("Cell%zu", i), "legal_basis",
		                                "public_task", "anyway", "1", "next_step", names[i])),
		              303);
	struct service_answer a = service_get(CASEWORKER, "/candidates.csv");
	assert_status(a, 200);
	assert_string_equal(service_header("Content-Disposition"), "attachment; filename=\"candidates.csv\"");
	assert_int_equal(strncmp(a.body, "\xEF\xBB\xBF", 3), 0);
	struct lg_buf cell = { 0 };
	size_t cells = 0, back = 0;
	for (const char *s = a.body + 3; (s = cell_of(s, &cell)); cells++) {
		static const char *const risky[] = {
			"=", "+", "-", "@", "\t", "\r", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"
		};
		for (size_t i = 0; i < sizeof risky / sizeof *risky; i++)
			if (!strncmp(cell.data, risky[i], strlen(risky[i]))) fail_msg("a cell is %s", cell.data);
		/* What was typed comes back without the apostrophe. */
		for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
			const char *typed = names[i] + strspn(names[i], "\t\r");
			back += !strcmp(cell.data[0] == '\'' ? cell.data + 1 : cell.data, typed);
		}
	}
	lg_buf_free(&cell);
	print_message("# %zu cells, %zu of those typed\n", cells, back);
	assert_true(cells > 12 * sizeof names / sizeof *names);
	assert_true(back >= 2 * (sizeof names / sizeof *names));
}

static void who_takes_a_file_is_written_down_with_how_much(void **state)
{
	(void)state;
	const char *all = service_sql("SELECT count(*) FROM lg.candidate WHERE tenant_id = 1 AND state = 'draft'");
	assert_status(service_get(CASEWORKER, "/candidates.csv?state=draft&q="), 200);
#define LAST "SELECT why FROM lg.audit WHERE verb = 'exported' ORDER BY at DESC LIMIT 1"
	assert_string_equal(service_sql(LAST), say("csv, %s state=draft", all));
	assert_status(service_get(CASEWORKER, "/candidates.xlsx?state=draft"), 200);
	assert_string_equal(service_sql(LAST), say("xlsx, %s state=draft", all));
	/* Neither what somebody was looked for by, nor where a list goes on, which is a name. */
	assert_status(service_get(CASEWORKER, say("/candidates.csv?q=Kovalenko&after=Kovalenko%%20Iryna|%s", person)),
	              200);
	assert_null(strstr(service_sql(LAST), "Kovalenko"));
	/* A filter that is cut is cut between characters. */
	for (int shift = 0; shift < 3; shift++) {
		struct lg_buf b = { 0 };
		lg_puts(&b, "/candidates.csv?municipality=");
		for (int i = 0; i < shift; i++) lg_putc(&b, 'x');
		for (int i = 0; i < 60; i++) lg_puts(&b, "%E2%82%AC");
		assert_true(service_get(CASEWORKER, b.data).status < 500);
		lg_buf_free(&b);
	}
	assert_status(service_get(READER, "/candidates.csv"), 403);
	assert_status(service_get(NOBODY, "/candidates.csv"), 303);
}

/* --- P43 */

static void lists_are_bounded(void **state)
{
	(void)state;
	static const char *const refused[] = { "page_size=1000000000",
		                               "page=1000000000",
		                               "sort=nothing",
		                               "state=nothing",
		                               "flag=x",
		                               "owner=x",
		                               "unit=x",
		                               "after=x%7Cy",
		                               "level=c9",
		                               "sort=name%27" };
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		assert_status(service_get(CASEWORKER, say("/candidates?%s", refused[i])), 422);
		assert_status(service_api(PROGRAM, HTTP_GET, say("/api/v1/candidates?%s", refused[i]), NULL, NULL),
		              422);
	}
	(void)service_sql("INSERT INTO lg.candidate (tenant_id, id, registered_by, owner, state, sort_name, likeness, "
	                  "given_name, family_name, legal_basis) SELECT 1, gen_random_uuid(), registered_by, owner, "
	                  "'draft', 'many ' || n, likeness, 'Many', 'Many', legal_basis FROM lg.candidate, "
	                  "generate_series(1, 300) n WHERE id = '%s'",
	                  person);
	static const char *const many[] = { "1000000000", "-1", "0", "99999999999999999999999", "x" };
	for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
		struct service_answer a =
		    service_api(PROGRAM, HTTP_GET, say("/api/v1/candidates?limit=%s", many[i]), NULL, NULL);
		assert_status(a, 200);
		assert_int_equal(json_array_size(json_object_get(a.json, "items")), 200);
	}
	struct lg_buf b = { 0 };
	lg_puts(&b, "/candidates?");
	for (int i = 0; i < 190; i++) lg_putf(&b, "%sfilter%d=x", i ? "&" : "", i);
	assert_status(service_get(CASEWORKER, b.data), 422);
	lg_buf_clear(&b);
	lg_puts(&b, "/candidates.csv?");
	for (int i = 0; i < 190; i++) lg_putf(&b, "%smunicipality=%060d", i ? "&" : "", i);
	assert_true(service_get(CASEWORKER, b.data).status < 500);
	lg_buf_free(&b);
	assert_string_equal(service_sql("SELECT max(length(why)) < 2000 FROM lg.audit"), "t");
	(void)service_sql("DELETE FROM lg.candidate WHERE given_name = 'Many'");
}

/* --- P39: a thousand times two who save at once */

enum { RACES = 1000, SECONDS = 20 };
struct racer {
	char target[PATH], match[24], body[100];
	int status;
};

static void *run(void *with)
{
	struct racer *r = with;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL), .id = (uint64_t)(uintptr_t)r, .now = time(NULL) };
	struct http_pair headers[] = { { "Authorization", lg_printf(cx.mem, "Bearer %s", service_token(PROGRAM)) },
		                       { "If-Match", r->match } };
	struct http_request rq = { .method = HTTP_PUT,
		                   .method_name = "PUT",
		                   .path = r->target,
		                   .peer = "10.0.0.1",
		                   .body = r->body,
		                   .n_body = strlen(r->body),
		                   .headers = { headers, 2 } };
	struct http_response rs = { 0 };
	app_serve(&cx, service_app(), &rq, &rs);
	r->status = rs.status;
	http_response_free(&rs);
	lg_arena_free(cx.mem);
	return NULL;
}

static void of_two_who_save_at_once_one_wins_a_thousand_times(void **state)
{
	(void)state;
	time_t begun = time(NULL);
	long version = strtol(version_of(person), NULL, 10);
	int races = 0;
	for (; races < RACES && time(NULL) - begun < SECONDS; races++) {
		struct racer two[2];
		pthread_t threads[2];
		for (int i = 0; i < 2; i++) {
			(void)snprintf(two[i].target, PATH, "/api/v1/candidates/%s/contact", person);
			(void)snprintf(two[i].match, sizeof two[i].match, "\"%ld\"", version);
			(void)snprintf(two[i].body, sizeof two[i].body, "{\"phone\": \"+45 %d %04d\"}", i + 10, races);
			assert_int_equal(pthread_create(&threads[i], NULL, run, &two[i]), 0);
		}
		for (int i = 0; i < 2; i++) (void)pthread_join(threads[i], NULL);
		int won = (two[0].status == 204) + (two[1].status == 204);
		for (int i = 0; i < 2; i++)
			if (two[i].status != 204 && two[i].status != 412 && two[i].status != 409)
				fail_msg("race %d: %d", races, two[i].status);
		if (won != 1) fail_msg("race %d: %d won", races, won);
		version++;
	}
	print_message("# %d races\n", races);
	assert_int_equal(strtol(version_of(person), NULL, 10), version);
	assert_true(races >= 20);
}

/* --- P40 of answers that show a secret */

static void a_number_that_was_shown_is_kept_in_no_answer(void **state)
{
	(void)state;
	struct service_answer a =
	    service_api(PROGRAM, HTTP_POST, "/api/v1/candidates?anyway=1",
	                "{\"person\":{\"given_name\":\"Number\",\"family_name\":\"Shown\"},\"basis\":{\"legal_basis\":"
	                "\"public_task\"},\"identifiers\":[{\"kind\":\"cpr\",\"number\":\"311257-8004\"}]}",
	                NULL);
	assert_status(a, 201);
	const char *id = say("%s", record_word(a.json, "id"));
	a = service_api(PROGRAM, HTTP_GET, say("/api/v1/candidates/%s", id), NULL, NULL);
	const char *path = say("/api/v1/candidates/%s/numbers/%s", id,
	                       record_word(json_array_get(json_object_get(a.json, "identifiers"), 0), "id"));
	for (int i = 1; i <= 2; i++) {
		a = service_api(PROGRAM, HTTP_POST, path, "{}", HEADERS("Idempotency-Key", "show"));
		assert_status(a, 200);
		assert_string_equal(record_word(a.json, "number"), "311257-8004");
		assert_string_equal(service_sql("SELECT count(*) FROM lg.audit WHERE verb = 'revealed' AND subject = "
		                                "'%s'",
		                                id),
		                    say("%d", i));
	}
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.idempotency WHERE position('8004' IN encode(answer, 'escape')) > 0"),
	    "0");
	assert_status(
	    service_api(PROGRAM, HTTP_DELETE, say("/api/v1/candidates/%s", id), NULL, HEADERS("If-Match", "\"1\"")),
	    204);
}

/* --- P46 */

/* All of the database as text; it lives in `kept`. */
static const char *dump(void)
{
	struct lg_buf all = { 0 };
	char part[65536];
	/* NOLINTNEXTLINE(cert-env33-c): a name of our own */
	FILE *f = popen(say("pg_dump -U postgres \"%s\"", scratch_conninfo()), "r");
	assert_non_null(f);
	for (size_t n; (n = fread(part, 1, sizeof part, f));) lg_put(&all, part, n);
	assert_int_equal(pclose(f), 0);
	const char *out = lg_strndup(kept.mem, all.data, all.len);
	lg_buf_free(&all);
	return out;
}

static bool is_in(const char *all, const char *word)
{
	return strcasestr(all, word) || strstr(all, seal_hex(&kept, word, strlen(word)));
}

static const char *const words_of_one[] = { "Zvenyslava",  "Pereverzykhina", "Звенислава",   "Переверзихіна",
	                                    "0101505006",  "010150-5006",    "5006",         "zvenyslava",
	                                    "71727374",    "Kalynova",       "реанімаційна", "Odonata-noten",
	                                    "Odonata-sag", "Odonata-talk",   "Zvenyslavivna" };

static const char *register_one(void)
{
	struct service_answer a = service_api(
	    PROGRAM, HTTP_POST, "/api/v1/candidates?anyway=1",
	    "{\"person\":{\"given_name\":\"Zvenyslava\",\"family_name\":\"Pereverzykhina\",\"given_native\":"
	    "\"Звенислава\","
	    "\"family_native\":\"Переверзихіна\",\"born\":\"1950-01-01\"},\"basis\":{\"legal_basis\":\"public_task\"},"
	    "\"contact\":{\"mail\":\"zvenyslava@landgang.example\",\"phone\":\"+45 71727374\",\"address\":\"Kalynova "
	    "7\"},"
	    "\"identifiers\":[{\"kind\":\"cpr\",\"number\":\"010150-5006\"}],"
	    "\"experience\":[{\"own_words\":\"реанімаційна сестра\"}]}",
	    HEADERS("Idempotency-Key", "erase-me"));
	assert_status(a, 201);
	const char *id = say("%s", record_word(a.json, "id"));
	assert_status(service_post(CASEWORKER, say("/candidates/%s/notes", id), FORM("text", "Odonata-noten")), 303);
	assert_status(
	    service_post(CASEWORKER, say("/candidates/%s/tasks", id), FORM("what", "Odonata-sag", "due", "2026-12-01")),
	    303);
	assert_status(
	    service_post(CASEWORKER, say("/candidates/%s/contacts", id),
	                 FORM("channel", "phone", "direction", "out", "reached", "yes", "words", "Odonata-talk")),
	    303);
	assert_status(service_post(CASEWORKER, say("/candidates/%s/edit/family", id),
	                           FORM("version", version_of(id), "family-0.relation", "child", "family-0.name",
	                                "Zvenyslavivna")),
	              303);
	assert_status(service_get(CASEWORKER, "/candidates?q=Zvenyslava"), 200);
	assert_status(service_get(CASEWORKER, "/candidates.csv?q=Pereverzykhina"), 200);
	a = service_api(PROGRAM, HTTP_GET, say("/api/v1/candidates/%s", id), NULL, NULL);
	const char *number = say("%s", record_word(json_array_get(json_object_get(a.json, "identifiers"), 0), "id"));
	assert_status(service_api(PROGRAM, HTTP_POST, say("/api/v1/candidates/%s/numbers/%s", id, number), "{}",
	                          HEADERS("Idempotency-Key", "erase-me-shown")),
	              200);
	assert_status(service_post(CASEWORKER, say("/candidates/%s/numbers/%s", id, number), FORM("why", "tax")), 200);
	return id;
}

static void of_who_was_erased_nothing_is_found(void **state)
{
	(void)state;
	const char *id = register_one(), *all = dump();
	size_t seen = 0;
	for (size_t i = 0; i < sizeof words_of_one / sizeof *words_of_one; i++) seen += is_in(all, words_of_one[i]);
	assert_true(seen >= 10); /* before, names and notes stand there: the search finds what there is */
	assert_false(is_in(all, "0101505006"));
	assert_false(is_in(all, "010150-5006"));
	assert_true(
	    strtol(service_sql("SELECT count(*) FROM lg.audit WHERE subject = '%s' AND payload IS NOT NULL", id), NULL,
	           10) >= 2);
	(void)service_sql("SELECT lg_gate.seal_audit()");
	assert_status(
	    service_post(OFFICER, say("/candidates/%s/erase", id),
	                 FORM("version", version_of(id), "family_name", "Pereverzykhina", "why", "asked for it")),
	    303);
	all = dump();
	for (size_t i = 0; i < sizeof words_of_one / sizeof *words_of_one; i++)
		if (!!strcmp(words_of_one[i], "5006") && is_in(all, words_of_one[i]))
			fail_msg("%s is still there: %.300s", words_of_one[i],
			         strcasestr(all, words_of_one[i]) ? strcasestr(all, words_of_one[i]) - 100 : "(hex)");
	/* What the history kept is there for the chain, and without a key. */
	assert_true(
	    strtol(service_sql("SELECT count(*) FROM lg.audit WHERE subject = '%s' AND payload IS NOT NULL", id), NULL,
	           10) >= 2);
	assert_string_equal(service_sql("SELECT count(*) FROM lg.person_key WHERE subject = '%s'", id), "0");
	assert_status(service_get(OFFICER, say("/candidates/%s/history", id)), 404);
	assert_string_equal(
	    service_sql("SELECT count(*) FROM lg.audit WHERE subject = '%s' AND verb = 'erased' AND why = 'asked for "
	                "it'",
	                id),
	    "1");
	(void)service_sql("SELECT lg_gate.seal_audit()");
	struct service_answer a = service_get(OFFICER, "/audit/check");
	assert_status(a, 200);
	assert_non_null(strstr(a.body, "The chain holds"));
}

static int close_all(void **state)
{
	(void)state;
	service_close();
	lg_arena_free(kept.mem);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 2) return 2;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(register_somebody),
		cmocka_unit_test(every_field_keeps_what_was_typed_or_says_why_not),
		cmocka_unit_test(a_week_of_hours_is_kept_as_it_was_typed),
		cmocka_unit_test(other_forms_and_reasons_do_so_too),
		cmocka_unit_test(signs_in_the_search_box_are_signs),
		cmocka_unit_test(an_answer_leads_nowhere_else_and_has_one_head),
		cmocka_unit_test(ids_of_another_office_are_as_unknown_as_any),
		cmocka_unit_test(what_is_done_to_many_is_done_to_ones_own),
		cmocka_unit_test(what_no_form_has_is_refused_by_all),
		cmocka_unit_test(odd_json_is_refused_at_once),
		cmocka_unit_test(no_cell_of_a_file_is_a_formula),
		cmocka_unit_test(who_takes_a_file_is_written_down_with_how_much),
		cmocka_unit_test(lists_are_bounded),
		cmocka_unit_test(of_two_who_save_at_once_one_wins_a_thousand_times),
		cmocka_unit_test(a_number_that_was_shown_is_kept_in_no_answer),
		cmocka_unit_test(of_who_was_erased_nothing_is_found),
		cmocka_unit_test(planted_scripts_are_seen),
		cmocka_unit_test(what_people_write_does_nothing_where_others_read_it),
	};
	kept.mem = lg_arena_new(0, NULL);
	service_open(argv[1]);
	return cmocka_run_group_tests_name("attacks", tests, NULL, close_all);
}
