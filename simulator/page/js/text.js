/** Formatted text: plain text and entities (offsets in UTF-16 units, as strings here have) become nodes. */
import { el } from "./dom.js";
import { whole } from "./links.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};
const LONG_QUOTE = 180; // characters or three lines: what an expandable quote shows at first
const EMOJI =
  /^(?:\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|(?=.*[\p{Emoji_Presentation}\uFE0F])\p{Extended_Pictographic}.*)$/u;
const STRONG = /\p{L}|[\u200E\u200F\u061C]/u;
const RTL = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u200F]/;
const MARKS = { ltr: "\u200E", rtl: "\u200F" };
const ISOLATE_FIRST = /^[^\p{L}\n]*[\u2066-\u2068]/u;
const ISOLATED = /[\u2066-\u2068][^\u2069]*\u2069/g;

/**
 * The nodes of a text. `does` says what happens on a touch: `link(url)`, `command(text)`,
 * `copy(text)`; `words` are those of the phone.
 */
export function formatted(text, entities, does, words) {
  const [steady, moved] = steadied(text, entities);
  const sorted = moved
    .filter((one) => one.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(steady, 0, steady.length, sorted, does, words);
}

/** Chromium aligns a later paragraph by its first isolate's inside; a mark before it tells better. */
function steadied(text, entities) {
  const places = [];
  let steady = "";
  for (const line of text.split(/(?<=\n)/)) {
    const mark = steady && ISOLATE_FIRST.test(line) ? MARKS[lastDirection(line.trimEnd())] : undefined;
    if (mark) places.push(steady.length - places.length);
    steady += (mark ?? "") + line;
  }
  if (places.length === 0) return [text, entities];
  const at = (offset) => offset + places.filter((place) => place <= offset).length;
  return [
    steady,
    entities.map((one) => ({
      ...one,
      offset: at(one.offset),
      length: at(one.offset + one.length - 1) + 1 - at(one.offset),
    })),
  ];
}

function pieces(text, start, end, entities, does, words) {
  const nodes = [];
  const rest = [...entities];
  let place = start;
  while (rest.length) {
    const first = rest.shift();
    const from = Math.max(first.offset, place);
    const to = Math.min(first.offset + first.length, end);
    if (from >= to) continue;
    const inside = [];
    while (rest.length && rest[0].offset < to) inside.push(rest.shift());
    const over = inside
      .filter((one) => one.offset + one.length > to)
      .map((one) => ({ ...one, offset: to, length: one.offset + one.length - to }));
    rest.unshift(...over);
    if (from > place) nodes.push(text.slice(place, from));
    const node = marked(
      first,
      text.slice(from, to),
      pieces(text, from, to, inside, does, words),
      does,
      words,
    );
    nodes.push(node);
    place = to;
    if (isBlock(first) && text[place] === "\n") place += 1; // the block ends its line by itself
    if (isBlock(first)) trimBefore(nodes);
  }
  if (place < end) nodes.push(text.slice(place, end));
  return nodes;
}

function isBlock(entity) {
  return /blockquote|^pre$/.test(entity.type);
}

function trimBefore(nodes) {
  const before = nodes.length - 2;
  if (typeof nodes[before] === "string" && nodes[before].endsWith("\n"))
    nodes[before] = nodes[before].slice(0, -1);
}

function marked(entity, text, inside, does, words) {
  const touched = (act) => (event) => (event.preventDefault(), act());
  switch (entity.type) {
    case "url":
    case "text_link": {
      const address = entity.url ?? text;
      return el(
        "a",
        {
          href: safe(address),
          rel: "noopener noreferrer",
          target: "_blank",
          onclick: touched(() => does.link(whole(address))),
        },
        inside,
      );
    }
    case "bot_command":
      return touchable(inside, () => does.command(text));
    case "email":
    case "phone_number":
      return touchable(inside, () => does.copy(text));
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "tag" }, inside);
    case "spoiler":
      return spoiler(inside, words);
    case "code":
      return el("code", { onclick: () => does.copy(text) }, inside);
    case "pre":
      return el("pre", { dir: "auto", tabindex: "0" }, inside);
    case "expandable_blockquote":
      return expandable(text, inside, words);
    default:
      return TAGS[entity.type] ? el(TAGS[entity.type], {}, inside) : el("span", {}, inside);
  }
}

/** Only addresses that a browser may open; the rest leads nowhere. */
function safe(address) {
  return /^(https?|mailto|tg):/i.test(whole(address)) ? whole(address) : "#";
}

/** Touched like a button, yet laid out as the text it is: it wraps, and keeps its direction. */
function touchable(inside, act, props) {
  const pressed = (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), act(event));
  return el(
    "span",
    { class: "in-text", role: "button", tabindex: "0", onclick: act, onkeydown: pressed, ...props },
    inside,
  );
}

function spoiler(inside, words) {
  const hidden = el("span", { class: "spoiled", "aria-hidden": "true" }, inside);
  const node = touchable(hidden, show, { class: "spoiler", "aria-label": words.hiddenText });
  function show(event) {
    if (!node.hasAttribute("role")) return;
    event.preventDefault();
    event.stopPropagation();
    ["role", "aria-label", "tabindex"].forEach((name) => node.removeAttribute(name));
    hidden.removeAttribute("aria-hidden");
  }
  return node;
}

function expandable(text, inside, words) {
  const quote = el("blockquote", {}, inside);
  if (text.length < LONG_QUOTE && text.split("\n").length <= 3) return quote;
  const clipped = el("div", { class: "clipped" }, inside);
  const more = el(
    "button",
    { type: "button", class: "in-text more-text", "aria-expanded": "false", onclick: turn },
    words.showMore,
  );
  function turn() {
    const open = clipped.classList.toggle("open");
    more.setAttribute("aria-expanded", String(open));
    more.textContent = open ? words.showLess : words.showMore;
  }
  quote.replaceChildren(clipped, more);
  return quote;
}

/** How many emoji a text is made of, when it is one to three and nothing else; else 0. */
export function bigEmoji(text) {
  if (text.length > 60 || !/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u.test(text)) return 0;
  const parts = [...new Intl.Segmenter().segment(text.trim())].map((one) => one.segment);
  return parts.length <= 3 && parts.every((part) => EMOJI.test(part)) ? parts.length : 0;
}

/** The direction of the last paragraph by its first strong character, isolates skipped; "" for none. */
export function lastDirection(text) {
  const last = text.slice(text.lastIndexOf("\n") + 1).replace(ISOLATED, "");
  const strong = last.match(STRONG)?.[0];
  return strong ? (RTL.test(strong) ? "rtl" : "ltr") : "";
}
