/** Where a person writes: the field, what can be attached, the bot's menu and its keyboard. */
import { ATTACHED, asked } from "./attachments.js";
import { draftOf, keepDraft } from "./drafts.js";
import { el, icon, iconButton } from "./dom.js";
import { replyKeyboard } from "./keyboards.js";
import { openMenu } from "./menu.js";
import { Reference } from "./reference.js";
import { fill } from "./words.js";

const LONGEST = 4096; // code points of one message; clients send the rest after it

export class Composer {
  constructor(phone, chat) {
    Object.assign(this, { phone, chat, keysHidden: false });
    const { words } = phone;
    this.about = new Reference(phone, () => (this.#done(false), this.field.focus()));
    this.field = el("textarea", {
      rows: "1",
      dir: "auto",
      "aria-label": fill(words.writeTo, { name: phone.titleOf(chat) }),
      placeholder: words.message,
      autocomplete: "off",
      value: draftOf(phone, chat),
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
    });
    this.commands = el(
      "button",
      {
        type: "button",
        class: "commands-button",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        "aria-label": words.commands,
        title: words.commands,
        onclick: (event) => this.#commands(event.currentTarget),
      },
      icon("menu"),
      el("span", { class: "commands-word" }, words.menu),
    );
    this.toggle = iconButton("keyboard", words.hideKeyboard, () => this.#turnKeys(), { hidden: true });
    this.attach = iconButton("attach", words.attach, (event) => this.#attachments(event.currentTarget), {
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    });
    this.main = el("button", { type: "button", class: "icon-button send", onclick: () => this.#main() });
    this.keys = el("div", { class: "keys-place" });
    this.element = el(
      "div",
      { class: "composer" },
      this.about.element,
      el(
        "div",
        { class: "composer-row" },
        this.commands,
        el("div", { class: "writing" }, this.field, this.toggle, this.attach),
        this.main,
      ),
      this.keys,
    );
  }

  /** Menu button, keyboard and placeholder as they are now. */
  refresh() {
    const { phone, chat } = this;
    const menu = phone.profile.menu_button?.type ?? "default";
    this.commands.hidden =
      chat.chat.type !== "private" ||
      !phone.profile.commands?.length ||
      !["commands", "default"].includes(menu);
    if (this.drawnKeys !== JSON.stringify(chat.keyboard)) this.#newKeys();
    const has = Boolean(chat.keyboard?.length);
    this.toggle.hidden = !has || Boolean(chat.keyboard_options?.is_persistent);
    this.keys.hidden = !has || this.keysHidden;
    const label = this.keysHidden ? phone.words.showKeyboard : phone.words.hideKeyboard;
    this.toggle.setAttribute("aria-label", label);
    this.toggle.title = label;
    this.toggle.setAttribute("aria-pressed", String(!this.keysHidden));
    this.field.placeholder = chat.keyboard_options?.input_field_placeholder || phone.words.message;
    if (this.forced !== (this.forced = Boolean(chat.keyboard_options?.force_reply)) && this.forced)
      this.#forced();
    this.#fit();
    this.#draw();
  }

  /** The bot wants a reply: it is begun. */
  #forced() {
    const asked = [...this.chat.messages.values()].findLast((message) => message.sender === "bot");
    if (asked && !this.about.edited) this.reply(asked, false);
  }

  reply(message, focus = true) {
    this.about.reply(message);
    this.#begun(focus);
  }

  edit(message) {
    this.about.edit(message);
    this.field.value = message.text;
    this.#begun(true);
  }

  #begun(focus) {
    this.#fit();
    this.#draw();
    if (focus) this.field.focus();
  }

  /** The answer or the correction is sent or given up; after a correction the draft comes back. */
  #done(empty) {
    if (this.about.edited) this.field.value = draftOf(this.phone, this.chat);
    else if (empty) this.field.value = "";
    this.about.clear();
    this.#typed();
  }

  #typed() {
    if (!this.about.edited) keepDraft(this.phone, this.chat, this.field.value);
    this.#fit();
    this.#draw();
  }

