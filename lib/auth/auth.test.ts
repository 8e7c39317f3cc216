import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ShopId } from "@/lib/protocol/ids";
import type { MemberRole } from "@/lib/protocol/roles";
import { createShop } from "@/lib/shops/create-shop";
import { changeRole, createPerson, listPeople, removePerson, resetPassword } from "@/lib/shops/people";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { getAuth, SIGN_IN_ATTEMPTS } from "./auth";
import { handleAuth } from "./handle-auth";
import { ownPath } from "./own-path";
import { findMember, requireMember } from "./require-member";
import { listSessions, revokeAllSessions, revokeSession } from "./sessions";

/** Each attempt costs a password hash, which is slow on purpose. */
const SLOW_MS = 120_000;

let database: TestDatabase;
let shopId: ShopId;
let addresses = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  shopId = (await createShop({ name: "Shop" })).shopId;
});
afterAll(() => database.close());

function signIn(email: string, password: string, address = `192.0.2.${++addresses}`): Promise<Response> {
  return getAuth().handler(
    new Request("http://127.0.0.1:3000/api/auth/sign-in/email", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: "http://127.0.0.1:3000",
        "x-vetrina-address": address,
        "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      },
      body: JSON.stringify({ email, password }),
    }),
  );
}

async function person(role: MemberRole, name: string) {
  const { person: made, password } = await createPerson(shopId, {
    name,
    email: `${name}@shop.example`,
    role,
  });
  const session = async () => {
    const answer = await signIn(made.email, password);
    expect(answer.status).toBe(200);
    return new Headers({
      cookie: answer.headers
        .getSetCookie()
        .map((line) => line.split(";")[0])
        .join("; "),
    });
  };
  return { ...made, password, session };
}

describe("signing in", () => {
  it("[AU2] the right password opens a session, the wrong one does not, and nobody signs themselves up", async () => {
    const anna = await person("agent", "anna");
    expect((await signIn(anna.email, "not-it-at-all")).status).toBe(401);
    expect((await signIn("nobody@shop.example", anna.password)).status).toBe(401);
    expect(await findMember(await anna.session())).toMatchObject({ name: "anna", role: "agent", shopId });
    const signUp = await getAuth().handler(
      new Request("http://127.0.0.1:3000/api/auth/sign-up/email", {
        method: "POST",
        headers: { "content-type": "application/json", origin: "http://127.0.0.1:3000" },
        body: JSON.stringify({ name: "Eve", email: "eve@evil.example", password: "long-enough-password" }),
      }),
    );
    expect(signUp.ok).toBe(false);
    expect(await database.db.user.count({ where: { email: "eve@evil.example" } })).toBe(0);
  });

  it("[AU8] a signed-in person renames nobody, not even themselves", async () => {
    const mallory = await person("agent", "mallory");
    const headers = await mallory.session();
    headers.set("content-type", "application/json");
    headers.set("origin", "http://127.0.0.1:3000");
    const call = (path: string, body: object) =>
      handleAuth(
        new Request(`http://127.0.0.1:3000/api/auth${path}`, {
          method: "POST",
          headers,
          body: JSON.stringify(body),
        }),
      );
    for (const path of ["/update-user", "/change-email", "/delete-user", "/link-social", "/sign-up/email"]) {
      const answer = await call(path, { name: "The admin", email: "e@evil.example", provider: "github" });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect(await findMember(headers)).toMatchObject({ name: "mallory" });
    expect((await call("/sign-out", {})).status).toBe(200);
    expect(await findMember(headers)).toBeNull();
  });

  it("[AU2] passwords are stored as hashes, and a new one ends every session", async () => {
    const bob = await person("agent", "bob");
    const headers = await bob.session();
    const account = await database.db.account.findFirstOrThrow({ where: { user: { email: bob.email } } });
    expect(account.password).not.toContain(bob.password);
    const next = await resetPassword(shopId, bob.memberId);
    expect(await findMember(headers)).toBeNull();
    expect((await signIn(bob.email, bob.password)).status).toBe(401);
    expect((await signIn(bob.email, next)).status).toBe(200);
  });

  it(
    "[AU3] the attempt after the last allowed one is refused even with the right password, from that address only",
    async () => {
      const carl = await person("agent", "carl");
      const address = "198.51.100.7";
      for (let n = 0; n < SIGN_IN_ATTEMPTS; n += 1) {
        expect((await signIn(carl.email, `guess number ${n}`, address)).status).toBe(401);
      }
      expect((await signIn(carl.email, carl.password, address)).status).toBe(429);
      expect((await signIn(carl.email, carl.password)).status).toBe(200);
      expect(await database.db.rateLimit.count({ where: { key: { contains: address } } })).toBe(1);
    },
    SLOW_MS,
  );

  it("[AU7] only a path of ours is followed", () => {
    expect(ownPath("/insights?from=1#x", "/desk")).toBe("/insights?from=1#x");
    for (const evil of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "/\t/evil.example",
      "/x/..//evil.example",
      "javascript:alert(1)",
      "",
      undefined,
    ]) {
      expect(ownPath(evil, "/desk")).toBe("/desk");
    }
  });
});

