/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/choice.h"

#include <string.h>

#include "base/err.h"
#include "view/speech.h"

#define LIST(name, text) static const struct choice name##_choices[] = {
#define CHOICE(code, mark, text) { code, mark, text },
#define END                                                                                                            \
	}                                                                                                              \
	;
#include "core/choice.def"
#undef END
#undef CHOICE
#undef LIST

static const struct {
	const char *name, *text;
	const struct choice *at;
	size_t n;
} lists[CHOICE_LISTS] = {
#define LIST(name, text)                                                                                               \
	[CHOICE_##name] = { #name, text, name##_choices, sizeof name##_choices / sizeof *name##_choices },
#define CHOICE(code, mark, text)
#define END
#include "core/choice.def"
#undef END
#undef CHOICE
#undef LIST
};

const struct choice *choices(enum choice_list list, size_t *n)
{
	lg_assert(list < CHOICE_LISTS);
	*n = lists[list].n;
	return lists[list].at;
}

int choice_at(enum choice_list list, const char *code)
{
	size_t n;
	const struct choice *c = choices(list, &n);
	for (size_t i = 0; code && i < n; i++)
		if (!strcmp(c[i].code, code)) return (int)i;
	return -1;
}

const struct choice *choice_find(enum choice_list list, const char *code)
{
	int at = choice_at(list, code);
	return at < 0 ? NULL : &lists[list].at[at];
}

const char *choice_text(enum choice_list list, const char *code)
{
	const struct choice *c = choice_find(list, code);
	if (c) return c->text;
	return code ? code : "";
}

const char *choice_list_name(enum choice_list list)
{
	lg_assert(list < CHOICE_LISTS);
	return lists[list].name;
}

const char *choice_list_text(enum choice_list list)
{
	lg_assert(list < CHOICE_LISTS);
	return lists[list].text;
}
