// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node service.mjs LANDGANG LANG_DIR [WORDS]: the service in trial mode with its demonstration office, signed in as a caseworker, an
// administrator and others, page by page in chromium. All pages in Danish; those one works with in the other languages too, as colleagues
// who speak them. WORDS: only visits whose address holds them. SHOTS=FOLDER keeps the pictures, ONLY=WORDS runs those checks. Speaks TAP.
import {openOffice} from './office.mjs';
import {teller, walk} from './site.mjs';

const [program, catalogues, part = ''] = process.argv.slice(2);
const colleagues = {caseworker: 'karin', administrator: 'bente', officer: 'peter', sv: 'sofie', uk: 'oksana', en: 'grace'};
const {tell, done} = teller();
const office = await openOffice(program, catalogues);
const {base} = office;
try {
	const readers = {};
	for (const [who, mail] of Object.entries(colleagues)) readers[who] = await office.signIn(`${mail}@landgang.example`);
	const found = await (await readers.caseworker.ask('/candidates')).text();
	const candidate = `/candidates/${found.match(/\/candidates\/([0-9a-f-]{36})/)[1]}`;
	const edits = ['person', 'languages', 'education', 'week', 'stay'].map((section) => `${candidate}/edit/${section}`);
	const first = async (list, query = '') =>
		`${list}/${(await (await readers.caseworker.ask(list + query)).text()).match(new RegExp(`${list}/([0-9a-f-]{36})`))[1]}`;
	const employer = await first('/employers'), opening = await first('/openings', '?state=open');
	const suits = `${await first('/candidates', '?state=available')}/matches`;
	const csrf = (await (await readers.caseworker.ask(suits)).text()).match(/name="csrf" value="([^"]*)"/)[1];
	await readers.caseworker.ask('/proposals', {method: 'POST', headers: {origin: base, 'sec-fetch-site': 'same-origin'},
		body: new URLSearchParams({csrf, candidate: suits.split('/')[2], opening: opening.split('/')[2], state: 'shortlisted'})});
	const proposal = `/proposals/${(await (await readers.caseworker.ask(opening)).text()).match(/\/proposals\/([0-9a-f-]{36})/)[1]}`;
	const file = new FormData();
	for (const [name, value] of Object.entries({csrf, kind: 'employer', source: 'CRM'})) file.set(name, value);
	file.set('file', new Blob(['Navn;CVR-nr;Kontaktperson;E-mail;Farve\nNord Bageri;13748136;Karen Holm;karen@nord.example;blå\n']), 'kunder.csv');
	const brought = (await (await readers.caseworker.ask('/imports', {method: 'POST', headers: {origin: base, 'sec-fetch-site': 'same-origin'},
		body: file})).text()).match(/action="(\/imports\/[0-9a-f-]{36})/)[1];
	const upload = new FormData();
	upload.set('csrf', csrf);
	upload.set('kind', 'cv');
	upload.set('file', new Blob(['Svejser og montør, 12 års erfaring.\nЗварювальник.\n']), 'Олена CV.txt');
	await readers.caseworker.ask(`${candidate}/documents`, {method: 'POST', headers: {origin: base, 'sec-fetch-site': 'same-origin'}, body: upload});
	const document = `${candidate}/documents/${(await (await readers.caseworker.ask(candidate)).text()).match(/\/documents\/([0-9a-f-]{36})/)[1]}`;
	const sent = await readers.caseworker.ask('/runs', {method: 'POST', headers: {origin: base, 'sec-fetch-site': 'same-origin'},
		body: new URLSearchParams({csrf, purpose: 'Ugens plan', objective: 'people'})});
	const plan = new URL(sent.url).pathname, isComputed = async () => !(await (await readers.caseworker.ask(plan)).text()).includes('id="progress"');
	while (!await isComputed()) await new Promise((then) => setTimeout(then, 300)); // by the jobs process
	const asked_of = new URL((await readers.caseworker.ask(`${plan}/what-if`, {method: 'POST', headers: {origin: base, 'sec-fetch-site': 'same-origin'},
		body: new URLSearchParams({csrf, course_seats: '20', course_language: 'da', course_to: 'b1'})})).url).pathname;
	while ((await (await readers.caseworker.ask(asked_of)).text()).includes('id="progress"')) await new Promise((then) => setTimeout(then, 300));
	const beside = `/runs/compare?runs=${plan.split('/')[2]},${asked_of.split('/')[2]}`;
	// Another office: Karin works there too. It is told of a candidate, under an agreement that both approved.
	const send = async (who, path, values) => {
		const csrf = (await (await who.ask('/account')).text()).match(/name="csrf" value="([^"]*)"/)[1];
		return new URL((await who.ask(path, {method: 'POST', headers: {origin: base, 'sec-fetch-site': 'same-origin'},
			body: new URLSearchParams([['csrf', csrf], ...values])})).url).pathname;
	};
	readers.region = await office.signIn('karin@landgang.example');
	const region = office.run('admin', 'create-tenant', '--template', 'region_dk', '--name', 'Region Midt').match(/\d+/)[0];
	office.run('admin', 'create-user', '--tenant', region, '--mail', 'karin@landgang.example', '--name', 'Karin Dahl', '--role', 'leader,caseworker');
	await send(readers.region, '/offices', [['tenant', region]]);
	const [today, soon, last] = [0, 5, 90].map((days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10));
	const told = ['name', 'place', 'languages', 'occupations', 'wishes'].map((name) => ['fields', name]);
	const agreement = await send(readers.administrator, '/agreements', [['other', region], ['purpose', 'Stillinger på hospitalerne'], ['direction', 'give'], ...told,
		['may_forward', '1'], ['legal_basis', 'public_task'], ['basis_words', 'LAB kapitel 3'], ['valid_from', today], ['valid_to', last]]);
	await send(readers.administrator, `${agreement}/approve`, [['reason', '']]);
	const waits = await send(readers.administrator, '/agreements', [['other', region], ['purpose', 'Praktik'], ['direction', 'both'], ...told, ['legal_basis', 'public_task'],
		['valid_from', today], ['valid_to', last]]);
	await send(readers.region, `${agreement}/approve`, [['reason', '']]);
	const share = await send(readers.caseworker, `${candidate}/shares`, [['agreement', agreement.split('/')[2]], ...told, ['until', soon], ['why', 'Plads som sygeplejerske'],
		['may_forward', '1'], ['question', 'Har I en plads på afdelingen?'], ['deadline', soon]]);
	await readers.region.ask(share);
	// A pool, which Bente coordinates: it is given all people of the office and one opening, and a plan finds something for some of them.
	readers.pool = await office.signIn('bente@landgang.example');
	const pool = office.run('admin', 'create-tenant', '--template', 'pool', '--name', 'Den fælles pulje').match(/\d+/)[0];
	office.run('admin', 'create-user', '--tenant', pool, '--mail', 'bente@landgang.example', '--name', 'Bente Lund', '--role', 'leader,caseworker');
	await send(readers.pool, '/offices', [['tenant', pool]]);
	const joins = await send(readers.administrator, '/agreements', [['other', pool], ['purpose', 'Arbejde på tværs af kommuner'], ['direction', 'both'], ...told,
		['may_forward', '1'], ['legal_basis', 'public_task'], ['valid_from', today], ['valid_to', last]]);
	for (const who of [readers.administrator, readers.pool]) await send(who, `${joins}/approve`, [['reason', '']]);
	const way = joins.split('/')[2], until = ['until', last];
	const giving = await send(readers.caseworker, `/pools/givings?agreement=${way}`, [['side', 'candidate'], ...told, until, ['purpose', 'Arbejde til alle']]);
	await send(readers.caseworker, `/pools/givings?agreement=${way}`, [['side', 'opening'], until, ['purpose', 'Arbejde til alle']]);
	const pooled = await send(readers.pool, '/pools/runs', [['purpose', 'Ugens plan for alle'], ['objective', 'people']]);
	while ((await (await readers.pool.ask(pooled)).text()).includes('id="progress"')) await new Promise((then) => setTimeout(then, 300));
	await send(readers.pool, `${pooled}/send`, [['why', '']]);
	while ((await (await readers.pool.ask(pooled)).text()).includes('id="progress"')) await new Promise((then) => setTimeout(then, 300)); // by the jobs process
	const proposed = await first('/pools/matches');
	const token = async (who, page) => (await (await readers[who].ask(page)).text()).match(/name="csrf" value="([^"]*)"/)[1];
	const post = async (who, page, path, fields) => readers[who].ask(path, {method: 'POST', headers: {origin: base, 'sec-fetch-site': 'same-origin'},
		body: new URLSearchParams({csrf: await token(who, page), ...fields})});
	// The demonstration office has an entrance already: other hours, other municipalities.
	const entrance = new URL((await readers.administrator.ask('/hotline/entrance')).url).pathname;
	await post('administrator', entrance, `${entrance}/edit/hours`, {version: 1, 'hours.mon.from': '08:00', 'hours.mon.to': '15:30', 'hours.fri.from': '08:00', 'hours.fri.to': '14:00'});
	await post('administrator', entrance, `${entrance}/edit/municipalities`, {version: 2, 'municipalities-0.municipality': 'DK-0730', 'municipalities-1.municipality': 'DK-0740'});
	// Calls: one that an agent has, who is known; one that was missed.
	const let_in = await (await post('administrator', '/clients', '/clients', {name: 'PBX', roles: 'exchange'})).text();
	const [client_id, client_secret] = Array.from(let_in.matchAll(/<dd[^>]*>\s*([0-9A-Za-z_-]{36,43})\s*</g), ([, value]) => value);
	const {access_token} = await (await fetch(`${base}/api/v1/token`, {method: 'POST',
		body: new URLSearchParams({grant_type: 'client_credentials', client_id, client_secret})})).json();
	await post('en', '/hotline', '/hotline/presence', {state: 'on'});
	await post('en', '/hotline', '/hotline/extension', {extension: '201'});
	for (const told of [{call: '1', event: 'ringing', from: '86000001', extension: '201'}, {call: '1', event: 'answered', extension: '201'},
		{call: '2', event: 'ringing', from: '86000002', extension: '299'}, {call: '2', event: 'ended', reason: 'missed'},
		{call: '3', event: 'ringing', extension: '299'}, {call: '3', event: 'ended', reason: 'missed'}])
		await fetch(`${base}/api/v1/calls`, {method: 'POST', headers: {authorization: `Bearer ${access_token}`, 'content-type': 'application/json'}, body: JSON.stringify(told)});
	await post('en', '/enquiries/new', '/enquiries', {channel: 'mail', subject: 'openings', words: 'Which posts are there for a nurse without a licence?', about: 'anonymous', priority: 'today'});
	const enquiry = new URL((await post('en', '/enquiries/new', '/enquiries', {channel: 'phone', caller_phone: '+45 86 00 00 01', municipality: 'DK-0730',
		caller_place: 'Jobcenter Randers', subject: 'person', words: 'Where could she begin?', about: 'nobody', legal_basis: 'public_task', caller_name: 'Karen Holm'})).url).pathname;
	const asked = new URL((await post('sv', '/enquiries/new', '/enquiries', {channel: 'phone', subject: 'licence', words: 'Får en sjuksköterska börja före legitimationen?', about: 'nobody'})).url).pathname;
	await post('sv', asked, `${asked}/edit/answer`, {version: 1, answer: 'Ja, som vårdbiträde.'});
	const article = new URL((await post('sv', `${asked}/article`, `${asked}/article`, {title: 'Får en sjuksköterska börja före legitimationen?', subject: 'licence', words: 'Ja, som vårdbiträde.'})).url).pathname;
	// A mail server brings a question, the asker's second mail, and what is set aside.
	const shown = await (await post('administrator', '/clients', '/clients', {name: 'Mailserver', roles: 'mailbox'})).text();
	const [id, secret] = Array.from(shown.matchAll(/<dd[^>]*>\s*([\w-]{36,44})\s*<\/dd>/g), ([, text]) => text);
	const bearer = (await (await fetch(`${base}/api/v1/token`, {method: 'POST', body: new URLSearchParams({grant_type: 'client_credentials', client_id: id,
		client_secret: secret})})).json()).access_token;
	const mail = async (head, text) => (await fetch(`${base}/api/v1/mails`, {method: 'POST', body: `${head}\nContent-Type: text/plain; charset=utf-8\n\n${text}\n`,
		headers: {authorization: `Bearer ${bearer}`, 'content-type': 'message/rfc822'}})).json();
	const mailed = `/enquiries/${(await mail('From: Maria Holm <maria@randers.example>\nSubject: Sygeplejersker\nMessage-ID: <a@x.example>',
		'Hej\n\nHvem spørger vi om autorisation?\n\nVenlig hilsen\nMaria Holm, Jobcenter Randers')).enquiry}`;
	await mail('From: Maria Holm <maria@randers.example>\nSubject: Sv: Sygeplejersker\nReferences: <a@x.example>', 'Det gælder to personer.');
	const aside = `/mails/${(await mail('From: postmaster@mx.example\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied', 'Nobody of that name.')).id}`;
	await post('caseworker', `${candidate}/outcomes`, `${candidate}/outcomes`, {kind: 'start', on_day: '2026-11-02', place: 'Øst Sygehus'});
	const job = `/jobs/1/${(await (await readers.caseworker.ask('/jobs/1')).text()).match(/\/jobs\/1\/([0-9a-f-]{36})/)[1]}`;
	const ambition = await send(readers.administrator, '/ambitions', [['name', 'Partnerskab om sundhedsuddannede'], ['partners', 'Danske Regioner, KL'], ['begins', today], ['ends', last]]);
	await send(readers.administrator, `${ambition}/edit/aims`, [['version', '1'], ['aims-0.words', 'Sygeplejersker, der er begyndt'], ['aims-0.measure', 'start'], ['aims-0.whose', 'counted'],
		['aims-0.number', '40'], ['aims-1.words', 'Registreret i alt'], ['aims-1.measure', 'registered'], ['aims-1.whose', 'office'], ['aims-1.number', '300']]);
	await send(readers.administrator, `${ambition}/edit/commitments`, [['version', '2'], ['commitments-0.words', 'Én hotline for alle jobcentre'], ['commitments-0.until', today]]);
	const joined = office.admin('create-tenant', '--template', 'region_dk', '--name', 'Region Østdanmark').trim();
	const merge = (on) => office.admin('merge-tenants', '--from', '1', '--into', joined, '--on', on, '--why', 'Regionerne lægges sammen');
	merge('2099-01-01'); // the office's page says so
	const as = (session, language, paths) => paths.map((path) => ({path, language, session}));
	const visits = [
		...as(undefined, 'da', ['/sign-in', '/forgotten', '/was', '/privacy', job]),
		...as('caseworker', 'da', ['/', '/candidates?q=olen', candidate, `${candidate}/history`, `${candidate}/print`, '/candidates/new', ...edits,
			'/account', '/account/password', '/employers', employer, `${employer}/edit/people`, '/openings', opening,
			`${opening}/edit/time`, `${employer}/openings/new`, suits, `${opening}/matches`, `${opening}/carve`, '/doors', proposal, '/imports', brought,
			`${document}?q=svejser`, '/runs/new', plan, asked_of, beside, `${candidate}/shares`, `${candidate}/shares/new`, share, '/shares?box=given', '/referrals?box=out',
			'/pools', '/pools/givings/new', giving, '/pools/matches', proposed, `${opening}/pools`]),
		...as('pool', 'da', ['/pools', pooled]),
		...as('region', 'da', ['/', '/shares', '/referrals', share, `${share}/forward`, '/agreements', waits]),
		...as('officer', 'da', [`${candidate}/seen`, '/audit', '/audit/check']).map((visit) => ({...visit, changes: true})),
		...as('administrator', 'da', ['/members', '/members/new', '/office', '/units', '/clients', '/webhooks', '/agreements', '/agreements/new', agreement, '/ambitions', ambition, `${ambition}/edit/aims`]),
		...as(undefined, 'da', ['/entrance/1', '/entrance/1/enquiry/3F9A-21C4']),
		...as('administrator', 'da', [entrance, `${entrance}/edit/municipalities`]),
		...as('en', 'en', ['/hotline', '/enquiries', '/enquiries/new', enquiry, `${asked}/card`, `${enquiry}/edit/whom`, '/mails', aside]).map((visit) => ({...visit, changes: true})),
		...as('caseworker', 'da', [`${candidate}/screening?family=psychiatry`, `${candidate}/outcomes`, `${candidate}/ambitions`, '/hotline/figures']).map((visit) => ({...visit, changes: true})),
		...as('uk', 'uk', [`${candidate}/screening?family=care`, '/hotline/figures']).map((visit) => ({...visit, changes: true})),
		...as('sv', 'sv', ['/hotline', '/enquiries/new', enquiry, `${asked}/candidate`, '/articles', article, `${mailed}/mails`]).map((visit) => ({...visit, changes: true})),
		...['uk', 'sv', 'en'].flatMap((language) => as(language, language, ['/', '/candidates', candidate, `${opening}/matches`, share, `${candidate}/shares`])),
		{path: '/nowhere', language: 'da', session: 'caseworker', status: 404, changes: true},
	].filter(({path}) => path.includes(part));
	const sessions = Object.fromEntries(Object.entries(readers).map(([who, {cookies}]) => [who, cookies]));
	if (visits.length) await walk({base, packs: true, sessions, visits}, {shots: process.env.SHOTS, only: process.env.ONLY, tell});
	// The day comes, and whoever follows an old link is told where the office is.
	const gone = ['da', 'uk'].map((language) => ({path: '/candidates?merged', language, session: language === 'da' ? 'caseworker' : language, status: 410, changes: true}))
		.filter(({path}) => path.includes(part));
	if (gone.length) {
		office.admin('cancel-merge', '--from', '1');
		merge(new Date().toISOString().slice(0, 10));
		while ((await readers.caseworker.ask('/candidates')).status !== 410) await new Promise((then) => setTimeout(then, 300));
		await walk({base, packs: true, sessions, visits: gone}, {shots: process.env.SHOTS, only: process.env.ONLY, tell});
	}
} finally {
	await office.close();
}
process.exit(done() > 0 ? 1 : 0);
