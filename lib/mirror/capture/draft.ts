/** A delta while it is being made. */
import type {
  AnimationRow,
  FieldRow,
  NodeId,
  NodeRow,
  PageDelta,
  PageFacts,
  Splice,
} from "../wire/page-message";
import { relativeRows, relativeSplices } from "../wire/relative-ids";

export interface Draft {
  readonly n: NodeRow[];
  readonly k: Splice<NodeId>[];
  readonly h: [NodeId, NodeId][];
  readonly a: [NodeId, string, string | null][];
  readonly x: [NodeId, string][];
  readonly r: Splice<string>[];
  readonly m: (readonly [NodeId, string, 0 | 1, string?])[];
  readonly d: [NodeId, ...NodeId[]][];
  readonly v: FieldRow[];
  readonly s: [NodeId, number, number][];
  readonly p: [NodeId, string, string][];
  readonly w: AnimationRow[];
  t?: NonNullable<PageDelta["t"]>;
  f?: NonNullable<PageDelta["f"]>;
  e?: NonNullable<PageDelta["e"]>;
  page?: PageFacts;
}

export const openDraft = (): Draft => ({
  n: [],
  k: [],
  h: [],
  a: [],
  x: [],
  r: [],
  m: [],
  d: [],
  v: [],
  s: [],
  p: [],
  w: [],
});

/** Empty lists say nothing, but for an empty top layer and an empty selection. */
const SAYS_EMPTY = "te";

/** @returns null when it says nothing */
export function writeDraft(draft: Draft): string | null {
  let out = "";
  for (const key of Object.keys(draft)) {
    const part: unknown = Reflect.get(draft, key);
    if (part === undefined || (Array.isArray(part) && part.length === 0 && !SAYS_EMPTY.includes(key)))
      continue;
    const told = key === "n" ? relativeRows(draft.n) : key === "k" ? relativeSplices(draft.k) : part;
    out += `${out ? "," : ""}"${key}":${writeJson(told)}`;
  }
  return out ? `{${out}}` : null;
}

const { stringify } = JSON;

/** Pages have put a `toJSON` on all lists and objects, which JSON.stringify asks. Then piece by piece. */
export function writeJson(value: unknown): string {
  return "toJSON" in [] || "toJSON" in {} ? writeSlowly(value) : stringify(value);
}

function writeSlowly(value: unknown): string {
  if (Array.isArray(value)) {
    let out = "";
    for (let i = 0; i < value.length; i++) out += (i ? "," : "") + writeSlowly(value[i]);
    return `[${out}]`;
  }
  if (typeof value === "object" && value !== null) {
    let out = "";
    for (const key of Object.keys(value))
      out += `${out ? "," : ""}${stringify(key)}:${writeSlowly(Reflect.get(value, key))}`;
    return `{${out}}`;
  }
  return stringify(value);
}
