/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Workbooks, job postings and CVs of Europass, as the table that an import reads. */
#include <stdio.h>
#include <string.h>

#include "formats/europass.h"
#include "formats/jobposting.h"
#include "formats/sheet_inner.h"
#include "formats/xlsx.h"

/* Lines of NDJSON that another reader wrote, the first of which is `line`. */
static enum lg_err lines(struct lg_ctx *cx, struct lg_buf *out, const char *format, struct lg_buf *ndjson,
                         enum lg_err err)
{
	if (err == LG_OK) err = sheet_read_objects(cx, out, format, ndjson->data ? ndjson->data : "", ndjson->len, 1);
	lg_buf_free(ndjson);
	return err;
}

bool sheet_is_workbook(const char *bytes, size_t n) { return lg_xlsx_is(bytes, n); }

enum lg_err sheet_read_workbook(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n)
{
	struct lg_buf ndjson = { 0 };
	return lines(cx, out, "xlsx", &ndjson, lg_xlsx_ndjson(cx, &ndjson, "upload", bytes, n, NULL));
}

/* --- postings: the words of schema.org under the names of fields */

struct postings {
	struct lg_buf *out;
};

static const char *const posting_columns[] = { "id",
	                                       "title",
	                                       "employer",
	                                       "words",
	                                       "positions",
	                                       "kind",
	                                       "address",
	                                       "postal_code",
	                                       "town",
	                                       "point",
	                                       "remote",
	                                       "start_on",
	                                       "expires_on",
	                                       "occupations-0.occupation",
	                                       "skills-0.skill",
	                                       "skills-1.skill",
	                                       "skills-2.skill",
	                                       "skills-3.skill" };

static void cell(struct lg_buf *out, const char *s) { lg_sheet_cell(out, s ? s : "", s ? strlen(s) : 0); }

static void day(struct lg_buf *out, const char *s) { lg_sheet_cell(out, s, strnlen(s, 10)); }

static const char *occupation_of(const struct lg_posting *p)
{
	if (!p->n_occupations) return "";
	const struct lg_posting_occupation *o = &p->occupations[0];
	return *o->uri ? o->uri : *o->name ? o->name : o->code;
}

static void put_posting(void *self, const struct lg_posting *p)
{
	struct postings *of = self;
	struct lg_buf *out = of->out;
	const struct lg_posting_place *at = p->n_places ? &p->places[0] : NULL;
	char text[80] = "";
	lg_sheet_line(out, p->line);
	cell(out, *p->id ? p->id : p->url), cell(out, p->title);
	cell(out, *p->employer_id ? p->employer_id : p->employer), cell(out, p->text);
	(void)snprintf(text, sizeof text, "%lld", (long long)(p->openings > 0 ? p->openings : 1));
	cell(out, text), cell(out, "job");
	cell(out, at ? at->street : ""), cell(out, at ? at->postcode : ""), cell(out, at ? at->locality : "");
	*text = '\0';
	if (at && at->has_point) (void)snprintf(text, sizeof text, "%.6f, %.6f", at->latitude, at->longitude);
	cell(out, text), cell(out, p->remote ? "true" : "");
	day(out, p->starts), day(out, p->until);
	cell(out, occupation_of(p));
	for (size_t i = 0; i < 4; i++) cell(out, i < p->skills.n ? p->skills.at[i] : "");
	lg_sheet_end(out);
}

static void bad_posting(void *self, uint64_t line, const char *what)
{
	struct postings *of = self;
	lg_sheet_bad(of->out, line, what, "", 0);
}

bool sheet_is_postings(const char *bytes, size_t n)
{
	enum { LOOK = 1 << 20 };
	size_t look = n < LOOK ? n : LOOK;
	return memmem(bytes, look, "JobPosting", 10) &&
	       (memmem(bytes, look, "\"@type\"", 7) || memmem(bytes, look, "ld+json", 7));
}

enum lg_err sheet_read_postings(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n)
{
	struct postings of = { out };
	const struct lg_posting_sink sink = { &of, put_posting, bad_posting };
	lg_sheet_begin(out, "jobposting");
	for (size_t i = 0; i < sizeof posting_columns / sizeof *posting_columns; i++) cell(out, posting_columns[i]);
	lg_sheet_end(out);
	return lg_postings_read(cx, "upload", bytes, n, &sink);
}

/* --- a CV: one candidate */

enum { JOBS = 10, SCHOOLS = 6, LANGUAGES = 8, SKILLS = 20 };

struct pair {
	const char *name, *value;
};
struct cv {
	struct lg_ctx *cx;
	struct pair at[LG_SHEET_COLUMNS];
	size_t n;
};

static void say(struct cv *c, const char *name, const char *value)
{
	if (value && *value && c->n < LG_SHEET_COLUMNS)
		c->at[c->n++] = (struct pair){ lg_strdup(c->cx->mem, name), value };
}

