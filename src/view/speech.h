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
 * The process has a language, for commands: lg_speak(). A thread may have another, for the request that it answers:
 * lg_speak_here(). Every language is a gettext domain of its own (landgang_da), so nothing of the process changes with
 * it. Threads: lg_speak and lg_speech_open while no other thread speaks; the others, any.
 */

/**
 * Speak "da", "sv", "uk" or "en" from now on. `directory` holds all/LC_MESSAGES/landgang_LANGUAGE.mo; NULL means
 * lg_speech_directory(). Sets the environment variable LANGUAGE, LC_CTYPE and LC_MESSAGES, the first time.
 * LG_UNKNOWN: another language; LG_FAULT: its catalogue is not there. Then English is spoken. Reads a file.
 */
LG_MUST enum lg_err lg_speak(struct lg_ctx *cx, const char *language, const char *directory);

/** Have every language at hand, for lg_speak_here(), without speaking any. As lg_speak. LG_FAULT: one is not there. */
LG_MUST enum lg_err lg_speech_open(struct lg_ctx *cx, const char *directory);

/** What this thread speaks from now on: "da", "sv", "uk", or English for all else; NULL: what the process does. It
 * stays English where lg_speech_open() (or lg_speak() of that language) has not been before. */
void lg_speak_here(const char *language);

/** Where the catalogues are: $LANDGANG_LANG_DIR, else beside the program (its build folder, or ../share/landgang/lang),
 * else where it was to be installed. Lives as long as the context. Looks at files. */
const char *lg_speech_directory(struct lg_ctx *cx);

/** "da", "sv", "uk" or "en": the thread's, else the process's, which is "en" before lg_speak. */
const char *lg_speech_language(void);

/** A text in the language spoken; the text itself when there is no other. Never NULL, lives as long as the process. */
const char *lg_say(const char *english) __attribute__((format_arg(1)));
/** The form for n things, of which Ukrainian has three. `one` and `many` take the same values. */
const char *lg_says(const char *one, const char *many, uint64_t n) __attribute__((format_arg(1), format_arg(2)));

/** Marks a text for the catalogues where it stands in a table; lg_say() is called with it later. */
#define LG_TEXT(english) english

/**
 * The language that a browser asks for: `accept` is its Accept-Language (RFC 9110, 12.5.4), or NULL. "da-DK" is "da";
 * among equal weights the first wins; what cannot be read is passed over. NULL: none of "en", "da", "sv", "uk" is named
 * ("*" names none), so the office's own is right. Pure.
 */
const char *lg_language_wanted(const char *accept);
/** "da" for "da": the word as it lives in the program, or NULL for what is no language of it. Pure. */
const char *lg_language_known(const char *language);
#endif
