/** Of the staged rows, those after one up to another that are to be written. */
export interface Batch {
  readonly after: number;
  readonly upTo: number;
}
