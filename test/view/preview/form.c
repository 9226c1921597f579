/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Pages with a form: each kind of field, repeated parts, errors, two versions. */
#include "preview.h"

#include <stdio.h>

#include "view/conflict.html.h"
#include "view/form_page.html.h"
#include "view/record_new.html.h"

static const char *new_title(void) { return in("Ny kandidat", "Ny kandidat", "Новий кандидат", "New candidate"); }

static struct html_any candidate_new(void)
{
	static struct html_record_new v;
	static struct html_record_new_alike alike[1];
	static struct html_fields_fields who[6], work[3];
	static struct html_fields_fields_options ground[3], wants[3];
	static struct html_fields who_all, work_all;
	static struct html_form_parts parts[2];
	static struct html_form form;
	alike[0] =
	    (struct html_record_new_alike){ .url = "/candidates/1",
		                            .name = "Oksana Shevchenko",
		                            .other = "Оксана Шевченко",
		                            .other_lang = "uk",
		                            .born = "1.1.2050",
		                            .why = in("samme navn, skrevet lidt anderledes, og samme fødselsdag",
		                                      "samma namn, något annorlunda skrivet, och samma födelsedag",
		                                      "те саме ім’я, написане інакше, і та сама дата народження",
		                                      "same name, spelt a little differently, and same date of birth"),
		                            .with_whom = "Mette Holm" };
	who[0] = (struct html_fields_fields){ .id = "given",
		                              .name = "given",
		                              .label = in("Fornavn", "Förnamn", "Ім’я латиницею", "Given name"),
		                              .input = "text",
		                              .fill = "off",
		                              .must = true,
		                              .value = "Oksana" };
	who[1] =
	    (struct html_fields_fields){ .id = "family",
		                         .name = "family",
		                         .label = in("Efternavn", "Efternamn", "Прізвище латиницею", "Family name"),
		                         .input = "text",
		                         .fill = "off",
		                         .must = true,
		                         .value = "Schevchenko" };
	who[2] = (struct html_fields_fields){ .id = "own",
		                              .name = "own",
		                              .label = in("Navn med egne bogstaver", "Namn med egna bokstäver",
		                                          "Ім’я кирилицею", "Name in its own letters"),
		                              .help = in("Som i passet. Det latinske foreslås ud fra det.",
		                                         "Som i passet. Det latinska föreslås av det.",
		                                         "Як у паспорті. Латиницю буде запропоновано.",
		                                         "As in the passport. The Latin one is proposed from it."),
		                              .input = "text",
		                              .lang = "uk",
		                              .value = "Оксана Шевченко",
		                              .wide = true };
	who[3] =
	    (struct html_fields_fields){ .id = "born",
		                         .name = "born",
		                         .label = in("Fødselsdag", "Födelsedag", "Дата народження", "Date of birth"),
		                         .input = "date",
		                         .brief = true,
		                         .must = true,
		                         .error =
		                             in("Den findes ikke: 31. februar", "Den finns inte: 31 februari",
		                                "Такого дня немає: 31 лютого", "There is no such day: 31 February") };
	who[4] = (struct html_fields_fields){ .id = "number",
		                              .name = "number",
		                              .label = in("CPR-nummer", "Personnummer", "Номер CPR", "CPR number"),
		                              .help = in("Hvis der er et", "Om det finns", "Якщо є", "If there is one"),
		                              .input = "text",
		                              .mode = "numeric",
		                              .brief = true,
		                              .longest = 13,
		                              .error = in("Nummeret har ti cifre", "Numret har tio siffror",
		                                          "У номері десять цифр", "The number has ten digits") };
	who[5] = (struct html_fields_fields){ .id = "phone",
		                              .name = "phone",
		                              .label = in("Telefon", "Telefon", "Телефон", "Phone"),
		                              .input = "tel",
		                              .fill = "off" };
	ground[0] = (struct html_fields_fields_options){ .value = "",
		                                         .label = in("Vælg", "Välj", "Оберіть", "Choose"),
		                                         .chosen = true };
	ground[1] = (struct html_fields_fields_options){ .value = "special",
		                                         .label = in("Særloven for fordrevne fra Ukraine",
		                                                     "Massflyktsdirektivet", "Тимчасовий захист",
		                                                     "Temporary protection") };
	ground[2] =
	    (struct html_fields_fields_options){ .value = "asylum",
		                                 .label = in("Flygtning med ophold", "Flykting med uppehållstillstånd",
		                                             "Біженець із дозволом", "Refugee with residence") };
	wants[0] = (struct html_fields_fields_options){
		.id = "wants-yes", .value = "yes", .label = in("Ja", "Ja", "Так", "Yes"), .chosen = true
	};
	wants[1] = (struct html_fields_fields_options){ .id = "wants-later",
		                                        .value = "later",
		                                        .label = in("Senere", "Senare", "Пізніше", "Later") };
	wants[2] = (struct html_fields_fields_options){ .id = "wants-no",
		                                        .value = "no",
		                                        .label = in("Nej", "Nej", "Ні", "No") };
	work[0] = (struct html_fields_fields){ .id = "ground",
		                               .name = "ground",
		                               .label = in("Opholdsgrundlag", "Uppehållsgrund", "Підстава перебування",
		                                           "Ground of stay"),
		                               .choice = true,
		                               .options = ground,
		                               .n_options = 3,
		                               .must = true };
	work[1] = (struct html_fields_fields){ .id = "occupation",
		                               .name = "occupation",
		                               .label = in("Fag", "Yrke", "Фах", "Occupation"),
		                               .help = in("Skriv på dansk, svensk, ukrainsk eller engelsk",
		                                          "Skriv på danska, svenska, ukrainska eller engelska",
		                                          "Пишіть будь-якою з чотирьох мов",
		                                          "Write in Danish, Swedish, Ukrainian or English"),
		                               .concept = true,
		                               .source = "/words?of=occupation",
		                               .chosen_name = "occupation-id" };
	work[2] =
	    (struct html_fields_fields){ .id = "wants",
		                         .name = "wants",
		                         .label = in("Vil arbejde", "Vill arbeta", "Хоче працювати", "Wants to work"),
		                         .radios = true,
		                         .across = true,
		                         .options = wants,
		                         .n_options = 3 };
	who_all = (struct html_fields){ who, N(who) };
	work_all = (struct html_fields){ work, N(work) };
	parts[0] = (struct html_form_parts){ .legend = in("Hvem", "Vem", "Хто", "Who"), .fields = &who_all };
	parts[1] = (struct html_form_parts){ .legend = in("Arbejde", "Arbete", "Робота", "Work"), .fields = &work_all };
	form = (struct html_form){
		.action = "/candidates",
		.csrf = "c5rf",
		.parts = parts,
		.n_parts = 2,
		.submit = in("Registrer", "Registrera", "Зареєструвати", "Register"),
		.second = in("Det er en anden person: registrer alligevel", "Det är en annan person: registrera ändå",
		             "Це інша особа: усе одно зареєструвати", "It is another person: register all the same"),
		.second_name = "another",
		.second_value = "1",
		.cancel = "/candidates"
	};
	static struct html_record_new_tips tips[1];
	tips[0] = (struct html_record_new_tips){
		in("Sig det til personen", "Säg det till personen", "Скажіть людині", "Tell the person"),
		in("Det, du skriver her, gemmes.", "Det du skriver här sparas.", "Записане тут зберігається.",
		   "What you write here is kept."),
		"/privacy",
		in("Læs mere", "Läs mer", "Докладніше", "Read more"),
	};
	v = (struct html_record_new){
		.title = new_title(), .alike = alike, .n_alike = 1, .form = &form, .tips = tips, .n_tips = 1
	};
	v.lead = in("Tre minutter er nok.", "Tre minuter räcker.", "Трьох хвилин досить.", "Three minutes are enough.");
	v.alike_more = in("Se på dem først.", "Titta på dem först.", "Спершу перегляньте їх.", "Look at these first.");
	v.alike_says = in("En, der ligner, er her allerede", "En som liknar finns redan", "Схожа особа вже є",
	                  "Somebody alike is here already");
	return html_record_new_any(&v);
}

