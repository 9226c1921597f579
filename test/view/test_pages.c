/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "view/assets.h"
#include "view/html.h"
#include "view/land.h"
#include "view/number.h"
#include "view/sample.html.h"
#include "view/security_txt.h"
#include "view/speech.h"

static struct lg_buf out;

static const char *print(const struct html_sample *v)
{
	lg_buf_clear(&out);
	html_sample(&out, v);
	return out.data;
}

static void values_are_escaped_in_text_and_in_attributes(void **state)
{
	(void)state;
	const char *page = print(&(struct html_sample){ .title = "<script>\"&'" });
	assert_non_null(
	    strstr(page, "<h1 title=\"&lt;script&gt;&quot;&amp;&#39;\">&lt;script&gt;&quot;&amp;&#39;</h1>"));
	assert_null(strstr(page, "<script>"));
}

static void a_flag_chooses_between_a_section_and_its_opposite(void **state)
{
	(void)state;
	assert_non_null(strstr(print(&(struct html_sample){ .bold = true, .n = 7 }), "<p>7 Points</p>"));
	const char *thin = print(&(struct html_sample){ 0 });
	assert_non_null(strstr(thin, "<p>thin</p>"));
	assert_null(strstr(thin, "Points"));
}

static void a_list_is_printed_for_each_and_names_are_found_outwards(void **state)
{
	(void)state;
	struct html_sample_rows_parts parts[] = { { "arm" }, { "leg" } };
	struct html_sample_rows rows[] = { { .name = "Ann", .parts = parts, .n_parts = 2 }, { .name = "Bo" } };
	const char *page = print(&(struct html_sample){ .title = "T", .rows = rows, .n_rows = 2 });
	assert_non_null(strstr(page, "<ul><li>Ann arm of Ann of T leg of Ann of T</li><li>Bo none</li></ul>"));
	assert_non_null(strstr(print(&(struct html_sample){ 0 }), "<ul><li>nobody</li></ul>"));
}

static void a_page_stands_within_a_page_and_is_left_out_when_there_is_none(void **state)
{
	(void)state;
	const struct html_leaf leaf = { "x<y" };
	assert_non_null(strstr(print(&(struct html_sample){ .leaf = &leaf }), "<b>x&lt;y</b>"));
	assert_null(strstr(print(&(struct html_sample){ 0 }), "<b>"));
}

static void a_file_is_taken_as_it_stands_and_comments_and_indents_are_not(void **state)
{
	(void)state;
	const char *page = print(&(struct html_sample){ .bold = true });
	assert_non_null(strstr(page, "<i>as it stands: {{title}}</i>"));
	assert_null(strstr(page, "not printed"));
	assert_null(strstr(page, "\t"));
}

static void texts_and_numbers_that_are_there_open_sections(void **state)
{
	(void)state;
	assert_non_null(strstr(print(&(struct html_sample){ .title = "a", .n = -1 }), "<a href=\"#a\">there!</a>"));
	assert_non_null(strstr(print(&(struct html_sample){ .title = "" }), "<a href=\"#\">not there</a>"));
}

static const char *link_of(void (*print_link)(struct lg_buf *, const char *), const char *link)
{
	lg_buf_clear(&out);
	print_link(&out, link);
	lg_puts(&out, "");
	return out.data;
}

