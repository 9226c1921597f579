#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# What do the objects of a pure component call?
#   tools/purity.sh LIBRARY...           the engine: it may ask the C library for memory and for moving bytes, and
#                                        nothing else; what it gives out begins with lgm_; it keeps no variable.
#                                        (Builds with sanitizers add calls and variables of their own: those calls
#                                        are let pass and the last rule is not applied.)
#   tools/purity.sh --no-io LIBRARY...   the other pure ones: anything but files, sockets, clocks, threads, processes
set -eu

if [ "$1" = --no-io ]; then
	shift
	refused='f?open(at|dir)?(64)?|fdopen|freopen(64)?|fmemopen|tmpfile(64)?|mkstemp|fread|fwrite|getline|getdelim|fgets|fgetc|getc(har)?'
	refused="$refused|f?puts|f?putc(har)?|v?f?printf|v?dprintf|__v?(f|d)?printf_chk|perror|std(in|out|err)|p?read(v|64)?|p?write(v|64)?"
	refused="$refused|(f|l)?stat(at|x)?(64)?|mmap(64)?|socket|connect|bind|accept4?|send(to|msg)?|recv(from|msg)?|poll|select|epoll_.*"
	refused="$refused|time|clock(_.*)?|gettimeofday|timespec_get|localtime(_r)?|u?sleep|nanosleep|pthread_.*|thrd_.*|mtx_.*|sem_.*"
	refused="$refused|v?fork|exec(l|v)[pe]*|system|popen|posix_spawnp?|kill|signal|sigaction|(secure_)?getenv|s?rand(om)?(_r)?|getrandom"
	refused="$refused|json_(load|dump)(_file|f|fd)|archive_(read|write)_open_(file(name)?(s|_w)?|fd|FILE)"
	wrong=$(nm -u "$@" | awk 'NF == 2 { print $2 }' | sort -u | grep -xE "$refused" || :)
	[ -z "$wrong" ] && exit
	echo "A pure component calls what it must not:"
	echo "$wrong" | sed 's/^/  /'
	exit 1
fi

allowed='malloc|free|calloc|realloc|qsort|bsearch|bcmp|(__)?mem(cpy|set|move|cmp)(_chk)?'
allowed="$allowed|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|__cpu_model|__cpu_indicator_init|__popcountdi2"
allowed="$allowed|__(asan|ubsan|tsan|sanitizer|sancov)_.*|_*tsan_.*|lgm_.*"
bad=0

calls=$(nm -u "$@" | awk 'NF == 2 && $1 ~ /^[UwvWV]$/ { print $2 }' | sort -u)
wrong=$(echo "$calls" | grep -vxE "($allowed)?" || :)
if [ -n "$wrong" ]; then
	echo "The engine calls what it must not:"
	echo "$wrong" | sed 's/^/  /'
	bad=1
fi

wrong=$(nm -g --defined-only "$@" | awk 'NF == 3 { print $3 }' | sort -u | grep -vE '^(lgm_|__odr_asan|__asan_|__start_|__stop_)' || :)
if [ -n "$wrong" ]; then
	echo "The engine gives out names that do not begin with lgm_:"
	echo "$wrong" | sed 's/^/  /'
	bad=1
fi

if ! echo "$calls" | grep -qE '^_*(asan|tsan|ubsan|sanitizer)_'; then
	wrong=$(nm --format=sysv "$@" | awk -F'|' '$7 ~ /^ *\.t?(data|bss)(\.|$)/ && $7 !~ /\.data\.rel\.ro/ && $4 ~ /OBJECT|TLS/ { gsub(/ /, "", $1); print $1 }')
	if [ -n "$wrong" ]; then
		echo "The engine keeps variables:"
		echo "$wrong" | sed 's/^/  /'
		bad=1
	fi
fi
exit $bad
