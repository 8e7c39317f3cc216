/** Runs the capture in a page of the tests and keeps the frames that leave it. */
import { type Capture, openCapture } from "./open-capture";

declare global {
  interface Window {
    captureProbe?: {
      open(rules: unknown, epoch: number): void;
      capture: Capture | null;
      /** Frames since the last call, as base64. */
      frames(): string[];
      privacy: boolean[];
    };
  }
}

let frames: string[] = [];
const privacy: boolean[] = [];

window.captureProbe = {
  capture: null,
  privacy,
  open(rules, epoch) {
    this.capture = openCapture({
      view: window,
      rules,
      epoch,
      send(frame) {
        let text = "";
        for (const byte of frame) text += String.fromCharCode(byte);
        frames.push(btoa(text));
      },
      isOurs: (node) => node instanceof Element && node.id === "ours",
      onPrivate: (isPrivate) => void privacy.push(isPrivate),
    });
  },
  frames() {
    const taken = frames;
    frames = [];
    return taken;
  },
};
