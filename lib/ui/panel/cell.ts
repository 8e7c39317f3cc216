"use client";
/** A value that can be watched, outside React: gestures change cameras sixty times a second, screens only read along. */
import { useSyncExternalStore } from "react";

export interface Cell<T> {
  get(): T;
  /** Tells nobody when the value is the same. */
  set(next: T): void;
  /** @returns unsubscribe */
  subscribe(listener: () => void): () => void;
}

export function cell<T>(initial: T): Cell<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function useCell<T>(source: Cell<T>): T {
  return useSyncExternalStore(source.subscribe, source.get, source.get);
}

/** Renders again only when the picked value changes. @param pick answers a primitive */
export function usePicked<T, P extends string | number | boolean>(source: Cell<T>, pick: (value: T) => P): P {
  const read = () => pick(source.get());
  return useSyncExternalStore(source.subscribe, read, read);
}
