/** Addresses that Telegram opens by itself: the bot's page and its deep links. */

/**
 * `{start: "param"|""}` for an address of this bot, `null` for any other.
 * Read are https://t.me/BOT?start=param, t.me/BOT, telegram.me/BOT and tg://resolve?domain=BOT.
 */
export function ofBot(address, username) {
  let url;
  try {
    url = new URL(/^[a-z][a-z\d+.-]*:/i.test(address) ? address : `https://${address}`);
  } catch {
    return null;
  }
  const host = url.hostname.replace(/^www\./, "");
  const named =
    url.protocol === "tg:"
      ? url.searchParams.get("domain")
      : ["t.me", "telegram.me", "telegram.dog"].includes(host)
        ? url.pathname.split("/")[1]
        : null;
  if (!named || named.toLowerCase() !== String(username).toLowerCase()) return null;
  return { start: url.searchParams.get("start") ?? "" };
}

/** An address as a browser opens it: bare ones get their scheme. */
export function whole(address) {
  return /^[a-z][a-z\d+.-]*:/i.test(address) ? address : `https://${address}`;
}
