/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * Pages to C: html TEMPLATE HEADER SOURCE [DIRECTORY]...
 *
 * A template `report.html` becomes a struct html_report and a function html_report(out, values), and
 * html_report_any(values), which is both in one: what another page may hold without knowing its shape. Its syntax is
 * Mustache's:
 *
 *     {{name}}                  a value, escaped
 *     {{#name}}...{{/name}}     for each of a list; or if a flag, text, number or page is there
 *     {{?name}}...{{/name}}     if it is there, once: around a list, what is printed if it is not empty
 *     {{^name}}...{{/name}}     if it is not
 *     {{>name}}                 a page of its own shape, or any; or a file of the directories, taken as it stands
 *     {{_ Some words.}}         a text of the catalogues, escaped
 *     {{! comment}}
 *
 * The first comment is the shape, from which the struct is made; names are looked up from the innermost list outwards:
 *
 *     {{!shape
 *     text title                const char *; NULL is as ""
 *     flag proven               bool
 *     number placed             int64_t, printed as plain digits
 *     link next                 const char *: a path of this site (or ?, #, mailto:, tel:); may begin a link
 *     site elsewhere            const char *: an address of another site, https://; may begin the link in href
 *     page bars by_town         const struct html_bars *; NULL is nothing
 *     any body                  struct html_any: a page of any shape, as html_NAME_any(values) gives it
 *     list rows                 struct html_report_rows *rows; size_t n_rows;
 *       text name
 *     end
 *     }}
 *
 * A page is refused when it names what the shape has not (or leaves out what it has), when a value would stand where
 * escaping does not make it safe (script, style, a tag, an unquoted or event attribute, the beginning of a link), or
 * when a section ends in another place of the markup than it began. Blanks at the beginning of lines are left out, and
 * lines that hold only a section, partial or comment.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NAME_MAX_LEN = 63, FIELDS_MAX = 400, DEPTH_MAX = 16, CHUNK_MAX = 3000, PATH_LEN = 1024, TAG_MAX = 31 };

/* --- the shape */

enum kind { TEXT, FLAG, NUMBER, LINK, SITE, PAGE, ANY, LIST };
struct field {
	enum kind kind;
	char name[NAME_MAX_LEN + 1], page[NAME_MAX_LEN + 1], type[4 * NAME_MAX_LEN];
	int list; /* the field it is in, or -1 */
	bool used;
};

/* Where in the markup we are. */
enum place { IN_TEXT, IN_TAG, IN_NAME, BEFORE_VALUE, IN_VALUE, IN_COMMENT, IN_RAW };
struct markup {
	enum place place;
	char tag[TAG_MAX + 1], attribute[TAG_MAX + 1];
	bool tag_open;   /* its name is still being read */
	char value[9];   /* how the value begins, up to the first that is not static */
	bool value_done; /* something that is not static stands in it already */
	bool whole;      /* the value was a link: nothing may follow it */
	char last[9];    /* the last bytes, for the end of comments and of raw elements */
};

struct section {
	int field; /* of the shape */
	bool inverted, loop;
	struct markup at;
	unsigned line;
};

static struct {
	const char *path, *text, *at, *end;
	char name[NAME_MAX_LEN + 1];
	unsigned line;
	struct field fields[FIELDS_MAX];
	int n_fields;
	struct section open[DEPTH_MAX];
	int depth;
	struct markup markup;
	char *literal; /* static text not yet printed */
	size_t n_literal, room;
	bool line_start;
	char *const *directories;
	int n_directories;
	FILE *header, *source;
} g;

static void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));
static void die(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "%s:%u: ", g.path, g.line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static char *read_whole(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	char *text = NULL;
	size_t room = 0, got;
	*n = 0;
	if (!f) return NULL;
	do {
		room += 65536;
		text = realloc(text, room + 1);
		if (!text) abort();
		got = fread(text + *n, 1, room - *n, f);
		*n += got;
	} while (got);
	fclose(f);
	text[*n] = '\0';
	return text;
}

/* --- reading the shape */

static bool is_name(const char *s)
{
	if (!islower((unsigned char)*s)) return false;
	for (; *s; s++)
		if (!islower((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '_') return false;
	return true;
}

static int field_in(const char *name, int list)
{
	for (int i = 0; i < g.n_fields; i++)
		if (g.fields[i].list == list && !strcmp(g.fields[i].name, name)) return i;
	return -1;
}

static struct field *new_field(enum kind kind, const char *name, int list)
{
	if (!is_name(name)) die("\"%s\" is no name: small letters, digits and _", name);
	if (field_in(name, list) >= 0) die("the shape has %s twice", name);
	if (g.n_fields == FIELDS_MAX) die("more than %d fields", FIELDS_MAX);
	struct field *f = &g.fields[g.n_fields++];
	*f = (struct field){ .kind = kind, .list = list };
	snprintf(f->name, sizeof f->name, "%s", name);
	const char *outer = list < 0 ? g.name : g.fields[list].type;
	if (kind == LIST && (size_t)snprintf(f->type, sizeof f->type, "%s_%s", outer, name) >= sizeof f->type)
		die("the lists are nested too deep");
	return f;
}

static void shape_line(char *line, int *list)
{
	char word[3][NAME_MAX_LEN + 1] = { "", "", "" }, rest[2] = "";
	int n = sscanf(line, "%63s %63s %63s %1s", word[0], word[1], word[2], rest);
	if (n <= 0) return;
	if (n == 1 && !strcmp(word[0], "end")) {
		if (*list < 0) die("an end without a list");
		*list = g.fields[*list].list;
	} else if (n == 3 && !strcmp(word[0], "page")) {
		struct field *f = new_field(PAGE, word[2], *list);
		if (!is_name(word[1])) die("\"%s\" is no name of a page", word[1]);
		memcpy(f->page, word[1], sizeof f->page);
	} else if (n == 2 && !strcmp(word[0], "list")) {
		*list = (int)(new_field(LIST, word[1], *list) - g.fields);
	} else if (n == 2 && !strcmp(word[0], "text")) {
		new_field(TEXT, word[1], *list);
	} else if (n == 2 && !strcmp(word[0], "flag")) {
		new_field(FLAG, word[1], *list);
	} else if (n == 2 && !strcmp(word[0], "number")) {
		new_field(NUMBER, word[1], *list);
	} else if (n == 2 && !strcmp(word[0], "link")) {
		new_field(LINK, word[1], *list);
	} else if (n == 2 && !strcmp(word[0], "site")) {
		new_field(SITE, word[1], *list);
	} else if (n == 2 && !strcmp(word[0], "any")) {
		new_field(ANY, word[1], *list);
	} else {
		die("\"%s\" is no line of a shape: text, flag, number, link, site, page PAGE, any, list ... end", line);
	}
}

static void read_shape(void)
{
	static const char begin[] = "{{!shape\n";
	int list = -1;
	if (strncmp(g.at, begin, sizeof begin - 1) != 0) die("a page begins with its shape: {{!shape");
	g.at += sizeof begin - 1;
	for (g.line = 2;; g.line++) {
		const char *end = strchr(g.at, '\n');
		if (!end) die("the shape has no end");
		char *line = strndup(g.at, (size_t)(end - g.at));
		g.at = end + 1;
		if (!line) abort();
		bool last = !strcmp(line, "}}");
		if (!last) shape_line(line, &list);
		free(line);
		if (last) break;
	}
	g.line++;
	if (list >= 0) die("the list %s has no end", g.fields[list].name);
}

/* --- the struct */

static void print_fields(int list, int depth)
{
	for (int i = 0; i < g.n_fields; i++) {
		const struct field *f = &g.fields[i];
		if (f->list != list) continue;
		fprintf(g.header, "%.*s", depth, "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t");
		switch (f->kind) {
		case TEXT:
		case LINK:
		case SITE: fprintf(g.header, "const char *%s;\n", f->name); break;
		case ANY: fprintf(g.header, "struct html_any %s;\n", f->name); break;
		case FLAG: fprintf(g.header, "bool %s;\n", f->name); break;
		case NUMBER: fprintf(g.header, "int64_t %s;\n", f->name); break;
		case PAGE: fprintf(g.header, "const struct html_%s *%s;\n", f->page, f->name); break;
		case LIST:
			fprintf(g.header, "struct html_%s {\n", f->type);
			print_fields(i, depth + 1);
			fprintf(g.header, "%.*s} *%s;\n%.*ssize_t n_%s;\n", depth, "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t",
			        f->name, depth, "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t", f->name);
			break;
		}
	}
}

static void print_header(void)
{
	fprintf(g.header,
	        "/* Made by tools/html.c of %s.html. */\n#ifndef LG_HTML_%s_H\n#define LG_HTML_%s_H\n"
	        "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n#include \"base/buf.h\"\n#include "
	        "\"view/html.h\"\n",
	        g.name, g.name, g.name);
	for (int i = 0; i < g.n_fields; i++) {
		bool seen = false;
		for (int k = 0; k < i; k++)
			seen = seen || (g.fields[k].kind == PAGE && !strcmp(g.fields[k].page, g.fields[i].page));
		if (g.fields[i].kind == PAGE && !seen)
			fprintf(g.header, "#include \"view/%s.html.h\"\n", g.fields[i].page);
	}
	fprintf(g.header, "\nstruct html_%s {\n", g.name);
	print_fields(-1, 1);
	fprintf(g.header,
	        "};\nvoid html_%s(struct lg_buf *out, const struct html_%s *v0);\n"
	        "struct html_any html_%s_any(const struct html_%s *v0);\n#endif\n",
	        g.name, g.name, g.name, g.name);
}

/* --- where in the markup a byte leads */

static bool ends_with(const char *last, const char *what)
{
	size_t n = strlen(last), k = strlen(what);
	return n >= k && !strcasecmp(last + n - k, what);
}

static void keep_last(struct markup *m, char c)
{
	size_t n = strlen(m->last);
	if (n == sizeof m->last - 1) memmove(m->last, m->last + 1, n--);
	m->last[n] = c;
	m->last[n + 1] = '\0';
}

static void append(char *word, char c)
{
	size_t n = strlen(word);
	if (n < TAG_MAX) {
		word[n] = (char)tolower((unsigned char)c);
		word[n + 1] = '\0';
	}
}

static void add_byte(char *word, char c)
{
	size_t n = strlen(word);
	word[n] = c;
	word[n + 1] = '\0';
}

static void end_tag(struct markup *m)
{
	bool raw = !strcmp(m->tag, "script") || !strcmp(m->tag, "style");
	m->place = raw ? IN_RAW : IN_TEXT;
	m->attribute[0] = '\0';
	if (!raw) m->tag[0] = '\0';
}

static void step_tag(struct markup *m, char c)
{
	if (c == '>') {
		end_tag(m);
	} else if (m->tag_open && (isalnum((unsigned char)c) || c == '/' || c == '!' || c == '-')) {
		append(m->tag, c);
		if (!strcmp(m->tag, "!--")) m->place = IN_COMMENT;
	} else if (isspace((unsigned char)c) || c == '/') {
		m->tag_open = false;
	} else {
		m->tag_open = false;
		m->attribute[0] = '\0';
		append(m->attribute, c);
		m->place = IN_NAME;
	}
}

static void step_name(struct markup *m, char c)
{
	if (c == '=')
		m->place = BEFORE_VALUE;
	else if (c == '>')
		end_tag(m);
	else if (isspace((unsigned char)c))
		m->place = IN_TAG;
	else
		append(m->attribute, c);
}

static void step(struct markup *m, char c)
{
	keep_last(m, c);
	switch (m->place) {
	case IN_TEXT:
		if (c == '<') *m = (struct markup){ .place = IN_TAG, .tag_open = true };
		break;
	case IN_TAG: step_tag(m, c); break;
	case IN_NAME: step_name(m, c); break;
	case BEFORE_VALUE:
		if (c != '"') die("the value of %s does not stand in double quotes", m->attribute);
		m->place = IN_VALUE;
		m->value[0] = '\0';
		m->value_done = m->whole = false;
		break;
	case IN_VALUE:
		if (c == '"')
			m->place = IN_TAG;
		else if (m->whole)
			die("nothing may follow a link in %s", m->attribute);
		else if (!m->value_done && strlen(m->value) < sizeof m->value - 1)
			add_byte(m->value, c);
		break;
	case IN_COMMENT:
		if (ends_with(m->last, "-->")) *m = (struct markup){ .place = IN_TEXT };
		break;
	case IN_RAW:
		if (ends_with(m->last, "</style>") || ends_with(m->last, "/script>"))
			*m = (struct markup){ .place = IN_TEXT };
		break;
	}
}

static bool same_place(const struct markup *a, const struct markup *b)
{
	return a->place == b->place && !strcmp(a->tag, b->tag) &&
	       (a->place == IN_TEXT || a->place == IN_TAG || !strcmp(a->attribute, b->attribute));
}

/* Nothing behind it can make it lead to another site or run a script. */
static bool is_safe_link(const char *begin)
{
	if (*begin == '/') return begin[1] && begin[1] != '/' && begin[1] != '\\';
	return *begin == '#' || *begin == '?' || !strncmp(begin, "mailto:", 7) || !strncmp(begin, "tel:", 4) ||
	       !strcmp(begin, "otpauth:");
}

static bool is_one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(word, *list)) return true;
	return false;
}

/* What htmx reads in an attribute, as one would write it without its prefix; NULL if it is not for htmx. */
static const char *of_htmx(const char *attribute)
{
	if (!strncmp(attribute, "data-hx-", 8)) return attribute + 8;
	return !strncmp(attribute, "hx-", 3) ? attribute + 3 : NULL;
}

static bool is_link(const char *attribute)
{
	static const char *const links[] = { "href",   "src",  "action",      "formaction", "xlink:href",
		                             "poster", "data", "data-source", NULL };
	static const char *const asks[] = { "get", "post", "put", "patch", "delete", "push-url", "replace-url", NULL };
	const char *htmx = of_htmx(attribute);
	return htmx ? is_one_of(htmx, asks) : is_one_of(attribute, links);
}

/* A value may stand here. */
static void must_be_safe(const char *what, enum kind kind)
{
	static const char *const never[] = { "style", "srcset", "srcdoc", "ping", "http-equiv", NULL };
	static const char *const words[] = { "target", "swap", "select", "indicator", NULL };
	const struct markup *m = &g.markup;
	if (m->place != IN_TEXT && m->place != IN_VALUE)
		die("%s may stand only in text and in quoted attributes, not %s", what,
		    m->place == IN_RAW       ? "in a script or style"
		    : m->place == IN_COMMENT ? "in a comment"
		                             : "in a tag");
	if (m->place == IN_TEXT) return;
	const char *htmx = of_htmx(m->attribute);
	if (m->whole) die("%s may not follow a link in %s", what, m->attribute);
	if (!strncmp(m->attribute, "on", 2)) die("%s may not stand in the event attribute %s", what, m->attribute);
	if (is_one_of(m->attribute, never) || (htmx && !is_link(m->attribute) && !is_one_of(htmx, words)))
		die("%s may not stand in the attribute %s", what, m->attribute);
	if (kind == SITE && strcmp(m->attribute, "href") != 0) die("the site %s may stand only in href", what);
	bool begins = !*m->value && !m->value_done;
	if (is_link(m->attribute) && !is_safe_link(m->value) && !(begins && (kind == LINK || kind == SITE)))
		die("%s may not begin the link in %s: put # or /name/ before it, or make it a link", what,
		    m->attribute);
}

/* --- printing */

static void indent(void) { fprintf(g.source, "%.*s", g.depth + 1, "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t"); }

static void print_chunk(const char *s, size_t n)
{
	indent();
	fputs("lg_put(out, \"", g.source);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c == '\n')
			fputs("\\n", g.source);
		else if (c == '"' || c == '\\')
			fprintf(g.source, "\\%c", c);
		else if (c < ' ' || c > '~' || c == '?')
			fprintf(g.source, "\\%03o", c);
		else
			fputc(c, g.source);
	}
	fprintf(g.source, "\", %zu);\n", n);
}

