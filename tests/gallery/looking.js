/** What is wrong with a drawn phone: things that stick out, words that are cut. Returns sentences. */
(phone) => {
  const frame = phone.getBoundingClientRect();
  const faults = [];
  const named = (element) =>
    `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}"> ${JSON.stringify(element.textContent.slice(0, 60))}`;
  for (const element of phone.querySelectorAll("*")) {
    if (element.closest("svg") || !element.checkVisibility({ visibilityProperty: true })) continue;
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue; // for screen readers only
    const style = getComputedStyle(element);
    const scrolls = ["auto", "scroll"].includes(style.overflowX) && element.matches("pre, code");
    if (box.left < frame.left - 1 || box.right > frame.right + 1) faults.push(`sticks out: ${named(element)}`);
    if (style.display !== "inline" && element.clientWidth && element.scrollWidth > element.clientWidth + 1 && !scrolls)
      faults.push(`wider than its place: ${named(element)}`);
    if (element.matches("button") && element.scrollHeight > element.clientHeight + 1) faults.push(`cut: ${named(element)}`);
  }
  return faults;
}
