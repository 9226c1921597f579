/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The day, the list, a candidate. Every person here is invented. */
#include "preview.h"
#include "view/events.html.h"
#include "view/facts.html.h"
#include "view/found.html.h"
#include "view/list.html.h"
#include "view/my_day.html.h"
#include "view/paper.html.h"
#include "view/record.html.h"
#include "view/records.html.h"

enum { PEOPLE = 6 };
static const struct person {
	const char *latin, *cyrillic, *before, *found, *after;
	const char *work[LANGUAGES], *level, *next[LANGUAGES], *ball[LANGUAGES], *date[LANGUAGES], *tone,
	    *state[LANGUAGES], *state_tone;
} people[PEOPLE] = {
	{ "Olena Tkachenko",
	  "Олена Ткаченко",
	  "Olena ",
	  "Tka",
	  "chenko",
	  { "Social- og sundhedshjælper", "Undersköterska", "Доглядальниця", "Care assistant" },
	  "A2",
	  { "Svar om praktik", "Svar om praktik", "Відповідь про стажування", "Answer about a placement" },
	  { "Mig", "Mig", "У мене", "Me" },
	  { "i dag", "i dag", "сьогодні", "today" },
	  "bad",
	  { "Klar til job", "Redo för jobb", "Готова працювати", "Available" },
	  "good" },
	{ "Oksana Shevchenko",
	  "Оксана Шевченко",
	  "Oksana Shevchenko",
	  NULL,
	  NULL,
	  { "Sygeplejerske", "Sjuksköterska", "Медсестра", "Nurse" },
	  "A2",
	  { "Vælg mellem tre forslag", "Välj mellan tre förslag", "Обрати з трьох пропозицій",
	    "Choose among three proposals" },
	  { "Mig", "Mig", "У мене", "Me" },
	  { "i morgen", "i morgon", "завтра", "tomorrow" },
	  "warn",
	  { "Klar til job", "Redo för jobb", "Готова працювати", "Available" },
	  "good" },
	{ "Dmytro Bondar",
	  "Дмитро Бондар",
	  "Dmytro Bondar",
	  NULL,
	  NULL,
	  { "Tømrer", "Snickare", "Тесля", "Carpenter" },
	  "A1",
	  { "Forlæng praktik", "Förläng praktik", "Продовжити стажування", "Extend the placement" },
	  { "Virksomheden", "Företaget", "У підприємства", "The company" },
	  { "27. nov.", "27 nov.", "27 лист.", "27 Nov" },
	  "warn",
	  { "I praktik", "På praktik", "На стажуванні", "In placement" },
	  "info" },
	{ "Andrii Melnyk",
	  "Андрій Мельник",
	  "Andrii Melnyk",
	  NULL,
	  NULL,
	  { "Lagermedarbejder", "Lagerarbetare", "Комірник", "Warehouse worker" },
	  "A1",
	  { "Samtale onsdag kl. 9", "Samtal onsdag kl. 9", "Зустріч у середу о 9:00", "Talk on Wednesday at 9" },
	  { "Kandidaten", "Kandidaten", "У кандидата", "The candidate" },
	  { "25. nov.", "25 nov.", "25 лист.", "25 Nov" },
	  NULL,
	  { "Profil i gang", "Profil pågår", "Заповнюється", "Being described" },
	  "warn" },
	{ "Iryna Koval",
	  "Ірина Коваль",
	  "Iryna Koval",
	  NULL,
	  NULL,
	  { "Regnskabsassistent", "Redovisningsassistent", "Помічниця бухгалтера", "Accounting assistant" },
	  "B1",
	  { "Venter på eksamensbevis", "Väntar på examensbevis", "Очікує на диплом", "Waiting for a diploma" },
	  { "Styrelsen", "Myndigheten", "В установи", "The agency" },
	  { "4. dec.", "4 dec.", "4 груд.", "4 Dec" },
	  NULL,
	  { "Klar til job", "Redo för jobb", "Готова працювати", "Available" },
	  "good" },
	{ "Mykhailo Hrytsenko",
	  "Михайло Гриценко",
	  "Mykhailo Hrytsenko",
	  NULL,
	  NULL,
	  { "Elektriker", "Elektriker", "Електрик", "Electrician" },
	  NULL,
	  { "", "", "", "" },
	  { "", "", "", "" },
	  { "", "", "", "" },
	  NULL,
	  { "Registreret", "Registrerad", "Зареєстровано", "Registered" },
	  NULL },
};

static const char *pick(const char *const words[LANGUAGES]) { return words[preview_language]; }

