/** Which column is what, guessed from its name in English, German, Italian, Spanish or French. */
import { type FeedField, type FeedMapping, feedFields } from "@/lib/protocol/feeds";

/** Folded: small letters without accents and nothing between words. Likelier names first. */
const names: Readonly<Record<FeedField, readonly string[]>> = {
  id: [
    "id",
    "productid",
    "variantid",
    "itemid",
    "articleid",
    "artikelid",
    "offerid",
    "code",
    "productcode",
    "codice",
    "codigo",
    "sku",
    "articlenumber",
    "artikelnummer",
    "artikelnr",
    "artnr",
    "articleno",
    "itemnumber",
    "bestellnummer",
    "codicearticolo",
    "codiceprodotto",
    "idprodotto",
    "referencia",
    "idproducto",
    "codigoproducto",
    "reference",
    "ref",
    "referenceproduit",
    "idproduit",
    "handle",
  ],
  item_group_id: [
    "itemgroupid",
    "groupid",
    "parentid",
    "parentsku",
    "parent",
    "masterid",
    "mastersku",
    "modelid",
    "gruppenid",
    "hauptartikel",
    "vaterartikel",
    "elternartikel",
    "idpadre",
    "codicepadre",
    "idgruppo",
    "codigopadre",
    "idparent",
    "referenceparent",
  ],
  title: [
    "title",
    "name",
    "producttitle",
    "productname",
    "titel",
    "bezeichnung",
    "artikelbezeichnung",
    "artikelname",
    "produktname",
    "titolo",
    "nome",
    "nomeprodotto",
    "titulo",
    "nombre",
    "nombreproducto",
    "titre",
    "nom",
    "nomproduit",
    "libelle",
    "designation",
  ],
  description: [
    "description",
    "descriptionhtml",
    "bodyhtml",
    "body",
    "longdescription",
    "productdescription",
    "beschreibung",
    "langbeschreibung",
    "artikelbeschreibung",
    "produktbeschreibung",
    "descrizione",
    "descrizionelunga",
    "descripcion",
    "descripcionlarga",
    "descriptionlongue",
    "shortdescription",
    "kurzbeschreibung",
    "descrizionebreve",
  ],
  link: [
    "link",
    "url",
    "producturl",
    "productlink",
    "permalink",
    "deeplink",
    "href",
    "produkturl",
    "produktlink",
    "urlprodotto",
    "linkprodotto",
    "urlproducto",
    "enlace",
    "urlproduit",
    "lien",
  ],
  image_link: [
    "imagelink",
    "image",
    "imageurl",
    "images",
    "imagesrc",
    "mainimage",
    "picture",
    "pictures",
    "pictureurl",
    "photo",
    "thumbnail",
    "bild",
    "bildurl",
    "bilder",
    "bildlink",
    "produktbild",
    "hauptbild",
    "immagine",
    "immagini",
    "urlimmagine",
    "foto",
    "imagen",
    "imagenes",
    "urlimagen",
    "urlimage",
    "imageproduit",
    "media",
  ],
  additional_image_link: [
    "additionalimagelink",
    "additionalimages",
    "additionalimage",
    "moreimages",
    "gallery",
    "weiterebilder",
    "zusatzbilder",
    "altreimmagini",
    "galleria",
    "galeria",
    "autresimages",
    "galerie",
  ],
  video_link: [
    "videolink",
    "videourl",
    "videosrc",
    "videocontenturl",
    "videoscontenturl",
    "video",
    "videos",
    "videofile",
    "productvideo",
    "produktvideo",
    "artikelvideo",
    "videoprodotto",
    "urlvideo",
    "linkvideo",
    "videoproducto",
    "enlacevideo",
    "videoproduit",
    "lienvideo",
  ],
  price: [
    "price",
    "regularprice",
    "listprice",
    "retailprice",
    "priceamount",
    "unitprice",
    "preis",
    "verkaufspreis",
    "uvp",
    "vk",
    "bruttopreis",
    "vkbrutto",
    "prezzo",
    "prezzolistino",
    "prezzopubblico",
    "precio",
    "pvp",
    "prix",
    "prixttc",
    "prixpublic",
  ],
  sale_price: [
    "saleprice",
    "specialprice",
    "discountprice",
    "discountedprice",
    "offerprice",
    "promoprice",
    "sonderpreis",
    "angebotspreis",
    "aktionspreis",
    "reduzierterpreis",
    "prezzoscontato",
    "prezzoofferta",
    "prezzopromo",
    "preciooferta",
    "preciorebajado",
    "preciodescuento",
    "prixpromo",
    "prixsolde",
    "prixremise",
    "prixreduit",
  ],
  sale_price_effective_date: ["salepriceeffectivedate", "saledates", "saleperiod", "aktionszeitraum"],
  currency: [
    "currency",
    "currencycode",
    "pricecurrency",
    "wahrung",
    "waehrung",
    "valuta",
    "moneda",
    "divisa",
    "devise",
  ],
  availability: [
    "availability",
    "instock",
    "stockstatus",
    "isinstock",
    "available",
    "verfugbarkeit",
    "verfuegbarkeit",
    "verfugbar",
    "lieferbarkeit",
    "lieferstatus",
    "disponibilita",
    "disponibile",
    "disponibilidad",
    "disponible",
    "disponibilite",
  ],
  quantity: [
    "quantity",
    "qty",
    "stock",
    "stockquantity",
    "inventory",
    "inventoryquantity",
    "stocklevel",
    "bestand",
    "lagerbestand",
    "menge",
    "giacenza",
    "quantita",
    "scorte",
    "existencias",
    "cantidad",
    "stockdisponible",
    "quantite",
  ],
  brand: [
    "brand",
    "vendor",
    "manufacturer",
    "marke",
    "hersteller",
    "marca",
    "produttore",
    "fabricante",
    "marque",
    "fabricant",
  ],
  product_type: [
    "producttype",
    "category",
    "categories",
    "categoryname",
    "categorypath",
    "googleproductcategory",
    "type",
    "kategorie",
    "kategorien",
    "warengruppe",
    "categoria",
    "categorie",
    "tipo",
    "famiglia",
    "familia",
    "rayon",
  ],
  color: ["color", "colour", "farbe", "colore", "couleur", "coloris"],
  size: [
    "size",
    "grosse",
    "groesse",
    "konfektionsgrosse",
    "taglia",
    "misura",
    "talla",
    "tamano",
    "taille",
    "pointure",
  ],
  sku: ["sku", "articlenumber", "artikelnummer", "itemnumber", "codicearticolo", "referencia", "reference"],
  gtin: [
    "gtin",
    "ean",
    "ean13",
    "gtin13",
    "upc",
    "barcode",
    "eancode",
    "strichcode",
    "codiceean",
    "codiceabarre",
    "codigobarras",
    "codebarre",
    "codebarres",
  ],
  mpn: [
    "mpn",
    "manufacturernumber",
    "manufacturerpartnumber",
    "herstellernummer",
    "codiceproduttore",
    "referenciafabricante",
    "referencefabricant",
  ],
};

