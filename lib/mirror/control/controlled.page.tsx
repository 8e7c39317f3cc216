/** A form whose fields a framework holds: what is only assigned to them is taken back. */
import { useState } from "react";
import { createRoot } from "react-dom/client";

function Form() {
  const [name, setName] = useState("");
  const [size, setSize] = useState("small");
  const [count, setCount] = useState(0);
  return (
    <>
      <input id="name" value={name} onChange={(event) => setName(event.target.value)} />
      <select id="size" value={size} onChange={(event) => setSize(event.target.value)}>
        <option>small</option>
        <option>large</option>
      </select>
      <button id="more" type="button" onClick={() => setCount(count + 1)}>
        More
      </button>
      <p id="told">{`${name}, ${size}`}</p>
      <p id="count">{count}</p>
    </>
  );
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<Form />);
