/**
 * Whether `typed` is `word`, or the beginning of it, with one typing mistake: a letter wrong, missing, too many, or two
 * that follow each other swapped. 1: the whole word, 2: its beginning, null: neither.
 */
export function oneMistake(typed: string, word: string): 1 | 2 | null {
  const a = [...typed];
  const b = [...word];
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1;
  const from = (text: readonly string[], at: number) => text.slice(at).join("");
  const rests = [
    // One wrong, one missing in what was typed, one too many, two swapped.
    [from(a, same + 1), from(b, same + 1)],
    [from(a, same), from(b, same + 1)],
    [from(a, same + 1), from(b, same)],
    ...(a[same] === b[same + 1] && a[same + 1] === b[same] ? [[from(a, same + 2), from(b, same + 2)]] : []),
  ];
  if (rests.some(([typedRest = "", wordRest = ""]) => typedRest === wordRest)) return 1;
  return rests.some(([typedRest = "", wordRest = ""]) => wordRest.startsWith(typedRest)) ? 2 : null;
}
