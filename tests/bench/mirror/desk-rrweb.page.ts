/** rrweb's player in the desk's page, live as its documentation says, without a buffer. */
import { Replayer } from "rrweb";
import { isText, openLine } from "./ends";

const replayer = new Replayer([], { liveMode: true, root: document.body });
let isStarted = false;
openLine("desk", (data) => {
  if (!isText(data)) return;
  const event: Exclude<Parameters<Replayer["addEvent"]>[0], string> = JSON.parse(data);
  if (!isStarted) replayer.startLive(event.timestamp);
  isStarted = true;
  replayer.addEvent(event);
});

window.deskEnd = { document: () => replayer.iframe.contentDocument };
