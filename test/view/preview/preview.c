/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* preview FOLDER LANG_DIR: all pages in all languages, LANGUAGE-NAME.html, and the assets under assets/. */
#include "preview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/ctx.h"
#include "view/assets.h"
#include "view/page.html.h"
#include "view/speech.h"

int preview_language;
static const char *const codes[LANGUAGES] = { "da", "sv", "uk", "en" };

const char *in(const char *da, const char *sv, const char *uk, const char *en)
{
	const char *const words[LANGUAGES] = { da, sv, uk, en };
	return words[preview_language];
}

static void write_file(const char *folder, const char *name, const void *bytes, size_t n)
{
	char path[1024];
	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f)) {
		perror(path);
		exit(1);
	}
}

static void write_assets(const char *folder)
{
	char name[256];
	for (size_t i = 0; i < lg_n_assets; i++) {
		const struct asset *a = &lg_assets[i];
		write_file(folder, a->path + 1, a->raw.at, a->raw.n);
		(void)snprintf(name, sizeof name, "%s.br", a->path + 1);
		if (a->br.n) write_file(folder, name, a->br.at, a->br.n);
	}
}

static struct html_page frame(const struct preview *p)
{
	static struct html_page_languages languages[] = { { "da", "Dansk", false },
		                                          { "sv", "Svenska", false },
		                                          { "uk", "Українська", false },
		                                          { "en", "English", false } };
	for (int i = 0; i < LANGUAGES; i++) languages[i].current = i == preview_language;
	return (struct html_page){
		.language = codes[preview_language],
		.cyrillic = preview_language == 2,
		.title = p->title(),
		.home = "/",
		.csrf = "c5rf",
		.here = "/",
		.languages = languages,
		.n_languages = N(languages),
		.trial = true,
		.source = "https://landgang.example/source",
		.contact = in("Hjælp: 78 00 00 00", "Hjälp: 78 00 00 00", "Допомога: 78 00 00 00", "Help: 78 00 00 00"),
		.contact_url = "tel:+4578000000",
		.body = p->body(),
	};
}

static void signed_in(struct html_page *page, int current)
{
	static struct html_page_navigation navigation[5];
	static struct html_page_account_links links[4];
	static struct html_page_crumbs crumbs[2];
	navigation[0] = (struct html_page_navigation){ "/",   "home", in("Min dag", "Min dag", "Мій день", "My day"),
		                                       false, NULL,   NULL };
	navigation[1] = (struct html_page_navigation){
		"/candidates", "persons", in("Kandidater", "Kandidater", "Кандидати", "Candidates"), false, NULL, NULL
	};
	navigation[2] = (struct html_page_navigation){
		"/tasks", "checklist", in("Opgaver", "Uppgifter", "Завдання", "Tasks"),
		false,    "3",         in("er over tid", "är försenade", "прострочено", "are late")
	};
	navigation[3] = (struct html_page_navigation){
		"/office", "settings", in("Administration", "Administration", "Адміністрування", "Administration"),
		false,     NULL,       NULL
	};
	navigation[4] = (struct html_page_navigation){
		"/audit", "visibility", in("Hvem har set hvad", "Vem har sett vad", "Хто що бачив", "Who saw what"),
		false,    NULL,         NULL
	};
	navigation[current].current = true;
	links[0] =
	    (struct html_page_account_links){ "/account", "account",
		                              in("Min konto", "Mitt konto", "Мій обліковий запис", "My account") };
	links[1] = (struct html_page_account_links){ "/account/sessions", "lock",
		                                     in("Hvor jeg er logget på", "Var jag är inloggad", "Де я ввійшов",
		                                        "Where I am signed in") };
	links[2] =
	    (struct html_page_account_links){ "/offices", "business",
		                              in("Skift kontor", "Byt kontor", "Змінити установу", "Change office") };
	links[3] = (struct html_page_account_links){ "/help", "help", in("Hjælp", "Hjälp", "Допомога", "Help") };
	crumbs[0] = (struct html_page_crumbs){ navigation[current].url, navigation[current].name };
	crumbs[1] = (struct html_page_crumbs){ NULL, page->title };
	page->navigation = navigation;
	page->n_navigation = N(navigation);
	page->account_links = links;
	page->n_account_links = N(links);
	if (strcmp(page->title, navigation[current].name) != 0) {
		page->crumbs = crumbs;
		page->n_crumbs = 2;
	}
	page->tenant =
	    in("Jobcenter Randers", "Arbetsförmedlingen Lund", "Центр зайнятості Рандерс", "Jobcentre Randers");
	page->search = page->invented = true;
	page->account = "Mette Holm";
	page->role = in("Sagsbehandler", "Handläggare", "Кейс-менеджерка", "Caseworker");
	page->session_left = 1800;
	page->session_whole = 1800;
}

static void write_page(const char *folder, const struct preview *p)
{
	char name[128];
	struct lg_buf out = { 0 };
	struct html_page page = frame(p);
	struct html_page_errors errors[2] = {
		{ "born", in("Fødselsdagen findes ikke: 31. februar", "Födelsedagen finns inte: 31 februari",
		             "Такого дня немає: 31 лютого", "There is no such day: 31 February") },
		{ "number", in("Nummeret har ti cifre", "Numret har tio siffror", "У номері десять цифр",
		               "The number has ten digits") }
	};
	page.errors = errors;
	page.n_errors = (size_t)p->errors;
	if (p->navigation >= 0)
		signed_in(&page, p->navigation);
	else
		page.language_above = true;
	if (!strcmp(p->name, "candidate"))
		page.flash = in("Uddannelsen er gemt.", "Utbildningen är sparad.", "Освіту збережено.",
		                "The education is saved.");
	html_page(&out, &page);
	(void)snprintf(name, sizeof name, "%s-%s.html", codes[preview_language], p->name);
	write_file(folder, name, out.data, out.len);
	lg_buf_free(&out);
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		(void)fputs("usage: preview FOLDER LANG_DIR\n", stderr);
		return 2;
	}
	char assets[1024];
	(void)snprintf(assets, sizeof assets, "%s/assets", argv[1]);
	mkdir(argv[1], 0755);
	mkdir(assets, 0755);
	write_assets(argv[1]);
	const struct preview *const all[] = { previews_door, previews_work, previews_form, previews_office };
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	if (lg_speech_open(&cx, argv[2]) != LG_OK) (void)fputs("preview: a catalogue is missing\n", stderr);
	for (preview_language = 0; preview_language < LANGUAGES; preview_language++) {
		lg_speak_here(codes[preview_language]);
		for (size_t i = 0; i < N(all); i++)
			for (const struct preview *p = all[i]; p->name; p++) write_page(argv[1], p);
	}
	lg_arena_free(cx.mem);
	return 0;
}
