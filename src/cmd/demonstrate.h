/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_DEMONSTRATE_H
#define LG_CMD_DEMONSTRATE_H
#include "cmd/database.h"

/**
 * Trial mode, on its first start: an invented office of settings->demonstration_people people, with accounts for its
 * colleagues. Nothing when there is an office already, or none is wanted. A second or two for 200 people.
 */
LG_MUST enum lg_err demonstrate(struct lg_ctx *cx, const struct database *d);
/** Tell on standard output how to sign in there. */
void demonstrate_say(const struct settings *s);
#endif
