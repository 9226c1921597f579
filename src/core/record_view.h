/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_RECORD_VIEW_H
#define LG_CORE_RECORD_VIEW_H
#include "app/audit.h"
#include "core/form.h"
#include "view/events.html.h"
#include "view/facts.html.h"

/**
 * @file
 * What any record shows: its sections as facts, its history as events. All that is returned is of cx.
 */

/** A section as facts, from its part (record_section()): a line for each field, or for each row of a list. */
struct html_facts *record_facts(struct lg_ctx *cx, struct call *c, const struct entity *e, const struct section *s,
                                const json_t *part, const struct form_with *with);
/** What is seen of a section that is closed: how many rows it has, or the first thing that is known. */
const char *record_summary(struct lg_ctx *cx, const struct section *s, const struct html_facts *facts);
/** What happened, as the history keeps it: events with the fields that changed, before and after. */
struct html_events *record_events(struct lg_ctx *cx, struct call *c, const struct entity *e,
                                  const struct audit_row *rows, size_t n, const struct form_with *with);
/** The same for the API. */
json_t *record_history(struct lg_ctx *cx, const struct audit_row *rows, size_t n);
/** A time as its day in the office's zone: "2026-11-28". */
const char *record_day(struct lg_ctx *cx, const struct call *c, int64_t at_us);
#endif
