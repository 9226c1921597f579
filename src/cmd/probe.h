/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_PROBE_H
#define LG_CMD_PROBE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Is the service there? Asks its own GET /health, as a monitor would, without ever waiting; of the answer
 * only "HTTP/1.1 200" is read.
 */
struct probe {
	int listen, fd;
	int64_t until_ms, next_ms;
	size_t n;
	char said[16];
};
/** `listen`: the socket that /health is served on. */
void probe_begin(struct probe *p, int listen);
/** Go on with a question, or begin the next. @return true: it answered 200 */
bool probe_ask(struct probe *p, int64_t now_ms);
/** To wait for; -1: for nothing. */
int probe_fd(const struct probe *p);
void probe_end(struct probe *p);
#endif