static void flush(void)
{
	for (size_t i = 0; i < g.n_literal; i += CHUNK_MAX)
		print_chunk(g.literal + i, g.n_literal - i < CHUNK_MAX ? g.n_literal - i : CHUNK_MAX);
	g.n_literal = 0;
}

static void literal(char c)
{
	if (g.n_literal == g.room) {
		g.room = g.room ? 2 * g.room : 4096;
		g.literal = realloc(g.literal, g.room);
		if (!g.literal) abort();
	}
	step(&g.markup, c);
	g.literal[g.n_literal++] = c;
}

/* A field by name, from the innermost list outwards; *level is the number of its struct. */
static struct field *look_up(const char *name, int *level)
{
	int loops = 0;
	for (int i = 0; i < g.depth; i++) loops += g.open[i].loop;
	for (int i = g.depth; i >= 0; i--) {
		int list = -1;
		if (i && !g.open[i - 1].loop) continue;
		if (i) list = g.open[i - 1].field;
		int at = field_in(name, list);
		if (at >= 0) {
			*level = loops;
			g.fields[at].used = true;
			return &g.fields[at];
		}
		loops--;
	}
	die("the shape has no %s here", name);
}

static void print_value(const char *name)
{
	int level;
	const struct field *f = look_up(name, &level);
	must_be_safe(name, f->kind);
	flush();
	indent();
	switch (f->kind) {
	case TEXT: fprintf(g.source, "lg_html_text(out, v%d->%s);\n", level, name); break;
	case NUMBER: fprintf(g.source, "lg_put_int(out, v%d->%s);\n", level, name); break;
	case LINK: fprintf(g.source, "lg_html_link(out, v%d->%s);\n", level, name); break;
	case SITE: fprintf(g.source, "lg_html_site(out, v%d->%s);\n", level, name); break;
	case FLAG:
	case PAGE:
	case ANY:
	case LIST:
		die("%s is no value: use it as a section%s", name,
		    f->kind == PAGE || f->kind == ANY ? " or {{>...}}" : "");
	}
	g.markup.value_done = true;
	g.markup.whole = f->kind == LINK || f->kind == SITE;
}

