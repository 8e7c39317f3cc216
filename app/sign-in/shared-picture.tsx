import styles from "./sign-in.module.css";

/** What the product is for, in one drawing: a picture on the dark stage, marks on it, and two people's pointers. */
export function SharedPicture({
  label,
  names,
}: {
  readonly label: string;
  readonly names: readonly [string, string];
}) {
  return (
    <div className={styles.stage}>
      <svg className={styles.drawing} viewBox="0 0 640 640" role="img" aria-label={label}>
        <defs>
          <linearGradient id="ground" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="#efe9e0" />
            <stop offset="1" stopColor="#d8cec0" />
          </linearGradient>
          <linearGradient id="leather" x1="0" y1="0" x2="1" y2="1">
            <stop offset="0" stopColor="#b4562f" />
            <stop offset="1" stopColor="#7d3417" />
          </linearGradient>
        </defs>
        <rect x="80" y="60" width="480" height="520" rx="10" fill="url(#ground)" />
        <ellipse cx="320" cy="490" rx="190" ry="20" fill="#a99c8a" opacity="0.55" />
        <path d="M236 268 C236 150 404 150 404 268" fill="none" stroke="#6b2c12" strokeWidth="16" />
        <path d="M172 270 H468 L494 456 Q498 488 466 488 H174 Q142 488 146 456 Z" fill="url(#leather)" />
        <path d="M172 270 H468 L476 340 Q320 424 164 340 Z" fill="#a24a27" />
        <path
          d="M176 282 H464 L470 334 Q320 410 170 334 Z M162 452 Q158 476 176 476 H464 Q482 476 478 452"
          fill="none"
          stroke="#e3b594"
          strokeWidth="2"
          strokeDasharray="7 6"
        />
        <rect x="297" y="356" width="46" height="44" rx="6" fill="#d9b15c" stroke="#8a6a26" strokeWidth="2" />
        <circle cx="320" cy="376" r="6" fill="#7a5c1d" />
        <Mark
          color="#d55e00"
          path="M300 330 C255 340 250 420 318 428 C395 432 398 346 344 332 C330 328 312 328 298 334"
        />
        <Mark color="#56b4e9" path="M500 236 C470 270 430 320 366 358 M394 324 L364 360 L410 354" />
        <Pointer x={250} y={440} color="#d55e00" name={names[0]} />
        <Pointer x={506} y={214} color="#56b4e9" name={names[1]} />
      </svg>
    </div>
  );
}

/** A stroke with the dark edge and light halo that marks have on the panel. */
function Mark({ path, color }: { readonly path: string; readonly color: string }) {
  const line = { fill: "none", strokeLinecap: "round", strokeLinejoin: "round", d: path } as const;
  return (
    <g>
      <path {...line} stroke="#ffffff" strokeOpacity="0.85" strokeWidth="13" />
      <path {...line} stroke="#14161a" strokeWidth="9" />
      <path {...line} stroke={color} strokeWidth="6" />
    </g>
  );
}

function Pointer({
  x,
  y,
  color,
  name,
}: {
  readonly x: number;
  readonly y: number;
  readonly color: string;
  readonly name: string;
}) {
  const width = 22 + name.length * 9;
  return (
    <g transform={`translate(${x} ${y})`}>
      <path
        d="M0 0 L0 24 L7 18 L12 29 L17 27 L12 16 L21 15 Z"
        fill={color}
        stroke="#14161a"
        strokeWidth="1.5"
      />
      <rect x="16" y="28" width={width} height="26" rx="13" fill={color} />
      <text x={16 + width / 2} y="46" textAnchor="middle" fontSize="15" fontWeight="600" fill="#14161a">
        {name}
      </text>
    </g>
  );
}