/* The table of people: for the day (fewer columns), and for the list (to choose from, and to sort). */
static const struct html_records *table(size_t n, bool whole)
{
	static struct html_records v;
	static struct html_records_heads heads[6];
	static struct html_records_rows rows[PEOPLE];
	static struct html_records_rows_name names[PEOPLE][2];
	static struct html_records_rows_other others[PEOPLE];
	static struct html_records_rows_cells cells[PEOPLE][5];
	static struct html_records_batch batch[2];
	const char *labels[6] = { in("Kandidat", "Kandidat", "Кандидат", "Candidate"),
		                  in("Fag", "Yrke", "Фах", "Occupation"),
		                  preview_language == 1 ? "Svenska" : in("Dansk", "Danska", "Данська", "Danish"),
		                  whole ? in("Tilstand", "Läge", "Стан", "State")
		                        : in("Bolden er hos", "Bollen är hos", "Чия черга", "Whose turn"),
		                  in("Næste skridt", "Nästa steg", "Наступний крок", "Next step"),
		                  in("Frist", "Frist", "Термін", "Date") };
	for (int i = 0; i < 6; i++)
		heads[i] = (struct html_records_heads){ labels[i], whole && i != 4 ? "/candidates?sort=name" : NULL,
			                                whole ? i == 5   ? "ascending"
			                                        : i == 4 ? NULL
			                                                 : "none"
			                                      : NULL,
			                                false };
	for (size_t i = 0; i < n; i++) {
		const struct person *p = &people[i];
		names[i][0] = (struct html_records_rows_name){ whole ? p->before : p->latin, whole ? p->found : NULL };
		names[i][1] = (struct html_records_rows_name){ whole ? p->after : NULL, NULL };
		others[i] = (struct html_records_rows_other){ p->cyrillic, NULL };
		cells[i][0] = (struct html_records_rows_cells){ .label = labels[1], .value = pick(p->work) };
		cells[i][1] = (struct html_records_rows_cells){ .label = labels[2], .value = p->level };
		cells[i][2] = whole ? (struct html_records_rows_cells){ .label = labels[3],
			                                                .value = pick(p->state),
			                                                .tone = p->state_tone }
		                    : (struct html_records_rows_cells){ .label = labels[3], .value = pick(p->ball) };
		cells[i][3] = (struct html_records_rows_cells){ .label = labels[4], .value = pick(p->next) };
		cells[i][4] =
		    (struct html_records_rows_cells){ .label = labels[5], .value = pick(p->date), .tone = p->tone };
		rows[i] = (struct html_records_rows){ .id = "id",
			                              .says = p->latin,
			                              .url = "/candidates/1",
			                              .name = names[i],
			                              .n_name = 2,
			                              .other = others + i,
			                              .n_other = whole,
			                              .other_lang = "uk",
			                              .cells = cells[i],
			                              .n_cells = 5 };
	}
	batch[0] = (struct html_records_batch){ "mine", in("Giv til en kollega", "Ge till en kollega",
		                                           "Передати колезі", "Give to a colleague") };
	batch[1] = (struct html_records_batch){ "task", in("Lav en opgave", "Gör en uppgift", "Створити завдання",
		                                           "Make a task") };
	v = (struct html_records){ .id = whole ? "all" : "mine-table",
		                   .caption = in("Kandidater", "Kandidater", "Кандидати", "Candidates"),
		                   .action = "/candidates/batch",
		                   .csrf = "c5rf",
		                   .pick = whole,
		                   .heads = heads,
		                   .n_heads = 6,
		                   .rows = rows,
		                   .n_rows = n,
		                   .batch_says = in("Med de valgte", "Med de valda", "З обраними", "With those chosen"),
		                   .batch = batch,
		                   .n_batch = whole ? 2 : 0 };
	v.empty = whole ? in("Ingen hedder sådan", "Ingen heter så", "Нікого з таким ім’ям", "Nobody has that name")
	                : in("Du har ingen kandidater endnu", "Du har inga kandidater än", "У вас ще немає кандидатів",
	                     "You have no candidates yet");
	v.empty_more =
	    whole ? in("Prøv med færre bogstaver, eller fjern et filter.",
	               "Prova med färre bokstäver, eller ta bort ett filter.",
	               "Спробуйте менше літер або зніміть фільтр.", "Try fewer letters, or take a filter away.")
	          : in("Registrer en, eller bed din leder om at fordele.", "Registrera en, eller be din chef fördela.",
	               "Зареєструйте когось або попросіть керівника розподілити.",
	               "Register one, or ask your leader to share out.");
	v.empty_url = whole ? "/candidates" : "/candidates/new";
	v.empty_act = whole ? in("Vis alle", "Visa alla", "Показати всіх", "Show all")
	                    : in("Ny kandidat", "Ny kandidat", "Новий кандидат", "New candidate");
	return &v;
}

