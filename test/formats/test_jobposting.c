/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/utf8.h"
#include "formats/html.h"
#include "formats/jobposting.h"
#include "formats/rows.h"

/* What came, as one text; the postings are printed again besides. */
struct heard {
	struct lg_buf story, printed;
	size_t n;
};

static void put_texts(struct lg_buf *out, const char *name, const struct lg_texts *list)
{
	for (size_t i = 0; i < list->n; i++) lg_putf(out, " %s=%s", name, list->at[i]);
}

static void put(struct lg_buf *out, const char *name, const char *s)
{
	assert_non_null(s);
	if (*s) lg_putf(out, " %s=%s", name, s);
}

static void on_posting(void *self, const struct lg_posting *p)
{
	struct heard *h = self;
	struct lg_buf *s = &h->story;
	lg_putf(s, "%llu:", (unsigned long long)p->line);
	put(s, "id", p->id);
	put(s, "scheme", p->id_scheme);
	put(s, "title", p->title);
	put(s, "text", p->text);
	put(s, "employer", p->employer);
	put(s, "no", p->employer_id);
	put(s, "at", p->employer_url);
	put(s, "unit", p->unit);
	put_texts(s, "type", &p->types);
	for (size_t i = 0; i < p->n_places; i++) {
		const struct lg_posting_place *at = &p->places[i];
		lg_putf(s, " place=%s|%s|%s|%s|%s", at->street, at->postcode, at->locality, at->region, at->country);
		if (at->has_point) lg_putf(s, "|%.4f,%.4f", at->latitude, at->longitude);
	}
	if (p->remote) lg_puts(s, " remote");
	put(s, "posted", p->posted);
	put(s, "until", p->until);
	put(s, "starts", p->starts);
	put(s, "hours", p->hours);
	put_texts(s, "must", &p->qualifications);
	put_texts(s, "school", &p->education);
	put_texts(s, "experience", &p->experience);
	put_texts(s, "do", &p->responsibilities);
	put_texts(s, "skill", &p->skills);
	put_texts(s, "uri", &p->skill_uris);
	for (size_t i = 0; i < p->n_occupations; i++)
		lg_putf(s, " occupation=%s|%s|%s|%s", p->occupations[i].scheme, p->occupations[i].code,
		        p->occupations[i].name, p->occupations[i].uri);
	if (p->openings) lg_putf(s, " openings=%lld", (long long)p->openings);
	put(s, "in", p->language);
	if (p->direct_apply) lg_putf(s, " direct=%d", p->direct_apply);
	put(s, "url", p->url);
	lg_putc(s, '\n');
	lg_posting_print(&h->printed, p);
	lg_putc(&h->printed, '\n');
	h->n++;
}

static void on_bad(void *self, uint64_t line, const char *what)
{
	struct heard *h = self;
	lg_putf(&h->story, "%llu BAD %s\n", (unsigned long long)line, what);
}

static void forget(struct heard *h)
{
	lg_buf_free(&h->story);
	lg_buf_free(&h->printed);
}

static enum lg_err hear(struct lg_ctx *cx, struct heard *h, const char *bytes, size_t n)
{
	const struct lg_posting_sink sink = { h, on_posting, on_bad };
	*h = (struct heard){ 0 };
	return lg_postings_read(cx, "f.json", bytes, n, &sink);
}

static void expect(const char *bytes, const char *story)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct heard h;
	assert_int_equal(hear(&cx, &h, bytes, strlen(bytes)), LG_OK);
	assert_null(cx.notes);
	assert_string_equal(h.story.data, story);
	forget(&h);
	lg_arena_free(cx.mem);
}

static void refused(const char *bytes, size_t n, const char *words)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct heard h;
	assert_int_equal(hear(&cx, &h, bytes, n), LG_INVALID);
	assert_non_null(strstr(cx.notes->text, words));
	forget(&h);
	lg_arena_free(cx.mem);
}

/* ------------------------------------------------------------------------------------------------------- reading */

