/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>

#include "intake_fixture.h"
#include "market/spelling.h"
#include "market/words.h"

/* ------------------------------------------------------------------------------------------------- one market */

#define CANDIDATE_HEAD "id,lat,lon,occupations,skills,languages,licences,wishes,wants_work,legal_basis,language\n"
#define OPENING_HEAD "id,lat,lon,occupations,essential_skills,optional_skills,languages,licence,language\n"

static void read_side(struct scene *s, enum lg_side side, const char *text)
{
	assert_int_equal(scene_file(s, side, side == LG_CANDIDATES ? "c.csv" : "o.csv", text, strlen(text), 1000),
	                 LG_OK);
}

/* The market of both files; `choices` may be NULL. */
static const struct lg_market *market(struct scene *s, const char *choices, const char *candidates,
                                      const char *openings)
{
	struct lg_confirmed *confirmed;
	scene_begin(s);
	confirmed = lg_alloc(s->cx.mem, sizeof *confirmed);
	if (choices) {
		assert_int_equal(
		    lg_confirmed_read(&s->cx, confirmed, "choices.csv", choices, strlen(choices), s->taxonomy), LG_OK);
		lg_intake_words(s->in, lg_words_new(&s->cx, s->taxonomy, confirmed));
	}
	read_side(s, LG_CANDIDATES, candidates);
	read_side(s, LG_OPENINGS, openings);
	return scene_market(s);
}

/* Both markets are the same to the engine. */
static void same_market(const struct lg_market *a, const struct lg_market *b)
{
	struct lg_buf x = dump(a), y = dump(b);
	assert_string_equal(x.data, y.data);
	lg_buf_free(&x);
	lg_buf_free(&y);
}

static const struct lg_understood *understood(const struct lg_market *m, const char *words, const char *language)
{
	for (size_t i = 0; i < m->n_understood; i++)
		if (!strcmp(m->understood[i].words, words) && !strcmp(m->understood[i].language, language))
			return &m->understood[i];
	fail_msg("\"%s\" was not understood", words);
	return NULL;
}

static const struct lg_asked *asked(const struct lg_market *m, const char *words)
{
	for (size_t i = 0; i < m->n_asked; i++)
		if (!strcmp(m->asked[i].words, words)) return &m->asked[i];
	fail_msg("\"%s\" was not asked about", words);
	return NULL;
}

static void words_may_stand_for_every_code(void **state)
{
	struct scene a, b;
	(void)state;
	const struct lg_market *m = market(
	    &a, NULL,
	    CANDIDATE_HEAD "1,55,12,Sygeplejerske=6;kok,yde førstehjælp,da=B1,sygeplejerske@DK=held,bager,yes,x,da\n"
	                   "2,55,12,медсестра=4,,uk=native,медсестра@UA=pending,кухар,yes,x,\n"
	                   "3,55,12,prybyralnytsia,,uk=native,,,yes,x,uk\n"
	                   "4,55,12,2221=6,lg:first-aid,da=B1,,,yes,x,nonsense\n",
	    OPENING_HEAD "o,55,12,sjuksköterska;undersköterska,ge första hjälpen,give first aid,sv=B1,"
	                 "sjuksköterska@SE,\n");
	const struct lg_market *same = market(
	    &b, NULL,
	    CANDIDATE_HEAD "1,55,12,lg:nurse=6;lg:cook,lg:first-aid,da=B1,lg:nurse@DK=held,lg:baker,yes,x,\n"
	                   "2,55,12,lg:nurse=4,,uk=native,lg:nurse@UA=pending,lg:cook,yes,x,\n"
	                   "3,55,12,lg:office-cleaner,,uk=native,,,yes,x,\n"
	                   "4,55,12,2221=6,lg:first-aid,da=B1,,,yes,x,\n",
	    OPENING_HEAD "o,55,12,lg:nurse;lg:social-health-assistant,lg:first-aid,lg:first-aid,sv=B1,lg:nurse@SE,\n");
	assert_int_equal(m->n_rejections + m->n_asked + same->n_understood, 0);
	same_market(m, same);
	const struct lg_understood *u = understood(m, "Sygeplejerske", "da"); /* also "sygeplejerske@DK" */
	assert_string_equal(u->code, "lg:nurse");
	assert_string_equal(u->label, "sygeplejerske");
	assert_string_equal(u->how, "label");
	assert_string_equal(u->file, "c.csv");
	assert_string_equal(u->column, "occupations");
	assert_int_equal(u->times, 2);
	assert_int_equal(u->line, 2);
	assert_false(u->skill);
	assert_true(understood(m, "give first aid", "any")->skill);
	assert_string_equal(understood(m, "prybyralnytsia", "uk")->how, "close"); /* in Latin letters */
	scene_end(&a);
	scene_end(&b);
}