static void print_condition(const struct field *f, int level, bool inverted)
{
	const char *not = inverted ? "!" : "";
	switch (f->kind) {
	case TEXT:
	case LINK:
	case SITE: fprintf(g.source, "if (%s(v%d->%s && *v%d->%s)) {\n", not, level, f->name, level, f->name); break;
	case ANY: fprintf(g.source, "if (%sv%d->%s.print) {\n", not, level, f->name); break;
	case LIST: fprintf(g.source, "if (%sv%d->n_%s) {\n", not, level, f->name); break;
	case FLAG:
	case NUMBER:
	case PAGE: fprintf(g.source, "if (%sv%d->%s) {\n", not, level, f->name); break;
	}
}

/* kind: # for each, or if; ? if; ^ if not */
static void open_section(const char *name, char kind)
{
	int level;
	struct field *f = look_up(name, &level);
	flush();
	indent();
	bool inverted = kind == '^', loop = f->kind == LIST && kind == '#';
	if (g.depth == DEPTH_MAX) die("sections are nested too deep");
	if (loop) {
		int inner = 1;
		for (int i = 0; i < g.depth; i++) inner += g.open[i].loop;
		fprintf(g.source, "for (size_t i%d = 0; i%d < v%d->n_%s; i%d++) {\n", inner, inner, level, name, inner);
		g.depth++;
		indent();
		g.depth--;
		fprintf(g.source, "const struct html_%s *v%d = &v%d->%s[i%d];\n", f->type, inner, level, name, inner);
		g.depth++;
		indent();
		g.depth--;
		fprintf(g.source, "(void)v%d;\n", inner);
	} else {
		print_condition(f, level, inverted);
	}
	g.open[g.depth++] = (struct section){
		.field = (int)(f - g.fields), .inverted = inverted, .loop = loop, .at = g.markup, .line = g.line
	};
}

