/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_SETTINGS_H
#define LG_CMD_SETTINGS_H
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/ctx.h"

/**
 * @file
 * What the service is told: defaults, then a file of lines "name = value", then the environment. The table is
 * settings.def.
 */
#define SETTING_TEXT const char *
#define SETTING_NUMBER uint64_t
#define SETTING_FLAG bool
#define SETTING_LEVEL unsigned

enum setting {
#define S(kind, name, otherwise, least, most, unit, what) SETTING_##name,
#include "cmd/settings.def"
#undef S
	SETTINGS
};

/** Where a value comes from. */
enum setting_from { FROM_DEFAULT, FROM_FILE, FROM_ENVIRONMENT };

struct settings {
#define S(kind, name, otherwise, least, most, unit, what) SETTING_##kind name;
#include "cmd/settings.def"
#undef S
	uint8_t from[SETTINGS];
	const char *path; /* of the file that was read, or NULL */
	bool trial;       /* no database_url: a private cluster */
};

#define SETTINGS_FILE "/etc/landgang/landgang.conf"

/**
 * Read all three. `path` NULL: SETTINGS_FILE if there is one. Then the empty ones that follow from others are filled.
 * Texts live in cx->mem or in the environment. Errors: RUN_IO, and LG_INVALID with the file, the line and what to do.
 */
LG_MUST enum lg_err settings_read(struct lg_ctx *cx, struct settings *out, const char *path);

/** Read lines of a file's form over what is there already; `path` is named in errors. */
LG_MUST enum lg_err settings_parse(struct lg_ctx *cx, struct settings *out, const char *path, const char *text);
/** All defaults, none that follows from others. */
void settings_default(struct settings *out);
/** Fill those that follow from others, and look at those that must fit together. */
LG_MUST enum lg_err settings_settle(struct lg_ctx *cx, struct settings *out);

/** The effective values, in the file's form, with where each comes from. No password is shown. */
void settings_print(struct lg_buf *out, const struct settings *s);
/** For a child: the same without remarks, and without user and password of the database. */
void settings_hand_over(struct lg_ctx *cx, struct lg_buf *out, const struct settings *s);
/** A file that says all defaults, each with its line of explanation; landgang.conf(5) as roff. */
void settings_example(struct lg_buf *out);
void settings_manual(struct lg_buf *out);

/** The URL without "user:password@". */
const char *settings_url_bare(struct lg_ctx *cx, const char *url);
#endif
