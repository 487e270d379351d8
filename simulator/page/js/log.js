/** The messages of a chat: days between them, always at the newest unless somebody reads above. */
import { bubble, markRead, redraw, speaker } from "./bubble.js";
import { el, icon } from "./dom.js";
import { dayOf, midnight, numberOf } from "./figures.js";
import { counted, fill } from "./words.js";

const NEAR = 60; // pixels from the newest message that still count as there

/** The scrolling list; the scroller is laid out from its foot, so that the newest stays in view. */
export class Log {
  constructor(phone, chat, does) {
    Object.assign(this, { phone, chat, does, missed: 0 });
    this.list = el("div", { class: "log-list" });
    this.scroller = el(
      "div",
      {
        class: "log",
        role: "log",
        "aria-live": "polite",
        "aria-relevant": "additions",
        "aria-label": fill(phone.words.messages, { name: phone.titleOf(chat) }),
        tabindex: "0",
        onscroll: () => this.#scrolled(),
        onkeydown: (event) => this.#walk(event),
      },
      this.list,
    );
    this.down = el(
      "button",
      {
        type: "button",
        class: "to-newest",
        hidden: true,
        "aria-label": phone.words.toNewest,
        onclick: () => this.toNewest(),
      },
      icon("down"),
      el("span", { class: "badge", hidden: true }),
    );
    this.element = el("div", { class: "log-frame" }, this.scroller, this.down);
    for (const message of chat.messages.values()) this.#append(message);
  }

  add(message) {
    if (this.#article(message.id)) return this.replace(message);
    this.#append(message);
    if (speaker(this.phone, message) === "me") this.toNewest();
    else if (!this.atNewest) this.#missed(this.missed + 1);
  }

  replace(message) {
    const article = this.#article(message.id);
    if (article) redraw(article, this.phone, this.chat, message, this.does);
  }

  remove(id) {
    const article = this.#article(id);
    const day = article?.previousElementSibling;
    const alone = day?.matches(".day") && !article.nextElementSibling?.matches(".bubble");
    if (article?.contains(document.activeElement)) this.scroller.focus({ preventScroll: true });
    article?.remove();
    if (!alone) return;
    if (!day.nextElementSibling) this.lastDay = undefined;
    day.remove();
  }

  read(id) {
    const article = this.#article(id);
    if (article) markRead(article, this.phone);
  }

  /** Shows a message that is quoted, and lets it be seen. */
  find(id) {
    const article = this.#article(id);
    if (!article) return;
    article.scrollIntoView({ block: "center" });
    article.focus({ preventScroll: true });
    article.classList.remove("found");
    requestAnimationFrame(() => article.classList.add("found"));
  }

  /** The newest message that has buttons, for whoever has no mouse. */
  newestButton() {
    return [...this.list.querySelectorAll(".keys")].at(-1)?.querySelector("button") ?? null;
  }

  get atNewest() {
    return Math.abs(this.scroller.scrollTop) < NEAR;
  }

  toNewest() {
    this.scroller.scrollTop = 0;
    this.#missed(0);
  }

  #article(id) {
    return this.list.querySelector(`[data-message="${id}"]`);
  }

  #append(message) {
    const day = midnight(new Date(message.date * 1000));
    if (this.lastDay !== day)
      this.list.append(el("div", { class: "day" }, el("span", {}, dayOf(message.date, this.phone.locale))));
    this.lastDay = day;
    this.list.append(bubble(this.phone, this.chat, message, this.does));
  }

  #scrolled() {
    if (this.atNewest) this.#missed(0);
    this.down.hidden = this.atNewest;
  }

  #missed(count) {
    this.missed = count;
    const badge = this.down.querySelector(".badge");
    badge.hidden = count === 0;
    badge.textContent = numberOf(count, this.phone.locale);
    this.down.setAttribute(
      "aria-label",
      count
        ? `${counted(this.phone.words.newMessages, count, this.phone.language)}. ${this.phone.words.toNewest}`
        : this.phone.words.toNewest,
    );
  }

  /** Up and down from message to message; Enter opens a message's menu. */
  #walk(event) {
    const articles = [...this.list.querySelectorAll(".bubble")];
    const at = articles.indexOf(document.activeElement);
    if (event.target !== this.scroller && at < 0) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowUp") (at < 0 ? articles.at(-1) : articles[at - 1])?.focus();
    else if (event.key === "ArrowDown") articles[at + 1]?.focus();
    else if (event.key === "Enter" && at >= 0) articles[at].querySelector(".more").click();
    else return;
    event.preventDefault();
  }
}
