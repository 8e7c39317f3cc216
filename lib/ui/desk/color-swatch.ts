/** Colours as shops name them, in our five languages: which swatch stands for each. */
const names: Readonly<Record<string, string>> = {
  black: "black schwarz nero negro noir",
  white: "white weiß weiss bianco blanco blanc",
  grey: "grey gray grau grigio gris anthracite anthrazit charcoal",
  red: "red rot rosso rojo rouge",
  burgundy: "burgundy bordeaux bordeauxrot bordò burdeos wine",
  orange: "orange arancione naranja",
  yellow: "yellow gelb giallo amarillo jaune mustard senf",
  green: "green grün verde vert",
  olive: "olive oliv oliva khaki",
  blue: "blue blau blu azul bleu",
  navy: "navy dunkelblau marine marino",
  purple: "purple lila viola morado violet violett",
  pink: "pink rosa rose",
  brown: "brown braun marrone marrón marron",
  beige: "beige sand sabbia arena sable stone cream creme crema crème",
  gold: "gold oro doré",
  silver: "silver silber argento plata argent",
};
const swatches = new Map(
  Object.entries(names).flatMap(([swatch, words]) => words.split(" ").map((word) => [word, swatch])),
);

/** The colour that a name says, or begins or ends with; null when we cannot tell. */
export function swatchOf(color: string): string | null {
  const words = color.toLowerCase().split(/[\s-]+/);
  return (
    swatches.get(words.join("")) ?? swatches.get(words.at(-1) ?? "") ?? swatches.get(words[0] ?? "") ?? null
  );
}
