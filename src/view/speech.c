/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "view/speech.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One domain for each language, so that whoever speaks names the language, and no state of the process does. */
static const struct {
	const char *language, *domain;
} catalogues[] = { { "da", "landgang_da" }, { "sv", "landgang_sv" }, { "uk", "landgang_uk" } };
enum { CATALOGUES = sizeof catalogues / sizeof *catalogues };
/* gettext wants a locale's name in the path: every catalogue lies in this one's folder. */
static const char everywhere[] = "all", english[] = "en";

static const char *spoken = english;
static _Thread_local const char *spoken_here;

static const char *domain_of(const char *language)
{
	for (size_t i = 0; i < CATALOGUES; i++)
		if (!strcmp(catalogues[i].language, language)) return catalogues[i].domain;
	return NULL;
}

/* gettext looks at LANGUAGE only where messages are not in the locale "C". C.UTF-8 is always there, but later ones than
 * Debian 12's glibc take it for "C" as well: then any other that the system has will do. Numbers stay as in C. */
static const char *const locales[] = { "C.UTF-8",     "en_US.UTF-8", "en_GB.UTF-8",
	                               "da_DK.UTF-8", "sv_SE.UTF-8", "uk_UA.UTF-8" };

static bool header_is_of(const char *language)
{
	static const char field[] = "Language: ";
	const char *at = strstr(dgettext(domain_of(language), ""), field);
	if (!at) return false;
	at += sizeof field - 1;
	size_t n = strlen(language);
	return !strncmp(at, language, n) && at[n] == '\n';
}

/* By way of "C", so that gettext forgets what it found before. */
static bool speaks_in(const char *locale, const char *language)
{
	(void)setlocale(LC_MESSAGES, "C");
	if (!setlocale(LC_CTYPE, locale) || !setlocale(LC_MESSAGES, locale)) return false;
	return header_is_of(language);
}

/* Once it speaks, the environment and the locale are as they must be for all languages, and stay so. */
static bool find_catalogue(const char *language, const char *directory)
{
	const char *domain = domain_of(language), *set = getenv("LANGUAGE");
	if (!bindtextdomain(domain, directory) || !bind_textdomain_codeset(domain, "UTF-8")) return false;
	if (set && !strcmp(set, everywhere) && header_is_of(language)) return true;
	if (setenv("LANGUAGE", everywhere, 1)) return false;
	for (size_t i = 0; i < sizeof locales / sizeof *locales; i++)
		if (speaks_in(locales[i], language)) return true;
	return false;
}

static enum lg_err open_catalogue(struct lg_ctx *cx, const char *language, const char *directory)
{
	if (!directory) directory = lg_speech_directory(cx);
	if (find_catalogue(language, directory)) return LG_OK;
	return lg_failf(cx, LG_FAULT, "LANDGANG_LANG_DIR",
	                "there is no %s/%s/LC_MESSAGES/%s.mo; name the folder that the catalogues are in", directory,
	                everywhere, domain_of(language));
}

enum lg_err lg_speech_open(struct lg_ctx *cx, const char *directory)
{
	for (size_t i = 0; i < CATALOGUES; i++) LG_TRY(open_catalogue(cx, catalogues[i].language, directory));
	return LG_OK;
}

enum lg_err lg_speak(struct lg_ctx *cx, const char *language, const char *directory)
{
	const char *name = lg_language_known(language);
	spoken = english;
	if (!name)
		return lg_failf(cx, LG_UNKNOWN, "language", "\"%s\" is none of: en, da, sv, uk",
		                lg_strdup(cx->mem, language));
	if (domain_of(name)) LG_TRY(open_catalogue(cx, name, directory));
	spoken = name;
	return LG_OK;
}

void lg_speak_here(const char *language)
{
	const char *name = lg_language_known(language);
	spoken_here = language && !name ? english : name;
}

/* --- where the catalogues are */

static bool holds_catalogues(struct lg_ctx *cx, const char *directory)
{
	return !access(lg_printf(cx->mem, "%s/%s/LC_MESSAGES/%s.mo", directory, everywhere, catalogues[0].domain),
	               R_OK);
}

/* "/usr/bin" of "/usr/bin/landgang", or NULL. */
static char *folder_of_program(struct lg_ctx *cx)
{
	char *path = lg_alloc(cx->mem, PATH_MAX);
	ssize_t n = readlink("/proc/self/exe", path, PATH_MAX - 1);
	if (n <= 0) return NULL;
	path[n] = '\0';
	char *last = strrchr(path, '/');
	if (!last) return NULL;
	*last = '\0';
	return path;
}

const char *lg_speech_directory(struct lg_ctx *cx)
{
	static const char *const beside[] = { "../../ui/lang", "../share/landgang/lang" };
	const char *named = getenv("LANDGANG_LANG_DIR"), *folder = folder_of_program(cx);
	if (named && *named) return named;
	for (size_t i = 0; folder && i < sizeof beside / sizeof *beside; i++) {
		const char *directory = lg_printf(cx->mem, "%s/%s", folder, beside[i]);
		if (holds_catalogues(cx, directory)) return directory;
	}
	return LG_LANG_DIR;
}

/* --- texts */

const char *lg_speech_language(void) { return spoken_here ? spoken_here : spoken; }

const char *lg_say(const char *text)
{
	const char *domain = domain_of(lg_speech_language());
	return domain && *text ? dgettext(domain, text) : text; /* of "" there is the catalogue's header */
}

const char *lg_says(const char *one, const char *many, uint64_t n)
{
	const char *domain = domain_of(lg_speech_language());
	if (domain) return dngettext(domain, one, many, (unsigned long)n);
	return n == 1 ? one : many;
}
