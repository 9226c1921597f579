/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BENCH_FIELD_H
#define LG_BENCH_FIELD_H
#include "market/market.h"

/** An invented market, made and read in memory. */
struct field_wanted {
	const char *area;
	uint64_t candidates, openings, seed;
	const char *taxonomy; /* an image, or NULL for the built-in one */
};

struct field {
	struct field_wanted wanted;
	struct lg_ctx cx; /* the market lives as long as this */
	struct lg_market *market;
	struct lgm_setup setup;
	double cpu_generate, cpu_read;
};

struct field *field_new(const struct field_wanted *wanted);
void field_free(struct field *f);
/** Print what it is and what it took. */
void field_print(const struct field *f);
#endif
