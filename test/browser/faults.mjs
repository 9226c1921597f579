// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node faults.mjs WEB: do the checks of a page find what they are there to find? A page as it should be passes all of them;
// then each fault is planted in it alone, and the check it is meant for must refuse it. WEB: the folder of web's partials.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {launch, open} from './browser.mjs';
import {check, vnu} from './checks.mjs';

const [web] = process.argv.slice(2);
const good = readFileSync(new URL('sample.html', import.meta.url), 'utf8')
	.replace(/\{\{> ([\w.-]+)\}\}\n?/g, (_, name) => readFileSync(join(web, name), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'landgang-browser-'));
const browser = await launch();
let count = 0, failed = 0;

function tell(name, faults) {
	if (faults.length > 0) failed++;
	for (const fault of faults.slice(0, 20)) console.log(`# ${fault}`);
	console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${++count} - ${name}`);
}

function write(name, html) {
	const file = join(folder, name);
	writeFileSync(file, html);
	return file;
}

const afterLead = (html) => (page) => page.replace('</p>\n<ul', () => `</p>\n${html}\n<ul`);
const style = (rule) => (page) => page.replace('</style>', () => `${rule}\n</style>`);
const script = (code) => (page) => page.replace('</body>', () => `<script>${code}</script>\n</body>`);
const picture = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

// [the fault, how it is planted, the check that must refuse it, what it must say]
const plants = [
	['pale letters', style('#lead { color: #aaa; }'), 'axe finds no violation', 'color-contrast'],
	['a picture without words for it', afterLead(`<img src="${picture}">`), 'axe finds no violation', 'image-alt'],
	['a heading left out', (page) => page.replaceAll(/<(\/?)h2>/g, '<$1h4>'), 'axe finds no violation', 'heading-order'],
	['a field nobody named', afterLead('<input>'), 'axe finds no violation', 'label'],
	['text upon text', style('.cards { margin-top: -3rem; }'), 'at 390 px no text lies upon another', 'Alle personer'],
	['text upon text on wide screens alone', style('@media (min-width: 50rem) { .cards { margin-top: -3rem; } }'),
		'at 1280 px no text lies upon another', 'foreslået'],
	['text cut at the edge of its box', style('#lead { white-space: nowrap; overflow: hidden; }'), 'at 390 px no text is cut', 'Alle'],
	['a number broken over lines', afterLead('<p style="width: 2ch; overflow-wrap: anywhere">16345</p>'), 'at 390 px no number is broken',
		'"16345" stands on'],
	['a box wider than a phone', afterLead('<div class="wide" style="width: 600px">og</div>'), 'at 390 px nobody scrolls sideways',
		'div.wide reaches'],
	['a box wider than the narrowest phone', afterLead('<div class="wide" style="width: 350px">og</div>'),
		'at 320 px nobody scrolls sideways', 'div.wide reaches'],
	['a wide box that the body hides', (page) => style('body { overflow-x: hidden; }')(
		afterLead('<div class="wide" style="width: 1600px">og</div>')(page)), 'at 1280 px nobody scrolls sideways', 'div.wide reaches'],
	['letters that stay small', style('#lead { font-size: 16px; }'), 'with letters twice as large all can be read', 'stays at 16 px'],
	['a word too long for large letters', afterLead('<p>Arbejdsmarkedsuddannelsesvejledningsansvarlig</p>'),
		'with letters twice as large all can be read', 'svejledningsansvarlig" reaches'],
	['another language than it says', (page) => page.replace('lang="da"', 'lang="sv"'), 'its language is said', 'lang="sv"'],
	['no language', (page) => page.replace('<html lang="da">', '<html>'), 'its language is said', 'lang=""'],
	['text in another language than said', (page) => page.replace(/<p id="lead">[^<]*/,
		() => `<p id="lead">${'The sum of all is not what it is to be, and of no use to anyone. '.repeat(3)}`),
	'its language is said', 'looks like en'],
	['a picture from elsewhere', afterLead('<img src="elsewhere.png" alt="">'), 'no request leaves the file', 'elsewhere.png'],
	['a style sheet from another host', (page) => page.replace('<style>', '<link rel="stylesheet" href="http://127.0.0.1:9/a.css"><style>'),
		'no request leaves the file', '127.0.0.1'],
	['a script that breaks', script('missing();'), 'the page complains of nothing', 'missing is not defined'],
	['text that only a script writes', script('document.getElementById("lead").textContent += " Og mere.";'),
		'without script it says the same', 'characters'],
	['something that comes late and pushes the rest', script(`setTimeout(() => {
		const late = document.createElement("div"); late.style.height = "200px"; document.querySelector("main").prepend(late);
	}, 50);`), 'nothing moves while it loads', 'layout shift'],
	['a table that paper cuts off', (page) => style('@media print { .scroll { overflow: auto; width: 5rem; } }')(page),
		'on paper nothing is cut off', 'div.scroll'],
	['a box wider than paper', style('@media print { .cards { width: 900px; } }'), 'on paper nothing is cut off', 'ul.cards reaches'],
	['too many elements', afterLead(`<p>${'<b>og</b> '.repeat(1500)}</p>`), 'it is not too large', 'elements, at most 1500'],
	['too many bytes', (page) => page.replace('</body>', () => `<!--${'x'.repeat(200000)}--></body>`), 'it is not too large', 'bytes, at most 200000'],
];
const broken = [
	['a list in a paragraph', afterLead('<p><ul><li>og</li></ul></p>'), 'No “p” element in scope'],
	['an id twice', afterLead('<p id="map">og</p>'), 'Duplicate ID'],
	['a warning', (page) => page.replace('</head>', '<script type="text/javascript"></script></head>'), 'unnecessary'],
];
const limits = {language: 'da', elements: 1500, bytes: 200000};

const file = write('sample.html', good);
for (const {name, faults} of await check(browser, file, limits)) tell(name, faults);

tell('the letters are those the page brings', await open(browser, file, {width: 1280}, (page) => page.evaluate(() => {
	const loaded = [...document.fonts].filter(({family, status}) => family.includes('IBM Plex Sans') && status === 'loaded');
	const drawn = (text) => {
		const pen = document.createElement('canvas').getContext('2d');
		return ['"IBM Plex Sans", monospace', 'monospace'].map((family) => {
			pen.font = `20px ${family}`;
			return pen.measureText(text).width;
		});
	};
	const missing = [...'abcæøåäöéÆØÅÄÖ«»’…·•×−', ...'іїєґжщ№ʼ'].filter((letter) => {
		const [ours, other] = drawn(letter.repeat(7));
		return ours === other;
	});
	return [...(loaded.length >= 3 ? [] : [`${loaded.length} faces were loaded`]), ...missing.map((letter) => `${letter} is not of Plex`)];
})));
tell('the land is drawn', await open(browser, file, {width: 1280}, (page) => page.evaluate(() => {
	const box = document.querySelector('.land').getBBox();
	return box.width > 700 && box.height > 900 ? [] : [`${box.width} x ${box.height}`];
})));

async function refused([fault, plant, wanted, words], number) {
	const html = plant(good);
	if (html === good) return [fault, ['nothing was planted']];
	const results = await check(browser, write(`fault-${number}.html`, html), {...limits, only: wanted});
	const faults = results.flatMap((result) => result.faults);
	return [fault, faults.some((said) => said.includes(words)) ? [] : [`"${wanted}" said: ${faults.join('; ')}`]];
}
for (let i = 0; i < plants.length; i += 2) {
	const two = await Promise.all(plants.slice(i, i + 2).map((plant, k) => refused(plant, i + k)));
	for (const [fault, faults] of two) tell(`refused: ${fault}`, faults);
}
await browser.close();

const files = [file, ...broken.map(([, plant], i) => write(`broken-${i}.html`, plant(good)))];
const [whole, ...others] = vnu(files);
tell(whole.name, whole.faults);
others.forEach(({faults}, i) => tell(`refused: ${broken[i][0]}`,
	faults.some((said) => said.includes(broken[i][2])) ? [] : [`vnu said: ${faults.join('; ')}`]));
rmSync(folder, {recursive: true});
console.log(`1..${count}`);
process.exit(failed > 0 ? 1 : 0);
