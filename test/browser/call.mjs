// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node call.mjs LANDGANG LANG_DIR: a telephone call, as the agent sees it, in chromium. The exchange posts; the card is there by itself within
// two seconds, on the queue's page and beside a form that is being written, is read out politely, and goes when the call ends; without script
// it is there by loading the page again. One press opens the form with the number in it, and of two who press one gets it.
// Speaks TAP. SHOTS=FOLDER keeps pictures.
import {launch, setCookies} from './browser.mjs';
import {openOffice} from './office.mjs';
import {teller} from './site.mjs';

const [program, catalogues] = process.argv.slice(2);
const {tell: say, done} = teller();
const tell = (name, faults) => say({name, faults});
const mostMs = 2000, shots = process.env.SHOTS;
const office = await openOffice(program, catalogues);
const browser = await launch();
const {base} = office;

async function send(reader, path, values) {
	const csrf = (await (await reader.ask('/account')).text()).match(/name="csrf" value="([^"]*)"/)[1];
	return reader.ask(path, {method: 'POST', headers: {origin: base, 'sec-fetch-site': 'same-origin'}, body: new URLSearchParams([['csrf', csrf], ...values])});
}

// The program of the exchange: let in by an administrator, with no other right.
async function exchange() {
	const made = await (await send(await office.signIn('bente@landgang.example'), '/clients', [['name', 'PBX'], ['roles', 'exchange']])).text();
	const [id, secret] = Array.from(made.matchAll(/<dd[^>]*>\s*([0-9A-Za-z_-]{36,43})\s*</g), (m) => m[1]);
	const {access_token: token} = await (await fetch(`${base}/api/v1/token`, {method: 'POST',
		body: new URLSearchParams({grant_type: 'client_credentials', client_id: id, client_secret: secret})})).json();
	return async (call, event, more = {}) => {
		const answer = await fetch(`${base}/api/v1/calls`, {method: 'POST', headers: {authorization: `Bearer ${token}`, 'content-type': 'application/json'},
			body: JSON.stringify({call, event, ...more})});
		if (answer.status > 201) throw new Error(`${call} ${event}: ${answer.status} ${await answer.text()}`);
	};
}

async function open(reader, path, options = {}) {
	const context = await browser.newContext({viewport: {width: 1280, height: 900}, reducedMotion: 'reduce', ...options});
	const page = await context.newPage();
	page.streams = [];
	page.on('request', (request) => { if (request.resourceType() === 'eventsource') page.streams.push(new URL(request.url()).pathname); });
	await setCookies(page, base, Object.entries(reader.cookies).map(([name, value]) => ({name, value})));
	await page.goto(base + path);
	return page;
}

// From the POST until the page shows it, by itself.
async function shownIn(page, post, text, gone = false) {
	const card = page.locator('#calls section').filter({hasText: text});
	const begun = performance.now();
	await post();
	await card.waitFor({state: gone ? 'detached' : 'visible', timeout: 10000});
	return Math.round(performance.now() - begun);
}
const within = (ms) => [...(ms <= mostMs ? [] : [`it took ${ms} ms, not ${mostMs} at most`])];
const shoot = async (page, name) => { if (shots) await page.screenshot({path: `${shots}/${name}.png`, fullPage: true}); };

try {
	const ring = await exchange();
	const grace = await office.signIn('grace@landgang.example'), sofie = await office.signIn('sofie@landgang.example');
	for (const one of [grace, sofie]) await send(one, '/hotline/presence', [['state', 'on']]);
	await send(grace, '/hotline/extension', [['extension', '201']]);
	await send(grace, '/enquiries', [['channel', 'phone'], ['caller_phone', '+45 86 00 00 01'], ['caller_place', 'Jobcenter Randers'], ['municipality', 'DK-0730'],
		['subject', 'openings'], ['words', 'Which posts are there for a nurse?'], ['about', 'anonymous']]);

	const queue = await open(grace, '/hotline'), form = await open(grace, '/enquiries/new'), other = await open(sofie, '/hotline');
	await new Promise((then) => setTimeout(then, 1500)); // each has heard how it was when it was made
	tell('the queue and the calls have one stream', queue.streams.join() === '/hotline/live' && form.streams.join() === '/hotline/calls/live' ? [] : [`${queue.streams}; ${form.streams}`]);
	await form.locator('textarea[name=words]').fill('Half a question');
	let ms = await shownIn(queue, () => ring('c-1', 'ringing', {from: '86000001', extension: '201'}), '+4586000001');
	tell(`the card is there by itself (${ms} ms)`, within(ms));
	const beside = form.locator('#calls section').filter({hasText: '+4586000001'});
	await beside.waitFor({timeout: 5000});
	tell('beside a form that is being written too, whose words stay', await form.locator('textarea[name=words]').inputValue() === 'Half a question' ? [] : ['they are gone']);
	tell('it is read out politely', await queue.locator('#calls').getAttribute('aria-live') === 'polite' ? [] : ['it is not']);
	tell('it says who rang before, and what about', await queue.locator('#calls').getByText('Jobcenter Randers').count() ? [] : [await queue.locator('#calls').innerText()]);
	tell('a colleague with another telephone sees none', await other.locator('#calls section').count() ? ['a card'] : []);
	await shoot(queue, 'call-en-1280');
	ms = await shownIn(queue, () => ring('c-1', 'ended', {reason: 'missed'}), '+4586000001', true);
	tell(`it goes when the caller hangs up (${ms} ms)`, within(ms));
	const missed = queue.locator('#live #missed').getByRole('rowheader', {name: '+4586000001'});
	await missed.waitFor({timeout: 8000});
	tell('and stands among the missed calls, by itself', []);
	await shoot(queue, 'missed-en-1280');

	const plain = await open(grace, '/hotline', {javaScriptEnabled: false});
	await ring('c-2', 'ringing', {from: '86000002', extension: '299'});
	await plain.reload();
	tell('without script it is there by loading again', await plain.locator('#calls section').filter({hasText: '+4586000002'}).count() === 1 ? [] : ['it is not']);
	await other.locator('#calls section').filter({hasText: '+4586000002'}).waitFor({timeout: 5000});
	await plain.getByRole('button', {name: 'Take it and write it down'}).click();
	tell('one press opens the form with the number in it', await plain.locator('input[name=caller_phone]').inputValue() === '+4586000002' ? [] : [plain.url()]);
	await other.locator('#calls section').filter({hasText: '+4586000002'}).waitFor({state: 'detached', timeout: 5000});
	tell('and the colleague\'s card is gone', []);
	const written = await open(grace, new URL(plain.url()).pathname + new URL(plain.url()).search);
	await new Promise((then) => setTimeout(then, 1200));
	await written.locator('body').click({position: {x: 2, y: 2}});
	const others = await shownIn(written, () => ring('c-3', 'ringing', {from: '86000003', extension: '201'}), '+4586000003');
	tell(`another call shows beside it (${others} ms), its own does not`, [...within(others),
		...(await written.locator('#calls section').filter({hasText: '+4586000002'}).count() ? ['it does'] : [])]);
	await shoot(plain, 'call-form-en-1280');
	await plain.getByRole('button', {name: 'Save the enquiry'}).click();
	tell('what is missing is said, and the call is kept', await plain.locator('input[name=call]').count() === 1 ? [] : ['it is not']);
} finally {
	await browser.close();
	await office.close();
}
process.exit(done() > 0 ? 1 : 0);
