/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_SETTINGS_TABLE_H
#define LG_CMD_SETTINGS_TABLE_H
#include <stddef.h>

#include "cmd/settings.h"

/* The rows of settings.def as data, for those who read and who print settings. */
enum setting_kind { KIND_TEXT, KIND_NUMBER, KIND_FLAG, KIND_LEVEL };
struct setting_row {
	const char *name;
	enum setting_kind kind;
	const char *otherwise;
	uint64_t least, most;
	const char *unit, *what;
	size_t at; /* offset in struct settings */
};
extern const struct setting_row setting_rows[SETTINGS];

/** A value as a file would say it; `out` is used for numbers. */
const char *setting_value(char out[24], const struct settings *s, const struct setting_row *r);
#endif
