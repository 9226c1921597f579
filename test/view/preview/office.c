/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Administration, one's own account, the log: sheets that hold tables, facts and forms. */
#include "preview.h"
#include "view/facts.html.h"
#include "view/form.html.h"
#include "view/form_page.html.h"
#include "view/records.html.h"
#include "view/sheet.html.h"
#include "view/totp.html.h"

static const char *members_title(void) { return in("Kolleger", "Kollegor", "Колеги", "Colleagues"); }

static struct html_any members(void)
{
	static struct html_sheet v;
	static struct html_sheet_actions actions[1];
	static struct html_sheet_tabs tabs[4];
	static struct html_sheet_sections sections[1];
	static struct html_records table;
	static struct html_records_heads heads[4];
	static struct html_records_rows rows[2];
	static struct html_records_rows_name names[2];
	static struct html_records_rows_cells cells[2][3];
	static struct html_records_rows_deeds deeds[2];
	const char *label[4] = { in("Navn", "Namn", "Ім’я", "Name"), in("Roller", "Roller", "Ролі", "Roles"),
		                 in("Afdeling", "Enhet", "Відділ", "Unit"),
		                 in("Senest logget på", "Senast inloggad", "Останній вхід", "Last signed in") };
	for (int i = 0; i < 4; i++) heads[i] = (struct html_records_heads){ label[i], NULL, NULL, false };
	names[0].plain = "Mette Holm", names[1].plain = "Jonas Friis";
	for (int i = 0; i < 2; i++) {
		cells[i][0] = (struct html_records_rows_cells){
			.label = label[1],
			.value = i ? in("Leder", "Chef", "Керівник", "Leader")
			           : in("Sagsbehandler, administrator", "Handläggare, administratör",
			                "Кейс-менеджерка, адміністраторка", "Caseworker, administrator")
		};
		cells[i][1] = (struct html_records_rows_cells){
			.label = label[2], .value = in("Integration", "Integration", "Інтеграція", "Integration")
		};
		cells[i][2] = (struct html_records_rows_cells){ .label = label[3],
			                                        .value = i ? in("aldrig", "aldrig", "ніколи", "never")
			                                                   : in("i dag kl. 8.12", "i dag kl. 8.12",
			                                                        "сьогодні о 8:12", "today at 8:12"),
			                                        .tone = i ? "warn" : NULL };
		deeds[i] = i ? (struct html_records_rows_deeds){ in("Send invitation igen", "Skicka inbjudan igen",
			                                            "Запросити ще раз", "Invite again"),
			                                         names[i].plain, "/members/2/invite", true, false }
		             : (struct html_records_rows_deeds){ in("Ret", "Ändra", "Змінити", "Change"),
			                                         names[i].plain, "/members/1", false, false };
		rows[i] = (struct html_records_rows){ .url = "/members/1",
			                              .name = names + i,
			                              .n_name = 1,
			                              .cells = cells[i],
			                              .n_cells = 3,
			                              .deeds = deeds + i,
			                              .n_deeds = 1 };
	}
	table = (struct html_records){ .caption = members_title(),
		                       .action = "/members",
		                       .csrf = "c5rf",
		                       .heads = heads,
		                       .n_heads = 4,
		                       .acts = true,
		                       .rows = rows,
		                       .n_rows = 2 };
	actions[0] = (struct html_sheet_actions){ "/members/new",
		                                  in("Inviter en kollega", "Bjud in en kollega", "Запросити колегу",
		                                     "Invite a colleague"),
		                                  "person-add", true };
	tabs[0] = (struct html_sheet_tabs){ "/members", members_title(), true };
	tabs[1] = (struct html_sheet_tabs){ "/office", in("Kontoret", "Kontoret", "Установа", "The office"), false };
	tabs[2] = (struct html_sheet_tabs){ "/units", in("Afdelinger", "Enheter", "Відділи", "Units"), false };
	tabs[3] = (struct html_sheet_tabs){
		"/clients",
		in("Adgang for programmer", "Åtkomst för program", "Доступ для програм", "Access for programs"), false
	};
	sections[0] = (struct html_sheet_sections){ .body = html_records_any(&table) };
	v = (struct html_sheet){ .title = members_title(),
		                 .lead = in("Hvem der må hvad på kontoret", "Vem som får göra vad på kontoret",
		                            "Хто що може в установі", "Who may do what in the office"),
		                 .actions = actions,
		                 .n_actions = 1,
		                 .tabs = tabs,
		                 .n_tabs = 4,
		                 .sections = sections,
		                 .n_sections = 1 };
	return html_sheet_any(&v);
}

static const char *member_title(void) { return "Jonas Friis"; }

