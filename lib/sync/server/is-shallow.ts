/**
 * Whether a value nests at most `levels` objects and arrays. Everybody who reads, compares or encodes a value goes down
 * into it step by step: one that is thousands of levels deep overflows the stack of whoever touches it next.
 */
export function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
