/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_INNER_H
#define LG_MARKET_INNER_H
#include "formats/rows.h"
#include "market/market.h"
#include "market/texts.h"
#include "market/words.h"

/** Shared by the files of this component. */
enum column {
#define BOTH(name) AT_##name,
#define CANDIDATE(name) AT_##name,
#define OPENING(name) AT_##name,
#include "market/columns.def"
#undef BOTH
#undef CANDIDATE
#undef OPENING
	COLUMNS,
	NO_COLUMN = COLUMNS
};
extern const char *const column_names[COLUMNS + 1];

enum { LIST_MAX = 1000, ID_MAX = 200, LANGUAGES_MAX = 256, LICENCES_MAX = 60000 };

/** A list while it is read: ascending by key, no repeats. */
struct item {
	uint16_t key, value;
};
struct list {
	uint16_t n;
	struct item at[LIST_MAX];
};
/** Put a key in its place. @return it; *is_new tells whether it was not there */
struct item *list_add(struct list *list, uint16_t key, bool *is_new);
bool list_has(const struct list *list, uint16_t key);

struct lg_intake {
	struct lg_ctx *cx;
	const struct lg_taxonomy *taxonomy;
	struct lg_market *market;

	enum lg_side side; /* the file being read */
	const char *file;
	uint32_t file_no;        /* 1.. */
	const char **file_names; /* [file_no], by number - 1 */
	size_t file_names_cap;
	uint64_t known; /* its columns */
	struct lg_sink sink;
	struct lg_rows *rows;
	const struct lg_record *record;

	size_t candidates_cap, openings_cap, candidate_rows_cap, opening_rows_cap, rejections_cap, warnings_cap;
	uint32_t *candidate_files, *opening_files, *rejection_files; /* number of the file, by row */
	size_t candidate_files_cap, opening_files_cap, rejection_files_cap;
	struct warning_key {
		const char *text;
		uint32_t file_no;
	} * warning_keys;
	size_t warning_keys_cap;
	size_t file_unknown; /* unknown columns of this file so far */
	struct texts texts, languages, licences;

	struct lg_words *words; /* NULL: none were met yet */
	struct texts met;       /* the numbers of words that were met here, in hex */
	struct use *uses;       /* by the number of that */
	size_t n_uses, uses_cap;
	enum lg_err failed;   /* of lg_words_find() */
	char row_language[4]; /* "" as long as it was not needed */
	struct {              /* of the row being read, if any of its words are not clear: the first */
		bool is;
		enum column column;
		struct lg_cell item;
		uint32_t number;
	} doubt;
	struct texts language_names; /* that were looked up, and what they name, or NULL */
	const char **languages_named;
	size_t languages_named_cap;

	struct list occupations, skills, more_skills, spoken, permits, wishes; /* of the row being read */
};

/** The row is not taken: say why. @return false, always */
bool refuse(struct lg_intake *in, enum column column, struct lg_cell value, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/** A row of a file that is no longer being read. */
void refuse_at(struct lg_intake *in, uint32_t file_no, const char *file, uint64_t line, enum column column,
               struct lg_cell value, const char *advice);
void warn(struct lg_intake *in, uint64_t line, const char *text);
/** Valid UTF-8 of at most `most` bytes; what is not valid becomes '?'. In `mem`. */
const char *tidy(struct lg_arena *mem, const char *s, size_t n, size_t most);

struct lg_cell cell(const struct lg_intake *in, enum column column);
bool read_candidate(struct lg_intake *in, struct lgm_candidate *c, struct lg_row *row);
bool read_opening(struct lg_intake *in, struct lgm_opening *o, struct lg_row *row);

/* Columns both sides have, and kinds of values. All: true, or refuse() has been called. */
bool read_id(struct lg_intake *in, struct lg_row *row);
bool read_place(struct lg_intake *in, struct lgm_place *place, const char **municipality, bool may_lack);
bool read_start(struct lg_intake *in, int32_t *start);
bool read_yes(struct lg_intake *in, enum column column, bool *out);
/** A number with `places` decimals kept (as a whole number of such units); empty leaves *out as it is. */
bool read_number(struct lg_intake *in, enum column column, unsigned places, int64_t least, int64_t most, int64_t *out,
                 const char *advice);
bool decimal(int64_t *out, struct lg_cell c, unsigned places);

/* Words for codes. */
struct use {
	const char *words, *language, *file;
	uint64_t times, line;
	enum column column;
	uint32_t number; /* of lg_words_find() */
};
enum found { FOUND, NOT_CLEAR, REFUSED };
/** What `words`, which lg_are_words(), in an item are of a kind. Not clear: is noted, and ends in end_words(). */
enum found read_words(struct lg_intake *in, enum column column, struct lg_cell item, struct lg_cell words,
                      enum lg_link_of of, uint16_t *out);
/** The row has been read. @return false: some of its words were not clear, which has been noted with refuse() */
bool end_words(struct lg_intake *in);
/** All rows have been read: lists for people. */
void list_words(struct lg_intake *in);
/** A language by one of its names, or NULL. */
const char *language_named(struct lg_intake *in, struct lg_cell name);

bool read_concepts(struct lg_intake *in, enum column column, struct list *out);
bool read_experience(struct lg_intake *in, enum column column, struct list *out);
bool read_skills(struct lg_intake *in, enum column column, struct list *out);
bool read_languages(struct lg_intake *in, enum column column, struct list *out);
bool read_held_licences(struct lg_intake *in, enum column column, struct list *out);
bool read_needed_licences(struct lg_intake *in, enum column column, struct list *out);
bool read_contracts(struct lg_intake *in, enum column column, uint16_t *out);
/** Hours of a week; inwards: only half hours that lie inside wholly. */
bool read_week(struct lg_intake *in, enum column column, bool inwards, struct lgm_week *out);

/** The parts of a cell between semicolons, blanks cut off, empty ones passed over. */
struct items {
	const char *at, *end;
};
struct items items_of(struct lg_cell c);
bool next_item(struct items *it, struct lg_cell *item);
struct lg_cell trim_cell(const char *s, size_t n);
/** Cut an item at the first `c`. @return false, and all of it in `before`, when there is none */
bool cut(struct lg_cell item, char c, struct lg_cell *before, struct lg_cell *after);
bool is_word(struct lg_cell c, const char *word); /* in any case of letters */

int level_of(struct lg_cell c);    /* -1: none */
int contract_of(struct lg_cell c); /* -1: none */

/** Duplicates, order, numbers. */
void finish(struct lg_intake *in);
#endif
