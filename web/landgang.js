// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// What pages do by themselves. All of it is extra: without this script every page does the same by links and forms.
// No text for people stands here; it stands in the page, where it is translated.
(() => {
	'use strict';
	const all = (selector, root = document) => [...root.querySelectorAll(selector)];
	const one = (id) => document.getElementById(id);

	// The end of the session, said two minutes before. The bar is in the page, hidden; data-left: seconds that are left.
	const bar = one('session');
	let ends = 0, asking;
	function watch() {
		if (!bar) return;
		const left = Math.round((ends - Date.now()) / 1000);
		const warn = left <= 120;
		if (warn && bar.hidden) bar.hidden = false;
		if (!warn) bar.hidden = true;
		if (left <= 0) {
			bar.classList.add('over');
			for (const part of all('[data-over]', bar)) part.hidden = false;
			for (const part of all('[data-soon]', bar)) part.hidden = true;
			return;
		}
		clearTimeout(asking);
		asking = setTimeout(watch, Math.max(1000, Math.min(left > 120 ? (left - 120) * 1000 : 5000, 60000)));
	}
	const lasts = (seconds) => {
		ends = Date.now() + seconds * 1000;
		watch();
	};
	if (bar) {
		lasts(Number(bar.dataset.left));
		document.addEventListener('visibilitychange', watch);
		const form = bar.querySelector('form');
		form?.addEventListener('submit', async (event) => {
			event.preventDefault();
			try {
				const answer = await fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form)), headers: {'HX-Request': 'true'}});
				if (answer.status !== 204) throw new Error(answer.status);
				// the server's clock, not ours, says how long that is
				const left = Number(answer.headers.get('X-Session-Until')) - Date.parse(answer.headers.get('Date')) / 1000;
				lasts(left > 0 ? left : Number(bar.dataset.whole));
			} catch {
				form.submit();
			}
		});
	}

	// The key / leads to the search, when nothing is being written. It can be turned off (WCAG 2.1.4), in this browser.
	const kept = (name, value) => {
		try {
			if (value !== undefined) localStorage.setItem(name, value);
			return localStorage.getItem(name);
		} catch {
			return null; // a browser that keeps nothing
		}
	};
	for (const box of all('input[data-keys]')) {
		box.checked = kept('keys') !== 'off';
		box.addEventListener('change', () => kept('keys', box.checked ? 'on' : 'off'));
		box.closest('[hidden]').hidden = false;
	}
	document.addEventListener('keydown', (event) => {
		const search = one('q');
		if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || !search) return;
		if (kept('keys') === 'off' || event.target.closest('input, textarea, select, [contenteditable]')) return;
		event.preventDefault();
		search.focus();
		search.select();
	});

	// A menu closes when one goes elsewhere, or with Escape.
	for (const menu of all('details.me')) {
		document.addEventListener('click', (event) => {
			if (!menu.contains(event.target)) menu.open = false;
		});
		menu.addEventListener('keydown', (event) => {
			if (event.key !== 'Escape' || !menu.open) return;
			menu.open = false;
			menu.querySelector('summary').focus();
		});
	}

	// The current item of a menu that scrolls is in sight.
	for (const link of all('.mainnav a[aria-current], .tabs a[aria-current]')) {
		const list = link.closest('ul');
		list.scrollLeft += link.getBoundingClientRect().left - list.getBoundingClientRect().left - 40;
	}

	// Sections: the one asked for by #name is open, also inside others.
	const unfold = () => {
		for (let at = location.hash.length > 1 && one(decodeURIComponent(location.hash.slice(1))); at; at = at.parentElement)
			if (at.tagName === 'DETAILS') at.open = true;
	};
	unfold();
	window.addEventListener('hashchange', unfold);

	// One more of several alike: without script the button asks the server for a form with one more.
	document.addEventListener('click', (event) => {
		const more = event.target.closest('button[data-add]');
		const take = event.target.closest('button[data-take]');
		if (more) {
			const from = one(more.dataset.add);
			const next = Number(from.dataset.next);
			from.dataset.next = next + 1;
			const made = from.content.cloneNode(true);
			for (const part of made.querySelectorAll('*'))
				for (const {name, value} of [...part.attributes]) if (value.includes('-new')) part.setAttribute(name, value.replaceAll('-new', `-${next}`));
			const row = made.firstElementChild;
			from.before(made);
			live(row);
			row.querySelector('input, select, textarea')?.focus();
		} else if (take) {
			const row = take.closest('fieldset');
			const after = row.parentElement.querySelector('button[data-add]');
			for (const field of all('[data-gone]', row)) field.value = '1';
			row.hidden = true;
			after?.focus();
		} else {
			return;
		}
		event.preventDefault();
	});

	// All of a list are ticked with one box, and the number of those ticked is told.
	function picks(form) {
		const boxes = () => all('input[name=pick]', form);
		const every = form.querySelector('[data-every]');
		const told = form.querySelector('[data-picked]');
		const tell = () => {
			const n = boxes().filter((box) => box.checked).length;
			if (told) told.textContent = n > 0 ? n : '';
			if (every) [every.checked, every.indeterminate] = [n > 0 && n === boxes().length, n > 0 && n < boxes().length];
		};
		form.addEventListener('change', (event) => {
			if (event.target === every) for (const box of boxes()) box.checked = every.checked;
			tell();
		});
		if (every) every.closest('[hidden]')?.removeAttribute('hidden');
		tell();
	}

	// A list that comes while one types (ARIA combobox). The field holds what is typed, the hidden one beside it what was chosen.
	// The server answers data-source?q=... with [{"id", "name", "more"}].
	function combo(field) {
		const box = field.closest('.combo');
		const chosen = box.querySelector('input[type=hidden]');
		const list = box.querySelector('ul');
		const said = box.querySelector('[role=status]');
		let at = -1, wait, found = [], asked = 0;
		const show = (open) => {
			list.hidden = !open;
			field.setAttribute('aria-expanded', open);
			if (!open) go(-1);
		};
		const go = (to) => {
			at = to;
			[...list.children].forEach((item, i) => item.setAttribute('aria-selected', i === at));
			if (at < 0) field.removeAttribute('aria-activedescendant');
			else {
				field.setAttribute('aria-activedescendant', list.children[at].id);
				list.children[at].scrollIntoView({block: 'nearest'});
			}
		};
		const take = (i) => {
			field.value = found[i].name;
			chosen.value = found[i].id;
			show(false);
		};
		const draw = () => {
			list.replaceChildren(...found.map(({name, more}, i) => {
				const item = document.createElement('li');
				Object.assign(item, {id: `${field.id}-${i}`, textContent: name});
				item.setAttribute('role', 'option');
				if (more) item.append(Object.assign(document.createElement('small'), {textContent: more}));
				item.addEventListener('mousedown', (event) => event.preventDefault());
				item.addEventListener('click', () => take(i));
				return item;
			}));
			show(found.length > 0);
			if (said) said.textContent = found.length > 0 ? said.dataset.some.replace('%', found.length) : said.dataset.none;
		};
		const ask = async () => {
			const mine = ++asked;
			try {
				const url = new URL(box.dataset.source, location.href);
				url.searchParams.set('q', field.value);
				const answer = await fetch(url, {headers: {Accept: 'application/json'}});
				const items = answer.ok ? await answer.json() : [];
				if (mine === asked) found = items;
			} catch {
				found = [];
			}
			if (mine === asked && document.activeElement === field) draw();
		};
		for (const [name, value] of Object.entries({role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id, autocomplete: 'off'}))
			field.setAttribute(name, value);
		field.addEventListener('input', () => {
			chosen.value = '';
			clearTimeout(wait);
			if (field.value.trim().length < 2) show(false);
			else wait = setTimeout(ask, 200);
		});
		field.addEventListener('blur', () => show(false));
		field.addEventListener('keydown', (event) => {
			const n = list.hidden ? 0 : found.length;
			if (event.key === 'ArrowDown' && n > 0) go((at + 1) % n);
			else if (event.key === 'ArrowUp' && n > 0) go((at + n - (at < 0 ? 0 : 1)) % n);
			else if (event.key === 'Enter' && n > 0 && at >= 0) take(at);
			else if (event.key === 'Escape' && n > 0) show(false);
			else return;
			event.preventDefault();
		});
	}

	// What comes to life in a page, or in a part that came later.
	function live(root) {
		for (const field of all('.combo input:not([type=hidden])', root)) if (field.getAttribute('role') !== 'combobox') combo(field);
		for (const form of all('form[data-picks]', root)) picks(form);
		for (const button of all('[data-print]', root)) {
			button.hidden = false;
			button.addEventListener('click', () => window.print());
		}
	}
	live(document);
	// Parts of the page that are told when they are old (server-sent events): each then asks for itself anew (data-hx-trigger="changed"), but not
	// while somebody is within it, whose focus would be gone: then when they have left. Parts of one stream share it: each has a word of what it
	// tells, and is old when that is another than it was.
	const streams = new Map();
	for (const part of all('[data-live]')) {
		let was = part.dataset.liveWas; // without it, the first tells how it was when the page was made
		let old = false;
		const renew = () => {
			if (!old || part.contains(document.activeElement)) return;
			old = false;
			part.dispatchEvent(new Event('changed'));
		};
		part.addEventListener('focusout', () => setTimeout(renew, 100));
		const hear = (words) => {
			const word = words[part.dataset.liveWord ?? 0];
			old = old || (was !== undefined && was !== word);
			was = word;
			renew();
		};
		const url = part.dataset.live;
		streams.set(url, [...streams.get(url) ?? [], hear]);
	}
	for (const [url, hearers] of streams) {
		let stream;
		const listen = () => {
			stream?.close();
			if (document.hidden) return;
			stream = new EventSource(url);
			stream.addEventListener('message', (event) => {
				for (const hear of hearers) hear(event.data.split(' '));
			});
		};
		document.addEventListener('visibilitychange', listen);
		listen();
	}

	document.addEventListener('htmx:after:swap', (event) => live(event.target));

	// What is wrong with a form is read first.
	one('wrong')?.focus();
})();
