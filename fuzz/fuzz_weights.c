/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "market/weights.h"

/* Any bytes as a file of weights: what is taken is a setup without fault, what is not leaves it alone. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lgm_setup setup = lgm_setup_default(), before = setup;
	enum lg_err err = lg_weights_read(&cx, &setup, "w", (const char *)data, size);
	if (err == LG_OK && lgm_setup_fault(&setup)) abort();
	if (err != LG_OK && (!cx.notes || memcmp(&setup, &before, sizeof setup) != 0)) abort();
	lg_arena_free(cx.mem);
	return 0;
}
