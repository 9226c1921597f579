/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/spot_text.h"

#include <libstemmer.h>
#include <string.h>
#include <uchar.h>

#include "base/utf8.h"
#include "taxonomy/link_text.h"

enum { BLANK = ' ' };

/* --------------------------------------------------------------------------------------------------- words */

struct reader {
	struct lg_spot_words *out;
	struct lg_spot_word *word; /* the one that is being read, or NULL */
	size_t n_letters, capitals;
	enum lg_spot_gap gap;
	bool bullet, line_begins;
};

/* How many bytes the character has that begins here; 0: it is none. */
static size_t character(const char *s, size_t n)
{
	unsigned char c = (unsigned char)*s;
	size_t length = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
	return length <= n && lg_utf8_span(s, length) == length ? length : 0;
}

static size_t put_utf8(char *out, uint16_t c)
{
	if (c < 0x80) return *out = (char)c, 1;
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	out[0] = (char)(0xE0 | c >> 12);
	out[1] = (char)(0x80 | (c >> 6 & 0x3F));
	out[2] = (char)(0x80 | (c & 0x3F));
	return 3;
}

/* What a character becomes behind a letter: `last` and its new letters, a blank among them when it parts words. */
static void fold_behind(struct lg_letters *out, uint16_t last, const char *s, size_t n)
{
	char text[16];
	size_t before = put_utf8(text, last);
	memcpy(text + before, s, n);
	text[before + n] = 'x';
	lg_letters_fold(out, text, before + n + 1);
	out->n--;
}

static void open_word(struct reader *r, uint32_t from)
{
	r->word = &r->out->words[r->out->n];
	*r->word = (struct lg_spot_word){ .from = from,
		                          .at = (uint32_t)r->n_letters,
		                          .gap = (uint8_t)r->gap,
		                          .bullet = r->bullet && r->line_begins };
	r->capitals = 0;
	r->line_begins = false;
}

static void close_word(struct reader *r)
{
	struct lg_spot_word *w = r->word;
	if (!w) return;
	w->n = (uint32_t)r->n_letters - w->at;
	if (r->capitals >= 2 && r->capitals == w->n) w->shape = LG_SHAPE_ALL;
	r->out->n++;
	r->word = NULL;
	r->gap = LG_GAP_BLANK;
}

static void put_letters(struct reader *r, const struct lg_letters *l, bool capital)
{
	uint16_t *letters = r->out->letters;
	if (l->n > 1 && r->n_letters == r->word->at && capital) r->word->shape = LG_SHAPE_CAPITAL;
	if (r->n_letters > r->word->at) letters[r->n_letters - 1] = l->at[0];
	for (size_t i = 1; i < l->n; i++) letters[r->n_letters++] = l->at[i];
	r->capitals += capital;
}

static enum lg_spot_gap gap_of(const char *s, size_t n)
{
	static const char *const stops[] = { ".", "!", "?", ";", ":", "|", "\xE2\x80\xA6" };
	static const char *const commas[] = { ",",
		                              "(",
		                              ")",
		                              "/",
		                              "[",
		                              "]",
		                              "\"",
		                              "\xE2\x80\x9C",
		                              "\xE2\x80\x9D",
		                              "\xC2\xAB",
		                              "\xC2\xBB",
		                              "\xE2\x80\x93",
		                              "\xE2\x80\x94" };
	if (*s == '\n' || *s == '\r' || *s == '\f') return LG_GAP_LINE;
	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
		if (n == strlen(stops[i]) && !memcmp(s, stops[i], n)) return LG_GAP_STOP;
	for (size_t i = 0; i < sizeof commas / sizeof *commas; i++)
		if (n == strlen(commas[i]) && !memcmp(s, commas[i], n)) return LG_GAP_COMMA;
	return LG_GAP_BLANK;
}

static void put_gap(struct reader *r, const char *s, size_t n, size_t left)
{
	if (r->word && *s == '-' && left > 1 && (s[1] == ' ' || s[1] == ',')) r->word->cut = true;
	close_word(r);
	enum lg_spot_gap gap = gap_of(s, n);
	if (gap == LG_GAP_LINE) {
		r->line_begins = true;
		r->bullet = false;
	} else if (*s == '-' || *s == '*' || *s == '+' || (n > 1 && memcmp(s, "\xC2\xA0", 2) != 0)) {
		r->bullet = true;
	}
	if (gap > r->gap) r->gap = gap;
}

