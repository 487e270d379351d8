/** Posters of what is open: a link that each phone on the page can open. */
import { el, icon, iconButton } from "../dom.js";
import { section } from "./section.js";
import { fill, inLanguage } from "../words.js";

export function postersSection(scene) {
  const { town, words } = scene;
  const list = el("ul", { class: "posters" });
  const none = el("p", { class: "stage-small" }, words.stageNoPoster);
  let shown = "";

  function update() {
    const links = town.backstage?.links ?? [];
    const people = phones();
    const now = JSON.stringify([links, people, town.bot.username]);
    if (now === shown) return;
    shown = now;
    none.hidden = links.length > 0;
    list.replaceChildren(...links.map((link) => poster(scene, link, people)));
  }

  /** Phones come and go without a word from the town. */
  const watching = new MutationObserver(update);
  watching.observe(document.querySelector("main") ?? document.body, { childList: true });
  scene.signal.addEventListener("abort", () => watching.disconnect());
  const element = section("posters", words.stagePosters, el("p", { class: "stage-small" }, words.stagePostersHint), none, list);
  return { element, update };
}

function poster({ town, words, language, host, say, attempt }, link, people) {
  const address = `https://t.me/${town.bot.username}?start=${link.start}`;
  const label = inLanguage(link.label, language);
  return el(
    "li",
    { class: "poster" },
    el("h4", { dir: "auto" }, label),
    el("div", { class: "poster-link" }, el("code", { class: "stage-code", dir: "ltr" }, address.replace("https://", "")), iconButton("copy", words.stageCopy, () => copy(address))),
    el("div", { class: "stage-acts" }, people.map(({ id, name }) => el("button", { type: "button", class: "button quiet", onclick: () => open(id) }, icon("link"), el("span", {}, fill(words.stageOpenOn, { name: `\u2068${name}\u2069` }))))),
  );

  /** The frame opens it as a click on a link would; without a frame `/start` is simply sent. */
  function open(id) {
    if (wantPhone(host, { id, start: link.start })) attempt(town.send(id, id, { text: `/start ${link.start}` }));
  }

  async function copy(text) {
    await navigator.clipboard?.writeText(text).then(() => say(words.stageCopied), () => {});
  }
}

/** Asks the frame for a phone; true when nobody has heard it. */
export function wantPhone(host, detail) {
  return host.dispatchEvent(new CustomEvent("phonewanted", { detail, bubbles: true, cancelable: true }));
}

/** The phones on the page, in their order. */
function phones() {
  return [...document.querySelectorAll(".phone[data-person]")].map((phone) => ({ id: Number(phone.dataset.person), name: phone.getAttribute("aria-label") }));
}
