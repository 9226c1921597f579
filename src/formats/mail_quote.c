/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What a mail quotes of the one before: found by the lines that programs for mail write above it, in our languages. */
#include <stdbool.h>
#include <string.h>

#include "formats/mail_read.h"

struct line {
	const char *s;
	size_t n;
};

static bool next_line(const char *text, size_t n, size_t *at, struct line *out)
{
	if (*at >= n) return false;
	const char *end = memchr(text + *at, '\n', n - *at);
	size_t k = end ? (size_t)(end - (text + *at)) : n - *at;
	*out = (struct line){ text + *at, k };
	*at += k + 1;
	while (out->n && (out->s[out->n - 1] == ' ' || out->s[out->n - 1] == '\t')) out->n--;
	while (out->n && (*out->s == ' ' || *out->s == '\t')) out->s++, out->n--;
	return true;
}

static bool has(const struct line *l, const char *word)
{
	size_t k = strlen(word);
	for (size_t i = 0; i + k <= l->n; i++)
		if (!memcmp(l->s + i, word, k)) return true;
	return false;
}

static bool begins(const struct line *l, const char *word)
{
	return l->n >= strlen(word) && !memcmp(l->s, word, strlen(word));
}

/* "On Monday Olena wrote:", "Den man. 3. nov. skrev Jens:" */
static bool is_attribution(const struct line *l)
{
	static const char *const verbs[] = { " wrote",    " skrev",   " пише",   " написав",
		                             " написала", " schrieb", " napisał" };
	if (l->n < 8 || l->n > 400 || l->s[l->n - 1] != ':') return false;
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (has(l, verbs[i])) return true;
	return false;
}

/* "-----Original Message-----" */
static bool is_bar(const struct line *l)
{
	static const char *const words[] = { "Original Message",         "Oprindelig meddelelse",
		                             "Ursprungligt meddelande",  "Original meddelelse",
		                             "Оригінальне повідомлення", "Вихідне повідомлення" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (begins(l, "---") && has(l, words[i])) return true;
	return false;
}

/* "Fra: ..." with "Sendt: ..." or a date not far below. */
static bool is_from(const struct line *l)
{
	static const char *const words[] = { "From:", "Fra:", "Från:", "Від:", "*From:*", "*Fra:*", "*Från:*" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (begins(l, words[i])) return true;
	return false;
}

static bool is_sent(const struct line *l)
{
	static const char *const words[] = { "Sent:",  "Sendt:", "Skickat:", "Надіслано:", "Date:",     "Dato:",
		                             "Datum:", "Дата:",  "*Sent:*",  "*Sendt:*",   "*Skickat:*" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (begins(l, words[i])) return true;
	return false;
}

static bool is_head(const char *text, size_t n, size_t at, const struct line *l)
{
	struct line next;
	if (is_bar(l)) return true;
	if (!is_from(l)) return false;
	for (int i = 0; i < 4 && next_line(text, n, &at, &next); i++)
		if (is_sent(&next)) return true;
	return false;
}

static bool is_blank(const struct line *l) { return l->n == 0; }
static bool is_quoted(const struct line *l) { return l->n && *l->s == '>'; }

size_t lg_mail_quote(const char *text, size_t n)
{
	size_t at = 0, from = n, said = 0; /* from: where a quote begins that has lasted until here */
	bool marked = false, attributed = false;
	struct line l;
	for (size_t begin = 0; next_line(text, n, &at, &l); begin = at) {
		if (from == n && is_head(text, n, at, &l)) return said ? begin : n; /* to its end, whatever follows */
		if (is_blank(&l)) continue;
		if (is_quoted(&l)) {
			if (from == n) from = begin;
			marked = true;
		} else if (is_attribution(&l)) {
			from = begin, attributed = true, marked = false;
		} else if (from < n && (marked || !attributed)) {
			from = n, attributed = marked = false; /* somebody wrote below it: it is no end */
			said++;
		} else if (from == n) {
			said++;
		}
	}
	return said && from < n ? from : n;
}
