/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BASE_LOG_H
#define LG_BASE_LOG_H
#include <stdint.h>

#include "base/ctx.h"

/**
 * One line of JSON on standard error for each event, for machines to read; no personal data, ever.
 *
 *     {"at":"2026-11-28T13:00:00.123Z","level":"info","process":"web","pid":12,"request":"4f2a...","event":"served",
 *      "route":"/candidates/{id}","status":200,"us":1834}
 *
 *     lg_log(cx, LG_LOG_INFO, "served", LOG_TEXT("route", pattern), LOG_INT("status", 200));
 *
 * Texts are escaped (control characters, quotes, what is not UTF-8) and cut at 300 bytes, so that one event is one line
 * whatever a client sends. A line is written with one write(2) of at most 4096 bytes, so lines of processes do not mix;
 * fields that find no room are left out, and "cut":true says so. cx may be NULL.
 * Threads: any.
 */
enum lg_log_level { LG_LOG_DEBUG, LG_LOG_INFO, LG_LOG_WARN, LG_LOG_ERROR };
struct lg_log_field {
	const char *name;
	const char *text; /* or NULL, and then the number */
	int64_t number;
};
static inline struct lg_log_field lg_log_text(const char *name, const char *text)
{
	return (struct lg_log_field){ .name = name, .text = text ? text : "" };
}
#define LOG_TEXT(n, t) lg_log_text(n, t)
#define LOG_INT(n, v) ((struct lg_log_field){ .name = (n), .number = (v) })
#define lg_log(...) lg_log_(__VA_ARGS__, { .name = 0 })
#define lg_log_(cx, level, event, ...) lg_log_fields(cx, level, event, (const struct lg_log_field[]){ __VA_ARGS__ })

/** The same with an array that ends with a field without name. */
void lg_log_fields(const struct lg_ctx *cx, enum lg_log_level level, const char *event,
                   const struct lg_log_field *fields);
/** Name of this process in every line ("web"), and the least level that is written. Before any thread starts. */
void lg_log_start(const char *process, enum lg_log_level least);
/** A request's id as it is shown: 16 hex digits. */
void lg_id_print(char out[17], uint64_t id);
#endif
