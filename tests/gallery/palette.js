/** A picture in at most 256 colours: [width, height, colours as RGB bytes, places], base64 each. */
async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const brush = canvas.getContext("2d");
  brush.drawImage(image, 0, 0);
  const { data } = brush.getImageData(0, 0, image.width, image.height);
  const counts = new Map();
  const at = (i) => (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
  for (let i = 0; i < data.length; i += 4) counts.set(at(i), (counts.get(at(i)) ?? 0) + 1);

  /* Median cut: the box whose colours differ most is halved until there are 256. */
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const spread = (box) => [0, 1, 2].map((part) => {
    const values = box.map(([colour]) => parts(colour)[part]);
    return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  });
  const measured = (box) => {
    const widths = spread(box);
    const widest = Math.max(...widths);
    return { box, widest, part: widths.indexOf(widest) };
  };
  const boxes = [measured([...counts])];
  while (boxes.length < 256) {
    boxes.sort((a, b) => b.widest - a.widest);
    const { box, widest, part } = boxes[0];
    if (widest === 0) break;
    box.sort(([a], [b]) => parts(a)[part] - parts(b)[part]);
    const half = box.length >> 1;
    boxes.splice(0, 1, measured(box.slice(0, half)), measured(box.slice(half)));
  }
  const palette = new Uint8Array(boxes.length * 3);
  const places = new Map();
  boxes.forEach(({ box }, index) => {
    const [most] = box.reduce((a, b) => (b[1] > a[1] ? b : a)); // flat surfaces keep their colour
    palette.set(parts(most), index * 3);
    box.forEach(([colour]) => places.set(colour, index));
  });
  const pixels = new Uint8Array(image.width * image.height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = places.get(at(i * 4));
  const text = (bytes) => {
    let out = "";
    for (let i = 0; i < bytes.length; i += 32768) out += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return btoa(out);
  };
  return [image.width, image.height, text(palette), text(pixels)];
}
