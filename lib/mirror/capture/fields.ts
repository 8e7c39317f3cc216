/**
 * All fields of the page, told or not: what stands in protected ones has to be known before anything that may repeat it
 * leaves, and scripts change fields without any event. So they are looked at before every message.
 */
import type { Gate } from "../masking/gate";
import type { PageDom } from "./page-dom";

export interface Fields {
  /** Tells the gate what it holds. */
  add(element: Element, gate: Gate): void;
  /** Tells the gate what each that changed holds now. @returns those */
  check(gate: Gate): readonly Element[];
}

/** Value, marks and choice in one string; it never leaves this file. */
function stateOf(dom: PageDom, element: Element): string {
  if (dom.tag(element) === "select" && dom.attribute(element, "multiple") === null)
    return `${dom.selectedIndex(element)}`;
  const field = dom.field(element);
  return field
    ? `${field.checked}${field.indeterminate}${field.chosen.join()}:${field.type}:${field.value}`
    : "";
}

export function openFields(dom: PageDom): Fields {
  const states = new Map<Element, string>();
  return {
    add(element, gate) {
      states.set(element, stateOf(dom, element));
      gate.notice(element, gate.scopeOf(element));
    },
    check(gate) {
      const changed: Element[] = [];
      for (const [element, before] of states) {
        if (!dom.isConnected(element)) {
          states.delete(element);
          continue;
        }
        const now = stateOf(dom, element);
        if (now === before) continue;
        states.set(element, now);
        gate.notice(element, gate.scopeOf(element));
        changed.push(element);
      }
      return changed;
    },
  };
}
