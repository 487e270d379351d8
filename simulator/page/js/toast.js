/** A sentence that comes, stays a while and goes: notices of the bot, and what could not be done. */
import { el } from "./dom.js";

const STAYS = 4_500; // milliseconds, and longer for long sentences
const A_LETTER = 30;

export class Toast {
  element = el("div", { class: "toast", role: "status" });

  say(sentence) {
    clearTimeout(this.timer);
    this.element.replaceChildren(el("span", { dir: "auto" }, sentence));
    this.element.classList.add("shown");
    this.timer = setTimeout(() => this.#goes(), STAYS + sentence.length * A_LETTER);
  }

  #goes() {
    this.element.classList.remove("shown");
    this.element.replaceChildren();
  }
}
