/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/html.h"
#include "formats/jobposting_inner.h"

enum { IDS_DEEP_MAX = 64 };

/* --------------------------------------------------------------------------------------------------- linked data */

static const char *const prefixes[] = { "", "schema:", "https://schema.org/", "http://schema.org/" };
enum { PREFIXES = sizeof prefixes / sizeof *prefixes };

static const char *bare(const char *name)
{
	for (size_t i = 1; i < PREFIXES; i++)
		if (!strncmp(name, prefixes[i], strlen(prefixes[i]))) return name + strlen(prefixes[i]);
	return name;
}

static void note_ids(struct posting_reader *r, json_t *v, int deep)
{
	const char *key;
	json_t *member;
	size_t i;
	if (deep > IDS_DEEP_MAX) return;
	json_array_foreach(v, i, member) note_ids(r, member, deep + 1);
	const char *id = json_string_value(json_object_get(v, "@id"));
	if (id && json_object_size(v) > 1 && !json_object_get(r->ids, id)) lg_assert(!json_object_set(r->ids, id, v));
	json_object_foreach(v, key, member) note_ids(r, member, deep + 1);
}

void posting_note_ids(struct posting_reader *r, json_t *v) { note_ids(r, v, 0); }

bool posting_is_a(const json_t *v, const char *type)
{
	const json_t *said = json_object_get(v, "@type");
	const char *s = json_string_value(said);
	if (s) return !strcmp(bare(s), type);
	for (size_t i = 0; i < json_array_size(said); i++)
		if ((s = json_string_value(json_array_get(said, i))) && !strcmp(bare(s), type)) return true;
	return false;
}

static const json_t *referred(const struct posting_reader *r, const json_t *v)
{
	const char *id = json_object_size(v) == 1 ? json_string_value(json_object_get(v, "@id")) : NULL;
	const json_t *node = id ? json_object_get(r->ids, id) : NULL;
	return node ? node : v;
}

const json_t *posting_get(const struct posting_reader *r, const json_t *v, const char *name)
{
	char full[100];
	for (size_t i = 0; i < PREFIXES; i++) {
		(void)snprintf(full, sizeof full, "%s%s", prefixes[i], name);
		const json_t *member = json_object_get(v, full);
		if (member) return referred(r, member);
	}
	return NULL;
}

static size_t count_of(const json_t *v)
{
	size_t n = json_is_array(v) ? json_array_size(v) : v && !json_is_null(v);
	return n < LG_POSTING_LIST_MAX ? n : LG_POSTING_LIST_MAX;
}

/* Of one value or a list of them. */
static const json_t *item(const struct posting_reader *r, const json_t *v, size_t i)
{
	return json_is_array(v) ? referred(r, json_array_get(v, i)) : v;
}

/* --------------------------------------------------------------------------------------------------------- texts */

static const char *kept(struct posting_reader *r, const struct lg_buf *b)
{
	return b->len ? lg_strndup(r->cx.mem, b->data, b->len) : "";
}

/* For people: without marks of HTML. */
static const char *plain(struct posting_reader *r, const char *s)
{
	struct lg_buf b = { 0 };
	lg_text_of_html(&r->cx, &b, s, strlen(s));
	const char *text = kept(r, &b);
	lg_buf_free(&b);
	return text;
}

static const char *scalar(struct posting_reader *r, const json_t *v)
{
	if (json_is_string(v)) return plain(r, json_string_value(v));
	if (json_is_integer(v)) return lg_printf(r->cx.mem, "%lld", (long long)json_integer_value(v));
	if (json_is_real(v)) return lg_printf(r->cx.mem, "%.10g", json_real_value(v));
	return "";
}

/* The first of these members that is a text. */
static const char *one_of(struct posting_reader *r, const json_t *v, const char *const *names)
{
	for (; *names; names++) {
		const char *s = scalar(r, item(r, posting_get(r, v, *names), 0));
		if (*s) return s;
	}
	return "";
}

/* What stands for a thing when one text is wanted. */
static const char *words(struct posting_reader *r, const json_t *v)
{
	static const char *const names[] = { "name",        "@value",   "value", "credentialCategory",
		                             "description", "termCode", NULL };
	v = item(r, v, 0);
	return json_is_object(v) ? one_of(r, v, names) : scalar(r, v);
}

