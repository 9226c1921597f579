/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * Queries to C: sqlgen FILE.sql HEADER SOURCE
 *               sqlgen --all SOURCE NAME...      a table of the tables of all files, for sqlcheck
 *
 * A statement is a block of SQL under comment lines that say what goes in and what comes out:
 *
 *     -- name: candidate_get :one
 *     -- doc: One candidate of the entered tenant.
 *     -- in: id uuid
 *     -- out: id uuid, given_name text, born date?, version int
 *     SELECT id, given_name, born, version FROM lg.candidate WHERE id = $id;
 *
 * Of it is made `struct db_candidate_get_in`, `struct db_candidate_get_row` and
 *
 *     enum lg_err db_candidate_get(cx, db, struct db_candidate_get_row *out, struct db_candidate_get_in in);
 *     void db_candidate_get_send(...);         // the same, queued: it travels with the next db_sync() or db_end()
 *
 * Kinds: `:one` row, else LG_UNKNOWN; `:maybe` a row, with a `bool *found` after out; `:many`, out is a
 * `struct db_X_rows { rows, n }`; `:exec`, nothing comes out; `:count`, out is an int64_t, the number of rows touched;
 * `:guard`, a write that must touch a row, else the transaction fails in the database and all of it is LG_CONFLICT
 * (out: may stand, for what RETURNING tells); `:set`, a write of rows: what goes in is one of them, the SQL has them
 * all as `$rows r`, and those that are queued between db_gather() and db_gathered() go out together.
 *
 * Types: int bool text uuid date time bytes json text[] uuid[] int[]; with ? it may be NULL (bool? there is not).
 * in: and out: may stand several times, for long lists. `-- as: lg_job` says whose statement it is (else lg_web).
 * `-- rows: OTHER` in place of out: lines: a :many whose rows are those of an earlier one, of the same C type.
 *
 * What several statements say alike stands once, above them, up to an empty line; {late} puts it in:
 *
 *     -- part: late
 *     c.state <> 'closed' AND c.next_on < $today
 *
 * In the SQL $word is the parameter of that name. Strings, dollar-quoted strings, quoted names and casts are left as
 * they are, comments are left out. A word that is not in the in: line, or one of it that is not used, stops the build.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	NAME_MAX_LEN = 63,
	COLUMNS_MAX = 200,
	SQL_MAX = 32000,
	DOC_MAX = 1000,
	QUERIES_MAX = 300,
	PARTS_MAX = 50,
	LITERAL_MAX = 4000
};

/* --- types and kinds */

static const struct type {
	const char *name, *c, *value, *sql;
	bool nullable;
} types[] = {
	{ "int", "int64_t ", "DB_INT", "bigint", true },
	{ "bool", "bool ", "DB_BOOL", "boolean", false },
	{ "text", "const char *", "DB_TEXT", "text", true },
	{ "uuid", "const char *", "DB_UUID", "uuid", true },
	{ "date", "int32_t ", "DB_DATE", "date", true },
	{ "time", "int64_t ", "DB_TIME", "timestamptz", true },
	{ "bytes", "struct db_bytes ", "DB_BYTES", "bytea", true },
	{ "json", "const char *", "DB_JSON", "jsonb", true },
	{ "text[]", "struct db_list ", "DB_TEXTS", "text[]", true },
	{ "uuid[]", "struct db_list ", "DB_UUIDS", "uuid[]", true },
	{ "int[]", "struct db_list ", "DB_INTS", "bigint[]", true },
};

enum out { NO_OUT, MUST_OUT, MAY_OUT };
static const struct kind {
	const char *name, *value;
	enum out out;
} kinds[] = {
	{ "one", "DB_ONE", MUST_OUT }, { "maybe", "DB_MAYBE", MUST_OUT }, { "many", "DB_MANY", MUST_OUT },
	{ "exec", "DB_EXEC", NO_OUT }, { "count", "DB_EXEC", NO_OUT },    { "guard", "DB_GUARD", MAY_OUT },
	{ "set", "DB_SET", NO_OUT },
};

