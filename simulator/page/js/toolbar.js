/** The toolbar: title, a phone more, theme, language, help, side panel. */
import { openDialog } from "./dialog.js";
import { el, icon, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";
import { LANGUAGES, OWN_NAMES } from "./words.js";

const THEMES = { light: "sun", dark: "moon", system: "system" };
const MENU = { "aria-haspopup": "menu", "aria-expanded": "false" };

/** What stands in the toolbar of the shell, in its language. */
export function tools(shell) {
  const said = shell.words;
  const panel = shell.panel ? said.hidePanel : said.showPanel;
  return [
    el("span", { class: "mark" }),
    el(
      "div",
      { class: "titles" },
      el("h1", {}, said.pageTitle),
      el("bdi", { class: "bot-name" }, shell.town.bot.first_name ?? ""),
    ),
    el(
      "button",
      {
        type: "button",
        class: "button primary add-phone",
        onclick: () => shell.ask(),
        "aria-label": said.addPhone,
      },
      icon("add"),
      el("span", { class: "add-word" }, said.addPhone),
    ),
    choice(THEMES[shell.theme], said.theme, () => themes(shell)),
    choice("language", said.pageLanguage, () => languages(shell)),
    iconButton("help", said.help, () => help(shell)),
    iconButton("panel", panel, () => shell.set("panel", !shell.panel), {
      "aria-pressed": String(shell.panel),
      "aria-controls": "side-panel",
    }),
  ];
}

function choice(name, label, items) {
  return iconButton(
    name,
    label,
    (event) => openMenu(document.body, event.currentTarget, items(), label, "of-page"),
    MENU,
  );
}

function themes(shell) {
  const said = shell.words;
  const labels = { light: said.themeLight, dark: said.themeDark, system: said.themeSystem };
  return Object.entries(THEMES).map(([theme, drawing]) => ({
    label: labels[theme],
    icon: drawing,
    checked: shell.theme === theme,
    act: () => shell.set("theme", theme),
  }));
}

function languages(shell) {
  return LANGUAGES.map((language) => ({
    label: OWN_NAMES[language],
    checked: shell.language === language,
    act: () => shell.set("language", language),
  }));
}

function help({ words: said, language }) {
  const keys = [
    ["Enter", said.helpSend],
    ["Shift + Enter", said.helpNewLine],
    ["Alt + ↓", said.helpButtons],
    ["Alt + ↑", said.helpWrite],
    ["Alt + Page ↓", said.helpPhone],
    ["↑ ↓", said.helpMessages],
    ["Esc", said.helpClose],
  ];
  const rows = keys.map(([key, meaning]) =>
    el("div", {}, el("dt", {}, el("kbd", { dir: "ltr" }, key)), el("dd", {}, meaning)),
  );
  return openDialog(null, said.helpTitle, el("dl", { class: "shortcuts" }, rows), {
    language,
    buttons: [{ label: said.ok, kind: "primary", value: true }],
  });
}
