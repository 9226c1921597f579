/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/seal.h"
#include "core/name.h"
#include "load.h"

static const char *const given[] = {
#define SHE(name) name,
#define HE(name) name,
#include "core/demo_name.def"
#undef SHE
#undef HE
};
static const char *const own[] = {
#define FAMILY(his, hers) his,
#include "core/demo_name.def"
#undef FAMILY
};
/* More family names than a list would hold: roots and endings of common ones. */
static const char *const roots[] = { "Бондар", "Коваль", "Гриц",  "Дани",  "Захар",  "Кири",  "Лук'ян", "Мирош",
	                             "Наза",   "Панас",  "Ром",   "Семен", "Тимо",   "Федор", "Харч",   "Чорн",
	                             "Шульг",  "Юрч",    "Яким",  "Волош", "Гончар", "Довг",  "Жур",    "Зінч",
	                             "Іван",   "Карп",   "Левад", "Макс",  "Ніко",   "Остап", "Прокоп", "Рибал",
	                             "Сав",    "Терещ",  "Уст",   "Хом",   "Цимбал", "Черн",  "Щерб",   "Ярош" },
                         *const endings[] = { "енко", "чук", "ук", "ко", "ський", "ець", "ів", "юк", "ина", "аченко" };

enum {
	GIVEN = sizeof given / sizeof *given,
	OWN = sizeof own / sizeof *own,
	ROOTS = sizeof roots / sizeof *roots,
	ENDINGS = sizeof endings / sizeof *endings,
};

static uint32_t chance(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 33);
}

int load_names(struct lg_ctx *cx, unsigned long n)
{
	uint64_t state = 1;
	struct name_trigrams keys;
	for (unsigned long i = 0; i < n; i++) {
		const char *g = given[chance(&state) % GIVEN];
		uint32_t r = chance(&state);
		const char *f =
		    r % 5 == 0 ? own[r / 5 % OWN]
		               : lg_printf(cx->mem, "%s%s", roots[r / 5 % ROOTS], endings[r / 5 / ROOTS % ENDINGS]);
		const char *latin_g = name_latin(cx->mem, g), *latin_f = name_latin(cx->mem, f);
		const char *names[] = { latin_g, latin_f, g, f };
		name_trigrams(&keys, names, sizeof names / sizeof *names);
		(void)printf("%lu\t%s\t%s\t%s\t%s\t%s\t%s\t{", i, latin_g, latin_f, g, f,
		             name_search(cx->mem, lg_printf(cx->mem, "%s, %s", latin_f, latin_g)),
		             name_key(cx->mem, latin_g, latin_f));
		for (size_t k = 0; k < keys.n; k++) (void)printf("%s\"%s\"", k ? "," : "", keys.key[k]);
		(void)puts("}");
		lg_arena_reset(cx->mem);
	}
	return 0;
}

int load_keys(struct lg_ctx *cx, const char *file)
{
	uint8_t master[SEAL_KEY];
	char text[2 * SEAL_KEY + 1] = "", line[80];
	FILE *f = fopen(file, "re");
	bool is_read = f && fread(text, 1, 2 * SEAL_KEY, f) == 2 * SEAL_KEY && seal_hex_read(master, SEAL_KEY, text);
	if (f) (void)fclose(f);
	if (!is_read) return 1;
	struct seal_ring ring = seal_ring_of(master);
	while (fgets(line, sizeof line, stdin)) {
		char *subject;
		int32_t tenant = (int32_t)strtol(line, &subject, 10);
		subject[strcspn(subject, "\n")] = 0;
		subject += *subject == ' ';
		const struct seal_key *key;
		struct db_bytes box;
		if (seal_person_new(cx, &ring, tenant, subject, &key, &box) != LG_OK) return 1;
		(void)printf("%d\t%s\t\\\\x%s\n", tenant, subject, seal_hex(cx, box.data, box.n));
		lg_arena_reset(cx->mem);
	}
	return 0;
}
