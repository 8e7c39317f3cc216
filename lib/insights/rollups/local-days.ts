/** SQL of a shop's days. `zone` is a parameter such as `$2` that holds its IANA name. */

/** The day of a moment. */
export const dayOf = (moment: string, zone: string) => `(${moment} at time zone ${zone}::text)::date`;

/** Whether a moment lies in a day: by its borders, so that an index on the moment answers. */
export const isOn = (moment: string, day: string, zone: string) =>
  `${moment} >= (${day}::timestamp at time zone ${zone}::text) and ${moment} < ((${day} + 1)::timestamp at time zone ${zone}::text)`;
