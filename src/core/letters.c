/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/letters.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

/* Only such tables of ICU are used as are compiled into its library, so that nothing is looked for in files. */

bool letter_is(uint32_t c) { return u_isalnum((UChar32)c); }

bool letter_is_mark(uint32_t c)
{
	int8_t type = u_charType((UChar32)c);
	return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK;
}

bool letter_is_upper(uint32_t c) { return u_isUUppercase((UChar32)c); }
bool letter_is_blank(uint32_t c) { return u_isUWhiteSpace((UChar32)c); }

bool letter_is_control(uint32_t c)
{
	int8_t type = u_charType((UChar32)c);
	return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_PRIVATE_USE_CHAR || type == U_SURROGATE ||
	       type == U_UNASSIGNED || type == U_LINE_SEPARATOR || type == U_PARAGRAPH_SEPARATOR;
}

static bool is_of(uint32_t c, UScriptCode script)
{
	UErrorCode err = U_ZERO_ERROR;
	return uscript_getScript((UChar32)c, &err) == script && U_SUCCESS(err);
}

bool letter_is_latin(uint32_t c) { return is_of(c, USCRIPT_LATIN); }
bool letter_is_cyrillic(uint32_t c) { return is_of(c, USCRIPT_CYRILLIC); }
uint32_t letter_upper(uint32_t c) { return (uint32_t)u_toupper((UChar32)c); }

uint32_t letter_lower(uint32_t c)
{
	if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
	return (uint32_t)u_tolower((UChar32)c);
}

size_t letter_parts(uint32_t out[4], uint32_t c)
{
	UErrorCode err = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&err);
	UChar parts[16];
	int32_t n = U_SUCCESS(err) ? unorm2_getDecomposition(nfc, (UChar32)c, parts, 16, &err) : -1;
	size_t count = 0;
	if (n < 0 || U_FAILURE(err)) return 0;
	for (int32_t i = 0; i < n && count < 4;) {
		uint32_t one = parts[i++];
		if (U16_IS_LEAD(one) && i < n) one = ((one - 0xD800) << 10) + (uint32_t)parts[i++] - 0xDC00 + 0x10000;
		out[count++] = one;
	}
	return count;
}
