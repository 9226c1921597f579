/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_CHECK_H
#define LG_CMD_CHECK_H
#include "cmd/certificate.h"
#include "cmd/claim.h"
#include "cmd/load.h"

/** One run of `landgang check`. */
struct check {
	struct load_files files;
	const char *dir;
	uint64_t sample, seed, threads; /* sample 0: all pairs */
	bool quiet;

	struct claim claim;
	struct load in;
	struct certificate cert;
	struct verify verify;
	struct verify_report report;
	struct progress progress;
	uint64_t mismatches; /* findings that are not about pairs or duals */
};

/** Name one finding that the arithmetic does not: printed at once. */
void check_mismatch(struct check *k, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/** Everything found, at most 10 examples, and the verdict, on stdout. @return is all well? */
bool check_print(const struct check *k);
#endif
