/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_EMBED_FILE_H
#define LG_TAXONOMY_EMBED_FILE_H
#include <stdint.h>

/**
 * @file
 * How an embedding lies in its bytes. Only this component reads it; others use taxonomy/embed.h.
 *
 * A head; then keys[features], ascending, each not 0; idf[features] with 16 binary digits; scales[features] with 24;
 * rows[features][dimensions], a row being its whole numbers times its scale. In the byte order of the machine that made
 * it (a file of the other order is refused); each part begins where the one before ends, rounded up to 8 bytes. From
 * `taxonomy` on everything is hashed.
 */
struct lg_embed_head {
	char magic[8];
	uint32_t order, format;
	uint64_t size;
	char hash[72]; /* 64 hexadecimal digits, or empty */
	char taxonomy[96], taxonomy_hash[72];
	uint64_t steps, seed;
	uint32_t dimensions, features;
	uint64_t keys, idf, scales, rows; /* where each part begins */
};

#define LG_EMBED_MAGIC "LGEMBED"
enum {
	LG_EMBED_ORDER = 0x01020304,
	LG_EMBED_FORMAT = 1,
	LG_EMBED_FEATURES_MAX = 1 << 22,
	LG_EMBED_IDF_MAX = 64 << 16, /* 1 + ln of anything that can be counted */
	LG_EMBED_SCALE_MAX = 1 << 24,
};

static inline uint64_t lg_embed_round(uint64_t n) { return (n + 7) / 8 * 8; }
#endif