static void say_of(struct cv *c, const char *list, size_t row, const char *field, const char *value)
{
	say(c, lg_printf(c->cx->mem, "%s-%zu.%s", list, row, field), value);
}

static const char *whole_date(struct lg_ctx *cx, const char *date)
{
	size_t n = strlen(date);
	return n == 4 ? lg_printf(cx->mem, "%s-01-01", date) : n == 7 ? lg_printf(cx->mem, "%s-01", date) : date;
}

static const char *year(struct lg_ctx *cx, const char *date) { return lg_strndup(cx->mem, date, strnlen(date, 4)); }

static void say_stays(struct cv *c, const struct lg_cv *cv)
{
	struct lg_ctx *cx = c->cx;
	for (size_t i = 0; i < cv->n_jobs && i < JOBS; i++) {
		const struct lg_cv_stay *s = &cv->jobs[i];
		const char *words = *s->title && *s->text ? lg_printf(cx->mem, "%s\n%s", s->title, s->text)
		                    : *s->title           ? s->title
		                    : *s->text            ? s->text
		                                          : s->where;
		say_of(c, "experience", i, "own_words", words);
		say_of(c, "experience", i, "employer", s->where), say_of(c, "experience", i, "country", s->country);
		say_of(c, "experience", i, "from_date", whole_date(cx, s->from));
		if (!s->current) say_of(c, "experience", i, "to_date", whole_date(cx, s->to));
	}
	for (size_t i = 0; i < cv->n_schools && i < SCHOOLS; i++) {
		const struct lg_cv_stay *s = &cv->schools[i];
		say_of(c, "education", i, "own_words", *s->title ? s->title : *s->field ? s->field : s->where);
		say_of(c, "education", i, "institution", s->where), say_of(c, "education", i, "country", s->country);
		say_of(c, "education", i, "from_year", year(cx, s->from));
		if (!s->current) say_of(c, "education", i, "to_year", year(cx, s->to));
	}
}

static void say_languages(struct cv *c, const struct lg_cv *cv)
{
	for (size_t i = 0; i < cv->n_languages && i < LANGUAGES; i++) {
		const struct lg_cv_language *l = &cv->languages[i];
		const char *own = l->mother_tongue ? "native" : NULL;
		say_of(c, "languages", i, "language", *l->code ? l->code : l->label);
		say_of(c, "languages", i, "listening", own ? own : l->listening);
		say_of(c, "languages", i, "reading", own ? own : l->reading);
		say_of(c, "languages", i, "interaction", own ? own : l->interaction);
		say_of(c, "languages", i, "production", own ? own : l->production);
		say_of(c, "languages", i, "writing", own ? own : l->writing);
	}
}

static void say_person(struct cv *c, const struct lg_cv *cv)
{
	say(c, "given_name", cv->given), say(c, "family_name", cv->family);
	if (strlen(cv->born) == 10) say(c, "born", cv->born);
	say(c, "mail", cv->email), say(c, "phone", cv->phone);
	say(c, "address", cv->street), say(c, "postal_code", cv->postcode), say(c, "town", cv->town);
	say(c, "wish_words", cv->headline);
	size_t skills = 0;
	for (size_t i = 0; i < cv->n_skills && skills < SKILLS; i++)
		if (*cv->skills[i].uri) say_of(c, "skills", skills++, "skill", cv->skills[i].uri);
	struct lg_buf driving = { 0 };
	for (size_t i = 0; i < cv->n_driving; i++) lg_putf(&driving, "%s%s", i ? "; " : "", cv->driving[i]);
	if (driving.len) say(c, "driving", lg_strdup(c->cx->mem, driving.data));
	lg_buf_free(&driving);
}

bool sheet_is_cv(const char *bytes, size_t n)
{
	enum { LOOK = 1 << 16 };
	size_t look = n < LOOK ? n : LOOK;
	if (n >= 5 && !memcmp(bytes, "%PDF-", 5)) return true;
	return memmem(bytes, look, "SkillsPassport", 14) ||
	       (memmem(bytes, look, "<Candidate", 10) && memmem(bytes, look, "<?xml", 5));
}

enum lg_err sheet_read_cv(struct lg_ctx *cx, struct lg_buf *out, const char *bytes, size_t n)
{
	struct lg_cv *cv;
	struct cv *c = lg_alloc(cx->mem, sizeof *c);
	c->cx = cx;
	LG_TRY(lg_cv_read(cx, "upload", bytes, n, &cv));
	say_person(c, cv);
	say_languages(c, cv);
	say_stays(c, cv);
	if (!c->n) return lg_fail(cx, LG_INVALID, "upload", "There is nothing in this CV that can be read.");
	lg_sheet_begin(out, "europass");
	for (size_t i = 0; i < c->n; i++) cell(out, c->at[i].name);
	lg_sheet_end(out);
	lg_sheet_line(out, 1);
	for (size_t i = 0; i < c->n; i++) cell(out, c->at[i].value);
	lg_sheet_end(out);
	return LG_OK;
}
