/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "view/speech.h"

static const char *const languages[] = { "en", "da", "sv", "uk" };
enum { LANGUAGES = sizeof languages / sizeof *languages, WHOLE = 1000 /* of a weight */, PLACES = 3 };

const char *lg_language_known(const char *language)
{
	for (size_t i = 0; language && i < LANGUAGES; i++)
		if (!strcmp(languages[i], language)) return languages[i];
	return NULL;
}

/* --- Accept-Language: da-DK, da;q=0.9, en;q=0.5 */

static const char *blanks(const char *p)
{
	while (*p == ' ' || *p == '\t') p++;
	return p;
}

static bool ends(const char *p) { return !*p || *p == ','; }

/* "0.85" as 850. Advances. */
static bool weight(const char **p, int *out)
{
	const char *s = *p;
	if (*s != '0' && *s != '1') return false;
	*out = (*s++ - '0') * WHOLE;
	if (*s == '.') {
		s++;
		for (int i = 0, unit = WHOLE / 10; i < PLACES && *s >= '0' && *s <= '9'; i++, unit /= 10)
			*out += (*s++ - '0') * unit;
	}
	*p = blanks(s);
	return *out <= WHOLE && ends(*p);
}

/* ";q=0.8", or nothing, which weighs the whole. Advances. */
static bool parameter(const char **p, int *out)
{
	*out = WHOLE;
	*p = blanks(*p);
	if (ends(*p)) return true;
	if (**p != ';') return false;
	*p = blanks(*p + 1);
	if ((**p != 'q' && **p != 'Q') || (*p)[1] != '=') return false;
	*p += 2;
	return weight(p, out);
}

/* The language of a tag, of which only the first part counts. */
static const char *of_tag(const char *tag, size_t n)
{
	const char *dash = memchr(tag, '-', n);
	size_t first = dash ? (size_t)(dash - tag) : n;
	for (size_t i = 0; i < LANGUAGES; i++)
		if (first == strlen(languages[i]) && !strncasecmp(languages[i], tag, first)) return languages[i];
	return NULL;
}

const char *lg_language_wanted(const char *accept)
{
	const char *best = NULL, *p = accept ? accept : "";
	int most = 0;
	while (*p) {
		p = blanks(p);
		size_t n = strcspn(p, ",; \t");
		const char *language = of_tag(p, n);
		int q;
		p += n;
		if (parameter(&p, &q) && language && q > most) {
			best = language;
			most = q;
		}
		p += strcspn(p, ",");
		if (*p) p++;
	}
	return best;
}
