/** Storage of the shop's own page; when the browser refuses it, memory, so that everything works until the next page. */
export interface Box {
  read(name: string): string | null;
  write(name: string, value: string | null): void;
}

export function openBox(getStorage: () => Storage): Box {
  const memory = new Map<string, string>();
  return {
    read(name) {
      try {
        return getStorage().getItem(name) ?? memory.get(name) ?? null;
      } catch {
        return memory.get(name) ?? null;
      }
    },
    write(name, value) {
      if (value === null) memory.delete(name);
      else memory.set(name, value);
      try {
        if (value === null) getStorage().removeItem(name);
        else getStorage().setItem(name, value);
      } catch {
        // Refused or full: memory has it.
      }
    },
  };
}
