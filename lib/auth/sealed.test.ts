import { beforeAll, describe, expect, it } from "vitest";
import { configSlot } from "@/lib/protocol/config-slot";
import { seal, unseal } from "./sealed";

const config = { publicUrl: "http://127.0.0.1:3000", dataDir: "/nowhere", version: "0", embedded: true };
const installedWith = (secret: string) => configSlot.provide({ ...config, secret });
const unreadable = { name: "AppError", code: "unavailable" };

beforeAll(() => installedWith("a secret of this test, long enough to seal"));

describe("sealed secrets", () => {
  it("[AU9] come back as they were, and lie there unreadable, differently every time", async () => {
    const secret = "consumer_secret=cs_1234 äöü";
    const [one, two] = [await seal(secret), await seal(secret)];
    expect(one).not.toBe(two);
    expect(one).not.toContain("cs_1234");
    expect(Buffer.from(one, "base64url").toString()).not.toContain("cs_1234");
    expect(await unseal(one)).toBe(secret);
  });

  it("[AU9] altered, cut, foreign or no such thing at all, they are refused", async () => {
    const sealed = await seal("secret");
    const parts = sealed.split(".");
    parts[3] = Buffer.from("other").toString("base64url");
    for (const broken of [parts.join("."), sealed.slice(0, -6), "", "not sealed", "a.b.c.d.e"]) {
      await expect(unseal(broken)).rejects.toMatchObject(unreadable);
    }
    installedWith("the secret of another installation");
    await expect(unseal(sealed)).rejects.toMatchObject(unreadable);
  });
});