describe("members", () => {
  it("[AU4] each role opens what it may and no more", async () => {
    const manager = await (await person("manager", "mara")).session();
    expect(await requireMember(manager, "manager")).toMatchObject({ role: "manager" });
    expect(await requireMember(manager, "agent")).toMatchObject({ role: "manager" });
    await expect(requireMember(manager, "admin")).rejects.toMatchObject({ code: "forbidden" });
    await expect(requireMember(new Headers(), "agent")).rejects.toMatchObject({ code: "unauthorized" });
    const forged = new Headers({ cookie: "vetrina.session_token=abc.def" });
    await expect(requireMember(forged, "agent")).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("[AU4] somebody removed is out at once", async () => {
    const gone = await person("agent", "gone");
    const headers = await gone.session();
    expect(await findMember(headers)).not.toBeNull();
    await removePerson(shopId, gone.memberId);
    expect(await findMember(headers)).toBeNull();
    expect((await signIn(gone.email, gone.password)).status).toBe(401);
  });

  it("[AU5] the last admin can be neither removed nor made less, and another shop's people not at all", async () => {
    const other = await createShop({ name: "Other" });
    const { person: only } = await createPerson(other.shopId, {
      name: "O",
      email: "o@other.example",
      role: "admin",
    });
    await expect(removePerson(other.shopId, only.memberId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(changeRole(other.shopId, only.memberId, "agent")).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(removePerson(shopId, only.memberId)).rejects.toMatchObject({ code: "not_found" });
    await createPerson(other.shopId, { name: "P", email: "p@other.example", role: "admin" });
    await changeRole(other.shopId, only.memberId, "agent");
    expect((await listPeople(other.shopId)).map((one) => one.role)).toEqual(["agent", "admin"]);
    await expect(
      createPerson(shopId, { name: "Twice", email: "O@Other.example ", role: "agent" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("[AU6] own sessions are listed and ended; nobody else's", async () => {
    const dora = await person("agent", "dora");
    const emil = await person("agent", "emil");
    const first = await dora.session();
    const second = await dora.session();
    const member = await requireMember(first, "agent");
    const sessions = await listSessions(member);
    expect(sessions.map((one) => one.browser)).toEqual(["Firefox, Linux", "Firefox, Linux"]);
    expect(sessions.filter((one) => one.current)).toHaveLength(1);
    const elsewhere = sessions.find((one) => !one.current)?.sessionId ?? "";
    const stranger = await requireMember(await emil.session(), "agent");
    await expect(revokeSession(stranger, elsewhere)).rejects.toMatchObject({ code: "not_found" });
    await revokeSession(member, elsewhere);
    expect(await findMember(second)).toBeNull();
    await revokeAllSessions(member);
    expect(await findMember(first)).toBeNull();
  });
});
