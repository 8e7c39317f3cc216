import { nameCustomer } from "@/lib/conversations/name-customer";
import { identifySchema } from "@/lib/protocol/http-requests";
import { identifyVisitor } from "@/lib/visitors/identify";
import { knownVisitorFor } from "@/lib/visitors/take-requests";
import { answerPage } from "../../answer-page";

const question = {
  name: "identify",
  schema: identifySchema,
  /** Two tokens and a key. */
  maxBytes: 8_192,
  /** Guessing a signature is hopeless; this bounds what trying costs. */
  perAddress: { points: 60, seconds: 60 },
};

/** POST (text/plain): the page hands over what the shop's server signed about its customer. */
export const POST = (request: Request): Promise<Response> =>
  answerPage(request, question, async (asked, origin) => {
    const known = await knownVisitorFor(asked, origin);
    const { tokens, outcome, visitor } = await identifyVisitor(known, asked.identity);
    await nameCustomer(visitor);
    return { ...tokens, outcome };
  });
