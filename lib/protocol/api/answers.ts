/** Questions and answers of the public API. Times are ISO 8601 in UTC, amounts whole minor units of their currency. */
import * as z from "zod/mini";
import { channels } from "../channels";
import { participantRoles } from "../roles";

const said = (words: string) => z.describe(words);
const time = z.iso.datetime();
const minor = z.int();
const cursor = z
  .optional(z.string().check(z.maxLength(300)))
  .check(said("`next` of the answer before; left out, it begins at the start."));
const limit = (most: number, usual: number) =>
  z
    ._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(most)), usual)
    .check(said(`Rows in one answer, ${usual} unless asked otherwise, at most ${most}.`));
const seconds = z.nullable(z.number());
const claimedMoney = z.array(
  z.object({
    currency: z.string(),
    minor,
    claimed: minor.check(said("Of `minor`, what only browsers claim and your server has not confirmed.")),
  }),
);
/** Of what grows at its end: the same question with `next` goes on from there, now or tomorrow. */
const follows = {
  next: z.string().check(said("Cursor of what comes after this answer, also of what has not happened yet.")),
  more: z.boolean().check(said("There is more already.")),
};
/** Of a list with an end. */
const nextPage = z.nullable(z.string()).check(said("Cursor of the next page; null on the last one."));

export const listOrdersQuery = z.object({
  id: z
    .optional(z.string().check(z.minLength(1), z.maxLength(200)))
    .check(
      said("One order, by your id, as it is this moment. Without it an order appears within 5 seconds."),
    ),
  cursor,
  limit: limit(200, 50),
});
export const listOrdersAnswer = z.object({
  orders: z.array(
    z.object({
      id: z.string().check(said("Your id of the order.")),
      status: z.enum(["placed", "cancelled"]),
      source: z
        .enum(["browser", "webhook", "api"])
        .check(said("`browser`: a claim of the visitor's browser, which your server has not confirmed.")),
      confirmedAt: z.nullable(time),
      placedAt: time,
      updatedAt: time,
      currency: z.string(),
      totalMinor: minor,
      customerId: z.nullable(z.string()),
      visitorId: z.nullable(z.string()),
      lines: z.array(
        z.object({
          id: z.string(),
          lineId: z.string(),
          title: z.string(),
          sku: z.string(),
          known: z.boolean().check(said("The catalogue has such a product.")),
          quantity: z.int(),
          unitMinor: minor,
          totalMinor: minor,
          refundedQuantity: z.int(),
          refundedMinor: minor,
        }),
      ),
    }),
  ),
  ...follows,
});
export type ListOrdersAnswer = z.output<typeof listOrdersAnswer>;

export const listProductsQuery = z.object({
  q: z
    ._default(z.string().check(z.maxLength(200)), "")
    .check(said("What an agent would type; empty lists all.")),
  cursor,
  limit: limit(60, 24),
});
export const listProductsAnswer = z.object({
  products: z.array(
    z.object({
      id: z.string().check(said("Your id of the product.")),
      title: z.string(),
      url: z.string(),
      brand: z.string(),
      category: z.string(),
      currency: z.string(),
      priceMinor: z.nullable(minor),
      saleMinor: z.nullable(minor),
      available: z.boolean(),
      variants: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          priceMinor: minor,
          saleMinor: z.nullable(minor),
          available: z.boolean(),
        }),
      ),
    }),
  ),
  next: nextPage,
});

const name = (most: number) => z.optional(z.string().check(z.minLength(1), z.maxLength(most)));
/** Which conversations; of a name or id that the shop does not have: none. */
const conversationFilters = {
  team: name(60).check(
    said(
      "Only those taken by members of the team of this name, whatever its case; of a name that no team has: none.",
    ),
  ),
  agent: name(60).check(said("Only those in which she took part: `memberId` of events.")),
  takenBy: name(60).check(said("Only those which she accepted: `memberId` of events.")),
  product: name(200).check(
    said("Only those in which the product or variant of your id was shown, drawn on or recommended."),
  ),
  category: name(300).check(said("The same of a category, with what lies under it: `Women > Dresses`.")),
  language: name(35).check(said("Only those in it, such as `it`.")),
  device: z.optional(z.enum(["phone", "tablet", "desktop"])).check(said("Only those at it.")),
  channel: z.optional(z.enum(channels)).check(said("Only those that came by it.")),
  trigger: z.optional(z.enum(["launcher", "product", "page"])).check(said("Only those that it opened.")),
  startedOn: name(2_000).check(
    said("Only those that began on the page of this address, without parameters."),
  ),
};
const filtersSchema = z.object(conversationFilters);
export type ApiFilters = z.output<typeof filtersSchema>;