static struct html_any member(void)
{
	static struct html_form_page v;
	static struct html_fields_fields fields[3];
	static struct html_fields_fields_options roles[3];
	static struct html_fields all;
	static struct html_form_parts parts[1];
	static struct html_form form;
	roles[0] = (struct html_fields_fields_options){
		"role-1", "caseworker", in("Sagsbehandler", "Handläggare", "Кейс-менеджер", "Caseworker"),
		in("Registrerer og retter kandidater, ser hele numre, skriver notater",
		   "Registrerar och ändrar kandidater, ser hela nummer, skriver anteckningar",
		   "Реєструє та змінює кандидатів, бачить номери, пише нотатки",
		   "Registers and changes candidates, sees whole numbers, writes notes"),
		true
	};
	roles[1] = (struct html_fields_fields_options){
		"role-2", "leader", in("Leder", "Chef", "Керівник", "Leader"),
		in("Ser kandidater og tal, henter lister", "Ser kandidater och siffror, hämtar listor",
		   "Бачить кандидатів і показники, вивантажує списки", "Sees candidates and figures, takes lists out"),
		false
	};
	roles[2] =
	    (struct html_fields_fields_options){ "role-3", "administrator",
		                                 in("Administrator", "Administratör", "Адміністратор", "Administrator"),
		                                 in("Inviterer kolleger og retter kontoret, ser ingen kandidater",
		                                    "Bjuder in kollegor och ändrar kontoret, ser inga kandidater",
		                                    "Запрошує колег і змінює установу, кандидатів не бачить",
		                                    "Invites colleagues and changes the office, sees no candidates"),
		                                 false };
	fields[0] = (struct html_fields_fields){ .id = "roles",
		                                 .name = "roles",
		                                 .label = in("Roller", "Roller", "Ролі", "Roles"),
		                                 .boxes = true,
		                                 .options = roles,
		                                 .n_options = 3 };
	fields[1] = (struct html_fields_fields){ .id = "from",
		                                 .name = "from",
		                                 .label = in("Fra", "Från", "Від", "From"),
		                                 .input = "date",
		                                 .brief = true,
		                                 .value = "2026-11-01" };
	fields[2] = (struct html_fields_fields){ .id = "until",
		                                 .name = "until",
		                                 .label = in("Til", "Till", "До", "Until"),
		                                 .help = in("Tomt: uden slut", "Tomt: utan slut",
		                                            "Порожньо: безстроково", "Empty: without end"),
		                                 .input = "date",
		                                 .brief = true };
	all = (struct html_fields){ fields, 3 };
	parts[0] = (struct html_form_parts){ .fields = &all };
	form = (struct html_form){
		.action = "/members/2", .csrf = "c5rf", .parts = parts, .n_parts = 1, .cancel = "/members"
	};
	v = (struct html_form_page){ .title = "Jonas Friis", .lead = "jonas@randers.example", .form = &form };
	return html_form_page_any(&v);
}

static const char *account_title(void) { return in("Min konto", "Mitt konto", "Мій обліковий запис", "My account"); }

static struct html_any account(void)
{
	static struct html_sheet v;
	static struct html_sheet_sections sections[3];
	static struct html_facts facts;
	static struct html_facts_facts fact[2];
	static struct html_fields_fields code[1];
	static struct html_fields codes = { code, 1 };
	static struct html_form_parts parts[1] = { { .fields = &codes } };
	static struct html_form form;
	static struct html_totp totp;
	static struct html_records table;
	static struct html_records_heads heads[2];
	static struct html_records_rows rows[2];
	static struct html_records_rows_name names[2];
	static struct html_records_rows_cells cells[2];
	static struct html_records_rows_deeds deed;
	fact[0] = (struct html_facts_facts){ .name = in("Navn", "Namn", "Ім’я", "Name"), .value = "Mette Holm" };
	fact[1] = (struct html_facts_facts){ .name = in("E-mail", "E-post", "Ел. пошта", "E-mail"),
		                             .value = "mette@randers.example" };
	facts = (struct html_facts){ .wide = true, .facts = fact, .n_facts = 2 };
	code[0] = (struct html_fields_fields){ .id = "code",
		                               .name = "code",
		                               .label = in("Kode", "Kod", "Код", "Code"),
		                               .input = "text",
		                               .mode = "numeric",
		                               .fill = "one-time-code",
		                               .brief = true };
	form = (struct html_form){ .action = "/account/code", .csrf = "c5rf", .parts = parts, .n_parts = 1 };
	totp = (struct html_totp){ .secret = "JBSW Y3DP EHPK 3PXP",
		                   .otpauth = "Landgang:mette@randers.example?secret=JBSWY3DPEHPK3PXP",
		                   .form = &form };
	heads[0] = (struct html_records_heads){ in("Hvor", "Var", "Де", "Where"), NULL, NULL, false };
	heads[1] = (struct html_records_heads){ in("Senest brugt", "Senast använd", "Востаннє", "Last used"), NULL,
		                                NULL, false };
	names[0].plain =
	    in("Chrome på Linux (her)", "Chrome på Linux (här)", "Chrome на Linux (тут)", "Chrome on Linux (here)"),
	names[1].plain = in("Safari på iPhone", "Safari på iPhone", "Safari на iPhone", "Safari on iPhone");
	cells[0] = (struct html_records_rows_cells){ .label = heads[1].name, .value = in("nu", "nu", "зараз", "now") };
	cells[1] = (struct html_records_rows_cells){ .label = heads[1].name,
		                                     .value = in("i går kl. 16.02", "i går kl. 16.02", "учора о 16:02",
		                                                 "yesterday at 16:02") };
	deed = (struct html_records_rows_deeds){ in("Log af", "Logga ut", "Вийти", "Sign out"), "Safari",
		                                 "/account/sessions/2/end", true, false };
	rows[0] = (struct html_records_rows){ .name = names, .n_name = 1, .cells = cells, .n_cells = 1 };
	rows[1] = (struct html_records_rows){
		.name = names + 1, .n_name = 1, .cells = cells + 1, .n_cells = 1, .deeds = &deed, .n_deeds = 1
	};
	table = (struct html_records){ .caption = in("Hvor jeg er logget på", "Var jag är inloggad", "Де я ввійшла",
		                                     "Where I am signed in"),
		                       .action = "/account/sessions",
		                       .csrf = "c5rf",
		                       .heads = heads,
		                       .n_heads = 2,
		                       .acts = true,
		                       .rows = rows,
		                       .n_rows = 2 };
	sections[0] = (struct html_sheet_sections){ .title = in("Mig", "Jag", "Я", "Me"),
		                                    .more = "/account/edit",
		                                    .more_name = in("Ret", "Ändra", "Змінити", "Change"),
		                                    .body = html_facts_any(&facts) };
	sections[1] = (struct html_sheet_sections){ .title = in("Kode fra telefonen", "Kod från telefonen",
		                                                "Код із телефону", "Code from the phone"),
		                                    .body = html_totp_any(&totp) };
	sections[2] = (struct html_sheet_sections){ .title = table.caption, .body = html_records_any(&table) };
	v = (struct html_sheet){ .title = account_title(), .sections = sections, .n_sections = 3 };
	return html_sheet_any(&v);
}