static void misspelt_words_are_taken_and_say_so(void **state)
{
	static const struct {
		const char *words, *code;
		unsigned confidence;
	} all[] = {
		{ "sygeplejeske", "lg:nurse", 91 }, /* one letter of twelve */
		{ "registred nurse", "lg:nurse", 92 },
		{ "rengoringsassistent", "lg:office-cleaner", 98 },
		{ "personlig asistent", "lg:disability-assistant", 94 },
		{ "Pizza Bagare", "lg:pizza-maker", 98 },
	};
	(void)state;
	struct scene s;
	struct lg_buf openings = { 0 };
	lg_puts(&openings, OPENING_HEAD);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		lg_putf(&openings, "%zu,55,12,%s,,,,,\n", i, all[i].words);
	const struct lg_market *m = market(&s, NULL, CANDIDATE_HEAD, openings.data);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const struct lg_understood *u = understood(m, all[i].words, "any");
		assert_string_equal(u->code, all[i].code);
		assert_string_equal(u->how, "close");
		assert_int_equal(u->confidence, all[i].confidence);
	}
	lg_buf_free(&openings);
	scene_end(&s);
}

static void what_is_not_clear_is_asked_about_and_its_row_not_used(void **state)
{
	struct scene s;
	(void)state;
	const struct lg_market *m = market(&s, NULL,
	                                   CANDIDATE_HEAD "1,55,12,assistent=2;kok;sanitar,,da=B1,,chef,yes,x,\n"
	                                                  "2,55,12,kok;Assistent,,da=B1,,,yes,x,\n"
	                                                  "3,55,12,zzz,,da=B1,,,yes,x,\n",
	                                   OPENING_HEAD "o,55,12,kok,first aid,,,,\n");
	assert_int_equal(m->n_candidates + m->n_openings, 0);
	assert_int_equal(m->n_rejections, 4);
	assert_string_equal(m->rejections[0].column, "occupations");
	assert_string_equal(m->rejections[0].value, "assistent=2");
	assert_non_null(strstr(m->rejections[0].advice, "(lg:"));
	assert_non_null(strstr(m->rejections[0].advice, "--confirmed"));
	assert_non_null(strstr(m->rejections[2].advice, "Nothing known is like"));
	assert_int_equal(m->n_asked, 5); /* all of a row, not only the first */
	const struct lg_asked *a = asked(m, "Assistent");
	assert_int_equal(a->times, 2);
	assert_int_equal(a->line, 2);
	assert_true(!strncmp(a->suggestions[0], "lg:", 3) && strchr(a->suggestions[0], ' '));
	assert_string_equal(asked(m, "zzz")->suggestions[0], "");
	assert_true(asked(m, "first aid")->skill);
	assert_string_equal(asked(m, "first aid")->suggestions[0], "lg:first-aid give first aid");
	assert_int_equal(understood(m, "kok", "any")->times, 3);
	scene_end(&s);
}

static void homonyms_are_asked_about_unless_the_language_settles_it(void **state)
{
	struct scene s;
	(void)state;
	const struct lg_market *m = market(&s, NULL, CANDIDATE_HEAD,
	                                   OPENING_HEAD "a,55,12,chef,,,,,en\nb,55,12,chef,,,,,da\nc,55,12,chef,,,,,\n"
	                                                "d,55,12,санітар,,,,,uk\ne,55,12,sanitar,,,,,\n");
	assert_int_equal(m->n_openings, 1);
	assert_string_equal(understood(m, "chef", "en")->code, "lg:chef");
	assert_int_equal(m->n_asked, 4);
	scene_end(&s);
}

