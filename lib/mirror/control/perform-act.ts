/**
 * Does in the customer's page what the agent wants done, or says why not. The relay has checked that she may act; here it
 * is checked what on: only what is visible, in reach, told to the agent in the clear, and binds the customer to nothing.
 * To send, to pay and to delete is always left to her own hand.
 */
import type { ActRefusal, MirrorAct } from "@/lib/protocol/mirror";
import type { Gate } from "../masking/gate";
import { choose } from "./choose";
import { findAllowed, findTarget } from "./find-target";
import { lead } from "./lead";
import { press } from "./press";
import { pressKey } from "./press-key";
import { realmOf } from "./realm";
import { refuseClick } from "./refuse-click";
import { typeText } from "./type-text";

export interface ActPlace {
  readonly view: Window & typeof globalThis;
  readonly nodeOf: (id: number) => Node | null;
  readonly gate: () => Gate;
  readonly isOurs: (node: Node) => boolean;
  /** Origins that the agent may lead to. */
  readonly origins: readonly string[];
}

/** @returns null when it was done */
export function performAct(act: MirrorAct, place: ActPlace): ActRefusal | null {
  try {
    return perform(act, place);
  } catch {
    // The page's own handlers may throw; what they did until then is done.
    return "failed";
  }
}

function perform(act: MirrorAct, place: ActPlace): ActRefusal | null {
  switch (act.type) {
    case "back":
    case "forward":
    case "reload":
    case "goto":
      return lead(act, place);
    case "scroll":
      return scroll(act, place);
    case "click": {
      const target = findTarget(act, place);
      if (typeof target === "string") return target;
      const refusal = refuseClick(target.element, place);
      if (refusal === null) press(target);
      return refusal;
    }
    case "input":
    case "select":
    case "key": {
      const element = findAllowed(act.node, place);
      if (typeof element === "string") return element;
      if (act.type === "input") return typeText(element, act.text);
      return act.type === "select" ? choose(element, act.options) : pressKey(element, act.key);
    }
  }
}

function scroll(act: Extract<MirrorAct, { type: "scroll" }>, place: ActPlace): ActRefusal | null {
  const node = place.nodeOf(act.node);
  const realm = node === null ? null : realmOf(node);
  if (node === null || realm === null || !node.isConnected) return "gone";
  const to = { left: act.x, top: act.y, behavior: "instant" } as const;
  if (node instanceof realm.Element) node.scrollTo(to);
  else realm.scrollTo(to);
  return null;
}
