/** Everything that has been told, once more, for somebody who comes late: written from memory, the page is not asked. */
import type { PageFacts } from "../wire/page-message";
import type { Context } from "./context";
import { type Draft, openDraft } from "./draft";
import type { SentSheet } from "./sent-sheet";
import { rowOf } from "./tell-lists";

export function fullDraft(
  { tree, sheets }: Context,
  page: PageFacts,
  view: Pick<Draft, "t" | "f" | "e">,
): Draft {
  const draft = openDraft();
  const addSheet = ({ id, told, media, disabled, href }: SentSheet) => {
    if (told.length > 0) draft.r.push([id, 0, 0, ...told]);
    if (media || disabled || href) draft.m.push(href ? [id, media, disabled, href] : [id, media, disabled]);
  };
  for (const sent of tree.all()) {
    const { id, children, root, told, attributes } = sent;
    draft.n.push(rowOf(sent));
    if (children.length > 0) draft.k.push([id, 0, 0, ...children.map((child) => child.id)]);
    if (root) draft.h.push([id, root.id]);
    for (const [name, value] of attributes) if (name.startsWith(":")) draft.a.push([id, name, value]);
    if (told.field) draft.v.push(told.field);
    if (told.scroll) draft.s.push([id, ...told.scroll]);
    if (told.picture) draft.p.push([id, "", told.picture]);
    if (told.animations) draft.w.push(...told.animations);
    if (told.sheet) addSheet(told.sheet);
    if (told.adopted) draft.d.push([id, ...told.adopted.map((sheet) => sheet.id)]);
  }
  for (const sheet of sheets.adopted.values()) addSheet(sheet);
  return Object.assign(draft, view, { page });
}