static const char nurse[] =
    "{\"@context\":\"https://schema.org/\",\"@type\":\"JobPosting\",\"title\":\"Sygeplejerske &amp; leder\","
    "\"description\":\"<p>Du passer <b>borgere</b>.</p><ul><li>Morgen</li><li>Aften</li></ul>\","
    "\"identifier\":{\"@type\":\"PropertyValue\",\"name\":\"Odder\",\"value\":4711},"
    "\"hiringOrganization\":{\"@type\":\"Organization\",\"name\":\"Odder "
    "Kommune\",\"taxID\":\"12345674\",\"sameAs\":\"https://odder.example\"},"
    "\"employmentUnit\":{\"name\":\"Hjemmepleje\"},"
    "\"employmentType\":[\"Full-time\",\"CONTRACTOR\",\"Vikar\"],"
    "\"jobLocation\":{\"@type\":\"Place\",\"address\":{\"@type\":\"PostalAddress\",\"streetAddress\":\"Torvet "
    "1\",\"postalCode\":8300,"
    "\"addressLocality\":\"Odder\",\"addressCountry\":{\"@type\":\"Country\",\"name\":\"DK\"}},"
    "\"geo\":{\"latitude\":\"55.9731\",\"longitude\":10.1531}},"
    "\"datePosted\":\"2026-11-01\",\"validThrough\":\"2026-12-01T23:59:00+01:00\",\"jobStartDate\":\"2027-01-01\","
    "\"workHours\":\"37\","
    "\"qualifications\":\"Autorisation\",\"educationRequirements\":{\"@type\":\"EducationalOccupationalCredential\","
    "\"credentialCategory\":\"bachelor\",\"about\":\"Nursing\"},"
    "\"experienceRequirements\":{\"@type\":\"OccupationalExperienceRequirements\",\"monthsOfExperience\":12},"
    "\"skills\":[\"dansk\",{\"@type\":\"DefinedTerm\",\"name\":\"wound "
    "care\",\"url\":\"http://data.europa.eu/esco/skill/1\"},\"http://data.europa.eu/esco/skill/2\"],"
    "\"occupationalCategory\":[\"2221 Nursing professionals\",\"http://data.europa.eu/esco/occupation/3\","
    "{\"@type\":\"CategoryCode\",\"codeValue\":\"2221\",\"inCodeSet\":\"ISCO-08\",\"name\":\"Nurse\"}],"
    "\"totalJobOpenings\":\"3\",\"inLanguage\":\"da\",\"directApply\":true,\"url\":\"https://odder.example/4711\"}";
static const char nurse_story[] =
    " id=4711 scheme=Odder title=Sygeplejerske & leder text=Du passer borgere.\n\n- Morgen\n- Aften employer=Odder "
    "Kommune no=12345674 "
    "at=https://odder.example unit=Hjemmepleje type=FULL_TIME type=CONTRACTOR type=Vikar place=Torvet "
    "1|8300|Odder||DK|55.9731,10.1531 "
    "posted=2026-11-01 until=2026-12-01T23:59:00+01:00 starts=2027-01-01 hours=37 must=Autorisation school=bachelor: "
    "Nursing "
    "experience=12 months of experience skill=dansk skill=wound care uri=http://data.europa.eu/esco/skill/1 "
    "uri=http://data.europa.eu/esco/skill/2 occupation=|2221|Nursing professionals| "
    "occupation=|||http://data.europa.eu/esco/occupation/3 occupation=ISCO-08|2221|Nurse| openings=3 in=da direct=2 "
    "url=https://odder.example/4711\n";

static void all_fields_are_read(void **state)
{
	struct lg_buf story = { 0 };
	(void)state;
	lg_putf(&story, "1:%s", nurse_story);
	expect(nurse, story.data);
	lg_buf_free(&story);
}

static void what_is_printed_reads_the_same(void **state)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct heard once, again;
	(void)state;
	assert_int_equal(hear(&cx, &once, nurse, strlen(nurse)), LG_OK);
	assert_null(strchr(once.printed.data, '<'));
	assert_non_null(strstr(
	    once.printed.data,
	    "{\"@context\":\"https://schema.org\",\"@type\":\"JobPosting\",\"title\":\"Sygeplejerske & leder\","
	    "\"description\":\"\\u003cp>Du passer borgere.\\u003c/p>\\u003cp>- Morgen\\u003cbr>- Aften\\u003c/p>\""));
	assert_int_equal(hear(&cx, &again, once.printed.data, once.printed.len), LG_OK);
	/* Terms of skills have lost the name beside their address: words and addresses are two lists. */
	assert_string_equal(again.story.data, once.story.data);
	forget(&once);
	forget(&again);
	lg_arena_free(cx.mem);
}

static void texts_that_look_like_marks_survive(void **state)
{
	static const char text[] = "Use <b> & </script> \"here\":\n1 < 2 &amp; so on\n\nLast";
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_buf html = { 0 }, back = { 0 }, printed = { 0 };
	struct heard h;
	const struct lg_posting p = { .title = "1 < 2 <!-- x", .text = text };
	(void)state;
	lg_html_of_text(&html, text);
	lg_text_of_html(&cx, &back, html.data, html.len);
	assert_string_equal(back.data, text);
	lg_posting_print(&printed, &p);
	assert_null(strchr(printed.data, '<'));
	assert_int_equal(hear(&cx, &h, printed.data, printed.len), LG_OK);
	assert_non_null(strstr(h.story.data, text));
	forget(&h);
	lg_buf_free(&html);
	lg_buf_free(&back);
	lg_buf_free(&printed);
	lg_arena_free(cx.mem);
}

