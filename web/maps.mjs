// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Landgang authors
//
// The maps and their projection: the one place where they are said. build.mjs draws the land with them and
// writes them into land.def, so that what C draws upon the land stands where it should.

// Equirectangular, true to scale along one latitude. Corners in degrees; the height is always 1000.
// In an inset lies what would make the map wide for little: its corners, and where its frame stands.
const wanted = {
	dk: {
		countries: ['DK'],
		latitude: 56, // where widths are true
		west: 8.07, north: 57.76, east: 12.72, south: 54.55,
		inset: {west: 14.58, north: 55.42, east: 15.3, south: 54.92, right: 12, top: 12},
	},
	se: {countries: ['SE'], latitude: 62, west: 10.95, north: 69.07, east: 24.18, south: 55.33},
	both: {countries: ['DK', 'SE'], latitude: 60, west: 8.07, north: 69.07, east: 24.18, south: 54.55},
};

const height = 1000;
const margin = 12; // room for a symbol at the edge

// A whole number of millionths of a degree; a scale is in units of the picture per thousand degrees.
const millionths = (degrees) => Math.round(degrees * 1e6);

function map(name, {countries, latitude, west, north, east, south, inset}) {
	const yScale = Math.round(((height - 2 * margin) / (north - south)) * 1000);
	const xScale = Math.round(yScale * Math.cos((latitude * Math.PI) / 180));
	const made = {
		name, countries, height, xScale, yScale,
		width: Math.ceil(((east - west) * xScale) / 1000) + 2 * margin,
		west: millionths(west) - Math.round((margin / xScale) * 1e9), // at x = 0
		north: millionths(north) + Math.round((margin / yScale) * 1e9), // at y = 0
	};
	if (inset) {
		const area = Object.fromEntries(['west', 'north', 'east', 'south'].map((side) => [side, millionths(inset[side])]));
		const [left, top] = plain(made, area.west, area.north);
		const [right, bottom] = plain(made, area.east, area.south);
		const frame = {width: right - left, height: bottom - top, y: inset.top};
		frame.x = made.width - inset.right - frame.width;
		made.inset = {...area, frame, dx: frame.x - left, dy: frame.y - top};
	}
	return made;
}

// As in C: whole numbers, rounded half up.
const plain = (map, longitude, latitude) => [
	Math.floor(((longitude - map.west) * map.xScale + 5e8) / 1e9),
	Math.floor(((map.north - latitude) * map.yScale + 5e8) / 1e9),
];

// project(MAP, LONGITUDE, LATITUDE): millionths of a degree to whole units of the picture, x to the right, y down
export function project(map, longitude, latitude) {
	const [x, y] = plain(map, longitude, latitude);
	const at = map.inset;
	if (!at || longitude < at.west || longitude > at.east || latitude < at.south || latitude > at.north) return [x, y];
	return [x + at.dx, y + at.dy];
}

export const maps = Object.entries(wanted).map(([name, what]) => map(name, what));