/* Names that cannot be members of a struct. */
static const char *const c_words[] = {
	"auto",   "bool",   "break",    "case",     "char",     "const", "continue", "default", "do",
	"double", "else",   "enum",     "extern",   "float",    "for",   "goto",     "if",      "inline",
	"int",    "long",   "register", "restrict", "return",   "short", "signed",   "sizeof",  "static",
	"struct", "switch", "typedef",  "union",    "unsigned", "void",  "volatile", "while",   "unix",
	"linux",  "asm",    "typeof",   "true",     "false",
};

struct column {
	char name[NAME_MAX_LEN + 1];
	const struct type *type;
	bool nullable, used;
	unsigned line;
};

struct query {
	char name[NAME_MAX_LEN + 1], as[NAME_MAX_LEN + 1], doc[DOC_MAX];
	char row[NAME_MAX_LEN + 1]; /* whose struct its rows are, mostly its own */
	const struct kind *kind;
	struct column in[COLUMNS_MAX], out[COLUMNS_MAX];
	unsigned n_in, n_out, line;
	char sql[SQL_MAX];
	size_t n;
	char verb[16];  /* the first word outside of parentheses that says what it does */
	bool returning; /* outside of parentheses */
};

/* What stands once and is put in several times. */
struct part {
	char name[NAME_MAX_LEN + 1], *text;
	unsigned line;
	bool used, open; /* open: it is being put in */
};

/* What a statement before this one gives. */
struct before {
	char name[NAME_MAX_LEN + 1];
	const struct kind *kind;
	struct column *out;
	unsigned n_out;
};

static struct {
	const char *path, *text, *at;
	char noun[NAME_MAX_LEN + 1];
	unsigned line;
	int depth; /* of parentheses */
	struct before before[QUERIES_MAX];
	struct part parts[PARTS_MAX];
	unsigned n_before, n_parts;
	FILE *header, *source;
} g;
static struct query q;

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

static char *read_whole(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = NULL;
	size_t room = 0, n = 0, got;
	if (!f) die("there is no such file");
	do {
		room += 65536;
		text = realloc(text, room + 1);
		if (!text) abort();
		got = fread(text + n, 1, room - n, f);
		n += got;
	} while (got);
	fclose(f);
	text[n] = '\0';
	if (strlen(text) != n) die("a NUL in it");
	return text;
}

static bool begins(const char *s, const char *with) { return !strncmp(s, with, strlen(with)); }
static bool in_name(char c) { return islower((unsigned char)c) || isdigit((unsigned char)c) || c == '_'; }
static bool in_word(char c) { return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80; }

/* --- the lines above the SQL */

/* Take a name off *s. */
static void name_of(char out[NAME_MAX_LEN + 1], const char **s, const char *what)
{
	size_t n = 0;
	while (**s == ' ') ++*s;
	while (in_name((*s)[n])) n++;
	if (!n || n > NAME_MAX_LEN || !islower((unsigned char)**s)) die("%s: '%.20s' is no name", what, *s);
	memcpy(out, *s, n);
	out[n] = '\0';
	*s += n;
	for (size_t i = 0; i < sizeof c_words / sizeof *c_words; i++)
		if (!strcmp(out, c_words[i])) die("%s: '%s' is a word of C", what, out);
}

static const struct type *type_of(const char **s)
{
	for (size_t i = sizeof types / sizeof *types; i--;) { /* text[] before text */
		size_t n = strlen(types[i].name);
		if (begins(*s, types[i].name) && !in_name((*s)[n]) && (*s)[n] != '[') {
			*s += n;
			return &types[i];
		}
	}
	die("'%.*s' is no type: int bool text uuid date time bytes json text[] uuid[] int[]", (int)strcspn(*s, ", "),
	    *s);
}

