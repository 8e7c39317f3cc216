/** A colour profile of the simplest kind (ICC version 2, matrix and one curve), as photo programs embed them. */

/** Adobe RGB (1998): what its specification gives, its primaries moved to D50 as profiles want them. */
export function adobeRgbProfile(): Buffer {
  const tags: readonly [string, Buffer][] = [
    ["desc", description("Adobe RGB")],
    ["wtpt", xyz(0.9505, 1, 1.0891)],
    ["rXYZ", xyz(0.60974, 0.31111, 0.01947)],
    ["gXYZ", xyz(0.20528, 0.62567, 0.06087)],
    ["bXYZ", xyz(0.14919, 0.06322, 0.74457)],
    ["rTRC", curve(2.19921875)],
    ["gTRC", curve(2.19921875)],
    ["bTRC", curve(2.19921875)],
    ["cprt", text("none")],
  ];
  const headBytes = 128;
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length, 0);
  let at = headBytes + table.length;
  for (const [index, [name, data]] of tags.entries()) {
    const row = 4 + index * 12;
    table.write(name, row, "latin1");
    table.writeUInt32BE(at, row + 4);
    table.writeUInt32BE(data.length, row + 8);
    at += data.length;
  }
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(at, 0);
  head.writeUInt32BE(0x02100000, 8);
  head.write("mntrRGB XYZ ", 12, "latin1");
  head.write("acsp", 36, "latin1");
  xyz(0.9642, 1, 0.8249).copy(head, 68, 8);
  return Buffer.concat([head, table, ...tags.map(([, data]) => data)]);
}

/** Four bytes of type, four of nothing, and the rest up to a multiple of four. */
function tag(type: string, content: Buffer): Buffer {
  const rest = (4 - (content.length % 4)) % 4;
  return Buffer.concat([Buffer.from(type, "latin1"), Buffer.alloc(4), content, Buffer.alloc(rest)]);
}

function xyz(...values: readonly number[]): Buffer {
  const content = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) content.writeInt32BE(Math.round(value * 65_536), index * 4);
  return tag("XYZ ", content);
}

function curve(gamma: number): Buffer {
  const content = Buffer.alloc(6);
  content.writeUInt32BE(1, 0);
  content.writeUInt16BE(Math.round(gamma * 256), 4);
  return tag("curv", content);
}

const text = (words: string) => tag("text", Buffer.from(`${words}\0`, "latin1"));

function description(words: string): Buffer {
  const ascii = Buffer.from(`${words}\0`, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(ascii.length, 0);
  // Neither Unicode nor Macintosh words.
  return tag("desc", Buffer.concat([length, ascii, Buffer.alloc(4 + 4 + 2 + 1 + 67)]));
}
