import { expect, it } from "vitest";
import { locales } from "@/lib/protocol/locales";
import { chatMessages } from "@/lib/ui/messages/chat";
import { translator } from "@/lib/ui/messages/define";
import { noticeText } from "./notice-text";

const english = translator(chatMessages, "en");

it("[MI122] the receipt says who saw the page, how long, and who could act in it", () => {
  const receipt = { kind: "notice", code: "mirror_ended", name: "Anna, Ben", minutes: 3 } as const;
  expect(noticeText(receipt, "customer", english)).toBe(
    "The page was shown for 3 minutes. Seen by Anna, Ben.",
  );
  expect(noticeText({ ...receipt, minutes: 1, acted: "Anna" }, "agent", english)).toBe(
    "The page was shown for 1 minute. Seen by Anna, Ben. Could act in it: Anna.",
  );
  expect(noticeText({ ...receipt, name: "" }, "agent", english)).toBe(
    "The page is not shown any more. Nobody had looked.",
  );
});

it("[MI122] the customer reads of herself, the others of her, in every language", () => {
  for (const locale of locales) {
    const t = translator(chatMessages, locale);
    for (const code of ["mirror_started", "mirror_refused", "mirror_ended"] as const) {
      const notice = { kind: "notice", code, name: "Guest 7", minutes: 2, acted: "Anna" } as const;
      const own = noticeText(notice, "customer", t);
      const others = noticeText(notice, "agent", t);
      expect(own, locale).not.toMatch(/[{}]/);
      expect(others, locale).toContain("Guest 7");
      expect(own === others, `${locale} ${code}`).toBe(code === "mirror_ended");
    }
  }
});

it("[MI194] the receipt says how many pictures of the page were put on the panel, in every language", () => {
  const receipt = { kind: "notice", code: "mirror_ended", name: "Anna", minutes: 3 } as const;
  expect(noticeText({ ...receipt, frozen: 1 }, "customer", english)).toBe(
    "The page was shown for 3 minutes. Seen by Anna. 1 picture of it was put on the panel.",
  );
  for (const locale of locales) {
    const t = translator(chatMessages, locale);
    const none = noticeText(receipt, "customer", t);
    const two = noticeText({ ...receipt, acted: "Ben", frozen: 2 }, "agent", t);
    expect(two, locale).toContain("2");
    expect(two.startsWith(none), locale).toBe(true);
    expect(two, locale).not.toMatch(/[{}]/);
  }
});
