#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# The picture in ARCHITECTURE.md is drawn from the real includes, and is noticed when it is not.
. test/frame/tap.sh
holds "the picture in ARCHITECTURE.md is of this tree" tools/picture.sh --check
cp -R src tools ARCHITECTURE.md "$scratch"
printf '#include "market/market.h"\n#include "taxonomy/taxonomy.h"\n' >>"$scratch/src/cmd/main.c"
mkdir "$scratch/src/bench" && echo '#include "base/err.h"' >"$scratch/src/bench/new.c"
refuses "a new arrow makes it old" 'run tools/picture.sh' "$scratch/tools/picture.sh" --check
holds "it can be drawn anew" "$scratch/tools/picture.sh"
holds "and then holds" "$scratch/tools/picture.sh" --check
grep -q '^ bench     --> base$' "$scratch/ARCHITECTURE.md"
passed "with the new arrow in it" $?
finish
