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

// What of a page is told when it is old: its stream, which of the stream's words is its own, and what is asked for then.
class Part {
	constructor(queue, live, word, last, path) {
		this.queue = queue, this.live = live, this.word = word, this.last = last, this.path = path, this.old = false, this.busy = false;
	}
	hear(words) {
		const word = words[this.word] ?? '';
		if (this.last !== undefined && word !== this.last) this.renew();
		this.last = word;
	}
	async renew() {
		this.old = true;
		if (this.busy) return;
		this.busy = true;
		while (this.old) {
			this.old = false;
			const { k } = this.queue;
			const answer = must(await ask(k, 'GET', this.path, null, { 'hx-request': 'true', 'hx-request-type': 'partial' }), 200, this.path);
			const at = now();
			const figures = asked.get(this.path) ?? { times: 0, bytes: 0 };
			asked.set(this.path, { times: figures.times + 1, bytes: figures.bytes + answer.body.length });
			for (const change of changes) if (change.done && !change.seen.has(k) && change.shows(answer.body)) change.seen.set(k, Math.max(0, at - change.at));
		}
		this.busy = false;
	}
}
// An open queue: the page, its streams and its parts, as web/landgang.js and htmx make of it.
class Queue {
	constructor(k) { this.k = k; }
	async open() {
		const page = must(await ask(this.k, 'GET', '/hotline'), 200, 'page').body;
		const parts = [...page.matchAll(/<[^>]* data-live="([^"]+)"[^>]*>/g)].map(([tag, live]) =>
			new Part(this, live, Number(tag.match(/ data-live-word="(\d+)"/)?.[1] ?? 0), tag.match(/ data-live-was="([^"]*)"/)?.[1], tag.match(/ data-hx-get="([^"]+)"/)[1]));
		if (!parts.length) throw new Error('nothing of the page is told of changes');
		for (const live of new Set(parts.map((part) => part.live))) await this.listen(live, parts.filter((part) => part.live === live));
	}
	listen(live, parts) {
		streams++;
		return new Promise((opened, failed) => {
			http.get({ port, host: '127.0.0.1', path: live, agent: false, headers: { cookie: cookie(this.k), accept: 'text/event-stream', 'sec-fetch-site': 'same-origin' } }, (rs) => {
				if (rs.statusCode !== 200) return failed(new Error(`stream: ${rs.statusCode}`));
				let text = '';
				rs.on('data', (bytes) => {
					text += bytes;
					for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
						const data = text.slice(0, end).match(/^data: ?(.*)$/m);
						if (!data) continue;
						events++;
						for (const part of parts) part.hear(data[1].split(' '));
						opened();
					}
				});
				rs.on('end', () => { if (!over) throw new Error('a stream ended'); });
			}).on('error', (e) => { if (!over) failed(e); });
		});
	}
}
const asked = new Map();
let streams = 0;
let events = 0;
const changes = [];
let over = false;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
async function queue(agents, seconds, every) {
	const all = Array.from({ length: agents }, (_, k) => new Queue(k));
	await csrf(agents);
	for (const one of all) await one.open();
	console.log('open');
	await wait(2000);
	asked.clear(), events = 0;
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
		console.log(`changes ${changes.length}, open queues ${agents}, not shown ${missed}; promise: within 1 s ${times[times.length - 1] <= 1000 && !missed ? 'kept' : 'NOT KEPT'}`);
	}
	console.log(`${streams} streams, ${events} events${[...asked].map(([path, of]) => `; ${path} asked for ${of.times} times, ${Math.round(of.bytes / of.times / 1024)} kB each`).join('')}`);
	console.log(`seconds ${((ended - begun) / 1000).toFixed(1)}`);
	over = true;
	process.exit(0);
}

if (mode === 'beside') await beside(Number(args[0]));
else await queue(Number(args[0]), Number(args[1]), Number(args[2]));
process.exit(0);
