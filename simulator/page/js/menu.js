/** Small menus: opened beside a button, walked with the arrows, closed by Escape or elsewhere. */
import { el, icon } from "./dom.js";

let closeOpen = null;

/**
 * Opens a menu of `{label, hint, icon, checked, danger, act}` inside `host`; `{heading}` stands above others.
 * `kind` "sheet" stands across the whole width at the foot of the host.
 */
export function openMenu(host, anchor, items, label, kind = "") {
  closeOpen?.(false);
  const menu = el(
    "div",
    { class: `menu ${kind}`, role: "menu", "aria-label": label, onkeydown: keys },
    items.map(entry),
  );
  const outside = new AbortController();
  anchor?.setAttribute("aria-expanded", "true");
  host.append(menu);
  if (kind !== "sheet") place(menu, host, anchor);
  document.addEventListener("pointerdown", (event) => !menu.contains(event.target) && close(false), {
    capture: true,
    signal: outside.signal,
  });
  document.addEventListener("focusin", (event) => !menu.contains(event.target) && close(false), {
    signal: outside.signal,
  });
  (menu.querySelector("[aria-checked=true]") ?? menu.querySelector("button"))?.focus({ preventScroll: true });
  closeOpen = close;

  function entry(item) {
    if (item.heading) return el("div", { class: "menu-heading", role: "presentation" }, item.heading);
    const role = item.checked === undefined ? "menuitem" : "menuitemradio";
    const chosen = () => (close(true), item.act());
    return el(
      "button",
      {
        type: "button",
        role,
        tabindex: "-1",
        class: item.danger ? "danger" : null,
        "aria-checked": item.checked === undefined ? null : String(item.checked),
        onclick: chosen,
      },
      item.icon && icon(item.icon),
      el("span", { class: "menu-label", dir: "auto" }, item.label),
      item.hint && el("span", { class: "menu-hint", dir: "auto" }, item.hint),
      item.checked && icon("check"),
    );
  }

  function close(back) {
    closeOpen = null;
    outside.abort();
    if (!menu.isConnected) return; // the phone was drawn anew
    menu.remove();
    anchor?.setAttribute("aria-expanded", "false");
    if (back) anchor?.focus({ preventScroll: true });
  }

  function keys(event) {
    const entries = [...menu.querySelectorAll("button:not([disabled])")];
    const at = entries.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") close(true);
    else if (to === undefined) return;
    else entries.at(to % entries.length)?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Under the anchor where there is room, else above it; never beyond the host. */
function place(menu, host, anchor) {
  const frame =
    host === document.body
      ? { left: 0, top: 0, width: document.documentElement.clientWidth, height: innerHeight }
      : host.getBoundingClientRect();
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const under = at.bottom - frame.top + 4;
  const top = under + height <= frame.height - 8 ? under : Math.max(8, at.top - frame.top - height - 4);
  const towards =
    (at.left + at.right) / 2 - frame.left > frame.width / 2
      ? at.right - frame.left - width
      : at.left - frame.left;
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.max(8, Math.min(towards, frame.width - width - 8))}px`;
}
