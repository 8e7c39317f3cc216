/** What is said in generated conversations: ordinary short lines, in the customer's language. `{product}` is its title. */
import type { Locale } from "@/lib/protocol/locales";

interface Lines {
  readonly asks: readonly string[];
  readonly answers: readonly string[];
  readonly details: readonly string[];
  readonly shows: readonly string[];
  readonly puts: readonly string[];
  readonly thanks: readonly string[];
}

export const lines: Readonly<Record<Locale, Lines>> = {
  en: {
    asks: [
      "Hi! Does the {product} look the same in daylight?",
      "Hello, is the {product} a gift one can exchange?",
      "Good evening, I cannot decide about the {product}. Can you show it to me close up?",
      "Is the {product} true to its size?",
    ],
    answers: [
      "Hello! Let me put it on the panel, one moment.",
      "Good question. I'll show you.",
      "Happy to help. Do you see the picture?",
    ],
    details: [
      "What is that seam here?",
      "And the back?",
      "Is this part made of brass?",
      "How does it close?",
    ],
    shows: [
      "I have circled it for you.",
      "Look here, this is where it is stitched.",
      "From close up you see it well.",
    ],
    puts: [
      "Then I would take the {product}.",
      "The {product} would go with it.",
      "For this I recommend the {product}.",
    ],
    thanks: ["Thank you, that helps a lot.", "Lovely, I'll think about it.", "Great, thanks!"],
  },
  de: {
    asks: [
      "Hallo! Sieht {product} bei Tageslicht auch so aus?",
      "Guten Tag, kann man {product} umtauschen, falls es nicht gefällt?",
      "Guten Abend, ich schwanke bei {product}. Können Sie es mir von Nahem zeigen?",
      "Fällt {product} normal aus?",
    ],
    answers: [
      "Hallo! Ich lege es kurz auf die Bildfläche.",
      "Gute Frage. Ich zeige es Ihnen.",
      "Gern. Sehen Sie das Bild?",
    ],
    details: ["Was ist das für eine Naht?", "Und die Rückseite?", "Ist das Messing?", "Wie schließt man es?"],
    shows: ["Ich habe es eingekreist.", "Hier sieht man die Naht.", "Von Nahem erkennt man es gut."],
    puts: ["Dann würde ich {product} nehmen.", "{product} passt gut dazu.", "Dafür empfehle ich {product}."],
    thanks: ["Danke, das hilft mir sehr.", "Schön, ich überlege es mir.", "Super, vielen Dank!"],
  },
  it: {
    asks: [
      "Buongiorno! {product} alla luce del giorno è uguale?",
      "Salve, posso cambiare {product} se non piace?",
      "Buonasera, sono indecisa su {product}. Me lo fa vedere da vicino?",
      "{product} veste giusto?",
    ],
    answers: [
      "Buongiorno! Lo metto subito sul pannello.",
      "Bella domanda, glielo mostro.",
      "Volentieri. Vede la foto?",
    ],
    details: ["Che cucitura è quella?", "E il retro?", "Questo è ottone?", "Come si chiude?"],
    shows: ["L'ho cerchiato.", "Qui si vede la cucitura.", "Da vicino si vede bene."],
    puts: ["Allora prenderei {product}.", "{product} ci sta bene insieme.", "Le consiglio {product}."],
    thanks: ["Grazie, mi aiuta molto.", "Bello, ci penso.", "Perfetto, grazie!"],
  },
  es: {
    asks: [
      "¡Hola! ¿{product} se ve igual con luz natural?",
      "Buenas, ¿se puede cambiar {product}?",
      "No me decido con {product}. ¿Me lo enseña de cerca?",
      "¿{product} talla bien?",
    ],
    answers: ["¡Hola! Lo pongo en el panel.", "Buena pregunta. Se lo enseño.", "Con gusto. ¿Ve la foto?"],
    details: ["¿Qué costura es esa?", "¿Y por detrás?", "¿Eso es latón?", "¿Cómo se cierra?"],
    shows: ["Se lo he marcado.", "Aquí se ve la costura.", "De cerca se aprecia bien."],
    puts: ["Entonces me quedaría con {product}.", "{product} le va bien.", "Le recomiendo {product}."],
    thanks: ["Gracias, me ayuda mucho.", "Qué bonito, me lo pienso.", "¡Genial, gracias!"],
  },
  fr: {
    asks: [
      "Bonjour ! {product} est-il pareil à la lumière du jour ?",
      "Bonjour, peut-on échanger {product} ?",
      "J'hésite pour {product}. Pouvez-vous me le montrer de près ?",
      "{product} taille-t-il normalement ?",
    ],
    answers: [
      "Bonjour ! Je le mets sur le panneau.",
      "Bonne question, je vous montre.",
      "Avec plaisir. Voyez-vous la photo ?",
    ],
    details: ["Quelle est cette couture ?", "Et le dos ?", "C'est du laiton ?", "Comment se ferme-t-il ?"],
    shows: ["Je l'ai entouré.", "Ici, on voit la couture.", "De près, on le voit bien."],
    puts: ["Alors je prendrais {product}.", "{product} irait bien avec.", "Je vous conseille {product}."],
    thanks: ["Merci, cela m'aide beaucoup.", "Très beau, je réfléchis.", "Parfait, merci !"],
  },
};
