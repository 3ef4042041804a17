import type { Operations } from './requests.ts'
import { encodeFact, toPersonFact } from './rows.ts'

/** What is done with facts known of people. */
export const factOperations: Pick<
  Operations,
  'listFacts' | 'putFact' | 'listPeople' | 'deleteFact' | 'deleteFacts'
> = {
  *listFacts({ person }) {
    const rows = yield {
      sql: 'select id, fact, updated_at from facts where person = $1 order by position, id',
      values: [person],
    }
    return rows.map(toPersonFact)
  },

  *putFact({ person, fact }) {
    const text = encodeFact(fact)
    const replaced = yield {
      sql: 'update facts set fact = $3, updated_at = $4 where person = $1 and id = $2 returning id',
      values: [person, fact.id, text, fact.updatedAt],
      erases: true,
    }
    if (replaced.length > 0) return undefined
    yield {
      sql: `insert into facts (person, id, position, fact, updated_at)
        values ($1, $2, (select coalesce(max(position), 0) + 1 from facts where person = $1), $3, $4)
        on conflict (person, id) do update set fact = excluded.fact, updated_at = excluded.updated_at`,
      values: [person, fact.id, text, fact.updatedAt],
    }
    return undefined
  },

  *listPeople({ limit, after }) {
    const rows = yield {
      sql: 'select distinct person from facts where person > $1 order by person limit $2',
      values: [after, limit],
    }
    return rows.map((row) => String(row['person']))
  },

  *deleteFact({ person, factId }) {
    const gone = yield {
      sql: 'delete from facts where person = $1 and id = $2 returning id',
      values: [person, factId],
      erases: true,
    }
    return gone.length > 0
  },

  *deleteFacts({ person }) {
    const gone = yield {
      sql: 'delete from facts where person = $1 returning id',
      values: [person],
      erases: true,
    }
    return gone.length
  },
}
