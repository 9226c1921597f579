// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// The checks of a page: check(BROWSER, FILE, WANTED) gives [{name, faults}] for one file, in order; a check without faults has
// passed. vnu(FILES) gives the same for the HTML itself. A single check is given the opened page and gives the faults it finds.
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {basename, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {address, letters, open, resize} from './browser.mjs';
import {lines, unscrollable, wide} from './inside.mjs';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const paper = {width: 718, margin: '10mm'}; // A4 less its margins, in CSS pixels

// A script of ours in the page, whatever the page's policy is.
async function inject(page, source) {
	const devtools = await page.context().newCDPSession(page);
	const {exceptionDetails} = await devtools.send('Runtime.evaluate', {expression: `${source}\n;0`});
	if (exceptionDetails) throw new Error(exceptionDetails.text);
	await devtools.detach();
}

async function accessibility(page) {
	if (!await page.evaluate(() => 'axe' in window)) await inject(page, axe);
	const found = await page.evaluate((values) => window.axe.run(document, {runOnly: {type: 'tag', values}, resultTypes: ['violations']}), rules);
	return found.violations.map(({id, help, nodes}) => `${id}: ${help}: ${nodes.length} times, first ${nodes[0].target.join(' ')}`);
}

// Of a line's height only what letters fill is taken: with little leading, the empty rims of two lines may touch.
export function overlaps(texts) {
	const found = [];
	const boxes = texts.filter(({left, right, top, bottom}) => right - left > 1 && bottom - top > 1).map((text) => {
		const height = text.bottom - text.top;
		return {...text, top: text.top + 0.2 * height, bottom: text.bottom - 0.15 * height};
	}).sort((a, b) => a.top - b.top);
	boxes.forEach((a, i) => {
		for (let j = i + 1; j < boxes.length && boxes[j].top < a.bottom - 1; j++) {
			const b = boxes[j];
			if (a.at === b.at || Math.min(a.right, b.right) - Math.max(a.left, b.left) <= 1) continue;
			found.push(`"${a.text}" and "${b.text}" lie upon each other`);
		}
	});
	return found;
}

const cut = (texts) => texts.filter((text) => text.cut > 2).map(({text, cut: by}) => `"${text}" is cut by ${Math.round(by)} px`);

// A number stands on one line: 163 as 16 and 3 is another number to a reader.
function broken(texts) {
	const rows = new Map();
	for (const {at, text, top} of texts) rows.set(at, {text, tops: [...(rows.get(at)?.tops ?? []), Math.round(top)]});
	return [...rows.values()].filter(({text, tops}) => /^\S*\d\S*$/.test(text) && new Set(tops).size > 1)
		.map(({text, tops}) => `"${text}" stands on ${new Set(tops).size} lines`);
}

async function scrolls(page) {
	const {innerWidth, scrollWidth} = await page.evaluate(() => ({
		innerWidth: document.documentElement.clientWidth, scrollWidth: document.documentElement.scrollWidth,
	}));
	const texts = await page.evaluate(lines);
	const sticking = await page.evaluate(wide, innerWidth);
	for (const {text, right} of texts) if (right > innerWidth + 1) sticking.push(`"${text}" reaches ${Math.round(right)} px`);
	return scrollWidth > innerWidth ? [`${scrollWidth} px wide`, ...sticking] : sticking;
}

const common = {
	da: ['og', 'er', 'ikke', 'af', 'til'], sv: ['och', 'är', 'inte', 'av', 'till'], en: ['and', 'is', 'not', 'of', 'to'],
	uk: ['і', 'та', 'не', 'з', 'до'],
};

// The language said must be one of ours, and the one whose small words the text has most of: the page's own text, not what people
// have written into records (cells, facts, tasks, what happened) in whatever language they speak.
async function language(page) {
	const wanted = page.wanted.language;
	const {said, text} = await page.evaluate((data) => {
		const own = document.body.cloneNode(true);
		for (const part of own.querySelectorAll('script, style, template')) part.remove();
		if (own.querySelector('.top')) for (const part of own.querySelectorAll(data)) part.remove();
		return {said: document.documentElement.lang, text: own.innerText};
	}, 'td, tbody th, dd, .tasks h3, .tasks p, .links, .events p, option, [lang]');
	const words = text.toLowerCase().split(/[^\p{L}]+/u);
	const count = Object.fromEntries(Object.entries(common).map(([name, small]) =>
		[name, words.filter((word) => small.includes(word)).length]));
	const most = Object.keys(count).reduce((a, b) => (count[b] > count[a] ? b : a));
	const faults = said === wanted ? [] : [`lang="${said}"`];
	return most === wanted ? faults : [...faults, `the text looks like ${most}: ${JSON.stringify(count)}`];
}

// The letters are made 32 px instead of 16. Headings may grow a little less: they are large already.
async function grown(page) {
	const usual = new Map((await page.evaluate(lines)).map(({at, size}) => [at, size]));
	await letters(page, 32);
	const now = await page.evaluate(lines);
	const small = now.filter(({svg, size, at}) => !svg && size < usual.get(at) * 1.75)
		.map(({text, size}) => `"${text}" stays at ${size} px`);
	return [...await scrolls(page), ...overlaps(now), ...cut(now), ...small];
}

// What it says, less what is said to be extra (data-extra), which only a script can use, so that it is hidden without.
const text = (page) => page.evaluate(() => {
	const extras = [...document.querySelectorAll('[data-extra]')];
	const places = extras.map((extra) => {
		const place = document.createComment('');
		extra.replaceWith(place);
		return place;
	});
	const said = document.body.innerText;
	places.reverse().forEach((place, i) => place.replaceWith(extras.at(-1 - i)));
	return said;
});

// page is one opened without script.
async function same(page) {
	const without = await text(page), full = page.wanted.text ?? await page.again({script: true}, text);
	return without === full ? [] : [`${full.length} characters with, ${without.length} without`];
}

async function still(page) {
	const shifted = await page.evaluate(() => window.shifted);
	return shifted.sum <= 0.01 ? [] : [`layout shift ${shifted.sum}: ${shifted.what.join('; ')}`];
}

async function printed(page) {
	await page.emulateMedia({media: 'print'});
	await page.setViewportSize({width: paper.width, height: 1000});
	const faults = [...await page.evaluate(wide, paper.width), ...await page.evaluate(unscrollable)];
	const pdf = await page.pdf({format: 'A4', margin: Object.fromEntries(['top', 'right', 'bottom', 'left'].map((side) =>
		[side, paper.margin]))});
	const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
	return pages.length > 0 ? faults : [...faults, 'there is no page'];
}

async function large(page) {
	const {elements, bytes, gzip, file, requests, sent: first, later} = page.wanted;
	const found = [['elements', await page.evaluate(() => document.querySelectorAll('*').length), elements]];
	if (/^https?:/.test(file)) {
		const got = await page.got();
		// Where a proxy packs the pages (etc/haproxy.cfg), a page weighs what it weighs behind that.
		for (const one of got.filter(({html}) => html && page.wanted.packs)) one.bytes = gzipSync(one.html, {level: 1}).length;
		const all = got.reduce((sum, one) => sum + one.bytes, 0);
		const own = got.find(({url}) => url.split('#')[0] === address(file).split('#')[0])?.bytes ?? all;
		found.push(['bytes sent in a first view', all, first], ['bytes sent in a later view', own, later], ['requests', got.length, requests]);
	} else {
		const read = readFileSync(file);
		found.push(['bytes', read.length, bytes], ['bytes compressed', gzipSync(read).length, gzip]);
	}
	return found.filter(([, is, most]) => is > most).map(([what, is, most]) => `${is} ${what}, at most ${most}`);
}

async function picture(page, width) {
	const {shots, name} = page.wanted;
	mkdirSync(shots, {recursive: true});
	await page.screenshot({path: join(shots, `${name.replace(/\.html$/, '').replace(/[^\w-]+/g, '_')}-${width}.png`), fullPage: true});
}

// What the server says of it: the status wanted, a policy that lets nothing run or show but our own files, and no answer that failed.
async function sent(page) {
	const {file, status} = page.wanted;
	if (!/^https?:/.test(file)) return [];
	const faults = page.status === status ? [] : [`status ${page.status}`];
	const policy = page.headers['content-security-policy'] ?? '';
	for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"])
		if (!policy.split(/ *; */).includes(part)) faults.push(`the policy lacks ${part}: ${policy}`);
	if (page.headers['x-content-type-options'] !== 'nosniff') faults.push('X-Content-Type-Options is not nosniff');
	return faults.concat((await page.got()).filter((one) => one.status >= 400 && one.url !== address(file)).map((one) => `${one.url}: ${one.status}`));
}

// A page that is not found complains of its own status; that is no fault of the page.
const complaints = (page) => page.complaints.filter((said) => page.status < 400 || !said.includes(`status of ${page.status}`));

// Everything can be reached with the Tab key, in an order down the page, and shows that it is reached. Ends when it comes round.
async function keyboard(page) {
	const faults = await page.evaluate(() => {
		const shown = (element) => element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}) && !element.disabled;
		const wanted = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(shown)
			.filter((element) => element.tabIndex >= 0);
		const groups = new Set(); // of radio buttons one is reached by Tab, the others by arrows
		window.toReach = new Set(wanted.filter((element) => {
			if (element.type !== 'radio') return true;
			const group = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`)].filter((one) => one.form === element.form);
			const stops = group.find((one) => one.checked) ?? group[0];
			if (groups.has(stops)) return false;
			groups.add(stops);
			window.stops = (window.stops ?? new Set()).add(stops);
			return element === stops;
		}));
		return wanted.filter((element) => element.tabIndex > 0).map((element) => `${element.outerHTML.slice(0, 80)} has an order of its own`);
	});
	const most = await page.evaluate(() => 5 * window.toReach.size + 20); // a field for a time or date is several stops
	const first = await page.evaluate(() => {
		window.unseen = new Set();
		window.cameRound = false;
		document.addEventListener('focusin', ({target: at}) => {
			window.toReach.delete(at);
			const style = getComputedStyle(at);
			const label = at.closest('label') ?? at;
			const seen = [style, getComputedStyle(label), ...(at.nextElementSibling ? [getComputedStyle(at.nextElementSibling, '::before')] : [])]
				.some(({outlineStyle, outlineWidth}) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
			if (!seen) window.unseen.add(`${at.outerHTML.slice(0, 80)} does not show that it is reached`);
		});
		const start = document.createElement('span');
		start.tabIndex = -1;
		document.body.prepend(start);
		start.focus();
		start.remove(); // the next Tab goes on from where it stood
		window.unseen.clear();
		document.addEventListener('focusout', ({relatedTarget}) => { window.cameRound ||= relatedTarget === null; });
		return document.querySelector('a.skip') !== null;
	});
	if (!first) faults.push('there is no link that skips to the content');
	const devtools = await page.context().newCDPSession(page);
	const tab = {key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9};
	const atOnce = 10; // presses sent without waiting in between
	for (let i = 0; i < most && !await page.evaluate(() => window.cameRound); i += atOnce)
		await Promise.all(Array.from({length: atOnce}, () => [devtools.send('Input.dispatchKeyEvent', {type: 'rawKeyDown', ...tab}),
			devtools.send('Input.dispatchKeyEvent', {type: 'keyUp', ...tab})]).flat());
	await devtools.detach();
	return faults.concat(await page.evaluate(() => {
		document.activeElement.blur(); // what shows only while it is reached goes
		return [...window.unseen, ...[...window.toReach].map((element) => `${element.outerHTML.slice(0, 100)} is not reached`)];
	}));
}

// Links and buttons are large enough for a thumb: 44 px, or stand in a line of text (WCAG 2.5.8 lets those pass; so do we).
const thumbs = (page) => page.evaluate(() => [...document.querySelectorAll('button, select, summary, nav a, .button, input:not([type=hidden], [type=radio], [type=checkbox])')]
	.filter((element) => element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}) && !element.closest('.facts, .crumbs, .vh, .skip'))
	.map((element) => [element, element.getBoundingClientRect()]).filter(([, box]) => box.width > 2 && (box.height < 43 || box.width < 24))
	.map(([element, box]) => `${element.outerHTML.slice(0, 80)} is ${Math.round(box.width)} x ${Math.round(box.height)} px`));

// Checks at one width, as they stand: [[name, check]].
const at = (width) => [
	[`at ${width} px the page complains of nothing`, complaints],
	[`at ${width} px no request leaves the file`, (page) => page.requests],
	[`at ${width} px nothing moves while it loads`, still],
	[`at ${width} px no text lies upon another`, async (page) => {
		const texts = await page.evaluate(lines);
		return texts.length > 0 ? overlaps(texts) : ['there is no text'];
	}],
	[`at ${width} px no text is cut`, async (page) => cut(await page.evaluate(lines))],
	[`at ${width} px no number is broken`, async (page) => broken(await page.evaluate(lines))],
	[`at ${width} px nobody scrolls sideways`, scrolls],
	[`at ${width} px axe finds no violation`, accessibility],
];
const tabbed = (width) => [`at ${width} px the Tab key leads everywhere, and is seen`, keyboard];

// A page is opened once for each view; its parts follow in this order: {checks, served: checks of a server's pages, width: the window is made
// that wide first}. What changes the page comes last.
const views = [
	{width: 390, parts: [
		{checks: at(390), served: [['at 390 px what one presses is large enough', thumbs], tabbed(390)], shot: true},
		{width: 320, checks: [
			['at 320 px nobody scrolls sideways', scrolls],
			['at 320 px no text lies upon another', async (page) => overlaps(await page.evaluate(lines))],
		]},
		{width: 390, checks: [['with letters twice as large all can be read', grown]]},
	]},
	{width: 390, script: false, parts: [{checks: [['without script it says the same', same]]}]},
	{width: 1280, parts: [
		{checks: [...at(1280), ['it is sent under a strict policy', sent], ['it is not too large', large],
			['its language is said, and is the one wanted', language]], served: [tabbed(1280)], shot: true},
		{checks: [['on paper nothing is cut off', printed]]},
	]},
];

// WANTED: {language, elements, bytes, gzip, shots, only, leave}: the language wanted; the most elements, bytes, and bytes once
// compressed; the folder for pictures, or none; words of the names of the checks to run, all if none; words of those to leave out.
// FILE may be of a server: then {requests, sent, later} are the most requests, bytes of a first view, and bytes of the page alone;
// {status, cookies, name, changes}: the status wanted, who asks, how the page is called, and if it is another each time one looks.
export async function check(browser, file, wanted) {
	const page = {
		elements: 1500, bytes: Infinity, gzip: Infinity, requests: 12, sent: 100000, later: 20000, status: 200, only: '', leave: undefined,
		name: basename(file), ...wanted, file,
	};
	const served = /^https?:/.test(file);
	const results = [];
	for (const {parts, ...view} of views) {
		const chosen = parts.map(({checks, served: more = [], ...part}) => ({...part, checks: [...checks, ...(served ? more : [])]
			.filter(([name]) => name.includes(page.only) && !(page.leave && name.includes(page.leave)))
			.filter(([, look]) => look !== same || !page.changes)})) // it tells that it has been looked at: another each time
			.filter(({checks}) => checks.length > 0);
		if (chosen.length === 0) continue;
		const how = {...view, cookies: page.cookies, language: page.language};
		await open(browser, file, how, async (opened) => {
			Object.assign(opened, {wanted: page, again: (other, look) => open(browser, file, {...how, ...other}, look)});
			if (view.width === 390 && view.script !== false) page.text = await text(opened);
			for (const {checks, width, shot} of chosen) {
				if (width) await resize(opened, width);
				for (const [name, look] of checks)
					results.push({name: `${page.name}: ${name}`, faults: [...new Set(await look(opened))]});
				if (page.shots && shot) await picture(opened, view.width);
			}
		});
	}
	return results;
}

// The checker does not know rel=expect yet, with which the HTML Standard (4.6.7.8, 4.2.4) allows "blocking".
const known = ({message, extract}) => /^A .link. element with a .blocking. attribute/.test(message) && /<link rel="expect" href="#\w+" blocking="render">/.test(extract);

// The Nu checker's errors and warnings
export function vnu(files) {
	const jar = require.resolve('vnu-jar/build/dist/vnu.jar');
	const said = execFileSync('java', ['-jar', jar, '--stdout', '--format', 'json', '--exit-zero-always', ...files],
		{encoding: 'utf8', maxBuffer: 1 << 26});
	const messages = JSON.parse(said).messages;
	return files.map((file) => ({
		name: `${basename(file)}: its HTML is without error or warning`,
		faults: messages.filter((one) => fileURLToPath(one.url) === resolve(file) && !known(one))
			.map(({subType, type, message, lastLine}) => `line ${lastLine}: ${subType ?? type}: ${message.slice(0, 300)}`),
	}));
}
