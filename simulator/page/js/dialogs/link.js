/** Links: one to the bot is typed or pasted, a foreign one is shown whole before it opens. */
import { openDialog } from "../dialog.js";
import { el } from "../dom.js";
import { ofBot, whole } from "../links.js";
import { fill } from "../words.js";
import { botName, choice, field, isolated } from "./field.js";

const ACCOUNT = /^(?:https?:\/\/)?(?:www\.)?(?:t|telegram)\.me\/(\w+)|^tg:.*[?&]domain=(\w+)/i;
const PARAMETER = /^[\w-]{0,64}$/;
const leftToRight = (text) => `\u2066${text}\u2069`;

/** Resolves to the start parameter ("" for a link without one), or null. */
export function askLink(phone) {
  const { words, town } = phone;
  const bot = isolated(botName(phone));
  const link = field(fill(words.linkField, { bot }), { inputmode: "url", dir: "ltr", spellcheck: "false", autocapitalize: "off", autofocus: true });
  function chosen() {
    const text = link.input.value.trim();
    const start = ofBot(text, town.bot.username)?.start;
    if (start !== undefined && PARAMETER.test(start)) return start;
    const [, ...named] = ACCOUNT.exec(text) ?? [];
    const name = named.find(Boolean);
    if (name && start === undefined) return link.refuse(fill(words.linkOther, { name: leftToRight(`@${name}`) }));
    return link.refuse(fill(words.linkWrong, { bot, example: leftToRight(`https://t.me/${town.bot.username}?start=…`) }));
  }
  return openDialog(phone, words.openLink, link.box, { buttons: choice(phone, words.linkOpen, chosen) });
}

/** Opens a foreign address in a new tab once it was seen whole and confirmed. */
export async function confirmLeave(phone, url) {
  const { words } = phone;
  if (!URL.canParse(whole(url))) return phone.say(words.noSuchAct);
  const address = new URL(whole(url));
  address.username = address.password = ""; // a name before the host only misleads
  const scheme = address.href.slice(0, address.href.indexOf(address.host));
  const shown = el("p", { class: "address", dir: "ltr" }, scheme, el("strong", {}, address.host), address.href.slice(scheme.length + address.host.length));
  function leave() {
    window.open(address.href, "_blank", "noopener,noreferrer");
    return true;
  }
  return openDialog(phone, words.linkOpen, [el("p", {}, words.linkLeave), shown], { buttons: choice(phone, words.linkOpen, leave) });
}
