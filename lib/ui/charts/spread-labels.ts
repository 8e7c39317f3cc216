/** Height of a label, two lines of small words. Pixels. */
const LABEL_PX = 30;

/** Labels beside the ends of their lines, in order and moved apart where they would lie on one another. */
export function spreadLabels<Label extends { readonly top: number }>(
  labels: readonly Label[],
  height: number,
): Label[] {
  const placed = labels.toSorted((a, b) => a.top - b.top);
  let floor = Number.NEGATIVE_INFINITY;
  const down = placed.map((label) => {
    const top = Math.max(label.top, floor);
    floor = top + LABEL_PX;
    return { ...label, top };
  });
  let ceiling = height;
  return down.reverse().map((label) => {
    const top = Math.min(label.top, ceiling);
    ceiling = top - LABEL_PX;
    return { ...label, top };
  });
}
