/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Pages before one is signed in, and those for everybody. */
#include "preview.h"
#include "view/choose_tenant.html.h"
#include "view/forgotten.html.h"
#include "view/password_new.html.h"
#include "view/privacy.html.h"
#include "view/set_up.html.h"
#include "view/sign_in.html.h"
#include "view/sign_in_code.html.h"
#include "view/statement.html.h"
#include "view/trouble.html.h"

static const char *sign_in_title(void) { return in("Log på", "Logga in", "Вхід", "Sign in"); }

static struct html_any sign_in(void)
{
	static struct html_sign_in v;
	static struct html_sign_in_doors doors[1];
	static struct html_sign_in_accounts accounts[2];
	doors[0] =
	    (struct html_sign_in_doors){ "/sign-in/oidc",
		                         in("Log på med kommunens login", "Logga in med kommunens inloggning",
		                            "Увійти через муніципалітет", "Sign in with the municipality's login") };
	accounts[0] = (struct html_sign_in_accounts){ "mette@randers.example", in("Sagsbehandler", "Handläggare",
		                                                                  "Кейс-менеджерка", "Caseworker") };
	accounts[1] = (struct html_sign_in_accounts){ "admin@randers.example", in("Administrator", "Administratör",
		                                                                  "Адміністраторка", "Administrator") };
	v = (struct html_sign_in){ .action = "/sign-in", .csrf = "c5rf", .next = "/", .forgotten = true };
	v.mail = "mette@randers.example";
	v.error = in("Adressen eller adgangskoden er forkert.", "Adressen eller lösenordet är fel.",
	             "Адреса або пароль неправильні.", "The address or the password is wrong.");
	v.doors = doors, v.n_doors = N(doors);
	v.accounts = accounts, v.n_accounts = N(accounts);
	return html_sign_in_any(&v);
}

static const char *code_title(void) { return in("Kode", "Kod", "Код", "Code"); }

static struct html_any code(void)
{
	static const struct html_sign_in_code v = {
		.action = "/sign-in/code", .csrf = "c5rf", .next = "/", .ticket = "t", .again = "/sign-in"
	};
	return html_sign_in_code_any(&v);
}

static const char *forgotten_title(void)
{
	return in("Ny adgangskode", "Nytt lösenord", "Новий пароль", "New password");
}

static struct html_any forgotten(void)
{
	static const struct html_forgotten v = { .action = "/forgotten", .csrf = "c5rf", .back = "/sign-in" };
	return html_forgotten_any(&v);
}

static struct html_any password_new(void)
{
	static const struct html_password_new v = { .action = "/password",
		                                    .csrf = "c5rf",
		                                    .token = "t",
		                                    .mail = "mette@randers.example",
		                                    .totp = true,
		                                    .secret = "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
		                                    .otpauth =
		                                        "Landgang:mette@randers.example?secret=JBSWY3DPEHPK3PXP" };
	return html_password_new_any(&v);
}

static const char *set_up_title(void) { return in("Velkommen", "Välkommen", "Вітаємо", "Welcome"); }

static struct html_any set_up(void)
{
	static struct html_fields_fields fields[4];
	static struct html_fields_fields_options kinds[3];
	static struct html_fields all;
	static struct html_form_parts parts[1];
	static struct html_form form;
	static const struct html_set_up v = { .form = &form };
	kinds[0] =
	    (struct html_fields_fields_options){ .value = "municipality",
		                                 .label = in("Kommune", "Kommun", "Муніципалітет", "Municipality") };
	kinds[1] = (struct html_fields_fields_options){ .value = "region",
		                                        .label = in("Region", "Region", "Регіон", "Region") };
	kinds[2] = (struct html_fields_fields_options){ .value = "hospital",
		                                        .label = in("Hospital", "Sjukhus", "Лікарня", "Hospital") };
	fields[0] =
	    (struct html_fields_fields){ .id = "code",
		                         .name = "code",
		                         .label = in("Engangskode", "Engångskod", "Одноразовий код", "One-time code"),
		                         .input = "text",
		                         .fill = "off",
		                         .must = true,
		                         .wide = true };
	fields[1] = (struct html_fields_fields){ .id = "office",
		                                 .name = "office",
		                                 .label = in("Kontorets navn", "Kontorets namn", "Назва установи",
		                                             "Name of the office"),
		                                 .input = "text",
		                                 .must = true,
		                                 .wide = true };
	fields[2] =
	    (struct html_fields_fields){ .id = "kind",
		                         .name = "kind",
		                         .label = in("Slags kontor", "Slags kontor", "Вид установи", "Kind of office"),
		                         .choice = true,
		                         .wide = true,
		                         .options = kinds,
		                         .n_options = N(kinds) };
	fields[3] =
	    (struct html_fields_fields){ .id = "mail",
		                         .name = "mail",
		                         .label = in("Din e-mail", "Din e-post", "Ваша адреса", "Your e-mail address"),
		                         .input = "email",
		                         .fill = "email",
		                         .must = true,
		                         .wide = true };
	all = (struct html_fields){ fields, N(fields) };
	parts[0] = (struct html_form_parts){ .fields = &all };
	form = (struct html_form){ .action = "/set-up",
		                   .csrf = "c5rf",
		                   .parts = parts,
		                   .n_parts = 1,
		                   .submit = in("Begynd", "Börja", "Почати", "Begin") };
	return html_set_up_any(&v);
}

