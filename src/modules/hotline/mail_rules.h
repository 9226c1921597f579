/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_MAIL_RULES_H
#define LG_HOTLINE_MAIL_RULES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * @file
 * The rules of mails that come: which are of people and which of machines (RFC 3834, and what programs do instead), to
 * which thread one belongs, in which language it is answered. Pure. Threads: any.
 */
enum mail_sort {
#define SORT(code, words, begins, reopens, confirmed) MAIL_##code,
#include "modules/hotline/mail_sort.def"
#undef SORT
	MAIL_SORTS
};
struct mail_sort_row {
	const char *code, *words; /* words: English, for lg_say() */
	bool begins, reopens, confirmed;
};
extern const struct mail_sort_row mail_sorts[MAIL_SORTS];
/** MAIL_unread when there is none of that name. */
enum mail_sort mail_sort_named(const char *code);

/** What a mail says of itself, and what is known of its sender. */
struct mail_signs {
	const char *auto_submitted, *precedence; /* small letters; "" when not said */
	const char *from;                        /* address */
	const char *envelope;                    /* sender of the envelope; NULL: not known; "" or "<>": nobody */
	bool suppress, list, empty_return, report;
	bool is_ours;   /* its Message-ID or its sender's address is one of ours */
	int64_t lately; /* mails of this sender within the last hour, without this one */
};
enum { MAIL_LATELY_MOST = 10 };
enum mail_sort mail_sort_of(const struct mail_signs *m);

/** Signs of a tag; none that is easily taken for another. */
enum { MAIL_TAG = 10 };
#define MAIL_TAG_SIGNS "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
/** The tag in a subject, "[LG-K3J5X2A9BQ]", or in an address behind "+"; in capitals. false: there is none. */
bool mail_tag_of_subject(char tag[MAIL_TAG + 1], const char *subject);
bool mail_tag_of_address(char tag[MAIL_TAG + 1], const char *address);
/** A subject without tags, and without the "Re:" and "SV:" before it: where it begins, and *n bytes of it. */
const char *mail_subject_bare(const char *subject, size_t *n);

/** "da", "sv", "uk", "en": as the mail says of itself; else "uk" when it is mostly in Cyrillic letters; else `usual`.
 */
const char *mail_language(const char *said, const char *text, const char *usual);

/** Where what a mail says begins, behind the head: for its hash, since servers add to heads on the way. */
size_t mail_body(const char *bytes, size_t n);
#endif
