/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/auth_password.h"

#include <pthread.h>
#include <semaphore.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "view/speech.h"

enum { PASSES = 2, AT_ONCE = 4, OWN_LEAST = 6, PIECE_MOST = 5 };
static const size_t memory = (size_t)64 << 20;
_Static_assert(PASSWORD_HASH == crypto_pwhash_argon2id_STRBYTES, "room for a hash");

/* What everybody takes, in the languages of those who work here. In small letters. */
static const char *const common[] = {
	"password",     "passw0rd",     "passwort",  "adgangskode",  "adgangskoden", "kodeord",       "hemligt",
	"hemmeligt",    "lösenord",     "losenord",  "lösen",        "пароль",       "qwerty",        "qwertz",
	"azerty",       "йцукен",       "asdfgh",    "zxcvbn",       "welcome",      "velkommen",     "välkommen",
	"valkommen",    "letmein",      "iloveyou",  "jegelskerdig", "admin",        "administrator", "landgang",
	"danmark",      "denmark",      "sverige",   "sweden",       "ukraine",      "ukraina",       "україна",
	"slavaukraini", "славаукраїні", "kommune",   "kommun",       "jobcenter",    "sommer",        "sommar",
	"summer",       "vinter",       "winter",    "forår",        "efterår",      "january",       "januar",
	"januari",      "december",     "københavn", "kobenhavn",    "stockholm",    "master",        "monkey",
	"dragon",       "football",     "fodbold",   "fotboll",      "sunshine",     "princess",      "changeme",
	"secret",       "test",         "demo",      "123456",       "654321",       "abc123",        "111111",
	"000000",
};

/* Rows along which fingers run. */
static const char *const runs[] = {
	"abcdefghijklmnopqrstuvwxyzæøå",
	"qwertyuiopåasdfghjklæøzxcvbnm",
	"qwertyuiopåasdfghjklöäzxcvbnm",
	"qwertyuiopasdfghjklzxcvbnm",
	"01234567890123456789",
	"09876543210987654321",
	"абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
	"йцукенгшщзхїфівапролджєячсмитьбю",
	"1qaz2wsx3edc4rfv5tgb6yhn",
};

/* Small letter of the scripts people write passwords in here: Latin-1 and Cyrillic. */
static uint32_t small(uint32_t c)
{
	if (c >= 'A' && c <= 'Z') return c + 32;
	if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
	if (c >= 0x410 && c <= 0x42F) return c + 32;
	if (c >= 0x400 && c <= 0x40F) return c + 80;
	return c == 0x490 ? 0x491 : c;
}

/* Well-formed UTF-8 as small letters, one number each. */
static uint32_t *letters(struct lg_ctx *cx, const char *text, size_t *n)
{
	uint32_t *out = lg_array(cx->mem, strlen(text) + 1, sizeof *out);
	*n = 0;
	for (const unsigned char *s = (const unsigned char *)text; *s;) {
		uint32_t c = *s++;
		int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;
		if (more) c &= 0x3Fu >> more;
		while (more-- && *s) c = c << 6 | (*s++ & 0x3F);
		out[(*n)++] = small(c);
	}
	return out;
}

/* Strike out each place where the word stands. */
static void strike(struct lg_ctx *cx, const uint32_t *text, bool *struck, size_t n, const char *word)
{
	size_t m;
	const uint32_t *w = letters(cx, word, &m);
	if (m < 3) return;
	for (size_t i = 0; i + m <= n; i++)
		if (!memcmp(text + i, w, m * sizeof *w)) memset(struck + i, 1, m * sizeof *struck);
}

/* Nothing but a short piece again and again, the last time perhaps cut. */
static bool is_repeated(const uint32_t *text, size_t n)
{
	for (size_t piece = 1; piece <= PIECE_MOST && piece < n; piece++) {
		size_t i = piece;
		while (i < n && text[i] == text[i - piece]) i++;
		if (i == n) return true;
	}
	return false;
}

