/** What stands above a phone's own screen: whose it is, its language, the time. */
import { el, iconButton } from "./dom.js";
import { LANGUAGES, OWN_NAMES, fill } from "./words.js";

/** Name, language and the button that puts the phone away, in the words of the page. */
export function captionOf(person, labels, close) {
  const code = person.language_code ?? "";
  const name = person.first_name;
  return [
    el("h2", { dir: "auto" }, name),
    el(
      "span",
      { class: "caption-language", lang: LANGUAGES.includes(code) && code },
      OWN_NAMES[code] ?? code,
    ),
    iconButton("close", fill(labels.closePhone, { name }), close),
  ];
}

/** The bar on top of the screen; for the eye only. */
export class StatusBar {
  constructor() {
    this.time = el("span");
    this.code = el("span");
    const signs = el("span", { class: "status-signs" }, this.code, el("span", { class: "battery" }));
    this.element = el("div", { class: "status", "aria-hidden": "true" }, this.time, signs);
  }

  draw(languageCode) {
    this.code.textContent = (languageCode ?? "").toUpperCase();
    this.tick();
  }

  /** The time by the clock of whoever looks. */
  tick() {
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    this.time.textContent = new Intl.DateTimeFormat("fr-MA", clock).format();
  }
}
