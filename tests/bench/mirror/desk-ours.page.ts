/** Our viewer in the desk's page. */
import { openViewer } from "@/lib/mirror/apply/open-viewer";
import { isText, openLine } from "./ends";

const frame = document.createElement("iframe");
frame.setAttribute("sandbox", "allow-same-origin");
document.body.append(frame);
const viewer = openViewer({
  frame,
  onPage({ w, h }) {
    frame.style.width = `${w}px`;
    frame.style.height = `${h}px`;
  },
  onApplied: (epoch, seq) => line.send(JSON.stringify([epoch, seq])),
  onResync: (epoch) => reportError(new Error(`the viewer was lost in epoch ${epoch}`)),
  onWantAsset: (key) => line.send(JSON.stringify([0, 0, key])),
  onCursor: () => {},
});
const line = openLine("desk", (data) => {
  if (!isText(data)) viewer.receive(new Uint8Array(data));
});

window.deskEnd = { document: () => frame.contentDocument };
