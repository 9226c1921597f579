/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_AMBITION_AMBITION_H
#define LG_AMBITION_AMBITION_H
#include <jansson.h>

#include "app/app.h"
#include "core/demo_act.h"

/**
 * @file
 * Ambitions: what an office has agreed on with others to reach, what it does for it, and how far it has come (DOMAIN
 * A13). What the service is given of the module (src/modules/modules.c).
 */
const struct route *ambition_routes(size_t *n);
const struct page_item *ambition_items(size_t *n);
const struct page_link *ambition_links(size_t *n);
const struct page_flash *ambition_flashes(size_t *n);
/** What the module's routes take and give, into the description of the API. */
void ambition_describe(json_t *api);

/** Write one down. LG_INVALID: notes say why. */
LG_MUST enum lg_err ambition_register(struct lg_ctx *cx, struct call *c, const json_t *record, bool invented,
                                      const char **id);
/** Its part of the demonstration office. */
LG_MUST enum lg_err ambition_demo(struct lg_ctx *cx, const struct demo_cast *cast);

#define R(method, path, handler, right, doc) app_handler handler;
#include "modules/ambition/routes.def"
#undef R
#endif