static void read_columns(struct column *columns, unsigned *n, const char *s, const char *what)
{
	while (*s) {
		struct column c = { .line = g.line };
		if (*n == COLUMNS_MAX) die("too many columns");
		name_of(c.name, &s, what);
		for (unsigned i = 0; i < *n; i++)
			if (!strcmp(columns[i].name, c.name)) die("%s: %s stands there twice", what, c.name);
		while (*s == ' ') s++;
		c.type = type_of(&s);
		c.nullable = *s == '?';
		if (c.nullable && !c.type->nullable) die("%s: a %s is never NULL; use coalesce()", what, c.type->name);
		s += c.nullable;
		while (*s == ' ') s++;
		if (*s && *s != ',') die("%s: '%.20s' is not understood", what, s);
		if (*s && !s[1 + strspn(s + 1, " ")]) die("%s: ends with a comma", what);
		s += *s == ',';
		columns[(*n)++] = c;
	}
}

static void read_kind(const char *s)
{
	while (*s == ' ') s++;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (*s == ':' && !strcmp(s + 1, kinds[i].name)) q.kind = &kinds[i];
	if (!q.kind) die("'%s' is no kind: :one :maybe :many :exec :count :guard :set", s);
}

static void begin_query(const char *s)
{
	memset(&q, 0, sizeof q);
	q.line = g.line;
	g.depth = 0;
	name_of(q.name, &s, "name");
	for (unsigned i = 0; i < g.n_before; i++)
		if (!strcmp(g.before[i].name, q.name)) die("there are two of the name %s", q.name);
	if (g.n_before == QUERIES_MAX) die("too many statements in one file");
	memcpy(q.row, q.name, sizeof q.row);
	read_kind(s);
	snprintf(q.as, sizeof q.as, "lg_web");
}

static void add_doc(const char *s)
{
	size_t n = strlen(q.doc);
	if (strstr(s, "*/")) die("doc: */ would end the comment");
	if (n + strlen(s) + 2 > sizeof q.doc) die("doc: too long");
	snprintf(q.doc + n, sizeof q.doc - n, "%s%s", n ? " " : "", s);
}

/* The rows are those of a statement above. */
static void take_rows(const char *s)
{
	unsigned i = 0;
	name_of(q.row, &s, "rows");
	if (*s) die("rows: '%s' is not understood", s);
	while (i < g.n_before && strcmp(g.before[i].name, q.row) != 0) i++;
	if (i == g.n_before) die("rows: there is no %s above", q.row);
	if (strcmp(q.kind->name, "many") != 0 || q.kind != g.before[i].kind) die("rows: both are to be :many");
	if (q.n_out) die("out: and rows: both");
	q.n_out = g.before[i].n_out;
	memcpy(q.out, g.before[i].out, q.n_out * sizeof *q.out);
}

/* A line `-- WORD: rest`; others are only comments. */
static void read_line(const char *line)
{
	static const char *const words[] = { "-- doc:", "-- in:", "-- out:", "-- as:", "-- rows:" };
	enum { WORDS = sizeof words / sizeof *words };
	size_t i = 0;
	while (i < WORDS && !begins(line, words[i])) i++;
	if (i == WORDS) return;
	if (!*q.name) die("'%s' stands above the name", words[i]);
	if (q.n) die("'%s' stands below the SQL", words[i]);
	const char *s = line + strlen(words[i]);
	s += strspn(s, " ");
	if (!*s) die("'%s' says nothing", words[i]);
	if (i == 0) add_doc(s);
	if (i == 1) read_columns(q.in, &q.n_in, s, "in");
	if (i == 2) read_columns(q.out, &q.n_out, s, "out");
	if (i == 3) {
		name_of(q.as, &s, "as");
		if (*s) die("as: '%s' is not understood", s);
	}
	if (i == 4) take_rows(s);
}

