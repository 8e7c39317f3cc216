/** What is drawn over a mirrored page. Apart from its schemas: shops' pages load this, and no schema library. */

/** Named as the panel's marks are. */
export const pageMarkKinds = ["arrow", "ellipse", "pen", "highlighter"] as const;
export type PageMarkKind = (typeof pageMarkKinds)[number];

export function isPageMarkKind(value: string): value is PageMarkKind {
  return pageMarkKinds.some((kind) => kind === value);
}

/** Points of one mark: a hand's stroke across a large screen, thinned. */
export const MAX_PAGE_MARK_POINTS = 160;
