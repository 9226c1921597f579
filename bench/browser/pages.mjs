// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// node pages.mjs LANDGANG LANG_DIR [ROUNDS]: how long the pages of the service take to be seen, as Lighthouse tells: on a phone with a slow
// network and processor, both simulated, and at a desk. Medians of ROUNDS (3). Straight from the web process, so pages come unpacked.
import {launch} from 'chrome-launcher';
import lighthouse, {desktopConfig} from 'lighthouse';
import puppeteer from 'puppeteer-core';
import {openOffice} from '../../test/browser/office.mjs';

const [program, catalogues, rounds = '3'] = process.argv.slice(2);
const kinds = ['performance', 'accessibility', 'best-practices'];
const times = {'first-contentful-paint': 'FCP', 'largest-contentful-paint': 'LCP', 'total-blocking-time': 'TBT'};
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

const office = await openOffice(program, catalogues);
const chrome = await launch({chromeFlags: ['--headless=new', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])]}); // as root there is none
try {
	const reader = await office.signIn('karin@landgang.example');
	const candidate = `/candidates/${(await (await reader.ask('/candidates')).text()).match(/\/candidates\/([0-9a-f-]{36})/)[1]}`;
	const browser = await puppeteer.connect({browserURL: `http://127.0.0.1:${chrome.port}`, defaultViewport: null});
	const page = await browser.newPage();
	const network = await page.createCDPSession();
	const signedIn = async () => {
		for (const [name, value] of Object.entries(reader.cookies))
			await network.send('Network.setCookie', {name, value, url: `${office.base}/`, path: '/', secure: true, httpOnly: true});
	};
	console.log(`${'page'.padEnd(14)}${'as on'.padEnd(8)}${Object.values(times).map((name) => `${name} ms`.padStart(8)).join('')}${'CLS'.padStart(8)}  ${kinds.join('  ')}`);
	for (const [name, path] of [['sign-in', '/sign-in'], ['my day', '/'], ['list', '/candidates'], ['candidate', candidate]]) {
		if (name !== 'sign-in') await signedIn();
		for (const device of ['phone', 'desk']) {
			const told = [];
			for (let i = 0; i < Number(rounds); i++) {
				const {lhr} = await lighthouse(office.base + path,
					{onlyCategories: kinds, logLevel: 'silent', extraHeaders: {'accept-language': 'da'}}, device === 'desk' ? desktopConfig : undefined, page);
				if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
				if (new URL(lhr.finalDisplayedUrl).pathname !== path) throw new Error(`${path} led to ${lhr.finalDisplayedUrl}`);
				told.push(lhr);
			}
			const audit = (id) => median(told.map((lhr) => lhr.audits[id].numericValue));
			console.log(name.padEnd(14) + device.padEnd(8) + Object.keys(times).map((id) => audit(id).toFixed(0).padStart(8)).join('') +
				audit('cumulative-layout-shift').toFixed(3).padStart(8) +
				kinds.map((kind) => `  ${String(Math.round(100 * median(told.map((lhr) => lhr.categories[kind].score)))).padStart(kind.length)}`).join(''));
		}
	}
} finally {
	chrome.kill();
	await office.close();
}
