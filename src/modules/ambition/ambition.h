/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_AMBITION_AMBITION_H
#define LG_AMBITION_AMBITION_H
#include <jansson.h>

#include "app/app.h"

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

#define R(method, path, handler, right, doc) app_handler handler;
#include "modules/ambition/routes.def"
#undef R
#endif