/* The commonest case on a short way. @return false: it is none */
static bool put_ascii(struct reader *r, char c, uint32_t at)
{
	bool capital = c >= 'A' && c <= 'Z', small = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
	if (!capital && !small) return false;
	if (!r->word) open_word(r, at);
	if (capital && r->n_letters == r->word->at) r->word->shape = LG_SHAPE_CAPITAL;
	r->out->letters[r->n_letters++] = (uint16_t)(capital ? c + 32 : c);
	r->capitals += capital;
	r->word->to = at + 1;
	return true;
}

/* Of those with marks and of Cyrillic ones. */
static bool is_capital(const char *s, size_t n)
{
	if (n != 2) return false;
	uint32_t c = (uint32_t)((unsigned char)s[0] & 0x1F) << 6 | ((unsigned char)s[1] & 0x3F);
	return (c >= 0xC0 && c <= 0xDE) || (c >= 0x400 && c <= 0x42F) || c == 0x490;
}

/* How many bytes of an address of the web or of mail begin here, in front of a blank; 0: it is none. */
static size_t address(const char *s, size_t n)
{
	size_t length = 0;
	while (length < n && !memchr(" \t\r\n", s[length], 4)) length++;
	bool is_one = memmem(s, length, "://", 3) || memchr(s, '@', length) || (length > 4 && !memcmp(s, "www.", 4));
	return is_one ? length : 0;
}

static void pass_address(struct reader *r)
{
	close_word(r);
	if (r->out->n && r->gap < LG_GAP_LINE) r->out->words[r->out->n - 1].linked = true;
	if (r->gap < LG_GAP_STOP) r->gap = LG_GAP_STOP;
}

/* Of n bytes, in front of `left` of the text, itself included. */
static void put_character(struct reader *r, const char *s, size_t n, size_t left, uint32_t at)
{
	struct lg_letters l;
	uint16_t last = r->word && r->n_letters > r->word->at ? r->out->letters[r->n_letters - 1] : 'x';
	fold_behind(&l, last, s, n);
	for (size_t i = 0; i < l.n; i++)
		if (l.at[i] == BLANK) {
			put_gap(r, s, n, left);
			return;
		}
	if (!r->word && l.n < 2) return; /* what is no letter of its own begins no word */
	if (!r->word) open_word(r, at);
	put_letters(r, &l, l.n > 1 && is_capital(s, n));
	r->word->to = at + (uint32_t)n;
}

void lg_spot_words(struct lg_ctx *cx, struct lg_spot_words *out, const char *text, size_t n)
{
	struct reader r = { .out = out, .gap = LG_GAP_LINE, .line_begins = true };
	*out = (struct lg_spot_words){ .words = lg_array(cx->mem, n / 2 + 2, sizeof *out->words),
		                       .letters = lg_array(cx->mem, n + 2, sizeof *out->letters) };
	for (size_t i = 0; i < n;) {
		bool begins = i == 0 || memchr(" \t\r\n", text[i - 1], 4);
		size_t passed = begins ? address(text + i, n - i) : 0,
		       length = passed ? passed : character(text + i, n - i);
		if (passed)
			pass_address(&r);
		else if (!length)
			put_gap(&r, "?", 1, 1);
		else if (!put_ascii(&r, text[i], (uint32_t)i))
			put_character(&r, text + i, length, n - i, (uint32_t)i);
		i += length ? length : 1;
	}
	close_word(&r);
}

/* --------------------------------------------------------------------------------------------------- stems */

/* Twice, since "betjener" gives "betjen" and "betjene" gives "betj": what is too short then, lg_stem_fits() refuses. */
enum { STEM_LETTERS_MAX = 64, LEFT_LEAST = 4, TIMES = 2 };

struct lg_stemmer {
	struct sb_stemmer *snowball; /* NULL: none of this language */
	bool is_ukrainian, is_danish;
	const char *endings; /* of nouns; NULL: not known */
};

/* What a noun may have behind what it shares with its label, of which one letter may have gone: "flicka", "flickor". */
static const struct {
	char language[4];
	const char *endings;
} nouns[] = {
	{ "da", "s e en ens et ets er ers erne ernes ene enes n ns ne nes r rs rne rnes t ts" },
	{ "sv", "s en ens et ets ar ars arna arnas or ors orna ornas er ers erna ernas n ns na nas t ts en ens" },
	{ "en", "s es" },
	{ "nb", "s e en ens et ets er ers ene enes a n ns ne nes r rs" },
	{ "no", "s e en ens et ets er ers ene enes a n ns ne nes r rs" },
	{ "de", "s es e en er ern n in innen" },
};

