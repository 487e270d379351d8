/** Buttons: under a message, and instead of the keyboard. */
import { el, icon } from "./dom.js";
import { ofBot } from "./links.js";
import { confirmLeave } from "./sheets.js";

const CALM = 15_000; // milliseconds a button waits for its notice
const STYLES = new Set(["danger", "success", "primary"]);

/** The buttons of a message, row by row as given. */
export function inlineKeyboard(phone, message, does) {
  const rows = message.buttons.map((row) =>
    el(
      "div",
      { class: "keys-row" },
      row.map((button) => inlineButton(phone, message, button, does)),
    ),
  );
  return el("div", { class: "keys", role: "group", "aria-label": phone.words.buttonsOf }, rows);
}

function inlineButton(phone, message, button, does) {
  const leads = Boolean(button.url);
  const node = key(button, {
    "aria-description": leads && !ofBot(button.url, phone.town.bot.username) ? phone.words.opensLink : null,
    onclick: press,
  });
  if (leads) node.append(icon("external"));
  if (button.copy_text) node.append(icon("copy"));
  async function press() {
    if (button.url) does.link(button.url);
    else if (button.copy_text) does.copy(button.copy_text.text);
    else if (button.callback_data !== undefined) await waiting(phone, message, button, node);
    else phone.say(phone.words.noSuchAct);
  }
  return node;
}

/** A tap: the button turns until its notice comes, or for 15 seconds. */
async function waiting(phone, message, button, node) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  const tapped = await phone.attempt(
    phone.town.tap(phone.person.id, phone.chatId, message.id, button.callback_data),
  );
  const calm = () => node.removeAttribute("aria-busy");
  if (!tapped) return calm();
  await phone.town.answerTo(tapped.callback_query_id, CALM);
  calm();
}

/** The keyboard that a bot puts in the place of letters; `does.press(button)` for each touch. */
export function replyKeyboard(phone, chat, does) {
  const rows = chat.keyboard.map((row) =>
    el(
      "div",
      { class: "keys-row" },
      row.map((button) => key(button, { onclick: () => does.press(button) })),
    ),
  );
  const small = chat.keyboard_options?.resize_keyboard ? "" : " tall";
  return el("div", { class: `reply-keys${small}`, role: "group", "aria-label": phone.words.keyboard }, rows);
}

function key(button, props) {
  const style = STYLES.has(button.style) ? ` ${button.style}` : "";
  return el(
    "button",
    { type: "button", class: `key${style}`, ...props },
    el("span", { class: "key-label", dir: "auto" }, button.text),
  );
}

/** Opens an address: the bot's own in this phone, any other after asking. */
export function follow(phone, address) {
  const own = ofBot(address, phone.town.bot.username);
  if (own) phone.openLink(own.start);
  else if (/^(https?|mailto):/i.test(address)) confirmLeave(phone, address);
  else phone.say(phone.words.noSuchAct);
}
