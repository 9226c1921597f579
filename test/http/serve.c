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
	static struct place p;
	place_prepare(&p);
	p.config.workers = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 4;
	p.config.trusted_proxy = argc > 2 ? argv[2] : NULL;
	p.config.queue = p.config.connections = 1000;
	p.config.idle_ms = 30000;
	place_open(&p);
	printf("port %u\n", p.port);
	(void)fflush(stdout);
	char byte;
	while (read(STDIN_FILENO, &byte, 1) > 0) {}
	http_server_drain(p.server, 2000);
	place_close(&p);
	return 0;
}
