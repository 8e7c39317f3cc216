/** A row of a table by its columns' names, for platforms whose exports always have the same ones. */
export type NamedRow = (column: string) => string;

/** Names differ in case and blanks between a platform's versions. */
export function nameColumns(header: readonly string[]): (cells: readonly string[]) => NamedRow {
  const at = new Map(header.map((name, index) => [plain(name), index]));
  return (cells) => (column) => {
    const index = at.get(plain(column));
    return index === undefined ? "" : (cells[index]?.trim() ?? "");
  };
}

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
