/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "cmd/clock.h"

enum { BAR = 30 };

struct progress progress_new(bool quiet)
{
	return (struct progress){ .quiet = quiet, .terminal = isatty(STDERR_FILENO) == 1 };
}

static size_t phase_named(struct progress *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (!strcmp(p->phases[i].name, name)) return i;
	lg_assert(p->n < PROGRESS_PHASES);
	p->phases[p->n] = (struct phase){ .name = name };
	return p->n++;
}

void progress_begin(struct progress *p, const char *name)
{
	p->at = phase_named(p, name);
	p->began = clock_seconds();
	p->began_cpu = clock_cpu();
	p->shown = p->began;
}

static void draw(const struct progress *p, uint64_t done, uint64_t total)
{
	static const char full[] = "##############################", none[] = "..............................";
	int n = total ? (int)((double)done / (double)total * BAR) : 0;
	if (n > BAR) n = BAR;
	(void)fprintf(stderr, "\r%-10s [%.*s%.*s] %5.1f s", p->phases[p->at].name, n, full, BAR - n, none,
	              p->shown - p->began);
	(void)fflush(stderr);
}

void progress_at(struct progress *p, uint64_t done, uint64_t total)
{
	if (p->quiet || !p->terminal) return;
	double now = clock_seconds();
	if (now - p->shown < 0.1) return;
	p->shown = now;
	draw(p, done, total);
}

const struct phase *progress_end(struct progress *p)
{
	struct phase *ph = &p->phases[p->at];
	double seconds = clock_seconds() - p->began, cpu = clock_cpu() - p->began_cpu;
	ph->seconds += seconds;
	ph->cpu += cpu;
	if (p->quiet) return ph;
	(void)fprintf(stderr, "%s%-10s %.2f s, %.2f s of computing%s\n", p->terminal ? "\r" : "", ph->name, seconds,
	              cpu, p->terminal ? "\033[K" : "");
	return ph;
}
