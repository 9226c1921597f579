/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_LIST_PAGE_H
#define LG_CORE_LIST_PAGE_H
#include <jansson.h>

#include "app/app.h"
#include "base/buf.h"
#include "core/choice.h"
#include "core/form.h"
#include "core/name.h"
#include "view/found.html.h"
#include "view/list.html.h"
#include "view/records.html.h"

/**
 * @file
 * What pages with a list share: filters, cells, names with what was found marked, addresses. All is of cx.
 */

/** A filter with room for so many options, the first of which is "All". */
struct html_list_filters *list_filter(struct lg_ctx *cx, struct html_list *v, const char *name, const char *label,
                                      size_t room);
void list_option(struct html_list_filters *f, const char *value, const char *label, const char *chosen);
/** A filter of all codes of a list. */
void list_choice_filter(struct lg_ctx *cx, struct html_list *v, const char *name, const char *label,
                        enum choice_list list, const char *chosen);
/** One of all colleagues. */
void list_member_filter(struct lg_ctx *cx, struct html_list *v, const char *name, const char *label,
                        const struct form_with *with, const char *chosen);
struct html_records_rows_cells *list_cell(struct html_records_rows *row, const char *label, const char *value);
/** "?name=value", then "&...": what is empty is left out. *next is '?' before the first. */
void list_put_pair(struct lg_buf *b, const char *name, const char *value, char *next);

/**
 * What the address of a plain list asks for: parts by name, from behind which row, how many.
 *
 *     static const char *const parts[] = { "q", "state", NULL };
 *     LG_TRY(list_of_read(cx, c, &ask, parts));
 *     if (*list_part(&ask, "state") && !choice_find(...)) return list_refuse(cx, "state");
 */
enum { LIST_PART_MOST = 8 };
#define LIST_FIRST "00000000-0000-0000-0000-000000000000"
struct list_of {
	const char *const *names;
	const char *values[LIST_PART_MOST]; /* "" when it is not asked for */
	const char *after_key, *after_id;   /* "" and LIST_FIRST at the beginning */
	int64_t room;
	bool goes_on; /* not at the beginning */
};
/** LG_INVALID: a name that is none, or no row to begin behind. */
LG_MUST enum lg_err list_of_read(struct lg_ctx *cx, struct call *c, struct list_of *out, const char *const *parts);
const char *list_part(const struct list_of *ask, const char *name);
const char *list_id(const struct list_of *ask, const char *name); /* NULL when it is not asked for */
LG_MUST enum lg_err list_refuse(struct lg_ctx *cx, const char *name);

/** What a search by name goes by (core/name.h): for the queries *_found. */
struct list_keys {
	struct db_list keys;
	struct name_least least;
};
struct list_keys list_keys_of(struct lg_ctx *cx, const char *asked);
#define LIST_KEYS(k)                                                                                                   \
	.spelled = (k).least.spelled, .heard = (k).least.heard, .worth_spelled = (k).least.worth_spelled,              \
	.worth_heard = (k).least.worth_heard

/** A table without rows, with room for n. */
struct html_records *list_table(struct lg_ctx *cx, const char *caption, const char *const *heads, size_t n_heads,
                                size_t n);
/** The address of the same list, from its beginning: "/openings?state=open". */
const char *list_of_address(struct lg_ctx *cx, const struct list_of *ask, const char *path);
/** What the audit keeps of it: "?state=open", without the name that was looked for; "" when there is nothing. */
const char *list_of_asked(struct lg_ctx *cx, const struct list_of *ask);
/** Links to the pages before and after; `key` and `id`: of the last row shown. */
void list_put_pages(struct lg_ctx *cx, const struct list_of *ask, const char *path, struct html_found *v,
                    const char *key, const char *id);
/** Of the API: what to send as `after` for the page behind. */
void list_put_next(struct lg_ctx *cx, json_t *out, const char *key, const char *id);
/** The page, or only what was found when a script asks for that. */
void list_show(struct lg_ctx *cx, struct call *c, const struct html_list *v, const char *here, bool invented);

enum { LIST_SPANS = 16 };
/** Names in pieces of `type`, with what was found marked: across scripts too. */
#define LIST_PIECES(type, out, n_out, cx, asked, shown)                                                                \
	do {                                                                                                           \
		struct name_span spans_[LIST_SPANS];                                                                   \
		size_t k_ = *(asked) ? name_match_spans(spans_, LIST_SPANS, asked, shown) : 0, at_ = 0;                \
		(out) = lg_array((cx)->mem, k_ + 1, sizeof *(out));                                                    \
		for (size_t i_ = 0; i_ < k_; i_++) {                                                                   \
			(out)[(n_out)++] =                                                                             \
			    (type){ .plain = lg_strndup((cx)->mem, (shown) + at_, spans_[i_].from - at_),              \
				    .found = lg_strndup((cx)->mem, (shown) + spans_[i_].from,                          \
				                        spans_[i_].to - spans_[i_].from) };                            \
			at_ = spans_[i_].to;                                                                           \
		}                                                                                                      \
		(out)[(n_out)++] = (type){ .plain = (shown) + at_ };                                                   \
	} while (0)
#endif
