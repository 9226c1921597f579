// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node chain.mjs LANDGANG LANG_DIR: three people in three offices, side by side in chromium, each in their own language. Grace of the job centre
// gives a card and rings; Karin of the region's hotline takes the call, by the keyboard alone, and refers to a ward; Oksana of the ward takes
// it on, on a telephone's screen, and writes how it goes, until after three months. Grace sees each answer without ringing. What Karin has to
// fill in from the call to the referral is counted: at most 12 fields. The same through the API is test/modules/hotline/test_card.c.
// Speaks TAP. SHOTS=FOLDER keeps pictures.
import {launch, setCookies} from './browser.mjs';
import {Hand, Keyboard, is, named} from './hand.mjs';
import {openOffice} from './office.mjs';
import {teller} from './site.mjs';

const [program, catalogues] = process.argv.slice(2);
const {tell, done} = teller();
const fieldsMost = 12, requiredMost = 6, startedDaysAgo = 95;
const day = (days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
const office = await openOffice(program, catalogues);
const browser = await launch();
const {base} = office;

// A form as a page sends it, for what is there before the story begins. @return where it leads
async function send(reader, path, values) {
	const csrf = (await (await reader.ask('/account')).text()).match(/name="csrf" value="([^"]*)"/)[1];
	const answer = await reader.ask(path, {method: 'POST', headers: {origin: base, 'sec-fetch-site': 'same-origin'}, body: new URLSearchParams([['csrf', csrf], ...values])});
	if (answer.status >= 400) throw new Error(`${path}: ${answer.status} ${(await answer.text()).match(/alert[^]{0,600}/)?.[0]}`);
	return new URL(answer.url).pathname;
}

async function agree(giver, receiver, other, forward) {
	const agreement = await send(giver, '/agreements', [['other', other], ['purpose', 'Stillinger på hospitalerne'], ['direction', 'give'],
		...['name', 'place', 'languages', 'occupations', 'wishes', 'week'].map((name) => ['fields', name]), ...(forward ? [['may_forward', '1']] : []),
		['legal_basis', 'public_task'], ['basis_words', 'LAB kapitel 3'], ['valid_from', day(0)], ['valid_to', day(500)]]);
	for (const side of [giver, receiver]) await send(side, `${agreement}/approve`, [['reason', '']]);
}

// Two more offices and what they agreed on; an opening of the region's, whose hotline is open.
async function before() {
	const people = {grace: await office.signIn('grace@landgang.example'), karin: await office.signIn('karin@landgang.example'),
		oksana: await office.signIn('oksana@landgang.example')};
	const leader = await office.signIn('bente@landgang.example');
	const join = async (who, name, template, roles) => {
		const tenant = office.run('admin', 'create-tenant', '--template', template, '--name', name).match(/\d+/)[0];
		office.run('admin', 'create-user', '--tenant', tenant, '--mail', `${who}@landgang.example`, '--name', `${who[0].toUpperCase()}${who.slice(1)} Testen`, '--role', roles);
		await send(people[who], '/offices', [['tenant', tenant]]);
		return tenant;
	};
	const region = await join('karin', 'Region Midt', 'region_dk', 'leader,hotline'), hospital = await join('oksana', 'Hospital Vest', 'hospital', 'leader,caseworker');
	await agree(leader, people.karin, region, true);
	await agree(people.karin, people.oksana, hospital, false);
	const employer = await send(people.karin, '/employers', [['name', 'Regionshospitalet']]);
	const made = await (await people.karin.ask(await send(people.karin, `${employer}/openings`, [['title', 'Sygeplejerske, afsnit B6'], ['kind', 'job'], ['municipality', 'DK-0740'],
		['occupations-0.typed_occupation', 'sygeplejerske'], ['occupations-0.occupation', 'lg:nurse']]))).text();
	await send(people.karin, `/openings/${made.match(/\/openings\/([0-9a-f-]{36})\/state/)[1]}/state`, [['version', '1'], ['state', 'open']]);
	return people;
}

const pages = [];
async function beside(reader, Kind, width) {
	const context = await browser.newContext({viewport: {width, height: 900}, locale: 'en-US', reducedMotion: 'reduce'});
	const page = await context.newPage();
	page.setDefaultTimeout(20000);
	page.on('pageerror', (error) => faults.push(`${error}`));
	page.on('console', (message) => message.type() === 'error' && !/htmx:error: Failed to fetch/.test(message.text()) && faults.push(message.text()));
	await setCookies(page, base, Object.entries(reader.cookies).map(([name, value]) => ({name, value})));
	pages.push(page);
	return new Kind(page);
}

const go = (hand, path) => hand.page.goto(base + path);
const says = async (hand, where, pattern, what) => is(what, pattern.test(await hand.page.locator(where).innerText()), true);
const submit = (hand, form) => hand.press(hand.page.locator(`${form} .end button[type=submit]`).first());

