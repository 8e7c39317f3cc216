/** Our questions in GraphQL. Page sizes are kept where one question costs far less than the smallest plan's 100 points a second. */

/** Variants that a list shows of each product; a product on its own shows all that one question may ask for. */
const VARIANTS_IN_LIST = 20;
const VARIANTS = 250;
const PICTURES = 10;

const VARIANT = `
  id title sku barcode price compareAtPrice availableForSale inventoryPolicy inventoryQuantity
  inventoryItem { tracked }
  selectedOptions { name value }`;

const product = (variants: number) => `
  id title descriptionHtml vendor productType status onlineStoreUrl
  media(first: ${PICTURES}, query: "media_type:IMAGE") { nodes { alt ... on MediaImage { image { url } } } }
  variants(first: ${variants}) {
    nodes { ${VARIANT} }
    pageInfo { hasNextPage }
  }`;

export const SEARCH = `query Search($query: String, $first: Int!, $after: String, $sort: ProductSortKeys) {
  products(first: $first, after: $after, query: $query, sortKey: $sort) {
    nodes { ${product(VARIANTS_IN_LIST)} }
    pageInfo { hasNextPage endCursor }
  }
  productsCount(query: $query) { count }
}`;

/** Only where a page ends: to find a later one. */
export const CURSORS = `query Cursors($query: String, $first: Int!, $after: String, $sort: ProductSortKeys) {
  products(first: $first, after: $after, query: $query, sortKey: $sort) { pageInfo { hasNextPage endCursor } }
}`;

export const PRODUCT = `query Product($id: ID!) { product(id: $id) { ${product(VARIANTS)} } }`;

export const ONE_VARIANT = `query Variant($id: ID!) {
  productVariant(id: $id) { ${VARIANT} product { id status } }
}`;

export const INFO = `query Info {
  shop { currencyCode }
  productsCount { count }
  currentAppInstallation { accessScopes { handle } }
}`;

export const CUSTOMER = `query Customer($query: String!) {
  customers(first: 5, query: $query) { nodes { id firstName lastName defaultEmailAddress { emailAddress } } }
}`;

const order =
  "name email createdAt displayFulfillmentStatus totalPriceSet { shopMoney { amount currencyCode } }";

export const ORDERS = `query Orders($query: String!) {
  orders(first: 20, query: $query, sortKey: CREATED_AT, reverse: true) { nodes { ${order} } }
}`;

export const ORDER = `query Order($query: String!) {
  orders(first: 5, query: $query) {
    nodes {
      ${order}
      fulfillments(first: 5) { trackingInfo(first: 5) { company number url } }
      lineItems(first: 50) { nodes { name quantity } }
    }
  }
}`;
