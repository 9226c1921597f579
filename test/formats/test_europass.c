/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "base/utf8.h"
#include "formats/europass.h"

static int set_up(void **state)
{
	static struct lg_ctx cx;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	*state = &cx;
	return 0;
}

static int tear_down(void **state)
{
	struct lg_ctx *cx = *state;
	lg_arena_free(cx->mem);
	return 0;
}

/* As it comes out of the sandbox. */
static const char *json_of(struct lg_ctx *cx, const void *bytes, size_t n)
{
	struct lg_buf out = { 0 };
	struct lg_cv *cv;
	cx->notes = NULL;
	if (lg_cv_read(cx, "cv", bytes, n, &cv) != LG_OK) fail_msg("%s", cx->notes ? cx->notes->text : "no words");
	lg_cv_json(&out, cv);
	assert_int_equal(lg_utf8_span(out.data, out.len), out.len);
	const char *text = lg_strndup(cx->mem, out.data, out.len);
	lg_buf_free(&out);
	return text;
}

static void refused(struct lg_ctx *cx, const void *bytes, size_t n, const char *words)
{
	struct lg_cv *cv;
	cx->notes = NULL;
	assert_int_equal(lg_cv_read(cx, "cv", bytes, n, &cv), LG_INVALID);
	assert_null(cx->notes->next);
	if (!strstr(cx->notes->text, words)) fail_msg("\"%s\" does not say \"%s\"", cx->notes->text, words);
}

static void refused_text(struct lg_ctx *cx, const char *s, const char *words) { refused(cx, s, strlen(s), words); }

/* ------------------------------------------------------------------------------------------------- SkillsPassport */

static const char passport[] =
    "<?xml version='1.0' encoding='UTF-8'?>\n<SkillsPassport xmlns='http://europass.cedefop.europa.eu/Europass' "
    "locale='uk'>"
    "<DocumentInfo><DocumentType>ECV</DocumentType></DocumentInfo><LearnerInfo><Identification>"
    "<PersonName><FirstName>Олена</FirstName><Surname>Приклад</Surname></PersonName>"
    "<ContactInfo><Address><Contact><AddressLine>Torvet "
    "1</AddressLine><PostalCode>8300</PostalCode><Municipality>Odder</Municipality>"
    "<Country><Code>DK</Code><Label>Danmark</Label></Country></Contact></Address><Email><Contact>olena@example.org</"
    "Contact></Email>"
    "<TelephoneList><Telephone><Contact>+45 86 00 00 00</Contact></Telephone><Telephone><Contact>+45 20 00 00 "
    "00</Contact><Use><Code>mobile</Code></Use>"
    "</Telephone></TelephoneList></ContactInfo><Demographics><Birthdate year='1990' month='--03' "
    "day='---09'/><Gender><Code>F</Code></Gender>"
    "<NationalityList><Nationality><Code>UA</Code><Label>Ukrainian</Label></Nationality></NationalityList></"
    "Demographics>"
    "<Photo><MimeType>image/png</MimeType><Data>iVBORw0KGgo=</Data></Photo></Identification>"
    "<Headline><Type><Code>preferred_job</Code></Type><Description><Code>22211</Code><Label>Sygeplejerske</Label></"
    "Description></Headline>"
    "<WorkExperienceList><WorkExperience><Period><From year='2015' "
    "month='--09'/><Current>true</Current></Period><Position><Code>2221</Code><Label>Медсестра</Label></Position>"
    "<Activities>&lt;p>Care&amp;nbsp;of "
    "&lt;b>children&lt;/b>&lt;/p>&lt;ul>&lt;li>Nights&lt;/li>&lt;/ul></Activities><Employer><Name>Лікарня</"
    "Name><ContactInfo><Address><Contact>"
    "<Municipality>Київ</Municipality><Country><Code>UA</Code></Country></Contact></Address></"
    "ContactInfo><Sector><Label>Health</Label></Sector></Employer></WorkExperience>"
    "</WorkExperienceList><EducationList><Education><Period><From year='2008'/><To year='2012' month='--06' "
    "day='---30'/><Current>false</Current></Period>"
    "<Title>Nursing</Title><Organisation><Name>Медичний "
    "інститут</Name></Organisation><Level><Code>6</Code></Level><Field><Label>Health</Label></Field></Education></"
    "EducationList>"
    "<Skills><Linguistic><MotherTongueList><MotherTongue><Description><Code>uk</Code><Label>українська</Label></"
    "Description></MotherTongue></MotherTongueList>"
    "<ForeignLanguageList><ForeignLanguage><Description><Code>da</Code></Description><ProficiencyLevel><Listening>B1</"
    "Listening><Reading>B2</Reading>"
    "<SpokenInteraction>A2</SpokenInteraction><SpokenProduction>A1</SpokenProduction><Writing>A2</Writing></"
    "ProficiencyLevel></ForeignLanguage></ForeignLanguageList></Linguistic>"
    "<Communication><Description>Patience</Description></Communication><Computer><Description>Journals</Description></"
    "Computer>"
    "<Driving><Description><Licence>B</Licence><Licence>BE</Licence></Description></Driving></Skills></LearnerInfo>"
    "<AttachmentList><Attachment><Name>x</Name><Data>AAAA</Data></Attachment></AttachmentList></SkillsPassport>";

