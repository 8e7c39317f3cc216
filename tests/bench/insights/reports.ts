/** Every report, and the first page of every list that stands behind a figure, each of one question. */
import type { Question } from "@/lib/insights/question";
import { listConversationRows } from "@/lib/insights/reports/conversation-rows";
import { loadFunnel } from "@/lib/insights/reports/funnel";
import { loadFunnelRows } from "@/lib/insights/reports/funnel-rows";
import { loadHeat } from "@/lib/insights/reports/heat";
import { loadHoldout } from "@/lib/insights/reports/holdout";
import { listHoldoutPeople } from "@/lib/insights/reports/holdout-people";
import { loadInfluence } from "@/lib/insights/reports/influence";
import { loadInfluenceLines } from "@/lib/insights/reports/influence-lines";
import { loadOverview } from "@/lib/insights/reports/overview";
import { listPairCases } from "@/lib/insights/reports/pair-cases";
import { loadPairs } from "@/lib/insights/reports/pairs";
import { loadPeople } from "@/lib/insights/reports/people";
import { listProductConversations } from "@/lib/insights/reports/product-conversations";
import { loadProducts } from "@/lib/insights/reports/products";
import { loadStarts } from "@/lib/insights/reports/starts";
import { listVisitRows } from "@/lib/insights/reports/visit-rows";
import type { ProductId } from "@/lib/protocol/ids";
import { BOUGHT_WITH_IT, ONE_PRODUCT, SEEN_BEFORE } from "./fill";

const page = { offset: 0, limit: 50 };
const secondId = ONE_PRODUCT as ProductId;
const together = { kind: "together", firstId: BOUGHT_WITH_IT as ProductId, secondId } as const;
const ledTo = { kind: "ledTo", firstId: SEEN_BEFORE as ProductId, secondId } as const;

export const reports: Readonly<Record<string, (question: Question) => Promise<unknown>>> = {
  overview: loadOverview,
  people: loadPeople,
  products: loadProducts,
  pairs: loadPairs,
  influence: loadInfluence,
  funnel: loadFunnel,
  starts: loadStarts,
  "hold-out": loadHoldout,
  "heat of a product": (question) => loadHeat(question, { productId: ONE_PRODUCT, hideSmall: true }),
  "list of conversations": (question) => listConversationRows(question, "all", page),
  "list of conversations with an order": (question) => listConversationRows(question, "ordered", page),
  "list of a product's conversations": (question) =>
    listProductConversations(question, { productId: ONE_PRODUCT, marked: null, step: null, ...page }),
  "list of visits": (question) => listVisitRows(question, "all", page),
  "list of who ordered alone": (question) => listVisitRows(question, "orderedAlone", page),
  "list of a pair's orders": (question) => listPairCases(question, together, "first", page),
  "list of a pair's advice": (question) => listPairCases(question, ledTo, "first", page),
  "list of the funnel": (question) => loadFunnelRows(question, "recommended", page),
  "list of influenced lines": (question) => loadInfluenceLines(question, "recommended", page),
  "list of the invited": (question) => listHoldoutPeople(question, { group: "invited", state: "all" }, page),
};