static const char *audit_title(void)
{
	return in("Hvem har set hvad", "Vem har sett vad", "Хто що бачив", "Who saw what");
}

static struct html_any audit(void)
{
	static struct html_sheet v;
	static struct html_sheet_sections sections[1];
	static struct html_sheet_asides asides[1];
	static struct html_facts facts;
	static struct html_facts_facts fact[1];
	static struct html_records table;
	static struct html_records_heads heads[4];
	static struct html_records_rows rows[3];
	static struct html_records_rows_name names[3];
	static struct html_records_rows_cells cells[3][3];
	const char *label[4] = { in("Hvornår", "När", "Коли", "When"), in("Hvem", "Vem", "Хто", "Who"),
		                 in("Hvad", "Vad", "Що", "What"), in("Hvis", "Vems", "Чиє", "Whose") };
	const char *what[3] = { in("har set", "har sett", "переглянуто", "has seen"),
		                in("har rettet sprog", "har ändrat språk", "змінено мови", "has changed languages"),
		                in("har set hele nummeret", "har sett hela numret", "переглянуто номер",
		                   "has seen the whole number") };
	static const char *const when[3] = { "23.11. 10.41", "23.11. 9.02", "22.11. 14.30" };
	for (int i = 0; i < 4; i++) heads[i] = (struct html_records_heads){ label[i], NULL, NULL, false };
	for (int i = 0; i < 3; i++) {
		names[i].plain = when[i];
		cells[i][0] = (struct html_records_rows_cells){ .label = label[1], .value = "Mette Holm" };
		cells[i][1] = (struct html_records_rows_cells){ .label = label[2], .value = what[i] };
		cells[i][2] = (struct html_records_rows_cells){ .label = label[3],
			                                        .value = "Oksana Shevchenko",
			                                        .url = "/candidates/1" };
		rows[i] = (struct html_records_rows){ .name = names + i, .n_name = 1, .cells = cells[i], .n_cells = 3 };
	}
	table = (struct html_records){ .caption = audit_title(),
		                       .action = "/audit",
		                       .csrf = "c5rf",
		                       .heads = heads,
		                       .n_heads = 4,
		                       .rows = rows,
		                       .n_rows = 3 };
	fact[0] = (struct html_facts_facts){
		.name = in("Sidst kontrolleret", "Senast kontrollerad", "Остання перевірка", "Last checked"),
		.value = in("i dag kl. 3.00", "i dag kl. 3.00", "сьогодні о 3:00", "today at 3:00"),
		.more = in("Kæden er hel", "Kedjan är hel", "Ланцюг цілий", "The chain is whole")
	};
	facts = (struct html_facts){ .facts = fact, .n_facts = 1 };
	sections[0] = (struct html_sheet_sections){ .body = html_records_any(&table) };
	asides[0] =
	    (struct html_sheet_asides){ in("Forsegling", "Försegling", "Пломба", "Seal"), html_facts_any(&facts) };
	v = (struct html_sheet){
		.title = audit_title(), .sections = sections, .n_sections = 1, .asides = asides, .n_asides = 1
	};
	return html_sheet_any(&v);
}

const struct preview previews_office[] = {
	{ "members", members_title, members, 3, 0 },
	{ "member", member_title, member, 3, 0 },
	{ "account", account_title, account, 0, 0 },
	{ "audit", audit_title, audit, 4, 0 },
	{ 0 },
};