static void a_link_leads_nowhere_else_and_runs_nothing(void **state)
{
	(void)state;
	assert_string_equal(link_of(lg_html_link, "/candidates?q=a&b"), "/candidates?q=a&amp;b");
	assert_string_equal(link_of(lg_html_link, "/"), "/");
	assert_string_equal(link_of(lg_html_link, "?sort=name"), "?sort=name");
	assert_string_equal(link_of(lg_html_link, "tel:+4578000000"), "tel:+4578000000");
	static const char *const bad[] = { "javascript:alert(1)",
		                           "//evil.example",
		                           "/\\evil.example",
		                           "https://evil.example",
		                           "",
		                           "data:text/html,x",
		                           "\tjavascript:x",
		                           "/a\nb",
		                           "a",
		                           NULL };
	for (int i = 0; bad[i]; i++) assert_string_equal(link_of(lg_html_link, bad[i]), "#");
	assert_string_equal(link_of(lg_html_link, NULL), "#");
	assert_string_equal(link_of(lg_html_site, "https://was.example/\"x"), "https://was.example/&quot;x");
	assert_string_equal(link_of(lg_html_site, "javascript:x"), "#");
	assert_string_equal(link_of(lg_html_site, "/own"), "#");
	assert_string_equal(link_of(lg_html_site, NULL), "#");
}

static void a_page_of_any_shape_stands_in_a_page(void **state)
{
	(void)state;
	const struct html_leaf leaf = { "x<y" };
	const char *page = print(&(struct html_sample){ .body = html_leaf_any(&leaf) });
	assert_non_null(strstr(page, "<main><b>x&lt;y</b>\n</main>"));
	assert_null(strstr(print(&(struct html_sample){ .body = html_leaf_any(NULL) }), "<main>"));
}

static void what_stands_around_a_list_is_printed_once_or_not(void **state)
{
	(void)state;
	struct html_sample_rows rows[] = { { .name = "Ann" }, { .name = "Bo" } };
	const char *page = print(&(struct html_sample){ .rows = rows, .n_rows = 2 });
	const char *around = strstr(page, "<p>some</p>");
	assert_non_null(around);
	assert_null(strstr(around + 1, "<p>some</p>"));
	assert_null(strstr(print(&(struct html_sample){ 0 }), "<p>some</p>"));
}

/* --- assets */

static void an_asset_is_found_by_its_path_and_name(void **state)
{
	(void)state;
	const char *path = asset_url("landgang.css");
	assert_non_null(path);
	assert_ptr_equal(asset_at(path), asset_named("landgang.css"));
	assert_string_equal(asset_at(path)->type, "text/css; charset=utf-8");
	assert_null(asset_at("/assets/landgang.css"));
	assert_null(asset_named("../etc/passwd"));
	assert_null(asset_url(""));
	assert_non_null(asset_url("plex-400-latin.woff2"));
}

static void an_asset_is_sent_as_the_browser_takes_it(void **state)
{
	(void)state;
	const struct asset *css = asset_named("landgang.css"), *letters = asset_named("plex-400-latin.woff2");
	const char *coding;
	assert_ptr_equal(asset_for(css, "gzip, deflate, br, zstd", &coding).at, css->br.at);
	assert_string_equal(coding, "br");
	assert_ptr_equal(asset_for(css, "deflate, gzip", &coding).at, css->gz.at);
	assert_string_equal(coding, "gzip");
	assert_ptr_equal(asset_for(css, "gzip, br;q=0", &coding).at, css->gz.at);
	assert_ptr_equal(asset_for(css, "br;q=0.0, gzip;q=0", &coding).at, css->raw.at);
	assert_null(coding);
	assert_ptr_equal(asset_for(css, "brotli, xgzip", &coding).at, css->raw.at);
	assert_ptr_equal(asset_for(css, NULL, &coding).at, css->raw.at);
	assert_ptr_equal(asset_for(letters, "br", &coding).at, letters->raw.at);
	assert_null(coding);
}

static void security_txt_has_a_line_for_each_and_takes_no_other(void **state)
{
	(void)state;
	struct security_txt v = { .contact = "mailto:security@landgang.example", .expires = 1798761600 };
	lg_buf_clear(&out);
	lg_security_txt(&out, &v);
	assert_string_equal(out.data, "Contact: mailto:security@landgang.example\nExpires: 2027-01-01T00:00:00Z\n"
	                              "Preferred-Languages: da, sv, en, uk\n");
	v.policy = "https://landgang.example/\nContact: mailto:evil@example.org";
	lg_buf_clear(&out);
	lg_security_txt(&out, &v);
	assert_null(strstr(out.data, "evil"));
}

