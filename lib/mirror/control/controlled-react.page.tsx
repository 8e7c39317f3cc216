/** A form whose fields React holds: what is only assigned to them is taken back. */
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { groupDigits } from "./group-digits.fixture";

function Form() {
  const [name, setName] = useState("");
  const [note, setNote] = useState("");
  const [gift, setGift] = useState(false);
  const [size, setSize] = useState("small");
  const [phone, setPhone] = useState("");
  const [count, setCount] = useState(0);
  return (
    <>
      <input id="name" value={name} onChange={(event) => setName(event.target.value)} />
      <textarea id="note" value={note} onChange={(event) => setNote(event.target.value)} />
      <input id="gift" type="checkbox" checked={gift} onChange={(event) => setGift(event.target.checked)} />
      <select id="size" value={size} onChange={(event) => setSize(event.target.value)}>
        <option>small</option>
        <option>large</option>
      </select>
      <input id="phone" value={phone} onChange={(event) => setPhone(groupDigits(event.target.value))} />
      <button id="more" type="button" onClick={() => setCount(count + 1)}>
        More
      </button>
      <p id="told">{`${name}, ${note}, ${gift ? "gift" : "no gift"}, ${size}, ${phone}`}</p>
      <p id="count">{count}</p>
    </>
  );
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<Form />);
