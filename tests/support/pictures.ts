import { crc32 } from "node:zlib";
import sharp from "sharp";

/** A valid PNG header that claims any size, and hardly any content. */
export function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    pngChunk("IHDR", header),
    pngChunk("IDAT", Buffer.alloc(20)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** True when the text's bytes occur anywhere in the file. */
export function bytesWithin(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(text, "latin1"));
}

/** 1 for equal pictures, 0 for black against white: one minus the mean difference of their pixels, on a small copy. */
export async function similarity(a: Uint8Array, b: Uint8Array): Promise<number> {
  const [one, other] = await Promise.all([small(a), small(b)]);
  let difference = 0;
  for (const [index, value] of one.entries()) difference += Math.abs(value - (other[index] ?? 0));
  return 1 - difference / (one.length * 255);
}

const small = (bytes: Uint8Array) =>
  sharp(bytes).resize(128, 128, { fit: "fill" }).removeAlpha().raw().toBuffer();
