import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { MalformedFrame } from "./frame";
import { ownPart } from "./own-structs";

const keys = (doc: Y.Doc) => [...doc.getMap("marks").keys()].sort();

/** A server's copy of what Anna and Bea had drawn, and their own copies, in which both went on. */
function world() {
  const [anna, bea] = [new Y.Doc(), new Y.Doc()];
  anna.getMap("marks").set("a1", new Y.Map([["x", 1]]));
  bea.getMap("marks").set("b1", new Y.Map([["x", 1]]));
  const exchange = () => {
    Y.applyUpdate(anna, Y.encodeStateAsUpdate(bea));
    Y.applyUpdate(bea, Y.encodeStateAsUpdate(anna));
  };
  exchange();
  const server = new Y.Doc();
  Y.applyUpdate(server, Y.encodeStateAsUpdate(anna));
  const answer = () => Y.encodeStateAsUpdate(anna, Y.encodeStateVector(server));
  const isAnnas = (clientId: number) => clientId === anna.clientID;
  return { anna, bea, server, exchange, answer, isAnnas };
}

describe("what may be brought of an answer", () => {
  it("[SY47] an answer with one's own structs only is taken as it is, byte for byte", () => {
    const { anna, server, answer, isAnnas } = world();
    anna.getMap("marks").set("a2", 1);
    anna.getMap("marks").delete("b1");
    const update = answer();
    const part = ownPart(server, update, isAnnas);
    expect(part.whole).toBe(true);
    expect(part.update).toBe(update);
  });

  it("[SY47] others' structs are left out, one's own arrive", () => {
    const { anna, bea, server, exchange, answer, isAnnas } = world();
    bea.getMap("marks").set("b2", 1);
    exchange();
    anna.getMap("marks").set("a2", 1);
    const part = ownPart(server, answer(), isAnnas);
    expect(part.whole).toBe(false);
    Y.applyUpdate(server, part.update);
    expect(server.store.pendingStructs).toBeNull();
    expect(keys(server)).toEqual(["a1", "a2", "b1"]);
    expect(Y.getState(server.store, bea.clientID)).toBeLessThan(Y.getState(bea.store, bea.clientID));
    Y.applyUpdate(server, Y.encodeStateAsUpdate(bea, Y.encodeStateVector(server)));
    expect(keys(server)).toEqual(["a1", "a2", "b1", "b2"]);
  });

  it("[SY47] deletions are kept up to what is known, and the rest comes with the next answer", () => {
    const { anna, bea, server, exchange, answer, isAnnas } = world();
    bea.getMap("marks").set("b2", 1);
    exchange();
    anna.getMap("marks").delete("b1");
    anna.getMap("marks").delete("b2");
    anna.getMap("marks").set("a2", 1);
    const first = ownPart(server, answer(), isAnnas);
    expect(first.whole).toBe(false);
    Y.applyUpdate(server, first.update);
    expect(server.store.pendingDs).toBeNull();
    expect(keys(server)).toEqual(["a1", "a2"]);
    // Bea returns without having seen the deletion.
    Y.applyUpdate(server, Y.encodeStateAsUpdate(bea, Y.encodeStateVector(server)));
    expect(keys(server)).toEqual(["a1", "a2", "b2"]);
    const second = ownPart(server, answer(), isAnnas);
    expect(second.whole).toBe(true);
    Y.applyUpdate(server, second.update);
    expect(keys(server)).toEqual(["a1", "a2"]);
  });

  it("[SY47] bytes that do not decode are refused", () => {
    const { server, isAnnas } = world();
    expect(() => ownPart(server, new Uint8Array([1, 2, 3, 255]), isAnnas)).toThrow(MalformedFrame);
  });
});
