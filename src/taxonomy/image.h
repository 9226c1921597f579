/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_IMAGE_H
#define LG_TAXONOMY_IMAGE_H
#include <stddef.h>
#include <stdint.h>

#include "taxonomy/taxonomy.h"

/**
 * @file
 * How an image lies in its bytes. Only this component reads it; others use taxonomy/taxonomy.h.
 *
 * A head, then sections, each at an offset divisible by 8, in the byte order of the machine that made it (a file of
 * the other order is refused). A text is an offset into the section of strings, where each begins behind a NUL.
 * Items are the concepts and then the skills: item i < concepts is a concept, item concepts + s is skill s.
 */

/* S(name, type of an element, how many, from the counts of the head) */
#define LG_IMAGE_SECTIONS(S)                                                                                           \
	S(strings, char, h->string_bytes)              /* texts, each ended by NUL; the first is ""      */            \
	S(codes, uint32_t, h->concepts)                /* text of each concept's code                    */            \
	S(parents, uint16_t, h->concepts)              /* next wider concept; a top group is its own     */            \
	S(uuids, struct lg_uuid, h->occupations)       /* of ESCO's occupations, in order of concepts    */            \
	S(by_uuid, uint16_t, h->occupations)           /* their places in `uuids`, by UUID               */            \
	S(skill_uuids, struct lg_uuid, h->skills)      /* of ESCO's skills, ascending                    */            \
	S(skill_slugs, uint32_t, h->own_skills)        /* texts of the built-in skills' slugs, ascending */            \
	S(languages, struct lg_code4, h->languages)    /* ascending                                      */            \
	S(label_first, uint32_t, h->items + 1)         /* where an item's labels begin                   */            \
	S(labels, struct lg_image_label, h->labels)    /* by item, language, preferred first             */            \
	S(relation_first, uint32_t, h->concepts + 1)   /* where a concept's relations begin              */            \
	S(relations, struct lg_relation, h->relations) /* by concept, then skill, ascending            */              \
	S(weights, uint16_t, h->all_skills)            /* how much a skill tells                         */            \
	S(closeness, uint8_t, h->concepts * h->concepts)

struct lg_uuid {
	uint8_t bytes[16];
};
struct lg_code4 {
	char text[4];
};
struct lg_image_label {
	uint32_t text;
	uint8_t language, preferred;
	uint16_t spare;
};

enum lg_image_section {
#define S(name, type, count) LG_SECTION_##name,
	LG_IMAGE_SECTIONS(S)
#undef S
	    LG_SECTIONS
};

/** The head. From `concepts` on everything is hashed. Counts are of 64 bits, so that sums cannot wrap. */
struct lg_image_head {
	char magic[8];
	uint32_t order, format;
	uint64_t size;
	char hash[72]; /* 64 hexadecimal digits, or empty */
	uint64_t concepts, groups, occupations;
	uint64_t skills, own_skills, all_skills, items;
	uint64_t languages, labels, relations, string_bytes;
	uint32_t version, attribution;
	uint64_t at[LG_SECTIONS];
};

#define LG_IMAGE_MAGIC "LGTAXON"
enum { LG_IMAGE_ORDER = 0x01020304, LG_IMAGE_FORMAT = 1, LG_CODE_MAX = 63, LG_DEPTH_MAX = 16 };

/** A view: the sections of one image. */
struct lg_taxonomy {
	const struct lg_image_head *head;
#define S(name, type, count) const type *name;
	LG_IMAGE_SECTIONS(S)
#undef S
};

/** Bytes of a section and where the next may begin. */
static inline uint64_t lg_image_round(uint64_t n) { return (n + 7) / 8 * 8; }
uint64_t lg_image_section_size(const struct lg_image_head *h, enum lg_image_section s);
/** Point the view's fields at the sections; the offsets must hold. */
void lg_image_view(struct lg_taxonomy *t, const struct lg_image_head *h);
#endif