static bool is_run(struct lg_ctx *cx, const uint32_t *text, size_t n)
{
	for (size_t r = 0; r < sizeof runs / sizeof *runs; r++) {
		size_t m;
		const uint32_t *row = letters(cx, runs[r], &m);
		for (size_t i = 0; i + n <= m; i++) {
			size_t forth = 0, back = 0;
			while (forth < n && text[forth] == row[i + forth]) forth++;
			while (back < n && text[back] == row[i + n - 1 - back]) back++;
			if (forth == n || back == n) return true;
		}
	}
	return false;
}

/* The words of a name, and what stands before an address's @. */
static void strike_parts(struct lg_ctx *cx, const uint32_t *text, bool *struck, size_t n, const char *words)
{
	strike(cx, text, struck, n, words);
	char *copy = lg_strdup(cx->mem, words), *rest = NULL;
	for (char *w = strtok_r(copy, " .@-_+,", &rest); w; w = strtok_r(NULL, " .@-_+,", &rest))
		strike(cx, text, struck, n, w);
}

enum lg_err password_check(struct lg_ctx *cx, const char *field, const char *password,
                           const struct password_about *about)
{
	size_t bytes = strlen(password), n;
	if (lg_utf8_span(password, bytes) != bytes) return lg_fail(cx, LG_INVALID, field, LG_TEXT("This is not text."));
	if (bytes > PASSWORD_MOST_BYTES) return lg_fail(cx, LG_INVALID, field, LG_TEXT("This is too long."));
	const uint32_t *text = letters(cx, password, &n);
	if (n < PASSWORD_LEAST)
		return lg_fail(cx, LG_INVALID, field,
		               LG_TEXT("Take at least 12 characters. Several words in a row are easy to remember."));
	if (is_repeated(text, n) || is_run(cx, text, n))
		return lg_fail(cx, LG_INVALID, field,
		               LG_TEXT("This repeats itself and is easy to guess. Take several words in a row."));
	bool *struck = lg_array(cx->mem, n, sizeof *struck);
	for (size_t i = 0; i < sizeof common / sizeof *common; i++) strike(cx, text, struck, n, common[i]);
	for (size_t i = 0; about && about->words && about->words[i]; i++)
		strike_parts(cx, text, struck, n, about->words[i]);
	size_t own = 0;
	for (size_t i = 0; i < n; i++) own += !struck[i];
	if (own < OWN_LEAST)
		return lg_fail(cx, LG_INVALID, field,
		               LG_TEXT("This is made of words that are easy to guess: your name, your office, what "
		                       "many people take."));
	return LG_OK;
}

static sem_t at_once;
static char nobody[PASSWORD_HASH];
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* The hash that is compared for accounts that are not there is of a word nobody knows. */
static void start(void)
{
	lg_assert(sodium_init() >= 0);
	lg_assert(sem_init(&at_once, 0, AT_ONCE) == 0);
	char word[33];
	uint8_t random[16];
	randombytes_buf(random, sizeof random);
	(void)sodium_bin2hex(word, sizeof word, random, sizeof random);
	lg_assert(crypto_pwhash_argon2id_str(nobody, word, strlen(word), PASSES, memory) == 0);
}

static void take_turn(void)
{
	(void)pthread_once(&once, start);
	while (sem_wait(&at_once) != 0) {}
}

enum lg_err password_hash(struct lg_ctx *cx, char out[PASSWORD_HASH], const char *password)
{
	take_turn();
	int failed = crypto_pwhash_argon2id_str(out, password, strlen(password), PASSES, memory);
	(void)sem_post(&at_once);
	return failed ? lg_fail(cx, LG_BUSY, NULL, LG_TEXT("We are busy, please try again in a moment.")) : LG_OK;
}

bool password_is(const char *hash, const char *password, bool *stale)
{
	*stale = false;
	size_t n = strlen(password);
	/* Longer ones were never taken; nobody may make us hash a megabyte. */
	if (n > PASSWORD_MOST_BYTES) n = PASSWORD_MOST_BYTES;
	take_turn();
	bool same = crypto_pwhash_argon2id_str_verify(hash ? hash : nobody, password, n) == 0;
	(void)sem_post(&at_once);
	if (!hash) return false;
	*stale = same && crypto_pwhash_argon2id_str_needs_rehash(hash, PASSES, memory) != 0;
	return same;
}
