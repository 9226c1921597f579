/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "market/language.h"
#include "taxonomy/link_text.h"

static const struct {
	const char *code, *names;
} all[] = {
#define N(code, names) { code, names },
#include "market/language_name.def"
#undef N
};

static bool is_among(const char *names, const struct lg_letters *name)
{
	struct lg_letters one;
	for (const char *end; *names; names = *end ? end + 1 : end) {
		end = strchrnul(names, '/');
		lg_letters_fold(&one, names, (size_t)(end - names));
		if (lg_letters_same(&one, name)) return true;
	}
	return false;
}

const char *lg_language_named(const char *name, size_t n)
{
	struct lg_letters letters;
	lg_letters_fold(&letters, name, n);
	for (size_t i = 0; letters.n && i < sizeof all / sizeof *all; i++)
		if (is_among(all[i].names, &letters)) return all[i].code;
	return NULL;
}
