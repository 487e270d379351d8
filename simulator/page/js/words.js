/** Every word of the page, by language; a person with another language reads English. */
import dialogs from "./words/dialogs.js";
import panel from "./words/panel.js";
import phone from "./words/phone.js";
import shell from "./words/shell.js";

export const LANGUAGES = ["ar", "fr", "en"];
export const OWN_NAMES = { ar: "العربية", fr: "Français", en: "English" };
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur", "ps", "ckb", "yi", "dv", "ug"]);
const merged = Object.fromEntries(
  LANGUAGES.map((language) => [
    language,
    Object.freeze(Object.assign({}, ...[shell, phone, dialogs, panel].map((part) => part[language]))),
  ]),
);

/** The words of a language: key → sentence, with `{placeholders}` for `fill`. */
export function words(language) {
  return merged[spoken(language)];
}

/** The language in which the page speaks to somebody with this language code. */
export function spoken(language) {
  const base = String(language ?? "")
    .toLowerCase()
    .split("-")[0];
  return LANGUAGES.includes(base) ? base : "en";
}

/** The direction of an interface in that language. */
export function dirOf(language) {
  return RIGHT_TO_LEFT.has(spoken(language)) ? "rtl" : "ltr";
}

/** The locale for `Intl`: as in Morocco, with the digits used there. */
export function localeOf(language) {
  return `${spoken(language)}${spoken(language) === "en" ? "-GB" : "-MA"}-u-nu-latn`;
}

/** A sentence with its placeholders filled: `fill(words.unread, { count: 3 })`. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** The fitting form of `{one, two, few, many, other}`, with `{count}` filled. */
export function counted(forms, count, language) {
  const locale = localeOf(language);
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return fill(form, { count: new Intl.NumberFormat(locale).format(count) });
}

/** Words that come from elsewhere as `{ar, fr, en}` or plain text. */
export function inLanguage(text, language) {
  return typeof text === "object" && text !== null
    ? (text[spoken(language)] ?? text.en ?? text.fr ?? "")
    : (text ?? "");
}
