# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# Compare the engine's answers (answer.tsv) with PostgreSQL's (lists) and their times (messages); see postgres.sh.

function sort(list, n,    i, k, v) {
	for (i = 2; i <= n; i++) {
		v = list[i]
		for (k = i; k > 1 && list[k - 1] > v; k--) list[k] = list[k - 1]
		list[k] = v
	}
}

function mean(list, n,    i, sum) {
	for (i = 1; i <= n; i++) sum += list[i]
	return sum / n
}

FILENAME == "answer.tsv" { ours[++n] = $2 / 1000; wanted[$1] = $3 }
FILENAME == "lists" && NF == 2 { same += ($1 in wanted) && wanted[$1] == $2 }

# "!	0.012 s user, 0.001 s system, 0.013 s elapsed"
FILENAME == "messages" && / s elapsed$/ {
	split($0, word, /[ \t]+/)
	theirs[++m] = (word[2] + word[5]) * 1000
}

function promise(what, ratio, least) {
	printf "  %-12s %.0f x\n", what, ratio
	printf "one opening, against PostgreSQL %s, %s\t%.0f %d x\n", version, what, ratio, least >ratios
}

END {
	if (m != n) { print "postgres.awk: " m " times for " n " questions" >"/dev/stderr"; exit 1 }
	sort(ours, n)
	sort(theirs, n)
	p = int(n / 2) + 1
	printf "\nPostgreSQL %s: the top 20 of %d openings, exact, CPU milliseconds (asked twice, the second counts)\n", version, n
	printf "  %-12s %9s %9s %9s\n", "", "p50", "mean", "max"
	printf "  %-12s %9.1f %9.1f %9.1f\n", "PostgreSQL", theirs[p], mean(theirs, n), theirs[n]
	printf "  %-12s %9.3f %9.3f %9.3f\n", "landgang", ours[p], mean(ours, n), ours[n]
	printf "  %d of %d lists are the same\n", same, n
	promise("p50", theirs[p] / ours[p], 1)
	printf "  %-12s %.0f x\n", "mean", mean(theirs, n) / mean(ours, n)
	exit same != n
}