static const struct html_week *week(void)
{
	static struct html_week v;
	static struct html_week_times times[4];
	static struct html_week_days days[7];
	static struct html_week_days_boxes boxes[7][4];
	static char says[7][4][96];
	const char *time[4] = { in("Dag", "Dag", "День", "Day"), in("Aften", "Kväll", "Вечір", "Evening"),
		                in("Nat", "Natt", "Ніч", "Night"), in("Tidlig", "Tidig", "Рано", "Early") };
	static const char *const hours[4] = { "6–17", "17–23", "23–6", "4–7" };
	const char *day[7] = {
		in("mandag", "måndag", "понеділок", "Monday"), in("tirsdag", "tisdag", "вівторок", "Tuesday"),
		in("onsdag", "onsdag", "середа", "Wednesday"), in("torsdag", "torsdag", "четвер", "Thursday"),
		in("fredag", "fredag", "п’ятниця", "Friday"),  in("lørdag", "lördag", "субота", "Saturday"),
		in("søndag", "söndag", "неділя", "Sunday")
	};
	for (int t = 0; t < 4; t++) times[t] = (struct html_week_times){ time[t], hours[t] };
	for (int d = 0; d < 7; d++) {
		for (int t = 0; t < 4; t++) {
			(void)snprintf(says[d][t], sizeof says[d][t], "%s, %s", day[d], time[t]);
			boxes[d][t] = (struct html_week_days_boxes){ "free", "mon-day", says[d][t], t == 0 && d < 5 };
		}
		days[d] = (struct html_week_days){ day[d], boxes[d], 4 };
	}
	v = (struct html_week){ in("Ledig", "Ledig", "Вільний час", "Free"), times, 4, days, 7 };
	return &v;
}

