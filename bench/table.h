/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BENCH_TABLE_H
#define LG_BENCH_TABLE_H
#include <stddef.h>

/** The last lines of a run: what was promised, what was measured. */
struct table {
	struct promise {
		char what[96], unit[12];
		double measured, promised;
		int at_most; /* else at least */
	} rows[64];
	size_t n;
};

void table_at_least(struct table *t, double measured, double promised, const char *unit, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void table_at_most(struct table *t, double measured, double promised, const char *unit, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/** Add the lines of a file: words, measured, least, unit, parted by tabs. */
void table_read(struct table *t, const char *file);

void table_print(const struct table *t);
#endif
