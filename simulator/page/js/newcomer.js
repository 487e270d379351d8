/** The form for a phone: somebody known, or a new person with a name and a language. */
import { el } from "./dom.js";
import { LANGUAGES, OWN_NAMES } from "./words.js";

/** `known` people are offered first; `chosen({name, language, id})` is called with the answer. */
export function newcomer(words, known, chosen) {
  const code = el("input", {
    name: "code",
    maxlength: "8",
    dir: "ltr",
    autocomplete: "off",
    "aria-describedby": "code-hint",
    spellcheck: "false",
  });
  const codeField = el(
    "label",
    { class: "field-row", hidden: true },
    words.languageCode,
    code,
    el("small", { id: "code-hint" }, words.languageCodeHint),
  );
  const name = el("input", {
    name: "name",
    maxlength: "64",
    autocomplete: "off",
    placeholder: words.namePlaceholder,
    autofocus: true,
  });
  const other = (event) => (codeField.hidden = event.currentTarget.value !== "other");
  const languages = [
    ...LANGUAGES.map((language) => [language, OWN_NAMES[language]]),
    ["other", words.otherLanguage],
  ];
  const choice = languages.map(([value, label], index) =>
    el(
      "label",
      { class: "choice" },
      el("input", { type: "radio", name: "language", value, checked: index === 0, onchange: other }),
      el("span", { lang: OWN_NAMES[value] ? value : null }, label),
    ),
  );
  const trouble = el("p", { class: "trouble", role: "alert" });
  const element = el(
    "div",
    { class: "newcomer" },
    known.length > 0 &&
      el(
        "fieldset",
        {},
        el("legend", {}, words.knownPeople),
        el(
          "div",
          { class: "choices" },
          known.map((person) =>
            el(
              "button",
              {
                type: "button",
                class: "button",
                dir: "auto",
                onclick: () => chosen({ id: person.id, name: person.first_name }),
              },
              person.first_name,
            ),
          ),
        ),
      ),
    known.length > 0 && el("h4", {}, words.someoneNew),
    el("label", { class: "field-row" }, words.name, name),
    el("fieldset", {}, el("legend", {}, words.languageOfPerson), el("div", { class: "choices" }, choice)),
    codeField,
    trouble,
  );

  /** The person described, or `undefined` with a sentence beside the form. */
  function read() {
    const picked = element.querySelector("[name=language]:checked").value;
    const language = picked === "other" ? code.value.trim().toLowerCase() : picked;
    const said = name.value.trim();
    const wrong = !said
      ? [words.nameMissing, name]
      : !/^[a-z]{2,3}(-[a-z]{2,8})?$/.test(language)
        ? [words.languageCodeWrong, code]
        : null;
    trouble.textContent = wrong?.[0] ?? "";
    if (!wrong) return { name: said, language };
    wrong[1].setAttribute("aria-invalid", "true");
    wrong[1].focus();
    return undefined;
  }

  return { element, read };
}