static void nothing_is_printed_of_no_text(void **state)
{
	(void)state;
	struct lg_buf empty = { 0 };
	lg_html_text(&empty, NULL);
	lg_html_text(&empty, "");
	assert_int_equal(empty.len, 0);
}

/* --- numbers and land */

static void speak(const char *language)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	assert_int_equal(lg_speak(&cx, language, LANG_DIR), LG_OK);
	lg_arena_free(cx.mem);
}

static void numbers_are_written_as_the_language_does(void **state)
{
	(void)state;
	char text[48];
	speak("en");
	assert_string_equal(lg_number_count(text, 1234567), "1,234,567");
	assert_string_equal(lg_number_tenths(text, 12345), "1,234.5");
	speak("da");
	assert_string_equal(lg_number_count(text, 1234567), "1.234.567");
	assert_string_equal(lg_number_tenths(text, 12345), "1.234,5");
	speak("sv");
	assert_string_equal(lg_number_count(text, 1234567), "1\u00A0234\u00A0567");
	speak("uk");
	assert_string_equal(lg_number_tenths(text, 375), "37,5");
	assert_string_equal(lg_number_tenths(text, 370), "37");
	assert_string_equal(lg_number_count(text, 0), "0");
	assert_string_equal(lg_number_count(text, 999), "999");
	(void)lg_number_count(text, UINT64_MAX);
	speak("en");
}

static void a_place_stands_where_the_land_is_drawn(void **state)
{
	(void)state;
	int64_t width, height, x, y, east, north;
	lg_land_size(LG_LAND_DK, &width, &height);
	assert_true(width > 500 && height == 1000);
	assert_true(lg_land_place(LG_LAND_DK, 55675730, 12549760, &x, &y));       /* Copenhagen */
	assert_true(lg_land_place(LG_LAND_DK, 57048000, 9918700, &east, &north)); /* Aalborg */
	assert_true(x > east && y > north && x <= width && y <= height);
	assert_true(lg_land_place(LG_LAND_DK, 55100000, 14900000, &x, &y)); /* Bornholm: in the inset */
	assert_true(x <= width && y < height / 4);
	assert_false(lg_land_place(LG_LAND_DK, 59329300, 18068600, &x, &y)); /* Stockholm */
	assert_true(lg_land_place(LG_LAND_SE, 59329300, 18068600, &x, &y));
	assert_true(lg_land_place(LG_LAND_BOTH, 55675730, 12549760, &x, &y));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_escaped_in_text_and_in_attributes),
		cmocka_unit_test(a_flag_chooses_between_a_section_and_its_opposite),
		cmocka_unit_test(a_list_is_printed_for_each_and_names_are_found_outwards),
		cmocka_unit_test(a_page_stands_within_a_page_and_is_left_out_when_there_is_none),
		cmocka_unit_test(a_file_is_taken_as_it_stands_and_comments_and_indents_are_not),
		cmocka_unit_test(texts_and_numbers_that_are_there_open_sections),
		cmocka_unit_test(a_link_leads_nowhere_else_and_runs_nothing),
		cmocka_unit_test(a_page_of_any_shape_stands_in_a_page),
		cmocka_unit_test(what_stands_around_a_list_is_printed_once_or_not),
		cmocka_unit_test(an_asset_is_found_by_its_path_and_name),
		cmocka_unit_test(an_asset_is_sent_as_the_browser_takes_it),
		cmocka_unit_test(security_txt_has_a_line_for_each_and_takes_no_other),
		cmocka_unit_test(nothing_is_printed_of_no_text),
		cmocka_unit_test(numbers_are_written_as_the_language_does),
		cmocka_unit_test(a_place_stands_where_the_land_is_drawn),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	lg_buf_free(&out);
	return failed;
}
