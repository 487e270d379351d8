/** The list of chats of a phone. */
import { initials } from "./avatar.js";
import { shownText, speaker } from "./bubble.js";
import { el, icon, iconButton } from "./dom.js";
import { blockEntry, languageEntries, linkEntry } from "./entries.js";
import { dayOf, midnight, numberOf, timeOf } from "./figures.js";
import { PREVIEW_ICONS } from "./media.js";
import { openMenu } from "./menu.js";
import { counted, fill } from "./words.js";

export class ListView {
  constructor(phone) {
    this.phone = phone;
    const { words } = phone;
    this.list = el("ul", { class: "chat-list", "aria-label": words.chatList });
    this.element = el(
      "div",
      { class: "view list" },
      el(
        "header",
        { class: "bar list-head" },
        initials(phone.name, phone.person.id),
        el("h3", {}, words.chats),
        iconButton(
          "more",
          words.phoneMenu,
          (event) =>
            openMenu(
              phone.screen,
              event.currentTarget,
              [linkEntry(phone), blockEntry(phone), ...languageEntries(phone)],
              words.phoneMenu,
            ),
          { "aria-haspopup": "menu", "aria-expanded": "false" },
        ),
      ),
      this.list,
    );
    this.#draw();
  }

  /** Once for many events. */
  refresh() {
    this.waiting ??= requestAnimationFrame(() => ((this.waiting = undefined), this.#draw()));
  }

  focus(chatId) {
    (this.list.querySelector(`[data-chat="${chatId}"]`) ?? this.list.querySelector("button"))?.focus({
      preventScroll: true,
    });
  }

  #draw() {
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.chat : null;
    this.list.replaceChildren(
      ...this.phone.town.chatsOf(this.phone.person.id).map((chat) => el("li", {}, this.#row(chat))),
    );
    if (focused) this.focus(focused);
  }

  #row(chat) {
    const { phone } = this;
    const { id } = chat.chat;
    const title = phone.titleOf(chat);
    const last = [...chat.messages.values()].at(-1);
    const unread = phone.unread.get(id) ?? 0;
    return el(
      "button",
      { type: "button", class: "chat-row", dataset: { chat: id }, onclick: () => phone.showChat(id) },
      initials(title, chat.chat.type === "private" ? phone.town.bot.id : id),
      el("span", { class: "chat-row-name", dir: "auto" }, title),
      last && el("time", { class: "chat-row-time" }, when(last.date, phone.locale)),
      el("span", { class: "chat-row-last" }, last ? this.#preview(chat, last) : phone.words.noMessages),
      unread > 0 &&
        el(
          "span",
          { class: "badge" },
          el("span", { "aria-hidden": "true" }, numberOf(unread, phone.locale)),
          el("span", { class: "unseen" }, counted(phone.words.unread, unread, phone.language)),
        ),
    );
  }

  #preview(chat, message) {
    const { words } = this.phone;
    const from = speaker(this.phone, message);
    const said = shownText(message).replaceAll("\n", " ") || words[message.kind];
    const who =
      from === "me"
        ? words.you
        : chat.chat.type === "private"
          ? ""
          : from === "bot"
            ? this.phone.botName
            : message.from;
    return [
      who && el("span", { class: "chat-row-who" }, el("bdi", {}, who), ": "),
      PREVIEW_ICONS[message.kind] && icon(PREVIEW_ICONS[message.kind]),
      el("bdi", {}, said),
    ];
  }
}

function when(seconds, locale) {
  const today = midnight(new Date()) === midnight(new Date(seconds * 1000));
  return today ? timeOf(seconds, locale) : dayOf(seconds, locale);
}
