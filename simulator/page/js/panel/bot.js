/** The bot itself: a lamp that says how it is, and three ways to change that. */
import { el, icon } from "../dom.js";
import { section } from "./section.js";
import { fill } from "../words.js";

const WORDS = { starting: "stageStarting", running: "stageRunning", stopping: "stageStopping", stopped: "stageStopped", killed: "stageKilled", failed: "stageFailed" };
const WATCH = { starting: "stageWatchStarting", running: "stageWatchRunning", stopping: "stageWatchStopping" };

export function botSection(scene) {
  const { town, words, attempt } = scene;
  const lamp = el("span", { class: "lamp", "aria-hidden": "true" });
  const state = el("strong", { class: "stage-state" });
  const process = el("bdi", { class: "stage-small" });
  const watch = el("p", { class: "stage-watch" });
  const sentence = el("bdi", { dir: "auto" });
  const lastWords = el("p", { class: "stage-last", hidden: true }, words.stageLastWords, " ", sentence);
  const told = el("p", { class: "unseen", role: "status" });
  const buttons = { kill: button("kill", "stop", "danger"), start: button("start", "restart", "primary"), stop: button("stop", "pause", "quiet") };
  let shown = null;

  function button(act, drawing, kind) {
    const label = words[{ kill: "stageKill", start: "stageStart", stop: "stageStop" }[act]];
    return el("button", { type: "button", class: `button ${kind}`, dataset: { act }, onclick: () => press(act) }, icon(drawing), el("span", {}, label));
  }

  /** A button that cannot be pressed now stays where it is, so that the focus is not lost. */
  function press(act) {
    if (town.backstage?.acts?.includes(act)) attempt(town.act(act));
  }

  function update() {
    const bot = town.backstage?.bot ?? {};
    const acts = town.backstage?.acts ?? [];
    element.dataset.state = bot.state ?? "";
    for (const [act, node] of Object.entries(buttons)) node.setAttribute("aria-disabled", String(!acts.includes(act)));
    state.textContent = words[WORDS[bot.state]] ?? bot.state ?? "";
    process.textContent = bot.pid ? fill(words.stageProcess, { pid: `\u2068${bot.pid}\u2069`, count: bot.starts }) : "";
    watch.textContent = words[WATCH[bot.state]] ?? words.stageWatchDown;
    sentence.textContent = bot.sentence ?? "";
    lastWords.hidden = !bot.sentence;
    if (shown !== null && shown !== bot.state) told.textContent = fill(words.stageBotIs, { state: state.textContent });
    shown = bot.state;
  }

  const element = section(
    "bot",
    words.stageBot,
    el("div", { class: "stage-bot" }, lamp, el("div", { class: "stage-how" }, state, process)),
    el("div", { class: "stage-acts" }, Object.values(buttons)),
    watch,
    lastWords,
    told,
  );
  return { element, update };
}
