/**
 * Style sheets: of elements, and those that scripts made. Rules are told one for one through the gate, as splices; a large
 * sheet over several slices. Scripts change rules without any event, so a share of them is looked at again in turn.
 */
import type { Scope } from "../masking/scope";
import { SHOW } from "../masking/scope";
import type { Context } from "./context";
import { diffLists } from "./list-diff";
import { isElement } from "./page-dom";
import { readRules } from "./read-rules";
import { newSheet, type SentSheet, type SourceRule } from "./sent-sheet";
import type { SentNode } from "./sent-tree";

export interface Sheets {
  /** Those that scripts made and somebody adopts. */
  readonly adopted: ReadonlyMap<CSSStyleSheet, SentSheet>;
  /** Tells the gate what a sheet selects on, in steps. */
  learn(context: Context, source: CSSStyleSheet, base: string): Generator<void>;
  /** @returns whether everything was reached */
  tell(context: Context): boolean;
  /** Looks for changes that have no event, for so long. @returns whether there were any */
  poll(context: Context, milliseconds: number): boolean;
}

/** Rules learnt in one step. */
const LEARN_STEP = 128;

const sameRule = (one: SourceRule | undefined, other: SourceRule | undefined) =>
  one?.css === other?.css && one?.base === other?.base;

export function openSheets(): Sheets {
  const adopted = new Map<CSSStyleSheet, SentSheet>();
  /** Constructed ones that changed without an event. */
  const stale = new Set<SentSheet>();
  /** Read ahead, and not told yet. */
  const learnt = new WeakMap<
    CSSStyleSheet,
    { readonly rules: readonly SourceRule[]; readonly count: number }
  >();
  let turn = 0;

  /** Everything of an element's or a constructed sheet, compared with what was told. @returns whether it differs */
  const read = (context: Context, sheet: SentSheet, source: CSSStyleSheet | null, base: string): boolean => {
    const { draft, gate } = context;
    const ahead = source && learnt.get(source);
    if (source) learnt.delete(source);
    const known = ahead?.count === countOf(source) ? ahead.rules : null;
    const rules = known ?? (source ? readRules(source, base) : []);
    const media = source ? gate.css(source.media.mediaText, sheet.scope, "sheet").value : "";
    const disabled = source?.disabled ? 1 : 0;
    const address = source?.href && !rules ? gate.address(source.href, sheet.scope) : null;
    // Under a number it could not be had either: the page may not read it.
    const href = address?.as === "shown" ? address.value : "";
    if (media !== sheet.media || disabled !== sheet.disabled || href !== sheet.href) {
      Object.assign(sheet, { media, disabled, href });
      draft.m.push(href ? [sheet.id, media, disabled, href] : [sheet.id, media, disabled]);
    }
    sheet.source = source;
    sheet.mediaText = source?.media.mediaText ?? "";
    sheet.count = countOf(source);
    const differs = diffLists(sheet.rules, rules ?? [], sameRule) !== null;
    sheet.wanted = differs ? (rules ?? []) : null;
    if (differs && !known) {
      for (const { css } of rules ?? []) {
        if (!css.includes("[")) continue;
        gate.styled.add(css);
        context.dirty.styled = true;
      }
    }
    return differs;
  };

  const isDirtyNow = ({ source, count, disabled, mediaText }: SentSheet): boolean =>
    source !== null &&
    (countOf(source) !== count ||
      source.disabled !== (disabled === 1) ||
      source.media.mediaText !== mediaText);

  const mark = ({ dirty }: Context, sheet: SentSheet, owner: SentNode | null | undefined) => {
    if (owner) dirty.sheets.add(owner);
    else stale.add(sheet);
  };

  const live = (context: Context): [SentSheet, SentNode | null][] => {
    const all: [SentSheet, SentNode | null][] = [];
    for (const sheet of adopted.values()) all.push([sheet, null]);
    for (const owner of context.tree.sheetOwners) if (owner.told.sheet) all.push([owner.told.sheet, owner]);
    return all;
  };

  const adopt = (context: Context): void => {
    const { dom, tree, draft } = context;
    const named = new Set<SentSheet>();
    for (const root of tree.roots) {
      const now: SentSheet[] = [];
      for (const source of dom.adopted(root.node)) {
        const known = adopted.get(source);
        const sheet = known ?? newSheet(tree.idOf(source), root.scope);
        const scope = known ? strictest(known.scope, root.scope) : root.scope;
        if (!known || scope !== known.scope) {
          sheet.scope = scope;
          sheet.rules = known ? [] : sheet.rules;
          if (known) draft.r.push([sheet.id, 0, sheet.told.length]);
          sheet.told = [];
          adopted.set(source, sheet);
          read(context, sheet, source, dom.baseURI(root.node));
        }
        now.push(sheet);
        named.add(sheet);
      }
      const before = root.told.adopted ?? [];
      if (!diffLists(before, now)) continue;
      root.told.adopted = now;
      draft.d.push([root.id, ...now.map(({ id }) => id)]);
    }
    for (const [source, sheet] of adopted) {
      if (!named.has(sheet)) adopted.delete(source);
      else if (stale.has(sheet)) read(context, sheet, source, sheet.rules[0]?.base ?? "");
    }
    stale.clear();
  };

  return {
    adopted,
    *learn({ gate }, source, base) {
      const count = countOf(source);
      const rules = readRules(source, base) ?? [];
      yield;
      for (let at = 0; at < rules.length; at++) {
        if (at % LEARN_STEP === 0) yield;
        gate.styled.add(rules[at]?.css ?? "");
      }
      learnt.set(source, { rules, count });
    },
    tell(context) {
      const { dirty, dom, tree } = context;
      adopt(context);
      for (const owner of dirty.sheets) {
        const { node, told } = owner;
        if (!context.hasTime()) return false;
        dirty.sheets.delete(owner);
        if (tree.byId(owner.id) === owner && told.sheet && isElement(dom, node))
          read(context, told.sheet, dom.sheetOf(node), dom.baseURI(node));
      }
      for (const [sheet] of live(context))
        if (sheet.wanted && !tellRules(context, sheet, sheet.wanted)) return false;
      return true;
    },
    poll(context, milliseconds) {
      const { dom, now } = context;
      const until = now() + milliseconds;
      const all = live(context);
      let found = false;
      for (const [sheet, owner] of all) {
        const hasOther = owner && isElement(dom, owner.node) && dom.sheetOf(owner.node) !== sheet.source;
        if (!hasOther && !isDirtyNow(sheet)) continue;
        found = true;
        mark(context, sheet, owner);
      }
      for (const root of context.tree.roots)
        if (diffLists(root.told.adopted?.map(({ source }) => source) ?? [], dom.adopted(root.node)))
          found = true;
      // One rule after the other, over all sheets, from where the last look ended.
      for (let looked = 0; looked < all.length && now() < until; looked++) {
        const [sheet, owner] = all[turn % all.length] ?? [];
        if (!sheet) break;
        if (look(sheet, until, now)) {
          turn++;
          continue;
        }
        if (!isChanged(sheet)) break;
        found = true;
        mark(context, sheet, owner);
        turn++;
      }
      return found;
    },
  };

  /** @returns whether the end of the sheet was reached and nothing found */
  function look(sheet: SentSheet, until: number, now: () => number): boolean {
    const rules = rulesOf(sheet.source);
    // With imported sheets places do not correspond: those are looked at by their number only.
    if (!rules || sheet.wanted || rules.length !== sheet.rules.length) return true;
    for (; sheet.next < rules.length; sheet.next++) {
      if (sheet.next % 8 === 0 && now() > until) return false;
      if (rules[sheet.next]?.cssText !== sheet.rules[sheet.next]?.css) return false;
    }
    sheet.next = 0;
    return true;
  }

  function isChanged(sheet: SentSheet): boolean {
    const rule = rulesOf(sheet.source)?.[sheet.next];
    return rule !== undefined && rule.cssText !== sheet.rules[sheet.next]?.css;
  }
}

