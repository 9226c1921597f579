/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/municipalities.h"

static size_t place_of(const struct lg_municipality *const *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(list[i]->name, name)) return i;
	fail_msg("%s is of the list", name);
	return n;
}

static void assert_order(const char *zone, const char *const *names)
{
	size_t n;
	const struct lg_municipality *const *list = municipalities_by_name(zone, &n);
	for (; names[1]; names++)
		if (place_of(list, n, names[0]) >= place_of(list, n, names[1]))
			fail_msg("%s: %s stands before %s", zone ? zone : "no zone", names[0], names[1]);
}

static void each_country_has_its_own_alphabet(void **state)
{
	static const char *const danish[] = { "Albertslund", "Køge", "Lolland",  "Vordingborg", "Ærø", "Aabenraa",
		                              "Aarhus",      "Ale",  "Göteborg", "Öckerö",      NULL },
	                         *const swedish[] = {
		                         "Ale", "Lund", "Malmö", "Åmål", "Älvdalen", "Öckerö", "Ærø", NULL
	                         };
	(void)state;
	assert_order("Europe/Copenhagen", danish);
	assert_order(NULL, danish);
	assert_order("Europe/Stockholm", swedish);
}

static void all_are_there_once_and_the_near_ones_first(void **state)
{
	static const char *const zones[] = { "Europe/Copenhagen", "Europe/Stockholm" }, *const codes[] = { "DK", "SE" };
	(void)state;
	for (int z = 0; z < 2; z++) {
		size_t n, of_all, near = municipalities_near(zones[z]);
		const struct lg_municipality *all = lg_municipalities(&of_all);
		const struct lg_municipality *const *list = municipalities_by_name(zones[z], &n);
		assert_int_equal(n, of_all);
		assert_true(near > 0 && near < n);
		for (size_t i = 0; i < n; i++) assert_true(!strcmp(list[i]->country, codes[z]) == (i < near));
		for (size_t i = 0; i < n; i++) {
			size_t times = 0;
			for (size_t k = 0; k < n; k++) times += list[k] == &all[i];
			assert_int_equal(times, 1);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_country_has_its_own_alphabet),
		cmocka_unit_test(all_are_there_once_and_the_near_ones_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
