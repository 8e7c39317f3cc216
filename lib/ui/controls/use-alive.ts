import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * False on the server and until the page has come alive in the browser. What is typed into a field before that would be
 * lost, and its Enter with it: such a field appears when this turns true.
 */
export function useAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
