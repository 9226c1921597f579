/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_AUDIT_WORDS_H
#define LG_CORE_AUDIT_WORDS_H
#include "app/app.h"

/** @file What the audit keeps as codes, in the language spoken. Threads: any. */

/** "Colleague invited" of "invite" and "member"; the codes themselves of what has no words. */
const char *audit_deed(struct lg_ctx *cx, const char *verb, const char *entity);
/** The reason that stands beside it: words of people as they are; roles that were given, and how one signed in, in
 * words. */
const char *audit_why(struct lg_ctx *cx, const char *why);
/** What a page is for, of its path as routes.def has it; the path itself of one that is no more. */
const char *audit_page(const struct call *c, const char *path);
#endif
