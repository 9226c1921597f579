#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# pages.sh HTML: what the maker of pages refuses, and what it says then. Speaks TAP.
set -u
html=$(realpath "$1")
. test/frame/tap.sh
# shellcheck disable=SC2154 # scratch is tap.sh's
cd "$scratch" || exit 2
echo 'half a <b tag' >open.txt

# page SHAPE BODY: write page.html; make: turn it into C
page() { printf '{{!shape\n%b\n}}\n%b\n' "$1" "$2" >page.html; }
make() { "$html" page.html page.h page.c .; }

# refused NAME SHAPE BODY WORDS
refused() {
	page "$2" "$3"
	refuses "$1" "$4" make
}
# taken NAME SHAPE BODY
taken() {
	page "$2" "$3"
	holds "$1" make
}

shape='text name\nlist rows\ntext one\nend'
all='{{name}}{{#rows}}{{one}}{{/rows}}'
taken "a page that uses all of its shape is taken" "$shape" "$all"
refused "a name that the shape has not is refused, with its line" "$shape" "$all\n{{nmae}}" "page.html:8: the shape has no nmae here"
refused "a name of an inner list is refused outside" "$shape" "$all{{one}}" "the shape has no one here"
refused "a field that the page does not use is refused" "$shape" '{{#rows}}{{one}}{{/rows}}' "the page does not use name"
refused "a section without an end is refused, with its line" "$shape" "$all{{#rows}}" "{{#rows}} of line 7 has no end"
refused "an end without its section is refused" "$shape" "$all{{/rows}}" "{{/rows}} ends nothing"
refused "sections that cross are refused" "$shape" '{{#name}}{{#rows}}{{one}}{{/name}}{{/rows}}' "{{/name}} ends what is called rows"
refused "a tag without an end is refused" "$shape" "$all{{name" "a tag has no end"
refused "printing without escaping is refused" "$shape" "$all{{{name}}}" "nothing is printed without escaping"
refused "... by an ampersand too" "$shape" "$all{{&name}}" "nothing is printed without escaping"
refused "a value in a script is refused" "$shape" "$all<script>{{name}}</script>" "not in a script or style"
refused "a value in a style is refused" "$shape" "$all<style>{{name}}</style>" "not in a script or style"
refused "a value in a comment is refused" "$shape" "$all<!-- {{name}} -->" "not in a comment"
refused "a value as a tag is refused" "$shape" "$all<{{name}}>" "not in a tag"
refused "a value as an attribute is refused" "$shape" "$all<p {{name}}>" "not in a tag"
refused "a value in an unquoted attribute is refused" "$shape" "$all<p id={{name}}>" "not in a tag"
refused "an unquoted attribute is refused" "$shape" "$all<p id=x>" "does not stand in double quotes"
refused "an attribute in single quotes is refused" "$shape" "$all<p id='a'>" "does not stand in double quotes"
refused "a value in an event attribute is refused" "$shape" "$all<p onclick=\"{{name}}\">" "event attribute onclick"
refused "a value in a style attribute is refused" "$shape" "$all<p style=\"{{name}}\">" "may not stand in the attribute style"
refused "a value that begins a link is refused" "$shape" "$all<a href=\"{{name}}\">" "may not begin the link in href"
refused "... also behind an empty section" "$shape" "$all<a href=\"{{#name}}{{/name}}{{name}}\">" "may not begin the link"
refused "... and in capitals" "$shape" "$all<A HREF=\"{{name}}\">" "may not begin the link"
refused "... and behind a scheme that runs scripts" "$shape" "$all<a href=\"javascript:{{name}}\">" "may not begin the link"
refused "... and where it could name another site" "$shape" "$all<a href=\"/{{name}}\">" "may not begin the link"
taken "a value behind the beginning of a link is taken" "$shape" "$all<a href=\"/x/{{name}}\"></a>"
taken "a section within a tag is taken" "$shape" "$all<p {{#name}}hidden {{/name}}id=\"x\"></p>"
refused "a section that ends elsewhere in the markup is refused" "$shape" "$all{{#name}}<p id=\"{{/name}}\">" "ends elsewhere in the markup"
refused "a page that ends inside a tag is refused" "$shape" "$all<p" "ends inside a tag"
refused "a file that ends elsewhere in the markup is refused" "$shape" "$all{{>open.txt}}" "open.txt ends elsewhere"
refused "a file that is not there is refused" "$shape" "$all{{>gone.txt}}" "there is no gone.txt"
shape='text name\nlink next\nsite other\nany body\nlist rows\ntext one\nend'
all='{{name}}{{#rows}}{{one}}{{/rows}}{{>body}}<a href="{{next}}"></a><a href="{{other}}"></a>'
taken "a link may begin a link, and any page may stand in a page" "$shape" "$all{{?rows}}<ul></ul>{{/rows}}<form action=\"{{next}}\" data-hx-get=\"{{next}}\"></form>"
refused "a text behind a link is refused" "$shape" "$all<a href=\"{{next}}{{name}}\">" "name may not follow a link in href"
refused "anything behind a link is refused" "$shape" "$all<a href=\"{{next}}/x\">" "nothing may follow a link in href"
refused "a link behind a scheme is refused" "$shape" "$all<a href=\"javascript:{{next}}\">" "may not begin the link"
refused "a link behind a section that is another is refused" "$shape" "$all<a href=\"{{#name}}{{next}}{{/name}}{{next}}\">" "may not begin the link"
refused "a site where it would be asked for is refused" "$shape" "$all<form action=\"{{other}}\">" "the site other may stand only in href"
refused "a text that htmx would ask for is refused" "$shape" "$all<p data-hx-get=\"{{name}}\">" "may not begin the link in data-hx-get"
refused "... also by its short name" "$shape" "$all<p hx-post=\"{{name}}\">" "may not begin the link in hx-post"
refused "a value in what htmx runs is refused" "$shape" "$all<p data-hx-on:click=\"{{name}}\">" "may not stand in the attribute data-hx-on:click"
refused "... and in what it computes" "$shape" "$all<p data-hx-vals=\"{{name}}\">" "may not stand in the attribute data-hx-vals"
refused "a value that sends the reader on is refused" "$shape" "$all<meta http-equiv=\"{{name}}\">" "attribute http-equiv"
refused "any page as a value is refused" "$shape" "$all{{body}}" "body is no value: use it as a section or {{>...}}"
refused "any page within a tag is refused" "$shape" "$all<p {{>body}}>" "a page may stand only in text"
refused "a name of a list is refused where the list is only asked for" "$shape" "$all{{?rows}}{{one}}{{/rows}}" "the shape has no one here"
refused "a list as a value is refused" "$shape" "$all{{rows}}" "rows is no value"
refused "a text as a page is refused" "$shape" "$all{{>name}}" "name is no page"
refused "a field named twice is refused" "text a\ntext a" "{{a}}" "the shape has a twice"
refused "a line of the shape that says nothing is refused" "texts a" "" "is no line of a shape"
refused "a list of the shape without an end is refused" "list a\ntext b" "" "the list a has no end"
refused "a name with a capital is refused" "text Name" "{{Name}}" "is no name"
printf 'no shape\n' >page.html
refuses "a page without a shape is refused" "a page begins with its shape" make
finish
