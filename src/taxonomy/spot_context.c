/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/spot_context.h"

#include <string.h>

#include "taxonomy/link_text.h"

enum { AROUND = 3, HEADING_WORDS = 6, OFFER_AT_MOST = 3 };

static const struct {
	uint16_t class;
	const char *words;
} lists[] = {
	{ LG_WORD_NOT, "ikke ingen intet uden inte ej icke ingen inget inga utan not no never without don cannot "
	               "не без немає ні" },
	{ LG_WORD_ONLY, "kun bare blot bara enbart endast only just лише тільки" },
	{ LG_WORD_ROLE,
	  "som søger søges uddannet autoriseret bliv blive søker sökes søkes utbildad legitimerad arbetat "
	  "arbeta jobbat jobba jobbar bli anställa anställer as seeking seek seeks hiring become experienced "
	  "як працював працювала працюю посаду посада шукаємо потрібен потрібна стати" },
	{ LG_WORD_WITH, "med hos af av til till from with by for of to з із від до для" },
	{ LG_WORD_IDLE,
	  "den det de en et ett din dit dine ditt dina vores vore vår vårt våra jeres er era deres deras sin "
	  "sit sitt sine sina the a an our your their this these наш наша наше наші ваш ваша ваше ваші" },
	{ LG_WORD_YOU,
	  "du dig din dit dine jeg mig min mit mine ditt dina jag mitt mina you your i my me ти ви вас ваш ваша "
	  "ваше ваші я мій моя мене erfaring erfaren erfarenhet erfaren experience experienced досвід krav "
	  "kendskab kunskap kunskaper kunskaber kundskaber knowledge знання" },
	{ LG_WORD_US, "vi vores vår vårt våra os oss virksomhed virksomheden företag företaget kommun kommunen kommune "
	              "we our us company ми наш наша наше наші" },
	{ LG_WORD_DANISH, "og er at af jeg ikke fra også eller efter vores søger hos være blive" },
	{ LG_WORD_SWEDISH, "och är att av jag inte från också eller efter vår söker hos vara bli ett" },
	{ LG_WORD_ENGLISH, "and the of to with is are you we our your from will be have this as an" },
	{ LG_WORD_UKRAINIAN, "і й та в у на з із до для що не є як я ми від або про за" },
};

static const char *const offers[] = {
	"vi tilbyder",       "vi kan tilbyde", "tilbyder vi",    "hvad får du",  "om os",        "om virksomheden",
	"dine fordele",      "vi erbjuder",    "vi kan erbjuda", "erbjuder vi",  "vad får du",   "om oss",
	"om företaget",      "förmåner",       "we offer",       "we can offer", "what you get", "about us",
	"about the company", "benefits",       "ми пропонуємо",  "пропонуємо",   "про нас",      "про компанію",
};
enum { OFFERS = sizeof offers / sizeof *offers };

/* In which a label does not mean what it says. */
static const char *const others[] = {
	"i samarbejde med",  "i samarbete med", "in cooperation with", "in collaboration with",  "у співпраці з",
	"under handledning", "god fysik",       "efter forhandling",   "enligt överenskommelse",
};
enum { OTHERS = sizeof others / sizeof *others };

/* ------------------------------------------------------------------------------------------------- classes */

static void add_list(struct lg_ctx *cx, struct lg_spot_context *c, size_t room, const char *list, uint16_t class)
{
	struct lg_spot_words w;
	lg_spot_words(cx, &w, list, strlen(list));
	for (size_t i = 0; i < w.n; i++) {
		uint32_t number = lg_number_add(cx, &c->numbers, lg_letters_key(lg_spot_letters(&w, i), w.words[i].n));
		lg_assert(number < room);
		c->classes[number] |= class;
	}
}

/* What labels of one word are too general for, in any text: that is what the words of an advertisement are about. */
static const char *const general[] = {
#define GENERAL(words) words,
#include "taxonomy/spot.def"
#undef GENERAL
};
enum { GENERALS = sizeof general / sizeof *general };

static size_t room_for(const char *const *texts, size_t n)
{
	size_t room = 1;
	for (size_t i = 0; i < n; i++) room += strlen(texts[i]);
	return room;
}

static struct lg_spot_words *read_phrases(struct lg_ctx *cx, const char *const *texts, size_t n)
{
	struct lg_spot_words *out = lg_array(cx->mem, n, sizeof *out);
	for (size_t i = 0; i < n; i++) lg_spot_words(cx, &out[i], texts[i], strlen(texts[i]));
	return out;
}

void lg_spot_context(struct lg_ctx *cx, struct lg_spot_context *c)
{
	size_t room = room_for(general, GENERALS);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) room += strlen(lists[i].words);
	*c = (struct lg_spot_context){ .classes = lg_array(cx->mem, room, sizeof *c->classes) };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) add_list(cx, c, room, lists[i].words, lists[i].class);
	for (size_t i = 0; i < GENERALS; i++) add_list(cx, c, room, general[i], LG_WORD_GENERAL);
	c->offers = read_phrases(cx, offers, OFFERS);
	c->others = read_phrases(cx, others, OTHERS);
}

uint16_t lg_spot_class(const struct lg_spot_context *c, const uint16_t *letters, size_t n)
{
	uint32_t number = lg_number_find(&c->numbers, lg_letters_key(letters, n));
	return number == LG_NO_NUMBER ? 0 : c->classes[number];
}

/* ------------------------------------------------------------------------------------------------- phrases */

