/** A played day: two people converse by themselves, and the bot dies in the middle. */
import { el, icon } from "../dom.js";
import { section } from "./section.js";
import { fill } from "../words.js";
import { wantPhone } from "./posters.js";

const ACT = "play:answer";

export function daySection({ town, words, language, host, attempt }) {
  const watch = el("button", { type: "button", class: "button", dataset: { act: ACT }, onclick: press }, icon("play"), el("span", {}, words.stageDayWatch));
  const how = el("p", { class: "stage-day", hidden: true });
  const place = el("code", { class: "stage-code", dir: "ltr", hidden: true });
  let seen = "";

  function press() {
    if (town.backstage?.acts?.includes(ACT)) attempt(town.act(ACT));
  }

  function update() {
    const journey = town.backstage?.journey;
    watch.setAttribute("aria-disabled", String(!town.backstage?.acts?.includes(ACT)));
    how.hidden = !journey;
    how.textContent = journey ? told(journey) : "";
    place.hidden = !journey?.left;
    place.textContent = journey?.left ?? "";
    show(journey);
  }

  function told(journey) {
    if (journey.failed) return words.stageDayFailed;
    if (!journey.running) return words.stageDayOver;
    const names = (journey.people ?? []).map((id) => `\u2068${town.people.get(id)?.first_name ?? "…"}\u2069`);
    return fill(words.stageDayRunning, { names: new Intl.ListFormat(language).format(names) });
  }

  /** Who takes part gets a phone on the page, once. */
  function show(journey) {
    const people = journey?.running ? (journey.people ?? []) : [];
    const now = people.join();
    if (now && now !== seen && people.every((id) => town.people.has(id))) people.forEach((id) => wantPhone(host, { id }));
    seen = now || seen;
  }

  const element = section("day", words.stageDay, el("p", { class: "stage-small" }, words.stageDayHint), watch, how, place);
  return { element, update };
}
