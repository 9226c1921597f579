/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_DRAFT_H
#define LG_TAXONOMY_DRAFT_H
#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "taxonomy/name.h"

/**
 * @file
 * A vocabulary in the making: say what there is, in any order, then build the image of it.
 *
 *     struct lg_draft *d = lg_draft_new(cx);
 *     LG_TRY(lg_draft_occupation(cx, d, "http://data.europa.eu/esco/occupation/...", "2221.1", "2221"));
 *     lg_draft_label(cx, d, LG_OCCUPATION, "http://data.europa.eu/esco/occupation/...", "en", true, "nurse");
 *     lg_draft_builtin(cx, d);
 *     LG_TRY(lg_draft_build(cx, d, "ESCO v1.1.1", "This service uses ...", &image));
 *
 * All memory is cx->mem's; strings given are borrowed until the image is built. Names are those of taxonomy/name.h.
 * Threads: a draft belongs to one.
 */
struct lg_draft;

struct lg_draft *lg_draft_new(struct lg_ctx *cx);

/** An ISCO-08 group; again is no harm. LG_INVALID: the code is not of 1 to 4 digits. */
LG_MUST enum lg_err lg_draft_group(struct lg_ctx *cx, struct lg_draft *d, const char *code);
/**
 * An occupation: `name` is its URI, UUID or, of a built-in one, its `lg:slug`; then `code` is the slug too.
 * `unit` is the unit group's code. LG_INVALID: one of them is of a wrong form.
 */
LG_MUST enum lg_err lg_draft_occupation(struct lg_ctx *cx, struct lg_draft *d, const char *name, const char *code,
                                        const char *unit);
/** A skill: its URI, UUID, or `lg:slug`. LG_INVALID: none of these. */
LG_MUST enum lg_err lg_draft_skill(struct lg_ctx *cx, struct lg_draft *d, const char *name);

/**
 * A label of something that is, or will be, in the draft. The first preferred one of a language stays preferred, later
 * ones become alternatives; the same text twice counts once. Empty texts are passed over.
 */
void lg_draft_label(struct lg_ctx *cx, struct lg_draft *d, enum lg_kind kind, const char *name, const char *language,
                    bool preferred, const char *text);
/** An occupation's next wider occupation. Without one, the code's dots tell, else the unit group. */
void lg_draft_broader(struct lg_ctx *cx, struct lg_draft *d, const char *name, const char *broader);
/** An occupation asks for a skill. Said both ways, essential holds. */
void lg_draft_relation(struct lg_ctx *cx, struct lg_draft *d, const char *occupation, const char *skill,
                       bool essential);

/** All ISCO-08 groups, and the occupations and skills of our own. LG_FAULT: never, unless the tables are wrong. */
LG_MUST enum lg_err lg_draft_builtin(struct lg_ctx *cx, struct lg_draft *d);

/** An image and what was left out of it: names of things that nothing else in the draft names. */
struct lg_image {
	void *bytes; /* aligned to 16; cx->mem's */
	size_t size;
	size_t dangling_relations, dangling_labels, dangling_broader;
	struct lg_dangling {
		const char *from, *to;
	} first[10]; /* of the relations */
};

/** How much of the head is not hashed: hash what lies behind, then seal. */
size_t lg_image_unhashed(void);
/** Write the hash, 64 hexadecimal digits, into the image. */
void lg_image_seal(struct lg_image *image, const char hash[65]);

/**
 * Make the image. LG_INVALID: two concepts have one code, an occupation's unit group is unknown, the tree is more
 * than 16 levels deep, or there is too much of something. O(n log n) for all names, and the closeness: well under a
 * second for 3,700 occupations and groups.
 */
LG_MUST enum lg_err lg_draft_build(struct lg_ctx *cx, struct lg_draft *d, const char *version, const char *attribution,
                                   struct lg_image *out);
#endif
