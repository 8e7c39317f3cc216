/** PDFs that tests make: proper ones by pdfkit, improper ones by hand. */
import PDFDocument from "pdfkit";

export function makePaper(
  options: PDFKit.PDFDocumentOptions,
  draw: (paper: PDFKit.PDFDocument) => void,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const paper = new PDFDocument(options);
    const chunks: Buffer[] = [];
    paper.on("data", (chunk: Buffer) => chunks.push(chunk));
    paper.on("end", () => resolve(Buffer.concat(chunks)));
    paper.on("error", reject);
    draw(paper);
    paper.end();
  });
}

/** Objects 1, 2, 3 ... as they are given, the first being the catalogue, with a true table behind them. */
export function rawPaper(...objects: readonly (string | Buffer)[]): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n", "latin1")];
  const places: number[] = [];
  let length = parts[0]?.byteLength ?? 0;
  const push = (part: Buffer) => {
    parts.push(part);
    length += part.byteLength;
  };
  for (const [index, object] of objects.entries()) {
    places.push(length);
    push(Buffer.from(`${index + 1} 0 obj\n`, "latin1"));
    push(typeof object === "string" ? Buffer.from(object, "latin1") : object);
    push(Buffer.from("\nendobj\n", "latin1"));
  }
  const table = length;
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  push(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${rows}`, "latin1"));
  push(Buffer.from(`trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`, "latin1"));
  return Buffer.concat(parts);
}

export function stream(dictionary: string, content: string | Buffer): Buffer {
  const bytes = typeof content === "string" ? Buffer.from(content, "latin1") : content;
  const head = Buffer.from(`<<${dictionary}/Length ${bytes.byteLength}>>\nstream\n`, "latin1");
  return Buffer.concat([head, bytes, Buffer.from("\nendstream", "latin1")]);
}

/** One page: words of its dictionary, what it paints, and further objects (from 5 on). */
export function onePage(
  page: string,
  content: string | Buffer,
  ...more: readonly (string | Buffer)[]
): Buffer {
  return rawPaper(
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    `<</Type/Page/Parent 2 0 R/Contents 4 0 R${page}>>`,
    typeof content === "string" ? stream("", content) : content,
    ...more,
  );
}
