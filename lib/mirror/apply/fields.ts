/** What stands in fields: what may be seen, or dots that tell nothing but that something stands there. */
import type { FieldRow } from "../wire/page-message";
import { OURS } from "./attribute-list";
import { isHtmlElement, isInput, isSelect, isTextarea } from "./node-kinds";

/** However long the value is. */
const DOTS = "••••••";

export interface FieldFacts {
  readonly kind: "text" | "select" | "check" | "none";
  readonly masked: boolean;
  readonly value: string;
  /** Of a text: whether it has lines. */
  readonly multiline: boolean;
  /** Of a select. */
  readonly options: readonly { readonly index: number; readonly text: string; readonly disabled: boolean }[];
}

const MASKED = `${OURS}masked`;
const DRAWN_DOTS = `${OURS}dots`;

export function applyField(node: Node, row: FieldRow): void {
  if (!isHtmlElement(node)) return;
  switch (row[1]) {
    case "t":
    case "f": {
      const value = row[1] === "t" ? row[2] : row[2] === 1 ? DOTS : "";
      node.toggleAttribute(MASKED, row[1] === "f");
      if (!isInput(node) && !isTextarea(node)) return;
      const takes = !isInput(node) || node.type !== "file";
      if (takes && node.value !== value) node.value = value;
      // Dates, colours, sliders and files take no dots.
      node.toggleAttribute(DRAWN_DOTS, value === DOTS && node.value !== DOTS);
      return;
    }
    case "c":
      if (!isInput(node)) return;
      node.checked = row[2] === 1;
      node.indeterminate = row[3] === 1;
      return;
    case "o": {
      if (!isSelect(node)) return;
      const chosen = new Set(row.slice(2));
      for (const [index, option] of [...node.options].entries()) option.selected = chosen.has(index);
      if (chosen.size === 0) node.selectedIndex = -1;
    }
  }
}

export function fieldFacts(node: Node): FieldFacts {
  let kind: FieldFacts["kind"] = "none";
  let masked = isHtmlElement(node) && node.hasAttribute(MASKED);
  let value = "";
  let multiline = false;
  let options: FieldFacts["options"] = [];
  if (isSelect(node)) {
    kind = "select";
    value = node.value;
    options = [...node.options].map(({ text, disabled }, index) => ({ index, text, disabled }));
  } else if (isInput(node) && /^(checkbox|radio)$/.test(node.type)) {
    kind = "check";
    value = node.checked ? "on" : "";
  } else if (isInput(node) || isTextarea(node)) {
    multiline = !isInput(node);
    if (!/^(button|submit|reset|image|file|hidden)$/.test(node.type)) {
      kind = "text";
      value = node.value;
    }
  } else if (isHtmlElement(node) && node.isContentEditable) {
    kind = "text";
    multiline = true;
    value = node.textContent ?? "";
    masked = /^[•\s]+$/.test(value);
  }
  return { kind, masked, value: masked ? "" : value, multiline, options };
}