static void a_fault_in_a_row_is_still_told_when_its_words_are_not_clear(void **state)
{
	struct scene s;
	(void)state;
	const struct lg_market *m =
	    market(&s, NULL, CANDIDATE_HEAD "1,55,12,assistent,,da=B9,,,yes,x,\n", OPENING_HEAD);
	assert_int_equal(m->n_rejections, 1);
	assert_string_equal(m->rejections[0].column, "languages");
	assert_int_equal(m->n_asked, 1);
	scene_end(&s);
}

static void what_is_no_words_is_refused_as_ever(void **state)
{
	static const char *const no_words[] = {
		"9999",         "2221.99", "lg:nothing", "C2221",
		"http://x/kok", "kok@DK",  "=cmd()",     "-sygeplejerske",
		"2221=4",       "1a2",     "...",        "a1b2c3d4-0000-4000-8000-abcdefabcdef"
	};
	(void)state;
	for (size_t i = 0; i < sizeof no_words / sizeof *no_words; i++) {
		struct scene s;
		char openings[200];
		(void)snprintf(openings, sizeof openings, OPENING_HEAD "o,55,12,%s,,,,,\n", no_words[i]);
		const struct lg_market *m = market(&s, NULL, CANDIDATE_HEAD, openings);
		assert_int_equal(m->n_asked + m->n_understood + m->n_openings, 0);
		assert_int_equal(m->n_rejections, 1);
		assert_non_null(strstr(m->rejections[0].advice, "not known"));
		scene_end(&s);
	}
	char text[600];
	memset(text, 'a', sizeof text);
	assert_true(lg_are_words(text, 500));
	assert_false(lg_are_words(text, 501));
	assert_false(lg_are_words("", 0));
}

static void a_number_among_words_is_not_taken_for_a_misspelling(void **state)
{
	struct scene s;
	(void)state;
	const struct lg_market *m =
	    market(&s, NULL, CANDIDATE_HEAD "1,55,12,sygeplejerske 6,,,,,yes,x,\n", OPENING_HEAD);
	(void)asked(m, "sygeplejerske 6");
	scene_end(&s);
}

static void the_language_of_the_words_is_a_code_or_a_name(void **state)
{
	struct scene s;
	(void)state;
	const struct lg_market *m = market(
	    &s, NULL, CANDIDATE_HEAD,
	    OPENING_HEAD "a,55,12,kok,,,,,dansk\nb,55,12,kok,,,,,dan\nc,55,12,kok,,,,,any\nd,55,12,kok,,,,,da=A2\n");
	assert_int_equal(m->n_openings, 3);
	assert_int_equal(understood(m, "kok", "da")->times, 2);
	assert_int_equal(understood(m, "kok", "any")->times, 1);
	assert_string_equal(m->rejections[0].column, "language");
	scene_end(&s);
}

/* ------------------------------------------------------------------------------------------ groups and bearers */

struct answer {
	const char *language, *words, *code; /* NULL: asked about */
};

static void answer_all(const struct answer *all, size_t n)
{
	struct scene s;
	scene_begin(&s);
	struct lg_words *w = lg_words_new(&s.cx, s.taxonomy, NULL);
	for (size_t i = 0; i < n; i++) {
		const struct answer *a = &all[i];
		uint32_t number;
		assert_int_equal(lg_words_find(w, &number, LG_LINK_CONCEPTS, a->language, a->words, strlen(a->words)),
		                 LG_OK);
		const struct lg_meaning *m = lg_words_meaning(w, number);
		const char *code = m->how == LG_WORDS_ASKED ? "asked" : lg_taxonomy_code(s.taxonomy, m->item);
		if (strcmp(code, a->code ? a->code : "asked") != 0) fail_msg("\"%s\": %s", a->words, code);
	}
	scene_end(&s);
}

static void a_group_yields_to_the_occupation_of_its_name(void **state)
{
	static const struct answer all[] = {
		{ "sv", "läkarsekreterare", "lg:medical-secretary" }, /* also the title of 3344 */
		{ "en", "Dentists", "lg:dentist" },                   /* the title of 2261 */
		{ "sv", "Sjuksköterskor", NULL },                     /* the title of 3221; a nurse is in 2221 */
		{ "sv", "skådespelare", "2655" },                     /* no occupation of that name */
	};
	(void)state;
	answer_all(all, sizeof all / sizeof *all);
}

