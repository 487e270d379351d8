/** What all parts of the panel are made of. */
import { el } from "../dom.js";

/** A section with its heading. */
export function section(name, title, ...children) {
  const id = `stage-${name}`;
  return el("section", { class: `stage-section of-${name}`, "aria-labelledby": id }, el("h3", { id }, title), children);
}