/* A part: what stands below its name, to an empty line or a comment. */
static void read_part(const char *s)
{
	struct part *part = &g.parts[g.n_parts];
	if (g.n_parts == PARTS_MAX) die("too many parts");
	name_of(part->name, &s, "part");
	if (*s) die("part: '%s' is not understood", s);
	for (unsigned i = 0; i < g.n_parts; i++)
		if (!strcmp(g.parts[i].name, part->name)) die("there are two parts of the name %s", part->name);
	g.at += strcspn(g.at, "\n");
	if (*g.at) g.at++;
	part->line = ++g.line;
	size_t n = 0;
	while (g.at[n] && g.at[n] != '\n' && !begins(g.at + n, "--")) {
		n += strcspn(g.at + n, "\n");
		n += g.at[n] == '\n';
	}
	if (!n) die("part: nothing stands below %s", part->name);
	part->text = strndup(g.at, n);
	if (!part->text) abort();
	while (isspace((unsigned char)part->text[n - 1])) part->text[--n] = '\0';
	g.n_parts++;
	for (size_t i = 0; i < n; i++) g.line += g.at[i] == '\n';
	g.at += n;
}

/* What ends a statement without a semicolon. */
static bool begins_another(void) { return begins(g.at, "-- name:") || begins(g.at, "-- part:"); }

/* One line that begins with --. @return false: it is the name of the next statement, or a part behind this one */
static bool read_comment(void)
{
	char line[4000];
	size_t n = strcspn(g.at, "\n");
	if (n >= sizeof line) die("the line is too long");
	memcpy(line, g.at, n);
	while (n && isspace((unsigned char)line[n - 1])) n--;
	line[n] = '\0';
	if (begins(line, "-- name:")) {
		if (*q.name) return false;
		begin_query(line + 8);
	} else if (begins(line, "-- part:")) {
		if (*q.name) return false;
		read_part(line + 8);
		return true;
	} else {
		read_line(line);
	}
	g.at += strcspn(g.at, "\n");
	return true;
}

/* --- the SQL */

static void add(const char *s, size_t n)
{
	if (q.n + n >= sizeof q.sql) die("%s is too long", q.name);
	memcpy(q.sql + q.n, s, n);
	q.n += n;
	q.sql[q.n] = '\0';
}

/* Take n bytes of the file as they are. */
static void copy(size_t n)
{
	for (size_t i = 0; i < n; i++) g.line += g.at[i] == '\n';
	add(g.at, n);
	g.at += n;
}

/* A string or a quoted name, to its end; backslashes count in E'...'. */
static void copy_quoted(char quote, bool escapes)
{
	size_t n = 1;
	for (;; n++) {
		if (!g.at[n]) die("what begins with %c has no end", quote);
		if (escapes && g.at[n] == '\\' && g.at[n + 1]) {
			n++;
		} else if (g.at[n] == quote) {
			if (g.at[n + 1] != quote) break;
			n++;
		}
	}
	copy(n + 1);
}

static void copy_dollar_quoted(size_t tag)
{
	const char *end = g.at + tag;
	while ((end = strchr(end, '$')) && strncmp(end, g.at, tag)) end++;
	if (!end) die("%.*s has no end", (int)tag, g.at);
	copy((size_t)(end - g.at) + tag);
}

static bool is_set(void) { return !strcmp(q.kind->name, "set"); }

/* $rows of a :set: a list for each column, side by side. Lists of lists there are not: theirs are lists of texts. */
static void copy_rows(void)
{
	static const char list[] = "[]";
	char one[2 * NAME_MAX_LEN + 40];
	if (!q.n_in) die("%s has no in: line", q.name);
	add("(SELECT ", 8);
	for (unsigned i = 0; i < q.n_in; i++) {
		const char *sql = q.in[i].type->sql, *comma = i ? ", " : "";
		int n =
		    snprintf(one, sizeof one, strstr(sql, list) ? "%su.%s::%s" : "%su.%s", comma, q.in[i].name, sql);
		add(one, (size_t)n);
		q.in[i].used = true;
	}
	add(" FROM unnest(", 13);
	for (unsigned i = 0; i < q.n_in; i++) {
		const char *sql = q.in[i].type->sql;
		add(one, (size_t)snprintf(one, sizeof one, "%s$%u::%s[]", i ? ", " : "", i + 1,
		                          strstr(sql, list) ? "text" : sql));
	}
	add(") AS u (", 8);
	for (unsigned i = 0; i < q.n_in; i++)
		add(one, (size_t)snprintf(one, sizeof one, "%s%s", i ? ", " : "", q.in[i].name));
	add("))", 2);
}

