/**
 * The mirror in the shop's page, from the moment the customer agreed: captures what may be shown, shows her who watches,
 * draws their pointers and does what a writer she trusts asks for. It takes orders from our frame alone, by the port it is
 * given; the page's scripts get neither that port nor our closed shadow root.
 */
import type { MirrorPointing } from "@/lib/protocol/mirror";
import { type Capture, openCapture } from "../capture/open-capture";
import { performAct } from "../control/perform-act";
import { realmOf } from "../control/realm";
import type { FromPage, ToPage } from "../wire/port-message";
import { type Bar, openBar } from "./bar";
import { type DrawingDoor, openDrawingDoor } from "./drawing-door";
import { type HiddenOutlines, openHiddenOutlines } from "./hidden-outlines";
import { openOwnHand } from "./own-hand";
import { openPointers, type Pointers } from "./pointers";
import { fillNames } from "./words";

type Start = Extract<ToPage, { type: "start" }>;

/** Colour of the ring that shows where the writer acts. */
const ACT_COLOR = "#b45309";

/**
 * @param ours hosts of ours in this page: they are not mirrored, and not acted on
 */
export function openMirrorPage(port: MessagePort, ours: readonly Element[]): void {
  let running: Running | null = null;
  port.onmessage = ({ data }: MessageEvent<ToPage>) => {
    try {
      if (data.type === "start") running ??= run(data, port, ours);
      else if (data.type === "stop") {
        running?.close();
        running = null;
        port.close();
      } else running?.receive(data);
    } catch {
      // Whatever this page does to us: nothing of it leaves any more, and she is told.
      running?.close();
      running = null;
      tell(port, { type: "failed" });
    }
  };
}

interface Running {
  receive(message: Exclude<ToPage, { type: "start" | "stop" }>): void;
  close(): void;
}

const tell = (port: MessagePort, message: FromPage) => port.postMessage(message);

function run(start: Start, port: MessagePort, ours: readonly Element[]): Running {
  const view = window;
  const { document } = view;
  const bar: Bar = openBar({
    document,
    words: start.words,
    locale: start.locale,
    accent: start.accent,
    ours,
    onPress(what) {
      // At once, whatever the line does.
      if (what === "stop" || what === "pause") capture.pause();
      tell(port, { type: "pressed", what });
    },
    onShowHidden: (show) => (show ? outlines.show(capture.hiddenElements()) : outlines.hide()),
    onDraw: (isOn) => drawing.draw(isOn),
  });
  const isOurs = (node: Node) => node === bar.host || ours.some((one) => one === node || one.contains(node));
  const capture: Capture = openCapture({
    view,
    rules: start.rules,
    epoch: start.epoch,
    isOurs,
    send(frame) {
      const { buffer } = frame;
      if (buffer instanceof ArrayBuffer) port.postMessage(frame, [buffer]);
    },
    onPrivate: (isPrivate) => tell(port, { type: "private", isPrivate }),
  });
  const outlines: HiddenOutlines = openHiddenOutlines(bar.layer);
  const elementOf = (id: number): Element | null => {
    const node = capture.nodeOf(id);
    const realm = node === null ? null : realmOf(node);
    return realm !== null && node instanceof realm.Element ? node : (node?.parentElement ?? null);
  };
  const pointers: Pointers = openPointers(bar.layer, elementOf, (target, name) => {
    target.scrollIntoView({ block: "nearest", behavior: "smooth" });
    bar.hint(fillNames(start.words.pointsHere, [name]));
  });
  const drawing: DrawingDoor = openDrawingDoor({
    bar,
    words: start.words,
    ours,
    page: {
      document,
      isOurs,
      idOf: capture.idOf,
      elementOf,
      epoch: () => capture.epoch,
    },
    onPoint: (point) => tell(port, { type: "point", point }),
  });
  const hand = openOwnHand(view, {
    onStop() {
      capture.pause();
      tell(port, { type: "pressed", what: "stop" });
    },
    onMaskedField: () => bar.hint(start.words.maskedField),
    isMasked: (element) => {
      const told = capture.gate.field(element, capture.gate.scopeOf(element));
      return told !== null && told.as === "masked";
    },
  });
  const follow = () => {
    pointers.follow();
    outlines.follow();
  };
  view.addEventListener("scroll", follow, { capture: true, passive: true });
  view.addEventListener("resize", follow, { passive: true });
  bar.update(start.state);
  // A pause outlives the page on which she pressed it.
  if (start.state.pausedFor === "customer") capture.pause();

  return {
    receive(message) {
      switch (message.type) {
        case "state":
          bar.update(message.state);
          if (message.state.pausedFor === null) {
            capture.resume();
            return;
          }
          drawing.clear();
          if (message.state.pausedFor === "customer") {
            capture.pause();
            pointers.clear();
          }
          return;
        case "send-full":
          capture.sendFull();
          return;
        case "want-asset":
          capture.sendAsset(message.key);
          return;
        case "lag":
          capture.lag(message.epoch, message.seq);
          return;
        case "backlog":
          capture.backlog(message.bytes);
          return;
        case "point": {
          const { from, name, color, point } = message;
          if (point.epoch !== capture.epoch) return;
          if (point.as === "mark") drawing.show({ id: from, name, color }, point);
          else if (point.as === "erase") drawing.erase();
          else pointers.show({ id: from, name, color }, point);
          return;
        }
        case "act":
          act(message);
      }
    },
    close() {
      view.removeEventListener("scroll", follow, { capture: true });
      view.removeEventListener("resize", follow);
      hand.close();
      drawing.close();
      capture.close();
      outlines.hide();
      pointers.clear();
      bar.close();
    },
  };

  function act({ from, id, epoch, act }: Extract<ToPage, { type: "act" }>): void {
    const place = { view, nodeOf: capture.nodeOf, gate: () => capture.gate, isOurs, origins: start.origins };
    const refusal =
      epoch !== capture.epoch ? "gone" : hand.isBusy() ? "customer-first" : performAct(act, place);
    if (refusal === null && act.type === "click") {
      const point: MirrorPointing = { as: "ring", epoch, node: act.node, fx: act.fx, fy: act.fy };
      pointers.show({ id: from, name: "", color: ACT_COLOR }, point);
    }
    tell(port, { type: "acted", from, id, refusal });
  }
}
