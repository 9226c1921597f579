#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Everything that the sources write into the audit has words for people in core/audit_deed.def.
. test/frame/tap.sh

# deeds DIR: verb and entity of each line that is written into the audit, from C and SQL; those of a choice in C are in two halves
deeds() {
	grep -oh 'audit_change(cx, c, [^,]*, "[a-z_]*"' "$1"/src/core/*.c "$1"/src/modules/*/*.c |
		sed -n 's/"\([a-z_]*\)"$/|\1/; s/.*audit_change(cx, c, \(.*\), |/\1|/p' |
		while IFS='|' read -r verbs entity; do
			printf '%s' "$verbs" | grep -o '"[a-z_]*"' | tr -d '"' | sed "s/\$/ $entity/"
		done
	sed -n "s/.*lg_gate.note('\([a-z_]*\)', '\([a-z_]*\)'.*/\1 \2/p" "$1"/schema/*.sql
}

# worded DIR: are they all listed?
worded() {
	deeds "$1" | sort -u >"$scratch/deeds"
	sed -n 's/^DEED(\([a-z_]*\), *\([a-z_]*\), .*/\1 \2/p' "$1/src/core/audit_deed.def" | sort >"$scratch/listed"
	[ -z "$(uniq -d "$scratch/listed")" ] || echo "listed twice: $(uniq -d "$scratch/listed")"
	[ "$(wc -l <"$scratch/deeds")" -ge 20 ] || echo "the sources cannot be read"
	comm -23 "$scratch/deeds" "$scratch/listed" | sed 's/^/no words for: /' >"$scratch/missing"
	cat "$scratch/missing"
	[ ! -s "$scratch/missing" ] && [ -z "$(uniq -d "$scratch/listed")" ] && [ "$(wc -l <"$scratch/deeds")" -ge 20 ]
}

holds "this tree" worded .
mkdir -p "$scratch/tree/src"
cp -R src/core src/modules "$scratch/tree/src"
cp -R schema "$scratch/tree"
sed 's/"moved", "candidate"/"sold", "candidate"/' src/core/candidate_store.c >"$scratch/tree/src/core/candidate_store.c"
refuses "a verb that is new in C" "no words for: sold candidate" worded "$scratch/tree"
cp src/core/candidate_store.c "$scratch/tree/src/core"
sed "s/note('accept', 'member'/note('adopt', 'member'/" schema/0003_account.sql >"$scratch/tree/schema/0003_account.sql"
refuses "a verb that is new in SQL" "no words for: adopt member" worded "$scratch/tree"
finish
