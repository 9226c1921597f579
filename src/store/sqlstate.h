/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_STORE_SQLSTATE_H
#define LG_STORE_SQLSTATE_H
#include <stdbool.h>

#include "base/err.h"

/** The one table from PostgreSQL's codes to ours. `state` NULL or empty: the connection was lost. */
enum lg_err db_sqlstate(const char *state);
/** May what the server said in words go to the log? Of some classes it holds values, which may be a person's. */
bool db_sqlstate_is_loggable(const char *state);
#endif
