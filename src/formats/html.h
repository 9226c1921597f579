/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_FORMATS_HTML_H
#define LG_FORMATS_HTML_H
#include "base/buf.h"
#include "base/ctx.h"

/**
 * Append what somebody wrote as plain text: when it has marks of HTML (<p>, &amp;), their text, with an empty line
 * between paragraphs, "- " before items of lists, a line end for <br>; when it has none, as it stands. Text that was
 * escaped once too often ("&lt;p&gt;") is read once more. Blanks at both ends are left out. UTF-8 in, UTF-8 out. O(n).
 */
void lg_text_of_html(struct lg_ctx *cx, struct lg_buf *out, const char *text, size_t n);
/** The other way: paragraphs become <p>, line ends <br>, and what HTML would take for marks is escaped. */
void lg_html_of_text(struct lg_buf *out, const char *text);
#endif