  /** As high as its lines, five at most. */
  #fit() {
    if (!this.field.isConnected)
      return void requestAnimationFrame(() => this.field.isConnected && this.#fit());
    this.field.style.height = "auto";
    if (this.field.value) this.field.style.height = `${this.field.scrollHeight}px`;
  }

  #draw() {
    const { words } = this.phone;
    this.field.dir = this.field.value ? "auto" : this.phone.dir; // the placeholder is the phone's
    const kind = this.about.edited ? "check" : this.field.value.trim() ? "send" : "mic";
    const label = { check: words.save, send: words.send, mic: words.sendVoice }[kind];
    if (this.main.dataset.kind === kind && this.main.title === label) return;
    this.main.dataset.kind = kind;
    this.main.replaceChildren(icon(kind));
    this.main.setAttribute("aria-label", label);
    this.main.title = label;
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (this.field.value.trim()) this.#main();
    } else if (event.key === "Escape" && this.about.message) this.#done(false);
  }

  #main() {
    if (this.about.edited) return this.#save();
    if (this.field.value.trim()) return this.#send();
    return this.#attached("voice");
  }

  async #save() {
    const { phone, chat } = this;
    const { edited } = this.about;
    const text = this.field.value;
    if (!text.trim()) return; // a message cannot become nothing
    if ([...text].length > LONGEST) return phone.say(phone.words.tooLong);
    this.#done(true);
    if (text === edited.text) return;
    if (!(await phone.attempt(phone.town.edit(phone.person.id, chat.chat.id, edited.id, text))))
      this.edit({ ...edited, text });
  }

  /** Sends what is written, in parts where it is long; what could not be sent comes back. */
  async #send() {
    const { replied } = this.about;
    const points = [...this.field.value.trim()];
    this.#done(true);
    this.field.focus();
    for (let from = 0; from < points.length; from += LONGEST) {
      const text = points.slice(from, from + LONGEST).join("");
      if (text.trim() && !(await this.#sent({ text, reply_to: from === 0 ? replied?.id : undefined }))) {
        this.field.value = points.slice(from).join("") + this.field.value;
        if (replied && from === 0) this.reply(replied);
        return this.#typed();
      }
    }
  }

  #sent(content) {
    const { phone } = this;
    return phone.attempt(phone.town.send(phone.person.id, this.chat.chat.id, content));
  }

  /** What a sheet brings is sent; nothing when it was put away. */
  async #attached(kind) {
    const content = await asked(this.phone, kind);
    if (content && (await this.#sent({ ...content, reply_to: this.about.replied?.id }))) this.#done(false);
  }

  #attachments(anchor) {
    const { words, screen } = this.phone;
    const entries = Object.entries(ATTACHED).map(([kind, drawing]) => ({
      label: words[kind],
      icon: drawing,
      act: () => this.#attached(kind),
    }));
    openMenu(screen, anchor, entries, words.attach);
  }

  #commands(anchor) {
    const { phone } = this;
    const items = phone.profile.commands.map(({ command, description }) => ({
      label: description,
      hint: `/${command}`,
      act: () => this.#sent({ text: `/${command}` }),
    }));
    openMenu(phone.screen, anchor, items, phone.words.commands, "sheet");
  }

  #newKeys() {
    this.drawnKeys = JSON.stringify(this.chat.keyboard);
    this.keysHidden = false;
    this.keys.replaceChildren();
    if (this.chat.keyboard?.length)
      this.keys.append(replyKeyboard(this.phone, this.chat, { press: (button) => this.#press(button) }));
  }

  #turnKeys() {
    this.keysHidden = !this.keysHidden;
    this.refresh();
  }

  async #press(button) {
    if (button.request_contact) await this.#attached("contact");
    else if (button.request_location) await this.#attached("location");
    else await this.#sent({ text: button.text, reply_to: this.about.replied?.id });
    if (this.chat.keyboard_options?.one_time_keyboard) ((this.keysHidden = true), this.refresh());
  }
}
