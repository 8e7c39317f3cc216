/**
 * JSON without JSON.stringify for objects and arrays: old libraries put a `toJSON` on Array.prototype, and then
 * every array would arrive as a string. Strings go through JSON.stringify, which never looks at a prototype for them.
 */
export function writeJson(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return Number.isFinite(value) ? `${value}` : "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value !== "object" || value === null) return "null";
  let text = "";
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) text += (i ? "," : "") + writeJson(value[i]);
    return `[${text}]`;
  }
  const names = Object.keys(value);
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (name === undefined) continue;
    const field: unknown = Reflect.get(value, name);
    if (field === undefined) continue;
    text += `${(text ? "," : "") + JSON.stringify(name)}:${writeJson(field)}`;
  }
  return `{${text}}`;
}
