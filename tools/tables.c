/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Makes the engine's integer tables at build time, in whole numbers only: tables >lgm_tables.c */
#include <stdint.h>
#include <stdio.h>

enum { STEPS = 1001 }; /* 0..250 km in steps of 250 m */

int main(void)
{
	/* Q36, so that a thousand roundings do not show; 80 steps are 20 km, where it has fallen to about 1/e. */
	uint64_t decay = 1ull << 36;
	puts("/* Made by tools/tables.c. Edit that. */\n#include \"inner.h\"\nconst uint32_t lgm_decay[LGM_STEPS] = {");
	for (int i = 0; i < STEPS; i++) {
		printf("%u,%c", (unsigned)(decay >> 20), i % 12 == 11 ? '\n' : ' ');
		decay -= decay / 80;
	}
	puts("};");
	return 0;
}
