/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fixture.h"

/*
 * The site of the tests as a program, for those in shell: prints "port N", serves until standard input ends.
 *     serve [WORKERS [TRUSTED-PROXY]]
 */
int main(int argc, char **argv)
{
	static struct site site;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct http_server *server;
	uint16_t port;
	struct http_server_config config = short_limits(listen_somewhere(&port), &site);
	config.workers = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 4;
	config.trusted_proxy = argc > 2 ? argv[2] : NULL;
	config.queue = config.connections = 1000;
	config.idle_ms = 30000;
	if (http_server_start(&cx, &server, &config) != LG_OK) return 1;
	printf("port %u\n", port);
	(void)fflush(stdout);
	char byte;
	while (read(STDIN_FILENO, &byte, 1) > 0) {}
	http_server_drain(server, 2000);
	http_server_stop(server);
	lg_arena_free(cx.mem);
	return 0;
}
