/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TEST_STORE_SCRATCH_H
#define LG_TEST_STORE_SCRATCH_H

/**
 * @file
 * A PostgreSQL for one test program, by cluster.sh. It goes when the program ends, however it ends.
 */

/** Start it. `script` is cluster.sh; `sql`, if any, is run in it by the superuser. Fails the test when it cannot. */
void scratch_start(const char *script, const char *sql);
/** "host=... dbname=landgang" */
const char *scratch_conninfo(void);
/** Run some SQL as the superuser; @return the first value of the last statement, or "" (it lives until the next call)
 */
const char *scratch_sql(const char *sql);
/** cluster.sh VERB: crash, again. */
void scratch_do(const char *verb);
void scratch_stop(void);
#endif
