/** What the pages of the tests make of a number that is typed: "0611234567" becomes "061 123 456 7". */
export const groupDigits = (text: string): string => text.replace(/\D/g, "").replace(/(\d{3})(?=\d)/g, "$1 ");
