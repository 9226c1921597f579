/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>

#include "intake_fixture.h"
#include "market/jobtech.h"
#include "market/jobtech_text.h"
#include "market/language.h"

/* A conversion: ads to an openings file and a list of what was said. */
struct conversion {
	struct lg_jobtech *jobtech;
	struct lg_buf openings, said;
	struct lg_jobtech_account account;
	unsigned n_ads, n_taken, n_bad;
};

static void on_ad(void *self, const struct lg_ad *ad)
{
	struct conversion *c = self;
	c->n_ads++;
	c->n_taken += lg_jobtech_row(c->jobtech, &c->openings, &c->account, ad);
	lg_putf(&c->said, "%s: %s | %s\n", ad->id, c->account.understood.len ? c->account.understood.data : "",
	        c->account.missed.len ? c->account.missed.data : "");
}

static void on_bad(void *self, uint64_t line, const char *what)
{
	struct conversion *c = self;
	c->n_bad++;
	lg_putf(&c->said, "line %llu: %.40s\n", (unsigned long long)line, what);
}

static enum lg_err convert(struct scene *s, struct conversion *c, const char *text, size_t n)
{
	const struct lg_ad_sink sink = { c, on_ad, on_bad };
	*c = (struct conversion){ .jobtech = lg_jobtech_new(&s->cx, s->taxonomy) };
	lg_jobtech_header(&c->openings);
	lg_puts(&c->said, "");
	return lg_ads_read(&s->cx, "ads.json", text, n, &sink);
}

static void free_conversion(struct conversion *c)
{
	lg_buf_free(&c->openings);
	lg_buf_free(&c->said);
	lg_buf_free(&c->account.understood);
	lg_buf_free(&c->account.missed);
}

static const char *const one_ad =
    "{\"id\": \"7\", \"number_of_vacancies\": 3, \"employer\": {\"name\": \"Region \\\"Syd\\\", Malmö\"},"
    " \"occupation\": {\"label\": \"Sjuksköterska, grundutbildad\"}, \"occupation_group\": "
    "{\"legacy_ams_taxonomy_id\": \"2221\"},"
    " \"scope_of_work\": {\"min\": 75, \"max\": 75}, \"access\": \"2025-10-01T00:00:00\", "
    "\"driving_license_required\": true,"
    " \"workplace_address\": {\"municipality_code\": \"1280\", \"coordinates\": [13.0, 55.6]},"
    " \"must_have\": {\"skills\": [{\"label\": \"Trollkonst\"}], \"languages\": [{\"label\": \"Svenska\"}, {\"label\": "
    "\"engelska\"},"
    " {\"label\": \"Klingonska\"}]}, \"nice_to_have\": {\"languages\": [{\"label\": \"Arabiska\"}]}}";

static void an_ad_becomes_an_opening(void **state)
{
	(void)state;
	struct scene s;
	struct conversion c;
	scene_begin(&s);
	assert_int_equal(convert(&s, &c, one_ad, strlen(one_ad)), LG_OK);
	const char *row = strchr(c.openings.data, '\n') + 1;
	static const char before[] = "7,\"Region \"\"Syd\"\", Malmö\",SE-1280,55.600000,13.000000,2221,lg:";
	static const char after[] = ",,sv=B1;en=B1,2221@SE,,job,30.0,,3,2025-10-01,no\n";
	assert_memory_equal(row, before, sizeof before - 1);
	assert_string_equal(row + strlen(row) - strlen(after), after);
	assert_non_null(strstr(row, "lg:patient-care;")); /* what most nurses' occupations need */
	assert_null(strstr(row, "cook"));
	assert_non_null(strstr(c.said.data, "skills most occupations of the group need"));
	assert_non_null(strstr(c.said.data, "hours 30.0"));
	assert_non_null(
	    strstr(c.said.data,
	           "skill Trollkonst; language Klingonska; language as an advantage Arabiska; driving licence\n"));
	assert_int_equal(scene_file(&s, LG_OPENINGS, "o.csv", c.openings.data, c.openings.len, 1), LG_OK);
	const struct lg_market *m = scene_market(&s);
	assert_int_equal(m->n_openings, 1);
	assert_int_equal(m->n_rejections, 0);
	assert_int_equal(m->openings[0].hours, 300);
	assert_string_equal(m->opening_rows[0].employer, "Region \"Syd\", Malmö");
	free_conversion(&c);
	scene_end(&s);
}

