/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "market/confirmed.h"

/* Any bytes as a file of confirmed choices: refused with a reason, or each choice is of something, in a language. */

static const struct lg_taxonomy *taxonomy(void)
{
	static struct lg_ctx cx;
	static struct lg_taxonomy *t;
	if (t) return t;
	cx.mem = lg_arena_new(0, NULL);
	if (lg_taxonomy_builtin(&cx, &t) != LG_OK) abort();
	return t;
}

static void check(const struct lg_confirmed *c)
{
	const uint32_t items[] = { lg_taxonomy_concepts(taxonomy()), lg_taxonomy_skills(taxonomy()) };
	for (unsigned of = 0; of < 2; of++)
		for (size_t i = 0; i < c->n[of]; i++) {
			const struct lg_link_label *l = &c->choices[of][i];
			size_t n = strnlen(l->language, sizeof l->language);
			if (l->concept >= items[of] || !*l->text || n < 2 || n > 3) abort();
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_confirmed c;
	enum lg_err err = lg_confirmed_read(&cx, &c, "c", (const char *)data, size, taxonomy());
	if ((err == LG_OK) != !cx.notes) abort();
	if (err == LG_OK) check(&c);
	lg_arena_free(cx.mem);
	return 0;
}
