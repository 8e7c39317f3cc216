/** Fields and what opens: by what the customer and the page's scripts do. */
import type { Feature } from "../feature";

export const forms: readonly Feature[] = [
  {
    id: "in-text",
    what: "typed text",
    html: `<input class=shown id=a><input id=b>`,
    drive: async (page) => {
      await page.locator("#a").pressSequentially("typed");
      await page.locator("#b").pressSequentially("a secret of hers");
    },
    look: ({ field }) => [field("#a").value, field("#b").value],
    is: ["typed", "••••••"],
    onlyReplica: true,
  },
  {
    id: "in-prog",
    what: "el.value= from script",
    html: `<input class=shown>`,
    act: ({ field }) => {
      field("input").value = "by script";
    },
    look: ({ field }) => field("input").value,
    is: "by script",
  },
  {
    id: "in-native-setter",
    what: "prototype setter captured before engine start (React-like)",
    html: `<input class=shown><script>const own=Object.getOwnPropertyDescriptor(HTMLInputElement.prototype,"value").set;window.setValue=v=>own.call(document.querySelector("input"),v)</script>`,
    act: ({ document }) =>
      (document.defaultView as unknown as { setValue(v: string): void }).setValue("by setter"),
    look: ({ field }) => field("input").value,
    is: "by setter",
  },
  {
    id: "in-reset",
    what: "form.reset()",
    html: `<form><input class=shown value=first><input type=checkbox checked></form>`,
    drive: async (page) => {
      await page.fill("input", "second");
      await page.uncheck("[type=checkbox]");
      await page.evaluate(() => document.forms[0]?.reset());
    },
    look: ({ field }) => [field("input").value, field("input + input").checked],
    is: ["first", true],
  },
  {
    id: "in-check",
    what: "checkbox and radio clicked",
    html: `<input type=checkbox id=c><input type=radio name=r id=x checked><input type=radio name=r id=y>`,
    drive: async (page) => {
      await page.click("#c");
      await page.click("#y");
    },
    look: ({ field }) => ["#c", "#x", "#y"].map((id) => field(id).checked),
    is: [true, false, true],
    pixels: 0.001,
  },
  {
    id: "in-indet",
    what: "checkbox.indeterminate",
    html: `<input type=checkbox>`,
    act: ({ field }) => {
      field("input").indeterminate = true;
    },
    look: ({ field }) => field("input").indeterminate,
    is: true,
    pixels: 0,
  },
  {
    id: "in-select",
    what: "select changed by user and by selectedIndex",
    html: `<select id=a><option>1<option>2<option>3</select><select id=b><option>1<option>2<option>3</select>`,
    drive: async (page) => {
      await page.selectOption("#a", { index: 2 });
      await page.evaluate(() => {
        const select = document.querySelector<HTMLSelectElement>("#b");
        if (select) select.selectedIndex = 1;
      });
    },
    look: ({ get }) => ["#a", "#b"].map((id) => (get(id) as HTMLSelectElement).selectedIndex),
    is: [2, 1],
  },
  {
    id: "in-multi",
    what: "select multiple",
    html: `<select multiple><option>1<option>2<option>3</select>`,
    drive: (page) => page.selectOption("select", [{ index: 0 }, { index: 2 }]),
    look: ({ get }) => [...(get("select") as HTMLSelectElement).selectedOptions].map(({ text }) => text),
    is: ["1", "3"],
  },
  {
    id: "in-textarea",
    what: "textarea typed over initial text",
    html: `<textarea class=shown>initial</textarea>`,
    drive: (page) => page.fill("textarea", "two\nlines"),
    look: ({ field }) => field("textarea").value,
    is: "two\nlines",
  },
  {
    id: "in-range",
    what: "range, color, date values",
    html: `<input class=shown type=range><input class=shown type=color><input class=shown type=date>`,
    drive: async (page) => {
      for (const [type, value] of [
        ["range", "80"],
        ["color", "#00ff00"],
        ["date", "2026-03-04"],
      ])
        await page.fill(`[type=${type}]`, value ?? "");
    },
    look: ({ document }) => [...document.querySelectorAll("input")].map(({ value }) => value),
    is: ["80", "#00ff00", "2026-03-04"],
    pixels: 0.001,
  },
  {
    id: "in-ce",
    what: "contenteditable typed",
    html: `<p class=shown contenteditable>old</p>`,
    drive: async (page) => {
      await page.click("p");
      await page.keyboard.press("End");
      await page.keyboard.type(" and new");
    },
    look: ({ text }) => text("p").replace(/\u00a0/g, " "),
    is: "old and new",
  },
  {
    id: "in-disabled",
    what: "disabled / readonly toggled",
    html: `<style>:disabled{color:red}</style><input id=a><input id=b disabled>`,
    act: ({ field }) => {
      field("#a").readOnly = true;
      field("#b").disabled = false;
    },
    look: ({ field }) => [field("#a").readOnly, field("#b").disabled],
    is: [true, false],
  },
  {
    id: "in-datalist-validity",
    what: ":invalid / :user-invalid style",
    // The button takes the focus: without it, the browser's own fields would, and the page had none any more.
    html: `<style>:invalid{background:rgb(255,200,200)}:user-invalid{border:3px solid red}</style><form><input class=shown required list=l><datalist id=l><option>x</datalist></form><button>next</button>`,
    drive: async (page) => {
      await page.locator("input").pressSequentially("a");
      await page.keyboard.press("Backspace");
      await page.keyboard.press("Tab");
    },
    look: ({ css }) => [css("input", "background-color"), css("input", "border-top-width")],
    is: ["rgb(255, 200, 200)", "3px"],
  },
  {
    id: "details",
    what: "details opened",
    html: `<details><summary>s</summary><p>inside</p></details>`,
    drive: (page) => page.click("summary"),
    look: ({ get }) => [
      (get("details") as HTMLDetailsElement).open,
      get("p").getBoundingClientRect().height > 5,
    ],
    is: [true, true],
  },
  {
    id: "dialog-modal",
    what: "dialog.showModal (top layer + backdrop)",
    html: `<style>::backdrop{background:rgba(0,0,200,.5)}</style><p>behind</p><dialog>front</dialog>`,
    act: ({ get }) => (get("dialog") as HTMLDialogElement).showModal(),
    look: ({ get }) => get("dialog").matches(":modal"),
    is: true,
    pixels: 0.001,
  },
  {
    id: "popover",
    what: "popover.showPopover()",
    html: `<p>behind</p><div popover>front</div>`,
    act: ({ get }) => get("div").showPopover(),
    look: ({ get }) => get("div").matches(":popover-open"),
    is: true,
    pixels: 0,
  },
  {
    id: "progress",
    what: "progress / meter / output",
    html: `<progress max=100 value=10></progress><meter min=0 max=10 value=3></meter><output>1</output>`,
    act: ({ get }) => {
      (get("progress") as HTMLProgressElement).value = 70;
      (get("meter") as HTMLMeterElement).value = 8;
      (get("output") as HTMLOutputElement).value = "2";
    },
    look: ({ get, text }) => [
      (get("progress") as HTMLProgressElement).value,
      (get("meter") as HTMLMeterElement).value,
      text("output"),
    ],
    is: [70, 8, "2"],
    pixels: 0,
  },
];
