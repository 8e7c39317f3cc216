/** The drawing as a picture, under a strip that says what it is: a page as it was at that moment, by its title and address. */
import { FreezeProblem } from "./freeze-problem";
import { MAX_PICTURE_BYTES, MAX_PIXELS, MAX_SCALE, MIN_SCALE } from "./limits";

export interface Caption {
  readonly title: string;
  readonly address: string;
  readonly time: string;
}

/** CSS pixels of the page that the strip is high. */
const STRIP = 40;
const MARGIN = 14;
const INK = "#1d1b17";

/** @param svg a document of its own, all in itself @throws FreezeProblem */
export async function paintPicture(
  svg: string,
  { w, h }: { readonly w: number; readonly h: number },
  caption: Caption,
): Promise<Blob> {
  const scale = Math.min(MAX_SCALE, Math.sqrt(MAX_PIXELS / (w * (h + STRIP))));
  if (!(scale >= MIN_SCALE)) throw new FreezeProblem("too-large");
  const image = new Image();
  // As data: a drawing behind an object URL with pages in it makes a canvas nobody may read.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode().catch(() => {
    throw new FreezeProblem("unreadable");
  });
  const canvas = document.createElement("canvas");
  canvas.width = Math.floor(w * scale);
  canvas.height = Math.floor((h + STRIP) * scale);
  const context = canvas.getContext("2d");
  if (context === null) throw new FreezeProblem("too-large");
  context.scale(scale, scale);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, w, h + STRIP);
  context.drawImage(image, 0, STRIP, w, h);
  drawStrip(context, w, caption);
  for (const type of ["image/png", "image/webp"]) {
    const blob = await readCanvas(canvas, type);
    if (blob !== null && blob.size <= MAX_PICTURE_BYTES) return blob;
  }
  throw new FreezeProblem("too-large");
}

function readCanvas(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  return new Promise((resolve) => {
    try {
      canvas.toBlob(resolve, type, 0.9);
    } catch {
      throw new FreezeProblem("unreadable");
    }
  });
}

function drawStrip(context: CanvasRenderingContext2D, w: number, { title, address, time }: Caption): void {
  context.fillStyle = "#e7e3db";
  context.fillRect(0, 0, w, STRIP);
  drawFlake(context, MARGIN + 8, STRIP / 2);
  context.textBaseline = "middle";
  context.fillStyle = INK;
  context.font = "12px system-ui, sans-serif";
  const timeWidth = context.measureText(time).width;
  const left = MARGIN + 26;
  const room = w - left - timeWidth - 2 * MARGIN;
  // On a phone's width the time goes first: what it is says more than when.
  const isNarrow = room < 120;
  if (!isNarrow) context.fillText(time, w - MARGIN - timeWidth, STRIP / 2);
  const width = isNarrow ? w - left - MARGIN : room;
  context.font = "600 13px system-ui, sans-serif";
  context.fillText(fitted(context, title || address, width), left, title ? STRIP / 2 - 8 : STRIP / 2);
  if (!title) return;
  context.font = "11px system-ui, sans-serif";
  context.fillText(fitted(context, address, width), left, STRIP / 2 + 9);
}

/** Ice: nothing in it moves any more, in any language. */
function drawFlake(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.save();
  context.translate(x, y);
  context.strokeStyle = "#0b6f8f";
  context.lineWidth = 1.6;
  context.lineCap = "round";
  for (let arm = 0; arm < 6; arm++) {
    context.rotate(Math.PI / 3);
    context.beginPath();
    context.moveTo(0, 0);
    context.lineTo(0, -9);
    context.moveTo(-2.6, -8);
    context.lineTo(0, -5.4);
    context.lineTo(2.6, -8);
    context.stroke();
  }
  context.restore();
}

function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  const letters = [...text];
  while (letters.length > 0 && context.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return `${letters.join("")}…`;
}
