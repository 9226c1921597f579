/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_SHARE_PAGES_H
#define LG_CORE_SHARE_PAGES_H
#include "app/app.h"

/** The page of a share once more, with what is noted as wrong beside its forms. Begins a new transaction. */
LG_MUST enum lg_err share_show_again(struct lg_ctx *cx, struct call *c, const char *id);
#endif
