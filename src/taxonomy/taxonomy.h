/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_TAXONOMY_H
#define LG_TAXONOMY_TAXONOMY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/**
 * @file
 * The vocabulary: ISCO-08 groups, ESCO occupations, skills, what belongs to what, and how close two occupations are.
 *
 * A taxonomy is a read-only view of one image: a compact, position-independent block of bytes that `landgang
 * taxonomy import` writes and that is memory-mapped at start (the caller maps it; this component does no I/O).
 * Without a file, lg_taxonomy_builtin() makes an image of all ISCO-08 groups and about 250 occupations.
 *
 * Concepts are numbered 0..lg_taxonomy_concepts()-1: first the ISCO-08 groups of 1 to 4 digits by code, then the
 * occupations by code. Skills are numbered 0..lg_taxonomy_skills()-1: ESCO's by UUID, then the built-in ones
 * (`lg:slug`), which every image has. The numbers hold within one image only; outside it, codes and URIs count.
 * Threads: any, once opened. Strings and arrays belong to the image.
 */
struct lg_taxonomy;

/**
 * Take an image into use, without copying. Every offset and count is checked, so that a damaged or hostile file gives
 * LG_INVALID with a reason, never a fault; only the values of the closeness are not looked at one by one (whoever uses
 * them checks that they are at most 100, as lgm_setup_fault does). O(image) without the closeness: tens of
 * milliseconds. `image` must be aligned to 8 bytes and outlive cx->mem's users.
 */
LG_MUST enum lg_err lg_taxonomy_open(struct lg_ctx *cx, struct lg_taxonomy **out, const void *image, size_t size);
/** The built-in one, made in cx->mem. A few milliseconds. */
LG_MUST enum lg_err lg_taxonomy_builtin(struct lg_ctx *cx, struct lg_taxonomy **out);

/**
 * "ESCO v1.1.1" or "built-in 1"; the line ESCO asks for, or "". Hash: SHA-256 of the image behind its unhashed first
 * part (taxonomy/draft.h), lower-case hex, as the import wrote it; "" of the built-in one, whose version says all.
 */
const char *lg_taxonomy_version(const struct lg_taxonomy *t);
const char *lg_taxonomy_attribution(const struct lg_taxonomy *t);
const char *lg_taxonomy_hash(const struct lg_taxonomy *t);

enum { LG_NO_CONCEPT = 0xFFFF, LG_NO_SKILL = 0xFFFF };

uint16_t lg_taxonomy_concepts(const struct lg_taxonomy *t);
uint16_t lg_taxonomy_skills(const struct lg_taxonomy *t);

/**
 * The concept a text names: an ESCO code (2221.1) or one of our own (lg:nurse), an occupation's URI or its UUID, an
 * ISCO-08 code of 1 to 4 digits, or an ISCO group's URI (http://data.europa.eu/esco/isco/C2221). LG_NO_CONCEPT when
 * there is none. O(log n).
 */
uint16_t lg_taxonomy_concept(const struct lg_taxonomy *t, const char *text, size_t n);
/** The skill a text names: its URI, its UUID, or a built-in `lg:slug`. LG_NO_SKILL when there is none. */
uint16_t lg_taxonomy_skill(const struct lg_taxonomy *t, const char *text, size_t n);

/** "2221" of a group, "2221.1" of an occupation. */
const char *lg_taxonomy_code(const struct lg_taxonomy *t, uint16_t concept);
/** Full URI into `out`; built-in skills and occupations give their slug or code. @return out */
const char *lg_taxonomy_concept_uri(const struct lg_taxonomy *t, uint16_t concept, char out[80]);
const char *lg_taxonomy_skill_uri(const struct lg_taxonomy *t, uint16_t skill, char out[80]);
bool lg_taxonomy_is_group(const struct lg_taxonomy *t, uint16_t concept);
/** The ISCO-08 unit group (4 digits) of an occupation; the concept itself when it is a group. */
uint16_t lg_taxonomy_unit_group(const struct lg_taxonomy *t, uint16_t concept);

/**
 * Preferred label in a language ("da", "sv", "uk", "en"), else in English, else a concept's code, a built-in skill's
 * slug, or any label of an ESCO skill. Never NULL.
 */
const char *lg_taxonomy_label(const struct lg_taxonomy *t, uint16_t concept, const char *language);
const char *lg_taxonomy_skill_label(const struct lg_taxonomy *t, uint16_t skill, const char *language);

/** Every label of a concept, for indexes: index 0..n-1. @return NULL past the end */
struct lg_label {
	const char *text;
	char language[4];
	bool preferred;
};
const char *lg_taxonomy_labels(const struct lg_taxonomy *t, uint16_t concept, size_t index, struct lg_label *out);
/** The same of a skill. By language, the preferred one first. */
const char *lg_taxonomy_skill_labels(const struct lg_taxonomy *t, uint16_t skill, size_t index, struct lg_label *out);
/** The languages there are labels in, ascending: index 0..n-1. @return NULL past the end */
const char *lg_taxonomy_language(const struct lg_taxonomy *t, size_t index);

/** One relation of an occupation to a skill. */
struct lg_relation {
	uint16_t skill;
	uint8_t essential, spare;
};
/** Relations of an occupation, skills ascending; of a group none. @return how many */
size_t lg_taxonomy_relations(const struct lg_taxonomy *t, uint16_t concept, const struct lg_relation **out);

/**
 * What the engine borrows (struct lgm_setup): next wider group; closeness in per cent; how much a skill tells, which is
 * 50 + 100 * log2((N+1)/(n+1)) where n of N occupations ask for it.
 */
const uint16_t *lg_taxonomy_parents(const struct lg_taxonomy *t);       /* [concepts]; a top group is its own */
const uint8_t *lg_taxonomy_closeness(const struct lg_taxonomy *t);      /* [wanted][offered]: taxonomy/closeness.h */
const uint16_t *lg_taxonomy_skill_weights(const struct lg_taxonomy *t); /* [skills] */
#endif
