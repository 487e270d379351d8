/** What the bot keeps: the newest rows of its queues, without people and words. */
import { el } from "../dom.js";
import { numberOf } from "../figures.js";
import { section } from "./section.js";
import { localeOf } from "../words.js";

const TICK = 5000; // milliseconds: how often ages are written anew
const NAMES = { inbox: "stageInbox", outbox: "stageOutbox", deliveries: "stageDeliveries" };
const opened = new Map([["inbox", true]]);

export function queuesSection({ town, words, language, host, signal }) {
  const locale = localeOf(language);
  const drawn = Object.entries(NAMES).map(([name, key]) => queue(name, key));

  function queue(name, key) {
    const counts = el("span", { class: "queue-counts" });
    const rows = el("tbody");
    const heads = [words.stageNumber, words.stageWhat, words.stageState, words.stageAge].map((head) => el("th", { scope: "col" }, head));
    const table = el("table", { class: "queue-rows" }, el("thead", {}, el("tr", {}, heads)), rows);
    const nothing = el("p", { class: "stage-small" }, words.stageNothing);
    const node = el(
      "details",
      { class: "queue", dataset: { queue: name }, open: opened.get(name) ?? false, ontoggle: () => opened.set(name, node.open) },
      el("summary", {}, el("span", { class: "queue-name" }, words[key]), counts),
      el("p", { class: "stage-small" }, words[`${key}Hint`]),
      nothing,
      table,
    );
    return { name, node, counts, rows, table, nothing, shown: "" };
  }

  function update(kind) {
    if (kind !== "backstage" && kind !== "loaded") return;
    for (const one of drawn) {
      const told = town.backstage?.queues?.find((each) => each.name === one.name) ?? { counts: {}, rows: [] };
      const shown = JSON.stringify(told);
      if (shown === one.shown) continue;
      one.shown = shown;
      one.counts.replaceChildren(...Object.entries(told.counts).filter(([, count]) => count > 0).map(count));
      one.rows.replaceChildren(...told.rows.map(row));
      one.nothing.hidden = told.rows.length > 0;
      one.table.hidden = told.rows.length === 0;
    }
  }

  function count([state, number]) {
    return el("span", { class: "pill", dataset: { state } }, el("span", {}, words.stageStates[state] ?? state), " ", el("b", {}, numberOf(number, locale)));
  }

  function row({ id, what, state, at }) {
    return el(
      "tr",
      {},
      el("td", {}, el("bdi", {}, numberOf(id, locale))),
      el("td", { title: what }, words.stageKinds[what] ?? el("code", { dir: "ltr" }, what)),
      el("td", {}, el("span", { class: "pill", dataset: { state } }, words.stageStates[state] ?? state)),
      el("td", { class: "age", dataset: { at } }, ageOf(at, locale)),
    );
  }

  function grow() {
    for (const age of host.querySelectorAll("details[open] .age")) age.textContent = ageOf(Number(age.dataset.at), locale);
  }

  const growing = setInterval(grow, TICK);
  signal.addEventListener("abort", () => clearInterval(growing));
  const element = section("queues", words.stageQueues, drawn.map(({ node }) => node));
  return { element, update };
}

/** `12 s`, `3 min`, `2 h`: the time since then. */
function ageOf(at, locale) {
  const seconds = Math.max(0, Math.round(Date.now() / 1000 - at));
  const [count, unit] = seconds < 60 ? [seconds, "second"] : seconds < 3600 ? [Math.floor(seconds / 60), "minute"] : [Math.floor(seconds / 3600), "hour"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(count);
}
