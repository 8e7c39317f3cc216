import { readTranscript } from "@/lib/api/operations";
import { serve } from "@/lib/api/serve";
import { loadTranscript } from "@/lib/conversations/load-transcript";

export const GET = serve(readTranscript, ({ shopId, query, path }) =>
  loadTranscript(shopId, { ...query, conversationId: path.id ?? "" }),
);
