/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_HOTLINE_H
#define LG_HOTLINE_HOTLINE_H
#include <jansson.h>

#include "app/app.h"
#include "core/demo_act.h"
#include "core/jobs.h"

/**
 * @file
 * The hotline: one entrance for all municipalities of a region, the enquiries that come by it, and what becomes of
 * them. What the service is given of the module (src/modules/modules.c).
 */
const struct route *hotline_routes(size_t *n);
const struct page_item *hotline_items(size_t *n);
const struct page_link *hotline_links(size_t *n);
const struct page_flash *hotline_flashes(size_t *n);
/** The number in the head of each page of an office that is covered (frame.c). */
void hotline_frame(struct lg_ctx *cx, const struct call *c, struct app_frame *out);
/** What the module's routes take and give, into the description of the API. */
void hotline_describe(json_t *api);
/** What calls and enquiries say is forgotten when it is old. */
const struct core_job *hotline_jobs(size_t *n);
/** What was asked and answered about a candidate who is erased. */
void hotline_erase(struct lg_ctx *cx, struct call *c, const char *candidate);

/** Make the entrance of the office. LG_INVALID: notes say why; LG_CONFLICT: it has one. */
LG_MUST enum lg_err entrance_register(struct lg_ctx *cx, struct call *c, const json_t *record, bool invented,
                                      const char **id);
/** Its part of the demonstration office. */
LG_MUST enum lg_err hotline_demo(struct lg_ctx *cx, const struct demo_cast *cast);

#define R(method, path, handler, right, doc) app_handler handler;
#include "modules/hotline/routes.def"
#undef R
#endif
