/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "formats/atom.h"

static void a_feed_is_what_rfc_4287_says(void **state)
{
	(void)state;
	const struct lg_atom_entry entry = { .id = "urn:x:1",
		                             .title = "Baker",
		                             .url = "https://x.example/1?a=1&b=2",
		                             .published = "2026-11-28T09:00:00Z",
		                             .updated = "2026-11-28T10:00:00Z",
		                             .summary = "" };
	const struct lg_atom feed = { .id = "https://x.example/feed",
		                      .title = "Openings",
		                      .author = "Vinterby",
		                      .language = "da",
		                      .updated = "2026-11-28T10:00:00Z",
		                      .url = "https://x.example/",
		                      .self = "https://x.example/feed",
		                      .entries = &entry,
		                      .n_entries = 1 };
	struct lg_buf out = { 0 };
	lg_atom_print(&out, &feed);
	assert_string_equal(out.data,
	                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	                    "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
	                    "xml:lang=\"da\"><id>https://x.example/feed</id><title>Openings</title>"
	                    "<updated>2026-11-28T10:00:00Z</updated><author><name>Vinterby</name></author>"
	                    "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://x.example/feed\"/>"
	                    "<link rel=\"alternate\" type=\"text/html\" href=\"https://x.example/\"/>"
	                    "<entry><id>urn:x:1</id><title>Baker</title><link rel=\"alternate\" type=\"text/html\" "
	                    "href=\"https://x.example/1?a=1&amp;b=2\"/><published>2026-11-28T09:00:00Z</published>"
	                    "<updated>2026-11-28T10:00:00Z</updated></entry></feed>\n");
	lg_buf_free(&out);
}

static void no_text_ends_its_element_and_what_xml_has_no_room_for_goes(void **state)
{
	(void)state;
	const struct lg_atom feed = { .title = "</title><script>&]]>\x01|\x1F|\xEF\xBF\xBF|\xEF\xBF\xBE|Ø\n\"'",
		                      .author = "\x02" };
	struct lg_buf out = { 0 };
	lg_atom_print(&out, &feed);
	assert_non_null(strstr(out.data, "<title>&lt;/title&gt;&lt;script&gt;&amp;]]&gt;||||Ø\n"));
	assert_null(strstr(out.data, "<script>"));
	lg_buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_feed_is_what_rfc_4287_says),
		cmocka_unit_test(no_text_ends_its_element_and_what_xml_has_no_room_for_goes),
	};
	return cmocka_run_group_tests_name("atom", tests, NULL, NULL);
}
