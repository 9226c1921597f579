#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# The layer check takes this tree, and refuses each wrong case that is planted in a small one with the same rules.
. test/frame/tap.sh
tree=$scratch/tree

# plant FILE LINE: a tree with the folders and rules of this one, and nothing in it but one line at the end of one file
plant() {
	rm -rf "$tree"
	find src test fuzz bench -name node_modules -prune -o -type d -print | sed "s,^,$tree/," | xargs mkdir -p "$tree/tools"
	cp tools/layers.txt "$tree/tools"
	printf '%s\n' "$2" >>"$tree/$1"
}

wrong() {
	plant "$2" "$3"
	refuses "$1" "$4" tools/layers.sh "$tree"
}

right() {
	plant "$2" "$3"
	holds "$1" tools/layers.sh "$tree"
}

holds "this tree" tools/layers.sh .
right "a tree with nothing in it" src/base/err.h '/* nothing */'
right "the engine's public header in the market" src/market/market.h '#include "landgang/match.h"'
right "a header of the component itself" src/formats/csv.h '#include "formats/rows.h"'
right "jansson in the market" src/market/market.h '#include <jansson.h>'
right "words in memory in the taxonomy" src/taxonomy/taxonomy.h '#include <stdio.h>'
right "core in a module" src/modules/hotline/hotline.c '#include "core/core.h"'
right "a header of the module itself" src/modules/hotline/hotline.c '#include "modules/hotline/hotline.h"'
right "a module among all modules" src/modules/modules.c '#include "modules/hotline/hotline.h"'
right "vector instructions in the engine" src/match/landgang/match.h '#include <immintrin.h>'

wrong "an include that points up" src/base/err.h '#include "market/market.h"' 'base may not include market'
wrong "one with blanks around the mark" src/base/err.h ' #  include "market/market.h"' 'base may not include market'
wrong "one tool that includes another" src/taxonomy/taxonomy.h '#include "formats/csv.h"' 'taxonomy may not include formats'
wrong "the engine includes even base" src/match/landgang/match.h '#include "base/err.h"' 'match may not include base'
wrong "core includes a module" src/core/core.c '#include "modules/hotline/hotline.h"' 'core may not include hotline'
wrong "a module includes another" src/modules/hotline/hotline.c '#include "modules/licence/licence.h"' 'names no component'
wrong "a module includes them all" src/modules/hotline/hotline.c '#include "modules/modules.h"' 'hotline may not include modules'
wrong "a command includes a module past their list" src/cmd/main.c '#include "modules/hotline/hotline.h"' 'cmd may not include hotline'
wrong "a component nobody knows" src/cmd/main.c '#include "magic/wand.h"' 'names no component'
wrong "a folder nobody knows" src/base/err.h '#include "../market/market.h"' 'not the way to it'
wrong "the engine's own header elsewhere" src/market/market.h '#include "match/inner.h"' "is match's own header"
wrong "an include made by a macro" src/base/err.h '#include HEADER' 'cannot be checked'

wrong "output in the engine" src/match/landgang/match.h '#include <stdio.h>' 'match may not include <stdio.h>'
wrong "mathematics library in the engine" src/match/landgang/match.h '#include <math.h>' 'match may not include <math.h>'
wrong "the clock in the taxonomy" src/taxonomy/taxonomy.h '#include <time.h>' 'taxonomy is pure'
wrong "files in the formats" src/formats/csv.h '#include <fcntl.h>' 'formats is pure'
wrong "sockets in the formats" src/formats/csv.h '#include <sys/socket.h>' 'formats is pure'
wrong "threads in the market" src/market/market.h '#include <pthread.h>' 'market is pure'
wrong "libarchive outside the formats" src/market/market.h '#include <archive.h>' 'market may not use <archive.h>'
wrong "libcsv in a command" src/cmd/main.c '#include <csv.h>' 'cmd may not use <csv.h>'
wrong "jansson in the taxonomy" src/taxonomy/taxonomy.h '#include <jansson.h>' 'taxonomy may not use <jansson.h>'
wrong "jansson in quotes" src/taxonomy/taxonomy.h '#include "jansson.h"' 'taxonomy may not use <jansson.h>'

counts='SELECT count(*) AS n FROM lg.enquiry e'
right "a module's table in the module" src/modules/hotline/enquiry.sql "$counts"
right "a statement of core that says why" src/core/merge.sql "-- name: a :one
-- beyond: hotline: all in one
$counts"
wrong "core reads a module's table" src/core/merge.sql "$counts" "core may not name enquiry, which is hotline's"
wrong "core calls what a module has beside the wall" src/core/jobs.sql 'SELECT lg_gate.pool_sweep(1)' "core may not name pool_sweep, which is pool's"
wrong "a module reads another's table" src/modules/pool/pools.sql "$counts" "pool may not name enquiry, which is hotline's"
wrong "core names a module's table in C" src/core/merge.c '	"lg.pool_match.card",' "core may not name pool_match, which is pool's"
wrong "the statement behind one that says why" src/core/merge.sql "-- name: a :one
-- beyond: hotline: all in one
$counts
-- name: b :one
$counts" "core may not name enquiry, which is hotline's"
wrong "a reason for another module" src/core/merge.sql "-- beyond: pool: all in one
$counts" "core may not name enquiry, which is hotline's"
wrong "a way beyond that nobody goes" src/core/merge.sql '-- beyond: hotline: all in one
SELECT 1' 'beyond hotline, but nothing of it is named'
wrong "a way beyond without a reason" src/core/merge.sql "-- beyond: hotline
$counts" 'beyond what, and why'
wrong "a module's table that nobody owns" src/modules/pool/pools.sql 'SELECT FROM lg.swimmer' 'whose is swimmer? Only pool names it'

wrong "a cycle in the table" tools/layers.txt 'courses: licence
licence: courses' 'courses may include licence, which stands below it: a cycle'
wrong "a component that stands there twice" tools/layers.txt 'http: store' 'http stands there twice'
plant tools/layers.txt ''
sed 's/^base:.*/base: market/' tools/layers.txt >"$tree/tools/layers.txt"
refuses "the ground leaning on what stands on it" 'a cycle' tools/layers.sh "$tree"
wrong "a rule that is none" tools/layers.txt 'match should be pure' 'is no rule'
finish
