/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_SPAWN_CHILD_H
#define LG_CMD_SPAWN_CHILD_H
#include <stddef.h>
#include <sys/types.h>

/**
 * Start this very program again as "landgang serve --child NAME": the file that we are, whatever stands at its path by
 * now. fds[i] becomes descriptor 3 + i (-1: none); no other is open in it but the three standard ones. It has a session
 * of its own, so that Ctrl-C is ours alone, and an environment of a few lines. @return its pid, or -1 with errno
 */
pid_t spawn_child(const char *name, const int *fds, size_t n);
#endif
