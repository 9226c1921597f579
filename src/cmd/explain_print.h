/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_EXPLAIN_PRINT_H
#define LG_CMD_EXPLAIN_PRINT_H
#include "core/explain.h"

/** What `landgang explain` prints. */
void explain_text(struct lg_buf *out, const struct explain *e);
void explain_json(struct lg_buf *out, const struct explain *e);
/** What opens the most for one candidate. */
void explain_opens_text(struct lg_buf *out, const struct explain *e);
void explain_opens_json(struct lg_buf *out, const struct explain *e);
#endif
