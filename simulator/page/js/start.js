/** Begins the page: what its address asks for, the town, the phones. */
import { filling } from "./media.js";
import { remembered } from "./memory.js";
import { Shell } from "./shell.js";
import { Town } from "./town.js";
import { LANGUAGES, spoken } from "./words.js";

const AT_FIRST = 3; // people of the town who get a phone unasked
const asked = new URLSearchParams(location.search);

function choices() {
  const theme = asked.get("theme") ?? remembered("theme");
  const language = asked.get("words") ?? remembered("language");
  const wide = innerWidth >= 900;
  return {
    theme: ["light", "dark"].includes(theme) ? theme : "system",
    language: LANGUAGES.includes(language) ? language : spoken(navigator.language),
    panel: asked.has("panel") ? asked.get("panel") === "1" : (remembered("panel") ?? String(wide)) === "true",
    bare: asked.get("bare") === "1",
  };
}

/** `Hassan:ar,Amina:fr` as people to meet. */
function named(phones) {
  const parts = phones
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  return parts.map((part) => {
    const [name, language] = part.split(":");
    return language ? { name, language } : { name };
  });
}

function shown(town) {
  if (asked.has("phones")) return named(asked.get("phones"));
  const there = kept(town).filter((id) => town.people.has(id));
  const ids = there.length ? there : [...town.people.keys()].slice(0, AT_FIRST);
  return ids.map((id) => ({ id, name: town.people.get(id).first_name }));
}

/** Whose phones stood here last time. */
function kept(town) {
  try {
    return [JSON.parse(remembered(`phones:${town.id}`))].flat();
  } catch {
    return [];
  }
}

/** Opens the address's deep link; a page that is loaded again goes on where it was. */
function openLink(phone, start) {
  const address = new URL(location);
  address.searchParams.delete("open");
  history.replaceState(null, "", address);
  phone?.openLink(start);
}

async function begin() {
  const town = new Town();
  const shell = new Shell(town, choices(), (...given) =>
    import("./panel.js").then(({ panel }) => panel(...given)),
  );
  await town.open();
  shell.draw();
  for (const person of shown(town)) await shell.invite(person);
  if (asked.has("open")) openLink(shell.phones[0], asked.get("open"));
  await Promise.allSettled([...filling, document.fonts.ready]);
  shell.ready();
}

begin();
