/** Files and pictures: chosen to be sent, and opened when they came. */
import { fileUrl } from "../control.js";
import { openDialog } from "../dialog.js";
import { el, icon } from "../dom.js";
import { sizeOf } from "../figures.js";
import { fill } from "../words.js";
import { choice, faultLine, field, isolated } from "./field.js";

const LIMITS = { photo: 10e6, document: 20e6 }; // bytes; what a bot may be sent, and may fetch
const CAPTION = 1024;

/** A blob's content as the control interface takes it. */
export function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** Resolves to `{name, mime_type, content, caption}`, the content in base64, or null. */
export async function chooseFile(phone, kind) {
  const { words } = phone;
  let file = null;
  let shown = "";
  let taking = null;
  const fault = faultLine();
  const caption = field(words.fileCaption, { maxlength: CAPTION });
  const input = el("input", { type: "file", accept: kind === "photo" ? "image/*" : null, onchange: () => (taking = take(input.files[0])) });
  const preview = el("span", { class: "drop-preview" });
  const drop = el("label", { class: "drop" }, input, preview, el("strong", {}, icon("attach"), words.fileChoose));

  function taken(event) {
    const [first] = (event.dataTransfer ?? event.clipboardData).files;
    if (first || event.dataTransfer) event.preventDefault();
    taking = take(first);
  }
  async function take(one) {
    if (!one) return;
    file = null;
    URL.revokeObjectURL(shown);
    fault.textContent = await refusal(phone, kind, one);
    preview.replaceChildren();
    if (fault.textContent) return;
    file = one;
    shown = URL.createObjectURL(one);
    const size = el("span", { class: "hint" }, sizeOf(one.size, phone.locale));
    preview.replaceChildren(kind === "photo" ? el("img", { src: shown, alt: one.name }) : icon("file"), el("bdi", {}, one.name), size);
  }
  async function chosen() {
    await taking;
    if (!file) return void (fault.textContent ||= words.fileMissing);
    return { name: file.name, mime_type: file.type || "application/octet-stream", content: await base64(file), caption: caption.input.value.trim() };
  }
  const body = el("div", { ondragover: (event) => event.preventDefault(), ondrop: taken, onpaste: taken }, drop, fault, caption.box);
  const answer = await openDialog(phone, words[kind], body, { buttons: choice(phone, words.send, chosen) });
  URL.revokeObjectURL(shown);
  return answer;
}

/** Why a file cannot be sent, in a sentence; empty where it can. */
async function refusal({ words, locale }, kind, file) {
  if (!file.size) return words.fileEmpty;
  const [size, limit] = [file.size, LIMITS[kind]].map((bytes) => isolated(sizeOf(bytes, locale)));
  if (file.size > LIMITS[kind]) return fill(words.fileTooBig, { size, limit });
  return kind === "photo" ? createImageBitmap(file).then(() => "", () => words.fileNoPhoto) : "";
}

/** Opens a picture or a PDF in the phone; anything else is downloaded. */
export async function viewFile(phone, { file, kind, text }) {
  const { words } = phone;
  const name = file.name ?? words[kind];
  const link = (drawing, label, more) => el("a", { class: "button", rel: "noopener", href: fileUrl(file.file_id), ...more }, icon(drawing), label);
  const download = link("download", words.fileDownload, { href: fileUrl(file.file_id, { download: true }), download: file.name ?? "" });
  const show = (seen, ...acts) => openDialog(phone, name, [seen, el("div", { class: "viewer-acts" }, acts)], { kind: "viewer" });
  if (file.mime_type === "application/pdf") {
    const pages = navigator.pdfViewerEnabled ? el("iframe", { src: fileUrl(file.file_id), title: name }) : el("p", {}, words.fileUnopened);
    return show(pages, link("external", words.fileNewTab, { target: "_blank", autofocus: true }), download);
  }
  if (kind === "document" && !file.mime_type?.startsWith("image/")) return void download.click();
  const picture = el("img", { src: fileUrl(file.file_id), alt: text || name });
  picture.addEventListener("error", () => picture.replaceWith(el("p", { role: "alert" }, words.fileUnopened)));
  return show(picture, download);
}
