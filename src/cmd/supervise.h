/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_SUPERVISE_H
#define LG_CMD_SUPERVISE_H
#include "cmd/settings.h"

/**
 * @file
 * The supervisor: opens what is listened to, readies the database, keeps its processes alive (cmd/process.def),
 * starts parsers for the web process, and ends all of it in order: pages first, then jobs, then sign-in, then a private
 * database.
 *
 * It reads nothing that comes from outside but one byte and two descriptors from the web process (cmd/parser.h), so it
 * holds the keys. One thread; everything is an event of one poll().
 *
 * A process that ends is started again: at once when it lived a while, else after a pause that doubles up to two
 * seconds. What it listened to stays open meanwhile, so that nobody is refused, only served later.
 */
LG_MUST enum lg_err supervise(struct lg_ctx *cx, const struct settings *s);
#endif
