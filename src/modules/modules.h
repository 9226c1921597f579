/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MODULES_H
#define LG_MODULES_H
#include <jansson.h>

#include "app/app.h"
#include "core/demo_act.h"
#include "core/jobs.h"

/**
 * @file
 * What the service is given of core and of every module, put together once. A module is a folder beside this file; it
 * has one line in modules.c.
 */

/** Fills in what `setup` has of core and modules: routes, menu, words, frame, My day; all of it lives as long as the
 * program. */
void modules_put(struct app_setup *setup);
const struct route *modules_routes(size_t *n);
/** What the jobs process does, of core and of modules. */
const struct core_job *modules_jobs(size_t *n);
/** What the modules add to the demonstration office (core/demo_load.h). */
LG_MUST enum lg_err modules_demo(struct lg_ctx *cx, const struct demo_cast *cast);
/** The description of the API, OpenAPI 3.1, of all routes; of cx. */
json_t *modules_openapi(struct lg_ctx *cx);
#endif
