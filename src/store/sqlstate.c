/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "store/sqlstate.h"

#include <stddef.h>
#include <string.h>

/* The first line that a code begins with. */
static const struct {
	const char *begins;
	enum lg_err err;
} table[] = {
	{ "23505", LG_CONFLICT }, /* unique_violation */
	{ "23P01", LG_CONFLICT }, /* exclusion_violation */
	{ "23", LG_INVALID },     /* other constraints */
	{ "22", LG_INVALID },     /* a value that its type cannot take */
	{ "40", LG_CONFLICT },    /* serialization, deadlock */
	{ "55P03", LG_CONFLICT }, /* lock_not_available */
	{ "42501", LG_DENIED },   /* insufficient_privilege; a policy's WITH CHECK */
	{ "28", LG_DENIED },      /* authorization */
	{ "25P03", LG_BUSY },     /* idle in a transaction for too long */
	{ "53", LG_BUSY },        /* memory, disk, connections */
	{ "57", LG_BUSY },        /* cancelled, timeout, shutting down, starting */
	{ "08", LG_BUSY },        /* connection */
};

enum lg_err db_sqlstate(const char *state)
{
	if (!state || !*state) return LG_BUSY;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (!strncmp(state, table[i].begins, strlen(table[i].begins))) return table[i].err;
	return LG_FAULT;
}

bool db_sqlstate_is_loggable(const char *state)
{
	if (!state || !*state) return true;
	return strncmp(state, "22", 2) != 0 && strncmp(state, "23", 2) != 0 && strncmp(state, "P0", 2) != 0;
}