static const struct html_hours *hours(void)
{
	static struct html_hours v;
	static struct html_hours_days days[2];
	days[0] = (struct html_hours_days){ in("mandag", "måndag", "понеділок", "Monday"),
		                            "mon-from",
		                            "09:00",
		                            in("mandag fra", "måndag från", "понеділок від", "Monday from"),
		                            "mon-to",
		                            "12:30",
		                            in("mandag til", "måndag till", "понеділок до", "Monday to") };
	days[1] = (struct html_hours_days){ in("onsdag", "onsdag", "середа", "Wednesday"),
		                            "wed-from",
		                            "",
		                            in("onsdag fra", "onsdag från", "середа від", "Wednesday from"),
		                            "wed-to",
		                            "",
		                            in("onsdag til", "onsdag till", "середа до", "Wednesday to") };
	v = (struct html_hours){ days, 2 };
	return &v;
}

static const char *edit_title(void)
{
	return in("Uddannelse, ønsker og tid", "Utbildning, önskemål och tid", "Освіта, побажання і час",
	          "Education, wishes and time");
}

/* The fields of one education; "new" is the part that the script copies. */
static struct html_fields_fields *education(struct html_fields_fields f[3], const char *n, bool filled)
{
	static char ids[2][3][32];
	static const char *const what[3] = { "title", "place", "year" };
	char(*id)[32] = ids[filled];
	for (int i = 0; i < 3; i++) (void)snprintf(id[i], sizeof id[i], "education-%s-%s", n, what[i]);
	f[0] = (struct html_fields_fields){ .id = id[0],
		                            .name = id[0],
		                            .label = in("Uddannelse, med egne ord", "Utbildning, med egna ord",
		                                        "Освіта, своїми словами", "Education, in own words"),
		                            .input = "text",
		                            .value = filled ? "Сестринська справа, бакалавр" : "",
		                            .lang = "uk",
		                            .wide = true };
	f[1] = (struct html_fields_fields){ .id = id[1],
		                            .name = id[1],
		                            .label = in("Sted", "Plats", "Заклад", "Place"),
		                            .input = "text",
		                            .value = filled ? "Kharkiv" : "" };
	f[2] = (struct html_fields_fields){ .id = id[2],
		                            .name = id[2],
		                            .label =
		                                in("Afsluttet, år", "Avslutad, år", "Рік закінчення", "Finished, year"),
		                            .input = "number",
		                            .least = "1950",
		                            .most = "2030",
		                            .brief = true,
		                            .value = filled ? "2014" : "" };
	return f;
}

