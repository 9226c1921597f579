/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>
#include <strings.h>

#include "formats/rows_inner.h"

#define SAVE_AS "Open it in the program it comes from and save it as \"CSV UTF-8\"."

/* First bytes of files that people give by mistake. */
static const struct {
	const char *bytes;
	size_t n;
	const char *what;
} signatures[] = {
	{ "PK\3\4", 4, "This is a zip archive or an Excel or LibreOffice workbook, not CSV or NDJSON. " SAVE_AS },
	{ "PK\5\6", 4, "This is an empty zip archive, not CSV or NDJSON." },
	{ "\xD0\xCF\x11\xE0", 4, "This is an old Excel or Word file, not CSV or NDJSON. " SAVE_AS },
	{ "%PDF", 4, "This is a PDF document, not CSV or NDJSON. Ask for the data as CSV." },
	{ "\x1F\x8B", 2, "This is a gzip file. Unpack it first (gunzip)." },
	{ "\x28\xB5\x2F\xFD", 4, "This is a zstd file. Unpack it first (zstd -d)." },
	{ "\x89PNG", 4, "This is a picture, not CSV or NDJSON." },
	{ "\xFF\xD8\xFF", 3, "This is a picture, not CSV or NDJSON." },
	{ "\xFF\xFE", 2, "This is text in UTF-16. " SAVE_AS },
	{ "\xFE\xFF", 2, "This is text in UTF-16. " SAVE_AS },
	{ "{\\rtf", 5, "This is a rich text document, not CSV or NDJSON." },
};

static const char *markup(const char *s, size_t n)
{
	while (n && strchr(" \t\r\n", *s)) s++, n--;
	if (!n) return NULL;
	if (*s == '<')
		return "This is HTML or XML, not CSV or NDJSON. Download the data itself, not the page around it.";
	if (*s == '[')
		return "This is a JSON array. Write NDJSON instead: one object { } a line, no commas between the lines "
		       "(jq -c '.[]' does it).";
	if (*s == '{' && rows_blank(s + 1, n - 1))
		return "This is JSON over several lines. Write NDJSON instead: one object { } a line (jq -c . does "
		       "it).";
	return NULL;
}

const char *rows_not_ours(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
		if (n >= signatures[i].n && !memcmp(s, signatures[i].bytes, signatures[i].n)) return signatures[i].what;
	if (n >= 2 && !s[0] != !s[1]) return "This looks like text in UTF-16 (every second byte is 0). " SAVE_AS;
	if (n == 1 && !s[0]) return "This begins with a NUL byte: it is text in UTF-16, or no text at all. " SAVE_AS;
	if (memchr(s, '\0', n)) return "This is not text: it holds NUL bytes. Give CSV or NDJSON in UTF-8.";
	return markup(s, n);
}

bool rows_blank(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] != ' ' && s[i] != '\t' && s[i] != '\r' && s[i] != '\n') return false;
	return true;
}
