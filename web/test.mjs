// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node test.mjs FOLDER: is what build.mjs wrote as its readers (C, browsers) take it? Speaks TAP.
// The paths and the table are read as they stand in the files, and C's arithmetic is done here in whole numbers.
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {brotliDecompressSync, gunzipSync} from 'node:zlib';
import {assets} from './assets.mjs';
import {known, used} from './icons.mjs';
import {offLand} from './land.mjs';
import {municipalities} from './municipalities.mjs';

const [folder] = process.argv.slice(2);
const read = (name) => readFileSync(join(folder, name), 'utf8');
let count = 0, failed = 0;

function holds(name, faults) {
	const good = faults.length === 0;
	if (!good) failed++;
	for (const fault of faults.slice(0, 20)) console.log(`# ${fault}`);
	console.log(`${good ? 'ok' : 'not ok'} ${++count} - ${name}`);
}

const fields = ['width', 'height', 'west', 'north', 'xScale', 'yScale', 'insetWest', 'insetSouth', 'insetEast', 'insetNorth',
	'dx', 'dy'];
const lands = Array.from(read('land.def').matchAll(/^LAND\((\w+), (.*)\)$/gm), ([, name, numbers]) => {
	const values = numbers.split(', ').map((number) => BigInt(number));
	return {name, ...Object.fromEntries(fields.map((field, i) => [field, values[i]]))};
});

function place(land, {longitude, latitude}) {
	const [east, up] = [BigInt(longitude), BigInt(latitude)];
	const inInset = land.insetWest <= east && east <= land.insetEast && land.insetSouth <= up && up <= land.insetNorth;
	const x = ((east - land.west) * land.xScale + 500000000n) / 1000000000n + (inInset ? land.dx : 0n);
	const y = ((land.north - up) * land.yScale + 500000000n) / 1000000000n + (inInset ? land.dy : 0n);
	return [Number(x), Number(y)];
}

// m12 34 5-6 7 8z...: rings of corners
function rings(data) {
	let begin = [0, 0];
	return Array.from(data.matchAll(/m([^mz]*)z/g), ([, steps]) => {
		const numbers = steps.match(/-?\d+/g).map(Number);
		let [x, y] = begin;
		const ring = [];
		for (let i = 0; i < numbers.length; i += 2) ring.push([(x += numbers[i]), (y += numbers[i + 1])]);
		begin = ring[0];
		return ring;
	});
}

const all = municipalities();
const countries = {dk: ['DK'], se: ['SE'], both: ['DK', 'SE']};
const everywhere = ['DK', 'SE'].map((country) => all.filter((one) => one.country === country).length);
holds('the table of municipalities is read whole', everywhere[0] === 99 && everywhere[1] === 290 ? [] : [`${everywhere}`]);
holds('there are three maps', lands.map(({name}) => name).join() === 'dk,se,both' ? [] : lands.map(({name}) => name));

for (const land of lands) {
	const html = read(`land-${land.name}.html`);
	const data = html.match(/ d="([^"]*)"/)[1];
	const shapes = rings(data);
	const corners = shapes.flat();
	const [width, height] = [Number(land.width), Number(land.height)];
	const towns = all.filter(({country}) => countries[land.name].includes(country));

	holds(`${land.name}: each municipality's centre lies on land, or within four units of it`, towns
		.map((town) => [town.name, offLand(shapes, place(land, town))])
		.filter(([, off]) => !(off <= 4)).map(([name, off]) => `${name}: ${off} units off`));
	holds(`${land.name}: land and centres lie within the picture`, corners.concat(towns.map((town) => place(land, town)))
		.filter(([x, y]) => !(x >= 0 && x <= width && y >= 0 && y <= height)).map((corner) => `${corner}`));
	holds(`${land.name}: the path is whole numbers, and closed`, /^(m-?\d+([ -]\d+)+z)+$/.test(data) ? [] : [data.slice(0, 80)]);
	holds(`${land.name}: at most 10,000 bytes`, html.length <= 10000 ? [] : [`${html.length} bytes`]);
	holds(`${land.name}: at least 12 shores and 900 corners`,
		shapes.length >= 12 && corners.length >= 900 ? [] : [`${shapes.length} shores, ${corners.length} corners`]);
}

const dk = lands.find(({name}) => name === 'dk');
const shapes = rings(read('land-dk.html').match(/ d="([^"]*)"/)[1]);
const waters = {Kattegat: [11.4, 56.4], 'the Great Belt': [10.95, 55.45], 'Øresund': [12.72, 55.8], 'the North Sea': [8.05, 56]};
holds('open water is not land', Object.entries(waters)
	.filter(([, [x, y]]) => offLand(shapes, place(dk, {longitude: Math.round(x * 1e6), latitude: Math.round(y * 1e6)})) <= 4)
	.map(([name]) => `${name} counts as land`));
const inland = {Viborg: [9.4, 56.45], Ringsted: [11.79, 55.44], Odense: [10.39, 55.4], Rønne: [14.8, 55.1]};
holds('what is far from any shore is land', Object.entries(inland)
	.filter(([, [x, y]]) => offLand(shapes, place(dk, {longitude: Math.round(x * 1e6), latitude: Math.round(y * 1e6)})) !== 0)
	.map(([name]) => `${name} counts as water`));
