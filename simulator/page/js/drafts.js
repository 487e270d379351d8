/** What was begun and not sent, kept in this browser for each person and chat. */
import { remember, remembered } from "./memory.js";

const PREFIX = "draft";

function key(phone, chat) {
  return [PREFIX, phone.name, chat.chat.type === "private" ? "bot" : chat.chat.title].join(":");
}

export function draftOf(phone, chat) {
  return remembered(key(phone, chat)) ?? "";
}

export function keepDraft(phone, chat, text) {
  remember(key(phone, chat), text || null);
}
