/** One node: everybody who is in a room is in it here. */
import type { Fanout } from "./ports";

const nothing = () => undefined;

export const alone: Fanout = {
  join: () => ({
    nodeId: "",
    holders: () => [],
    send: nothing,
    sendTo: nothing,
    ask: nothing,
    leave: nothing,
  }),
  announce: nothing,
  onNotice: nothing,
};
