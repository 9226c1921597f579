/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/identifier.h"

/*
 * Any text as a number of any kind (the first byte): what is taken is taken again from its normal form and from the
 * form shown, with the same key, and a mask shows at most two of its signs.
 */
enum { TODAY = 20785 };

static void take_again(const struct identifier *id, const char *text)
{
	struct identifier again;
	char key[2][IDENTIFIER_KEY_ROOM];
	if (identifier_read(&again, id->kind, text, strlen(text), TODAY)) abort();
	identifier_key(id, key[0]);
	identifier_key(&again, key[1]);
	if (strcmp(key[0], key[1]) != 0 || again.born != id->born) abort();
}

static size_t digits(const char *s)
{
	size_t n = 0;
	for (; *s; s++) n += *s >= '0' && *s <= '9';
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct identifier id;
	char shown[IDENTIFIER_ROOM + 2], mask[IDENTIFIER_MASK_ROOM];
	if (!size) return 0;
	enum identifier_kind kind = (enum identifier_kind)(data[0] % IDENTIFIER_KINDS);
	const char *text = (const char *)data + 1, *fault = identifier_read(&id, kind, text, size - 1, TODAY);
	if (fault) {
		if (!*fault) abort();
		return 0;
	}
	identifier_show(&id, shown);
	identifier_mask(&id, mask);
	take_again(&id, id.number);
	take_again(&id, shown);
	if (lg_utf8_span(mask, strlen(mask)) != strlen(mask) || (identifier_is_person(kind) && digits(mask) > 2))
		abort();
	return 0;
}
