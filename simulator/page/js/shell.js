/** The frame of the page: toolbar, phones side by side, banner, side panel. */
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { remember } from "./memory.js";
import { newcomer } from "./newcomer.js";
import { Phone } from "./phone.js";
import { tools } from "./toolbar.js";
import { dirOf, fill, words } from "./words.js";

const MINUTE = 60_000;

export class Shell {
  phones = [];

  /**
   * `choices`: theme, language, panel, bare; `drawPanel(town, words, signal)` brings the side panel,
   * which lives until that signal.
   */
  constructor(town, choices, drawPanel) {
    Object.assign(this, { town, ...choices, drawPanel });
    this.skips = el("nav", { class: "skips" });
    this.toolbar = el("header", { class: "toolbar" });
    this.banner = el("p", { class: "banner", role: "alert", hidden: true });
    this.main = el("main", { class: "phones", onkeydown: (event) => this.#next(event) });
    this.aside = el("aside", { class: "side", id: "side-panel" });
    document.body.append(
      this.skips,
      this.toolbar,
      this.banner,
      el("div", { class: "ground" }, this.main, this.aside),
    );
    this.draw();
    this.aside.addEventListener("phonewanted", (event) => this.#wanted(event));
    town.addEventListener("connection", ({ detail }) => this.#connection(detail.state));
    town.addEventListener("loaded", () => this.#again());
    setTimeout(() => (this.#tick(), setInterval(() => this.#tick(), MINUTE)), MINUTE - (Date.now() % MINUTE));
  }

  /** Everything around the phones, in the page's language and theme. */
  draw() {
    const said = (this.words = words(this.language));
    const root = document.documentElement;
    root.lang = this.language;
    root.dir = dirOf(this.language);
    root.dataset.theme = this.theme;
    document.title = `${said.pageTitle} · ${this.town.bot.first_name ?? ""}`;
    document.body.classList.toggle("is-bare", this.bare);
    this.banner.textContent = said.connectionLost;
    this.main.setAttribute("aria-label", said.phones);
    this.toolbar.replaceChildren(...tools(this));
    this.phones.forEach((phone) => phone.captioned(said));
    this.#drawPanel();
    this.#placed();
  }

  /** A person's phone, at the end of the row; nobody's when a sheet was put away. */
  async add(asked) {
    if (!asked) return;
    const person =
      asked.language === undefined && this.town.people.get(asked.id)
        ? this.town.people.get(asked.id)
        : await this.town.meet(asked);
    const there = this.phones.find((phone) => phone.person.id === person.id);
    if (there) return there;
    const phone = new Phone(this.town, person, { close: (one) => this.remove(one), labels: this.words });
    this.phones.push(phone);
    await phone.open();
    this.#placed();
    return phone;
  }

  /** The panel shows somebody, perhaps at a deep link; a drawer that lies over the phone goes away. */
  async #wanted(event) {
    event.preventDefault();
    const { id, start } = event.detail;
    const phone = await this.invite({ id });
    if (!phone || start === undefined) return;
    if (matchMedia("(max-width: 900px)").matches) this.set("panel", false);
    phone.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    phone.openLink(start);
  }

  remove(phone) {
    this.phones = this.phones.filter((one) => one !== phone);
    phone.close();
    this.#placed();
    (this.phones.at(-1)?.element ?? this.toolbar.querySelector("button")).focus();
  }

  /** The phones, or the form for the first one; remembered for this town. */
  #placed() {
    this.form?.remove();
    const said = this.words;
    for (const phone of this.phones) if (!phone.element.isConnected) this.main.append(phone.element);
    if (this.phones.length === 0 && document.documentElement.dataset.ready) this.#first();
    this.skips.replaceChildren(
      ...this.phones.map((phone) =>
        el("a", { href: `#${phone.element.id}` }, fill(said.skipTo, { name: phone.name })),
      ),
      ...(this.panel ? [el("a", { href: "#side-panel" }, said.skipToPanel)] : []),
    );
    if (this.town.id)
      remember(`phones:${this.town.id}`, JSON.stringify(this.phones.map((phone) => phone.person.id)));
  }

  #first() {
    const { element, read } = newcomer(this.words, this.#known(), (asked) => this.invite(asked));
    this.form = el(
      "form",
      {
        class: "first-phone",
        novalidate: true,
        onsubmit: (event) => (event.preventDefault(), this.invite(read())),
      },
      el("h2", {}, this.words.firstPhone),
      el("p", {}, this.words.firstPhoneHint),
      element,
      el("button", { type: "submit", class: "button primary" }, this.words.add),
    );
    this.main.append(this.form);
  }

  /** Called once everything is there: shows the form when there is no phone. */
  ready() {
    document.documentElement.dataset.ready = "1";
    this.#placed();
  }

  #known() {
    return [...this.town.people.values()].filter(
      (person) => !this.phones.some((phone) => phone.person.id === person.id),
    );
  }

  /** Asks in a sheet whose phone shall be added. */
  async ask() {
    let form;
    const asked = await openDialog(
      null,
      this.words.addPhoneLong,
      (close) => (form = newcomer(this.words, this.#known(), close)).element,
      {
        language: this.language,
        buttons: [
          { label: this.words.cancel, value: null },
          { label: this.words.add, kind: "primary", value: () => form.read() },
        ],
      },
    );
    const phone = await this.invite(asked);
    if (phone) (phone.element.scrollIntoView({ block: "nearest", inline: "nearest" }), phone.view.focus());
  }

  /** A person's phone; who cannot have one is named in a dialog. */
  async invite(asked) {
    try {
      return await this.add(asked);
    } catch (error) {
      if (error.name !== "ControlError") throw error;
      const sentence = error.lost
        ? this.words.noAnswer
        : fill(this.words.noPhone, { sentence: error.sentence });
      openDialog(null, this.words.addPhone, el("p", {}, sentence), {
        language: this.language,
        buttons: [{ label: this.words.ok, kind: "primary", value: true }],
      });
    }
  }

  /** A choice of the reader, remembered in this browser. */
  set(name, value) {
    this[name] = value;
    remember(name, String(value));
    const label = document.activeElement?.closest(".toolbar button");
    const at = [...this.toolbar.querySelectorAll("button")].indexOf(label);
    this.draw();
    this.toolbar.querySelectorAll("button")[at]?.focus();
  }

  async #drawPanel() {
    this.aside.hidden = !this.panel || this.bare;
    this.aside.setAttribute("aria-label", this.words.panel);
    this.panelStands?.abort();
    if (this.aside.hidden) return;
    const { signal } = (this.panelStands = new AbortController());
    const panel = await this.drawPanel(this.town, this.words, signal);
    if (!signal.aborted) this.aside.replaceChildren(panel);
  }

  /** Alt and Page Down or Up: from phone to phone. */
  #next(event) {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (!step || !event.altKey || this.phones.length === 0) return;
    event.preventDefault();
    const at = this.phones.findIndex((phone) => phone.element.contains(document.activeElement));
    const phone = this.phones.at((at + step) % this.phones.length);
    phone.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    phone.view.focus();
  }

  #connection(state) {
    this.banner.hidden = state === "open";
  }

  /** A new snapshot, perhaps of a new town: everybody shown here lives there too. */
  async #again() {
    const phones = [...this.phones];
    for (const phone of phones) await this.#moved(phone);
    if (phones.length) this.draw();
  }

  async #moved(phone) {
    const { first_name: name, language_code: language, id } = phone.person;
    const same = this.town.people.get(id)?.first_name === name;
    if (!same) phone.person = await this.town.meet({ name, language }).catch(() => phone.person);
    phone.element.dataset.person = phone.person.id;
    phone.chatId = this.town.chats.has(phone.chatId) ? phone.chatId : phone.person.id;
    if (this.town.chats.has(phone.person.id)) await phone.open();
  }

  #tick() {
    this.phones.forEach((phone) => phone.tick());
  }
}
