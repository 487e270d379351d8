/** A drawn stand-in for a map: streets, parks and a river grown from the coordinates alone. */

const PIN = "M0 0C-3-7-12-13-12-23a12 12 0 0 1 24 0C12-13 3-7 0 0Z";
const RIVER = 12; // rivers run along the street lattice of this level
const { PI, atan, ceil, cos, exp, floor, imul, log, max, min, sin } = Math;

/** Web Mercator: the world is a square of side 1. */
export function onPlane({ latitude, longitude }) {
  const s = sin((max(-85, min(85, latitude)) * PI) / 180);
  return { x: longitude / 360 + 0.5, y: 0.5 - log((1 + s) / (1 - s)) / (4 * PI) };
}

export function fromPlane({ x, y }) {
  const latitude = 90 - (360 * atan(exp((y - 0.5) * 2 * PI))) / PI;
  return { latitude, longitude: (x - floor(x)) * 360 - 180 };
}

export const metresPerPixel = (latitude, zoom) => (156543 * cos((latitude * PI) / 180)) / 2 ** zoom;

/** Always the same number from 0 to 1 for the same crossing and purpose. */
function chance(level, i, j, purpose) {
  let h = imul(i + 5, 374761393) ^ imul(j + 11, 668265263) ^ imul(level * 64 + purpose, 974634777);
  h = imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** The crossings of one level within the view, `at` pixels from its centre. */
function lattice(level, centre, zoom, width, height) {
  const cells = 2 ** level;
  const step = 2 ** (zoom + 8 - level);
  const range = (middle, size) => {
    const first = floor(middle * cells - size / 2 / step) - 1;
    return Array.from({ length: ceil(size / step) + 3 }, (_, index) => first + index);
  };
  const place = (middle, index, shift) => ((index + shift * 0.7 - 0.35 - middle * cells) * step).toFixed(1);
  const at = (i, j) => `${place(centre.x, i, chance(level, i, j, 1))} ${place(centre.y, j, chance(level, i, j, 2))}`;
  return { level, at, columns: range(centre.x, width), rows: range(centre.y, height) };
}

/** A path with what `draw(i, j)` says at each crossing. */
const drawn = ({ columns, rows }, draw) => columns.flatMap((i) => rows.map((j) => draw(i, j))).join("");

const streets = ({ level, at, ...view }, gaps) =>
  drawn(view, (i, j) => `${chance(level, i, j, 3) > gaps ? `M${at(i, j)}L${at(i + 1, j)}` : ""}${chance(level, i, j, 4) > gaps ? `M${at(i, j)}L${at(i, j + 1)}` : ""}`);

const blocks = ({ level, at, ...view }, low, high) =>
  drawn(view, (i, j) => {
    const kind = chance(level, i, j, 5);
    return kind < low || kind >= high ? "" : `M${at(i, j)}L${at(i + 1, j)}L${at(i + 1, j + 1)}L${at(i, j + 1)}Z`;
  });

const rivers = ({ level, at, ...view }) => drawn(view, (i, j) => (chance(level, 0, j, 6) > 0.4 ? "" : `M${at(i, j)}L${at(i + 1, j)}`));

function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** An SVG of so many pixels with a pin in its middle; `show(place, zoom)` draws what lies around. */
export function drawnMap(width, height) {
  const ground = svg("g", {});
  const pin = svg("g", { class: "map-pin" }, svg("path", { d: PIN }), svg("circle", { cy: -23, r: 4.5 }));
  const picture = svg("svg", { class: "map-drawn", viewBox: `${-width / 2} ${-height / 2} ${width} ${height}`, width, height, "aria-hidden": true }, ground, pin);
  picture.show = (place, zoom) => {
    const view = (level) => lattice(level, onPlane(place), zoom, width, height);
    const coarse = floor(zoom / 2) * 2;
    const [major, minor] = [view(coarse), view(coarse + 2)];
    const path = (name, d, more) => svg("path", { class: `map-${name}`, d, ...more });
    ground.replaceChildren(
      path("field", blocks(major, 0, 0.3)),
      path("park", blocks(minor, 0, 0.12)),
      path("built", blocks(minor, 0.5, 1)),
      path("street", streets(minor, 0.16)),
      path("water", rivers(view(RIVER)), { "stroke-width": max(3, 120 / metresPerPixel(place.latitude, zoom)) }),
      path("road", streets(major, 0.2)),
    );
  };
  return Object.assign(picture, { pin });
}
