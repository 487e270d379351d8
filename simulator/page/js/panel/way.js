/** The way of a message, as a chain of four counters. */
import { el, icon } from "../dom.js";
import { numberOf } from "../figures.js";
import { section } from "./section.js";
import { localeOf } from "../words.js";

const GLOW = 700; // milliseconds that a stop shines after something has passed it

export function waySection({ town, words, language }) {
  const locale = localeOf(language);
  const stops = {
    telegram: stop("telegram", "send", words.stageWayTelegram, words.stageWayTelegramHint),
    inbox: stop("inbox", "download", words.stageWayInbox, words.stageWayInboxHint),
    outbox: stop("outbox", "forward", words.stageWayOutbox, words.stageWayOutboxHint),
    said: stop("said", "checks", words.stageWaySaid, words.stageWaySaidHint),
  };
  let said = null;
  let newest = {};

  function stop(name, drawing, label, hint) {
    const count = el("strong", { class: "way-count" });
    const node = el("li", { class: "way-stop", dataset: { stop: name } }, el("span", { class: "way-disc" }, icon(drawing), count), el("span", { class: "way-name" }, label), el("span", { class: "way-hint" }, hint));
    return { node, count, value: null, timer: 0 };
  }

  function show(name, value, passed = false) {
    const one = stops[name];
    one.node.hidden = value === null;
    const moved = one.value !== null && (passed || one.value !== value);
    one.value = value;
    one.count.textContent = numberOf(value ?? 0, locale);
    one.node.classList.toggle("is-waiting", name !== "said" && value > 0);
    if (moved) glow(one);
  }

  function glow(one) {
    clearTimeout(one.timer);
    one.node.classList.add("is-passing");
    one.timer = setTimeout(() => one.node.classList.remove("is-passing"), GLOW);
  }

  function update(kind) {
    if (kind === "message" || kind === "loaded" || said === null) said = saidBy(town);
    show("telegram", town.pending);
    for (const name of ["inbox", "outbox"]) {
      const queue = town.backstage?.queues?.find((one) => one.name === name);
      const top = queue?.rows[0]?.id ?? newest[name] ?? 0;
      show(name, town.backstage ? (queue?.counts.waiting ?? 0) : null, top > (newest[name] ?? top));
      newest[name] = top;
    }
    show("said", said);
  }

  const element = section("way", words.stageWay, el("ol", { class: "way" }, Object.values(stops).map((one) => one.node)), town.backstage && el("p", { class: "stage-small" }, words.stagePromise));
  return { element, update };
}

/** How many messages of the bot stand on the phones. */
function saidBy(town) {
  let count = 0;
  for (const chat of town.chats.values()) for (const message of chat.messages.values()) count += message.sender === "bot" ? 1 : 0;
  return count;
}
