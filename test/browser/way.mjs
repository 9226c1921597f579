// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node way.mjs LANDGANG LANG_DIR: the whole way of a candidate, from registration to an agreed start, in chromium: with the pointer at
// 390 px, by the keyboard alone at 1280 px, and without script. Presses are counted: from My day two for a proposal, one for an answer.
// Speaks TAP.
import {launch, setCookies} from './browser.mjs';
import {Hand, Keyboard, button, is, link, named} from './hand.mjs';
import {openOffice} from './office.mjs';
import {teller} from './site.mjs';

const [program, catalogues] = process.argv.slice(2);
const {tell, done} = teller();
// A section of the candidate, changed and saved.
async function section(hand, candidate, name, fill) {
	const {page} = hand;
	const fold = page.locator(`#${name}`);
	if (!await fold.evaluate((details) => details.open)) await hand.open(fold.locator('> summary'));
	await hand.press(fold.getByRole('link', {name: 'Change'}));
	await fill();
	await hand.press(button(page, 'Save'));
	if (page.url().includes('/edit/')) { // a word that may mean several occupations: one is chosen
		await hand.tick(named(page, `${name}-0.occupation`));
		await hand.press(button(page, 'Save'));
	}
	is(`after ${name}`, new URL(page.url()).pathname, candidate);
}

// One more of several alike: at once, or without script by the server.
async function more(hand, name) {
	const add = hand.page.locator(`button[name=add][value=${name}]`);
	if (await hand.page.evaluate(() => 'htmx' in window).catch(() => false)) await hand.touch(add);
	else await hand.press(add);
}

async function state(hand, value) {
	const {page} = hand;
	const fold = page.locator('#state');
	if (!await fold.evaluate((details) => details.open)) await hand.open(fold.locator('> summary'));
	await hand.choose(named(page, 'state'), value);
	await hand.press(button(page, 'Change the state'));
	is('state', await page.locator('main [role=alert], main .alert-error').count(), 0);
}

const home = (hand) => hand.press(link(hand.page, 'My day'));

// The line of somebody on My day, and one press in it.
async function answer(hand, person, words) {
	const {page} = hand;
	await home(hand);
	const line = page.locator('.tasks > li').filter({hasText: person});
	const before = hand.presses;
	await hand.press(line.getByRole('button', {name: words}));
	is(`presses for "${words}"`, hand.presses - before, 1);
	is(`where "${words}" leads`, new URL(page.url()).pathname, '/');
}

async function registered(hand, given, family) {
	const {page} = hand;
	await hand.press(link(page, 'New candidate'));
	await hand.write(named(page, 'given_name'), given);
	await hand.write(named(page, 'family_name'), family);
	await hand.write(named(page, 'given_native'), 'Олена');
	await hand.date(named(page, 'born'), '1990-05-24');
	await hand.choose(named(page, 'contact_language'), 'uk');
	await hand.write(named(page, 'mail'), `${family.toLowerCase()}@post.example`);
	await hand.choose(named(page, 'municipality'), 'DK-0230');
	await hand.choose(named(page, 'ground'), 'special_act');
	await hand.date(named(page, 'stay_until'), '2029-03-17');
	await hand.tick(named(page, 'wants_work'));
	await hand.choose(named(page, 'legal_basis'), 'public_task');
	await hand.write(named(page, 'next_step'), 'Find a place as a baker');
	await hand.date(named(page, 'next_on'), new Date().toISOString().slice(0, 10));
	await hand.press(button(page, 'Register'));
	return new URL(page.url()).pathname;
}

async function whole(hand, candidate) {
	const {page} = hand;
	await section(hand, candidate, 'languages', async () => {
		await more(hand, 'languages');
		await hand.choose(named(page, 'languages-0.language'), 'da');
		await hand.choose(named(page, 'languages-0.interaction'), 'b2');
	});
	await section(hand, candidate, 'occupations', async () => {
		await more(hand, 'occupations');
		await hand.write(named(page, 'occupations-0.typed_occupation'), 'baker');
	});
	await section(hand, candidate, 'education', async () => {
		await more(hand, 'education');
		await hand.write(named(page, 'education-0.own_words'), 'Пекар');
	});
	await section(hand, candidate, 'week', async () => {
		for (const day of ['mon', 'tue', 'wed', 'thu', 'fri']) {
			await hand.time(named(page, `available.${day}.from`), '07:00');
			await hand.time(named(page, `available.${day}.to`), '17:00');
		}
	});
	await state(hand, 'profile_complete');
	await state(hand, 'available');
}

// A message in the reader's language, changed, looked at, sent.
async function written(hand) {
	const {page} = hand;
	await hand.press(page.locator('div').filter({has: page.locator('dt', {hasText: 'Tell the person of it'})}).last().getByRole('link'));
	const text = await named(page, 'body').inputValue();
	is('the text is in the language of the person', /Вітаємо, Олена!/.test(text), true);
	await hand.write(named(page, 'subject'), 'Пропозиція');
	await hand.press(button(page, 'Look at it before it is sent'));
	is('it is looked at', await page.getByRole('heading', {name: 'This is what will be sent'}).count(), 1);
	await hand.press(button(page, 'Send it'));
	is('it is kept', await page.locator('#messages').getByText('Пропозиція').count(), 1);
}