static void html_becomes_text(void **state)
{
	static const struct {
		const char *html, *text;
	} cases[] = {
		{ "  plain\r\nas it is  ", "plain\nas it is" },
		{ "a < b and b > c, R&D", "a < b and b > c, R&D" },
		{ "&lt;p&gt;Twice &amp;amp; more&lt;/p&gt;", "Twice & more" },
		{ "<div>one</div><div>two<br><br><br>three</div>", "one\ntwo\n\nthree" },
		{ "<script>var x;</script><style>p{}</style><p>seen&nbsp;&#8211; Київ</p>", "seen – Київ" },
		{ "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc" },
		{ "<h2>Krav</h2>\n<ol>\n<li>ét\n<li>to</ol>efter", "Krav\n\n- ét\n- to\n\nefter" },
		{ "<p>", "" },
		{ "<a href=\"javascript:x()\" onclick=x>link</a>", "link" },
	};
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct lg_buf out = { 0 };
		lg_puts(&out, "");
		lg_text_of_html(&cx, &out, cases[i].html, strlen(cases[i].html));
		assert_string_equal(out.data, cases[i].text);
		lg_buf_free(&out);
	}
	lg_arena_free(cx.mem);
}

static void every_kind_of_list_is_looked_into(void **state)
{
	(void)state;
	expect("[{\"@type\":\"JobPosting\",\"name\":\"A\"},\n{\"@type\":[\"Thing\",\"schema:JobPosting\"],\"schema:"
	       "title\":[\"B\"]}]",
	       "1: title=A\n1: title=B\n");
	expect(
	    "\xEF\xBB\xBF{\"@graph\":[{\"@type\":\"WebPage\"},{\"@type\":\"https://schema.org/"
	    "JobPosting\",\"title\":\"C\","
	    "\"hiringOrganization\":{\"@id\":\"#o\"}},{\"@id\":\"#o\",\"@type\":\"Organization\",\"name\":\"Org\"}]}",
	    "1: title=C employer=Org\n");
	expect("{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"ListItem\",\"item\":{\"@type\":"
	       "\"JobPosting\",\"title\":\"D\"}}]}\n\n"
	       "{\"@type\":\"JobPosting\",\"title\":\"E\",\"jobLocationType\":\"TELECOMMUTE\",\"jobLocation\":["
	       "\"Aarhus\",{\"@type\":\"Place\",\"name\":\"Ry\"}]}",
	       "1: title=D\n3: title=E place=||Aarhus|| place=||Ry|| remote\n");
}

static void a_page_is_searched_for_its_scripts(void **state)
{
	(void)state;
	expect("<!DOCTYPE html>\n<html><head><title>x</title>\n<script>var a = '{\"@type\":\"JobPosting\"}';</script>\n"
	       "<script type=\"application/ld+json\">\n{\"@type\":\"JobPosting\",\"title\":\"Kok\",\"description\":\"a "
	       "<b>b</b>\"}</script>\n"
	       "<SCRIPT TYPE='application/LD+json; charset=utf-8'>{broken</SCRIPT></head><body><p>text</body></html>",
	       "4: title=Kok text=a b\n6 BAD This is not JSON (string or '}' expected near 'broken'); the script is "
	       "passed over.\n");
}

static void bad_values_are_said_with_their_line(void **state)
{
	(void)state;
	expect("{\"@type\":\"JobPosting\",\"title\":\"A\"}\n{\"@type\":\"JobPosting\",\n\"title\":\"  "
	       "\"}\n{\"@type\":\n{\"@type\":\"JobPosting\",\"title\":\"B\"}\n",
	       "1: title=A\n2 BAD A JobPosting has neither a title nor a name. Give it one.\n"
	       "4 BAD This is not JSON ('}' expected near end of file); the rest of the line is passed over.\n5: "
	       "title=B\n");
	refused("", 0, "no JobPosting");
	refused("{\"@type\":\"Event\",\"name\":\"x\"}", 28, "no JobPosting");
	refused("<p>nothing</p>", 14, "no JobPosting");
	refused("id,title\n", 9, "Line 1 does not begin");
	refused("{\"a\":\"\xFF\"}", 9, "UTF-8");
	refused("{}\0", 3, "UTF-8");
}

