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
import {serve} from './serve.mjs';

const [web] = process.argv.slice(2);
const good = readFileSync(new URL('sample.html', import.meta.url), 'utf8')
	.replace(/\{\{> ([\w.-]+)\}\}\n?/g, (_, name) => readFileSync(join(web, name), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'landgang-browser-'));
const browser = await launch();
let count = 0, failed = 0;

function tell(name, faults) {
	if (faults.length > 0) failed++;
	console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${++count} - ${name}`);
	for (const fault of faults.slice(0, 20)) console.log(`# ${fault}`);
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
	['a link that holds up the page', (page) => page.replace('</head>', '<link rel="icon" href="#map" blocking="render"></head>'), '“blocking” attribute must'],
	['a warning', (page) => page.replace('</head>', '<script type="text/javascript"></script></head>'), 'unnecessary'],
];
const limits = {language: 'da', elements: 1500, bytes: 200000};

const file = write('sample.html', good);
for (const {name, faults} of await check(browser, file, limits)) tell(name, faults);

// A slow machine shows the first page in other letters ("optional"); here it waits for those of the page.
const lettered = write('letters.html', good.replaceAll('font-display:optional', 'font-display:block'));
tell('the letters are those the page brings', await open(browser, lettered, {width: 1280}, (page) => page.evaluate(() => {
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

// Pages of a server: one as it should be, and faults that only show there.
const servedGood = `<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Side</title>
<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/style.css"></head>
<body><a class="skip" href="#main">Til indholdet</a><main id="main"><h1>Den er god og ikke for lang</h1><form action="/x">
<label for="a">Navn</label> <input id="a" name="a"> <label><input type="radio" name="r" value="1"> ja</label> <label><input type="radio" name="r" value="2"> nej</label>
<button type="submit">Gem</button></form><p>Se <a href="/y">mere om det</a>.</p></main></body></html>`;
write('style.css', `body { font: 1rem/1.5 sans-serif; } .skip:not(:focus) { position: absolute; left: -99rem; } :focus-visible { outline: 3px solid; }
	input:not([type]), button { min-height: 44px; min-width: 44px; max-width: 100%; box-sizing: border-box; font: inherit; } .quiet:focus-visible { outline: none; } .small { min-height: 0; height: 20px; padding: 0; }`);
write('icon.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>');
for (let i = 0; i < 12; i++) write(`more-${i}.css`, `.more-${i} { color: red; }`);
write('heavy.css', `.heavy::after { content: '${Array.from({length: 9000}, (_, i) => (i * 2654435761 % 4294967296).toString(36)).join('')}'; }`);
const link = (name) => (page) => page.replace('</head>', () => `<link rel="stylesheet" href="/${name}"></head>`);
const servedPlants = [
	['a link that is hidden from the keyboard', (page) => page.replace('href="/y"', 'href="/y" tabindex="-1"').replace('</form>', '<button type="button" id="b">B</button></form>' +
		'<script src="/trap.js"></script>'), 'the Tab key leads everywhere', 'is not reached'],
	['an order of its own', (page) => page.replace('<input id="a"', '<input id="a" tabindex="2"'), 'the Tab key leads everywhere', 'has an order of its own'],
	['no sign of where one is', (page) => page.replace('href="/y"', 'href="/y" class="quiet"'), 'the Tab key leads everywhere', 'does not show'],
	['no way past the menu', (page) => page.replace('class="skip"', 'class="other"'), 'the Tab key leads everywhere', 'no link that skips'],
	['a button too small for a thumb', (page) => page.replace('<button type="submit"', '<button class="small" type="submit"'), 'what one presses is large enough', 'px'],
	['an asset that is not there', link('gone.css'), 'it is sent under a strict policy', 'gone.css: 404'],
	['a style in the page', (page) => page.replace('<h1>', '<h1 style="color: #111">'), 'at 390 px the page complains of nothing', 'Content Security Policy'],
	['too many requests', (page) => Array.from({length: 12}, (_, i) => link(`more-${i}.css`)).reduce((all, plant) => plant(all), page), 'it is not too large', 'requests, at most 12'],
	['too much in a first view', (page) => link('heavy.css')(page), 'it is not too large', 'bytes sent in a first view, at most 20000'],
	['too much in a later view', (page) => page.replace('</main>', () => `<p>${Array.from({length: 4000}, (_, i) => (i * 2654435761 % 4294967296).toString(36)).join(' ')}</p></main>`), 'it is not too large', 'bytes sent in a later view'],
];
write('trap.js', "document.getElementById('b').addEventListener('focus', () => document.getElementById('a').focus());");
const wantedServed = {language: 'da', sent: 20000, later: 10000};
const lax = {status: 200, type: 'text/html; charset=utf-8', body: servedGood, headers: {'content-security-policy': "default-src 'self'"}};
const {base, close} = await serve(folder, (path) => (path === '/lax' ? lax : path === '/late' ? {...lax, status: 503, headers: {}} : undefined));
write('served.html', servedGood);
for (const result of await check(browser, `${base}/served.html`, wantedServed)) tell(`served ${result.name}`, result.faults);
async function refusedServed(fault, page, wanted, words) {
	const faults = (await check(browser, base + page, {...wantedServed, only: wanted})).flatMap((result) => result.faults);
	tell(`refused: ${fault}`, faults.some((said) => said.includes(words)) ? [] : [`"${wanted}" said: ${faults.join('; ')}`]);
}
for (const [i, [fault, plant, wanted, words]] of servedPlants.entries()) {
	write(`served-${i}.html`, plant(servedGood));
	await refusedServed(fault, `/served-${i}.html`, wanted, words);
}
await refusedServed('a lax policy', '/lax', 'it is sent under a strict policy', "the policy lacks default-src 'none'");
await refusedServed('another status', '/late', 'it is sent under a strict policy', 'status 503');
await close();
await browser.close();

const files = [file, ...broken.map(([, plant], i) => write(`broken-${i}.html`, plant(good)))];
const [whole, ...others] = vnu(files);
tell(whole.name, whole.faults);
others.forEach(({faults}, i) => tell(`refused: ${broken[i][0]}`,
	faults.some((said) => said.includes(broken[i][2])) ? [] : [`vnu said: ${faults.join('; ')}`]));
rmSync(folder, {recursive: true});
console.log(`1..${count}`);
process.exit(failed > 0 ? 1 : 0);
