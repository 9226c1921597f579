/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "modules/hotline/phone_rules.h"
#include "sip/words.h"

/*
 * Any text as a number, in every country there is a plan for: what comes out is digits with at most a plus before them,
 * and is the same when it is read again. The same text as headers of SIP: the answer is one of the words, and is the
 * same without what stands before or behind it.
 */

static void number(const char *text, const char *country)
{
	char out[PHONE_NUMBER], again[PHONE_NUMBER];
	bool good = phone_number(out, text, country);
	size_t n = strlen(out), plus = *out == '+';
	if (good != (n > 0) || n > 16 || strspn(out + plus, "0123456789") != n - plus) abort();
	if (good && (!phone_number(again, out, country) || strcmp(again, out) != 0)) abort();
}

static void headers(const char *text, size_t n)
{
	const char *reason = sip_reason(text, n);
	char copy[64];
	if (reason && strcmp(reason, "elsewhere") != 0 && strcmp(reason, "busy") != 0) abort();
	if (reason && !phone_is_reason(reason)) abort();
	for (size_t cut = 0; cut < n && cut < 32; cut++) (void)sip_reason(text + cut, n - cut);
	(void)sip_is_private(text, n);
	(void)sip_is_nobody(text, n);
	if (sip_text(copy, sizeof copy, text, n) != (strlen(copy) == n && n > 0)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const countries[] = { "DK", "SE", "NO", "FI", "DE", "UA", "PL", "XX", NULL };
	char *text = malloc(size + 1), *exact = malloc(size ? size : 1);
	if (!text || !exact) abort();
	memcpy(text, data, size);
	memcpy(exact, data, size);
	text[size] = '\0';
	for (size_t i = 0; i < sizeof countries / sizeof *countries; i++) number(text, countries[i]);
	headers(exact, size);
	free(text);
	free(exact);
	return 0;
}
