/**
 * 118 features of pages, each as the customer's page and as the agent sees it. What is missed on purpose stands in the table
 * with its reason, and in docs/mirror-conformance.md.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Feature } from "./feature";
import { css } from "./features/css";
import { dom } from "./features/dom";
import { forms } from "./features/forms";
import { frames } from "./features/frames";
import { media } from "./features/media";
import { safety } from "./features/safety";
import { session } from "./features/session";
import { shadow } from "./features/shadow";
import { view } from "./features/view";
import { type Mirror, openMirror } from "./open-mirror";

let mirror: Mirror;
beforeAll(async () => {
  mirror = await openMirror();
});
afterAll(() => mirror.close());

const check = (rule: string, features: readonly Feature[]) => {
  for (const feature of features) {
    const { id, what, miss } = feature;
    if (miss) it.todo(`${rule} ${id}: ${what} (missed: ${miss})`);
    else it(`${rule} ${id}: ${what}`, () => mirror.check(feature));
  }
};

describe("dom", () => check("[MI60]", dom));
describe("css", () => check("[MI61]", css));
describe("shadow", () => check("[MI62]", shadow));
describe("frames", () => check("[MI63]", frames));
describe("forms", () => check("[MI64]", forms));
describe("view", () => check("[MI65]", view));
describe("media", () => check("[MI66]", media));
describe("session", () => check("[MI67]", session));
describe("safety", () => check("[MI68]", safety));

it("the table has all 118 features, each once", () => {
  const ids = [dom, css, shadow, frames, forms, view, media, session, safety].flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(118);
  expect(ids).toHaveLength(118);
});
