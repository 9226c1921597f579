/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_PROGRESS_H
#define LG_CMD_PROGRESS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROGRESS_PHASES 12u

/**
 * The phases of a run: how long each took, and a word about it on stderr: a bar on a terminal, else a line at the
 * end of each, nothing when quiet. A phase that comes again adds to its first time.
 * Threads: one, the one that began it.
 */
struct progress {
	struct phase {
		const char *name;
		double seconds, cpu;
	} phases[PROGRESS_PHASES];
	size_t n, at;
	bool quiet, terminal;
	double began, began_cpu, shown;
};

struct progress progress_new(bool quiet);
/** `name` is for people and for the summary: "read", "join". */
void progress_begin(struct progress *p, const char *name);
/** Some of the work is done; at most ten times a second something is drawn. total 0: unknown. */
void progress_at(struct progress *p, uint64_t done, uint64_t total);
/** @return the phase as it stands, all its times together */
const struct phase *progress_end(struct progress *p);
#endif