static struct html_any edit(void)
{
	static struct html_form_page v;
	static struct html_fields_fields one[3], blank[3], rest[8];
	static struct html_fields one_all, blank_all, rest_all;
	static struct html_rows_rows row[1];
	static struct html_rows rows;
	static struct html_fields_fields_options places[3];
	static struct html_form_parts parts[2];
	static struct html_form form;
	one_all = (struct html_fields){ education(one, "0", true), 3 };
	blank_all = (struct html_fields){ education(blank, "new", false), 3 };
	row[0] = (struct html_rows_rows){ in("Uddannelse 1", "Utbildning 1", "Освіта 1", "Education 1"),
		                          "education-0-gone", "education-0", &one_all };
	rows = (struct html_rows){ .id = "education",
		                   .legend = in("Uddannelser", "Utbildningar", "Освіта", "Educations"),
		                   .empty = in("Ingen endnu", "Ingen än", "Ще немає", "None yet"),
		                   .add = in("Tilføj uddannelse", "Lägg till utbildning", "Додати освіту",
		                             "Add an education"),
		                   .take = in("Fjern", "Ta bort", "Вилучити", "Take away"),
		                   .next = 1,
		                   .rows = row,
		                   .n_rows = 1,
		                   .new_legend = in("Ny uddannelse", "Ny utbildning", "Нова освіта", "New education"),
		                   .new_gone = "education-new-gone",
		                   .blank = &blank_all };
	places[0] = (struct html_fields_fields_options){ .id = "place-hospital",
		                                         .value = "hospital",
		                                         .label = in("Hospital", "Sjukhus", "Лікарня", "Hospital"),
		                                         .chosen = true };
	places[1] =
	    (struct html_fields_fields_options){ .id = "place-home",
		                                 .value = "home",
		                                 .label = in("Plejehjem", "Vårdboende", "Будинок догляду", "Care home"),
		                                 .help = in("Også hjemmepleje", "Även hemtjänst", "Також догляд удома",
		                                            "Home care too") };
	places[2] = (struct html_fields_fields_options){ .id = "place-clinic",
		                                         .value = "clinic",
		                                         .label = in("Klinik", "Klinik", "Клініка", "Clinic") };
	rest[0] =
	    (struct html_fields_fields){ .id = "occupation",
		                         .name = "occupation",
		                         .label = in("Ønsket fag", "Önskat yrke", "Бажаний фах", "Wished occupation"),
		                         .concept = true,
		                         .source = "/words?of=occupation",
		                         .chosen_name = "occupation-id",
		                         .value = in("sygeplejerske", "sjuksköterska", "медсестра", "nurse"),
		                         .chosen = "x",
		                         .help = in("Skriv de første bogstaver", "Skriv de första bokstäverna",
		                                    "Введіть перші літери", "Write the first letters") };
	rest[1] =
	    (struct html_fields_fields){ .id = "minutes",
		                         .name = "minutes",
		                         .label = in("Højst så mange minutter på vej", "Högst så många minuter på väg",
		                                     "Дорога не довше, хвилин", "At most so many minutes of travel"),
		                         .input = "number",
		                         .least = "0",
		                         .most = "240",
		                         .brief = true,
		                         .value = "45" };
	rest[2] = (struct html_fields_fields){ .id = "places",
		                               .name = "places",
		                               .label = in("Hvor", "Var", "Де", "Where"),
		                               .boxes = true,
		                               .options = places,
		                               .n_options = 3 };
	rest[3] = (struct html_fields_fields){ .id = "needs",
		                               .name = "needs",
		                               .label = in("Behov på arbejdet", "Behov på arbetet", "Потреби на роботі",
		                                           "Needs at work"),
		                               .help = in("Skriv behovet, aldrig diagnosen: \"ingen tunge løft\"",
		                                          "Skriv behovet, aldrig diagnosen: \"inga tunga lyft\"",
		                                          "Пишіть потребу, не діагноз: «без важкого»",
		                                          "Write the need, never the diagnosis: \"no heavy lifting\""),
		                               .area = true,
		                               .rows = 3 };
	rest[4] = (struct html_fields_fields){ .id = "free",
		                               .name = "free",
		                               .label = in("Kan arbejde", "Kan arbeta", "Може працювати", "Can work"),
		                               .week = week() };
	rest[5] =
	    (struct html_fields_fields){ .id = "class",
		                         .name = "class",
		                         .label = in("Går på sprogskole", "Går på språkskola", "Мовні заняття",
		                                     "Goes to language school"),
		                         .hours = hours(),
		                         .error = in("Mandag: undervisning og arbejde falder sammen kl. 9 til 12.30",
		                                     "Måndag: undervisning och arbete krockar kl. 9 till 12.30",
		                                     "Понеділок: заняття й робота збігаються з 9:00 до 12:30",
		                                     "Monday: class and work overlap from 9 to 12:30") };
	rest[6] = (struct html_fields_fields){ .id = "lane",
		                               .name = "lane",
		                               .label = in("Hurtigt spor", "Snabbspår", "Швидкий шлях", "Fast lane"),
		                               .check = true,
		                               .on = true,
		                               .help = in("Er med, når der næste gang sammenlignes",
		                                          "Är med nästa gång det jämförs", "Буде в наступному підборі",
		                                          "Is in the next matching") };
	rest[7] = (struct html_fields_fields){ .id = "told",
		                               .name = "told",
		                               .label = in("Som fortalt", "Som berättat", "Як розповіла", "As told"),
		                               .keep = true,
		                               .value = "6 років у реанімації, нічні зміни важкі",
		                               .lang = "uk",
		                               .wide = true };
	rest_all = (struct html_fields){ rest, N(rest) };
	parts[0] = (struct html_form_parts){ .rows = &rows };
	parts[1] = (struct html_form_parts){ .legend = in("Ønsker og tid", "Önskemål och tid", "Побажання і час",
		                                          "Wishes and time"),
		                             .fields = &rest_all };
	form = (struct html_form){ .id = "edit",
		                   .action = "/candidates/1",
		                   .csrf = "c5rf",
		                   .version = "7",
		                   .parts = parts,
		                   .n_parts = 2,
		                   .cancel = "/candidates/1" };
	v = (struct html_form_page){ .title = edit_title(), .lead = "Oksana Shevchenko", .form = &form };
	return html_form_page_any(&v);
}

