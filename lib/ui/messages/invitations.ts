/** Words of the settings of invitations. */
import { defineMessages } from "./define";

export const invitationsMessages = defineMessages({
  en: {
    title: "Invitations",
    text: "A small line beside the chat button, for visitors who stay with a product: at most once a day, gone with one click, and only for those whose way may be recorded.",
    on: "Invite visitors to the chat",
    after: "After so many seconds on a product page",
    holdOut: "Percent who are not invited",
    holdOutHelp:
      "They are drawn by chance and stay the same. Comparing both groups shows what invitations bring; the report is under Insights, Influence.",
    save: "Save",
    saved: "Saved.",
    failed: "That did not work. Seconds from {least} to {most}, at most {mostHeldOut} percent.",
  },
  de: {
    title: "Einladungen",
    text: "Eine kleine Zeile neben dem Chat-Knopf für alle, die bei einem Produkt bleiben: höchstens einmal am Tag, mit einem Klick weg und nur, wenn ihr Weg aufgezeichnet werden darf.",
    on: "Zum Chat einladen",
    after: "Nach so vielen Sekunden auf einer Produktseite",
    holdOut: "Prozent, die nicht eingeladen werden",
    holdOutHelp:
      "Sie werden ausgelost und bleiben dieselben. Der Vergleich beider Gruppen zeigt, was Einladungen bringen; der Bericht steht unter Insights, Einfluss.",
    save: "Speichern",
    saved: "Gespeichert.",
    failed: "Das hat nicht geklappt. Sekunden von {least} bis {most}, höchstens {mostHeldOut} Prozent.",
  },
  it: {
    title: "Inviti",
    text: "Una piccola riga accanto al pulsante della chat, per chi resta su un prodotto: al massimo una volta al giorno, via con un clic, e solo se il suo percorso può essere registrato.",
    on: "Invitare alla chat",
    after: "Dopo quanti secondi su una pagina prodotto",
    holdOut: "Percentuale di chi non viene invitato",
    holdOutHelp:
      "Sono sorteggiati e restano gli stessi. Il confronto tra i due gruppi mostra quanto valgono gli inviti; il report è in Insights, Influenza.",
    save: "Salva",
    saved: "Salvato.",
    failed: "Non ha funzionato. Secondi da {least} a {most}, al massimo {mostHeldOut} per cento.",
  },
  es: {
    title: "Invitaciones",
    text: "Una pequeña línea junto al botón del chat para quien se queda con un producto: como mucho una vez al día, se quita con un clic y solo si se puede registrar su recorrido.",
    on: "Invitar al chat",
    after: "Tras cuántos segundos en una página de producto",
    holdOut: "Porcentaje sin invitación",
    holdOutHelp:
      "Se eligen por sorteo y no cambian. Comparar los dos grupos muestra lo que valen las invitaciones; el informe está en Insights, Influencia.",
    save: "Guardar",
    saved: "Guardado.",
    failed: "No ha funcionado. Segundos de {least} a {most}, como mucho {mostHeldOut} por ciento.",
  },
  fr: {
    title: "Invitations",
    text: "Une petite ligne à côté du bouton de chat pour qui reste sur un produit : au plus une fois par jour, fermée d'un clic, et seulement si son parcours peut être enregistré.",
    on: "Inviter au chat",
    after: "Après combien de secondes sur une page produit",
    holdOut: "Pourcentage sans invitation",
    holdOutHelp:
      "Tirés au sort, ils restent les mêmes. Comparer les deux groupes montre ce que valent les invitations ; le rapport est dans Insights, Influence.",
    save: "Enregistrer",
    saved: "Enregistré.",
    failed: "Cela n'a pas fonctionné. Secondes de {least} à {most}, au plus {mostHeldOut} pour cent.",
  },
});
export type InvitationsKey = keyof (typeof invitationsMessages)["en"];
