/** Animations that scripts of the page started, played here from the same moment. */
import type { AnimationRow } from "../wire/page-message";
import { readAddress } from "./clean-address";
import { cleanCss } from "./clean-css";
import { isElement } from "./node-kinds";
import { readJson } from "./read-payload";

/** Keyframes of one animation; hand-written ones have a dozen. */
const MAX_KEYFRAMES = 500;

const parse = (text: string): unknown => {
  try {
    return readJson(new TextEncoder().encode(text));
  } catch {
    return null;
  }
};
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
const plainAddress = (raw: string) => {
  const address = readAddress(raw);
  return address?.as === "plain" ? address.url : null;
};

function readKeyframes(text: string): Keyframe[] {
  const given = parse(text);
  if (!Array.isArray(given)) return [];
  return given.slice(0, MAX_KEYFRAMES).map((entry) => {
    const frame: Keyframe = {};
    if (!isObject(entry)) return frame;
    for (const [name, value] of Object.entries(entry)) {
      if (name === "offset" && typeof value === "number") frame.offset = value;
      else if (typeof value === "string") frame[name] = cleanCss(value, plainAddress);
    }
    return frame;
  });
}

function readTiming(text: string): KeyframeEffectOptions {
  const given = parse(text);
  if (!isObject(given)) return {};
  const timing: Record<string, string | number> = {};
  for (const name of ["duration", "delay", "endDelay", "iterationStart", "iterations"]) {
    const value = given[name];
    if (typeof value === "number" && Number.isFinite(value)) timing[name] = value;
  }
  if (given.iterations === null) timing.iterations = Number.POSITIVE_INFINITY;
  for (const name of ["easing", "direction", "fill", "composite", "pseudoElement"]) {
    const value = given[name];
    if (typeof value === "string") timing[name] = value;
  }
  return timing;
}

export interface Animations {
  /** @param rows all of one node */
  play(node: Node, rows: readonly AnimationRow[]): void;
}

export function openAnimations(): Animations {
  const playing = new WeakMap<Node, Animation[]>();
  return {
    play(node, rows) {
      for (const animation of playing.get(node) ?? []) animation.cancel();
      playing.delete(node);
      if (!isElement(node)) return;
      const started: Animation[] = [];
      for (const [, keyframes, timing, time, state] of rows) {
        try {
          if (!keyframes) continue;
          const animation = node.animate(readKeyframes(keyframes), readTiming(timing));
          animation.currentTime = time;
          if (state === "paused") animation.pause();
          started.push(animation);
        } catch {
          // An easing or property that this browser does not know.
        }
      }
      if (started.length > 0) playing.set(node, started);
    },
  };
}