static void hostile_values_end(void **state)
{
	struct lg_buf deep = { 0 };
	(void)state;
	for (int i = 0; i < 100000; i++) lg_putc(&deep, '[');
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct heard h;
	assert_int_equal(hear(&cx, &h, deep.data, deep.len), LG_OK);
	assert_non_null(strstr(h.story.data, "BAD This is not JSON"));
	forget(&h);
	lg_buf_clear(&deep);
	lg_puts(&deep, "{\"@type\":\"JobPosting\",\"title\":\"x\",\"employmentType\":\"");
	for (int i = 0; i < 10000; i++) lg_puts(&deep, "a,");
	lg_puts(&deep, "\",\"skills\":[");
	for (int i = 0; i < 10000; i++) lg_puts(&deep, "\"s\",");
	lg_puts(&deep, "{\"@id\":{\"@id\":{\"@id\":\"#1\"}}}],\"jobLocation\":{\"@id\":\"#1\"},\"@id\":\"#1\"}");
	assert_int_equal(hear(&cx, &h, deep.data, deep.len), LG_OK);
	assert_int_equal(h.n, 1);
	forget(&h);
	lg_buf_free(&deep);
	lg_arena_free(cx.mem);
}

/* -------------------------------------------------------------------------------------------------------- as rows */

static const char *const columns[] = { "title", "town", "skills", "latitude" };
static enum lg_err on_header(void *self, uint64_t known)
{
	(void)self;
	assert_int_equal(known, 15);
	return LG_OK;
}
static void on_unknown(void *self, const char *name, uint64_t line) { (void)self, (void)name, (void)line; }
static void on_record(void *self, const struct lg_record *r)
{
	lg_putf(self, "%llu: %s|", (unsigned long long)r->line, r->fault ? r->fault : "");
	for (int c = 0; c < 4 && !r->fault; c++) lg_putf(self, "%s|", r->cells[c].text);
	lg_putc(self, '\n');
}

static void rows_are_read_as_a_table(void **state)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_buf out = { 0 }, story = { 0 }, in = { 0 };
	const struct lg_sink sink = { &story, columns, 4, on_header, on_unknown, on_record };
	(void)state;
	lg_putf(&in, "{\"@type\":\"JobPosting\"}\n%s\n", nurse);
	assert_int_equal(lg_postings_ndjson(&cx, &out, "f", in.data, in.len), LG_OK);
	struct lg_rows *rows = lg_rows_new(&cx, "f", &sink);
	assert_int_equal(lg_rows_feed(rows, out.data, out.len), LG_OK);
	assert_int_equal(lg_rows_end(rows), LG_OK);
	assert_string_equal(story.data, "1: Line 1: A JobPosting has neither a title nor a name. Give it one.|\n"
	                                "2: |Sygeplejerske & leder|Odder|dansk;wound care|55.9731|\n");
	lg_buf_free(&out);
	lg_buf_free(&story);
	lg_buf_free(&in);
	lg_arena_free(cx.mem);
}

/* ------------------------------------------------------------------------------------------------------- samples */

static void schema_orgs_examples_are_read(void **state)
{
	static const char *const titles[] = { "Software Engineer", "Junior software developer",
		                              "Mobile App Developer" };
	(void)state;
	for (int i = 1; i <= 11; i++) {
		char path[300];
		const char *data = getenv("LG_DATA");
		(void)snprintf(path, sizeof path, "%s/cv/schemaorg/jobposting_%02d.jsonld",
		               data ? data : "../shared/data", i);
		FILE *f = fopen(path, "r");
		if (!f) {
			print_message("skipped: there is no %s\n", path);
			skip();
			return;
		}
		char *bytes = calloc(1, 1 << 16);
		assert_non_null(bytes);
		size_t n = fread(bytes, 1, (1 << 16) - 1, f);
		(void)fclose(f);
		struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
		struct heard h, again;
		assert_int_equal(hear(&cx, &h, bytes, n), LG_OK);
		assert_int_equal(h.n, 1);
		if (i <= 3) assert_non_null(strstr(h.story.data, titles[i - 1]));
		if (i == 3)
			assert_non_null(
			    strstr(h.story.data,
			           "occupation=O*Net-SOC|15-1132.00|Software Developers, Applications|https://"));
		assert_int_equal(hear(&cx, &again, h.printed.data, h.printed.len), LG_OK);
		assert_string_equal(again.story.data, h.story.data);
		forget(&h);
		forget(&again);
		lg_arena_free(cx.mem);
		free(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_fields_are_read),
		cmocka_unit_test(what_is_printed_reads_the_same),
		cmocka_unit_test(texts_that_look_like_marks_survive),
		cmocka_unit_test(html_becomes_text),
		cmocka_unit_test(every_kind_of_list_is_looked_into),
		cmocka_unit_test(a_page_is_searched_for_its_scripts),
		cmocka_unit_test(bad_values_are_said_with_their_line),
		cmocka_unit_test(hostile_values_end),
		cmocka_unit_test(rows_are_read_as_a_table),
		cmocka_unit_test(schema_orgs_examples_are_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
