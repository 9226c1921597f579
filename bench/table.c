/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "table.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tool.h"

static struct promise *next_row(struct table *t)
{
	if (t->n == sizeof t->rows / sizeof *t->rows) tool_die("the table is full");
	return &t->rows[t->n++];
}

static void fill(struct promise *row, double measured, double promised, const char *unit, int at_most)
{
	row->measured = measured;
	row->promised = promised;
	row->at_most = at_most;
	(void)snprintf(row->unit, sizeof row->unit, "%s", unit);
}

void table_at_least(struct table *t, double measured, double promised, const char *unit, const char *format, ...)
{
	struct promise *row = next_row(t);
	va_list args;
	va_start(args, format);
	(void)vsnprintf(row->what, sizeof row->what, format, args);
	va_end(args);
	fill(row, measured, promised, unit, 0);
}

void table_at_most(struct table *t, double measured, double promised, const char *unit, const char *format, ...)
{
	struct promise *row = next_row(t);
	va_list args;
	va_start(args, format);
	(void)vsnprintf(row->what, sizeof row->what, format, args);
	va_end(args);
	fill(row, measured, promised, unit, 1);
}

void table_read(struct table *t, const char *file)
{
	char what[80], unit[12];
	double measured, least;
	FILE *f = fopen(file, "re");
	if (!f) return; /* that measurement was left out */
	while (fscanf(f, " %79[^\t] %lf %lf %11s", what, &measured, &least, unit) == 4)
		table_at_least(t, measured, least, unit, "%s", what);
	(void)fclose(f);
}

/* Three significant digits, commas in large numbers. */
static const char *number(char out[32], double v)
{
	if (v >= 1000)
		(void)snprintf(out, 32, "%s", tool_count((uint64_t)(v + 0.5)));
	else
		(void)snprintf(out, 32, "%.*f", v < 10 ? 2 : v < 100 ? 1 : 0, v);
	return out;
}

static int is_reached(const struct promise *row)
{
	return row->at_most ? row->measured <= row->promised : row->measured >= row->promised;
}

void table_print(const struct table *t)
{
	char measured[32], promised[32];
	(void)printf("\nPromises\n  %-62s %10s     %18s\n", "", "measured", "promised");
	for (size_t i = 0; i < t->n; i++) {
		const struct promise *row = &t->rows[i];
		(void)printf("  %-62s %10s %-3s %s %9s %-3s %s\n", row->what, number(measured, row->measured),
		             row->unit, row->at_most ? "at most " : "at least", number(promised, row->promised),
		             row->unit, is_reached(row) ? "reached" : "missed");
	}
}
