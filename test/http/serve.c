/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"

/*
 * The site of the tests as a program, for those in shell:
 *     serve [TRUSTED-PROXY [WORKERS]]   prints its port, and one that was free just now; serves until standard input
 * ends serve --smuggle DIR               write each case of smuggling.def, with another request behind it, to DIR/NAME
 */
#define NEXT "GET /smuggled HTTP/1.1\r\nHost: x.example\r\nConnection: close\r\n\r\n"

static void write_case(const char *dir, const char *name, const char *bytes, size_t n)
{
	char path[4096];
	(void)snprintf(path, sizeof path, "%s/%s", dir, name);
	for (char *c = path + strlen(dir) + 1; *c; c++)
		if (*c == '/') *c = ' ';
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0) abort();
}

static int smuggle(const char *dir)
{
#define X(name, bytes)                                                                                                 \
	{                                                                                                              \
		static const char all[] = bytes NEXT;                                                                  \
		write_case(dir, name, all, sizeof all - 1);                                                            \
	}
#define BODY X
#define PROXY X
#include "smuggling.def"
	return 0;
}

int main(int argc, char **argv)
{
	static struct place p, spare;
	if (argc == 3 && strcmp(argv[1], "--smuggle") == 0) return smuggle(argv[2]);
	place_prepare(&p);
	place_prepare(&spare);
	close(spare.config.listen_fd);
	p.config.trusted_proxy = argc > 1 && *argv[1] ? argv[1] : NULL;
	p.config.workers = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 4;
	p.config.queue = p.config.connections = 1000;
	p.config.idle_ms = p.config.head_ms = 30000;
	place_open(&p);
	printf("%u %u\n", p.port, spare.port);
	(void)fflush(stdout);
	char byte;
	while (read(STDIN_FILENO, &byte, 1) > 0) {}
	http_server_drain(p.server, 2000);
	place_close(&p);
	lg_arena_free(spare.cx.mem);
	return 0;
}
