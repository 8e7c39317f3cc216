/**
 * What the customer sees in the shop's page while it is mirrored: a border, and a bar that says who watches and lets her
 * pause, take back and stop. In a closed shadow root in the top layer: page dialogs do not cover it, and the page's scripts
 * cannot press it, since only presses by her own hand count.
 */
import type { BarPress, BarState, BarWords } from "../wire/port-message";
import { keepOnTop } from "./bar-home";
import { keepClear } from "./bar-place";
import { barStyles } from "./bar-styles";
import { drawIcon } from "./icon";
import { fillNames } from "./words";

export interface Bar {
  readonly host: HTMLElement;
  /** Where pointers and outlines are drawn. */
  readonly layer: ShadowRoot;
  /** The bar itself, which more tools are put over. */
  readonly dock: HTMLElement;
  update(state: BarState): void;
  /** One line at the bottom for a moment, also read aloud. */
  hint(text: string): void;
  /** Whether she draws just now. */
  drawing(isOn: boolean): void;
  close(): void;
}

export interface BarOptions {
  readonly document: Document;
  readonly words: BarWords;
  readonly locale: string;
  readonly accent: string;
  /** Hosts of our launcher and frame. */
  readonly ours: readonly Element[];
  readonly onPress: (what: BarPress) => void;
  readonly onShowHidden: (show: boolean) => void;
  readonly onDraw: (isOn: boolean) => void;
}

/** Milliseconds that a hint stays: twice the time it takes to read aloud. */
const HINT_MS = 5_000;

export function openBar(options: BarOptions): Bar {
  const { document, words } = options;
  const host = document.createElement("vetrina-mirror");
  host.lang = options.locale;
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(barStyles);
  root.adoptedStyleSheets = [sheet];
  host.style.setProperty("--accent", options.accent);

  const edge = add(root, "div", "edge");
  const bar = add(root, "div", "bar");
  bar.setAttribute("role", "region");
  const line = add(bar, "div", "words");
  add(line, "span", "dot");
  const text = add(line, "span", "text");
  const said = add(root, "div", "said");
  said.setAttribute("role", "status");
  const hint = add(root, "div", "hint");
  hint.hidden = true;

  let showsHidden = false;
  let draws = false;
  let state: BarState = { viewers: [], writer: null, pausedFor: null };
  const hidden = button("", "eye", () => {
    showsHidden = !showsHidden;
    options.onShowHidden(showsHidden);
    render();
  });
  const draw = button("", "draw", () => options.onDraw(!draws));
  const pause = button("", "pause", () => options.onPress(state.pausedFor ? "unpause" : "pause"));
  const take = button("take", "hand", () => options.onPress("take-back"));
  const stop = button("stop", "stop", () => options.onPress("stop"));

  function button(className: string, icon: Parameters<typeof drawIcon>[1], press: () => void) {
    const made = add(bar, "button", className);
    made.type = "button";
    made.appendChild(drawIcon(document, icon));
    const label = add(made, "span", "label");
    made.addEventListener("click", (event) => {
      // A script of the page may send clicks; none of them is hers.
      if (event.isTrusted) press();
    });
    return {
      say(words: string, isShown = true) {
        label.textContent = words;
        made.setAttribute("aria-label", words);
        made.title = words;
        made.hidden = !isShown;
      },
      press(isPressed: boolean) {
        made.setAttribute("aria-pressed", String(isPressed));
      },
    };
  }

  function sentence(): string {
    if (state.pausedFor === "private-page") return words.privatePage;
    if (state.pausedFor) return words.paused;
    if (state.writer !== null) return fillNames(words.acts, [state.writer]);
    return state.viewers.length > 0 ? fillNames(words.sees, state.viewers) : words.seesNobody;
  }

  function render() {
    const still = state.pausedFor !== null;
    edge.className = still ? "edge still" : "edge";
    bar.className = `bar${still ? " still" : state.writer === null ? "" : " acting"}`;
    const now = sentence();
    if (text.textContent !== now) {
      text.textContent = now;
      said.textContent = now;
      bar.setAttribute("aria-label", now);
    }
    hidden.say(showsHidden ? words.hideHidden : words.showHidden, !still);
    hidden.press(showsHidden);
    draw.say(words.draw, !still);
    draw.press(draws);
    pause.say(still ? words.unpause : words.pause, state.pausedFor !== "private-page");
    take.say(words.takeBack, state.writer !== null);
    stop.say(words.stop);
  }
  render();

  const home = keepOnTop(host, document);
  const stopPlacing = keepClear(bar, options.ours, window);
  let hintEnds: ReturnType<typeof setTimeout> | undefined;

  return {
    host,
    layer: root,
    dock: bar,
    update(next) {
      state = next;
      render();
      home.raise();
    },
    hint(words) {
      clearTimeout(hintEnds);
      hint.textContent = words;
      hint.hidden = false;
      said.textContent = words;
      hintEnds = setTimeout(() => {
        hint.hidden = true;
      }, HINT_MS);
    },
    drawing(isOn) {
      draws = isOn;
      render();
    },
    close() {
      clearTimeout(hintEnds);
      stopPlacing();
      home.close();
    },
  };
}

function add<Tag extends keyof HTMLElementTagNameMap>(
  parent: Node,
  tag: Tag,
  className: string,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = className;
  parent.appendChild(made);
  return made;
}