static void words_that_are_part_of_a_label_or_hold_one_are_asked_about(void **state)
{
	static const struct answer all[] = {
		{ "da", "afdelingsleder", NULL }, /* afdelingsleder i butik */
		{ "en", "student", NULL },        /* student adviser */
		{ "en", "school secretary", NULL }, { "sv", "undersköterskeelev", NULL },
		{ "en", "purser", NULL }, /* pudser, a plasterer */
		{ "da", "purser", NULL },
	};
	(void)state;
	answer_all(all, sizeof all / sizeof *all);
}

/* --------------------------------------------------------------------------------------------------- confirmed */

#define DOUBTFUL                                                                                                       \
	CANDIDATE_HEAD "1,55,12,assistent=2;kok,passe på,da=B1,,sanitar,yes,x,\n"                                     \
	               "2,55,12,kok;Assistent,,da=B1,assistent@DK=held,,yes,x,\n"
#define ANSWERED                                                                                                       \
	CANDIDATE_HEAD "1,55,12,lg:stock-clerk=2;lg:cook,lg:child-care,da=B1,,lg:porter,yes,x,\n"                      \
	               "2,55,12,lg:cook;lg:stock-clerk,,da=B1,lg:stock-clerk@DK=held,,yes,x,\n"

/* The asked.csv of a market, its empty fields filled in with what `answer` says. */
static struct lg_buf fill_in(const struct lg_market *m, const char *(*answer)(const char *words))
{
	struct lg_buf out = { 0 };
	lg_asked_csv_header(&out);
	for (size_t i = 0; i < m->n_asked; i++) {
		struct lg_buf line = { 0 };
		lg_asked_csv(&line, &m->asked[i]);
		const char *kind = strstr(line.data, m->asked[i].skill ? ",skill,," : ",occupation,,");
		assert_non_null(kind);
		size_t before = (size_t)(strchr(kind + 1, ',') + 1 - line.data);
		lg_put(&out, line.data, before);
		lg_puts(&out, answer(m->asked[i].words));
		lg_puts(&out, line.data + before);
		lg_buf_free(&line);
	}
	return out;
}

static const char *answers(const char *words)
{
	return !strcmp(words, "Assistent") ? "lg:stock-clerk lagerassistent"
	       : !strcmp(words, "sanitar") ? "lg:porter"
	                                   : "lg:child-care";
}

static const char *no_answer(const char *words) { return (void)words, ""; }

static void a_filled_in_list_of_questions_gives_the_whole_market(void **state)
{
	struct scene a, b, c, d;
	(void)state;
	const struct lg_market *open = market(&a, NULL, DOUBTFUL, OPENING_HEAD);
	assert_int_equal(open->n_candidates, 0);
	assert_int_equal(open->n_asked, 3);
	struct lg_buf full = fill_in(open, answers), empty = fill_in(open, no_answer);
	lg_puts(&empty, full.data); /* one behind the other, header and all */
	const struct lg_market *settled = market(&b, empty.data, DOUBTFUL, OPENING_HEAD);
	const struct lg_market *want = market(&c, NULL, ANSWERED, OPENING_HEAD);
	assert_int_equal(settled->n_asked, 0);
	same_market(settled, want);
	const struct lg_understood *u = understood(settled, "Assistent", "any");
	assert_string_equal(u->how, "confirmed");
	assert_int_equal(u->confidence, 100);
	assert_int_equal(u->times, 3);
	const struct lg_market *still = market(&d, "words,concept\nsanitar,\n", DOUBTFUL, OPENING_HEAD);
	assert_int_equal(still->n_asked, 3);
	lg_buf_free(&full);
	lg_buf_free(&empty);
	scene_end(&a);
	scene_end(&b);
	scene_end(&c);
	scene_end(&d);
}

