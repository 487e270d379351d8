/** The town as this page knows it: one snapshot, then one stream of events; and what people do in it. */
import { control } from "./control.js";

const KINDS = [
  "message",
  "edit",
  "delete",
  "notice",
  "action",
  "chat",
  "read",
  "person",
  "profile",
  "faults",
  "queue",
  "backstage",
];
const AGAIN = 1500; // milliseconds until a town or a stream that does not answer is asked once more
const ANSWERED_KEPT = 500;

/**
 * People, chats, messages, faults, backstage. Dispatches an event named by kind with the server's
 * `detail` after it was taken in; "loaded" after a snapshot, "connection" with `{state}`.
 */
export class Town extends EventTarget {
  id = null;
  seq = 0;
  bot = {};
  botApi = "";
  people = new Map();
  chats = new Map();
  faults = [];
  pending = 0;
  backstage = null;
  answered = new Map();
  #loading = null;
  #waiting = [];
  #source = null;
  #timer = null;
  #acts = new Map();

  /** Fetches the snapshot, however long it takes, and follows the stream from there on. */
  async open() {
    await this.#reload();
    this.#watch();
    document.addEventListener("visibilitychange", () => this.#watch());
  }

  /** A page that nobody sees leaves its connection to others: a browser has six for a host. */
  #watch() {
    if (!document.hidden) return this.#follow();
    clearTimeout(this.#timer);
    this.#source?.close();
  }

  /** Takes the whole state anew; events that come meanwhile are applied after it. */
  #load() {
    this.#loading ??= this.#fetched()
      .finally(() => (this.#loading = null))
      .then(() => this.#waiting.splice(0).forEach(({ kind, detail }) => this.#happened(kind, detail)));
    return this.#loading;
  }

  async #fetched() {
    const page = await control("GET", "page");
    this.id = page.town;
    this.seq = page.seq;
    this.bot = page.bot;
    this.botApi = page.bot_api;
    this.people = new Map(page.people.map((person) => [person.id, person]));
    this.chats = new Map(page.chats.map((seen) => [seen.chat.id, asChat(seen)]));
    this.faults = page.faults ?? [];
    this.pending = page.pending ?? 0;
    this.backstage = page.backstage ?? null;
    this.#tell("loaded", {});
  }

  #follow() {
    clearTimeout(this.#timer);
    this.#source?.close();
    const source = (this.#source = new EventSource(`/control/events?since=${this.seq}`));
    source.addEventListener("hello", (event) => this.#hello(JSON.parse(event.data)));
    source.addEventListener("reset", () => this.#reload());
    KINDS.forEach((kind) =>
      source.addEventListener(kind, (event) => this.#happened(kind, JSON.parse(event.data))),
    );
    source.onerror = () => {
      this.#tell("connection", { state: "lost" });
      if (source.readyState === EventSource.CLOSED) this.#timer = setTimeout(() => this.#follow(), AGAIN);
    };
  }

  #hello({ town }) {
    if (town === this.id) this.#tell("connection", { state: "open" });
    else this.#reload();
  }

  /** The town anew; one that does not answer is asked again. */
  async #reload() {
    while (
      !(await this.#load().then(
        () => true,
        () => false,
      ))
    ) {
      this.#tell("connection", { state: "lost" });
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
    this.#tell("connection", { state: "open" });
  }

  #happened(kind, detail) {
    if (this.#loading) return void this.#waiting.push({ kind, detail });
    if (detail.seq !== undefined && detail.seq <= this.seq) return;
    this.seq = detail.seq ?? this.seq;
    if (detail.chat_id && !this.chats.has(detail.chat_id) && kind !== "chat") return void this.#reload();
    this.#take(kind, detail);
    this.#tell(kind, detail);
  }

  #take(kind, detail) {
    const chat = this.chats.get(detail.chat_id);
    switch (kind) {
      case "message":
      case "edit":
        if (detail.message) chat.messages.set(detail.message_id, detail.message);
        if (kind === "message" && detail.message?.sender === "bot") chat.action = null;
        break;
      case "delete":
        chat.messages.delete(detail.message_id);
        break;
      case "action":
        chat.action = detail.action;
        break;
      case "read":
        if (chat.messages.has(detail.message_id)) chat.messages.get(detail.message_id).read = true;
        break;
      case "notice":
        this.#remember(detail);
        break;
      case "chat":
        this.chats.set(detail.chat_id, { ...asChat(detail.chat), messages: chat?.messages ?? new Map() });
        break;
      case "person":
        this.#lives(detail.person);
        break;
      case "faults":
        this.faults = detail.faults;
        break;
      case "queue":
        this.pending = detail.pending;
        break;
      case "backstage":
        this.backstage = detail.backstage;
    }
  }

  /** An answer may come before the tap itself has returned: it is kept for a while. */
  #remember(notice) {
    this.answered.set(notice.callback_query_id, notice);
    if (this.answered.size > ANSWERED_KEPT) this.answered.delete(this.answered.keys().next().value);
  }

  /** The notice that answers a tap, now or within that time; `null` when none comes. */
  answerTo(queryId, milliseconds) {
    if (this.answered.has(queryId)) return Promise.resolve(this.answered.get(queryId));
    return new Promise((resolve) => {
      const stop = new AbortController();
      const end = (notice) => (stop.abort(), clearTimeout(timer), resolve(notice));
      const timer = setTimeout(() => end(null), milliseconds);
      this.addEventListener("notice", ({ detail }) => detail.callback_query_id === queryId && end(detail), {
        signal: stop.signal,
      });
    });
  }

  #tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail: { kind, ...detail } }));
  }

  /** The chats that a person is in: the one with the bot first, then groups. */
  chatsOf(personId) {
    const own = this.chats.get(personId);
    const groups = [...this.chats.values()].filter(
      (chat) => chat.chat.id !== personId && chat.members?.includes(personId),
    );
    return own ? [own, ...groups] : groups;
  }

  /** `name`, `language`, perhaps `last_name`, `username`, `id`; a known name is that person. */
  async meet(asked) {
    const person = await control("POST", "people", asked);
    this.#lives(person);
    return person;
  }

  #lives(person) {
    this.people.set(person.id, person);
    if (this.chats.has(person.id)) return;
    const about = { id: person.id, type: "private", first_name: person.first_name };
    this.chats.set(
      person.id,
      asChat({
        chat: about,
        members: [person.id],
        started: false,
        blocked: false,
        action: null,
        keyboard: null,
        keyboard_options: null,
      }),
    );
  }