static void close_section(const char *name)
{
	if (!g.depth) die("{{/%s}} ends nothing", name);
	const struct section *s = &g.open[g.depth - 1];
	if (strcmp(g.fields[s->field].name, name) != 0)
		die("{{/%s}} ends what is called %s (line %u)", name, g.fields[s->field].name, s->line);
	if (!same_place(&s->at, &g.markup))
		die("the section %s ends elsewhere in the markup than it began (line %u)", name, s->line);
	flush();
	g.depth--;
	indent();
	fputs("}\n", g.source);
	g.markup = s->at; /* what it printed may be left out */
	g.markup.value_done = true;
}

static void print_words(const char *text)
{
	must_be_safe("a text", TEXT);
	flush();
	indent();
	fputs("lg_html_text(out, lg_say(\"", g.source);
	for (const char *p = text; *p; p++) {
		if (*p == '"' || *p == '\\') fputc('\\', g.source);
		fputc(*p, g.source);
	}
	fputs("\"));\n", g.source);
	g.markup.value_done = true;
}

static void include_file(const char *name)
{
	char path[PATH_LEN];
	size_t n;
	for (int i = 0; i < g.n_directories; i++) {
		snprintf(path, sizeof path, "%s/%s", g.directories[i], name);
		char *text = read_whole(path, &n);
		if (!text) continue;
		struct markup before = g.markup;
		for (size_t k = 0; k < n; k++) literal(text[k]);
		free(text);
		if (!same_place(&before, &g.markup)) die("%s ends elsewhere in the markup than it began", name);
		return;
	}
	die("there is no %s, neither in the shape nor as a file", name);
}

