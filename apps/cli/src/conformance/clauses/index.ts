import type { Clause } from '../clause.ts'
import { audioClauses } from './audio.ts'
import { bargeInClauses } from './barge-in.ts'
import { connectClauses } from './connect.ts'
import { connectionClauses } from './connection.ts'
import { itemClauses } from './items.ts'
import { malformedClauses } from './malformed.ts'
import { requestClauses } from './response-requests.ts'
import { responseClauses } from './responses.ts'
import { sessionClauses } from './session.ts'
import { toolClauses } from './tools.ts'
import { turnClauses } from './turns.ts'

/** All clauses, in the order of the score card. */
export const clauses: readonly Clause[] = [
  ...connectClauses,
  ...sessionClauses,
  ...itemClauses,
  ...responseClauses,
  ...requestClauses,
  ...audioClauses,
  ...turnClauses,
  ...bargeInClauses,
  ...toolClauses,
  ...malformedClauses,
  ...connectionClauses,
]
