/** Every call of the public API, in the order in which its description lists them. */
import * as z from "zod/mini";
import {
  deliveryAnswer,
  listConversationsAnswer,
  listConversationsQuery,
  listEventsAnswer,
  listEventsQuery,
  listOrdersAnswer,
  listOrdersQuery,
  listProductsAnswer,
  listProductsQuery,
  readReportAnswer,
  readReportQuery,
  transcriptAnswer,
  transcriptQuery,
} from "@/lib/protocol/api/answers";
import { reportAnswerSchema, reportBodySchema } from "@/lib/protocol/api/order-report";
import type { Operation } from "./operation";

/** No body, or no parameters. */
const nothing = z.object({});

export const reportOrders = {
  id: "reportOrders",
  method: "post",
  path: "/api/v1/orders",
  summary: "Tells of orders, refunds and cancellations: at most 100 of each. The same ones twice count once.",
  scope: "orders:write",
  query: nothing,
  body: reportBodySchema,
  answer: reportAnswerSchema,
} as const satisfies Operation;

export const listOrders = {
  id: "listOrders",
  method: "get",
  path: "/api/v1/orders",
  summary: "Orders in the order in which they last changed, claims of browsers included.",
  scope: "orders:read",
  query: listOrdersQuery,
  body: nothing,
  answer: listOrdersAnswer,
} as const satisfies Operation;

export const listProducts = {
  id: "listProducts",
  method: "get",
  path: "/api/v1/products",
  summary: "Searches the catalogue as agents do.",
  scope: "catalogue:read",
  query: listProductsQuery,
  body: nothing,
  answer: listProductsAnswer,
} as const satisfies Operation;

export const listConversations = {
  id: "listConversations",
  method: "get",
  path: "/api/v1/conversations",
  summary: "Conversations with everything that is measured of each, newest first, without what was said.",
  scope: "conversations:read",
  query: listConversationsQuery,
  body: nothing,
  answer: listConversationsAnswer,
} as const satisfies Operation;

export const readTranscript = {
  id: "readTranscript",
  method: "get",
  path: "/api/v1/conversations/{id}/transcript",
  summary: "What was said in one conversation.",
  scope: "transcripts:read",
  query: transcriptQuery,
  body: nothing,
  answer: transcriptAnswer,
} as const satisfies Operation;

export const listEvents = {
  id: "listEvents",
  method: "get",
  path: "/api/v1/events",
  summary: "All recorded facts in the order in which they came in, within 5 seconds.",
  scope: "events:read",
  query: listEventsQuery,
  body: nothing,
  answer: listEventsAnswer,
} as const satisfies Operation;

export const readReport = {
  id: "readReport",
  method: "get",
  path: "/api/v1/reports/{report}",
  summary:
    "A report with the rows of its file: overview, influence, influence-products, influence-lines, funnel, funnel-products, starts, invitations, people, people-habits, products, product-pairs, or product-conversations and heat (with product).",
  scope: "reports:read",
  query: readReportQuery,
  body: nothing,
  answer: readReportAnswer,
} as const satisfies Operation;

const takeOrderWebhook = {
  id: "takeOrderWebhook",
  method: "post",
  path: "/api/v1/hooks/orders/{hookId}",
  summary:
    "The address of an order webhook (Settings, Developers). Signed by Standard Webhooks with the body below, or by WooCommerce or Shopify with theirs; see docs/webhooks.md.",
  scope: null,
  query: nothing,
  body: reportBodySchema,
  answer: deliveryAnswer,
} as const satisfies Operation;

const describeApi = {
  id: "describeApi",
  method: "get",
  path: "/api/v1/openapi.json",
  summary: "This description.",
  scope: null,
  query: nothing,
  body: nothing,
  answer: z.looseObject({ openapi: z.string() }),
} as const satisfies Operation;

export const operations: readonly Operation[] = [
  reportOrders,
  listOrders,
  listProducts,
  listConversations,
  readTranscript,
  listEvents,
  readReport,
  takeOrderWebhook,
  describeApi,
];
