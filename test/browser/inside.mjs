// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// What is looked at within a page. These functions run there, so each stands alone.

// Texts that can be seen, line by line: [{text, left, top, right, bottom, cut, size, svg, at}]; cut: how many pixels of the line
// an ancestor hides for good, at: which text it is (lines of one text have the same)
export function lines() {
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const range = document.createRange();
	const found = [];

	// what of a box the ancestors let through; a box that scrolls hides nothing for good
	function shown(box, element) {
		const seen = {left: box.left, top: box.top, right: box.right, bottom: box.bottom, cut: 0};
		for (let up = element; up && up !== document.body; up = up.parentElement) {
			const style = getComputedStyle(up);
			if (style.overflowX === 'visible' && style.clipPath === 'none') continue;
			if (up instanceof SVGElement && up.tagName !== 'svg') continue;
			const edge = up.getBoundingClientRect();
			const before = {...seen};
			seen.left = Math.max(seen.left, edge.left);
			seen.right = Math.min(seen.right, edge.right);
			seen.top = Math.max(seen.top, edge.top);
			seen.bottom = Math.min(seen.bottom, edge.bottom);
			if (!/auto|scroll/.test(style.overflowX)) seen.cut += seen.left - before.left + before.right - seen.right;
			if (edge.width <= 2 || edge.height <= 2) return undefined; // for screen readers only
		}
		return seen;
	}

	for (let node = walker.nextNode(), at = 0; node; node = walker.nextNode(), at++) {
		const element = node.parentElement;
		const text = node.data.trim();
		if (!text || element.closest('script, style, noscript')) continue;
		if (!element.checkVisibility({opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true})) continue;
		range.selectNodeContents(node);
		for (const box of range.getClientRects()) {
			if (box.width < 1 || box.right < 0) continue;
			const seen = shown(box, element);
			if (!seen) continue;
			found.push({...seen, at, text: text.length > 60 ? `${text.slice(0, 57)}...` : text, size: parseFloat(getComputedStyle(element).fontSize),
				svg: !!element.closest('svg')});
		}
	}
	return found;
}

// What reaches out to the right of a width without being in a box that scrolls: ["section.wide reaches 1,400 px"]
export function wide(limit) {
	const scrolls = (element) => {
		for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
			if (getComputedStyle(up).overflowX !== 'visible') return true;
		return false;
	};
	return Array.from(document.body.querySelectorAll('*'), (element) => {
		const right = Math.round(element.getBoundingClientRect().right);
		if (right <= limit + 1) return '';
		if (element.ownerSVGElement || !element.checkVisibility() || scrolls(element)) return '';
		return `${element.tagName.toLowerCase()}${element.className ? `.${element.className}` : ''} reaches ${right} px`;
	}).filter(Boolean);
}

// What a sheet of paper cuts off: boxes that one would have to scroll
export const unscrollable = () => Array.from(document.body.querySelectorAll('*'), (element) => {
	if (!/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || element.ownerSVGElement) return '';
	const hidden = element.scrollWidth - element.clientWidth;
	if (hidden <= 1 || element.clientWidth <= 2 || !element.checkVisibility()) return '';
	return `${element.tagName.toLowerCase()}${element.className ? `.${element.className}` : ''}: ${hidden} px are out of sight`;
}).filter(Boolean);
