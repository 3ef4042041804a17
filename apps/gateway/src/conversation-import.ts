import { RealtimeError } from '@parley/core'
import { importContext, parseContextDocument } from '@parley/core/storage'
import type { ContextStore } from '@parley/core/storage'
import { isConversationId } from './conversation-id.ts'

/** Where a conversation is to be imported to. */
export interface ImportTarget {
  readonly store: ContextStore
  /** Id it must have; without it, its own one or, where that is taken, a new one. */
  readonly id: string | undefined
  readonly newId: (prefix: string) => string
}

/**
 * Makes a conversation of what an export gave; resolves with its id. Rejects with `invalid_value` that names the field
 * at fault, and with `revision_conflict` for an asked id that is taken.
 */
export async function importConversation(
  value: unknown,
  { store, id: asked, newId }: ImportTarget,
): Promise<string> {
  const document = parseContextDocument(value)
  if (asked === undefined && isConversationId(document.id)) {
    try {
      return (await importContext(store, document)).id
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }
  try {
    return (await importContext(store, document, { id: asked ?? newId('conv') })).id
  } catch (error) {
    throw isTaken(error) ? takenId() : error
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof RealtimeError && error.code === 'revision_conflict'
}

/** What is said to whoever wants an id that is in use. */
export function takenId(): RealtimeError {
  return new RealtimeError('revision_conflict', 'There is such a conversation already.', { param: 'id' })
}