static const char *day_title(void) { return in("Min dag", "Min dag", "Мій день", "My day"); }

static struct html_my_day day_head(void)
{
	static struct html_my_day_actions actions[2];
	actions[0] = (struct html_my_day_actions){ "/candidates/new",
		                                   in("Ny kandidat", "Ny kandidat", "Новий кандидат", "New candidate"),
		                                   "person-add", true };
	actions[1] =
	    (struct html_my_day_actions){ "/tasks/new", in("Ny opgave", "Ny uppgift", "Нове завдання", "New task"),
		                          "checklist", false };
	return (struct html_my_day){ .greeting = in("God morgen, Mette", "God morgon, Mette", "Доброго ранку, Метте",
		                                    "Good morning, Mette"),
		                     .actions = actions,
		                     .n_actions = 2,
		                     .csrf = "c5rf" };
}

static struct html_any day(void)
{
	static struct html_my_day v;
	static struct html_my_day_figures figures[4];
	static struct html_my_day_tasks tasks[4];
	static struct html_my_day_without without[2];
	static struct html_my_day_agenda agenda[3];
	v = day_head();
	v.lead = in("Mandag 23. november 2026. To opgaver skal løses i dag, resten kan vente.",
	            "Måndag 23 november 2026. Två uppgifter ska lösas i dag, resten kan vänta.",
	            "Понеділок, 23 листопада 2026. Два завдання на сьогодні, решта може зачекати.",
	            "Monday 23 November 2026. Two tasks are for today, the rest can wait.");
	figures[0] = (struct html_my_day_figures){ in("Uden aftalt næste skridt", "Utan avtalat nästa steg",
		                                      "Без наступного кроку", "Without a next step"),
		                                   "6",
		                                   in("4 færre end i sidste uge", "4 färre än förra veckan",
		                                      "на 4 менше, ніж торік", "4 fewer than last week"),
		                                   true,
		                                   "/candidates?next=no",
		                                   "3,4 15.9,7 28.7,10 41.6,7 54.4,13 67.3,16 80.1,16 93,28",
		                                   "93",
		                                   "28" };
	figures[1] = (struct html_my_day_figures){ in("Opgaver over tid", "Försenade uppgifter", "Прострочені завдання",
		                                      "Late tasks"),
		                                   "3",
		                                   in("ældste fra 12. november", "äldsta från 12 november",
		                                      "найстаріше з 12 листопада", "the oldest from 12 November"),
		                                   false,
		                                   "/tasks?late=1",
		                                   "3,28 15.9,22 28.7,25 41.6,13 54.4,19 67.3,10 80.1,16 93,4",
		                                   "93",
		                                   "4" };
	figures[2] = (struct html_my_day_figures){
		in("I job eller praktik", "I jobb eller praktik", "На роботі чи стажуванні", "In work or placement"),
		"38",
		in("af mine 61 kandidater", "av mina 61 kandidater", "з моїх 61 кандидата", "of my 61 candidates"),
		false,
		NULL,
		"3,28 15.9,24.6 28.7,22.9 41.6,17.7 54.4,16 67.3,12.6 80.1,7.4 93,4",
		"93",
		"4"
	};
	figures[3] =
	    (struct html_my_day_figures){ in("Dage fra registrering til job", "Dagar från registrering till jobb",
		                             "Днів від реєстрації до роботи", "Days from registration to work"),
		                          "47",
		                          in("9 færre end i august", "9 färre än i augusti", "на 9 менше, ніж у серпні",
		                             "9 fewer than in August"),
		                          true,
		                          NULL,
		                          "3,4 15.9,9.1 28.7,12.6 41.6,10.9 54.4,17.7 67.3,21.1 80.1,24.6 93,28",
		                          "93",
		                          "28" };
	tasks[0] = (struct html_my_day_tasks){
		"time",
		"bad",
		in("Giv Plejehjem Kildevang svar om Olena Tkachenko", "Ge Kildevangs vårdhem svar om Olena Tkachenko",
		   "Відповісти будинку Kildevang щодо Олени Ткаченко",
		   "Answer Kildevang care home about Olena Tkachenko"),
		NULL,
		in("Frist i dag kl. 10. Kildevang har ventet to dage og har plads fra 1. december.",
		   "Frist i dag kl. 10. Kildevang har väntat två dagar och har plats från 1 december.",
		   "До 10:00 сьогодні. Kildevang чекає два дні, місце є з 1 грудня.",
		   "By 10 today. Kildevang has waited for two days and has a place from 1 December."),
		"/tasks/1",
		in("Ring op", "Ring upp", "Зателефонувати", "Call"),
		in("til Plejehjem Kildevang", "till Kildevang", "до Kildevang", "Kildevang care home"),
		.post = false,
		.first = true
	};
	tasks[1] =
	    (struct html_my_day_tasks){ "warning",
		                        "bad",
		                        in("Opholdet udløber: Yuliia Kravets", "Uppehållet löper ut: Yuliia Kravets",
		                           "Закінчується дозвіл: Юлія Кравець", "The stay ends: Yuliia Kravets"),
		                        NULL,
		                        in("Udløber om 14 dage. Uden forlængelse må hun ikke arbejde derefter.",
		                           "Löper ut om 14 dagar. Utan förlängning får hon inte arbeta därefter.",
		                           "Закінчується за 14 днів. Без продовження вона не зможе працювати.",
		                           "Ends in 14 days. Without an extension she may not work after that."),
		                        "/candidates/2",
		                        in("Åbn", "Öppna", "Відкрити", "Open"),
		                        "Yuliia Kravets",
		                        .post = false,
		                        .first = true };
	tasks[2] = (struct html_my_day_tasks){
		"how-to-reg",
		NULL,
		in("Vælg mellem tre forslag med Oksana Shevchenko", "Välj mellan tre förslag med Oksana Shevchenko",
		   "Обрати з трьох пропозицій з Оксаною Шевченко",
		   "Choose among three proposals with Oksana Shevchenko"),
		NULL,
		in("I morgen kl. 10.30, lokale 2. Tolk er bestilt.", "I morgon kl. 10.30, rum 2. Tolk är bokad.",
		   "Завтра о 10:30, кабінет 2. Перекладача замовлено.",
		   "Tomorrow at 10:30, room 2. An interpreter is booked."),
		"/candidates/3",
		in("Se forslag", "Se förslag", "Переглянути", "See proposals"),
		in("til Oksana Shevchenko", "för Oksana Shevchenko", "для Оксани Шевченко", "for Oksana Shevchenko"),
		.post = false,
		.first = false
	};
	tasks[3] = (struct html_my_day_tasks){
		"calendar-month",
		"warn",
		in("Praktik slutter på fredag: Dmytro Bondar", "Praktiken slutar på fredag: Dmytro Bondar",
		   "Стажування завершується в п’ятницю: Дмитро Бондар", "The placement ends on Friday: Dmytro Bondar"),
		NULL,
		in("Randers Tømrerlaug vil gerne forlænge fire uger.",
		   "Randers Tømrerlaug vill gärna förlänga fyra veckor.",
		   "Randers Tømrerlaug охоче продовжить на чотири тижні.",
		   "Randers Tømrerlaug would like four weeks more."),
		"/tasks/4/done",
		in("Færdig", "Klar", "Зроблено", "Done"),
		in("med Dmytro Bondar", "med Dmytro Bondar", "з Дмитром Бондарем", "with Dmytro Bondar"),
		.post = true,
		.first = false
	};
	without[0] = (struct html_my_day_without){ "/candidates/6", "Mykhailo Hrytsenko", NULL,
		                                   in("registreret for 9 dage siden", "registrerad för 9 dagar sedan",
		                                      "зареєстровано 9 днів тому", "registered 9 days ago"),
		                                   "/candidates/6/next" };
	without[1] =
	    (struct html_my_day_without){ "/candidates/7", "Svitlana Petrenko", NULL,
		                          in("sidste aftale var 2. november", "senaste avtalet var 2 november",
		                             "остання домовленість 2 листопада", "last agreed step was 2 November"),
		                          "/candidates/7/next" };
	agenda[0] = (struct html_my_day_agenda){ in("9.00", "9.00", "9:00", "9:00"), "09:00",
		                                 in("Tavlemøde med Vestegnen VUC", "Tavelmöte med Vestegnen VUC",
		                                    "Нарада з Vestegnen VUC", "Board meeting with Vestegnen VUC"),
		                                 "Teams", false };
	agenda[1] = (struct html_my_day_agenda){ in("10.30", "10.30", "10:30", "10:30"), "10:30",
		                                 in("Samtale med Oksana Shevchenko", "Samtal med Oksana Shevchenko",
		                                    "Зустріч з Оксаною Шевченко", "Talk with Oksana Shevchenko"),
		                                 in("Lokale 2. Tolk er bestilt", "Rum 2. Tolk är bokad",
		                                    "Кабінет 2. Є перекладач", "Room 2. Interpreter booked"),
		                                 true };
	agenda[2] = (struct html_my_day_agenda){ in("13.00", "13.00", "13:00", "13:00"), "13:00",
		                                 in("Besøg hos Plejehjem Kildevang", "Besök hos Kildevang",
		                                    "Візит до Kildevang", "Visit to Kildevang"),
		                                 NULL, false };
	v.figures = figures, v.n_figures = N(figures);
	v.tasks = tasks, v.n_tasks = N(tasks);
	v.all = "/candidates", v.all_name = in("Se alle 61", "Se alla 61", "Усі 61", "See all 61");
	v.mine = table(5, false);
	v.without = without, v.n_without = N(without);
	v.all_without = "/candidates?next=no", v.all_without_name = in("Alle 6", "Alla 6", "Усі 6", "All 6");
	v.agenda = agenda, v.n_agenda = N(agenda);
	return html_my_day_any(&v);
}

