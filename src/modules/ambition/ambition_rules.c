/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/ambition/ambition_rules.h"

#include "core/suppress.h"

enum { LEAST = 5 };

void ambition_hide(struct lg_arena *mem, struct ambition_count *count)
{
	/* One row: those who count for it, those who do not, and all. */
	const int64_t cells[] = { count->ours, count->all - count->ours };
	const struct suppress_table t = { .rows = 1, .columns = 2, .counts = cells, .row_totals = true };
	bool hidden[6] = { false };
	suppress(mem, &t, LEAST, hidden);
	count->ours_hidden = hidden[0];
	count->all_hidden = hidden[2];
	/* Of all alone, with nobody else shown, a small number is hidden as well. */
	if (count->all > 0 && count->all < LEAST) count->all_hidden = true;
}
