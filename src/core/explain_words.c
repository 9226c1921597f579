/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/explain_words.h"

#include <string.h>

#include "taxonomy/licence.h"
#include "view/speech.h"

static const char *const demands[LGM_DEMANDS] = { LG_TEXT("wants work"), LG_TEXT("licence"), LG_TEXT("language"),
	                                          LG_TEXT("contract"),   LG_TEXT("hours"),   LG_TEXT("start"),
	                                          LG_TEXT("commute"),    LG_TEXT("schedule") };
static const char *const parts[LGM_PARTS] = { LG_TEXT("occupation"),       LG_TEXT("essential skills"),
	                                      LG_TEXT("optional skills"),  LG_TEXT("more language than asked"),
	                                      LG_TEXT("distance"),         LG_TEXT("wishes"),
	                                      LG_TEXT("times of the week") };
static const char *const contracts[LGM_CONTRACTS] = { LG_TEXT("job"),
	                                              LG_TEXT("work placement"),
	                                              LG_TEXT("integration placement"),
	                                              LG_TEXT("wage subsidy"),
	                                              LG_TEXT("integration basic education (IGU)"),
	                                              LG_TEXT("evaluation employment"),
	                                              LG_TEXT("clinical training day"),
	                                              LG_TEXT("language placement"),
	                                              LG_TEXT("trainee post") };

/* Those that are asked for here, and those that people bring. */
static const struct {
	const char *code, *name;
} languages[] = {
	{ "am", LG_TEXT("Amharic") },    { "ar", LG_TEXT("Arabic") },     { "bg", LG_TEXT("Bulgarian") },
	{ "bs", LG_TEXT("Bosnian") },    { "da", LG_TEXT("Danish") },     { "de", LG_TEXT("German") },
	{ "en", LG_TEXT("English") },    { "es", LG_TEXT("Spanish") },    { "et", LG_TEXT("Estonian") },
	{ "fa", LG_TEXT("Persian") },    { "fi", LG_TEXT("Finnish") },    { "fr", LG_TEXT("French") },
	{ "hi", LG_TEXT("Hindi") },      { "hr", LG_TEXT("Croatian") },   { "hu", LG_TEXT("Hungarian") },
	{ "is", LG_TEXT("Icelandic") },  { "it", LG_TEXT("Italian") },    { "ku", LG_TEXT("Kurdish") },
	{ "lt", LG_TEXT("Lithuanian") }, { "lv", LG_TEXT("Latvian") },    { "nb", LG_TEXT("Norwegian (bokmål)") },
	{ "nl", LG_TEXT("Dutch") },      { "no", LG_TEXT("Norwegian") },  { "pl", LG_TEXT("Polish") },
	{ "ps", LG_TEXT("Pashto") },     { "pt", LG_TEXT("Portuguese") }, { "ro", LG_TEXT("Romanian") },
	{ "ru", LG_TEXT("Russian") },    { "so", LG_TEXT("Somali") },     { "sq", LG_TEXT("Albanian") },
	{ "sr", LG_TEXT("Serbian") },    { "sv", LG_TEXT("Swedish") },    { "th", LG_TEXT("Thai") },
	{ "ti", LG_TEXT("Tigrinya") },   { "tr", LG_TEXT("Turkish") },    { "uk", LG_TEXT("Ukrainian") },
	{ "ur", LG_TEXT("Urdu") },       { "vi", LG_TEXT("Vietnamese") }, { "zh", LG_TEXT("Chinese") },
};

const char *explain_demand_name(enum lgm_demand demand) { return lg_say(demands[demand]); }
const char *explain_part_name(enum lgm_part part) { return lg_say(parts[part]); }

const char *explain_language_name(const struct explain *e, const char *code)
{
	for (size_t i = 0; !e->plain && i < sizeof languages / sizeof *languages; i++)
		if (!strcmp(languages[i].code, code)) return lg_say(languages[i].name);
	return code;
}

const char *explain_contract_name(const struct explain *e, unsigned contract)
{
	return e->plain ? lg_contract_name(contract) : lg_say(contracts[contract]);
}

const char *explain_level_name(unsigned level)
{
	if (level == LGM_LEVEL_NONE) return lg_say("none");
	return level == LGM_NATIVE ? lg_say("native") : lg_level_name(level);
}

void explain_put_licence(struct lg_buf *out, const struct explain *e, const char *licence)
{
	uint16_t concept = lg_taxonomy_licensed(e->in->taxonomy, licence);
	if (concept == LG_NO_CONCEPT) concept = lg_taxonomy_concept(e->in->taxonomy, licence, strcspn(licence, "@"));
	if (e->plain || concept == LG_NO_CONCEPT)
		lg_puts(out, licence);
	else
		lg_putf(out, "%s (%s)", lg_taxonomy_label(e->in->taxonomy, concept, lg_speech_language()), licence);
}

void explain_put_padded(struct lg_buf *out, const char *text, size_t letters)
{
	size_t n = 0;
	for (const char *p = text; *p; p++) n += (*p & 0xC0) != 0x80; /* not the middle of a letter */
	lg_puts(out, text);
	for (; n < letters; n++) lg_putc(out, ' ');
}

void explain_put_footer(struct lg_buf *out, const struct lg_taxonomy *t)
{
	const char *thanks = lg_taxonomy_attribution(t);
	if (strcmp(lg_speech_language(), "uk") == 0)
		lg_putf(out, "\n%s\n", lg_say("No native reader has read the texts in this language yet."));
	if (*thanks) lg_putf(out, "\n%s\n", thanks);
}
