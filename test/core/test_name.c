/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/name.h"
#include "market/generate_dice.h"

static int set_up(void **state)
{
	*state = lg_arena_new(0, NULL);
	return 0;
}

static int tear_down(void **state)
{
	lg_arena_free(*state);
	return 0;
}

/* --- into Latin letters */

/* The examples printed in resolution no. 55, in its order. */
static const char *const printed[][2] = {
	{ "Алушта", "Alushta" },
	{ "Андрій", "Andrii" },
	{ "Борщагівка", "Borshchahivka" },
	{ "Борисенко", "Borysenko" },
	{ "Вінниця", "Vinnytsia" },
	{ "Володимир", "Volodymyr" },
	{ "Гадяч", "Hadiach" },
	{ "Богдан", "Bohdan" },
	{ "Згурський", "Zghurskyi" },
	{ "Ґалаґан", "Galagan" },
	{ "Ґорґани", "Gorgany" },
	{ "Донецьк", "Donetsk" },
	{ "Дмитро", "Dmytro" },
	{ "Рівне", "Rivne" },
	{ "Олег", "Oleh" },
	{ "Есмань", "Esman" },
	{ "Єнакієве", "Yenakiieve" },
	{ "Гаєвич", "Haievych" },
	{ "Короп'є", "Koropie" },
	{ "Житомир", "Zhytomyr" },
	{ "Жанна", "Zhanna" },
	{ "Жежелів", "Zhezheliv" },
	{ "Закарпаття", "Zakarpattia" },
	{ "Казимирчук", "Kazymyrchuk" },
	{ "Медвин", "Medvyn" },
	{ "Михайленко", "Mykhailenko" },
	{ "Іванків", "Ivankiv" },
	{ "Іващенко", "Ivashchenko" },
	{ "Їжакевич", "Yizhakevych" },
	{ "Кадиївка", "Kadyivka" },
	{ "Мар'їне", "Marine" },
	{ "Йосипівка", "Yosypivka" },
	{ "Стрий", "Stryi" },
	{ "Олексій", "Oleksii" },
	{ "Київ", "Kyiv" },
	{ "Коваленко", "Kovalenko" },
	{ "Лебедин", "Lebedyn" },
	{ "Леонід", "Leonid" },
	{ "Миколаїв", "Mykolaiv" },
	{ "Маринич", "Marynych" },
	{ "Ніжин", "Nizhyn" },
	{ "Наталія", "Nataliia" },
	{ "Одеса", "Odesa" },
	{ "Онищенко", "Onyshchenko" },
	{ "Полтава", "Poltava" },
	{ "Петро", "Petro" },
	{ "Решетилівка", "Reshetylivka" },
	{ "Рибчинський", "Rybchynskyi" },
	{ "Суми", "Sumy" },
	{ "Соломія", "Solomiia" },
	{ "Тернопіль", "Ternopil" },
	{ "Троць", "Trots" },
	{ "Ужгород", "Uzhhorod" },
	{ "Уляна", "Uliana" },
	{ "Фастів", "Fastiv" },
	{ "Філіпчук", "Filipchuk" },
	{ "Харків", "Kharkiv" },
	{ "Христина", "Khrystyna" },
	{ "Біла Церква", "Bila Tserkva" },
	{ "Стеценко", "Stetsenko" },
	{ "Чернівці", "Chernivtsi" },
	{ "Шевченко", "Shevchenko" },
	{ "Шостка", "Shostka" },
	{ "Кишеньки", "Kyshenky" },
	{ "Щербухи", "Shcherbukhy" },
	{ "Гоща", "Hoshcha" },
	{ "Гаращенко", "Harashchenko" },
	{ "Юрій", "Yurii" },
	{ "Корюківка", "Koriukivka" },
	{ "Яготин", "Yahotyn" },
	{ "Ярошенко", "Yaroshenko" },
	{ "Костянтин", "Kostiantyn" },
	{ "Знам'янка", "Znamianka" },
	{ "Феодосія", "Feodosiia" },
};

