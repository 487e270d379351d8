/** What is not text in a message: pictures, files, sound, a place, somebody's number. */
import { initials } from "./avatar.js";
import { fileUrl } from "./control.js";
import { el, icon } from "./dom.js";
import { sizeOf } from "./figures.js";
import { locationCard, viewFile, voicePlayer } from "./sheets.js";
import { fill } from "./words.js";

const WIDEST = 280; // CSS pixels of a picture in a bubble
const TALLEST = 320;
const KINDS = { photo, document: file, voice, audio, video, sticker, contact, location: place };

/** What is still being fetched to be drawn. */
export const filling = new Set();

/** The element for the message's kind; `null` for text. */
export function mediaOf(phone, message) {
  return KINDS[message.kind]?.(phone, message) ?? null;
}

/** The kinds that fill the bubble to its edges. */
export const isPicture = (message) => ["photo", "video"].includes(message.kind);

/** An icon and a word for previews of a message. */
export const PREVIEW_ICONS = {
  photo: "camera",
  document: "file",
  voice: "mic",
  audio: "play",
  video: "video",
  sticker: "camera",
  contact: "contact",
  location: "pin",
};

function photo(phone, message) {
  const image = el("img", {
    src: fileUrl(message.file.file_id),
    alt: message.text || phone.words.photo,
    loading: "lazy",
    decoding: "async",
    ...boxOf(message.file),
  });
  return el(
    "button",
    {
      type: "button",
      class: "picture",
      "aria-label": phone.words.openPhoto,
      onclick: () => viewFile(phone, message),
    },
    image,
  );
}

function boxOf({ width, height }) {
  if (!width || !height) return {};
  const scale = Math.min(1, WIDEST / width, TALLEST / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function file(phone, message) {
  const name = message.file.name ?? phone.words.document;
  return el(
    "button",
    {
      type: "button",
      class: "attachment",
      "aria-label": `${fill(phone.words.openDocument, { name })}, ${sizeOf(message.file.size, phone.locale)}`,
      onclick: () => viewFile(phone, message),
    },
    el("span", { class: "disc" }, icon("file")),
    el(
      "span",
      { class: "attachment-words" },
      el("bdi", { class: "attachment-name" }, name),
      el(
        "span",
        { class: "attachment-size" },
        `${sizeOf(message.file.size, phone.locale)}${extension(name)}`,
      ),
    ),
  );
}

function extension(name) {
  const found = /\.([a-z0-9]{1,5})$/i.exec(name);
  return found ? ` · ${found[1].toUpperCase()}` : "";
}

function voice(phone, message) {
  return later("sound voice", voicePlayer(phone, message));
}

function place(phone, message) {
  return later("place", locationCard(phone, message));
}

/** A box of its final size, filled when its module is there. */
function later(name, player) {
  const box = el("div", { class: name });
  const filled = player
    .then((element) => element && box.append(element))
    .finally(() => filling.delete(filled));
  filling.add(filled);
  return box;
}

function audio(phone, message) {
  const name = message.file.name ?? phone.words.audio;
  return el(
    "div",
    { class: "sound" },
    el("bdi", { class: "attachment-name" }, name),
    el("audio", { controls: true, preload: "none", src: fileUrl(message.file.file_id), "aria-label": name }),
  );
}

function video(phone, message) {
  return el("video", {
    class: "picture",
    controls: true,
    preload: "metadata",
    src: fileUrl(message.file.file_id),
    "aria-label": message.file.name ?? phone.words.video,
    ...boxOf(message.file),
  });
}

function sticker(phone, message) {
  return el("img", {
    class: "sticker",
    src: fileUrl(message.file.file_id),
    alt: phone.words.sticker,
    loading: "lazy",
  });
}

function contact(phone, { contact: shared }) {
  const name = [shared.first_name, shared.last_name].filter(Boolean).join(" ");
  return el(
    "div",
    { class: "attachment" },
    initials(name, shared.user_id ?? name.length),
    el(
      "span",
      { class: "attachment-words" },
      el("bdi", { class: "attachment-name" }, name),
      el("bdi", { class: "attachment-size", dir: "ltr" }, shared.phone_number),
    ),
  );
}
