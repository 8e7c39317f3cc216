import type { ConversationAccess } from "@/lib/conversations/conversation-access";
import type { ExportedFile } from "@/lib/export/export-panel";
import { limit } from "@/lib/http/rate-limit";

/** Exports one person may ask for: every picture of a long conversation, but a machine's work is not to be had for nothing. */
const ALLOWANCE = {
  "image/png": { points: 60, seconds: 600 },
  "application/pdf": { points: 10, seconds: 600 },
} as const;

/** @throws AppError too_many */
export async function limitExports(access: ConversationAccess, type: ExportedFile["type"]): Promise<void> {
  const { by, visitorId } = access;
  const who = by.kind === "member" ? by.member.memberId : by.kind === "companion" ? by.visitorId : visitorId;
  await limit(`export ${type}`, who, ALLOWANCE[type]);
}

/** To be saved, never shown as a page of ours. */
export function answerFile({ name, type, bytes }: ExportedFile): Response {
  return new Response(Uint8Array.from(bytes), {
    headers: {
      "content-type": type,
      "content-length": String(bytes.byteLength),
      "content-disposition": `attachment; filename="${name}"`,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  });
}
