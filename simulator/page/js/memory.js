/** What this browser keeps between visits; a browser that keeps nothing is fine too. */

/** What this browser remembers under a name; nothing where it remembers nothing at all. */
export function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Remembers a text under a name; `null` forgets it. */
export function remember(name, text) {
  try {
    text === null ? localStorage.removeItem(name) : localStorage.setItem(name, text);
  } catch {
    // a browser that keeps nothing: the page works without
  }
}