static void a_choice_holds_for_its_language_first(void **state)
{
	struct scene s;
	(void)state;
	const struct lg_market *m =
	    market(&s, "any\tassistent\tlg:stock-clerk\nsv\tassistent\tlg:teachers-aide\n", CANDIDATE_HEAD,
	           OPENING_HEAD "a,55,12,assistent,,,,,sv\nb,55,12,assistent,,,,,da\nc,55,12,assistent,,,,,\n");
	assert_string_equal(understood(m, "assistent", "sv")->code, "lg:teachers-aide");
	assert_string_equal(understood(m, "assistent", "da")->code, "lg:stock-clerk");
	assert_string_equal(understood(m, "assistent", "any")->code, "lg:stock-clerk");
	scene_end(&s);
	m = market(&s, "sv\tkock\tlg:baker\n", CANDIDATE_HEAD,
	           OPENING_HEAD "a,55,12,kock,,,,,sv\nb,55,12,kok,,,,,da\n");
	assert_string_equal(understood(m, "kock", "sv")->code, "lg:baker"); /* a choice comes before a label */
	assert_string_equal(understood(m, "kok", "da")->code, "lg:cook");
	scene_end(&s);
}

static void choices_that_contradict_each_other_decide_nothing(void **state)
{
	struct scene s;
	(void)state;
	const struct lg_market *m =
	    market(&s, "da\tkok\tlg:baker\nda\tKOK\tlg:cook\n", CANDIDATE_HEAD, OPENING_HEAD "a,55,12,kok,,,,,da\n");
	(void)asked(m, "kok");
	scene_end(&s);
}

static enum lg_err read_choices(const char *text, size_t wanted_concepts, size_t wanted_skills)
{
	struct scene s;
	struct lg_confirmed c;
	scene_begin(&s);
	enum lg_err err = lg_confirmed_read(&s.cx, &c, "choices", text, strlen(text), s.taxonomy);
	if (err == LG_OK) assert_int_equal(c.n[LG_LINK_CONCEPTS], wanted_concepts);
	if (err == LG_OK) assert_int_equal(c.n[LG_LINK_SKILLS], wanted_skills);
	if (err != LG_OK) assert_non_null(s.cx.notes);
	scene_end(&s);
	return err;
}

static void files_of_choices_have_two_forms(void **state)
{
	(void)state;
	assert_int_equal(read_choices("", 0, 0), LG_OK);
	assert_int_equal(read_choices("# ours\nda\tkok\tlg:cook\r\n\nany\thjælp\tlg:first-aid\tmore", 1, 1), LG_OK);
	assert_int_equal(read_choices("\xEF\xBB\xBFwords;concept\r\nkok;5120\r\nbager;\r\n", 1, 0), LG_OK);
	assert_int_equal(read_choices("concept,kind,words\nlg:first-aid,skill,a\nlg:cook,Occupation,b\n", 1, 1), LG_OK);
	assert_int_equal(read_choices("{\"words\":\"kok\",\"concept\":\"lg:cook\"}\n{\"words\":\"x\"}\n", 1, 0), LG_OK);
	assert_int_equal(read_choices("words,concept\nkok,lg:nothing\n", 0, 0), LG_INVALID);
	assert_int_equal(read_choices("words,concept\n,lg:cook\n", 0, 0), LG_INVALID);
	assert_int_equal(read_choices("words,concept,kind\nkok,lg:cook,skill\n", 0, 0), LG_INVALID);
	assert_int_equal(read_choices("words,concept,kind\nkok,lg:cook,trade\n", 0, 0), LG_INVALID);
	assert_int_equal(read_choices("words,concept,language\nkok,lg:cook,dansk\n", 0, 0), LG_INVALID);
	assert_int_equal(read_choices("words,code\nkok,lg:cook\n", 0, 0), LG_INVALID);
	assert_int_equal(read_choices("words,concept\nkok,lg:cook,more\n", 0, 0), LG_INVALID);
	assert_int_equal(read_choices("da\tkok\n", 0, 0), LG_INVALID);
	assert_int_equal(read_choices("da\t\xFF\tlg:cook\n", 0, 0), LG_INVALID);
}

/* --------------------------------------------------------------------------------------------------- sameness */