static const char passport_rest[] =
    "\"language\":\"uk\",\"given\":\"Олена\",\"family\":\"Приклад\",\"born\":\"1990-03-09\",\"email\":\"olena@example."
    "org\",\"phone\":\"+45 20 00 00 00\","
    "\"street\":\"Torvet "
    "1\",\"postcode\":\"8300\",\"town\":\"Odder\",\"country\":\"DK\",\"headline\":\"Sygeplejerske\","
    "\"jobs\":[{\"from\":\"2015-09\",\"to\":\"\",\"current\":true,\"title\":\"Медсестра\",\"code\":\"2221\",\"field\":"
    "\"Health\",\"where\":\"Лікарня\",\"town\":\"Київ\","
    "\"country\":\"UA\",\"text\":\"Care of children\\n\\n- Nights\"}],"
    "\"schools\":[{\"from\":\"2008\",\"to\":\"2012-06-30\",\"current\":false,\"title\":\"Nursing\",\"code\":\"6\","
    "\"field\":\"Health\",\"where\":\"Медичний інститут\",\"town\":\"\","
    "\"country\":\"\",\"text\":\"\"}],"
    "\"languages\":[{\"code\":\"uk\",\"label\":\"українська\",\"mother_tongue\":true,\"listening\":\"\",\"reading\":"
    "\"\",\"interaction\":\"\",\"production\":\"\",\"writing\":\"\"},"
    "{\"code\":\"da\",\"label\":\"\",\"mother_tongue\":false,\"listening\":\"B1\",\"reading\":\"B2\",\"interaction\":"
    "\"A2\",\"production\":\"A1\",\"writing\":\"A2\"}],"
    "\"skills\":[{\"kind\":\"communication\",\"text\":\"Patience\",\"uri\":\"\"},{\"kind\":\"computer\",\"text\":"
    "\"Journals\",\"uri\":\"\"}],"
    "\"driving\":[\"B\",\"BE\"],\"cut\":0}";

static void a_passport_in_xml_is_read(void **state)
{
	const char *want = lg_printf(((struct lg_ctx *)*state)->mem,
	                             "{\"form\":\"skillspassport_xml\",\"from_pdf\":false,%s", passport_rest);
	assert_string_equal(json_of(*state, passport, strlen(passport)), want);
}

