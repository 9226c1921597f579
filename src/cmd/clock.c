/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/clock.h"

#include <sys/resource.h>
#include <time.h>

static double now(clockid_t which)
{
	struct timespec t;
	if (clock_gettime(which, &t)) return 0;
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double clock_seconds(void) { return now(CLOCK_MONOTONIC); }
double clock_cpu(void) { return now(CLOCK_PROCESS_CPUTIME_ID); }

int64_t clock_peak_memory(void)
{
	struct rusage use;
	return getrusage(RUSAGE_SELF, &use) ? 0 : (int64_t)use.ru_maxrss * 1024;
}
