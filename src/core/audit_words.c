/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/audit_words.h"

#include <string.h>

#include "view/speech.h"

static const struct {
	const char *verb, *entity, *words;
} deeds[] = {
#define DEED(verb, entity, words) { #verb, #entity, words },
#include "core/audit_deed.def"
#undef DEED
};

const char *audit_deed(struct lg_ctx *cx, const char *verb, const char *entity)
{
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (!strcmp(deeds[i].verb, verb) && !strcmp(deeds[i].entity, entity)) return lg_say(deeds[i].words);
	return lg_printf(cx->mem, "%s %s", entity, verb);
}

static const struct {
	const char *code, *words;
} codes[] = {
#define ROLE(name, text, rights) { #name, text },
#include "app/role.def"
#undef ROLE
	{ "password", LG_TEXT("Password") },
	{ "totp", LG_TEXT("Code from a phone") },
	{ "oidc", LG_TEXT("Sign-in elsewhere") },
};

static const char *of_code(const char *code, size_t n)
{
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (strlen(codes[i].code) == n && !strncmp(codes[i].code, code, n)) return lg_say(codes[i].words);
	return NULL;
}

const char *audit_why(struct lg_ctx *cx, const char *why)
{
	const char *all = "";
	for (const char *p = why; *p;) {
		size_t n = strcspn(p, " ");
		const char *words = of_code(p, n);
		if (!words) return why;
		all = lg_printf(cx->mem, "%s%s%s", all, *all ? ", " : "", words);
		p += n + (p[n] == ' ');
	}
	return all;
}

const char *audit_page(const struct call *c, const char *path)
{
	const struct app_setup *setup = app_setup(c->app);
	for (size_t i = 0; i < setup->n_routes; i++)
		if (!strcmp(setup->routes[i].path, path)) return lg_say(setup->routes[i].doc);
	return path;
}
