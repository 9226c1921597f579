// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// A page of a file or of a server, opened in chromium, and what it did meanwhile.
import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';

// the first of these commands that is there, or undefined
function command(...names) {
	const places = names.flatMap((name) => process.env.PATH.split(delimiter).map((folder) => join(folder, name)));
	return places.find((place) => {
		try {
			accessSync(place, constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

export const launch = () => chromium.launch({
	executablePath: command('chromium', 'chromium-browser', 'google-chrome'),
	args: process.getuid() === 0 ? ['--no-sandbox'] : [], // as root chromium will not have one
});

const shifts = () => {
	window.shifted = {sum: 0, what: []};
	const place = ({x, y, width, height}) => `${[x, y, width, height].map(Math.round)}`;
	new PerformanceObserver((list) => {
		for (const entry of list.getEntries()) {
			window.shifted.sum += entry.value;
			for (const {node, previousRect, currentRect} of entry.sources ?? [])
				window.shifted.what.push(`${node?.outerHTML?.slice(0, 60) ?? node?.textContent?.slice(0, 60)} from ${place(previousRect)} to ${place(currentRect)}`);
		}
	}).observe({type: 'layout-shift', buffered: true});
};

// A moment later, and drawn: without a clock of ours, for a machine may be slow.
const settled = () => new Promise((done) => {
	setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => done())), 150);
});

// Cookies of the host alone, as __Host- wants them; playwright's own way names a domain.
export async function setCookies(page, server, cookies) {
	const devtools = await page.context().newCDPSession(page);
	for (const {name, value} of cookies) {
		const {success} = await devtools.send('Network.setCookie', {name, value, url: `${server}/`, path: '/', secure: name.startsWith('__'), httpOnly: true});
		if (!success) throw new Error(`the browser does not take the cookie ${name}`);
	}
	await devtools.detach();
}

// The address of a page: FILE, or a server's.
export const address = (file) => (/^https?:/.test(file) ? file : pathToFileURL(file).href);

// The window is made as wide, in CSS pixels, of usual height.
export async function resize(page, width) {
	await page.setViewportSize({width, height: 900});
	await page.evaluate(settled);
}

// The letter height the reader has chosen in the browser: 16 is usual.
export async function letters(page, height) {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Page.setFontSizes', {fontSizes: {standard: height, fixed: height}});
	await devtools.detach();
	await page.evaluate(settled);
}

// open(BROWSER, FILE, {width, script, cookies, language}, LOOK): what LOOK(page) gives, with what the page asked for elsewhere
// (page.requests), what came from its own server (page.got(): [{url, status, bytes}]) and what it complained of. FILE: or http://...
// width in CSS pixels
export async function open(browser, file, {width, script = true, cookies = [], language}, look) {
	const own = address(file);
	const server = own.startsWith('http') ? new URL(own).origin : undefined;
	// The tools that look into a page (axe) are not of the page: its policy binds only what it does itself, and this says if it was broken.
	const context = await browser.newContext({
		viewport: {width, height: 900}, javaScriptEnabled: script, ...(language && {locale: language, extraHTTPHeaders: {'accept-language': language}}),
	});
	try {
		const page = await context.newPage();
		if (server && cookies.length > 0) await setCookies(page, server, cookies);
		page.complaints = [];
		page.requests = [];
		const coming = [];
		page.got = async () => (await Promise.all(coming)).filter(Boolean);
		page.on('console', (message) => {
			if (message.type() === 'error') page.complaints.push(message.text());
		});
		page.on('pageerror', (error) => page.complaints.push(`${error}`));
		page.on('request', (request) => {
			const to = request.url();
			const ours = server ? new URL(to).origin === server : to === own;
			if (!ours && !/^(data|blob):/.test(to)) page.requests.push(to.slice(0, 200));
		});
		page.on('requestfinished', (request) => coming.push((async () => {
			const response = await request.response();
			const sizes = await request.sizes().catch(() => ({responseBodySize: 0}));
			const bare = response && request.isNavigationRequest() && !response.headers()['content-encoding'];
			const html = bare ? await response.body().catch(() => undefined) : undefined;
			return response && {url: request.url(), status: response.status(), bytes: sizes.responseBodySize, html};
		})()));
		page.on('response', (response) => {
			if (response.status() >= 400) coming.push(Promise.resolve({url: response.url(), status: response.status(), bytes: 0}));
		});
		if (script) await page.addInitScript(shifts);
		const answer = await page.goto(own, {waitUntil: 'load'});
		page.status = answer?.status() ?? 200;
		page.headers = answer?.headers() ?? {};
		await page.evaluate(() => document.fonts.ready.then(() => undefined));
		await (script ? page.evaluate(settled) : page.waitForTimeout(150));
		return await look(page);
	} finally {
		await context.close();
	}
}
