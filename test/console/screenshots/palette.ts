import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const COLOURS = 256;

/**
 * A picture of a page with 256 colours at the most: a third of the bytes, and nothing that can be seen, since pages have
 * few colours and their smoothed letters the rest. Rare colours become the nearest of those that are kept.
 *
 * @param png of 8 bits a channel, RGB or RGBA, not interlaced: as Chromium writes them
 */
export function withPalette(png: Buffer): Buffer {
  const { width, height, channels, pixels } = readPixels(png);
  const counts = new Map<number, number>();
  const colourAt = (place: number): number => pixels.readUIntBE(place * channels, 3);
  for (let place = 0; place < width * height; place += 1) {
    const colour = colourAt(place);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const kept = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  const palette = kept.slice(0, COLOURS);
  const indexes = new Map(palette.map((colour, index) => [colour, index]));
  for (const colour of kept.slice(COLOURS)) indexes.set(colour, nearest(palette, colour));
  // Each row begins with its filter: none, which compresses best where pixels are indexes.
  const rows = Buffer.alloc((width + 1) * height);
  for (let place = 0; place < width * height; place += 1) {
    rows[place + Math.floor(place / width) + 1] = indexes.get(colourAt(place)) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.alloc(palette.length * 3);
  for (const [index, colour] of palette.entries()) colours.writeUIntBE(colour, index * 3, 3);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, each] of palette.entries()) {
    const distance = [16, 8, 0].reduce(
      (sum, shift) => sum + (((each >> shift) & 255) - ((colour >> shift) & 255)) ** 2,
      0,
    );
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** The pixels of a picture, its filters undone (PNG 3, 9.2). */
function readPixels(png: Buffer) {
  const data: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length; at += png.readUInt32BE(at) + 12) {
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const [depth, type, interlaced] = [png.readUInt8(24), png.readUInt8(25), png.readUInt8(28)];
  if (depth !== 8 || (type !== 2 && type !== 6) || interlaced !== 0)
    throw new Error('this PNG is of another kind');
  const channels = type === 2 ? 3 : 4;
  const stride = width * channels;
  const filtered = inflateSync(Buffer.concat(data));
  const pixels = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = filtered.readUInt8(row * (stride + 1));
    for (let column = 0; column < stride; column += 1) {
      const at = row * stride + column;
      const left = column < channels ? 0 : (pixels[at - channels] ?? 0);
      const above = row === 0 ? 0 : (pixels[at - stride] ?? 0);
      const before = row === 0 || column < channels ? 0 : (pixels[at - stride - channels] ?? 0);
      const raw = filtered[row * (stride + 1) + 1 + column] ?? 0;
      pixels[at] = raw + predicted(filter, left, above, before);
    }
  }
  return { width, height, channels, pixels };
}

function predicted(filter: number, left: number, above: number, before: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4: {
      const [toLeft, toAbove] = [Math.abs(above - before), Math.abs(left - before)];
      const toBefore = Math.abs(left + above - 2 * before);
      if (toLeft <= toAbove && toLeft <= toBefore) return left;
      return toAbove <= toBefore ? above : before;
    }
    default:
      return 0;
  }
}
