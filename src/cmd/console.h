/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_CONSOLE_H
#define LG_CMD_CONSOLE_H
#include "cmd/keys.h"
#include "cmd/settings.h"
#include "store/db.h"

/**
 * @file
 * What whoever may read the keys can do from the command line, beside a service that runs or not: under the role
 * lg_auth, with its key. In trial mode the service must run, because it is it that runs the database.
 */
struct console {
	struct settings settings;
	struct keys keys;
	struct db_pool *pool; /* of lg_auth, unless said otherwise; ends with cx */
};
/** Errors: those of settings_read() and keys_open(); LG_UNKNOWN: there is no database yet. */
LG_MUST enum lg_err console_open(struct lg_ctx *cx, const char *config, struct console *out);
/** The same under another role of the service. */
LG_MUST enum lg_err console_open_as(struct lg_ctx *cx, const char *config, const char *role, enum key key,
                                    struct console *out);
/** A transaction of lg_auth's own functions. Errors: LG_UNKNOWN, with words: the database is away. */
LG_MUST enum lg_err console_db(struct lg_ctx *cx, const struct console *c, struct db **out);

/** Where pages are: public_url, or the address and port that are set. */
const char *console_url(struct lg_ctx *cx, const struct console *c);

/** The supervisor's side: note for consoles where its private database and its pages are. */
LG_MUST enum lg_err console_note(struct lg_ctx *cx, const struct settings *s, const char *conninfo, const char *url);
#endif
