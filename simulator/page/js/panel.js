/** The side panel: what goes on behind the scenes, live, and what may be broken on purpose. */
import { el, icon } from "./dom.js";
import { botSection } from "./panel/bot.js";
import { daySection } from "./panel/day.js";
import { faultsSection } from "./panel/faults.js";
import { postersSection } from "./panel/posters.js";
import { queuesSection } from "./panel/queues.js";
import { section } from "./panel/section.js";
import { waySection } from "./panel/way.js";
import { spoken } from "./words.js";

const WITH_A_BOT = [botSection, waySection, daySection, faultsSection, queuesSection, postersSection];
const ALONE = [aloneSection, waySection, faultsSection];

/**
 * The panel as one element. Each section is made by a function `(scene) → {element, update(kind)}`;
 * a scene is `{town, words, language, host, signal, say, attempt}`. After the signal nothing is updated any more.
 */
export function panel(town, words, signal) {
  const language = spoken(document.documentElement.lang);
  const notice = el("p", { class: "stage-notice", role: "alert" });
  const body = el("div", { class: "stage-sections" });
  const host = el("div", { class: "stage" }, el("header", { class: "stage-head" }, el("h2", {}, words.stageTitle), el("p", {}, words.stageIntro)), notice, body);
  const say = (sentence) => (notice.textContent = sentence);
  const scene = { town, words, language, host, signal, say, attempt: (act) => attempt(act, words, say) };
  let sections = [];
  let wasAlone = null;

  function furnish() {
    const alone = !town.backstage;
    if (!town.id || alone === wasAlone) return;
    wasAlone = alone;
    sections = (alone ? ALONE : WITH_A_BOT).map((make) => make(scene));
    body.replaceChildren(...sections.map((section) => section.element));
  }

  function happened({ detail: { kind } }) {
    furnish();
    sections.forEach((section) => section.update(kind));
  }

  const kinds = ["loaded", "message", "queue", "faults", "backstage", "person"];
  kinds.forEach((kind) => town.addEventListener(kind, happened, { signal }));
  furnish();
  sections.forEach((section) => section.update("loaded"));
  return host;
}

/** The result of an act; its refusal as a sentence in the panel. */
async function attempt(act, words, say) {
  try {
    const done = await act;
    say("");
    return done;
  } catch (error) {
    if (error.name !== "ControlError") throw error;
    say(error.lost ? words.noAnswer : error.sentence);
    return undefined;
  }
}

function aloneSection({ words }) {
  const command = (text) => el("code", { class: "stage-code", dir: "ltr" }, text);
  const element = section("alone", words.stageBot, el("p", { class: "stage-lead" }, icon("bot"), el("span", {}, words.stageAlone)), el("p", {}, words.stageAloneHow), command("make demo"), el("p", {}, words.stageAloneOwn), command(`BOT_API_BASE=${location.origin}`));
  return { element, update: () => {} };
}
