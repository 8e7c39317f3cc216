/** The state of fields: what is typed leaves only where it is shown, and a secret never. */
import { fieldKind } from "./field-kind";
import type { GateContext } from "./gate-context";
import { maskReason } from "./mask-reason";
import { maskText } from "./mask-text";
import { HIDE, type Scope, SHOW } from "./scope";
import type { FieldVerdict, Reason } from "./verdict";

export function judgeField(context: GateContext, element: Element, scope: Scope): FieldVerdict | null {
  const { reader, policy } = context;
  const kind = fieldKind(reader, element, context.wasPassword);
  const field = kind === null ? null : reader.field(element);
  if (!field || kind === "picture-button") return null;
  const away = (why: Reason): FieldVerdict => ({ as: "dropped", state: null, why });
  if (policy.mode === "off") return away("mirror off");
  if (scope & HIDE) return away("hide rule");
  const reason = maskReason(policy, scope);
  const filled = (why: Reason): FieldVerdict => ({
    as: "masked",
    state: { kind: "filled", filled: field.value !== "" },
    why,
  });
  switch (kind) {
    case "secret":
      return field.type === "hidden" ? away("secret field") : filled("secret field");
    case "typed": {
      if (reason) return filled(reason === "private by default" ? "field" : reason);
      if (!(scope & SHOW)) return filled("field");
      return {
        as: "shown",
        state: { kind: "text", value: context.taint.clean(field.value) },
        why: "show rule",
      };
    }
    case "button": {
      const value = reason ? maskText(field.value) : context.taint.clean(field.value);
      return { as: reason ? "masked" : "shown", state: { kind: "text", value }, why: reason ?? "visible" };
    }
    case "choice": {
      if (reason) return away(reason);
      if (field.type === "select")
        return { as: "shown", state: { kind: "chosen", chosen: field.chosen }, why: "visible" };
      const { checked, indeterminate } = field;
      return { as: "shown", state: { kind: "checked", checked, indeterminate }, why: "visible" };
    }
    case null:
      return null;
  }
}

/** Types whose values are positions, or what is looked for in public: printed all over the page, and nobody's secret. */
const NO_ECHO: readonly string[] = [
  "range",
  "color",
  "search",
  "hidden",
  "button",
  "submit",
  "reset",
  "image",
];

/** Remembers what a protected field holds, so that its echoes are found. */
export function noticeField(context: GateContext, element: Element, scope: Scope): void {
  const { reader, taint } = context;
  const kind = fieldKind(reader, element, context.wasPassword);
  if (kind !== "secret" && kind !== "typed") return;
  const field = reader.field(element);
  if (!field || field.type === "select") return;
  if (kind === "typed" && scope & SHOW && !maskReason(context.policy, scope)) return;
  const isNamed = kind === "secret" && field.type !== "hidden";
  if (NO_ECHO.includes(field.type) && !isNamed && !maskReason(context.policy, scope)) return;
  if (field.type === "hidden" && !isNamed) return;
  if (field.type === "file") taint.note(element, field.value.replace(/^.*[\\/]/, ""), false);
  else taint.note(element, field.value, kind === "secret");
}
