/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Whatever a value is, a page keeps its markup: as many < > " as with harmless values, and links that lead nowhere
 * else. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "view/events.html.h"
#include "view/facts.html.h"
#include "view/fields.html.h"
#include "view/records.html.h"
#include "view/sheet.html.h"

enum { VALUES = 6 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t count(const struct lg_buf *b, char c)
{
	size_t n = 0;
	for (size_t i = 0; i < b->len; i++) n += b->data[i] == c;
	return n;
}

static void print(struct lg_buf *out, char *const v[VALUES])
{
	struct html_facts_facts fact[] = {
		{ .name = v[0], .value = v[1], .lang = v[2], .url = v[3], .more = v[4], .reveal = v[5] }
	};
	struct html_facts facts = { .csrf = v[0], .facts = fact, .n_facts = 1 };
	struct html_fields_fields_options option[] = { { .id = v[1], .value = v[2], .label = v[3], .help = v[4] } };
	struct html_fields_fields field[] = {
		{ .id = v[0], .name = v[1], .label = v[2], .help = v[3], .error = v[4], .value = v[5], .input = v[0] },
		{ .id = v[0], .name = v[1], .label = v[2], .value = v[5], .area = true },
		{ .id = v[5],
		  .name = v[4],
		  .label = v[3],
		  .value = v[2],
		  .concept = true,
		  .source = v[1],
		  .options = option,
		  .n_options = 1 },
	};
	struct html_fields fields = { field, 3 };
	struct html_records_rows_name name[] = { { .plain = v[0], .found = v[1] } };
	struct html_records_rows_cells cell[] = { { .label = v[2], .value = v[3], .tone = v[4], .url = v[5] } };
	struct html_records_rows row[] = {
		{ .id = v[5], .url = v[3], .name = name, .n_name = 1, .cells = cell, .n_cells = 1 }
	};
	struct html_records records = {
		.id = v[1], .caption = v[2], .action = v[4], .rows = row, .n_rows = 1, .pick = true
	};
	struct html_events_events event[] = {
		{ .icon = v[0], .title = v[1], .when = v[2], .date = v[3], .words = v[4], .url = v[5] }
	};
	struct html_events events = { .events = event, .n_events = 1 };
	struct html_sheet_sections sections[] = { { .body = html_facts_any(&facts) },
		                                  { .body = html_fields_any(&fields) },
		                                  { .title = v[0], .body = html_records_any(&records) },
		                                  { .body = html_events_any(&events) } };
	lg_buf_clear(out);
	html_sheet(out, &(struct html_sheet){ .title = v[0], .sections = sections, .n_sections = 4 });
}

static int leads_elsewhere(const char *to)
{
	if (*to == '/') return to[1] == '/' || to[1] == '\\';
	return !strchr("#?", *to) && strncmp(to, "mailto:", 7) != 0 && strncmp(to, "tel:", 4) != 0;
}

/* Every other quote begins a value; the word before it says of what. */
static void links_are_own(const struct lg_buf *b)
{
	static const char *const links[] = { " href=", " action=", " data-source=" };
	int inside = 0;
	for (const char *p = b->data; *p; p++) {
		if (*p != '"') continue;
		inside = !inside;
		for (int k = 0; inside && k < 3; k++) {
			size_t n = strlen(links[k]);
			if ((size_t)(p - b->data) >= n && !memcmp(p - n, links[k], n) && leads_elsewhere(p + 1))
				abort();
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct lg_buf plain, out;
	char *values[VALUES], *harmless[VALUES];
	static char x[] = "x";
	/* Values are parted by zero bytes; an empty one would open and shut other sections. */
	char *text = malloc(size + 2);
	if (!text) return 0;
	memcpy(text, data, size);
	text[size] = text[size + 1] = '\0';
	char *at = text, *end = text + size;
	for (int i = 0; i < VALUES; i++) {
		values[i] = at < end && *at ? at : x;
		if (at < end) at += strlen(at) + 1;
		harmless[i] = x;
	}
	print(&plain, harmless);
	print(&out, values);
	for (const char *c = "<>\"'"; *c; c++)
		if (count(&plain, *c) != count(&out, *c)) abort();
	links_are_own(&out);
	free(text);
	return 0;
}
