/** Trouble by switch. A switch shows what is set, whoever has set it. */
import { el, iconButton } from "../dom.js";
import { section } from "./section.js";
import { fill } from "../words.js";

const SWITCHES = [
  { name: "Slow", sets: { kind: "latency", methods: "*", seconds: 1.5, jitter: 0.5 }, is: (fault) => fault.kind === "latency" },
  { name: "Flood", sets: { kind: "flood", methods: "send*", retry_after: 3 }, is: (fault) => fault.kind === "flood" },
  { name: "Down", sets: { kind: "error", methods: "*", status: 502, description: "Bad Gateway" }, is: (fault) => fault.kind === "error" && fault.status >= 500 },
  { name: "Double", sets: { kind: "duplicate", methods: "*" }, is: (fault) => fault.kind === "duplicate" },
];

export function faultsSection({ town, words, attempt }) {
  const switches = SWITCHES.map(drawn);
  const others = el("ul", { class: "stage-others" });

  function drawn({ name, sets, is }) {
    const label = `switch-${name}`;
    const hint = `${label}-hint`;
    const node = el(
      "button",
      { type: "button", class: "switch", role: "switch", "aria-checked": "false", "aria-labelledby": label, "aria-describedby": hint, dataset: { fault: sets.kind }, onclick: () => attempt(turn(sets, is)) },
      el("span", { class: "switch-words" }, el("span", { id: label, class: "switch-label" }, words[`stage${name}`]), el("span", { id: hint, class: "stage-small" }, words[`stage${name}Hint`])),
      el("span", { class: "switch-track", "aria-hidden": "true" }, el("span", { class: "switch-knob" })),
    );
    return { node, is };
  }

  async function turn(sets, is) {
    const set = town.faults.filter(is);
    if (set.length === 0) await town.fault(sets);
    for (const fault of set) await town.clearFault(fault.id);
  }

  function update(kind) {
    if (kind !== "faults" && kind !== "loaded") return;
    for (const { node, is } of switches) node.setAttribute("aria-checked", String(town.faults.some(is)));
    const rest = town.faults.filter((fault) => !SWITCHES.some(({ is }) => is(fault)));
    others.replaceChildren(...rest.map(other));
  }

  function other(fault) {
    const sentence = fill(words.stageOtherFault, { kind: `\u2068${fault.kind}\u2069`, methods: `\u2068${fault.methods}\u2069` });
    return el("li", {}, el("span", {}, sentence), iconButton("close", `${words.stageRemoveFault}: ${fault.kind}`, () => attempt(town.clearFault(fault.id))));
  }

  const element = section("faults", words.stageFaults, el("div", { class: "switches" }, switches.map(({ node }) => node)), others);
  return { element, update };
}