async function given(grace) {
	const {page} = grace;
	await go(grace, '/candidates?q=olen');
	const candidate = await page.locator('main a[href^="/candidates/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')).find((to) => /^\/candidates\/[0-9a-f-]{36}$/.test(to)));
	await go(grace, `${candidate}/shares/new`);
	await grace.write(named(page, 'why'), 'A post as a nurse');
	await grace.tick(named(page, 'may_forward'));
	await grace.write(named(page, 'question'), 'Which ward has a place for her?');
	await grace.date(named(page, 'deadline'), day(5));
	await submit(grace, 'main form');
	is('the card is given', /^\/shares\//.test(new URL(page.url()).pathname), true);
	return candidate;
}

async function called(karin) {
	const {page} = karin;
	await go(karin, '/hotline');
	karin.fields = 0;
	await karin.press(page.locator('main a[href="/enquiries/new"]').first());
	is('required fields', await page.locator('main .must').count() <= requiredMost, true);
	await karin.write(named(page, 'caller_phone'), '+45 86 00 00 01');
	await karin.choose(named(page, 'municipality'), 'DK-0730');
	await karin.choose(named(page, 'subject'), 'person');
	await karin.write(named(page, 'words'), 'Hvor kan en sygeplejerske begynde?');
	await page.locator('#beside a', {hasText: 'afsnit B6'}).waitFor(); // the opening, while she types
	await submit(karin, '#enquiry');
	await karin.press(page.locator('main a[href$="/card"]').first());
	await karin.tick(named(page, 'share'));
	await submit(karin, 'main form');
	await karin.press(page.locator('main a[href$="/forward"]').first());
	await karin.write(named(page, 'why'), 'Plads som sygeplejerske');
	await karin.write(named(page, 'question'), 'Har I en plads på afsnit B6?');
	await karin.date(named(page, 'deadline'), day(5));
	await submit(karin, 'main form');
	is('it is referred', /^\/shares\//.test(new URL(page.url()).pathname), true);
	console.log(`# from the call to the referral: ${karin.fields} fields, ${karin.presses} presses`);
	is('fields from the call to the referral', karin.fields <= fieldsMost, true);
}

async function takenOn(oksana) {
	const {page} = oksana;
	await go(oksana, '/');
	await oksana.press(page.locator('.tasks a[href^="/shares/"]').first());
	await oksana.tick(page.locator('#answer [value=accepted], form[action$="/answer"] [value=accepted]').first());
	await oksana.write(page.locator('form[action$="/answer"] [name=words]'), 'Так, з понеділка');
	await submit(oksana, 'form[action$="/answer"]');
}

async function happened(oksana, kind, on, place) {
	const form = oksana.page.locator('form[action$="/outcomes"]');
	await oksana.choose(form.locator('[name=kind]'), kind);
	await oksana.date(form.locator('[name=on_day]'), on);
	await oksana.write(form.locator('[name=place]'), place);
	await submit(oksana, 'form[action$="/outcomes"]');
}

const faults = [];
try {
	const people = await before();
	const grace = await beside(people.grace, Hand, 1280), karin = await beside(people.karin, Keyboard, 1280), oksana = await beside(people.oksana, Hand, 390);
	const candidate = await given(grace);
	await called(karin);
	await takenOn(oksana);
	const share = new URL(oksana.page.url()).pathname;
	await go(grace, `${candidate}/shares`);
	await says(grace, 'main', /Region Midt → Hospital Vest[^]*Accepted/, 'Grace sees that it is accepted');
	await says(grace, 'main', /Так, з понеділка/, 'and what the ward says');
	await go(karin, share);
	await says(karin, 'main', /Taget imod/, 'Karin sees it too');
	await happened(oksana, 'interview', day(-startedDaysAgo - 7), 'B6');
	await happened(oksana, 'start', day(-startedDaysAgo), 'B6');
	await go(oksana, '/');
	const ask = oksana.page.locator('.tasks li', {hasText: 'Чи ще працює через 3 місяці'}).or(oksana.page.locator('.tasks li', {has: oksana.page.locator(`a[href="${share}"]`)}));
	is('after three months a question comes by itself', await ask.count(), 1);
	await oksana.press(ask.locator('a').last());
	await happened(oksana, 'still_3', day(0), 'B6');
	await go(oksana, '/');
	is('answered, it is gone', await oksana.page.locator('.tasks li', {has: oksana.page.locator(`a[href="${share}"]`)}).count(), 0);
	await go(grace, `${candidate}/outcomes`);
	await says(grace, '#elsewhere', /Still there after 3 months · B6[^]*Started · B6[^]*An interview · B6/, 'Grace sees how it went');
	await karin.page.reload();
	await says(karin, '#outcomes', /B6/, 'and Karin');
} catch (error) {
	faults.push(`${error}`);
} finally {
	if (process.env.SHOTS) for (const [i, page] of pages.entries()) await page.screenshot({path: `${process.env.SHOTS}/chain-${i}.png`, fullPage: true});
	await browser.close();
	await office.close();
}
tell({name: 'from the job centre by the hotline to a ward, and three months on', faults});
process.exit(done() > 0 ? 1 : 0);