static struct html_any day_empty(void)
{
	static struct html_my_day v;
	v = day_head();
	v.lead = in("Mandag 23. november 2026", "Måndag 23 november 2026", "Понеділок, 23 листопада 2026",
	            "Monday 23 November 2026");
	v.mine = table(0, false);
	return html_my_day_any(&v);
}

static const char *list_title(void) { return in("Kandidater", "Kandidater", "Кандидати", "Candidates"); }

static struct html_list list_head(void)
{
	static struct html_list_actions actions[1];
	static struct html_list_views views[3];
	static struct html_list_filters filters[3];
	static struct html_list_filters_options states[3], units[2], turns[2];
	actions[0] = (struct html_list_actions){ "/candidates/new",
		                                 in("Ny kandidat", "Ny kandidat", "Новий кандидат", "New candidate"),
		                                 "person-add", true };
	views[0] = (struct html_list_views){ "/candidates?mine=1", in("Mine", "Mina", "Мої", "Mine"), true, "61" };
	views[1] = (struct html_list_views){ "/candidates", in("Alle", "Alla", "Усі", "All"), false, "1.284" };
	views[2] = (struct html_list_views){ "/candidates?view=3",
		                             in("Sygeplejersker uden næste skridt", "Sjuksköterskor utan nästa steg",
		                                "Медсестри без наступного кроку", "Nurses without a next step"),
		                             false, NULL };
	states[0] = (struct html_list_filters_options){ "", in("Alle", "Alla", "Усі", "All"), false };
	states[1] = (struct html_list_filters_options){
		"available", in("Klar til job", "Redo för jobb", "Готові працювати", "Available"), true
	};
	states[2] =
	    (struct html_list_filters_options){ "placement",
		                                in("I praktik", "På praktik", "На стажуванні", "In placement"), false };
	units[0] = (struct html_list_filters_options){ "", in("Alle", "Alla", "Усі", "All"), true };
	units[1] =
	    (struct html_list_filters_options){ "1", in("Integration", "Integration", "Інтеграція", "Integration"),
		                                false };
	turns[0] = (struct html_list_filters_options){ "", in("Alle", "Alla", "Усі", "All"), true };
	turns[1] = (struct html_list_filters_options){
		"no", in("Uden næste skridt", "Utan nästa steg", "Без кроку", "Without"), false
	};
	filters[0] =
	    (struct html_list_filters){ "state", "state", in("Tilstand", "Läge", "Стан", "State"), states, N(states) };
	filters[1] =
	    (struct html_list_filters){ "unit", "unit", in("Afdeling", "Enhet", "Відділ", "Unit"), units, N(units) };
	filters[2] = (struct html_list_filters){ "next", "next", in("Næste skridt", "Nästa steg", "Крок", "Next step"),
		                                 turns, N(turns) };
	return (struct html_list){ .title = list_title(),
		                   .actions = actions,
		                   .n_actions = 1,
		                   .views = views,
		                   .n_views = 3,
		                   .action = "/candidates",
		                   .find = in("Navn, i begge skrifter", "Namn, i båda skrifterna",
		                              "Ім’я, будь-якою абеткою", "Name, in either script"),
		                   .q = "tka",
		                   .filters = filters,
		                   .n_filters = 3,
		                   .clear = "/candidates",
		                   .save_action = "/views",
		                   .csrf = "c5rf",
		                   .save_query = "q=tka&state=available" };
}

