/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/match_words.h"

#include <string.h>

#include "app/record.h"
#include "core/form.h"
#include "view/speech.h"

enum { SAID_MOST = 4 };

static const char *label(const struct explain *e, uint16_t concept)
{
	return lg_taxonomy_label(e->in->taxonomy, concept, lg_speech_language());
}

/* The occupation asked for that is most like this one. */
static const char *asked_like(struct lg_arena *mem, const struct explain *e, uint16_t own)
{
	const struct lgm_setup *s = e->in->setup;
	unsigned best = 0;
	uint16_t which = LG_NO_CONCEPT;
	for (size_t i = 0; i < e->o->n_occupations; i++) {
		uint16_t wanted = e->o->occupations[i];
		unsigned close = s->closeness[(size_t)wanted * s->concepts + own];
		if (which == LG_NO_CONCEPT || close > best) best = close, which = wanted;
	}
	if (which == LG_NO_CONCEPT) return lg_say("no occupation is asked for");
	/* TRANSLATORS: an occupation, and how much of it another one covers: "cleaner (alike by 80%)" */
	return lg_printf(mem, lg_say("%s (alike by %u%%)"), label(e, which), best);
}

static void put_row(struct lg_arena *mem, const json_t *row, const struct explain *e, struct html_match *card)
{
	const char *own = record_word(row, "own_words"), *code = record_word(row, "occupation");
	uint16_t concept = lg_taxonomy_concept(e->in->taxonomy, code, strlen(code));
	if (!*own || concept == LG_NO_CONCEPT || card->n_said == SAID_MOST) return;
	card->said[card->n_said++] = (struct html_match_said){ .own = own,
		                                               .own_lang = form_script_language(own),
		                                               .read = label(e, concept),
		                                               .asked = asked_like(mem, e, concept) };
}

void match_words_put(struct lg_arena *mem, const json_t *candidate, const struct explain *e, struct html_match *card)
{
	static const char *const lists[] = { "occupations", "experience" };
	card->said = lg_array(mem, SAID_MOST, sizeof *card->said);
	for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
		size_t i;
		json_t *row;
		json_array_foreach(json_object_get(candidate, lists[l]), i, row) put_row(mem, row, e, card);
	}
}
