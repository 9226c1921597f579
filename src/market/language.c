/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/language.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct language {
	char two[4], three[4];
	const char *swedish;
} all[] = {
#define L(two, three, swedish) { two, three, swedish },
#include "market/language.def"
#undef L
};
enum { LANGUAGES = sizeof all / sizeof *all };

/* Codes of countries that people write for the language. */
static const struct {
	char code[3];
	const char *advice;
} mistakes[] = {
	{ "dk", "Danish is da." },   { "ua", "Ukrainian is uk." }, { "gr", "Greek is el." },
	{ "cz", "Czech is cs." },    { "jp", "Japanese is ja." },  { "cn", "Chinese is zh." },
	{ "ir", "Persian is fa." },  { "gb", "English is en." },   { "us", "English is en." },
	{ "al", "Albanian is sq." }, { "rs", "Serbian is sr." },   { "by", "Belarusian is be." },
	{ "er", "Tigrinya is ti." }, { "at", "German is de." },
};

static const char *mistake(const char *code)
{
	for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
		if (!strcmp(mistakes[i].code, code)) return mistakes[i].advice;
	return NULL;
}

static int compare(const void *key, const void *entry) { return strcmp(key, ((const struct language *)entry)->two); }

bool lg_language_code(char out[4], const char *code, size_t n, const char **advice)
{
	*advice = NULL;
	if (n < 2 || n > 3) return false;
	for (size_t i = 0; i < n; i++)
		if (code[i] < 'a' || code[i] > 'z') return false;
	memset(out, 0, 4);
	memcpy(out, code, n);
	if (n == 2) {
		*advice = mistake(out);
		return bsearch(out, all, LANGUAGES, sizeof *all, compare);
	}
	for (size_t i = 0; i < LANGUAGES; i++)
		if (!strcmp(all[i].three, out)) {
			memcpy(out, all[i].two, 3);
			break;
		}
	return true;
}

/* Is `name` one of the names in "Persiska/Farsi"? */
static bool is_among(const char *names, const char *name, size_t n)
{
	for (const char *end; *names; names = *end ? end + 1 : end) {
		end = strchrnul(names, '/');
		if ((size_t)(end - names) == n && !strncasecmp(names, name, n)) return true;
	}
	return false;
}

const char *lg_language_in_swedish(const char *name)
{
	size_t n = strlen(name);
	for (size_t i = 0; n && i < LANGUAGES; i++)
		if (is_among(all[i].swedish, name, n) || !strcasecmp(all[i].swedish, name)) return all[i].two;
	return NULL;
}
