import own from "./developers.module.css";

/** Several of a few things, ticked. */
export function Choices(props: {
  readonly legend: string;
  readonly name: string;
  readonly choices: readonly { readonly value: string; readonly words: string }[];
}) {
  return (
    <fieldset className={own.choices}>
      <legend>{props.legend}</legend>
      {props.choices.map(({ value, words }) => (
        <label key={value} className={own.choice}>
          <input type="checkbox" name={props.name} value={value} />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}
