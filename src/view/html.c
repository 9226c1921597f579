/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "view/html.h"

#include <stdbool.h>
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

static bool has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f) return true;
	return false;
}

static bool is_own(const char *link)
{
	if (*link == '/') return link[1] != '/' && link[1] != '\\';
	return *link == '?' || *link == '#' || !strncmp(link, "mailto:", 7) || !strncmp(link, "tel:", 4);
}

void lg_html_link(struct lg_buf *out, const char *link)
{
	lg_html_text(out, link && is_own(link) && !has_control(link) ? link : "#");
}

void lg_html_site(struct lg_buf *out, const char *address)
{
	lg_html_text(out, address && !strncmp(address, "https://", 8) && !has_control(address) ? address : "#");
}

static void print_data(struct lg_buf *out, const void *of)
{
	const struct html_data *d = of;
	lg_html_any(out, d->page);
	lg_puts(out, "<script type=\"");
	lg_html_text(out, d->type);
	lg_puts(out, "\">");
	for (const char *s = d->json; *s;) {
		size_t n = strcspn(s, "<>&");
		lg_put(out, s, n);
		s += n;
		if (*s) lg_putf(out, "\\u%04x", (unsigned)*s++);
	}
	lg_puts(out, "</script>\n");
}

struct html_any html_data_any(const struct html_data *of) { return (struct html_any){ print_data, of }; }