  /** What one person does happens in the order in which they do it. */
  #acted(personId, method, path, body) {
    const before = this.#acts.get(personId) ?? Promise.resolve();
    const act = () => control(method, `people/${personId}${path}`, body);
    const mine = before.then(act, act);
    this.#acts.set(personId, mine);
    return mine;
  }

  send = (personId, chatId, content) =>
    this.#acted(personId, "POST", "/messages", { ...content, chat_id: chatId });
  edit = (personId, chatId, messageId, text) =>
    this.#acted(personId, "PATCH", `/messages/${messageId}`, { text, chat_id: chatId });
  tap = (personId, chatId, messageId, data) =>
    this.#acted(personId, "POST", "/taps", { message_id: messageId, data, chat_id: chatId });
  speaks = (personId, language) => this.#acted(personId, "PATCH", "", { language });
  block = (personId) => this.#acted(personId, "POST", "/block");
  unblock = (personId) => this.#acted(personId, "POST", "/unblock");
  commands = (personId) => control("GET", `people/${personId}/commands`);
  fault = (described) => control("POST", "faults", described);
  clearFault = (faultId) => control("DELETE", `faults/${faultId}`);
  act = (name) => control("POST", "backstage/acts", { act: name });
}

function asChat(seen) {
  return { ...seen, messages: new Map((seen.messages ?? []).map((message) => [message.id, message])) };
}
