import { deviceOf } from "@/lib/http/device-of";
import { createVisitorSchema } from "@/lib/protocol/http-requests";
import { matchLocale } from "@/lib/protocol/locales";
import { newVisitorFor } from "@/lib/visitors/take-requests";
import { answerPage } from "../answer-page";

const question = {
  name: "visitors",
  schema: createVisitorSchema,
  /** A shop key and little else. */
  maxBytes: 1_024,
  /** A whole office may sit behind one address; a script that makes thousands does not get far. */
  perAddress: { points: 120, seconds: 60 },
};

/** POST: a first-party pseudonymous identity for a visitor of one of the shop's pages, and what may be recorded of her. */
export const POST = (request: Request): Promise<Response> =>
  answerPage(request, question, (asked) => {
    const { headers } = request;
    const locale = matchLocale(headers.get("accept-language")) ?? "";
    return newVisitorFor(asked, request, { device: deviceOf(headers), locale });
  });