static const char *text(struct posting_reader *r, const json_t *v, const char *name)
{
	return words(r, posting_get(r, v, name));
}

/* As it stands: addresses, dates, codes. */
static const char *raw(struct posting_reader *r, const json_t *v, const char *name)
{
	v = item(r, posting_get(r, v, name), 0);
	const char *s = json_string_value(v);
	if (!s) return json_is_object(v) ? raw(r, v, "@id") : scalar(r, v);
	size_t n = strlen(s);
	while (n && strchr(" \t\r\n", *s)) s++, n--;
	while (n && strchr(" \t\r\n", s[n - 1])) n--;
	return lg_strndup(r->cx.mem, s, n);
}

static bool is_address(const char *s) { return !strncmp(s, "http://", 7) || !strncmp(s, "https://", 8); }

static void add(struct lg_texts *list, const char *s)
{
	if (*s && list->n < LG_POSTING_LIST_MAX) ((const char **)(uintptr_t)list->at)[list->n++] = s;
}

static struct lg_texts new_list(struct posting_reader *r, size_t n)
{
	return (struct lg_texts){ lg_array(r->cx.mem, n ? n : 1, sizeof(char *)), 0 };
}

/* A credential, or experience in months, has its words in several members. */
static const char *demand_words(struct posting_reader *r, const json_t *v)
{
	const char *months = json_is_object(v) ? text(r, v, "monthsOfExperience") : "";
	if (*months) return lg_printf(r->cx.mem, "%s months of experience", months);
	const char *about = posting_is_a(v, "EducationalOccupationalCredential") ? text(r, v, "about") : "";
	const char *s = words(r, v);
	return *about && *s ? lg_printf(r->cx.mem, "%s: %s", s, about) : s;
}

static struct lg_texts demands(struct posting_reader *r, const json_t *v, const char *name)
{
	const json_t *all = posting_get(r, v, name);
	struct lg_texts list = new_list(r, count_of(all));
	for (size_t i = 0; i < count_of(all); i++) add(&list, demand_words(r, item(r, all, i)));
	return list;
}

/* --------------------------------------------------------------------------------------------------------- parts */

static void read_identifier(struct posting_reader *r, struct lg_posting *p, const json_t *v)
{
	const json_t *id = item(r, posting_get(r, v, "identifier"), 0);
	p->id = json_is_object(id) ? raw(r, id, "value") : raw(r, v, "identifier");
	p->id_scheme = json_is_object(id) ? text(r, id, "name") : "";
	if (json_is_object(id) && !*p->id_scheme) p->id_scheme = text(r, id, "propertyID");
	if (!*p->id) p->id = raw(r, v, "@id");
}

static void read_employer(struct posting_reader *r, struct lg_posting *p, const json_t *v)
{
	static const char *const names[] = { "name", "legalName", "@value", NULL }, *const ids[] = { "taxID", "vatID",
		                                                                                     NULL };
	const json_t *employer = item(r, posting_get(r, v, "hiringOrganization"), 0);
	p->employer = json_is_object(employer) ? one_of(r, employer, names) : scalar(r, employer);
	p->employer_id = one_of(r, employer, ids);
	if (!*p->employer_id) p->employer_id = text(r, employer, "identifier");
	p->employer_url = raw(r, employer, "url");
	if (!*p->employer_url) p->employer_url = raw(r, employer, "sameAs");
	p->unit = text(r, v, "employmentUnit");
}

static bool number(struct posting_reader *r, const json_t *v, const char *name, double most, double *out)
{
	const json_t *at = item(r, posting_get(r, v, name), 0);
	const char *s = json_string_value(at);
	char *end = NULL;
	*out = s ? strtod(s, &end) : json_number_value(at);
	return (s ? end != s && !*end && strspn(s, "+-.0123456789") == strlen(s) : json_is_number(at)) &&
	       *out >= -most && *out <= most;
}