static bool is_phrase(const struct lg_spot_words *w, size_t from, size_t to, const struct lg_spot_words *phrase)
{
	if (to - from < phrase->n) return false;
	for (size_t i = 0; i < phrase->n; i++) {
		const struct lg_spot_word *a = &w->words[from + i], *b = &phrase->words[i];
		if (a->n != b->n || memcmp(w->letters + a->at, phrase->letters + b->at, a->n * sizeof *w->letters) != 0)
			return false;
	}
	return true;
}

/* Does such a phrase begin with one of the first words? */
static bool begins_offer(const struct lg_spot_context *c, const struct lg_spot_words *w, size_t from, size_t to)
{
	for (size_t i = from; i < to && i < from + OFFER_AT_MOST; i++)
		for (size_t k = 0; k < OFFERS; k++)
			if (is_phrase(w, i, to, &c->offers[k])) return true;
	return false;
}

static void block(const struct lg_spot_context *c, const struct lg_spot_words *w, uint16_t *classes)
{
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; k < OTHERS; k++) {
			size_t n = c->others[k].n;
			if (!is_phrase(w, i, w->n, &c->others[k])) continue;
			for (size_t at = i; at < i + n; at++) classes[at] |= LG_WORD_BLOCKED;
		}
}

/* --------------------------------------------------------------------------------------------------- tones */

/* The first word behind i that stands behind such a gap, or a stronger one. */
static size_t next_behind(const struct lg_spot_words *w, size_t i, enum lg_spot_gap gap)
{
	for (i++; i < w->n && w->words[i].gap < gap;) i++;
	return i;
}

static uint8_t tone_of(const struct lg_spot_context *c, const struct lg_spot_words *w, const uint16_t *classes,
                       size_t from, size_t to)
{
	uint16_t all = 0;
	if (begins_offer(c, w, from, to)) return LG_TONE_OFFER;
	for (size_t i = from; i < to; i++) all |= classes[i];
	return all & LG_WORD_YOU ? LG_TONE_YOU : all & LG_WORD_US && !(all & LG_WORD_ROLE) ? LG_TONE_US : LG_TONE_PLAIN;
}

static void tell_sentences(const struct lg_spot_context *c, const struct lg_spot_words *w, const uint16_t *classes,
                           size_t from, size_t to, uint8_t *tones)
{
	for (size_t i = from, end; i < to; i = end) {
		end = next_behind(w, i, LG_GAP_STOP);
		memset(tones + i, tone_of(c, w, classes, i, end), end - i);
	}
}

/* A line of few words that begins no list is a heading; what it offers holds for the lines to the next one. */
static void tell_lines(const struct lg_spot_context *c, const struct lg_spot_words *w, const uint16_t *classes,
                       uint8_t *tones)
{
	bool is_offer = false;
	for (size_t i = 0, end; i < w->n; i = end) {
		end = next_behind(w, i, LG_GAP_LINE);
		bool heading = end - i <= HEADING_WORDS && !w->words[i].bullet;
		if (heading) is_offer = begins_offer(c, w, i, end);
		if (is_offer || w->words[end - 1].linked)
			memset(tones + i, LG_TONE_OFFER, end - i);
		else
			tell_sentences(c, w, classes, i, end, tones);
	}
}

void lg_spot_marks(struct lg_ctx *cx, const struct lg_spot_context *c, const struct lg_spot_words *w,
                   struct lg_spot_marks *out)
{
	uint16_t *classes = lg_array(cx->mem, w->n + 1, sizeof *classes);
	uint8_t *tones = lg_array(cx->mem, w->n + 1, sizeof *tones);
	for (size_t i = 0; i < w->n; i++) classes[i] = lg_spot_class(c, lg_spot_letters(w, i), w->words[i].n);
	block(c, w, classes);
	tell_lines(c, w, classes, tones);
	*out = (struct lg_spot_marks){ classes, tones, w->n ? next_behind(w, 0, LG_GAP_LINE) : 0 };
}

/* --------------------------------------------------------------------------------------------- other guards */

static bool denies(const struct lg_spot_words *w, const struct lg_spot_marks *m, size_t i)
{
	bool taken_back = i + 1 < w->n && m->classes[i + 1] & LG_WORD_ONLY;
	return m->classes[i] & LG_WORD_NOT && !taken_back;
}

bool lg_spot_denied(const struct lg_spot_words *w, const struct lg_spot_marks *m, size_t from, size_t to)
{
	for (size_t i = from; i > 0 && from - i < AROUND && w->words[i].gap == LG_GAP_BLANK; i--)
		if (denies(w, m, i - 1)) return true;
	for (size_t i = from; i < to; i++)
		if (m->classes[i] & LG_WORD_BLOCKED) return true;
	for (size_t i = to; i < w->n && i - to < AROUND && w->words[i].gap == LG_GAP_BLANK; i++)
		if (denies(w, m, i)) return true;
	return false;
}

/* First in its line but for a date, as in a CV: "2015-2020 Nurse". */
static bool begins_line(const struct lg_spot_words *w, size_t i)
{
	while (w->words[i].gap != LG_GAP_LINE) {
		const struct lg_spot_word *before = &w->words[i - 1];
		for (size_t k = 0; k < before->n; k++)
			if (w->letters[before->at + k] < '0' || w->letters[before->at + k] > '9') return false;
		i--;
	}
	return true;
}

bool lg_spot_in_role(const struct lg_spot_words *w, const struct lg_spot_marks *m, size_t from)
{
	if (begins_line(w, from)) return true;
	for (size_t i = from; i > 0 && from - i < AROUND && w->words[i].gap == LG_GAP_BLANK; i--) {
		if (m->classes[i - 1] & LG_WORD_ROLE) return true;
		if (m->classes[i - 1] & LG_WORD_WITH) return false;
	}
	return false;
}
