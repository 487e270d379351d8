/** Above the field: the message that is answered or corrected. */
import { nameOf, shownText } from "./bubble.js";
import { el, icon, iconButton } from "./dom.js";
import { fill } from "./words.js";

export class Reference {
  message = null;
  #kind = "";

  /** `leave` is called by the button that gives it up. */
  constructor(phone, leave) {
    Object.assign(this, { phone, leave });
    this.element = el("div", { class: "composer-context", hidden: true });
  }

  get replied() {
    return this.#kind === "reply" ? this.message : null;
  }

  get edited() {
    return this.#kind === "edit" ? this.message : null;
  }

  reply(message) {
    const { words } = this.phone;
    const title = fill(words.replyingTo, { name: nameOf(this.phone, message) });
    this.#show("reply", message, title, shownText(message) || words[message.kind], words.stopReply);
  }

  edit(message) {
    const { words } = this.phone;
    this.#show("edit", message, words.editing, message.text, words.stopEditing);
  }

  clear() {
    this.message = null;
    this.#kind = "";
    this.element.hidden = true;
  }

  #show(kind, message, title, text, stop) {
    this.message = message;
    this.#kind = kind;
    const said = [
      el("span", { class: "context-title", dir: "auto" }, title),
      el("span", { class: "context-text", dir: "auto" }, text),
    ];
    this.element.replaceChildren(
      icon(kind),
      el("div", { class: "context-words" }, said),
      iconButton("close", stop, this.leave),
    );
    this.element.hidden = false;
  }
}
