/** A labelled field that says its own fault, and what people's typing needs. */
import { el } from "../dom.js";

let count = 0;

/** `{box, input, refuse}`; `refuse(sentence)` says the fault and takes the focus. */
export function field(label, props = {}) {
  const id = `field-${++count}`;
  const input = el("input", { id, type: "text", autocomplete: "off", dir: "auto", "aria-describedby": `${id}-fault`, ...props });
  const fault = faultLine({ id: `${id}-fault` });
  function refuse(sentence) {
    fault.textContent = sentence;
    input.setAttribute("aria-invalid", Boolean(sentence));
    if (sentence) input.focus();
  }
  input.addEventListener("input", () => refuse(""));
  return { box: el("div", { class: "field" }, el("label", { for: id }, label), input, fault), input, refuse };
}

export const faultLine = (props) => el("p", { class: "fault", role: "alert", ...props });

/** Cancel, and the button that does it. */
export const choice = (phone, label, value) => [{ label: phone.words.cancel, value: null }, { label, value, kind: "primary" }];

/** What was typed with the digits 0 to 9, and without the marks of direction that pasting brings. */
export function westernDigits(text) {
  return text
    .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15)
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .trim();
}

/** A name within a sentence, whatever its direction. */
export const isolated = (text) => `\u2068${text}\u2069`;

/** How the bot is called on this phone. */
export const botName = (phone) => phone.botName ?? phone.town.bot.first_name;
