import { expect, it } from "vitest";
import { readSubject } from "./read-subject";

const token = (claims: unknown) => `x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;

it("[WI14] tells one customer's token from another's, and nonsense from both", () => {
  expect(readSubject(token({ sub: "K-1", name: "??>>" }))).toBe("K-1");
  expect(readSubject(token({ sub: 5 }))).toBe("");
  for (const nonsense of ["", "a", "a.b.c", "..", token(null), token("K-1")])
    expect(readSubject(nonsense)).toBe("");
});