static struct html_any list(void)
{
	static struct html_list v;
	static struct html_found found;
	static struct html_found_exports exports[2] = { { "/candidates.csv?q=tka", "CSV" },
		                                        { "/candidates.xlsx?q=tka", "Excel" } };
	v = list_head();
	v.lead = in("Dem, kontoret hjælper i arbejde", "De som kontoret hjälper till arbete",
	            "Ті, кому установа допомагає знайти роботу", "Those whom the office helps into work");
	found = (struct html_found){ .count = in("61 kandidater", "61 kandidater", "61 кандидат", "61 candidates"),
		                     .exports = exports,
		                     .n_exports = 2,
		                     .records = table(PEOPLE, true),
		                     .before = "/candidates?before=a",
		                     .after = "/candidates?after=b",
		                     .place = in("7 til 12 af 61", "7 till 12 av 61", "7–12 з 61", "7 to 12 of 61") };
	v.found = &found;
	return html_list_any(&v);
}

static struct html_any list_empty(void)
{
	static struct html_list v;
	static struct html_found found;
	v = list_head();
	found = (struct html_found){ .count = in("Ingen fundet", "Inga hittades", "Нікого не знайдено", "None found"),
		                     .records = table(0, true) };
	v.found = &found;
	return html_list_any(&v);
}

