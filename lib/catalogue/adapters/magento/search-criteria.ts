/** Magento's way of asking for a list: groups of conditions, all of the groups, any condition of a group. */
import type { Params } from "../shop-line";

export type Condition = readonly [
  field: string,
  value: string,
  condition: "eq" | "in" | "like" | "gteq" | "lteq",
];

export interface Criteria {
  readonly groups: readonly (readonly Condition[])[];
  /** From 1. */
  readonly page?: number;
  readonly pageSize: number;
  readonly newestFirst?: string;
}

export function searchCriteria({ groups, page = 1, pageSize, newestFirst }: Criteria): Params {
  const params = groups.flatMap((group, index) =>
    group.flatMap(([field, value, condition], place): [string, string][] => {
      const name = `searchCriteria[filter_groups][${index}][filters][${place}]`;
      return [
        [`${name}[field]`, field],
        [`${name}[value]`, value],
        [`${name}[condition_type]`, condition],
      ];
    }),
  );
  const order: [string, string][] =
    newestFirst === undefined
      ? []
      : [
          ["searchCriteria[sortOrders][0][field]", newestFirst],
          ["searchCriteria[sortOrders][0][direction]", "DESC"],
        ];
  return [
    ...params,
    ...order,
    ["searchCriteria[pageSize]", String(pageSize)],
    ["searchCriteria[currentPage]", String(page)],
  ];
}
