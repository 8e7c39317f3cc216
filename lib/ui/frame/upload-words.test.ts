import { describe, expect, it } from "vitest";
import { type ErrorCode, errorCodes } from "@/lib/protocol/errors";
import { locales } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { frameMessages } from "@/lib/ui/messages/frame";
import type { SendError } from "@/lib/ui/uploads/send-file";
import { canRetry } from "./upload-queue";
import { uploadWords } from "./upload-words";

/** Nothing that who sends could have done differently, or no answer to an upload at all. */
const ours: readonly ErrorCode[] = [
  "bad_request",
  "conflict",
  "drawing_locked",
  "shop_full",
  "takes_too_long",
  "internal",
];
const all: readonly SendError[] = [...errorCodes, "offline", "empty"];
const refusals = all.filter((code) => !ours.some((our) => our === code));

describe("words for failed photos", () => {
  it.each(locales)(
    "[FR6] in %s every code has a sentence of its own, and none of them is the code",
    (locale) => {
      const t = translator(frameMessages, locale);
      const words = (code: SendError) => t(uploadWords[code], { megabytes: 25 });
      for (const code of all) {
        expect(words(code), code).toMatch(/\p{L}{3,} \p{L}+/u);
        expect(words(code), code).not.toMatch(/[_{}]/);
      }
      expect(new Set(refusals.map(words)).size).toBe(refusals.length);
      for (const code of ours) {
        expect(words(code), code).toBe(words("internal"));
        expect(refusals.map(words)).not.toContain(words(code));
      }
      expect(words("too_large")).toContain("25");
    },
  );

  it("[FR6] who is told to try again can, and nobody else", () => {
    const t = translator(frameMessages, "en");
    const upload = { id: "a", name: "a.jpg", bytes: 1, what: "picture" } as const;
    for (const code of all) {
      const again = / again|wait a moment/.test(t(uploadWords[code], { megabytes: 25 }));
      expect(canRetry({ ...upload, state: { kind: "failed", error: code } }), code).toBe(again);
    }
  });
});
