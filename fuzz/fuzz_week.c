/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "core/week.h"

/*
 * Any text as a week, and its two halves as two: what is read is printed and read again the same; sums of what both
 * have, of what either has and of what is left agree; a fault is about a part of the text.
 */

static void again(const struct week *w)
{
	struct lg_buf text = { 0 };
	struct week other;
	struct week_fault fault;
	week_print(&text, w);
	if (!week_read(&other, text.data, text.len, &fault) || other.n != w->n) abort();
	for (size_t i = 0; i < w->n; i++)
		if (other.at[i].day != w->at[i].day || other.at[i].from != w->at[i].from ||
		    other.at[i].to != w->at[i].to)
			abort();
	lg_buf_free(&text);
}

static bool read(struct week *w, const char *text, size_t n)
{
	struct week_fault fault;
	if (week_read(w, text, n, &fault)) {
		again(w);
		return true;
	}
	if (!fault.text || fault.from > n || fault.n > n - fault.from) abort();
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *half = size ? memchr(text, '|', size) : NULL;
	size_t n = half ? (size_t)(half - text) : size;
	struct week a, b = { .n = 0 }, both, either, less, where;
	if (!read(&a, text, n) || (half && !read(&b, half + 1, size - n - 1))) return 0;
	(void)week_common(&both, &a, &b);
	week_union(&either, &a, &b);
	week_minus(&less, &a, &b);
	if (week_sum(&either) + week_sum(&both) != week_sum(&a) + week_sum(&b)) abort();
	if (week_sum(&less) + week_sum(&both) != week_sum(&a)) abort();
	if ((week_plan(&where, &a, &b, &b) == WEEK_PLAN_OVERLAP) != (b.n > 0)) abort();
	struct lgm_week inner, outer;
	week_engine(&inner, &a, true);
	week_engine(&outer, &a, false);
	for (size_t i = 0; i < 6; i++)
		if (inner.bits[i] & ~outer.bits[i]) abort();
	return 0;
}
