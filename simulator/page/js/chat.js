/** A chat on a phone: its head, its messages, what stands below them. */
import { initials } from "./avatar.js";
import { shownText, speaker } from "./bubble.js";
import { Composer } from "./composer.js";
import { el, iconButton } from "./dom.js";
import { blockEntry, linkEntry } from "./entries.js";
import { follow } from "./keyboards.js";
import { Log } from "./log.js";
import { openMenu } from "./menu.js";
import { counted } from "./words.js";

const TYPING = 5_000; // milliseconds that an action of the bot lasts
const ACTIONS = {
  upload_document: "sendingFile",
  upload_photo: "sendingFile",
  upload_video: "sendingFile",
  upload_voice: "sendingFile",
  record_voice: "recordingVoice",
};

/** The open chat of a phone; `start` is the parameter of a deep link that waits to be sent. */
export class ChatView {
  constructor(phone, chat, { start } = {}) {
    Object.assign(this, { phone, start, chat });
    const { words } = phone;
    this.title = phone.titleOf(chat);
    this.status = el("span", { class: "chat-status" });
    this.log = new Log(phone, chat, this.#does());
    this.composer = new Composer(phone, chat);
    this.foot = el("div", { class: "chat-foot" });
    this.head = el(
      "header",
      { class: "bar chat-head" },
      iconButton("back", words.backToChats, () => phone.showList(), { class: "icon-button back" }),
      initials(this.title, chat.chat.type === "private" ? phone.town.bot.id : chat.chat.id),
      el("div", { class: "chat-name" }, el("h3", { dir: "auto" }, this.title), this.status),
      iconButton("more", words.chatMenu, (event) => this.#menu(event.currentTarget), {
        "aria-haspopup": "menu",
        "aria-expanded": "false",
      }),
    );
    this.body = el("div", { class: "chat-body" }, this.log.element);
    this.element = el("div", { class: "view chat" }, this.head, this.body, this.foot);
    this.#calm();
    this.refresh();
  }

  get isPrivate() {
    return this.chat.chat.type === "private";
  }

  /** What changed in this chat, by kind of event. */
  happened({ kind, message, message_id: id, action }) {
    if (kind === "message" && message) {
      if (speaker(this.phone, message) === "bot") this.#calm();
      else this.start = undefined;
      this.log.add(message);
    } else if (kind === "edit" && message) this.log.replace(message);
    else if (kind === "delete") this.log.remove(id);
    else if (kind === "read") this.log.read(id);
    else if (kind === "action") this.#acts(action);
    if (["message", "delete", "chat"].includes(kind)) this.refresh();
  }

  /** Head, empty chat and foot, as the chat stands now. */
  refresh() {
    const chat =
      (this.chat =
      this.log.chat =
      this.composer.chat =
        this.phone.town.chats.get(this.chat.chat.id) ?? this.chat);
    const empty = this.isPrivate && chat.messages.size === 0;
    this.body.querySelector(".about-bot, .service")?.remove();
    if (empty) this.body.append(this.#about());
    if (this.isPrivate && chat.blocked)
      this.body.append(el("p", { class: "service" }, this.phone.words.youBlocked));
    const bar = this.#bar(chat);
    if (this.shownBar === bar.name) return this.composer.refresh();
    const within = this.foot.contains(document.activeElement);
    this.shownBar = bar.name;
    this.foot.replaceChildren(bar.element ?? this.composer.element);
    this.composer.refresh();
    if (within) this.focus();
  }

  /** Where writing, or the one thing to do, happens. */
  focus() {
    (this.foot.querySelector(".wide-button") ?? this.composer.field).focus({ preventScroll: true });
  }

  #bar(chat) {
    const { words } = this.phone;
    if (this.isPrivate && this.start !== undefined)
      return this.#wide("start", words.start, () => this.phone.startBot(this.start));
    if (this.isPrivate && chat.blocked)
      return this.#wide("unblock", words.unblock, () => this.phone.restartBot());
    if (this.isPrivate && !chat.started)
      return this.#wide("start-empty", words.start, () => this.phone.startBot(""));
    return { name: "composer" };
  }

  #wide(name, label, act) {
    return {
      name: `${name}:${this.start ?? ""}`,
      element: el("button", { type: "button", class: "wide-button", onclick: act }, label),
    };
  }

  #about() {
    const { words, profile } = this.phone;
    const text = profile.description || profile.short_description;
    return el(
      "div",
      { class: "about-bot" },
      el("h4", {}, text ? words.whatCanItDo : words.noMessages),
      text && el("p", { class: "text" }, text),
    );
  }

  #acts(action) {
    this.status.textContent = this.phone.words[ACTIONS[action] ?? "typing"];
    this.status.classList.add("acting");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#calm(), TYPING);
  }

  #calm() {
    clearTimeout(this.timer);
    this.status.classList.remove("acting");
    const { words, language } = this.phone;
    this.status.textContent = this.isPrivate
      ? words.bot
      : counted(words.members, (this.chat.members?.length ?? 0) + 1, language);
  }

  #menu(anchor) {
    const { phone } = this;
    const items = this.isPrivate ? [linkEntry(phone), blockEntry(phone)] : [linkEntry(phone)];
    openMenu(phone.screen, anchor, items, phone.words.chatMenu);
  }

  #does() {
    const { phone } = this;
    return {
      link: (address) => follow(phone, address),
      command: (text) => phone.attempt(phone.town.send(phone.person.id, phone.chatId, { text })),
      copy: (text) => phone.copy(text),
      find: (id) => this.log.find(id),
      options: (message, article) => this.#options(message, article),
    };
  }

  #options(message, article) {
    const { phone, composer } = this;
    const { words } = phone;
    const text = shownText(message);
    const items = [{ label: words.reply, icon: "reply", act: () => composer.reply(message) }];
    if (text && !message.protected)
      items.push({ label: words.copy, icon: "copy", act: () => phone.copy(text) });
    if (speaker(phone, message) === "me" && message.kind === "text")
      items.push({ label: words.edit, icon: "edit", act: () => composer.edit(message) });
    openMenu(phone.screen, article.querySelector(".more"), items, words.more);
  }
}
