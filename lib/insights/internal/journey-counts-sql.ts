const countKind = (kind: string, and = "") =>
  `(count(distinct coalesce(s."productId", s."externalId")) filter (where s.kind = '${kind}' ${and}))::int as "${kind}"`;

/** `counts`: of `steps` (./journey-sql), the different products of each kind, one row a conversation (SPEC.md, IN24). */
export const journeyCountsSql = `
  counts as (
    select s."conversationId" as id, ${countKind("seen")}, ${countKind("shown")}, ${countKind("drawn")},
      ${countKind("recommended")}, ${countKind("carted")}, ${countKind("bought", "and s.since")}
    from steps s group by 1
  )`;