export const listConversationsQuery = z.object({
  since: z.optional(z.iso.datetime({ offset: true })).check(said("Only those that began then or later.")),
  until: z.optional(z.iso.datetime({ offset: true })).check(said("Only those that began before.")),
  ...conversationFilters,
  cursor,
  limit: limit(200, 50),
});
export const listConversationsAnswer = z.object({
  conversations: z.array(
    z.object({
      id: z.string(),
      customer: z.string(),
      agent: z.string().check(said("Who accepted it; empty when nobody did.")),
      team: z.string().check(said("The team she was in when she accepted it; empty for none.")),
      status: z.enum(["waiting", "open", "closed"]),
      startedAt: time,
      endedAt: z.nullable(time),
      device: z.string().check(said("phone, tablet, desktop; empty when unknown. A browser's word.")),
      channel: z
        .string()
        .check(
          said(
            "How it came: invitation (she followed one), chat (by herself), message (by herself, while no desk was open); empty for those of before. The server's knowledge.",
          ),
        ),
      trigger: z
        .string()
        .check(said("What opened the chat: launcher, product, page; empty when unknown. A browser's word.")),
      language: z.string(),
      answered: z.boolean().check(said("Somebody of the shop wrote in it.")),
      firstAnswerSeconds: seconds.check(
        said("From its beginning to the first word of somebody of the shop."),
      ),
      waitSeconds: seconds.check(said("From its beginning until somebody accepted it.")),
      talkSeconds: seconds.check(said("From then until its end.")),
      replies: z
        .int()
        .check(
          said(
            "Answers to what the customer said, counted from the taking on; repeats without a word between are one.",
          ),
        ),
      replyMeanSeconds: seconds.check(
        said("How long these took on average, from her first unanswered word."),
      ),
      replyMaxSeconds: seconds.check(said("The slowest of them.")),
      firstProductSeconds: seconds.check(said("From the taking until the first product was put forward.")),
      products: z.int().check(said("Different products put forward: shown or recommended.")),
      seen: z
        .int()
        .check(said("Different products; the same for shown, drawnOn, recommended, inCart and bought.")),
      shown: z.int(),
      drawnOn: z.int(),
      marks: z.int().check(said("Marks that agents drew.")),
      compared: z.int().check(said("How often two things were put side by side.")),
      recommended: z.int(),
      recommendationsBought: z
        .int()
        .check(said("Of these, products that were bought for it and kept, by your rule of attribution.")),
      inCart: z.int(),
      bought: z.int(),
      orders: z
        .int()
        .check(said("Orders for which it was the customer's last conversation before, within your window.")),
      pieces: z.int().check(said("Pieces kept of these orders.")),
      value: claimedMoney.check(
        said("Of what was bought from the conversation's beginning on, less refunds."),
      ),
      influenced: claimedMoney.check(
        said("Of the order lines credited to its recommendations, less refunds."),
      ),
      score: z
        .nullable(z.int())
        .check(said("How its customer found it, 1 (very bad) to 5 (very good); null when she has not said.")),
    }),
  ),
  next: nextPage,
});
export type ListConversationsAnswer = z.output<typeof listConversationsAnswer>;

const localDay = z.iso.date();
export const readReportQuery = z
  .object({
    days: z
      .optional(z.enum(["7", "30", "90", "365"]))
      .check(said("The last days until now, in the shop's time zone; 30 unless asked otherwise.")),
    from: z.optional(localDay).check(said("Instead of `days`: the first day.")),
    to: z.optional(localDay).check(said("With `from`: the last day, which counts as a whole.")),
    ...conversationFilters,
  })
  .check(
    z.refine(({ from, to }) => (from === undefined) === (to === undefined) && (from ?? "") <= (to ?? ""), {
      path: ["to"],
      error: "from and to belong together, the earlier one first",
    }),
  );
export const readReportAnswer = z.object({
  report: z.string(),
  from: localDay.check(said("First and last day, in the shop's time zone.")),
  to: localDay,
  timeZone: z.string(),
  rows: z
    .array(z.record(z.string(), z.union([z.string(), z.number(), z.null()])))
    .check(
      said("The rows of the report's file, by its heads; amounts in whole and parts of their currency."),
    ),
});

export const transcriptQuery = z.object({ cursor, limit: limit(500, 200) });
export const transcriptAnswer = z.object({
  messages: z.array(
    z.object({
      number: z.int().check(said("1, 2, 3 … within the conversation.")),
      at: time,
      from: z.nullable(z.object({ role: z.enum(participantRoles), name: z.string() })),
      kind: z.string().check(said("text, recommendation, picture, notice …; others may be added.")),
      text: z.string(),
      productId: z.nullable(z.string()).check(said("Your id of a recommended product.")),
    }),
  ),
  next: nextPage,
});
export type TranscriptAnswer = z.output<typeof transcriptAnswer>;

export const listEventsQuery = z.object({
  type: z.optional(z.string().check(z.regex(/^[a-z_]{3,40}$/))),
  cursor,
  limit: limit(1_000, 200),
});
export const listEventsAnswer = z.object({
  events: z.array(
    z.object({
      id: z.string(),
      type: z.string().check(said("docs/events.md lists them; others may be added.")),
      version: z
        .int()
        .check(
          said("Of what `data` holds: a change of it is a new version, and facts of before keep theirs."),
        ),
      source: z.enum(["server", "browser"]).check(said("Who saw it. `browser`: a claim.")),
      at: time,
      receivedAt: time,
      visitorId: z.nullable(z.string()),
      conversationId: z.nullable(z.string()),
      memberId: z.nullable(z.string()),
      productId: z.nullable(z.string()).check(said("Your id of the product, where the catalogue has it.")),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
  ...follows,
});
export type ListEventsAnswer = z.output<typeof listEventsAnswer>;

export const deliveryAnswer = z.object({
  result: z
    .enum(["taken", "repeated", "pong"])
    .check(said("`repeated`: the same delivery came before; nothing was changed.")),
  orders: z.optional(z.array(z.object({ id: z.string(), result: z.string() }))),
  changes: z.optional(z.array(z.object({ id: z.string(), orderId: z.string(), result: z.string() }))),
});

export const errorAnswer = z.object({ error: z.object({ code: z.string(), detail: z.string() }) });
