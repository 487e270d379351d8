/** One person's phone: the list or the open chat, links, notices, the bot's profile in their language. */
import { ChatView } from "./chat.js";
import { el } from "./dom.js";
import { follow } from "./keyboards.js";
import { ListView } from "./list.js";
import { showAlert } from "./sheets.js";
import { StatusBar, captionOf } from "./status.js";
import { Toast } from "./toast.js";
import { dirOf, fill, localeOf, spoken, words } from "./words.js";

const OF_A_CHAT = ["message", "edit", "delete", "read", "action", "chat"];

export class Phone {
  profile = {};
  view = null;
  #closing = new AbortController();

  /** `close` is called by the button of the caption; `labels` are the words of the frame around. */
  constructor(town, person, { close, labels }) {
    Object.assign(this, { town, person, chatId: person.id, labels, unread: new Map() });
    this.toast = new Toast();
    this.status = new StatusBar();
    this.screen = el("div", { class: "screen" });
    this.language = spoken(person.language_code);
    this.caption = el("header", { class: "caption" });
    this.onclose = close;
    this.element = el(
      "section",
      {
        class: "phone",
        dataset: { person: person.id },
        id: `phone-${person.id}`,
        tabindex: "-1",
        onkeydown: (event) => this.#shortcut(event),
      },
      this.caption,
      el("div", { class: "frame" }, this.screen),
    );
    this.#listen();
  }

  get name() {
    return this.person.first_name;
  }

  get botName() {
    return this.profile.name || this.town.bot.first_name;
  }

  titleOf(chat) {
    return chat.chat.type === "private" ? this.botName : chat.chat.title;
  }

  /** Asks for the bot's profile and draws everything in the person's language. */
  async open() {
    await this.#learn();
    this.draw();
    return this;
  }

  close() {
    const sheets = this.screen.querySelectorAll(":scope > dialog");
    sheets.forEach((sheet) => sheet.dispatchEvent(new Event("cancel")));
    this.#closing.abort();
    this.element.remove();
  }

  async #learn() {
    this.profile = await this.town.commands(this.person.id).catch(() => this.profile);
  }

  /** Everything anew, as after a change of language or a new snapshot. */
  draw() {
    this.person = this.town.people.get(this.person.id) ?? this.person;
    this.language = spoken(this.person.language_code);
    this.locale = localeOf(this.language);
    this.dir = dirOf(this.language);
    this.words = words(this.language);
    this.element.setAttribute("aria-label", this.name);
    this.screen.lang = this.language;
    this.screen.dir = this.dir;
    this.captioned();
    this.status.draw(this.person.language_code);
    const within = this.screen.contains(document.activeElement);
    const open =
      this.view instanceof ListView
        ? null
        : (this.town.chats.get(this.chatId) ?? this.town.chats.get(this.person.id));
    const sheets = [...this.screen.querySelectorAll(":scope > dialog")]; // somebody may be writing there
    this.screen.replaceChildren(this.status.element, this.toast.element, ...sheets);
    open
      ? this.showChat(open.chat.id, { start: this.view?.start, focus: within })
      : this.showList({ focus: within });
  }

  /** The caption belongs to the frame around: it speaks the page's language. */
  captioned(labels = this.labels) {
    this.labels = labels;
    this.caption.replaceChildren(...captionOf(this.person, labels, () => this.onclose(this)));
  }

  /** A minute has passed. */
  tick() {
    this.status.tick();
  }

  showChat(chatId, { start, focus = true } = {}) {
    this.chatId = chatId;
    this.unread.delete(chatId);
    this.#show(new ChatView(this, this.town.chats.get(chatId), { start }), focus);
  }

  showList({ focus = true } = {}) {
    const from = this.chatId;
    this.#show(new ListView(this), false);
    if (focus) this.view.focus(from);
  }

  #show(view, focus) {
    this.view?.element.remove();
    this.view = view;
    this.toast.element.before(view.element);
    view.element.inert = this.screen.querySelector(":scope > dialog") !== null;
    if (focus) view.focus();
  }

  /** The bot's deep link: the chat opens with a button that sends `/start PARAM`. */
  openLink(start = "") {
    const chat = this.town.chats.get(this.person.id);
    const waits = start || !chat.started ? start : undefined;
    this.showChat(this.person.id, { start: waits });
  }

  /** Sends `/start`, with the parameter of a deep link where there is one. */
  async startBot(start) {
    const sent = await this.attempt(
      this.town.send(this.person.id, this.person.id, { text: `/start ${start}`.trim() }),
    );
    if (!sent || !(this.view instanceof ChatView)) return;
    this.view.start = undefined;
    this.view.refresh();
  }

  /** As clients do: unblocked, the bot is started again. */
  async restartBot() {
    if (await this.attempt(this.town.unblock(this.person.id))) await this.startBot("");
  }

  /** A sentence over the chat for a few seconds. */
  say(sentence) {
    this.toast.say(sentence);
  }

  /** The result of an act, or `undefined` with the reason in a toast. */
  async attempt(act) {
    try {
      return await act;
    } catch (error) {
      if (error.name !== "ControlError") throw error;
      this.say(error.lost ? this.labels.noAnswer : fill(this.labels.refused, { reason: error.sentence }));
      return undefined;
    }
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.say(this.words.copied);
    } catch {
      this.say(this.words.notCopied);
    }
  }

  #listen() {
    const on = (kind, act) =>
      this.town.addEventListener(kind, (event) => act(event.detail), { signal: this.#closing.signal });
    OF_A_CHAT.forEach((kind) => on(kind, (detail) => this.#happened(detail)));
    on("notice", (detail) => detail.person_id === this.person.id && this.#notice(detail));
    on("profile", async () => (await this.#learn(), this.#renamed()));
    on("person", async ({ person }) => person.id === this.person.id && this.open());
  }

  #happened(detail) {
    if (this.view instanceof ChatView && detail.chat_id === this.chatId) this.view.happened(detail);
    else if (detail.kind === "message" && detail.message?.sender === "bot")
      this.unread.set(detail.chat_id, (this.unread.get(detail.chat_id) ?? 0) + 1);
    if (this.view instanceof ListView) this.view.refresh();
  }

  /** The name stands in many places; commands and description in few. */
  #renamed() {
    if (this.view instanceof ChatView && this.view.title === this.titleOf(this.view.chat))
      this.view.refresh();
    else this.draw();
  }

  #notice({ text, alert, url }) {
    if (url) follow(this, url);
    if (!text) return;
    if (alert) showAlert(this, text);
    else this.say(text);
  }

  /** Alt and an arrow: up to the field, down to the newest buttons. */
  #shortcut(event) {
    if (!event.altKey || !(this.view instanceof ChatView) || !["ArrowUp", "ArrowDown"].includes(event.key))
      return;
    event.preventDefault();
    const button = event.key === "ArrowDown" && this.view.log.newestButton();
    if (button) button.focus();
    else this.view.focus();
  }
}