static void copy_parameter(size_t n)
{
	unsigned i = 0;
	char number[16];
	if (is_set()) {
		if (n != 4 || !begins(g.at, "$rows")) die("%s is :set: its parameters are columns of $rows", q.name);
		if (q.in[0].used) die("%s: $rows stands there once", q.name);
		copy_rows();
		g.at += 1 + n;
		return;
	}
	while (i < q.n_in && (strlen(q.in[i].name) != n || strncmp(q.in[i].name, g.at + 1, n))) i++;
	if (i == q.n_in) die("$%.*s is not in the in: line of %s", (int)n, g.at + 1, q.name);
	q.in[i].used = true;
	add(number, (size_t)snprintf(number, sizeof number, "$%u", i + 1));
	g.at += 1 + n;
}

static void copy_dollar(void)
{
	size_t n = 0;
	if (isdigit((unsigned char)g.at[1])) die("a parameter has a name, not a number");
	while (isalnum((unsigned char)g.at[1 + n]) || g.at[1 + n] == '_') n++;
	if (g.at[1 + n] == '$')
		copy_dollar_quoted(n + 2);
	else if (n)
		copy_parameter(n);
	else
		die("a $ alone");
}

static void skip_comment(void)
{
	int depth = 0;
	do {
		if (!*g.at) die("a comment has no end");
		if (begins(g.at, "/*") || begins(g.at, "*/")) depth += *g.at++ == '/' ? 1 : -1;
		g.line += *g.at++ == '\n';
	} while (depth);
	add(" ", 1);
}

/* A word: what the statement does is told by the first of some, outside of parentheses. */
static void copy_word(void)
{
	static const char *const verbs[] = { "select", "insert", "update", "delete", "values", "merge" };
	char word[16] = "";
	size_t n = 0;
	while (in_word(g.at[n])) n++;
	for (size_t i = 0; i < n && n < sizeof word; i++) word[i] = (char)tolower((unsigned char)g.at[i]);
	if (g.depth == 0 && !strcmp(word, "returning")) q.returning = true;
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (g.depth == 0 && !*q.verb && !strcmp(word, verbs[i])) memcpy(q.verb, word, sizeof word);
	copy(n);
	if (*g.at == '\'') copy_quoted('\'', !strcmp(word, "e"));
}

static void put_part(void);

/* What comes next of a statement. */
static void copy_token(void)
{
	if (begins(g.at, "/*")) {
		skip_comment();
	} else if (*g.at == '\'' || *g.at == '"') {
		copy_quoted(*g.at, false);
	} else if (*g.at == '$') {
		copy_dollar();
	} else if (*g.at == '{') {
		put_part();
	} else if (in_word(*g.at)) {
		copy_word();
	} else {
		g.depth += (*g.at == '(') - (*g.at == ')');
		copy(1);
	}
}

/* {NAME}: the part of that name, as if it stood here. */
static void put_part(void)
{
	char name[NAME_MAX_LEN + 1];
	const char *s = g.at + 1;
	unsigned i = 0, line = g.line;
	name_of(name, &s, "part");
	if (*s != '}') die("{%s has no end", name);
	while (i < g.n_parts && strcmp(g.parts[i].name, name) != 0) i++;
	if (i == g.n_parts) die("there is no part %s above", name);
	struct part *part = &g.parts[i];
	if (part->open) die("part %s holds itself", name);
	part->used = part->open = true;
	g.at = part->text;
	g.line = part->line;
	while (*g.at) {
		if (*g.at == ';') die("part %s ends a statement", name);
		copy_token();
	}
	part->open = false;
	g.at = s + 1;
	g.line = line;
}

