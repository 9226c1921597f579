/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TEST_CORE_RECEIVER_H
#define LG_TEST_CORE_RECEIVER_H
#include <stddef.h>

/**
 * @file
 * Who is told by webhooks: a small HTTP server on loopback, a process of its own, that keeps what it was told in memory
 * that it shares with the test.
 */
enum { RECEIVER_MOST = 4000 };
struct receiver_told {
	char id[48], at[24], signature[200], type[40], body[600];
};
struct receiver {
	int port;
	volatile int fail;      /* answer so many more with `status`, then 200 */
	volatile int status;    /* 500, 302 ... */
	volatile int long_body; /* answer a megabyte */
	volatile int slow_ms;   /* before each answer */
	volatile size_t n;
	struct receiver_told told[RECEIVER_MOST];
};
/** Before the program has threads. It ends with the program. */
struct receiver *receiver_start(void);
void receiver_stop(void);
#endif
