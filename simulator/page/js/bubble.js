/** One message as it is drawn: sender, quote, picture or file, text, time and ticks, buttons. */
import { el, icon, iconButton } from "./dom.js";
import { timeOf } from "./figures.js";
import { inlineKeyboard } from "./keyboards.js";
import { isPicture, mediaOf } from "./media.js";
import { bigEmoji, formatted, lastDirection } from "./text.js";
import { fill } from "./words.js";

const START = /^\/start \S+$/; // clients keep the parameter of a deep link to themselves

/** Who speaks, for this person: the bot, they themselves, somebody else of the group. */
export function speaker(phone, message) {
  if (message.sender === "bot") return "bot";
  return message.from_id === undefined || message.from_id === phone.person.id ? "me" : "other";
}

/** The words of a message as a client shows them. */
export function shownText(message) {
  return message.sender === "person" && START.test(message.text) ? "/start" : message.text;
}

/** A new article; `chat` tells of the messages it may quote, `does` what its parts do. */
export function bubble(phone, chat, message, does) {
  const from = speaker(phone, message);
  const article = el("article", {
    class: "bubble",
    tabindex: "-1",
    dataset: { message: message.id, from },
    "aria-live": from === "me" ? "off" : null,
  });
  return drawn(article, phone, chat, message, does);
}

/** Draws the message anew in the same article; whoever stood on one of its buttons stays there. */
export function redraw(article, phone, chat, message, does) {
  const stops = [...article.querySelectorAll(".keys button")];
  const at = stops.indexOf(document.activeElement);
  const within = article.contains(document.activeElement);
  article.classList.remove("big", "bare", "own-line", "pictured", "with-keys");
  drawn(article, phone, chat, message, does);
  if (within)
    (article.querySelectorAll(".keys button")[Math.max(at, 0)] ?? article).focus({ preventScroll: true });
}

function drawn(article, phone, chat, message, does) {
  const text = shownText(message);
  const entities =
    text === message.text ? message.entities : message.entities.filter((one) => one.type === "bot_command");
  const emoji =
    message.kind === "text" && entities.every((one) => one.type === "custom_emoji") ? bigEmoji(text) : 0;
  const media = mediaOf(phone, message);
  const time = meta(phone, message);
  const within = text && !emoji && !message.caption_above; // after the last word, where there is room
  const words = text
    ? el(
        "div",
        { class: `text${emoji ? ` emoji-${emoji}` : ""}` },
        formatted(text, entities, does, phone.words),
        within && time,
      )
    : null;
  const looks = {
    big: emoji > 0,
    bare: emoji > 0 || message.kind === "sticker",
    pictured: isPicture(message),
    "with-keys": message.buttons.length > 0,
    "own-line": !["", phone.dir].includes(lastDirection(text)),
  };
  Object.entries(looks).forEach(([name, is]) => article.classList.toggle(name, is));
  const parts = message.caption_above ? [words, media] : [media, words];
  const options = iconButton("more", phone.words.more, () => does.options(message, article), {
    class: "icon-button more",
    tabindex: "-1",
    "aria-haspopup": "menu",
  });
  article.replaceChildren(
    el(
      "div",
      {
        class: "balloon",
        oncontextmenu: (event) => pressedLong(event, () => does.options(message, article)),
      },
      heads(phone, chat, message, does),
      parts,
      !within && time,
    ),
    options,
    ...(message.buttons.length ? [inlineKeyboard(phone, message, does)] : []),
  );
  return article;
}

/** The message's menu; the browser's own for links, pictures and text that was selected. */
function pressedLong(event, open) {
  if (event.target.closest("a, img") || !getSelection().isCollapsed) return;
  event.preventDefault();
  open();
}

function heads(phone, chat, message, does) {
  const grouped = chat.chat.type !== "private" && speaker(phone, message) !== "me";
  return [
    grouped &&
      el(
        "div",
        { class: "sender", dir: "auto", dataset: { colour: Math.abs(message.from_id ?? 0) % 7 } },
        message.sender === "bot" ? phone.botName : message.from,
      ),
    message.forward &&
      el(
        "div",
        { class: "forwarded", dir: "auto" },
        icon("forward"),
        fill(phone.words.forwardedFrom, { name: message.forward }),
      ),
    message.reply_to && quote(phone, chat, message.reply_to, does),
  ];
}

function quote(phone, chat, id, does) {
  const replied = chat.messages.get(id);
  return el(
    "button",
    { type: "button", class: "quote", onclick: () => does.find(id) },
    el(
      "span",
      { class: "quote-name", dir: "auto" },
      replied ? nameOf(phone, replied) : phone.words.deletedMessage,
    ),
    replied &&
      el("span", { class: "quote-text", dir: "auto" }, shownText(replied) || phone.words[replied.kind]),
  );
}

/** The sender as this phone calls them. */
export function nameOf(phone, message) {
  const from = speaker(phone, message);
  return from === "me" ? phone.words.you : from === "bot" ? phone.botName : message.from;
}

function meta(phone, message) {
  const mine = speaker(phone, message) === "me";
  return el(
    "span",
    { class: "meta" },
    message.edited && el("span", { class: "edited" }, phone.words.edited),
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, timeOf(message.date, phone.locale)),
    mine && ticks(phone, message.read),
  );
}

function ticks(phone, read) {
  return el(
    "span",
    { class: "ticks", role: "img", "aria-label": read ? phone.words.read : phone.words.sent },
    icon(read ? "checks" : "check"),
  );
}

/** The bot has taken the message in: the second tick. */
export function markRead(article, phone) {
  article.querySelector(".ticks")?.replaceWith(ticks(phone, true));
}
