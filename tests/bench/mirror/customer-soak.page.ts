/** The customer's end of a soak: capture and line as her page and our frame have them, without bar and questions. */
import { type Capture, openCapture } from "@/lib/mirror/capture/open-capture";
import { openMirrorLine } from "@/lib/mirror/line/open-mirror-line";
import type {} from "./soak-ends";

/** Milliseconds between two looks at what waits on the line, as in our frame. */
const BACKLOG_LOOK_MS = 250;

window.share = ({ relay, conversationId, token }) => {
  let capture: Capture | null = null;
  const line = openMirrorLine({
    baseUrl: relay,
    conversationId,
    getToken: async () => token,
    onUp: () => void line.send({ type: "share", resume: null }),
    onDown: () => reportError(new Error("the customer's line broke")),
    onEnd: () => reportError(new Error("the relay wants no customer")),
    onFrame() {},
    onUpdate(update) {
      if (update.type === "sharing") begin();
      else if (update.type === "send-full") capture?.sendFull();
      else if (update.type === "lag") capture?.lag(update.epoch, update.seq);
      else if (update.type === "want-asset") capture?.sendAsset(update.key);
    },
  });
  const begin = () => {
    capture ??= openCapture({
      view: window,
      rules: { show: ["#search"] },
      epoch: 1,
      send: (frame) => void line.sendFrame(new Uint8Array(frame)),
      isOurs: () => false,
      onPrivate() {},
    });
  };
  setInterval(() => capture?.backlog(line.backlog()), BACKLOG_LOOK_MS);
};
