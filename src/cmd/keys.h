/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_KEYS_H
#define LG_CMD_KEYS_H
#include <stdint.h>

#include "base/ctx.h"

/**
 * @file
 * The keys folder: one file a key, 64 hexadecimal digits and a newline, for the owner alone (0600 in a folder 0700).
 */
enum { KEY_BYTES = 32 };

enum key {
	KEY_SEAL, /* seals fields (app/seal.h); what it sealed is lost with it */
	KEY_FORM, /* marks forms that were filled in before sign-in */
	/* Passwords of the database's roles, made here and told to the database by "landgang migrate". */
	KEY_LG_AUTH,
	KEY_LG_WEB,
	KEY_LG_JOB,
	KEY_LG_MATCH,
	KEYS
};

struct keys {
	uint8_t bytes[KEYS][KEY_BYTES];
};

/**
 * Read them; make those that are missing, and the folder. Two that start at once end with the same keys.
 * Errors: RUN_IO; LG_INVALID: a file is no key, or others may read it.
 */
LG_MUST enum lg_err keys_open(struct lg_ctx *cx, const char *folder, struct keys *out);
/** Wipe them from memory. */
void keys_forget(struct keys *k);

/** Name of a role's key as the database knows the role ("lg_web"), or NULL. */
const char *key_role(enum key key);
/** As text: a password of 64 digits. */
void key_text(char out[2 * KEY_BYTES + 1], const struct keys *k, enum key key);
#endif
