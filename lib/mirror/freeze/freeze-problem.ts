/** Why there is no picture of a page. gone: it is not shown any more; unreadable: this browser lets nobody read such a picture. */
export type FreezeWhy = "gone" | "too-large" | "unreadable";

export class FreezeProblem extends Error {
  override readonly name = "FreezeProblem";
  constructor(readonly why: FreezeWhy) {
    super(why);
  }
}