static void a_passport_in_json_is_the_same(void **state)
{
	static const char json[] =
	    "{\"SkillsPassport\":{\"Locale\":\"uk\",\"LearnerInfo\":{\"Identification\":{\"PersonName\":{\"FirstName\":"
	    "\"Олена\",\"Surname\":\"Приклад\"},"
	    "\"ContactInfo\":{\"Address\":{\"Contact\":{\"AddressLine\":\"Torvet "
	    "1\",\"PostalCode\":\"8300\",\"Municipality\":\"Odder\",\"Country\":{\"Code\":\"DK\"}}},"
	    "\"Email\":{\"Contact\":\"olena@example.org\"},\"Telephone\":[{\"Contact\":\"1\"},{\"Contact\":\"+45 20 00 "
	    "00 00\",\"Use\":{\"Code\":\"mobile\"}}]},"
	    "\"Demographics\":{\"Birthdate\":{\"Year\":1990,\"Month\":3,\"Day\":9},\"Nationality\":[{\"Code\":\"UA\"}]}"
	    "},"
	    "\"Headline\":{\"Description\":{\"Label\":\"Sygeplejerske\"}},"
	    "\"WorkExperience\":[{\"Period\":{\"From\":{\"Year\":2015,\"Month\":9},\"Current\":true},\"Position\":{"
	    "\"Code\":\"2221\",\"Label\":\"Медсестра\"},"
	    "\"Activities\":\"Care of "
	    "children<ul><li>Nights</li></"
	    "ul>\",\"Employer\":{\"Name\":\"Лікарня\",\"ContactInfo\":{\"Address\":{\"Contact\":{\"Municipality\":"
	    "\"Київ\","
	    "\"Country\":{\"Code\":\"UA\"}}}},\"Sector\":{\"Label\":\"Health\"}}}],"
	    "\"Education\":[{\"Period\":{\"From\":{\"Year\":2008},\"To\":{\"Year\":2012,\"Month\":6,\"Day\":30},"
	    "\"Current\":false},\"Title\":\"Nursing\","
	    "\"Organisation\":{\"Name\":\"Медичний "
	    "інститут\"},\"Level\":{\"Code\":\"6\"},\"Field\":{\"Label\":\"Health\"}}],"
	    "\"Skills\":{\"Linguistic\":{\"MotherTongue\":[{\"Description\":{\"Code\":\"uk\",\"Label\":\"українська\"}}"
	    "],\"ForeignLanguage\":[{\"Description\":{\"Code\":\"da\"},"
	    "\"ProficiencyLevel\":{\"Listening\":\"B1\",\"Reading\":\"B2\",\"SpokenInteraction\":\"A2\","
	    "\"SpokenProduction\":\"A1\",\"Writing\":\"A2\"}}]},"
	    "\"Communication\":{\"Description\":\"Patience\"},\"Computer\":{\"Description\":\"Journals\"},\"Driving\":{"
	    "\"Description\":[{\"Licence\":\"B\"},{\"Licence\":\"BE\"}]}}}}}";
	const char *want = lg_printf(((struct lg_ctx *)*state)->mem,
	                             "{\"form\":\"skillspassport_json\",\"from_pdf\":false,%s", passport_rest);
	assert_string_equal(json_of(*state, json, strlen(json)), want);
}

/* ------------------------------------------------------------------------------------------------------ Candidate */

static const char candidate[] =
    "<Candidate xmlns='http://www.europass.eu/1.0' xmlns:oa='http://www.openapplications.org/oagis/9' "
    "xmlns:eures='http://www.europass_eures.eu/1.0' xmlns:hr='http://www.hr-xml.org/3'>"
    "<hr:DocumentID "
    "schemeID='x'>1</hr:DocumentID><CandidateSupplier><PersonContact><PersonName><oa:GivenName>Supplier</"
    "oa:GivenName></PersonName></PersonContact></CandidateSupplier>"
    "<CandidatePerson><PersonName><oa:GivenName>Олена</oa:GivenName><hr:FamilyName>Приклад</hr:FamilyName></PersonName>"
    "<Communication><ChannelCode>Email</ChannelCode><oa:URI>olena@example.org</oa:URI></Communication>"
    "<Communication><ChannelCode>Telephone</ChannelCode><CountryDialing>45</CountryDialing><oa:DialNumber>20000000</"
    "oa:DialNumber></Communication>"
    "<Communication><UseCode>home</UseCode><Address type='home'><oa:AddressLine>Torvet "
    "1</oa:AddressLine><oa:CityName>Odder</oa:CityName><CountryCode>dk</CountryCode>"
    "<oa:PostalCode>8300</oa:PostalCode></Address></Communication><NationalityCode>ua</"
    "NationalityCode><hr:BirthDate>1990-03-09</hr:BirthDate><GenderCode>female</GenderCode>"
    "<PrimaryLanguageCode name='ukr'>ukr</PrimaryLanguageCode></CandidatePerson>"
    "<CandidateProfile languageCode='en'><ExecutiveSummary>I "
    "care.</ExecutiveSummary><EmploymentHistory><EmployerHistory><hr:OrganizationName>Лікарня</hr:OrganizationName>"
    "<hr:IndustryCode>Q</hr:IndustryCode><EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2015-09</"
    "hr:FormattedDateTime></eures:StartDate></EmploymentPeriod>"
    "<PositionHistory><PositionTitle "
    "typeCode='FREETEXT'>Nurse</"
    "PositionTitle><eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2015-09-01T00:00:00</"
    "hr:FormattedDateTime>"
    "</eures:StartDate><hr:CurrentIndicator>true</hr:CurrentIndicator></"
    "eures:EmploymentPeriod><oa:Description>&lt;p&gt;Care&lt;/p&gt;</oa:Description>"
    "<JobCategoryCode "
    "listName='ISCO2008'>2221</JobCategoryCode><City>Київ</City><Country>ua</Country></PositionHistory></"
    "EmployerHistory></EmploymentHistory>"
    "<EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>Інститут</"
    "hr:OrganizationName><EducationLevelCode>6</EducationLevelCode><AttendancePeriod><StartDate>"
    "<hr:FormattedDateTime>2008</hr:FormattedDateTime></StartDate><EndDate><hr:FormattedDateTime>2012-06-30</"
    "hr:FormattedDateTime></EndDate><Ongoing>false</Ongoing></AttendancePeriod>"
    "<EducationDegree><hr:DegreeName>Nursing</hr:DegreeName></EducationDegree></EducationOrganizationAttendance></"
    "EducationHistory>"
    "<PersonQualifications><PersonCompetency><CompetencyID "
    "schemeName='x'>dan</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID>"
    "<CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Understanding-Listening</"
    "hr:CompetencyDimensionTypeCode><eures:Score><hr:ScoreText>B1</hr:ScoreText></eures:Score></CompetencyDimension>"
    "<CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Writing-Production</"
    "hr:CompetencyDimensionTypeCode><eures:Score><hr:ScoreText>A2</hr:ScoreText></eures:Score></CompetencyDimension>"
    "</PersonCompetency><PersonCompetency><CompetencyID>http://data.europa.eu/esco/skill/1</"
    "CompetencyID><hr:TaxonomyID>other</hr:TaxonomyID><hr:CompetencyName>first aid</hr:CompetencyName>"
    "</PersonCompetency></PersonQualifications><Licenses><License><LicenseTypeCode>B</"
    "LicenseTypeCode><hr:LicenseName>Car</hr:LicenseName></License></Licenses></CandidateProfile></Candidate>";

