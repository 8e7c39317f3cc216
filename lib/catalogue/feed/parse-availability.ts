import type { Availability } from "../write-product";

/** What shops write for it, folded: lower case, single spaces; also schema.org's names and yes or no. */
const words: Readonly<Record<Availability, readonly string[]>> = {
  in_stock: [
    "",
    "in stock",
    "instock",
    "available",
    "limited availability",
    "limitedavailability",
    "instoreonly",
    "onlineonly",
    "in store only",
    "online only",
    "1",
    "true",
    "yes",
    "y",
    "ja",
    "si",
    "sì",
    "sí",
    "oui",
    "auf lager",
    "lagernd",
    "verfügbar",
    "lieferbar",
    "sofort lieferbar",
    "disponibile",
    "in magazzino",
    "disponible",
    "en stock",
  ],
  out_of_stock: [
    "out of stock",
    "outofstock",
    "sold out",
    "soldout",
    "unavailable",
    "not available",
    "discontinued",
    "0",
    "false",
    "no",
    "n",
    "nein",
    "non",
    "nicht auf lager",
    "nicht verfügbar",
    "nicht lieferbar",
    "ausverkauft",
    "vergriffen",
    "non disponibile",
    "esaurito",
    "agotado",
    "no disponible",
    "sin stock",
    "épuisé",
    "non disponible",
    "indisponible",
    "rupture de stock",
    "en rupture de stock",
    "en rupture",
  ],
  preorder: [
    "preorder",
    "pre order",
    "presale",
    "vorbestellbar",
    "vorbestellung",
    "preordine",
    "prenotabile",
    "preventa",
    "reserva",
    "précommande",
    "en précommande",
  ],
  backorder: [
    "backorder",
    "back order",
    "backordered",
    "on backorder",
    "onbackorder",
    "nachbestellt",
    "nachlieferbar",
    "in arrivo",
    "su ordinazione",
    "bajo pedido",
    "por encargo",
    "sur commande",
    "en réapprovisionnement",
    "madetoorder",
    "made to order",
  ],
};

const known: ReadonlyMap<string, Availability> = new Map(
  (["in_stock", "out_of_stock", "preorder", "backorder"] as const).flatMap((name) =>
    words[name].map((word) => [word, name] as const),
  ),
);

/** Null for what nobody knows. Nothing at all means that it can be bought. */
export function parseAvailability(text: string): Availability | null {
  const plain = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?schema\.org\//, "")
    .replace(/[\s_-]+/g, " ")
    .trim();
  return known.get(plain) ?? null;
}