static const char *tenant_title(void) { return in("Vælg kontor", "Välj kontor", "Оберіть установу", "Choose office"); }

static struct html_any tenant(void)
{
	static struct html_choose_tenant_tenants tenants[2];
	static struct html_choose_tenant v = {
		.action = "/office", .csrf = "c5rf", .next = "/", .tenants = tenants, .n_tenants = 2
	};
	tenants[0] = (struct html_choose_tenant_tenants){
		"1", "Jobcenter Randers", in("Sagsbehandler", "Handläggare", "Кейс-менеджерка", "Caseworker"), NULL
	};
	tenants[1] =
	    (struct html_choose_tenant_tenants){ "2", "Region Midtjylland",
		                                 in("Rådgiver, vikar til 14. december",
		                                    "Rådgivare, vikarie till 14 december", "Радниця до 14 грудня",
		                                    "Adviser, stand-in until 14 December"),
		                                 "groups" };
	return html_choose_tenant_any(&v);
}

static const char *trouble_title(void)
{
	return in("Siden findes ikke", "Sidan finns inte", "Такої сторінки немає", "There is no such page");
}

static struct html_any trouble(void)
{
	static struct html_trouble_todo todo[2];
	static struct html_trouble v = { .todo = todo, .n_todo = 2, .request = "k7fx-29qm", .home = "/" };
	v.title = trouble_title();
	v.what = in("Adressen er måske skrevet forkert, eller også er siden flyttet.",
	            "Adressen är kanske felskriven, eller så har sidan flyttats.",
	            "Можливо, адресу введено з помилкою або сторінку перенесено.",
	            "The address may be misspelt, or the page has moved.");
	todo[0].line = in("Se efter, om adressen er rigtig.", "Se efter om adressen stämmer.", "Перевірте адресу.",
	                  "Check the address.");
	todo[1].line = in("Søg efter personen foroven.", "Sök efter personen överst på sidan.",
	                  "Пошукайте особу вгорі сторінки.", "Search for the person at the top.");
	return html_trouble_any(&v);
}

static const char *was_title(void) { return in("Tilgængelighed", "Tillgänglighet", "Доступність", "Accessibility"); }

static struct html_any was(void)
{
	static struct html_statement_lacks lacks[1];
	static struct html_statement v = { .phone = "78 00 00 00",
		                           .phone_url = "tel:+4578000000",
		                           .mail = "was@randers.example",
		                           .mail_url = "mailto:was@randers.example",
		                           .lacks = lacks,
		                           .n_lacks = 1,
		                           .authority = "https://digst.dk/",
		                           .authority_name = "Digitaliseringsstyrelsen" };
	v.office = "Jobcenter Randers";
	v.checked = in("Senest gennemgået 28. november 2026", "Senast granskad 28 november 2026",
	               "Востаннє перевірено 28 листопада 2026", "Last checked on 28 November 2026");
	lacks[0].what =
	    in("Udskrifter er ikke mærket op for skærmlæsere.", "Utskrifter är inte märkta för skärmläsare.",
	       "Друковані сторінки не розмічено для екранних читачів.",
	       "Printed pages are not tagged for screen readers.");
	return html_statement_any(&v);
}

static const char *privacy_title(void) { return in("Dine data", "Dina uppgifter", "Ваші дані", "Your data"); }

static struct html_any privacy(void)
{
	static const struct html_privacy v = { .office = "Jobcenter Randers",
		                               .phone = "78 00 00 00",
		                               .phone_url = "tel:+4578000000",
		                               .officer = "dpo@randers.example",
		                               .officer_url = "mailto:dpo@randers.example",
		                               .authority = "https://datatilsynet.dk/",
		                               .authority_name = "Datatilsynet" };
	return html_privacy_any(&v);
}

const struct preview previews_door[] = {
	{ "sign-in", sign_in_title, sign_in, -1, 0 },       { "code", code_title, code, -1, 0 },
	{ "forgotten", forgotten_title, forgotten, -1, 0 }, { "password", forgotten_title, password_new, -1, 0 },
	{ "set-up", set_up_title, set_up, -1, 0 },          { "office", tenant_title, tenant, -1, 0 },
	{ "trouble", trouble_title, trouble, 0, 0 },        { "was", was_title, was, -1, 0 },
	{ "privacy", privacy_title, privacy, -1, 0 },       { 0 },
};
