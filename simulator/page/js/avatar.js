/** Round pictures: the first letters of a name on a colour that stays the same. */
import { el } from "./dom.js";

const COLOURS = 7; // .avatar[data-colour] in phone.css

/** A disc with initials; decoration only, the name stands beside it. */
export function initials(name, id) {
  const letters = name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => [...part.replace(/^ال(?=.)/, "")][0] ?? "")
    .join("\u200C");
  return el(
    "span",
    { class: "avatar", "aria-hidden": "true", dir: "auto", dataset: { colour: Math.abs(id) % COLOURS } },
    letters.toLocaleUpperCase(),
  );
}
