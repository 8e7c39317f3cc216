/** Animations that scripts of the page started, played here from the same moment. */
import type { AnimationRow } from "../wire/page-message";
import { readAddress } from "./clean-address";
import { cleanCss } from "./clean-css";
import { isObject } from "./read-delta";

const plainAddress = (raw: string) => {
  const address = readAddress(raw);
  return address?.as === "plain" ? address.url : null;
};

/** Whatever else stands in them the browser itself refuses or ignores. */
function readKeyframes(text: string): Keyframe[] {
  const given: unknown = JSON.parse(text);
  if (!Array.isArray(given)) return [];
  return given.map((entry) => {
    const frame: Keyframe = {};
    for (const [name, value] of Object.entries(isObject(entry) ? entry : {})) {
      if (typeof value === "number") frame[name] = value;
      if (typeof value === "string") frame[name] = cleanCss(value, plainAddress);
    }
    return frame;
  });
}

function readTiming(text: string): KeyframeEffectOptions {
  const given: unknown = JSON.parse(text);
  if (!isObject(given)) return {};
  return { ...given, ...(given.iterations === null && { iterations: Number.POSITIVE_INFINITY }) };
}

export interface Animations {
  /** @param rows all of one node; none where it is gone: a browser would keep it as long as they run, maybe for ever */
  play(element: Element, rows: readonly AnimationRow[]): void;
}

export function openAnimations(): Animations {
  const playing = new WeakMap<Element, Animation[]>();
  return {
    play(element, rows) {
      for (const animation of playing.get(element) ?? []) animation.cancel();
      const started: Animation[] = [];
      for (const [, keyframes, timing, time, state] of rows) {
        try {
          const animation = element.animate(readKeyframes(keyframes), readTiming(timing));
          animation.currentTime = time;
          if (state === "paused") animation.pause();
          started.push(animation);
        } catch {
          // No JSON, as where there is none any more, or an easing or property that this browser does not know.
        }
      }
      playing.set(element, started);
    },
  };
}
