import type { Question } from "./question";

/** The same question about all products: what one product's page is asked, since it names its product itself. */
export function withoutProducts(question: Question): Question {
  const { productId: _named, category: _about, ...filters } = question.filters;
  return { ...question, filters };
}
