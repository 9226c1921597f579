/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_VIEW_HTML_H
#define LG_VIEW_HTML_H
#include "base/buf.h"

/**
 * @file
 * What the pages made by tools/html.c call. A page `report.html` of src/view/html gives view/report.html.h with
 * struct html_report and html_report(). Threads: any.
 */

/** A text where HTML's text or a value in double quotes stands: & < > " ' become entities. NULL prints nothing. */
void lg_html_text(struct lg_buf *out, const char *text);

/** Where a link stands: a path of this site ("/x", never "//x" or "/\\x"), "?x", "#x", "mailto:x" or "tel:x", escaped.
 * Of anything else, and of what has control characters, "#" is printed: no other site, and no script. */
void lg_html_link(struct lg_buf *out, const char *link);
/** An address of another site that the operator has set: "https://x". Of anything else, "#". */
void lg_html_site(struct lg_buf *out, const char *address);

/** A page of any shape, as html_NAME_any() gives it: nothing else makes one, so that no text gets into a page
 * unescaped. Zeroes are no page. */
struct html_any {
	void (*print)(struct lg_buf *out, const void *of);
	const void *of;
};
static inline void lg_html_any(struct lg_buf *out, struct html_any page)
{
	if (page.print) page.print(out, page.of);
}

/**
 * A page, and behind it a block of JSON that programs find in it, such as search engines ("application/ld+json").
 * Browsers run no such block, so that the policy of pages lets it pass; what could end it is written as \u003c.
 */
struct html_data {
	struct html_any page;
	const char *type, *json;
};
struct html_any html_data_any(const struct html_data *of);
#endif