/** What differs between a product's variants is looked for with the variant first. */
const ofVariant: readonly FeedField[] = [
  "id",
  "price",
  "sale_price",
  "currency",
  "availability",
  "quantity",
  "color",
  "size",
  "sku",
  "gtin",
  "mpn",
];

/** @param columns of a table, or paths of JSON entries such as "variants.price" */
export function suggestMapping(columns: readonly string[]): FeedMapping {
  const found: Partial<Record<FeedField, string>> = {};
  const taken = new Set<string>();
  const named = columns.map((column) => ({ column, ...partsOf(column) }));
  // A variant's own id leaves that of its product for the group.
  const hasVariants = named.some(({ inVariant }) => inVariant);
  for (const field of feedFields) {
    const free = named.filter(({ column }) => !taken.has(column));
    const wanted =
      hasVariants && field === "item_group_id" ? [...names.item_group_id, ...names.id] : names[field];
    const likely = free.filter(({ inVariant }) => inVariant === ofVariant.includes(field));
    const best = bestOf(wanted, likely) ?? bestOf(wanted, free);
    if (best === undefined) continue;
    found[field] = best;
    taken.add(best);
  }
  return { columns: found };
}

interface Named {
  readonly column: string;
  readonly whole: string;
  readonly last: string;
  readonly before: string;
  readonly inVariant: boolean;
}

function bestOf(wanted: readonly string[], columns: readonly Named[]): string | undefined {
  for (const read of [
    ({ whole }: Named) => whole,
    ({ last }: Named) => last,
    ({ before }: Named) => before,
  ]) {
    for (const name of wanted) {
      const hit = columns.find((column) => read(column) === name);
      if (hit) return hit.column;
    }
  }
  return undefined;
}

/** "variants.price.amount": itself, its last part, and the part before, which names a value such as "price.amount". */
function partsOf(column: string) {
  const parts = column.split(".").map(fold);
  const inVariant =
    parts.length > 1 &&
    /^(variants?|variations|variantes|varianten|varianti|children|skus|models)$/.test(parts[0] ?? "");
  const own = inVariant ? parts.slice(1) : parts;
  const isValue = /^(value|amount|src|url|href|name|code|gross|net)$/.test(own.at(-1) ?? "");
  return {
    whole: own.join(""),
    last: own.at(-1) ?? "",
    before: isValue ? (own.at(-2) ?? "") : "",
    inVariant,
  };
}

function fold(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/^g:/, "")
    .replaceAll("ß", "ss")
    .replace(/[^a-z0-9]+/g, "");
}
