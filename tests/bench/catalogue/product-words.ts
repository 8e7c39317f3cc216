/** What shops' titles are made of, in five languages: enough for common words, rare ones, plurals and compounds. */
export interface ShopWords {
  readonly locale: string;
  readonly kinds: readonly { readonly path: string; readonly nouns: readonly string[] }[];
  readonly qualities: readonly string[];
  readonly materials: readonly string[];
  readonly colors: readonly string[];
  readonly small: readonly string[];
}

const list = (text: string) => text.split(" ");

export const shopWords: readonly ShopWords[] = [
  {
    locale: "en",
    kinds: [
      { path: "Women > Dresses", nouns: list("dress gown sundress shirtdress") },
      { path: "Women > Shoes", nouns: list("sandals pumps boots sneakers loafers") },
      { path: "Women > Bags", nouns: list("bag tote clutch backpack shopper") },
      { path: "Men > Shirts", nouns: list("shirt overshirt polo t-shirt") },
      { path: "Men > Jeans", nouns: list("jeans chinos trousers shorts") },
      { path: "Men > Jackets", nouns: list("jacket parka blazer coat raincoat") },
      { path: "Home > Kitchen", nouns: list("mug teapot bowl pan knife") },
      { path: "Home > Living", nouns: list("lamp cushion blanket chair shelf") },
      { path: "Accessories > Hats", nouns: list("hat beanie cap scarf") },
    ],
    qualities: list(
      "slim relaxed vintage classic cropped oversized quilted striped ribbed smocked waterproof",
    ),
    materials: list("cotton wool linen leather silk denim cashmere viscose steel oak ceramic"),
    colors: list("black white navy beige red green stone burgundy olive sand"),
    small: list("the a with for and of in soft every day made from our best fit to wear"),
  },
  {
    locale: "de",
    kinds: [
      { path: "Damen > Kleider", nouns: list("Kleid Sommerkleid Abendkleid Rock") },
      { path: "Damen > Schuhe", nouns: list("Schuhe Turnschuhe Sandalen Stiefel Hausschuh") },
      { path: "Herren > Hemden", nouns: list("Hemd Freizeithemd Pullover Strickjacke") },
      { path: "Herren > Hosen", nouns: list("Hose Jeans Arbeitshose Shorts") },
      { path: "Wohnen > Küche", nouns: list("Tasse Teekanne Schüssel Pfanne Küchenmesser") },
      { path: "Wohnen > Möbel", nouns: list("Stuhl Tischlampe Regal Kissen Wolldecke") },
    ],
    qualities: list("schmal weit klassisch gestreift gesteppt wasserdicht gemütlich gefüttert leicht"),
    materials: list("Baumwolle Wolle Leinen Leder Seide Kaschmir Edelstahl Eiche Keramik"),
    colors: list("schwarz weiß blau beige rot grün oliv grau"),
    small: list("der die das mit für und aus von jeden Tag sehr weich unsere beste Passform"),
  },
  {
    locale: "it",
    kinds: [
      { path: "Donna > Abiti", nouns: list("abito vestito gonna camicetta") },
      { path: "Donna > Scarpe", nouns: list("scarpe sandali stivali ballerine") },
      { path: "Uomo > Camicie", nouns: list("camicia maglione giacca cappotto") },
      { path: "Casa > Cucina", nouns: list("tazza teiera padella coltello") },
    ],
    qualities: list("classico elegante leggero morbido impermeabile aderente"),
    materials: list("cotone lana lino pelle seta acciaio ceramica"),
    colors: list("nero bianco blu rosso verde sabbia"),
    small: list("il la con per e di in ogni giorno molto nostro migliore"),
  },
  {
    locale: "es",
    kinds: [
      { path: "Mujer > Vestidos", nouns: list("vestido falda blusa chaqueta") },
      { path: "Mujer > Zapatos", nouns: list("zapatos sandalias botas zapatillas") },
      { path: "Hombre > Camisas", nouns: list("camisa jersey abrigo pantalones") },
      { path: "Hogar > Cocina", nouns: list("taza tetera sartén cuchillo") },
    ],
    qualities: list("clásico elegante ligero suave impermeable ajustado"),
    materials: list("algodón lana lino cuero seda acero cerámica"),
    colors: list("negro blanco azul rojo verde arena"),
    small: list("el la con para y de en cada día muy nuestro mejor"),
  },
  {
    locale: "fr",
    kinds: [
      { path: "Femme > Robes", nouns: list("robe jupe chemisier veste") },
      { path: "Femme > Chaussures", nouns: list("chaussures sandales bottes baskets") },
      { path: "Homme > Chemises", nouns: list("chemise pull manteau pantalon") },
      { path: "Maison > Cuisine", nouns: list("tasse théière poêle couteau") },
    ],
    qualities: list("classique élégant léger doux imperméable ajusté"),
    materials: list("coton laine lin cuir soie acier céramique"),
    colors: list("noir blanc bleu rouge vert sable"),
    small: list("le la avec pour et de dans chaque jour très notre meilleur"),
  },
];
