/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_OPENAPI_H
#define LG_CORE_OPENAPI_H
#include <jansson.h>

#include "app/app.h"

/**
 * The description of the API, OpenAPI 3.1, made from the routes, the fields of the entities and the rights: it cannot
 * say what the program does not do. Same bytes each time. Borrowed from cx.
 */
json_t *openapi_of(struct lg_ctx *cx, const struct route *routes, size_t n);
#endif
