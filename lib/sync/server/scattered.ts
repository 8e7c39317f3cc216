/**
 * `many`, more or less by up to `share` of it: rooms that are drawn on at one rate do not all do the same in the same moment.
 * @param share 0 to 1
 */
export const scattered = (many: number, share: number): number =>
  Math.round(many * (1 + share * (2 * Math.random() - 1)));
