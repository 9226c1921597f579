/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_NAME_H
#define LG_CORE_NAME_H
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/**
 * @file
 * Names of people in two scripts: written as the passport writes them, found whatever way they are typed.
 *
 * A name is kept as it was written, in Unicode's composed form (NFC). From it are made
 *   the Latin form of a Ukrainian name, by the table of the Cabinet of Ministers of Ukraine (resolution no. 55 of
 *     2010-01-27), core/cyrillic.def: "Юлія Згурська" -> "Yuliia Zghurska";
 *   the search form: Latin small letters without accents, hyphens and apostrophes: "yuliia zghurska";
 *   trigrams of the search form, text keys for a table that leads with the tenant and is asked by equality only;
 *   the sound: consonants and coarse vowels, equal for Yuliia, Yulia, Julia, Юлія, and for Kyselov, Kiselev, Киселёв
 *     (rules in core/name_sound.c, core/name_same.def), which is behind trigrams that begin with '~' and name_key().
 *
 * Texts are NUL-terminated, and well-formed UTF-8 but for name_tidy(), which tells. What is longer than NAME_ROOM bytes
 * is cut where it matters. Nothing fails. Threads: any. O(length).
 */
enum { NAME_ROOM = 200 };

/**
 * What was typed into a field for a name, made ready to be kept: NFC, blanks at the ends gone and one between words, no
 * control characters or marks of direction. In `mem`.
 * @return NULL: it is no UTF-8, or longer than NAME_ROOM - 1 bytes
 */
char *name_tidy(struct lg_arena *mem, const char *text, size_t n);
/** Any text (a note, a place) in NFC, in `mem`. @return NULL: it is no UTF-8 */
char *text_composed(struct lg_arena *mem, const char *text, size_t n);

/** The script that the letters of a text are of. */
enum name_script {
	NAME_NO_LETTERS,
	NAME_LATIN,
	NAME_CYRILLIC,
	NAME_MIXED, /* Latin and Cyrillic in one text: often one letter typed in the wrong layout */
	NAME_OTHER, /* some other script, alone or beside */
};
enum name_script name_script(const char *name);

/** Cyrillic into Latin letters, capitals kept; everything else stays as it is. In `mem`. */
char *name_latin(struct lg_arena *mem, const char *name);
/** The search form, words with one blank between. In `mem`. */
char *name_search(struct lg_arena *mem, const char *name);

/* --- finding */

enum { NAME_TRIGRAM_ROOM = 16, NAME_TRIGRAMS = 224 };

/** Keys, ascending and without repeats: "__y", "_yu", "yul"; and of the sound "~_u", "~_ul". */
struct name_trigrams {
	size_t n, n_sound; /* all; how many of them begin with '~' */
	char key[NAME_TRIGRAMS][NAME_TRIGRAM_ROOM];
};

/** The keys under which somebody with these names (in either script, NULL and "" allowed) is found. */
void name_trigrams(struct name_trigrams *out, const char *const *names, size_t n);
/** The keys to look up for what somebody types into a search field; its last word may be unfinished. */
void name_trigrams_asked(struct name_trigrams *out, const char *asked);
/**
 * Who is like what was asked, in numbers of shared keys, for a query that counts them: just those share at least
 * `spelled` keys without '~' or `heard` keys with it, to whom name_score() gives NAME_LIKE. A shared key is worth so
 * much of a score, rounded down; the greater of both sums is the score, nearly.
 */
struct name_least {
	int spelled, heard; /* more than there are keys, when there are none of the kind */
	int worth_spelled, worth_heard;
};
struct name_least name_trigrams_least(const struct name_trigrams *asked);

/** From here on a name is like what was asked. */
enum { NAME_LIKE = 450 };
/** How like what was asked somebody with these names is: 0..1000; 1000: every asked word is there, or begins one. */
int name_score(const char *asked, const char *const *names, size_t n);
/** The same with the keys of name_trigrams_asked(), for many names in a row. */
int name_score_of(const struct name_trigrams *asked, const char *const *names, size_t n);

/** A part of a text, in bytes: from..to-1. */
struct name_span {
	size_t from, to;
};
/**
 * Which parts of a shown name were found, for <mark>: ascending, apart, on borders of letters; across scripts ("yul"
 * marks "Юл" of "Юлія"). @return how many were written, at most `room`
 */
size_t name_match_spans(struct name_span *out, size_t room, const char *asked, const char *shown);

/* --- the same person twice */

/** What a name sounds like, word by word: "Serhii", "Sergey" and "Сергій" are "sirhi". In `mem`. */
char *name_sound(struct lg_arena *mem, const char *name);
/**
 * A key that is equal for likely spellings of the same person's name, used with the birth date: the sound of the first
 * given name and of the family name, in the order of the alphabet, since they are often swapped. Where both scripts are
 * stated, make one of each and compare each with each. Never unique, and never a proof: it warns. "" when there is no
 * letter. In `mem`.
 */
char *name_key(struct lg_arena *mem, const char *given, const char *family);
#endif
