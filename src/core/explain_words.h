/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_EXPLAIN_WORDS_H
#define LG_CORE_EXPLAIN_WORDS_H
#include "core/explain.h"

/** Names in the language spoken (view/speech.h). Never NULL; strings last as long as what they were made from. */
const char *explain_demand_name(enum lgm_demand demand);
const char *explain_part_name(enum lgm_part part);
/** Of a language by its code: the code itself where we know no name, or where e->plain. */
const char *explain_language_name(const struct explain *e, const char *code);
const char *explain_contract_name(const struct explain *e, unsigned contract);
/** "B1", "native", "none". */
const char *explain_level_name(unsigned level);
/** "Nursing professionals (2221@DK)", or "2221@DK" where the code is unknown or where e->plain. */
void explain_put_licence(struct lg_buf *out, const struct explain *e, const char *licence);

/** The text, and blanks up to so many letters. */
void explain_put_padded(struct lg_buf *out, const char *text, size_t letters);
/** What stands below every explanation: whose words must not be trusted too far yet, and whom to thank. */
void explain_put_footer(struct lg_buf *out, const struct lg_taxonomy *t);
#endif