/* One statement, to its semicolon, the next name or the end. */
static void read_sql(void)
{
	bool ended = false;
	while (*g.at && !begins_another()) {
		if (begins(g.at, "--")) {
			(void)read_comment();
		} else if (isspace((unsigned char)*g.at)) {
			copy(1);
		} else if (ended && !begins(g.at, "/*")) {
			die("one statement only in %s", q.name);
		} else if (*g.at == ';') {
			ended = true;
			g.at++;
		} else {
			copy_token();
		}
	}
	while (q.n && isspace((unsigned char)q.sql[q.n - 1])) q.sql[--q.n] = '\0';
}

/* That no row was touched fails in the database (by 1/0, which db.c knows), so nothing of the transaction is kept. */
static void guard(void)
{
	static char inner[SQL_MAX];
	bool writes = !strcmp(q.verb, "insert") || !strcmp(q.verb, "update") || !strcmp(q.verb, "delete");
	if (writes && !q.returning && q.n_out) die("%s has out: and no RETURNING", q.name);
	memcpy(inner, q.sql, q.n + 1);
	q.n = 0;
	add("WITH guarded AS (\n", 18);
	add(inner, strlen(inner));
	if (writes && !q.returning) add("\nRETURNING 1", 12);
	const char *end = q.n_out ? "\n) SELECT guarded.* FROM (SELECT 1 / count(*) AS n FROM guarded) AS must LEFT "
	                            "JOIN guarded ON must.n >= 0"
	                          : "\n) SELECT 1 / count(*) FROM guarded";
	add(end, strlen(end));
}

static void check_query(void)
{
	unsigned here = g.line;
	g.line = q.line;
	if (!*q.doc) die("%s has no doc: line", q.name);
	if (!q.n) die("%s has no SQL", q.name);
	if (g.depth) die("parentheses of %s do not match", q.name);
	if (q.kind->out == MUST_OUT && !q.n_out) die("%s is :%s and has no out: line", q.name, q.kind->name);
	if (q.kind->out == NO_OUT && q.n_out) die("%s is :%s and has an out: line", q.name, q.kind->name);
	for (unsigned i = 0; i < q.n_in; i++) {
		g.line = q.in[i].line;
		if (!q.in[i].used) die("%s does not use $%s", q.name, q.in[i].name);
	}
	g.line = here;
}

/* Others may refer to it. */
static void remember(void)
{
	struct before *b = &g.before[g.n_before++];
	memcpy(b->name, q.name, sizeof b->name);
	b->kind = q.kind;
	b->n_out = q.n_out;
	b->out = calloc(q.n_out + 1, sizeof *b->out);
	if (!b->out) abort();
	memcpy(b->out, q.out, q.n_out * sizeof *b->out);
}

/* --- printing */

static void print_struct(const char *part, const struct column *columns, unsigned n)
{
	if (!n) return;
	fprintf(g.header, "struct db_%s_%s {\n", q.name, part);
	for (unsigned i = 0; i < n; i++) {
		const char *note = columns[i].nullable ? " /* may be NULL */" : "";
		fprintf(g.header, "\t%s%s;%s\n", columns[i].type->c, columns[i].name, note);
	}
	fputs("};\n", g.header);
}

static void print_columns(const char *part, const char *type, const struct column *columns, unsigned n)
{
	if (!n) return;
	fprintf(g.source, "static const struct db_column %s_%s[] = {\n", q.name, part);
	for (unsigned i = 0; i < n; i++)
		fprintf(g.source, "\t{ \"%s\", %s, %s, offsetof(struct db_%s_%s, %s) },\n", columns[i].name,
		        columns[i].type->value, columns[i].nullable ? "true" : "false",
		        strcmp(type, "row") ? q.name : q.row, type, columns[i].name);
	fputs("};\n", g.source);
}

