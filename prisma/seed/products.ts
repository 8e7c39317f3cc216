/** The demo shop's catalogue: "Bottega Lume", a small Milanese maker. Prices in euro cents. */
import type { ProductInput, VariantInput } from "@/lib/catalogue/write-product";

export const SHOP_NAME = "Bottega Lume";

interface Sold {
  readonly color: string;
  readonly sizes?: readonly string[];
  readonly price: number;
  readonly sale?: number;
  /** Sizes (or, without sizes, the colour) that are sold out. */
  readonly out?: readonly string[];
}

function variants(id: string, sold: readonly Sold[]): VariantInput[] {
  return sold.flatMap(({ color, sizes = [""], price, sale, out = [] }) =>
    sizes.map((size) => ({
      externalId: [id, color.toUpperCase().replaceAll(" ", ""), size.toUpperCase().replaceAll(" ", "")]
        .filter(Boolean)
        .join("-"),
      title: [color, size].filter(Boolean).join(", "),
      color,
      size,
      currency: "EUR",
      priceMinor: price,
      saleMinor: sale ?? null,
      availability: out.includes(size || color) ? "out_of_stock" : "in_stock",
    })),
  );
}

type Row = readonly [id: string, title: string, category: string, description: string, sold: readonly Sold[]];

const shoes = ["38", "39", "40", "41", "42", "43"];
const clothes = ["S", "M", "L", "XL"];

const rows: readonly Row[] = [
  [
    "GINEVRA",
    "Ginevra leather tote",
    "Bags > Totes",
    "Full-grain calf, vegetable tanned in Santa Croce, hand-stitched with waxed linen thread. Solid brass rivets, a zip pocket on the back, room for a 14-inch laptop. 38 x 33 x 15 cm.",
    [
      { color: "Cognac", price: 32900 },
      { color: "Black", price: 32900, sale: 27900 },
    ],
  ],
  [
    "LUNA",
    "Luna saddle bag",
    "Bags > Shoulder bags",
    "A rounded saddle bag with a brass buckle and an adjustable strap. Pebbled calf, suede lining, one inner pocket. 26 x 22 x 9 cm.",
    [
      { color: "Bordeaux", price: 24900 },
      { color: "Sage", price: 24900, out: ["Sage"] },
    ],
  ],
  [
    "ALPE",
    "Alpe canvas backpack, 24 l",
    "Bags > Backpacks",
    "Waxed cotton canvas with leather straps and two brass buckles. Padded back, front pocket, rain-proof for an hour and patient for a lifetime. 24 litres.",
    [{ color: "Forest", price: 18900, sale: 15900 }],
  ],
  [
    "CORSA",
    "Corsa leather sneaker",
    "Shoes > Sneakers",
    "Soft calf with suede heel and stripe, stitched rubber sole that can be replaced. Runs true to size.",
    [
      { color: "White and pine", sizes: shoes, price: 15900, out: ["38"] },
      { color: "Navy and tan", sizes: shoes, price: 15900, sale: 12900, out: ["42", "43"] },
    ],
  ],
  [
    "BRERA",
    "Brera Chelsea boot",
    "Shoes > Boots",
    "Goodyear-welted boot of waxed calf with strong elastic and a stacked leather heel. Comes with a spare pair of pull tabs.",
    [
      { color: "Chestnut", sizes: shoes, price: 26900 },
      { color: "Black", sizes: shoes, price: 26900, out: ["39"] },
    ],
  ],
  [
    "NIVES",
    "Nives cable sweater",
    "Knitwear > Sweaters",
    "Three cables, ribbed collar and cuffs, knitted in one piece from undyed and low-impact dyed merino. 100% wool, 720 g in size M.",
    [
      { color: "Oat", sizes: clothes, price: 17900 },
      { color: "Petrol", sizes: clothes, price: 17900, sale: 13900, out: ["XL"] },
    ],
  ],
  [
    "DOLOMITI",
    "Dolomiti ribbed beanie",
    "Knitwear > Hats",
    "Dense fisherman's rib with a deep turn-up and a leather patch. Extra-fine merino, 19.5 micron. One size.",
    [{ color: "Brick", price: 4900 }],
  ],
  [
    "BORA",
    "Bora checked scarf",
    "Knitwear > Scarves",
    "Woven in Biella from lambswool, with hand-knotted fringe. 190 x 35 cm.",
    [
      { color: "Camel check", price: 8900 },
      { color: "Grey check", price: 8900, sale: 6900 },
    ],
  ],
  [
    "LUMEN",
    "Lumen ceramic table lamp",
    "Lamps > Table lamps",
    "Wheel-thrown stoneware with a speckled glaze and a linen shade. E27, textile cable with switch. 58 cm high.",
    [{ color: "Sage", price: 14900 }],
  ],
  [
    "CAMPANA",
    "Campana pendant lamp",
    "Lamps > Pendants",
    "Spun and hammered by hand; every dome is a little different. E27, black textile cable, 2 m. 40 cm wide.",
    [
      { color: "Brass", price: 21900 },
      { color: "Copper", price: 21900, sale: 18900 },
    ],
  ],
  [
    "ARCO",
    "Arco desk lamp",
    "Lamps > Desk lamps",
    "Two springs, three brass joints and a head that stays where it is put. Powder-coated steel. Reach 85 cm.",
    [
      { color: "Ink blue", price: 12900 },
      { color: "Brick", price: 12900 },
    ],
  ],
  [
    "MERIDIANA",
    "Meridiana automatic watch",
    "Watches > Automatic",
    "Sunburst dial, applied indices, date at three, sapphire on both sides. 39 mm, automatic movement, 5 ATM. Quick-change calf strap.",
    [
      { color: "Blue, steel", price: 49000 },
      { color: "Ivory, gold", price: 54000, out: ["Ivory, gold"] },
    ],
  ],
  [
    "NOTTURNA",
    "Notturna chronograph",
    "Watches > Chronographs",
    "Three subdials, tachymeter bezel, luminous indices. 41 mm steel, 10 ATM, black calf strap.",
    [{ color: "Black", price: 62000, sale: 54900 }],
  ],
];

/** @param shopUrl address of the demo shop, such as http://localhost:3000/demo */
export function demoProducts(shopUrl: string): Omit<ProductInput, "pictures">[] {
  return rows.map(([externalId, title, category, description, sold]) => ({
    externalId,
    title,
    category,
    description,
    brand: SHOP_NAME,
    url: `${shopUrl}/p/${externalId}`,
    variants: variants(externalId, sold),
  }));
}
