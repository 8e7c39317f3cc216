import { defineMessages } from "./define";

/** In place of a report that failed. An area of its own: browsers load it in all languages. */
export const insightsErrorMessages = defineMessages({
  en: {
    title: "This report could not be made",
    text: "Either it takes too long for such a long time, or something went wrong on our side. A shorter time often helps.",
    lastWeek: "The last 7 days",
    retry: "Try again",
  },
  de: {
    title: "Dieser Bericht kam nicht zustande",
    text: "Entweder braucht er für einen so langen Zeitraum zu lange, oder bei uns ist etwas schiefgegangen. Ein kürzerer Zeitraum hilft oft.",
    lastWeek: "Die letzten 7 Tage",
    retry: "Noch einmal versuchen",
  },
  it: {
    title: "Non è stato possibile creare questo rapporto",
    text: "O richiede troppo tempo per un periodo così lungo, o qualcosa non ha funzionato da noi. Spesso aiuta un periodo più breve.",
    lastWeek: "Gli ultimi 7 giorni",
    retry: "Riprova",
  },
  es: {
    title: "No se pudo hacer este informe",
    text: "O tarda demasiado para un periodo tan largo, o algo ha fallado por nuestra parte. A menudo ayuda un periodo más corto.",
    lastWeek: "Los últimos 7 días",
    retry: "Intentar de nuevo",
  },
  fr: {
    title: "Ce rapport n’a pas pu être établi",
    text: "Soit il prend trop de temps pour une période aussi longue, soit quelque chose a mal tourné chez nous. Une période plus courte aide souvent.",
    lastWeek: "Les 7 derniers jours",
    retry: "Réessayer",
  },
});
