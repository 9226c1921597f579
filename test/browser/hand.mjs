// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// What a person does with a page, with a pointer or by the keyboard alone; what is done is counted.
const tabs = 400; // more stops than any page has

// A person at a page. presses: how often one led to another page.
export class Hand {
	presses = 0;
	fields = 0; // written, chosen or ticked
	constructor(page) { this.page = page; }
	// A press that leads to another page.
	async press(what) {
		this.presses++;
		try {
			await Promise.all([this.page.waitForEvent('load'), this.touch(what)]);
		} catch (error) {
			throw new Error(`${what} on ${this.page.url()}: ${error}`);
		}
	}
	touch(what) { return what.click(); }
	open(summary) { return summary.click(); }
	write(field, text) { return this.fields++, field.fill(text); }
	date(field, iso) { return this.fields++, field.fill(iso); }
	time(field, hhmm) { return this.fields++, field.fill(hhmm); }
	choose(field, value) { return this.fields++, field.selectOption(value); }
	tick(field) { return this.fields++, field.check(); }
}

// The same without a pointer.
export class Keyboard extends Hand {
	get keys() { return this.page.keyboard; }
	async reach(what) {
		const wanted = await what.elementHandle();
		for (let i = 0; i < tabs; i++) {
			if (await wanted.evaluate((element) => element === document.activeElement)) return;
			await this.keys.press('Tab');
		}
		throw new Error(`the Tab key does not lead to ${what}`);
	}
	async touch(what) {
		await this.reach(what);
		await this.keys.press('Enter');
	}
	open(summary) { return this.touch(summary); }
	async write(field, text) {
		this.fields++;
		await this.reach(field);
		await this.keys.press('Control+A');
		await this.keys.type(text);
	}
	async date(field, iso) { // as the browser's own language writes it
		const [year, month, day] = iso.split('-');
		this.fields++;
		await this.reach(field);
		await this.keys.type(`${month}${day}${year}`);
		if (await field.inputValue() !== iso) throw new Error(`${field}: ${await field.inputValue()}, not ${iso}`);
	}
	async time(field, hhmm) {
		const [hour, minute] = hhmm.split(':').map(Number);
		this.fields++;
		await this.reach(field);
		await this.keys.type(`${String(hour % 12 || 12).padStart(2, '0')}${String(minute).padStart(2, '0')}${hour < 12 ? 'AM' : 'PM'}`);
		if (await field.inputValue() !== hhmm) throw new Error(`${field}: ${await field.inputValue()}, not ${hhmm}`);
	}
	async choose(field, value) {
		this.fields++;
		await this.reach(field);
		await this.keys.press('Home');
		const down = await field.evaluate((select, wanted) => [...select.options].findIndex((option) => option.value === wanted), value);
		for (let i = 0; i < down; i++) await this.keys.press('ArrowDown');
		if (await field.inputValue() !== value) throw new Error(`${field} does not come to ${value}`);
	}
	async tick(field) {
		this.fields++;
		await this.reach(field);
		await this.keys.press('Space');
	}
}

export const is = (what, got, wanted) => { if (got !== wanted) throw new Error(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`); };
export const button = (page, name) => page.getByRole('button', {name, exact: false}).first();
export const link = (page, name) => page.getByRole('link', {name, exact: false}).first();
export const named = (page, name) => page.locator(`main [name="${name}"]:visible`).first();
