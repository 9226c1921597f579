/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/language.h"

#include <string.h>

#include "app/actor.h"
#include "view/speech.h"

const struct page_language page_languages[4] = {
	{ "da", "Dansk" }, { "sv", "Svenska" }, { "uk", "Українська" }, { "en", "English" }
};

const char *language_known(const char *code)
{
	for (size_t i = 0; code && i < sizeof page_languages / sizeof *page_languages; i++)
		if (!strcmp(page_languages[i].code, code)) return page_languages[i].code;
	return NULL;
}

const char *language_before_sign_in(const struct http_request *rq)
{
	const char *chosen = language_known(http_query(rq, "lang"));
	if (!chosen) chosen = language_known(http_cookie(rq, APP_LANGUAGE_COOKIE));
	if (!chosen) chosen = lg_language_wanted(http_header(rq, "Accept-Language"));
	return chosen ? chosen : "en";
}