static const char *person_title(void) { return "Oksana Shevchenko"; }

static const struct html_facts *facts(void)
{
	static struct html_facts v = { .wide = true, .csrf = "c5rf" };
	static struct html_facts_facts all[6];
	all[0] = (struct html_facts_facts){ .name = in("Fødselsdag", "Födelsedag", "Дата народження", "Date of birth"),
		                            .value = in("1. januar 2050", "1 januari 2050", "1 січня 2050",
		                                        "1 January 2050") };
	all[1] = (struct html_facts_facts){ .name = in("CPR-nummer", "Personnummer", "Номер CPR", "CPR number"),
		                            .value = "010150-••••",
		                            .reveal = "/candidates/1/reveal",
		                            .reveal_says = in("hele nummeret", "hela numret", "номер повністю",
		                                              "the whole number") };
	all[2] = (struct html_facts_facts){ .name = in("Telefon", "Telefon", "Телефон", "Phone"),
		                            .value = "+45 22 00 11 47",
		                            .url = "tel:+4522001147" };
	all[3] = (struct html_facts_facts){ .name = in("Bor", "Bor", "Живе", "Lives"),
		                            .value = "Randers NØ",
		                            .more = in("adressen er beskyttet", "adressen är skyddad",
		                                       "адресу захищено", "the address is protected") };
	all[4] = (struct html_facts_facts){ .name = in("Vil arbejde", "Vill arbeta", "Хоче працювати", "Wants to work"),
		                            .value = in("Ja, nu", "Ja, nu", "Так, зараз", "Yes, now"),
		                            .tone = "good" };
	all[5] = (struct html_facts_facts){ .name = in("Kørekort", "Körkort", "Водійські права", "Driving licence") };
	v.facts = all, v.n_facts = N(all);
	return &v;
}

static const struct html_events *events(void)
{
	static struct html_events v;
	static struct html_events_events all[3];
	static struct html_events_events_changes changes[2];
	changes[0] = (struct html_events_events_changes){
		in("Dansk, tale", "Danska, tal", "Данська, мовлення", "Danish, speaking"), "A1", "A2"
	};
	changes[1] = (struct html_events_events_changes){ in("Telefon", "Telefon", "Телефон", "Phone"), NULL,
		                                          "+45 22 00 11 47" };
	all[0] = (struct html_events_events){ .icon = "chat",
		                              .title = in("Samtale", "Samtal", "Розмова", "Talk"),
		                              .when = in("i dag kl. 10.41", "i dag kl. 10.41", "сьогодні о 10:41",
		                                         "today at 10:41"),
		                              .date = "2026-11-23T10:41+01:00",
		                              .who = "Mette Holm",
		                              .words = "Хоче працювати в лікарні.\nНе вночі: діти 6 і 9 років.",
		                              .words_lang = "uk" };
	all[1] =
	    (struct html_events_events){ .icon = "edit",
		                         .title = in("Sprog og kontakt ændret", "Språk och kontakt ändrade",
		                                     "Змінено мови й контакти", "Languages and contact changed"),
		                         .when = in("20. november kl. 9.02", "20 november kl. 9.02",
		                                    "20 листопада о 9:02", "20 November at 9:02"),
		                         .date = "2026-11-20T09:02+01:00",
		                         .who = "Jonas Friis",
		                         .changes = changes,
		                         .n_changes = 2,
		                         .why = in("Ny test fra sprogskolen", "Nytt prov från språkskolan",
		                                   "Новий тест мовної школи", "New test from the language school") };
	all[2] = (struct html_events_events){ .icon = "person-add",
		                              .title = in("Registreret", "Registrerad", "Зареєстровано", "Registered"),
		                              .when = in("2. november kl. 13.15", "2 november kl. 13.15",
		                                         "2 листопада о 13:15", "2 November at 13:15"),
		                              .date = "2026-11-02T13:15+01:00",
		                              .who = "Mette Holm" };
	v.events = all, v.n_events = N(all);
	return &v;
}

