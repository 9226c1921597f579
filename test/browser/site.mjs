// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node site.mjs [--shots FOLDER] [--only WORDS] [--leave WORDS] PLAN.json: the pages of a running service, in chromium, as their readers
// see them. Speaks TAP. PLAN.json:
//
//     {"base": "http://127.0.0.1:8080",
//      "sessions": {"mette-da": {"__Host-session": "..."}},
//      "visits": [{"path": "/candidates", "language": "da", "session": "mette-da", "status": 200, "elements": 1500, "changes": false}]}
//
// "packs": true says that pages are packed by a proxy that is not there now, so that they weigh what they weigh with it.
// Of a visit only path and language must be there. The language is asked for by Accept-Language too. What an account's pages are
// shown in is the account's matter: give a session for each language. Each is checked as test/browser/checks.mjs says, in all its
// sizes; with the keyboard; and the HTML as it was sent by the Nu checker.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {launch} from './browser.mjs';
import {check, vnu} from './checks.mjs';

const cookieHeader = (cookies) => Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join('; ');

// walk(PLAN, {shots, only, leave, tell}): looks at all visits; tell is called with {name, faults} of each check. Two pages at a time.
export async function walk({base, sessions = {}, packs = false, visits}, {shots, only, leave, tell, at = 2}) {
	const folder = mkdtempSync(join(tmpdir(), 'landgang-site-'));
	const browser = await launch();
	const results = [];
	const files = [];
	let next = 0, told = 0;
	const tellOn = () => { // in the order of the visits, as soon as may be
		for (; results[told]; told++) results[told].forEach(tell);
	};
	async function work() {
		for (let i = next++; i < visits.length; i = next++) {
			const {path, language, session, ...rest} = visits[i];
			const name = `${language} ${path}`;
			const cookies = sessions[session] ?? {};
			const answer = await fetch(base + path, {headers: {cookie: cookieHeader(cookies), 'accept-language': language}});
			const file = join(folder, `${i}.html`);
			writeFileSync(file, await answer.text());
			files[i] = file;
			results[i] = await check(browser, base + path, {
				...rest, packs, language, name, shots, only: only ?? '', leave,
				cookies: Object.entries(cookies).map(([cookie, value]) => ({name: cookie, value})),
			});
			tellOn();
		}
	}
	try {
		await Promise.all(Array.from({length: at}, work));
		if (!only) vnu(files).forEach(({faults}, i) => tell({name: `${visits[i].language} ${visits[i].path}: its HTML is without error or warning`, faults}));
	} finally {
		await browser.close();
		rmSync(folder, {recursive: true});
	}
}

// teller(): prints TAP; done() says how many failed
export function teller() {
	let count = 0, failed = 0;
	const tell = ({name, faults}) => {
		if (faults.length > 0) failed++;
		console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${++count} - ${name}`);
		for (const fault of faults.slice(0, 20)) console.log(`# ${fault.replaceAll('\n', ' ')}`);
	};
	return {tell, done: () => {
		console.log(`1..${count}`);
		return failed;
	}};
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const {values, positionals} = parseArgs({
		allowPositionals: true, options: Object.fromEntries(['shots', 'only', 'leave'].map((name) => [name, {type: 'string'}])),
	});
	if (positionals.length !== 1) throw new Error('node site.mjs [OPTION...] PLAN.json');
	const {tell, done} = teller();
	await walk(JSON.parse(readFileSync(positionals[0], 'utf8')), {...values, tell});
	process.exit(done() > 0 ? 1 : 0);
}
