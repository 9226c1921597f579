#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# etc/haproxy.cfg in front of a server of ours: haproxy.sh SERVE
# TLS and HTTP/2; what the proxy says of the client is believed, and what the client says is not; and no request that the two
# read differently: each answer the client gets is one that our server gave, in number and in order, or a refusal.
set -u
serve=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=test/frame/tap.sh
. test/frame/tap.sh
for tool in haproxy curl openssl; do
	command -v "$tool" >/dev/null || {
		echo "1..0 # SKIP $tool is not installed"
		exit 0
	}
done

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
	-addext subjectAltName=DNS:localhost -keyout "$scratch/key" -out "$scratch/cert" 2>/dev/null
cat "$scratch/cert" "$scratch/key" >"$scratch/pem"

coproc SITE { exec "$serve" 127.0.0.1 2>"$scratch/site.log"; }
site=$SITE_PID
read -r web tls <&"${SITE[0]}"
export LANDGANG_TLS=127.0.0.1:$tls LANDGANG_PLAIN=unix@$scratch/plain LANDGANG_WEB=127.0.0.1:$web LANDGANG_CERTIFICATE=$scratch/pem
haproxy -db -f etc/haproxy.cfg 2>"$scratch/haproxy.log" &
proxy=$!
trap 'kill "$proxy" "$site" 2>/dev/null; wait; rm -rf "$scratch"' EXIT

url=https://localhost:$tls
fetch() { curl -sS --max-time 10 --cacert "$scratch/cert" "$@"; }
up() {
	for _ in $(seq 50); do
		if fetch "$url/small" 2>/dev/null | grep -qx ok; then return; fi
		sleep 0.1
	done
	cat "$scratch/haproxy.log"
	return 1
}
# says WORDS COMMAND...: it must say them
says() {
	local words=$1
	shift
	"$@" >"$scratch/said" 2>&1
	grep -qF -- "$words" "$scratch/said" || {
		head -c 2000 "$scratch/said"
		return 1
	}
}
says_not() {
	local words=$1
	shift
	"$@" >"$scratch/said" && [[ -s $scratch/said ]] && ! grep -qiF -- "$words" "$scratch/said"
}

holds "the configuration is right" haproxy -c -f etc/haproxy.cfg
holds "the server is there behind TLS" up
[[ $said == "" ]] || {
	finish
	exit
}
holds "HTTP/2 is spoken" says "HTTP/2 200" fetch -i --http2 "$url/small"
holds "HTTP/1.1 is spoken" says "HTTP/1.1 200" fetch -i --http1.1 "$url/small"
refuses "TLS 1.1 is not" curl fetch --tls-max 1.1 "$url/small"
holds "a form arrives over HTTP/2" says "form name=Søren" fetch --http2 --data-urlencode "name=Søren" "$url/form"
holds "a body in chunks arrives" says "body 5 hello" fetch --http1.1 -H "Transfer-Encoding: chunked" -H "Content-Type: text/plain" -d hello "$url/x"
lengthless() { printf hello | fetch --http2 -T - "$url/x"; }
holds "a body without a length arrives over HTTP/2" says "body 5 hello" lengthless
large() {
	fetch --http2 "$url/big?n=8000000" | wc -c
}
holds "a large answer arrives whole" says 8000000 large
packed() { fetch -i --http2 -H "Accept-Encoding: gzip" "$url/$1" | head -c 2000 | tr -d '\0'; }
unpacked() { fetch --http2 --compressed "$url/page" | grep -c '^<p>page</p>$'; }
holds "a page is packed" says "content-encoding: gzip" packed page
holds "... and is the same" says 1000 unpacked
holds "what is no page is left as it is" says_not "content-encoding" packed small
too_large() {
	head -c 300000 /dev/zero | fetch -i "$1" --data-binary @- "$url/x"
}
holds "a body that is too large is refused over HTTP/1.1" says "HTTP/1.1 413" too_large --http1.1
holds "a body that is too large is refused over HTTP/2" says "HTTP/2 413" too_large --http2
holds "who asks is told by the proxy" says "peer 127.0.0.1" fetch "$url/x"
forged() {
	fetch "$@" -H "X-Forwarded-For: 6.6.6.6" -H "X-Forwarded-Proto: http" -H "X-Forwarded-Host: evil.example" -H "Forwarded: for=6.6.6.6" \
		-H "X-Real-IP: 6.6.6.6" "$url/x"
}
for version in --http1.1 --http2; do
	holds "what the client says of itself is not believed ($version)" says "secure 1" forged "$version"
	holds "nor its address ($version)" says "peer 127.0.0.1" forged "$version"
	holds "nor does it come through ($version)" says_not 6.6.6.6 forged "$version"
	holds "nor its host ($version)" says_not evil forged "$version"
done
holds "browsers are told to stay with TLS" says "strict-transport-security: max-age=31536000" fetch -i --http2 "$url/small"
holds "plain HTTP is sent to TLS" says "location: https://x.example/a?b" curl -si --unix-socket "$scratch/plain" "http://x.example/a?b"
holds "TRACE is refused" says "HTTP/1.1 405" fetch -i --http1.1 -X TRACE "$url/x"

# ---- Smuggling: each case over TLS, as it is. ----
mkdir "$scratch/cases"
"$serve" --smuggle "$scratch/cases"
smuggled() {
	local case=$1 answered served taken refused
	timeout 20 openssl s_client -quiet -connect "127.0.0.1:$tls" <"$case" >"$scratch/answers" 2>/dev/null
	read -r _ served _ taken < <(fetch "$url/hits")
	answered=$(grep -ac '^HTTP/1.1 200' "$scratch/answers")
	refused=$(grep -acE '^HTTP/1.[01] (400|405|414|422|431|501|505)' "$scratch/answers")
	printf '%s answers, %s refusals; served %s, %s behind it\n' "$answered" "$refused" "$served" "$taken"
	# Nobody's answer is left over and none is made up; what stands behind is a request only after one that had its answer.
	[[ $answered == "$served" && $((answered + refused)) -ge $((taken + 1)) ]] || return 1
	[[ $answered == 0 ]] || printf '%s\n' "${case##*/}" >>"$scratch/made-one"
}
: >"$scratch/made-one"
fetch "$url/hits" >/dev/null # each asking begins the count anew
for case in "$scratch"/cases/*; do
	holds "${case##*/}: nothing is smuggled" smuggled "$case"
done
# The proxy writes these anew in the one form there is, so that our server never sees the doubtful one. Others would be news.
sed 's/^/# served, made unambiguous by the proxy: /' "$scratch/made-one"
finish
