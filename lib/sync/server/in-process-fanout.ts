/** One node: everybody who is in a room is in it here. */
import type { Fanout } from "./ports";

export const inProcessFanout: Fanout = {
  join: () => ({ publish: () => undefined, leave: () => undefined }),
};
