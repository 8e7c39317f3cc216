/**
 * Words on buttons that bind the customer, in the five languages: to order, to pay, to delete, to sign. Many shops send
 * without a form, so the button's kind alone does not tell. Read generously: a wrong "please press it yourself" costs a
 * press, a wrong order costs money.
 */
const words = [
  "pay|payment|place order|order now|buy now|purchase|checkout now|confirm order|delete|remove account|unsubscribe|sign up|subscribe|donate",
  "bezahlen|zahlungspflichtig|kaufen|jetzt bestellen|bestellung|abschicken|löschen|kündigen|abonnieren|spenden",
  "paga|pagare|acquista|ordina|conferma ordine|elimina|cancella account|disdici|iscriviti|dona",
  "pagar|comprar|realizar pedido|confirmar pedido|eliminar|borrar|darse de baja|suscribirse|donar",
  "payer|acheter|commander|valider la commande|supprimer|résilier|s'abonner|faire un don",
].join("|");
const binding = new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, "iu");

export const isBindingWord = (label: string): boolean => binding.test(label.replace(/\s+/g, " "));
