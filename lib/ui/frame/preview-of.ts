import type { LogMessage } from "@/lib/ui/chat/log-message";

/** The last words of the log in one line, for the lowered sheet. */
export function previewOf(messages: readonly LogMessage[], photo: string): string {
  const last = messages.findLast((one) => one.body.kind !== "notice");
  switch (last?.body.kind) {
    case "text":
      return last.body.text;
    case "recommendation":
      return last.body.product.title;
    case "basket":
      return last.body.title;
    case "picture":
      return photo;
    default:
      return "";
  }
}