async function way(hand, given, family) {
	const {page} = hand, person = `${given} ${family}`;
	const candidate = await registered(hand, given, family);
	await whole(hand, candidate);
	await hand.press(link(page, 'Openings that suit'));
	const card = page.locator('article.match').filter({hasText: `Baker for ${given}`});
	await hand.press(card.getByRole('button', {name: 'Propose it'}));
	await home(hand);
	await hand.press(link(page, `${person} → Baker for ${given}`));
	await written(hand);
	for (const step of ['Told to the person', 'The person says yes', 'Sent to the employer', 'Asked to an interview', 'The employer offers it',
		'Both agree on it']) await answer(hand, person, step);
	is('nothing waits any more', await page.locator('.tasks > li').filter({hasText: `${person} →`}).count(), 0);
	await page.goto(new URL(candidate, page.url()).href);
	is('it is agreed', /Agreed/.test(await page.locator('#proposals').innerText()), true);
	await state(hand, 'placed');
}

// From My day to a proposal: what suits somebody, and it.
async function proposed(hand) {
	const {page} = hand, suits = page.locator('aside .events a');
	const people = await suits.count();
	for (let i = 0; i < people; i++) {
		const before = hand.presses;
		await hand.press(suits.nth(i));
		if (await page.locator('article.match').count() === 0) { // nothing suits today
			await page.goBack();
			continue;
		}
		await hand.press(page.locator('article.match button[value=shortlisted]').first());
		is('said', new URL(page.url()).searchParams.get('said'), 'proposed');
		return is('presses for a proposal', hand.presses - before, 2);
	}
	throw new Error(`nothing suits any of ${people} people`);
}

// An opening of the office that nobody else fits as well, made before the way begins.
async function opening(reader, base, given) {
	const list = await (await reader.ask('/employers')).text();
	const employer = list.match(/\/employers\/([0-9a-f-]{36})/)[1];
	const csrf = list.match(/name="csrf" value="([^"]*)"/)?.[1] ?? (await (await reader.ask('/')).text()).match(/name="csrf" value="([^"]*)"/)[1];
	const post = (path, form) => reader.ask(path, {method: 'POST', headers: {origin: base, 'sec-fetch-site': 'same-origin'},
		body: new URLSearchParams({csrf, ...form})});
	const made = await (await post(`/employers/${employer}/openings`, {title: `Baker for ${given}`, kind: 'job', municipality: 'DK-0230',
		'occupations-0.typed_occupation': 'baker', 'occupations-0.occupation': 'lg:baker'})).text();
	const id = made.match(/\/openings\/([0-9a-f-]{36})\/state/)[1];
	await post(`/openings/${id}/state`, {version: '1', state: 'open'});
}

const office = await openOffice(program, catalogues);
const browser = await launch();

// One try in a browser of its own, signed in as the reader.
async function tried(name, reader, Kind, {width, script = true}, go) {
	const context = await browser.newContext({viewport: {width, height: 900}, javaScriptEnabled: script, locale: 'en-US', reducedMotion: 'reduce'});
	const faults = [], began = Date.now();
	try {
		const page = await context.newPage();
		page.setDefaultTimeout(20000);
		page.on('pageerror', (error) => faults.push(`${error}`));
		page.on('console', (message) => message.type() === 'error' && !message.text().includes('422') && faults.push(message.text()));
		await setCookies(page, office.base, Object.entries(reader.cookies).map(([cookie, value]) => ({name: cookie, value})));
		await page.goto(office.base);
		const hand = new Kind(page);
		await go(hand);
		console.log(`# ${name}: ${hand.presses} presses, ${((Date.now() - began) / 1000).toFixed(1)} s`);
	} catch (error) {
		faults.push(`${error}`);
		if (process.env.SHOTS) await context.pages()[0]?.screenshot({path: `${process.env.SHOTS}/way-${name.replaceAll(/\W+/g, '-')}.png`, fullPage: true});
	}
	await context.close();
	tell({name, faults});
}

const ways = [
	['with the pointer at 390 px', Hand, {width: 390}, 'Olena'],
	['by the keyboard alone at 1280 px', Keyboard, {width: 1280}, 'Oksana'],
	['without script at 390 px', Hand, {width: 390, script: false}, 'Iryna'],
];
try {
	const reader = await office.signIn('grace@landgang.example'), karin = await office.signIn('karin@landgang.example');
	for (const [, , , given] of ways) await opening(reader, office.base, given);
	await tried('from My day to a proposal in two presses', karin, Hand, {width: 390}, proposed);
	for (const [how, Kind, size, given] of ways)
		await tried(`from registration to an agreed start, ${how}`, reader, Kind, size, (hand) => way(hand, given, `Testenko${given}`));
} finally {
	await browser.close();
	await office.close();
}
process.exit(done() > 0 ? 1 : 0);
