/** What is said by either side, from "Message" m and "Participant" p: words of supervisors and companions and the server's notices are not. */
export const isSaidSql = `p.role in ('customer', 'agent') and m.body->>'kind' <> 'notice'`;

/** When somebody of the shop first answered (IN131); null while nobody has. @param conversation its id */
export const firstAnswerSql = (conversation: string) => `(
        select m."createdAt" from "Message" m join "Participant" p on p.id = m."participantId"
        where m."conversationId" = ${conversation} and p.role <> 'customer' and ${isSaidSql}
        order by m.seq limit 1)`;
