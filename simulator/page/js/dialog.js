/** Dialogs: inside one phone, or over the page. Focus stays inside and comes back; Escape closes. */
import { el, iconButton } from "./dom.js";
import { words } from "./words.js";

const FOCUSABLE =
  "button:not([disabled]), [href], input:not([disabled]), select, textarea, [tabindex='0'], audio, video, iframe";
let count = 0;

/**
 * Opens a dialog and resolves to the value of the button that closed it, `null` for none.
 * `body` is a node, a list of nodes, or a function that is given `close(value)` and returns them.
 * `buttons`: `{label, value, kind: "primary"|"danger"|undefined}`; a `value` that is a function is
 * called (awaited too), and `undefined` keeps the dialog open. The last "primary" button is pressed by Enter.
 * `phone` is `null` for a dialog of the page, with `language` for its words.
 */
export function openDialog(phone, title, body, { buttons = [], language = phone?.language, kind = "" } = {}) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const host = phone?.screen ?? document.body;
    const heading = `dialog-${++count}`;
    let open = true;

    function close(value = null) {
      if (!open) return;
      open = false;
      dialog.close();
      dialog.remove();
      if (phone) comeBack(host);
      if (before?.isConnected && !before.closest("[inert]")) before.focus({ preventScroll: true });
      resolve(value);
    }

    const content = [typeof body === "function" ? body(close) : body].flat();
    const foot = buttons.map((button) =>
      el(
        "button",
        {
          type: button.kind === "primary" ? "submit" : "button",
          class: `button ${button.kind ?? ""}`,
          onclick: (event) => press(event, button),
        },
        button.label,
      ),
    );
    async function press(event, button) {
      event.preventDefault();
      const value = typeof button.value === "function" ? await button.value() : button.value;
      if (value !== undefined) close(value);
    }
    const dialog = el(
      "dialog",
      {
        class: `dialog ${phone ? "in-phone" : "in-page"} ${kind}`,
        "aria-labelledby": heading,
        "aria-modal": "true",
      },
      el(
        "form",
        {
          class: "dialog-sheet",
          method: "dialog",
          novalidate: true,
          onsubmit: (event) => event.preventDefault(),
        },
        el(
          "header",
          { class: "dialog-head" },
          el("h3", { id: heading, dir: "auto" }, title),
          iconButton("close", words(language).close, () => close(null)),
        ),
        el("div", { class: "dialog-body" }, content),
        foot.length > 0 && el("footer", { class: "dialog-foot" }, foot),
      ),
    );
    dialog.addEventListener("cancel", (event) => (event.preventDefault(), close(null)));
    dialog.addEventListener("keydown", (event) => kept(event, dialog, close));
    dialog.addEventListener("pointerdown", (event) => event.target === dialog && close(null));
    if (phone) setAside(host);
    host.append(dialog);
    phone ? dialog.show() : dialog.showModal();
    const first =
      dialog.querySelector("[autofocus]") ??
      dialog.querySelector(".dialog-body :is(input, textarea, select, button)") ??
      foot.at(-1);
    (first ?? dialog.querySelector("button")).focus({ preventScroll: true });
  });
}

/** The rest of the phone rests while its dialog is open; other phones go on. */
function setAside(host) {
  for (const child of host.children) child.inert = child.getAttribute("role") !== "status";
}

function comeBack(host) {
  const sheets = host.querySelectorAll(":scope > dialog");
  for (const child of host.children)
    child.inert = sheets.length > 0 && child.getAttribute("role") !== "status";
  if (sheets.length) sheets[sheets.length - 1].inert = false;
}

function kept(event, dialog, close) {
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    close(null);
  }
  if (event.key !== "Tab") return;
  const stops = [...dialog.querySelectorAll(FOCUSABLE)].filter((stop) => stop.offsetParent !== null);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0]).focus();
}