static void print_partial(const char *name)
{
	int level;
	if (strchr(name, '.')) {
		include_file(name);
		return;
	}
	const struct field *f = look_up(name, &level);
	if (f->kind != PAGE && f->kind != ANY) die("%s is no page", name);
	if (g.markup.place != IN_TEXT) die("a page may stand only in text");
	flush();
	indent();
	if (f->kind == ANY)
		fprintf(g.source, "lg_html_any(out, v%d->%s);\n", level, name);
	else
		fprintf(g.source, "if (v%d->%s) html_%s(out, v%d->%s);\n", level, name, f->page, level, name);
}

/* --- the template */

/* Only blanks stand before and behind the tag on its line: then the line goes with it. */
static bool stands_alone(const char *begin, const char *end)
{
	while (begin > g.text && (begin[-1] == ' ' || begin[-1] == '\t')) begin--;
	while (*end == ' ' || *end == '\t') end++;
	return (begin == g.text || begin[-1] == '\n') && (*end == '\n' || *end == '\0');
}

static void tag(const char *inside, size_t n)
{
	char word[512];
	if (n >= sizeof word) die("a tag of more than %zu bytes", sizeof word - 1);
	while (n && (inside[n - 1] == ' ' || inside[n - 1] == '\n')) n--;
	size_t skip = n && strchr("#?^/>_!{&", *inside) ? 1 : 0;
	char kind = skip ? *inside : '\0';
	while (skip < n && inside[skip] == ' ') skip++;
	memcpy(word, inside + skip, n - skip);
	word[n - skip] = '\0';
	if (!*word) die("a tag without a name");
	switch (kind) {
	case '#':
	case '?':
	case '^': open_section(word, kind); break;
	case '/': close_section(word); break;
	case '>': print_partial(word); break;
	case '_': print_words(word); break;
	case '{':
	case '&': die("nothing is printed without escaping");
	default: print_value(word); break;
	}
}