#define A "1,55,12,Sygeplejerske;assistent,,,,,yes,x,\n"
#define B "2,55,12,sygeplejerske;Kok=3,,,,,yes,x,da\n"
#define C "3,55,12,SYGEPLEJERSKE,,,,,yes,x,\n"
#define D "4,55,12,Assistent,,,,,yes,x,\n"

static void the_order_of_lines_changes_no_answer(void **state)
{
	struct scene x, y;
	(void)state;
	const struct lg_market *a = market(&x, NULL, CANDIDATE_HEAD A B C D, OPENING_HEAD);
	const struct lg_market *b = market(&y, NULL, CANDIDATE_HEAD D C B A, OPENING_HEAD);
	same_market(a, b);
	assert_int_equal(a->n_understood, 3);
	assert_int_equal(b->n_understood, 3);
	for (size_t i = 0; i < 3; i++) {
		const struct lg_understood *u = &a->understood[i], *v = &b->understood[i];
		assert_string_equal(u->words, v->words);
		assert_string_equal(u->language, v->language);
		assert_string_equal(u->code, v->code);
		assert_int_equal(u->times, v->times);
	}
	assert_string_equal(a->understood[1].words, "SYGEPLEJERSKE");
	assert_int_equal(a->understood[1].times, 2);
	assert_int_equal(a->n_asked, 1);
	assert_string_equal(a->asked[0].words, "Assistent");
	assert_string_equal(b->asked[0].words, "Assistent");
	scene_end(&x);
	scene_end(&y);
}

/* --------------------------------------------------------------------------------------------------- spelling */

static size_t distance(const char *text, const char *label)
{
	struct lg_letters a, b;
	lg_letters_fold(&a, text, strlen(text));
	lg_letters_fold(&b, label, strlen(label));
	return spelling_distance(&a, &b, 5);
}

static void letters_that_differ_are_counted(void **state)
{
	enum { FAR = 6 };
	(void)state;
	assert_int_equal(distance("Sygeplejerske", "sygeplejerske"), 0);
	assert_int_equal(distance("sygeplejeske", "sygeplejerske"), 1);    /* left out */
	assert_int_equal(distance("sygepleejrske", "sygeplejerske"), 1);   /* swapped */
	assert_int_equal(distance("sygeplejjerskke", "sygeplejerske"), 2); /* put in */
	assert_int_equal(distance("sygpljersk", "sygeplejerske"), FAR);    /* three of ten */
	assert_int_equal(distance("bus driver", "busdriver"), 0);
	assert_int_equal(distance("bus drver", "busdriver"), FAR);
	assert_int_equal(distance("rengoringsassistent", "rengøringsassistent"), 0);
	assert_int_equal(distance("rengoeringsassistent", "rengøringsassistent"), 0);
	assert_int_equal(distance("måler", "maler"), FAR);
	assert_int_equal(distance("medsestra", "медсестра"), 0);
	assert_int_equal(distance("ranger", "sanger"), FAR);               /* the first letter */
	assert_int_equal(distance("ct technician", "it technician"), FAR); /* a short word */
	assert_int_equal(distance("sygeplejerske 6", "sygeplejerske"), FAR);
	assert_int_equal(distance("3d artist", "2d artist"), FAR);
}

static void stems_are_the_same_but_for_an_ending(void **state)
{
	struct lg_letters a, b;
	(void)state;
	lg_letters_fold(&a, "sjuksköterskor", strlen("sjuksköterskor"));
	lg_letters_fold(&b, "sjuksköterska", strlen("sjuksköterska"));
	assert_true(spelling_same_stem(&a, &b));
	lg_letters_fold(&b, "sjukskötare", strlen("sjukskötare"));
	assert_false(spelling_same_stem(&a, &b));
	lg_letters_fold(&a, "kok", 3);
	lg_letters_fold(&b, "kokke", 5);
	assert_false(spelling_same_stem(&a, &b));
}

/* ------------------------------------------------------------------------------------------- what people type */

#define WORDS "test/taxonomy/words.tsv"

struct tally {
	size_t taken, right, group, asked;
};

