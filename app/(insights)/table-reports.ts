/** Reports that fit on a screen, as files: by the name in their address. Conversations, which may be any number, are read row by row instead. */
import { parseShownHeat } from "@/app/(insights)/insights/products/[productId]/shown-heat";
import { creditKinds } from "@/lib/insights/attribution";
import type { Cell } from "@/lib/insights/csv";
import { funnelCounts } from "@/lib/insights/funnel-steps";
import { ALL_ROWS } from "@/lib/insights/list-page";
import { withoutFew } from "@/lib/insights/people-league";
import type { Question } from "@/lib/insights/question";
import { findProductPictures } from "@/lib/insights/reports/find-product-pictures";
import { loadFunnel } from "@/lib/insights/reports/funnel";
import { loadFunnelRows } from "@/lib/insights/reports/funnel-rows";
import { loadHeat } from "@/lib/insights/reports/heat";
import { loadHoldout } from "@/lib/insights/reports/holdout";
import { listHoldoutPeople, parseHoldoutPeople } from "@/lib/insights/reports/holdout-people";
import { loadInfluence } from "@/lib/insights/reports/influence";
import { loadInfluenceLines } from "@/lib/insights/reports/influence-lines";
import { loadOverview } from "@/lib/insights/reports/overview";
import { listPairCases, parsePair } from "@/lib/insights/reports/pair-cases";
import { loadPairs } from "@/lib/insights/reports/pairs";
import { loadPeople } from "@/lib/insights/reports/people";
import { listProductConversations } from "@/lib/insights/reports/product-conversations";
import { loadProducts } from "@/lib/insights/reports/products";
import { loadStarts } from "@/lib/insights/reports/starts";
import { AppError } from "@/lib/protocol/errors";
import { productIdSchema } from "@/lib/protocol/ids";
import type { Locale } from "@/lib/protocol/locales";
import { loadReportSettings } from "@/lib/shops/report-settings";
import { holdoutFile } from "@/lib/ui/insights/holdout-file";
import { holdoutPeopleFile } from "@/lib/ui/insights/holdout-people-file";
import { funnelFile } from "@/lib/ui/insights/influence/funnel-file";
import { funnelRowsFile } from "@/lib/ui/insights/influence/funnel-rows-file";
import { influenceTable } from "@/lib/ui/insights/influence/influence-table";
import { linesFile } from "@/lib/ui/insights/influence/lines-file";
import { variantsFile } from "@/lib/ui/insights/influence/variants-file";
import { overviewFile } from "@/lib/ui/insights/overview/overview-file";
import { habitsFile } from "@/lib/ui/insights/people/habits-file";
import { peopleTable } from "@/lib/ui/insights/people/people-table";
import { behindFile } from "@/lib/ui/insights/products/behind-file";
import { heatFile } from "@/lib/ui/insights/products/heat-file";
import { pairCasesFile } from "@/lib/ui/insights/products/pair-cases-file";
import { pairsFile, productsFile } from "@/lib/ui/insights/products/product-files";
import { ruleWords } from "@/lib/ui/insights/rule-note";
import { startsFile } from "@/lib/ui/insights/starts-file";

export interface TableReport {
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** The report itself, for JSON. */
  readonly whole: unknown;
}
type LoadTable = (question: Question, locale: Locale, search: URLSearchParams) => Promise<TableReport>;