static void read_place(struct posting_reader *r, struct lg_posting_place *to, const json_t *v)
{
	const json_t *address = item(r, posting_get(r, v, "address"), 0), *geo = item(r, posting_get(r, v, "geo"), 0);
	if (posting_is_a(v, "PostalAddress")) address = v;
	*to = (struct lg_posting_place){ .street = text(r, address, "streetAddress"),
		                         .postcode = text(r, address, "postalCode"),
		                         .locality = text(r, address, "addressLocality"),
		                         .region = text(r, address, "addressRegion"),
		                         .country = text(r, address, "addressCountry") };
	if (json_is_string(address)) to->street = scalar(r, address);
	if (!*to->locality && !json_is_object(address)) to->locality = words(r, v); /* a name alone */
	if (!geo) geo = v;
	to->has_point =
	    number(r, geo, "latitude", 90, &to->latitude) && number(r, geo, "longitude", 180, &to->longitude);
	if (!to->has_point) to->latitude = to->longitude = 0;
}

static void read_places(struct posting_reader *r, struct lg_posting *p, const json_t *v)
{
	const json_t *all = posting_get(r, v, "jobLocation");
	size_t n = count_of(all);
	struct lg_posting_place *places = lg_array(r->cx.mem, n ? n : 1, sizeof *places);
	for (size_t i = 0; i < n; i++) {
		struct lg_posting_place *to = &places[p->n_places];
		read_place(r, to, item(r, all, i));
		if (to->has_point || *to->street || *to->postcode || *to->locality || *to->region || *to->country)
			p->n_places++;
	}
	p->places = places;
	p->remote = !strcasecmp(bare(raw(r, v, "jobLocationType")), "TELECOMMUTE");
}

/* "Full-time" is FULL_TIME; what is none of schema.org's words stays as it is. */
static const char *kind_of_work(struct posting_reader *r, const char *s, size_t n)
{
	static const char *const kinds[] = { "FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY",
		                             "INTERN",    "VOLUNTEER", "PER_DIEM",   "OTHER" };
	while (n && *s == ' ') s++, n--;
	while (n && s[n - 1] == ' ') n--;
	char *word = lg_strndup(r->cx.mem, s, n);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const char *k = kinds[i];
		size_t at = 0;
		while (at < n && k[at] && (k[at] == (word[at] & ~0x20) || (k[at] == '_' && strchr("_- ", word[at]))))
			at++;
		if (at == n && !k[at]) return k;
	}
	return word;
}

static struct lg_texts kinds_of_work(struct posting_reader *r, const json_t *v)
{
	const json_t *all = posting_get(r, v, "employmentType");
	struct lg_texts list = new_list(r, LG_POSTING_LIST_MAX);
	for (size_t i = 0; i < count_of(all); i++) {
		const char *s = bare(words(r, item(r, all, i)));
		for (size_t n; *s; s += n + (s[n] != '\0')) {
			n = strcspn(s, ",");
			add(&list, kind_of_work(r, s, n));
		}
	}
	return list;
}

static const char *address_of(struct posting_reader *r, const json_t *v)
{
	static const char *const names[] = { "url", "@id", "sameAs" };
	if (json_is_string(v)) return is_address(json_string_value(v)) ? json_string_value(v) : "";
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (is_address(raw(r, v, names[i]))) return raw(r, v, names[i]);
	return "";
}

static void read_skills(struct posting_reader *r, struct lg_posting *p, const json_t *v)
{
	const json_t *all = posting_get(r, v, "skills");
	size_t n = count_of(all);
	p->skills = new_list(r, n);
	p->skill_uris = new_list(r, n);
	for (size_t i = 0; i < n; i++) {
		const json_t *skill = item(r, all, i);
		add(&p->skill_uris, address_of(r, skill));
		if (!json_is_string(skill) || !*address_of(r, skill)) add(&p->skills, words(r, skill));
	}
}

/* "2221 Nurses", "15-1132.00 Software Developers", an address, or words. */
static struct lg_posting_occupation occupation_of_text(struct posting_reader *r, const char *s)
{
	struct lg_posting_occupation o = { "", "", "", "" };
	if (is_address(s)) {
		o.uri = s;
		return o;
	}
	size_t digits = *s >= '0' && *s <= '9' ? strspn(s, "0123456789.-") : 0;
	if (s[digits] && s[digits] != ' ' && s[digits] != ':') digits = 0;
	o.code = digits ? lg_strndup(r->cx.mem, s, digits) : "";
	s += digits;
	o.name = s + strspn(s, " :-");
	return o;
}

