/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/company_number.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "view/speech.h"

enum { CVR = 8, ORGANISATION = 10, CVR_MODULUS = 11 };

/* Digits, between which blanks, points and hyphens may stand. @return how many, 0: something else, or too many */
static size_t read_digits(char out[COMPANY_NUMBER], const char *text, size_t n)
{
	size_t k = 0;
	for (size_t i = 0; i < n; i++) {
		if (strchr(" .-", text[i])) continue;
		if (text[i] < '0' || text[i] > '9' || k + 1 == COMPANY_NUMBER) return 0;
		out[k++] = text[i];
	}
	out[k] = '\0';
	return k;
}

static bool is_cvr(const char *digits)
{
	static const int weights[CVR] = { 2, 7, 6, 5, 4, 3, 2, 1 };
	int sum = 0;
	for (int i = 0; i < CVR; i++) sum += weights[i] * (digits[i] - '0');
	return digits[0] != '0' && sum % CVR_MODULUS == 0;
}

static bool is_luhn(const char *digits, int n)
{
	int sum = 0;
	for (int i = 0; i < n; i++) {
		int d = (digits[i] - '0') * (i % 2 == n % 2 ? 2 : 1);
		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0;
}

const char *company_number_read(char out[COMPANY_NUMBER], const char *text, size_t n)
{
	if (n > 2 && !strncmp(text, "DK", 2)) text += 2, n -= 2;
	size_t k = read_digits(out, text, n);
	if (k == CVR)
		return is_cvr(out) ? NULL : LG_TEXT("This is no number of a Danish company: its digits do not add up.");
	if (k == ORGANISATION)
		return out[2] >= '2' && is_luhn(out, ORGANISATION)
		           ? NULL
		           : LG_TEXT("This is no number of a Swedish company: its digits do not add up.");
	return LG_TEXT("Write eight digits for a Danish company, ten for a Swedish one.");
}

const char *workplace_number_read(char out[COMPANY_NUMBER], const char *text, size_t n)
{
	size_t k = read_digits(out, text, n);
	return k == CVR || k == ORGANISATION
	           ? NULL
	           : LG_TEXT("Write ten digits for a Danish workplace, eight for a Swedish one.");
}

void company_number_show(char out[16], const char *digits)
{
	if (strlen(digits) == ORGANISATION)
		(void)snprintf(out, 16, "%.6s-%.4s", digits, digits + 6);
	else
		(void)snprintf(out, 16, "CVR %.8s", digits);
}