static void ukrainian_names_become_latin_as_the_resolution_prints_them(void **state)
{
	for (size_t i = 0; i < sizeof printed / sizeof *printed; i++)
		assert_string_equal(name_latin(*state, printed[i][0]), printed[i][1]);
}

static void capitals_apostrophes_and_double_names_are_kept_right(void **state)
{
	static const char *const cases[][2] = {
		{ "ЩЕРБАК", "SHCHERBAK" },
		{ "Щ", "Shch" },
		{ "ЗГУРСЬКИЙ", "ZGHURSKYI" },
		{ "Розгон", "Rozghon" },
		{ "Юлія ЄВТУХ", "Yuliia YEVTUKH" },
		{ "Нечуй-Їжак", "Nechui-Yizhak" },
		{ "Лук’яненко", "Lukianenko" },
		{ "Лукʼяненко", "Lukianenko" },
		{ "O'Brien", "O'Brien" },
		{ "Киселёв", "Kyseliov" },
		{ "Объедкова Эллы", "Obedkova Elly" },
		{ "Søren Ågård", "Søren Ågård" },
		{ "и\xCC\x86", "y" },
		{ "", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(name_latin(*state, cases[i][0]), cases[i][1]);
}

static void a_name_is_tidied_and_nothing_else(void **state)
{
	char longer[NAME_ROOM + 1] = "";
	assert_string_equal(name_tidy(*state, "  Olena \t\n Koval ", 17), "Olena Koval");
	assert_string_equal(name_tidy(*state, "A\xCC\x8Age", 5), "Åge");
	assert_string_equal(name_tidy(*state, "Ole\xE2\x80\xAEna\x01", 9), "Olena");
	assert_string_equal(name_tidy(*state, "A\x06\xCC\x8Age", 6), "Åge");
	assert_string_equal(name_tidy(*state, " ", 1), "");
	/* A joiner is part of a Persian name, and of no other. */
	assert_string_equal(name_tidy(*state, "علی\xE2\x80\x8Cرضا", 15), "علی\xE2\x80\x8Cرضا");
	assert_string_equal(name_tidy(*state, "Ole\xE2\x80\x8Cna\xE2\x80\x8D", 11), "Olena");
	assert_string_equal(name_tidy(*state, "علی\xE2\x80\x8C", 9), "علی");
	assert_null(name_tidy(*state, "\xC3", 1));
	memset(longer, 'a', NAME_ROOM);
	assert_null(name_tidy(*state, longer, NAME_ROOM));
	assert_int_equal(strlen(name_tidy(*state, longer, NAME_ROOM - 1)), NAME_ROOM - 1);
}

static void a_script_is_told(void **state)
{
	(void)state;
	assert_int_equal(name_script("Olena O’Brien-Ågård"), NAME_LATIN);
	assert_int_equal(name_script("Олена Мар'їна"), NAME_CYRILLIC);
	assert_int_equal(name_script("Oлена"), NAME_MIXED);
	assert_int_equal(name_script("نور"), NAME_OTHER);
	assert_int_equal(name_script(" - 7"), NAME_NO_LETTERS);
}

static void the_search_form_is_plain(void **state)
{
	assert_string_equal(name_search(*state, "  Søren-Åge  O’Brién, ŁÓDŹ "), "soren age obrien lodz");
	assert_string_equal(name_search(*state, "Юлія Згурська"), "yuliia zghurska");
	assert_string_equal(name_search(*state, "И\xCC\x86осип"), "yosyp");
	assert_string_equal(name_search(*state, "نور"), "نور");
	assert_string_equal(name_search(*state, "علی\xE2\x80\x8Cرضا"), "علیرضا");
	assert_string_equal(name_search(*state, "--"), "");
}

/* --- sounds */

static void spellings_of_one_name_sound_alike(void **state)
{
	static const char *const same[][9] = {
		{ "Yuliia", "Yulia", "Julia", "Юлія", "Юлия", "Iuliia", "Yuliya", "Julija" },
		{ "Serhii", "Sergey", "Сергій", "Сергей", "Sergei", "Serhiy", "Sergej", "Serhij" },
		{ "Oleksandr", "Alexander", "Александр", "Олександр", "Aleksandr", "Alexandr", "Aleksander" },
		{ "Kyselov", "Kiselev", "Киселёв", "Кисельов", "Киселев", "Kyseliov", "Kiselyov", "Kiseleff" },
		{ "Oleksii", "Alexey", "Алексей", "Олексій", "Aleksej", "Alexei", "Oleksiy" },
		{ "Olena", "Elena", "Yelena", "Олена", "Елена", "Jelena" },
		{ "Yevhen", "Evgen", "Євген", "Jevhen", "Ievgen" },
		{ "Dmytro", "Dmitro", "Дмитро", "Dmytr" },
		{ "Mykhailo", "Mikhail", "Михайло", "Михаил", "Mihail", "Mykhaylo" },
		{ "Kateryna", "Катерина", "Katerina", "Ekaterina", "Екатерина", "Yekaterina", "Catherina" },
		{ "Nataliia", "Natalia", "Наталія", "Natalya", "Natalja", "Наталья" },
		{ "Oksana", "Oxana", "Оксана" },
		{ "Viktoriia", "Victoria", "Вікторія", "Viktoria", "Виктория" },
		{ "Sofiia", "Sofia", "Sophia", "Софія", "София", "Sofija" },
		{ "Volodymyr", "Vladimir", "Володимир", "Владимир", "Wladimir" },
		{ "Mykola", "Nikolai", "Микола", "Николай", "Nikolay", "Nikolaj" },
		{ "Tetiana", "Tatiana", "Тетяна", "Татьяна", "Tatyana", "Tetjana" },
		{ "Petro", "Pyotr", "Петро", "Пётр", "Petr", "Peter" },
		{ "Olha", "Olga", "Ольга" },
		{ "Ihor", "Igor", "Ігор", "Игорь" },
		{ "Kyrylo", "Kirill", "Кирило", "Кирилл" },
		{ "Liudmyla", "Lyudmila", "Людмила", "Ludmila", "Ljudmyla" },
		{ "Iryna", "Irina", "Ірина", "Ирина" },
		{ "Hanna", "Anna", "Ганна", "Анна" },
		{ "Khrystyna", "Kristina", "Христина", "Кристина", "Christina", "Khristina" },
		{ "Pavlo", "Pavel", "Павло", "Павел" },
		{ "Mariia", "Maria", "Марія", "Мария", "Marija", "Mariya" },
		{ "Andrii", "Andrey", "Андрій", "Андрей", "Andrei", "Andriy" },
		{ "Yurii", "Yuri", "Юрій", "Юрий", "Juri", "Iurii", "Yuriy" },
		{ "Mykyta", "Nikita", "Микита", "Никита" },
		{ "Fedir", "Fyodor", "Федір", "Фёдор", "Fedor", "Фёдор" },
		{ "Artem", "Artyom", "Артем", "Артём" },
		{ "Stepan", "Степан", "Stephan" },
		{ "Tsymbal", "Cymbal", "Цимбал", "Tzymbal" },
		{ "Shevchenko", "Шевченко", "Schewtschenko", "Szewczenko" },
		{ "Shcherbyna", "Щербина", "Shcherbina", "Schtscherbyna" },
		{ "Petrovskyi", "Petrovsky", "Петровський", "Петровский", "Petrowski", "Petrovskij" },
		{ "Søren", "Soeren", "Sören", "Soren" },
		{ "Ågård", "Aagaard", "Agard" },
	};
	size_t wrong = 0;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		const char *sound = name_sound(*state, same[i][0]);
		for (size_t k = 1; same[i][k]; k++) {
			const char *other = name_sound(*state, same[i][k]);
			if (!strcmp(other, sound)) continue;
			printf("# %s is %s, %s is %s\n", same[i][0], sound, same[i][k], other);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void other_names_sound_different(void **state)
{
	static const char *const names[] = { "Yuliia",   "Olena",   "Iryna",     "Nataliia", "Oksana",   "Tetiana",
		                             "Svitlana", "Mariia",  "Serhii",    "Andrii",   "Petro",    "Dmytro",
		                             "Ivan",     "Bohdan",  "Koval",     "Bondar",   "Kravchuk", "Melnyk",
		                             "Moroz",    "Lysenko", "Savchenko", "Rudenko",  "Marchuk",  "Tkachenko" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(name_sound(*state, names[i]), name_sound(*state, names[k]));
}

static void each_line_of_the_same_names_is_what_its_spellings_sound_like(void **state)
{
	static const char *const same[][4] = {
#define SAME(first, other, spelling, other_spelling) { first, other, spelling, other_spelling },
#include "core/name_same.def"
#undef SAME
	};
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		assert_string_equal(name_sound(*state, same[i][2]), same[i][0]);
		assert_string_equal(name_sound(*state, same[i][3]), same[i][0]);
		assert_string_not_equal(same[i][0], same[i][1]);
		for (size_t k = 0; k < i; k++) assert_string_not_equal(same[i][1], same[k][1]);
	}
}

static void a_key_is_equal_for_the_same_person_written_differently(void **state)
{
	const char *key = name_key(*state, "Yuliia", "Kyselova");
	assert_string_equal(name_key(*state, "Юлія", "Кисельова"), key);
	assert_string_equal(name_key(*state, "Julia Ivanivna", "KISELEVA"), key);
	assert_string_equal(name_key(*state, "Kyselova", "Yulia"), key); /* the two fields swapped */
	assert_string_not_equal(name_key(*state, "Yuliia", "Kovalenko"), key);
	assert_string_not_equal(name_key(*state, "Olena", "Kyselova"), key);
	assert_string_equal(name_key(*state, "", "Koval"), name_key(*state, "Коваль", NULL));
	assert_string_equal(name_key(*state, NULL, "-"), "");
}

/* --- finding */

static void keys_are_ordered_without_repeats_and_the_same_each_time(void **state)
{
	static const char *const names[] = { "Юлія", "Kyselova", NULL, "", "Søren-Åge", "Кисельова" };
	struct name_trigrams t, again;
	(void)state;
	name_trigrams(&t, names, 6);
	name_trigrams(&again, names, 6);
	assert_true(t.n > 20 && t.n_sound > 5);
	assert_int_equal(t.n, again.n);
	for (size_t i = 0; i < t.n; i++) {
		assert_string_equal(t.key[i], again.key[i]);
		assert_true(i == 0 || strcmp(t.key[i - 1], t.key[i]) < 0);
		assert_int_equal(t.key[i][0] == '~', i >= t.n - t.n_sound);
	}
}

static void a_latin_and_a_cyrillic_name_have_the_same_keys(void **state)
{
	static const char *const cyrillic[] = { "Оксана Щербина" }, *const latin[] = { "Oksana Shcherbyna" };
	struct name_trigrams a, b;
	(void)state;
	name_trigrams(&a, cyrillic, 1);
	name_trigrams(&b, latin, 1);
	assert_int_equal(a.n, b.n);
	for (size_t i = 0; i < a.n; i++) assert_string_equal(a.key[i], b.key[i]);
}

static int score(const char *asked, const char *a, const char *b)
{
	const char *names[] = { a, b };
	return name_score(asked, names, 2);
}

static void what_begins_a_name_finds_it_whole(void **state)
{
	static const char *const asked[] = { "o",   "ol",         "Oleks",     "oleksandr",
		                             "КИС", "kyselov ol", "Олександр", "КИСЕЛЬОВ" };
	(void)state;
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		assert_int_equal(score(asked[i], "Oleksandr", "Кисельов"), 1000);
	assert_int_equal(score("aagaard", "Åse", "Ågård"), 1000);
	assert_int_equal(score("agard", "Åse", "Ågård"), 1000);
}

static void typing_errors_and_other_spellings_are_found_and_others_are_not(void **state)
{
	static const char *const found[][2] = {
		{ "Oleksnadr", "Oleksandr" }, { "Yulai", "Yulia" },
		{ "Julia", "Юлія" },          { "Sergey", "Serhii" },
		{ "Kiselev", "Кисельов" },    { "Kovalneko", "Kovalenko" },
		{ "Olexandr", "Oleksandr" },  { "Shevcenko", "Shevchenko" },
		{ "Natalja", "Nataliia" },    { "Ana", "Anna" },
	};
	static const char *const apart[][2] = {
		{ "Olena", "Oksana" },  { "Kovalenko", "Kravchenko" }, { "Ivan", "Iryna" }, { "Petro", "Pavlo" },
		{ "Yuliia", "Mariia" }, { "Bondar", "Bohdan" },        { "ib", "Ida" },     { "yu", "Yana" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof found / sizeof *found; i++)
		if (score(found[i][0], found[i][1], NULL) < NAME_LIKE)
			fail_msg("%s does not find %s: %d", found[i][0], found[i][1],
			         score(found[i][0], found[i][1], NULL));
	for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
		if (score(apart[i][0], apart[i][1], NULL) >= NAME_LIKE)
			fail_msg("%s finds %s: %d", apart[i][0], apart[i][1], score(apart[i][0], apart[i][1], NULL));
}

/* What a query would say that counts shared keys. */
static bool counts_as_like(const struct name_trigrams *a, const struct name_trigrams *b)
{
	int n[2] = { 0, 0 };
	struct name_least least = name_trigrams_least(a);
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++)
			if (!strcmp(a->key[i], b->key[k])) n[*a->key[i] == '~']++;
	assert_true(n[0] * least.worth_spelled <= 1000 && n[1] * least.worth_heard <= 900);
	return n[0] >= least.spelled || n[1] >= least.heard;
}

static void counting_shared_keys_finds_just_those_who_are_like(void **state)
{
	static const char *const found[] = { "Yuliia Kyselova", "Serhii",    "Oleksandr", "Shcherbyna",
		                             "Khrystyna",       "Zghurskyi", "Yevhen" };
	static const char *const names[] = { "Юлія", "Sergey",  "Oleksandr",  "Kovalenko",
		                             "Ib",   "Щербина", "Anna Maria", "Søren" };
	static const char *const asked[] = { "yul", "Serhii",    "a",         "oleksnadr koval",
		                             "ib",  "scherbina", "Ane-Marie", "soeren" };
	struct name_trigrams a, b;
	(void)state;
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
			name_trigrams_asked(&a, asked[i]);
			name_trigrams(&b, names + k, 1);
			assert_int_equal(counts_as_like(&a, &b), name_score(asked[i], names + k, 1) >= NAME_LIKE);
		}
	/* And with names that are spoiled by chance, so that some share just enough. */
	struct lg_dice d = lg_dice_at(3, 1, 1);
	size_t like = 0;
	for (int round = 0; round < 4000; round++) {
		char spoiled[32];
		const char *name = found[lg_dice_below(&d, sizeof found / sizeof *found)];
		(void)snprintf(spoiled, sizeof spoiled, "%s", name);
		for (uint32_t i = lg_dice_below(&d, 6); i; i--)
			spoiled[lg_dice_below(&d, (uint32_t)strlen(spoiled))] = (char)('a' + lg_dice_below(&d, 26));
		name_trigrams_asked(&a, spoiled);
		name_trigrams(&b, &name, 1);
		bool is_like = name_score(spoiled, &name, 1) >= NAME_LIKE;
		assert_int_equal(counts_as_like(&a, &b), is_like);
		like += is_like;
	}
	assert_true(like > 500 && like < 3500);
	name_trigrams_asked(&a, "");
	assert_int_equal(a.n, 0);
	assert_true(name_trigrams_least(&a).spelled > 0 && name_trigrams_least(&a).heard > 0);
	assert_int_equal(name_score("", names, 8), 0);
}

static void the_longest_name_has_room(void **state)
{
	char name[NAME_ROOM];
	const char *names[] = { name, name, name };
	struct name_trigrams t;
	struct name_span spans[4];
	(void)state;
	for (size_t i = 0; i + 2 < NAME_ROOM; i += 2) memcpy(name + i, i % 4 ? "щ" : "ж", 2);
	name[NAME_ROOM - 2] = '\0';
	name_trigrams(&t, names, 3);
	assert_true(t.n > 0 && t.n <= NAME_TRIGRAMS);
	assert_int_equal(name_match_spans(spans, 4, name, name), 1);
	for (size_t i = 0; i < NAME_ROOM - 1; i++) name[i] = (char)('a' + (i * i + i / 7) % 26);
	name[NAME_ROOM - 1] = '\0';
	name_trigrams(&t, names, 3);
	assert_int_equal(t.n <= NAME_TRIGRAMS, 1);
}

/* The text with <> around what was found. */
static const char *marked(struct lg_arena *mem, const char *asked, const char *shown)
{
	struct name_span s[4];
	size_t n = name_match_spans(s, 4, asked, shown), at = 0;
	char *out = lg_strdup(mem, "");
	for (size_t i = 0; i < n; i++) {
		assert_true(s[i].from >= at && s[i].to > s[i].from && s[i].to <= strlen(shown));
		out = lg_printf(mem, "%s%.*s<%.*s>", out, (int)(s[i].from - at), shown + at, (int)(s[i].to - s[i].from),
		                shown + s[i].from);
		at = s[i].to;
	}
	return lg_printf(mem, "%s%s", out, shown + at);
}

static void the_found_part_is_marked_across_scripts(void **state)
{
	static const char *const cases[][3] = {
		{ "yul", "Юлія Кисельова", "<Юл>ія Кисельова" },
		{ "юл", "Yuliia Kyselova", "<Yul>iia Kyselova" },
		{ "kysel yul", "Юлія Кисельова", "<Юл>ія <Кисель>ова" },
		{ "aag", "Åse Ågård", "Åse <Åg>ård" },
		{ "Julia", "Юлія Кисельова", "<Юлія> Кисельова" },
		{ "Kiselev", "Oleg Kyselov", "Oleg <Kyselov>" },
		{ "val", "Kovalenko", "Ko<val>enko" },
		{ "yuli yu", "Yuliia", "<Yuli>ia" },
		{ "yu yuli", "Yuliia", "<Yuli>ia" },
		{ "olena", "Oksana", "Oksana" },
		{ "an", "Anna-Maria An", "<An>na-Maria An" },
		{ "A\xCC\x8A", "A\xCC\x8Age", "<A\xCC\x8A>ge" },
		{ "", "Anna", "Anna" },
		{ "anna", "", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(marked(*state, cases[i][0], cases[i][1]), cases[i][2]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ukrainian_names_become_latin_as_the_resolution_prints_them),
		cmocka_unit_test(capitals_apostrophes_and_double_names_are_kept_right),
		cmocka_unit_test(a_name_is_tidied_and_nothing_else),
		cmocka_unit_test(a_script_is_told),
		cmocka_unit_test(the_search_form_is_plain),
		cmocka_unit_test(spellings_of_one_name_sound_alike),
		cmocka_unit_test(other_names_sound_different),
		cmocka_unit_test(each_line_of_the_same_names_is_what_its_spellings_sound_like),
		cmocka_unit_test(a_key_is_equal_for_the_same_person_written_differently),
		cmocka_unit_test(keys_are_ordered_without_repeats_and_the_same_each_time),
		cmocka_unit_test(a_latin_and_a_cyrillic_name_have_the_same_keys),
		cmocka_unit_test(what_begins_a_name_finds_it_whole),
		cmocka_unit_test(typing_errors_and_other_spellings_are_found_and_others_are_not),
		cmocka_unit_test(counting_shared_keys_finds_just_those_who_are_like),
		cmocka_unit_test(the_longest_name_has_room),
		cmocka_unit_test(the_found_part_is_marked_across_scripts),
	};
	return cmocka_run_group_tests_name("name", tests, set_up, tear_down);
}
