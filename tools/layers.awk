#!/usr/bin/awk -f
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# Check every #include of the project against tools/layers.txt, which says what is allowed and why.
#   awk -f tools/layers.awk tools/layers.txt FILES          complaints on standard output, status 1 if any
#   awk -v picture=1 -f tools/layers.awk tools/layers.txt FILES   draw the arrows that really exist between components
# Likewise the tables that a module owns: a file of a component that may not include the module may not name them, in a query or elsewhere
# (lg.TABLE, lg_gate.FUNCTION), unless the statement, or a .c file, says that and why: "beyond: MODULE...: why" in a comment of its own.
# FILES are paths from the top of the tree: src/NAME/..., src/modules/NAME/..., test/..., fuzz/..., bench/...

function complain(text) { print text; bad++ }

# The component a file of ours belongs to, "" if it has none. A module is one: src/modules/hotline/... is hotline.
function component(path,    part, n, i) {
	n = split(path, part, "/")
	i = part[1] == "src" ? 2 : 1
	return part[i] == "modules" && n > i + 1 ? part[i + 1] : part[i]
}

function exists(path,    line, found) {
	found = (getline line < path) >= 0
	close(path)
	return found
}

function table_line(    part, from, word, n, i) {
	sub(/#.*/, "")
	if ($0 ~ /^[ \t]*$/) return
	n = split($0, word, " ")
	if ($1 == "pure") for (i = 2; i <= n; i++) pure[word[i]] = 1
	else if ($1 == "only") for (i = 3; i <= n; i++) { limited[$2] = 1; only[$2, word[i]] = 1 }
	else if ($1 == "public") for (i = 3; i <= n; i++) { closed[$2] = 1; open_to_all[word[i]] = $2 }
	else if ($1 == "owns") for (i = 3; i <= n; i++) {
		owner[word[i]] = $2
		if (word[i] ~ /\*$/) family[substr(word[i], 1, length(word[i]) - 1)] = $2
	}
	else if ($1 == "template") return
	else if ($1 == "allow") for (i = 3; i <= n; i++) { kept[$2] = 1; allow[$2, word[i]] = 1 }
	else if ($0 ~ /^[a-z]+[ \t]*:/) {
		split($0, part, ":")
		from = part[1]
		if (from in known) complain("tools/layers.txt:" FNR ": " from " stands there twice, which may hide a cycle")
		known[from] = 1
		may[from, from] = 1
		n = split(part[2], word, " ")
		for (i = 1; i <= n; i++) {
			if (!(word[i] in known)) complain("tools/layers.txt:" FNR ": " from " may include " word[i] ", which stands below it: a cycle")
			may[from, word[i]] = 1
		}
	} else complain("tools/layers.txt:" FNR ": \"" $0 "\" is no rule")
}

# "dir/file.h", or "file.h" beside the one that includes it.
function our_include(name,    to, dir, where) {
	where = FILENAME ":" FNR ": "
	if (name ~ /\.\./) { complain(where "\"" name "\": name the component, not the way to it"); return }
	if (name !~ /\//) {
		dir = FILENAME
		sub(/[^\/]*$/, "", dir)
		if (!exists(dir name)) outside_include(name)
		return
	}
	to = name in open_to_all ? open_to_all[name] : component(name)
	if (!(to in known)) complain(where "\"" name "\" names no component")
	else if (!((me, to) in may)) complain(where me " may not include " to " (\"" name "\")")
	else if ((to in closed) && me != to && me != "test" && !(name in open_to_all))
		complain(where "\"" name "\" is " to "'s own header")
	else if (me != to) arrow[me, to] = 1
}

function outside_include(name,    where) {
	where = FILENAME ":" FNR ": "
	if ((me in limited) && !((me, name) in only)) complain(where me " may not include <" name ">, see tools/layers.txt")
	else if ((me in pure) && name ~ io) complain(where me " is pure: no header for input, output, clock or threads (<" name ">)")
	else if (FILENAME ~ /^src\// && (name in kept) && !((name, me) in allow)) complain(where me " may not use <" name ">, see tools/layers.txt")
}

# Whose a table is, or a function beside the wall: a module's, or "".
function whose(name,    start) {
	if (name in owner) return owner[name]
	for (start in family) if (index(name, start) == 1) return family[start]
	return ""
}

# beyond: hotline ambition: why
function beyond(line,    part, word, n, i) {
	sub(/.*beyond: */, "", line)
	n = split(line, part, ":")
	if (n < 2 || part[2] !~ /[a-z]/) { complain(FILENAME ":" FNR ": beyond what, and why?"); return }
	n = split(part[1], word, " ")
	for (i = 1; i <= n; i++) { may_see[word[i]] = FNR; in_file[word[i]] = FILENAME }
}

# What was allowed is needed.
function statement_ends(    m) {
	for (m in may_see) {
		if (may_see[m] > 0) complain(in_file[m] ":" may_see[m] ": beyond " m ", but nothing of it is named")
		delete may_see[m]
	}
}

function tables(    line, name, m) {
	line = $0
	while (match(line, /(^|[^a-zA-Z0-9_])lg(_gate|_ref)?\.[a-z_]+/)) {
		name = substr(line, RSTART, RLENGTH)
		line = substr(line, RSTART + RLENGTH)
		sub(/.*\./, "", name)
		m = whose(name)
		if (FILENAME ~ /\.sql$/ && m == "") seen[name, FILENAME ~ /^src\/modules\// ? "module" : "below"] = me
		if (m == "" || (me, m) in may) continue
		if (m in may_see) may_see[m] = -1
		else complain(FILENAME ":" FNR ": " me " may not name " name ", which is " m "'s")
	}
}

BEGIN {
	io = "^(sys/.*|net/.*|netinet/.*|arpa/.*|linux/.*|stdio_ext|unistd|fcntl|dirent|ftw|glob|poll|aio|netdb|spawn|" \
	     "syslog|termios|time|utime|pthread|threads|semaphore|sched|signal|mqueue|dlfcn)\\.h$"
}

FILENAME ~ /layers\.txt$/ { table_line(); next }

FNR == 1 {
	statement_ends()
	me = component(FILENAME)
	if (!(me in known)) complain(FILENAME ": " me " is no component of tools/layers.txt")
	else if (FILENAME ~ /^src\//) drawn[me] = 1
}

/^[ \t]*#[ \t]*include/ {
	name = $0
	sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
	form = substr(name, 1, 1)
	name = substr(name, 2)
	sub(/[">].*/, "", name)
	if (form == "\"") our_include(name)
	else if (form == "<" && component(name) == "landgang") our_include(name)
	else if (form == "<") outside_include(name)
	else complain(FILENAME ":" FNR ": an include that is made by a macro cannot be checked")
}

/^-- name:/ { statement_ends() }
/beyond: / && (/^--/ || /^\/\*/) { beyond($0) }
FILENAME ~ /^src\/.*\.(sql|c|def)$/ && !/^--/ { tables() }

# Longest way down from a component.
function height(c,    key, pair, h, below) {
	if (c in level) return level[c]
	level[c] = 0
	for (key in arrow) {
		split(key, pair, SUBSEP)
		if (pair[1] != c) continue
		below = height(pair[2]) + 1
		if (below > h) h = below
	}
	return level[c] = h + 0
}

function sorted(set, list,    key, n, i, swap) {
	n = 0
	for (key in set) {
		list[++n] = key
		for (i = n; i > 1 && list[i] < list[i - 1]; i--) { swap = list[i]; list[i] = list[i - 1]; list[i - 1] = swap }
	}
	return n
}

function draw(    list, n, i, k, l, top, line) {
	n = sorted(drawn, list)
	for (i = 1; i <= n; i++) if (height(list[i]) > top) top = height(list[i])
	for (l = top + 0; l >= 0; l--) {
		line = l ? sprintf(" layer %d ", l) : " ground  "
		for (i = 1; i <= n; i++) if (height(list[i]) == l) line = line sprintf("   [ %s ]", list[i])
		print line
	}
	print ""
	for (l = top + 0; l >= 0; l--)
		for (i = 1; i <= n; i++) if (height(list[i]) == l) {
			line = ""
			for (k = 1; k <= n; k++) if ((list[i], list[k]) in arrow) line = line " " list[k]
			printf " %-9s -->%s\n", list[i], line == "" ? " nothing of ours" : line
		}
}

END {
	statement_ends()
	for (pair in seen) {
		split(pair, named, SUBSEP)
		if (named[2] == "module" && !((named[1], "below") in seen) && !picture)
			complain("tools/layers.txt: whose is " named[1] "? Only " seen[pair] " names it in a query")
	}
	if (picture && !bad) draw()
	exit bad ? 1 : 0
}
