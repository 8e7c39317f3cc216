/**
 * The one gate of the mirror: what of a page's element, text, attribute, field, style, address or title may leave the
 * customer's browser. Capture and the linter ask the same gate. It reads and decides; it keeps nothing but what was typed
 * into protected fields, and never throws: what it cannot judge does not leave.
 */
import { type AddressBook, openAddressBook } from "./address-book";
import { pageAddress } from "./addresses";
import { fieldKind } from "./field-kind";
import type { GateContext } from "./gate-context";
import { judgeAttribute } from "./judge-attribute";
import { judgeCss } from "./judge-css";
import { judgeElement } from "./judge-element";
import { judgeField, noticeField } from "./judge-field";
import { judgeImage } from "./judge-image";
import { maskReason } from "./mask-reason";
import { FILLED, maskText } from "./mask-text";
import type { Policy } from "./policy";
import type { DomReader } from "./read-dom";
import { chainOf, DENY, EDIT, HIDE, MASK, NO_CONTROL, ownScope, type Scope } from "./scope";
import { openStyledData, type StyledData } from "./styled-data";
import { openTaint, type Taint } from "./taint";
import {
  boxed,
  type ControlVerdict,
  dropped,
  type FieldVerdict,
  masked,
  shown,
  type Verdict,
} from "./verdict";

export interface Gate {
  /** What holds inside an element, from what holds around it: 0 above the root. */
  enter(element: Element, around: Scope): Scope;
  /** The same from the element alone, by going up. */
  scopeOf(element: Element): Scope;
  /** Remembers what a field holds. For every field before anything of the page is sent, then on changes. */
  notice(element: Element, scope: Scope): void;
  /** A field that was a password field a moment ago: `oldValue` of a mutation says so. */
  noticePassword(element: Element): void;
  element(element: Element, scope: Scope): Verdict;
  text(value: string, scope: Scope): Verdict;
  /** @param base what relative addresses start from, where it is not the page's: in frames */
  attribute(element: Element, name: string, value: string, scope: Scope, base?: string): Verdict;
  /** Null for what is no field. */
  field(element: Element, scope: Scope): FieldVerdict | null;
  css(text: string, scope: Scope, place: "sheet" | "inline", base?: string): Verdict;
  /** A picture's address, as in an attribute; of a style sheet that the page may not read. */
  address(value: string, scope: Scope, base?: string): Verdict;
  /** @param scope of the root element */
  title(value: string, scope: Scope): Verdict;
  pageAddress(value: string): Verdict;
  /** What a number in place of an address stands for: for the capture that serves it. */
  addressOf(key: string): string | null;
  control(element: Element, scope: Scope): ControlVerdict;
  /** Sheets that the page may read are told here, before attributes are asked for. */
  readonly styled: StyledData;
}

/** What outlives a change of the rules: fields that ever were passwords, what was typed, and what numbers stand for. */
export interface GateMemory {
  readonly passwords: WeakSet<Element>;
  readonly taint: Taint;
  readonly book: AddressBook;
}

export const openGateMemory = (): GateMemory => ({
  passwords: new WeakSet(),
  taint: openTaint(),
  book: openAddressBook(),
});

/**
 * @param base address that relative ones start from
 * @param memory one for the life of a document, whatever rules come and go
 */
export function openGate(policy: Policy, reader: DomReader, base: string, memory: GateMemory): Gate {
  const { passwords, taint } = memory;
  const addresses = { base, urlParams: policy.urlParams, clean: (text: string) => taint.clean(text) };
  const context: GateContext = {
    policy,
    reader,
    taint,
    styled: openStyledData(),
    addresses,
    book: memory.book,
    wasPassword: (element) => passwords.has(element),
  };

  const text = (value: string, scope: Scope): Verdict => {
    if (policy.mode === "off") return dropped("mirror off");
    if (scope & HIDE) return dropped("hide rule");
    if (!/\S/.test(value)) return shown(value);
    const reason = maskReason(policy, scope);
    // What is typed in place tells its length and rhythm no more than what is typed into a field.
    if (reason) return masked(scope & (EDIT | DENY) ? FILLED : maskText(value), reason);
    const told = taint.clean(value);
    return told === value ? shown(value) : masked(told, "echo of a field");
  };

  return {
    styled: context.styled,
    enter: (element, around) => attempt(() => around | ownScope(reader, policy, element), HIDE | NO_CONTROL),
    scopeOf: (element) =>
      attempt(() => {
        const chain = chainOf(reader, element);
        if (!chain) return HIDE | NO_CONTROL;
        return chain.reduce((scope, above) => scope | ownScope(reader, policy, above), 0);
      }, HIDE | NO_CONTROL),
    notice: (element, scope) =>
      attempt(() => {
        if (reader.field(element)?.type === "password") passwords.add(element);
        noticeField(context, element, scope);
      }, undefined),
    noticePassword: (element) => void passwords.add(element),
    element: (element, scope) => attempt(() => judgeElement(reader, policy, element, scope), boxed("failed")),
    text: (value, scope) => attempt(() => text(value, scope), dropped("failed")),
    attribute: (element, name, value, scope, own = base) =>
      attempt(() => {
        addresses.base = own;
        return judgeAttribute(context, element, name, value, scope);
      }, dropped("failed")),
    field: (element, scope) =>
      attempt(() => judgeField(context, element, scope), { as: "dropped", state: null, why: "failed" }),
    css: (css, scope, place, own = base) =>
      attempt(() => {
        addresses.base = own;
        return judgeCss(context, css, scope, place);
      }, dropped("failed")),
    address: (value, scope, own = base) =>
      attempt(() => {
        addresses.base = own;
        if (policy.mode === "off" || scope & HIDE) return dropped("hide rule");
        return judgeImage(context, value, scope);
      }, dropped("failed")),
    title: (value, scope) => attempt(() => text(value, scope), dropped("failed")),
    pageAddress: (value) =>
      attempt(() => {
        addresses.base = base;
        const told = policy.mode === "off" ? null : pageAddress(value, context.addresses);
        if (told === null) return dropped(policy.mode === "off" ? "mirror off" : "not listed");
        return told === value ? shown(told) : masked(told, "query or token");
      }, dropped("failed")),
    addressOf: (key) => memory.book.addressOf(key),
    control: (element, scope) =>
      attempt<ControlVerdict>(
        () => {
          if (policy.mode === "off") return { allowed: false, why: "mirror off" };
          if (policy.controlsNothing || policy.masksAll) return { allowed: false, why: "unreadable rules" };
          if (scope & NO_CONTROL) return { allowed: false, why: "no-control rule" };
          if (scope & HIDE) return { allowed: false, why: "hide rule" };
          if (scope & (MASK | DENY))
            return { allowed: false, why: scope & DENY ? "secret field" : "mask rule" };
          const kind = fieldKind(reader, element, context.wasPassword);
          if (kind === "secret") return { allowed: false, why: "secret field" };
          if (kind === "typed" && judgeField(context, element, scope)?.as !== "shown")
            return { allowed: false, why: "field" };
          return { allowed: true, why: "visible" };
        },
        { allowed: false, why: "failed" },
      ),
  };
}

/** The page must not notice us, and what we could not judge must not leave. */
function attempt<T>(judge: () => T, otherwise: T): T {
  try {
    return judge();
  } catch {
    return otherwise;
  }
}
