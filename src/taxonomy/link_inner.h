/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_LINK_INNER_H
#define LG_TAXONOMY_LINK_INNER_H
#include <string.h>

#include "taxonomy/embed.h"
#include "taxonomy/link.h"
#include "taxonomy/link_cover.h"
#include "taxonomy/link_section.h"

/** The linker inside: link_make.c makes it, link.c asks it. */

/* A text that was confirmed. */
struct confirmed {
	uint32_t key, concept;
	struct lg_link_label label;
};

struct lg_linker {
	struct lg_section *sections;
	size_t n_sections;
	struct lg_cover cover;
	const struct lg_embedding *embedding; /* NULL: there is none */
	int8_t *centres;                      /* [concepts][dimensions] the directions of all labels together */
	uint32_t *centre_factors;             /* [concepts] */
	struct lg_link_label *labels;         /* by language and concept */
	uint32_t *index;                      /* [labels] as they were given */
	size_t n;
	uint32_t concepts;
	struct confirmed *confirmed;
	size_t n_confirmed;
};

static inline bool lg_link_same_language(const char *a, const char *b) { return !strncmp(a, b, 4); }

/** Texts that are alike but for what the linker does not look at have one key; 0: there are no letters. */
uint32_t lg_link_key(const char *text, size_t n);
#endif