static void a_candidate_is_read(void **state)
{
	static const char want[] =
	    "{\"form\":\"candidate_xml\",\"from_pdf\":false,\"language\":\"en\",\"given\":\"Олена\",\"family\":"
	    "\"Приклад\",\"born\":\"1990-03-09\",\"email\":\"olena@example.org\","
	    "\"phone\":\"+45 20000000\",\"street\":\"Torvet "
	    "1\",\"postcode\":\"8300\",\"town\":\"Odder\",\"country\":\"dk\",\"headline\":\"\","
	    "\"jobs\":[{\"from\":\"2015-09-01\",\"to\":\"\",\"current\":true,\"title\":\"Nurse\",\"code\":\"2221\","
	    "\"field\":\"Q\",\"where\":\"Лікарня\",\"town\":\"Київ\",\"country\":\"ua\","
	    "\"text\":\"Care\"}],\"schools\":[{\"from\":\"2008\",\"to\":\"2012-06-30\",\"current\":false,\"title\":"
	    "\"Nursing\",\"code\":\"6\",\"field\":\"\",\"where\":\"Інститут\",\"town\":\"\","
	    "\"country\":\"\",\"text\":\"\"}],\"languages\":[{\"code\":\"ukr\",\"label\":\"\",\"mother_tongue\":true,"
	    "\"listening\":\"\",\"reading\":\"\",\"interaction\":\"\",\"production\":\"\","
	    "\"writing\":\"\"},{\"code\":\"dan\",\"label\":\"\",\"mother_tongue\":false,\"listening\":\"B1\","
	    "\"reading\":\"\",\"interaction\":\"\",\"production\":\"\",\"writing\":\"A2\"}],"
	    "\"skills\":[{\"kind\":\"other\",\"text\":\"first "
	    "aid\",\"uri\":\"http://data.europa.eu/esco/skill/1\"},{\"kind\":\"other\",\"text\":\"I "
	    "care.\",\"uri\":\"\"}],"
	    "\"driving\":[\"B\"],\"cut\":0}";
	assert_string_equal(json_of(*state, candidate, strlen(candidate)), want);
}

static void what_is_not_needed_is_not_kept(void **state)
{
	static const char *const words[] = { "Ukrainian",    "\"F\"",  "iVBOR",    "AAAA",
		                             "UA\",\"Label", "female", "Supplier", "nationality" };
	const char *both =
	    lg_printf(((struct lg_ctx *)*state)->mem, "%s%s", json_of(*state, passport, strlen(passport)),
	              json_of(*state, candidate, strlen(candidate)));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) assert_null(strstr(both, words[i]));
}

