/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * The schema into the program: schema DIRECTORY SOURCE
 *
 * Of all NNNN_name.sql in the directory, in order, is made the table migrate_files (src/store/migrate.h). The build
 * runs this each time, so that a new file needs no list; SOURCE is left alone when nothing changed. Refused: two files
 * of one number, a file of another name, and what psql understands and the server does not (a line that begins with \).
 */
#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 1000 };

static void die(const char *name, const char *what)
{
	fprintf(stderr, "schema/%s: %s\n", name, what);
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

/* 0001_some_name.sql */
static bool is_numbered(const char *name)
{
	size_t digits = strspn(name, "0123456789"), n = strlen(name);
	if (digits != 4 || name[4] != '_' || n < 10 || strcmp(name + n - 4, ".sql")) return false;
	return strspn(name + 5, "abcdefghijklmnopqrstuvwxyz0123456789_") == n - 9;
}

static int only_sql(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name);
	return n > 4 && !strcmp(entry->d_name + n - 4, ".sql");
}

static void print_file(FILE *out, const char *dir, const char *name)
{
	char path[4096];
	size_t n;
	snprintf(path, sizeof path, "%s/%s", dir, name);
	char *text = read_whole(path, &n);
	if (!text) die(name, "cannot be read");
	if (strlen(text) != n) die(name, "a NUL in it");
	if (text[0] == '\\' || strstr(text, "\n\\")) die(name, "a line that begins with \\ is for psql only");
	fprintf(out, "static const char sql_%.4s[] = {", name);
	for (size_t i = 0; i <= n; i++) fprintf(out, "%s%d,", i % 24 ? "" : "\n\t", (signed char)text[i]);
	fputs("\n};\n", out);
	free(text);
}

static void print_all(FILE *out, const char *dir)
{
	struct dirent **files;
	int n = scandir(dir, &files, only_sql, alphasort);
	if (n <= 0 || n > FILES_MAX) die("", "no files");
	fputs("/* Made by tools/schema.c of schema/. */\n#include \"store/migrate.h\"\n\n", out);
	for (int i = 0; i < n; i++) {
		if (!is_numbered(files[i]->d_name))
			die(files[i]->d_name, "is to be called NNNN_name.sql, in small letters");
		if (i && !strncmp(files[i]->d_name, files[i - 1]->d_name, 4))
			die(files[i]->d_name, "there is another of this number");
		print_file(out, dir, files[i]->d_name);
	}
	fputs("const struct migrate_file migrate_files[] = {\n", out);
	for (int i = 0; i < n; i++) {
		const char *name = files[i]->d_name;
		fprintf(out, "\t{ %d, \"%.*s\", sql_%.4s },\n", atoi(name), (int)strlen(name) - 4, name, name);
	}
	fprintf(out, "};\nconst size_t n_migrate_files = %d;\n", n);
	for (int i = 0; i < n; i++) free(files[i]);
	free(files);
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: schema DIRECTORY SOURCE\n", stderr);
		return 2;
	}
	char *made = NULL;
	size_t n = 0, n_old = 0;
	FILE *memory = open_memstream(&made, &n);
	if (!memory) abort();
	print_all(memory, argv[1]);
	if (fclose(memory)) abort();
	char *old = read_whole(argv[2], &n_old);
	bool same = old && n == n_old && !memcmp(old, made, n);
	FILE *out = same ? NULL : fopen(argv[2], "wb");
	if (!same && (!out || fwrite(made, 1, n, out) != n || fclose(out))) die(argv[2], "cannot be written");
	free(made);
	free(old);
	return 0;
}
