/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_APP_POLICY_H
#define LG_APP_POLICY_H
#include <stddef.h>
#include <stdint.h>

/**
 * Roles are bundles of rights (app/role.def), rights are plain sentences (app/right.def). Pure, any thread.
 */
struct role {
	const char *name; /* as the database has it: "caseworker" */
	const char *text; /* English, for the catalogues */
	uint64_t rights;  /* bit MAY_x */
};
const struct role *role_named(const char *name); /* or NULL */
const struct role *roles(size_t *n);
/** What right `i` of enum right allows, in English. */
const char *right_text(unsigned right);
const char *right_name(unsigned right);
#endif