/* ------------------------------------------------------------------------------------------------------------ PDF */

/* One with a file attached, as a node of a tree of names below others; its table of objects is found anew. */
static struct lg_buf pdf_with(const char *file, size_t n, bool flat)
{
	struct lg_buf b = { 0 };
	uLongf size = compressBound(n);
	Bytef *packed = malloc(size);
	assert_non_null(packed);
	assert_int_equal(compress(packed, &size, (const Bytef *)file, n), Z_OK);
	lg_puts(
	    &b,
	    "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Kids[5 0 R 5 0 R]>>>>>> endobj\n"
	    "2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\n3 0 obj <</Type/Filespec/F(a.xml)/EF<</F 4 0 R>>>> endobj\n"
	    "5 0 obj <</Kids[5 0 R 6 0 R]/Limits[(a)(b)]>> endobj\n6 0 obj <</Names[(a.xml) 3 0 R]>> endobj\n");
	lg_putf(&b, "4 0 obj <</Type/EmbeddedFile/Length %zu%s>> stream\n", flat ? (size_t)size : n,
	        flat ? "/Filter/FlateDecode" : "");
	lg_put(&b, flat ? (const char *)packed : file, flat ? size : n);
	lg_puts(&b, "\nendstream endobj\ntrailer <</Root 1 0 R/Size 7>>\nstartxref\n0\n%%EOF\n");
	free(packed);
	return b;
}

static void one_attached_to_a_pdf_is_read(void **state)
{
	for (int flat = 0; flat < 2; flat++) {
		struct lg_buf pdf = pdf_with(passport, strlen(passport), flat);
		const char *want = lg_printf(((struct lg_ctx *)*state)->mem,
		                             "{\"form\":\"skillspassport_xml\",\"from_pdf\":true,%s", passport_rest);
		assert_string_equal(json_of(*state, pdf.data, pdf.len), want);
		lg_buf_free(&pdf);
	}
}

static void pdfs_without_one_are_refused(void **state)
{
	enum { LARGE = 64 << 20 };
	struct lg_buf pdf = pdf_with("nothing of the kind", 19, true);
	refused(*state, pdf.data, pdf.len, "no Europass CV attached");
	refused(*state, pdf.data, 40, "damaged");
	lg_buf_free(&pdf);
	pdf = pdf_with("", 0, false); /* nothing may be copied from nowhere */
	refused(*state, pdf.data, pdf.len, "no Europass CV attached");
	refused_text(*state, "%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n",
	             "no Europass CV attached");
	lg_buf_free(&pdf);
	char *blanks = malloc(LARGE); /* unpacks to more than is read */
	assert_non_null(blanks);
	memset(blanks, ' ', LARGE);
	memcpy(blanks, "<Candidate>", 11);
	pdf = pdf_with(blanks, LARGE, true);
	free(blanks);
	refused(*state, pdf.data, pdf.len, "no Europass CV attached");
	lg_buf_free(&pdf);
	pdf = pdf_with("<!DOCTYPE Candidate [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><Candidate>&a;</Candidate>", 86,
	               true);
	refused(*state, pdf.data, pdf.len, "<!DOCTYPE");
	lg_buf_free(&pdf);
}

static void cut_pdfs_do_no_harm(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_buf pdf = pdf_with(passport, strlen(passport), true);
	struct lg_cv *cv;
	for (size_t n = 0; n < pdf.len; n += 41) {
		enum lg_err err = lg_cv_read(cx, "cv", pdf.data, n, &cv);
		assert_true(err == LG_OK || err == LG_INVALID);
	}
	for (size_t i = 5; i < pdf.len; i += 37) {
		pdf.data[i] = (char)(pdf.data[i] ^ 0x11);
		enum lg_err err = lg_cv_read(cx, "cv", pdf.data, pdf.len, &cv);
		assert_true(err == LG_OK || err == LG_INVALID);
		pdf.data[i] = (char)(pdf.data[i] ^ 0x11);
	}
	lg_buf_free(&pdf);
}

/* -------------------------------------------------------------------------------------------------------- hostile */

