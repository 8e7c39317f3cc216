/** What the painter needs of a 2D canvas: the browser's fits, and so does the server's (@napi-rs/canvas). No DOM here. */

export interface PaintPath {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void;
  ellipse(x: number, y: number, rx: number, ry: number, rotation: number, from: number, to: number): void;
  roundRect(x: number, y: number, w: number, h: number, radius: number): void;
  closePath(): void;
}

/** Styles are written, never read: whatever else a canvas may hold there is not our business. */
export interface PaintSurface<Path extends PaintPath> {
  lineCap: "butt" | "round" | "square";
  lineJoin: "bevel" | "miter" | "round";
  lineWidth: number;
  strokeStyle: unknown;
  fillStyle: unknown;
  globalAlpha: number;
  font: string;
  textAlign: "center" | "end" | "left" | "right" | "start";
  textBaseline: "alphabetic" | "bottom" | "hanging" | "ideographic" | "middle" | "top";
  save(): void;
  restore(): void;
  translate(x: number, y: number): void;
  scale(x: number, y: number): void;
  stroke(path: Path): void;
  fill(path: Path): void;
  fillText(text: string, x: number, y: number, maxWidth?: number): void;
}
