/**
 * Magento 2's REST API. Shapes from developer.adobe.com/commerce/webapi ("Search using REST endpoints", product, order and
 * inventory interfaces): search criteria in the address, `items` and `total_count`, attributes by code, option ids, and the
 * last page again for pages behind it.
 */
import { type Asked, type Reply, startStandIn } from "./stand-in";
import { ANNA, BRUNO, hasOptions, orders, type StockItem, type StockVariant, stock, WIDE } from "./stock";

export const magentoKeys = { accessToken: "magento-test" };

export const startMagento = () => startStandIn(answer);

type Row = Readonly<Record<string, unknown>>;
const options: Readonly<Record<string, readonly string[] | undefined>> = {
  color: ["Red", "Blue"],
  size: ["S", "M"],
  manufacturer: ["Atelier", "Nordlys"],
};
const optionId = (code: string, label: string) => String(100 + (options[code]?.indexOf(label) ?? 0));

function answer({ url, headers }: Asked): Reply {
  if (headers.authorization !== `Bearer ${magentoKeys.accessToken}`) {
    const message = "The consumer isn't authorized to access %resources.";
    return { status: 401, body: { message, parameters: { resources: "Magento_Catalog::products" } } };
  }
  const path = url.pathname.replace("/rest/V1", "");
  const [, code] = /^\/products\/attributes\/(\w+)\/options$/.exec(path) ?? [];
  if (code !== undefined) {
    const labels = options[code] ?? [];
    return {
      body: [{ label: " ", value: "" }, ...labels.map((label) => ({ label, value: optionId(code, label) }))],
    };
  }
  if (path === "/store/storeConfigs") return { body: [store] };
  const rows = lists[path]?.();
  return rows === undefined
    ? { status: 404, body: { message: "Request does not match any route." } }
    : list(rows, url.searchParams);
}

const store = {
  id: 1,
  code: "default",
  base_currency_code: "EUR",
  default_display_currency_code: "EUR",
  secure_base_link_url: "https://shop.example/",
  secure_base_media_url: "https://shop.example/media/",
};

const lists: Readonly<Record<string, (() => readonly Row[]) | undefined>> = {
  "/products": () => [
    ...stock.flatMap(products),
    ...products(WIDE).map((row) => ({ ...row, visibility: 1 })),
  ],
  "/categories/list": () => [
    { id: 1, name: "Root Catalog", level: 0, is_active: true },
    ...[...new Map(stock.map(({ category }) => [category.id, category])).values()].map((one) => ({
      ...one,
      level: 2,
      is_active: true,
    })),
  ],
  "/inventory/source-items": () =>
    [...stock, WIDE].flatMap(({ variants }) =>
      variants.map(({ sku, quantity }) => ({
        sku,
        source_code: "default",
        quantity,
        status: quantity > 0 ? 1 : 0,
      })),
    ),
  "/customers/search": () =>
    [ANNA, BRUNO].map(({ id, email, firstName, lastName }) => ({
      id,
      email,
      firstname: firstName,
      lastname: lastName,
    })),
  "/carts/search": () => [
    {
      id: 1,
      customer_id: ANNA.id,
      is_active: 1,
      currency: { quote_currency_code: "EUR" },
      items: [{ item_id: 1, sku: "DRESS-R-S", name: "Linen dress", qty: 2, price: 89.9 }],
    },
  ],
  "/orders": () => orders.map(order),
  "/shipments": () =>
    orders.map(({ id, tracking }) => ({
      order_id: id,
      tracks: [{ title: tracking.carrier, track_number: tracking.number, carrier_code: "dhl" }],
    })),
};

