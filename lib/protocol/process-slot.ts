/**
 * A value shared by everything that runs in one server process. Next's bundle and ours each carry their own copy
 * of a module, so a module-level variable would exist twice; a slot exists once.
 */
export interface ProcessSlot<T> {
  /** @throws Error when nothing was provided yet. */
  get(): T;
  find(): T | undefined;
  provide(value: T): void;
}

export function processSlot<T>(name: string): ProcessSlot<T> {
  const key = Symbol.for(`vetrina.${name}`);
  const holder = globalThis as unknown as Record<symbol, T | undefined>;
  return {
    get() {
      const value = holder[key];
      if (value === undefined)
        throw new Error(`${name} is not provided: the server's composition root has not run`);
      return value;
    },
    find: () => holder[key],
    provide(value) {
      holder[key] = value;
    },
  };
}
