/** Grows whenever the same file would be read, or what is derived from it be written, differently. */
export const READING_VERSION = 2;
