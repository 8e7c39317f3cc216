/**
 * Drawing over the shop's page, loaded when somebody draws: everybody's marks, and the customer's own hand with its tools
 * over the bar. All of it in our closed root; below it the page is neither changed nor pressed.
 */
import type { MirrorMark } from "@/lib/protocol/mirror";
import { type PageMarkKind, pageMarkKinds } from "@/lib/protocol/page-marks";
import { openInkLayer } from "../ink/ink-layer";
import { openPen } from "../ink/open-pen";
import { watchParts } from "./bar-place";
import type { Drawing, DrawingOptions } from "./drawing-door";
import { drawIcon } from "./icon";
import { openGround } from "./page-ground";
import { viewportBox } from "./viewport-box";

/** Her own marks: no colour of the shop's people, and with its white edge seen on any page. */
const OWN_COLOR = "#1d1b17";
const OWN = "her";

const styles = `
.marks{position:fixed;inset:0}
.ink{position:fixed;inset:0;pointer-events:auto;touch-action:none;cursor:crosshair}
.ink[hidden],.tools[hidden]{display:none}
.tools{position:absolute;bottom:calc(100% + 8px);left:50%;transform:translateX(-50%);display:flex;gap:2px;padding:4px;
border-radius:28px;background:#1d1b19;box-shadow:0 8px 28px #0000004d}
.bar[data-draws]~.hint{bottom:calc(148px + env(safe-area-inset-bottom))}
.tools button{padding:0 10px}
.tools i{width:1px;margin:8px 4px;background:#ffffff40}
@media(max-width:480px){.bar[data-draws]~.hint{bottom:calc(164px + env(safe-area-inset-bottom))}}
@media(max-width:400px){.tools{gap:0}.tools button{min-width:42px;padding:0 8px}.tools i{margin:8px 1px}}
@media(forced-colors:active){.tools{border:1px solid}}`;

export function openDrawing(options: DrawingOptions, onAny: (any: boolean) => void): Drawing {
  const { bar, words, ours, page } = options;
  const { document } = page;
  const view = document.defaultView ?? window;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  bar.layer.adoptedStyleSheets = [...bar.layer.adoptedStyleSheets, sheet];
  const surface = layer("ink");
  surface.hidden = true;
  const marks = layer("marks");
  const ink = openInkLayer({
    parent: marks,
    hold(node) {
      const element = page.elementOf(node);
      return element && (() => (element.isConnected ? viewportBox(element) : null));
    },
    scale: () => 1,
    onAny,
  });

  let kind: PageMarkKind = "arrow";
  let isOn = false;
  const tools = document.createElement("div");
  tools.className = "tools";
  tools.hidden = true;
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", words.draw);
  const names: Record<PageMarkKind, string> = {
    arrow: words.drawArrow,
    ellipse: words.drawEllipse,
    pen: words.drawPen,
    highlighter: words.drawHighlighter,
  };
  const kinds = pageMarkKinds.map((one) => {
    const made = button(one, names[one], () => choose(one));
    made.setAttribute("role", "radio");
    return { one, made };
  });
  tools.appendChild(document.createElement("i"));
  button("erase", words.erase, () => {
    erase();
    options.onPoint({ as: "erase", epoch: page.epoch() });
  });
  button("done", words.doneDrawing, () => draw(false));
  bar.dock.appendChild(tools);
  choose(kind);

  /** Over the page, under the bar. */
  function layer(className: string): HTMLElement {
    const made = document.createElement("div");
    made.className = className;
    return bar.layer.insertBefore(made, bar.layer.firstChild);
  }

  function button(icon: Parameters<typeof drawIcon>[1], name: string, press: () => void): HTMLElement {
    const made = document.createElement("button");
    made.type = "button";
    made.title = name;
    made.setAttribute("aria-label", name);
    made.appendChild(drawIcon(document, icon));
    made.addEventListener("click", (event) => {
      if (event.isTrusted) press();
    });
    return tools.appendChild(made);
  }

  function choose(next: PageMarkKind): void {
    kind = next;
    for (const { one, made } of kinds) made.setAttribute("aria-checked", String(one === kind));
  }

  function draw(next: boolean): void {
    isOn = next;
    surface.hidden = !isOn;
    tools.hidden = !isOn;
    bar.dock.toggleAttribute("data-draws", isOn);
    bar.drawing(isOn);
  }

  function erase(): void {
    ink.erase();
  }

  const stopPen = openPen({
    surface,
    kind: () => (isOn ? kind : null),
    ground: openGround(page),
    spotOf: ({ clientX, clientY }) => ({ x: clientX, y: clientY }),
    onDrawn: (mark: MirrorMark) => ink.show(OWN, OWN_COLOR, mark),
    onTold: options.onPoint,
  });
  // Our launcher and frame stay within reach, and nothing is drawn over them.
  const stopWatching = watchParts(ours, view, (boxes) => {
    const holes = boxes.map(({ left, top, right, bottom }) => `M${left} ${top}H${right}V${bottom}H${left}Z`);
    const rest = `path(evenodd,"M0 0H${view.innerWidth}V${view.innerHeight}H0Z${holes.join("")}")`;
    surface.style.clipPath = rest;
    marks.style.clipPath = rest;
  });
  const onKey = (event: KeyboardEvent) => {
    if (isOn && event.isTrusted && event.key === "Escape") draw(false);
  };
  view.addEventListener("keydown", onKey, { capture: true, passive: true });

  return {
    show: ink.show,
    draw,
    erase,
    close() {
      view.removeEventListener("keydown", onKey, { capture: true });
      stopWatching();
      stopPen();
      ink.close();
      surface.remove();
      marks.remove();
      tools.remove();
    },
  };
}
