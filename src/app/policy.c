/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/policy.h"

#include <string.h>

#include "app/app.h"
#include "view/speech.h"

#define R(name) | UINT64_C(1) << MAY_##name
static const struct role all[] = {
#define ROLE(name, text, rights) { #name, text, UINT64_C(1) << MAY_SIGNED_IN | UINT64_C(1) << MAY_ANYBODY rights },
#include "app/role.def"
#undef ROLE
};
#undef R

static const struct {
	const char *name, *text;
} rights[] = {
#define MAY(name, text) { #name, text },
#include "app/right.def"
#undef MAY
};

_Static_assert(RIGHTS <= 64, "an actor's rights are bits of one word");

const struct role *role_named(const char *name)
{
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strcmp(all[i].name, name)) return &all[i];
	return NULL;
}

const struct role *roles(size_t *n)
{
	*n = sizeof all / sizeof *all;
	return all;
}

const char *right_text(unsigned right) { return rights[right].text; }
const char *right_name(unsigned right) { return rights[right].name; }
