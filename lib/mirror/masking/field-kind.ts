/** What kind of field an element is, and whether it is one that nobody but the customer may ever see or fill. */
import type { DomReader } from "./read-dom";
import { isSecretName } from "./secret-words";

export type FieldKind = "secret" | "typed" | "choice" | "button" | "picture-button";

const BUTTONS: readonly string[] = ["button", "submit", "reset"];
const CHOICES: readonly string[] = ["checkbox", "radio"];
const DENIED_TYPES: readonly string[] = ["password", "hidden", "file"];
const DENIED_AUTOCOMPLETE = /(^|\s)(cc-\S*|\S*-password|one-time-code)(\s|$)/i;
/** Attributes by which a page names a field. */
const NAMES: readonly string[] = ["name", "id", "aria-label", "placeholder", "title", "autocomplete"];

/** What the page says of a field: its names, its label, its autocomplete. */
export function isNamedSecret(reader: DomReader, element: Element): boolean {
  if (DENIED_AUTOCOMPLETE.test(reader.attribute(element, "autocomplete") ?? "")) return true;
  for (const name of NAMES) {
    const value = reader.attribute(element, name);
    if (value && isSecretName(value)) return true;
  }
  return isSecretName(reader.labels(element));
}

/** @returns null when it is no field */
export function fieldKind(
  reader: DomReader,
  element: Element,
  wasPassword: (element: Element) => boolean,
): FieldKind | null {
  if (reader.space(element) !== "html") return null;
  const tag = reader.tag(element);
  if (tag !== "input" && tag !== "textarea" && tag !== "select") return null;
  if (tag === "input") {
    const type = reader.field(element)?.type ?? "";
    const written = (reader.attribute(element, "type") ?? "").toLowerCase();
    if (DENIED_TYPES.includes(type) || DENIED_TYPES.includes(written) || wasPassword(element))
      return "secret";
    if (BUTTONS.includes(type)) return "button";
    if (type === "image") return "picture-button";
    if (CHOICES.includes(type)) return "choice";
  }
  if (isNamedSecret(reader, element)) return "secret";
  return tag === "select" ? "choice" : "typed";
}