static void what_is_none_is_said_so(void **state)
{
	refused_text(*state, "", "no Europass CV");
	refused_text(*state, "Curriculum vitae", "no Europass CV");
	refused_text(*state, "<html><body/></html>", "no Europass CV");
	refused_text(*state, "{\"basics\":{}}", "no Europass CV");
	refused_text(*state, "{\"SkillsPassport\":", "not well-formed JSON");
	refused_text(*state, "<SkillsPassport><LearnerInfo></SkillsPassport>", "Line 1: this is not well-formed XML");
	refused_text(*state, "<europass:learnerinfo xmlns:europass='x'/>", "version 2.0");
	refused_text(*state, "<?xml version='1.0' encoding='windows-1251'?><SkillsPassport/>",
	             "written in windows-1251");
	refused_text(*state, "<!DOCTYPE a [<!ENTITY a 'b'>]><SkillsPassport>&a;</SkillsPassport>", "<!DOCTYPE");
}

static void bounds_hold(void **state)
{
	struct lg_ctx *cx = *state;
	struct lg_buf b = { 0 };
	lg_puts(&b, "<SkillsPassport>");
	for (int i = 0; i < LG_CV_ELEMENTS_MAX; i++) lg_puts(&b, "<a/>");
	lg_puts(&b, "</SkillsPassport>");
	refused(cx, b.data, b.len, "more elements than a CV can have");
	lg_buf_clear(&b);
	for (int i = 0; i < 200; i++) lg_puts(&b, "<SkillsPassport>");
	refused(cx, b.data, b.len, "nested too deep");
	lg_buf_clear(&b);
	lg_puts(&b, "<SkillsPassport><LearnerInfo><WorkExperienceList>");
	for (int i = 0; i < 150; i++)
		lg_puts(&b, "<WorkExperience><Position><Label>x</Label></Position></WorkExperience>");
	lg_puts(&b, "</WorkExperienceList></LearnerInfo></SkillsPassport>");
	struct lg_cv *cv;
	assert_int_equal(lg_cv_read(cx, "cv", b.data, b.len, &cv), LG_OK);
	assert_int_equal(cv->n_jobs, LG_CV_LIST_MAX);
	assert_int_equal(cv->cut, 50);
	lg_buf_free(&b);
	char *large = calloc(1, LG_CV_BYTES_MAX + 1);
	refused(cx, large, LG_CV_BYTES_MAX + 1, "larger than 8 MiB");
	free(large);
}

/* -------------------------------------------------------------------------------------------------------- samples */

static void europass_own_examples_are_read(void **state)
{
	static const struct {
		const char *file, *given;
		size_t jobs, languages, driving;
	} samples[] = { { "Europass_CV_ESP_CL_LP_V3.4.0_Example.xml", "Chuck", 1, 4, 3 },
		        { "Europass_JSON_V3.4.0_ECVwithECL_Example.json", "Betty", 3, 4, 3 },
		        { "europass-cv-example-v3.3.0.xml", "Betty", 3, 3, 2 },
		        { "europass-cv-example-v3.3.0.json", "Betty", 3, 3, 2 } };
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		char path[300], *bytes;
		const char *data = getenv("LG_DATA");
		(void)snprintf(path, sizeof path, "%s/cv/europass/%s", data ? data : "../shared/data", samples[i].file);
		FILE *f = fopen(path, "r");
		if (!f) {
			print_message("skipped: there is no %s\n", path);
			skip();
			return;
		}
		bytes = malloc(8 << 20);
		assert_non_null(bytes);
		size_t n = fread(bytes, 1, 8 << 20, f);
		(void)fclose(f);
		struct lg_cv *cv;
		assert_int_equal(lg_cv_read(*state, samples[i].file, bytes, n, &cv), LG_OK);
		assert_string_equal(cv->given, samples[i].given);
		assert_int_equal(cv->n_jobs, samples[i].jobs);
		assert_int_equal(cv->n_languages, samples[i].languages);
		assert_int_equal(cv->n_driving, samples[i].driving);
		assert_int_equal(cv->cut, 0);
		free(bytes);
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(a_passport_in_xml_is_read),
		T(a_passport_in_json_is_the_same),
		T(a_candidate_is_read),
		T(what_is_not_needed_is_not_kept),
		T(one_attached_to_a_pdf_is_read),
		T(pdfs_without_one_are_refused),
		T(cut_pdfs_do_no_harm),
		T(what_is_none_is_said_so),
		T(bounds_hold),
		T(europass_own_examples_are_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
