/** Which of a platform's attributes is the colour and which the size, in the languages in which shops name them. */
const COLOUR = /^(colou?r|farbe|colore|colores?|couleur|kleur|cor|kolor)$/i;
const SIZE = /^(size|gr(ö|oe)(ß|ss)e|taglia|misura|talla|tama(ñ|n)o|taille|pointure|maat|tamanho|rozmiar)$/i;

interface Option {
  readonly name: string;
  readonly value: string;
}

/** What tells a variant from its sisters: its colour, its size, and all of its options as one title. */
export function readOptions(options: readonly Option[]): {
  readonly title: string;
  readonly color: string;
  readonly size: string;
} {
  const named = options
    // WooCommerce names what the shop made itself "pa_color".
    .map(({ name, value }) => ({ name: name.trim().replace(/^pa_/i, ""), value: value.trim() }))
    .filter(({ value }) => value !== "");
  return {
    title: named.map(({ value }) => value).join(" / "),
    color: named.find(({ name }) => COLOUR.test(name))?.value ?? "",
    size: named.find(({ name }) => SIZE.test(name))?.value ?? "",
  };
}
