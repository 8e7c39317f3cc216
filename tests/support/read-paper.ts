/** What a PDF reader makes of a paper: by pdfium, as Chrome does. */
import { PDFiumLibrary } from "@hyzyla/pdfium";

export interface ReadPaper {
  readonly pages: readonly {
    readonly text: string;
    readonly width: number;
    readonly height: number;
    /** Whether anything but white was painted. */
    readonly painted: boolean;
  }[];
}

export async function readPaper(bytes: Uint8Array): Promise<ReadPaper> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(bytes);
    const pages = [];
    for (const page of document.pages()) {
      const { originalWidth: width, originalHeight: height } = page.getOriginalSize();
      // Rendering gives the page back.
      const text = page.getText();
      const { data } = await page.render({ scale: 1, render: async (bitmap) => bitmap.data });
      pages.push({
        text,
        width,
        height,
        painted: data.some((each) => each < 128),
      });
    }
    document.destroy();
    return { pages };
  } finally {
    library.destroy();
  }
}
