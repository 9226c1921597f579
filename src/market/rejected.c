/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "formats/csv.h"
#include "market/market.h"

void lg_rejections_csv_header(struct lg_buf *out) { lg_puts(out, "file,line,column,value,advice\n"); }

/* Values stand as they were, also those that a spreadsheet might take for a formula: see formats/csv.h. */
void lg_rejection_csv(struct lg_buf *out, const struct lg_rejection *r)
{
	lg_csv_str(out, true, r->file);
	lg_csv_int(out, false, (int64_t)r->line);
	lg_csv_str(out, false, r->column);
	lg_csv_str(out, false, r->value);
	lg_csv_str(out, false, r->advice);
	lg_csv_end(out);
}