static bool is_right(const struct lg_taxonomy *t, const char *codes, uint16_t item, bool of_group)
{
	for (const char *at = codes;; at++) {
		size_t n = strcspn(at, "|");
		uint16_t c = lg_taxonomy_concept(t, at, n);
		assert_true(c != LG_NO_CONCEPT);
		if (c == item) return true;
		if (of_group && lg_taxonomy_unit_group(t, c) == lg_taxonomy_unit_group(t, item)) return true;
		at += n;
		if (!*at) return false;
	}
}

static void count_answer(struct tally *tally, struct lg_words *w, const struct lg_taxonomy *t, const char *language,
                         const char *words, const char *codes)
{
	uint32_t number;
	assert_true(lg_are_words(words, strlen(words)));
	assert_int_equal(lg_words_find(w, &number, LG_LINK_CONCEPTS, language, words, strlen(words)), LG_OK);
	const struct lg_meaning *m = lg_words_meaning(w, number);
	if (m->how == LG_WORDS_ASKED) {
		tally->asked++;
		return;
	}
	bool right = is_right(t, codes, m->item, false), group = is_right(t, codes, m->item, true);
	tally->taken++;
	tally->right += right;
	tally->group += group;
	if (!right)
		(void)printf("# %s \"%s\", %s, was taken for %s\n", language, words, codes,
		             lg_taxonomy_code(t, m->item));
}

/* Of all that is taken, 99 of 100 are right, and no unit group is wrong. */
static void weigh_all(const char *stated)
{
	struct scene s;
	struct tally tally = { 0 };
	char line[400];
	FILE *f = fopen(WORDS, "re");
	assert_non_null(f);
	scene_begin(&s);
	struct lg_words *w = lg_words_new(&s.cx, s.taxonomy, NULL);
	while (fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = '\0';
		if (!*line || *line == '#') continue;
		char *words = strchr(line, '\t'), *codes = words ? strchr(words + 1, '\t') : NULL;
		if (!words || !codes) fail_msg("%s: a line without two tabs", WORDS);
		if (!words || !codes) break;
		*words++ = *codes++ = '\0';
		count_answer(&tally, w, s.taxonomy, stated ? stated : line, words, codes);
	}
	(void)fclose(f);
	scene_end(&s);
	(void)printf("# language %s: taken %zu, of them right %zu, in the right unit group %zu; asked about %zu\n",
	             stated ? "not stated" : "stated", tally.taken, tally.right, tally.group, tally.asked);
	assert_int_equal(tally.group, tally.taken);
	assert_true(100 * tally.right >= 99 * tally.taken);
	assert_true(2 * tally.taken > tally.taken + tally.asked);
}

static void of_what_people_type_nothing_is_taken_wrongly(void **state)
{
	(void)state;
	weigh_all(NULL);
	weigh_all("any");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_may_stand_for_every_code),
		cmocka_unit_test(misspelt_words_are_taken_and_say_so),
		cmocka_unit_test(what_is_not_clear_is_asked_about_and_its_row_not_used),
		cmocka_unit_test(homonyms_are_asked_about_unless_the_language_settles_it),
		cmocka_unit_test(a_fault_in_a_row_is_still_told_when_its_words_are_not_clear),
		cmocka_unit_test(what_is_no_words_is_refused_as_ever),
		cmocka_unit_test(a_number_among_words_is_not_taken_for_a_misspelling),
		cmocka_unit_test(the_language_of_the_words_is_a_code_or_a_name),
		cmocka_unit_test(a_group_yields_to_the_occupation_of_its_name),
		cmocka_unit_test(words_that_are_part_of_a_label_or_hold_one_are_asked_about),
		cmocka_unit_test(a_filled_in_list_of_questions_gives_the_whole_market),
		cmocka_unit_test(a_choice_holds_for_its_language_first),
		cmocka_unit_test(choices_that_contradict_each_other_decide_nothing),
		cmocka_unit_test(files_of_choices_have_two_forms),
		cmocka_unit_test(the_order_of_lines_changes_no_answer),
		cmocka_unit_test(letters_that_differ_are_counted),
		cmocka_unit_test(stems_are_the_same_but_for_an_ending),
		cmocka_unit_test(of_what_people_type_nothing_is_taken_wrongly),
	};
	return cmocka_run_group_tests_name("understood", tests, NULL, NULL);
}
