/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_CLOCK_H
#define LG_CMD_CLOCK_H
#include <stdint.h>

/** Seconds that passed, and seconds that all threads of this process computed. From any start: use differences. */
double clock_seconds(void);
double clock_cpu(void);
/** Most memory this process has held so far, in bytes. */
int64_t clock_peak_memory(void);
#endif
