import { logOutSchema } from "@/lib/protocol/http-requests";
import { logOutFor } from "@/lib/visitors/take-requests";
import { answerPage } from "../../answer-page";

const question = {
  name: "logout",
  schema: logOutSchema,
  /** A key and a token. */
  maxBytes: 4_096,
  perAddress: { points: 60, seconds: 60 },
};

/** POST (text/plain): she logged out of the shop. */
export const POST = (request: Request): Promise<Response> =>
  answerPage(request, question, async (asked, origin) => {
    await logOutFor(asked, origin);
    return null;
  });
