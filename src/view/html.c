/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "view/html.h"

#include <string.h>

void lg_html_text(struct lg_buf *out, const char *text)
{
	while (text && *text) {
		size_t n = strcspn(text, "&<>\"'");
		lg_put(out, text, n);
		text += n;
		switch (*text) {
		case '&': lg_puts(out, "&amp;"); break;
		case '<': lg_puts(out, "&lt;"); break;
		case '>': lg_puts(out, "&gt;"); break;
		case '"': lg_puts(out, "&quot;"); break;
		case '\'': lg_puts(out, "&#39;"); break;
		default: return;
		}
		text++;
	}
}