static struct html_any person(void)
{
	static struct html_record v;
	static struct html_record_actions actions[3];
	static struct html_record_tabs tabs[3];
	static struct html_record_signs signs[2];
	static struct html_record_sections sections[7];
	static struct html_record_asides asides[3];
	actions[0] = (struct html_record_actions){ "tel:+4522001147", in("Ring", "Ring", "Зателефонувати", "Call"),
		                                   "smartphone", false };
	actions[1] = (struct html_record_actions){ "/candidates/1/paper", in("Udskriv", "Skriv ut", "Друк", "Print"),
		                                   "print", false };
	actions[2] = (struct html_record_actions){ "/candidates/1/contact",
		                                   in("Log samtale", "Logga samtal", "Записати розмову", "Log a talk"),
		                                   "edit", true };
	tabs[0] = (struct html_record_tabs){ "/candidates/1", in("Overblik", "Översikt", "Огляд", "Overview"), true };
	tabs[1] =
	    (struct html_record_tabs){ "/candidates/1/history", in("Forløb", "Förlopp", "Історія", "History"), false };
	tabs[2] = (struct html_record_tabs){
		"/candidates/1/seen", in("Hvem har set hvad", "Vem har sett vad", "Хто що бачив", "Who saw what"), false
	};
	signs[0] =
	    (struct html_record_signs){ in("Hurtigt spor", "Snabbspår", "Швидкий шлях", "Fast lane"), "info", "flag" };
	signs[1] = (struct html_record_signs){ in("Tolk: ukrainsk", "Tolk: ukrainska", "Перекладач: українська",
		                                  "Interpreter: Ukrainian"),
		                               NULL, "language" };
	const char *titles[7] = { in("Person og kontakt", "Person och kontakt", "Особа та контакти",
		                     "Person and contact"),
		                  in("Ophold og arbejde", "Uppehåll och arbete", "Перебування і право на роботу",
		                     "Stay and right to work"),
		                  in("Sprog", "Språk", "Мови", "Languages"),
		                  in("Uddannelse", "Utbildning", "Освіта", "Education"),
		                  in("Erfaring", "Erfarenhet", "Досвід", "Experience"),
		                  in("Ønsker og tid", "Önskemål och tid", "Побажання і час", "Wishes and time"),
		                  in("Familie", "Familj", "Сім’я", "Family") };
	const char *summaries[7] = { "Randers NØ, +45 22 00 11 47",
		                     in("særloven, til 17. marts 2027", "massflyktsdirektivet, till 4 mars 2027",
		                        "до 17 березня 2027", "until 17 March 2027"),
		                     in("ukrainsk, russisk, engelsk B2, dansk A2", "ukrainska, ryska, engelska B2",
		                        "українська, англійська B2, данська A2", "Ukrainian, English B2, Danish A2"),
		                     in("sygeplejerske, Kharkiv 2014", "sjuksköterska, Charkiv 2014",
		                        "медсестра, Харків 2014", "nurse, Kharkiv 2014"),
		                     in("6 år på intensiv", "6 år på intensivvård", "6 років в інтенсивній терапії",
		                        "6 years of intensive care"),
		                     in("hospital, dag, højst 45 minutter", "sjukhus, dag, högst 45 minuter",
		                        "лікарня, вдень, до 45 хв", "hospital, day, at most 45 minutes"),
		                     in("to børn, 6 og 9 år", "två barn, 6 och 9 år", "двоє дітей, 6 і 9 років",
		                        "two children, 6 and 9") };
	static const char *const ids[7] = {
		"person", "stay", "languages", "education", "experience", "wishes", "family"
	};
	for (int i = 0; i < 7; i++)
		sections[i] = (struct html_record_sections){ .id = ids[i],
			                                     .title = titles[i],
			                                     .summary = summaries[i],
			                                     .open = i == 0,
			                                     .edit = "/candidates/1/edit",
			                                     .body = html_facts_any(facts()) };
	asides[0] = (struct html_record_asides){ .id = "tasks",
		                                 .title = in("Opgaver", "Uppgifter", "Завдання", "Tasks"),
		                                 .more = "/candidates/1/tasks",
		                                 .more_name = in("Alle", "Alla", "Усі", "All"),
		                                 .body = html_facts_any(facts()) };
	asides[1] = (struct html_record_asides){ .id = "events",
		                                 .title = in("Senest", "Senast", "Останнє", "Latest"),
		                                 .more = "/candidates/1/history",
		                                 .more_name = in("Alt", "Allt", "Усе", "All"),
		                                 .body = html_events_any(events()) };
	asides[2] = (struct html_record_asides){ .id = "contact",
		                                 .title = in("Log en samtale", "Logga ett samtal", "Записати розмову",
		                                             "Log a talk"),
		                                 .fold = true,
		                                 .body = html_facts_any(facts()) };
	v = (struct html_record){
		.initials = "OS",
		.name = "Oksana Shevchenko",
		.other = "Оксана Шевченко",
		.other_lang = "uk",
		.about = in("Sygeplejerske fra Kharkiv, 6 år på intensiv. Bor i Randers NØ.",
		            "Sjuksköterska från Charkiv, 6 år på intensivvård. Bor i Randers NØ.",
		            "Медсестра з Харкова, 6 років в інтенсивній терапії. Живе в Randers NØ.",
		            "Nurse from Kharkiv, 6 years of intensive care. Lives in Randers NØ."),
		.about_says = in("Om denne person", "Om den här personen", "Про цю людину", "About this person"),
		.facts_says = in("Fakta om denne person", "Fakta om den här personen", "Факти про цю людину",
		                 "Facts about this person"),
		.state = in("Klar til job", "Redo för jobb", "Готова працювати", "Available"),
		.state_tone = "good",
		.signs = signs,
		.n_signs = 2,
		.actions = actions,
		.n_actions = 3,
		.tabs = tabs,
		.n_tabs = 3,
		.right_tone = "success",
		.right_icon = "success",
		.right = in("Må arbejde til 17. marts 2027.", "Får arbeta till 4 mars 2027.",
		            "Може працювати до 17 березня 2027.", "May work until 17 March 2027."),
		.right_more = in("Grundlag: særloven. Set i passet 2. november.",
		                 "Grund: massflyktsdirektivet. Sett i passet 2 november.",
		                 "Підстава: тимчасовий захист. Перевірено 2 листопада.",
		                 "Ground: temporary protection. Seen in the passport on 2 November."),
		.next = in("Vælg ét forslag sammen med Oksana", "Välj ett förslag tillsammans med Oksana",
		           "Обрати пропозицію разом з Оксаною", "Choose a proposal together with Oksana"),
		.next_more = in("I morgen kl. 10.30, lokale 2. Tolk er bestilt. Bolden er hos Mette Holm.",
		                "I morgon kl. 10.30, rum 2. Tolk är bokad. Bollen är hos Mette Holm.",
		                "Завтра о 10:30, кабінет 2. Відповідає Метте Хольм.",
		                "Tomorrow at 10:30, room 2. An interpreter is booked. It is Mette Holm's turn."),
		.next_url = "/tasks/3/done",
		.next_act = in("Færdig", "Klar", "Зроблено", "Done"),
		.next_change = "/tasks/3",
		.sections = sections,
		.n_sections = 7,
		.asides = asides,
		.n_asides = 3
	};
	return html_record_any(&v);
}

