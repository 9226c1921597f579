/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_VIEW_SPEECH_H
#define LG_VIEW_SPEECH_H
#include <stdint.h>

#include "base/ctx.h"

/**
 * @file
 * What people read, in their language. The texts of the program are written in English; catalogues of gettext
 * (ui/lang) hold them in Danish, Swedish and Ukrainian. No locale of the system is needed but C.UTF-8, and numbers
 * are printed as in C whatever the language.
 *
 * The language is the process's. Threads: lg_speak while no other thread speaks; the others, any.
 */

/**
 * Speak "da", "sv", "uk" or "en" from now on. `directory` holds LANGUAGE/LC_MESSAGES/landgang.mo; NULL means
 * lg_speech_directory(). Sets the environment variable LANGUAGE, LC_CTYPE and LC_MESSAGES.
 * LG_UNKNOWN: another language; LG_FAULT: its catalogue is not there. Then English is spoken. Reads a file.
 */
LG_MUST enum lg_err lg_speak(struct lg_ctx *cx, const char *language, const char *directory);

/** Where the catalogues are: $LANDGANG_LANG_DIR, else beside the program (its build folder, or ../share/locale), else
 * where it was to be installed. Lives as long as the context. Looks at files. */
const char *lg_speech_directory(struct lg_ctx *cx);

/** "da", "sv", "uk" or "en"; "en" before lg_speak. */
const char *lg_speech_language(void);

/** A text in the language spoken; the text itself when there is no other. Never NULL, lives as long as the process. */
const char *lg_say(const char *english) __attribute__((format_arg(1)));
/** The form for n things, of which Ukrainian has three. `one` and `many` take the same values. */
const char *lg_says(const char *one, const char *many, uint64_t n) __attribute__((format_arg(1), format_arg(2)));

/** Marks a text for the catalogues where it stands in a table; lg_say() is called with it later. */
#define LG_TEXT(english) english
#endif
