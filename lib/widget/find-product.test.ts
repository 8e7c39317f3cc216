import { describe, expect, it } from "vitest";
import { productFromJsonLd, productFromOpenGraph } from "./find-product";

const href = "https://shop.example/p/bag?color=red";
const bag = { "@type": "Product", sku: "BAG-1", name: "Bag", image: ["/a.jpg", "/b.jpg"] };

describe("productFromJsonLd", () => {
  it.each([
    ["a single node", [JSON.stringify(bag)]],
    ["an array", [JSON.stringify([{ "@type": "BreadcrumbList" }, bag])]],
    [
      "a graph",
      [JSON.stringify({ "@context": "https://schema.org", "@graph": [{ "@type": "WebSite" }, bag] })],
    ],
    ["a page's main entity", [JSON.stringify({ "@type": "ItemPage", mainEntity: bag })]],
    ["several types", [JSON.stringify({ ...bag, "@type": ["Thing", "http://schema.org/Product"] })]],
    ["a second block after a broken one", ["{ not json", JSON.stringify(bag)]],
  ])("[WI1] finds the product in %s", (_, blocks) => {
    expect(productFromJsonLd(blocks, href)).toEqual({ id: "BAG-1", title: "Bag", image: "/a.jpg" });
  });

  it("[WI1] takes the group's id of a ProductGroup, and numbers as ids", () => {
    const group = { "@type": "ProductGroup", productGroupID: 4711, name: "Shirt", image: { url: "/s.jpg" } };
    expect(productFromJsonLd([JSON.stringify(group)], href)).toEqual({
      id: "4711",
      title: "Shirt",
      image: "/s.jpg",
    });
  });

  it("[WI1] of several products only the one that names this address counts", () => {
    const many = [
      bag,
      { "@type": "Product", sku: "BAG-2", name: "Other", url: "https://shop.example/p/bag" },
    ];
    expect(productFromJsonLd([JSON.stringify(many)], href)?.id).toBe("BAG-2");
    expect(productFromJsonLd([JSON.stringify(many)], "https://shop.example/bags")).toBeNull();
  });

  it("[WI1] finds none where there is none", () => {
    expect(productFromJsonLd(["null", "[]", '{"@type":"Product"}', '"Product"'], href)).toBeNull();
    expect(productFromJsonLd(['{"@type":"ProductCollection","sku":"X"}'], href)).toBeNull();
  });

  it("[WI1] does not follow nesting without end", () => {
    let deep = JSON.stringify(bag);
    for (let i = 0; i < 50; i++) deep = `[${deep}]`;
    expect(productFromJsonLd([deep], href)).toBeNull();
  });
});

describe("productFromOpenGraph", () => {
  const read = (meta: Record<string, string>) => productFromOpenGraph((name) => meta[name] ?? "");
  it("[WI1] reads a product page's Open Graph", () => {
    expect(
      read({
        "og:type": "product",
        "product:retailer_item_id": "X-1",
        "og:title": "X",
        "og:image": "/x.jpg",
      }),
    ).toEqual({ id: "X-1", title: "X", image: "/x.jpg" });
  });
  it("[WI1] leaves other pages and products without an id alone", () => {
    expect(read({ "og:type": "article", "product:retailer_item_id": "X-1" })).toBeNull();
    expect(read({ "og:type": "product", "og:title": "X" })).toBeNull();
  });
});
