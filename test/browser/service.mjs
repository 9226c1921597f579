// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node service.mjs LANDGANG LANG_DIR [WORDS]: the service in trial mode with its demonstration office, signed in as a caseworker, an
// administrator and others, page by page in chromium. All pages in Danish; those one works with in the other languages too, as colleagues
// who speak them. WORDS: only visits whose address holds them. SHOTS=FOLDER keeps the pictures, ONLY=WORDS runs those checks. Speaks TAP.
import {execFileSync, spawn} from 'node:child_process';
import {chmodSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {teller, walk} from './site.mjs';

const [program, catalogues, part = ''] = process.argv.slice(2);
const [landgang, words] = [resolve(program), resolve(catalogues)];
const folder = mkdtempSync(join(tmpdir(), 'landgang-service-'));
chmodSync(folder, 0o755); // as root its processes become somebody else, who must come in
let base;
const env = {
	...process.env, LANDGANG_PORT: '0', LANDGANG_METRICS_PORT: '0', LANDGANG_DEMONSTRATION_PEOPLE: '200', LANDGANG_LOG_LEVEL: 'warn',
	LANDGANG_LANG_DIR: words, LANDGANG_STATE_FOLDER: join(folder, 'var'), LANDGANG_KEYS_FOLDER: join(folder, 'keys'), LANDGANG_RUN_FOLDER: join(folder, 'run'),
	...(process.getuid() === 0 && {LANDGANG_USER: 'postgres'}),
};

// the running service; said: what it has printed
async function start() {
	const child = spawn(landgang, ['serve'], {cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe']});
	let said = '';
	child.stderr.on('data', (data) => { said += data; });
	await new Promise((ready, failed) => {
		child.stdout.on('data', (data) => {
			said += data;
			base = said.match(/^ready: (http:[^\s]*)\/$/m)?.[1];
			if (base && said.includes('Nobody in it exists')) ready();
		});
		child.on('exit', (code) => failed(new Error(`landgang serve ended with ${code}: ${said.slice(-2000)}`)));
	});
	return child;
}

// A reader without a browser, who keeps cookies.
class Reader {
	cookies = {};
	async ask(path, options = {}) {
		const answer = await fetch(base + path, {
			redirect: 'manual', ...options, headers: {cookie: Object.entries(this.cookies).map(([name, value]) => `${name}=${value}`).join('; '), ...options.headers},
		});
		for (const line of answer.headers.getSetCookie()) {
			const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
			if (value === '' || /max-age=0/i.test(line)) delete this.cookies[name];
			else this.cookies[name] = value;
		}
		const to = answer.headers.get('location');
		return answer.status === 303 && to ? this.ask(to.replace(base, '')) : answer;
	}
	async fill(html, values) {
		const form = html.match(/<form class="narrow" method="post" action="([^"]*)">(.*?)<\/form>/s);
		if (!form) throw new Error('there is no form to fill in');
		const hidden = Object.fromEntries(Array.from(form[2].matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g), ([, name, value]) => [name, value]));
		return (await this.ask(form[1], {method: 'POST', body: new URLSearchParams({...hidden, ...values}), headers: {origin: base, 'sec-fetch-site': 'same-origin'}})).text();
	}
	async signIn(mail) {
		const asked = await this.fill(await (await this.ask('/sign-in')).text(), {mail, password: 'landgang til alle'});
		const code = execFileSync(landgang, ['demo', 'code', mail], {cwd: folder, env, encoding: 'utf8'}).match(/\d{6}/)[0];
		const home = await this.fill(asked, {code});
		if (!home.includes('class="me"')) throw new Error(`${mail} could not sign in: ${home.match(/<h1>.*?<\/h1>/)?.[0]}`);
		return this;
	}
}

const colleagues = {caseworker: 'karin', administrator: 'bente', officer: 'peter', sv: 'sofie', uk: 'oksana', en: 'grace'};
const {tell, done} = teller();
let service;
try {
	service = await start();
	const readers = {};
	for (const [who, mail] of Object.entries(colleagues)) readers[who] = await new Reader().signIn(`${mail}@landgang.example`);
	const found = await (await readers.caseworker.ask('/candidates')).text();
	const candidate = `/candidates/${found.match(/\/candidates\/([0-9a-f-]{36})/)[1]}`;
	const edits = ['person', 'languages', 'education', 'week', 'stay'].map((section) => `${candidate}/edit/${section}`);
	const as = (session, language, paths) => paths.map((path) => ({path, language, session}));
	const visits = [
		...as(undefined, 'da', ['/sign-in', '/forgotten', '/was', '/privacy']),
		...as('caseworker', 'da', ['/', '/candidates?q=olen', candidate, `${candidate}/history`, `${candidate}/print`, '/candidates/new', ...edits,
			'/account', '/account/password']),
		...as('officer', 'da', [`${candidate}/seen`, '/audit', '/audit/check']).map((visit) => ({...visit, changes: true})),
		...as('administrator', 'da', ['/members', '/members/new', '/office', '/units', '/clients']),
		...['uk', 'sv', 'en'].flatMap((language) => as(language, language, ['/', '/candidates', candidate])),
		{path: '/nowhere', language: 'da', session: 'caseworker', status: 404, changes: true},
	].filter(({path}) => path.includes(part));
	await walk({base, packs: true, sessions: Object.fromEntries(Object.entries(readers).map(([who, {cookies}]) => [who, cookies])), visits},
		{shots: process.env.SHOTS, only: process.env.ONLY, tell});
} finally {
	service?.kill('SIGTERM');
	if (service) await new Promise((ended) => (service.exitCode === null ? service.on('exit', ended) : ended()));
	rmSync(folder, {recursive: true, force: true});
}
process.exit(done() > 0 ? 1 : 0);
