import { defineMessages } from "./define";

/** In place of a report that failed. An area of its own: browsers load it in all languages. */
export const insightsErrorMessages = defineMessages({
  en: {
    title: "This report could not be made",
    text: "Something went wrong on our side. A shorter time sometimes helps.",
    tooLong: "It takes longer than we let anybody wait. A shorter time is done sooner; files have more time.",
    lastWeek: "The last 7 days",
    retry: "Try again",
  },
  de: {
    title: "Dieser Bericht kam nicht zustande",
    text: "Bei uns ist etwas schiefgegangen. Ein kürzerer Zeitraum hilft manchmal.",
    tooLong:
      "Er braucht länger, als wir warten lassen. Ein kürzerer Zeitraum geht schneller; Dateien haben mehr Zeit.",
    lastWeek: "Die letzten 7 Tage",
    retry: "Noch einmal versuchen",
  },
  it: {
    title: "Non è stato possibile creare questo rapporto",
    text: "Qualcosa non ha funzionato da noi. A volte aiuta un periodo più breve.",
    tooLong:
      "Richiede più tempo di quanto facciamo attendere. Un periodo più breve fa prima; i file hanno più tempo.",
    lastWeek: "Gli ultimi 7 giorni",
    retry: "Riprova",
  },
  es: {
    title: "No se pudo hacer este informe",
    text: "Algo ha fallado por nuestra parte. A veces ayuda un periodo más corto.",
    tooLong:
      "Tarda más de lo que hacemos esperar. Un periodo más corto va más rápido; los archivos tienen más tiempo.",
    lastWeek: "Los últimos 7 días",
    retry: "Intentar de nuevo",
  },
  fr: {
    title: "Ce rapport n’a pas pu être établi",
    text: "Quelque chose a mal tourné chez nous. Une période plus courte aide parfois.",
    tooLong:
      "Il demande plus de temps que nous n’en laissons attendre. Une période plus courte va plus vite ; les fichiers ont plus de temps.",
    lastWeek: "Les 7 derniers jours",
    retry: "Réessayer",
  },
});
