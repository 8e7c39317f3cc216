/** What every stand-in sells, before it is put into a platform's words. */
export interface StockVariant {
  readonly id: number;
  readonly sku: string;
  readonly color: string;
  readonly size: string;
  readonly priceMinor: number;
  readonly saleMinor: number | null;
  readonly quantity: number;
}

export interface StockItem {
  readonly id: number;
  readonly sku: string;
  readonly name: string;
  /** With markup, as shops write it. */
  readonly description: string;
  readonly brand: string;
  readonly category: { readonly id: number; readonly name: string };
  /** One without colour and size: a product without options. */
  readonly variants: readonly StockVariant[];
  readonly related: readonly number[];
}

const dresses = { id: 31, name: "Dresses" };
const socks = { id: 32, name: "Socks" };

const plain = (id: number, over: Partial<StockVariant> = {}): StockVariant => ({
  id: id * 10,
  sku: `SKU-${id}`,
  color: "",
  size: "",
  priceMinor: 1_000 + id,
  saleMinor: null,
  quantity: 5,
  ...over,
});

/** In three variants: one on sale, one sold out. */
export const DRESS = {
  id: 101,
  sku: "DRESS",
  name: "Linen dress",
  description: "<p>Light &amp; <b>airy</b>.</p><script>alert(1)</script>",
  brand: "Atelier",
  category: dresses,
  variants: [
    { id: 1011, sku: "DRESS-R-S", color: "Red", size: "S", priceMinor: 8_990, saleMinor: null, quantity: 7 },
    { id: 1012, sku: "DRESS-R-M", color: "Red", size: "M", priceMinor: 8_990, saleMinor: 5_995, quantity: 2 },
    { id: 1013, sku: "DRESS-B-S", color: "Blue", size: "S", priceMinor: 9_050, saleMinor: null, quantity: 0 },
  ],
  related: [102, 103],
} as const satisfies StockItem;

export const SCARF = {
  id: 102,
  sku: "SKU-102",
  name: "Linen scarf",
  description: "Goes with it",
  brand: "Nordlys",
  category: dresses,
  variants: [plain(102, { priceMinor: 2_999, saleMinor: 1_999, quantity: 3 })],
  related: [],
} as const satisfies StockItem;

/** Sold out. */
const HAT: StockItem = {
  id: 103,
  sku: "SKU-103",
  name: "Straw hat",
  description: "",
  brand: "Nordlys",
  category: dresses,
  variants: [plain(103, { quantity: 0 })],
  related: [],
};

export const stock: readonly StockItem[] = [
  DRESS,
  SCARF,
  HAT,
  ...Array.from({ length: 27 }, (_, index): StockItem => {
    const id = 104 + index;
    const name = `Wool sock ${String(index + 1).padStart(2, "0")}`;
    return {
      id,
      sku: `SKU-${id}`,
      name,
      description: name,
      brand: "Nordlys",
      category: socks,
      variants: [plain(id)],
      related: [],
    };
  }),
];

/** Of more variants than any platform gives in one answer. Found by its id, not by a search. */
export const WIDE: StockItem = {
  id: 190,
  sku: "WIDE",
  name: "Trousers by inch",
  description: "",
  brand: "Nordlys",
  category: socks,
  variants: Array.from({ length: 320 }, (_, index) => ({
    id: 19_000 + index,
    sku: `WIDE-${index}`,
    color: index % 2 === 0 ? "Red" : "Blue",
    size: "M",
    priceMinor: 5_000 + index,
    saleMinor: null,
    quantity: index % 7,
  })),
  related: [],
};

/** Whom the shop knows. */
export const ANNA = { id: 7, email: "anna@example.test", firstName: "Anna", lastName: "Berg" };
export const BRUNO = { id: 8, email: "bruno@example.test", firstName: "Bruno", lastName: "Costa" };

export const orders = [
  {
    id: 9001,
    reference: "100009001",
    customer: ANNA,
    placedAt: "2026-11-02T10:30:00Z",
    totalMinor: 12_990,
    state: "shipped",
    tracking: { carrier: "DHL", number: "JD0123", url: "https://dhl.example/JD0123" },
    lines: [{ title: "Linen dress", quantity: 1 }],
  },
  {
    id: 9002,
    reference: "100009002",
    customer: BRUNO,
    placedAt: "2026-11-03T10:30:00Z",
    totalMinor: 1_999,
    state: "paid",
    tracking: { carrier: "", number: "", url: "" },
    lines: [{ title: "Linen scarf", quantity: 1 }],
  },
] as const;

/** Every word somewhere in the name. */
export function matches(item: StockItem, words: string): boolean {
  const name = item.name.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.includes(word));
}

export const decimal = (minor: number) => (minor / 100).toFixed(2);
export const toPay = ({ priceMinor, saleMinor }: StockVariant) => saleMinor ?? priceMinor;
export const isOnSale = ({ saleMinor }: StockVariant) => saleMinor !== null;
export const hasOptions = ({ variants }: StockItem) => variants.length > 1;

export function page<T>(items: readonly T[], number: number, size: number): readonly T[] {
  return items.slice((number - 1) * size, number * size);
}
