import { describe, expect, it } from "vitest";
import { locales } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { frameMessages } from "@/lib/ui/messages/frame";
import { uploadWords } from "./upload-words";

describe("words for failed photos", () => {
  it.each(locales)("[FR6] in %s every error reads as a sentence and none as its code", (locale) => {
    const t = translator(frameMessages, locale);
    for (const [code, key] of Object.entries(uploadWords)) {
      const words = t(key, { megabytes: 25 });
      expect(words).toMatch(/\p{L}{3,} \p{L}+/u);
      expect(words, code).not.toContain("_");
      expect(words).not.toMatch(/[{}]/);
    }
    expect(t(uploadWords.too_large, { megabytes: 25 })).toContain("25");
  });
});
