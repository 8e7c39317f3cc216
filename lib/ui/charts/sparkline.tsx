import { scaleLinear } from "@visx/scale";
import { Line, LinePath } from "@visx/shape";
import styles from "./sparkline.module.css";
import { spanFromZero } from "./ticks";

/** Its own units; the height is pixels, too. */
const WIDTH = 100;
const HEIGHT = 28;
/** So that a line along the edge is not cut in half. Pixels. */
const INSET = 2;

/**
 * The course of a figure beside its number, from zero (SPEC.md, CT15). The number is said there, so it says nothing to screen
 * readers. Where single points are too few to be told, dots lead on; where most are, there is no course.
 */
export function Sparkline(props: { readonly values: readonly (number | null)[] }) {
  const { values } = props;
  const known = values.filter((value) => value !== null);
  if (known.length * 2 < values.length) return null;
  const y = scaleLinear({ domain: spanFromZero(known), range: [HEIGHT - INSET, INSET] });
  const zero = y(0);
  const step = WIDTH / Math.max(1, values.length - 1);
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <Line from={{ x: 0, y: zero }} to={{ x: WIDTH, y: zero }} stroke="" />
      <LinePath
        data={values.map((value, index) => ({ value, index }))}
        defined={({ value }) => value !== null}
        x={({ index }) => index * step}
        y={({ value }) => y(value ?? 0)}
      />
      {known.length === values.length ? null : (
        <LinePath
          data-few="true"
          data={values.flatMap((value, index) => (value === null ? [] : [{ value, index }]))}
          x={({ index }) => index * step}
          y={({ value }) => y(value)}
        />
      )}
    </svg>
  );
}