/* A literal is no longer than a compiler must take; beyond that it is an array. */
static void print_sql(void)
{
	fprintf(g.source, "static const char %s_sql[] =", q.name);
	if (q.n > LITERAL_MAX) {
		fputs(" {", g.source);
		for (size_t i = 0; i <= q.n; i++)
			fprintf(g.source, "%s%d,", i % 24 ? "" : "\n\t", (signed char)q.sql[i]);
		fputs("\n};\n", g.source);
		return;
	}
	fputs("\n\t\"", g.source);
	for (const char *s = q.sql; *s; s++) {
		if (*s == '\n')
			fputs("\\n\"\n\t\"", g.source);
		else if (*s == '"' || *s == '\\' || *s == '?') /* no trigraphs */
			fprintf(g.source, "\\%c", *s);
		else if ((unsigned char)*s < 0x20)
			fprintf(g.source, "\\%03o", (unsigned)*s);
		else
			fputc(*s, g.source);
	}
	fputs("\";\n", g.source);
}

/* The parameters of its two functions. */
static void print_parameters(FILE *to)
{
	fputs("(struct lg_ctx *cx, struct db *db", to);
	if (!strcmp(q.kind->name, "count"))
		fputs(", int64_t *out", to);
	else if (q.n_out)
		fprintf(to, ", struct db_%s_%s *out", q.row, strcmp(q.kind->name, "many") ? "row" : "rows");
	if (!strcmp(q.kind->name, "maybe")) fputs(", bool *found", to);
	if (q.n_in) fprintf(to, ", struct db_%s_in in", q.name);
	fputc(')', to);
}

static void print_header(void)
{
	fprintf(g.header, "\n/** %s */\n", q.doc);
	print_struct("in", q.in, q.n_in);
	bool own = !strcmp(q.row, q.name);
	if (own) print_struct("row", q.out, q.n_out);
	if (own && !strcmp(q.kind->name, "many"))
		fprintf(g.header, "struct db_%s_rows {\n\tstruct db_%s_row *rows;\n\tsize_t n;\n};\n", q.name, q.name);
	fprintf(g.header, "LG_MUST enum lg_err db_%s", q.name);
	print_parameters(g.header);
	fprintf(g.header, ";\nvoid db_%s_send", q.name);
	print_parameters(g.header);
	fputs(";\n", g.header);
}

static void print_statement(void)
{
	fprintf(g.source,
	        "static const struct db_statement %s_statement = {\n\t.name = \"%s\", .as = \"%s\", .sql = %s_sql, "
	        ".kind = %s,\n",
	        q.name, q.name, q.as, q.name, q.kind->value);
	if (q.n_in) fprintf(g.source, "\t.in = %s_in, .n_in = %u,\n", q.name, q.n_in);
	if (q.n_out)
		fprintf(g.source, "\t.out = %s_out, .n_out = %u, .row_size = sizeof(struct db_%s_row),\n", q.name,
		        q.n_out, q.row);
	fputs("};\n", g.source);
}

static void print_source(void)
{
	bool out = q.n_out || !strcmp(q.kind->name, "count"), found = !strcmp(q.kind->name, "maybe");
	fputc('\n', g.source);
	print_columns("in", "in", q.in, q.n_in);
	print_columns("out", "row", q.out, q.n_out);
	print_sql();
	print_statement();
	fprintf(g.source, "void db_%s_send", q.name);
	print_parameters(g.source);
	fprintf(g.source, "\n{\n\tdb_queue(cx, db, &%s_statement, %s, %s, %s);\n}\n", q.name, q.n_in ? "&in" : "NULL",
	        out ? "out" : "NULL", found ? "found" : "NULL");
	fprintf(g.source, "enum lg_err db_%s", q.name);
	print_parameters(g.source);
	fprintf(g.source, "\n{\n\tdb_%s_send(cx, db%s%s%s);\n\treturn db_sync(cx, db);\n}\n", q.name,
	        out ? ", out" : "", found ? ", found" : "", q.n_in ? ", in" : "");
}

