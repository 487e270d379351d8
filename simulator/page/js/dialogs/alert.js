/** What the bot answers to a tap with `show_alert`: a sentence to be read and put away. */
import { openDialog } from "../dialog.js";
import { el } from "../dom.js";
import { botName } from "./field.js";

export function showAlert(phone, text) {
  const body = el("p", { class: "alert-text", dir: "auto" }, text);
  return openDialog(phone, botName(phone), body, {
    kind: "alert",
    buttons: [{ label: phone.words.understood, value: true, kind: "primary" }],
  });
}
