import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { closeCodes } from "@/lib/protocol/close-codes";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import type { MirrorClient } from "@/tests/support/mirror/mirror-client";
import { type MirrorWorld, startMirrorWorld } from "@/tests/support/mirror/mirror-world";
import { until } from "@/tests/support/sync/until";
import { isResumeWord, newResumeWord } from "./resume-word";

let database: TestDatabase;
let world: MirrorWorld;
beforeAll(async () => {
  database = await openTestDatabase("postgres");
});
afterAll(() => database.close());
beforeEach(async () => {
  world = await startMirrorWorld(database);
});
afterEach(() => world.close());

const wordOf = (client: MirrorClient) => client.of("sharing").at(-1)?.resume ?? "";
const stored = () =>
  database.db.mirrorSession.findFirstOrThrow({ where: { conversationId: world.conversationId } });

describe("a page load", () => {
  it("[MI102] goes on with the word that the tab was given, each time a new one; viewers stay", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    await customer.close();
    await until("waited for", () => anna.state.state.phase === "suspended");
    const next = await world.open("customer");
    await next.asked({ type: "share", resume: wordOf(customer) });
    expect(next.state).toMatchObject({ here: true, state: { phase: "live" } });
    expect(next.of("send-full")).toHaveLength(1);
    expect(wordOf(next)).not.toBe(wordOf(customer));
    next.send("full", 2, 0, "next page");
    await until("goes on", () => anna.payloads().at(-1) === "next page");
    expect(anna.of("wipe")).toEqual([]);
    await next.close();
    const third = await world.open("customer");
    await third.asked({ type: "share", resume: wordOf(customer) });
    expect(third.refusals()).toEqual(["share forbidden"]);
    await third.asked({ type: "share", resume: wordOf(next) });
    expect(third.state.state.phase).toBe("live");
  });

  it("[MI102] with a wrong word does not; asked again, she can agree anew", async () => {
    const customer = await world.share("page");
    await customer.close();
    const next = await world.open("customer");
    for (const resume of ["", "x", `${wordOf(customer)}x`, wordOf(customer).slice(0, -1)]) {
      await next.asked({ type: "share", resume });
    }
    expect(next.refusals()).toEqual(Array(4).fill("share forbidden"));
    expect(next.state.state.phase).toBe("suspended");
    next.send("full", 2, 0, "page");
    await next.asked({ type: "share", resume: null });
    expect(next.state.state.phase).toBe("live");
    expect(world.refused).toContain("not-live");
  });

  it("[MI102] that does not come wipes what viewers see, and then ends it", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    await customer.close();
    await until("waited for", () => anna.state.state.phase === "suspended");
    world.ahead = 5_000;
    await anna.asked({ type: "watch" });
    expect(anna.of("wipe")).toHaveLength(1);
    expect(anna.state.state.phase).toBe("suspended");
    world.ahead = 120_000;
    await anna.asked({ type: "watch" });
    expect(anna.of("ended")).toEqual([{ type: "ended", reason: "timed-out" }]);
    const late = await world.open("customer");
    await late.asked({ type: "share", resume: wordOf(customer) });
    expect(late.refusals()).toEqual(["share conflict"]);
  });

  it("[MI120] the word is of 128 bits, never the same, and known to the database as a hash alone", async () => {
    const customer = await world.share("page");
    const word = wordOf(customer);
    expect(Buffer.from(word, "base64url")).toHaveLength(16);
    const hash = createHash("sha256").update(word).digest("hex");
    await until("stored", () => world.changed.length > 0);
    const row = await stored();
    expect(row.resumeHash).toBe(hash);
    expect(JSON.stringify(row)).not.toContain(word);
    const words = Array.from({ length: 1_000 }, () => newResumeWord());
    expect(new Set(words.map(({ word: made }) => made)).size).toBe(1_000);
    for (const { word: made, hash: its } of words.slice(0, 20)) {
      expect(isResumeWord(made, its)).toBe(true);
      expect(isResumeWord(made, hash)).toBe(false);
      expect(isResumeWord(made, null)).toBe(false);
    }
  });
});

