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

static const char domain[] = "landgang";
static const char *const languages[] = { "en", "da", "sv", "uk" };
static const char *spoken = "en";

static const char *known(const char *language)
{
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
		if (!strcmp(languages[i], language)) return languages[i];
	return NULL;
}

/* gettext looks at LANGUAGE only where messages are not in the locale "C". C.UTF-8 is always there, but later ones than
 * Debian 12's glibc take it for "C" as well: then any other that the system has will do. Numbers stay as in C. */
static const char *const locales[] = { "C.UTF-8",     "en_US.UTF-8", "en_GB.UTF-8",
	                               "da_DK.UTF-8", "sv_SE.UTF-8", "uk_UA.UTF-8" };

static bool header_is_of(const char *language)
{
	static const char field[] = "Language: ";
	const char *at = strstr(dgettext(domain, ""), field);
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

static bool find_catalogue(const char *language, const char *directory)
{
	if (setenv("LANGUAGE", language, 1)) return false;
	if (!bindtextdomain(domain, directory) || !bind_textdomain_codeset(domain, "UTF-8")) return false;
	for (size_t i = 0; i < sizeof locales / sizeof *locales; i++)
		if (speaks_in(locales[i], language)) return true;
	return false;
}

static void speak_english(void)
{
	spoken = languages[0];
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	(void)setlocale(LC_MESSAGES, "C");
}

enum lg_err lg_speak(struct lg_ctx *cx, const char *language, const char *directory)
{
	speak_english();
	const char *name = known(language);
	if (!name)
		return lg_failf(cx, LG_UNKNOWN, "language", "\"%s\" is none of: en, da, sv, uk",
		                lg_strdup(cx->mem, language));
	if (name == languages[0]) return LG_OK;
	if (!directory) directory = lg_speech_directory(cx);
	if (!find_catalogue(name, directory)) {
		speak_english();
		return lg_failf(cx, LG_FAULT, "LANDGANG_LANG_DIR",
		                "there is no %s/%s/LC_MESSAGES/%s.mo; name the folder that the catalogues are in",
		                directory, name, domain);
	}
	spoken = name;
	return LG_OK;
}

/* --- where the catalogues are */

static bool holds_catalogues(struct lg_ctx *cx, const char *directory)
{
	return !access(lg_printf(cx->mem, "%s/%s/LC_MESSAGES/%s.mo", directory, languages[1], domain), R_OK);
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
	static const char *const beside[] = { "../../ui/lang", "../share/locale" };
	const char *named = getenv("LANDGANG_LANG_DIR"), *folder = folder_of_program(cx);
	if (named && *named) return named;
	for (size_t i = 0; folder && i < sizeof beside / sizeof *beside; i++) {
		const char *directory = lg_printf(cx->mem, "%s/%s", folder, beside[i]);
		if (holds_catalogues(cx, directory)) return directory;
	}
	return LG_LANG_DIR;
}

/* --- texts */

const char *lg_speech_language(void) { return spoken; }

const char *lg_say(const char *english) { return dgettext(domain, english); }

const char *lg_says(const char *one, const char *many, uint64_t n)
{
	return dngettext(domain, one, many, (unsigned long)n);
}