static const char *conflict_title(void) { return in("To versioner", "Två versioner", "Дві версії", "Two versions"); }

static struct html_any conflict(void)
{
	static struct html_conflict v;
	static struct html_conflict_fields fields[3];
	fields[0] = (struct html_conflict_fields){ "f-phone",
		                                   "phone",
		                                   in("Telefon", "Telefon", "Телефон", "Phone"),
		                                   "+4522001147",
		                                   "+45 22 00 11 47",
		                                   "+4522001148",
		                                   "+45 22 00 11 48",
		                                   NULL,
		                                   true,
		                                   false,
		                                   NULL };
	fields[1] = (struct html_conflict_fields){
		"f-level", "level", in("Dansk, tale", "Danska, tal", "Данська, мовлення", "Danish, speaking"),
		"A2",      "A2",    "",
		NULL,      NULL,    true,
		false,     NULL
	};
	fields[2] = (struct html_conflict_fields){ "f-mail",
		                                   "mail",
		                                   in("E-mail", "E-post", "Ел. пошта", "E-mail"),
		                                   "o@mail.example",
		                                   "o@mail.example",
		                                   NULL,
		                                   NULL,
		                                   NULL,
		                                   false,
		                                   false,
		                                   NULL };
	v = (struct html_conflict){
		.what = in("Person og kontakt", "Person och kontakt", "Особа та контакти", "Person and contact"),
		.who = "Jonas Friis",
		.when = in("for 2 minutter siden", "för 2 minuter sedan", "2 хвилини тому", "2 minutes ago"),
		.action = "/candidates/1",
		.csrf = "c5rf",
		.version = "8",
		.fields = fields,
		.n_fields = 3,
		.cancel = "/candidates/1"
	};
	return html_conflict_any(&v);
}

const struct preview previews_form[] = {
	{ "new", new_title, candidate_new, 1, 2 },
	{ "edit", edit_title, edit, 1, 0 },
	{ "conflict", conflict_title, conflict, 1, 0 },
	{ 0 },
};
