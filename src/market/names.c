/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>
#include <strings.h>

#include "market/inner.h"
#include "taxonomy/link_text.h"

static const char *const levels[LGM_LEVELS] = { "",    "A0", "A1",  "A1+", "A2",  "A2+", "B1",
	                                        "B1+", "B2", "B2+", "C1",  "C1+", "C2",  "native" };
static const char *const contracts[LGM_CONTRACTS] = {
	"job",        "placement",    "integration-placement", "wage-subsidy", "igu",
	"evaluation", "clinical-day", "language-placement",    "trainee"
};

const char *lg_level_name(unsigned level) { return level < LGM_LEVELS ? levels[level] : NULL; }
const char *lg_contract_name(unsigned contract) { return contract < LGM_CONTRACTS ? contracts[contract] : NULL; }

static int find(const char *const *names, size_t n_names, struct lg_cell c)
{
	for (size_t i = 0; i < n_names; i++)
		if (c.n && strlen(names[i]) == c.n && !strncasecmp(names[i], c.text, c.n)) return (int)i;
	return -1;
}

/* The highest level in words. */
static bool is_native(struct lg_cell c)
{
	static const char *const words[] = { "mother tongue", "modersmål", "modersmaal", "рідна", "рідна мова" };
	struct lg_letters own, given;
	lg_letters_fold(&given, c.text, c.n);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		lg_letters_fold(&own, words[i], strlen(words[i]));
		if (lg_letters_same(&own, &given)) return true;
	}
	return false;
}

int level_of(struct lg_cell c)
{
	int level = find(levels, LGM_LEVELS, c);
	return level < 0 && is_native(c) ? LGM_NATIVE : level;
}

int contract_of(struct lg_cell c) { return find(contracts, LGM_CONTRACTS, c); }
