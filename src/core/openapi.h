/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_OPENAPI_H
#define LG_CORE_OPENAPI_H
#include <jansson.h>

#include "app/app.h"
#include "app/field.h"

/**
 * The description of the API, OpenAPI 3.1, made from the routes, the fields of the entities and the rights: it cannot
 * say what the program does not do. Same bytes each time. Borrowed from cx.
 */
json_t *openapi_of(struct lg_ctx *cx, const struct route *routes, size_t n);
/**
 * A module's entity, into such a description: its schemas, and what goes in and comes out of /api/v1/LIST,
 * /api/v1/LIST/{id} and /api/v1/LIST/{id}/{section}, where these routes are there.
 */
void openapi_put_entity(json_t *api, const struct entity *e, const char *list);
/** A body that the operation at `path` takes: an object with these properties (taken over), `required` of them. */
void openapi_put_body(json_t *api, const char *path, const char *method, json_t *properties,
                      const char *const *required);
/** The operation must say which version it has seen. */
void openapi_put_version(json_t *api, const char *path, const char *method);
#endif
