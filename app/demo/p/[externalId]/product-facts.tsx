import { headers } from "next/headers";
import type { WindowProduct } from "@/lib/catalogue/demo-window";
import { pictureUrl } from "@/lib/ui/demo/picture";

/** What search engines, link previews and our own loader read: schema.org JSON-LD and Open Graph. */
export async function ProductFacts({ product }: { readonly product: WindowProduct }) {
  const origin = `http://${(await headers()).get("host") ?? "localhost"}`;
  const url = `${origin}/demo/p/${encodeURIComponent(product.id)}`;
  const images = product.pictures.map(
    (picture) => origin + pictureUrl(picture.assetId, picture.sizes.at(-1) ?? 0),
  );
  const facts = {
    "@context": "https://schema.org",
    "@type": "Product",
    "@id": url,
    url,
    sku: product.id,
    productID: product.id,
    name: product.title,
    description: product.description,
    image: images,
    category: product.category,
    brand: { "@type": "Brand", name: product.brand },
    offers: product.variants.map((variant) => ({
      "@type": "Offer",
      sku: variant.id,
      name: variant.title,
      price: ((variant.saleMinor ?? variant.priceMinor) / 100).toFixed(2),
      priceCurrency: variant.currency,
      availability: `https://schema.org/${variant.available ? "InStock" : "OutOfStock"}`,
      url,
    })),
  };
  return (
    <>
      <meta property="og:type" content="product" />
      <meta property="og:title" content={product.title} />
      <meta property="og:url" content={url} />
      {images[0] && <meta property="og:image" content={images[0]} />}
      <meta property="product:retailer_item_id" content={product.id} />
      <script
        type="application/ld+json"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: data, never run; "<" is escaped, so no text can end it
        dangerouslySetInnerHTML={{ __html: JSON.stringify(facts).replaceAll("<", "\\u003c") }}
      />
    </>
  );
}