/** A configurable product and its children, or a simple one: all of them are rows of one list. */
function products(item: StockItem): Row[] {
  const configurable = hasOptions(item);
  const parent = {
    id: item.id,
    sku: item.sku,
    name: item.name,
    price: configurable ? 0 : (item.variants[0]?.priceMinor ?? 0) / 100,
    status: 1,
    visibility: 4,
    category_id: item.category.id,
    type_id: configurable ? "configurable" : "simple",
    description: item.description,
    extension_attributes: {
      category_links: [{ position: 0, category_id: String(item.category.id) }],
      ...(configurable && {
        configurable_product_options: [{ id: 1, attribute_id: "93", label: "Color" }],
        configurable_product_links: item.variants.map(({ id }) => id),
      }),
    },
    product_links: item.related.map((id) => ({
      sku: item.sku,
      link_type: "related",
      linked_product_sku: stock.find((one) => one.id === id)?.sku,
      position: 0,
    })),
    media_gallery_entries: [
      { id: 1, media_type: "image", label: null, position: 1, disabled: false, file: `/d/r/${item.id}.jpg` },
    ],
    custom_attributes: [
      { attribute_code: "description", value: item.description },
      { attribute_code: "url_key", value: `p-${item.id}` },
      { attribute_code: "manufacturer", value: optionId("manufacturer", item.brand) },
      ...(configurable ? [] : special(item.variants[0])),
      { attribute_code: "category_ids", value: [String(item.category.id)] },
    ],
  };
  return configurable ? [parent, ...item.variants.map((one) => child(item, one))] : [parent];
}

const child = (item: StockItem, one: StockVariant): Row => ({
  id: one.id,
  sku: one.sku,
  name: `${item.name}-${one.color}-${one.size}`,
  price: one.priceMinor / 100,
  status: 1,
  visibility: 1,
  type_id: "simple",
  extension_attributes: {},
  product_links: [],
  media_gallery_entries: [],
  custom_attributes: [
    { attribute_code: "color", value: optionId("color", one.color) },
    { attribute_code: "size", value: optionId("size", one.size) },
    ...special(one),
  ],
});

const special = (one: StockVariant | undefined) =>
  one?.saleMinor === null || one === undefined
    ? []
    : [
        { attribute_code: "special_price", value: (one.saleMinor / 100).toFixed(4) },
        { attribute_code: "special_from_date", value: "2020-01-01 00:00:00" },
      ];

const order = (one: (typeof orders)[number]): Row => ({
  entity_id: one.id,
  increment_id: one.reference,
  created_at: one.placedAt.replace("T", " ").replace("Z", ""),
  order_currency_code: "EUR",
  grand_total: one.totalMinor / 100,
  status: one.state,
  customer_email: one.customer.email,
  shipping_description: "Flat Rate - Fixed",
  items: [
    ...one.lines.map(({ title, quantity }, index) => ({
      item_id: index,
      name: title,
      qty_ordered: quantity,
    })),
    { item_id: 99, parent_item_id: 0, name: "Linen dress-Red-S", qty_ordered: 1 },
  ],
});

/** Groups of conditions in the address: all groups, any condition of one. */
function list(rows: readonly Row[], params: URLSearchParams): Reply {
  const groups = new Map<string, ((row: Row) => boolean)[]>();
  for (const [name, field] of params) {
    const [, group, place] =
      /^searchCriteria\[filter_groups\]\[(\d+)\]\[filters\]\[(\d+)\]\[field\]$/.exec(name) ?? [];
    if (group === undefined) continue;
    const base = `searchCriteria[filter_groups][${group}][filters][${place}]`;
    const value = params.get(`${base}[value]`) ?? "";
    const condition = params.get(`${base}[condition_type]`) ?? "eq";
    groups.set(group, [
      ...(groups.get(group) ?? []),
      (row) => fits(row[field === "entity_id" && !("entity_id" in row) ? "id" : field], value, condition),
    ]);
  }
  const found = rows.filter((row) => [...groups.values()].every((any) => any.some((one) => one(row))));
  const size = Number(params.get("searchCriteria[pageSize]") ?? 20);
  const last = Math.max(1, Math.ceil(found.length / size));
  const number = Math.min(last, Number(params.get("searchCriteria[currentPage]") ?? 1));
  return {
    body: {
      items: found.slice((number - 1) * size, number * size),
      search_criteria: {},
      total_count: found.length,
    },
  };
}

function fits(value: unknown, wanted: string, condition: string): boolean {
  switch (condition) {
    case "eq":
      return String(value) === wanted;
    case "in":
      return wanted.split(",").includes(String(value));
    case "like":
      return String(value ?? "")
        .toLowerCase()
        .includes(wanted.replace(/^%|%$/g, "").replaceAll("\\", "").toLowerCase());
    case "gteq":
      return Number(value) >= Number(wanted);
    case "lteq":
      return Number(value) <= Number(wanted);
    default:
      return false;
  }
}