describe("what is over by its time", () => {
  it("[MI106] and what begins in the same moment are two mirrors", async () => {
    const anna = await world.open("anna");
    await anna.asked({ type: "propose" });
    world.ahead = 60_000;
    await anna.asked({ type: "propose" });
    const customer = await world.open("customer");
    await customer.asked({ type: "share", resume: null });
    await customer.close();
    await until("waited for", () => anna.state.state.phase === "suspended");
    world.ahead = 200_000;
    const again = await world.open("customer");
    await again.asked({ type: "share", resume: null });
    await world.stop();
    const where = { conversationId: world.conversationId };
    const rows = await database.db.mirrorSession.findMany({ where, orderBy: { createdAt: "asc" } });
    expect(rows.map(({ phase, endReason }) => `${phase} ${endReason}`)).toEqual([
      "ended unanswered",
      "ended timed-out",
      "suspended null",
    ]);
  });
});

describe("a server that stops", () => {
  it("[MI121] sends everybody elsewhere, and the next goes on without asking the customer again", async () => {
    const customer = await world.share("page");
    const anna = await world.watch("anna");
    await anna.asked({ type: "ask-write" });
    await customer.asked({ type: "grant-write", participantId: world.people.anna.participantId });
    await world.stop();
    await until("told", () => customer.closeCode !== null && anna.closeCode !== null);
    expect([customer.closeCode, anna.closeCode]).toEqual([closeCodes.restarting, closeCodes.restarting]);
    expect(await stored()).toMatchObject({ phase: "suspended", endedAt: null });
    world.start();
    const back = await world.watch("anna");
    expect(back.state.state).toMatchObject({ phase: "suspended", writer: null });
    const again = await world.open("customer");
    await again.asked({ type: "share", resume: wordOf(customer) });
    expect(again.state).toMatchObject({ here: true, state: { phase: "live", writer: null } });
    again.send("full", 2, 0, "page again");
    await until("goes on", () => back.payloads().at(-1) === "page again");
    await again.asked({ type: "stop" });
    await world.stop();
    const row = await stored();
    expect(row).toMatchObject({ phase: "ended", endReason: "customer", resumeHash: null });
    expect(row.startedAt?.getTime()).toBe(customer.state.state.since);
    expect(row.wrote).toMatchObject([{ participantId: world.people.anna.participantId }]);
  });

  it("[MI121] what she had paused is paused after it", async () => {
    const customer = await world.share("page");
    await customer.asked({ type: "pause", reason: "customer" });
    await world.stop();
    world.start();
    const again = await world.open("customer");
    await again.asked({ type: "share", resume: wordOf(customer) });
    expect(again.state.state).toMatchObject({ phase: "paused", pausedFor: "customer" });
  });

  it("[MI121] a proposal waits for its answer through it", async () => {
    const anna = await world.open("anna");
    await anna.asked({ type: "propose" });
    await world.stop();
    world.start();
    const customer = await world.open("customer");
    expect(customer.state.state).toMatchObject({
      phase: "proposed",
      proposedBy: world.people.anna.participantId,
    });
    await customer.asked({ type: "refuse" });
    await world.stop();
    expect(await stored()).toMatchObject({ phase: "ended", endReason: "refused", startedAt: null });
  });

  it("[MI121] one that died leaves a mirror that is waited for from when it was last seen, and then ended", async () => {
    const customer = await world.share("page");
    await world.stop();
    // As a server leaves it that had no time to store anything.
    const seenAt = new Date(Date.now() - 110_000);
    const { id } = await stored();
    await database.db.mirrorSession.update({ where: { id }, data: { phase: "live", until: null, seenAt } });
    world.start();
    const again = await world.open("customer");
    expect(again.state.state).toMatchObject({ phase: "suspended", until: seenAt.getTime() + 120_000 });
    await again.asked({ type: "share", resume: wordOf(customer) });
    expect(again.state.state.phase).toBe("live");
    await world.stop();
    const long = new Date(Date.now() - 200_000);
    await database.db.mirrorSession.update({
      where: { id },
      data: { phase: "live", until: null, seenAt: long },
    });
    // Nobody comes: the server looks by itself.
    world.start();
    const before = world.changed.length;
    await until("found", () => world.changed.length > before);
    expect(await stored()).toMatchObject({ phase: "ended", endReason: "timed-out" });
  });

  it("[MI121] a database that is away for a while is caught up with", async () => {
    const customer = await world.open("customer");
    const upsert = vi.spyOn(database.db.mirrorSession, "upsert");
    for (let failure = 0; failure < 3; failure++) upsert.mockRejectedValueOnce(new Error("away"));
    await customer.asked({ type: "share", resume: null });
    await until("stored", () => world.changed.length > 0);
    upsert.mockRestore();
    expect(await stored()).toMatchObject({ phase: "live" });
    expect(world.logged.join()).toContain("a mirror was not stored");
  });
});
