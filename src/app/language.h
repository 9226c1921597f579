/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_LANGUAGE_H
#define LG_APP_LANGUAGE_H
#include "http/http.h"

/** The languages of pages, as their speakers write them. */
struct page_language {
	const char *code, *name;
};
extern const struct page_language page_languages[4];

/** What a visitor without a session reads: ?lang=, else the cookie, else what the browser asks for, else English. Pure.
 */
const char *language_before_sign_in(const struct http_request *rq);
/** "da", "sv", "uk", "en" as a text that lives on, or NULL: it is none. */
const char *language_known(const char *code);
#endif
