/** Names in a sentence; the list is written as the page's language writes lists where the browser knows how. */
export function fillNames(sentence: string, names: readonly string[]): string {
  return sentence.replace("{names}", () => names.join(", "));
}
