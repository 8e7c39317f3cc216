/** The agent's end of a soak: viewer and line as the desk has them. */
import { openViewer } from "@/lib/mirror/apply/open-viewer";
import { openMirrorLine } from "@/lib/mirror/line/open-mirror-line";
import { decodeStreamFrame } from "@/lib/mirror/wire/stream-frame";
import type {} from "./soak-ends";

window.watch = ({ relay, conversationId, token }) => {
  let changes = 0;
  let resyncs = 0;
  let isTooHeavy = false;
  let isWatching = false;
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-same-origin");
  document.body.append(frame);
  const line = openMirrorLine({
    baseUrl: relay,
    conversationId,
    getToken: async () => token,
    onUp() {},
    onDown: () => reportError(new Error("the desk's line broke")),
    onEnd: () => reportError(new Error("the relay wants no agent")),
    onFrame(bytes) {
      if (decodeStreamFrame(bytes)?.kind === "delta") changes++;
      viewer.receive(bytes);
    },
    onUpdate(update) {
      if (update.type === "wipe") viewer.wipe();
      // There is nothing to watch before she shares.
      if (update.type !== "state" || isWatching || update.state.phase !== "live") return;
      isWatching = line.send({ type: "watch" });
    },
  });
  const viewer = openViewer({
    frame,
    onPage({ w, h, mode }) {
      isTooHeavy = mode === "too-heavy";
      frame.style.width = `${w}px`;
      frame.style.height = `${h}px`;
    },
    onApplied: (epoch, seq) => void line.send({ type: "applied", epoch, seq }),
    onResync(epoch) {
      resyncs++;
      line.send({ type: "resync", epoch });
    },
    onWantAsset: (key) => void line.send({ type: "want-asset", key }),
    onCursor() {},
  });
  window.seen = () => {
    const ticker = frame.contentDocument?.getElementById("stock")?.textContent ?? "";
    const seen = { changes, resyncs, isTooHeavy, ticker };
    changes = 0;
    return seen;
  };
};
