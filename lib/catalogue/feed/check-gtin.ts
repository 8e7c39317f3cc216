/** Digits of the lengths that exist: GTIN-8, UPC-A, EAN-13, GTIN-14. */
const FORM = /^(?:\d{8}|\d{12,14})$/;

/** The digits of a barcode whose check digit is right; null for anything else (GS1 General Specifications, 7.9). */
export function checkGtin(text: string): string | null {
  const digits = text.replace(/[\s-]/g, "");
  if (!FORM.test(digits) || /^0+$/.test(digits)) return null;
  let sum = 0;
  for (let back = 0; back < digits.length; back += 1) {
    const digit = Number(digits[digits.length - 1 - back]);
    sum += back % 2 === 0 ? digit : 3 * digit;
  }
  return sum % 10 === 0 ? digits : null;
}
