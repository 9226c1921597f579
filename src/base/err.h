/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BASE_ERR_H
#define LG_BASE_ERR_H

/** What can go wrong, in the only words the whole system uses for it. Details go into notes (base/ctx.h). */
enum lg_err {
#define E(name, http, text) LG_##name,
#include "base/err.def"
#undef E
	LG_ERRS
};

/** Every function that can fail returns an lg_err; to ignore one does not compile. */
#define LG_MUST __attribute__((warn_unused_result))

/** Pass a failure up. Nothing to free: memory and handles belong to the context. */
#define LG_TRY(call)                                                                                                   \
	do {                                                                                                           \
		enum lg_err err_ = (call);                                                                             \
		if (err_ != LG_OK) return err_;                                                                        \
	} while (0)

/** A broken promise inside the program, not a user's mistake: say where, and end. Stays on in production. */
#define lg_assert(held) ((held) ? (void)0 : lg_assert_failed(#held, __FILE__, __LINE__))
_Noreturn void lg_assert_failed(const char *what, const char *file, int line);

int lg_err_http(enum lg_err err);
const char *lg_err_text(enum lg_err err);
#endif
