/**
 * Words by which a field's name, id or label gives away that nobody else may ever see what is typed there: payment,
 * passwords, one-time codes, bank accounts, numbers of identity. English, German, Italian, Spanish, French.
 */

/** Found anywhere, since compounds hide them: "Kartennummer", "newpasswordrepeat". Accents are removed before. */
const PARTS = [
  "passw|passphrase|passcode|kennwort|contrasen|motdepasse|parolachiave|parolasegreta|secret|segret|geheim|token",
  "creditcard|cardn|cardholder|kreditkart|kartennummer|kartenpruf|kartenprf|karteninhaber|numerocarta|cartadicredit",
  "tarjeta|cartebancaire|cartebleue|cartedecredit|numerocarte|numerodecarte|ccnum|cccsc|ccexp|ccname|cardexp",
  "prufziffer|prufnummer|pruefziffer|pruefnummer|kontonummer|accountnumber|numerodiconto|numeroconto|numerodecuenta",
  "numerodecompte|bankverbindung|bankleitzahl|sortcode|routingnumber|securitycode|sicherheitscode|codicedisicurezza",
  "codigodeseguridad|codedesecurite|cryptogramme|criptogramma|verificationcode|verifizierungscode|bestatigungscode",
  "codicediverifica|codigodeverificacion|codedeverification|onetimecode|einmalcode|einmalpasswort|authcode",
  "socialsecurity|sozialversicherung|steuernummer|steuerid|codicefiscale|securitesociale|seguridadsocial",
  "passportn|reisepass|ausweisnummer|numeropassaporto|numerodepasaporte|passeport|apikey|privatekey|accesskey",
].join("|");

/** Too short to be found inside other words ("opinion" holds "pin"): only as words of their own. */
const WORDS = [
  "card|karte|carta|carte|cc|cvc|cvc2|cvv|cvv2|csc|cid|cvn|iban|bic|swift|pin|puk|tan|otp|totp|mfa|2fa|pwd|psw|pass",
  "ssn|dni|nie|nif|nir|blz|clave|parola|exp|expiry|expiration|expires|ablaufdatum|scadenza|caducidad|jwt|csrf|xsrf|sid",
].join("|");

const anywhere = new RegExp(PARTS);
const alone = new RegExp(` (${WORDS}) `);

/** Characters read of a name or label: secrets are named at the start. */
const MAX_NAME_CHARS = 200;

export function isSecretName(name: string): boolean {
  const words = name
    .slice(0, MAX_NAME_CHARS)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^a-z0-9]+/g, " ");
  return alone.test(` ${words} `) || anywhere.test(words.replace(/ /g, ""));
}
