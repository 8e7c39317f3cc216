/** Animations that scripts started with `element.animate()`: nothing else of the page tells of them. */
import type { AnimationRow, NodeId } from "../wire/page-message";
import type { Context } from "./context";
import { writeJson } from "./draft";
import { isDocument } from "./page-dom";
import type { SentNode } from "./sent-tree";

/** Keyframes of one animation, and animations of a page, that are told. */
const MAX_KEYFRAMES = 50;
const MAX_ANIMATIONS = 200;
/** Milliseconds by which a clock may differ before its animation is told again. */
const DRIFT_MS = 250;

/** @returns those whose animations differ from what was told, with what they have now */
export function readAnimations(context: Context): Map<SentNode, readonly AnimationRow[]> {
  const { dom, tree } = context;
  const rows = new Map<SentNode, AnimationRow[]>();
  let count = 0;
  for (const root of tree.roots) {
    if (!isDocument(dom, root.node)) continue;
    for (const animation of root.node.getAnimations()) {
      // Those of style sheets run by themselves.
      if ("animationName" in animation || "transitionProperty" in animation) continue;
      const { effect } = animation;
      if (!hasKeyframes(effect) || ++count > MAX_ANIMATIONS) continue;
      const sent = effect.target && !effect.pseudoElement && tree.of(effect.target);
      if (sent && sent.row[1] === 1)
        rows.set(sent, [...(rows.get(sent) ?? []), describe(context, sent, animation, effect)]);
    }
  }
  const changed = new Map<SentNode, readonly AnimationRow[]>();
  for (const [sent, now] of rows) if (isOther(sent.told.animations ?? [], now)) changed.set(sent, now);
  for (const sent of tree.animated) if (!rows.has(sent)) changed.set(sent, []);
  return changed;
}

const hasKeyframes = (effect: AnimationEffect | null): effect is KeyframeEffect =>
  effect !== null && "getKeyframes" in effect;

function describe(
  { gate }: Context,
  { id, scope }: SentNode,
  animation: Animation,
  effect: KeyframeEffect,
): AnimationRow {
  const frames = effect
    .getKeyframes()
    .slice(0, MAX_KEYFRAMES)
    .map((frame) => {
      const told: Record<string, string | number | null> = {};
      for (const [name, value] of Object.entries(frame)) {
        if (name === "offset" || name === "computedOffset") told.offset = frame.computedOffset;
        else if (typeof value !== "string" && typeof value !== "number") continue;
        else if (name === "easing" || name === "composite") told[name] = word(value);
        else {
          const css = gate.css(`${name.startsWith("--") ? name : "width"}:${value}`, scope, "inline").value;
          told[name] = css.slice(css.indexOf(":") + 1);
        }
      }
      return told;
    });
  const timing: Record<string, string | number | null> = {};
  for (const [name, value] of Object.entries(effect.getTiming())) timing[name] = word(value);
  const state = animation.playState === "idle" ? "finished" : animation.playState;
  const at = typeof animation.currentTime === "number" ? Math.round(animation.currentTime) : 0;
  return [id, writeJson(frames), writeJson(timing), at, state];
}

/** Numbers and keywords; what has no end is null in JSON. */
const word = (value: unknown): string | number | null =>
  typeof value === "number"
    ? Number.isFinite(value)
      ? value
      : null
    : (/^[\w(),. -]{0,100}$/.exec(String(value))?.[0] ?? null);

function isOther(before: readonly AnimationRow[], now: readonly AnimationRow[]): boolean {
  return (
    before.length !== now.length ||
    now.some((row, at) => {
      const old = before[at];
      if (!old || old[1] !== row[1] || old[2] !== row[2] || old[4] !== row[4]) return true;
      return row[4] !== "running" && Math.abs(old[3] - row[3]) > DRIFT_MS;
    })
  );
}

export const noAnimation = (id: NodeId): AnimationRow => [id, "", "", 0, "finished"];
