/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_LIST_PAGE_H
#define LG_CORE_LIST_PAGE_H
#include "base/buf.h"
#include "base/ctx.h"
#include "core/choice.h"
#include "core/name.h"
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
struct html_records_rows_cells *list_cell(struct html_records_rows *row, const char *label, const char *value);
/** "?name=value", then "&...": what is empty is left out. *next is '?' before the first. */
void list_put_pair(struct lg_buf *b, const char *name, const char *value, char *next);

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