export const tableReports: ReadonlyMap<string, LoadTable> = new Map<string, LoadTable>([
  [
    "overview",
    async (question) => {
      const whole = await loadOverview(question);
      return { ...overviewFile(whole), whole };
    },
  ],
  [
    "influence-products",
    async (question, locale) => {
      const { rule, variants } = await loadInfluence(question);
      return { ...variantsFile({ variants }, ruleWords(rule, locale)), whole: { rule, variants } };
    },
  ],
  [
    "influence-lines",
    async (question) => {
      const page = { limit: ALL_ROWS, offset: 0 };
      const byKind = await Promise.all(creditKinds.map((kind) => loadInfluenceLines(question, kind, page)));
      const whole = byKind.flatMap(({ rows }) => rows);
      return { ...linesFile(whole), whole };
    },
  ],
  [
    "funnel",
    async (question, locale) => {
      const [funnel, { rule }] = await Promise.all([
        loadFunnel(question),
        loadReportSettings(question.shopId),
      ]);
      return { ...funnelFile(funnel, ruleWords(rule, locale)), whole: { rule, ...funnel } };
    },
  ],
  [
    "funnel-products",
    async (question, locale, search) => {
      const count = funnelCounts.find((one) => one === search.get("step")) ?? "all";
      const [{ rows }, { rule }] = await Promise.all([
        loadFunnelRows(question, count, { limit: ALL_ROWS, offset: 0 }),
        loadReportSettings(question.shopId),
      ]);
      return { ...funnelRowsFile(rows, ruleWords(rule, locale)), whole: { rule, rows } };
    },
  ],
  [
    "starts",
    async (question, locale) => {
      const [starts, { rule }] = await Promise.all([
        loadStarts(question, ALL_ROWS),
        loadReportSettings(question.shopId),
      ]);
      return { ...startsFile(starts, rule.days, locale), whole: { windowDays: rule.days, ...starts } };
    },
  ],
  ["invitations", async (question) => holdoutFile(await loadHoldout(question))],
  [
    "heat",
    async (question, _, search) => {
      const { productId, pictures, shown } = await findShownProduct(question, search);
      const layers = await loadHeat(question, { productId, hideSmall: shown.choice.hideSmall });
      return heatFile(
        layers,
        pictures.map(({ assetId }) => assetId),
      );
    },
  ],
  [
    "influence",
    async (question, locale) => {
      const whole = await loadInfluence(question);
      return { ...influenceTable(whole, locale), whole };
    },
  ],
  [
    "people",
    async (question, locale) => {
      const [league, { rule }] = await Promise.all([
        loadPeople(question),
        loadReportSettings(question.shopId),
      ]);
      return { ...peopleTable(league, rule, locale), whole: { rule, ...withoutFew(league) } };
    },
  ],
  ["people-habits", async (question) => habitsFile(await loadPeople(question))],
  [
    "product-conversations",
    async (question, locale, search) => {
      const { productId, shown } = await findShownProduct(question, search);
      const of = { productId, marked: shown.marked?.in ?? null, step: shown.step };
      const [{ rows }, { rule }] = await Promise.all([
        listProductConversations(question, { ...of, limit: ALL_ROWS, offset: 0 }),
        loadReportSettings(question.shopId),
      ]);
      return { ...behindFile(rows, rule.days, locale), whole: { windowDays: rule.days, rows } };
    },
  ],
  [
    "products",
    async (question, locale) => {
      const [products, { rule }] = await Promise.all([
        loadProducts(question, ALL_ROWS),
        loadReportSettings(question.shopId),
      ]);
      return {
        ...productsFile(products, rule.days, locale),
        whole: { windowDays: rule.days, ...products },
      };
    },
  ],
  [
    "product-pairs",
    async (question, locale) => {
      const [pairs, { rule }] = await Promise.all([
        loadPairs(question, ALL_ROWS),
        loadReportSettings(question.shopId),
      ]);
      return { ...pairsFile(pairs, rule.days, locale), whole: { windowDays: rule.days, ...pairs } };
    },
  ],
]);

/** The rows behind a figure that are of single customers: files alone, and nothing of the API. */
export const singleReports: ReadonlyMap<string, LoadTable> = new Map<string, LoadTable>([
  [
    "pair-cases",
    async (question, locale, search) => {
      const asked = parsePair((name) => search.get(name) ?? undefined);
      if (asked === null) throw new AppError("bad_request", "kind, first, second: which pair");
      const [{ rows }, { rule }] = await Promise.all([
        listPairCases(question, asked, asked.state, { limit: ALL_ROWS, offset: 0 }),
        loadReportSettings(question.shopId),
      ]);
      const whole = { windowDays: asked.kind === "ledTo" ? rule.days : null, rows };
      return { ...pairCasesFile(rows, asked.kind, rule.days, locale), whole };
    },
  ],
  [
    "invitation-people",
    async (question, _, search) => {
      const of = parseHoldoutPeople((name) => search.get(name) ?? undefined);
      const { days, rows } = await listHoldoutPeople(question, of, { limit: ALL_ROWS, offset: 0 });
      return { ...holdoutPeopleFile(rows, of.group), whole: { days, ...of, rows } };
    },
  ],
]);

/** The product that a file is about, and what of its page the address chooses. @throws AppError bad_request, not_found */
async function findShownProduct({ shopId, filters }: Question, search: URLSearchParams) {
  const productId = productIdSchema.safeParse(filters.productId);
  if (!productId.success) throw new AppError("bad_request", "productId: which product");
  const product = await findProductPictures(shopId, productId.data);
  if (product === null) throw new AppError("not_found", "no such product");
  const { pictures } = product;
  const shown = parseShownHeat((name) => search.get(name) ?? undefined, pictures);
  return { productId: productId.data, pictures, shown };
}
