/** Chooses a place on a drawn map, and draws a place that was sent. */
import { openDialog } from "../dialog.js";
import { el, icon } from "../dom.js";
import { choice, faultLine, field, westernDigits } from "./field.js";
import { drawnMap, fromPlane, metresPerPixel, onPlane } from "./map.js";

const START = { latitude: 30.4703, longitude: -8.877 };
const LIMITS = { latitude: 90, longitude: 180 };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ZOOMS = { "+": 1, "=": 1, "-": -1, "−": -1 };
const [FURTHEST, USUAL, NEAREST] = [4, 14, 18];
const STEP = 20; // pixels
const A_TAP = 6; // pixels that a finger may slip
const BAR = 90; // the longest scale bar

const rounded = (place) => ({ latitude: Number(place.latitude.toFixed(6)), longitude: Number(place.longitude.toFixed(6)) });
const written = ({ latitude, longitude }) => `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

/** The degrees that were typed, with any digits and a comma or a point; else null. */
export function degrees(text, limit) {
  const plain = westernDigits(text).replace(/[\s°]/g, "").replace(/[−–]/, "-").replace(/[,،٫]/, ".");
  const value = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
  return Math.abs(value) <= limit ? value : null;
}

/** The map: `show(place)` moves it, `onmove(place)` tells of its moves. */
function movingMap({ words, locale }, onmove) {
  let [place, zoom] = [START, USUAL];
  const picture = drawnMap(480, 240);
  const plane = el("div", { class: "map-plane", role: "application", tabindex: "0", autofocus: true, "aria-label": words.locationMap }, picture);
  const bar = el("span", { class: "map-scale" });
  const spoken = el("output", { class: "map-spoken" });

  function show(to = place) {
    place = to;
    picture.show(place, zoom);
    spoken.textContent = written(place);
    const perPixel = metresPerPixel(place.latitude, zoom);
    const power = 10 ** Math.floor(Math.log10(BAR * perPixel));
    const metres = power * [5, 2, 1].find((one) => one * power <= BAR * perPixel);
    const [unit, amount] = metres < 1000 ? ["meter", metres] : ["kilometer", metres / 1000];
    bar.textContent = new Intl.NumberFormat(locale, { style: "unit", unit }).format(amount);
    bar.style.width = `${metres / perPixel}px`;
  }
  function go([dx, dy]) {
    const { x, y } = onPlane(place);
    const world = 2 ** (zoom + 8);
    show(rounded(fromPlane({ x: x + dx / world, y: Math.max(0.001, Math.min(0.999, y + dy / world)) })));
    onmove(place);
  }
  function approach(by) {
    zoom = Math.max(FURTHEST, Math.min(NEAREST, zoom + by));
    show();
  }
  plane.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? STEP * 5 : STEP;
    if (ARROWS[event.key]) go(ARROWS[event.key].map((way) => way * step));
    else if (ZOOMS[event.key]) approach(ZOOMS[event.key]);
    else return;
    event.preventDefault();
  });
  const nearer = (sign, label, by) => el("button", { type: "button", "aria-label": label, title: label, onclick: () => approach(by) }, sign);
  follow(plane, picture.pin, go);
  return { show, box: el("div", { class: "map" }, plane, el("div", { class: "map-zoom" }, nearer("+", words.zoomIn, 1), nearer("−", words.zoomOut, -1)), bar, spoken) };
}

/** A finger drags the map or the pin, or taps where the pin shall be. */
function follow(plane, pin, go) {
  let from = null;
  const lift = (x = 0, y = 0) => pin.setAttribute("transform", `translate(${x} ${y})`);
  function rest() {
    from = null;
    lift();
  }
  const away = (event) => [event.clientX - from.x, event.clientY - from.y];
  plane.addEventListener("pointerdown", (event) => {
    plane.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY, onPin: pin.contains(event.target), far: false };
  });
  plane.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [dx, dy] = away(event);
    from.far ||= Math.hypot(dx, dy) > A_TAP;
    if (!from.far) return;
    if (from.onPin) return lift(dx, dy);
    go([-dx, -dy]);
    [from.x, from.y] = [event.clientX, event.clientY];
  });
  plane.addEventListener("pointerup", (event) => {
    if (!from) return;
    const box = plane.getBoundingClientRect();
    if (from.onPin) go(away(event));
    else if (!from.far) go([event.clientX - box.x - box.width / 2, event.clientY - box.y - box.height / 2]);
    rest();
  });
  plane.addEventListener("pointercancel", rest);
}

/** Resolves to `{latitude, longitude}`, or null. */
export function pickLocation(phone) {
  const { words } = phone;
  const names = Object.keys(LIMITS);
  const fields = Object.fromEntries(names.map((name) => [name, field(words[name], { dir: "ltr", inputmode: "decimal", oninput: () => faultless() && map.show(typed()) })]));
  const fault = faultLine();
  const typed = () => Object.fromEntries(names.map((name) => [name, degrees(fields[name].input.value, LIMITS[name])]));
  const faultless = () => names.every((name) => typed()[name] !== null);
  const write = (place) => names.forEach((name) => {
    fields[name].input.value = place[name];
    fields[name].refuse("");
  }); // prettier-ignore
  const map = movingMap(phone, write);
  const set = (place) => (write(place), map.show(place));
  function here() {
    fault.textContent = "";
    navigator.geolocation.getCurrentPosition(({ coords }) => set(rounded(coords)), () => (fault.textContent = words.whereUnknown), { timeout: 10000 });
  }
  function chosen() {
    const wrong = names.find((name) => typed()[name] === null);
    return wrong ? fields[wrong].refuse({ latitude: words.latitudeWrong, longitude: words.longitudeWrong }[wrong]) : typed();
  }
  set(START);
  const where = "geolocation" in navigator && window.isSecureContext;
  const body = [
    map.box,
    el("p", { class: "hint" }, words.locationSketch),
    el("div", { class: "pair" }, names.map((name) => fields[name].box)),
    where ? el("button", { type: "button", class: "button", onclick: here }, icon("pin"), words.whereIAm) : "",
    fault,
  ];
  return openDialog(phone, words.location, body, { buttons: choice(phone, words.send, chosen) });
}

/** A place that was sent, as a bubble shows it. */
export function locationCard(phone, { location }) {
  const picture = drawnMap(280, 140);
  picture.show(location, USUAL);
  return el("div", { class: "location-card" }, picture, el("p", {}, `${phone.words.location} `, el("bdi", { dir: "ltr" }, written(location))));
}
