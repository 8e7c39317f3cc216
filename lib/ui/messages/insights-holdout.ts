/** Words of the hold-out: what invitations are worth. No sentence claims more than the whole interval shows. */
import { defineMessages } from "./define";

export const insightsHoldoutMessages = defineMessages({
  en: {
    title: "What invitations are worth",
    definition:
      "Everybody who stays with a product long enough is either invited to the chat or held out: not invited, so that there is somebody to compare with. Who is held out is drawn by the server, not chosen, and stays the same for each visitor. Both groups are counted alike.",
    definitionBuys:
      "Somebody bought when an order was placed within {days} days after that moment, not cancelled and not given back whole. Several browsers of one customer are one person. The filters above do not apply: they choose conversations, and having one is part of the effect.",
    definitionInterval:
      "If the same were done a hundred times, 95 of the intervals would hold the true difference. One that holds zero shows no difference, neither that there is one nor that there is none.",
    within: "Within {days} days of that moment · filters do not apply",
    none: "Nobody has been invited in this period. Invitations are switched on in the settings.",
    tooFew: "Too few to compare yet: each group needs at least {least} people.",
    more: "With an invitation, {low} to {high} more people of a hundred buy than without.",
    less: "With an invitation, {low} to {high} fewer people of a hundred buy than without.",
    open: "No difference can be told yet: of a hundred people, between {low} and {high} more buy with an invitation.",
    buyers: "Buyers",
    group: "Group",
    invited: "Invited",
    heldOut: "Held out",
    ofPeople: { one: "{bought} of one person", other: "{bought} of {count} people" },
    way: "Of those invited {opened} opened the chat by the invitation. A conversation began with {talked} of the invited and {others} of the held out.",
    spent: "Spent for each person, invited less held out",
    currency: "Currency",
    difference: "Difference",
    spentClaimed:
      "Not confirmed by the shop’s server: {invited} per invited person, {heldOut} per person held out.",
    spentNote: "{invited} against {heldOut}",
  },
  de: {
    title: "Was Einladungen bringen",
    definition:
      "Alle, die lange genug bei einem Produkt bleiben, werden entweder zum Chat eingeladen oder kommen in die Vergleichsgruppe: nicht eingeladen, damit es etwas zu vergleichen gibt. Wer in die Vergleichsgruppe kommt, lost der Server aus, und es bleibt für jede Person gleich. Beide Gruppen werden gleich gezählt.",
    definitionBuys:
      "Gekauft hat, wer innerhalb von {days} Tagen nach diesem Moment bestellt hat, ohne alles zu stornieren oder zurückzugeben. Mehrere Browser einer Kundin sind eine Person. Die Filter oben gelten hier nicht: Sie wählen Gespräche aus, und eines zu führen ist Teil der Wirkung.",
    definitionInterval:
      "Täte man dasselbe hundertmal, enthielten 95 der Intervalle den wahren Unterschied. Eines, das die Null enthält, zeigt keinen Unterschied: weder dass es einen gibt, noch dass es keinen gibt.",
    within: "Innerhalb von {days} Tagen nach diesem Moment · ohne die Filter",
    none: "In diesem Zeitraum wurde niemand eingeladen. Einladungen werden in den Einstellungen eingeschaltet.",
    tooFew: "Noch zu wenige zum Vergleichen: Jede Gruppe braucht mindestens {least} Personen.",
    more: "Mit Einladung kaufen von hundert Personen {low} bis {high} mehr als ohne.",
    less: "Mit Einladung kaufen von hundert Personen {low} bis {high} weniger als ohne.",
    open: "Noch lässt sich kein Unterschied feststellen: Von hundert Personen kaufen mit Einladung zwischen {low} und {high} mehr.",
    buyers: "Kaufende",
    group: "Gruppe",
    invited: "Eingeladen",
    heldOut: "Vergleichsgruppe",
    ofPeople: { one: "{bought} von einer Person", other: "{bought} von {count} Personen" },
    way: "Von den Eingeladenen öffneten {opened} den Chat über die Einladung. Ein Gespräch begann mit {talked} der Eingeladenen und {others} aus der Vergleichsgruppe.",
    spent: "Ausgegeben je Person, Eingeladene minus Vergleichsgruppe",
    currency: "Währung",
    difference: "Unterschied",
    spentClaimed:
      "Vom Server des Shops nicht bestätigt: {invited} je eingeladene, {heldOut} je zurückgehaltene Person.",
    spentNote: "{invited} gegenüber {heldOut}",
  },
  it: {
    title: "Quanto valgono gli inviti",
    definition:
      "Chi resta abbastanza a lungo su un prodotto viene invitato alla chat oppure entra nel gruppo di confronto: non invitato. Chi vi entra lo sorteggia il server, non lo sceglie nessuno, e non cambia per la stessa persona. I due gruppi sono contati allo stesso modo.",
    definitionBuys:
      "Ha comprato chi ha fatto un ordine entro {days} giorni da quel momento, non annullato né reso per intero. Più browser di una cliente sono una persona. I filtri qui sopra non valgono: scelgono conversazioni, e averne una fa parte dell'effetto.",
    definitionInterval:
      "Ripetendo cento volte, 95 intervalli conterrebbero la vera differenza. Uno che contiene lo zero non mostra alcuna differenza: né che ci sia, né che non ci sia.",
    within: "Entro {days} giorni da quel momento · senza i filtri",
    none: "In questo periodo nessuno è stato invitato. Gli inviti si attivano nelle impostazioni.",
    tooFew: "Ancora troppo pochi per un confronto: ogni gruppo ha bisogno di almeno {least} persone.",
    more: "Con l'invito, su cento persone ne comprano da {low} a {high} in più che senza.",
    less: "Con l'invito, su cento persone ne comprano da {low} a {high} in meno che senza.",
    open: "Non si può ancora dire se c'è una differenza: su cento persone, con l'invito ne comprano tra {low} e {high} in più.",
    buyers: "Acquirenti",
    group: "Gruppo",
    invited: "Invitati",
    heldOut: "Gruppo di confronto",
    ofPeople: { one: "{bought} su una persona", other: "{bought} su {count} persone" },
    way: "Tra gli invitati {opened} hanno aperto la chat dall'invito. Una conversazione è iniziata con {talked} degli invitati e {others} del gruppo di confronto.",
    spent: "Speso per persona, invitati meno gruppo di confronto",
    currency: "Valuta",
    difference: "Differenza",
    spentClaimed:
      "Non confermati dal server del negozio: {invited} a persona invitata, {heldOut} a persona esclusa.",
    spentNote: "{invited} contro {heldOut}",
  },
  es: {
    title: "Lo que valen las invitaciones",
    definition:
      "Quien se queda bastante tiempo con un producto recibe una invitación al chat o entra en el grupo de comparación, sin invitación. Quién entra en él lo sortea el servidor, nadie lo elige, y no cambia para la misma persona. Los dos grupos se cuentan igual.",
    definitionBuys:
      "Ha comprado quien hizo un pedido en los {days} días siguientes a ese momento, ni cancelado ni devuelto entero. Varios navegadores de una clienta son una persona. Los filtros de arriba no se aplican: eligen conversaciones, y tener una es parte del efecto.",
    definitionInterval:
      "Si se hiciera lo mismo cien veces, 95 intervalos contendrían la diferencia verdadera. Uno que contiene el cero no muestra diferencia: ni que la haya, ni que no la haya.",
    within: "En los {days} días tras ese momento · sin los filtros",
    none: "En este periodo no se ha invitado a nadie. Las invitaciones se activan en los ajustes.",
    tooFew: "Aún son muy pocas para comparar: cada grupo necesita al menos {least} personas.",
    more: "Con invitación, de cien personas compran entre {low} y {high} más que sin ella.",
    less: "Con invitación, de cien personas compran entre {low} y {high} menos que sin ella.",
    open: "Aún no se puede decir si hay diferencia: de cien personas, con invitación compran entre {low} y {high} más.",
    buyers: "Compran",
    group: "Grupo",
    invited: "Con invitación",
    heldOut: "Grupo de comparación",
    ofPeople: { one: "{bought} de una persona", other: "{bought} de {count} personas" },
    way: "De quienes recibieron invitación, {opened} abrieron el chat con ella. Empezó una conversación con {talked} de quienes la recibieron y {others} del grupo de comparación.",
    spent: "Gasto por persona, con invitación menos grupo de comparación",
    currency: "Moneda",
    difference: "Diferencia",
    spentClaimed:
      "Sin confirmar por el servidor de la tienda: {invited} por persona invitada, {heldOut} por persona excluida.",
    spentNote: "{invited} frente a {heldOut}",
  },
  fr: {
    title: "Ce que valent les invitations",
    definition:
      "Toute personne qui reste assez longtemps sur un produit est invitée au chat ou entre dans le groupe témoin : pas invitée, pour pouvoir comparer. Le serveur tire au sort qui y entre, personne ne choisit, et cela ne change pas pour une même personne. Les deux groupes sont comptés de la même façon.",
    definitionBuys:
      "A acheté qui a passé une commande dans les {days} jours suivant ce moment, ni annulée ni rendue en entier. Plusieurs navigateurs d'une cliente sont une personne. Les filtres ci-dessus ne s'appliquent pas : ils choisissent des conversations, et en avoir une fait partie de l'effet.",
    definitionInterval:
      "Si l'on refaisait la même chose cent fois, 95 des intervalles contiendraient la vraie différence. Celui qui contient zéro ne montre pas de différence : ni qu'il y en a une, ni qu'il n'y en a pas.",
    within: "Dans les {days} jours suivant ce moment · sans les filtres",
    none: "Personne n'a été invité pendant cette période. Les invitations s'activent dans les paramètres.",
    tooFew: "Encore trop peu pour comparer : chaque groupe demande au moins {least} personnes.",
    more: "Avec une invitation, sur cent personnes, {low} à {high} de plus achètent que sans.",
    less: "Avec une invitation, sur cent personnes, {low} à {high} de moins achètent que sans.",
    open: "On ne peut pas encore dire s'il y a une différence : sur cent personnes, entre {low} et {high} de plus achètent avec une invitation.",
    buyers: "Acheteurs",
    group: "Groupe",
    invited: "Invités",
    heldOut: "Groupe témoin",
    ofPeople: { one: "{bought} sur une personne", other: "{bought} sur {count} personnes" },
    way: "Parmi les invités, {opened} ont ouvert le chat par l'invitation. Une conversation a commencé avec {talked} des invités et {others} du groupe témoin.",
    spent: "Dépensé par personne, invités moins groupe témoin",
    currency: "Devise",
    difference: "Différence",
    spentClaimed:
      "Non confirmés par le serveur de la boutique : {invited} par personne invitée, {heldOut} par personne tenue à l’écart.",
    spentNote: "{invited} contre {heldOut}",
  },
});
export type InsightsHoldoutKey = keyof (typeof insightsHoldoutMessages)["en"];
