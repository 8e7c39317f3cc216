/**
 * PrestaShop's webservice in JSON. Shapes from devdocs.prestashop-project.org ("Webservice": cheat sheet, list parameters,
 * specific prices, products, combinations, orders): `[]` for no rows, numbers as texts, false for no text, one filter a field.
 */
import { type Asked, type Reply, startStandIn } from "./stand-in";
import { ANNA, BRUNO, decimal, hasOptions, orders, type StockItem, stock, toPay } from "./stock";

export const prestaKeys = { key: "PRESTATESTKEY" };

export const startPrestaShop = () => startStandIn(answer);

type Row = Readonly<Record<string, unknown>>;
const makers = ["Atelier", "Nordlys"];
const values = ["Red", "Blue", "S", "M"];

function answer({ url, headers }: Asked): Reply {
  if (headers.authorization !== `Basic ${Buffer.from(`${prestaKeys.key}:`).toString("base64")}`) {
    return { status: 401, headers: { "content-type": "text/html" }, body: "401 Unauthorized" };
  }
  if (url.searchParams.get("output_format") !== "JSON") return { status: 200, body: "<prestashop/>" };
  const resource = url.pathname.replace(/^\/api\//, "");
  const rows = resources[resource]?.();
  if (rows === undefined) {
    return {
      status: 400,
      body: { errors: [{ code: 20, message: `Resource of type "${resource}" does not exists.` }] },
    };
  }
  const found = cut(narrowed(rows, url.searchParams), url.searchParams.get("limit"));
  return {
    headers: { "psws-version": "9.0.1", "execution-time": "0.01" },
    body: found.length === 0 ? [] : { [resource]: found },
  };
}

const resources: Readonly<Record<string, (() => readonly Row[]) | undefined>> = {
  products: () => stock.map(product),
  combinations: () => stock.filter(hasOptions).flatMap(combinations),
  stock_availables: () => stock.flatMap(stockRows),
  product_option_values: () =>
    values.map((name, index) => ({
      id: index + 1,
      id_attribute_group: index < 2 ? "1" : "2",
      color: "",
      name,
    })),
  product_options: () => [
    { id: 1, name: "Color" },
    { id: 2, name: "Size" },
  ],
  categories: () => [...new Map(stock.map(({ category }) => [category.id, category])).values()],
  manufacturers: () => makers.map((name, index) => ({ id: index + 1, name })),
  languages: () => [
    { id: 1, iso_code: "en" },
    { id: 2, iso_code: "de" },
  ],
  currencies: () => [{ id: 1, iso_code: "EUR" }],
  customers: () =>
    [ANNA, BRUNO].map(({ id, email, firstName, lastName }) => ({
      id,
      email,
      firstname: firstName,
      lastname: lastName,
    })),
  orders: () => orders.map(order),
  order_states: () =>
    [...new Set(orders.map(({ state }) => state))].map((name, index) => ({ id: index + 1, name })),
  order_carriers: () =>
    orders.map(({ id, tracking }) => ({
      id,
      id_order: String(id),
      id_carrier: "1",
      tracking_number: tracking.number,
    })),
  carriers: () => [{ id: 1, name: "DHL", url: "https://dhl.example/@" }],
};

function product(item: StockItem): Row {
  const [first] = item.variants;
  if (first === undefined) throw new Error("every item has a variant");
  const ids = item.variants.map(({ id }) => ({ id: String(id) }));
  return {
    id: item.id,
    id_manufacturer: String(makers.indexOf(item.brand) + 1),
    manufacturer_name: item.brand,
    id_category_default: String(item.category.id),
    reference: item.sku,
    ean13: "",
    active: "1",
    available_for_order: "1",
    price: "1.000000",
    now: decimal(toPay(first)),
    usual: Number(decimal(first.priceMinor)),
    name: item.name,
    description: item.description,
    description_short: "",
    associations: {
      images: [{ id: "24" }],
      ...(hasOptions(item) && { combinations: ids }),
      ...(item.related.length > 0 && { accessories: item.related.map((id) => ({ id: String(id) })) }),
    },
  };
}

const combinations = (item: StockItem): Row[] =>
  item.variants.map((one) => ({
    id: one.id,
    id_product: String(item.id),
    reference: one.sku,
    ean13: "",
    price: "0.000000",
    // Taxes make more digits than a price has.
    now: `${decimal(toPay(one))}00`,
    usual: `${decimal(one.priceMinor)}00`,
    associations: {
      product_option_values: [one.color, one.size].map((value) => ({
        id: String(values.indexOf(value) + 1),
      })),
    },
  }));

const stockRows = (item: StockItem): Row[] =>
  item.variants.map((one) => ({
    id: one.id,
    id_product: String(item.id),
    id_product_attribute: hasOptions(item) ? String(one.id) : "0",
    quantity: String(one.quantity),
    out_of_stock: "2",
  }));

const order = (one: (typeof orders)[number]): Row => ({
  id: one.id,
  reference: one.reference,
  id_customer: String(one.customer.id),
  id_currency: "1",
  current_state: String([...new Set(orders.map(({ state }) => state))].indexOf(one.state) + 1),
  date_add: one.placedAt.replace("T", " ").replace("Z", ""),
  total_paid: `${decimal(one.totalMinor)}0000`,
  associations: {
    order_rows: one.lines.map(({ title, quantity }) => ({
      product_name: title,
      product_quantity: String(quantity),
    })),
  },
});

/** `[1|2]` any of these, `%[word%word]%` contains. */
function narrowed(rows: readonly Row[], params: URLSearchParams): readonly Row[] {
  let found = rows;
  for (const [name, value] of params) {
    const [, field] = /^filter\[(\w+)\]$/.exec(name) ?? [];
    if (field === undefined) continue;
    const [, before = "", inside = ""] = /^(%?)\[(.*)\]%?$/.exec(value) ?? [];
    const wanted = inside.toLowerCase().split(before === "%" ? "%" : "|");
    found = found.filter((row) => {
      const text = String(row[field] ?? "").toLowerCase();
      return before === "%" ? inOrder(text, wanted) : wanted.includes(text);
    });
  }
  return found;
}

function inOrder(text: string, words: readonly string[]): boolean {
  let at = 0;
  return words.every((word) => {
    const found = text.indexOf(word, at);
    at = found + word.length;
    return found !== -1;
  });
}

/** "10" the first ten, "20,10" ten behind the first twenty. */
function cut(rows: readonly Row[], limit: string | null): readonly Row[] {
  if (limit === null) return rows;
  const [start = 0, count] = limit.includes(",") ? limit.split(",").map(Number) : [0, Number(limit)];
  return rows.slice(start, start + (count ?? rows.length));
}