static const char *endings_of(const char *language)
{
	for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
		if (!strcmp(nouns[i].language, language)) return nouns[i].endings;
	return NULL;
}

static void close_stemmer(void *thing) { sb_stemmer_delete(thing); }

struct lg_stemmer *lg_stemmer(struct lg_ctx *cx, const char *language)
{
	struct lg_stemmer *s = lg_alloc(cx->mem, sizeof *s);
	bool is_norwegian = !strcmp(language, "nb") || !strcmp(language, "no");
	s->is_ukrainian = !strcmp(language, "uk");
	s->is_danish = is_norwegian || !strcmp(language, "da");
	s->endings = endings_of(language);
	s->snowball = sb_stemmer_new(is_norwegian ? "no" : language, NULL);
	if (s->snowball) lg_defer(cx->mem, close_stemmer, s->snowball);
	return s;
}

static uint64_t hash(const void *bytes, size_t n)
{
	const unsigned char *b = bytes;
	uint64_t h = 0xCBF29CE484222325u;
	for (size_t i = 0; i < n; i++) h = (h ^ b[i]) * 0x100000001B3u;
	return h;
}

/* The first that fits is cut off. */
static size_t ukrainian(const uint16_t *letters, size_t n)
{
	static const char16_t *const endings[] = {
		u"ового", u"овому", u"ями", u"ами", u"ими", u"іми", u"ого", u"ому", u"ові", u"еві",
		u"єві",   u"ою",    u"ею",  u"єю",  u"ям",  u"ам",  u"ах",  u"ях",  u"ом",  u"ем",
		u"єм",    u"ої",    u"ій",  u"их",  u"іх",  u"ів",  u"їв",  u"ий",  u"а",   u"я",
		u"у",     u"ю",     u"и",   u"і",   u"ї",   u"е",   u"є",   u"о",   u"ь",   u"й",
	};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t length = 0;
		while (endings[i][length]) length++;
		if (n < length + LEFT_LEAST) continue;
		if (!memcmp(letters + n - length, endings[i], length * sizeof *letters)) return n - length;
	}
	return n;
}

static size_t spell(char out[3 * STEM_LETTERS_MAX], const struct lg_stemmer *s, const uint16_t *letters, size_t n)
{
	size_t length = 0;
	for (size_t i = 0; i < n; i++) {
		uint16_t c = letters[i];
		if (!s->is_danish) c = c == 0xE6 ? 0xE4 : c == 0xF8 ? 0xF6 : c;
		length += put_utf8(out + length, c);
	}
	return length;
}

uint64_t lg_stem(struct lg_stemmer *s, const uint16_t *letters, size_t n)
{
	char text[3 * STEM_LETTERS_MAX] = "";
	if (n == 0 || n > STEM_LETTERS_MAX) return hash(letters, n * sizeof *letters);
	if (s->is_ukrainian) n = ukrainian(letters, n);
	size_t length = spell(text, s, letters, n);
	if (!s->snowball) return hash(text, length);
	for (int i = 0; i < TIMES; i++) {
		const sb_symbol *stem = sb_stemmer_stem(s->snowball, (const sb_symbol *)text, (int)length);
		size_t n_stem = stem ? (size_t)sb_stemmer_length(s->snowball) : length;
		if (n_stem >= length) break;
		memcpy(text, stem, n_stem);
		length = n_stem;
	}
	return hash(text, length);
}

/* ------------------------------------------------------------------------------------------------- endings */

static bool is_one_of(const char *endings, const uint16_t *letters, size_t n)
{
	for (const char *p = endings; *p;) {
		size_t length = strcspn(p, " "), same = 0;
		while (same < n && same < length && letters[same] == (unsigned char)p[same]) same++;
		if (same == n && same == length) return true;
		p += length + (p[length] == ' ');
	}
	return false;
}

/* Else an ending is of so many letters at most: what a label may lose, and what may come instead. */
enum { LOSES_MOST = 2, GAINS_MOST = 5 };

bool lg_stem_fits(const struct lg_stemmer *s, bool alone, const uint16_t *text, size_t n_text, const uint16_t *label,
                  size_t n_label)
{
	size_t same = 0;
	while (same < n_text && same < n_label && text[same] == label[same]) same++;
	if (same == n_text && same == n_label) return true;
	if (!alone || !s->endings) return same + LOSES_MOST >= n_label && n_text <= same + GAINS_MOST;
	return same + 1 >= n_label && is_one_of(s->endings, text + same, n_text - same);
}
