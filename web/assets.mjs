// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// What pages ask for besides themselves: style sheet, scripts, letters, icons. Each is named by its content, so that a browser may
// keep it for ever, and packed beforehand, so that the server never packs.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {brotliCompressSync, constants, gzipSync} from 'node:zlib';
import {fileURLToPath} from 'node:url';
import {transform} from 'lightningcss';
import * as sass from 'sass';
import {faces} from './fonts.mjs';
import {icons, mark} from './icons.mjs';

const here = (name) => new URL(name, import.meta.url);
const types = {
	css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml', woff2: 'font/woff2',
};
const type = (name) => types[name.slice(name.lastIndexOf('.') + 1)];

function asset(name, content) {
	const bytes = Buffer.from(content);
	const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
	const dot = name.lastIndexOf('.');
	const packed = !name.endsWith('.woff2'); // woff2 is packed in itself
	return {
		name, bytes, type: type(name), etag: `"${hash}"`, path: `/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`,
		br: packed ? brotliCompressSync(bytes, {params: {[constants.BROTLI_PARAM_SIZE_HINT]: bytes.length}}) : Buffer.alloc(0),
		gz: packed ? gzipSync(bytes, {level: 9}) : Buffer.alloc(0),
	};
}

// dkfds draws ticks and arrows by pictures, each a request; our layer draws them itself
const withoutPictures = (css) => css.replace(/background-image:url\([^)]*\);?/g, '');

function styleSheet(fonts) {
	const {css} = sass.compile(fileURLToPath(here('landgang.scss')), {
		style: 'compressed', charset: false, loadPaths: [fileURLToPath(here('node_modules')), fileURLToPath(here('.'))], quietDeps: true,
	});
	const whole = fonts + withoutPictures(css.replace(/^\uFEFF/, ''));
	return transform({filename: 'landgang.css', code: Buffer.from(whole), minify: true, targets: {chrome: 105 << 16, firefox: 110 << 16, safari: 16 << 16}}).code;
}

// Comments and indents of a script are for its readers here.
const plain = (script) => script.replace(/^\s*\/\/.*\n/gm, '').replace(/^\s+/gm, '');

export function assets() {
	const {files, css} = faces((name, bytes) => asset(name, bytes));
	const script = readFileSync(here('landgang.js'), 'utf8');
	return [
		asset('landgang.css', styleSheet(css)),
		asset('landgang.js', plain(script)),
		asset('htmx.js', readFileSync(here('node_modules/htmx.org/dist/htmx.min.js'), 'utf8').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n')),
		asset('icons.svg', icons()),
		asset('icon.svg', mark),
		...files,
	];
}

const numbers = (bytes) => Array.from(bytes).join(',').replace(/(.{1,118},)/g, '$1\n');

// The table as C; src/view/assets.h says what it is.
export function table(all) {
	const array = (name, bytes) => (bytes.length > 0 ? `static const unsigned char ${name}[] = {\n${numbers(bytes)}\n};\n` : '');
	const part = (name, bytes) => (bytes.length > 0 ? `{${name}, ${bytes.length}}` : '{0, 0}');
	return '/* Written by web/build.mjs. */\n#include "view/assets.h"\n\n' +
		all.map(({bytes, br, gz}, i) => array(`raw${i}`, bytes) + array(`br${i}`, br) + array(`gz${i}`, gz)).join('') +
		'\nconst struct asset lg_assets[] = {\n' + all.map((one, i) =>
		`\t{"${one.name}", "${one.path}", "${one.type}", "\\"${one.etag.slice(1, -1)}\\"", ` +
		`${part(`raw${i}`, one.bytes)}, ${part(`br${i}`, one.br)}, ${part(`gz${i}`, one.gz)}},\n`).join('') +
		`};\nconst size_t lg_n_assets = ${all.length};\n`;
}
