// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// The service in trial mode with its demonstration office, in a folder of its own, and those who sign in there without a browser.
import {execFileSync, spawn} from 'node:child_process';
import {chmodSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';

// The running service: LANDGANG the program, LANG_DIR its catalogues. base: its address, without a slash at the end.
// signIn(MAIL): a reader with .cookies and .ask(PATH). run(WORD...): the program once more, for what it says; admin(WORD...): "landgang admin".
// close() ends it and takes its folder away.
export async function openOffice(program, catalogues) {
	const landgang = resolve(program);
	const folder = mkdtempSync(join(tmpdir(), 'landgang-service-'));
	chmodSync(folder, 0o755); // as root its processes become somebody else, who must come in
	const env = {
		...process.env, LANDGANG_PORT: '0', LANDGANG_METRICS_PORT: '0', LANDGANG_DEMONSTRATION_PEOPLE: '200', LANDGANG_LOG_LEVEL: 'warn',
		LANDGANG_LANG_DIR: resolve(catalogues),
		LANDGANG_STATE_FOLDER: join(folder, 'var'), LANDGANG_KEYS_FOLDER: join(folder, 'keys'), LANDGANG_RUN_FOLDER: join(folder, 'run'),
		...(process.getuid() === 0 && {LANDGANG_USER: 'postgres'}),
	};
	const child = spawn(landgang, ['serve'], {cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe']});
	const close = async () => {
		child.kill('SIGTERM');
		await new Promise((ended) => (child.exitCode === null && child.signalCode === null ? child.on('exit', ended) : ended()));
		rmSync(folder, {recursive: true, force: true});
	};
	let said = '', base;
	child.stderr.on('data', (data) => { said += data; });
	try {
		await new Promise((ready, failed) => {
			child.stdout.on('data', (data) => {
				said += data;
				base = said.match(/^ready: (http:[^\s]*)\/$/m)?.[1];
				if (base && said.includes('Nobody in it exists')) ready();
			});
			child.on('error', failed);
			child.on('exit', (code) => failed(new Error(`landgang serve ended with ${code}: ${said.slice(-2000)}`)));
		});
	} catch (error) {
		rmSync(folder, {recursive: true, force: true});
		throw error;
	}
	const run = (...words) => execFileSync(landgang, words, {cwd: folder, env, encoding: 'utf8'});
	const codeOf = (mail) => run('demo', 'code', mail).match(/\d{6}/)[0];
	const admin = (...words) => run('admin', ...words);
	return {base, close, run, admin, signIn: (mail) => new Reader(base).signIn(mail, codeOf)};
}

// A reader without a browser, who keeps cookies.
class Reader {
	cookies = {};
	constructor(base) { this.base = base; }
	async ask(path, options = {}) {
		const answer = await fetch(this.base + path, {
			redirect: 'manual', ...options, headers: {cookie: Object.entries(this.cookies).map(([name, value]) => `${name}=${value}`).join('; '), ...options.headers},
		});
		for (const line of answer.headers.getSetCookie()) {
			const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
			if (value === '' || /max-age=0/i.test(line)) delete this.cookies[name];
			else this.cookies[name] = value;
		}
		const to = answer.headers.get('location');
		return answer.status === 303 && to ? this.ask(to.replace(this.base, '')) : answer;
	}
	async fill(html, values) {
		const form = html.match(/<form class="narrow" method="post" action="([^"]*)">(.*?)<\/form>/s);
		if (!form) throw new Error('there is no form to fill in');
		const hidden = Object.fromEntries(Array.from(form[2].matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g), ([, name, value]) => [name, value]));
		return (await this.ask(form[1], {method: 'POST', body: new URLSearchParams({...hidden, ...values}), headers: {origin: this.base, 'sec-fetch-site': 'same-origin'}})).text();
	}
	async signIn(mail, codeOf) {
		const asked = await this.fill(await (await this.ask('/sign-in')).text(), {mail, password: 'landgang til alle'});
		const code = codeOf(mail);
		const home = await this.fill(asked, {code});
		if (!home.includes('class="me"')) throw new Error(`${mail} could not sign in: ${home.match(/<h1>.*?<\/h1>/)?.[0]}`);
		return this;
	}
}
