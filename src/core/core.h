/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_CORE_H
#define LG_CORE_CORE_H
#include "app/app.h"

/**
 * @file
 * What core brings to the service: its routes (routes.def, account_routes.def), the main menu, and the words that a
 * page says after something was done. `landgang serve` puts it together with what modules bring.
 */
const struct route *core_routes(size_t *n);
const struct page_item *core_items(size_t *n);
const struct page_flash *core_flashes(size_t *n);

#define R(method, path, handler, right, doc) app_handler handler;
#include "core/account_routes.def"
#include "core/routes.def"
#undef R
#endif
