/** The measured page: the list of a shop, with a linked style sheet, a webfont, pictures, filters and a search field. */

/** Pictures that the cards take in turn. */
export const PICTURES = 12;
const COLOURS = ["black", "sand", "olive", "navy", "rust", "white"];
const NAMES = ["Jacket", "Parka", "Linen shirt", "Wool coat", "Sneaker", "Trousers", "Scarf", "Backpack"];

function card(number: number): string {
  const name = NAMES[number % NAMES.length];
  const colour = COLOURS[number % COLOURS.length];
  const price = (19 + ((number * 7) % 180)).toFixed(2);
  return `<article class="card" id="p${number}"><a class="picture" href="/product/${number}"><img src="/picture/${number % PICTURES}.jpg" alt="${name}, ${colour}" width="200" height="200"></a>
<h3><a href="/product/${number}">${name} ${number}</a></h3><p class="facts">In ${colour}, <em>sizes</em> 36 to 48</p>
<div class="buy"><span class="price">${price} EUR</span><s class="old">${(Number(price) * 1.2).toFixed(2)} EUR</s><button type="button" class="basket"><i></i>Add to basket</button></div><small class="ship" style="color:rgb(${90 + (number % 60)},90,90)">Ships in ${1 + (number % 4)} days</small></article>`;
}

export const cards = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => card(from + index)).join("\n");

const links = (count: number, word: string) =>
  Array.from(
    { length: count },
    (_, index) => `<li><a href="/${word}/${index}">${word} ${index}</a></li>`,
  ).join("");

const filters = Array.from(
  { length: 24 },
  (_, index) =>
    `<label><input type="checkbox" name="f${index}"> Filter ${index} <span>(${index * 3})</span></label>`,
).join("\n");

export function shopHtml(count: number): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Outerwear</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="stylesheet" href="/shop.css">
<style>:root{--accent:#0a5c4a}.ship{margin-top:auto}</style></head><body>
<header><a class="logo" href="/">Northwind</a><nav><ul>${links(9, "section")}</ul></nav>
<form role="search"><input id="search" type="search" placeholder="Search"><input name="zip" placeholder="Postcode"></form></header>
<p class="banner">Summer sale: <b id="stock">Only 99 left</b></p>
<div class="page"><aside>${filters}</aside><main id="list">${cards(0, count)}</main></div><section id="more"></section>
<footer><ul>${links(20, "help")}</ul><p id="end">End of the list</p></footer><script src="/shop.js"></script></body></html>`;
}

export const SHOP_CSS = `@font-face{font-family:Shop;src:url(/font.woff2) format("woff2");font-weight:100 900}
*{box-sizing:border-box}body{margin:0;font:15px/1.4 Shop,sans-serif;color:#222;background:#fafafa}
a{color:inherit;text-decoration:none}a:hover{text-decoration:underline}ul{list-style:none;margin:0;padding:0}
header{position:sticky;top:0;display:flex;gap:24px;align-items:center;padding:12px 24px;background:#fff;border-bottom:1px solid #ddd}
.logo{font-weight:800;font-size:22px;color:var(--accent)}nav ul{display:flex;gap:14px}form{margin-left:auto;display:flex;gap:8px}
input{font:inherit;padding:6px 10px;border:1px solid #bbb;border-radius:6px}input:focus{outline:2px solid var(--accent)}
.banner{margin:0;padding:8px 24px;background:linear-gradient(90deg,#0a5c4a,#1b8a6b);color:#fff}
.page{display:grid;grid-template-columns:200px 1fr;gap:24px;padding:24px}aside label{display:block;padding:3px 0}aside span{color:#888}
main,#more{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:18px}#more{padding:0 24px}
.card{display:flex;flex-direction:column;background:#fff;border-radius:10px;padding:12px;box-shadow:0 1px 4px #0002}
.card:hover{box-shadow:0 4px 14px #0003}.card:nth-child(5n) .price{color:#b3261e}.picture img{display:block;width:100%;height:auto;border-radius:8px}
h3{margin:10px 0 4px;font-size:16px}.facts{margin:0 0 8px;color:#555}.buy{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.price{font-weight:700}.old{color:#999}.basket{font:inherit;color:#fff;background:var(--accent);border:0;border-radius:6px;padding:6px 10px;transition:background .2s}
.basket:hover{background:#063d31}.basket i::before{content:"+";margin-right:4px}footer{padding:40px 24px;background:#222;color:#ccc}
@media (max-width:800px){.page{grid-template-columns:1fr}aside{display:none}}@media print{header,footer{display:none}}`;
