/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_DRAFT_IN_H
#define LG_TAXONOMY_DRAFT_IN_H
#include "taxonomy/draft.h"

/**
 * @file
 * The inside of a draft, for draft.c (which collects) and build.c (which makes the image).
 */

/** A list that grows in an arena; what it outgrows stays there until the arena is reset. */
struct lg_list {
	void *items;
	size_t n, room;
};
/** Room for one more, zeroed; `size` is the same at each call. */
void *lg_list_add(struct lg_ctx *cx, struct lg_list *list, size_t size);

struct lg_item {
	bool own; /* built-in: its name is `code`, not `uuid` */
	struct lg_uuid uuid;
	const char *code, *unit;
	size_t n; /* length of the code                       */
	uint16_t parent;
};

struct lg_draft_label {
	enum lg_kind kind;
	bool preferred;
	const char *name, *text;
	char language[4];
};
struct lg_draft_broader {
	const char *name, *broader;
};
struct lg_draft_relation {
	const char *occupation, *skill;
	bool essential;
};

struct lg_draft {
	struct lg_list items[LG_SKILL + 1]; /* struct lg_item, of each kind */
	struct lg_list labels, broader, relations;
};

#endif
