/** Shares a phone number: one's own, or another's. */
import { openDialog } from "../dialog.js";
import { el } from "../dom.js";
import { remember, remembered } from "../memory.js";
import { fill } from "../words.js";
import { botName, choice, field, isolated, westernDigits } from "./field.js";

const INVENTED = "+212600000000";

/** The number in international form, or null: 06 12 34 56 78 and +212… are Moroccan. */
export function phoneNumber(text) {
  const plain = westernDigits(text)
    .replace(/[\s.()/\-–]/g, "")
    .replace(/^00/, "+")
    .replace(/^(\+2120?|0)(?=[5-8]\d{8}$)/, "+212");
  const pattern = plain.startsWith("+212") ? /^\+212[5-8]\d{8}$/ : /^\+[1-9]\d{6,14}$/;
  return pattern.test(plain) ? plain : null;
}

/** A number as it is read: +212 6 12 34 56 78. */
function readable(number) {
  return number.replace(/^\+?212(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "+212 $1 $2 $3 $4 $5");
}

/** Where the number is kept that this person shared last. */
const storedAs = ({ name }) => `number:${name}`;

/** Resolves to `{phone_number, first_name, last_name?, user_id?}`, or null; only one's own has `user_id`. */
export function askContact(phone) {
  const { words, person } = phone;
  const number = field(words.contactNumber, { type: "tel", dir: "ltr", autofocus: true });
  const [first, last] = [words.contactFirst, words.contactLast].map((label) => field(label, { maxlength: 64 }));
  const names = el("div", { class: "pair" }, first.box, last.box);

  function turn(mine) {
    names.hidden = mine;
    number.input.value = mine ? readable(remembered(storedAs(phone)) ?? INVENTED) : "";
    [number, first].forEach((one) => one.refuse(""));
  }
  function chosen() {
    const mine = names.hidden;
    const [first_name, last_name] = mine ? [person.first_name, person.last_name] : [first, last].map(({ input }) => input.value.trim());
    const phone_number = phoneNumber(number.input.value);
    if (!first_name) return first.refuse(words.contactNameMissing);
    if (!phone_number) return number.refuse(words.contactWrong);
    if (mine) remember(storedAs(phone), phone_number);
    return { phone_number, first_name, ...(last_name && { last_name }), ...(mine && { user_id: person.id }) };
  }
  const one = (text, mine) => el("label", {}, el("input", { type: "radio", name: `whose-${number.input.id}`, checked: mine, onchange: () => turn(mine) }), el("span", {}, text));
  turn(true);
  const body = [
    el("div", { class: "segments", role: "radiogroup", "aria-label": words.contact }, one(words.contactMine, true), one(words.contactOther, false)),
    names,
    number.box,
    el("p", { class: "hint" }, fill(words.contactShared, { bot: isolated(botName(phone)) })),
  ];
  return openDialog(phone, words.contactSend, body, { buttons: choice(phone, words.send, chosen) });
}
