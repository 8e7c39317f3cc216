/** Attributes, texts, fields and scroll offsets that differ from what was told. Bounded by time. */
import { pseudoStates } from "../wire/page-message";
import { noAnimation } from "./animations";
import type { Context } from "./context";
import { fieldRow, tellAttribute, tellText } from "./describe-node";
import { isDocument, isElement } from "./page-dom";
import type { SentNode } from "./sent-tree";

/** @returns whether everything was reached */
export function tellChanges(context: Context): boolean {
  const { dirty, tree } = context;
  const isKnown = (sent: SentNode) => tree.byId(sent.id) === sent;
  if (dirty.styled) {
    dirty.styled = false;
    for (const sent of tree.all()) if (sent.row[1] === 1) dirty.restyled.add(sent);
  }
  for (const sent of dirty.restyled) {
    if (!context.hasTime()) return false;
    dirty.restyled.delete(sent);
    tellStyled(context, sent);
  }
  for (const [sent, names] of dirty.attributes) {
    if (!context.hasTime()) return false;
    dirty.attributes.delete(sent);
    if (isKnown(sent)) tellAttributes(context, sent, names);
  }
  for (const sent of dirty.texts) {
    if (!context.hasTime()) return false;
    dirty.texts.delete(sent);
    if (isKnown(sent)) tellNewText(context, sent);
  }
  for (const sent of dirty.fields) {
    if (!context.hasTime()) return false;
    dirty.fields.delete(sent);
    if (isKnown(sent)) tellField(context, sent);
  }
  for (const sent of dirty.scrolls) {
    dirty.scrolls.delete(sent);
    if (isKnown(sent)) tellScroll(context, sent);
  }
  for (const { id, told } of dirty.pictures) context.draft.p.push([id, "", told.picture ?? ""]);
  dirty.pictures.clear();
  for (const { id, told } of dirty.animations)
    context.draft.w.push(...(told.animations?.length ? told.animations : [noAnimation(id)]));
  dirty.animations.clear();
  return true;
}

function tellAttributes(context: Context, sent: SentNode, names: ReadonlySet<string>): void {
  const { node, id, row, attributes, scope } = sent;
  if (row[1] !== 1 || !isElement(context.dom, node)) return;
  for (const name of names) {
    const value = context.dom.attribute(node, name);
    const told = value === null ? null : tellAttribute(context, node, name, value, scope);
    if (told === (attributes.get(name) ?? null)) continue;
    context.draft.a.push([id, name, told]);
    if (told === null) attributes.delete(name);
    else attributes.set(name, told);
  }
}

/** Attributes that leave only for the sake of a style sheet. */
function tellStyled(context: Context, sent: SentNode): void {
  const { dom, tree } = context;
  if (tree.byId(sent.id) !== sent || !isElement(dom, sent.node)) return;
  const isCustom = dom.tag(sent.node).includes("-");
  const names = new Set<string>();
  for (const { name } of dom.attributes(sent.node))
    if (isCustom || /^(data|aria)-/.test(name)) names.add(name);
  tellAttributes(context, sent, names);
}

function tellNewText(context: Context, sent: SentNode): void {
  const { row, node, id, around } = sent;
  const told = tellText(context, node, around);
  if (row[1] !== 3 || row[2] === told) return;
  sent.row = [id, 3, told];
  context.draft.x.push([id, told]);
}

function tellField(context: Context, sent: SentNode): void {
  const { node, told, row } = sent;
  if (row[1] !== 1 || !isElement(context.dom, node)) return;
  tellStates(context, sent, node);
  const now = fieldRow(context, sent, node);
  if (!now || now.join() === told.field?.join()) return;
  told.field = now;
  context.draft.v.push(now);
}

/** As attributes whose names begin with a colon. */
function tellStates({ dom, draft }: Context, { id, attributes }: SentNode, element: Element): void {
  for (const state of pseudoStates) {
    const name = `:${state}`;
    const holds = dom.matches(element, name);
    if (holds === attributes.has(name)) continue;
    draft.a.push([id, name, holds ? "" : null]);
    if (holds) attributes.set(name, "");
    else attributes.delete(name);
  }
}

function tellScroll(context: Context, sent: SentNode): void {
  const { dom } = context;
  const { node, told, id } = sent;
  const now = isDocument(dom, node)
    ? windowScroll(context, node)
    : isElement(dom, node)
      ? dom.scrolled(node)
      : null;
  const before = told.scroll ?? [0, 0];
  if (!now || (now[0] === before[0] && now[1] === before[1])) return;
  told.scroll = now;
  context.draft.s.push([id, ...now]);
}

function windowScroll({ dom }: Context, document: Document): readonly [number, number] | null {
  const view = dom.viewOf(document);
  return view && [Math.round(view.scrollX), Math.round(view.scrollY)];
}