static FILE *created(const char *path)
{
	FILE *f = fopen(path, "w");
	if (!f) {
		fprintf(stderr, "%s: cannot be written\n", path);
		exit(1);
	}
	return f;
}

static void finish_file(FILE *f, const char *path)
{
	if (ferror(f) || fclose(f)) {
		fprintf(stderr, "%s: cannot be written\n", path);
		exit(1);
	}
}

/* --- the file */

/* All above the SQL of one statement. */
static void read_head(void)
{
	for (;;) {
		if (isspace((unsigned char)*g.at))
			g.line += *g.at++ == '\n';
		else if (!begins(g.at, "--") || !read_comment())
			return;
	}
}

static void set_noun(const char *path)
{
	const char *s = strrchr(path, '/');
	s = s ? s + 1 : path;
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");
	if (!n || n > NAME_MAX_LEN || strcmp(s + n, ".sql")) die("the file is to be called name.sql, in small letters");
	memcpy(g.noun, s, n);
}

static void make_file(const char *path, const char *header, const char *source)
{
	g.path = path;
	set_noun(path);
	g.text = g.at = read_whole(path);
	g.line = 1;
	g.header = created(header);
	g.source = created(source);
	fprintf(g.header,
	        "/* Made by tools/sqlgen.c of %s.sql. Edit that. */\n#ifndef DB_SQL_%s_H\n#define "
	        "DB_SQL_%s_H\n#include \"store/db.h\"\n",
	        g.noun, g.noun, g.noun);
	fprintf(g.source, "/* Made by tools/sqlgen.c of %s.sql. Edit that. */\n#include \"%s.sql.h\"\n", g.noun,
	        g.noun);
	for (;;) {
		memset(&q, 0, sizeof q);
		read_head();
		if (!*q.name && !*g.at) break;
		if (!*q.name) die("SQL without a name: line above it");
		read_sql();
		check_query();
		if (!strcmp(q.kind->name, "guard")) guard();
		print_header();
		print_source();
		remember();
	}
	for (unsigned i = 0; i < g.n_parts; i++) {
		g.line = g.parts[i].line - 1;
		if (!g.parts[i].used) die("part %s is put in nowhere", g.parts[i].name);
	}
	if (!g.n_before) die("there is no statement in it");
	fprintf(g.header,
	        "\n/* All of the file, for sqlcheck; ends with NULL. */\nextern const struct db_statement *const "
	        "db_statements_%s[];\n#endif\n",
	        g.noun);
	fprintf(g.source, "\nconst struct db_statement *const db_statements_%s[] = {\n", g.noun);
	for (unsigned i = 0; i < g.n_before; i++) fprintf(g.source, "\t&%s_statement,\n", g.before[i].name);
	fputs("\tNULL,\n};\n", g.source);
	finish_file(g.header, header);
	finish_file(g.source, source);
}

static void make_all(const char *source, char *const *nouns, int n)
{
	FILE *f = created(source);
	fputs("/* Made by tools/sqlgen.c. */\n#include \"store/db.h\"\n", f);
	for (int i = 0; i < n; i++)
		fprintf(f, "extern const struct db_statement *const db_statements_%s[];\n", nouns[i]);
	fputs("extern const struct db_statement *const *const db_statements[];\n", f);
	fputs("const struct db_statement *const *const db_statements[] = {\n", f);
	for (int i = 0; i < n; i++) fprintf(f, "\tdb_statements_%s,\n", nouns[i]);
	fputs("\tNULL,\n};\n", f);
	finish_file(f, source);
}

int main(int argc, char **argv)
{
	if (argc >= 3 && !strcmp(argv[1], "--all")) {
		make_all(argv[2], argv + 3, argc - 3);
	} else if (argc == 4) {
		make_file(argv[1], argv[2], argv[3]);
	} else {
		fputs("usage: sqlgen FILE.sql HEADER SOURCE | sqlgen --all SOURCE NAME...\n", stderr);
		return 2;
	}
	return 0;
}
