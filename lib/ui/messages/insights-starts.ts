/** Words of where conversations begin: pages, what opened the chat, and what came of them. */
import { defineMessages } from "./define";

export const insightsStartsMessages = defineMessages({
  en: {
    title: "Where conversations begin",
    definition:
      "Begun on: the last page of the shop that the customer’s browser told of within a day before; addresses without what follows a question mark.",
    definitionRate:
      "Of the conversations that an agent accepted, the share after which the customer ordered within the shop’s window, with the interval in which the true share lies (Wilson, 95%). Who asks on one page may be another customer than who asks on another: what invitations add is shown by the comparison group below.",
    page: "Begun on",
    conversion: "Ordered afterwards",
    counts: "{bought} of {taken} accepted, {count} begun",
    unknown: "Not known",
    more: "The {shown} of {all} pages on which most conversations began; the file holds all.",
  },
  de: {
    title: "Wo Gespräche beginnen",
    definition:
      "Begonnen auf: die letzte Seite des Shops, die der Browser der Kundin binnen eines Tages davor gemeldet hat; Adressen ohne das, was nach einem Fragezeichen steht.",
    definitionRate:
      "Von den Gesprächen, die ein Berater angenommen hat, der Anteil, nach dem die Kundin im Fenster des Shops bestellt hat, mit dem Intervall, in dem der wahre Anteil liegt (Wilson, 95 %). Wer auf einer Seite fragt, ist vielleicht eine andere Kundin als auf einer anderen: was Einladungen hinzufügen, zeigt die Vergleichsgruppe darunter.",
    page: "Begonnen auf",
    conversion: "Danach bestellt",
    counts: "{bought} von {taken} angenommenen, {count} begonnen",
    unknown: "Nicht bekannt",
    more: "Die {shown} von {all} Seiten, auf denen die meisten Gespräche begannen; die Datei enthält alle.",
  },
  it: {
    title: "Dove iniziano le conversazioni",
    definition:
      "Iniziata su: l’ultima pagina del negozio che il browser della cliente ha comunicato nel giorno precedente; indirizzi senza ciò che segue un punto interrogativo.",
    definitionRate:
      "Delle conversazioni accettate da un consulente, la quota dopo cui la cliente ha ordinato entro la finestra del negozio, con l’intervallo in cui sta la quota vera (Wilson, 95%). Chi chiede su una pagina può essere una cliente diversa da chi chiede su un’altra: quanto aggiungono gli inviti lo mostra il gruppo di confronto qui sotto.",
    page: "Iniziata su",
    conversion: "Ordine dopo",
    counts: "{bought} su {taken} accettate, {count} iniziate",
    unknown: "Non noto",
    more: "Le {shown} pagine su {all} su cui sono iniziate più conversazioni; il file le contiene tutte.",
  },
  es: {
    title: "Dónde empiezan las conversaciones",
    definition:
      "Empezada en: la última página de la tienda que comunicó el navegador de la clienta en el día anterior; direcciones sin lo que sigue a un signo de interrogación.",
    definitionRate:
      "De las conversaciones que aceptó un asesor, la parte tras la que la clienta hizo un pedido dentro del plazo de la tienda, con el intervalo en que está la verdadera (Wilson, 95 %). Quien pregunta en una página puede ser otra clienta que quien pregunta en otra: lo que añaden las invitaciones lo muestra el grupo de comparación de abajo.",
    page: "Empezada en",
    conversion: "Pedido después",
    counts: "{bought} de {taken} aceptadas, {count} empezadas",
    unknown: "No se sabe",
    more: "Las {shown} de {all} páginas en las que empezaron más conversaciones; el archivo las tiene todas.",
  },
  fr: {
    title: "Où commencent les conversations",
    definition:
      "Commencée sur : la dernière page de la boutique que le navigateur de la cliente a rapportée dans la journée précédente ; adresses sans ce qui suit un point d’interrogation.",
    definitionRate:
      "Parmi les conversations acceptées par un conseiller, la part après laquelle la cliente a commandé dans le délai de la boutique, avec l’intervalle où se trouve la vraie part (Wilson, 95 %). Qui demande sur une page peut être une autre cliente que qui demande sur une autre : ce que les invitations ajoutent, le groupe de comparaison ci-dessous le montre.",
    page: "Commencée sur",
    conversion: "Commande ensuite",
    counts: "{bought} sur {taken} acceptées, {count} commencées",
    unknown: "Inconnu",
    more: "Les {shown} pages sur {all} où le plus de conversations ont commencé ; le fichier les contient toutes.",
  },
});
