/** The same form as React's, held by Vue: what no event tells is overwritten when the form is drawn next. */
import { computed, createApp, ref } from "vue";
import { groupDigits } from "./group-digits.fixture";

const digits = ref("");

createApp({
  setup: () => ({
    name: ref(""),
    note: ref(""),
    gift: ref(false),
    size: ref("small"),
    phone: computed({
      get: () => digits.value,
      set(text: string) {
        digits.value = groupDigits(text);
      },
    }),
    count: ref(0),
  }),
  template: `
    <input id="name" v-model="name">
    <textarea id="note" v-model="note"></textarea>
    <input id="gift" type="checkbox" v-model="gift">
    <select id="size" v-model="size">
      <option>small</option>
      <option>large</option>
    </select>
    <input id="phone" v-model="phone">
    <button id="more" type="button" @click="count++">More</button>
    <p id="told">{{ name }}, {{ note }}, {{ gift ? "gift" : "no gift" }}, {{ size }}, {{ phone }}</p>
    <p id="count">{{ count }}</p>`,
}).mount("#root");