/* The words of an ad add skills that may be had, never such as must, and languages where it states none. */
static void words_of_an_ad_are_read(void **state)
{
	(void)state;
	static const char ad[] =
	    "{\"id\": \"8\", \"number_of_vacancies\": 1, \"headline\": \"Sjuksk\u00f6terska till Malm\u00f6\","
	    " \"description\": {\"text\": \"Du kan ge f\u00f6rsta hj\u00e4lpen och har B-k\u00f6rkort.\\n"
	    "Goda kunskaper i svenska som motsvarar niv\u00e5 C1, g\u00e4rna arabiska.\\nVi erbjuder matlagning.\"},"
	    " \"occupation_group\": {\"legacy_ams_taxonomy_id\": \"2221\"},"
	    " \"workplace_address\": {\"municipality_code\": \"1280\"}}";
	struct scene s;
	struct conversion c;
	scene_begin(&s);
	assert_int_equal(convert(&s, &c, ad, strlen(ad)), LG_OK);
	const char *row = strchr(c.openings.data, '\n') + 1;
	assert_non_null(strstr(row, ",lg:first-aid;lg:driving-licence-b,sv=C1,"));
	assert_null(strstr(row, "lg:cooking"));
	assert_non_null(strstr(c.said.data, "skill in the text: ge första hjälpen"));
	assert_non_null(strstr(c.said.data, "language in the text sv=C1"));
	free_conversion(&c);
	scene_end(&s);
}

static void asks_for(const char *text, const char *wanted)
{
	struct lg_ad_language found[LG_AD_LANGUAGES_MAX];
	char got[200] = "";
	size_t n = lg_ad_languages(found, text);
	for (size_t i = 0; i < n; i++) {
		size_t at = strlen(got);
		(void)snprintf(got + at, sizeof got - at, "%s%s=%s", i ? " " : "", found[i].code, found[i].level);
	}
	assert_string_equal(got, wanted);
}

static void languages_in_plain_words(void **state)
{
	(void)state;
	asks_for("Du behärskar svenska och engelska flytande i både tal och skrift", "sv=B1 en=B1");
	asks_for("Flytande svenska och engelska, både i tal och skrift; andra språk är meriterande", "sv=B1 en=B1");
	asks_for("Har goda kunskaper i svenska, och gärna engelska", "sv=B1");
	asks_for("språkkunskaper i svenska som lägst motsvarar nivå C1 enligt Europarådet", "sv=C1");
	asks_for("Svenska i tal och skrift. Svenska flytande!", "sv=B1");
	asks_for("Goda kunskaper i engelska är önskvärda", "");
	asks_for("Grundläggande kunskaper i svenska", "");
	asks_for("Du undervisar i engelska och tyska", "");
	asks_for("Kunskaper i svenskt vatten", "");
	asks_for("", "");
}

static void all_three_forms(void **state)
{
	(void)state;
	struct lg_buf text = { 0 };
	static const char *const forms[] = { "%s\n%s\n", "[%s,%s]", "{\"total\": 2, \"hits\": [%s,\n%s]}",
		                             "\xEF\xBB\xBF%s%s" };
	for (size_t i = 0; i < 4; i++) {
		struct scene s;
		struct conversion c;
		lg_buf_clear(&text);
		const char *form = forms[i], *second = strstr(form, "%s") + 2, *third = strstr(second, "%s") + 2;
		lg_put(&text, form, (size_t)(second - 2 - form));
		lg_puts(&text, one_ad);
		lg_put(&text, second, (size_t)(third - 2 - second));
		lg_puts(&text, one_ad);
		lg_puts(&text, third);
		scene_begin(&s);
		assert_int_equal(convert(&s, &c, text.data, text.len), LG_OK);
		assert_int_equal(c.n_taken, 2);
		assert_int_equal(c.n_bad, 0);
		free_conversion(&c);
		scene_end(&s);
	}
	lg_buf_free(&text);
}

