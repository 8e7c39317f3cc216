/** Our capture in the shop's page. */
import { type Capture, openCapture } from "@/lib/mirror/capture/open-capture";
import { isText, openLine } from "./ends";

let capture: Capture | null = null;
const line = openLine("customer", (data) => {
  if (!isText(data)) return;
  const [epoch, seq, key]: [number, number, string?] = JSON.parse(data);
  if (key === undefined) capture?.lag(epoch, seq);
  else capture?.sendAsset(key);
});

window.customerEnd = {
  start() {
    capture = openCapture({
      view: window,
      // A shop shows what is searched for, and nothing else that is typed.
      rules: { show: ["#search"] },
      epoch: 1,
      send: (frame) => line.send(new Uint8Array(frame)),
      isOurs: () => false,
      onPrivate: () => {},
    });
  },
};
