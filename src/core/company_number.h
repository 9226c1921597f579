/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_COMPANY_NUMBER_H
#define LG_CORE_COMPANY_NUMBER_H
#include <stddef.h>

/**
 * @file
 * Numbers of companies: CVR in Denmark (8 digits, modulus 11 with the weights 2 7 6 5 4 3 2 1, Erhvervsstyrelsen) and
 * organisationsnummer in Sweden (10 digits, the third at least 2, last digit by Luhn, Skatteverket). Numbers of
 * workplaces - P-nummer, arbetsställenummer - have no check digit and are not checked beyond their length.
 */
enum { COMPANY_NUMBER = 11 };

/**
 * Read a number as people write it: "DK 13748136", "13 74 81 36", "556036-0793". *out: its digits.
 * @return NULL, or what is wrong with it (English, for lg_say()). O(n). Threads: any.
 */
const char *company_number_read(char out[COMPANY_NUMBER], const char *text, size_t n);
/** The same of a workplace's number: ten digits in Denmark, eight in Sweden. */
const char *workplace_number_read(char out[COMPANY_NUMBER], const char *text, size_t n);
/** As it is written: "CVR 13748136", "556036-0793". `digits` as read. */
void company_number_show(char out[16], const char *digits);
#endif
