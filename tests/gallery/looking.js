/** What is wrong with a drawn phone: things that stick out, words that are cut. Returns sentences. */
(phone) => {
  const faults = [];
  const named = (element) => `<${element.tagName.toLowerCase()} class="${element.className}"> ${JSON.stringify(element.textContent.slice(0, 60))}`;
  const HANGING = 6; // the space at a line's end stands beside the line
  const within = (inner, outer, by = 1) => inner.left >= outer.left - by && inner.right <= outer.right + by;
  const hides = (element) => getComputedStyle(element).overflowX !== "visible";
  const isInline = (element) => getComputedStyle(element).display === "inline";

  const seen = [...phone.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    const isDrawing = element instanceof SVGElement;
    return !isDrawing && box.width > 1 && box.height > 1 && element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
  });
  const frame = phone.getBoundingClientRect();
  for (const element of seen) {
    if (!within(element.getBoundingClientRect(), frame)) faults.push(`sticks out: ${named(element)}`);
    if (hides(element) && element.scrollWidth > element.clientWidth + 1) faults.push(`cut: ${named(element)}`);
    if (element.matches("button") && hides(element) && element.scrollHeight > element.clientHeight + 1) faults.push(`cut: ${named(element)}`);
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE && node.data.trim()) read(element, node);
  }
  return [...new Set(faults)];

  /** The letters of a text stay within the block that holds them. */
  function read(element, node) {
    let block = element;
    while (isInline(block)) block = block.parentElement;
    const range = document.createRange();
    range.selectNodeContents(node);
    const place = block.getBoundingClientRect();
    if ([...range.getClientRects()].some((line) => !within(line, place, HANGING))) faults.push(`words beside their place: ${named(element)}`);
  }
}