static void one_tag(void)
{
	const char *begin = g.at, *end = strstr(g.at, "}}");
	if (!end) die("a tag has no end");
	char kind = begin[2];
	bool alone = strchr("#?^/>!", kind) && kind && stands_alone(begin, end + 2);
	if (kind != '!') tag(begin + 2, (size_t)(end - begin - 2));
	for (const char *p = begin; p < end; p++) g.line += *p == '\n';
	g.at = end + 2;
	g.line_start = false;
	if (!alone) return;
	while (*g.at == ' ' || *g.at == '\t') g.at++;
	if (*g.at == '\n') g.at++;
	g.line++;
	g.line_start = true;
}

static void translate(void)
{
	g.line_start = true;
	while (g.at < g.end) {
		if (g.line_start && (*g.at == '\t' || *g.at == ' ')) {
			g.at++;
			continue;
		}
		if (!strncmp(g.at, "{{", 2)) {
			one_tag();
			continue;
		}
		g.line_start = *g.at == '\n';
		literal(*g.at);
		if (*g.at++ == '\n') g.line++;
	}
	if (g.depth)
		die("{{#%s}} of line %u has no end", g.fields[g.open[g.depth - 1].field].name,
		    g.open[g.depth - 1].line);
	if (g.markup.place != IN_TEXT) die("the page ends inside a tag, comment, script or style");
	flush();
	for (int i = 0; i < g.n_fields; i++)
		if (!g.fields[i].used) die("the page does not use %s of its shape", g.fields[i].name);
}

