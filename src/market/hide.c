/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/hide.h"

static bool small(uint64_t count) { return count && count < LG_HIDE_BELOW; }

/* The smallest cell of a line that is still shown; one of more than nobody before those of nobody. */
static bool smallest(const uint64_t *counts, const bool *hidden, const struct lg_hide_line *line, uint32_t *out)
{
	bool found = false;
	for (size_t i = 0; i < line->n; i++) {
		uint32_t c = line->cells[i];
		if (hidden[c]) continue;
		if (found && (!counts[c] || (counts[*out] && counts[c] >= counts[*out]))) continue;
		*out = c;
		found = true;
	}
	return found;
}

/* @return whether it hid one more */
static bool mend(const uint64_t *counts, bool *hidden, const struct lg_hide_line *line)
{
	uint64_t sum = 0;
	size_t n = 0;
	uint32_t one = 0;
	for (size_t i = 0; i < line->n; i++) {
		if (!hidden[line->cells[i]]) continue;
		sum += counts[line->cells[i]];
		n++;
	}
	if (!n || (n > 1 && sum >= LG_HIDE_BELOW)) return false;
	if (!smallest(counts, hidden, line, &one)) return false;
	hidden[one] = true;
	return true;
}

void lg_hide(const uint64_t *counts, bool *hidden, size_t n, const struct lg_hide_line *lines, size_t n_lines)
{
	bool again = true;
	for (size_t i = 0; i < n; i++) hidden[i] = hidden[i] || small(counts[i]);
	while (again) {
		again = false;
		for (size_t i = 0; i < n_lines; i++)
			while (mend(counts, hidden, &lines[i])) again = true;
	}
}

void lg_hide_row(struct lg_ctx *cx, const uint64_t *counts, bool *hidden, size_t n)
{
	uint32_t *cells = lg_array(cx->mem, n + 1, sizeof *cells);
	for (size_t i = 0; i < n; i++) cells[i] = (uint32_t)i;
	const struct lg_hide_line line = { cells, n };
	lg_hide(counts, hidden, n, &line, 1);
}

void lg_hide_table(struct lg_ctx *cx, const uint64_t *counts, bool *hidden, size_t rows, size_t columns)
{
	uint32_t *cells = lg_array(cx->mem, 2 * rows * columns + 1, sizeof *cells), *next = cells;
	struct lg_hide_line *lines = lg_array(cx->mem, rows + columns, sizeof *lines);
	for (size_t r = 0; r < rows; r++) {
		lines[r] = (struct lg_hide_line){ next, columns };
		for (size_t c = 0; c < columns; c++) *next++ = (uint32_t)(r * columns + c);
	}
	for (size_t c = 0; c < columns; c++) {
		lines[rows + c] = (struct lg_hide_line){ next, rows };
		for (size_t r = 0; r < rows; r++) *next++ = (uint32_t)(r * columns + c);
	}
	lg_hide(counts, hidden, rows * columns, lines, rows + columns);
}

bool lg_hide_part(uint64_t part, uint64_t whole) { return small(part) || (whole >= part && small(whole - part)); }
