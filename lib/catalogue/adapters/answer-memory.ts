/** What a shop's system answered, for a while: the same question is not asked twice at once, and a shop that is away is not empty. */
import { isPassing } from "./connection-problem";
import type { Fresh } from "./port";

/** Milliseconds. Older answers say nothing any more, whatever happens: a day. */
const MAX_AGE_MS = 86_400_000;

export interface MemoryBounds {
  /** Milliseconds for which an answer is as good as asking again. */
  readonly freshMs: number;
  readonly maxAnswers: number;
  /** Characters of all answers as JSON. */
  readonly maxChars: number;
}

export interface AnswerMemory<T> {
  /**
   * The remembered answer while it is fresh; else what `ask` says now; and when the shop's system is away, what it said
   * before, marked as stale. @throws what `ask` threw when nothing is remembered
   */
  get(key: string, ask: () => Promise<T>): Promise<Fresh<T>>;
}

interface Remembered<T> {
  readonly value: T;
  readonly chars: number;
  readonly at: number;
}

export function createAnswerMemory<T>(bounds: MemoryBounds, now: () => number = Date.now): AnswerMemory<T> {
  /** Least recently used first. */
  const answers = new Map<string, Remembered<T>>();
  const asking = new Map<string, Promise<T>>();
  let chars = 0;

  function forget(key: string): void {
    chars -= answers.get(key)?.chars ?? 0;
    answers.delete(key);
  }

  function remember(key: string, entry: Remembered<T>): void {
    forget(key);
    answers.set(key, entry);
    chars += entry.chars;
    for (const oldest of answers.keys()) {
      if (answers.size <= bounds.maxAnswers && chars <= bounds.maxChars) return;
      forget(oldest);
    }
  }

  function askOnce(key: string, ask: () => Promise<T>): Promise<T> {
    const running = asking.get(key);
    if (running !== undefined) return running;
    const started = ask()
      .then((value) => {
        remember(key, { value, chars: JSON.stringify(value)?.length ?? 0, at: now() });
        return value;
      })
      .finally(() => asking.delete(key));
    asking.set(key, started);
    return started;
  }

  return {
    async get(key, ask) {
      const old = answers.get(key);
      if (old !== undefined && now() - old.at < bounds.freshMs) {
        answers.delete(key);
        answers.set(key, old);
        return { value: old.value, asOf: new Date(old.at), stale: false };
      }
      try {
        return { value: await askOnce(key, ask), asOf: new Date(now()), stale: false };
      } catch (error) {
        if (old === undefined || !isPassing(error) || now() - old.at > MAX_AGE_MS) throw error;
        return { value: old.value, asOf: new Date(old.at), stale: true };
      }
    },
  };
}
