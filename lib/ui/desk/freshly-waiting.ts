/** Who is to be rung for: who waits now and was not waiting before. Before the first look nobody is new. */
export function freshlyWaiting<One extends { readonly conversationId: string }>(
  before: ReadonlySet<string> | null,
  waiting: readonly One[],
): readonly One[] {
  return before === null ? [] : waiting.filter((one) => !before.has(one.conversationId));
}
