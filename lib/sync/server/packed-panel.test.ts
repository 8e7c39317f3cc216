import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { participantIdSchema } from "@/lib/protocol/ids";
import { packPanel, unpackPanel } from "./packed-panel";

it("[SY102] a packed panel is the same one, whatever memory its parts lay in, and leaves that alone", () => {
  const participantId = participantIdSchema.parse(randomUUID());
  const memory = Uint8Array.from({ length: 64 }, (_, index) => index);
  const panel = {
    snapshot: { state: memory.subarray(40), owners: new Map([[7, participantId]]) },
    updates: [
      { participantId, update: memory.subarray(3, 9) },
      { participantId: null, update: memory.subarray(9, 9) },
      { participantId: null, update: memory.subarray(20, 33) },
    ],
  };
  const packed = packPanel(panel);
  const moved = structuredClone(packed, { transfer: [packed.bytes.buffer, packed.lengths.buffer] });
  expect(unpackPanel(moved)).toEqual(panel);
  expect(packed.snapshot?.state.buffer.byteLength).toBe(24);
  expect(memory).toHaveLength(64);
});
