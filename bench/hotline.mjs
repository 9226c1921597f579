// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// For bench/hotline.sh: what the browsers of a hotline's agents ask of the service.
//   hotline.mjs PORT beside N < WORDS     N texts, typed as in the form of a new enquiry, each a request
//   hotline.mjs PORT queue AGENTS SECONDS EVERY_MS    so many open queues; an enquiry is taken or a new one comes so often (0: nothing does)
// Nothing but the modules of node. The session of agent k has the token sha256('bench 1.k').
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';

const [port, mode, ...args] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true, maxSockets: 1000 });
const cookie = (k) => `__Host-landgang=${createHash('sha256').update(`bench 1.${k}`).digest('base64url')}`;
const now = () => Number(process.hrtime.bigint()) / 1e6;

function ask(k, method, path, form, more = {}) {
	const body = form && new URLSearchParams(form).toString();
	const headers = { cookie: cookie(k), accept: 'text/html', 'accept-language': 'da', 'sec-fetch-site': 'same-origin', ...more };
	if (body) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) });
	return new Promise((done, failed) => {
		const rq = http.request({ port, host: '127.0.0.1', method, path, headers, agent }, (rs) => {
			const parts = [];
			rs.on('data', (part) => parts.push(part));
			rs.on('end', () => done({ status: rs.statusCode, location: rs.headers.location, body: Buffer.concat(parts).toString() }));
			rs.on('error', failed);
		});
		rq.on('error', failed);
		rq.end(body);
	});
}

const csrfs = new Map();
async function csrf(k) {
	if (!csrfs.has(k)) csrfs.set(k, (await ask(k, 'GET', '/enquiries/new')).body.match(/name="csrf" value="([^"]+)"/)[1]);
	return csrfs.get(k);
}
function must(answer, status, what) {
	if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${answer.body.slice(0, 300)}`);
	return answer;
}
const part = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? NaN;
function say(what, times) {
	times.sort((a, b) => a - b);
	console.log(`${what}: ${times.length}, p50 ${part(times, 0.5).toFixed(0)} ms, p99 ${part(times, 0.99).toFixed(0)} ms, longest ${part(times, 1).toFixed(0)} ms`);
	return part(times, 0.99);
}

async function beside(n) {
	const words = readFileSync(0, 'utf8').trim().split('\n');
	const times = [];
	let found = 0;
	let seed = 1;
	const dice = (m) => ((seed = (seed * 1664525 + 1013904223) >>> 0) >>> 8) % m;
	const one = async (i) => {
		const word = words[i % words.length];
		const typed = word.slice(0, dice(3) ? word.length : Math.max(3, word.length - 1 - dice(4)));
		const form = {
			channel: 'phone', caller_phone: dice(2) ? `+45 ${80000000 + dice(4000)}` : '', municipality: 'DK-0730', caller_place: dice(3) ? '' : 'Jobcenter',
			subject: 'other', words: `Jobcentret spørger: er der en plads til en ${word}, som gerne vil i gang på mandag?`, 'occupation': '', 'occupation-typed': typed,
			typed_occupation: typed, about: 'nobody', legal_basis: '', caller_name: dice(3) ? '' : 'Karen Holm', csrf: await csrf(0),
		};
		const begun = now();
		const answer = must(await ask(0, 'POST', '/enquiries/beside', form, { 'hx-request': 'true', 'hx-request-type': 'partial' }), 200, 'beside');
		times.push(now() - begun);
		found += /\/openings\//.test(answer.body);
	};
	for (let i = 0; i < 20; i++) await one(i);
	times.length = 0, found = 0;
	for (let i = 0; i < n; i++) await one(20 + i);
	const p99 = say('one after the other', times);
	console.log(`openings beside ${found} of ${n}; promise: 300 ms p99 ${p99 <= 300 && found > n / 2 ? 'kept' : 'NOT KEPT'}`);
}

// An open queue: its events, and the part of the page that is asked for again then, as web/landgang.js and htmx do.
class Queue {
	constructor(k) {
		this.k = k, this.page = '', this.old = false, this.busy = false, this.asked = 0;
	}
	open() {
		return new Promise((opened, failed) => {
			http.get({ port, host: '127.0.0.1', path: '/hotline/live', headers: { cookie: cookie(this.k), accept: 'text/event-stream', 'sec-fetch-site': 'same-origin' } }, (rs) => {
				if (rs.statusCode !== 200) return failed(new Error(`stream: ${rs.statusCode}`));
				let text = '';
				let first = true;
				rs.on('data', (bytes) => {
					text += bytes;
					for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
						if (!/^data:/m.test(text.slice(0, end))) continue;
						if (!first) this.renew();
						first = false;
						opened();
					}
				});
				rs.on('end', () => { if (!over) throw new Error('a stream ended'); });
			}).on('error', (e) => { if (!over) failed(e); });
		});
	}
	async renew() {
		this.old = true;
		if (this.busy) return;
		this.busy = true;
		while (this.old) {
			this.old = false;
			this.asked++;
			const answer = must(await ask(this.k, 'GET', '/hotline', null, { 'hx-request': 'true', 'hx-request-type': 'partial' }), 200, 'queue');
			this.page = answer.body;
			const at = now();
			for (const change of changes) if (change.done && !change.seen.has(this.k) && change.shows(this.page)) change.seen.set(this.k, Math.max(0, at - change.at));
		}
		this.busy = false;
	}
}
const changes = [];
let over = false;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
async function queue(agents, seconds, every) {
	const all = Array.from({ length: agents }, (_, k) => new Queue(k));
	await csrf(agents);
	for (const one of all) await one.open();
	console.log('open');
	await wait(2000);
	const begun = now();
	for (let i = 0; now() - begun < seconds * 1000; i++) {
		await wait(Math.max(0, begun + i * (every || 1000) - now()));
		if (!every) continue;
		const last = changes[changes.length - 1];
		const change = { seen: new Map() };
		changes.push(change);
		if (i % 2 === 0) {
			const form = { channel: 'mail', subject: 'other', words: 'Er der en plads?', about: 'nobody', priority: 'urgent', municipality: 'DK-0730', caller_place: `Sted ${i}`, csrf: await csrf(agents) };
			const answer = must(await ask(agents, 'POST', '/enquiries', form), 303, 'new');
			change.id = answer.location.match(/enquiries\/([0-9a-f-]{36})/)[1];
			change.shows = (page) => page.includes(change.id);
		} else {
			change.id = last.id;
			must(await ask(agents, 'POST', `/enquiries/${change.id}/take`, { version: '1', csrf: await csrf(agents) }), 303, 'take');
			change.shows = (page) => page.includes(change.id) && !page.includes(`${change.id}/take`);
		}
		change.at = now(), change.done = true;
	}
	const ended = now();
	await wait(5000 * (every ? 1 : 0));
	if (every) {
		const times = changes.flatMap((c) => [...c.seen.values()]);
		say('from the answer to a change until the queue shows it', times);
		const missed = changes.length * agents - times.length;
		console.log(`changes ${changes.length}, open queues ${agents}, not shown ${missed}, queues asked for ${all.reduce((n, q) => n + q.asked, 0)}; promise: within 1 s ${times[times.length - 1] <= 1000 && !missed ? 'kept' : 'NOT KEPT'}`);
	}
	console.log(`seconds ${((ended - begun) / 1000).toFixed(1)}`);
	over = true;
	process.exit(0);
}

if (mode === 'beside') await beside(Number(args[0]));
else await queue(Number(args[0]), Number(args[1]), Number(args[2]));
process.exit(0);
