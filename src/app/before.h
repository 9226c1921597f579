/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_BEFORE_H
#define LG_APP_BEFORE_H
#include "app/app.h"

/**
 * Whoever brings a session or token that opens nothing any more because its office is being merged with another
 * (schema/0025), or was: answered with that, and *told set. Of what the request asked for nothing is told, not even
 * whether it is there. Otherwise nothing is answered.
 */
LG_MUST enum lg_err before_tell(struct lg_ctx *cx, struct call *c, bool *told);
#endif
