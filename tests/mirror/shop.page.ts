/** Runs in the shop's pages of the tests: a capture whose frames go out through a binding. */
import { type Capture, openCapture } from "../../lib/mirror/capture/open-capture";

declare global {
  interface Window {
    capture?: Capture;
    sendFrame(base64: string): void;
    startCapture(rules: unknown, epoch: number): void;
  }
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

window.startCapture = (rules, epoch) => {
  window.capture = openCapture({
    view: window,
    rules,
    epoch,
    send: (frame) => window.sendFrame(base64(frame)),
    isOurs: () => false,
    onPrivate: () => {},
  });
};
