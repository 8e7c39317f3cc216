const colors = /^(pa_)?(colou?r|farbe|colore|couleur)$/i;
const sizes = /^(pa_)?(size|größe|groesse|taglia|misura|talla|tamaño|taille|pointure)$/i;

/** Which of our fields an option or attribute of a platform is; null for any other, such as a material. */
export function optionField(name: string): "color" | "size" | null {
  if (colors.test(name.trim())) return "color";
  return sizes.test(name.trim()) ? "size" : null;
}