static struct html_any paper(void)
{
	static struct html_paper v;
	static struct html_paper_groups groups[2];
	groups[0] = (struct html_paper_groups){ .title = in("Person og kontakt", "Person och kontakt",
		                                            "Особа та контакти", "Person and contact"),
		                                .facts = facts() };
	groups[1] =
	    (struct html_paper_groups){ .title = in("Forløb", "Förlopp", "Історія", "History"), .events = events() };
	v = (struct html_paper){ .title = "Oksana Shevchenko",
		                 .other = "Оксана Шевченко",
		                 .other_lang = "uk",
		                 .about = in("Sygeplejerske fra Kharkiv.", "Sjuksköterska från Charkiv.",
		                             "Медсестра з Харкова.", "Nurse from Kharkiv."),
		                 .office = "Jobcenter Randers",
		                 .printed = "23.11.2026",
		                 .right = in("Må arbejde til 17. marts 2027.", "Får arbeta till 4 mars 2027.",
		                             "Може працювати до 17 березня 2027.", "May work until 17 March 2027."),
		                 .groups = groups,
		                 .n_groups = 2,
		                 .back = "/candidates/1" };
	return html_paper_any(&v);
}

const struct preview previews_work[] = {
	{ "day", day_title, day, 0, 0 },
	{ "day-empty", day_title, day_empty, 0, 0 },
	{ "list", list_title, list, 1, 0 },
	{ "list-empty", list_title, list_empty, 1, 0 },
	{ "candidate", person_title, person, 1, 0 },
	{ "paper", person_title, paper, 1, 0 },
	{ 0 },
};
