/** Voice notes are Ogg Opus: Chromium records WebM, so its Opus packets are wrapped anew. */

const HEAD = 0x63a2; // the codec's own head, within a WebM track
const FRAMES = new Set([0xa3, 0xa1]);
const OPENED = new Set([0x18538067, 0x1f43b675, 0x1654ae6b, 0xae, 0xa0]); // elements with elements inside
const RATE = 48000;
const A_PAGE = 200; // segments; 255 is the most

/** A number of EBML: the leading zeros of its first byte say how long it is. */
function vint(bytes, at, kept) {
  const length = Math.clz32(bytes[at]) - 23;
  let value = kept ? bytes[at] : bytes[at] & (0xff >> length);
  for (let i = 1; i < length; i++) value = value * 256 + bytes[at + i];
  return [value, at + length];
}

/** The head and the packets of the only track of a WebM recording. */
function opened(bytes) {
  const packets = [];
  let head;
  for (let at = 0; at < bytes.length; ) {
    const [id, afterId] = vint(bytes, at, true);
    const [size, start] = vint(bytes, afterId, false);
    at = OPENED.has(id) ? start : start + size;
    if (id === HEAD) head = bytes.subarray(start, at);
    if (FRAMES.has(id)) packets.push(bytes.subarray(start + 4, at)); // track, time, flags
  }
  return { head, packets };
}

/** How many samples an Opus packet holds (RFC 6716, 3.1). */
function samples(packet) {
  const config = packet[0] >> 3;
  const frame = config < 12 ? [480, 960, 1920, 2880][config & 3]
    : config < 16 ? [480, 960][config & 1] : [120, 240, 480, 960][config & 3]; // prettier-ignore
  const code = packet[0] & 3;
  return frame * (code === 3 ? packet[1] & 63 : code ? 2 : 1);
}

function checksum(bytes) {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc;
}

/** One page (RFC 3533): type 2 begins the stream, 4 ends it. */
function page(number, type, granule, packets) {
  const lacing = packets.flatMap((one) => [...Array(Math.floor(one.length / 255)).fill(255), one.length % 255]);
  const body = packets.flatMap((one) => [...one]);
  const bytes = new Uint8Array([79, 103, 103, 83, 0, type, ...Array(20).fill(0), lacing.length, ...lacing, ...body]);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(6, BigInt(granule), true);
  view.setUint32(14, 1, true);
  view.setUint32(18, number, true);
  view.setInt32(22, checksum(bytes), true);
  return bytes;
}

/** The same sound as Ogg Opus. */
export async function oggFromWebm(webm) {
  const { head, packets } = opened(webm);
  if (!head) return new Uint8Array(); // stopped before anything was heard
  const name = [...new TextEncoder().encode("phone")];
  const tags = [...new TextEncoder().encode("OpusTags"), name.length, 0, 0, 0, ...name, 0, 0, 0, 0];
  const pages = [page(0, 2, 0, [head]), page(1, 0, 0, [tags])];
  let [granule, held, segments] = [0, [], 0];
  packets.forEach((packet, index) => {
    granule += samples(packet);
    held.push(packet);
    segments += Math.floor(packet.length / 255) + 1;
    const last = index === packets.length - 1;
    if (!last && segments < A_PAGE) return;
    pages.push(page(pages.length, last ? 4 : 0, granule, held));
    [held, segments] = [[], 0];
  });
  return new Uint8Array(await new Blob(pages).arrayBuffer());
}

/** How long an Ogg Opus file lasts: its last page says so. */
export function oggSeconds(bytes) {
  for (let at = bytes.length - 27; at >= 0; at--)
    if (bytes[at] === 79 && bytes[at + 1] === 103 && bytes[at + 2] === 103 && bytes[at + 3] === 83)
      return Number(new DataView(bytes.buffer, bytes.byteOffset + at + 6).getBigInt64(0, true)) / RATE;
  return 0;
}
