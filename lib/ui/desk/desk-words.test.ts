import { describe, expect, it } from "vitest";
import { AppError, errorCodes } from "@/lib/protocol/errors";
import { participantIdSchema, productIdSchema } from "@/lib/protocol/ids";
import { locales } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { deskMessages } from "@/lib/ui/messages/desk";
import { errorWords } from "./error-words";
import { freshlyWaiting } from "./freshly-waiting";
import { shortName } from "./participant-dot";
import { unreadIn } from "./unread";
import { ageOf, lengthOf, reasonOf } from "./waiting-reason";

const t = translator(deskMessages, "en");
const me = participantIdSchema.parse("00000000-0000-7000-8000-000000000001");
const her = participantIdSchema.parse("00000000-0000-7000-8000-000000000002");

describe("words of the desk", () => {
  it("[DK1] a waiting row tells age and reason", () => {
    expect([0, 59_999, 60_000, 3_600_000 * 5, 86_400_000 * 2].map((ms) => ageOf(ms, t))).toEqual([
      "now",
      "now",
      "1 min",
      "5 h",
      "2 d",
    ]);
    const page = { at: 0, url: "https://shop.example/a", title: "claimed", product: null };
    const productId = productIdSchema.parse("00000000-0000-7000-8000-000000000003");
    expect(reasonOf(null, t)).toBe("Just arrived");
    expect(reasonOf(page, t)).toBe("On claimed");
    expect(reasonOf({ ...page, product: { productId, title: "Scarf", picture: null } }, t)).toBe(
      "Looking at Scarf",
    );
    expect(reasonOf({ ...page, title: "" }, t)).toBe("Just arrived");
  });

  it("[DK36] how long she looked is seconds, minutes or hours, and nothing where it was no time", () => {
    expect([0, 999, 1_000, 59_999, 60_000, 119_999, 3_600_000].map((ms) => lengthOf(ms, t))).toEqual([
      null,
      null,
      "1 s",
      "59 s",
      "1 min",
      "1 min",
      "1 h",
    ]);
    for (const locale of locales) expect(deskMessages[locale].stayed).toContain("{time}");
  });

  it("[DK2] counts others' messages above what I have seen, not notices, mine or unsent ones", () => {
    const body = { kind: "text", text: "x" } as const;
    const message = (seq: number | null, participantId: typeof me | null) =>
      ({ seq, participantId, body, clientId: `client-${seq}`, at: 0, state: "stored" }) as const;
    const messages = [
      message(1, her),
      message(2, her),
      message(3, null),
      message(4, me),
      message(5, her),
      message(null, me),
    ];
    const receipts = [{ participantId: me, deliveredSeq: 5, seenSeq: 1 }];
    expect(unreadIn({ you: me, messages, receipts })).toBe(2);
    expect(unreadIn({ you: me, messages, receipts: [] })).toBe(3);
  });

  it("[DK4] every refusal has a sentence, in every language", () => {
    for (const code of errorCodes) {
      const key = errorWords(new AppError(code));
      for (const locale of locales) expect(deskMessages[locale][key]).not.toBe("");
    }
    expect(errorWords(new TypeError("who knows"))).toBe("errorUnavailable");
    expect(errorWords(new AppError("conflict"))).toBe("errorTaken");
  });

  it("[DK1] a person's mark is her number or her letters, whatever the name", () => {
    expect(
      [
        "Guest 12",
        "Anna Berg",
        "Anna Maria von Berg",
        "陳 大文",
        "",
        "Guest 12345",
        "Tom (with Guest 7)",
      ].map(shortName),
    ).toEqual(["12", "AB", "AB", "陳大", "", "345", "T"]);
  });

  it("[DK7] rings for whom one did not see yet, not for who was there when the desk opened", () => {
    const one = { conversationId: "1" };
    const two = { conversationId: "2" };
    expect(freshlyWaiting(null, [one])).toEqual([]);
    expect(freshlyWaiting(new Set(["1"]), [one, two])).toEqual([two]);
    expect(freshlyWaiting(new Set(["1", "2"]), [two])).toEqual([]);
  });
});
