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
#endif