static void take_name(const char *path)
{
	const char *base = strrchr(path, '/');
	base = base ? base + 1 : path;
	size_t n = strcspn(base, ".");
	if (strcmp(base + n, ".html") != 0 || n > NAME_MAX_LEN) die("a page is called NAME.html");
	memcpy(g.name, base, n);
	g.name[n] = '\0';
	if (!is_name(g.name)) die("\"%s\" is no name of a page", g.name);
}

static FILE *create(const char *path)
{
	FILE *f = fopen(path, "w");
	if (!f) die("%s cannot be written", path);
	return f;
}

int main(int argc, char **argv)
{
	size_t n;
	if (argc < 4) {
		fputs("usage: html TEMPLATE HEADER SOURCE [DIRECTORY]...\n", stderr);
		return 2;
	}
	g.path = argv[1];
	g.line = 1;
	take_name(argv[1]);
	char *text = read_whole(argv[1], &n);
	if (!text) die("cannot be read");
	if (strlen(text) != n) die("holds a zero byte");
	g.text = g.at = text;
	g.end = text + n;
	g.directories = argv + 4;
	g.n_directories = argc - 4;
	read_shape();
	g.header = create(argv[2]);
	g.source = create(argv[3]);
	print_header();
	fprintf(g.source,
	        "/* Made by tools/html.c of %s.html. */\n#include \"view/%s.html.h\"\n\n#include \"view/html.h\"\n"
	        "#include \"view/speech.h\"\n\nvoid html_%s(struct lg_buf *out, const struct html_%s "
	        "*v0)\n{\n\t(void)v0;\n",
	        g.name, g.name, g.name, g.name);
	translate();
	fprintf(g.source,
	        "}\n\nstatic void any(struct lg_buf *out, const void *v0) { html_%s(out, v0); }\n"
	        "struct html_any html_%s_any(const struct html_%s *v0)\n{\n"
	        "\treturn (struct html_any){ .print = v0 ? any : NULL, .of = v0 };\n}\n",
	        g.name, g.name, g.name);
	int bad = fclose(g.header);
	bad |= fclose(g.source);
	if (bad) die("%s or %s cannot be written", argv[2], argv[3]);
	free(text);
	free(g.literal);
	return 0;
}