static struct lg_posting_occupation occupation_of(struct posting_reader *r, const json_t *v)
{
	static const char *const codes[] = { "codeValue", "termCode", NULL }, *const sets[] = { "inCodeSet",
		                                                                                "inDefinedTermSet" };
	if (!json_is_object(v)) return occupation_of_text(r, scalar(r, v));
	struct lg_posting_occupation o = { "", one_of(r, v, codes), text(r, v, "name"), address_of(r, v) };
	for (size_t i = 0; i < 2 && !*o.scheme; i++) o.scheme = text(r, v, sets[i]);
	return o;
}

static void add_occupations(struct posting_reader *r, struct lg_posting *p, struct lg_posting_occupation *list,
                            const json_t *all)
{
	for (size_t i = 0; i < count_of(all) && p->n_occupations < LG_POSTING_LIST_MAX; i++) {
		struct lg_posting_occupation o = occupation_of(r, item(r, all, i));
		if (*o.code || *o.name || *o.uri) list[p->n_occupations++] = o;
	}
}

static void read_occupations(struct posting_reader *r, struct lg_posting *p, const json_t *v)
{
	struct lg_posting_occupation *list = lg_array(r->cx.mem, LG_POSTING_LIST_MAX, sizeof *list);
	const json_t *relevant = posting_get(r, v, "relevantOccupation");
	p->occupations = list;
	add_occupations(r, p, list, posting_get(r, v, "occupationalCategory"));
	for (size_t i = 0; i < count_of(relevant); i++) {
		const json_t *o = item(r, relevant, i), *inner = posting_get(r, o, "occupationalCategory");
		add_occupations(r, p, list, inner ? inner : o);
	}
}

static int64_t count_stated(struct posting_reader *r, const json_t *v)
{
	double n;
	return number(r, v, "totalJobOpenings", 1e6, &n) && n >= 1 ? (int64_t)n : 0;
}

static enum lg_posting_yes yes_or_no(struct posting_reader *r, const json_t *v)
{
	const json_t *said = item(r, posting_get(r, v, "directApply"), 0);
	const char *s = json_is_string(said) ? bare(json_string_value(said)) : "";
	if (json_is_true(said) || !strcasecmp(s, "true")) return LG_POSTING_YES;
	return json_is_false(said) || !strcasecmp(s, "false") ? LG_POSTING_NO : LG_POSTING_UNSAID;
}

static const char *language_of(struct posting_reader *r, const json_t *v)
{
	static const char *const names[] = { "alternateName", "identifier", "name", NULL };
	const json_t *said = item(r, posting_get(r, v, "inLanguage"), 0);
	return json_is_object(said) ? one_of(r, said, names) : scalar(r, said);
}

void posting_read(struct posting_reader *r, struct lg_posting *p, const json_t *v)
{
	*p = (struct lg_posting){ .title = text(r, v, "title"),
		                  .text = text(r, v, "description"),
		                  .types = kinds_of_work(r, v),
		                  .posted = raw(r, v, "datePosted"),
		                  .until = raw(r, v, "validThrough"),
		                  .starts = raw(r, v, "jobStartDate"),
		                  .hours = text(r, v, "workHours"),
		                  .qualifications = demands(r, v, "qualifications"),
		                  .education = demands(r, v, "educationRequirements"),
		                  .experience = demands(r, v, "experienceRequirements"),
		                  .responsibilities = demands(r, v, "responsibilities"),
		                  .openings = count_stated(r, v),
		                  .language = language_of(r, v),
		                  .direct_apply = yes_or_no(r, v),
		                  .url = raw(r, v, "url") };
	if (!*p->title) p->title = text(r, v, "name");
	read_identifier(r, p, v);
	read_employer(r, p, v);
	read_places(r, p, v);
	read_skills(r, p, v);
	read_occupations(r, p, v);
}
