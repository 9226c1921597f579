// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// IBM Plex Sans: as style sheets that need no other file, each face a data: address (for a page that is one file), and as files
// of their own (for the pages of the service).
import {readFileSync} from 'node:fs';

const from = new URL('.', import.meta.resolve('@fontsource/ibm-plex-sans/package.json'));
const ranges = JSON.parse(readFileSync(new URL('unicode.json', from), 'utf8'));
const weights = [400, 600];

// Arial, and what has its widths, made as wide and as high as Plex: a page that Plex comes too late for is shown in it,
// and stays so ("optional": the next page has Plex), since even so some lines would break elsewhere. Widths are of
// running text, Danish, Swedish and English, and of the Cyrillic letters of Ukrainian; heights are what the font file says, in parts of the em.
const ascent = 1.025, descent = 0.275;
const regular = {weight: 400, names: ['Arial', 'Liberation Sans', 'ArialMT']};
const bold = {weight: 600, names: ['Arial Bold', 'Liberation Sans Bold', 'Arial-BoldMT']};
const substitutes = [
	{...regular, width: 0.999}, {...bold, width: 0.965},
	{...regular, width: 1.027, range: ranges.cyrillic}, {...bold, width: 0.982, range: ranges.cyrillic},
];

const percent = (part) => `${+(part * 100).toFixed(1)}%`;

function face(subset, weight) {
	const file = readFileSync(new URL(`files/ibm-plex-sans-${subset}-${weight}-normal.woff2`, from));
	return `@font-face{font-family:"IBM Plex Sans";font-weight:${weight};font-display:optional;` +
		`src:url(data:font/woff2;base64,${file.toString('base64')})format("woff2");unicode-range:${ranges[subset]}}\n`;
}

const substitute = ({weight, width, names, range}) =>
	`@font-face{font-family:"Plex Substitute";font-weight:${weight};src:${names.map((name) => `local("${name}")`)};` +
	`size-adjust:${percent(width)};ascent-override:${percent(ascent / width)};` +
	`descent-override:${percent(descent / width)};line-gap-override:0%${range ? `;unicode-range:${range}` : ''}}\n`;

// faces(ASSET): the files, made by ASSET(name, bytes), and the rules that name them. Latin letters are those dkfds has split off:
// fewer, and lighter, and all of Danish, Swedish and English.
const latin1 = 'U+0-FF,U+131,U+152-153,U+2C6,U+2DA,U+2DC,U+2013-2014,U+2018-201A,U+201C-201E,U+2020-2022,U+2026,U+2030,U+2039-203A,' +
	'U+20AC,U+2122,U+2212';
export function faces(asset) {
	const split = (style) => new URL(`node_modules/dkfds/dist/fonts/IBMPlexSans/split/woff2/IBMPlexSans-${style}-Latin1.woff2`, import.meta.url);
	const wanted = [
		['plex-400-latin', 400, latin1, split('Regular')],
		['plex-600-latin', 600, latin1, split('SemiBold')],
		...weights.map((weight) => [`plex-${weight}-cyrillic`, weight, ranges.cyrillic, new URL(`files/ibm-plex-sans-cyrillic-${weight}-normal.woff2`, from)]),
	];
	const files = wanted.map(([name, , , file]) => asset(`${name}.woff2`, readFileSync(file)));
	const rules = wanted.map(([, weight, range], i) => `@font-face{font-family:"IBM Plex Sans";font-weight:${weight};font-display:optional;` +
		`src:url(${files[i].path}) format("woff2");unicode-range:${range}}`);
	return {files, css: rules.concat(substitutes.map(substitute)).join('')};
}

export const latin = () => weights.map((weight) => face('latin', weight)).concat(substitutes.map(substitute)).join('');
export const cyrillic = () => weights.map((weight) => face('cyrillic', weight)).join('');
export const licence = () => readFileSync(new URL('LICENSE', from), 'utf8');