const frame = read('land-dk.html').match(/<rect class="inset" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"\/>/).slice(1).map(Number);
const inFrame = ([x, y]) => x >= frame[0] && x <= frame[0] + frame[2] && y >= frame[1] && y <= frame[1] + frame[3];
holds('Bornholm and Christiansø stand in the inset, and nobody else', all.filter(({country}) => country === 'DK')
	.filter((town) => inFrame(place(dk, town)) !== ['0400', '0411'].includes(town.code)).map(({name}) => name));
holds('no shore crosses the inset\'s frame', shapes
	.filter((ring) => ring.some(inFrame) && !ring.every(inFrame)).map((ring) => `${ring[0]}`));

for (const [name, letter] of [['font-latin.css', 'å'], ['font-cyrillic.css', 'ґ']]) {
	const css = read(name);
	const faces = css.match(/@font-face\{font-family:"IBM Plex Sans"[^}]*\}/g) ?? [];
	const code = letter.codePointAt(0);
	holds(`${name}: two weights, each with its font inside, for the letters meant`, faces.length === 2 && faces.every((face) => {
		const font = Buffer.from(face.match(/base64,([^)]*)\)/)[1], 'base64');
		const ranges = face.match(/unicode-range:([^}]*)/)[1].split(',').map((range) =>
			range.slice(2).split('-').map((end) => parseInt(end, 16)));
		return font.toString('latin1', 0, 4) === 'wOF2' && font.readUInt32BE(8) === font.length &&
			ranges.some(([from, to = from]) => from <= code && code <= to);
	}) ? [] : [css.slice(0, 200)]);
	holds(`${name}: asks for no other file`, (css.match(/url\((?!data:)[^)]*\)/g) ?? []));
	holds(`${name}: stands in a template as it is`, (css.match(/\{\{|\}\}|<\//g) ?? []));
}
const sizes = ['font-latin.css', 'font-cyrillic.css'].map((name) => read(name).length);
holds('the fonts take at most 56,000 and 30,000 bytes', sizes[0] <= 56000 && sizes[1] <= 30000 ? [] : [`${sizes}`]);
const files = assets();
const packed = (name) => files.find((one) => one.name === name).br.length;
const letters = (script) => files.filter(({name}) => name.endsWith(`${script}.woff2`)).reduce((sum, {bytes}) => sum + bytes.length, 0);
const atMost = (what, is, most) => (is <= most && is > 0 ? [] : [`${what}: ${is} bytes, at most ${most}`]);
holds('the style sheet takes at most 16 KB, packed', atMost('landgang.css', packed('landgang.css'), 16000));
holds('the scripts take at most 20 KB together, packed', atMost('scripts', packed('landgang.js') + packed('htmx.js'), 20000));
holds('letters take at most 35 KB, with the Cyrillic 70 KB', [
	...atMost('Latin', letters('latin'), 35000), ...atMost('both', letters('latin') + letters('cyrillic'), 70000)]);
holds('an asset is the same packed', files.filter(({bytes, br, gz}) =>
	br.length > 0 && !(brotliDecompressSync(br).equals(bytes) && gunzipSync(gz).equals(bytes))).map(({name}) => name));
holds('templates get the paths of what is compiled in', files.filter(({name, path}) => read(`url-${name}`) !== path).map(({name}) => name));
holds('the style sheet asks for letters only, and only here', Array.from(
	String(files.find(({name}) => name === 'landgang.css').bytes).matchAll(/url\(([^)]*)\)/g), ([, url]) => url)
	.filter((url) => !files.some(({path}) => `${path}` === url.replaceAll('"', '') && path.endsWith('.woff2'))));

// Icons are named in templates (#NAME) and in lines of C that say "icon" or are of a menu; each must be in the sprite, and none in vain.
const source = (folder) => readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
	const path = join(folder, entry.name);
	return entry.isDirectory() ? source(path) : /\.(c|h|def|html)$/.test(path) ? [[path, readFileSync(path, 'utf8')]] : [];
});
const named = new Map();
for (const [path, text] of source(fileURLToPath(new URL('../src/', import.meta.url)))) {
	for (const [, name] of text.matchAll(/svg\}\}[^"]*?#([a-z][a-z-]*)(?="><\/use>|\{\{\/)/g)) named.set(name, path);
	for (const [, first, second] of text.matchAll(/\.icon = [^;,"]*"([^"]*)"(?: : "([^"]*)")?/g))
		for (const name of [first, second].filter(Boolean)) named.set(name, path);
	for (const [, values] of text.matchAll(/struct html_\w+_(?:actions|account_links|navigation)\)\{([^}]*)\}/g))
		for (const [, name] of values.replace(/lg_say\("[^"]*"\)/g, '').matchAll(/(?<!\.\w+ = )"([a-z][a-z-]*)"/g)) named.set(name, path);
	for (const line of text.split('\n').filter((one) => /icon|tone|LG_TEXT.*(MAY_|, "[a-z-]+" \})/.test(one)))
		for (const [, name] of line.matchAll(/"([a-z][a-z-]*)"/g)) if (known().includes(name)) named.set(name, path);
}
holds('icons named in pages and in C are in the sprite', [...named].filter(([name]) => !used.includes(name))
	.map(([name, path]) => `${name} (${path}): add it to web/icons.mjs`));
holds('none stands in the sprite that is named nowhere', used.filter((name) => !named.has(name)));
const notice = read('NOTICE');
holds('the notice has the licences', ['SIL OPEN FONT LICENSE', 'IBM Corp', 'Natural Earth', 'Michael Bostock', 'Danish Agency for Digitisation', 'Apache License', 'Zero-Clause BSD']
	.filter((words) => !notice.includes(words)));
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