static void bad_lines_do_not_stop_the_others(void **state)
{
	(void)state;
	struct scene s;
	struct conversion c;
	const char *text =
	    "{\"id\": \"1\", \"workplace_address\": {\"municipality_code\": \"0180\"}}\n"
	    "{\"id\": \"2\", \"workplace\n"
	    "{\"no\": \"id\"}\n\n"
	    "{\"id\": 5, \"workplace_address\": {\"municipality_code\": \"9999\"}}\n"
	    "{\"id\": \"6\", \"removed\": true, \"workplace_address\": {\"municipality_code\": \"0180\"}}\n"
	    "{\"id\": \"7\", \"remote_work\": true, \"scope_of_work\": {\"min\": 20, \"max\": 100}}\n";
	scene_begin(&s);
	assert_int_equal(convert(&s, &c, text, strlen(text)), LG_OK);
	assert_int_equal(c.n_ads, 4);
	assert_int_equal(c.n_taken, 2);
	assert_int_equal(c.n_bad, 2);
	assert_non_null(strstr(c.said.data, "line 2: This is not JSON"));
	assert_non_null(strstr(c.said.data, "line 3: This is no advertisement"));
	assert_non_null(strstr(c.said.data, "5:  | left out: no place 9999\n"));
	assert_non_null(strstr(c.said.data, "6:  | left out: withdrawn\n"));
	assert_non_null(strstr(c.said.data, "hours left open: 20 to 100 per cent"));
	free_conversion(&c);
	scene_end(&s);
}

static void files_without_ads(void **state)
{
	(void)state;
	static const char *const texts[] = { "",          " \n",    "id,employer\n", "[]", "{\"hits\": []}",
		                             "{\"hits\"", "PK\3\4", "[[[[",          "{}" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct scene s;
		struct conversion c;
		scene_begin(&s);
		assert_int_equal(convert(&s, &c, texts[i], strlen(texts[i])), LG_INVALID);
		assert_non_null(s.cx.notes);
		assert_null(s.cx.notes->next);
		free_conversion(&c);
		scene_end(&s);
	}
}

static void languages_in_swedish(void **state)
{
	(void)state;
	assert_string_equal(lg_language_in_swedish("Engelska"), "en");
	assert_string_equal(lg_language_in_swedish("svenska"), "sv");
	assert_string_equal(lg_language_in_swedish("Farsi"), "fa");
	assert_string_equal(lg_language_in_swedish("Persiska/Farsi"), "fa");
	assert_null(lg_language_in_swedish("English"));
	assert_null(lg_language_in_swedish(""));
}

static void real_ads_come_through(void **state)
{
	(void)state;
	FILE *f = fopen(SHARED_DIR "/data/ads/platsbanken_sample.jsonl", "re");
	if (!f) {
		print_message(
		    "skipped: no folder of test data beside the project (data/ads/platsbanken_sample.jsonl)\n");
		skip();
	}
	static char text[1 << 20];
	size_t n = fread(text, 1, sizeof text, f);
	(void)fclose(f);
	struct scene s;
	struct conversion c;
	scene_begin(&s);
	assert_int_equal(convert(&s, &c, text, n), LG_OK);
	assert_int_equal(c.n_taken, 49);
	assert_int_equal(c.n_bad, 0);
	assert_int_equal(scene_file(&s, LG_OPENINGS, "o.csv", c.openings.data, c.openings.len, 4096), LG_OK);
	const struct lg_market *m = scene_market(&s);
	assert_int_equal(m->n_openings, 49);
	assert_int_equal(m->n_rejections, 0);
	size_t with_occupation = 0;
	for (size_t i = 0; i < 49; i++) with_occupation += m->openings[i].n_occupations > 0;
	assert_int_equal(with_occupation, 49);
	free_conversion(&c);
	scene_end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_ad_becomes_an_opening),
		cmocka_unit_test(all_three_forms),
		cmocka_unit_test(bad_lines_do_not_stop_the_others),
		cmocka_unit_test(files_without_ads),
		cmocka_unit_test(languages_in_swedish),
		cmocka_unit_test(languages_in_plain_words),
		cmocka_unit_test(words_of_an_ad_are_read),
		cmocka_unit_test(real_ads_come_through),
	};
	return cmocka_run_group_tests_name("jobtech", tests, NULL, NULL);
}