/** @returns whether all of it was told */
function tellRules(
  { gate, draft, hasTime }: Context,
  sheet: SentSheet,
  wanted: readonly SourceRule[],
): boolean {
  const diff = diffLists(sheet.rules, wanted, sameRule);
  sheet.wanted = null;
  if (!diff) return true;
  const { start, deleted, end } = diff;
  const told: string[] = [];
  let at = start;
  for (; at < end && (at === start || hasTime()); at++) {
    const rule = wanted[at];
    if (rule) told.push(gate.css(rule.css, sheet.scope, "sheet", rule.base).value);
  }
  draft.r.push([sheet.id, start, deleted, ...told]);
  sheet.told = [...sheet.told.slice(0, start), ...told, ...sheet.told.slice(start + deleted)];
  sheet.rules = [...wanted.slice(0, at), ...wanted.slice(end)];
  sheet.next = 0;
  if (at === end) return true;
  sheet.wanted = wanted;
  return false;
}

function rulesOf(source: CSSStyleSheet | null): CSSRuleList | null {
  try {
    return source?.cssRules ?? null;
  } catch {
    return null;
  }
}

const countOf = (source: CSSStyleSheet | null): number => rulesOf(source)?.length ?? -1;

/** A sheet that several parts adopt is told as the most private of them demands. */
const strictest = (one: Scope, other: Scope): Scope => (one | other) & ~(SHOW & ~(one & other));
