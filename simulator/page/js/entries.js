/** Entries that menus of a phone share. */
import { askLink } from "./sheets.js";
import { LANGUAGES, OWN_NAMES } from "./words.js";

/** Opens a link that somebody was given, on paper or elsewhere. */
export function linkEntry(phone) {
  const open = async () => {
    const start = await askLink(phone);
    if (start !== null) phone.openLink(start);
  };
  return { label: phone.words.openLink, icon: "link", act: open };
}

/** Blocks the bot, or unblocks it. */
export function blockEntry(phone) {
  const { town, person, words } = phone;
  if (town.chats.get(person.id).blocked)
    return { label: words.unblockBot, icon: "restart", act: () => phone.attempt(town.unblock(person.id)) };
  return {
    label: words.blockBot,
    icon: "block",
    danger: true,
    act: () => phone.attempt(town.block(person.id)),
  };
}

/** The languages of the app, under their heading. */
export function languageEntries(phone) {
  const { town, person, words } = phone;
  const entry = (language) => ({
    label: OWN_NAMES[language],
    checked: person.language_code === language,
    act: () => phone.attempt(town.speaks(person.id, language)),
  });
  return [{ heading: words.appLanguage }, ...LANGUAGES.map(entry)];
}
